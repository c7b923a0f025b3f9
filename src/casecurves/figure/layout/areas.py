"""Rectangles on the page, and whether words placed there would meet something."""

from __future__ import annotations

from collections.abc import Sequence

from casecurves.model.immutable import immutable

# Left, top, right, bottom; of a line: its two ends, the left one first.
Area = tuple[float, float, float, float]


@immutable(frozen=True)
class BandArea:
    """A reference range on the page."""

    x0: float
    x1: float
    top: float
    bottom: float
    label: str


def meets(area: Area, taken: Sequence[Area]) -> bool:
    """Tell whether an area overlaps any other."""
    left, top, right, bottom = area
    for x0, y0, x1, y1 in taken:  # noqa: SIM110 - a loop: half the time of a generator, and asked thousands of times
        if left < x1 and x0 < right and top < y1 and y0 < bottom:
            return True
    return False


def crosses(area: Area, lines: Sequence[Area]) -> bool:
    """Tell whether any line, given by its ends from left to right, passes through an area."""
    left, top, right, bottom = area
    for x0, y0, x1, y1 in lines:
        # Nearly every line is elsewhere: told first, and without a call.
        if x0 > right or x1 < left or (y0 <= top and y1 <= top) or (y0 >= bottom and y1 >= bottom):
            continue
        slope = (y1 - y0) / (x1 - x0) if x1 > x0 else 0.0
        ends = (y0 + slope * (max(x0, left) - x0), y0 + slope * (min(x1, right) - x0)) if x1 > x0 else (y0, y1)
        if min(ends) < bottom and max(ends) > top:
            return True
    return False
