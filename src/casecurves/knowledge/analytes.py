"""What is measured: names, units that fit, scale, which way is better, published thresholds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal

from casecurves.knowledge import units
from casecurves.knowledge.conditions import all_conditions
from casecurves.knowledge.fold import Published, fold, indexed, table

Scale = Literal["linear", "log"]
Better = Literal["up", "down", "none"]
Kind = Literal["quantity", "score", "titre", "ratio", "arbitrary"]
# What the usual unit says of the kind; arbitrary units are those of one assay.
_KINDS: tuple[tuple[str, Kind], ...] = (
    ("{score}", "score"), ("{titer}", "titre"), ("{ratio}", "ratio"), ("%", "ratio"),
    ("{RU}", "arbitrary"), ("[arb'U]", "arbitrary"), ("{index}", "arbitrary"),
)  # fmt: skip


@dataclass(frozen=True)
class Threshold(Published):
    """A published limit.

    Attributes
    ----------
    sign : {"<", "≤", ">", "≥"}
        The side of the limit on which what it is called holds.
    value : float
        The limit.
    unit : str
        Its unit, as laboratories write it; ``""`` for a score.
    en, fr : str
        What holds on that side.
    source, source_fr : str
        Where it is published; see `Published`.
    verified : bool
        False when the source itself was not read; to be said wherever it is drawn.
    condition : str
        Key of the condition it was published for; ``""`` is a limit of the analyte whatever the disease.
    status : str
        Rule and status, such as ``adult_ns_2020.partial``, that say what else is asked; ``""``: the limit is all.
    """

    sign: Literal["<", "≤", ">", "≥"]
    value: float
    unit: str
    en: str
    fr: str
    source: str
    verified: bool
    condition: str = ""
    status: str = ""
    source_fr: str = ""

    def concerns(self, diagnoses: str) -> bool:
        """Tell whether it was published for what a patient has, as the folded words of the diagnoses say."""
        return not self.condition or all_conditions()[self.condition].named_in(diagnoses)


@dataclass(frozen=True)
class Analyte:
    """Something measured.

    Attributes
    ----------
    id : str
        Key that does not change with language or spelling.
    en, fr, short, short_fr : str
        Name in English and French, and the short names used on an axis.
    units : tuple of str
        UCUM codes that fit.
    scale : {"linear", "log"}
        The scale it is usually drawn on.
    better : {"up", "down", "none"}
        Which way is better; ``"none"``: neither, or it depends.
    also : tuple of str
        Other names.
    assays : tuple of str
        Assays this entry is for; none: for values whose assay is not stated or is another.
    written : mapping
        Units as written that mean something of their own here (``UI/L`` of an enzyme is ``U/L``).
    unitless : bool
        A value without a unit is complete.
    thresholds : tuple of Threshold
        Published limits.
    level_of : str
        Key of the drug whose level in the blood it is; ``""`` for what is no level of a drug.
    """

    id: str
    en: str
    fr: str
    short: str
    short_fr: str
    units: tuple[str, ...]
    scale: Scale
    better: Better
    also: tuple[str, ...]
    assays: tuple[str, ...]
    written: Mapping[str, str]
    unitless: bool
    thresholds: tuple[Threshold, ...]
    level_of: str = ""

    @property
    def kind(self) -> Kind:
        """What sort of value it has, as its usual unit says."""
        usual = self.units[0] if self.units else ""
        return next((kind for unit, kind in _KINDS if usual.startswith(unit)), "quantity")

    @property
    def names(self) -> tuple[str, ...]:
        """All names that mean this analyte, folded, each once."""
        return tuple(dict.fromkeys(map(fold, (self.en, self.fr, self.short, self.short_fr, *self.also))))

    def name(self, lang: str) -> str:
        """Return its name in a language."""
        return self.fr if lang == "fr" else self.en

    def short_name(self, lang: str) -> str:
        """Return its name in few letters."""
        return self.short_fr if lang == "fr" else self.short

    def thresholds_in(self, unit: str) -> tuple[Threshold, ...]:
        """Return the thresholds given in a unit, however that unit is spelt."""
        wanted = self.ucum(unit)
        return tuple(limit for limit in self.thresholds if self.ucum(limit.unit) == wanted)

    def ucum(self, unit: str) -> str | None:
        """Return the UCUM code of a unit as written beside this analyte; ``None`` when not known."""
        plain = units.normal(unit)
        return self.written.get(plain) or (plain if plain in self.units else units.code(unit))

    def spelt(self, code: str) -> str:
        """Return how laboratories write a UCUM code of this analyte; the code itself where that is how."""
        plain = units.spelt(code)
        if self.ucum(plain) == code and not set("{[") & set(plain):
            return plain
        return next((written for written, meant in self.written.items() if meant == code), plain)


@cache
def all_analytes() -> tuple[Analyte, ...]:
    """Return all analytes known here."""
    return tuple(_entry(key, entry) for key, entry in table("analytes.toml").items())


def _entry(key: str, entry: Mapping[str, Any]) -> Analyte:
    return Analyte(
        id=key,
        en=entry["en"],
        fr=entry["fr"],
        short=entry["short"],
        short_fr=entry.get("short_fr", entry["short"]),
        units=tuple(entry["units"]),
        scale=entry["scale"],
        better=entry["better"],
        also=tuple(entry.get("also", ())),
        assays=tuple(map(fold, entry.get("assays", ()))),
        written={units.normal(unit): code for unit, code in entry.get("written", {}).items()},
        unitless=entry.get("unitless", False),
        thresholds=tuple(Threshold(**limit) for limit in entry.get("thresholds", ())),
        level_of=entry.get("level_of", ""),
    )


@lru_cache(maxsize=4096)
def analyte(name: str, assay: str = "") -> Analyte | None:
    """Return the analyte of a name.

    Parameters
    ----------
    name : str
        In English or French, or as an abbreviation; case and accents do not count.
    assay : str
        How it was measured; it tells apart what shares a name (anti-PLA2R by ELISA, in RU/mL, and by
        immunofluorescence, as a titre).

    Returns
    -------
    Analyte or None
        The entry for the assay, else the general one; ``None`` when the name is not known here.
    """
    folded = fold(assay)
    found = (_by_name().get((fold(name), word)) for word in (folded, *folded.split(), ""))
    return next((entry for entry in found if entry is not None), None)


def analyte_name(written: str, assay: str, lang: str) -> str:
    """Return the usual name of something measured in a language; one that is not known here stays as written."""
    known = analyte(written, assay)
    return written if known is None else known.name(lang)


@cache
def _by_name() -> Mapping[tuple[str, str], Analyte]:
    return indexed("analytes.toml", named(all_analytes()))


def named(known: Iterable[Analyte]) -> Iterator[tuple[tuple[str, str], Analyte]]:
    """Return analytes under each of their names and assays, folded; one without assays under ``""``."""
    for each in known:
        for name in each.names:
            yield from (((name, assay), each) for assay in (each.assays or ("",)))


def ucum(unit: str, analyte: Analyte | None = None) -> str | None:
    """Return the UCUM code of a unit as written.

    Parameters
    ----------
    unit : str
        As written, in English or French: ``mg/j``, ``µg/L``, ``G/L``.
    analyte : Analyte or None
        What it is the unit of; ``UI/L`` of an enzyme is ``U/L``, ``mg/g`` of a urine ratio is
        ``mg/g{creat}``.

    Returns
    -------
    str or None
        ``None`` when the unit is empty or not known.
    """
    return analyte.ucum(unit) if analyte else units.code(unit)
