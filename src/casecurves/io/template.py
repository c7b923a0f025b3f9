"""Workbooks to fill in: an empty one, or one that holds a case. Made from the declaration of the columns.

Examples stand on a sheet of their own, which is never read: an example row in a table would sooner or later be drawn
as the patient's. Cells are text, so that no spreadsheet program turns 1:320 into a time or 2017-03 into a day.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any, get_args

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from casecurves.errors import UsageError
from casecurves.io import header
from casecurves.io.archive import LIMITS
from casecurves.io.headsheets import KEY, KEYS, MEANING, VALUE, HeadSheet, entries, flat
from casecurves.io.table import by_header, delimiter_of, fold
from casecurves.io.text import to_text
from casecurves.io.workbook import LESSON, MOST_ROWS
from casecurves.model import teaching
from casecurves.model.case import Header, Patient
from casecurves.model.columns import Column
from casecurves.model.schema import TABLES, Table, columns
from casecurves.words import say

# What Excel takes in one cell, and the rows for which it offers lists.
_LONGEST = 32_767
_STEPS = ("one_patient", "case_sheet", "rows", "time", "value", "empty", "words", "privacy", "drop", "limits")
_CHOICES = {
    "kind": get_args(Header.model_fields["kind"].annotation),
    "language": get_args(Header.model_fields["language"].annotation),
    "patient.sex": get_args(Patient.model_fields["sex"].annotation),
    "doubtful": ("yes",),
}
# Ids that other sheets offer: of a source, a course, an arm.
_LISTED = {"therapies": "therapies", "arms": "arms"}
Records = Sequence[Mapping[str, str]]


def template(lang: str = "en") -> bytes:
    """Return an empty workbook.

    Parameters
    ----------
    lang : str
        Language of what explains; headers stay the names of the columns.

    Returns
    -------
    bytes
        An .xlsx file, the same bytes each time.
    """
    return _written({}, {}, lang)


def to_workbook(files_: Mapping[str, bytes], lang: str = "en") -> bytes:
    """Return a workbook that holds a case.

    Parameters
    ----------
    files_ : mapping of str to bytes
        The files of its folder, by name.
    lang : str
        Language of what explains.

    Returns
    -------
    bytes
        An .xlsx file with every row and every column, also those that have a fault.

    Raises
    ------
    UsageError
        When a file cannot be read at all, or a cell is longer than a workbook takes.
    """
    text, _ = to_text(files_.get(header.FILE, b""), header.FILE)
    try:
        head: dict[str, Any] = tomllib.loads(text or "")
    except tomllib.TOMLDecodeError:
        raise UsageError(say("workbook.no_head", lang, file=header.FILE)) from None
    found = {table: _records(table, files_[f"{table}.csv"], lang) for table in TABLES if f"{table}.csv" in files_}
    lesson, _ = to_text(files_.get(teaching.FILE, b""), teaching.FILE)
    return _written(head, found, lang, lesson or "")


@cache
def example() -> Mapping[str, Any]:
    """Return the rows of the sheet with examples: a small case that is sound in itself."""
    content: dict[str, Any] = tomllib.loads((files("casecurves.io") / "example.toml").read_text(encoding="utf-8"))
    return content


def _records(table: Table, data: bytes, lang: str) -> list[dict[str, str]]:
    """Return the rows of a table by the names of their columns; a cell beyond the header by the number of its place."""
    text, _ = to_text(data, f"{table}.csv")
    try:
        first, *rows = csv.reader(io.StringIO(text or ""), delimiter=delimiter_of(table, text or "\n"), strict=True)
    except (csv.Error, ValueError, StopIteration):
        raise UsageError(say("workbook.no_table", lang, file=f"{table}.csv")) from None
    meant = by_header(table)
    names = [meant[fold(name)].name if fold(name) in meant else name for name in first]
    return [dict(zip([*names, *map(str, range(len(names), len(row)))], row, strict=False)) for row in rows if any(row)]


def _written(head: Mapping[str, Any], tables: Mapping[Table, Records], lang: str, lesson: str = "") -> bytes:
    kept = io.BytesIO()
    # In memory: otherwise the rows of a patient would pass through a file on disk.
    book = xlsxwriter.Workbook(kept, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime(2000, 1, 1), "title": say("workbook.title", lang)})  # noqa: DTZ001
    writer = _Writer(book, lang)
    writer.instructions()
    writer.case(flat(head))
    for name in ("sources", "discrepancies"):
        writer.listing(name, entries(head, name))
    for table in TABLES:
        writer.table(table, tables.get(table, ()))
    if lesson:
        writer.lines(LESSON, lesson.rstrip("\n").split("\n"))
    writer.example()
    book.close()
    return kept.getvalue()


class _Writer:
    """The sheets of one workbook."""

    def __init__(self, book: xlsxwriter.Workbook, lang: str) -> None:
        self.book, self.lang = book, lang
        font = {"valign": "top"}
        self.text = book.add_format({**font, "num_format": "@"})
        self.head = book.add_format({**font, "num_format": "@", "bold": True, "bg_color": "#D6E8F1", "bottom": 1})
        self.needed = book.add_format(
            {**font, "num_format": "@", "bold": True, "bg_color": "#1D6690", "font_color": "#FFFFFF", "bottom": 1}
        )
        self.quiet = book.add_format({**font, "text_wrap": True, "font_color": "#4D5867"})
        self.title = book.add_format({**font, "bold": True, "font_size": 14})
        self.warning = book.add_format({**font, "bold": True, "bg_color": "#FFF1C2"})

    def instructions(self) -> None:
        """Write the first sheet: what to do, in ten steps."""
        sheet = self.book.add_worksheet(say("workbook.sheet.instructions", self.lang))
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 4)
        sheet.set_column(1, 1, 110, self.quiet)
        sheet.write_string(0, 1, say("workbook.title", self.lang), self.title)
        for number, step in enumerate(_STEPS, 1):
            values = {"rows": MOST_ROWS, **LIMITS} if step == "limits" else {}
            sheet.write_number(number + 1, 0, number, self.quiet)
            sheet.write_string(number + 1, 1, say(f"workbook.step.{step}", self.lang, **values), self.quiet)

    def case(self, filled: Mapping[str, str]) -> None:
        """Write the sheet that says who: one key to a row."""
        sheet = self._sheet("case", [(KEY, "", True), (VALUE, "", True), (MEANING, "", False)], (22, 60, 90))
        known = KEYS["case"]
        for row, key in enumerate([*known, *(key for key in filled if key not in known)], 1):
            self._put(sheet, row, 0, key)
            self._put(sheet, row, 1, filled.get(key, ""))
            if key in known:
                sheet.write_string(row, 2, say(f"workbook.case.{key}", self.lang), self.quiet)
            if key in _CHOICES:
                _offer(sheet, row, 1, row, _CHOICES[key])

    def listing(self, name: HeadSheet, filled: Records) -> None:
        """Write a sheet of entries of case.toml."""
        required = {"sources": ("key",), "discrepancies": ("rows", "label", "used", "other")}[name]
        about = [(key, say(f"workbook.{name}.{key}", self.lang), key in required) for key in KEYS[name]]
        sheet = self._sheet(name, about)
        for place, key in enumerate(KEYS[name]):
            if key in _CHOICES:
                _offer(sheet, 1, place, MOST_ROWS, _CHOICES[key])
        self._rows(sheet, list(KEYS[name]), filled)

    def table(self, table: Table, filled: Records) -> None:
        """Write the sheet of a table."""
        known = columns(table)
        sheet = self._sheet(table, [(column.name, _note(column, self.lang), column.required) for column in known])
        for place, column in enumerate(known):
            if column.choices:
                _offer(sheet, 1, place, MOST_ROWS, column.choices)
            elif column.table in _LISTED or column.name == "source":
                _offer_ids(sheet, place, _LISTED.get(column.table, "sources"))
        self._rows(sheet, [column.name for column in known], filled)

    def lines(self, name: str, lines: Sequence[str]) -> None:
        """Write a sheet of text, one line in each row."""
        sheet = self.book.add_worksheet(name)
        sheet.set_column(0, 0, 120)
        for row, line in enumerate(lines):
            self._put(sheet, row, 0, line)

    def example(self) -> None:
        """Write the sheet with examples, which is never read."""
        sheet = self.book.add_worksheet(say("workbook.sheet.example", self.lang))
        sheet.set_column(0, 20, 18, self.text)
        sheet.write_string(0, 0, say("workbook.example", self.lang), self.warning)
        row = 2
        for name, rows in example().items():
            sheet.write_string(row, 0, name, self.title)
            used = list(dict.fromkeys(key for each in rows for key in each))
            for place, key in enumerate(used):
                sheet.write_string(row + 1, place, key, self.head)
            for n, each in enumerate(rows, row + 2):
                for place, key in enumerate(used):
                    self._put(sheet, n, place, each.get(key, ""))
            row += len(rows) + 3

    def _sheet(self, name: str, heads: Sequence[tuple[str, str, bool]], widths: Sequence[int] = ()) -> Worksheet:
        sheet: Worksheet = self.book.add_worksheet(name)
        sheet.freeze_panes(1, 1)
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        for place, (key, about, required) in enumerate(heads):
            width = widths[place] if widths else max(12, len(key) + 3)
            sheet.set_column(place, place, width, self.text)
            sheet.write_string(0, place, key, self.needed if required else self.head)
            if about:
                size = {"x_scale": 2.2, "y_scale": 1.1, "font_size": 9}
                sheet.write_comment(0, place, about, size)
        return sheet

    def _rows(self, sheet: Worksheet, known: list[str], filled: Records) -> None:
        more = list(dict.fromkeys(key for each in filled for key in each if key not in known))
        for place, key in enumerate(more, len(known)):
            # Cells beyond a header have a number for a name: they stay without one.
            self._put(sheet, 0, place, "" if key.isdigit() else key, self.head)
        for row, each in enumerate(filled, 1):
            for place, key in enumerate([*known, *more]):
                self._put(sheet, row, place, each.get(key, ""))

    def _put(self, sheet: Worksheet, row: int, place: int, text: str, look: Format | None = None) -> None:
        if len(text) > _LONGEST:
            raise UsageError(say("workbook.long_cell", self.lang, sheet=sheet.get_name(), length=len(text)))
        if text:
            sheet.write_string(row, place, text, look or self.text)


def _note(column: Column, lang: str) -> str:
    """Return what a header says when somebody points at it: meaning, words, what empty means, an example."""
    # In a workbook, case.toml is three sheets.
    return "\n".join(_about(column, lang)).replace(header.FILE, say("workbook.sources_sheet", lang))


def _about(column: Column, lang: str) -> Iterator[str]:
    yield column.meaning(lang)
    empty = column.empty(lang)
    yield say("workbook.note.empty", lang, means=empty) if empty else say("workbook.note.required", lang)
    if column.choices:
        yield say("workbook.note.choices", lang, choices=", ".join(column.choices))
    elif column.example:
        yield say("workbook.note.example", lang, example=column.example)


def _offer(sheet: Worksheet, first: int, place: int, last: int, words: Sequence[str]) -> None:
    sheet.data_validation(first, place, last, place, {"validate": "list", "source": list(words)})


def _offer_ids(sheet: Worksheet, place: int, other: str) -> None:
    # A warning, not a ban: the row may be about to be written.
    source = f"={other}!$A$2:$A${MOST_ROWS + 1}"
    rule = {"validate": "list", "source": source, "error_type": "information"}
    sheet.data_validation(1, place, MOST_ROWS, place, rule)
