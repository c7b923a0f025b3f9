"""The status of each assessment by a rule, and what it rests on."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from casecurves.analysis.response.evidence import (
    Evidence,
    against_limits,
    against_range,
    agreed,
    fall,
    spoken,
    unassayed,
)
from casecurves.analysis.response.given import not_given
from casecurves.analysis.response.series import Values, index_of, positions, usable
from casecurves.knowledge.rules import Criterion, RuleSet, RuleStatus
from casecurves.model.case import Case
from casecurves.model.schema import Measurement

# ``met``: every criterion holds; ``to_judge``: all that can be computed hold; ``either``: so they do, but the value may
# also meet a status that comes first in the rule; ``possible``: none fails, and some cannot be told; ``none``: every
# status fails; ``not_assessable``: no status holds, and not all are known to fail.
Standing = Literal["met", "to_judge", "either", "possible", "none", "not_assessable"]
_HOLDS = ("met", "to_judge", "either")


@dataclass(frozen=True)
class Assessment:
    """What a rule makes of one value.

    Attributes
    ----------
    row : str
        Id of the value assessed.
    rule : str
        Key of the rule.
    status : str
        Key of the status; ``"otherwise"`` when none holds; ``""`` when it cannot be told.
    standing : {"met", "to_judge", "either", "possible", "none", "not_assessable"}
        How well it is known.
    may : tuple of str
        Keys of the statuses that it may be, in the order of the rule; the status alone where that is known; none where
        every status fails, or nothing was weighed since it comes before the index therapy. Of what is left to judgement
        also those that may hold if it is judged otherwise.
    evidence : tuple of Evidence
        What each criterion of the status rests on; where no status is given, those of the one that comes closest.
    baseline : tuple of str
        Ids of the values from which a fall is counted; several where it is not known which came last.
    """

    row: str
    rule: str
    status: str
    standing: Standing
    evidence: tuple[Evidence, ...]
    baseline: tuple[str, ...] = ()
    may: tuple[str, ...] = ()

    @property
    def first(self) -> tuple[str, ...]:
        """Statuses that come before this one in the rule, and may hold instead."""
        return self.may[: self.may.index(self.status)] if self.status in self.may else ()

    @property
    def holds(self) -> bool:
        """True when the status, or one that comes before it in the rule, holds as far as it can be computed."""
        return self.standing in _HOLDS

    @property
    def proven(self) -> bool:
        """True when it holds and nothing of it is left to a clinician's judgement."""
        return self.holds and all(each.outcome == "met" for each in self.evidence)

    def surely(self, statuses: Collection[str]) -> bool:
        """Tell whether it is proven to be one of some statuses: what a clinician has yet to judge proves nothing."""
        return self.proven and set(self.may) <= set(statuses)

    def computed(self, statuses: Collection[str]) -> bool:
        """Tell whether it is one of some statuses as far as it can be computed."""
        return self.holds and {self.status, *self.first} <= set(statuses)


def assess(
    case: Case, rule: RuleSet, *, index: str | None = None, illustrative: bool = False
) -> tuple[Assessment, ...]:
    """Return the status of a patient at each assessment.

    Parameters
    ----------
    case : Case
        The case of one patient; a group or a trial has no assessments.
    rule : RuleSet
        The rule.
    index : str, optional
        Course whose start sets the baseline; the case's own day zero where that is a course. The day zero that a
        figure is drawn from has no part in it.
    illustrative : bool
        Whether invented values may be assessed.

    Returns
    -------
    tuple of Assessment
        One for each value of what the rule measures, in an order that contradicts nothing known. Only values that a
        source states, that were read off a figure, or that follow from such, are assessed, and no disputed ones.
    """
    if case.header.kind != "patient":
        return ()
    values = Values(case, usable(case, illustrative=illustrative), index_of(case, index))
    found: dict[str, Assessment] = {}
    for row in positions(values.assessed(rule), case):
        found[row.id] = _assess(values, rule, row, found)
    return tuple(_confirmed(values, rule, found, one) for one in found.values())


def _assess(values: Values, rule: RuleSet, row: Measurement, before: Mapping[str, Assessment]) -> Assessment:
    if without := unassayed(rule, row):
        return Assessment(row.id, rule.id, "", "not_assessable", (without,))
    if rule.needs_index and values.index and values.by_start(row):
        too_early = Evidence("index", "missing", "before_index", (row.id,))
        return Assessment(row.id, rule.id, "", "not_assessable", (too_early,))
    baseline = tuple(one.id for one in values.baselines(row)) if rule.needs_index else ()
    weighed = _weighed(values, rule, row, before)
    may = tuple(status.id for status, _, standing in weighed if standing != "none")
    for status, evidence, standing in weighed:
        if standing == "possible":
            return Assessment(row.id, rule.id, status.id, standing, evidence, baseline, may)
        if standing != "none" and standing != "not_assessable":
            candidates = may[: may.index(status.id) + 1]
            known: Standing = standing if len(candidates) == 1 else "either"
            candidates += _instead(status, evidence, weighed)
            return Assessment(row.id, rule.id, status.id, known, evidence, baseline, candidates)
    if all(standing == "none" for _, _, standing in weighed):
        return Assessment(row.id, rule.id, "otherwise", "none", weighed[-1][1], baseline)
    closest = next(evidence for _, evidence, standing in weighed if standing == "not_assessable")
    return Assessment(row.id, rule.id, "", "not_assessable", closest, baseline, may)


def _weighed(
    values: Values, rule: RuleSet, row: Measurement, before: Mapping[str, Assessment]
) -> list[tuple[RuleStatus, tuple[Evidence, ...], Standing]]:
    weighed = []
    for status in rule.statuses:
        evidence = (*_by_itself(values, rule, status, row), *_preceding(values, rule, status, row, before))
        weighed.append((status, evidence, _standing(evidence)))
    return weighed


def _by_itself(values: Values, rule: RuleSet, status: RuleStatus, row: Measurement) -> tuple[Evidence, ...]:
    """Return what is known of the criteria of a status, whatever came before."""
    evidence = tuple(_evidence(values, criterion, row) for criterion in status.criteria)
    return (*evidence, *_after_index(values, rule, row))


def _instead(
    status: RuleStatus, evidence: Sequence[Evidence], weighed: Sequence[tuple[RuleStatus, object, Standing]]
) -> tuple[str, ...]:
    """Return the statuses after one of a rule that may hold if what is left to judgement is judged against it."""
    left = {each.criterion for each in evidence if each.outcome == "judge"}
    if not left:
        return ()
    asked = {criterion for criterion in status.criteria if criterion.id in left}
    later = weighed[[each.id for each, _, _ in weighed].index(status.id) + 1 :]
    # A status that asks for the same falls with it; an earlier remission is no criterion, and asked of a relapse alone.
    shared = {other.id for other, _, _ in later if len(asked) == len(left) and asked <= set(other.criteria)}
    return tuple(other.id for other, _, standing in later if standing != "none" and other.id not in shared)


def _standing(evidence: Sequence[Evidence]) -> Standing:
    outcomes = {each.outcome for each in evidence}
    if "not_met" in outcomes:
        return "none"
    if outcomes <= {"met"}:
        return "met"
    if "met" not in outcomes:
        return "not_assessable"
    # The value assessed must itself speak for the status: what is beside it only completes the picture.
    if evidence[0].outcome != "met":
        return "not_assessable"
    return "to_judge" if outcomes <= {"met", "judge"} else "possible"


def _evidence(values: Values, criterion: Criterion, row: Measurement) -> Evidence:
    if criterion.kind == "judged":
        rows = values.beside(row, criterion.analyte) if criterion.analyte else ()
        if criterion.analyte and not rows:
            return Evidence(criterion.id, "missing", "no_value")
        return Evidence(criterion.id, "judge", "left_to_judgement", tuple(one.id for one in rows))
    if criterion.kind == "off":
        return not_given(values.case, criterion, row)
    if criterion.kind == "word":
        return spoken(criterion, row)
    if criterion.kind in ("fall", "drop"):
        return _fall(values, criterion, row)
    own = criterion.id == "measured"
    rows = (row,) if own else values.beside(row, criterion.analyte)
    return against_range(criterion, rows) if criterion.kind == "normal" else against_limits(criterion, rows)


def _fall(values: Values, criterion: Criterion, row: Measurement) -> Evidence:
    if criterion.origin == "peak":
        return _fall_from_peak(values, criterion, row)
    if not values.index:
        return Evidence(criterion.id, "missing", "no_index", (row.id,))
    origins = [origin for origin in values.baselines(row) if origin.id != row.id]
    if not origins:
        return Evidence(criterion.id, "missing", "no_baseline", (row.id,))
    found = agreed(criterion.id, [fall(criterion, row, origin) for origin in origins])
    return replace(found, reason="baseline_not_known") if found.reason == "values_disagree" else found


def _fall_from_peak(values: Values, criterion: Criterion, row: Measurement) -> Evidence:
    """Weigh the fall from every earlier value: one from which it fell far enough is enough."""
    found = [fall(criterion, row, other) for other in values.earlier(row)]
    for each in found:
        if each.outcome == "met":
            return each
    unsure = [fall(criterion, row, other) for other in values.unordered(row)]
    if any(each.outcome != "not_met" for each in (*found, *unsure)):
        return Evidence(criterion.id, "unknown", "order_not_known", (row.id, *(o.id for o in values.unordered(row))))
    if not found:
        return Evidence(criterion.id, "missing", "no_earlier_value", (row.id,))
    return Evidence(criterion.id, "not_met", rows=(row.id,))


def _preceding(
    values: Values, rule: RuleSet, status: RuleStatus, row: Measurement, before: Mapping[str, Assessment]
) -> tuple[Evidence, ...]:
    """Tell whether one of the statuses that must come first did."""
    if not status.after:
        return ()
    known = values.case.chronology
    fitting = [one for one in before.values() if set(one.may) & set(status.after)]
    earlier = [one for one in fitting if known.strictly_before(one.row, row.id)]
    sure = tuple(one.row for one in earlier if one.surely(status.after))
    if sure:
        return (Evidence("after", "met", rows=sure[-1:]),)
    computed = tuple(one.row for one in earlier if one.computed(status.after))
    if computed:
        return (Evidence("after", "judge", "earlier_status_judged", computed[-1:]),)
    if earlier:
        return (Evidence("after", "unknown", "earlier_status_possible", (earlier[-1].row,)),)
    unordered = tuple(other.id for other in _unordered(values, rule, row) if _may_be(values, rule, status.after, other))
    if unordered:
        return (Evidence("after", "unknown", "order_not_known", unordered),)
    return (Evidence("after", "not_met", "no_earlier_status"),)


def _unordered(values: Values, rule: RuleSet, row: Measurement) -> tuple[Measurement, ...]:
    """Return the values assessed by a rule that may lie before one of them, and are not known to."""
    known = values.case.chronology
    return tuple(
        other
        for other in values.assessed(rule)
        if not known.strictly_before(other.id, row.id) and not known.at_or_before(row.id, other.id)
    )


def _may_be(values: Values, rule: RuleSet, statuses: Collection[str], row: Measurement) -> bool:
    """Tell whether a value may be one of some statuses that follow no other."""
    if rule.needs_index and values.index and values.by_start(row):
        return False
    asked = [_by_itself(values, rule, status, row) for status in rule.statuses if status.id in statuses]
    return any(_standing(evidence) != "none" for evidence in asked)


def _after_index(values: Values, rule: RuleSet, row: Measurement) -> tuple[Evidence, ...]:
    """Say where it is not known that a value came after the index therapy started."""
    if not (rule.needs_index and values.index) or values.after_start(row):
        return ()
    return (Evidence("index", "unknown", "order_not_known", (row.id,)),)


def _confirmed(values: Values, rule: RuleSet, found: Mapping[str, Assessment], one: Assessment) -> Assessment:
    """Ask for a second value where the rule does: the next or the one before, of the same status, far enough away."""
    if rule.confirm < 2 or one.standing in ("none", "not_assessable"):
        return one
    second = next((other for other in found.values() if _confirms(values, rule, found, one, other)), None)
    if second is not None:
        return replace(one, evidence=(*one.evidence, Evidence("confirmed", "met", rows=(second.row,))))
    evidence = Evidence("confirmed", "missing", "no_second_value")
    row = next(each for each in values.case.measurements if each.id == one.row)
    # What nothing confirms may be a status that comes after it as well.
    may = tuple(status.id for status, _, standing in _weighed(values, rule, row, found) if standing != "none")
    return replace(one, standing="possible", evidence=(*one.evidence, evidence), may=may)


def _confirms(
    values: Values, rule: RuleSet, found: Mapping[str, Assessment], one: Assessment, other: Assessment
) -> bool:
    least, most = values.case.chronology.distance(one.row, other.row)
    apart = max(0 if least is None else least, 0 if most is None else -most)
    if other.row == one.row or (other.status, other.first) != (one.status, one.first) or apart < rule.confirm_days:
        return False
    if one.holds and not other.holds:  # what is only possible confirms nothing that is known
        return False
    return not any(third.status != one.status and _between(values, one, third, other) for third in found.values())


def _between(values: Values, a: Assessment, b: Assessment, c: Assessment) -> bool:
    """Tell whether one assessment may lie between two others."""
    known = values.case.chronology
    outside = (
        known.at_or_before(b.row, a.row) and known.at_or_before(b.row, c.row),
        known.at_or_before(a.row, b.row) and known.at_or_before(c.row, b.row),
    )
    return not any(outside)
