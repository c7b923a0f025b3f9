"""Units as written, to UCUM (https://ucum.org/ucum)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from casecurves.knowledge.fold import table
from casecurves.words import say

# A length with its power, such as m2, mm3, cm2; a figure in any other place is a number or part of a name.
_POWER = re.compile(r"(?<![^\W\d_])([cdkmµμ]?m)([23])(?!\w)")
_DECIMAL = re.compile(r"(\d)[.,](\d)")
_INTERNATIONAL = re.compile(r"(?<![^\W\d_])([kmMµμun]?)(?:IU|UI)(?![^\W\d_])")
_PER_DAY = re.compile(r"/[dj]$")
_RAISED = {"2": "²", "3": "³"}


def normal(unit: str) -> str:
    """Return a unit without spaces, with plain digits and one kind of micro sign."""
    plain = unicodedata.normalize("NFKC", unit).replace("μ", "u")
    return re.sub(r"\s+", "", plain)


def code(unit: str) -> str | None:
    """Return the UCUM code of a unit as written; ``None`` when it is not known."""
    whole, parts = _table("whole"), _table("parts")
    plain = normal(unit)
    if plain in whole:
        return whole[plain]
    found = [parts.get(part) for part in plain.split("/")]
    known = [part for part in found if part is not None]
    return "/".join(known) if len(known) == len(found) else None


def spelt(code: str) -> str:
    """Return how laboratories write a UCUM code; the code itself where no way of writing it is known."""
    whole, parts = table("units.toml")["whole"], table("units.toml")["parts"]
    for written, meant in whole.items():
        if meant == code:
            return str(written)
    first = {meant: written for written, meant in reversed(parts.items())}
    return "/".join(str(first.get(part, part)) for part in code.split("/"))


@cache
def printed(unit: str) -> str:
    """Return a unit with its powers raised, as a page prints it: ``mg/m2`` is mg/m²."""
    return _POWER.sub(lambda found: found[1] + _RAISED[found[2]], unit)


@cache
def in_language(unit: str, lang: str) -> str:
    """Return a unit as `printed`, in the letters of a language: ``mIU/L``, ``g/d``, in French mUI/L, g/j."""
    shown = _DECIMAL.sub(rf"\1{say('number.decimal', lang)}\2", printed(unit))
    day, other = ("/j", "/d") if lang == "fr" else ("/d", "/j")
    shown = shown.removesuffix(other) + day if shown.endswith(other) else shown
    return _INTERNATIONAL.sub(r"\1UI" if lang == "fr" else r"\1IU", shown)


def a_day(unit: str, lang: str) -> str:
    """Return a unit as `in_language`, the day said in full: ``mg/d`` and ``mg/j`` are mg/day, in French mg/j."""
    return _PER_DAY.sub(say("unit.per_day", lang), in_language(unit, lang))


@cache
def _table(name: str) -> Mapping[str, str]:
    return {normal(written): ucum for written, ucum in table("units.toml")[name].items()}
