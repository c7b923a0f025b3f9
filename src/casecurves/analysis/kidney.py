"""Kidney function of a patient over time, estimated from creatinine where an equation holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from casecurves.knowledge import analyte, fold
from casecurves.knowledge.egfr import UMOL_PER_MG_DL, Equation, egfr
from casecurves.model.case import Case
from casecurves.model.schema import Event, Measurement

_YEAR = 365.25
# How an event says that the kidneys fail at once, folded.
_ACUTE = ("acute kidney injury", "acute renal failure", "insuffisance renale aigue", "agression renale aigue")


@dataclass(frozen=True)
class Estimate:
    """The estimate for one value of creatinine.

    Attributes
    ----------
    row : str
        Id of the value.
    low, high : float or None
        mL/min/1.73 m², between which the estimate lies, for the age is known to the year only; ``None``: no estimate.
    reason : str
        Key of the reason for no estimate: ``no_number``, ``unit``, ``age``, ``sex``, ``young``, ``dialysis`` or
        ``acute``; ``""`` otherwise.
    """

    row: str
    low: float | None
    high: float | None
    reason: str = ""


def kidney_function(case: Case, equation: Equation) -> tuple[Estimate, ...]:
    """Estimate the glomerular filtration rate for each value of creatinine.

    Parameters
    ----------
    case : Case
        The case of one patient, with age and sex.
    equation : {"ckd_epi_2021", "ckd_epi_2009", "ekfc_2021"}
        Which equation.

    Returns
    -------
    tuple of Estimate
        One for each used value that was not invented, in file order. None is given where the value may lie in a
        state of dialysis or of acute kidney injury.
    """
    rows = [row for row in case.measurements if _is_creatinine(row) and row.status == "used"]
    return tuple(_estimate(case, row, equation) for row in rows if row.basis != "illustrative")


def _is_creatinine(row: Measurement) -> bool:
    known = analyte(row.analyte, row.assay)
    return known is not None and known.id == "creatinine"


def _estimate(case: Case, row: Measurement, equation: Equation) -> Estimate:
    amount, reason = _mg_dl(row)
    reason = reason or next(_obstacles(case, row), "")
    if reason or amount is None:
        return Estimate(row.id, None, None, reason)
    ages = _ages(case, row)
    if ages is None:
        return Estimate(row.id, None, None, "age")
    sex = case.header.patient.sex
    if sex not in ("female", "male"):
        return Estimate(row.id, None, None, "sex")
    found = [egfr(amount, age, sex, equation) for age in ages]
    values = [value for value in found if value is not None]
    if len(values) < len(found):
        return Estimate(row.id, None, None, "young")
    return Estimate(row.id, min(values), max(values))


def _mg_dl(row: Measurement) -> tuple[float | None, str]:
    if row.value.kind != "number" or row.value.number is None or row.value.comparator is not None:
        return None, "no_number"
    known = analyte(row.analyte, row.assay)
    unit = known.ucum(row.unit) if known else None
    if unit == "mg/dL":
        return row.value.number, ""
    return (row.value.number / UMOL_PER_MG_DL, "") if unit == "umol/L" else (None, "unit")


def _ages(case: Case, row: Measurement) -> tuple[float, float] | None:
    """Return the youngest and the oldest that the patient can have been."""
    who = case.header.patient
    if who.age is None or not who.age_at or case.row(who.age_at) is None:
        return None
    least, most = case.chronology.distance(who.age_at, row.id)
    if least is None or most is None:
        return None
    return who.age + least / _YEAR, who.age + 1 + most / _YEAR


def _obstacles(case: Case, row: Measurement) -> Iterator[str]:
    for event in case.events:
        if event.presence != "present":
            continue
        reason = "dialysis" if event.kind == "dialysis" else "acute" if _is_acute(event) else ""
        if reason and not _apart(case, row, event):
            yield reason


def _is_acute(event: Event) -> bool:
    labels = fold(f"{event.label} {event.label_fr}")
    return any(word in labels for word in _ACUTE)


def _apart(case: Case, row: Measurement, event: Event) -> bool:
    known = case.chronology
    over = event.end is not None and known.strictly_before(f"{event.id}.end", row.id)
    return over or known.strictly_before(row.id, event.id)
