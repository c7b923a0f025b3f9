"""Finding a case among many: by words, and by what it is about. No page, no file: cases in, cases out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from casecurves.knowledge import analyte, drug
from casecurves.knowledge.diseases import all_diseases
from casecurves.knowledge.fold import fold
from casecurves.model.case import Case
from casecurves.words import LANGS, say

Facet = Literal["disease", "drug", "class", "biomarker", "basis", "kind"]
FACETS: tuple[Facet, ...] = get_args(Facet)
Sort = Literal["title", "values", "follow_up"]
SORTS: tuple[Sort, ...] = get_args(Sort)
# What can be chosen under a facet: its key, and its names in English and French.
Names = Mapping[str, tuple[str, str]]


# "GEM" is not in "management", nor "DM" in "admission".
_SHORT = 4
_HYPHENATED = re.compile(r"\w+(?:-\w+)+")


@dataclass(frozen=True)
class Entry:
    """What can be asked about a case.

    Attributes
    ----------
    id : str
        Id of the case.
    titles : (str, str)
        English and French title.
    facets : mapping
        For each facet the keys that are true of the case, with their names.
    words : str
        All that a search may hit, in both languages, folded, with a space before each word.
    values : int
        Number of measurements.
    followed : int or None
        Days from day zero to the last follow-up that are certain; ``None`` when none are.
    """

    id: str
    titles: tuple[str, str]
    facets: Mapping[Facet, Names]
    words: str
    values: int
    followed: int | None

    def title(self, lang: str) -> str:
        """Return the title in a language."""
        return self.titles[_index(lang)]


@dataclass(frozen=True)
class Query:
    """What is asked for: every word of ``text``; of each facet one of the keys in ``chosen``, where it has any."""

    text: str = ""
    chosen: Mapping[Facet, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = "title"

    @property
    def all(self) -> bool:
        """True when nothing is asked, so that every case is found."""
        return not fold(self.text) and not any(self.chosen.values())

    def toggled(self, facet: Facet, key: str) -> Query:
        """Return the query with a key of a facet added, or taken away where it is there."""
        kept = self.chosen.get(facet, ())
        keys = tuple(each for each in kept if each != key) if key in kept else (*kept, key)
        return replace(self, chosen={**self.chosen, facet: keys})

    def within(self, entries: Iterable[Entry]) -> tuple[Query, tuple[tuple[Facet, str], ...]]:
        """Return the part of the query that some case can meet, and the keys that none has."""
        there = {(facet, key) for entry in entries for facet in FACETS for key in entry.facets[facet]}
        asked = [(facet, key) for facet in FACETS for key in dict.fromkeys(self.chosen.get(facet, ()))]
        known = {facet: tuple(key for each, key in asked if each == facet and (each, key) in there) for facet in FACETS}
        return replace(self, chosen=known), tuple(pair for pair in asked if pair not in there)


@dataclass(frozen=True)
class Option:
    """A key of a facet, its name, how many cases would be found with it, and whether it is chosen."""

    key: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Found:
    """What a query finds: ids in order, what else can be chosen, and how to find more where nothing is found.

    ``wider`` holds queries with one part less, each with the number of cases that it finds.
    """

    ids: tuple[str, ...]
    options: Mapping[Facet, tuple[Option, ...]]
    wider: tuple[tuple[Query, int], ...] = ()


def describe(case: Case) -> Entry:
    """Return what can be asked about a case.

    Parameters
    ----------
    case : Case
        The case.

    Returns
    -------
    Entry
        A drug, class or biomarker that is not known here stands under its written name.
    """
    header = case.header
    facets: dict[Facet, Names] = {
        "disease": _disease(case),
        "drug": dict(_drugs(case)),
        "class": dict(_classes(case)),
        "biomarker": dict(_biomarkers(case)),
        "basis": {row.basis: _said(f"basis.{row.basis}") for row in case.rows()},
        "kind": {header.kind: _said(f"kind.{header.kind}")},
    }
    return Entry(
        id=case.id,
        titles=(header.title, header.title_fr or header.title),
        facets=facets,
        words=_searched(case, facets),
        values=len(case.measurements),
        followed=case.chronology.bounds("last_follow_up").earliest,
    )


def search(entries: Sequence[Entry], query: Query, lang: str) -> Found:
    """Return the cases that a query finds.

    Parameters
    ----------
    entries : sequence of Entry
        All cases.
    query : Query
        What is asked: all words, and of each facet any of its keys.
    lang : str
        Language of the order and of the labels.

    Returns
    -------
    Found
        Counts are of cases that would be found were the key chosen, other facets staying as they are. A key that
        would find nothing is left out unless it is chosen.
    """
    hits = _hits(entries, query)
    ordered = sorted(hits, key=lambda entry: _place(entry, query.sort, lang))
    options = {facet: _options(entries, query, facet, lang) for facet in FACETS}
    return Found(tuple(entry.id for entry in ordered), options, () if hits else tuple(_wider(entries, query)))


def _place(entry: Entry, sort: Sort, lang: str) -> tuple[int, str, str]:
    # By title, what is invented comes after all that somebody lived.
    invented = set(entry.facets["basis"]) == {"illustrative"}
    most = {
        "title": -int(invented),
        "values": entry.values,
        "follow_up": -1 if entry.followed is None else entry.followed,
    }
    return -most[sort], fold(entry.title(lang)), entry.id


def _hits(entries: Sequence[Entry], query: Query, besides: Facet | None = None) -> list[Entry]:
    words = fold(query.text).split()
    asked = [(facet, set(keys)) for facet, keys in query.chosen.items() if keys and facet != besides]
    return [
        entry
        for entry in entries
        if all(_has(entry.words, word) for word in words)
        and all(keys & entry.facets[facet].keys() for facet, keys in asked)
    ]


def _has(searched: str, word: str) -> bool:
    """Tell whether a word is there, one or several of it; few letters only where a word begins with them."""
    one = word[:-1] if len(word) > _SHORT and word[-1] in "sx" else word
    return (f" {one}" if len(one) <= _SHORT else one) in searched


def _options(entries: Sequence[Entry], query: Query, facet: Facet, lang: str) -> tuple[Option, ...]:
    count = Counter(key for entry in _hits(entries, query, facet) for key in entry.facets[facet])
    names = {key: pair[_index(lang)] for entry in entries for key, pair in entry.facets[facet].items()}
    chosen = query.chosen.get(facet, ())
    offered = (Option(key, label, count[key], key in chosen) for key, label in names.items())
    return tuple(
        sorted(
            (each for each in offered if each.count or each.chosen), key=lambda each: (-each.count, fold(each.label))
        )
    )


def _wider(entries: Sequence[Entry], query: Query) -> Iterator[tuple[Query, int]]:
    narrower = [replace(query, text="")] if fold(query.text) else []
    narrower += [query.toggled(facet, key) for facet, keys in query.chosen.items() for key in keys]
    for each in narrower:
        count = len(_hits(entries, each))
        if count:
            yield each, count


def _index(lang: str) -> int:
    return 1 if lang == "fr" else 0


def _said(key: str) -> tuple[str, str]:
    return say(key, "en"), say(key, "fr")


def _disease(case: Case) -> Names:
    header = case.header
    name = header.diagnosis or header.diagnosis_fr
    return {fold(name): (name, header.diagnosis_fr or name)} if fold(name) else {}


def _drugs(case: Case) -> Iterator[tuple[str, tuple[str, str]]]:
    for row in case.therapies:
        known = drug(row.drug)
        yield (known.id, (known.en, known.fr)) if known else (fold(row.drug), (row.drug, row.drug))


def _classes(case: Case) -> Iterator[tuple[str, tuple[str, str]]]:
    for row in case.therapies:
        known = drug(row.drug)
        name = known.drug_class if known else "unknown"
        yield name, _said(f"drug_class.{name}")


def _biomarkers(case: Case) -> Iterator[tuple[str, tuple[str, str]]]:
    for row in case.measurements:
        known = analyte(row.analyte, row.assay)
        yield (known.id, (known.en, known.fr)) if known else (fold(row.analyte), (row.analyte, row.analyte))


def _searched(case: Case, facets: Mapping[Facet, Names]) -> str:
    """Return all that a search may hit: what the case says, and what else its diseases are called."""
    said = " \n ".join(_words(case, facets))
    # "extra-membraneuse" is looked for in one word, too.
    joined = " ".join(found.replace("-", "") for found in _HYPHENATED.findall(said))
    folded = fold(said)
    known = (name for disease in all_diseases().values() if disease.named_in(folded) for name in disease.also)
    return f" {folded} {fold(joined)} {fold(' '.join(known))}"


def _words(case: Case, facets: Mapping[Facet, Names]) -> Iterator[str]:
    header = case.header
    yield from (case.id, header.title, header.title_fr)
    yield from (name for facet in FACETS for pair in facets[facet].values() for name in pair)
    for course in case.therapies:
        known = drug(course.drug)
        yield from (course.drug, course.regimen, course.regimen_fr, *(known.also if known else ()))
    for value in case.measurements:
        measured = analyte(value.analyte, value.assay)
        yield from (value.analyte, *(measured.names if measured else ()))
    for arm in case.arms:
        yield from (arm.label, arm.label_fr, arm.trial, arm.trial_fr)
    for outcome in case.outcomes:
        yield from (outcome.label, outcome.label_fr)
    for event in case.events:
        yield from (event.label, event.label_fr, *(say(f"event_kind.{event.kind}", lang) for lang in LANGS))
