"""Value scales: their limits and their ticks."""

from __future__ import annotations

import math
from collections.abc import Sequence

from casecurves.figure.compile.wording import Words
from casecurves.figure.spec import Scale, YTick


def nice_step(span: float, count: int = 4) -> float:
    """Return a step of 1, 2 or 5 times a power of ten that divides a span into about ``count`` parts."""
    if span <= 0:
        return 1.0
    raw = span / count
    power = 10.0 ** math.floor(math.log10(raw))
    return next(m * power for m in (1.0, 2.0, 5.0, 10.0) if m * power >= raw * 0.999)


def limits(scale: Scale, values: Sequence[float]) -> tuple[float, float]:
    """Return the ends of a scale that holds all values.

    Parameters
    ----------
    scale : {"linear", "log", "titre", "grade", "words"}
        The scale; values of ``log`` and ``titre`` are positive.
    values : sequence of float
        Every number that must fit: values, limits of normal, thresholds; may be empty.

    Returns
    -------
    tuple of float
        Lower and upper end.
    """
    if scale == "words" or not values:
        return 0.0, 1.0
    lo, hi = min(values), max(values)
    if scale == "grade":
        return lo - 0.3, hi + 0.3
    if scale in {"log", "titre"}:
        margin = 1.6 if hi / lo < 100 else 2.0
        return lo / margin, hi * margin
    if lo >= 0 and (lo <= hi * 0.4 or lo == hi):
        lo = 0.0
    step = nice_step(hi - lo)
    top = math.ceil(hi / step + 0.25) * step
    bottom = lo if lo == 0 else math.floor(lo / step - 0.15) * step
    return (max(bottom, 0.0) if min(values) >= 0 else bottom), top


def ticks(scale: Scale, lo: float, hi: float, words: Words) -> tuple[YTick, ...]:
    """Return the labelled values of a scale, three to six of them."""
    if scale == "words":
        return ()
    if scale == "titre":
        return tuple(YTick(v, f"1:{v:g}") for v in _decades(lo, hi, (1.0, 3.2)))
    if scale == "log":
        return tuple(YTick(v, words.number(v)) for v in _decades(lo, hi, (1.0,) if hi / lo >= 90 else (1.0, 2.0, 5.0)))
    step = 1.0 if scale == "grade" else nice_step(hi - lo)
    first, last = math.ceil(lo / step - 1e-9), math.floor(hi / step + 1e-9)
    return tuple(YTick(i * step, words.number(round(i * step, 10))) for i in range(first, last + 1))


def _decades(lo: float, hi: float, factors: Sequence[float]) -> list[float]:
    powers = range(math.floor(math.log10(lo)), math.ceil(math.log10(hi)) + 1)
    values = [round(f * 10.0**p, 12) for p in powers for f in factors]
    return [round(v) if v >= 10 else v for v in values if lo <= v <= hi]
