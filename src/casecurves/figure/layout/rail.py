"""Where events go: marks on the rail, states above it, labels below it that never collide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from casecurves.figure import theme as t
from casecurves.figure.layout.blocks import (
    BROAD,
    ICON,
    LIFT,
    SUBROW,
    Block,
    Item,
    Place,
    place_blocks,
    place_of,
    steps_of,
)
from casecurves.figure.layout.numbers import number_block, number_places
from casecurves.figure.layout.signs import signed
from casecurves.figure.spec import Bar, Mark, Rail
from casecurves.figure.text import width, wrap
from casecurves.model.immutable import immutable

if TYPE_CHECKING:
    from casecurves.figure.layout.frame import Frame

# Height of a state, and of a row of them.
STATE = 3.0
BAND_HEIGHT = 3.8
# A stretch narrower than this has no room for a question mark.
_QUESTION = 3.6
# Words of a state get at least this much room beside it, or none there.
_LEAST = 24.0
# So near to the end of a block, words end there.
_AT_END = 0.2


@immutable(frozen=True)
class Cluster:
    """Events that stand at one place, with their labels.

    Their symbols stand at ``sign``, one over the other from ``lift`` steps over the rail on: each `steps` over that.
    ``items`` are their words: of an event in several lines every line is one, of one without a name there is none.
    """

    marks: tuple[Mark, ...]
    x0: float
    x1: float
    x: float | None
    sign: float
    subrow: int
    items: tuple[Item, ...]
    block_x: float
    block_y: float
    block_w: float
    block_h: float
    leader: float
    lift: int = 0

    @property
    def steps(self) -> tuple[int, ...]:
        """How many steps over the first the symbol of each of its events stands."""
        return steps_of(self.marks)

    @property
    def disputed(self) -> bool:
        """True where all of its events are: what says where they lie is then as pale as their symbols."""
        return all(mark.disputed for mark in self.marks)

    @property
    def alone(self) -> bool:
        """True where no words hang below its symbol: they stand in a list, its number beside it; or it has none."""
        return self.marks[0].number is not None or not self.block_h

    def end_of(self, item: Item) -> float | None:
        """Return where words end that are held there, for they end a line left of their leader; ``None`` for others.

        A browser, or a slide in another font, may set them wider than they are measured.
        """
        end = self.block_x + self.block_w
        wide = width(item.text, t.SMALL) + (ICON if item.icon else 0.0)
        held = self.block_x < self.leader and abs(self.block_x + item.dx + wide - end) < _AT_END
        return end if held else None


@immutable(frozen=True)
class BandBox:
    """A state above the rail; ``begun`` is where it has begun at the latest."""

    bar: Bar
    x0: float
    x1: float
    c0: float | None
    c1: float | None
    y: float
    label_x: float
    lines: tuple[str, ...]
    begun: float

    @property
    def anchor(self) -> float:
        """The place that its words keep their distance from when the axis grows: words behind it stay behind it."""
        inner = (edge for edge in (self.c1, self.c0) if edge is not None and edge <= self.label_x)
        return self.x1 if self.label_x >= self.x1 else next(inner, self.x0)

    @property
    def unsure(self) -> bool:
        """True where its end is not known, and what is only possible has room to say so."""
        return self.bar.end == "unknown" and self.x1 - (self.x0 if self.c1 is None else self.c1) > _QUESTION


@immutable(frozen=True)
class RailBox:
    """The rail on the page."""

    y: float
    height: float
    line_y: float
    bands: tuple[BandBox, ...]
    clusters: tuple[Cluster, ...]


def rail_box(rail: Rail, frame: Frame, y: float, states: Sequence[BandBox] = ()) -> RailBox:
    """Return the rail with everything on it and the states placed elsewhere; its height is what the labels need."""
    own, at = state_boxes([bar for bar in rail.bands if not bar.across], frame, y + 0.8)
    bands = (*states, *own)
    places = _places([mark for mark in rail.marks if mark.number is None], frame)
    numbered = number_places([mark for mark in rail.marks if mark.number is not None], places, frame)
    line_y = at + 2.2 + max((place.top for place in (*places, *numbered)), default=0) * LIFT
    if not rail.marks:
        return RailBox(y, max(at - y, 1.0) if own else 0.0, line_y, bands, ())
    subrows = max((place.subrow for place in (*places, *numbered)), default=-1) + 1
    top = line_y + 2.0 + subrows * SUBROW
    # A sign without words takes no room below it.
    bare = [place for place in places if not any(mark.label for mark in place.marks)]
    named = [place for place in places if any(mark.label for mark in place.marks)]
    said = [replace(place, marks=tuple(mark for mark in place.marks if mark.label)) for place in named]
    blocks = place_blocks(said, frame, top)
    bottom = max((block.bottom for block in blocks), default=top)
    blocks += [number_block(place, frame, line_y) for place in numbered]
    blocks += [Block((), place.x0, top, 0.0, 0.0, 0.0) for place in bare]
    clusters = tuple(_cluster(*pair) for pair in zip((*named, *numbered, *bare), blocks, strict=True))
    return RailBox(y, bottom - y, line_y, bands, clusters)


def state_boxes(bars: Sequence[Bar], frame: Frame, y: float) -> tuple[tuple[BandBox, ...], float]:
    """Return the states from ``y`` on, in rows in which none meets another, and where they end."""
    boxes: list[BandBox] = []
    rows: list[float] = []
    items = sorted(((frame.extent(bar.possible), bar) for bar in bars if bar.possible), key=lambda item: item[0])
    for (x0, x1), bar in items:
        c0, c1 = frame.extent(bar.certain) if bar.certain else (None, None)
        begun = frame.extent(bar.begins)[1] if bar.begins else x0
        # Words of what was found somewhere keep clear of the sign of that.
        free = begun if bar.found else x0
        edges = [c for c in (c0, c1) if c is not None and free < c < x1]
        lines, label_x = _band_words(signed(bar, bar.label), frame, [free, *edges, x1], x0)
        size = max(width(line, t.SMALL) for line in lines) + 1.6
        first, last = min(x0, label_x), max(x1, label_x + size)
        row = 0
        while any(end + 1.0 > first for end in rows[row : row + len(lines)]):
            row += 1
        rows += [frame.plot0 - 1.0] * (row + len(lines) - len(rows))
        rows[row : row + len(lines)] = [last] * len(lines)
        boxes.append(BandBox(bar, x0, x1, c0, c1, y + row * BAND_HEIGHT, label_x, lines, begun))
    return tuple(boxes), y + len(rows) * BAND_HEIGHT


def _band_words(text: str, frame: Frame, edges: Sequence[float], x0: float) -> tuple[tuple[str, ...], float]:
    """Return the words of a state and where they begin: inside it, else beside it, in lines where there is need.

    ``edges`` are where it begins, where it is certain and where it ends: no words lie on what tells one of these.
    """
    x1 = edges[-1]
    size = width(text, t.SMALL) + 1.6
    for start, end in pairwise(edges):
        room = frame.room(start, end, size)
        if room is not None:
            return (text,), room + 0.8
    right, left = frame.plot1 - x1 - 2.0, x0 - frame.left - 1.0
    if right >= size or (right >= left and right >= _LEAST):
        return tuple(wrap(text, right - 1.6, t.SMALL)), x1 + 2.0
    if left >= min(size, _LEAST):
        lines = tuple(wrap(text, left - 1.6, t.SMALL))
        return lines, x0 - max(width(line, t.SMALL) for line in lines) - 1.0
    return tuple(wrap(text, frame.plot1 - frame.plot0 - 1.6, t.SMALL)), frame.plot0 + 0.8


def _places(marks: Sequence[Mark], frame: Frame) -> list[Place]:
    # Words tell of the interval of all that stands with them.
    groups: dict[tuple[str, float, float, str], list[Mark]] = {}
    for mark in marks:
        if mark.place:
            x0, x1 = frame.extent(mark.place)
            key = (mark.certainty, round(x0 * 2) / 2, round(x1 * 2) / 2, mark.span)
            groups.setdefault(key, []).append(mark)
    places: list[Place] = []
    ends: list[float] = []
    for (how, *_), group in sorted(groups.items(), key=lambda item: (item[0][1], item[0][2])):
        place = place_of(group, frame)
        if how == "interval":
            subrow = next((i for i, end in enumerate(ends) if end + 0.8 <= place.x0), len(ends))
            ends[subrow:] = [place.x1, *ends[subrow + 1 :]]
            place = replace(place, subrow=subrow)
        places.append(place)
    return _lifted(places)


def _lifted(places: Sequence[Place]) -> list[Place]:
    """Return the places with their symbols so high over the rail that they meet none before them."""
    ends: list[float] = []
    lifted = []
    for place in sorted(places, key=lambda place: place.sign):
        lift = 0
        if place.x is not None:
            count = max(steps_of(place.marks)) + 1
            meets = [end + BROAD > place.sign for end in ends]
            lift = next(i for i in range(len(ends) + 1) if not any(meets[i : i + count]))
            ends[lift : lift + count] = [place.sign] * count
        lifted.append(replace(place, lift=lift))
    return lifted


def _cluster(place: Place, block: Block) -> Cluster:
    return Cluster(
        marks=place.marks,
        x0=place.x0,
        x1=place.x1,
        x=place.x,
        sign=place.sign,
        subrow=place.subrow,
        items=block.items,
        block_x=block.x,
        block_y=block.y,
        block_w=block.w,
        block_h=block.h,
        leader=block.leader,
        lift=place.lift,
    )
