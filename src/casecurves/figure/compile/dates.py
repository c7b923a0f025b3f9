"""An axis of calendar dates, for a case in which dates are all that is known of times."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from casecurves.figure.spec import AxisTick, Span
from casecurves.words import say

# Steps of the axis as (unit, count), the finest first; days count within a month.
_STEPS = (
    *(("day", n) for n in (1, 2, 7, 14)),
    *(("month", n) for n in (1, 2, 3, 6)),
    *(("year", n) for n in (1, 2, 5, 10, 20, 50)),
)
_MOST = 12


@dataclass(frozen=True)
class Calendar:
    """Days counted from a date that is only a convention: the first that the case states.

    Attributes
    ----------
    since : date
        Day 0 of the count.
    lang : str
        Language of the dates.
    """

    since: date
    lang: str

    def on(self, day: float) -> date:
        """Return the date of a day of the count; beyond the years 1 to 9999, the last there is."""
        first, last = date.min.toordinal(), date.max.toordinal()
        return date.fromordinal(min(max(self.since.toordinal() + math.floor(day), first), last))

    def between(self, span: Sequence[Span]) -> str:
        """Say a stretch of the axis by its first and its last date; ``""`` of one that goes on at both ends."""
        if span[0].open0 and span[-1].open1:
            return ""
        first, last = self.on(span[0].x0), self.on(math.ceil(span[-1].x1) - 1)
        if span[0].open0:
            return say("axis.span.until", self.lang, end=in_words(last, self.lang))
        if span[-1].open1:
            return say("axis.span.from", self.lang, start=in_words(first, self.lang))
        return f"{in_words(first, self.lang)} – {in_words(last, self.lang)}"

    def ticks(self, stretches: Sequence[tuple[float, float]]) -> tuple[AxisTick, ...]:
        """Return the ticks of the unfolded stretches of the axis: at first days of months or years, else at days."""
        days = sum(b - a for a, b in stretches)
        chosen = next((i for i, step in enumerate(_STEPS) if days / _length(step) <= _MOST), len(_STEPS) - 1)
        found: list[AxisTick] = []
        for a, b in stretches:
            # A stretch too short for a tick of its own has finer ones.
            tries = ([*self._every(step, a, b)] for step in reversed(_STEPS[: chosen + 1]))
            found += next((ticks for ticks in tries if ticks), [])
        return tuple(found)

    def _every(self, step: tuple[str, int], lo: float, hi: float) -> Iterator[AxisTick]:
        unit, n = step
        at = self.on(lo)
        while (day := float((at - self.since).days)) <= hi:
            if day >= lo and _fits(at, unit, n):
                yield AxisTick(day, say(f"axis.date.{unit}", self.lang, **_parts(at, self.lang)))
            if at.year == date.max.year:
                return
            at = at + timedelta(1) if unit == "day" else _next_month(at)


def in_words(day: date, lang: str) -> str:
    """Write a date as people of the language do."""
    return say("axis.date.day", lang, **_parts(day, lang))


def _parts(day: date, lang: str) -> dict[str, object]:
    first = say("axis.date.first", lang) if day.day == 1 else day.day
    return {"day": first, "month": say(f"axis.date.months.m{day.month}", lang), "year": day.year}


def _length(step: tuple[str, int]) -> float:
    return {"day": 1.0, "month": 30.4375, "year": 365.25}[step[0]] * step[1]


def _fits(day: date, unit: str, n: int) -> bool:
    if unit == "day":
        return (day.day - 1) % n == 0 and day.day + n // 2 <= 31
    if unit == "month":
        return day.day == 1 and (day.month - 1) % n == 0
    return day.day == 1 and day.month == 1 and day.year % n == 0


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
