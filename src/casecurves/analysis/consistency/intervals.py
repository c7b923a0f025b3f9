"""Confidence intervals, ratios and p: against their estimate, against the per cents, against each other."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from statistics import NormalDist

from casecurves.analysis.consistency.finding import Certainty, Finding, at, found
from casecurves.analysis.consistency.numbers import Span, places_of, printed, rounded
from casecurves.analysis.consistency.shares import size
from casecurves.knowledge.fold import fold
from casecurves.model.case import Case
from casecurves.model.trials import Comparison, Outcome

_RATIOS = ("relative_risk", "odds_ratio", "hazard_ratio")
# An adjusted ratio differs a little from that of the crude per cents; more than this share is worth a remark.
_ADJUSTED = 0.1
# How far an interval may be from what its per cent and its patients give, as a factor of its width.
_WIDER = 2.0
# How far an estimate may lie from the middle of its interval, as a share of half its width.
_OFF_CENTRE = 0.3
# How far the normal deviates of p and of the interval may lie apart, and by which factor they may differ.
_APART, _TIMES = 1.8, 1.7
# Below it nobody can tell two p apart.
_SMALLEST = 1e-5


def intervals(case: Case) -> Iterator[Finding]:
    """Yield what is wrong with intervals, ratios and p.

    Parameters
    ----------
    case : Case
        Any case; without outcomes or comparisons there is nothing to say.

    Yields
    ------
    Finding
        Of ``interval.*`` and ``ratio.*``.
    """
    for row in case.outcomes:
        if row.basis != "illustrative":
            yield from _of_share(case, row)
    for comparison in case.comparisons:
        if comparison.basis != "illustrative":
            yield from _of_ratio(case, comparison)


def _of_share(case: Case, row: Outcome) -> Iterator[Finding]:
    low, high, share = row.ci_low, row.ci_high, printed(row.percent)
    if low is None or high is None:
        return
    limits = {"low": low, "high": high}
    where = (at(row, "ci_low"), at(row, "ci_high"))
    if low < 0 or high > 100:
        yield found("interval.beyond", "likely", case, where, **limits)
    if share is None or row.percent is None:
        return
    if not share.meets(Span(low, high)):
        yield found(
            "interval.excludes", "certain", case, (at(row, "percent"), *where), estimate=row.percent.written, **limits
        )
        return
    whole = size(case, row)
    if whole is None or row.percent.number is None:
        return
    n, of = whole
    expected = _half_width(row.percent.number / 100, n, row.ci_level or 95)
    half = (high - low) / 200
    if expected and not expected / _WIDER <= half <= expected * _WIDER:
        sides = (at(row, "percent"), *where, of)
        yield found(
            "interval.width",
            "check",
            case,
            sides,
            n=n,
            half=round(100 * half, 1),
            expected=round(100 * expected, 1),
            **limits,
        )


def _half_width(p: float, n: int, level: float) -> float:
    """Half the width of Wilson's interval of a share (doi:10.1080/01621459.1927.10502953)."""
    if n <= 0 or not 0 < level < 100:
        return 0.0
    z = NormalDist().inv_cdf(0.5 + level / 200)
    return z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))


def _of_ratio(case: Case, row: Comparison) -> Iterator[Finding]:
    yield from _p_itself(case, row)
    yield from _not_positive(case, row)
    if row.estimate is None:
        return
    decimals = places_of((row.estimate, row.ci_low, row.ci_high))
    estimate = rounded(row.estimate, decimals)
    if row.ci_low is not None and row.ci_high is not None:
        limits = {"low": row.ci_low, "high": row.ci_high}
        where = (at(row, "estimate"), at(row, "ci_low"), at(row, "ci_high"))
        if not Span(row.ci_low, row.ci_high).meets(Span(row.estimate, row.estimate)):
            yield found("interval.excludes", "certain", case, where, estimate=row.estimate, **limits)
        else:
            yield from _p(case, row)
            middle = _middle(row, decimals)
            if middle is not None and estimate.gap(middle[0]) > middle[1]:
                centre = round((middle[0].low + middle[0].high) / 2, decimals + 1)
                yield found("interval.middle", "check", case, where, estimate=row.estimate, centre=centre, **limits)
    yield from _against_shares(case, row, estimate)


def _not_positive(case: Case, row: Comparison) -> Iterator[Finding]:
    """Yield what a ratio cannot be, which is below 0; or one of 0, unless the first arm is stated to have nobody."""
    if row.measure not in _RATIOS:
        return
    stated = {name: getattr(row, name) for name in ("estimate", "ci_low", "ci_high") if getattr(row, name) is not None}
    where = [at(row, name) for name in stated]
    below = [number for number in stated.values() if number < 0]
    if below:
        yield found("ratio.negative", "certain", case, where, value=below[0])
    elif row.estimate == 0 and not _nobody(_counterpart(case, row, row.arm)):
        yield found("ratio.zero", "check", case, where, estimate=row.estimate)


def _nobody(row: Outcome | None) -> bool:
    return row is not None and (row.count == 0 or (row.percent is not None and row.percent.number == 0))


def _middle(row: Comparison, decimals: int) -> tuple[Span, float] | None:
    """Return where the estimate should be, and how far it may be from there; ratios on a logarithmic scale."""
    if row.ci_low is None or row.ci_high is None or row.ci_high <= row.ci_low:
        return None
    low, high = rounded(row.ci_low, decimals), rounded(row.ci_high, decimals)
    if row.measure not in _RATIOS:
        return Span((low.low + high.low) / 2, (low.high + high.high) / 2), _OFF_CENTRE * (row.ci_high - row.ci_low) / 2
    if low.low <= 0:
        return None
    middle = Span(math.sqrt(low.low * high.low), math.sqrt(low.high * high.high))
    return middle, middle.high * (math.exp(_OFF_CENTRE * math.log(row.ci_high / row.ci_low) / 2) - 1)


def _against_shares(case: Case, row: Comparison, estimate: Span) -> Iterator[Finding]:
    """Yield a ratio that the two shares it compares do not give."""
    first, second = (_counterpart(case, row, arm) for arm in (row.arm, row.versus))
    if first is None or second is None or row.estimate is None:
        return
    a, b = _proportion(case, first), _proportion(case, second)
    computed = _computed(row.measure, a, b) if a and b else None
    if computed is not None and row.measure == "risk_difference" and abs(row.estimate) > 1:
        computed = Span(100 * computed.low, 100 * computed.high)  # printed in points of per cent
    if a is None or b is None or computed is None or computed.meets(estimate):
        return
    centre = (computed.low + computed.high) / 2
    neutral = 1.0 if row.measure in _RATIOS else 0.0
    certainty: Certainty = "likely" if abs(row.estimate - centre) > _ADJUSTED * abs(centre) else "check"
    if (row.estimate - neutral) * (centre - neutral) < 0:
        certainty = "certain"
    columns = ["percent" if one.percent is not None else "count" for one in (first, second)]
    where = (at(row, "estimate"), at(first, columns[0]), at(second, columns[1]))
    shares = {"a": round(50 * (a.low + a.high), 1), "b": round(50 * (b.low + b.high), 1)}
    yield found("ratio.percent", certainty, case, where, estimate=row.estimate, computed=round(centre, 2), **shares)


def _counterpart(case: Case, row: Comparison, arm: str) -> Outcome | None:
    """Return the result of an arm on the same endpoint at the same moment; ``None`` where there is not exactly one."""
    alike = [
        one
        for one in case.outcomes
        if one.arm == arm
        and one.basis != "illustrative"
        and fold(one.label) == fold(row.label)
        and one.time == row.time
    ]
    return alike[0] if len(alike) == 1 else None


def _proportion(case: Case, row: Outcome) -> Span | None:
    share, whole = printed(row.percent), size(case, row)
    if share is not None and row.percent is not None and row.percent.number is not None:
        return Span(max(share.low, 0) / 100, share.high / 100)
    if row.count is not None and whole is not None and whole[0]:
        return Span(row.count / whole[0], row.count / whole[0])
    return None


def _computed(measure: str, a: Span, b: Span) -> Span | None:
    if measure == "risk_difference":
        return Span(a.low - b.high, a.high - b.low)
    if measure == "odds_ratio" and a.high < 1 and b.high < 1:
        a, b = (Span(one.low / (1 - one.low), one.high / (1 - one.high)) for one in (a, b))
    elif measure != "relative_risk":
        return None
    return None if b.low <= 0 else Span(a.low / b.high, a.high / b.low)


def _p_itself(case: Case, row: Comparison) -> Iterator[Finding]:
    stated = _read_p(row.p)
    if stated is not None and not 0 <= stated[1] <= 1:
        yield found("p.outside", "certain", case, (at(row, "p"),), p=row.p)


def _p(case: Case, row: Comparison) -> Iterator[Finding]:
    """Yield a p that the interval does not give; an estimate outside its interval tells nothing of p."""
    stated, computed = _read_p(row.p), _p_of(row)
    if stated is None or computed is None or not 0 <= stated[1] <= 1:
        return
    certainty = _disagree(*stated, computed, round(1 - (row.ci_level or 95) / 100, 6))
    if certainty is not None:
        sides = (at(row, "p"), at(row, "estimate"), at(row, "ci_low"), at(row, "ci_high"))
        told = "<0.0001" if computed < 0.0001 else float(f"{computed:.1g}")
        about = {"p": row.p, "low": row.ci_low, "high": row.ci_high, "computed": told}
        yield found("ratio.p", certainty, case, sides, **about)


def _disagree(sign: str, p: float, computed: float, level: float) -> Certainty | None:
    """Tell how sure it is that a p and that of the interval differ.

    One test gives another p than the next, the more so the smaller it is: what counts is how far they lie apart as
    normal deviates, and whether they lie on different sides of the level.
    """
    less_sure, surer = sign != ">" and computed > p, sign != "<" and computed < p
    if not less_sure and not surer:
        return None
    stated, found = (NormalDist().inv_cdf(1 - max(one, _SMALLEST) / 2) for one in (p, computed))
    apart = abs(stated - found)
    far = apart > _APART and max(stated, found) > _TIMES * min(stated, found)
    if sign == ">":  # nothing is known but that it is no smaller
        return "likely" if p >= level and far else None
    across = (p < level) is not (computed < level)
    if across:
        return "likely" if far else "check" if apart > _APART / 2 else None
    return "check" if far else None


def _read_p(text: str) -> tuple[str, float] | None:
    plain = text.replace("\u2264", "<").replace("\u2265", ">").replace(",", ".")
    match = re.fullmatch(r"\s*(?:[pP]\s*)?([<>=]?)\s*(\d*\.?\d+)\s*", plain)
    return (match[1] or "=", float(match[2])) if match else None


def _p_of(row: Comparison) -> float | None:
    """Return p from an estimate and its interval (doi:10.1136/bmj.d2304); ``None`` where they do not give one."""
    if row.estimate is None or row.ci_low is None or row.ci_high is None or row.ci_high <= row.ci_low:
        return None
    estimate, low, high = row.estimate, row.ci_low, row.ci_high
    if row.measure in _RATIOS:
        if min(estimate, low) <= 0:
            return None
        estimate, low, high = math.log(estimate), math.log(low), math.log(high)
    width = NormalDist().inv_cdf(0.5 + (row.ci_level or 95) / 200) * 2
    z = abs(estimate) / ((high - low) / width)
    return 2 * (1 - NormalDist().cdf(z))
