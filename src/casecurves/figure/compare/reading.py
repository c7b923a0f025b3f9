"""What is known of one mark of a comparison, and what held on one day in all its patients, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from casecurves.figure.compare.curves import chosen, curves_of, own
from casecurves.figure.compare.options import CompareOptions
from casecurves.figure.compare.patients import Cohort, Patient
from casecurves.figure.compile import limits
from casecurves.figure.compile.details import Details, lined, told
from casecurves.figure.compile.moments import Moment, held_on
from casecurves.figure.spec import Ribbon, Spec

# Whether a day lies in the follow-up of a patient: surely, perhaps, or surely after it.
Followed = Literal["on", "possible", "after"]


@dataclass(frozen=True)
class Pointed:
    """A mark of a comparison: whose it is, and all that is known of it, under the id that it has in its case."""

    patient: Patient
    details: Details


@dataclass(frozen=True)
class PatientDay:
    """A day of one patient, counted from where all are counted from."""

    patient: Patient
    followed: Followed
    moment: Moment


def read_row(cohort: Cohort, spec: Spec, row: str) -> Pointed | None:
    """Return all that is known of a mark.

    Parameters
    ----------
    cohort : Cohort
        The patients.
    spec : Spec
        Their figure.
    row : str
        The id that the mark has there, ``case/row``; a reference range and a threshold have one, too.

    Returns
    -------
    Pointed or None
        Plain words, not escaped; ``None`` where no patient has such a row.
    """
    case_id, _, name = row.rpartition("/")
    one = next((patient for patient in cohort.patients if patient.case.id == case_id), None)
    if one is None:
        return None
    if one.case.row(name) is not None:
        return Pointed(one, told(one.words, name, tuple(_ribbons(one, spec))))
    found = limits.found_in(one.words, [own(one, curve.panel) for curve in curves_of((one,), None)], name)
    return None if found is None else Pointed(one, found)


def _ribbons(one: Patient, spec: Spec) -> Iterator[Ribbon]:
    """Yield the statuses of a patient as its own figure has them."""
    start = one.row("")
    for ribbon in spec.ribbons:
        stages = [stage for stage in ribbon.stages if stage.row.startswith(start)]
        # Its hover begins with the name of the patient.
        named = (replace(stage, row=stage.row.removeprefix(start), hover=stage.hover[1:]) for stage in stages)
        yield replace(ribbon, stages=tuple(named))


def read_rows(patients: Sequence[Patient]) -> dict[str, str]:
    """Return every row of some patients in one line that begins with who it is, by the id that its mark has."""
    return {
        one.row(row): one.words.say("compare.named", name=one.name, what=line)
        for one in patients
        for row, line in lined(one.words).items()
    }


def read_day(cohort: Cohort, patients: Sequence[str], day: int, options: CompareOptions) -> tuple[PatientDay, ...]:
    """Return what held on a day.

    Parameters
    ----------
    cohort : Cohort
        The patients.
    patients : sequence of str
        Ids of the cases that are told of.
    day : int
        The day, whole, counted from where each patient is counted from.
    options : CompareOptions
        As the figure was made: the biomarkers that it shows are told, too.

    Returns
    -------
    tuple of PatientDay
        In the order of the figure; plain words, not escaped.
    """
    shown = () if options.view == "swimmer" else chosen(cohort.patients, options)
    return tuple(
        PatientDay(one, _followed(one, day), held_on(one.words, day, shown))
        for one in cohort.patients
        if one.case.id in patients
    )


def _followed(one: Patient, day: int) -> Followed:
    if one.aligned.chronology.before("last_follow_up", day):
        return "after"
    return "on" if one.aligned.chronology.before("last_follow_up", day) is False else "possible"
