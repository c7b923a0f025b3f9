"""What a source states of a patient in words that a rule knows, and where a rule rules it out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casecurves.analysis.response.evidence import key_of, measured_by
from casecurves.analysis.response.status import Assessment
from casecurves.knowledge import all_analytes
from casecurves.knowledge.fold import fold
from casecurves.knowledge.rules import RuleSet
from casecurves.model.case import Case
from casecurves.model.points import At, Point, Range
from casecurves.model.schema import Event, Measurement
from casecurves.model.when import Statement

# All of these read folded text: no capitals, no accents, no punctuation.
_SHORT = re.compile(r"\b(?:in|(?:not|non|pas|near|nearly|almost|quasi|presque) )compl[a-z]+")
_COMPLETE = re.compile(r"\b(?:compl(?:ete?|ets|etes|etely|etement)|total(?:e|es)?|cr|rc)\b")
_PARTIAL = re.compile(r"\b(?:partial(?:ly)?|partiel(?:s|le|les|lement)?|pr|rp)\b")
_NEGATIVE = re.compile(r"\b(?:sero)?(?:negati[a-z]+)|\b(?:undetect|indetect)[a-z]+")
_POSITIVE = re.compile(r"\b(?:sero)?(?:positi(?:f|ve?)[a-z]*)")
_BORDERLINE = re.compile(r"\b(?:borderline|equivocal|douteu[a-z]+)\b")
_DENIED = re.compile(r"\b(?:no|not|non|pas|plus|no longer|never|jamais) (?:sero)?(?:posi|nega|detec)")
_OF_ANTIBODY = re.compile(r"\b(?:immunolog|serolog|antibod|anticorps)")
# What was seen under a microscope, on a picture or on another organ is not what a kidney or an index does.
_ELSEWHERE = re.compile(r"\b(?:histolog|radiolog|mri\b|irm\b|imag|molecul|skin|cutan|dermat|asthm|atop|eczem)")
# Words beside which nothing narrows what is in remission.
_PLAIN = frozenset({
    "complete", "partial", "partielle", "remission", "relapse", "rechute", "first", "second", "premiere", "deuxieme",
    "clinical", "clinique", "of", "the", "de", "du", "la", "le", "l", "a", "and", "et", "renal", "renale", "kidney",
    "nephropathy", "nephropathie", "nephrotic", "nephrotique", "syndrome", "disease", "maladie", "proteinuria",
    "proteinurie", "cr", "pr", "rc", "rp",
})  # fmt: skip


# What is no less than a complete remission, or no remission at all.
_NOT_LESS = frozenset({"complete", "immunological", "relapse", "otherwise"})


@dataclass(frozen=True)
class Stated:
    """What a source states in words of a rule.

    Attributes
    ----------
    agrees : frozenset of str
        Keys of the statuses of the rule that it may mean; ``"otherwise"`` is one of them.
    plain : bool
        False where it is not sure that it is about what the rule measures: the assay is not stated, or the words name
        something more.
    """

    agrees: frozenset[str]
    plain: bool


@dataclass(frozen=True)
class Difference:
    """A status that the source states and a rule rules out at that assessment.

    Attributes
    ----------
    stated : str
        Id of the event, or of the value in words, that states it.
    assessment : Assessment
        What the rule gives at the same time.
    sure : bool
        True where a status is known that is another, and nothing speaks for something else being meant.
    """

    stated: str
    assessment: Assessment
    sure: bool


def differences(case: Case, rule: RuleSet, assessments: Sequence[Assessment]) -> tuple[Difference, ...]:
    """Return where a rule rules out, at the same time, what the source states.

    Parameters
    ----------
    case : Case
        The case.
    rule : RuleSet
        The rule.
    assessments : sequence of Assessment
        What it makes of the values.

    Returns
    -------
    tuple of Difference
        For each used row that states a status in words of the rule, and each value dated like it, found at the same
        visit, or at most a day away (of what is stated as absent from one time to another: between the two), of which
        the rule excludes all that is stated. What is only possible, left to a clinician or not assessable differs from
        nothing that it may still be.
    """
    found = []
    values = {row.id: row for row in case.measurements}
    weighed = [one for one in assessments if one.may or one.standing == "none"]
    rows: tuple[Event | Measurement, ...] = (*case.events, *case.measurements)
    for row in rows:
        said = stated(rule, row) if row.status == "used" else None
        if said is None:
            continue
        beside = [one for one in weighed if _together(case, row, values[one.row])]
        if row.basis == "illustrative":  # what nobody stated is no other word on a value that somebody did
            beside = [one for one in beside if values[one.row].basis == "illustrative"]
        found += [Difference(row.id, one, said.plain and _known(one, said)) for one in beside if _excludes(one, said)]
    return tuple(found)


def _excludes(one: Assessment, said: Stated) -> bool:
    """Tell whether an assessment can be nothing of what is stated."""
    return not said.agrees & {*one.may, *(() if one.proven else ("otherwise",))}


def _known(one: Assessment, said: Stated) -> bool:
    # That no remission is known from which to relapse is no proof that there was none.
    return one.standing in ("met", "none") and not ("relapse" in said.agrees and one.status == "otherwise")


def stated(rule: RuleSet, row: Event | Measurement) -> Stated | None:
    """Return what a row states in words of a rule.

    Parameters
    ----------
    rule : RuleSet
        The rule. A remission of the patient is none of the antibody, and an antibody that is negative is no remission.
    row : Event or Measurement
        An event, or a value in words.

    Returns
    -------
    Stated or None
        ``None`` where it states nothing of the kind.
    """
    known = frozenset({*(status.id for status in rule.statuses), "otherwise"})
    if "negative" in known:
        found = _sign_of_event(rule, row) if isinstance(row, Event) else _sign_of_value(rule, row)
    elif isinstance(row, Event) and row.kind in ("remission", "relapse"):
        found = _of_course(rule, known, row)
    else:
        return None
    if found is None or not isinstance(row, Event) or row.presence == "present":
        return found
    unspoken = row.kind == "relapse" and "relapse" not in known  # no rule denies a word that it does not have
    return None if unspoken else Stated(known - found.agrees, found.plain)


def _of_course(rule: RuleSet, known: frozenset[str], event: Event) -> Stated | None:
    """Return what a remission or a relapse says."""
    text = _text(event.label, event.label_fr, event.grade, event.grade_fr)
    of_antibody = bool(_OF_ANTIBODY.search(text))
    if not rule.tells_remission and not ("immunological" in known and of_antibody):
        return None
    if rule.tells_remission and (of_antibody or (rule.id != "recist" and _ELSEWHERE.search(text))):
        return None
    plain = of_antibody or set(text.split()) <= _PLAIN
    if event.kind == "relapse":
        return Stated(_relapse(known), plain)
    return Stated(_remission(known, text), plain)


def _relapse(known: frozenset[str]) -> frozenset[str]:
    """Return what a relapse may be: of a rule without the word, whatever is no remission."""
    return frozenset({"relapse"}) if "relapse" in known else known - {"complete", "partial", "immunological"}


def _remission(known: frozenset[str], text: str) -> frozenset[str]:
    short = bool(_SHORT.search(text))
    text = _SHORT.sub("", text)
    said = {"complete"} if _COMPLETE.search(text) else set()
    said |= {"partial"} if short or _PARTIAL.search(text) else set()
    wanted: set[str] = set()
    for word in said or ("complete", "partial"):
        if word == "complete":
            wanted |= {"complete", "immunological"}
        else:  # where a rule has no such word, it is whatever is less than complete
            wanted |= {"partial"} if "partial" in known else (known - _NOT_LESS or {"otherwise"})
    return frozenset(wanted & known)


def _sign_of_value(rule: RuleSet, row: Measurement) -> Stated | None:
    """Return what a value in words says: positive, negative, borderline; of another assay it says nothing here."""
    measured = key_of(row) in rule.measured
    if not measured and (row.assay or not any(fold(row.analyte) in one.names for one in measured_by(rule))):
        return None
    if row.value.trend == "becomes_negative":
        return Stated(frozenset({"negative"}), measured)
    crosses = row.value.category is not None and set(row.value.category) == {"+"}
    agrees = frozenset({"otherwise"}) if crosses else _sign(rule, fold(row.value.category or ""))
    return Stated(agrees, measured) if agrees else None


def _sign_of_event(rule: RuleSet, event: Event) -> Stated | None:
    """Return what an event says that names what the rule measures: “anti-PLA2R negative”."""
    text = _text(event.label, event.label_fr, event.grade, event.grade_fr)
    measured = measured_by(rule)
    if not any(re.search(rf"\b{re.escape(name)}\b", text) for one in measured for name in one.names):
        return None
    own = {assay for one in measured for assay in one.assays}
    others = {assay for one in all_analytes() if one not in measured for assay in one.assays} - own
    if any(re.search(rf"\b{re.escape(assay)}\b", text) for assay in others):
        return None
    agrees = _sign(rule, text)
    plain = not own or any(re.search(rf"\b{re.escape(assay)}\b", text) for assay in own)
    return Stated(agrees, plain) if agrees else None


def _sign(rule: RuleSet, text: str) -> frozenset[str]:
    if _DENIED.search(text):
        return frozenset()
    words = (("negative", _NEGATIVE), ("borderline", _BORDERLINE), ("otherwise", _POSITIVE))
    known = {*(status.id for status in rule.statuses), "otherwise"}
    return frozenset(status for status, word in words if status in known and word.search(text))


def _text(*parts: str) -> str:
    return " ".join(map(fold, filter(None, parts)))


def _together(case: Case, row: Event | Measurement, value: Measurement) -> bool:
    """Tell whether a statement holds at the time of a value."""
    if row.id == value.id:
        return False
    if row.time is not None and row.time == value.time:
        return True
    if set(_visits(row.time)) & set(_visits(value.time)):
        return True
    known = case.chronology
    least, most = known.distance(row.id, value.id)
    if least is not None and most is not None and max(abs(least), abs(most)) <= 1:
        return True
    if not isinstance(row, Event) or row.end is None or row.presence == "present":
        return False
    return known.at_or_before(row.id, value.id) and known.at_or_before(value.id, f"{row.id}.end")


def _visits(time: Statement | None) -> Iterator[Point]:
    """Yield the points at which something was found, whether it had begun before (``..M9``) or not."""
    for clause in () if time is None else time.clauses:
        if isinstance(clause, At):
            yield clause.point
        elif isinstance(clause, Range) and clause.start is None and clause.end is not None:
            yield clause.end
