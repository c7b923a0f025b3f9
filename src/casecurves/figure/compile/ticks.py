"""The ticks of the scaled axis, and spans of it in a few signs."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from casecurves.figure.spec import AxisTick, Break, Span
from casecurves.words import decimal, say

UNIT_DAYS: dict[str, float] = {"days": 1.0, "weeks": 7.0, "months": 30.4375, "years": 365.25}
_LETTER = {"days": "D", "weeks": "W", "months": "M", "years": "Y"}
_STEPS = {
    "days": (1, 2, 5, 7, 14, 28),
    "weeks": (1, 2, 4, 8, 13, 26),
    "months": (1, 2, 3, 6, 12, 24),
    "years": (1, 2, 5, 10, 20),
}
# Where too few whole units fit, such parts of one are shown.
_PARTS = (1.0, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001)
_MOST = 16


def unit_for(days: float) -> str:
    """Return the unit that gives a readable number of ticks over so many days."""
    if days <= 45:
        return "days"
    if days <= 150:
        return "weeks"
    return "months" if days <= 365.25 * 5 else "years"


def ticks(lo: float, hi: float, breaks: Sequence[Break], unit: str, lang: str) -> tuple[AxisTick, ...]:
    """Return the ticks between two days: round numbers of the unit, none inside a break, some in every stretch."""
    size = UNIT_DAYS[unit]
    parts = stretches(lo, hi, breaks)
    count = sum(b - a for a, b in parts) / size
    whole = next(
        (float(step) for step in _STEPS[unit] if count / step <= _MOST),
        float(_STEPS[unit][-1] * max(1, math.ceil(count / _STEPS[unit][-1] / _MOST))),
    )
    alone = len(parts) == 1
    found: list[float] = []
    for a, b in parts:
        # One tick does not say how long anything is; beside others it says where a stretch lies.
        # No statement is finer than a day, so that parts of one are shown only where no day begins.
        wanted = 2 if alone and unit != "days" else 1
        steps = [whole, *(part for part in _PARTS if part < whole)]
        tries = (list(_multiples(a / size, b / size, step)) for step in steps)
        found += next((numbers for numbers in tries if len(numbers) >= wanted), [])
    return tuple(AxisTick(number * size, label(number, unit, lang)) for number in found)


def stretches(lo: float, hi: float, breaks: Sequence[Break]) -> list[tuple[float, float]]:
    """Return the stretches between breaks."""
    edges = [lo, *(edge for found in breaks for edge in (found.x0, found.x1)), hi]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _multiples(lo: float, hi: float, step: float) -> Iterator[float]:
    for i in range(math.ceil(lo / step - 1e-9), math.floor(hi / step + 1e-9) + 1):
        yield round(i * step, 6)


def label(number: float, unit: str, lang: str) -> str:
    """Write a place on the axis, such as ``M−3``; zero is ``0``."""
    return letter(unit, lang) + _figures(number, lang) if number else "0"


def letter(unit: str, lang: str) -> str:
    """Return the letter of a unit of time."""
    return say(f"letter.{_LETTER[unit]}", lang)


def span_in_words(place: Sequence[Span], unit: str, lang: str) -> str:
    """Say an interval on the scaled axis in a few signs, such as ``M0–M5``; ``""`` of one that goes on at both ends."""
    if place[0].open0 and place[-1].open1:
        return ""
    ends = [letter(unit, lang) + _figures(round(x / UNIT_DAYS[unit], 1) + 0, lang) for x in (place[0].x0, place[-1].x1)]
    if place[0].open0:
        return say("axis.span.until", lang, end=ends[1])
    return say("axis.span.from", lang, start=ends[0]) if place[-1].open1 else _to(ends[0], ends[1], lang)


def _to(start: str, end: str, lang: str) -> str:
    """Join two ends by a dash; in words where a minus would stand beside it."""
    return say("axis.span.between", lang, start=start, end=end) if "\u2212" in start + end else f"{start}–{end}"


def steps_in_words(place: Sequence[Span], lang: str) -> str:
    """Say an interval among numbered steps, such as ``steps 1–3``."""
    first, last = (round(x) + 1 for x in (place[0].x0, place[-1].x1))
    return say("axis.span.steps", lang, start=first, end=last)


def length(days: float, lang: str) -> str:
    """Say how long a stretch is: in years with one decimal, in whole months or days where it is shorter."""
    name = "years" if days >= 730.0 else "months" if days >= 61.0 else "days"
    number = round(days / UNIT_DAYS[name], 1 if name == "years" else 0)
    return say(f"axis.length.{name}", lang, n=_figures(number, lang))


def _figures(number: float, lang: str) -> str:
    return decimal(f"{number:.10g}".replace("-", "\u2212"), lang)
