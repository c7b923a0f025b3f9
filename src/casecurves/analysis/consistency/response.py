"""A response that the source states, against what the rules make of its values."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from casecurves.analysis.consistency.finding import Certainty, Finding, at, found
from casecurves.analysis.response import Difference, differences, readings
from casecurves.analysis.response.saying import difference, named
from casecurves.knowledge.rules import RuleSet
from casecurves.model.case import Case
from casecurves.model.schema import Measurement


def responses(case: Case) -> Iterator[Finding]:
    """Yield what is stated of a response where a rule rules it out at the same time.

    Parameters
    ----------
    case : Case
        Any case; a group or a trial has no assessments.

    Yields
    ------
    Finding
        Of ``response.stated``; ``likely`` where the rule's status is known to be another, else ``check``: its status is
        left open, the source may mean something else than what the rule measures, or the assay is not stated.
    """
    for reading in readings(case):
        for one in differences(case, reading.rule, reading.assessments):
            row, value = case.row(one.stated), case.row(one.assessment.row)
            if row is None or value is None:
                continue
            sides = (at(row, "value" if isinstance(row, Measurement) else "label"), at(value, "value"))
            said = partial(_said, case, reading.rule, one)
            certainty: Certainty = "likely" if one.sure else "check"
            yield found("response.stated", certainty, case, sides, said=said, rule=reading.rule.name)


def _said(case: Case, rule: RuleSet, one: Difference, lang: str) -> str:
    """Say what differs, and by which rule: several may find the same value to differ."""
    return f"{difference(case, rule, one, lang)} ({named(rule, lang)})"
