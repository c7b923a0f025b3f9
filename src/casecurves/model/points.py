"""The parts of a time statement: points, clauses, and the limits they set.

Arithmetic is exact. A tick is 1/32 day, so that a month of 30.4375 days, a year of 365.25 days and
the halves of all units are whole numbers (UCUM's ``mo_j`` and ``a_j``, https://ucum.org/ucum).
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

DAY = 32
WEEK = 7 * DAY
MONTH = 974
YEAR = 12 * MONTH

Letter = Literal["Y", "M", "W", "D"]
LETTERS: tuple[Letter, ...] = get_args(Letter)
TICKS: dict[Letter, int] = {"Y": YEAR, "M": MONTH, "W": WEEK, "D": DAY}

Unit = Literal["day", "week", "month", "year"]
UNITS: dict[Unit, Letter] = {"day": "D", "week": "W", "month": "M", "year": "Y"}

Precision = Literal["instant", "day", "week", "month", "year", "none"]
PRECISIONS: tuple[Precision, ...] = get_args(Precision)

Qualifier = Literal[
    "exact", "about", "between", "not_before", "not_after", "after", "before", "soon", "unknown", "ongoing"
]
Relation = Literal["after", "before", "soon"]
Side = Literal["lower", "upper"]

BIRTH = "birth"


@dataclass(frozen=True)
class Anchor:
    """The instant at which a row of the case starts, or ends; ``birth`` is one too."""

    id: str
    end: bool = False

    def __str__(self) -> str:
        return f"{self.id}.end" if self.end else self.id


# What a limit is counted from: day zero, midnight before 1 January of year 1, or a row.
Base = Literal["zero", "calendar"] | Anchor


@dataclass(frozen=True)
class Limit:
    """One bound that a statement sets.

    Attributes
    ----------
    base : "zero", "calendar" or Anchor
        What the bound is counted from. On the calendar, tick 0 of day ``n`` is
        ``n * DAY`` for ``n = date.toordinal()``.
    side : {"lower", "upper"}
        Not before, or not after.
    ticks : int
        Distance from the base, 1/32 day.
    strict : bool
        The bound itself is excluded.
    """

    base: Base
    side: Side
    ticks: int
    strict: bool = False


@dataclass(frozen=True)
class Date:
    """A calendar day, or a month or year when finer parts are ``None``.

    ``ambiguous`` marks a day read from text that also reads month first (03/04/2020).
    """

    year: int
    month: int | None = None
    day: int | None = None
    ambiguous: bool = field(default=False, compare=False)

    @property
    def base(self) -> Base:
        """What the date is counted from."""
        return "calendar"

    @property
    def precision(self) -> Precision:
        """The unit to which the date is given."""
        if self.month is None:
            return "year"
        return "month" if self.day is None else "day"

    def span(self) -> tuple[int, int, bool]:
        """Return first tick, last tick, and whether the last is excluded."""
        month = self.month or 1
        last_month = self.month or 12
        first = date(self.year, month, self.day or 1)
        last = date(self.year, last_month, self.day or monthrange(self.year, last_month)[1])
        return first.toordinal() * DAY, (last.toordinal() + 1) * DAY, True

    def around(self) -> tuple[int, int, bool]:
        """Return the span when read as a point: the whole day, month or year."""
        return self.span()

    def __str__(self) -> str:
        parts = [f"{self.year:04}"] + [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)


@dataclass(frozen=True)
class Offset:
    """A distance from day zero, or from an anchor.

    Attributes
    ----------
    parts : tuple of (letter, count)
        Counts of ``Y``, ``M``, ``W`` and ``D``, coarsest first; several only for a compound duration.
    negative : bool
        The distance runs backwards.
    anchor : Anchor or None
        ``None``: day zero.
    """

    parts: tuple[tuple[Letter, int], ...]
    negative: bool = False
    anchor: Anchor | None = None

    @property
    def base(self) -> Base:
        """What the distance is counted from."""
        return self.anchor or "zero"

    @property
    def finest(self) -> Letter:
        """The unit to which the distance is given."""
        return self.parts[-1][0]

    @property
    def precision(self) -> Precision:
        """The unit to which the distance is given, in words."""
        return next(unit for unit, letter in UNITS.items() if letter == self.finest)

    @property
    def ticks(self) -> int:
        """The distance, 1/32 day."""
        total = sum(TICKS[letter] * count for letter, count in self.parts)
        return -total if self.negative else total

    def span(self) -> tuple[int, int, bool]:
        """Return first tick, last tick, and whether the last is excluded, as the end of a range.

        A day is a whole day; any other unit is an instant. A compound distance that ends on a
        day need not be a whole number of days: the day in which it falls is meant.
        """
        if self.finest != "D":
            return self.ticks, self.ticks, False
        start = self.ticks // DAY * DAY
        return start, start + DAY, True

    def around(self) -> tuple[int, int, bool]:
        """Return the span when read as a point: the whole day, or half a unit either way."""
        if self.finest == "D":
            return self.span()
        half = TICKS[self.finest] // 2
        return self.ticks - half, self.ticks + half, False

    def __str__(self) -> str:
        sign = "-" if self.negative else ""
        if len(self.parts) > 1:
            text = "P" + "".join(f"{count}{letter}" for letter, count in self.parts)
            return f"{self.anchor}{sign or '+'}{text}" if self.anchor else f"{sign}{text}"
        ((letter, count),) = self.parts
        return f"{self.anchor}{sign or '+'}{letter}{count}" if self.anchor else f"{letter}{sign}{count}"


@dataclass(frozen=True)
class Instant:
    """An anchor read as a point: the same instant."""

    anchor: Anchor

    precision: Precision = field(default="instant", init=False)

    @property
    def base(self) -> Base:
        """What the point is counted from."""
        return self.anchor

    def span(self) -> tuple[int, int, bool]:
        """Return first tick, last tick, and whether the last is excluded."""
        return 0, 0, False

    def around(self) -> tuple[int, int, bool]:
        """Return the span when read as a point."""
        return self.span()

    def __str__(self) -> str:
        return str(self.anchor)


Point = Date | Offset | Instant


@dataclass(frozen=True)
class At:
    """At a point; ``about`` doubles its width round the same centre (an instant: one day either way)."""

    point: Point
    about: bool = False

    @property
    def qualifier(self) -> Qualifier:
        """How the clause says it."""
        return "about" if self.about else "exact"

    @property
    def precision(self) -> Precision:
        """The unit to which the point is given."""
        return self.point.precision

    def limits(self) -> tuple[Limit, ...]:
        """Return the bounds that the clause sets."""
        low, high, strict = self.point.around()
        if self.about:
            more = (high - low) // 2 or DAY
            low, high = low - more, high + more
        base = self.point.base
        return Limit(base, "lower", low), Limit(base, "upper", high, strict)

    def __str__(self) -> str:
        return f"~{self.point}" if self.about else str(self.point)


@dataclass(frozen=True)
class Range:
    """Not before ``start`` and not after ``end``; one of them may be ``None``."""

    start: Point | None
    end: Point | None

    @property
    def qualifier(self) -> Qualifier:
        """How the clause says it."""
        if self.start is None:
            return "not_after"
        return "not_before" if self.end is None else "between"

    @property
    def precision(self) -> Precision:
        """The coarser of the units in which the ends are given."""
        ends = [point.precision for point in (self.start, self.end) if point is not None]
        return max(ends, key=PRECISIONS.index)

    def limits(self) -> tuple[Limit, ...]:
        """Return the bounds that the clause sets."""
        limits: list[Limit] = []
        if self.start is not None:
            limits.append(Limit(self.start.base, "lower", self.start.span()[0]))
        if self.end is not None:
            _, high, strict = self.end.span()
            limits.append(Limit(self.end.base, "upper", high, strict))
        return tuple(limits)

    def __str__(self) -> str:
        return f"{self.start or ''}..{self.end or ''}"


@dataclass(frozen=True)
class Order:
    """After an anchor, before it, or soon after it: an order, no distance."""

    relation: Relation
    anchor: Anchor

    precision: Precision = field(default="none", init=False)

    @property
    def qualifier(self) -> Qualifier:
        """How the clause says it."""
        return self.relation

    def limits(self) -> tuple[Limit, ...]:
        """Return the one bound that the clause sets; strict by an instant."""
        return (Limit(self.anchor, "upper" if self.relation == "before" else "lower", 0, strict=True),)

    def __str__(self) -> str:
        return f"{self.relation}:{self.anchor}"


Clause = At | Range | Order
