"""What the rows of a case say about time, as bounds between points."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from casecurves.model.network import weigh
from casecurves.model.points import BIRTH, DAY, TICKS, YEAR, Anchor, Limit, Offset, Range
from casecurves.model.when import Statement, write
from casecurves.words import pick, say

# Points that no row names; "@" cannot stand in an id.
ZERO = "@zero"
CALENDAR = "@calendar"
HORIZON = "@last_follow_up"

Params = tuple[tuple[str, object], ...]


class Row(NamedTuple):
    """One row of a case that has a place in time.

    Attributes
    ----------
    id, file, line : str, str, int
        Which row; lines count from 1.
    label, label_fr : str
        What to call it in words; ``""`` where the French words are the same.
    time, end : Statement or None
        ``None``: not known.
    has_end : bool
        It lasts, so that its end is a point of its own even when nothing is said of it.
    kind : str
        ``"death"`` and ``"last_follow_up"`` close the follow-up.
    parent : str or None
        The course within which a dose lies.
    used : bool
        ``False`` for a disputed row: it is shown, and constrains nothing.
    post_mortem : bool
        It may lie after death.
    doses, every : int, Offset or None
        Number of administrations and the interval between them, where both are stated.
    over : bool
        Its dose holds throughout the stretch that ``time`` gives, so that its course covers the stretch.
    time_column : str
        What the column of ``time`` is called in the file.
    """

    id: str
    file: str
    line: int
    label: str
    time: Statement | None = None
    end: Statement | None = None
    has_end: bool = False
    kind: str = ""
    parent: str | None = None
    used: bool = True
    post_mortem: bool = False
    doses: int = 0
    every: Offset | None = None
    over: bool = False
    time_column: str = "time"
    label_fr: str = ""

    @property
    def lasts(self) -> bool:
        """True when its end is a point of its own."""
        return self.has_end or self.end is not None

    @property
    def closes(self) -> bool:
        """True when nothing alive comes after it."""
        return self.kind in ("death", "last_follow_up")

    @property
    def shortest(self) -> int:
        """Ticks that its administrations take at least: first to last, give or take half a unit."""
        if self.every is None or self.doses < 2:
            return 0
        return (self.doses - 1) * self.every.ticks - TICKS[self.every.finest] // 2

    @property
    def stretches(self) -> tuple[tuple[Limit, Limit], ...]:
        """Of each stretch throughout which it holds: the latest that it begins, the earliest that it ends."""
        clauses = self.time.clauses if self.over and self.time is not None else ()
        return tuple(
            (
                Limit(clause.start.base, "upper", *clause.start.span()[1:]),
                Limit(clause.end.base, "lower", clause.end.span()[0]),
            )
            for clause in clauses
            if isinstance(clause, Range) and clause.start is not None and clause.end is not None
        )

    @property
    def points(self) -> tuple[str, ...]:
        """Names of its points."""
        return (self.id, f"{self.id}.end") if self.lasts else (self.id,)

    @property
    def statements(self) -> tuple[tuple[str, str, Statement], ...]:
        """What is said of its points: point, column, statement."""
        start = () if self.time is None else ((self.id, self.time_column, self.time),)
        return start if self.end is None else (*start, (f"{self.id}.end", "end", self.end))


@dataclass(frozen=True)
class Frame:
    """What the case as a whole says about time.

    Attributes
    ----------
    day_zero : str or None
        Row whose start is zero; ``None`` or unknown: zero is an instant of its own.
    day_zero_date : Statement or None
        Calendar date of day zero, which may be a month or a year.
    age_years : int or None
        Age in completed years at the start of the row ``age_at``.
    age_at : str or None
        ``None``: the age bounds nothing.
    """

    day_zero: str | None = None
    day_zero_date: Statement | None = None
    age_years: int | None = None
    age_at: str | None = None


class Constraint(NamedTuple):
    """``target - source <= weight``, and who says so.

    Attributes
    ----------
    source, target : str
        Points: a row's id, ``id.end``, ``birth``, or one of ``@zero``, ``@calendar``, ``@last_follow_up``.
    weight : int
        See `casecurves.model.network.weigh`.
    owners : tuple of str
        The row that says it; none: the case as a whole does.
    why : str
        Key of its sentence in the catalogue.
    row : Row or None
        The row of the sentence; ``None``: the case as a whole.
    more : tuple of (name, value)
        Further values for the sentence.
    counted : bool
        Said of day zero itself, not of the row that is day zero.
    """

    source: str
    target: str
    weight: int
    owners: tuple[str, ...]
    why: str
    row: Row | None
    more: Params = ()
    counted: bool = False

    def sentence(self, lang: str = "en") -> str:
        """Say it in words, with file and line."""
        # Put together here: of hundreds of constraints few are ever said.
        return say(self.why, lang, **_where(self.row, lang), **dict(self.more))


class Points(dict[str, str]):
    """Which point each name means.

    A row without an end of its own ends where it starts; the row that is day zero starts at zero.
    """

    def __init__(self, rows: Collection[Row], day_zero: str | None) -> None:
        super().__init__({ZERO: ZERO, CALENDAR: CALENDAR, HORIZON: HORIZON, BIRTH: BIRTH})
        self["last_follow_up"] = HORIZON  # unless a row is called so
        self.names = [ZERO, CALENDAR, HORIZON, BIRTH]
        for row in rows:
            start = ZERO if row.id == day_zero else row.id
            end = f"{row.id}.end"
            self[row.id] = start
            lasts = row.lasts
            self[end] = end if lasts else start
            self.names += [start] if start == row.id else []
            self.names += [end] if lasts else []
        self._labels = {row.id: row.label for row in rows}

    def anchor(self, anchor: Anchor) -> str | None:
        """Return the point of an anchor; ``None`` when there is no such row."""
        known = anchor.id in self._labels or (anchor.id == BIRTH and not anchor.end)
        return self[str(anchor)] if known else None

    def label(self, row: str) -> str:
        """Return what to call a row in words."""
        return self._labels[row]


def missing_anchors(rows: Iterable[Row], points: Points) -> Iterator[tuple[str, str, str]]:
    """Yield row, column and anchor for each name that no row has."""
    for row in rows:
        for _, column, statement in row.statements:
            for limit in statement.limits:
                if isinstance(limit.base, Anchor) and points.anchor(limit.base) is None:
                    yield row.id, column, str(limit.base)
        if row.parent is not None and points.anchor(Anchor(row.parent)) is None:
            yield row.id, "therapy", row.parent


def constraints(rows: Iterable[Row], frame: Frame, points: Points) -> Iterator[Constraint]:
    """Yield everything that rows and frame say, and what goes without saying."""
    yield from _of_frame(frame, points)
    for row in rows:
        yield from stated(row, frame, points)
        if row.parent is not None and points.anchor(Anchor(row.parent)):
            yield from _in_course(row, row.parent, points.label(row.parent), points)
        if row.closes:
            yield from _same(points[row.id], HORIZON, (row.id,), "chain.closes", row)
        if not row.post_mortem:
            owners = (row.id,)
            for point in row.points:
                yield Constraint(HORIZON, points[point], 0, owners, "chain.followed", row)


def stated(row: Row, frame: Frame, points: Points) -> Iterator[Constraint]:
    """Yield what a row says of its own points, and that it does not end before it starts."""
    owners = (row.id,)
    for point, column, statement in row.statements:
        more: Params = (("column", column), ("written", statement.written or write(statement)))
        if statement.ongoing:
            yield from _same(points[point], HORIZON, owners, "chain.states", row, more)
        is_zero = point == row.id == frame.day_zero
        for limit in map(_midnight, statement.limits) if is_zero else statement.limits:
            yield from _limit(points[point], limit, points, owners, "chain.states", row, more)
    if row.lasts:
        start, end = map(points.__getitem__, row.points)
        yield Constraint(end, start, 0, owners, "chain.start_before_end", row)
        if row.shortest:
            more = (("doses", row.doses), ("every", str(row.every)))
            yield Constraint(end, start, weigh(-row.shortest), owners, "chain.administrations", row, more)


def _of_frame(frame: Frame, points: Points) -> Iterator[Constraint]:
    if frame.day_zero_date is not None:
        written = frame.day_zero_date.written or write(frame.day_zero_date)
        for limit in frame.day_zero_date.limits:
            if limit.base == "calendar":
                yield from _limit(ZERO, _midnight(limit), points, (), "chain.day_zero", None, (("written", written),))
    if frame.age_years is not None and frame.age_at is not None:
        at = points.anchor(Anchor(frame.age_at))
        if at is not None:
            params: Params = (("age", frame.age_years), ("at", frame.age_at))
            youngest = weigh(-frame.age_years * YEAR)
            oldest = weigh((frame.age_years + 1) * YEAR, strict=True)
            yield Constraint(at, BIRTH, youngest, (), "chain.age", None, params)
            yield Constraint(BIRTH, at, oldest, (), "chain.age", None, params)


def _in_course(row: Row, course: str, label: str, points: Points) -> Iterator[Constraint]:
    more: Params = (("course", label),)
    for point in row.points:
        yield Constraint(points[point], points[course], 0, (row.id,), "chain.dose_in_course", row, more)
        yield Constraint(points[f"{course}.end"], points[point], 0, (row.id,), "chain.dose_in_course", row, more)
    for begins, ends in row.stretches:
        yield from _limit(points[course], begins, points, (row.id,), "chain.dose_over_course", row, more)
        yield from _limit(points[f"{course}.end"], ends, points, (row.id,), "chain.dose_over_course", row, more)


def _limit(
    point: str, limit: Limit, points: Points, owners: tuple[str, ...], why: str, row: Row | None, more: Params
) -> tuple[Constraint, ...]:
    base = base_point(limit, points)
    if base is None:
        return ()
    # What no row owns is said of the date of day zero.
    counted = limit.base == "zero" or not owners
    if limit.side == "upper":
        return (Constraint(base, point, weigh(limit.ticks, strict=limit.strict), owners, why, row, more, counted),)
    return (Constraint(point, base, weigh(-limit.ticks, strict=limit.strict), owners, why, row, more, counted),)


def base_point(limit: Limit, points: Points) -> str | None:
    """Return the point a limit is counted from; ``None`` when there is no such row."""
    if isinstance(limit.base, Anchor):
        return points.anchor(limit.base)
    return ZERO if limit.base == "zero" else CALENDAR


def _midnight(limit: Limit) -> Limit:
    # Zero is the midnight at which one of the days begins: the last possible one is a day before the end.
    if limit.base == "calendar" and limit.side == "upper":
        return Limit("calendar", "upper", limit.ticks - DAY)
    return limit


def _same(a: str, b: str, owners: tuple[str, ...], why: str, row: Row, more: Params = ()) -> Iterator[Constraint]:
    yield Constraint(a, b, 0, owners, why, row, more)
    yield Constraint(b, a, 0, owners, why, row, more)


def _where(row: Row | None, lang: str) -> dict[str, object]:
    if row is None:
        return {}
    label = {"en": row.label, "fr": row.label_fr or row.label}
    return {"file": row.file, "line": row.line, "id": row.id, "label": pick(label, lang)}


def day_zero(row: Row) -> Constraint:
    """Return the link that a row is day zero; both are one point, so that it bounds nothing more."""
    return Constraint(ZERO, ZERO, 0, (row.id,), "chain.is_day_zero", row)


def through_day_zero(chain: Iterable[Constraint]) -> bool:
    """Tell whether a chain holds only because a row is day zero: it comes by one and leaves by the other."""
    touching = [link for link in chain if ZERO in (link.source, link.target)]
    return any(link.source == link.target for link in touching) or len({link.counted for link in touching}) == 2


def by_owner(all_constraints: Iterable[Constraint], rows: frozenset[str]) -> list[Constraint]:
    """Return the constraints that need no other rows than these."""
    return [constraint for constraint in all_constraints if rows.issuperset(constraint.owners)]


def edges(chosen: Iterable[Constraint], index: Mapping[str, int]) -> list[tuple[int, int, int]]:
    """Return constraints as edges between numbered points."""
    return [(index[c.source], index[c.target], c.weight) for c in chosen]
