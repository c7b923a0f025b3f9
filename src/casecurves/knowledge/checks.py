"""What the field knows, held against a case: unknown names, units that do not fit, a drug twice at once."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from casecurves.knowledge.analytes import Analyte, analyte
from casecurves.knowledge.drugs import drug
from casecurves.knowledge.fold import fold
from casecurves.knowledge.rhythms import rhythm
from casecurves.knowledge.rules import all_rules
from casecurves.model.case import Case
from casecurves.model.findings import issue_at
from casecurves.model.issues import Issue
from casecurves.model.schema import DatedDose, Measurement, Therapy
from casecurves.model.teaching import FILE

# Values whose number needs a unit to mean anything.
_MEASURED = ("number", "censored", "range")
# What spreadsheets and statistics programs write where there is nothing.
_LIKE_MISSING = frozenset({"na", "n/a", "#n/a", "nan", "nd", "null", "none"})


def check(case: Case) -> list[Issue]:
    """Hold a case against what is known here; all findings are warnings but two notices.

    Parameters
    ----------
    case : Case
        A case.

    Returns
    -------
    list of Issue
        ``drug.unknown`` (or the notice ``drug.like_missing``), the notice ``frequency.free``, ``analyte.unknown``,
        ``unit.missing``,
        ``unit.unknown`` and ``unit.other``, once for each name or unit, ``drug.twice`` for each course that
        certainly overlaps another of the same drug by the same route, and ``stop.no_rule``.
    """
    return [*_drugs(case), *_frequencies(case), *_analytes(case), *_twice(case), *_rules(case)]


def _frequencies(case: Case) -> Iterator[Issue]:
    seen: set[str] = set()
    rows: tuple[Therapy | DatedDose, ...] = (*case.therapies, *case.doses)
    for row in rows:
        text = row.frequency or row.frequency_fr
        # What is said in both languages was meant as a text.
        if text and not (row.frequency and row.frequency_fr) and rhythm(text) is None and fold(text) not in seen:
            seen.add(fold(text))
            column = "frequency" if row.frequency else "frequency_fr"
            yield issue_at("notice", "frequency.free", row, column, text)


def _rules(case: Case) -> Iterator[Issue]:
    for number, stop in enumerate(case.teaching.stops if case.teaching else (), 1):
        if stop.rule and stop.rule not in all_rules():
            known = ", ".join(all_rules())
            yield Issue("warning", "stop.no_rule", FILE, None, f"stops.{number}.rule", stop.rule, {"known": known})


def _drugs(case: Case) -> Iterator[Issue]:
    unknown: dict[str, Therapy] = {}
    for row in case.therapies:
        if drug(row.drug) is None:
            unknown.setdefault(fold(row.drug), row)
    for row in unknown.values():
        if row.drug.casefold() in _LIKE_MISSING:
            yield issue_at("notice", "drug.like_missing", row, "drug", row.drug)
        else:
            yield issue_at("warning", "drug.unknown", row, "drug", row.drug)


def _analytes(case: Case) -> Iterator[Issue]:
    seen: set[tuple[str, str]] = set()
    for row in case.measurements:
        known = analyte(row.analyte, row.assay)
        code = "analyte.unknown" if known is None else _misfit(row, known)
        about = (code, row.analyte if known is None else f"{known.id}|{row.unit}")
        if not code or about in seen:
            continue
        seen.add(about)
        if known is None:
            yield issue_at("warning", code, row, "analyte", row.analyte)
        else:
            fitting = ", ".join(known.units)
            yield issue_at("warning", code, row, "unit", row.unit, analyte=row.analyte, units=fitting)


def _misfit(row: Measurement, known: Analyte) -> str:
    if not row.unit:
        return "unit.missing" if row.value.kind in _MEASURED and not known.unitless else ""
    code = known.ucum(row.unit)
    if code is None:
        return "unit.unknown"
    return "" if code in known.units else "unit.other"


def _twice(case: Case) -> Iterator[Issue]:
    used = sorted((row for row in case.therapies if row.status == "used"), key=_same)
    for _, group in groupby(used, key=_same):
        courses = sorted((_placed(case, row) for row in group), key=lambda course: course.start_latest)
        longest = courses[0]
        for course in courses[1:]:
            if longest.surely_overlaps(course):
                row, other = course.row, longest.row
                yield issue_at("warning", "drug.twice", row, "drug", row.drug, other=other.id, other_line=other.line)
            if course.end_earliest > longest.end_earliest:
                longest = course


def _same(row: Therapy) -> tuple[str, str]:
    # Oral and topical, or oral and intravenous, are given together on purpose.
    known = drug(row.drug)
    return known.id if known else fold(row.drug), row.route


@dataclass(frozen=True)
class _Course:
    """A course, and the days between which it was certainly on."""

    row: Therapy
    start_latest: float
    end_earliest: float

    def surely_overlaps(self, other: _Course) -> bool:
        """Tell whether the two were certainly on at one time."""
        return self.start_latest < other.end_earliest and other.start_latest < self.end_earliest


def _placed(case: Case, row: Therapy) -> _Course:
    start = case.chronology.exact_bounds(row.id)[1]
    end = case.chronology.exact_bounds(f"{row.id}.end")[0]
    return _Course(row, math.inf if start is None else start, -math.inf if end is None else end)
