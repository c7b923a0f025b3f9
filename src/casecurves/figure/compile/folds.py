"""Which stretches of the scaled axis fold: long ones in which nothing begins, ends, or is measured."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

Stretch = tuple[float, float]

# A folded stretch is this many times longer than the longest quiet one that stays, and would take this share of the
# axis if it stayed. Fewer moments than these on the rest of the axis, or more folds, and nothing folds: a few dates
# years apart are a course of years, not gaps in one.
_TIMES = 5.0
_SHARE = 0.4
_LEAST_DAYS = 14.0
_MOST = 3
_KEPT_PER_FOLD = 4
# A time known to about a month is one moment, not a beginning and an end; so is one known to the year, where nothing
# else happens meanwhile.
_MONTHS = 62.0
_YEAR = 370.0
# What stays of a folded stretch on either side, so that nothing stands on the fold: this share of the rest.
_MARGIN = 0.04


def quiet_stretches(points: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """Return the stretches of a scaled axis that may be folded.

    Parameters
    ----------
    points : sequence of (float, float)
        Earliest and latest day of everything on the axis: starts and ends of courses and states, doses, values, events,
        day zero.

    Returns
    -------
    tuple of (float, float)
        First and last day of each, in order; inside none of them lies a bound of any point. Empty for most cases.
    """
    moments = _moments(points)
    gaps = sorted(((b[0] - a[1], a[1], b[0]) for a, b in pairwise(moments)), reverse=True)
    span = moments[-1][1] - moments[0][0]
    for count in range(min(_MOST, len(gaps) // (1 + _KEPT_PER_FOLD)), 0, -1):
        folded, kept = gaps[:count], gaps[count:]
        shortest, rest = folded[-1][0], span - sum(gap for gap, _, _ in folded)
        if shortest >= max(_LEAST_DAYS, _TIMES * kept[0][0]) and shortest >= _SHARE * (rest + shortest):
            margin = min(_MARGIN * rest, shortest / 4)
            return tuple(sorted((x0 + margin, x1 - margin) for _, x0, x1 in folded))
    return ()


def _moments(points: Sequence[Stretch]) -> list[Stretch]:
    """Return what happens as moments in order; of a wide interval its two ends are moments."""
    days = sorted(day for point in points for day in point)
    moments: list[Stretch] = []
    for lo, hi in sorted(part for point in points for part in _parts(point, days)):
        if moments and lo <= moments[-1][1]:
            moments[-1] = (moments[-1][0], max(hi, moments[-1][1]))
        else:
            moments.append((lo, hi))
    return moments


def _parts(point: Stretch, days: Sequence[float]) -> tuple[Stretch, ...]:
    lo, hi = point
    alone = bisect_right(days, lo) == bisect_left(days, hi)
    return (point,) if hi - lo <= (_YEAR if alone else _MONTHS) else ((lo, lo), (hi, hi))
