"""The words on a figure: values, doses, times and what a hover says, in one language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from casecurves.analysis.times import describe, name_of, possible_days
from casecurves.analysis.units import Converted, one_unit
from casecurves.figure.compile.axis import Placer, place_points
from casecurves.figure.compile.dates import Calendar, in_words
from casecurves.figure.compile.ticks import span_in_words, steps_in_words
from casecurves.figure.compile.withheld import withheld
from casecurves.figure.options import Options
from casecurves.figure.spec import Span
from casecurves.knowledge import analyte, fold
from casecurves.knowledge.rhythms import rhythm
from casecurves.knowledge.units import in_language
from casecurves.model.case import Case
from casecurves.model.constraints import ZERO
from casecurves.model.issues import visible
from casecurves.model.quantity import Quantity
from casecurves.model.schema import DatedDose, Event, Measurement, Outcome, Row, Therapy
from casecurves.model.when import Statement
from casecurves.words import has, numeral, spoken, typeset

# Most rows: at one time.
_AT_ONCE = (Measurement, DatedDose)
_SIGNS = {"<": "<", "<=": "≤", ">": ">", ">=": "≥", "~": "≈", None: ""}


@dataclass(frozen=True)
class Words:
    """Says things about the rows of one case in one language.

    Attributes
    ----------
    case : Case
        The case, its series in one unit each.
    placer : Placer
        The places of its points, from the day zero shown.
    lang : str
        Language.
    moved : bool
        The figure counts from another day zero than the tables.
    before : int
        How many disagreements of other cases are numbered before those of this one.
    dates : bool
        False writes no calendar date, nor one that stands in the words of a row.
    ages : bool
        False writes no age that stands in the words of a row.
    """

    case: Case
    placer: Placer
    lang: str
    moved: bool = False
    before: int = 0
    dates: bool = True
    ages: bool = True

    def say(self, key: str, **params: object) -> str:
        """Return a catalogue text in the figure's language."""
        text = self._texts[key]
        return text.format(**params) if params else text

    @cached_property
    def _texts(self) -> Mapping[str, str]:
        return spoken(self.lang)

    def text(self, row: object, name: str) -> str:
        """Return a bilingual cell in the figure's language, falling back to the other one."""
        cells = vars(row)
        # A cell that has no second language is as it is.
        french = cells.get(f"{name}_fr")
        found = (french or cells.get(name)) if self.lang == "fr" else (cells.get(name) or french)
        if not found:
            return ""
        return typeset(self.withheld(visible(found)), self.lang)

    def regimen(self, row: Therapy) -> str:
        """Return what the regimen of a course is called: all of its courses have one name, whichever row says it."""
        same = (other for other in self.case.therapies if other.regimen == row.regimen and other.regimen_fr)
        return self.text(next(same, row) if row.regimen else row, "regimen")

    def withheld(self, text: str) -> str:
        """Return words without the dates and ages that the figure is not to show."""
        return text if self.dates and self.ages else withheld(text, self.lang, dates=self.dates, ages=self.ages)

    def number(self, value: float) -> str:
        """Write a number with the decimal mark of the language and no needless zeros."""
        return self._marked(f"{value:.10g}")

    def decimals(self, value: float, count: int) -> str:
        """Write a number with so many decimals."""
        return self._marked(f"{value:.{count}f}")

    def printed(self, text: str) -> str:
        """Write a number kept as text, such as ``<0.001``, with the decimal mark of the language; words as they are."""
        return numeral(visible(text), self.lang)

    def _marked(self, text: str) -> str:
        # As `decimal`, which asks for the mark each time.
        return text.replace("-", "\u2212").replace(".", self._texts["number.decimal"])

    def quantity(self, value: Quantity) -> str:
        """Write a value for a label on the figure."""
        if value.kind == "trend":
            return self.say(f"trend.{value.trend}")
        if value.kind == "titre":
            return f"1:{value.titre}"
        if value.kind == "grade":
            return f"{value.grade}/{value.grade_of}"
        if value.kind == "range" and value.low is not None and value.high is not None:
            return f"{'≈' if value.comparator else ''}{self.number(value.low)}–{self.number(value.high)}"
        if value.number is not None:
            return f"{_SIGNS[value.comparator]}{self.number(value.number)}"
        return self.category(value.category or value.written)

    def unit(self, unit: str) -> str:
        """Write a unit: as written, but for raised powers, and the letters of the day and of international units."""
        return in_language(visible(unit), self.lang)

    def event(self, event: Event) -> str:
        """Name an event, with how severe or how sure it was."""
        label = self.text(event, "label")
        if not event.grade:
            return label
        grade = self.text(event, "grade")
        return self.say("event.graded" if grade.isdigit() else "event.said", label=label, grade=grade)

    def with_unit(self, number: str, unit: str) -> str:
        """Write a number before its unit."""
        return typeset(f"{number} {self.unit(unit)}".strip(), self.lang) if unit else number

    def category(self, word: str) -> str:
        """Write a category in the figure's language where the catalogue knows it."""
        key = f"category.{word.lower()}"
        return self.say(key) if has(key) else visible(word)

    def amount(self, row: Therapy | DatedDose) -> str:
        """Write a dose with its unit, without its frequency; ``""`` where none is stated."""
        return "" if row.dose is None else self.with_unit(self.number(row.dose), row.dose_unit)

    def dose(self, row: Therapy | DatedDose) -> str:
        """Write a dose with its unit and frequency; ``""`` where none is stated."""
        if row.dose is None:
            return self.frequency(row)
        parts = [self.amount(row), self.frequency(row)]
        return " ".join(part for part in parts if part)

    def dosed(self, row: DatedDose) -> str:
        """Name a dated dose: the drug of its course, and what was given."""
        course = self.case.row(row.therapy)
        name = self.drug(course) if isinstance(course, Therapy) else visible(row.therapy)
        return f"{name} {self.dose(row)}".strip()

    def frequency(self, row: Therapy | DatedDose) -> str:
        """Write how often: as written in the language, else in its words where the other language's are understood."""
        own, other = (row.frequency_fr, row.frequency) if self.lang == "fr" else (row.frequency, row.frequency_fr)
        known = None if own else rhythm(other)
        return self.text(row, "frequency") if known is None else typeset(known.said(self.lang), self.lang)

    def drug(self, row: Therapy) -> str:
        """Name a drug: in the figure's language when it is known, else exactly as written."""
        return visible(name_of(row, self.lang))

    def analyte(self, row: Measurement) -> str:
        """Name a biomarker: in the figure's language when it is known, else exactly as written."""
        known = analyte(row.analyte, row.assay)
        if known is None:
            return visible(row.analyte)
        return known.short_fr if self.lang == "fr" else known.short

    def single(self, row: Measurement) -> str:
        """Write a whole value: name, assay, value, unit, range."""
        limits = self.limits(row)
        assay = f" ({name})" if (name := self.text(row, "assay")) else ""
        return "".join((self.analyte(row), assay, " ", self.valued(row), f" [{limits}]" if limits else ""))

    def valued(self, row: Measurement) -> str:
        """Write a value with its unit, as it is shown."""
        return self.with_unit(self.quantity(row.value), row.unit)

    def converted(self, row: Measurement) -> str:
        """Write a value as the table has it where it is shown in another unit; ``""`` where it is not."""
        own = row.original if isinstance(row, Converted) else None
        return "" if own is None else f"{visible(own.value.written)} {self.unit(own.unit)}"

    def limits(self, row: Measurement) -> str:
        """Write a reference range; one-sided stays one-sided, ``""`` where none is stated."""
        low, high = row.ref_low, row.ref_high
        if low is not None and high is not None:
            return f"{self.number(low)}–{self.number(high)}"
        if high is not None:
            return f"<{self.number(high)}"
        return f">{self.number(low)}" if low is not None else ""

    def when(self, statement: Statement | None) -> str:
        """Say a time in words; ``""`` where it is not known."""
        if statement is None:
            return ""
        # What is measured on one day is measured in several panels: the same written time says the same.
        found = self._whens.get(statement.written)
        if found is None:
            found = self.withheld(describe(self.case, statement, self.lang, moved=self.moved, dates=self.dates))
            if statement.written:
                self._whens[statement.written] = found
        return found

    @cached_property
    def _whens(self) -> dict[str, str]:
        return {}

    def bounds(self, key: str) -> str:
        """Write the possible days of a point."""
        if self.placer.calendar is not None:
            return self._dates(key)
        days = possible_days(self.placer.chronology, key)
        found = self._spans.get(days)
        if found is None:
            found = self._spans[days] = self._between(*days)
        return found

    @cached_property
    def _spans(self) -> dict[tuple[int | None, int | None], str]:
        return {}

    def _between(self, lo: int | None, hi: int | None) -> str:
        if lo is None and hi is None:
            return self.say("hover.days.unbounded")
        if lo is None:
            return self.say("hover.days.until", hi=self.number(hi or 0))
        if hi is None:
            return self.say("hover.days.from", lo=self.number(lo))
        said = {"lo": self.number(lo), "hi": self.number(hi)}
        return self.say("hover.days.one" if hi == lo else "hover.days.between", **said)

    def _dates(self, key: str) -> str:
        days = self.placer.chronology.dates(key)
        lo, hi = (None if day is None else in_words(day, self.lang) for day in days)
        if lo is None and hi is None:
            return self.say("hover.dates.unbounded")
        if lo is None:
            return self.say("hover.dates.until", hi=hi)
        if hi is None:
            return self.say("hover.dates.from", lo=lo)
        return lo if lo == hi else self.say("hover.dates.between", lo=lo, hi=hi)

    def day(self, day: int) -> str:
        """Name a whole day of the axis: by its date where days are dates."""
        calendar = self.placer.calendar
        return self.number(day) if calendar is None else in_words(calendar.on(day), self.lang)

    def span(self, place: Sequence[Span], unit: str) -> str:
        """Say an interval in a few signs, by the axis or by numbered steps; ``""`` where it reaches another zone."""
        zones = {span.zone for span in place}
        if len(zones) != 1:
            return ""
        if zones != {"main"}:
            return "" if place[0].open0 or place[-1].open1 else steps_in_words(place, self.lang)
        calendar = self.placer.calendar
        return span_in_words(place, unit, self.lang) if calendar is None else calendar.between(place)

    def hover(self, row: Row, head: str, detail: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Return the lines of a hover: what, when, who says so, where, and what is disputed about it."""
        lines = [head, *detail, *self._times(row), self._provenance(row)]
        if row.status == "disputed":
            lines.append(self.say("hover.disputed"))
        lines += map(self.disagreement, self.flags_of(row.id))
        lines.append(self.text(row, "note"))
        if self.lang != "fr":
            return tuple(filter(None, lines))
        return tuple([typeset(line, self.lang) for line in lines if line])

    def _times(self, row: Row) -> list[str]:
        # Values first, which most rows are.
        if isinstance(row, _AT_ONCE):
            return [self._time("hover.time", row.id, row.time)]
        if isinstance(row, Therapy):
            return self._from_to(row, row.start)
        if isinstance(row, Event):
            return [self._time("hover.time", row.id, row.time)] if row.end is None else self._from_to(row, row.time)
        return [self._time("hover.time", row.id, row.time)] if isinstance(row, Outcome) and row.time else []

    def _from_to(self, row: Therapy | Event, start: Statement | None) -> list[str]:
        return [self._time("hover.start", row.id, start), self._time("hover.end", f"{row.id}.end", row.end)]

    def _time(self, key: str, point: str, statement: Statement | None) -> str:
        written = self.when(statement) or self.say("hover.not_known")
        return self.say(key, written=written, days=self.bounds(point))

    def _provenance(self, row: Row) -> str:
        # The values of a case have few sources.
        key = (row.basis, row.source, row.locator, row.locator_fr)
        found = self._provenances.get(key)
        if found is None:
            parts = (self.say(f"basis.{row.basis}"), self.source(row.source), self.text(row, "locator"))
            found = self._provenances[key] = " · ".join(part for part in parts if part)
        return found

    def source(self, key: str) -> str:
        """Name a source in few words: who and when, where its authors are known."""
        return visible(self.case.cited(key, self.lang))

    @cached_property
    def _provenances(self) -> dict[tuple[str, str, str, str], str]:
        return {}

    @cached_property
    def diagnoses(self) -> str:
        """The folded words of what the patient has: each panel asks whether a threshold concerns it."""
        header = self.case.header
        stated = [event for event in self.case.events if event.kind == "diagnosis" and event.presence != "absent"]
        labels = (text for event in stated for text in (event.label, event.label_fr))
        return fold(" \n ".join((header.diagnosis, header.diagnosis_fr, *labels)))

    def disagreement(self, n: int) -> str:
        """Say on what sources disagree, by its number."""
        label = self.text(self.case.header.discrepancies[n - self.before - 1], "label")
        return self.say("hover.discrepancy", n=n, label=label)

    def flags(self, row: Row) -> tuple[int, ...]:
        """Return the numbers, counted from 1, of the discrepancies that concern a row."""
        return self.flags_of(row.id)

    def flags_of(self, row_id: str) -> tuple[int, ...]:
        """Return the numbers of the discrepancies that concern an id; ``patient`` is the person."""
        return self._flags.get(row_id, ())

    @cached_property
    def _flags(self) -> dict[str, tuple[int, ...]]:
        """The numbers of the discrepancies by each id that they concern: every mark asks."""
        found: dict[str, tuple[int, ...]] = {}
        for n, discrepancy in enumerate(self.case.header.discrepancies, start=self.before + 1):
            for row_id in dict.fromkeys(discrepancy.rows):
                found[row_id] = (*found.get(row_id, ()), n)
        return found

    def doubtful(self, row: Row, column: str) -> bool:
        """Tell whether a cell is printed as the source has it although it departs from what is usual."""
        return any(d.doubtful and row.id in d.rows and d.column in {column, ""} for d in self.case.header.discrepancies)


def words_of(case: Case, options: Options) -> Words:
    """Return what says things about a case, from the day zero and in the language asked for."""
    # Of a trial or a group an age is whom it took, and nobody's.
    ages = options.age == "exact" or case.header.kind != "patient"
    dates, dated = options.dates == "shown", case.by_date
    case, once = one_unit(case, options.units), options.once == "placed"
    if not options.zero and dated is not None:
        since = dated.dates(ZERO)[0]
        calendar = None if since is None or not dates else Calendar(since, options.lang)
        return Words(
            case, replace(place_points(case, dated, once=once), calendar=calendar), options.lang, dates=dates, ages=ages
        )
    zero = options.zero or case.header.day_zero
    chronology = case.chronology if zero == case.header.day_zero else case.chronology.rezero(zero)
    moved = zero != case.header.day_zero
    return Words(case, place_points(case, chronology, once=once), options.lang, moved, dates=dates, ages=ages)
