"""In which order the facts of a case come to be known."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Literal

from casecurves.model.case import Case
from casecurves.model.chronology import Chronology
from casecurves.model.points import Order
from casecurves.model.schema import DatedDose, Event, Measurement, Row, Therapy
from casecurves.model.when import Statement

# What a step changes: an event or state, a value, a treatment (start, end, dose).
Change = Literal["event", "value", "therapy"]

# Known to the day; known only to come after everything so known.
_DATED, _LATER = 0, 1
# Which of the two, the day, the place within the day.
_Place = tuple[int, int, int]


@dataclass(frozen=True)
class Step:
    """A moment at which something comes to be known.

    Attributes
    ----------
    number : int
        Its place, from 0.
    day : int or None
        Last whole day, from the case's own day zero, on which what it brings can have happened; of rows of which only
        an order is known, the day before what they precede. ``None`` where no day bounds it.
    points : tuple of str
        What it brings: ids of rows, and ``id.end`` for ends.
    kinds : frozenset of {"event", "value", "therapy"}
        What changes.
    last : bool
        The last step: the whole case, with what has no place in time.
    """

    number: int
    day: int | None
    points: tuple[str, ...]
    kinds: frozenset[Change]
    last: bool = False


def telling(case: Case) -> tuple[Step, ...]:
    """Return the steps in which a case is told to a class: as its lesson has it, where it has one."""
    lesson = case.teaching
    return steps(case) if lesson is None else steps(case, lesson.known, lesson.sequence)


def steps(case: Case, known: Collection[str] = (), sequence: Sequence[str] = ()) -> tuple[Step, ...]:
    """Return the steps in which a case is told.

    Parameters
    ----------
    case : Case
        A patient; of a group or a trial there is only the whole.
    known : collection of str
        Ids of rows that are told from the first step on, such as a history of which no day is stated.
    sequence : sequence of str
        Points that are told one after the other where the case leaves their order open; it says nothing of time.

    Returns
    -------
    tuple of Step
        A fact known only to an interval comes at its latest day; within a day, and where no day is known, the stated
        order holds, and what it does not order comes together. What followed rapidly comes after what it followed. An
        absence that lasts is known when it has lasted. The last step brings the rest: what has no place in time, and
        ends that are not stated.
    """
    order = _Order(case, known, sequence)
    groups: dict[_Place, list[str]] = {}
    for point in order.points():
        groups.setdefault(order.place(point), []).append(point)
    told = [(place, points) for place, points in sorted(groups.items())]
    dated = [
        Step(
            number=number,
            day=place[1] if place[0] == _DATED else None,
            points=tuple(points),
            kinds=frozenset(kind for point in points for kind in order.kinds(point)),
        )
        for number, (place, points) in enumerate(told)
    ]
    brought = {point for step in dated for point in step.points}
    rest = tuple(point for row in case.places() for point in row.points if point not in brought)
    kinds = frozenset(kind for point in rest for kind in order.kinds(point))
    return (*dated, Step(len(dated), None, rest, kinds, last=True))


def following(told: Sequence[Step], number: int, change: Change) -> int:
    """Return the number of the next step that changes something of a kind; the last one where there is none."""
    return next((step.number for step in told[number + 1 :] if change in step.kinds), len(told) - 1)


class _Order:
    """Where each point of a case stands in the telling."""

    def __init__(self, case: Case, known: Collection[str], sequence: Sequence[str]) -> None:
        self._case = case
        self._sequence = {point: place for place, point in enumerate(sequence)}
        self._chronology: Chronology = case.chronology
        self._places: dict[str, _Place] = {}
        if case.header.kind == "patient":
            self._rank()
        first = min(self._places.values(), default=None)
        if first is not None:
            self._places |= {row.id: first for row in case.rows() if row.id in known}

    def points(self) -> Iterator[str]:
        """Yield the points that have a place before the last step."""
        yield from self._places

    def place(self, point: str) -> _Place:
        """Return what a point is sorted by: whether a day bounds it, the day, the place within the day."""
        return self._places[point]

    def kinds(self, point: str) -> Iterator[Change]:
        """Yield what a point changes."""
        row = self._case.row(point.removesuffix(".end"))
        if isinstance(row, Event):
            yield "event"
        elif isinstance(row, Therapy | DatedDose):
            yield "therapy"
        elif isinstance(row, Measurement):
            yield "value"

    def _rank(self) -> None:
        rows = [row for row in self._case.rows() if not _unplaced(self._case, row)]
        points = [point for row in rows for point in _ordered(row)]
        soon = {row.id for row in rows if _soon(row)}
        # What is one and the same instant is told together: one point stands for all of them.
        first = {point: next(each for each in points if self._same(each, point)) for point in points}
        together = {each: [point for point in points if first[point] == each] for each in dict.fromkeys(first.values())}
        earlier = self._earlier(together)
        for each in self._sorted(earlier, together):
            hurried = not soon.isdisjoint(together[each])
            place = self._placed(each, [self._places[q] for q in earlier[each]], soon=hurried)
            self._places |= dict.fromkeys(together[each], place)
        for row in rows:
            self._hold_together(row)

    def _same(self, a: str, b: str) -> bool:
        return a == b or (self._chronology.at_or_before(a, b) and self._chronology.at_or_before(b, a))

    def _earlier(self, together: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
        """Return, for each point that stands for others, those that are told before it."""
        return {
            point: [
                other
                for other, with_it in together.items()
                if other != point and any(self._comes_first(a, b) for a in with_it for b in together[point])
            ]
            for point in together
        }

    def _sorted(self, earlier: dict[str, list[str]], together: Mapping[str, Sequence[str]]) -> Iterator[str]:
        """Yield the points so that none comes before one that is told first."""
        try:
            yield from tuple(TopologicalSorter(earlier).static_order())
        except CycleError:
            # A sequence that goes round in a circle with what is known of the order is none.
            self._sequence = {}
            earlier.update(self._earlier(together))
            yield from TopologicalSorter(earlier).static_order()

    def _comes_first(self, a: str, b: str) -> bool:
        """Tell whether a point is told before another: it comes first, begins what that ends, or the lesson says so."""
        wanted = {a, b} <= self._sequence.keys() and self._sequence[a] < self._sequence[b]
        if wanted or f"{a}.end" == b:
            return not self._chronology.at_or_before(b, a)
        return self._chronology.strictly_before(a, b)

    def _placed(self, point: str, before: Sequence[_Place], *, soon: bool) -> _Place:
        zone, day = max([self._day(point), *(place[:2] for place in before)])
        if soon and before:
            # "Rapidly" bounds nothing, and yet it is not told years later.
            zone, day = max(place[:2] for place in before)
            earliest = self._chronology.days(point)[0]
            day = day if earliest is None or zone == _LATER else max(day, earliest)
        within = [place[2] + 1 for place in before if place[:2] == (zone, day)]
        return zone, day, max(within, default=0)

    def _hold_together(self, row: Row) -> None:
        """Tell nothing before what it belongs to, and that something never came when the time is over."""
        end = f"{row.id}.end"
        if isinstance(row, DatedDose):
            # A disputed dose is held by nothing within its course.
            self._places[row.id] = max(self._places[row.id], self._places[row.therapy])
        if isinstance(row, Event) and row.presence == "absent" and row.end is not None:
            last = self._places.get(end)
            if last is None:
                del self._places[row.id]
            else:
                self._places[row.id] = last
        elif end in self._places:
            self._places[end] = max(self._places[end], self._places[row.id])

    def _day(self, point: str) -> tuple[int, int]:
        day = self._chronology.days(point)[1]
        return (_LATER, 0) if day is None else (_DATED, day)


def _soon(row: Row) -> bool:
    said: Statement | None = row.start if isinstance(row, Therapy) else getattr(row, "time", None)
    return said is not None and any(isinstance(each, Order) and each.relation == "soon" for each in said.clauses)


def _ordered(row: Row) -> list[str]:
    """Return the points of a row of which something is said that bounds them above, and its start."""
    end: Statement | None = getattr(row, "end", None)
    bounded = end is not None and any(limit.side == "upper" for limit in end.limits)
    return [row.id, *([f"{row.id}.end"] if bounded else [])]


def _unplaced(case: Case, row: Row) -> bool:
    """Tell whether nothing is said of when a row was."""
    if isinstance(row, Therapy):
        return row.start is None and row.end is None
    if isinstance(row, DatedDose):
        course = case.row(row.therapy)
        return course is None or _unplaced(case, course)
    return getattr(row, "time", None) is None
