"""The dose panels: what a source states about the dose of a glucocorticoid, and nothing between."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from casecurves.figure.compile.axis import Placer
from casecurves.figure.compile.lanes import certainty_of, middle
from casecurves.figure.compile.rows import is_soon
from casecurves.figure.compile.scales import limits, ticks
from casecurves.figure.compile.wording import Words
from casecurves.figure.spec import Envelope, Mark, Panel, Span, Step
from casecurves.knowledge import drug
from casecurves.model.case import Case
from casecurves.model.schema import DatedDose, Therapy


def build_dose_panels(case: Case, placer: Placer, words: Words) -> tuple[Panel, ...]:
    """Return one panel per glucocorticoid and unit with dated doses."""
    groups: dict[tuple[str, str], list[DatedDose]] = {}
    courses = {row.id: row for row in case.therapies}
    for dose in case.doses:
        course = courses.get(dose.therapy)
        known = drug(course.drug) if course else None
        if course is not None and known is not None and known.glucocorticoid and dose.dose is not None:
            groups.setdefault((words.drug(course), dose.dose_unit), []).append(dose)
    return tuple(_panel(placer, words, name, unit, rows, courses) for (name, unit), rows in groups.items())


def _panel(
    placer: Placer, words: Words, name: str, unit: str, rows: Sequence[DatedDose], courses: dict[str, Therapy]
) -> Panel:
    rows = sorted(rows, key=lambda row: _edge(placer, row.id, last=False))
    marks = tuple(_mark(placer, words, row) for row in rows)
    lo, hi = limits("linear", [0.0, *(row.dose for row in rows if row.dose is not None)])
    tapering = any(courses[row.therapy].course == "tapering" for row in rows)
    return Panel(
        key=f"dose|{name}|{unit}",
        label=words.say("panel.dose.name", drug=name),
        sublabel=words.say("panel.dose.unit", unit=words.unit(unit)),
        scale="linear",
        lo=lo,
        hi=hi,
        yticks=ticks("linear", lo, hi, words),
        marks=marks,
        steps=tuple(_steps(placer, rows)),
        envelopes=tuple(_envelopes(placer, rows, courses)),
        remark=words.say("panel.dose.taper") if tapering else words.say("panel.dose.holds"),
        dose=True,
    )


def _mark(placer: Placer, words: Words, row: DatedDose) -> Mark:
    how = certainty_of(placer, row)
    place = placer.interval(row.id)
    return Mark(
        row=row.id,
        shape="dot",
        certainty=how,
        place=place,
        x=middle(place, how),
        y=row.dose,
        label=words.number(row.dose or 0.0),
        basis=row.basis,
        disputed=row.status == "disputed",
        flags=words.flags(row),
        hover=words.hover(row, words.dose(row)),
    )


def _edge(placer: Placer, key: str, *, last: bool) -> float:
    zone, x, _ = placer.upper(key) if last else placer.lower(key)
    return {"before": placer.lo, "main": x, "after": placer.hi}[zone]


def _by_course(rows: Sequence[DatedDose]) -> list[list[DatedDose]]:
    """Return the doses that count, course by course: what one says ends with its own course, not with another's."""
    used = [row for row in rows if row.status == "used" and row.dose is not None]
    return [[row for row in used if row.therapy == name] for name in dict.fromkeys(row.therapy for row in used)]


def _steps(placer: Placer, rows: Sequence[DatedDose]) -> list[Step]:
    """Return the stretches over which a dose is stated to hold: up to the next dated dose, or as long as stated."""
    steps = []
    for course in _by_course(rows):
        for row, following in zip(course, [*(row.id for row in course[1:]), f"{course[0].therapy}.end"], strict=True):
            if row.dose is None or row.holds == "at":
                continue
            over = row.holds == "over"
            x0 = _edge(placer, row.id, last=not over)
            x1 = _edge(placer, row.id, last=True) if over else _edge(placer, following, last=False)
            if x1 > x0:
                steps.append(Step(Span("main", x0, x1), row.dose))
    return steps


def _envelopes(placer: Placer, rows: Sequence[DatedDose], courses: dict[str, Therapy]) -> list[Envelope]:
    """Return where the dose of a stated taper must lie: between two dated doses.

    That is from the latest day of the first (the earliest, where it is said to have come soon) to the earliest of the
    second.
    """
    found = []
    for course in _by_course(rows):
        if courses[course[0].therapy].course != "tapering":
            continue
        for a, b in pairwise(course):
            x0, x1 = _edge(placer, a.id, last=not is_soon(a)), _edge(placer, b.id, last=False)
            if a.holds == "at" and a.dose is not None and b.dose is not None and a.dose >= b.dose and x1 > x0:
                found.append(Envelope(Span("main", x0, x1), b.dose, a.dose))
    return found
