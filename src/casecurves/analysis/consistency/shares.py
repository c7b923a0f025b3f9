"""Counts and per cents: against how many there are, against each other, and added up."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from casecurves.analysis.consistency.finding import Certainty, Finding, Place, at, at_head, found
from casecurves.analysis.consistency.numbers import Span, places, printed
from casecurves.knowledge.fold import fold
from casecurves.model.case import Case
from casecurves.model.trials import Arm, Outcome

# Categories that only a full breakdown of the patients has; responders alone may be all that a source counts.
_OF_A_BREAKDOWN = ("stable", "progression", "not_evaluated")
_ABSTRACT = re.compile(r"\b(abstract|résumé)\b", re.IGNORECASE)
_Group = tuple[Arm, list[Outcome]]


def shares(case: Case) -> Iterator[Finding]:
    """Yield what is wrong with counts and per cents; a count is never computed from a per cent.

    Parameters
    ----------
    case : Case
        Any case; without outcomes or arms there is nothing to say.

    Yields
    ------
    Finding
        Of ``total.above_n``, ``sum.*``, ``arms.total``, ``percent.*``.
    """
    yield from _totals(case)
    yield from _sums(case)
    yield from _all_arms(case)
    for row in _stated(case):
        yield from _share(case, row)
    yield from _per_cents_together(case)


def size(case: Case, row: Outcome) -> tuple[int, Place] | None:
    """Return how many patients a result is about, and where that stands; ``None`` where it is not stated."""
    if row.of is not None:
        return row.of, at(row, "of")
    return _patients(case, row)


def _patients(case: Case, row: Outcome) -> tuple[int, Place] | None:
    arm = next((one for one in case.arms if one.id == row.arm), None)
    if arm is not None:
        return None if arm.n is None else (arm.n, at(arm, "n"))
    n = case.header.patient.n
    return None if n is None or row.arm else (n, at_head(case, "patient.n", n))


def _stated(case: Case) -> list[Outcome]:
    return [row for row in case.outcomes if row.basis != "illustrative"]


def _totals(case: Case) -> Iterator[Finding]:
    for row in _stated(case):
        whole = _patients(case, row)
        if whole is None:
            continue
        n, where = whole
        if row.of is not None and row.of > n:
            yield found("total.above_n", "certain", case, (at(row, "of"), where), of=row.of, n=n)
        # The responses of an arm are added up together, below.
        elif row.of is None and row.count is not None and not row.response and row.count > n:
            yield found("sum.above_n", "certain", case, (at(row, "count"), where), sum=row.count, n=n)


def _sums(case: Case) -> Iterator[Finding]:
    groups = _breakdowns(case)
    pooled = {arm.id for group in _pooled(groups) for arm, _ in group}
    for group in _pooled(groups):
        counts = [row.count or 0 for _, rows in group for row in rows]
        sizes = [arm.n or 0 for arm, _ in group]
        where = [*(at(row, "count") for _, rows in group for row in rows), *(at(arm, "n") for arm, _ in group)]
        sides = {"counts": _plus(counts), "sizes": _plus(sizes), "total": sum(counts)}
        yield found("sum.pooled", "likely", case, where, **sides)
    for arm, rows in groups:
        counts = [row.count or 0 for row in rows]
        total, n = sum(counts), arm.n or 0
        where = [*(at(row, "count") for row in rows), at(arm, "n")]
        if total > n:
            yield found("sum.above_n", "certain", case, where, sum=_sum(counts), n=n)
        elif total < n and arm.id not in pooled and _shares_out(rows):
            yield found("sum.below_n", "check", case, where, sum=_sum(counts), n=n, rest=n - total)


def _shares_out(rows: Sequence[Outcome]) -> bool:
    """Tell whether counts are meant to share out all patients: not responders alone, nor what an abstract picks out."""
    picked = any(_ABSTRACT.search(f"{row.locator} {row.locator_fr}") for row in rows)
    return not picked and any(row.response in _OF_A_BREAKDOWN for row in rows)


def _breakdowns(case: Case) -> list[_Group]:
    """Return each arm with the counts that share out its patients, once for each moment."""
    arms = {arm.id: arm for arm in case.arms if arm.n is not None and arm.basis != "illustrative"}
    groups: dict[tuple[str, str], list[Outcome]] = defaultdict(list)
    for row in _stated(case):
        if row.response and row.count is not None and row.arm in arms:
            groups[row.arm, row.time.written if row.time else ""].append(row)
    return [(arms[arm], rows) for (arm, _), rows in groups.items()]


def _pooled(groups: Sequence[_Group]) -> Iterator[list[_Group]]:
    """Yield the arms of a trial where one has too many, and all together have as many as there are patients."""
    trials: dict[tuple[str, str], list[_Group]] = defaultdict(list)
    for arm, rows in groups:
        trials[fold(arm.trial), arm.source].append((arm, rows))
    for trial in trials.values():
        over = any(sum(row.count or 0 for row in rows) > (arm.n or 0) for arm, rows in trial)
        counted = sum(row.count or 0 for _, rows in trial for row in rows)
        if len({arm.id for arm, _ in trial}) > 1 and over and counted == sum(arm.n or 0 for arm, _ in trial):
            yield trial


def _plus(numbers: Sequence[int]) -> str:
    return " + ".join(map(str, numbers))


def _sum(numbers: Sequence[int]) -> str:
    """Write numbers with what they come to; one alone as it is."""
    return f"{_plus(numbers)} = {sum(numbers)}" if len(numbers) > 1 else _plus(numbers)


def _all_arms(case: Case) -> Iterator[Finding]:
    total = case.header.patient.n
    arms = [arm for arm in case.arms if arm.n is not None and arm.basis != "illustrative"]
    sizes = [arm.n or 0 for arm in arms]
    if total is None or not arms or sum(sizes) == total:
        return
    # Some patients may be in no arm that is listed; none can be in two, but for populations that overlap.
    certainty: Certainty = "likely" if sum(sizes) > total else "check"
    where = [*(at(arm, "n") for arm in arms), at_head(case, "patient.n", total)]
    yield found("arms.total", certainty, case, where, sum=_sum(sizes), n=total)


def _share(case: Case, row: Outcome) -> Iterator[Finding]:
    share, whole = printed(row.percent), size(case, row)
    if row.percent is None or share is None or whole is None:
        return
    n, where = whole
    sides = [at(row, "percent"), where]
    if row.count is not None:
        exact = 100 * row.count / n if n else math.inf
        if not share.meets(Span(exact, exact)):
            certainty: Certainty = "certain" if row.of is not None else "likely"
            sides.insert(1, at(row, "count"))
            computed = round(exact, places(row.percent.written) + 1)
            yield found(
                "percent.count", certainty, case, sides, count=row.count, n=n, computed=computed, percent=_text(row)
            )
    elif row.percent.number is not None:
        yield from _whole(case, row, share, n, sides)


def _whole(case: Case, row: Outcome, share: Span, n: int, sides: Sequence[Place]) -> Iterator[Finding]:
    """Yield a per cent that no whole number of patients gives (the GRIM test, doi:10.1177/1948550616673876)."""
    below = math.floor(share.low * n / 100 + 1e-9)
    if any(share.meets(Span(100 * k / n, 100 * k / n)) for k in (below, below + 1)):
        return
    decimals = places(row.percent.written if row.percent else "") + 1
    # Both with as many decimals: they are read side by side.
    low, high = (f"{100 * k / n:.{decimals}f}" for k in (below, below + 1))
    near = {"k": below, "k1": below + 1, "low": low, "high": high}
    yield found("percent.whole", "check", case, sides, n=n, percent=_text(row), **near)


def _per_cents_together(case: Case) -> Iterator[Finding]:
    groups: dict[tuple[str, str], list[Outcome]] = defaultdict(list)
    for row in _stated(case):
        if row.response and printed(row.percent) is not None:
            groups[row.arm, row.time.written if row.time else ""].append(row)
    for rows in groups.values():
        spans = [span for span in map(printed, (row.percent for row in rows)) if span is not None]
        if sum(span.low for span in spans) > 100:
            total = sum((row.percent.number or 0) for row in rows if row.percent)
            parts = " + ".join(_text(row) for row in rows)
            yield found("percent.sum", "certain", case, [at(row, "percent") for row in rows], parts=parts, total=total)


def _text(row: Outcome) -> str:
    return row.percent.written if row.percent else ""
