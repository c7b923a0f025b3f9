"""Events that stand on the rail by number: each number beside its symbol, none on another symbol or number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from casecurves.figure import theme as t
from casecurves.figure.layout.blocks import BROAD, LIFT, Block, Item, Place, place_of, row_y
from casecurves.figure.layout.signs import TAIL, signed
from casecurves.figure.spec import Mark
from casecurves.figure.text import width

if TYPE_CHECKING:
    from casecurves.figure.layout.frame import Frame

_HEIGHT = 2.4
# From the middle of a line of figures to its baseline, and to its upper edge.
_BASE, _RISE = 0.87, 1.2
_BESIDE = 0.4
# Numbered intervals need every second row.
_ROWS = 2

Stretch = tuple[float, float]


def number_places(marks: Sequence[Mark], places: Sequence[Place], frame: Frame) -> list[Place]:
    """Return the places of numbered events, on levels over the rail and rows under it that others leave free."""
    found = [place_of((mark,), frame) for mark in marks if mark.place]
    levels: list[list[Stretch]] = []
    for place in places:
        if place.x is not None:
            for level in range(place.lift, place.top + 1):
                _take(levels, level, (place.sign - BROAD / 2, place.sign + BROAD / 2))
            for level in range(place.lift):
                _take(levels, level, (place.x - 0.3, place.x + 0.3))
    first = max((place.subrow for place in places), default=-1) + 1
    rows: list[list[Stretch]] = []
    numbered = []
    for place in sorted(found, key=lambda place: _covered(place, frame)):
        if place.x is not None:
            numbered.append(replace(place, lift=_first_free(levels, _covered(place, frame))))
        else:
            row = _first_free(rows, _covered(place, frame))
            numbered.append(replace(place, subrow=first + row * _ROWS + 1))
    return numbered


def number_block(place: Place, frame: Frame, line_y: float) -> Block:
    """Return the number of a place, level with its symbol or its interval."""
    y = line_y - place.lift * LIFT if place.x is not None else row_y(line_y, place.subrow)
    x0, x1 = _number(place, frame)
    item = Item(place.marks[0], 0.0, _BASE + _RISE, signed(place.marks[0], place.marks[0].label), icon=False)
    return Block((item,), x0, y - _RISE, x1 - x0, _HEIGHT, place.x if place.x is not None else place.x0)


def _drawn(place: Place) -> Stretch:
    """Return what the symbol and the whiskers of a place cover."""
    if place.x is None:
        return place.x0, place.x1
    at, how = place.sign, place.marks[0].certainty
    lo, hi = min(at, place.x) - BROAD / 2, at + BROAD / 2
    if how == "about":
        return min(lo, place.x0), max(hi, place.x1)
    return (lo - TAIL if how == "found" else lo), hi


def _number(place: Place, frame: Frame) -> Stretch:
    """Return where the number stands: right of what is drawn, or left of it at the edge of the page."""
    lo, hi = _drawn(place)
    size = width(signed(place.marks[0], place.marks[0].label), t.SMALL)
    return (hi + _BESIDE, hi + _BESIDE + size) if hi + _BESIDE + size <= frame.plot1 else (lo - _BESIDE - size, lo)


def _covered(place: Place, frame: Frame) -> Stretch:
    (a0, a1), (b0, b1) = _drawn(place), _number(place, frame)
    return min(a0, b0) - _BESIDE, max(a1, b1)


def _take(levels: list[list[Stretch]], level: int, stretch: Stretch) -> None:
    while len(levels) <= level:
        levels.append([])
    levels[level].append(stretch)


def _first_free(levels: list[list[Stretch]], stretch: Stretch) -> int:
    """Return the first level on which nothing meets a stretch, and take it."""
    free = (n for n, taken in enumerate(levels) if all(b <= stretch[0] or stretch[1] <= a for a, b in taken))
    level = next(free, len(levels))
    _take(levels, level, stretch)
    return level
