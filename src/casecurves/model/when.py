"""Time as people write it: one small grammar, read to bounds and written back.

The grammar itself is in `grammar`, the parts of a statement in `points`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal, overload

from casecurves.model.grammar import ONGOING, TimeError, looks_like_time, read_clauses, readable
from casecurves.model.points import (
    DAY,
    MONTH,
    PRECISIONS,
    TICKS,
    UNITS,
    WEEK,
    YEAR,
    At,
    Clause,
    Date,
    Letter,
    Limit,
    Offset,
    Point,
    Precision,
    Qualifier,
    Range,
    Unit,
)

__all__ = [
    "DAY",
    "MONTH",
    "WEEK",
    "YEAR",
    "Precision",
    "Qualifier",
    "Statement",
    "TimeError",
    "Unit",
    "coarsen",
    "looks_like_time",
    "parse",
    "readable",
    "write",
]

# Most telling first: what a statement of several clauses is, in one word.
EndState = Literal["ended", "ongoing", "unknown"]
_RANKS: tuple[Qualifier, ...] = ("soon", "about", "exact", "between")
_FROM_BELOW: frozenset[Qualifier] = frozenset({"not_before", "after"})
_FROM_ABOVE: frozenset[Qualifier] = frozenset({"not_after", "before"})


@dataclass(frozen=True)
class Statement:
    """What one time cell says. Two statements are equal when they mean the same.

    Attributes
    ----------
    clauses : tuple of clauses
        All hold; none: not known (or ongoing).
    ongoing : bool
        Still on at the last follow-up.
    written : str
        The text as the file has it; not compared.
    """

    clauses: tuple[Clause, ...] = ()
    ongoing: bool = False
    written: str = field(default="", compare=False)

    @cached_property
    def qualifier(self) -> Qualifier:
        """How it is said, in one word; of several clauses the most telling."""
        if self.ongoing:
            return "ongoing"
        found = {clause.qualifier for clause in self.clauses}
        for word in _RANKS:
            if word in found:
                return word
        if found & _FROM_BELOW and found & _FROM_ABOVE:
            return "between"
        ranked: tuple[Qualifier, ...] = ("not_before", "not_after", "after", "before")
        return next((word for word in ranked if word in found), "unknown")

    @property
    def precision(self) -> Precision:
        """The finest unit in which any clause is given; ``none`` for an order or nothing."""
        return min((clause.precision for clause in self.clauses), key=PRECISIONS.index, default="none")

    @property
    def ambiguous(self) -> bool:
        """True when a date was read day first that also reads month first (03/04/2020)."""
        return any(isinstance(point, Date) and point.ambiguous for point in self.points)

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """The points it names, in order."""
        points: list[Point | None] = []
        for clause in self.clauses:
            if isinstance(clause, At):
                points.append(clause.point)
            elif isinstance(clause, Range):
                points += [clause.start, clause.end]
        return tuple(point for point in points if point is not None)

    @cached_property
    def limits(self) -> tuple[Limit, ...]:
        """The bounds it sets, in ticks of 1/32 day."""
        return tuple(limit for clause in self.clauses for limit in clause.limits())


def parse(text: str, *, end: bool = True) -> Statement:
    """Read a time.

    Parameters
    ----------
    text : str
        What the cell holds; surrounding white space is dropped.
    end : bool
        Whether the column says when something ended: only there ``ongoing`` may stand.

    Returns
    -------
    Statement
        With ``written`` set to the stripped text. An empty text has no clauses: not known.

    Raises
    ------
    TimeError
        With a code and the part at fault.
    """
    written = text.strip()
    if written.casefold() in ONGOING:
        if not end:
            raise TimeError("time.ongoing_not_end", written, "M5, 2017-03")
        return Statement(ongoing=True, written=written)
    if not written:
        return Statement(written=written)
    return Statement(read_clauses(written), written=written)


def write(statement: Statement) -> str:
    """Return the canonical text of a statement, which reads back to an equal one.

    Parameters
    ----------
    statement : Statement
        What was read.

    Returns
    -------
    str
        English letters, ISO dates, single spaces; ``""`` when not known.
    """
    return "ongoing" if statement.ongoing else " & ".join(map(str, statement.clauses))


def end_state(statement: Statement | None) -> EndState:
    """Tell what an end cell says of an end.

    Parameters
    ----------
    statement : Statement or None
        What the cell holds; ``None``: empty.

    Returns
    -------
    {"ended", "ongoing", "unknown"}
        ``unknown`` too where it is only said not to have ended before something (``M5..``).
    """
    if statement is None or statement.qualifier in {"not_before", "unknown"}:
        return "unknown"
    return "ongoing" if statement.ongoing else "ended"


def coarsen(statement: Statement, unit: Unit) -> Statement:
    """Say the same less finely: a day becomes the week, month or year it lies in.

    Dates are cut short; a day counted from day zero or a row becomes the nearest unit by the
    middle of the day. Whatever is already coarser, an instant, an order, and a counted day that ends
    a range are left as they are. The whole days of the result, from the same base, contain those of
    the argument.

    Parameters
    ----------
    statement : Statement
        What was said.
    unit : {"day", "week", "month", "year"}
        Unit to say it in; dates have no week.

    Returns
    -------
    Statement
        With ``written`` in canonical form.
    """
    clauses = tuple(_coarser(clause, unit) for clause in statement.clauses)
    coarser = replace(statement, clauses=clauses)
    return replace(coarser, written=write(coarser))


def _coarser(clause: Clause, unit: Unit) -> Clause:
    if isinstance(clause, Range):
        return Range(_cut(clause.start, unit), _cut(clause.end, unit))
    if not isinstance(clause, At):
        return clause
    point = clause.point
    if isinstance(point, Offset) and point.finest == "D":
        return replace(clause, point=_nearest(point, UNITS[unit]))
    return replace(clause, point=_cut(point, unit))


def _nearest(offset: Offset, letter: Letter) -> Offset:
    if letter == "D":
        return offset
    size = TICKS[letter]
    middle = offset.span()[0] + DAY // 2
    count = (2 * middle + size) // (2 * size)
    return Offset(((letter, abs(count)),), count < 0, offset.anchor)


@overload
def _cut(point: Point, unit: Unit) -> Point: ...
@overload
def _cut(point: None, unit: Unit) -> None: ...
@overload
def _cut(point: Point | None, unit: Unit) -> Point | None: ...
def _cut(point: Point | None, unit: Unit) -> Point | None:
    if not isinstance(point, Date) or unit not in ("month", "year"):
        return point
    return Date(point.year, point.month if unit == "month" else None)
