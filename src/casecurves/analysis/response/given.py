"""Whether a drug of a class was given at the time of a value, as far as the courses of a case tell."""

from __future__ import annotations

from casecurves.analysis.response.evidence import Evidence
from casecurves.knowledge import drug
from casecurves.knowledge.rules import Criterion
from casecurves.model.case import Case
from casecurves.model.schema import Measurement, Therapy

# What stays where it is put does not count as given.
_LOCAL = ("topical", "inhaled")


def not_given(case: Case, criterion: Criterion, row: Measurement) -> Evidence:
    """Tell whether no drug of a class was given at the time of a value.

    Parameters
    ----------
    case : Case
        The case.
    criterion : Criterion
        Of kind ``off``, with the class.
    row : Measurement
        The value.

    Returns
    -------
    Evidence
        Not met where a course was certainly on, met where all were certainly over or had not begun. A case without any
        such course does not prove that none was given: that is left to a clinician.
    """
    courses = [one for one in case.therapies if one.status == "used" and _is_one(one, criterion.drug_class)]
    if not courses:
        return Evidence(criterion.id, "judge", "left_to_judgement")
    if any(_on(case, one, row) for one in courses):
        return Evidence(criterion.id, "not_met")
    if all(_off(case, one, row) for one in courses):
        return Evidence(criterion.id, "met")
    return Evidence(criterion.id, "unknown", "course_not_placed")


def _is_one(course: Therapy, drug_class: str) -> bool:
    known = drug(course.drug)
    return known is not None and known.drug_class == drug_class and course.route not in _LOCAL


def _on(case: Case, course: Therapy, row: Measurement) -> bool:
    known = case.chronology
    return known.at_or_before(course.id, row.id) and known.strictly_before(row.id, f"{course.id}.end")


def _off(case: Case, course: Therapy, row: Measurement) -> bool:
    known = case.chronology
    return known.strictly_before(f"{course.id}.end", row.id) or known.strictly_before(row.id, course.id)
