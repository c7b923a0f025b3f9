"""On which side of its leader the words of an event stand, and how high: as low a rail as the order of time allows.

Blocks are set from left to right, each under every earlier one that it would stand beside or whose leader runs through
it. So of blocks one under the other the upper is the earlier, and no leader crosses words. What only lies somewhere in
an interval may hang from either end of it.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from casecurves.figure import theme as t
from casecurves.figure.layout.signs import signed
from casecurves.figure.spec import Mark
from casecurves.figure.text import width, wrap
from casecurves.model.immutable import immutable

if TYPE_CHECKING:
    from casecurves.figure.layout.frame import Frame

# Symbols closer than this stand one over the other, each so much higher; intervals stand so far under one another.
BROAD = 2.5
LIFT = 2.6
SUBROW = 1.7
_ROWS_UNDER = 1.9
# How far right of its anchor the symbol of what came soon after stands.
SOON = 2.6
ICON = 3.0
LINE = 3.15
# No block is wider; none is made narrower, unless that makes the rail lower. One stands so far from its leader, from
# the next leader and beside and under the next block.
_WIDEST = 62.0
_NARROWEST = (14.0, 0.0)
_OFF = 0.5
_APART = 0.8
_UNDER = 0.5
# Leaders closer than this count as one.
_SAME = 0.1
# Words that begin so near behind the leader of others would be read as theirs.
_STEM = 2.0
# Beyond so many intervals their ends are not tried one by one.
_TRIED = 16


class Item(NamedTuple):
    """One event in a label block: icon and words at an offset from the block's corner."""

    mark: Mark
    dx: float
    dy: float
    text: str
    icon: bool


@immutable(frozen=True)
class Place:
    """Events that stand at one place of the rail (``x``), or somewhere from ``x0`` to ``x1`` on a row below it.

    ``sign`` is where their symbols stand, one over the other from ``lift`` steps over the rail on; of an interval, its
    start.
    """

    marks: tuple[Mark, ...]
    x0: float
    x1: float
    x: float | None
    sign: float
    subrow: int = -1
    lift: int = 0

    @property
    def top(self) -> int:
        """How many steps over the rail its highest symbol stands."""
        return self.lift + max(steps_of(self.marks)) if self.x is not None else self.lift


class Block(NamedTuple):
    """The words of the events of one place: left and top edge, size, and the leader beside them."""

    items: tuple[Item, ...]
    x: float
    y: float
    w: float
    h: float
    leader: float

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.h


def steps_of(marks: Sequence[Mark]) -> tuple[int, ...]:
    """Return how many steps over the first the symbols of one place stand: values share one, disputed ones another."""
    keys = [mark.row if mark.shape == "event" else (mark.symbol, mark.disputed) for mark in marks]
    order = list(dict.fromkeys(keys))
    return tuple(map(order.index, keys))


def row_y(line_y: float, subrow: int) -> float:
    """Return where a row of intervals runs under the line of a rail."""
    return line_y + _ROWS_UNDER + subrow * SUBROW


def place_of(marks: Sequence[Mark], frame: Frame) -> Place:
    """Return the place of events that stand together."""
    first = marks[0]
    x0, x1 = frame.extent(first.place)
    if first.x is None:
        return Place(tuple(marks), x0, x1, None, x0)
    x = frame.x(first.place[-1 if first.certainty == "found" else 0].zone, first.x)
    return Place(tuple(marks), x0, x1, x, symbol_x(first, x, frame))


def symbol_x(mark: Mark, x: float, frame: Frame) -> float:
    """Return where the symbol of an event stands: of what followed rapidly, a little after, and within its zone."""
    if mark.certainty != "soon":
        return x
    return max(x, min(x + SOON, frame.zones[mark.place[0].zone][3] - BROAD / 2))


def place_blocks(places: Sequence[Place], frame: Frame, top: float) -> list[Block]:
    """Return the block of each place: of the ways tried, the one that ends highest on the page."""
    setter = _Setter(places, frame, top)
    intervals = [i for i, place in enumerate(places) if place.x is None]
    roomy = frozenset(i for i in intervals if places[i].x1 - places[i].x0 > _WIDEST / 2)
    ways = dict.fromkeys((frozenset[int](), roomy, frozenset(intervals)))
    best, hung, narrowest = [], frozenset[int](), _NARROWEST[0]
    lowest = math.inf
    for least, way in product(_NARROWEST, ways):
        found = setter.set(way, least, lowest)
        if found is not None:
            best, hung, narrowest, lowest = found, way, least, _bottom(found)
    for i in intervals if len(intervals) <= _TRIED else ():
        found = setter.set(hung ^ {i}, narrowest, lowest - 0.1)
        if found is not None:
            best, hung, lowest = found, hung ^ {i}, _bottom(found)
    return best


def _bottom(blocks: Sequence[Block]) -> float:
    return max((block.bottom for block in blocks), default=0.0)


class _Setter:
    """Sets the blocks of the same places in one way after the other; words are set once for every width."""

    def __init__(self, places: Sequence[Place], frame: Frame, top: float) -> None:
        self.places, self.frame, self.top = places, frame, top
        self.least = [_least(place.marks) for place in places]
        self.flows: dict[tuple[int, float, bool], Block] = {}

    def set(self, at_end: frozenset[int], least: float, limit: float) -> list[Block] | None:
        """Set the blocks one after the other; the intervals of ``at_end`` hang from their end.

        As soon as one does not end above ``limit``, there is no need to know the rest: then ``None``.
        """
        places = self.places
        leaders = [_leader(place, at_end=i in at_end) for i, place in enumerate(places)]
        distinct = sorted(set(leaders))
        found: dict[int, Block] = {}
        for i in sorted(range(len(places)), key=lambda i: (round(leaders[i], 1), places[i].x1, places[i].x0)):
            here = bisect_left(distinct, leaders[i] - _SAME)
            after = next((x for x in distinct[here:] if x > leaders[i] + _SAME), self.frame.plot1 + _APART)
            placed = list(found.values())
            options = [
                (_height(x, block.w, placed, self.top), block, x)
                for block, x in self._options(i, leaders[i], distinct[max(here - 3, 0) : here], after, least)
            ]
            y, block, x = min(options, key=_lowest) if len(options) > 1 else options[0]
            if y + block.h >= limit:
                return None
            found[i] = Block(block.items, x, y, block.w, block.h, leaders[i])
        return [found[i] for i in range(len(places))]

    def _options(
        self, i: int, leader: float, before: Sequence[float], after: float, least: float
    ) -> Iterator[tuple[Block, float]]:
        """Yield blocks to choose from and their left edges: left of the leader, wider, narrower; then right of it."""
        frame, least = self.frame, max(least, self.least[i])
        room = leader - _OFF - frame.left
        usual = min(_WIDEST, (frame.plot1 - frame.plot0) * 0.5, room)
        block = self._flow(i, usual, left=True)
        yield block, leader - _OFF - block.w
        narrower = [leader - x - _OFF - _APART for x in before]
        for limit in (min(_WIDEST, room), *(limit for limit in narrower if limit < block.w)):
            if limit >= least and limit != usual:
                other = self._flow(i, limit, left=True)
                yield other, leader - _OFF - other.w
        limit = min(_WIDEST, after - leader - _OFF - _APART)
        if limit >= least:
            yield self._flow(i, limit, left=False), leader + _OFF

    def _flow(self, i: int, limit: float, *, left: bool) -> Block:
        key = (i, limit, left)
        if key not in self.flows:
            self.flows[key] = _flow(self.places[i].marks, limit, left=left)
        return self.flows[key]


def _lowest(option: tuple[float, Block, float]) -> tuple[float, float]:
    y, block, _ = option
    # A label that is broken must win more than a line by it: its end stands beside the words of others.
    return round(y + block.h + (1.5 * LINE if _broken(block) else 0.0), 2), block.h


def _broken(block: Block) -> bool:
    return sum(item.icon for item in block.items) + bool(block.items[0].mark.span) < len(block.items)


def _leader(place: Place, *, at_end: bool) -> float:
    if place.x is not None:
        return place.sign
    return place.x1 - 0.01 if at_end else place.x0 + 0.01


def _height(x: float, w: float, placed: Sequence[Block], top: float) -> float:
    """Return how high a block from ``x`` on can stand under all that were set before it."""
    y, near, end = top, x - _APART, x + w + _APART
    for _, other_x, other_y, other_w, other_h, leader in placed:
        if other_x < end and near < other_x + other_w:
            y = max(y, other_y + other_h + _UNDER)
        elif x - _STEM < leader < x + w + 0.3:
            y = max(y, other_y + other_h)
    return y


def _least(marks: Sequence[Mark]) -> float:
    """Return the width in which no word of a block is cut."""
    words = [word for mark in marks for word in signed(mark, mark.label).split(" ")]
    span = _width(marks[0].span) if marks[0].span else 0.0
    return max(span, ICON + max(_width(word) for word in words))


def _width(text: str) -> float:
    return width(text, t.SMALL)


def _flow(marks: Sequence[Mark], limit: float, *, left: bool) -> Block:
    """Set the labels of a place as running text, each word group behind its icon; lines end at a leader at right."""
    lines: list[list[Item]] = [[]]
    ends = [0.0]
    if marks[0].span:
        # What only lies somewhere in an interval says so in words: its leader stands at one end of it.
        lines[0].append(Item(marks[0], 0.0, 0.0, marks[0].span, icon=False))
        ends[0] = _width(lines[0][0].text)
    for mark in marks:
        # A label is kept whole; only one wider than the block is broken at a space.
        chunks = wrap(signed(mark, mark.label), limit - ICON, t.SMALL)
        for number, chunk in enumerate(chunks):
            icon = number == 0
            size = _width(chunk) + (ICON if icon else 0.0)
            gap = (1.8 if icon else 1.0) if lines[-1] else 0.0
            # One that is broken begins a line: behind the end of another it would be read as part of that.
            begins = icon and len(chunks) > 1 and lines[-1] and lines[-1][-1].mark is not mark
            if lines[-1] and (begins or ends[-1] + gap + size > limit):
                lines, ends, gap = [*lines, []], [*ends, 0.0], 0.0
            lines[-1].append(Item(mark, ends[-1] + gap, 0.0, chunk, icon))
            ends[-1] += gap + size
    widest = max(ends)
    items = [
        item._replace(dx=item.dx + (widest - end if left else 0.0), dy=(number + 0.78) * LINE)
        for number, (line, end) in enumerate(zip(lines, ends, strict=True))
        for item in line
    ]
    return Block(tuple(items), 0.0, 0.0, widest, len(lines) * LINE, 0.0)
