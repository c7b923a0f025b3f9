"""What must hold between the rows of a trial; what a source prints is kept, however odd, and said."""

from __future__ import annotations

from collections.abc import Iterator

from casecurves.model.case import Case
from casecurves.model.findings import issue_at
from casecurves.model.issues import Issue
from casecurves.model.trials import Arm, Comparison, Outcome


def check_trial(case: Case) -> Iterator[Issue]:
    """Yield what is wrong, or odd, with arms, outcomes and comparisons.

    Parameters
    ----------
    case : Case
        Any case; without these tables there is nothing to say.

    Yields
    ------
    Issue
        ``arm.*``, ``interval.excludes`` and ``comparison.itself``.
    """
    yield from _names(case)
    yield from _sums(case)
    for outcome in case.outcomes:
        yield from _interval(outcome)
    for row in case.comparisons:
        yield from _interval(row)
        if row.arm == row.versus:
            yield issue_at("error", "comparison.itself", row, "versus", row.versus)


def _names(case: Case) -> Iterator[Issue]:
    first: dict[tuple[str, str], Arm] = {}
    for arm in case.arms:
        other = first.setdefault((arm.trial.casefold(), arm.label.casefold()), arm)
        if other is not arm:
            yield issue_at("error", "arm.same_name", arm, "label", arm.label, other_line=other.line)


def _sums(case: Case) -> Iterator[Issue]:
    for arm in case.arms:
        counts = [row.count for row in case.outcomes if row.arm == arm.id and row.response and row.status == "used"]
        total = sum(count for count in counts if count is not None)
        if arm.n is not None and total > arm.n:
            yield issue_at("warning", "arm.too_many", arm, "n", arm.label, total=total, n=arm.n)


def _interval(row: Outcome | Comparison) -> Iterator[Issue]:
    estimate = _estimate(row)
    if estimate is None or row.ci_low is None or row.ci_high is None:
        return
    low, high = estimate
    if high < row.ci_low or low > row.ci_high:
        column = "percent" if isinstance(row, Outcome) else "estimate"
        written = row.percent.written if isinstance(row, Outcome) and row.percent else f"{low:g}"
        limits = {"low": f"{row.ci_low:g}", "high": f"{row.ci_high:g}"}
        yield issue_at("warning", "interval.excludes", row, column, written, **limits)


def _estimate(row: Outcome | Comparison) -> tuple[float, float] | None:
    if isinstance(row, Comparison):
        return None if row.estimate is None else (row.estimate, row.estimate)
    if row.percent is None or row.percent.kind == "censored":
        return None
    if row.percent.number is not None:
        return row.percent.number, row.percent.number
    low, high = row.percent.low, row.percent.high
    return None if low is None or high is None else (low, high)
