"""What is known of the daily dose of one course: a chain of stretches, each with two limits.

Days are whole: a day belongs to the dose that is given on it, so that a dose from day 0 that ends on day 28 is given on
28 days. The days on which one stretch may turn into the next come from the chronology.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from casecurves.model.case import Case
from casecurves.model.chronology import Chronology
from casecurves.model.points import BIRTH, DAY, Anchor, Limit
from casecurves.model.schema import DatedDose, Therapy

# Why nothing bounds the dose of a stretch from above.
Gap = Literal["", "moment", "no_dose", "unit", "body", "order"]


@dataclass(frozen=True)
class Given:
    """What is given of a drug, as one row states it.

    Attributes
    ----------
    low, high : float
        Limits of the dose on any one day.
    mean_low, mean_high : float
        Limits of the daily dose over many days; those of one day where it is given every day.
    swing : float
        By how much, at most, the sum over so many days may differ from so many times the mean.
    """

    low: float
    high: float
    mean_low: float
    mean_high: float
    swing: float = 0.0

    @classmethod
    def each_day(cls, low: float, high: float) -> Given:
        """Return what is given every day."""
        return cls(low, high, low, high)

    def times(self, factor: float) -> Given:
        """Return so many times as much."""
        return Given(*(value * factor for value in (self.low, self.high, self.mean_low, self.mean_high, self.swing)))


# What a row states, in the unit wanted; or why it states nothing in it.
Daily = Callable[[Therapy | DatedDose], Given | Gap]
_NONE = Given.each_day(0.0, 0.0)
_ANY = Given.each_day(0.0, math.inf)


@dataclass(frozen=True)
class Piece:
    """Days over which the daily dose lies between two values.

    Attributes
    ----------
    start, end : float
        First day, and the first day after the last; infinite where no day bounds it.
    low, high : float
        Limits of the daily dose; ``high`` is infinite where nothing bounds it. Equal: the dose is known.
    """

    start: float
    end: float
    low: float
    high: float


@dataclass(frozen=True)
class Turn:
    """The day on which one stretch ends and the next begins: between ``first`` and ``last``.

    ``point`` names it in the chronology; ``""`` for the end of a dose stated over a stretch, whose ``length`` back to
    its beginning may be known better than its days.
    """

    first: float
    last: float
    point: str = ""
    length: float | None = None


@dataclass(frozen=True)
class Stretch:
    """The days from one turn to the next, how many of them there can be, and what is given on them."""

    begins: Turn
    ends: Turn
    shortest: float
    longest: float
    given: Given
    gap: Gap = ""

    @property
    def least(self) -> float:
        """The least that can be given in all its days."""
        if not self.given.mean_low:
            return 0.0
        return max(self.given.mean_low * self.shortest - self.given.swing, self.given.low * self.shortest, 0.0)

    @property
    def most(self) -> float:
        """The most that can be given in all its days."""
        if not self.given.high or not self.longest:
            return 0.0
        return min(self.given.mean_high * self.longest + self.given.swing, self.given.high * self.longest)


Level = tuple[Given, Gap]
_OFF: Level = (_NONE, "")


def stretches(
    case: Case, course: Therapy, chronology: Chronology, doses: Iterable[DatedDose], daily: Daily
) -> list[Stretch]:
    """Return the stretches of a course in their order, the days before and after it included (dose 0).

    Parameters
    ----------
    case : Case
        The case.
    course : Therapy
        A course that counts.
    chronology : Chronology
        Its times, from any day zero.
    doses : iterable of DatedDose
        The dated doses of this course that count, in any order.
    daily : callable
        Gives what a row states, in the unit wanted, or why it states nothing in it.

    Returns
    -------
    list of Stretch
        Where the order of the doses is not known, the whole course is one stretch of unknown dose.
    """
    start, end = _turn(chronology, course.id), _turn(chronology, f"{course.id}.end")
    doses = list(doses)
    for row in doses:
        if row.holds == "over":
            end = _later(end, _throughout(case, row, chronology)[1])
    rows, ordered = _in_order(chronology, doses)
    unknown: list[tuple[Turn, Level]] = [(start, (_ANY, "order"))]
    chain = _chain(case, course, chronology, rows, daily) if ordered else unknown
    long_ago, never = Turn(-math.inf, -math.inf), Turn(math.inf, math.inf)
    chain = [(long_ago, _OFF), *chain, (end, _OFF), (never, _OFF)]
    return [_stretch(chronology, a, b, level) for (a, level), (b, _) in pairwise(chain)]


def pieces(found: Sequence[Stretch]) -> tuple[Piece, ...]:
    """Return the limits of the daily dose day by day, over all ways in which the stretches can lie.

    Days on which the dose is certainly 0 are left out; neighbours with the same limits are one piece.
    """
    ends = {day for one in found for turn in (one.begins, one.ends) for day in (turn.first, turn.last)}
    cuts = sorted(ends | {-math.inf, math.inf})
    made: list[Piece] = []
    for start, end in pairwise(cuts):
        here = [one for one in found if one.longest and one.begins.first <= start and end <= one.ends.last]
        limits = (
            min((one.given.low for one in here), default=0.0),
            max((one.given.high for one in here), default=0.0),
        )
        if made and made[-1].end == start and (made[-1].low, made[-1].high) == limits:
            made[-1] = Piece(made[-1].start, end, *limits)
        elif limits != (0.0, 0.0):
            made.append(Piece(start, end, *limits))
    return tuple(made)


def _chain(
    case: Case, course: Therapy, chronology: Chronology, rows: Sequence[DatedDose], daily: Daily
) -> list[tuple[Turn, Level]]:
    """Return the turns of a course, each with the limits that hold from it on."""
    start = _turn(chronology, course.id)
    if not rows:
        return [(start, _whole(course, daily))]
    chain: list[tuple[Turn, Level]] = [(start, (_ANY, "moment"))]
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        dose = daily(row)
        after = _after(course, dose, None if following is None else daily(following))
        held: Level = after if isinstance(dose, str) else (dose, "")
        if row.holds == "over":
            begins, ends = _throughout(case, row, chronology)
            chain += [(begins, held), (ends, after)]
        else:
            chain.append((_turn(chronology, row.id), held if row.holds == "from" else after))
    return chain


def _whole(course: Therapy, daily: Daily) -> Level:
    """Return what is given in a course without dated doses: its own dose, unless it is said to have changed."""
    dose = daily(course)
    if isinstance(dose, str):
        return _ANY, dose
    return (_ANY, "moment") if course.course in {"tapering", "intermittent"} else (dose, "")


def _after(course: Therapy, dose: Given | Gap, following: Given | Gap | None) -> Level:
    """Return what is given after a dose that no longer is stated to hold: of a stated taper, else anything."""
    if isinstance(dose, str):
        return _ANY, dose
    if course.course == "tapering" and isinstance(following, Given) and _falls(dose, following):
        both = (dose, following)
        return Given(
            min(one.low for one in both),
            max(one.high for one in both),
            following.mean_low,
            dose.mean_high,
            max(one.swing for one in both),
        ), ""
    return _ANY, "moment"


def _falls(dose: Given, following: Given) -> bool:
    return dose.mean_low >= following.mean_low and dose.mean_high >= following.mean_high


def _in_order(chronology: Chronology, doses: Iterable[DatedDose]) -> tuple[list[DatedDose], bool]:
    """Return doses in their known order, and whether every two neighbours are known to follow each other."""
    rows = list(doses)
    rows.sort(key=lambda row: sum(chronology.at_or_before(other.id, row.id) for other in rows if other is not row))
    return rows, all(chronology.at_or_before(a.id, b.id) for a, b in pairwise(rows))


def _turn(chronology: Chronology, point: str) -> Turn:
    first, last = chronology.days(point)
    return Turn(-math.inf if first is None else first, math.inf if last is None else last, point)


def _later(end: Turn, other: Turn) -> Turn:
    """Return the end of a course that a dose outlasts: given on the last day, it ends with that day."""
    if other.first <= end.first and other.last <= end.last:
        return end
    return Turn(max(end.first, other.first), max(end.last, other.last))


def _throughout(case: Case, row: DatedDose, chronology: Chronology) -> tuple[Turn, Turn]:
    """Return where a dose stated over a stretch begins and ends: at the two ends of its time as written."""
    low, high = _open(*chronology.exact_bounds(row.id))
    limits = () if row.time is None else row.time.limits
    lower, upper = ([one for one in limits if one.side == side] for side in ("lower", "upper"))
    if len(lower) == len(upper) == 1 and lower[0].base == upper[0].base:
        length = (upper[0].ticks - lower[0].ticks) / DAY
        if length <= high - low:
            begins = Turn(_day(low), _day(high - length))
            return begins, Turn(_day(low + length), _day(high), length=length)
    # Two ends counted from two things are each as certain as what they are counted from.
    latest = max((_base(case, chronology, one)[1] for one in lower), default=math.inf)
    earliest = min((_base(case, chronology, one)[0] for one in upper), default=-math.inf)
    return Turn(_day(low), _day(min(latest, high))), Turn(_day(max(earliest, low)), _day(high))


def _base(case: Case, chronology: Chronology, limit: Limit) -> tuple[float, float]:
    """Return between which days the end of a stretch lies that a limit sets."""
    if isinstance(limit.base, Anchor) and limit.base.id != BIRTH and case.row(limit.base.id) is None:
        return -math.inf, math.inf
    point = str(limit.base) if isinstance(limit.base, Anchor) else f"@{limit.base}"
    low, high = _open(*chronology.exact_bounds(point))
    return low + limit.ticks / DAY, high + limit.ticks / DAY


def _open(low: float | None, high: float | None) -> tuple[float, float]:
    return -math.inf if low is None else low, math.inf if high is None else high


def _day(time: float) -> float:
    return math.floor(time) if math.isfinite(time) else time


def _stretch(chronology: Chronology, begins: Turn, ends: Turn, level: Level) -> Stretch:
    shortest, longest = max(ends.first - begins.last, 0.0), ends.last - begins.first
    if begins.point and ends.point:
        least, most = chronology.distance(begins.point, ends.point)
        shortest = max(shortest, -math.inf if least is None else least)
        longest = min(longest, math.inf if most is None else most)
    if ends.length is not None:
        shortest, longest = max(shortest, math.floor(ends.length)), min(longest, math.ceil(ends.length))
    return Stretch(begins, ends, shortest, max(longest, shortest), *level)
