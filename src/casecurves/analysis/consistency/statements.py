"""Statements in two places: text and legend, one source and another, one row and the next; and what a reader found."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import combinations
from typing import TypeVar

from casecurves.analysis.consistency.finding import Certainty, Finding, Place, at, both, found
from casecurves.knowledge import analyte, drug
from casecurves.knowledge.fold import fold
from casecurves.model.case import Case, Discrepancy
from casecurves.model.quantity import parse_number
from casecurves.model.schema import DatedDose, Measurement, Row, Therapy, table_of
from casecurves.model.trials import Arm, Outcome
from casecurves.words import pick

_LEGEND = re.compile(r"\b(legends?|captions?|légendes?)\b", re.IGNORECASE)
_Dated = TypeVar("_Dated", Measurement, DatedDose)
# One number and the word of its unit, and nothing else: "62 years".
_AMOUNT = re.compile(r"(?P<number>\d+(?:[.,]\d+)?)\s*(?P<unit>[^\W\d]+|%)")


def statements(case: Case) -> Iterator[Finding]:
    """Yield statements that another place does not bear out.

    Parameters
    ----------
    case : Case
        Any case.

    Yields
    ------
    Finding
        Of ``legend.only``, ``source.counts``, ``value.twice`` and ``dose.twice``.
    """
    for table, column in ((case.therapies, "drug"), (case.measurements, "analyte"), (case.events, "label")):
        yield from _legend_only(case, table, column)
    yield from _two_sources(case)
    yield from _two_values(case)
    yield from _two_doses(case)


def _legend_only(case: Case, rows: Sequence[Row], column: str) -> Iterator[Finding]:
    """Yield what only a legend says, where the text tells of its like."""
    stated = [row for row in rows if row.basis != "illustrative" and (row.locator or row.locator_fr)]
    told = [row for row in stated if not _in_legend(row)]
    for row in stated if told else ():
        if _in_legend(row):
            name = _named(row)
            others, others_fr = (_elsewhere(told, lang) for lang in ("en", "fr"))
            file = f"{table_of(row)}.csv"
            sides = (at(row, column), Place("", file, None, column, "", "", others, row.source, others_fr))
            where = both(row.locator, row.locator_fr)
            yield found("legend.only", "check", case, sides, name=name, locator=where)


def _named(row: Row) -> Mapping[str, str]:
    """Return what a course, a value or an event is called, in both languages."""
    if isinstance(row, Therapy | Measurement):
        name = row.drug if isinstance(row, Therapy) else row.analyte
        known = drug(name) if isinstance(row, Therapy) else analyte(name, row.assay)
        return both(name, "") if known is None else both(known.en, known.fr)
    return both(getattr(row, "label", ""), getattr(row, "label_fr", ""))


def _in_legend(row: Row) -> bool:
    return all(_LEGEND.search(part) for part in _parts(row, "en"))


def _elsewhere(told: Sequence[Row], lang: str) -> str:
    """Return where rows stand besides legends."""
    return ", ".join(dict.fromkeys(place for row in told for place in _parts(row, lang) if not _LEGEND.search(place)))


def _parts(row: Row, lang: str) -> list[str]:
    return [part.strip() for part in pick(both(row.locator, row.locator_fr), lang).split(";")]


def _two_sources(case: Case) -> Iterator[Finding]:
    """Yield counts that two sources give differently for what is the same arm of the same size."""
    for one, other in combinations(case.arms, 2):
        if one.source == other.source or not _same_arm(one, other):
            continue
        for a in _counts(case, one):
            for b in _counts(case, other):
                if (a.response, fold(a.label)) == (b.response, fold(b.label)) and a.count != b.count:
                    sides = (at(a, "count"), at(b, "count"))
                    about = {
                        "a": a.count,
                        "b": b.count,
                        "source": partial(case.cited, a.source),
                        "other": partial(case.cited, b.source),
                    }
                    yield found("source.counts", "certain", case, sides, **about, label=both(a.label, a.label_fr))


def _same_arm(one: Arm, other: Arm) -> bool:
    trials = sorted((fold(one.trial), fold(other.trial)), key=len)
    alike = fold(one.label) == fold(other.label) and one.n == other.n is not None and one.phase == other.phase
    return alike and trials[1].startswith(trials[0])


def _counts(case: Case, arm: Arm) -> list[Outcome]:
    return [row for row in case.outcomes if row.arm == arm.id and row.count is not None and row.basis != "illustrative"]


def _two_values(case: Case) -> Iterator[Finding]:
    stated = [row for row in case.measurements if row.basis != "illustrative" and row.value.number is not None]
    for a, b in _dated_alike(stated, _series):
        if a.value.number != b.value.number and _at_once(case, a, b):
            sides = (at(a, "value"), at(b, "value"))
            yield found("value.twice", "check", case, sides, a=a.value.written, b=b.value.written, unit=a.unit)


def _dated_alike(rows: Iterable[_Dated], key: Callable[[_Dated], Hashable]) -> Iterator[tuple[_Dated, _Dated]]:
    """Yield pairs of rows with the same key and the same time as written; grouped, for there may be thousands."""
    groups: dict[Hashable, list[_Dated]] = defaultdict(list)
    for row in rows:
        if row.time is not None:
            groups[key(row), row.time.written].append(row)
    for group in groups.values():
        yield from combinations(group, 2)


def _series(row: Measurement) -> tuple[str, str, str]:
    known = analyte(row.analyte, row.assay)
    if known is None:
        return fold(row.analyte), fold(row.assay), row.unit
    return known.id, fold(row.assay), known.ucum(row.unit) or row.unit


def _two_doses(case: Case) -> Iterator[Finding]:
    stated = [row for row in case.doses if row.basis != "illustrative" and row.dose is not None and row.holds != "over"]
    for a, b in _dated_alike(stated, lambda row: (row.therapy, row.dose_unit, fold(row.frequency))):
        if a.dose != b.dose and _at_once(case, a, b):
            sides = (at(a, "dose"), at(b, "dose"))
            yield found("dose.twice", "check", case, sides, a=a.dose, b=b.dose, unit=a.dose_unit)


def _at_once(case: Case, a: Measurement | DatedDose, b: Measurement | DatedDose) -> bool:
    """Tell whether two rows dated alike are dated so closely that there was one moment."""
    least, most = case.chronology.gap(a.id, b.id)
    return least is not None and most is not None and most - least <= 2


def transcribed(case: Case, by_rule: Sequence[Finding]) -> Iterator[Finding]:
    """Yield the disagreements that a reader transcribed, with the rules that find them, too.

    Parameters
    ----------
    case : Case
        Any case.
    by_rule : sequence of Finding
        What the rules found in it.

    Yields
    ------
    Finding
        Of ``transcribed``; ``certain`` where each side is a number of the same unit and they differ, ``likely`` where
        the reader marks a statement as doubtful, else ``check``: both may hold, in some sense.
    """
    for number, item in enumerate(case.header.discrepancies, 1):
        rules = dict.fromkeys(one.rule for one in by_rule if number in one.known)
        tried = item.other_time is not None and "order.other" not in rules
        yield Finding(
            "transcribed",
            _certainty(item),
            case.id,
            tuple(_sides(case, item)),
            {"label": both(item.label, item.label_fr), "why": both(item.why, item.why_fr), "tried": tried},
            (number,),
            tuple(rules),
        )


def _certainty(item: Discrepancy) -> Certainty:
    one, other = (_AMOUNT.fullmatch(text.strip()) for text in (item.used, item.other))
    if one and other and one["unit"] == other["unit"]:
        return "check" if parse_number(one["number"]) == parse_number(other["number"]) else "certain"
    return "likely" if item.doubtful else "check"


def known(case: Case, finding: Finding) -> tuple[int, ...]:
    """Return the numbers of the transcribed disagreements that a finding is about: their rows are among its rows."""
    columns = {place.column for place in finding.places} | {""}
    return tuple(
        number
        for number, item in enumerate(case.header.discrepancies, 1)
        if set(item.rows) <= finding.rows and item.column in columns
    )


def _sides(case: Case, item: Discrepancy) -> Iterator[Place]:
    rows = ", ".join(item.rows)
    first = case.row(item.rows[0]) if item.rows else None
    file = "case.toml" if first is None else f"{table_of(first)}.csv"
    line, source = (None, "") if first is None else (first.line or None, first.source)
    yield Place(rows, file, line, item.column, item.used, item.used_fr, item.used_where, source, item.used_where_fr)
    yield Place(rows, file, None, item.column, item.other, item.other_fr, item.other_where, source, item.other_where_fr)
