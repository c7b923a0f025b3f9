"""The dose panels: what a source states about the dose of a glucocorticoid, and nothing between."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

from casecurves.analysis.courses import Piece, pieces, stretches
from casecurves.analysis.exposure import counts
from casecurves.figure.compile.axis import Placer
from casecurves.figure.compile.lanes import certainty_of, middle
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
    return tuple(_panel(case, placer, words, name, unit, rows, courses) for (name, unit), rows in groups.items())


def _panel(
    case: Case,
    placer: Placer,
    words: Words,
    name: str,
    unit: str,
    rows: Sequence[DatedDose],
    courses: dict[str, Therapy],
) -> Panel:
    rows = sorted(rows, key=lambda row: _edge(placer, row.id, last=False))
    marks = tuple(_mark(placer, words, row) for row in rows)
    lo, hi = limits("linear", [0.0, *(row.dose for row in rows if row.dose is not None)])
    profiles = list(_profiles(case, placer, rows, unit))
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
        steps=_steps(placer, profiles),
        envelopes=_envelopes(placer, profiles),
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


def _profiles(case: Case, placer: Placer, rows: Sequence[DatedDose], unit: str) -> Iterator[tuple[Piece, ...]]:
    """Return, course by course, between which limits the dose lies in the unit at hand, as far as it is stated."""
    for name in dict.fromkeys(row.therapy for row in rows):
        course = next(row for row in case.therapies if row.id == name)
        doses = [row for row in case.doses if row.therapy == name and counts(case, row)]
        if counts(case, course) and doses:
            yield pieces(stretches(case, course, placer.chronology, doses, lambda row: _stated(row, unit)))


def _stated(row: Therapy | DatedDose, unit: str) -> float | None:
    return row.dose if row.dose_unit == unit else None


def _steps(placer: Placer, profiles: Iterable[Sequence[Piece]]) -> tuple[Step, ...]:
    """Return the stretches over which a dose is stated to hold."""
    known = [piece for profile in profiles for piece in profile if piece.low == piece.high]
    return tuple(Step(span, piece.low) for piece in known if (span := _span(placer, piece)))


def _envelopes(placer: Placer, profiles: Iterable[Sequence[Piece]]) -> tuple[Envelope, ...]:
    """Return the stretches on which the dose lies between two limits."""
    limited = [piece for profile in profiles for piece in profile if piece.low < piece.high < math.inf]
    return tuple(Envelope(span, piece.low, piece.high) for piece in limited if (span := _span(placer, piece)))


def _span(placer: Placer, piece: Piece) -> Span | None:
    """Return the part of a piece that the scaled axis shows."""
    x0, x1 = max(float(piece.start), placer.lo), min(float(piece.end), placer.hi)
    return Span("main", x0, x1) if x1 > x0 else None
