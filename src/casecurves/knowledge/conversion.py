"""Values in another unit: by what factor, and where no factor would be right.

The definitions of units are those of UCUM (https://ucum.org/ucum), read by pint; what goes beyond them, the molar
masses, stands in `conversions.toml`. Values of two analytes never convert, however alike their units: not a 24-hour
proteinuria into a ratio to creatinine, nor a titre by immunofluorescence into units of an ELISA.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Any, Literal

from casecurves.knowledge.analytes import Analyte
from casecurves.knowledge.fold import Published, table
from casecurves.knowledge.units import in_language, spelt
from casecurves.model.issues import visible
from casecurves.words import printed, say

Reason = Literal[
    "no_unit",
    "unknown_unit",
    "own",
    "titre",
    "score",
    "arbitrary",
    "per_cent",
    "to_creatinine",
    "body_surface",
    "no_molar_mass",
    "dimension",
]
# What a UCUM code says beyond its dimension; `mm[Hg]` is a plain unit of pressure.
_SAID = re.compile(r"\{[^}]*\}|\[IU\]|\[arb'U\]")
_SCORES = frozenset({"{score}", "{ratio}", "{index}"})
# A ratio to urine creatinine, as it is read where the analyte is not one.
_RATIOS = frozenset({"mg/g", "g/g", "mg/mg", "mg/mmol", "g/mmol", "g/mol"})


@dataclass(frozen=True)
class MolarMass(Published):
    """Of a substance: grams per mole, its formula, where that is from, and whether that was checked."""

    substance: str
    g_per_mol: float
    formula: str
    source: str
    verified: bool
    source_fr: str = ""


@dataclass(frozen=True)
class Conversion:
    """How a value is put into another unit.

    Attributes
    ----------
    factor : float
        What its number is multiplied by.
    molar_mass : MolarMass or None
        What was used besides the definitions of the units.
    """

    factor: float
    molar_mass: MolarMass | None = None


@dataclass(frozen=True)
class Refusal:
    """Why a value is not put into another unit.

    Attributes
    ----------
    reason : str
        One of `Reason`.
    analyte, unit, to : str
        Key of the analyte, its unit and the one wanted, as written.
    """

    reason: Reason
    analyte: str
    unit: str
    to: str

    def why(self, lang: str) -> str:
        """Say why, in a language."""
        if self.reason == "own":
            return printed(table("conversions.toml")["refused"][self.analyte], lang)
        units = {name: in_language(visible(unit), lang) or "–" for name, unit in (("unit", self.unit), ("to", self.to))}
        return say(f"conversion.why.{self.reason}", lang, **units)


def convert(known: Analyte, unit: str, to: str) -> Conversion | Refusal:
    """Return how values of an analyte are put from one unit into another.

    Parameters
    ----------
    known : Analyte
        What was measured.
    unit, to : str
        Two units as written; a unit that the analyte reads in its own way is read so.

    Returns
    -------
    Conversion or Refusal
        The factor, or the reason why there is none.
    """
    if not unit:
        return Refusal("no_unit", known.id, unit, to)
    given, wanted = known.ucum(unit), known.ucum(to)
    if given is None or wanted is None:
        return Refusal("unknown_unit", known.id, unit, to if wanted is None else unit)
    if given == wanted:
        return Conversion(1.0)
    found = _factor(known.id, given, wanted)
    return Refusal(found, known.id, unit, to) if isinstance(found, str) else found


@cache
def _factor(key: str, given: str, wanted: str) -> Conversion | Reason:
    tables = table("conversions.toml")
    if key in tables["refused"]:
        return "own"
    if refused := _by_what_they_say(given, wanted):
        return refused
    one, other = _quantity(given), _quantity(wanted)
    if one.dimensionality == other.dimensionality:
        return Conversion(_exact(one.to(other.units).magnitude / other.magnitude))
    return _by_molar_mass(one, other, molar_mass(key))


def _by_what_they_say(given: str, wanted: str) -> Reason | None:
    """Return why two codes do not convert whatever their dimensions are; ``None`` where nothing speaks against it."""
    one, other = Counter(_SAID.findall(given)), Counter(_SAID.findall(wanted))
    differ = set((one - other) + (other - one))
    if "{titer}" in (*one, *other):
        return "titre"
    if _SCORES & {*one, *other}:
        return "score"
    if ("%" in given) != ("%" in wanted):
        return "per_cent"
    if "{creat}" in differ or ({given, wanted} & _RATIOS and not {given, wanted} <= _RATIOS):
        return "to_creatinine"
    if "{1.73_m2}" in differ:
        return "body_surface"
    return "arbitrary" if differ else None


def _by_molar_mass(one: Any, other: Any, known: MolarMass | None) -> Conversion | Reason:  # noqa: ANN401 - as pint has it
    per_mole = _quantity("g/mol")
    # Grams where there should be moles, or the other way round; anything else is another quantity.
    for power in (-1, 1):
        left = one / other * per_mole**power
        if left.dimensionless:
            if known is None:
                return "no_molar_mass"
            return Conversion(_exact(left.to_base_units().magnitude * known.g_per_mol**power), known)
    return "dimension"


def _exact(factor: float) -> float:
    """Return a factor without the last digits, which are those of binary arithmetic: 24 hours are one day."""
    return float(f"{factor:.12g}")


@cache
def molar_mass(key: str) -> MolarMass | None:
    """Return the molar mass that the units of an analyte convert by; ``None`` where none is declared."""
    tables = table("conversions.toml")
    substance = tables["of"].get(key)
    return None if substance is None else MolarMass(substance, **tables["molar_mass"][substance])


def _quantity(code: str) -> Any:  # noqa: ANN401 - as pint has it
    return 1.0 * _registry().from_ucum(code)


@cache
def _registry() -> Any:  # noqa: ANN401 - a class of ucumvert, which publishes no types
    # Half a second: loaded when the first value is converted, and not before.
    from ucumvert import PintUcumRegistry

    return PintUcumRegistry()


def refusals_of(known: Analyte) -> tuple[Refusal, ...]:
    """Return why units do not convert: of those that convert into one another, the first speaks for all."""
    into = units_of(known)
    firsts = [unit for n, unit in enumerate(known.units) if not set(into[unit]) & set(known.units[:n])]
    pairs = ((one, other, _factor(known.id, one, other)) for one, other in combinations(firsts, 2))
    return tuple(
        Refusal(found, known.id, spelt(one), spelt(other)) for one, other, found in pairs if isinstance(found, str)
    )


def units_of(known: Analyte) -> Mapping[str, tuple[str, ...]]:
    """Return which of the units of an analyte convert into one another: each unit with the others, as UCUM codes."""
    fitting = known.units
    return {
        one: tuple(other for other in fitting if other != one and not isinstance(_factor(known.id, one, other), str))
        for one in fitting
    }
