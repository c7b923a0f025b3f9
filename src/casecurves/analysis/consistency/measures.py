"""Values: against what can be, in the unit stated, and their range."""

from __future__ import annotations

from collections.abc import Iterator

from casecurves.analysis.consistency.finding import Finding, at, found
from casecurves.knowledge import analyte
from casecurves.knowledge.analytes import Analyte
from casecurves.knowledge.plausible import fitting, limits, may_be_zero
from casecurves.model.case import Case
from casecurves.model.schema import Measurement


def measures(case: Case) -> Iterator[Finding]:
    """Yield values and ranges that nobody has in the unit stated.

    Parameters
    ----------
    case : Case
        Any case.

    Yields
    ------
    Finding
        Of ``unit.value`` and ``unit.range``; ``likely`` where another unit of the analyte would fit, else ``check``.
    """
    for row in case.measurements:
        known = analyte(row.analyte, row.assay)
        if known is None or row.basis == "illustrative":
            continue
        number = row.value.number if row.value.number is not None else row.value.high
        if number is not None:
            yield from _implausible(case, row, known, "unit.value", "value", number)
        # One-sided ranges begin at 0 in any unit; the upper limit tells, or the lower where it stands alone.
        column = "ref_high" if row.ref_high is not None else "ref_low"
        limit = getattr(row, column)
        if limit is not None:
            yield from _implausible(case, row, known, "unit.range", column, limit)


def _implausible(
    case: Case, row: Measurement, known: Analyte, rule: str, column: str, number: float
) -> Iterator[Finding]:
    code = known.ucum(row.unit)
    between = limits(known.id, code or "")
    if between is None or between[0] <= number <= between[1] or (number == 0 and may_be_zero(known.id)):
        return
    others = [unit for unit in fitting(known.id, number) if unit != code]
    about: dict[str, object] = {"as": "with" if others else "without", "others": ", ".join(others)}
    about |= {"number": number, "unit": row.unit, "low": between[0], "high": between[1]}
    sides = (at(row, column), at(row, "unit"))
    yield found(rule, "likely" if others else "check", case, sides, **about)
