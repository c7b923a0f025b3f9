"""Rules by which values become a status, as data with their sources: `rules.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from casecurves.knowledge.fold import Published, fold, table
from casecurves.words import typeset

CriterionKind = Literal["limit", "normal", "fall", "drop", "word", "off", "judged"]
Comparison = Literal["<", "<=", ">", ">="]


@dataclass(frozen=True)
class Limit:
    """A limit in the unit of its source; it says nothing of a value in any other unit.

    Attributes
    ----------
    analyte : str
        Key of an analyte.
    unit : str
        As laboratories write it; ``""`` for a score.
    comparison : {"<", "<=", ">", ">="}
        What a value must be.
    value : float
        Compared with what.
    """

    analyte: str
    unit: str
    comparison: Comparison
    value: float


@dataclass(frozen=True)
class Criterion:
    """One condition of a status.

    Attributes
    ----------
    id : str
        ``"measured"`` concerns the value of the assessment itself; others name what they concern.
    kind : {"limit", "normal", "fall", "drop", "word", "off", "judged"}
        A limit; within the range stated with the value; a fall in per cent, or by so much; one of some words; a drug of
        a class not given at the time; or something that the rule leaves to a clinician, without a number.
    analyte : str
        Key of the analyte where it is another than the one assessed; ``""`` otherwise.
    limits : tuple of Limit
        For a ``limit``: whichever has the analyte and unit of the value.
    origin : {"", "baseline", "peak"}
        For a ``fall`` or ``drop``: from the last value before the index therapy, or from the highest value so far.
    comparison, amount : str, float
        For a ``fall``, how far in per cent; for a ``drop``, by how much.
    words, others : tuple of str
        For a ``word``: those that mean the status, as they are written, and all that the rule knows, folded.
    drug_class : str
        For ``off``: the class that is not given.
    """

    id: str
    kind: CriterionKind
    analyte: str = ""
    limits: tuple[Limit, ...] = ()
    origin: Literal["", "baseline", "peak"] = ""
    comparison: Comparison = ">="
    amount: float = 0.0
    words: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    drug_class: str = ""


@dataclass(frozen=True)
class RuleStatus:
    """A status, its name, and what it takes; ``after``: one of these statuses must have come before."""

    id: str
    en: str
    fr: str
    criteria: tuple[Criterion, ...]
    after: tuple[str, ...] = ()

    def name(self, lang: str) -> str:
        """Return its name in a language."""
        return typeset(self.fr, lang) if lang == "fr" else self.en


_REACHED = frozenset({"complete", "partial", "immunological"})


@dataclass(frozen=True)
class RuleSet(Published):
    """A published rule.

    Attributes
    ----------
    id, version, en, fr : str
        Key, version of the rule, name.
    source, source_fr : str
        Where it is published; see `Published`.
    verified : bool
        False when the source itself was not read; to be said wherever the rule is used.
    measured : tuple of str
        Analytes whose values are assessed.
    statuses : tuple of RuleStatus
        The first that holds is the status.
    otherwise : RuleStatus
        What is said when every status is known not to hold.
    confirm, confirm_days : int
        How many values it takes, and how many days apart; 1 and 0 where one is enough.
    note : mapping of language to str
        Where it departs from its source, said wherever it is used; empty where it does not.
    """

    id: str
    version: str
    en: str
    fr: str
    source: str
    verified: bool
    measured: tuple[str, ...]
    statuses: tuple[RuleStatus, ...]
    otherwise: RuleStatus
    confirm: int = 1
    confirm_days: int = 0
    note: Mapping[str, str] = field(default_factory=dict, hash=False)
    source_fr: str = ""

    def name(self, lang: str) -> str:
        """Return its name in a language."""
        return typeset(self.fr, lang) if lang == "fr" else self.en

    @property
    def analytes(self) -> frozenset[str]:
        """Keys of all analytes that it judges by: those assessed, and those that must be so besides."""
        criteria = [one for status in self.statuses for one in status.criteria]
        return frozenset((*self.measured, *(one.analyte for one in criteria if one.analyte)))

    @property
    def tells_remission(self) -> bool:
        """True when its statuses are what a source calls remission or relapse of the patient."""
        return bool({status.id for status in self.statuses} & {"complete", "partial", "relapse"})

    @property
    def reached(self) -> tuple[RuleStatus, ...]:
        """Its statuses of which it is asked how long it took to find them."""
        return tuple(status for status in self.statuses if status.id in _REACHED)

    @property
    def needs_index(self) -> bool:
        """True when it takes a value from before the index therapy."""
        return any(c.origin == "baseline" for status in self.statuses for c in status.criteria)


@cache
def all_rules() -> Mapping[str, RuleSet]:
    """Return all rules known here, by key."""
    return {key: _rule(key, entry) for key, entry in table("rules.toml").items()}


def _rule(key: str, entry: Mapping[str, Any]) -> RuleSet:
    plain = {name: entry[name] for name in ("version", "en", "fr", "source", "verified")}
    return RuleSet(
        id=key,
        **plain,
        measured=tuple(entry["measured"]),
        statuses=tuple(_status(status, _vocabulary(entry)) for status in entry["statuses"]),
        otherwise=RuleStatus("otherwise", **entry["otherwise"], criteria=()),
        confirm=entry.get("confirm", 1),
        confirm_days=entry.get("confirm_days", 0),
        note=entry.get("note", {}),
        source_fr=entry.get("source_fr", ""),
    )


def _vocabulary(entry: Mapping[str, Any]) -> tuple[str, ...]:
    """Return every word that a rule knows, folded."""
    named = [word for status in entry["statuses"] for one in status["criteria"] for word in one.get("words", ())]
    return tuple(map(fold, (*named, *entry.get("otherwise_words", ()))))


def _status(entry: Mapping[str, Any], words: tuple[str, ...]) -> RuleStatus:
    criteria = tuple(_criterion(one, words) for one in entry["criteria"])
    return RuleStatus(entry["id"], entry["en"], entry["fr"], criteria, tuple(entry.get("after", ())))


def _criterion(entry: Mapping[str, Any], words: tuple[str, ...]) -> Criterion:
    return Criterion(
        id=entry["id"],
        kind=entry["kind"],
        analyte=entry.get("analyte") or next((limit["analyte"] for limit in entry.get("limits", ())), ""),
        limits=tuple(Limit(one["analyte"], one["unit"], one["is"], one["value"]) for one in entry.get("limits", ())),
        origin=entry.get("from", ""),
        comparison=entry.get("is", ">="),
        amount=entry.get("value", 0.0),
        words=tuple(entry.get("words", ())),
        others=words,
        drug_class=entry.get("class", ""),
    )
