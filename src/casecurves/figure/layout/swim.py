"""Where the events of a patient go who has one lane among others: symbols without words, none over another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from casecurves.figure.layout.blocks import BROAD, symbol_x
from casecurves.figure.layout.signs import TAIL
from casecurves.figure.spec import Mark
from casecurves.model.immutable import immutable

if TYPE_CHECKING:
    from casecurves.figure.layout.frame import Frame

# Height of a row of events.
EVENT_HEIGHT = 2.7
_APART = 0.3
# From the end of an interval to the middle of the sign beside it.
BESIDE = 1.8


@immutable(frozen=True)
class EventBox:
    """An event on a lane: its interval, where its symbol stands, and on which row from the top.

    ``x`` is ``None`` where no single place is honest; its sign then stands at ``sign``, beside the interval.
    """

    mark: Mark
    x0: float
    x1: float
    x: float | None
    sign: float
    level: int


def event_boxes(marks: Sequence[Mark], frame: Frame) -> tuple[EventBox, ...]:
    """Return events from left to right, each on the first row on which it meets no other."""
    boxes: list[EventBox] = []
    rows: list[list[tuple[float, float]]] = []
    placed = [(frame.extent(mark.place), mark) for mark in marks if mark.place]
    for (x0, x1), mark in sorted(placed, key=lambda item: (item[0], item[1].row)):
        zone = mark.place[-1 if mark.certainty == "found" else 0].zone
        x = frame.x(zone, mark.x) if mark.x is not None else None
        sign = _sign(frame, mark, x0, x1) if x is None else symbol_x(mark, x, frame)
        first, last = _covered(mark, x0, x1, x, sign)
        level = next((n for n, row in enumerate(rows) if all(b <= first or last <= a for a, b in row)), len(rows))
        rows[level:] = [[*(rows[level] if level < len(rows) else []), (first, last)], *rows[level + 1 :]]
        boxes.append(EventBox(mark, x0, x1, x, sign, level))
    return tuple(boxes)


def height_of(boxes: Sequence[EventBox]) -> float:
    """Return the height of the rows of events."""
    return (max((box.level for box in boxes), default=-1) + 1) * EVENT_HEIGHT


def _sign(frame: Frame, mark: Mark, x0: float, x1: float) -> float:
    """Return where the sign of an interval stands: after it, or as far to the right as its zone has room.

    On day zero it would be read as what happened then, and before it as what happened before; only where it would hide
    the interval it stands there.
    """
    last = frame.zones[mark.place[-1].zone][3]
    if x1 + BESIDE + BROAD / 2 <= last:
        return x1 + BESIDE
    hidden = x1 - x0 < 2 * BESIDE and x1 > last - BROAD / 2
    if hidden and x0 - BESIDE >= frame.plot0:
        return x0 - BESIDE
    return last if last == frame.plot1 else last - BROAD / 2


def _covered(mark: Mark, x0: float, x1: float, x: float | None, sign: float) -> tuple[float, float]:
    first, last = sign - BROAD / 2 - _APART, sign + BROAD / 2 + _APART
    if x is None or mark.certainty == "about":
        return min(first, x0 - _APART), max(last, x1 + _APART)
    if mark.certainty == "found":
        return first - TAIL + BROAD / 2, last
    return min(first, x - _APART), last
