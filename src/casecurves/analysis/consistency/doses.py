"""Doses per kilogram: against the dose as a whole and the body weight."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casecurves.analysis.consistency.finding import Finding, Place, at, found
from casecurves.knowledge import analyte, units
from casecurves.model.case import Case
from casecurves.model.schema import DatedDose, Measurement, Therapy

_PER_KG = re.compile(r"(\d+(?:[.,]\d+)?)\s*(mg|g|µg|mcg)\s*/\s*kg")
_MG = {"mg": 1.0, "g": 1000.0, "ug": 0.001}
# Doses are rounded to what can be given: a tablet, half a vial.
_ROUNDED = 0.15
# Body weights of adults that nobody doubts, in kg; of anybody else, only the upper one holds.
_ADULT, _HEAVY = 30.0, 200.0
_MAJORITY = 18
_Dose = Therapy | DatedDose


def doses(case: Case) -> Iterator[Finding]:
    """Yield doses per kilogram that do not fit the dose as a whole.

    Parameters
    ----------
    case : Case
        Any case.

    Yields
    ------
    Finding
        Of ``dose.per_kg`` (the weight is stated) and ``dose.weight`` (it follows from the two doses).
    """
    for per_kg, whole, sides in _pairs(case):
        weights = _weights(case)
        implied = whole / per_kg
        about = {"per_kg": per_kg, "whole": whole, "implied": round(implied, 1)}
        if weights and all(abs(kg * per_kg - whole) > _ROUNDED * whole for kg, _ in weights):
            kg, row = min(weights, key=lambda one: abs(one[0] - implied))
            product = {"kg": kg, "product": round(kg * per_kg, 2)}
            yield found("dose.per_kg", "likely", case, (*sides, at(row, "value")), **about, **product)
        elif not weights and not (_ADULT if _is_adult(case) else 0) <= implied <= _HEAVY:
            yield found("dose.weight", "likely", case, sides, **about)


def _pairs(case: Case) -> Iterator[tuple[float, float, tuple[Place, ...]]]:
    """Yield what is given per kilogram and as a whole, in mg, where one row or two of one moment say both."""
    every: tuple[_Dose, ...] = (*case.therapies, *case.doses)
    rows = [row for row in every if row.basis != "illustrative" and row.dose]
    for row in rows:
        stated = _PER_KG.search(row.frequency) or _PER_KG.search(row.frequency_fr)
        whole = _milligrams(row)
        if stated and whole and (factor := _MG.get(units.code(stated[2]) or "")):
            yield float(stated[1].replace(",", ".")) * factor, whole, (at(row, "dose"), at(row, "frequency"))
    whole_doses = [(row, whole) for row in rows if (whole := _milligrams(row))]
    for row in rows:
        per_kg = _milligrams(row, per_kg=True)
        for other, whole in whole_doses if per_kg else ():
            if per_kg and _together(row, other):
                yield per_kg, whole, (at(row, "dose"), at(other, "dose"))


def _milligrams(row: _Dose, *, per_kg: bool = False) -> float | None:
    """Return a dose in mg, or in mg/kg when asked; ``None`` when it is in another unit."""
    parts = (units.code(row.dose_unit) or "").split("/")
    factor = _MG.get(parts[0])
    if row.dose is None or factor is None or ("kg" in parts) is not per_kg:
        return None
    return row.dose * factor if set(parts[1:]) <= {"kg", "d"} else None


def _together(a: _Dose, b: _Dose) -> bool:
    """Tell whether two rows are about one dose: of one course, at the same moment."""
    course = {row.therapy if isinstance(row, DatedDose) else row.id for row in (a, b)}
    times = {row.time if isinstance(row, DatedDose) else row.start for row in (a, b)}
    daily = {"/d" in (units.code(row.dose_unit) or "") for row in (a, b)}
    return len(course) == len(times) == len(daily) == 1


def _weights(case: Case) -> list[tuple[float, Measurement]]:
    known = [(row, analyte(row.analyte, row.assay)) for row in case.measurements if row.basis != "illustrative"]
    return [
        (row.value.number, row)
        for row, what in known
        if what is not None and what.id == "weight" and what.ucum(row.unit) == "kg" and row.value.number
    ]


def _is_adult(case: Case) -> bool:
    age = case.header.patient.age
    return age is not None and age >= _MAJORITY
