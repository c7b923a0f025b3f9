"""What a dose by body size comes to: per kilogram by a weight that is stated, per square metre by weight and height."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import Literal

from casecurves.analysis.units import rounded
from casecurves.knowledge import Analyte, analyte
from casecurves.knowledge.conversion import Conversion, convert
from casecurves.knowledge.units import code
from casecurves.model.case import Case
from casecurves.model.chronology import Chronology
from casecurves.model.schema import DatedDose, Measurement, Therapy

Size = Literal["kg", "m2"]
# What is multiplied is no more exact than this.
_DIGITS = 3


@dataclass(frozen=True)
class Amount:
    """What a dose by body size comes to.

    Attributes
    ----------
    size : {"kg", "m2"}
        By what the dose is stated.
    low, high : float
        The least and the most that it can come to by the measurements, in the unit of the dose without its ``/size``.
    sizes : tuple of float
        The least and the most body weight in kg, or body surface in m².
    rows : tuple of Measurement
        The weights, then the heights, on which it rests; in the order of the table.
    """

    size: Size
    low: float
    high: float
    sizes: tuple[float, float]
    rows: tuple[Measurement, ...]


def by_size(unit: str) -> Size | None:
    """Return by which measure of the body a dose in a unit is stated; ``None`` for any other dose."""
    parts = (code(unit) or "").split("/")[1:]
    return "kg" if "kg" in parts else "m2" if "m2" in parts else None


def amount(case: Case, times: Chronology, row: Therapy | DatedDose, *, throughout: bool = False) -> Amount | None:
    """Return what a dose by body size comes to.

    Parameters
    ----------
    case : Case
        The case; its body weights (kg) and heights (cm) are rows of its measurements. Illustrative ones do not count.
    times : Chronology
        When they can have been measured.
    row : Therapy or DatedDose
        The dose.
    throughout : bool
        True asks for all of the time to the end of the course: every weight until then may have changed the dose.

    Returns
    -------
    Amount or None
        By the weight of the same time, else by the last one before and the first one after, and any that may be
        either: between two weights it is not known which holds. By body surface as Mosteller reckons it, the square
        root of cm × kg / 3600 (N Engl J Med 1987;317:1098, doi:10.1056/NEJM198710223171717). ``None`` where the dose
        is not by body size, or where no weight, or for a surface no height, is stated.
    """
    size = by_size(row.dose_unit)
    if row.dose is None or size is None:
        return None
    which = partial(_until_end if throughout else _nearest, times, row)
    weights = which(list(_measured(case, "weight", "kg")))
    heights = which(list(_measured(case, "height", "cm"))) if size == "m2" else []
    if not weights or (size == "m2" and not heights):
        return None
    kilograms = [kg for _, kg in weights]
    surfaces = [math.sqrt(cm * kg / 3600) for (_, cm), kg in product(heights, kilograms)]
    found = kilograms if size == "kg" else surfaces
    low, high = (rounded(row.dose * each, _DIGITS) for each in (min(found), max(found)))
    rows = tuple(measured for measured, _ in (*weights, *heights))
    return Amount(size, low, high, (rounded(min(found), _DIGITS), rounded(max(found), _DIGITS)), rows)


def _measured(case: Case, key: str, unit: str) -> Iterator[tuple[Measurement, float]]:
    for row in case.measurements:
        known = analyte(row.analyte, row.assay)
        if known is None or known.id != key or row.basis == "illustrative" or row.status != "used":
            continue
        value = _in_unit(known, row, unit)
        if value is not None and value > 0:
            yield row, value


def _in_unit(known: Analyte, row: Measurement, unit: str) -> float | None:
    if row.value.kind != "number" or row.value.number is None:
        return None
    how = convert(known, row.unit, unit)
    return row.value.number * how.factor if isinstance(how, Conversion) else None


def _until_end(
    times: Chronology, row: Therapy | DatedDose, found: Sequence[tuple[Measurement, float]]
) -> list[tuple[Measurement, float]]:
    """Return what holds when a dose is first given, and what can have been measured from then to its course's end."""
    first, end = _nearest(times, row, found), f"{row.id if isinstance(row, Therapy) else row.therapy}.end"
    return [
        one
        for one in found
        if one in first or not (times.strictly_before(one[0].id, row.id) or times.at_or_before(end, one[0].id))
    ]


def _nearest(
    times: Chronology, row: Therapy | DatedDose, found: Sequence[tuple[Measurement, float]]
) -> list[tuple[Measurement, float]]:
    """Return what was measured when a dose was given; else the last before, the first after, and what may be either."""
    point = row.id
    stated = row.start if isinstance(row, Therapy) else row.time
    before = [one for one in found if times.at_or_before(one[0].id, point)]
    after = [one for one in found if times.at_or_before(point, one[0].id)]
    # What is dated in the same words was of the same day, however wide the words are.
    now = [one for one in found if (one in before and one in after) or (stated and one[0].time == stated)]
    if now:
        return now
    last = [one for one in before if not any(times.strictly_before(one[0].id, other[0].id) for other in before)]
    first = [one for one in after if not any(times.strictly_before(other[0].id, one[0].id) for other in after)]
    return [one for one in found if one in last or one in first or (one not in before and one not in after)]
