"""A mark of a panel on the page."""

from __future__ import annotations

import math
from typing import NamedTuple

from casecurves.figure.layout.labels import Label
from casecurves.figure.layout.strip import PILL
from casecurves.figure.spec import Mark

# Nearer to its day than the radius of a symbol, a pill is at it; how far below its middle a stem ends.
_AT, _STEM = 1.0, 2.6


class MarkBox(NamedTuple):
    """A mark on the page: its interval, where its symbol stands, its label if there was room for it.

    For a mark without a scale, ``glyph`` is half the width of its sign, ``room`` the height of its level, and
    ``more`` are further lines of its words.
    """

    mark: Mark
    x0: float
    x1: float
    x: float | None
    y: float
    label: Label | None = None
    glyph: float = 0.0
    room: float = 0.0
    more: tuple[Label, ...] = ()

    @property
    def in_pill(self) -> bool:
        """True for words that stand in a pill: a result, pulses."""
        return self.mark.shape in {"category", "pulse"}

    @property
    def hides(self) -> bool:
        """True where the pill of a result in words is wider than the interval in which it lies."""
        return self.mark.certainty in {"about", "interval"} and self.x1 - self.x0 < 2 * self.glyph + 1.0

    @property
    def day(self) -> float | None:
        """Where its symbol belongs: elsewhere than it stands where the pill of a day was pushed in from the edge."""
        if self.x is None or not self.in_pill or self.mark.certainty not in {"exact", "ranked"}:
            return self.x
        middle = (self.x0 + self.x1) / 2
        return self.x if abs(middle - self.x) < _AT else middle

    @property
    def stem(self) -> tuple[float, float, float] | None:
        """Place, upper and lower end of the stem of a pill at the day that it was pushed from; ``None`` for others."""
        day = self.day
        if day is None or self.x is None or day == self.x:
            return None
        # From the edge of the pill on, which is round at its ends.
        beyond = min(max(abs(day - self.x) - self.glyph + PILL, 0.0), PILL)
        return day, self.y + math.sqrt(PILL**2 - beyond**2), self.y + _STEM

    def anchor(self, label_x: float) -> float:
        """Return the place that its words keep their distance from when the axis grows."""
        if self.glyph and self.day is not None:
            return self.day
        if label_x >= self.x1:
            return self.x1
        if label_x < self.x0 and self.mark.certainty != "exact":
            return self.x0
        return self.x if self.x is not None else (self.x0 + self.x1) / 2

    def labelled(self, label: Label) -> MarkBox:
        """Return the mark with its label."""
        # Far faster than ``_replace``, and a figure has hundreds of values.
        return MarkBox(self.mark, self.x0, self.x1, self.x, self.y, label, self.glyph, self.room)
