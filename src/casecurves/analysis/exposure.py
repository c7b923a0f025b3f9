"""How much glucocorticoid a patient was given: daily and cumulative, in prednisone, as least and most.

Only named agents count, unless the reader chooses what an unnamed one is taken to be. A dose stated at a moment holds
at that moment; a stated taper lies between its dated doses; anything else is not known, and has no upper limit.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any, Literal

from casecurves.analysis.courses import Gap, Given, Piece, Stretch, pieces, stretches
from casecurves.analysis.milligrams import ROUTES, agent_of, counts, daily, is_glucocorticoid, is_pulse, once, pulses
from casecurves.knowledge.glucocorticoids import Assumed, Equivalent, is_group, low_dose
from casecurves.model.case import Case
from casecurves.model.chronology import Chronology
from casecurves.model.schema import DatedDose, Therapy

# Why a course has no upper limit, or does not count at all.
Reason = Literal[
    "agent", "equivalent", "route", "illustrative", "no_dose", "unit", "body", "moment", "order", "dates", "count"
]
MONTH_DAYS = 30.4375
_EPSILON = 1e-9


@dataclass(frozen=True)
class Extent:
    """A quantity between two limits; ``high`` is ``None`` where nothing bounds it."""

    low: float
    high: float | None

    def __add__(self, other: Extent) -> Extent:
        high = None if self.high is None or other.high is None else self.high + other.high
        return Extent(self.low + other.low, high)


NOTHING = Extent(0.0, 0.0)
_OPEN = Extent(0.0, None)


@dataclass(frozen=True)
class CourseExposure:
    """What one course adds.

    Attributes
    ----------
    therapy : str
        Id of the course.
    agent : Equivalent or None
        What its dose is converted with; ``None`` where there is no equivalence.
    assumed : bool
        The agent is not named, and the reader chose it.
    pulse : bool
        Given at 250 mg of prednisone-equivalent a day or more (doi:10.1136/ard.61.8.718).
    pieces : tuple of Piece
        Limits of the daily dose in mg of prednisone-equivalent, in whole days from day zero. Empty for a course that
        does not count, and for administrations whose days are not known.
    grams : Extent
        Cumulative dose in grams of prednisone-equivalent.
    count : Extent
        For pulses: how many.
    days_above_low : Extent
        Days with more than 7.5 mg of prednisone-equivalent (doi:10.1136/ard.61.8.718).
    reasons : tuple of str
        Why there is no upper limit; empty where there is one.
    """

    therapy: str
    agent: Equivalent | None
    assumed: bool
    pulse: bool
    pieces: tuple[Piece, ...]
    grams: Extent
    count: Extent
    days_above_low: Extent
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Exposure:
    """What a patient was given.

    Attributes
    ----------
    courses : tuple of CourseExposure
        One for each course of a glucocorticoid that counts, in file order; none: no glucocorticoid is reported.
    daily, pulses, total : Extent
        Cumulative doses in grams of prednisone-equivalent: of daily doses, of pulses, of both.
    count : Extent
        How many pulses.
    profile : tuple of Piece
        Limits of the daily dose of all courses together but pulses, mg of prednisone-equivalent.
    months_above_low : Extent
        Months (of 30.4375 days) with more than 7.5 mg a day (doi:10.1136/ard.61.8.718), pulses not counted.
    reasons : tuple of str
        Why there is no upper limit, each once.
    assumed : str
        What unnamed agents were taken to be; ``""``: they do not count.
    """

    courses: tuple[CourseExposure, ...]
    daily: Extent
    pulses: Extent
    total: Extent
    count: Extent
    profile: tuple[Piece, ...]
    months_above_low: Extent
    reasons: tuple[Reason, ...]
    assumed: Assumed

    @property
    def computable(self) -> bool:
        """True when a number can be given: an upper limit, or a lower one above nothing."""
        return self.total.high is not None or self.total.low > 0

    def to_json(self) -> dict[str, Any]:
        """Return the exposure as plain JSON values; ``None`` where there is no limit.

        Returns
        -------
        dict
            Grams as ``least`` and ``most``; ``courses`` with the ``daily`` pieces of each; ``reasons``.
        """
        return {
            "unit": "g prednisone-equivalent",
            "assumed_agent": self.assumed or None,
            "computable": self.computable,
            "daily_doses": _json(self.daily),
            "pulses": {**_json(self.pulses), "count": _json(self.count)},
            "total": _json(self.total),
            "months_above_7_5_mg": _json(self.months_above_low),
            "reasons": list(self.reasons),
            "daily": [_piece(one) for one in self.profile],
            "courses": [
                {
                    "therapy": one.therapy,
                    "agent": one.agent.agent if one.agent else None,
                    "mg_for_5_mg_prednisone": one.agent.mg if one.agent else None,
                    "equivalence": one.agent.source if one.agent else None,
                    "equivalence_verified": one.agent.verified if one.agent else None,
                    "assumed": one.assumed,
                    "pulse": one.pulse,
                    "grams": _json(one.grams),
                    "count": _json(one.count) if one.pulse else None,
                    "daily": [_piece(piece) for piece in one.pieces],
                    "reasons": list(one.reasons),
                }
                for one in self.courses
            ],
        }


def exposure(
    case: Case, *, assume: Assumed = "", illustrative: bool = False, chronology: Chronology | None = None
) -> Exposure:
    """Work out how much glucocorticoid a patient was given.

    A day belongs to the dose given on it: a dose from day 0 to an end on day 28 is given on 28 days. Where a source
    dates with less than a day, the limits hold over every day that the chronology allows. Pulses count in the total
    although equivalences describe the effect of daily doses and not of pulses; they are never part of the profile.

    Parameters
    ----------
    case : Case
        A patient; a group or a trial has no exposure.
    assume : {"", "prednisone", "prednisolone", "methylprednisolone"}
        What agents that are not named ("corticosteroids") are taken to be; ``""``: they do not count. To be said
        wherever the result is.
    illustrative : bool
        True counts rows that were made to teach, too.
    chronology : Chronology, optional
        The times of the case from another day zero, for the days of the pieces.

    Returns
    -------
    Exposure
        Grams and milligrams of prednisone-equivalent with their least and most, and the reasons where there is no most.
        Disputed rows, and rows set aside because they contradict others, do not count.

    Notes
    -----
    Limits of low doses and of pulses: Buttgereit et al., Ann Rheum Dis 2002;61:718-722, doi:10.1136/ard.61.8.718.
    """
    times = chronology or case.chronology
    rows = [row for row in case.therapies if is_glucocorticoid(row) and counts(case, row)]
    found = tuple(_course(case, row, times, assume, illustrative) for row in rows if case.header.kind == "patient")
    oral = [one for one in found if not one.pulse]
    pulsed = [one for one in found if one.pulse]
    profile = combined([one.pieces for one in oral])
    return Exposure(
        courses=found,
        daily=_sum(one.grams for one in oral),
        pulses=_sum(one.grams for one in pulsed),
        total=_sum(one.grams for one in found),
        count=_sum(one.count for one in pulsed),
        profile=profile,
        months_above_low=_months_above(profile, oral),
        reasons=tuple(dict.fromkeys(reason for one in found for reason in one.reasons)),
        assumed=assume,
    )


def combined(profiles: Sequence[Sequence[Piece]]) -> tuple[Piece, ...]:
    """Return the limits of the sum of several daily doses, day by day."""
    cuts = sorted({day for profile in profiles for piece in profile for day in (piece.start, piece.end)})
    made: list[Piece] = []
    for start, end in pairwise(cuts):
        here = [piece for profile in profiles for piece in profile if piece.start <= start and end <= piece.end]
        limits = sum(piece.low for piece in here), sum(piece.high for piece in here)
        if made and made[-1].end == start and (made[-1].low, made[-1].high) == limits:
            made[-1] = Piece(made[-1].start, end, *limits)
        elif here:
            made.append(Piece(start, end, *limits))
    return tuple(made)


def _course(case: Case, row: Therapy, times: Chronology, assume: Assumed, illustrative: bool) -> CourseExposure:
    agent = agent_of(row, assume)
    assumed = bool(assume) and is_group(row.drug) and agent is not None
    doses = [dose for dose in case.doses if dose.therapy == row.id and counts(case, dose)]
    head = (row.id, agent, assumed, is_pulse(case, times, row, doses, agent))
    left_out = _left_out(row, agent, illustrative)
    if agent is None or left_out is not None:
        return CourseExposure(*head, (), _OPEN, _OPEN, _OPEN, () if left_out is None else (left_out,))
    factor = agent.factor
    doses = [dose for dose in doses if illustrative or dose.basis != "illustrative"]
    given = _counted(case, times, row, doses)
    if given is not None:
        grams, count, reasons = given
        return CourseExposure(*head, (), _times(grams, factor), count, Extent(0.0, count.high), reasons)

    def worth(one: Therapy | DatedDose) -> Given | Gap:
        stated = daily(case, times, one, throughout=True)
        return stated if isinstance(stated, str) else stated.times(factor)

    found = stretches(case, row, times, doses, worth)
    limits = pieces(found)
    grams, count = _grams(found, limits), _days(found, limits, 0.0)
    if head[-1]:
        number = stretches(case, row, times, doses, partial(pulses, case, times))
        count = _fewer(count, sum(one.least for one in number), sum(one.most for one in number))
    return CourseExposure(*head, limits, grams, count, _days(found, limits, low_dose().mg), _reasons(found, grams))


def _left_out(row: Therapy, agent: Equivalent | None, illustrative: bool) -> Reason | None:
    if row.basis == "illustrative" and not illustrative:
        return "illustrative"
    if row.route not in ROUTES:
        return "route"
    return None if agent is not None else "agent" if is_group(row.drug) else "equivalent"


def _counted(
    case: Case, times: Chronology, row: Therapy, doses: Sequence[DatedDose]
) -> tuple[Extent, Extent, tuple[Reason, ...]] | None:
    """Return grams of the agent and number of single administrations; ``None`` for a course told as daily doses."""
    amounts = [once(case, times, dose) for dose in doses]
    by_day = [dose for dose in doses if isinstance(daily(case, times, dose), Given)]
    if any(dose.holds != "at" for dose in by_day) or (row.doses is None and (by_day or not doses)):
        return None
    known = [Extent(mg[0] / 1000, mg[1] / 1000) for mg in amounts if not isinstance(mg, str)]
    if row.doses is None:
        if len(known) < len(amounts):
            return None
        return Extent(_sum(known).low, None), Extent(len(known), None), ("count",)
    own = once(case, times, row)
    # Administrations without a dose of their own have that of the course.
    rest = max(row.doses - len(known), 0)
    if rest and isinstance(own, str):
        return Extent(_sum(known).low, None), Extent(row.doses, row.doses), (own or "unit",)
    low, high = (0.0, 0.0) if isinstance(own, str) else own
    grams = _sum(known) + Extent(rest * low / 1000, rest * high / 1000)
    number = max(row.doses, len(known))
    return grams, Extent(number, number), ()


def _grams(found: Sequence[Stretch], limits: Sequence[Piece]) -> Extent:
    """Return the cumulative dose: by the length of each stretch, and day by day; the narrower of the two holds."""
    by_length = sum(one.least for one in found), sum(one.most for one in found)
    by_day = (
        sum(one.low * (one.end - one.start) for one in limits if one.low),
        sum(one.high * (one.end - one.start) for one in limits),
    )
    return _extent(max(by_length[0], by_day[0]) / 1000, min(by_length[1], by_day[1]) / 1000)


def _days(found: Sequence[Stretch], limits: Sequence[Piece], above: float) -> Extent:
    """Return on how many days a dose lay above a limit; without stretches, day by day only."""
    least = sum(one.end - one.start for one in limits if one.low > above)
    most = sum(one.end - one.start for one in limits if one.high > above)
    if found:
        least = max(least, sum(one.shortest for one in found if one.given.low > above))
        most = min(most, sum(one.longest for one in found if one.given.high > above))
    return _extent(least, most)


def _months_above(profile: Sequence[Piece], courses: Sequence[CourseExposure]) -> Extent:
    """Return for how many months the daily dose of all courses together was not low."""
    day_by_day = _days((), profile, low_dose().mg)
    least = max([day_by_day.low, *(one.days_above_low.low for one in courses)])
    most = math.inf if day_by_day.high is None else day_by_day.high
    for one in courses:
        if not one.pieces and one.grams != NOTHING:
            most += math.inf if one.days_above_low.high is None else one.days_above_low.high
    if len(courses) == 1 and courses[0].days_above_low.high is not None:
        most = min(most, courses[0].days_above_low.high)
    return _extent(least / MONTH_DAYS, most / MONTH_DAYS)


def _reasons(found: Sequence[Stretch], grams: Extent) -> tuple[Reason, ...]:
    if grams.high is not None:
        return ()
    gaps: list[Reason] = [one.gap for one in found if one.gap and one.longest]
    endless = any(one.given.high and math.isfinite(one.given.high) and math.isinf(one.longest) for one in found)
    return tuple(dict.fromkeys([*gaps, *(["dates"] if endless else [])]))  # type: ignore[list-item]


def _fewer(days: Extent, least: float, most: float) -> Extent:
    """Return how many pulses there are: no more than days on which they can be, and as many as their rhythm makes."""
    high = math.inf if days.high is None else days.high
    return _extent(
        max(days.low, math.ceil(least - _EPSILON)), min(high, most if math.isinf(most) else int(most + _EPSILON))
    )


def _extent(low: float, high: float) -> Extent:
    return Extent(low, high if math.isfinite(high) else None)


def _times(extent: Extent, factor: float) -> Extent:
    return Extent(extent.low * factor, None if extent.high is None else extent.high * factor)


def _sum(extents: Iterable[Extent]) -> Extent:
    return sum(extents, NOTHING)


def _json(extent: Extent) -> dict[str, float | None]:
    return {"least": round(extent.low, 6), "most": None if extent.high is None else round(extent.high, 6)}


def _piece(piece: Piece) -> dict[str, float | None]:
    names = ("from_day", "to_day", "least_mg", "most_mg")
    values = (piece.start, piece.end, piece.low, piece.high)
    return {name: round(value, 6) if math.isfinite(value) else None for name, value in zip(names, values, strict=True)}
