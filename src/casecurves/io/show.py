"""A case, a library's contents and the outcome of checks as plain JSON values.

Days are whole days from day zero, earliest rounded down and latest up; ``None`` where unbounded. A cell
that is empty is ``None``; ``written`` is always the text as the file has it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casecurves.knowledge import all_documents, analyte, analyte_name, drug, drug_name, ucum
from casecurves.knowledge.loinc import loinc
from casecurves.model.case import Case, Source
from casecurves.model.issues import Report
from casecurves.model.quantity import Quantity
from casecurves.model.schema import Arm, Comparison, DatedDose, Event, Measurement, Outcome, Row, Therapy
from casecurves.model.when import Statement, end_state
from casecurves.words import pick

Json = dict[str, Any]


def summary(case: Case, lang: str = "en") -> Json:
    """Return what a list of cases says of one.

    Parameters
    ----------
    case : Case
        A case.
    lang : str
        ``"en"`` or ``"fr"``.

    Returns
    -------
    dict
        ``id``, ``kind``, ``title``, ``diagnosis``, ``drugs``, ``analytes`` (each once, in file order) and
        ``illustrative``.
    """
    drugs = (drug_name(row.drug, lang) for row in case.therapies)
    analytes = (analyte_name(row.analyte, row.assay, lang) for row in case.measurements)
    return {
        "id": case.id,
        "kind": case.header.kind,
        "title": _text(case.header, "title", lang),
        "diagnosis": _text(case.header, "diagnosis", lang),
        "drugs": list(dict.fromkeys(drugs)),
        "analytes": list(dict.fromkeys(analytes)),
        "illustrative": case.illustrative,
    }


def figures_to_json(lang: str = "en") -> list[Json]:
    """Return every figure and table of the documents the shipped cases come from.

    Parameters
    ----------
    lang : str
        ``"en"`` or ``"fr"``.

    Returns
    -------
    list of dict
        ``id``, ``document``, ``label``, ``kind``, ``shows``, ``gives``, ``fidelity``, ``reason``, ``needs`` (what
        would be needed, ``None`` when nothing would) and ``view``: an address inside the dashboard, ``None`` when there
        is nothing to see.
    """
    texts = ("label", "shows", "gives", "reason")
    plain = ("id", "document", "kind", "fidelity")
    return [
        {
            **{name: getattr(figure, name) for name in plain},
            **{name: pick(getattr(figure, name), lang) for name in texts},
            "needs": pick(figure.needs, lang) if figure.needs else None,
            "view": figure.view or None,
        }
        for document in all_documents()
        for figure in document.figures
    ]


def to_json(case: Case, lang: str = "en") -> Json:
    """Return a whole case.

    Parameters
    ----------
    case : Case
        A case with its report.
    lang : str
        Language of labels, notes and findings.

    Returns
    -------
    dict
        ``id``, ``kind``, ``title``, ``patient``, ``day_zero``, ``last_follow_up``, ``sources``, one list
        for each table, ``discrepancies`` and ``issues``. A trial has ``arms`` and ``comparisons`` besides. A course
        has the ``atc`` code of its drug by its route, a measurement ``ucum`` and ``loinc``: ``None`` where none is
        known here.
    """
    header, who = case.header, case.header.patient
    closing = (row for row in case.events if row.kind in ("death", "last_follow_up"))
    last = next((row for row in closing if row.presence == "present"), None)
    shown: Json = {
        "id": case.id,
        "kind": header.kind,
        "title": _text(header, "title", lang),
        "patient": {
            "diagnosis": _text(header, "diagnosis", lang),
            "sex": who.sex,
            "age": who.age,
            "age_at": who.age_at or None,
            "n": who.n,
            "history": _text(who, "history", lang),
            "locator": _text(who, "locator", lang),
        },
        "day_zero": header.day_zero or None,
        "last_follow_up": _time(case, "last_follow_up", last.time if last else None),
        "sources": [_source(source, lang) for source in header.sources],
        "therapies": [_therapy(case, row, lang) for row in case.therapies],
        "doses": [_dose(case, row, lang) for row in case.doses],
        "measurements": [_measurement(case, row, lang) for row in case.measurements],
        "events": [_event(case, row, lang) for row in case.events],
        "outcomes": [_outcome(case, row, lang) for row in case.outcomes],
        "discrepancies": [_discrepancy(case, number, lang) for number in range(len(header.discrepancies))],
        "issues": [issue.to_json(lang) for issue in case.report],
    }
    return shown | (_trial(case, lang) if case.arms else {})


def validation(found: Mapping[str, tuple[Case | None, Report]], lang: str = "en") -> Json:
    """Return the outcome of checks.

    Parameters
    ----------
    found : mapping of str to (Case or None, Report)
        What `read_library` returns, or one `read_case` under the id of its case.
    lang : str
        Language of the findings.

    Returns
    -------
    dict
        ``cases`` (``id``, ``drawn``, ``errors``, ``warnings``), ``errors`` and ``warnings`` over all of
        them, and ``issues``, each with the id of its ``case``.
    """
    cases = [
        {
            "id": case_id,
            "drawn": case is not None,
            "errors": report.count("error"),
            "warnings": report.count("warning"),
        }
        for case_id, (case, report) in found.items()
    ]
    return {
        "cases": cases,
        "errors": sum(report.count("error") for _, report in found.values()),
        "warnings": sum(report.count("warning") for _, report in found.values()),
        "issues": [
            {"case": case_id, **issue.to_json(lang)} for case_id, (_, report) in found.items() for issue in report
        ],
    }


def _source(source: Source, lang: str) -> Json:
    shown = source.model_dump(exclude={"title_fr", "note", "note_fr"})
    return shown | {"title": _text(source, "title", lang) or ""}


def _therapy(case: Case, row: Therapy, lang: str) -> Json:
    return {
        "id": row.id,
        "drug": row.drug,
        "atc": _atc(row),
        "dose": row.dose,
        "dose_unit": row.dose_unit or None,
        "frequency": _text(row, "frequency", lang),
        "route": row.route or None,
        "doses": row.doses,
        "every": row.every or None,
        "regimen": _text(row, "regimen", lang),
        "start": _time(case, row.id, row.start),
        "end": _end(case, row.id, row.end),
        **_origin(row, lang),
    }


def _atc(row: Therapy) -> str | None:
    known = drug(row.drug)
    return (known.atc(row.route) or None) if known else None


def _dose(case: Case, row: DatedDose, lang: str) -> Json:
    return {
        "id": row.id,
        "therapy": row.therapy,
        "dose": row.dose,
        "dose_unit": row.dose_unit or None,
        "frequency": _text(row, "frequency", lang),
        "time": _time(case, row.id, row.time),
        "holds": row.holds,
        **_origin(row, lang),
    }


def _measurement(case: Case, row: Measurement, lang: str) -> Json:
    return {
        "id": row.id,
        "analyte": row.analyte,
        "assay": _text(row, "assay", lang),
        "value": _value(row.value),
        "unit": row.unit or None,
        "ucum": ucum(row.unit, analyte(row.analyte, row.assay)),
        "loinc": _loinc(row),
        "ref_low": row.ref_low,
        "ref_high": row.ref_high,
        "time": _time(case, row.id, row.time),
        **_origin(row, lang),
    }


def _loinc(row: Measurement) -> str | None:
    known = analyte(row.analyte, row.assay)
    found = loinc(known, row.unit, row.assay) if known else None
    return found.code if found else None


def _value(value: Quantity) -> Json:
    return {
        "written": value.written,
        "kind": value.kind,
        "number": value.number,
        "comparator": value.comparator,
        "titre": value.titre,
        "grade": value.grade,
        "grade_of": value.grade_of,
        "low": value.low,
        "high": value.high,
        "category": value.category,
        "trend": value.trend,
    }


def _event(case: Case, row: Event, lang: str) -> Json:
    return {
        "id": row.id,
        "kind": row.kind,
        "label": _text(row, "label", lang),
        "presence": row.presence,
        "time": _time(case, row.id, row.time),
        "end": None if row.end is None else _end(case, row.id, row.end),
        "grade": row.grade or None,
        "related_therapy": row.related_therapy or None,
        **_origin(row, lang),
    }


def _outcome(case: Case, row: Outcome, lang: str) -> Json:
    return {
        "id": row.id,
        "arm": row.arm or None,
        "label": _text(row, "label", lang),
        "count": row.count,
        "of": row.of,
        "response": row.response or None,
        "percent": None if row.percent is None else _value(row.percent),
        "ci_low": row.ci_low,
        "ci_high": row.ci_high,
        "ci_level": row.ci_level,
        "time": None if row.time is None else _time(case, row.id, row.time),
        **_origin(row, lang),
    }


def _trial(case: Case, lang: str) -> Json:
    return {
        "arms": [_arm(row, lang) for row in case.arms],
        "comparisons": [_comparison(case, row, lang) for row in case.comparisons],
    }


def _arm(row: Arm, lang: str) -> Json:
    return {
        "id": row.id,
        "label": _text(row, "label", lang),
        "trial": _text(row, "trial", lang),
        "phase": row.phase or None,
        "progress": row.progress or None,
        "n": row.n,
        **_origin(row, lang),
    }


def _comparison(case: Case, row: Comparison, lang: str) -> Json:
    return {
        "id": row.id,
        "label": _text(row, "label", lang),
        "arm": row.arm,
        "versus": row.versus,
        "measure": row.measure,
        "estimate": row.estimate,
        "ci_low": row.ci_low,
        "ci_high": row.ci_high,
        "ci_level": row.ci_level,
        "p": row.p or None,
        "time": None if row.time is None else _time(case, row.id, row.time),
        **_origin(row, lang),
    }


def _discrepancy(case: Case, number: int, lang: str) -> Json:
    found = case.header.discrepancies[number]
    names = ("label", "used", "used_where", "other", "other_where", "why")
    return {
        "rows": list(found.rows),
        "column": found.column or None,
        **{name: _text(found, name, lang) for name in names},
        "other_time": None if found.other_time is None else found.other_time.written,
        "doubtful": found.doubtful,
    }


def _origin(row: Row, lang: str) -> Json:
    return {
        "basis": row.basis,
        "status": row.status,
        "source": row.source or None,
        "locator": _text(row, "locator", lang),
        "note": _text(row, "note", lang),
    }


def _time(case: Case, point: str, statement: Statement | None) -> Json:
    bounds = case.chronology.bounds(point)
    first, last = case.chronology.dates(point)
    shown: Json = {
        "written": "" if statement is None else statement.written,
        "earliest": bounds.earliest,
        "latest": bounds.latest,
        "qualifier": "unknown" if statement is None else statement.qualifier,
    }
    dates = {"date_earliest": first, "date_latest": last}
    return shown | {name: date.isoformat() for name, date in dates.items() if date is not None}


def _end(case: Case, row_id: str, statement: Statement | None) -> Json:
    return {**_time(case, f"{row_id}.end", statement), "state": end_state(statement)}


def _text(holder: object, name: str, lang: str) -> str | None:
    """Return a text that exists in both languages, the other one where it is missing."""
    english, french = getattr(holder, name), getattr(holder, f"{name}_fr")
    return (french or english if lang == "fr" else english or french) or None
