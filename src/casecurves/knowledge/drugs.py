"""Drugs: names in two languages, other spellings, class, what they act on, and their codes by route."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any, Literal

from casecurves.knowledge.fold import Published, fold, indexed, table

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
# ``systemic`` is by mouth or by injection; ``other`` is told beside the code in `atc.toml`.
Way = Literal["systemic", "topical", "other"]
_WAYS: Mapping[str, Way] = {
    "oral": "systemic",
    "intravenous": "systemic",
    "subcutaneous": "systemic",
    "intramuscular": "systemic",
    "topical": "topical",
}
_NOWHERE: Mapping[str, str] = {"en": "", "fr": ""}


@dataclass(frozen=True)
class Isoforms:
    """Which kinases of the JAK family a drug inhibits, by two sources; both are kept.

    Attributes
    ----------
    stated : tuple of str
        As the documents have it; empty where they name none.
    where : mapping of language to str
        Where in the documents.
    literature : tuple of str
        As another source has it; empty where none was found.
    source : str
        That source; ``""`` where none was found.
    verified : bool
        False when that source itself was not read.
    """

    stated: tuple[str, ...]
    where: Mapping[str, str] = field(hash=False)
    literature: tuple[str, ...]
    source: str
    verified: bool

    @property
    def differ(self) -> bool:
        """True where both name kinases, and not the same."""
        return bool(self.stated and self.literature) and set(self.stated) != set(self.literature)


@dataclass(frozen=True)
class AtcTable(Published):
    """Where the codes of drugs are from: version and source of the classification, and whether they were looked up.

    ``groups`` says where the groups of supportive care are from, in each language.
    """

    version: str
    source: str
    verified: bool
    groups: Mapping[str, str] = field(hash=False)
    source_fr: str = ""


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
    target : mapping of language to str
        What it acts on, from general pharmacology; ``""`` where it is not told here.
    isoforms : Isoforms or None
        For an inhibitor of the JAK family: which kinases, by whom.
    codes : mapping of str to str
        Codes of the ATC classification by `Way`; empty where it has none, or none was looked up.
    former : str
        Its code in earlier versions; ``""`` where it is the same, or was not looked up.
    uncoded : bool
        True where it was looked up and has no code.
    atc_group : str
        For supportive care: the group of the ATC classification that makes the drug one of it; ``""`` for others.
    group_read : bool
        True where that group was looked up.
    """

    id: str
    en: str
    fr: str
    drug_class: DrugClass
    glucocorticoid: bool = False
    also: tuple[str, ...] = ()
    target: Mapping[str, str] = field(default_factory=lambda: _NOWHERE, hash=False)
    isoforms: Isoforms | None = None
    codes: Mapping[Way, str] = field(default_factory=dict, hash=False)
    former: str = ""
    uncoded: bool = False
    atc_group: str = ""
    group_read: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """All names that mean this drug, folded, each once."""
        return tuple(dict.fromkeys(map(fold, (self.en, self.fr, *self.also))))

    def name(self, lang: str) -> str:
        """Return its name in a language."""
        return self.fr if lang == "fr" else self.en

    def atc(self, route: str) -> str:
        """Return its code by a route of `casecurves.model.columns.Route`.

        A route that is not stated has the only code there is; ``""`` where there are two, or none by that route.
        """
        if not route:
            return next(iter(self.codes.values())) if len(self.codes) == 1 else ""
        return self.codes.get(_WAYS.get(route, "other"), "")


@cache
def all_drugs() -> tuple[Drug, ...]:
    """Return all drugs known here."""
    atc, isoforms = table("atc.toml"), table("isoforms.toml")
    return tuple(_entry(key, entry, atc, isoforms.get(key)) for key, entry in table("drugs.toml").items())


def _entry(key: str, entry: Mapping[str, Any], atc: Mapping[str, Any], kinases: Mapping[str, Any] | None) -> Drug:
    ways: tuple[Way, ...] = ("systemic", "topical", "other")
    return Drug(
        id=key,
        en=entry["en"],
        fr=entry.get("fr", entry["en"]),
        drug_class=entry["class"],
        glucocorticoid=entry.get("glucocorticoid", False),
        also=tuple(entry.get("also", ())),
        target=entry.get("target", _NOWHERE),
        isoforms=None if kinases is None else _isoforms(kinases),
        codes={way: atc[way][key] for way in ways if key in atc[way]},
        former=atc["former"].get(key, ""),
        uncoded=key in atc["without"],
        atc_group=entry.get("atc_group", ""),
        group_read=entry.get("atc_group") in atc["groups"]["read"],
    )


def _isoforms(entry: Mapping[str, Any]) -> Isoforms:
    return Isoforms(
        tuple(entry["stated"]), entry["where"], tuple(entry["literature"]), entry["source"], entry["verified"]
    )


@cache
def atc_table() -> AtcTable:
    """Return where the codes of drugs are from."""
    found = table("atc.toml")
    groups = found["groups"]["source"]
    return AtcTable(found["version"], found["source"], found["verified"], groups, found.get("source_fr", ""))


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

    Raises
    ------
    KnowledgeError
        When a name in `drugs.toml` means two drugs.
    """
    return _by_name().get(fold(name))


def drug_name(written: str, lang: str) -> str:
    """Return the usual name of a drug in a language; one that is not known here stays as written."""
    known = drug(written)
    return written if known is None else known.name(lang)


@cache
def _by_name() -> Mapping[str, Drug]:
    return indexed("drugs.toml", named(all_drugs()))


def named(drugs: Iterable[Drug]) -> Iterator[tuple[str, Drug]]:
    """Return drugs under each of their names, folded."""
    for known in drugs:
        yield from ((name, known) for name in known.names)
