"""The chronology of a case: when each thing can have happened, given everything that is stated.

The statements of a case are bounds between points in time (`constraints`); shortest paths between
the points (`network`) give each its earliest and latest day, and a cycle that cannot hold is a
contradiction in the report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from casecurves.model.constraints import (
    CALENDAR,
    HORIZON,
    ZERO,
    Constraint,
    Frame,
    Points,
    Row,
    base_point,
    by_owner,
    constraints,
    day_zero,
    edges,
    missing_anchors,
    stated,
    through_day_zero,
)
from casecurves.model.network import SHIFT, Solution, solve, weigh
from casecurves.model.points import DAY, Anchor

__all__ = ["Bounds", "Chronology", "Constraint", "Contradiction", "Frame", "Row", "resolve"]

_DAY = DAY << SHIFT
# A chain of more rows than this is reported as found: nobody reads it, and sifting it takes a
# consistency check per row.
_SIFTED = 64

# Lowest and highest value in weights, strict bounds an instant inside.
_Interval = tuple[int | None, int | None]


class Bounds(NamedTuple):
    """First and last possible day, whole days from zero; ``None`` where unbounded.

    ``earliest`` is rounded down and ``latest`` up: something on day 6 lies between 6 and 7.
    """

    earliest: int | None
    latest: int | None


@dataclass(frozen=True)
class Contradiction:
    """Rows that cannot all be right: drop any one of them and the rest can.

    Attributes
    ----------
    constraints : tuple of Constraint
        A closed chain, each starting where the one before it ends. A chain of more than 64 rows
        may hold a shorter one.
    zero : Constraint or None
        Which row is day zero, where the chain hangs on that too.
    """

    constraints: tuple[Constraint, ...]
    zero: Constraint | None = None

    @property
    def rows(self) -> tuple[str, ...]:
        """Ids of the rows, in the order of the chain; none when the case as a whole is at fault."""
        return tuple(dict.fromkeys(owner for constraint in self.constraints for owner in constraint.owners))

    def sentences(self, lang: str = "en") -> tuple[str, ...]:
        """Return each link of the chain in words, with file and line; said once."""
        links = self.constraints if self.zero is None else (*self.constraints, self.zero)
        return tuple(dict.fromkeys(constraint.sentence(lang) for constraint in links))


@dataclass(frozen=True, eq=False)
class Chronology:
    """When each point of a case can lie.

    A point is a row's id (its start), ``id.end``, ``birth`` or ``last_follow_up``. An unknown point
    raises ``KeyError``. Disputed rows, and rows set aside because they contradict others, have bounds
    of their own but prove nothing about others.

    Attributes
    ----------
    contradictions : tuple of Contradiction
        Empty when the case is sound.
    set_aside : tuple of str
        Rows left out, one for each contradiction, so that the rest has bounds.
    missing_anchors : tuple of (row, column, anchor)
        Names in time columns that no row has; they bound nothing.
    """

    contradictions: tuple[Contradiction, ...]
    set_aside: tuple[str, ...]
    missing_anchors: tuple[tuple[str, str, str], ...]
    _rows: Mapping[str, Row] = field(repr=False)
    _frame: Frame = field(repr=False)
    _points: Points = field(repr=False)
    _index: Mapping[str, int] = field(repr=False)
    _solution: Solution = field(repr=False)
    _zero: str = ZERO
    # What was asked once is asked again by every part of a figure.
    _known: dict[tuple[str, str], _Interval] = field(default_factory=dict, init=False, repr=False)
    _exact: dict[str, tuple[float | None, float | None]] = field(default_factory=dict, init=False, repr=False)

    @property
    def points(self) -> Iterator[str]:
        """The points of the rows, in the order of the rows."""
        return (point for row in self._rows.values() for point in row.points)

    def bounds(self, point: str) -> Bounds:
        """Return the first and last possible day of a point, counted from zero."""
        low, high = self._interval(point, self._zero)
        return Bounds(_floor(low), _ceil(high))

    def exact_bounds(self, point: str) -> tuple[float | None, float | None]:
        """Return the bounds of a point in days from zero, not rounded; a strict bound as its limit."""
        found = self._exact.get(point)
        if found is None:
            low, high = self._interval(point, self._zero)
            found = self._exact[point] = (
                None if low is None else (low >> SHIFT) / DAY,
                None if high is None else -(-high >> SHIFT) / DAY,
            )
        return found

    def before(self, point: str, day: int) -> bool | None:
        """Tell whether a point lies before the midnight at which a day begins; ``None`` where it may or may not."""
        low, high = self._interval(point, self._zero)
        if high is not None and high < day * _DAY:
            return True
        return False if low is not None and low >= day * _DAY else None

    def days(self, point: str) -> tuple[int | None, int | None]:
        """Return the first and last whole day, counted from zero, on which a point can fall; ``None``: no bound."""
        low, high = self._interval(point, self._zero)
        return _floor(low), _floor(high)

    def dates(self, point: str) -> tuple[date | None, date | None]:
        """Return the first and last possible calendar day of a point; ``None`` where not known."""
        low, high = self._interval(point, CALENDAR)
        return _date(low), _date(high)

    def at_or_before(self, a: str, b: str) -> bool:
        """Tell whether the case proves that ``a`` is not after ``b``."""
        most = self._order(b, a)
        return most is not None and most <= 0

    def strictly_before(self, a: str, b: str) -> bool:
        """Tell whether the case proves that ``a`` is before ``b``."""
        most = self._order(b, a)
        return most is not None and most < 0

    def distance(self, a: str, b: str) -> tuple[int | None, int | None]:
        """Return the least and most whole days from ``a`` to ``b``, rounded outwards; ``None``: no bound."""
        back = self._at_most(b, a)
        return _floor(None if back is None else -back), _ceil(self._at_most(a, b))

    def gap(self, a: str, b: str) -> tuple[int | None, int | None]:
        """Return what `distance` does, with a disputed row taken at its word."""
        low, high = self._gap(a, b)
        return _floor(low), _ceil(high)

    def apart(self, a: str, b: str) -> bool:
        """Tell whether ``a`` lies before ``b`` or after it, whatever else is so; a disputed row taken at its word."""
        low, high = self._gap(a, b)
        return (low is not None and low > 0) or (high is not None and high < 0)

    def rezero(self, point: str) -> Chronology:
        """Return the same chronology counted from another point, read anew from the network."""
        return replace(self, _zero=self._points[point])

    def _at_most(self, source: str, target: str) -> int | None:
        a, b, zero = (self._index[self._points[name]] for name in (source, target, ZERO))
        back, forth = self._solution.distances_to(zero)[a], self._solution.distances_from(zero)[b]
        # By way of day zero nearly always is the shortest way, or but little is shorter.
        known = None if back is None or forth is None else back + forth
        return self._solution.at_most(a, b, known)

    def _order(self, source: str, target: str) -> int | None:
        """Return a number with the sign of the tightest upper bound of ``target - source``.

        Where all that is possible of one lies before all that is possible of the other, their bounds from zero tell it,
        and no path between the two need be looked for.
        """
        a, b, zero = (self._index[self._points[name]] for name in (source, target, ZERO))
        back, forth = self._solution.distances_to(zero), self._solution.distances_from(zero)
        for first, second, sign in ((b, a, 1), (a, b, -1)):
            latest, earliest = forth[first], back[second]
            if latest is not None and earliest is not None and latest + earliest < 0:
                return sign * (latest + earliest)
        return self._at_most(source, target)

    def _interval(self, point: str, origin: str) -> _Interval:
        found = self._known.get((point, origin))
        if found is None:
            found = self._known[point, origin] = self._worked_out(point, origin)
        return found

    def _worked_out(self, point: str, origin: str) -> _Interval:
        name = self._points[point]
        row = self._rows.get(name.removesuffix(".end"))
        if row is None or name == origin or self._counts(row):
            return self._proven(name, origin)
        return self._claimed(row, name, origin)

    def _gap(self, a: str, b: str) -> _Interval:
        origin = self._points[a]
        row = self._rows.get(origin.removesuffix(".end"))
        if row is None or self._counts(row):
            return self._interval(b, origin)
        # What a disputed row says of itself bounds its own points alone: seen from the other end.
        low, high = self._interval(a, self._points[b])
        return None if high is None else -high, None if low is None else -low

    def _counts(self, row: Row) -> bool:
        return row.used and row.id not in self.set_aside

    def _proven(self, name: str, origin: str) -> _Interval:
        point, zero = self._index[name], self._index[origin]
        back = self._solution.distances_to(zero)[point]
        return None if back is None else -back, self._solution.distances_from(zero)[point]

    def _claimed(self, row: Row, name: str, origin: str) -> _Interval:
        """Bound a row that constrains nothing: by the solved network and what the row itself says."""
        other = self._rows.get(origin.removesuffix(".end"))
        claims = [row, *([other] if other and not self._counts(other) and other != row else [])]
        said = [c for claim in self._relied_on(claims) for c in stated(claim, self._frame, self._points)]
        names = list(dict.fromkeys([origin, name, *(end for c in said for end in (c.source, c.target))]))
        index = {each: number for number, each in enumerate(names)}
        known = [
            (index[a], index[b], most)
            for a in names
            for b in names
            if a != b and (most := self._solution.at_most(self._index[a], self._index[b])) is not None
        ]
        local = solve(len(names), known + edges(said, index))
        if not isinstance(local, Solution):
            return self._said(row, name, origin)
        back = local.at_most(index[name], index[origin])
        return None if back is None else -back, local.at_most(index[origin], index[name])

    def _relied_on(self, claims: Sequence[Row]) -> list[Row]:
        """Return rows without a say, and those like them on which their own statements hang."""
        found = list(claims)
        for claim in found:
            bases = (limit.base for _, _, statement in claim.statements for limit in statement.limits)
            rows = (self._rows.get(base.id) for base in bases if isinstance(base, Anchor))
            found += {r.id: r for r in rows if r and not self._counts(r) and r not in found}.values()
        return found

    def _said(self, row: Row, name: str, origin: str) -> _Interval:
        """Bound a row that contradicts the rest by its own words alone, from where their anchors lie."""
        lows: list[int] = []
        highs: list[int] = []
        statement = row.end if name.endswith(".end") else row.time
        for limit in statement.limits if statement else ():
            base = base_point(limit, self._points)
            low, high = self._proven(base, origin) if base else (None, None)
            if limit.side == "lower" and low is not None:
                lows.append(low - weigh(-limit.ticks, strict=limit.strict))
            if limit.side == "upper" and high is not None:
                highs.append(high + weigh(limit.ticks, strict=limit.strict))
        if statement and statement.ongoing:
            return self._proven(HORIZON, origin)
        if lows and highs and max(lows) > min(highs):
            return None, None  # it contradicts itself
        return max(lows, default=None), min(highs, default=None)


def resolve(rows: Iterable[Row], frame: Frame) -> Chronology:
    """Work out when everything in a case can have happened.

    Parameters
    ----------
    rows : iterable of Row
        All rows that have a place in time, in the order of the files. Of two rows with one id, the
        first counts.
    frame : Frame
        Day zero, its date, and the patient's age. Names of rows that do not exist bound nothing.

    Returns
    -------
    Chronology
        With tightest bounds, and every independent contradiction.
    """
    by_id: dict[str, Row] = {}
    for row in rows:
        by_id.setdefault(row.id, row)
    points = Points(by_id.values(), frame.day_zero)
    index = {name: number for number, name in enumerate(points.names)}
    counted = [row for row in by_id.values() if row.used]
    said = list(constraints(counted, frame, points))
    set_aside: list[str] = []
    found: list[Contradiction] = []
    while not isinstance(solution := solve(len(index), edges(said, index)), Solution):
        found.append(_sift([said[number] for number in solution], said))
        last = next((row.id for row in reversed(counted) if row.id in found[-1].rows), None)
        if last is not None:
            set_aside.append(last)
        # With no row at fault it is the case as a whole, whose date and age bound nothing then.
        silenced = () if last is None else (last,)
        said = [constraint for constraint in said if constraint.owners != silenced]
    return Chronology(
        contradictions=tuple(_with_zero(contradiction, by_id.get(frame.day_zero or "")) for contradiction in found),
        set_aside=tuple(set_aside),
        missing_anchors=tuple(dict.fromkeys(missing_anchors(by_id.values(), points))),
        _rows=by_id,
        _frame=frame,
        _points=points,
        _index=index,
        _solution=solution,
    )


def _sift(cycle: list[Constraint], said: Sequence[Constraint]) -> Contradiction:
    """Return a contradiction none of whose rows can be spared."""
    rows = Contradiction(tuple(cycle)).rows
    if len(rows) > _SIFTED:
        return Contradiction(tuple(cycle))
    near = by_owner(said, frozenset(rows))
    spared = next(_cycles_without(rows, near), None)
    return Contradiction(tuple(cycle)) if spared is None else _sift(spared, near)


def _with_zero(found: Contradiction, row: Row | None) -> Contradiction:
    if row is None or not through_day_zero(found.constraints):
        return found
    return replace(found, zero=day_zero(row))


def _cycles_without(rows: Sequence[str], near: Sequence[Constraint]) -> Iterator[list[Constraint]]:
    for row in rows:
        rest = by_owner(near, frozenset(rows) - {row})
        names = dict.fromkeys(name for c in rest for name in (c.source, c.target))
        index = {name: number for number, name in enumerate(names)}
        solution = solve(len(index), edges(rest, index))
        if not isinstance(solution, Solution):
            yield [rest[number] for number in solution]


def _floor(weight: int | None) -> int | None:
    return None if weight is None else weight // _DAY


def _ceil(weight: int | None) -> int | None:
    return None if weight is None else -(-weight // _DAY)


def _date(weight: int | None) -> date | None:
    # Both ends name the day they fall in: a bound short of midnight by an instant is the day before.
    day = _floor(weight)
    return date.fromordinal(day) if day is not None and 1 <= day <= date.max.toordinal() else None
