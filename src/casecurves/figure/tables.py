"""A case as tables to read: headings and vocabulary in words, cells as written, empty columns named apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from casecurves.analysis.times import apart, describe, name_of, possible_days
from casecurves.analysis.units import Converted, Wanted, one_unit
from casecurves.analysis.units_saying import shown
from casecurves.knowledge import analyte, drug
from casecurves.knowledge.fold import fold
from casecurves.knowledge.units import a_day
from casecurves.model.case import Case
from casecurves.model.chronology import Chronology
from casecurves.model.columns import Column
from casecurves.model.issues import visible
from casecurves.model.quantity import Quantity, most_decimals
from casecurves.model.schema import TABLES, Comparison, Event, Measurement, Outcome, Row, Table, Therapy, columns
from casecurves.model.when import Statement
from casecurves.words import curved, decimal, has, numeral, say, typeset

# What identifies a row to the machine stands last; what it is, first.
_LAST = ("basis", "status", "source", "locator", "note", "id")
# Numbers of a trial that are printed alike.
_ALIKE = frozenset({"estimate", "ci_low", "ci_high"})
_DAYS = ".days"
_WRITTEN = ".written"


@dataclass(frozen=True)
class Cell:
    """One cell.

    Attributes
    ----------
    text : str
        What it says: in words where the word is of a vocabulary or a known name, else as written.
    beside : str
        The key of what is named, or the value in the unit of its series; ``""`` where that adds nothing.
    lang : str
        Language of the text where it is not that of the page; ``""`` where it is, or is not known.
    key : tuple
        What the column is sorted by; what is not known comes last.
    """

    text: str = ""
    beside: str = ""
    lang: str = ""
    key: tuple[bool, float, str] = (True, 0.0, "")


@dataclass(frozen=True)
class Heading:
    """A column: its name in the file, its title, what it means.

    A time has a second one, of its days, and one at the end of the table, as the file writes it.
    """

    name: str
    title: str
    meaning: str
    numeric: bool = False


@dataclass(frozen=True)
class Shown:
    """A table: its columns that are not empty, its rows by id, and the titles of the columns left out."""

    name: Table
    title: str
    headings: tuple[Heading, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    left_out: tuple[str, ...]


def tables(case: Case, lang: str, zero: str = "", sort: str = "", units: Sequence[Wanted] = ()) -> tuple[Shown, ...]:
    """Return the tables of a case that have rows.

    Parameters
    ----------
    case : Case
        The case.
    lang : str
        Language of headings and vocabulary.
    zero : str
        Id of the row that days are counted from; ``""`` is the case's own day zero.
    sort : str
        ``table.column``, or ``table.-column`` for the greatest first; anything else keeps the order of the file.
    units : sequence of (str, str)
        Analytes and the unit that each is shown in: said beside the value, which stands as written.

    Returns
    -------
    tuple of Shown
        Therapies, doses, measurements, events, outcomes, arms, comparisons.
    """
    reader = _Reader(case, lang, zero, units)
    return tuple(_sorted(reader.table(name), sort) for name in TABLES if getattr(case, name))


def sorts(shown: Shown) -> Iterator[str]:
    """Return every order that can be asked of a table."""
    for heading in shown.headings:
        yield from (f"{shown.name}.{heading.name}", f"{shown.name}.-{heading.name}")


def _sorted(shown: Shown, sort: str) -> Shown:
    if sort not in sorts(shown):
        return shown
    name = sort.removeprefix(f"{shown.name}.")
    at = [heading.name for heading in shown.headings].index(name.removeprefix("-"))
    known = [row for row in shown.rows if not row[1][at].key[0]]
    unknown = [row for row in shown.rows if row[1][at].key[0]]
    known.sort(key=lambda row: row[1][at].key, reverse=name.startswith("-"))
    return Shown(shown.name, shown.title, shown.headings, (*known, *unknown), shown.left_out)


class _Reader:
    def __init__(self, case: Case, lang: str, zero: str, units: Sequence[Wanted]) -> None:
        self.case, self.lang, self.moved = case, lang, bool(zero)
        self.one_unit = one_unit(case, units)
        self.chronology: Chronology = case.chronology.rezero(zero) if zero else case.chronology

    @cached_property
    def names(self) -> Counter[str]:
        """How many rows have each name."""
        return Counter(visible(name_of(row, self.lang)) for row in self.case.rows())

    def table(self, name: Table) -> Shown:
        rows: tuple[Row, ...] = getattr(self.case, name)
        declared = [column for column in columns(name) if not column.name.endswith("_fr")]
        ordered = sorted(declared, key=lambda each: _LAST.index(each.name) if each.name in _LAST else -1)
        timed = [column for column in ordered if _timed(column)]
        headings = [heading for column in ordered for heading in self.headings(column)]
        headings += [self.written_heading(column) for column in timed]
        cells = [
            (*(cell for column in ordered for cell in self.cells(row, column)), *(self.written(row, c) for c in timed))
            for row in rows
        ]
        kept = [at for at in range(len(headings)) if any(line[at].text for line in cells)]
        return Shown(
            name,
            say(f"table.title.{name}", self.lang),
            tuple(headings[at] for at in kept),
            tuple((row.id, tuple(line[at] for at in kept)) for row, line in zip(rows, cells, strict=True)),
            tuple(headings[at].title for at in range(len(headings)) if at not in kept),
        )

    def headings(self, column: Column) -> Iterator[Heading]:
        title = say(f"column.{column.name}", self.lang)
        yield Heading(
            column.name, title, typeset(column.meaning(self.lang), self.lang), column.type in ("number", "count")
        )
        if _timed(column):
            days = say("table.days.title", self.lang, column=title)
            yield Heading(column.name + _DAYS, days, say("table.days.meaning", self.lang), numeric=True)

    def written_heading(self, column: Column) -> Heading:
        title = say("table.written.title", self.lang, column=say(f"column.{column.name}", self.lang))
        return Heading(column.name + _WRITTEN, title, say("table.written.meaning", self.lang))

    def cells(self, row: Row, column: Column) -> Iterator[Cell]:
        value = getattr(row, column.name)
        if _timed(column):
            lo, hi = self.days(row, column)
            key = (lo is None and hi is None, float(hi or 0) if lo is None else float(lo), "")
            said = value is not None and value.written
            yield Cell(describe(self.case, value, self.lang, moved=self.moved) if said else "", key=key)
            yield Cell(_days(lo, hi, self.lang), key=key)
        else:
            yield self.cell(row, column, value)

    def written(self, row: Row, column: Column) -> Cell:
        """Return a time as the file writes it, which is for who writes a case."""
        value: Statement | None = getattr(row, column.name)
        return _cell("" if value is None else visible(value.written))

    def cell(self, row: Row, column: Column, value: object) -> Cell:
        if isinstance(value, Quantity):
            there = self.one_unit.row(row.id)
            return self.converted(there, value) if isinstance(there, Converted) else self.value(value)
        if isinstance(value, int | float):
            text = alike(row, value, self.lang) if column.name in _ALIKE else self.number(value)
            return Cell(text, key=(False, float(value), ""))
        written = visible(str(value or ""))
        if column.type == "choice":
            return _cell(_word(column.name, written, self.lang))
        if column.name == "every":
            return _cell(apart(written, self.lang))
        if column.name in ("unit", "dose_unit"):
            return _cell(a_day(written, self.lang))
        if column.name == "source":
            return _cell(typeset(visible(self.case.cited(written, self.lang)), self.lang))
        if column.name in ("drug", "analyte") or column.type == "ref":
            name, names = self.name(row, column, written)
            return _cell(name, "" if fold(written) in map(fold, names) else written)
        return self.text(row, column, written)

    def text(self, row: Row, column: Column, english: str) -> Cell:
        french = visible(str(getattr(row, f"{column.name}_fr", "") or ""))
        if self.lang == "fr" and hasattr(row, f"{column.name}_fr"):
            return _cell(typeset(french, "fr")) if french else _cell(typeset(english, "en"), lang="en")
        return _cell(curved(numeral(english, self.lang)))

    def name(self, row: Row, column: Column, written: str) -> tuple[str, tuple[str, ...]]:
        """Return what is meant, and its names in either language: a cell that says one of these says no more."""
        if column.type == "ref":
            name = visible(name_of(self.case.row(written), self.lang)) or written
            # Which of two rows of one name is meant, only their ids tell.
            return name, (name,) if self.names[name] > 1 else (name, written)
        assay = row.assay if isinstance(row, Measurement) else ""
        known = drug(written) if isinstance(row, Therapy) else analyte(written, assay)
        return (written, (written,)) if known is None else (known.name(self.lang), (known.en, known.fr, *known.also))

    def value(self, value: Quantity) -> Cell:
        number = value.number if value.number is not None else value.low if value.kind == "range" else value.titre
        key = (False, float(number), "") if number is not None else (False, float("inf"), fold(value.written))
        said = f"category.{(value.category or '').lower()}"
        word = say(f"trend.{value.trend}", self.lang) if value.trend else say(said, self.lang) if has(said) else ""
        return Cell(word or numeral(visible(value.written), self.lang), key=key)

    def converted(self, row: Converted, value: Quantity) -> Cell:
        """Return a value as written, with what it is in the unit of its series, by which it is sorted."""
        return replace(self.value(value), beside=shown(row, self.lang), key=self.value(row.value).key)

    def number(self, value: float) -> str:
        text = f"{value:g}" if abs(value) < 1e6 else str(value)
        return decimal(text, self.lang)

    def days(self, row: Row, column: Column) -> tuple[int | None, int | None]:
        # An empty cell of an event's end, or of a group's result, says that there is no such moment.
        momentary = isinstance(row, Outcome | Comparison) or (isinstance(row, Event) and column.type == "end")
        if getattr(row, column.name) is None and momentary:
            return None, None
        return possible_days(self.chronology, f"{row.id}.end" if column.type == "end" else row.id)


def alike(row: Row, value: float, lang: str) -> str:
    """Write a number of a trial with as many decimals as the others of its row, as it is printed: 3.0 beside 1.9."""
    percent = row.percent.number if isinstance(row, Outcome) and row.percent else None
    estimate = row.estimate if isinstance(row, Comparison) else percent
    limits = (row.ci_low, row.ci_high) if isinstance(row, Outcome | Comparison) else ()
    return decimal(f"{value:.{most_decimals(estimate, *limits)}f}".replace("-", "\u2212"), lang)


def _timed(column: Column) -> bool:
    return column.type in ("time", "end")


def _cell(text: str, beside: str = "", lang: str = "") -> Cell:
    return Cell(text, beside, lang if text else "", (not text, 0.0, fold(text)))


def _days(lo: int | None, hi: int | None, lang: str) -> str:
    if lo is None and hi is None:
        return ""
    kind = "until" if lo is None else "from" if hi is None else "one" if lo == hi else "span"
    return say(f"table.days.{kind}", lang, lo=lo, hi=hi).replace("-", "\u2212")


def _word(column: str, value: str, lang: str) -> str:
    """Return a word of a closed vocabulary in a language."""
    keys: Mapping[str, str] = {
        "kind": f"event_kind.{value}",
        "route": f"route.{value}",
        "basis": f"basis.{value}",
        "presence": f"presence.{value}",
        "status": f"status.{value}",
        "course": f"course.{value}",
        "holds": f"holds.{value}",
        "post_mortem": f"post_mortem.{value}",
        "progress": f"trial.{value}",
        "response": f"response.{value}",
        "measure": f"measure.{value}",
    }
    return say(keys[column], lang) if value else ""
