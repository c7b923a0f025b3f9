"""What held on a day: which courses and states, at what dose, between which values.

A day is the whole of it, as ``D30`` is: something was on that day when it was on at any instant of it. It was certainly
on when every course of events that the case allows has it so, and possibly on when at least one has.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from casecurves.model.case import Case
from casecurves.model.chronology import Chronology
from casecurves.model.schema import DatedDose, Event, Measurement, Therapy

# `unknown`: nothing bounds when it was on, so that it is not even said that it may have been.
Hold = Literal["on", "possible", "before", "after", "unknown"]
# How a dose is known on a day: stated for the course as a whole, for single administrations whose days are not known,
# for a course that tapers, for that day, for a moment that may lie in it, within a stated taper.
Sort = Literal["course", "each", "tapered", "dated", "maybe", "taper"]


@dataclass(frozen=True)
class Holding:
    """A dose on a day: between ``low`` and ``high``, in the unit of the rows that say so.

    ``sort`` says how it is known: ``course`` and ``dated`` hold throughout the day wherever the course is on; ``each``
    is the dose of one administration, and whether there was one that day is not known; ``tapered`` is stated for a
    course that tapers, and holds on no day in particular; ``maybe`` is a dose stated for a moment that may lie in the
    day, ``taper`` one between the two rows around it.
    """

    sort: Sort
    rows: tuple[str, ...]
    low: float
    high: float


@dataclass(frozen=True)
class Around:
    """Rows around a day: the last of those before, those that may lie in it, the first of those after.

    Where the order of several is not known, all of them are the last, or the first.
    """

    before: tuple[str, ...]
    then: tuple[str, ...]
    after: tuple[str, ...]


def hold(chronology: Chronology, row_id: str, day: int) -> Hold:
    """Tell whether a course or a state was on at a day.

    Parameters
    ----------
    chronology : Chronology
        The times of the case; days count from its zero.
    row_id : str
        A course, or an event with an end.
    day : int
        The day, whole: from ``day`` up to ``day + 1``.

    Returns
    -------
    {"on", "possible", "before", "after", "unknown"}
        ``before``: the day is proven to lie before its start; ``after``: after its end.
    """
    end = f"{row_id}.end"
    if chronology.before(row_id, day + 1) is False:
        return "before"
    if chronology.before(end, day):
        return "after"
    if chronology.before(row_id, day + 1) and chronology.before(end, day) is False:
        return "on"
    return "unknown" if _unbounded(chronology, row_id, end) else "possible"


def _unbounded(chronology: Chronology, start: str, end: str) -> bool:
    """Tell whether nothing is known of a stretch but that it lies in the follow-up."""
    lows, highs = zip(chronology.exact_bounds(start), chronology.exact_bounds(end), strict=True)
    return set(lows) == {None} and set(highs) <= {None, chronology.exact_bounds("last_follow_up")[1]}


def holding(case: Case, chronology: Chronology, course: Therapy, day: int) -> tuple[Holding, ...]:
    """Return the doses that a course can have had on a day, wherever it was on.

    Parameters
    ----------
    case : Case
        The case.
    chronology : Chronology
        Its times; days count from its zero.
    course : Therapy
        The course.
    day : int
        The day, whole.

    Returns
    -------
    tuple of Holding
        Empty where no source says. A dose stated for a moment holds at that moment alone, so that the dose of a
        course with dated doses is theirs and never its own. Only used rows with a number count.
    """
    dated = [row for row in case.doses if row.therapy == course.id and row.status == "used" and row.dose is not None]
    if not dated:
        sort = _undated(chronology, course, day)
        return () if course.dose is None else (Holding(sort, (course.id,), course.dose, course.dose),)
    dated.sort(key=lambda row: _sooner(chronology, row.id))
    found: list[Holding] = []
    for row, following in zip(dated, [*dated[1:], None], strict=True):
        until = f"{course.id}.end" if following is None else following.id
        how = _sort(chronology, row, until, day)
        if how is not None and row.dose is not None:
            found.append(Holding(how, (row.id,), row.dose, row.dose))
        elif following is not None and course.course == "tapering":
            found += _taper(chronology, row, following, day)
    return tuple([held for held in found if held.sort == "dated"] or found)


def _undated(chronology: Chronology, course: Therapy, day: int) -> Sort:
    """Return how the one dose of a course is known on a day."""
    if course.course == "tapering":
        return "tapered"
    begins = chronology.before(course.id, day) is False and chronology.before(course.id, day + 1)
    # A single administration is on the day on which its course begins.
    return "each" if course.by_administration and not (course.doses == 1 and begins) else "course"


def _sooner(chronology: Chronology, row_id: str) -> tuple[float, float]:
    first, last = chronology.exact_bounds(row_id)
    return (float("-inf") if first is None else first, float("inf") if last is None else last)


def _sort(chronology: Chronology, row: DatedDose, until: str, day: int) -> Sort | None:
    """Return how a dated dose holds on a day; ``until`` is where one that holds on gives way to the next."""
    begun = chronology.before(row.id, day + 1)
    if row.holds == "over":
        # It holds throughout the time stated, whatever that time is.
        first, last = chronology.exact_bounds(row.id)
        return "dated" if first is not None and last is not None and first < day + 1 and last > day else None
    over = chronology.before(until if row.holds == "from" else row.id, day)
    if begun is False or over:
        return None
    lasts = chronology.before(until, day + 1) if row.holds == "from" else over
    return "dated" if begun and lasts is False else "maybe"


def _taper(chronology: Chronology, row: DatedDose, following: DatedDose, day: int) -> list[Holding]:
    """Return the range within which the dose of a stated taper lies between two dated doses."""
    if row.dose is None or following.dose is None or row.dose < following.dose:
        return []
    if chronology.before(row.id, day + 1) is False or chronology.before(following.id, day):
        return []
    return [Holding("taper", (row.id, following.id), following.dose, row.dose)]


def around(chronology: Chronology, rows: Sequence[Measurement | DatedDose | Event], day: int) -> Around:
    """Return which rows of a series lie next to a day, and which may lie in it.

    Parameters
    ----------
    chronology : Chronology
        The times of the case; days count from its zero.
    rows : sequence of Row
        Rows with one moment each, such as the values of one biomarker.
    day : int
        The day, whole.

    Returns
    -------
    Around
        Ids, in the order of ``rows``; a row whose days are not bounded on a side may lie in any day there.
    """
    before: list[str] = []
    then: list[str] = []
    after: list[str] = []
    for row in rows:
        if chronology.before(row.id, day):
            before.append(row.id)
        elif chronology.before(row.id, day + 1) is False:
            after.append(row.id)
        else:
            then.append(row.id)
    return Around(
        before=tuple(a for a in before if not any(_precedes(chronology, a, b) for b in before)),
        then=tuple(then),
        after=tuple(b for b in after if not any(_precedes(chronology, a, b) for a in after)),
    )


def _precedes(chronology: Chronology, a: str, b: str) -> bool:
    return chronology.apart(a, b) and (chronology.gap(a, b)[1] or 0) > 0
