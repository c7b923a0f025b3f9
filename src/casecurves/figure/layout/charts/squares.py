"""Patients as squares: populations one under the other, or short counts beside their names."""

from __future__ import annotations

from collections.abc import Sequence

from casecurves.figure import theme as t
from casecurves.figure.layout.charts.pieces import ChartBox, Ink, Piece, Spot, Stroke, Tile, head, stack
from casecurves.figure.layout.signs import signed
from casecurves.figure.spec import Category, SquareChart, Tally
from casecurves.figure.text import width, wrap

_PITCH, _CLOSEST = 3.2, 2.3
_GAP = 6.0
_TWO = 150.0
FILLS: dict[str, Ink] = {
    "complete": "full",
    "partial": "mid",
    "stable": "pale",
    "progression": "warm",
    "counted": "full",
}
_LINE = t.SMALL.height


def lay_squares(chart: SquareChart, wide: float) -> ChartBox:
    """Place a chart of squares."""
    top, y = head(chart.heading, chart.remark, wide)
    brief = all(len(tally.parts) == 1 and not tally.about for tally in chart.tallies)
    boxes, height = _beside(chart.tallies, wide) if brief else _below(chart.tallies, wide)
    return ChartBox((top, *(piece.moved(0.0, y) for piece in boxes)), 0.0, y + height)


def _most(tallies: Sequence[Tally]) -> int:
    return max(max(tally.counted + tally.missing, tally.limit or 0) for tally in tallies)


def _pitch(tallies: Sequence[Tally], wide: float) -> float:
    """Return the distance of squares: the same for all populations, so that their lengths compare."""
    return max(min(_PITCH, wide / max(_most(tallies), 1)), _CLOSEST)


def _below(tallies: Sequence[Tally], wide: float) -> tuple[list[Piece], float]:
    """Set populations in one or two columns, words over and under their squares."""
    count = 2 if wide >= _TWO else 1
    column = (wide - _GAP * (count - 1)) / count
    pitch = _pitch(tallies, column)
    pieces: list[Piece] = []
    y = 0.0
    for start in range(0, len(tallies), count):
        height = 0.0
        for index, tally in enumerate(tallies[start : start + count]):
            found, tall = _tally(tally, column, pitch)
            pieces += [piece.moved(index * (column + _GAP), y) for piece in found]
            height = max(height, tall)
        y += height + 2.4
    return pieces, y


def _tally(tally: Tally, wide: float, pitch: float) -> tuple[list[Piece], float]:
    names = wrap(tally.name, wide, t.SMALL_BOLD)
    about = signed(tally.arm, tally.about) if tally.arm is not None else tally.about
    abouts = wrap(about, wide, t.SMALL) if about else []
    y = len(names) * t.SMALL_BOLD.height
    texts = [*stack(0.0, 0.0, names, t.SMALL_BOLD), *stack(0.0, y, abouts, t.SMALL, "muted")]
    y += len(abouts) * _LINE + 0.8
    pieces, tall = _squares(tally, 0.0, y, pitch, max(int((wide + 1e-6) / pitch), 1))
    y += tall + 0.4
    counts = [signed(part.entry, part.words) for part in tally.parts] + [tally.words]
    lines = wrap(" · ".join(text for text in counts if text), wide, t.SMALL)
    texts += stack(0.0, y, lines)
    return [Piece(texts=tuple(texts)), *pieces], y + len(lines) * _LINE


def _beside(tallies: Sequence[Tally], wide: float) -> tuple[list[Piece], float]:
    """Set each count in a line: name, squares, so many of so many."""
    left = min(wide * 0.45, max(width(tally.name, t.SMALL) for tally in tallies) + 5.0)
    room = wide - left - 24.0
    pitch = _pitch(tallies, room)
    across = max(int((room + 1e-6) / pitch), 1)
    pieces: list[Piece] = []
    y = 0.0
    for tally in tallies:
        names = wrap(tally.name, left - 2.0, t.SMALL)
        found, tall = _squares(tally, left, y + 0.3, pitch, across)
        after = left + min(across, tally.counted + tally.missing) * pitch + 1.5
        counts = wrap(signed(tally.parts[0].entry, tally.parts[0].words), wide - after, t.SMALL_BOLD)
        texts = (*stack(0.0, y, names), *stack(after, y, counts, t.SMALL_BOLD))
        pieces += [*found, Piece(texts=texts)]
        y += max(tall + 0.3, max(len(names), len(counts)) * _LINE) + 1.0
    return pieces, y


def _squares(tally: Tally, x: float, y: float, pitch: float, across: int) -> tuple[list[Piece], float]:
    """Draw the squares of a population in reading order, and a line after as many as there are patients."""
    pieces: list[Piece] = []
    side = pitch * 0.82
    done = 0
    for part in tally.parts:
        pieces.append(_run(part.category, part.count, done, x, y, pitch, across, (part.entry.row, part.entry.hover)))
        done += part.count
    if tally.missing:
        pieces.append(_run(tally.missing_as, tally.missing, done, x, y, pitch, across, ("", ())))
        done += tally.missing
    if tally.limit is not None and tally.counted > tally.limit:
        line, place = divmod(tally.limit, across)
        if place == 0:
            line, place = line - 1, across
        at, top = x + place * pitch - (pitch - side) / 2, y + line * pitch
        pieces.append(Piece(strokes=(Stroke(at, top - 0.5, at, top + side + 0.5, width=0.7),)))
    return pieces, ((done - 1) // across + 1) * pitch if done else pitch


def _run(
    category: Category,
    count: int,
    done: int,
    x: float,
    y: float,
    pitch: float,
    across: int,
    row: tuple[str, tuple[str, ...]],
) -> Piece:
    side = pitch * 0.82
    places = [divmod(number, across) for number in range(done, done + count)]
    corners = [(x + column * pitch, y + line * pitch) for line, column in places]
    tiles = [
        Tile(a, b, side, side, FILLS.get(category, "none"), "ink", dashed=category == "not_reported")
        for a, b in corners
    ]
    strokes = [stroke for a, b in corners for stroke in marked(category, a, b, side)]
    # A row that counts nobody is still found where its squares would begin.
    line, column = divmod(done, across)
    spots = [(a + side / 2, b + side / 2) for a, b in corners] or [(x + column * pitch, y + line * pitch + side / 2)]
    middle = spots[len(spots) // 2]
    return Piece(*row, tuple(tiles), tuple(strokes), (), Spot(*middle) if row[0] else None)


def marked(category: str, x: float, y: float, side: float) -> tuple[Stroke, ...]:
    """Return what tells a square from others without colour."""
    right, bottom, middle = x + side, y + side, y + side / 2
    if category == "partial":
        return (Stroke(x, bottom, right, y, width=0.3),)
    if category == "stable":
        return (Stroke(x, middle, right, middle, width=0.3),)
    if category == "progression":
        return (Stroke(x, bottom, right, y, width=0.3), Stroke(x, y, right, bottom, width=0.3))
    if category == "not_evaluated":
        return (Stroke(x + side / 2 - 0.25, middle, x + side / 2 + 0.25, middle, width=0.5),)
    if category == "not_reported":
        half = side / 2
        return (
            Stroke(x, bottom, right, y, "muted", 0.2),
            Stroke(x, y + half, x + half, y, "muted", 0.2),
            Stroke(x + half, bottom, right, y + half, "muted", 0.2),
        )
    return ()
