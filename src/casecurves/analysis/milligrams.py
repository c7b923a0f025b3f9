"""What one row states about a glucocorticoid: whether it counts, by which equivalence, how many milligrams a day."""

from __future__ import annotations

from collections.abc import Sequence

from casecurves.analysis.body import amount, by_size
from casecurves.analysis.courses import Given
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


def daily(case: Case, times: Chronology, row: Therapy | DatedDose) -> Given | None:
    """Return the milligrams a day that a row states.

    Parameters
    ----------
    case : Case
        The case; doses per kilogram and per square metre are worked out by its weights and heights.
    times : Chronology
        When they can have been measured.
    row : Therapy or DatedDose
        The dose.

    Returns
    -------
    Given or None
        A dose that is not given every day lies between nothing and itself on each, and over many days by how often it
        is given. ``None`` where the row states no dose by time, in no unit of mass, or by a size of the body that no
        row states.
    """
    found = _mass(case, times, row)
    if found is None:
        return None
    low, high, a_day = found
    if a_day:
        return Given.each_day(low, high)
    said = filter(None, map(rhythm, (row.frequency, row.frequency_fr)))
    how = next(iter(said), None)
    return None if how is None else _by(how, low, high)


def once(case: Case, times: Chronology, row: Therapy | DatedDose) -> tuple[float, float] | None:
    """Return the least and the most milligrams of one administration, or of one day; ``None`` where not stated."""
    found = _mass(case, times, row)
    return None if found is None else found[:2]


def is_pulse(
    case: Case, times: Chronology, course: Therapy, doses: Sequence[DatedDose], agent: Equivalent | None
) -> bool:
    """Tell whether a course is one of pulses: every dose it states is at least 250 mg of prednisone-equivalent.

    Without an equivalence, only a counted course of 250 mg or more as stated is taken to be one.
    """
    rows: tuple[Therapy | DatedDose, ...] = (course, *doses)
    stated = [mg[0] for row in rows if (mg := once(case, times, row)) is not None]
    if agent is None:
        return bool(stated and course.doses) and min(stated) >= pulse_dose().mg
    return bool(stated) and min(stated) * agent.factor >= pulse_dose().mg


def _mass(case: Case, times: Chronology, row: Therapy | DatedDose) -> tuple[float, float, bool] | None:
    """Return least and most milligrams, and whether they are said to be those of a day."""
    if row.dose is None:
        return None
    unit, *per = (code(row.dose_unit) or "").split("/")
    size = by_size(row.dose_unit) if per else None
    per = [one for one in per if one != size]
    if unit not in _MG or (per and (len(per) > 1 or per[0] not in _A_DAY)):
        return None
    if size is None:
        return row.dose * _MG[unit], row.dose * _MG[unit], bool(per)
    found = amount(case, times, row)
    return None if found is None else (found.low * _MG[unit], found.high * _MG[unit], bool(per))


def _by(how: Rhythm, low: float, high: float) -> Given:
    if how.times_a_day is not None:
        return Given.each_day(low * how.times_a_day, high * how.times_a_day)
    # So many times in a stretch of days: in any number of days there are that many a stretch, give or take one stretch.
    shortest, longest = how.days
    a_day = 1 if shortest >= how.times else how.times
    return Given(0.0, high * a_day, low * how.times / longest, high * how.times / shortest, high * how.times)
