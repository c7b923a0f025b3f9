"""What a teacher hides besides the future: names of drugs, the diagnosis, how it ended."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from casecurves.analysis.reveal.steps import Step
from casecurves.knowledge import analyte, drug
from casecurves.knowledge.fold import fold
from casecurves.model.case import Case
from casecurves.model.schema import Event, Measurement, Row
from casecurves.words import has, say

# How it ended, and the words that say so, folded.
_OUTCOMES: Mapping[str, frozenset[str]] = {
    "remission": frozenset({"remission", "remissions"}),
    "relapse": frozenset(
        {"relapse", "relapses", "relapsed", "relapsing", "recurrence", "recurrences", "recurred"}
        | {"recur", "recurs", "recurring", "recurrent", "escape", "escapes", "escaped"}
        | {"rechute", "rechutes", "rechuter", "recidive", "recidives", "recidiver", "recidivant", "recidivante"}
        | {"recidivants", "recidivantes", "recurrente", "echappement", "echappements", "echappe", "echappee"}
    ),
    "death": frozenset(
        {"death", "died", "dies", "dead", "fatal", "fatale", "deces", "decede", "decedee", "mort", "morte"}
    ),
}
# The same in several words, of which each alone gives nothing away.
_OUTCOMES_SAID: Mapping[str, tuple[str, ...]] = {
    "relapse": ("loss of response", "lost response", "perte de réponse", "réponse perdue")
}
# What came of it, which gives away how it ended to whoever reads of it beforehand.
_CAME_OF_IT = frozenset({*_OUTCOMES, "diagnosis", "complication", "adverse_event", "infection"})
# Shorter words of a diagnosis ("with") are in many texts; one with a digit in it ("MDA5") or in capitals ("GEM") is its
# own.
_TELLING = 5
# Longer ones that are in many texts as well, folded, and give nothing away.
_COMMON = frozenset(
    {"antibodies", "antibody", "anticorps", "associated", "associee", "associees", "atteinte", "disease", "diseases"}
    | {"failure", "involvement", "maladie", "maladies", "organ", "organes", "patient", "patients", "related", "severe"}
    | {"severes", "syndrome", "syndromes", "acute", "aigue", "chronic", "chronique", "small", "petites", "rapid"}
)
# Shorter words ("on", "was") are no part of what is said.
_SHORT = 3
_WORDS = re.compile(r"\w+")
# The word that stands for a name, and the articles that it does not have as the name has them.
_ARTICLES = tuple(
    (re.compile(rf"\b{found}(?={noun} )", re.IGNORECASE), instead)
    for noun, pairs in {
        "(?:médicament|protocole)": {
            "à (?:la |l['’])": "au ",
            "de (?:la |l['’])": "du ",
            "(?:la |l['’])": "le ",
            "une ": "un ",
            "cette ": "ce ",
            # One name, although its own word has no singular ("des anti-CD20").
            "aux ": "au ",
            "des ": "du ",
            "les ": "le ",
        },
        "(?:médicament|protocole)s?": {"d['’]": "de "},
        "drug": {"an ": "a "},
    }.items()
    for found, instead in pairs.items()
)
# Nouns that end as participles do, and agree with nothing.
_NOUNS = (
    "durée|poussée|année|journée|soirée|matinée|entrée|arrivée|montée|portée|visée|idée|urée|nausée|diarrhée|dyspnée"
    "|apnée|aménorrhée|rhinorrhée|trachée|cornée"
)
# What agreed with a feminine name that is the subject, the name not having its new article yet: "corticothérapie
# envisagée", "la ciclosporine était arrêtée"; not "la réponse au ruxolitinib a été jugée", nor after any preposition.
_AGREED = re.compile(
    r"((?:(?:^|[.?!:;,(]\s*|(?<!\w)(?:puis|et|mais|que|quand|lorsque|si|où) )(?:(?:la|une|cette) |l['’])|^|[.?!]\s+)"
    rf"(?:médicament|protocole) \w\w?(?: (?:est|était|a été|fut) | (?!(?:{_NOUNS})\b))\w+é)e\b",
    re.IGNORECASE,
)
# "stéroïdes", but not "rituximab and tacrolimus", nor "anticorps".
_PLURAL = re.compile(r"(?<![ipsu])s\b", re.IGNORECASE)
# "inhibiteur de JAK", which is called "anti-JAK" as well.
_INHIBITOR = re.compile(r"inhibiteur de (?:la |l')?(\w+)")
# Words that name glucocorticoids within another, and what they say (`reveal.steroid`).
_INSIDE = tuple(
    (re.compile(rf"(?<!\w)(?:{word})(?!\w)", re.IGNORECASE), said)
    for word, said in {
        r"cortico-?d[ée]pendances?|steroid[- ]dependen(?:ce|cy)": "dependence",
        r"cortico-?d[ée]pendante?s?|steroid[- ]dependent": "dependent",
        r"cortico-?r[ée]sistances?|steroid[- ]resistance": "resistance",
        r"cortico-?r[ée]sistante?s?|steroid[- ]resistant": "resistant",
        r"cortico-?sensibilit[ée]s?|steroid[- ]sensitivity": "sensitivity",
        r"cortico-?sensibles?|steroid[- ]sensitive": "sensitive",
    }.items()
)
_TARGETED = re.compile(r"\banti-[\w-]+")
_BRACKETS = re.compile(r"\([^)]*\)")
# Where one sentence ends and the next begins.
_SENTENCES = re.compile(r"(?<=[.?!])\s+")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Blind:
    """What is hidden until the teacher says.

    Attributes
    ----------
    drugs : bool
        Names of drugs: they are drug A, drug B, in the order in which they come, in no colour of a class.
    diagnosis : bool
        Rows that name the diagnosis of the case, and reasons that do.
    outcome : bool
        Remissions, relapses, death, and every text that names one; in a question also what else comes later.
    """

    drugs: bool = False
    diagnosis: bool = False
    outcome: bool = False

    @property
    def any(self) -> bool:
        """True when something is hidden."""
        return self.drugs or self.diagnosis or self.outcome


SEEN = Blind()


class Mask:
    """Hides what is to be hidden in the rows of one case, in one language."""

    def __init__(
        self, case: Case, blind: Blind, order: Mapping[str, int], lang: str, known: Iterable[str] | None = None
    ) -> None:
        self._blind = blind
        self._lang = lang
        self._instead = f"[{say('reveal.hidden', lang)}]"
        self._ends = frozenset(_endings(case, known)) if blind.outcome else frozenset()
        ended = [row for row in case.events if blind.outcome and row.kind in _OUTCOMES]
        said = {label for row in ended for label in (row.label, row.label_fr, *_OUTCOMES_SAID.get(row.kind, ()))}
        self._ended = {stems for label in said if (stems := _stems(label))}
        header = case.header
        named = f"{header.diagnosis} {header.diagnosis_fr}" if blind.diagnosis else ""
        self._diagnosis = frozenset(_telling(named))
        self._short = frozenset(self._abbreviations(case))
        told = sorted(case.therapies, key=lambda row: order.get(row.id, len(order)))
        names = dict.fromkeys(_key(row.drug) for row in told) if blind.drugs else {}
        self._drugs = {key: say("reveal.drug", lang, letter=_letter(n)) for n, key in enumerate(names)}
        several = {key: say("reveal.drugs", lang, letter=_letter(n)) for n, key in enumerate(names)}
        spelt = [(name, _key(row.drug)) for row in told if blind.drugs for name in _spellings(row.drug)]
        # A name in the plural is one still, for the sake of the words round it.
        found = {name: (several if _PLURAL.search(name) else self._drugs)[key] for name, key in spelt}
        steroid = next((self._drugs[key] for key in names if (one := drug(key)) and one.glucocorticoid), "")
        self._inside = tuple(
            (word, say(f"reveal.steroid.{said}", lang, drug=steroid)) for word, said in _INSIDE if steroid
        )
        # "MPR" names its drugs as well as any of them would.
        regimens = ((row.regimen, row.regimen_fr) for row in told if blind.drugs)
        for n, both in enumerate(dict.fromkeys(filter(any, regimens)), start=1):
            found |= dict.fromkeys(filter(None, both), say("reveal.regimen", lang, n=n))
        self._names = {fold(name): hidden for name, hidden in found.items()}
        # The longest first: "mycophenolate mofetil" is one name.
        spelled = sorted(filter(None, found), key=len, reverse=True)
        self._written = re.compile("|".join(map(_spelled, spelled)), re.IGNORECASE)

    def withholds(self, row: Row) -> bool:
        """Tell whether a row is not told at all for now."""
        if isinstance(row, Event):
            if self._blind.outcome and row.kind in _OUTCOMES:
                return True
            return self._names_diagnosis(f"{row.label} {row.label_fr}")
        return isinstance(row, Measurement) and self._names_diagnosis(row.analyte)

    def drug(self, name: str) -> str:
        """Return what a drug is called."""
        return self._drugs.get(_key(name), name)

    def analyte(self, name: str) -> str:
        """Return what an analyte is called: the level of a drug names it as well as its dose would."""
        known = analyte(name)
        if known is not None and not known.level_of:
            return name
        if known is not None and _key(known.level_of) in self._drugs:
            return say("reveal.level", self._lang, drug=self._drugs[_key(known.level_of)])
        return self._renamed(name) if self._names else name

    def text(self, text: str) -> str:
        """Return a text without what is hidden; ``""`` where it names the diagnosis or how it ended."""
        if self._names_diagnosis(text) or self._names_outcome(text):
            return ""
        return self._renamed(text) if self._names else text

    def _renamed(self, text: str) -> str:
        left = text
        for inside, instead in self._inside:
            left = inside.sub(instead, left)
        left = self._written.sub(lambda found: self._names[fold(found[0])], left)
        left = left if left == text else _AGREED.sub(r"\1", left)
        # The word that stands for a name has an article and a capital of its own.
        for article, instead in _ARTICLES if left != text else ():
            left = article.sub(partial(_as_large, instead), left)
        return left[:1].upper() + left[1:] if text[:1].isupper() else left

    def prose(self, text: str) -> str:
        """Return a text of sentences without what is hidden; of those that name it, that they are hidden for now."""
        found: list[str] = []
        for sentence in _SENTENCES.split(text):
            left = self.text(sentence)
            if left or not sentence:
                found.append(left)
            elif not found or found[-1] != self._instead:
                found.append(self._instead)
        return "" if found == [self._instead] else " ".join(found)

    def _names_outcome(self, text: str) -> bool:
        if not self._ends.isdisjoint(fold(text).split() if self._ends else ()):
            return True
        # "The fibrosis has gone" says what a row "fibrosis gone" says.
        stems = _stems(text) if self._ended else frozenset()
        return any(label <= stems for label in self._ended)

    def _names_diagnosis(self, text: str) -> bool:
        if not self._diagnosis:
            return False
        return not (self._diagnosis.isdisjoint(_telling(text)) and self._short.isdisjoint(_WORDS.findall(text)))

    def _abbreviations(self, case: Case) -> Iterator[str]:
        """Yield the words in capitals by which the diagnosis and the rows that name it are known, such as "GEM"."""
        header = case.header
        labels = [f"{row.label} {row.label_fr}" for row in case.events if row.kind == "diagnosis"]
        named = (text for text in labels if not self._diagnosis.isdisjoint(_telling(text)))
        for text in (f"{header.diagnosis} {header.diagnosis_fr}", *named):
            yield from (word for word in _WORDS.findall(text) if len(word) > 1 and word.isalpha() and word.isupper())


def masked(case: Case, told: Sequence[Step], number: int, blind: Blind, lang: str) -> Callable[[str], str]:
    """Return what takes what is hidden from any text about a case.

    Parameters
    ----------
    case, told : Case, sequence of Step
        The case, and how it is told.
    number : int
        The step at which the text is read.
    blind : Blind
        What is hidden.
    lang : {"en", "fr"}
        Language of the names under which drugs are hidden.

    Returns
    -------
    callable
        Names of drugs become others; of a sentence that names the diagnosis, how it ended or what came of it later,
        nothing is left, and ``""`` of a text in which all do.
    """
    known = {point.removesuffix(".end") for step in told[: number + 1] for point in step.points}
    return Mask(case, blind, told_order(told), lang, known).prose


def _endings(case: Case, known: Iterable[str] | None) -> Iterator[str]:
    """Yield the words that give away how it ended; with the rows that are known, also what came of it later."""
    for kind in {row.kind for row in case.events}:
        yield from _OUTCOMES.get(kind, ())
    if known is None:
        return
    rows = set(known)
    common = {word for row in case.events if row.id in rows and row.kind not in _OUTCOMES for word in _named(row)}
    common.update(_telling(f"{case.header.diagnosis} {case.header.diagnosis_fr}"))
    for row in case.events:
        if row.id not in rows and row.presence != "absent":
            said = _named(row) if row.kind in _CAME_OF_IT else _seen(row)
            yield from (word for word in said if word not in common)


def _named(row: Event) -> Iterator[str]:
    return _telling(f"{row.label} {row.label_fr}")


def _seen(row: Event) -> Iterator[str]:
    """Yield the words of what an examination showed: "hilar", "opacity" of "CT: hilar opacity"."""
    return _telling(f"{row.label.partition(':')[2]} {row.label_fr.partition(':')[2]}")


def told_order(told: Sequence[Step]) -> dict[str, int]:
    """Return the rows of a case in the order in which they are first told, from 1."""
    rows = dict.fromkeys(point.removesuffix(".end") for step in told for point in step.points)
    return {row: number for number, row in enumerate(rows, start=1)}


def _key(name: str) -> str:
    known = drug(name)
    return fold(name) if known is None else known.id


def _spellings(name: str) -> Iterator[str]:
    known = drug(name)
    yield name
    if known is not None:
        yield from (known.en, known.fr, *known.also)
        yield from _class_names(known.drug_class)


def _spelled(name: str) -> str:
    """Return how a name is found in a text of any case: "Ciclosporine A", but not "ciclosporine a été"."""
    exact = re.sub(r"(?<=\\ )([A-Z])$", r"(?-i:\1)", re.escape(name))
    return rf"(?<!\w){exact}(?!\w)"


def _class_names(drug_class: str) -> Iterator[str]:
    """Yield how a class of drugs is spoken of: of a case with one "JAK inhibitor", that says which drug it was."""
    key = f"drug_class.{drug_class}"
    if not has(key):
        return
    for lang in ("en", "fr"):
        name = say(key, lang)
        yield from (name, _plural(name, lang))
        # "Anticorps anti-CD20" is "anti-CD20" as well.
        yield from _TARGETED.findall(name)
        # "Un agent alkylant" is "un alkylant" as well.
        short = name.removeprefix("agent ")
        yield from (short, _plural(short, lang))
        if found := _INHIBITOR.fullmatch(name):
            yield from (f"anti-{found[1]}", f"anti{found[1]}")


def _plural(name: str, lang: str) -> str:
    """Return the plural of the name of a class: "agents alkylants", "inhibiteurs de JAK", "anti-CD20 antibodies"."""
    if lang == "en":
        return f"{name[:-1]}ies" if name.endswith("y") else f"{name}s"
    head, of, rest = name.partition(" de ")
    words = (word if word.endswith("s") or word.startswith("anti-") else f"{word}s" for word in head.split())
    return " ".join(words) + of + rest


def _as_large(instead: str, found: re.Match[str]) -> str:
    return instead.capitalize() if found[0][:1].isupper() else instead


def _telling(text: str) -> Iterator[str]:
    for word in fold(text).split():
        if word not in _COMMON and (len(word) >= _TELLING or (len(word) > 1 and any(map(str.isdigit, word)))):
            yield word


def _stems(text: str) -> frozenset[str]:
    """Return how the words of a text begin, folded, short ones and what stands in brackets left out."""
    words = fold(_BRACKETS.sub(" ", text)).split()
    return frozenset(word[:_TELLING] for word in words if len(word) > _SHORT)


def _letter(number: int) -> str:
    """Return A to Z, then AA, AB and so on."""
    if number < len(_LETTERS):
        return _LETTERS[number]
    return _letter(number // len(_LETTERS) - 1) + _LETTERS[number % len(_LETTERS)]
