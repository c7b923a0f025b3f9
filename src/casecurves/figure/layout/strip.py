"""Where directions and results in words stand in a panel: on as many levels as keep them apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from casecurves.figure import theme as t
from casecurves.figure.layout.signs import signed
from casecurves.figure.spec import Mark
from casecurves.figure.text import shortened, width, wrap
from casecurves.model.immutable import immutable

if TYPE_CHECKING:
    from casecurves.figure.layout.frame import Frame

# Height of a level, and how far apart two neighbours on it stay.
LEVEL = 4.6
_APART = 0.8
_GLYPH = 1.7
_BESIDE = 1.0
_PILL = 2.4
# Half the height of a pill.
PILL = 1.75
_SOON = 9.0
_MOST_LINES = 3
# Fewer letters of a word, its ellipsis among them, say nothing.
_LEAST_LETTERS = 4


@immutable(frozen=True)
class StripItem:
    """A mark without a scale: its interval, where its sign or pill stands (``glyph`` to each side), and its words.

    ``below`` are further lines of words too long for one; each takes a level. ``spilled`` are words too long for the
    plot, to be written elsewhere in full.
    """

    mark: Mark
    level: int
    x0: float
    x1: float
    x: float
    glyph: float
    text: str
    text_x: float
    spilled: str = ""
    below: tuple[str, ...] = ()

    @property
    def last(self) -> int:
        """The lowest level that it takes."""
        return self.level + len(self.below)

    def lines(self) -> list[tuple[str, float]]:
        """Return the lines of its words with where each begins: all begin, or all end, at its sign."""
        lines = [self.text, *self.below]
        if self.text_x > self.x or not self.below:
            return [(line, self.text_x) for line in lines]
        end = self.text_x + _widest(lines)
        return [(line, end - width(line, t.SMALL)) for line in lines]


def strip_items(marks: Sequence[Mark], frame: Frame) -> tuple[StripItem, ...]:
    """Return the marks without a value, each on the first level on which it meets no other."""
    placed: list[StripItem] = []
    wanted = [(frame.extent(mark.place), mark) for mark in marks if mark.y is None and mark.place]
    for (x0, x1), mark in sorted(wanted, key=lambda item: item[0]):
        sides = _trend(mark, x0, x1, frame) if mark.shape == "trend" else [_pill(mark, x0, x1, frame)]
        level = 0
        while True:
            # The sides have as many lines.
            lowest = level + sides[0].last
            near = [item for item in placed if item.level <= lowest and item.last >= level]
            found = next((side for side in sides if not any(_meet(side, other) for other in near)), None)
            if found is not None:
                break
            level += 1
        placed.append(StripItem(**{**found.__dict__, "level": level}))
    return tuple(placed)


def _trend(mark: Mark, x0: float, x1: float, frame: Frame) -> list[StripItem]:
    """Return a direction with its words at its right, and at its left, as far as there is room."""
    x1 = min(x0 + _SOON, frame.plot1) if mark.certainty == "soon" else max(x1, x0 + 1.0)
    # What stood half across the border of its zone would be read as of both.
    zone0, zone1 = frame.zones[mark.place[0].zone][2:]
    reach = _GLYPH + 0.4
    least, most = zone0 + reach, max(zone1 - reach, zone0 + reach)
    # In the middle of its time; nearer to an end of it where only there is room for its words.
    wanted = ((x0 + x1) / 2, x0 + reach, x1 - reach)
    places = [frame.off_folds(min(max(x, least), most), reach) for x in wanted if x0 <= x <= x1]
    full = signed(mark, mark.label)
    for x in places:
        if fitting := _in_full(full, x, (zone0, zone1), frame):
            return [StripItem(mark, 0, x0, x1, x, _GLYPH, lines[0], at, "", lines[1:]) for at, lines in fitting]
    return [_in_part(mark, full, x0, x1, places[0], frame)]


def _in_full(text: str, x: float, zone: tuple[float, float], frame: Frame) -> list[tuple[float, tuple[str, ...]]]:
    """Return where the words of a sign begin on each side where all of them have room, and their lines.

    They stay in the zone of their sign where they can, and on its side of a line over the whole height, as that of day
    zero: on the other side they would tell of another time.
    """
    size = width(text, t.SMALL)
    first, last = _between_bars(frame, x)
    for start, end in ((max(zone[0], first), min(zone[1], last)), (first, last)):
        sides = (x + _GLYPH + _BESIDE, x - _GLYPH - _BESIDE - size)
        fitting: list[tuple[float, tuple[str, ...]]] = [(at, (text,)) for at in sides if start < at and at + size < end]
        if found := (fitting or _wrapped(text, x, start, end)):
            return found
    return []


def _in_part(mark: Mark, full: str, x0: float, x1: float, x: float, frame: Frame) -> StripItem:
    """Return a direction with as much of its words as there is room for; the whole stands under the name."""
    first, last = _between_bars(frame, x)
    right, left = last - x - _GLYPH - _BESIDE - 0.4, x - _GLYPH - _BESIDE - first - 0.4
    text = shortened(full, max(right, left), t.SMALL)
    if width(text, t.SMALL) > max(right, left) or len(text) < _LEAST_LETTERS:
        text = ""
    at = x + _GLYPH + _BESIDE if right >= left else x - _GLYPH - _BESIDE - width(text, t.SMALL)
    return StripItem(mark, 0, x0, x1, x, _GLYPH, text, at, full)


def _between_bars(frame: Frame, x: float) -> tuple[float, float]:
    """Return where the stretch of the plot ends, at left and at right, in which no line runs over the whole height."""
    first = max((bar for bar in frame.bars if bar < x), default=frame.plot0)
    return first, min((bar for bar in frame.bars if bar >= x), default=frame.plot1)


def _wrapped(text: str, x: float, start: float, end: float) -> list[tuple[float, tuple[str, ...]]]:
    """Return where a text begins on each side of a sign, and its lines: of the sides those with the fewest."""
    found = []
    for right, room in ((True, end - x - _GLYPH - _BESIDE), (False, x - _GLYPH - _BESIDE - start)):
        lines = tuple(wrap(text, room - 0.1, t.SMALL)) if room > 1.0 else ()
        if 0 < len(lines) <= _MOST_LINES and " ".join(lines) == text:
            found.append((x + _GLYPH + _BESIDE if right else x - _GLYPH - _BESIDE - _widest(lines), lines))
    return [(at, lines) for at, lines in found if len(lines) == min(len(lines) for _, lines in found)]


def _widest(lines: Sequence[str]) -> float:
    return max(width(line, t.SMALL) for line in lines)


def _pill(mark: Mark, x0: float, x1: float, frame: Frame) -> StripItem:
    full = signed(mark, mark.label)
    text = shortened(full, frame.plot1 - frame.plot0 - _PILL - 0.8, t.SMALL)
    size = width(text, t.SMALL) + _PILL
    x = frame.x(mark.place[0].zone, mark.x) if mark.x is not None else (x0 + x1) / 2
    x = x1 if mark.certainty == "found" else x
    x = min(max(x, frame.plot0 + size / 2 + 0.3), frame.plot1 - size / 2 - 0.3)
    x = frame.off_folds(x, size / 2 + 0.3) if mark.x is None else x
    spilled = "" if text == full else full
    return StripItem(mark, 0, x0, x1, x, size / 2, text, x - (size - _PILL) / 2, spilled)


def _covered(item: StripItem) -> tuple[float, float]:
    """Return what the sign and the words of a mark cover of their level."""
    first, last = item.text_x, item.text_x + _widest((item.text, *item.below))
    if item.mark.shape != "trend":
        # The whisker of a result whose time is an interval.
        first, last = min(first, item.x0), max(last, item.x1)
    return min(item.x - item.glyph, first), max(item.x + item.glyph, last)


def _meet(item: StripItem, other: StripItem) -> bool:
    (a0, a1), (b0, b1) = _covered(item), _covered(other)
    return a0 < b1 + _APART and b0 < a1 + _APART
