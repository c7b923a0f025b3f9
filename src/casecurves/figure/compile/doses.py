"""The dose panels: what a source states about the dose of a glucocorticoid, as stated or in prednisone."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

from casecurves.analysis.courses import Gap, Given, Piece, pieces, stretches
from casecurves.analysis.exposure import exposure
from casecurves.analysis.milligrams import agent_of, counts, daily, is_glucocorticoid, is_pulse
from casecurves.analysis.placing import unplaced
from casecurves.analysis.saying import summary
from casecurves.analysis.times import elides
from casecurves.figure.compile.axis import Placer
from casecurves.figure.compile.lanes import certainty_of, middle
from casecurves.figure.compile.scales import limits, ticks
from casecurves.figure.compile.sizes import between, comes_to
from casecurves.figure.compile.wording import Words
from casecurves.figure.options import Options
from casecurves.figure.spec import Certainty, Envelope, Mark, Panel, Span, Step, Threshold
from casecurves.knowledge import drug_name
from casecurves.knowledge.glucocorticoids import is_group, low_dose
from casecurves.model.case import Case
from casecurves.model.schema import DatedDose, Therapy

# A row that states a dose, and the course it belongs to.
Stated = tuple[Therapy | DatedDose, Therapy]


def build_dose_panels(case: Case, placer: Placer, words: Words, options: Options) -> tuple[Panel, ...]:
    """Return the dose panels of a case.

    As stated, that is one for each glucocorticoid and unit. In prednisone, one scale holds all agents that are named
    (or assumed), with pulses above it; what has no equivalent keeps a panel in its own words.
    """
    rows = list(_stated_doses(case))
    converted: list[Stated] = []
    if options.dose == "prednisone":
        converted = [(row, course) for row, course in rows if _converts(case, row, course, options)]
        pulses = [(course, course) for course in _courses(case) if _is_counted_pulse(case, course, options)]
        converted += [pulse for pulse in pulses if pulse not in converted]
    own = _prednisone(case, placer, words, options, converted) if converted else ()
    groups: dict[tuple[str, str], list[Stated]] = {}
    for row, course in rows:
        if (row, course) not in converted:
            groups.setdefault((words.drug(course), row.dose_unit), []).append((row, course))
    panels = [*own, *(_panel(case, placer, words, options, key, found) for key, found in groups.items())]
    said = summary(exposure(case, assume=options.assume), words.lang)
    return tuple(_with_summary(panel, said if number == 0 else ()) for number, panel in enumerate(panels))


def _courses(case: Case) -> list[Therapy]:
    return [row for row in case.therapies if is_glucocorticoid(row) and not unplaced(case, row.id)]


def _stated_doses(case: Case) -> Iterator[Stated]:
    """Yield every dated dose, and the dose of each course that has one throughout and no dated doses."""
    courses = {row.id: row for row in case.therapies if is_glucocorticoid(row)}
    for dose in case.doses:
        if dose.dose is not None and dose.therapy in courses:
            yield dose, courses[dose.therapy]
    dated = {dose.therapy for dose in case.doses}
    for course in _courses(case):
        throughout = course.doses is None and course.course not in {"intermittent", "tapering"}
        if course.dose is not None and course.id not in dated and throughout:
            yield course, course


def _doses_of(case: Case, course: Therapy) -> list[DatedDose]:
    return [row for row in case.doses if row.therapy == course.id and counts(case, row)]


def _pulsed(case: Case, course: Therapy, options: Options) -> bool:
    return is_pulse(case, case.chronology, course, _doses_of(case, course), agent_of(course, options.assume))


def _converts(case: Case, row: Therapy | DatedDose, course: Therapy, options: Options) -> bool:
    """Tell whether a dose has a place in the panel of prednisone: of a named agent, and one a day or a pulse."""
    if agent_of(course, options.assume) is None:
        return False
    return isinstance(daily(case, case.chronology, row), Given) or _pulsed(case, course, options)


def _is_counted_pulse(case: Case, course: Therapy, options: Options) -> bool:
    """Tell whether a course stands for its pulses because none of them is dated."""
    dated = any(dose.therapy == course.id for dose in case.doses)
    return course.dose is not None and not dated and _pulsed(case, course, options)


def _prednisone(
    case: Case, placer: Placer, words: Words, options: Options, rows: Sequence[Stated]
) -> tuple[Panel, ...]:
    """Return the panel of prednisone-equivalents: doses on one scale, pulses above it."""
    pulses = [(row, course) for row, course in rows if _pulsed(case, course, options)]
    others = [(row, course) for row, course in rows if (row, course) not in pulses]
    others.sort(key=lambda stated: _edge(placer, stated[0].id))
    marks = [_converted(placer, words, options, row, course) for row, course in others]
    profile = exposure(case, assume=options.assume, illustrative=True, chronology=placer.chronology).profile
    low = low_dose()
    top = [piece.high for piece in profile if piece.high < math.inf]
    lo, hi = limits("linear", [0.0, low.mg, *(y for mark in marks for y in (mark.y, mark.y2) if y is not None), *top])
    steps = _steps(placer, [profile])
    shown = Panel(
        key="dose|prednisone",
        label=words.say("panel.dose.prednisone.name"),
        sublabel=words.say("panel.dose.prednisone.unit") if marks else "",
        scale="linear" if marks else "words",
        lo=lo if marks else 0.0,
        hi=hi if marks else 1.0,
        yticks=ticks("linear", lo, hi, words) if marks else (),
        marks=(*(_pulse(placer, words, row, course) for row, course in pulses), *_held(marks, others, steps)),
        thresholds=(_low(words, marks[0].row),) if marks else (),
        steps=steps if marks else (),
        envelopes=_envelopes(placer, [profile], unbounded=True) if marks else (),
        dose=True,
    )
    return (shown,)


def _low(words: Words, row: str) -> Threshold:
    low = low_dose()
    label = words.say("panel.dose.low", mg=words.number(low.mg))
    return Threshold(f"{row}.limit-0", low.mg, label, low.cited(words.lang), low.verified, words.unit("mg/d"))


def _converted(placer: Placer, words: Words, options: Options, row: Therapy | DatedDose, course: Therapy) -> Mark:
    """Return the mark of a daily dose at its equivalent, labelled as written."""
    agent, stated = agent_of(course, options.assume), daily(words.case, placer.chronology, row)
    worth = None if agent is None or isinstance(stated, str) else stated.times(agent.factor)
    # Every how many days belongs to an amount that is not one of each day.
    written = words.amount(row) if isinstance(stated, str) or not stated.swing else words.dose(row)
    label = words.say("panel.dose.written", drug=words.drug(course), dose=written)
    mark = _mark(placer, words, row, label)
    said: tuple[str, ...] = ()
    if agent is not None and worth is not None:
        key = "panel.dose.worth" if agent.verified else "panel.dose.worth_unverified"
        own = f"{drug_name(agent.agent, words.lang)} {words.number(agent.mg)}"
        said = (words.say(key, mg=between(words, worth.low, worth.high), own=own, source=agent.cited(words.lang)),)
    low, high = (None, None) if worth is None else (worth.low, worth.high)
    return _replaced(mark, y=low, y2=None if low == high else high, hover=(mark.hover[0], *said, *mark.hover[1:]))


def _pulse(placer: Placer, words: Words, row: Therapy | DatedDose, course: Therapy) -> Mark:
    """Return the mark of pulses, in their own words and on no scale."""
    times = row.doses if isinstance(row, Therapy) else None
    dose = words.say("panel.dose.pulses", n=times, dose=words.amount(row)) if times else words.amount(row)
    mark = _mark(placer, words, row, words.say("panel.dose.written", drug=words.drug(course), dose=dose))
    place, how = mark.place, mark.certainty
    if isinstance(row, Therapy) and row.end is not None:
        place = placer.between(placer.lower(row.id), placer.upper(f"{row.id}.end")) or place
        how = "interval"
    return _replaced(mark, shape="pulse", place=place, certainty=how, x=middle(place, how), y=None)


def _replaced(mark: Mark, **fields: object) -> Mark:
    return Mark(**{**mark.__dict__, **fields})


def _panel(
    case: Case, placer: Placer, words: Words, options: Options, key: tuple[str, str], rows: Sequence[Stated]
) -> Panel:
    """Return the panel of one drug and unit, as stated."""
    drug, unit = key
    rows = sorted(rows, key=lambda stated: _edge(placer, stated[0].id))
    lo, hi = limits("linear", [0.0, *(row.dose for row, _ in rows if row.dose is not None)])
    steps = _steps(placer, profiles := list(_profiles(case, placer, rows, unit)))
    marks = [_mark(placer, words, row, words.number(row.dose or 0.0)) for row, _ in rows]
    without = options.dose == "prednisone"
    named = words.say("panel.dose.unnamed" if is_group(rows[0][1].drug) else "panel.dose.no_equivalent")
    return Panel(
        key=f"dose|{drug}|{unit}",
        label=words.say("panel.dose.name_vowel" if elides(drug) else "panel.dose.name", drug=drug),
        sublabel=" · ".join(
            (words.say("panel.dose.unit", unit=words.unit(unit)), *((named,) if without else ())),
        ),
        scale="linear",
        lo=lo,
        hi=hi,
        yticks=ticks("linear", lo, hi, words),
        marks=tuple(_held(marks, rows, steps)),
        steps=steps,
        envelopes=_envelopes(placer, profiles),
        dose=True,
    )


def _mark(placer: Placer, words: Words, row: Therapy | DatedDose, label: str) -> Mark:
    how: Certainty = certainty_of(placer, row)
    place = placer.interval(row.id)
    return Mark(
        row=row.id,
        shape="dot",
        certainty=how,
        place=place,
        x=middle(place, how),
        y=row.dose,
        label=label,
        basis=row.basis,
        disputed=row.status == "disputed",
        flags=words.flags(row),
        hover=words.hover(row, words.dose(row), (comes_to(words, row),)),
    )


def _held(marks: Sequence[Mark], rows: Sequence[Stated], steps: Sequence[Step]) -> Iterator[Mark]:
    """Yield the marks; that of a dose stated throughout a stretch stands where its step begins, nothing uncertain."""
    for mark, (row, _) in zip(marks, rows, strict=True):
        throughout = isinstance(row, DatedDose) and row.holds == "over"
        starts = [step.span.x0 for step in steps if step.y == mark.y] if throughout and len(mark.place) == 1 else []
        at = next((x for x in starts if abs(x - mark.place[0].x0) <= 1.0), None)
        yield mark if at is None else _replaced(mark, certainty="exact", x=at)


def _edge(placer: Placer, key: str) -> float:
    zone, x, _ = placer.lower(key)
    return {"before": placer.lo, "main": x, "after": placer.hi}[zone]


def _profiles(case: Case, placer: Placer, rows: Sequence[Stated], unit: str) -> Iterator[tuple[Piece, ...]]:
    """Return, course by course, between which limits the dose lies in the unit at hand, as far as it is stated."""
    for course in {stated.id: stated for _, stated in rows}.values():
        if counts(case, course):
            doses = _doses_of(case, course)
            yield pieces(stretches(case, course, placer.chronology, doses, lambda row: _stated(row, unit)))


def _stated(row: Therapy | DatedDose, unit: str) -> Given | Gap:
    return Given.each_day(row.dose, row.dose) if row.dose is not None and row.dose_unit == unit else "unit"


def _steps(placer: Placer, profiles: Iterable[Sequence[Piece]]) -> tuple[Step, ...]:
    """Return the stretches over which a dose is stated to hold."""
    known = [piece for profile in profiles for piece in profile if piece.low == piece.high]
    return tuple(Step(span, piece.low) for piece in known if (span := _span(placer, piece)))


def _envelopes(placer: Placer, profiles: Iterable[Sequence[Piece]], *, unbounded: bool = False) -> tuple[Envelope, ...]:
    """Return the stretches on which the dose lies between two limits; those without an upper one if asked."""
    open_ = [piece for profile in profiles for piece in profile if piece.low < piece.high]
    limited = [piece for piece in open_ if unbounded or piece.high < math.inf]
    return tuple(
        Envelope(span, piece.low, piece.high if piece.high < math.inf else None)
        for piece in limited
        if (span := _span(placer, piece))
    )


def _span(placer: Placer, piece: Piece) -> Span | None:
    """Return the part of a piece that the scaled axis shows."""
    x0, x1 = max(float(piece.start), placer.lo), min(float(piece.end), placer.hi)
    return Span("main", x0, x1) if x1 > x0 else None


def _with_summary(panel: Panel, said: tuple[str, ...]) -> Panel:
    """Return a panel that says how much was given in all: beside it, and where the pointer rests."""
    marks = tuple(_replaced(mark, hover=(*mark.hover, *said)) for mark in panel.marks)
    return Panel(**{**panel.__dict__, "remarks": said, "marks": marks})
