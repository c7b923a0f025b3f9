"""What held on a day, in words: every treatment, every biomarker, every state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casecurves.analysis.moment import Hold, Holding, around, hold, holding
from casecurves.analysis.placing import unplaced
from casecurves.analysis.times import apart
from casecurves.figure.compile.details import Other, named
from casecurves.figure.compile.rows import group, is_panel, on_rail
from casecurves.figure.compile.wording import Words, words_of
from casecurves.figure.options import Options
from casecurves.model.case import Case
from casecurves.model.schema import DatedDose, Event, Measurement, Therapy

# What is told first of a drug of several courses.
_HOLDS: tuple[Hold, ...] = ("on", "possible", "unknown", "after", "before")


@dataclass(frozen=True)
class Held:
    """A treatment or a state on a day: its name, whether it was on, and the doses it can have had."""

    row: str
    label: str
    hold: Hold
    text: str
    doses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Values:
    """A biomarker around a day: the last values before, those that may lie in it, the first after."""

    label: str
    before: tuple[Other, ...]
    then: tuple[Other, ...]
    after: tuple[Other, ...]


@dataclass(frozen=True)
class Moment:
    """A day in words.

    Attributes
    ----------
    heading : str
        Which day.
    lanes, states : tuple of Held
        Every treatment, and the states that were or may have been in force; of several courses of a drug the one of
        which most is known.
    events : tuple of Other
        Events that may lie in the day.
    panels : tuple of Values
        Every biomarker of which there is more than one value, and the levels of drugs.
    """

    heading: str
    lanes: tuple[Held, ...]
    states: tuple[Held, ...]
    events: tuple[Other, ...]
    panels: tuple[Values, ...]


def moment(case: Case, day: int, options: Options | None = None) -> Moment:
    """Return what held on a day.

    Parameters
    ----------
    case : Case
        The case, of one patient.
    day : int
        The day, whole, counted from the day zero of ``options``.
    options : Options, optional
        Language, day zero, and the biomarkers shown.

    Returns
    -------
    Moment
        Plain words, not escaped; rows that are disputed are left out.
    """
    options = options or Options()
    return held_on(words_of(case, options), day, options.analytes)


def held_on(words: Words, day: int, shown: tuple[str, ...] | None) -> Moment:
    """Return what held on a day, as `moment`; ``shown`` are the keys of the biomarkers told, ``None`` for all."""
    return Moment(
        heading=words.say("moment.heading" if words.placer.calendar is None else "moment.date", day=words.day(day)),
        lanes=tuple(_lanes(words, day)),
        states=tuple(_states(words, day)),
        events=tuple(_events(words, day)),
        panels=tuple(_panels(words, day, shown)),
    )


def _lanes(words: Words, day: int) -> Iterator[Held]:
    courses: dict[str, list[Therapy]] = {}
    for row in words.case.therapies:
        if row.status == "used":
            courses.setdefault(words.drug(row), []).append(row)
    for name, rows in courses.items():
        held = [_held(words, row, name, day) for row in rows]
        yield min(held, key=lambda each: _HOLDS.index(each.hold))


def _held(words: Words, row: Therapy, name: str, day: int) -> Held:
    chronology = words.placer.chronology
    how: Hold = "unknown" if unplaced(words.case, row.id) else hold(chronology, row.id, day)
    doses: tuple[str, ...] = ()
    if how in {"on", "possible"}:
        found = holding(words.case, chronology, row, day)
        doses = tuple(_dose(words, each) for each in found) or (words.say("moment.dose.none"),)
    return Held(row.id, name, how, words.say(f"moment.{how}"), doses)


def _dose(words: Words, held: Holding) -> str:
    row = words.case.row(held.rows[0])
    if not isinstance(row, Therapy | DatedDose):
        return ""
    if held.sort == "taper":
        low, high, unit = words.number(held.low), words.number(held.high), words.unit(row.dose_unit)
        return words.say("moment.dose.taper", low=low, high=high, unit=unit)
    if held.sort == "each" and isinstance(row, Therapy):
        return _administered(words, row)
    return words.say(f"moment.dose.{held.sort}", dose=words.dose(row))


def _administered(words: Words, row: Therapy) -> str:
    """Say what was given at each administration and how often: on the day itself perhaps none was."""
    count = "each" if row.doses is None else "one" if row.doses == 1 else "many"
    given = words.say(f"moment.dose.{count}", n=row.doses, dose=words.dose(row))
    return ", ".join(part for part in (given, apart(row.every, words.lang), words.say("bar.days_not_given")) if part)


def _states(words: Words, day: int) -> Iterator[Held]:
    for row in words.case.events:
        if row.end is None or row.status != "used" or not on_rail(words.case, row):
            continue
        how = hold(words.placer.chronology, row.id, day)
        if how in {"on", "possible"}:
            yield Held(row.id, named(words, row), how, words.say(f"moment.{how}"))


def _events(words: Words, day: int) -> Iterator[Other]:
    rows = [row for row in words.case.events if row.end is None and row.status == "used" and on_rail(words.case, row)]
    yield from _told(words, around(words.placer.chronology, rows, day).then)


def _panels(words: Words, day: int, shown: tuple[str, ...] | None) -> Iterator[Values]:
    for key, rows in group(words.case.measurements).items():
        used = [row for row in rows if row.status == "used" and not unplaced(words.case, row.id)]
        if used and is_panel(words.case, rows) and (shown is None or key[0] in shown):
            yield _values(words, used, day)


def _values(words: Words, rows: Sequence[Measurement], day: int) -> Values:
    found = around(words.placer.chronology, rows, day)
    told = (tuple(_told(words, ids)) for ids in (found.before, found.then, found.after))
    return Values(words.analyte(rows[0]), *told)


def _told(words: Words, ids: Sequence[str]) -> Iterator[Other]:
    for row_id in ids:
        row = words.case.row(row_id)
        if isinstance(row, Measurement | Event):
            name = named(words, row)
            if isinstance(row, Measurement):
                name = words.valued(row) + (" ‡" if words.converted(row) else "")
            yield Other(row_id, name, words.bounds(row_id))
