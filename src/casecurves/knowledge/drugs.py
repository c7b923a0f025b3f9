"""Drugs: names in two languages, other spellings, class."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from casecurves.knowledge.fold import fold, table

DrugClass = Literal[
    "glucocorticoid",
    "calcineurin_inhibitor",
    "alkylating_agent",
    "antimetabolite",
    "anti_cd20",
    "anti_il4r",
    "immunoglobulin",
    "jak_inhibitor",
    "chemotherapy",
    "checkpoint_inhibitor",
    "cytokine",
    "biologic",
    "targeted",
    "supportive",
    "other",
]


@dataclass(frozen=True)
class Drug:
    """A drug.

    Attributes
    ----------
    id : str
        Key that does not change with language or spelling.
    en, fr : str
        International non-proprietary name in English and French.
    drug_class : str
        One of `DrugClass`; named ``drug_class.*`` in the catalogue. It gives the drug its colour.
    glucocorticoid : bool
        True for glucocorticoids, whose dose has a panel of its own.
    also : tuple of str
        Other spellings, abbreviations and misprints.
    atc : str
        For supportive care: the group of the WHO's ATC index that makes the drug one of it; ``""`` for others.
    """

    id: str
    en: str
    fr: str
    drug_class: DrugClass
    glucocorticoid: bool = False
    also: tuple[str, ...] = ()
    atc: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """All names that mean this drug, folded, each once."""
        return tuple(dict.fromkeys(map(fold, (self.en, self.fr, *self.also))))


@cache
def all_drugs() -> tuple[Drug, ...]:
    """Return all drugs known here."""
    return tuple(
        Drug(
            id=key,
            en=entry["en"],
            fr=entry.get("fr", entry["en"]),
            drug_class=entry["class"],
            glucocorticoid=entry.get("glucocorticoid", False),
            also=tuple(entry.get("also", ())),
            atc=entry.get("atc", ""),
        )
        for key, entry in table("drugs.toml").items()
    )


@lru_cache(maxsize=4096)
def drug(name: str) -> Drug | None:
    """Return the drug of a name.

    Parameters
    ----------
    name : str
        In English or French, as an abbreviation or a known misprint; case and accents do not count.

    Returns
    -------
    Drug or None
        ``None`` when the name is not known here.
    """
    return _by_name().get(fold(name))


@cache
def _by_name() -> Mapping[str, Drug]:
    return {name: known for known in all_drugs() for name in known.names}
