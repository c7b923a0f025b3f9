"""What else changed? Everything of a case that its chronology cannot separate in time from one of its rows.

Two things succeed one another only where the case proves it, as a bound on the distance between them. Two days that are
each known to the month may still have a known order; two days with narrow bounds may have none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from casecurves.model.case import Case
from casecurves.model.schema import DatedDose, Event, Measurement, Row, Therapy

# Which moment of a row: the one it has, or where it starts and ends.
Edge = Literal["at", "start", "end"]
# Why two moments cannot be separated: no more than a day lies between them; each may lie on either side of the other;
# and nothing bounds how far.
Reason = Literal["same_day", "overlap", "order_unknown"]


@dataclass(frozen=True)
class Neighbour:
    """A moment that is neither before nor after a moment of the row asked about, as far as the case tells.

    Attributes
    ----------
    of : {"at", "start", "end"}
        Which moment of the row asked about.
    row, edge : str, {"at", "start", "end"}
        The other row, and which of its moments.
    reason : {"same_day", "overlap", "order_unknown"}
        Why the two cannot be separated.
    least, most : int or None
        Whole days from the one to the other, rounded outwards; ``least`` is not positive and ``most`` not negative;
        ``None`` where unbounded.
    """

    of: Edge
    row: str
    edge: Edge
    reason: Reason
    least: int | None
    most: int | None


def neighbours(case: Case, row_id: str) -> tuple[Neighbour, ...]:
    """Return what else may have changed when a row did.

    Parameters
    ----------
    case : Case
        The case; only that of one patient has a course in which things happen together.
    row_id : str
        The row: a course, dated dose, measurement or event; any other has no moment.

    Returns
    -------
    tuple of Neighbour
        Starts and stops of courses, dated doses, events, ends of states, and measurements, in that order of tables,
        for each moment of the row. A course of which no stop is stated may have stopped at any time. What was looked
        for and not found, and an end at the last follow-up, are no change. A disputed row is taken at its word.

    Raises
    ------
    KeyError
        When the case has no such row.
    """
    row = case.row(row_id)
    if row is None:
        raise KeyError(row_id)
    if case.header.kind != "patient":
        return ()
    others = [moment for other in _changes(case) if other.id != row_id for moment in moments(other)]
    found = (_beside(case, (row_id, of), other) for of in _edges(row) for other in others)
    return tuple(neighbour for neighbour in found if neighbour is not None)


def moments(row: Row) -> tuple[tuple[str, Edge], ...]:
    """Return the moments at which something changed with a row: its id, and which of its moments."""
    return tuple((row.id, edge) for edge in _edges(row))


def point(row_id: str, edge: Edge) -> str:
    """Return the point of the chronology that is a moment of a row."""
    return f"{row_id}.end" if edge == "end" else row_id


def _changes(case: Case) -> Iterator[Row]:
    yield from case.therapies
    yield from case.doses
    yield from (event for event in case.events if event.presence == "present")
    yield from case.measurements


def _edges(row: Row) -> tuple[Edge, ...]:
    if isinstance(row, DatedDose | Measurement) or (isinstance(row, Event) and row.end is None):
        return ("at",)
    if isinstance(row, Therapy | Event):
        ongoing = row.end is not None and row.end.ongoing
        return ("start",) if ongoing else ("start", "end")
    return ()


def _beside(case: Case, this: tuple[str, Edge], other: tuple[str, Edge]) -> Neighbour | None:
    a, b = point(*this), point(*other)
    if case.chronology.apart(a, b):
        return None
    least, most = case.chronology.gap(a, b)
    return Neighbour(this[1], *other, _reason(least, most), least, most)


def _reason(least: int | None, most: int | None) -> Reason:
    if least is None or most is None:
        return "order_unknown"
    return "same_day" if least >= -1 and most <= 1 else "overlap"
