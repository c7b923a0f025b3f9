"""What a dose per kilogram comes to, where a weight is stated: worked out for the hover, never shown as reported."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from casecurves.figure.compile.wording import Words
from casecurves.knowledge import analyte, ucum
from casecurves.model.case import Case
from casecurves.model.schema import DatedDose, Measurement, Therapy

# The rest of a rhythm stays behind the unit: mg/kg/d comes to mg/d.
_PER_KG = re.compile(r"(?P<mass>[^/\s]+)\s*/\s*kg(?P<rest>(?:\s*/.+)?)", re.IGNORECASE)


def absolute(case: Case, words: Words, row: Therapy | DatedDose) -> str:
    """Return what a dose per kilogram comes to.

    Parameters
    ----------
    case : Case
        The case, with the weights that its measurements state.
    words : Words
        The language.
    row : Therapy or DatedDose
        A dose; of a course, that of its start.

    Returns
    -------
    str
        The dose with the weight of its day, else with the least and the greatest weight stated, and which they are;
        ``""`` for any other unit and where no weight is stated. A dose per square metre is never converted: that
        would need a height, and a formula that the source may not have used.
    """
    found = _PER_KG.fullmatch(row.dose_unit.strip())
    if found is None or row.dose is None:
        return ""
    weights = list(_weights(case))
    same_day = [weight for weight in weights if _one_day(words, weight.id, row.id)]
    used = sorted(same_day or weights, key=lambda weight: weight.value.number or 0.0)
    if not used:
        return ""
    unit = words.unit(found["mass"] + found["rest"].replace(" ", ""))
    ends = [f"{row.dose * (weight.value.number or 0.0):.3g}" for weight in (used[0], used[-1])]
    amount = "–".join(words.number(float(end)) for end in dict.fromkeys(ends))
    stated = "; ".join(dict.fromkeys(_stated(words, weight) for weight in (used[0], used[-1])))
    key = "hover.absolute.same_day" if same_day else "hover.absolute.other_day"
    return words.say(key, amount=f"{amount} {unit}", weights=stated)


def _weights(case: Case) -> Iterator[Measurement]:
    for row in case.measurements:
        known = analyte(row.analyte, row.assay)
        in_kg = known is not None and known.id == "weight" and ucum(row.unit, known) == "kg"
        plain = row.value.kind == "number" and row.value.comparator is None and (row.value.number or 0.0) > 0
        if in_kg and plain and row.status == "used":
            yield row


def _one_day(words: Words, a: str, b: str) -> bool:
    """Tell whether two points certainly lie on one day."""
    known = words.placer.chronology.exact_bounds
    (a_lo, a_hi), (b_lo, b_hi) = known(a), known(b)
    if a_lo is None or a_hi is None or b_lo is None or b_hi is None:
        return False
    first = math.floor(min(a_lo, b_lo))
    return max(a_hi, b_hi) <= first + 1


def _stated(words: Words, weight: Measurement) -> str:
    value = f"{words.number(weight.value.number or 0.0)} kg"
    when = words.when(weight.time)
    return f"{value}, {when}" if when else value
