"""A case: who, from which sources, and its tables; immutable."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from casecurves.model.cells import Name, Text, Time
from casecurves.model.chronology import Chronology, Frame, resolve
from casecurves.model.chronology import Row as Place
from casecurves.model.issues import Report
from casecurves.model.points import Offset
from casecurves.model.revision import digest
from casecurves.model.schema import Arm, Comparison, DatedDose, Event, Measurement, Outcome, Row, Therapy
from casecurves.model.teaching import Part, Teaching
from casecurves.model.when import parse
from casecurves.model.written import meant

Kind = Literal["patient", "group", "trial"]
Sex = Literal["female", "male", "other", "unknown"]


class Source(Part):
    """A publication or record that the rows come from.

    ``title`` is as printed; ``title_fr`` is for what has no printed title and is said here in our own words.
    """

    key: Name
    title: Text = ""
    title_fr: Text = ""
    authors: Text = ""
    journal: Text = ""
    year: int | None = None
    doi: Text = ""
    url: Text = ""
    licence: Text = ""
    note: Text = ""
    note_fr: Text = ""

    def cited(self, lang: str) -> str:
        """Return how a page names it: its first author and year, else its title up to a colon, else its key."""
        author = _INITIALS.sub("", re.split(r"[,;]", self.authors)[0].strip())
        if author:
            return f"{author} {self.year}" if self.year else author
        title = self.said("title", lang).split(":")[0].strip()
        return title if 0 < len(title) <= _SHORT else self.key


# What follows a surname: "Jalles C", "Martin J.-P.".
_INITIALS = re.compile(r"(?:\s+[A-ZÀ-Þ]{1,3}\b\.?(?:-[A-Z]\.?)?)+$")
# A longer title is no citation.
_SHORT = 60


class Discrepancy(Part):
    """Two statements that disagree; both are kept.

    ``rows`` are the ids concerned (``patient`` for the case itself), ``column`` the column concerned.
    ``other_time`` is the time that the other statement gives the first of the rows, where it gives one: it
    is shown to nobody and bounds nothing, but it can be tried against the rest of the case.
    ``doubtful`` marks a statement printed as it is that departs from what is usual.
    """

    rows: tuple[str, ...] = Field(strict=False)
    column: Text = ""
    label: Name
    label_fr: Text = ""
    used: Name
    used_fr: Text = ""
    used_where: Text = ""
    used_where_fr: Text = ""
    other: Name
    other_fr: Text = ""
    other_where: Text = ""
    other_where_fr: Text = ""
    other_time: Time = None
    why: Text = ""
    why_fr: Text = ""
    doubtful: bool = False


class Patient(Part):
    """Who: nothing that identifies a person.

    ``age`` is in whole years at the row named by ``age_at``; an empty ``age_at`` means that the source
    does not say when. ``n`` is the number of patients of a group. ``locator`` is where in the source all this stands.
    """

    sex: Annotated[Sex, BeforeValidator(meant)] = "unknown"
    age: Annotated[int, Field(ge=0, le=130)] | None = None
    age_at: Text = ""
    n: Annotated[int, Field(ge=1)] | None = None
    history: Text = ""
    history_fr: Text = ""
    locator: Text = ""
    locator_fr: Text = ""


class Header(Part):
    """What ``case.toml`` holds; ``short`` is what the case is called among others, where a title is too long."""

    kind: Kind = "patient"
    title: Text
    title_fr: Text = ""
    short: Text = ""
    short_fr: Text = ""
    diagnosis: Text = ""
    diagnosis_fr: Text = ""
    language: Literal["en", "fr"] = "en"
    day_zero: Text = ""
    day_zero_date: Time = None
    illustrates: Text = ""
    note: Text = ""
    note_fr: Text = ""
    patient: Patient = Patient()
    sources: tuple[Source, ...] = Field(default=(), strict=False)
    discrepancies: tuple[Discrepancy, ...] = Field(default=(), strict=False)


@dataclass(frozen=True)
class Case:
    """A patient, a group or a trial.

    Attributes
    ----------
    id : str
        Name of the case's folder.
    header : Header
        What case.toml holds.
    therapies, doses, measurements, events, outcomes, arms, comparisons : tuple of rows
        The tables, in file order; a table that the case does not have is empty.
    teaching : Teaching or None
        How it is told to a class; ``None`` where nobody has written that down.
    report : Report
        What was found while reading; never an error in a case that is shown without its report.
    path : Path or None
        Where it was read from.
    dated : bool
        False where dates are no axis of it, though they be all that it knows: it is told of a case that knows more.
    until : str
        Id of the event that only says up to when a case is told, and nothing of the patient; ``""`` where all is told.
    """

    id: str
    header: Header
    therapies: tuple[Therapy, ...] = ()
    doses: tuple[DatedDose, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    events: tuple[Event, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    arms: tuple[Arm, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    teaching: Teaching | None = None
    report: Report = field(default_factory=Report)
    path: Path | None = None
    dated: bool = True
    until: str = ""

    def rows(self) -> tuple[Row, ...]:
        """Return the rows of all tables.

        Returns
        -------
        tuple of Row
            Therapies, doses, measurements, events, outcomes, arms, comparisons; each in file order.
        """
        of_patients = (*self.therapies, *self.doses, *self.measurements, *self.events)
        return (*of_patients, *self.outcomes, *self.arms, *self.comparisons)

    def row(self, row_id: str) -> Row | None:
        """Return the row of an id.

        Parameters
        ----------
        row_id : str
            Id of the row.

        Returns
        -------
        Row or None
            ``None`` when the case has no such row.
        """
        return self._by_id.get(row_id)

    def cited(self, key: str, lang: str) -> str:
        """Return a source in few words.

        Parameters
        ----------
        key : str
            Its key, as rows name it.
        lang : str
            Language.

        Returns
        -------
        str
            As `Source.cited`; a key that names no source as it is.
        """
        return next((source.cited(lang) for source in self.header.sources if source.key == key), key)

    @property
    def illustrative(self) -> bool:
        """True when any row was made to teach."""
        return any(row.basis == "illustrative" for row in self.rows())

    @cached_property
    def chronology(self) -> Chronology:
        """The resolved times of the case, from its own day zero."""
        return resolve(self.places(), self.frame)

    @cached_property
    def revision(self) -> str:
        """The digest of everything that its files say."""
        return digest(self.header, self.rows())

    @cached_property
    def by_date(self) -> Chronology | None:
        """Its times counted from the first date that is stated, where dates are all that is known.

        Nothing but day zero itself has a first and a last day from day zero then. That first date is no statement
        about the patient: it is where a count can begin. ``None`` for every other case, and where of most courses only
        an order is known, of which an axis of dates would show nothing.
        """
        zero, times = self.header.day_zero, self.chronology
        if not self.dated:
            return None
        if any(None not in times.exact_bounds(point) for point in times.points if point != zero):
            return None
        if sum(None in times.dates(row.id) for row in self.therapies if row.start) * 2 > len(self.therapies):
            return None
        found = [dates for point in times.points if point != zero and None not in (dates := times.dates(point))]
        first = min((dates[0] for dates in found if dates[0] is not None), default=None)
        if first is None:
            return None
        return resolve(self.places(), replace(self.frame, day_zero=None, day_zero_date=parse(first.isoformat())))

    def measuring(self, rows: tuple[Measurement, ...]) -> Case:
        """Return the case with its values said otherwise: the same rows at the same times.

        Parameters
        ----------
        rows : tuple of Measurement
            The measurements, with the ids and times of those of the case.

        Returns
        -------
        Case
            Its times are not worked out anew.
        """
        other = replace(self, measurements=rows)
        other.__dict__["chronology"] = self.chronology  # resolved once: no time has changed
        return other

    @property
    def frame(self) -> Frame:
        """What the chronology hangs on: day zero, its date, the age."""
        who = self.header.patient
        return Frame(
            day_zero=self.header.day_zero or None,
            day_zero_date=self.header.day_zero_date,
            age_years=who.age,
            age_at=who.age_at or None,
        )

    def places(self) -> tuple[Place, ...]:
        """Return every row that has a place in time, as the chronology takes it.

        Returns
        -------
        tuple of casecurves.model.chronology.Row
            Courses, doses, values, events, and the outcomes and comparisons that have a time.
        """
        return (
            *(_therapy_place(row) for row in self.therapies),
            *(_dose_place(row) for row in self.doses),
            *(_point_place(row, "measurements.csv", row.analyte) for row in self.measurements),
            *(_event_place(row) for row in self.events),
            *(_point_place(row, "outcomes.csv", row.label) for row in self.outcomes if row.time is not None),
            *(_point_place(row, "comparisons.csv", row.label) for row in self.comparisons if row.time is not None),
        )

    @cached_property
    def _by_id(self) -> dict[str, Row]:
        return {row.id: row for row in self.rows()}


def _therapy_place(row: Therapy) -> Place:
    return Place(
        id=row.id,
        file="therapies.csv",
        line=row.line,
        label=row.drug,
        time=row.start,
        end=row.end,
        has_end=True,
        used=row.status == "used",
        doses=row.doses or 0,
        every=_interval(row.every),
        time_column="start",
    )


def _interval(text: str) -> Offset | None:
    return next((point for point in parse(text).points if isinstance(point, Offset)), None)


def _event_place(row: Event) -> Place:
    return Place(
        id=row.id,
        file="events.csv",
        line=row.line,
        label=row.label,
        label_fr=row.label_fr,
        time=row.time,
        end=row.end,
        has_end=row.end is not None,
        kind=row.kind if row.presence == "present" else "",  # "no death" closes nothing
        used=row.status == "used",
        post_mortem=row.post_mortem == "yes",
    )


def _dose_place(row: DatedDose) -> Place:
    return Place(
        id=row.id,
        file="doses.csv",
        line=row.line,
        label=row.therapy,
        time=row.time,
        parent=row.therapy,
        used=row.status == "used",
        over=row.holds == "over",
    )


def _point_place(row: Measurement | Outcome | Comparison, file: str, label: str) -> Place:
    return Place(
        id=row.id,
        file=file,
        line=row.line,
        label=label,
        time=row.time,
        end=None,
        has_end=False,
        used=row.status == "used",
    )
