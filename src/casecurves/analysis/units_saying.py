"""Conversions in words and as JSON, the same on a figure, in a terminal, in a table and for a program."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from casecurves.analysis.response.saying import analyte_name
from casecurves.analysis.saying import number
from casecurves.analysis.units import Converted, Wanted, one_unit
from casecurves.knowledge import analyte
from casecurves.knowledge.conversion import Conversion, MolarMass, convert
from casecurves.knowledge.units import in_language
from casecurves.model.case import Case
from casecurves.model.issues import visible
from casecurves.model.quantity import Quantity
from casecurves.words import say

_SIGNS = {"<": "<", "<=": "≤", ">": ">", ">=": "≥", "~": "≈"}


def factor(row: Converted, lang: str) -> str:
    """Say what a value was multiplied by, and the molar mass that this rests on."""
    amount = number(float(f"{row.factor:.4g}"), lang)
    mass = _mass(row)
    if mass is None:
        return say("conversion.factor", lang, factor=amount)
    name = say(f"substance.{mass.substance}", lang)
    return say("conversion.by_mass", lang, factor=amount, substance=name, mass=number(mass.g_per_mol, lang))


def _mass(row: Converted) -> MolarMass | None:
    known = analyte(row.analyte, row.assay)
    how = convert(known, row.original.unit, row.unit) if known else None
    return how.molar_mass if isinstance(how, Conversion) else None


def shown(row: Converted, lang: str) -> str:
    """Write a value in the unit it is shown in, with a sign that it is converted."""
    return f"{_written(row.value, lang)} {in_language(visible(row.unit), lang)} ‡"


def sentence(row: Converted, lang: str) -> str:
    """Say a conversion: what is written, what is shown, and how it comes about."""
    written = f"{visible(row.original.value.written)} {in_language(visible(row.original.unit), lang)}"
    said = {"analyte": analyte_name(row, lang), "written": written, "shown": shown(row, lang)}
    return say("conversion.sentence", lang, how=factor(row, lang), **said)


def _written(value: Quantity, lang: str) -> str:
    if value.kind == "range" and value.low is not None and value.high is not None:
        return f"{number(value.low, lang)}–{number(value.high, lang)}"
    sign = _SIGNS[value.comparator] if value.comparator else ""
    return f"{sign}{number(value.number or 0.0, lang)}"


def to_json(case: Case, lang: str, wanted: Sequence[Wanted] = ()) -> list[dict[str, Any]]:
    """Return the values that are shown in another unit than they are written in, as plain JSON values.

    Parameters
    ----------
    case : Case
        The case.
    lang : str
        Language of the sentences.
    wanted : sequence of (str, str)
        Units asked for, as in `one_unit`.

    Returns
    -------
    list of dict
        For each such value ``value`` (its id), ``written``, ``unit_written``, ``unit``, ``number``, ``low`` and
        ``high`` (rounded), ``comparator``, ``factor``, ``molar_mass`` (``substance``, ``g_per_mol``, ``source``;
        ``None`` where the definitions of the units are enough) and a ``sentence``.
    """
    found = [row for row in one_unit(case, wanted).measurements if isinstance(row, Converted)]
    return [_row_json(row, lang) for row in found]


def _row_json(row: Converted, lang: str) -> dict[str, Any]:
    mass = _mass(row)
    used = (
        None if mass is None else {"substance": mass.substance, "g_per_mol": mass.g_per_mol, "source": mass.cited(lang)}
    )
    value = row.value
    return {
        "value": row.id,
        "written": value.written,
        "unit_written": row.original.unit,
        "unit": row.unit,
        "number": value.number,
        "low": value.low,
        "high": value.high,
        "comparator": value.comparator,
        "factor": row.factor,
        "molar_mass": used,
        "sentence": sentence(row, lang),
    }
