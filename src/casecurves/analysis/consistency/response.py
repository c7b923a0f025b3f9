"""A response that the source states, against what the rules make of its values."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from casecurves.analysis.consistency.finding import Certainty, Finding, at, found
from casecurves.analysis.response import Difference, differences, readings
from casecurves.analysis.response.saying import difference, named
from casecurves.knowledge.rules import RuleSet
from casecurves.model.case import Case


def responses(case: Case) -> Iterator[Finding]:
    """Yield remissions and relapses that are stated where a rule gives another status at the same time.

    Parameters
    ----------
    case : Case
        Any case; a group or a trial has no assessments.

    Yields
    ------
    Finding
        Of ``response.stated``; ``likely`` where the rule's status is met, else ``check``: a source may go by another
        rule than this.
    """
    events, values = ({row.id: row for row in rows} for rows in (case.events, case.measurements))
    for reading in readings(case):
        for one in differences(case, reading.rule, reading.assessments):
            event, value = events[one.event], values[one.assessment.row]
            certainty: Certainty = "likely" if one.assessment.standing in ("met", "none") else "check"
            sides = (at(event, "label"), at(value, "value"))
            said = partial(_said, case, reading.rule, one)
            yield found("response.stated", certainty, case, sides, said=said, rule=reading.rule.name)


def _said(case: Case, rule: RuleSet, one: Difference, lang: str) -> str:
    """Say what differs, and by which rule: several may find the same value to differ."""
    return f"{difference(case, rule, one, lang)} ({named(rule, lang)})"
