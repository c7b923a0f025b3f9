"""Codes of what is measured: LOINC, by unit and assay."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from casecurves.knowledge.analytes import Analyte
from casecurves.knowledge.fold import fold, table


@dataclass(frozen=True)
class Loinc:
    """A code.

    Attributes
    ----------
    code, name : str
        The code with its check digit, and what it means.
    units : tuple of str
        UCUM codes for which it holds; none: any unit.
    assays : tuple of str
        Assays for which it holds; none: any without a code of its own.
    verified : bool
        False when it was not found in a published list; to be said wherever it is shown.
    """

    code: str
    name: str
    units: tuple[str, ...]
    assays: tuple[str, ...]
    verified: bool


def codes(known: Analyte) -> tuple[Loinc, ...]:
    """Return the codes of an analyte; none for scores, and where none is known here."""
    return _codes().get(known.id, ())


def loinc(known: Analyte, unit: str, assay: str = "") -> Loinc | None:
    """Return the code of a value.

    Parameters
    ----------
    known : Analyte
        What was measured.
    unit, assay : str
        As written beside the value.

    Returns
    -------
    Loinc or None
        That of the assay, else the general one; ``None`` where none holds for the unit.
    """
    written = known.ucum(unit)
    fitting = [one for one in codes(known) if not one.units or written in one.units]
    of_assay = [one for one in fitting if fold(assay) in map(fold, one.assays)]
    general = [one for one in fitting if not one.assays]
    return next(iter((*of_assay, *general)), None)


def well_formed(code: str) -> bool:
    """Tell whether a code is written as LOINC writes it, and its last digit is the one that its others give.

    The check digit is that of Luhn (ISO/IEC 7812-1, annex B), which finds any one digit mistyped.
    """
    if not re.fullmatch(r"[0-9]{1,7}-[0-9]", code):
        return False
    total = 0
    for place, digit in enumerate(reversed(code.replace("-", ""))):
        doubled = int(digit) * (2 if place % 2 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


@cache
def _codes() -> Mapping[str, tuple[Loinc, ...]]:
    return {
        key: tuple(
            Loinc(
                one["code"],
                one["name"],
                tuple(one.get("units", ())),
                tuple(one.get("assays", ())),
                one["verified"],
            )
            for one in entry["codes"]
        )
        for key, entry in table("loinc.toml").items()
    }
