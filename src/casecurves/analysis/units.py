"""One unit for the values of one series: each value in it says what it was converted from, or that it cannot be."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from casecurves.knowledge import Analyte, analyte, fold
from casecurves.knowledge.conversion import Conversion, Refusal, convert
from casecurves.model.case import Case
from casecurves.model.quantity import Quantity
from casecurves.model.schema import Measurement

# An analyte, by its key or any of its names, and the unit it is wanted in, as written.
Wanted = tuple[str, str]
# Values that a factor can be applied to.
_SCALED = ("number", "censored", "range")
# A converted number has as many significant digits as it was written with, but so many at least and at most.
_LEAST, _MOST = 2, 4
# So many digits of a whole number count even where they are zeros at its end.
_FILLED = 3


class Converted(Measurement):
    """A value in another unit than it is written in.

    ``value.written`` stays as the table has it, and ``original`` is the row of the table. Number, range of normal and
    reading error are those of the unit shown.
    """

    original: Measurement
    factor: float


@dataclass(frozen=True)
class Apart:
    """Values of one analyte and assay that stay in two units, and why: the first row of each, and the refusal."""

    row: Measurement
    other: Measurement
    refusal: Refusal


def one_unit(case: Case, wanted: Sequence[Wanted] = ()) -> Case:
    """Return a case whose series have one unit each, as far as that can be had.

    Parameters
    ----------
    case : Case
        The case.
    wanted : sequence of (str, str)
        Units asked for; any other series takes the unit that most of its values have, the first where two have as many.

    Returns
    -------
    Case
        The same rows at the same times; a value in another unit than it is written in is a `Converted`. The case
        itself where there is nothing to do. What cannot be converted stays as it is.
    """
    # Almost every series is written in one unit, and every figure asks.
    mixed = [rows for rows in _series(case.measurements) if wanted or any(row.unit != rows[0].unit for row in rows)]
    changed = {row.id: row for rows in mixed for row in _in_one(rows, _unit_for(rows, wanted))}
    if not changed:
        return case
    return case.measuring(tuple(changed.get(row.id, row) for row in case.measurements))


def shared_units(cases: Iterable[Case], wanted: Sequence[Wanted] = ()) -> tuple[Wanted, ...]:
    """Return the unit of each analyte in which values of several cases can be compared.

    Parameters
    ----------
    cases : iterable of Case
        The cases.
    wanted : sequence of (str, str)
        Units asked for; any other analyte takes the unit that most values of all cases have.

    Returns
    -------
    tuple of (str, str)
        What `one_unit` is to be asked for of each case; nothing for an analyte that all cases have in one unit.
    """
    pooled: dict[str, list[Measurement]] = {}
    for rows in _series(row for case in cases for row in case.measurements):
        known = _known(rows[0])
        if known is not None:
            pooled.setdefault(known.id, []).extend(rows)
    units = {key: _unit_for(rows, wanted) for key, rows in pooled.items()}
    return tuple((key, units[key]) for key, rows in pooled.items() if any(row.unit != units[key] for row in rows))


def apart(values: Iterable[Measurement]) -> tuple[Apart, ...]:
    """Return where values of one analyte and assay cannot be brought to one unit.

    Parameters
    ----------
    values : iterable of Measurement
        The values, of one case or of several.

    Returns
    -------
    tuple of Apart
        One for each unit besides that of the series.
    """
    found = []
    mixed = [rows for rows in _series(values) if any(row.unit != rows[0].unit for row in rows)]
    for rows in mixed:
        unit = _unit_for(rows, ())
        first = next((row for row in rows if row.unit == unit), None)
        for row in {row.unit: row for row in reversed(rows) if row.unit}.values():
            refusal = None if row.unit == unit else _way(row, unit)
            if isinstance(refusal, Refusal) and first is not None:
                found.append(Apart(first, row, refusal))
    return tuple(found)


def refused(values: Sequence[Measurement], wanted: Sequence[Wanted]) -> Iterator[tuple[Wanted, Refusal | None]]:
    """Yield what was asked for and cannot be had: with the reason, or ``None`` where none is of that analyte."""
    for name, unit in wanted:
        # What is wrong with a unit says more than that a direction has none.
        rows = sorted((row for row in values if _means(name, row)), key=lambda row: not row.unit)
        found = [_way(row, unit) for row in rows]
        if not any(isinstance(one, Conversion) for one in found):
            yield (name, unit), next((one for one in found if isinstance(one, Refusal)), None)


def _series(values: Iterable[Measurement]) -> list[list[Measurement]]:
    """Return the values that one unit may fit: of one analyte, one assay, and a number."""
    found: dict[tuple[str, str], list[Measurement]] = {}
    for row in values:
        known = _known(row) if row.unit and row.value.kind in _SCALED else None
        if known is not None:
            found.setdefault((known.id, row.assay.lower()), []).append(row)
    return list(found.values())


def _known(row: Measurement) -> Analyte | None:
    return analyte(row.analyte, row.assay)


def _means(name: str, row: Measurement) -> bool:
    known = _known(row)
    return known is not None and (name == known.id or fold(name) in known.names)


def _unit_for(rows: Sequence[Measurement], wanted: Sequence[Wanted]) -> str:
    """Return the unit of a series: the one asked for, else that of most of its values."""
    for name, unit in wanted:
        if _means(name, rows[0]) and any(isinstance(_way(row, unit), Conversion) for row in rows):
            return unit
    units = Counter(_ucum(row, row.unit) or row.unit for row in rows)
    most = max(units.values())
    return next(row.unit for row in rows if units[_ucum(row, row.unit) or row.unit] == most)


def _ucum(row: Measurement, unit: str) -> str | None:
    known = _known(row)
    return known.ucum(unit) if known else None


def _in_one(rows: Sequence[Measurement], unit: str) -> Iterator[Measurement]:
    for row in rows:
        found = None if row.unit == unit else _way(row, unit)
        if isinstance(found, Conversion):
            # Two spellings of one unit: the value is as it was.
            yield row.model_copy(update={"unit": unit}) if found.factor == 1.0 else converted(row, unit, found)


def _way(row: Measurement, unit: str) -> Conversion | Refusal | None:
    known = _known(row)
    return convert(known, row.unit, unit) if known else None


def converted(row: Measurement, unit: str, how: Conversion) -> Converted:
    """Return a value in another unit.

    Parameters
    ----------
    row : Measurement
        A number, a censored value or a range.
    unit : str
        The unit, as written.
    how : Conversion
        What takes the value there.

    Returns
    -------
    Converted
        Each number rounded to as many digits as it was written with: a conversion makes nothing more exact.
    """
    scaled = _Scaled(how.factor)
    fields: Mapping[str, Any] = {name: getattr(row, name) for name in Measurement.model_fields}
    limits = {name: scaled(getattr(row, name)) for name in ("ref_low", "ref_high", "reading_error")}
    value = _scaled(row.value, _Scaled(how.factor, _digits(row.value.written)))
    more = {"value": value, "unit": unit, "original": row, "factor": how.factor}
    return Converted.model_construct(**{**fields, **limits, **more})


@dataclass(frozen=True)
class _Scaled:
    factor: float
    digits: int = 0

    def __call__(self, number: float | None) -> float | None:
        if number is None:
            return None
        digits = self.digits or _digits(f"{abs(number):.10g}")
        return rounded(number * self.factor, min(_MOST, max(_LEAST, digits)))


def _scaled(value: Quantity, by: _Scaled) -> Quantity:
    return replace(value, number=by(value.number), low=by(value.low), high=by(value.high))


def times_upper(row: Measurement) -> float | None:
    """Return how many times the upper limit of normal a value above it is; ``None`` where it is not, or has none."""
    number, limit = row.value.number, row.ref_high
    if row.value.kind != "number" or row.value.comparator is not None or number is None or not limit:
        return None
    return number / limit if number > limit > 0 else None


def rounded(number: float, digits: int) -> float:
    """Return a number with so many significant digits."""
    return number if number == 0 else round(number, digits - 1 - math.floor(math.log10(abs(number))))


def _digits(written: str) -> int:
    """Return how many significant digits the first number of a text has; of 6900, whose zeros may only fill, three."""
    first = written.partition("-")[0]
    number = "".join(c for c in first if c.isdigit()).lstrip("0")
    whole = "." not in first and "," not in first
    return max(len(number.rstrip("0")), min(len(number), _FILLED)) if whole else len(number)
