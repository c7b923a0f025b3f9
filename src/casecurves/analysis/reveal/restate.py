"""What a time statement says to those who do not know yet what comes later."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from casecurves.model.case import Case
from casecurves.model.points import BIRTH, DAY, Anchor, At, Clause, Date, Instant, Limit, Offset, Order, Point, Range
from casecurves.model.when import Statement, write

# The row that marks the moment up to which a case is told.
MOMENT = "moment-shown"
# The chronology's own name of the instant from which days are counted.
_ZERO = "@zero"


@dataclass(frozen=True)
class Restating:
    """Says times again for a case that is told up to a moment.

    Attributes
    ----------
    case : Case
        The whole case.
    points : collection of str
        Points that are known.
    names : mapping of str to str
        What each row is called in the telling.
    day : int or None
        Last whole day of the moment, from the case's day zero; ``None``: no day bounds it.
    shift : int or None
        Days that day zero of the telling lies after that of the case; ``None`` where the telling has no day zero but
        the moment itself.
    """

    case: Case
    points: Collection[str]
    names: Mapping[str, str]
    day: int | None
    shift: int | None

    def statement(self, point: str, said: Statement | None) -> Statement | None:
        """Return what is known by the moment of a point that is known; ``None`` where that is nothing."""
        if said is None or said.ongoing:
            return said
        found = tuple(clause for old in said.clauses for clause in self._clause(point, old))
        if not found and said.clauses:
            # It was before the moment: no more is left of it.
            found = (Order("before", Anchor(MOMENT)),)
        return self._written(said, tuple(dict.fromkeys(found)))

    def so_far(self, said: Statement | None) -> Statement | None:
        """Return what is known of the end of something of which it is not known whether it has ended.

        That is how long it lasted at least, as far as the rows say that are known; ``None`` where that is nothing.
        """
        clauses = () if said is None else said.clauses
        lower = [self._lower(clause) for clause in clauses]
        found = tuple(clause for clause in lower if clause is not None)
        return self._written(said, found) if found and said is not None else None

    def _written(self, said: Statement, clauses: tuple[Clause, ...]) -> Statement | None:
        if not clauses:
            return None
        if clauses == said.clauses:
            return said
        fresh = Statement(clauses)
        return replace(fresh, written=write(fresh))

    def _clause(self, point: str, clause: Clause) -> Iterator[Clause]:
        if all(self._past(point, limit) for limit in clause.limits()):
            if self.shift == 0 or not _counts_days(clause):
                yield self._renamed(clause)
                return
        elif lower := self._lower(clause):
            yield lower
            return
        elif isinstance(clause, Order):
            return
        yield from self._bounded(point)

    def _past(self, point: str, limit: Limit) -> bool:
        """Tell whether a limit names nothing that is not known, and no day after the moment."""
        if isinstance(limit.base, Anchor):
            if not self._known(limit.base):
                return False
            if not limit.ticks:
                return True
        if limit.side == "lower" or self.day is None:
            return True
        if limit.base == "calendar":
            return self._dated(point, limit)
        # Of a base of which no day is known, it is not known either that the limit lies ahead.
        base = 0.0 if limit.base == "zero" else self.case.chronology.exact_bounds(str(limit.base))[0]
        return base is None or (base + (limit.ticks - limit.strict) / DAY) // 1 <= self.day

    def _dated(self, point: str, limit: Limit) -> bool:
        """Tell whether a date is not after the last on which a point can lie, as far as that has a date."""
        last = self.case.chronology.dates(point)[1]
        return last is None or (limit.ticks - limit.strict) // DAY <= last.toordinal()

    def _known(self, anchor: Anchor) -> bool:
        return anchor.id == BIRTH or str(anchor) in self.points or (anchor.end and self._momentary(anchor.id))

    def _momentary(self, row_id: str) -> bool:
        return row_id in self.points and getattr(self.case.row(row_id), "end", None) is None

    def _lower(self, clause: Clause) -> Clause | None:
        """Return that part of a clause that says when something was at the earliest, where all in it is known."""
        if isinstance(clause, Order):
            return self._renamed(clause) if clause.relation != "before" and self._known(clause.anchor) else None
        start = clause.start if isinstance(clause, Range) else clause.point
        # Of a point that is more than an instant, the lower end is not written anywhere.
        if start is None or (isinstance(clause, At) and not isinstance(start, Instant)):
            return None
        anchor = start.base
        if isinstance(anchor, Anchor) and not self._known(anchor):
            return None
        only = Range(start, None)
        return self._renamed(only) if self.shift == 0 or not _counts_days(only) else None

    def _bounded(self, point: str) -> Iterator[Clause]:
        """Yield between which days of the telling a point lies."""
        if self.shift is None:
            return
        low, high = self.case.chronology.days(point)
        first, last = (None if day is None else _days(day - self.shift) for day in (low, high))
        if self.day is not None and high is not None and high > self.day:
            last = None
        if low is not None and low == high and first is not None:
            yield At(first)
        elif first is not None or last is not None:
            yield Range(first, last)

    def _renamed(self, clause: Clause) -> Clause:
        if isinstance(clause, Order):
            return replace(clause, anchor=self._name(clause.anchor))
        if isinstance(clause, At):
            return replace(clause, point=self._of(clause.point))
        start = None if clause.start is None else self._of(clause.start)
        return Range(start, None if clause.end is None else self._of(clause.end))

    def _of(self, point: Point) -> Point:
        if isinstance(point, Date) or point.base == "zero" or not isinstance(point.base, Anchor):
            return point
        return replace(point, anchor=self._name(point.base))

    def _name(self, anchor: Anchor) -> Anchor:
        return anchor if anchor.id == BIRTH else replace(anchor, id=self.names[anchor.id])


def moment(day: int | None, shift: int | None, *, open_end: bool) -> Statement | None:
    """Return when the moment is that ends the telling; ``None`` where that is not known, or is day zero itself.

    ``open_end``: something is told that can have happened later than the day, since "rapidly" bounds nothing.
    """
    if day is None or shift is None:
        return None
    point = _days(day - shift)
    fresh = Statement((Range(point, None) if open_end else At(point),))
    return replace(fresh, written=write(fresh))


def date_of(case: Case, day: int) -> Statement | None:
    """Return the calendar date of a day from day zero; ``None`` where it is not known to the day."""
    first, last = case.chronology.dates(_ZERO)
    if first is None or first != last or not 1 <= first.toordinal() + day <= date.max.toordinal():
        return None
    found = date.fromordinal(first.toordinal() + day)
    fresh = Statement((At(Date(found.year, found.month, found.day)),))
    return replace(fresh, written=write(fresh))


def _days(count: int) -> Offset:
    return Offset((("D", abs(count)),), negative=count < 0)


def _counts_days(clause: Clause) -> bool:
    return any(limit.base == "zero" for limit in clause.limits())
