"""A case read by a rule: which rules have something to assess in it, and what each makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casecurves.analysis.response.series import Values, index_of, usable
from casecurves.analysis.response.status import Assessment, assess
from casecurves.knowledge.rules import RuleSet, all_rules
from casecurves.model.case import Case


@dataclass(frozen=True)
class Reading:
    """What a rule makes of a case.

    Attributes
    ----------
    rule : RuleSet
        The rule.
    index : str
        Id of the course from whose start a baseline, or the time to a remission, is counted; ``""`` where there is
        none, or the rule has neither.
    assessments : tuple of Assessment
        One for each value assessed.
    invented : int
        How many of those values are illustrative.
    """

    rule: RuleSet
    index: str
    assessments: tuple[Assessment, ...]
    invented: int


def applicable(case: Case, *, illustrative: bool = False) -> tuple[RuleSet, ...]:
    """Return the rules that have something to assess in a case.

    Parameters
    ----------
    case : Case
        The case; a group or a trial has no assessments.
    illustrative : bool
        Whether invented values may be assessed.

    Returns
    -------
    tuple of RuleSet
        In the order in which they are declared; also those that could assess a value if its assay were stated.
    """
    if case.header.kind != "patient":
        return ()
    values = Values(case, usable(case, illustrative=illustrative), "")
    return tuple(rule for rule in all_rules().values() if values.assessed(rule))


def without_assay(case: Case) -> tuple[str, ...]:
    """Return the ids of the values that no rule assesses since their assay is not stated, or another than it asks."""
    found = (one for reading in readings(case) for one in reading.assessments)
    return tuple(dict.fromkeys(one.row for one in found if one.evidence[0].reason in ("no_assay", "other_assay")))


def readings(
    case: Case, rules: Sequence[str] = (), *, index: str = "", illustrative: bool = False
) -> tuple[Reading, ...]:
    """Read a case by rules.

    Parameters
    ----------
    case : Case
        The case.
    rules : sequence of str
        Keys of rules; none for every rule that has something to assess in the case.
    index : str
        Course whose start sets the baseline; ``""`` is the case's own day zero where that is a course.
    illustrative : bool
        Whether invented values may be assessed.

    Returns
    -------
    tuple of Reading
        One for each rule asked for, once, also where it has nothing to assess.
    """
    known = all_rules()
    wanted = [known[key] for key in dict.fromkeys(rules)] if rules else applicable(case, illustrative=illustrative)
    return tuple(_reading(case, rule, index, illustrative=illustrative) for rule in wanted)


def _reading(case: Case, rule: RuleSet, index: str, *, illustrative: bool) -> Reading:
    found = assess(case, rule, index=index or None, illustrative=illustrative)
    rows = {one.row for one in found}
    invented = sum(row.id in rows and row.basis == "illustrative" for row in case.measurements)
    counted = rule.needs_index or bool(rule.reached)
    return Reading(rule, index_of(case, index or None) if counted else "", found, invented)
