"""What the proof-reader found, in words and as JSON: the same in a terminal and on a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casecurves.analysis.consistency.finding import CERTAINTIES, TO, Certainty, Finding, Place, at, both
from casecurves.analysis.consistency.proof import FAMILIES, Proof
from casecurves.analysis.response.saying import analyte_name, value_name
from casecurves.analysis.times import describe
from casecurves.knowledge import drug
from casecurves.model.case import Case
from casecurves.model.issues import visible
from casecurves.model.schema import Measurement, Row, Therapy, columns, table_of
from casecurves.model.when import TimeError, parse
from casecurves.words import decimal, has, numeral, pick, say

Cases = Mapping[str, Case]
# Columns of which a side states a time, or the two of a course.
_TIMES = {"time", "start", "end"}
# How sure a finding is, told by shape and not by colour.
SIGNS: Mapping[Certainty, str] = dict(zip(CERTAINTIES, ("■", "◧", "□"), strict=True))


def sentence(finding: Finding, lang: str) -> str:
    """Say what is wrong, with the numbers and how they were reckoned."""
    params = {name: _shown(value, lang) for name, value in finding.params.items()}
    if "said" in params:  # said by whoever found it
        return params["said"]
    way = params.pop("as", "")  # where a rule has several sentences: which
    key = f"consistency.says.{finding.rule}"
    text = say(f"{key}.{way}" if way else key, lang, **params)
    return text[:1].upper() + text[1:]


def _shown(value: object, lang: str) -> str:
    if isinstance(value, float):
        return decimal(f"{value:.10g}", lang)
    if isinstance(value, Mapping):
        return visible(pick(value, lang))
    return numeral(visible(str(value(lang) if callable(value) else value)), lang)


def sure(finding: Finding, lang: str) -> str:
    """Say how sure it is."""
    return say(f"consistency.certainty.{finding.certainty}", lang)


def looks_for(rule: str, lang: str) -> str:
    """Say what a rule looks for."""
    key = f"consistency.rule.{rule}"
    return say(key, lang) if has(key) else say("consistency.rule.relation", lang)


def family(rule: str, lang: str) -> str:
    """Say what a rule is about: arithmetic, units, times."""
    return say(f"consistency.family.{next(name for name, rules in FAMILIES.items() if rule in rules)}", lang)


def known(finding: Finding, lang: str) -> str:
    """Say what else is known: which transcribed disagreements are about the same, or what rules make of one.

    Parameters
    ----------
    finding : Finding
        What was found.
    lang : str
        ``"en"`` or ``"fr"``.

    Returns
    -------
    str
        One sentence; ``""`` where there is nothing to say.
    """
    if finding.rule == "transcribed":
        rules = say("consistency.between", lang).join(looks_for(rule, lang) for rule in finding.found_by)
        possible = finding.params.get("tried") is True
        key = "consistency.found_by" if rules else "consistency.tried" if possible else "consistency.by_a_reader"
        return say(key, lang, number=finding.known[0], rules=rules)
    numbers = ", ".join(f"≠{number}" for number in finding.known)
    return say("consistency.also", lang, numbers=numbers) if numbers else ""


def side(place: Place, case: Case | None, lang: str) -> str:
    """Say one side: what stands there, of which row, and where.

    Parameters
    ----------
    place : Place
        The side.
    case : Case or None
        The case, to name its rows; ``None`` for a diagram.
    lang : str
        ``"en"`` or ``"fr"``.

    Returns
    -------
    str
        Such as ``patients 19 (renal cell carcinoma): Thompson 2008, Table I``; `filed` says where in the tables.
    """
    row = case.row(place.row) if case is not None else None
    said = _times(case, place, lang) or numeral(visible(_said(place, lang)), lang)
    if place.row == "patient" and has(head := f"column.{place.column.rpartition('.')[2]}"):
        said = f"{say(head, lang)} {said}"
    name = "" if row is None else _name(row, lang)
    what = f"{_column(row, place.column, lang)} {said}".strip() if row is not None and not place.said_fr else said
    if name and name != said:
        what = say("consistency.of", lang, what=what, row=name)
    source = place.source if case is None else case.cited(place.source, lang)
    where = say("consistency.between", lang).join(part for part in (source, _locator(place, lang)) if part)
    if what and where:
        return say("consistency.side", lang, what=what, where=visible(where))
    # Of an empty cell there is nothing to say but where it is.
    return what or visible(where) or filed(place, lang)


def in_full(place: Place, case: Case | None, lang: str) -> str:
    """Say one side, and where in the files it stands."""
    parts = dict.fromkeys((side(place, case, lang), filed(place, lang)))
    return say("consistency.between", lang).join(part for part in parts if part)


def _times(case: Case | None, place: Place, lang: str) -> str:
    """Return the times that a side states in words; ``""`` where it is about anything else, or states no time."""
    if case is None or place.column not in _TIMES:
        return ""
    try:
        stated = [parse(written, end=True) for written in place.said.split(TO)]
    except TimeError:
        return ""
    return TO.join(describe(case, time, lang) for time in stated)


def _said(place: Place, lang: str) -> str:
    return pick({"en": place.said, "fr": place.said_fr or place.said}, lang)


def _locator(place: Place, lang: str) -> str:
    return pick(both(place.locator, place.locator_fr), lang)


def _column(row: Row, name: str, lang: str) -> str:
    """Return what a column is called on a page."""
    found = next((one for one in columns(table_of(row)) if one.name == name), None)
    return name if found is None else say(f"column.{found.name}", lang)


def _name(row: Row, lang: str) -> str:
    if isinstance(row, Therapy):
        found = drug(row.drug)
        return visible(row.drug) if found is None else pick({"en": found.en, "fr": found.fr}, lang)
    if isinstance(row, Measurement):
        return analyte_name(row, lang)
    label = getattr(row, "label", "")
    return visible(pick({"en": label, "fr": getattr(row, "label_fr", "") or label}, lang) or row.id)


def filed(place: Place, lang: str) -> str:
    """Say where in the files of the case one side stands: who writes a case looks there; ``""`` where not known."""
    line = "" if place.line is None else say("issue.where.line", lang, line=place.line)
    return ", ".join(part for part in (place.file, line) if part)


def to_json(proof: Proof, cases: Cases, lang: str) -> dict[str, Any]:
    """Return what was found as plain JSON values.

    Parameters
    ----------
    proof : Proof
        What was found.
    cases : mapping of str to Case
        The cases read, by id.
    lang : str
        Language of the sentences.

    Returns
    -------
    dict
        ``certain``, ``likely``, ``check`` (how many), ``illustrative`` (rows not read), ``without_assay`` (which values
        are held against no rule for that; ``""`` where none is) and ``findings``: for each
        ``rule``, ``family``, ``looks_for``, ``certainty``, ``case``, ``message``, ``transcribed`` (numbers of the
        disagreements), ``found_by`` (for a transcribed one, the rules that find it), ``known`` (both as a sentence)
        and ``places`` with ``row``, ``file``, ``line``, ``column``, ``value``, ``source``, ``locator`` and ``text``.
    """
    counts: dict[str, int] = {name: sum(one.certainty == name for one in proof.findings) for name in CERTAINTIES}
    found = [_finding_json(one, cases.get(one.case), lang) for one in proof.findings]
    rest = {"illustrative": proof.invented, "without_assay": unheld(proof, cases, lang)}
    return {**counts, **rest, "findings": found}


def unheld(proof: Proof, cases: Cases, lang: str, *, files: bool = True) -> str:
    """Say which values are held against no rule since it asks for another assay than is stated; ``""`` where none is.

    Parameters
    ----------
    proof : Proof
        What was found.
    cases : mapping of str to Case
        The cases read, by id.
    lang : str
        ``"en"`` or ``"fr"``.
    files : bool
        With the place of each in the files of its case.

    Returns
    -------
    str
        One sentence that names each.
    """
    rows = (cases[case].row(row) for case, row in proof.without_assay)
    values = [row for row in rows if isinstance(row, Measurement)]
    said = [value_name(row, lang) for row in values]
    if files:
        places = (filed(at(row, "value"), lang) for row in values)
        said = [say("consistency.of", lang, what=what, row=where) for what, where in zip(said, places, strict=True)]
    return say("consistency.without_assay", lang, values=say("list.semicolon", lang).join(said)) if said else ""


def _finding_json(one: Finding, case: Case | None, lang: str) -> dict[str, Any]:
    return {
        "rule": one.rule,
        "family": next(name for name, rules in FAMILIES.items() if one.rule in rules),
        "looks_for": looks_for(one.rule, lang),
        "certainty": one.certainty,
        "case": one.case,
        "message": sentence(one, lang),
        "transcribed": list(one.known),
        "found_by": list(one.found_by),
        "known": known(one, lang),
        "places": [
            {
                "row": place.row or None,
                "file": place.file,
                "line": place.line,
                "column": place.column or None,
                "value": _said(place, lang) or None,
                "source": place.source or None,
                "locator": _locator(place, lang) or None,
                "text": in_full(place, case, lang),
            }
            for place in one.places
        ],
    }
