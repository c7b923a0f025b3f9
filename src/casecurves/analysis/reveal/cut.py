"""A case as it was known at a moment."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from casecurves.analysis.reveal.masks import SEEN, Blind, Mask, told_order
from casecurves.analysis.reveal.restate import MOMENT, Restating, date_of, moment
from casecurves.analysis.reveal.steps import Step
from casecurves.knowledge.rhythms import rhythm
from casecurves.model.case import Case, Header, Patient
from casecurves.model.quantity import Quantity
from casecurves.model.schema import DatedDose, Event, Measurement, Row, Therapy
from casecurves.model.when import Statement
from casecurves.words import say

# What a case is called whose id may give away how it ends.
NEUTRAL_ID = "patient"
# A frequency that says nothing but a rhythm; any other text may say for how long ("for 6 months").
_RHYTHM = re.compile(
    r"(?:[\d.,/()\s-]|\b(?:once|twice|times?|every|each|other|second|third|a|an|per|in|the|at|and|daily|weekly|monthly"
    r"|days?|weeks?|months?|hours?|morning|evening|night|bedtime|mg|g|kg|m2|fois|par|tou(?:s|tes)|chaque|le|la|les|deux"
    r"|trois|et|au|jours?|semaines?|mois|heures?|matin|soir|midi|coucher|sur|h|d|j)\b)+",
    re.IGNORECASE,
)


# What every row says of itself, not of the patient.
_ABOUT = ("source", "locator", "locator_fr", "note", "note_fr")


def reveal(
    case: Case, told: Sequence[Step], number: int, *, blind: Blind = SEEN, lang: str = "en", whole: bool = True
) -> Case:
    """Return a case as it was known at a step of its telling.

    Parameters
    ----------
    case : Case
        A patient.
    told : sequence of Step
        `steps` of the case.
    number : int
        The step, from 0; one beyond the last is the last.
    blind : Blind
        What is hidden besides.
    lang : {"en", "fr"}
        Language of the names under which drugs are hidden.
    whole : bool
        False tells the last step as all others, so that it can be compared with them row by row.

    Returns
    -------
    Case
        At the last step, with nothing hidden, the case itself. Before, one that knows of nothing later: its rows under
        neutral ids, their times said without what was not known, treatments and states without what is known only at
        their end (number of administrations, why stopped, what followed), and no title, diagnosis, source, note or
        disagreement of the case, since no rule can tell what their words give away.
    """
    number = min(max(number, 0), len(told) - 1)
    if told[number].last and whole and not blind.any:
        return case
    return _Cut(case, tuple(told), number, blind, lang).case()


def brought(told: Sequence[Step], number: int, *, blind: Blind = SEEN) -> tuple[str, ...]:
    """Return what a step brings: the rows that begin to be told, and those whose end is, as `reveal` names them.

    Parameters
    ----------
    told : sequence of Step
        `steps` of the case.
    number : int
        The step, from 0; one beyond the last is the last.
    blind : Blind
        What is hidden besides.

    Returns
    -------
    tuple of str
        Ids of rows of the case that `reveal` makes of the whole case at that step.
    """
    number = min(max(number, 0), len(told) - 1)
    rows = dict.fromkeys(point.removesuffix(".end") for point in told[number].points)
    if told[number].last and not blind.any:
        return tuple(rows)
    order = told_order(told)
    return tuple(f"row-{order[row]}" for row in rows)


@dataclass(frozen=True)
class _Cut:
    whole: Case
    told: tuple[Step, ...]
    number: int
    blind: Blind
    lang: str

    @cached_property
    def order(self) -> Mapping[str, int]:
        """Rows in the order in which they are first told, from 1."""
        return told_order(self.told)

    @cached_property
    def mask(self) -> Mask:
        return Mask(self.whole, self.blind, self.order, self.lang)

    @cached_property
    def points(self) -> frozenset[str]:
        """What is known: nothing of a row that is withheld, nor an end before its beginning."""
        brought = {point for step in self.told[: self.number + 1] for point in step.points}
        rows = {row.id for row in self.whole.rows() if row.id in brought and not self.mask.withholds(row)}
        return frozenset(point for point in brought if point.removesuffix(".end") in rows)

    @cached_property
    def step(self) -> Step:
        return self.told[self.number]

    @cached_property
    def shift(self) -> int | None:
        """Days from the case's day zero to that of the telling: ``None`` where the moment is day zero."""
        zero = self.whole.header.day_zero
        if zero in self.points or (not zero and (self.step.day is None or self.step.day >= 0)):
            return 0
        if self.step.day is None:
            return 0
        # The first that has a day: how far it lies before the case's own day zero is not known yet.
        found = self.whole.chronology
        days = [day for day in (found.days(point)[0] for point in self.points) if day is not None]
        dated = [point for point in self.points if None not in found.days(point)]
        return min(found.days(point)[1] or 0 for point in dated) if days and dated else None

    @cached_property
    def restating(self) -> Restating:
        names = {row: f"row-{number}" for row, number in self.order.items()}
        return Restating(self.whole, self.points, names, self.step.day, self.shift)

    def case(self) -> Case:
        whole = self.whole
        closed = any(row.id in self.points and _closes(row) for row in whole.events)
        events = [self.event(row) for row in whole.events if row.id in self.points]
        return Case(
            id=NEUTRAL_ID,
            header=self.header(),
            therapies=tuple(self.therapy(row) for row in whole.therapies if row.id in self.points),
            doses=tuple(self.dose(row) for row in whole.doses if {row.id, row.therapy} <= self.points),
            measurements=tuple(self.measurement(row) for row in whole.measurements if row.id in self.points),
            events=(*events, *([] if closed else [self.now()])),
            # Dates may be all that is known so far: the axis is of one kind from the first step to the last.
            dated=whole.by_date is not None,
            until="" if closed else MOMENT,
        )

    def header(self) -> Header:
        header, who = self.whole.header, self.whole.header.patient
        # Somebody's age at a moment to come tells how far off that is.
        known = not who.age_at or who.age_at in self.points
        age = who.age if known else None
        zero = MOMENT if self.shift is None else self.name(header.day_zero) if header.day_zero in self.points else ""
        date = header.day_zero_date if self.shift == 0 else date_of(self.whole, self.shift) if self.shift else None
        sort = f"reveal.title.{who.sex if who.sex in {'female', 'male'} else 'other'}"
        key = f"{sort}.no_age" if age is None else f"{sort}.age"
        return Header(
            title=say(key, "en", age=age),
            title_fr=say(key, "fr", age=age),
            language=header.language,
            day_zero=zero,
            day_zero_date=date,
            patient=Patient(sex=who.sex, age=age, age_at=self.name(who.age_at) if who.age_at and known else ""),
        )

    def now(self) -> Event:
        """Return the row that ends the telling."""
        # What is told of the same day and can have been later: "rapidly" bounds nothing.
        today = {point for step in self.told[: self.number + 1] if step.day == self.step.day for point in step.points}
        last = [self.whole.chronology.days(point)[1] for point in self.points & today]
        beyond = any(day is None or (self.step.day is not None and day > self.step.day) for day in last)
        at = moment(self.step.day, self.shift, open_end=beyond)
        label, label_fr = say("reveal.moment", "en"), say("reveal.moment", "fr")
        # It says nothing of the patient: no mark of what is inferred.
        made = Event(id=MOMENT, kind="last_follow_up", label=label, label_fr=label_fr, time=None)
        return made.model_copy(update={"time": at})

    def therapy(self, row: Therapy) -> Therapy:
        ended, end = self.end(row)
        doubted = {found.column for found in self.whole.header.discrepancies if found.doubtful and row.id in found.rows}
        named = {other.id for other in self.whole.therapies if other.regimen == row.regimen} <= self.points
        fields: dict[str, Any] = self.common(row) | {
            **self.masked(row, "dose_unit"),
            "drug": self.mask.drug(row.drug),
            **{name: self.mask.text(getattr(row, name)) if named else "" for name in ("regimen", "regimen_fr")},
            "start": self.restating.statement(row.id, row.start),
            "end": end,
            "response": "",
            "response_fr": "",
        }
        fields |= self.masked(row, "reason_started", "reason_started_fr")
        for name in ("reason_stopped", "reason_stopped_fr"):
            fields[name] = self.mask.text(getattr(row, name)) if ended else ""
        for name in ("frequency", "frequency_fr"):
            text = getattr(row, name)
            fields[name] = self.mask.text(text) if (ended or _rhythmic(text)) and "frequency" not in doubted else ""
        if not ended:
            # Single administrations stay such, without their number.
            course = "intermittent" if row.by_administration else "" if row.course == "tapering" else row.course
            fields |= {"doses": None, "course": course}
        return row.model_copy(update=fields)

    def event(self, row: Event) -> Event:
        ended, end = self.end(row)
        linked = self.name(row.related_therapy) if row.related_therapy in self.points else ""
        fields = self.common(row) | {
            **self.masked(row, "grade", "grade_fr"),
            "label": self.mask.text(row.label) or say("reveal.hidden", "en"),
            "label_fr": self.mask.text(row.label_fr) or (say("reveal.hidden", "fr") if row.label_fr else ""),
            "time": self.restating.statement(row.id, row.time),
            "end": end,
            "related_therapy": linked,
        }
        if not ended:
            fields |= {"grade": "", "grade_fr": ""}
        return row.model_copy(update=fields)

    def dose(self, row: DatedDose) -> DatedDose:
        rhythm = {
            name: getattr(row, name) if _rhythmic(getattr(row, name)) else "" for name in ("frequency", "frequency_fr")
        }
        fields = {"therapy": self.name(row.therapy), "time": self.restating.statement(row.id, row.time)}
        return row.model_copy(update=self.common(row) | self.masked(row, "dose_unit") | fields | rhythm)

    def measurement(self, row: Measurement) -> Measurement:
        fields = self.masked(row, "assay", "assay_fr", "unit") | {
            "analyte": self.mask.analyte(row.analyte),
            "value": self.value(row.value),
            "time": self.restating.statement(row.id, row.time),
        }
        return row.model_copy(update=self.common(row) | fields)

    def value(self, value: Quantity) -> Quantity:
        """Return a value; one in words is a text as any other."""
        if value.category is None or (left := self.mask.text(value.category)) == value.category:
            return value
        left = left or say("reveal.hidden", self.lang)
        return replace(value, written=left, category=left)

    def masked(self, row: Row, *names: str) -> dict[str, str]:
        """Return texts of a row without what is hidden."""
        return {name: self.mask.text(getattr(row, name)) for name in names}

    def common(self, row: Row) -> dict[str, Any]:
        """Return what is put in the place of what every row carries; where a row stands may be told by its words."""
        return {"id": self.name(row.id), "line": 0, **dict.fromkeys(_ABOUT, "")}

    def end(self, row: Therapy | Event) -> tuple[bool, Statement | None]:
        """Return whether the end of a row is known, and what is known of it."""
        point, said = f"{row.id}.end", row.end
        if isinstance(row, Event) and said is None:
            return True, None
        if point in self.points and not self.step.last:
            return True, self.restating.statement(point, said)
        if self.step.last:
            return True, said if said is None or said.ongoing else self.restating.statement(point, said)
        if self._on(point):
            return False, Statement(ongoing=True, written="ongoing")
        found = self.restating.so_far(said)
        # A state without a word of its end would be a moment.
        return False, Statement() if found is None and isinstance(row, Event) else found

    def _on(self, point: str) -> bool:
        """Tell whether something has certainly not ended by the moment."""
        chronology = self.whole.chronology
        earliest = chronology.days(point)[0]
        if self.step.day is not None and earliest is not None and earliest > self.step.day:
            return True
        newest = [each for each in self.step.points if each in self.points]
        return bool(newest) and all(chronology.at_or_before(each, point) for each in newest)

    def name(self, row_id: str) -> str:
        return self.restating.names[row_id]


def _rhythmic(text: str) -> bool:
    return rhythm(text) is not None or _RHYTHM.fullmatch(text) is not None


def _closes(row: Event) -> bool:
    return row.kind in {"death", "last_follow_up"} and row.presence == "present" and row.status == "used"
