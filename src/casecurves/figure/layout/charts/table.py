"""Trials under way as a small table."""

from __future__ import annotations

from collections.abc import Iterator

from casecurves.figure import theme as t
from casecurves.figure.layout.charts.pieces import ChartBox, Piece, Spot, Stroke, head, stack
from casecurves.figure.layout.signs import signs
from casecurves.figure.spec import TrialTable
from casecurves.figure.text import Style, width, wrap

_BETWEEN = 4.0
_LINE = t.SMALL.height


def lay_table(table: TrialTable, wide: float) -> ChartBox:
    """Place a table, each column as wide as it needs or its share of what there is."""
    top, y = head(table.heading, "", wide)
    sizes = _sizes(table, wide)
    edges = [sum(sizes[:index]) + index * _BETWEEN for index in range(len(sizes))]
    right = edges[-1] + sizes[-1]
    headings = [wrap(name, size, t.SMALL_BOLD) for name, size in zip(table.columns, sizes, strict=True)]
    texts = [line for x, lines in zip(edges, headings, strict=True) for line in stack(x, y, lines, t.SMALL_BOLD)]
    y += max(map(len, headings)) * t.SMALL_BOLD.height + 0.6
    pieces = [top, Piece(texts=tuple(texts), strokes=(Stroke(0.0, y, right, y, "frame"),))]
    for row in table.rows:
        cells = [*row.cells[:-1], row.cells[-1] + signs(row.entry)]
        broken = [wrap(cell, size, t.SMALL) for cell, size in zip(cells, sizes, strict=True)]
        tall = max(map(len, broken)) * _LINE + 0.8
        found = tuple(line for x, lines in zip(edges, broken, strict=True) for line in stack(x, y + 0.2, lines))
        rule = Stroke(0.0, y + tall, right, y + tall, "grid", 0.2)
        pieces.append(Piece(row.entry.row, row.entry.hover, (), (rule,), found, Spot(edges[0] + 1.0, y + tall / 2)))
        y += tall
    return ChartBox(tuple(pieces), 0.0, y)


def _sizes(table: TrialTable, wide: float) -> list[float]:
    wanted = [
        max(
            width(table.columns[index], t.SMALL_BOLD),
            *(width(row.cells[index] + (signs(row.entry) if index == 3 else ""), t.SMALL) for row in table.rows),
        )
        + 0.2
        for index in range(len(table.columns))
    ]
    room = wide - _BETWEEN * (len(wanted) - 1)
    if sum(wanted) <= room:
        return wanted
    # No word is cut where there is room for the longest of every column.
    least = list(map(_longest, _columns(table)))
    if sum(least) > room:
        least = [min(size, room * share) for size, share in zip(wanted, (0.30, 0.12, 0.36, 0.22), strict=True)]
    left = room - sum(least)
    lacking = [size - given for size, given in zip(wanted, least, strict=True)]
    return [given + left * lack / max(sum(lacking), 1e-9) for given, lack in zip(least, lacking, strict=True)]


def _columns(table: TrialTable) -> Iterator[list[tuple[str, Style]]]:
    """Return heading and cells of each column, with how they are written."""
    for index, name in enumerate(table.columns):
        yield [(name, t.SMALL_BOLD), *((row.cells[index], t.SMALL) for row in table.rows)]


def _longest(column: list[tuple[str, Style]]) -> float:
    return max(width(word, style) for text, style in column for word in text.split(" ")) + 0.2
