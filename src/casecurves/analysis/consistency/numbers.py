"""Printed numbers: how finely they are given, and what they can have been before they were rounded."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from casecurves.model.quantity import Quantity


@dataclass(frozen=True)
class Span:
    """Numbers from ``low`` to ``high``."""

    low: float
    high: float

    def meets(self, other: Span) -> bool:
        """Tell whether a number lies in both."""
        return self.low <= other.high and other.low <= self.high

    def gap(self, other: Span) -> float:
        """Return how far two spans lie apart; 0 where they meet."""
        return max(self.low - other.high, other.low - self.high, 0.0)


def places(written: str) -> int:
    """Return how many decimals a number is printed with."""
    found = re.search(r"[.,](\d+)", written)
    return len(found[1]) if found else 0


def places_of(numbers: Iterable[float | None]) -> int:
    """Return how many decimals the most finely given of several numbers has: what is printed together is alike."""
    return max((places(f"{number:.10g}") for number in numbers if number is not None), default=0)


def rounded(number: float, decimals: int) -> Span:
    """Return what a number printed with so many decimals can have been; its limits included, rounded either way."""
    half = 0.5 * 10**-decimals
    slack = 1e-9  # 3.05 is not exactly 3.05 in a computer
    return Span(number - half - slack, number + half + slack)


def printed(value: Quantity | None) -> Span | None:
    """Return what a value can have been; ``None`` for one that is approximate, censored or no number."""
    if value is None or value.comparator is not None:
        return None
    if value.number is not None:
        return rounded(value.number, places(value.written))
    if value.low is not None and value.high is not None:
        return Span(value.low, value.high)
    return None
