"""Where directions and results in words stand in a panel: on as many levels as keep them apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from casecurves.figure import theme as t
from casecurves.figure.layout.signs import signed
from casecurves.figure.spec import Mark
from casecurves.figure.text import shortened, width
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


@immutable(frozen=True)
class StripItem:
    """A mark without a scale: its interval, where its sign or pill stands (``glyph`` to each side), and its words.

    ``spilled`` are words too long for the plot, to be written elsewhere in full.
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


def strip_items(marks: Sequence[Mark], frame: Frame) -> tuple[StripItem, ...]:
    """Return the marks without a value, each on the first level on which it meets no other."""
    placed: list[StripItem] = []
    wanted = [(frame.extent(mark.place), mark) for mark in marks if mark.y is None and mark.place]
    for (x0, x1), mark in sorted(wanted, key=lambda item: item[0]):
        sides = _trend(mark, x0, x1, frame) if mark.shape == "trend" else [_pill(mark, x0, x1, frame)]
        level = 0
        while True:
            on_level = [item for item in placed if item.level == level]
            found = next((side for side in sides if not any(_meet(side, other) for other in on_level)), None)
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
    x = frame.off_folds(min(max((x0 + x1) / 2, zone0 + reach), max(zone1 - reach, zone0 + reach)), reach)
    full = signed(mark, mark.label)
    text = shortened(full, frame.plot1 - frame.plot0 - 2 * _GLYPH - _BESIDE - 1.2, t.SMALL)
    size, spilled = width(text, t.SMALL), "" if text == full else full
    right, left = x + _GLYPH + _BESIDE, x - _GLYPH - _BESIDE - size
    # Words stay in the zone of their mark: on the other side of its border they would tell of another time.
    fitting = [at for at in (right, left) if zone0 < at and at + size < zone1]
    fitting = fitting or [at for at in (right, left) if frame.plot0 < at and at + size < frame.plot1]
    if not fitting:
        # On neither side is there room for all of it: as much as there is, and the whole under the name.
        rooms = {right: frame.plot1 - right - 0.4, left: x - _GLYPH - _BESIDE - frame.plot0 - 0.4}
        at = max(rooms, key=rooms.__getitem__)
        text, spilled = shortened(full, rooms[at], t.SMALL), full
        fitting = [at if at == right else x - _GLYPH - _BESIDE - width(text, t.SMALL)]
    return [StripItem(mark, 0, x0, x1, x, _GLYPH, text, at, spilled) for at in fitting]


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
    first, last = item.text_x, item.text_x + width(item.text, t.SMALL)
    return min(item.x - item.glyph, first), max(item.x + item.glyph, last)


def _meet(item: StripItem, other: StripItem) -> bool:
    (a0, a1), (b0, b1) = _covered(item), _covered(other)
    return a0 < b1 + _APART and b0 < a1 + _APART
