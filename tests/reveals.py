"""What a case told up to a step must be blind to: everything that comes later, changed beyond recognition."""

import json
from dataclasses import replace
from itertools import count

from casecurves.analysis.reveal import reveal, steps
from casecurves.figure.caption import caption
from casecurves.figure.compile import compile as compile_case
from casecurves.figure.compile.details import lines
from casecurves.figure.options import Options
from casecurves.figure.plotly import to_plotly
from casecurves.figure.svg import to_svg
from casecurves.figure.tables import tables
from casecurves.model.case import Source
from casecurves.model.quantity import parse_quantity
from casecurves.model.schema import DatedDose, Event, Measurement, Therapy

# What is known of a course or state only when it has ended, and of any row only when all is told.
_AT_THE_END = ("reason_stopped", "reason_stopped_fr")
_AT_LAST = ("note", "note_fr", "locator", "response", "response_fr")
_TEXTS = ("label", "label_fr", "drug", "analyte", "assay", "assay_fr", "grade", "grade_fr", "unit", "dose_unit")
_OF_THE_CASE = ("title", "title_fr", "short", "short_fr", "diagnosis", "diagnosis_fr", "note", "note_fr")
_TEXTS += ("frequency", "frequency_fr", "reason_started", "reason_started_fr")


def known(told, number):
    return {point for step in told[: number + 1] for point in step.points}


def written(cut, lang="en"):
    """Everything that is made of a case for a reader, as one text."""
    options = Options(lang=lang)
    spec = compile_case(cut, options)
    parts = [
        json.dumps(spec.to_json(), ensure_ascii=False),
        to_svg(spec),
        json.dumps(to_plotly(spec), ensure_ascii=False, default=str),
        repr(tables(cut, lang)),
        caption(spec),
        repr(lines(cut, options)),
        repr(cut.header),
        cut.id,
    ]
    return "\n".join(parts)


def scrambled(case, told, number):
    """The same case with all words, values and counts changed that are not known at a step; times as they are."""
    points, fresh = known(told, number), count(1)

    def changed(row):
        fields = {name: f"later {name} {next(fresh)}" for name in _AT_LAST if hasattr(row, name)}
        ended = f"{row.id}.end" in points or (isinstance(row, Event) and row.end is None)
        if not ended:
            fields |= {name: f"later {name} {next(fresh)}" for name in _AT_THE_END if hasattr(row, name)}
        if isinstance(row, Therapy) and not ended and row.every == "":
            fields |= {"doses": None if row.doses is None else row.doses + 7}
        if isinstance(row, Event) and not ended:
            fields |= {"grade": f"later {next(fresh)}", "grade_fr": ""}
        if row.id not in points:
            fields |= {name: f"later {name} {next(fresh)}" for name in _TEXTS if getattr(row, name, "")}
            if isinstance(row, Therapy | DatedDose):
                fields |= {"dose": 77777.0 + next(fresh)}
            if isinstance(row, Measurement):
                fields |= {"value": parse_quantity(f"{88888 + next(fresh)}"), "ref_high": 99999.0}
        return row.model_copy(update=fields)

    header = case.header.model_copy(
        update={
            **{name: f"later {name}" for name in _OF_THE_CASE},
            "sources": (Source(key="later-source", title="Dead within the year", doi="10.1000/later"),),
            "discrepancies": tuple(
                each.model_copy(update=dict.fromkeys(("label", "label_fr", "used", "other", "why"), "later"))
                for each in case.header.discrepancies
            ),
            "patient": case.header.patient.model_copy(update={"history": "later", "history_fr": "later"}),
        }
    )
    rows = {name: tuple(map(changed, getattr(case, name))) for name in ("therapies", "doses", "measurements", "events")}
    return replace(case, id="later", header=header, **rows)


def told_at(case, number, lang="en", **hidden):
    return reveal(case, steps(case), number, lang=lang, **hidden)


def difference(one, other):
    """Where two texts part; ``""`` when they do not."""
    if one == other:
        return ""
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f"{one[max(0, at - 60) : at + 60]!r} / {other[max(0, at - 60) : at + 60]!r}"
