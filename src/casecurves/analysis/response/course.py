"""What the assessments of a course add up to, as bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casecurves.analysis.response.series import index_of
from casecurves.analysis.response.status import Assessment
from casecurves.model.case import Case


@dataclass(frozen=True)
class Counted:
    """A count or a number of days with its bounds; ``most`` is ``None`` where nothing bounds it."""

    least: int | None
    most: int | None


def relapses(case: Case, assessments: Sequence[Assessment]) -> Counted:
    """Count relapses: values in relapse with no remission between them count once.

    Parameters
    ----------
    case : Case
        The case.
    assessments : sequence of Assessment
        Of one rule.

    Returns
    -------
    Counted
        ``least`` counts relapses between which a value in remission is known to lie, each proven: what rests on the
        judgement of a clinician is not. ``most`` counts every value that is or may be one; those from before the index
        therapy, which the rule does not assess, are none. What happened between two values is in neither.
    """
    sure = [one for one in assessments if one.surely({"relapse"})]
    calm = [one for one in assessments if one.surely({"complete", "partial"})]
    depth: dict[str, int] = {}
    for one in sure:  # in an order that contradicts nothing known, so that those before it have theirs
        between = [other for other in sure if other.row in depth and _calm_between(case, other, one, calm)]
        depth[one.row] = 1 + max((depth[other.row] for other in between), default=0)
    return Counted(max(depth.values(), default=0), sum("relapse" in one.may for one in assessments))


def _calm_between(case: Case, a: Assessment, b: Assessment, calm: Sequence[Assessment]) -> bool:
    known = case.chronology
    return any(known.at_or_before(a.row, one.row) and known.at_or_before(one.row, b.row) for one in calm)


def since(case: Case, assessments: Sequence[Assessment], start: str) -> list[Assessment]:
    """Return the assessments that may come after the day on which the index therapy started."""
    most = ((one, case.chronology.distance(start, one.row)[1]) for one in assessments)
    return [one for one, days in most if days is None or days > 0]


def time_to(
    case: Case, assessments: Sequence[Assessment], statuses: Sequence[str], index: str | None = None
) -> Counted:
    """Return after how many days from the index therapy a status is first found.

    Parameters
    ----------
    case : Case
        The case.
    assessments : sequence of Assessment
        Of one rule, in an order that contradicts nothing known.
    statuses : sequence of str
        Keys of the statuses looked for.
    index : str, optional
        As in `assess`.

    Returns
    -------
    Counted
        Days to the first value at which it is found, not to when it came about, which is earlier: ``least`` counts to
        the first value at which it may hold, ``most`` to the first at which it is proven: what rests on the judgement
        of a clinician is not; what is known to come before is passed over. Both ``None`` when it is never found, or
        when there is no index therapy.
    """
    start = index_of(case, index)
    fitting = [one for one in since(case, assessments, start) if set(one.may) & set(statuses)] if start else []
    if not fitting:
        return Counted(None, None)
    known = case.chronology
    least = [known.distance(start, one.row)[0] for one in fitting]
    most = [known.distance(start, one.row)[1] for one in fitting if one.surely(statuses)]
    bounded = [days for days in most if days is not None]
    return Counted(None if None in least else min(d for d in least if d is not None), min(bounded, default=None))
