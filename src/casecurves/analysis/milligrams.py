"""What one row states about a glucocorticoid: whether it counts, by which equivalence, how many milligrams a day."""

from __future__ import annotations

import math
from collections.abc import Sequence

from casecurves.analysis.body import amount, by_size
from casecurves.analysis.courses import Gap, Given
from casecurves.knowledge import drug
from casecurves.knowledge.glucocorticoids import Assumed, Equivalent, equivalent, is_group, pulse_dose
from casecurves.knowledge.rhythms import Rhythm, rhythm
from casecurves.knowledge.units import code
from casecurves.model.case import Case
from casecurves.model.chronology import Chronology
from casecurves.model.schema import DatedDose, Therapy

_MG = {"mg": 1.0, "g": 1000.0, "ug": 0.001}
_A_DAY = ("d", "(24.h)")
# The equivalences hold by mouth and into a vein; a route that is not stated is taken to be one of these.
ROUTES = ("", "oral", "intravenous")


def is_glucocorticoid(course: Therapy) -> bool:
    """Tell whether a course is one of a glucocorticoid, named or not."""
    known = drug(course.drug)
    return known is not None and known.glucocorticoid


def counts(case: Case, row: Therapy | DatedDose) -> bool:
    """Tell whether a row is used, and not set aside because it contradicts others."""
    return row.status == "used" and row.id not in case.chronology.set_aside


def agent_of(course: Therapy, assume: Assumed = "") -> Equivalent | None:
    """Return what a course is converted with; ``None`` where its agent, or its route, has no equivalence."""
    if course.route not in ROUTES:
        return None
    return equivalent(assume if assume and is_group(course.drug) else course.drug)


def daily(case: Case, times: Chronology, row: Therapy | DatedDose, *, throughout: bool = False) -> Given | Gap:
    """Return the milligrams a day that a row states.

    Parameters
    ----------
    case : Case
        The case; doses per kilogram and per square metre are worked out by its weights and heights.
    times : Chronology
        When they can have been measured.
    row : Therapy or DatedDose
        The dose.
    throughout : bool
        A dose by body size is asked for all of the time for which it holds, not for its first day alone.

    Returns
    -------
    Given or Gap
        A dose that is not given every day lies between nothing and itself on each, and over many days by how often it
        is given. Why there is none: the row states no dose, none by time in a unit of mass (``unit``), or one by a size
        of the body that no row states (``body``).
    """
    how = _how(row)
    if not _by_the_day(row) and how is None:
        return "no_dose" if row.dose is None else "unit"
    found = once(case, times, row, throughout=throughout)
    if isinstance(found, str):
        return found
    return Given.each_day(*found) if how is None else _by(how, *found)


def once(
    case: Case, times: Chronology, row: Therapy | DatedDose, *, throughout: bool = False
) -> tuple[float, float] | Gap:
    """Return the least and the most milligrams of one administration, or of one day; or why they are not known."""
    if row.dose is None:
        return "no_dose"
    unit, *per = (code(row.dose_unit) or "").split("/")
    size = by_size(row.dose_unit) if per else None
    if unit not in _MG or any(one != size and one not in _A_DAY for one in per):
        return "unit"
    if size is None:
        return row.dose * _MG[unit], row.dose * _MG[unit]
    holds = throughout and (isinstance(row, Therapy) or row.holds != "at")
    found = amount(case, times, row, throughout=holds)
    return "body" if found is None else (found.low * _MG[unit], found.high * _MG[unit])


def pulses(case: Case, times: Chronology, row: Therapy | DatedDose) -> Given | Gap:
    """Return how many pulses there are on a day, and over many: what is given in a day is one."""
    stated, how = daily(case, times, row), _how(row)
    if isinstance(stated, str) or not stated.swing or how is None:
        return stated if isinstance(stated, str) else Given.each_day(1.0, 1.0)
    return _by(how, 1.0, 1.0)


def is_pulse(
    case: Case, times: Chronology, course: Therapy, doses: Sequence[DatedDose], agent: Equivalent | None
) -> bool:
    """Tell whether a course is one of pulses: every dose it states is at least 250 mg of prednisone-equivalent.

    Without an equivalence, only a counted course of 250 mg or more as stated is taken to be one.
    """
    rows: tuple[Therapy | DatedDose, ...] = (course, *doses)
    stated = [mg[0] for row in rows if not isinstance(mg := once(case, times, row), str)]
    if agent is None:
        return bool(stated and course.doses) and min(stated) >= pulse_dose().mg
    return bool(stated) and min(stated) * agent.factor >= pulse_dose().mg


def _by_the_day(row: Therapy | DatedDose) -> bool:
    return any(part in _A_DAY for part in (code(row.dose_unit) or "").split("/")[1:])


def _how(row: Therapy | DatedDose) -> Rhythm | None:
    """Return how often a dose is given, where its unit does not say so."""
    if row.dose is None or _by_the_day(row):
        return None
    return next(filter(None, map(rhythm, (row.frequency, row.frequency_fr))), None)


def _by(how: Rhythm, low: float, high: float) -> Given:
    if how.times_a_day is not None:
        return Given.each_day(low * how.times_a_day, high * how.times_a_day)
    # So many times in a stretch of days: in any number of days there are that many a stretch, give or take one stretch.
    shortest, longest = how.days
    a_day = math.ceil(how.times / shortest)
    return Given(0.0, high * a_day, low * how.times / longest, high * how.times / shortest, high * how.times)
