"""Where everything of a diagram goes on a page: boxes, lines, numbers, and the words round them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from casecurves.errors import UsageError
from casecurves.figure import theme as t
from casecurves.figure.diagrams import place
from casecurves.figure.diagrams.place import Pair, Rows
from casecurves.figure.diagrams.spec import Box, DiagramSpec, Relation
from casecurves.figure.layout.words import TextLine
from casecurves.figure.text import width, wrap
from casecurves.words import say

MARGIN = 3.0
# Between two rows of boxes: lines bend there, and their numbers stand there.
_CHANNEL = 10.5
_WIDEST, _NARROWEST = 33.0, 21.0
_PAD = 5.0
# Between the ends of two lines at one box: the width of a bar and a little more.
_PORT = 3.6
ICON = 9.0
_NUMBER_HEIGHT = 2.9

Point = tuple[float, float]


@dataclass(frozen=True)
class PlacedBox:
    """A box: its corner and size in millimetres, its lines of text."""

    box: Box
    x: float
    y: float
    w: float
    h: float
    lines: tuple[str, ...]


@dataclass(frozen=True)
class PlacedLine:
    """A line: its points from source to target, and its number's middle and width."""

    relation: Relation
    points: tuple[Point, ...]
    number: Point
    number_width: float


@dataclass(frozen=True)
class Sample:
    """A legend entry: ``kind.…``, ``effect.…``, or a sign; ``x``, ``y`` is where its words begin."""

    key: str
    x: float
    y: float
    lines: tuple[str, ...]


@dataclass(frozen=True)
class DiagramLayout:
    """A diagram on a page; all in millimetres."""

    spec: DiagramSpec
    width: float
    height: float
    boxes: tuple[PlacedBox, ...]
    lines: tuple[PlacedLine, ...]
    legend: tuple[Sample, ...]
    words: tuple[TextLine, ...]


@lru_cache(maxsize=64)
def lay_out(
    spec: DiagramSpec, page_width: float, *, bare: bool = False, title: bool = True, words: bool = True
) -> DiagramLayout:
    """Place a diagram on a page.

    Parameters
    ----------
    spec : DiagramSpec
        What to draw.
    page_width : float
        Width of the page in millimetres, 60 or more, for type of 7 pt.
    bare : bool
        True leaves out the words round the picture but for the legend.
    title, words : bool
        False leaves the title, or the relations in words, to the caption; what a sign says, and the disclaimer, stay.

    Returns
    -------
    DiagramLayout
        Its height follows.

    Raises
    ------
    UsageError
        When a row of it has no room; 90 mm are enough for every diagram that comes with casecurves.
    """
    inner = page_width - 2 * MARGIN
    y = MARGIN
    above: list[TextLine] = []
    for text, style, role in ((spec.title, t.TITLE, "title"), (spec.subtitle, t.SUBTITLE, "subtitle")):
        for line in wrap(text, inner, style) if title and not bare else ():
            y += style.height
            above.append(TextLine(MARGIN, y - style.height * 0.22, line, style, role))
    boxes, lines, y = _picture(spec, inner, y + (2.5 if above else 0.5))
    legend, y = _legend(spec, inner, y + 3.0)
    below, y = ((), y) if bare else _below(spec, inner, y + 1.0, words=words)
    return DiagramLayout(spec, page_width, y + MARGIN, boxes, lines, legend, (*above, *below))


def _picture(
    spec: DiagramSpec, inner: float, top: float
) -> tuple[tuple[PlacedBox, ...], tuple[PlacedLine, ...], float]:
    lines = {box.id: tuple(wrap(box.label, _WIDEST - _PAD, t.SMALL_BOLD)) for box in spec.boxes}
    widths = {
        key: max(*(width(line, t.SMALL_BOLD) + _PAD for line in found), _ports_of(spec, key) * _PORT + 2.0)
        for key, found in lines.items()
    }
    rows = _best(spec, widths, inner)
    y, boxes, edges_of_rows = top, {}, []
    for row in rows:
        height = max([len(lines[slot.box]) for slot in row if slot.box], default=1) * t.SMALL.height + 2.6
        for slot in row:
            if slot.box:
                h = len(lines[slot.box]) * t.SMALL.height + 2.6
                boxes[slot.box] = (MARGIN + slot.x - slot.width / 2, y + (height - h) / 2, slot.width, h)
        edges_of_rows.append((y, y + height))
        y += height + _CHANNEL
    by_id = {box.id: box for box in spec.boxes}
    drawn = tuple(PlacedBox(by_id[key], *place_, lines[key]) for key, place_ in boxes.items())
    routes = _routes(spec, rows, boxes, edges_of_rows)
    return drawn, _numbered(routes), y - _CHANNEL


def _ports_of(spec: DiagramSpec, box: str) -> int:
    """Count the lines at that side of a box where there are more."""
    ends = [(one.target, one.source) if one.feedback else (one.source, one.target) for one in spec.relations]
    return max(sum(end[side] == box for end in ends) for side in (0, 1))


def _pairs(spec: DiagramSpec) -> list[Pair]:
    """Return what is linked, loops turned round, each pair once."""
    found = [(one.target, one.source) if one.feedback else (one.source, one.target) for one in spec.relations]
    return list(dict.fromkeys(found))


def _best(spec: DiagramSpec, widths: Mapping[str, float], inner: float) -> Rows:
    """Return the rows with the fewest crossings for their height, of all numbers of boxes that fit into a row."""
    pairs = _pairs(spec)
    most = max(int((inner + place.GAP) / (_NARROWEST + place.GAP)), 2)
    found: list[tuple[float, Rows]] = []
    for count in range(1, most + 1):
        for order in (list(widths), list(widths)[::-1]):
            at = place.rows_of(order, pairs, count)
            rows = place.placed({key: widths[key] for key in order}, pairs, at)
            fitting = place.fitted(rows, inner)
            if fitting is not None:
                found.append((place.crossings(rows, pairs, at) + 0.9 * len(rows), fitting))
    if not found:
        raise UsageError(say("diagram.no_room", spec.lang, diagram=spec.id))
    return min(found, key=lambda one: one[0])[1]


def _routes(
    spec: DiagramSpec,
    rows: Rows,
    boxes: Mapping[str, tuple[float, float, float, float]],
    bands: Sequence[tuple[float, float]],
) -> list[tuple[Relation, list[Point]]]:
    """Return each relation with its points, from the upper box down; a line ends where its own port is."""
    at = {slot.box: n for n, row in enumerate(rows) for slot in row if slot.box}
    passing = {(slot.pair, n): MARGIN + slot.x for n, row in enumerate(rows) for slot in row if not slot.box}
    paths: list[tuple[Relation, str, str, list[Point]]] = []
    for one in spec.relations:
        upper, lower = (one.target, one.source) if one.feedback else (one.source, one.target)
        middle = [(passing[(upper, lower), n], y) for n in range(at[upper] + 1, at[lower]) for y in bands[n]]
        paths.append((one, upper, lower, middle))
    ports = _ports(paths, boxes)
    found = []
    for one, upper, lower, middle in paths:
        x0, x1 = ports[one.n, "bottom"], ports[one.n, "top"]
        _, y0, _, h0 = boxes[upper]
        points = [
            (x0, y0 + h0), (x0, bands[at[upper]][1]), *middle, (x1, bands[at[lower]][0]), (x1, boxes[lower][1]),
        ]  # fmt: skip
        found.append((one, points if not one.feedback else points[::-1]))
    return found


def _ports(
    paths: Sequence[tuple[Relation, str, str, list[Point]]], boxes: Mapping[str, tuple[float, float, float, float]]
) -> dict[tuple[int, str], float]:
    """Return where each line leaves and reaches its boxes: side by side, in the order of where they come from."""
    ports: dict[tuple[int, str], float] = {}
    for side in ("bottom", "top"):
        ends: dict[str, list[tuple[float, int]]] = {}
        for one, upper, lower, middle in paths:
            here, there = (upper, lower) if side == "bottom" else (lower, upper)
            far = boxes[there][0] + boxes[there][2] / 2
            towards = far if not middle else middle[0][0] if side == "bottom" else middle[-1][0]
            ends.setdefault(here, []).append((towards, one.n))
        for here, found in ends.items():
            x, _, w, _ = boxes[here]
            step = min(5.0, (w - 2.0) / len(found))
            for n, (_, number) in enumerate(sorted(found)):
                ports[number, side] = x + w / 2 + (n - (len(found) - 1) / 2) * step
    return ports


def bend(start: Point, end: Point, share: float) -> Point:
    """Return the point at a share of the curve that leaves and arrives vertically; the renderer draws the same."""
    (x0, y0), (x1, y1) = start, end
    middle = (y0 + y1) / 2
    a, b, c, d = (1 - share) ** 3, 3 * share * (1 - share) ** 2, 3 * share**2 * (1 - share), share**3
    return (a + b) * x0 + (c + d) * x1, a * y0 + (b + c) * middle + d * y1


def _numbered(routes: Sequence[tuple[Relation, list[Point]]]) -> tuple[PlacedLine, ...]:
    """Put each number onto its line where it is farthest from all other lines and numbers."""
    curves = {one.n: list(_sampled(points)) for one, points in routes}
    taken: list[tuple[float, float, float]] = []
    found = []
    for one, points in sorted(routes, key=lambda route: len(route[1])):
        size = width(one.sign, t.SMALL_BOLD) + 1.2
        others = [point for n, curve in curves.items() if n != one.n for point in curve]
        x, y = max(_candidates(points), key=lambda spot: _room(spot, size, others, taken))
        taken.append((x, y, size))
        found.append(PlacedLine(one, tuple(points), (x, y), size))
    return tuple(sorted(found, key=lambda line: line.relation.n))


def _bends(points: Sequence[Point]) -> Iterator[tuple[Point, Point]]:
    """Yield the pieces that cross a channel; the others run straight past a row."""
    yield from list(pairwise(points))[1::2]


def _candidates(points: Sequence[Point]) -> Iterator[Point]:
    for start, end in _bends(points):
        for share in (0.5, 0.42, 0.58, 0.34, 0.66, 0.28, 0.72):
            yield bend(start, end, share)


def _sampled(points: Sequence[Point]) -> Iterator[Point]:
    for start, end in _bends(points):
        for n in range(25):
            yield bend(start, end, n / 24)


def _room(spot: Point, size: float, others: Sequence[Point], taken: Sequence[tuple[float, float, float]]) -> float:
    x, y = spot
    for tx, ty, other in taken:
        if abs(tx - x) < (size + other) / 2 + 0.3 and abs(ty - y) < _NUMBER_HEIGHT + 0.3:
            return -1.0
    free = min((max(abs(px - x) - size / 2, abs(py - y) - _NUMBER_HEIGHT / 2) for px, py in others), default=9.0)
    return min(free, 1.5)


def _legend(spec: DiagramSpec, inner: float, y: float) -> tuple[tuple[Sample, ...], float]:
    entries = [(f"kind.{kind}", say(f"node_kind.{kind}", spec.lang)) for kind in spec.kinds]
    entries += [(f"effect.{effect}", say(f"relation_effect.{effect}", spec.lang)) for effect in spec.effects]
    if any(one.feedback for one in spec.relations):
        entries.append(("feedback", say("diagram.feedback", spec.lang)))
    if any(box.chosen for box in spec.boxes):
        entries.append(("chosen", say("diagram.chosen", spec.lang)))
    found: list[Sample] = []
    x, line = 0.0, 0
    for key, text in entries:
        size = ICON + width(text, t.SMALL) + 3.5
        if x and x + size - 3.5 > inner:
            x, line = 0.0, line + 1
        lines = tuple(wrap(text, inner - ICON, t.SMALL))
        found.append(Sample(key, MARGIN + x + ICON, y + (line + 0.8) * 4.2, lines))
        x, line = x + size, line + len(lines) - 1
    return tuple(found), y + (line + 1) * 4.2


def _below(spec: DiagramSpec, inner: float, y: float, *, words: bool) -> tuple[tuple[TextLine, ...], float]:
    """Return the relations in columns, then notes, source and disclaimer."""
    if not words:
        return _foot(spec, inner, y, [], words=False)
    count = 2 if inner >= 110 else 1
    column = (inner - 5.0 * (count - 1)) / count
    indent = max((width(f"{one.sign} ", t.SMALL_BOLD) for one in spec.relations), default=0.0) + 0.8
    wrapped = [(one, wrap(one.text, column - indent, t.SMALL)) for one in spec.relations]
    total = sum(len(lines) for _, lines in wrapped)
    placed: list[TextLine] = []
    place_, used, x, bottom = y, 0, MARGIN, y
    for one, lines in wrapped:
        if count == 2 and x == MARGIN and used >= total / 2:
            x, place_ = MARGIN + column + 5.0, y
        for n, line in enumerate(lines):
            place_ += t.SMALL.height
            if n == 0:
                placed.append(TextLine(x, place_ - 0.7, one.sign, t.SMALL_BOLD, "number"))
            placed.append(TextLine(x + indent, place_ - 0.7, line, t.SMALL, "relation"))
        used, bottom = used + len(lines), max(bottom, place_)
    return _foot(spec, inner, bottom, placed, words=words)


def _foot(
    spec: DiagramSpec, inner: float, y: float, placed: list[TextLine], *, words: bool
) -> tuple[tuple[TextLine, ...], float]:
    notes = " · ".join((*spec.notes, *spec.signs) if words else spec.signs)
    source = spec.source if words else ""
    for role, text in (("note", notes), ("source", source), ("disclaimer", spec.disclaimer)):
        y += 0.9 if text else 0.0
        style = t.SMALL_ITALIC if role == "disclaimer" else t.SMALL
        for line in wrap(text, inner, style) if text else ():
            y += style.height
            placed.append(TextLine(MARGIN, y - 0.7, line, style, role))
    return tuple(placed), y
