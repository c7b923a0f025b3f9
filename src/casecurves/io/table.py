"""One table of a case: text to rows, and everything that is wrong with it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

from pydantic import ValidationError

from casecurves.knowledge.fold import unaccented
from casecurves.model.columns import Column
from casecurves.model.issues import Issue, Report
from casecurves.model.quantity import Quantity
from casecurves.model.schema import TABLES, Row, Table, columns
from casecurves.model.when import Statement, readable, write
from casecurves.words import say

MOST_ROWS = 50_000
# A file that is wrong throughout says so after this many findings.
MOST_ISSUES = 500

_TIMES = ("time", "end")
_DELIMITERS = (",", ";", "\t")
_COMMA = re.compile(r"\d,\d")
# A first line by which a spreadsheet tells itself the separator.
_SEP_LINE = re.compile(r"[ ]*\"?sep=(.)\"?[ ]*(?=\n|$)", re.IGNORECASE)
# What a browser or a spreadsheet would not show as it stands: a tag, a formula.
_MARKUP = re.compile(r"<[/!]?[a-z][^>]*>|^[=@]", re.IGNORECASE)
# 1,500 is 1.5 in French and one thousand five hundred in English.
_THOUSANDS = re.compile(r"(?<![\d.,])[1-9]\d{0,2},\d{3}(?!\d)")


@dataclass(frozen=True)
class Remnant:
    """A faulty row that can be read because of what stands in for its faulty cells; checked, never drawn.

    ``replaced`` are the columns of which nothing is the author's; of a faulty time the readable clauses are kept.
    """

    row: Row
    replaced: frozenset[str]


@dataclass(frozen=True)
class Rows:
    """What a table holds.

    Attributes
    ----------
    rows : tuple of Row
        The rows without fault, in file order.
    issues : tuple of Issue
        Everything found.
    left_out : frozenset of str
        Ids of the rows that have a fault.
    complete : bool
        Whether every row is among ``rows`` or, by its id, in ``left_out``.
    remnants : tuple of Remnant
        What remains of the faulty rows.
    """

    rows: tuple[Row, ...] = ()
    issues: tuple[Issue, ...] = ()
    left_out: frozenset[str] = frozenset()
    complete: bool = True
    remnants: tuple[Remnant, ...] = ()


@dataclass(frozen=True)
class _Header:
    """The header of a file: as written, and the column that each cell belongs to."""

    written: tuple[str, ...]
    known: tuple[Column | None, ...]
    issues: tuple[Issue, ...]

    @property
    def sound(self) -> bool:
        """True when every cell can be given to its column."""
        return all(issue.level != "error" for issue in self.issues)

    def name(self, column: str) -> str:
        """Return the name of a column as the file has it."""
        known = zip(self.written, self.known, strict=True)
        return next((text for text, found in known if found and found.name == column), column)

    def cells(self, record: list[str]) -> dict[str, str]:
        """Return the cells of a record by column; of a column that is there twice, the first."""
        pairs = reversed(list(zip(self.known, record, strict=True)))
        return {column.name: cell for column, cell in pairs if column is not None}


# A line of a file and its cells as text; of a line, by the place of the cell, what spoils one.
Record = tuple[int, list[str]]
Spoiled = Mapping[int, Mapping[int, Issue]]


def read_table(table: Table, text: str, most_rows: int = MOST_ROWS) -> Rows:
    """Read the text of a table.

    Parameters
    ----------
    table : str
        Which table, such as ``"therapies"``.
    text : str
        Its text: a header and one record per row, cells separated by comma, semicolon or tab.
    most_rows : int
        A table of more is not read.

    Returns
    -------
    Rows
        A row with a fault is left out and the fault is reported; all faults are found in one pass.
    """
    file = f"{table}.csv"
    sep_line = _SEP_LINE.match(text)
    if sep_line:  # its line end stays, so that lines are still those of the file
        text = text[sep_line.end() :]
    if not text.strip():
        return Rows(issues=(Issue("error", "file.empty", file),))
    delimiter = delimiter_of(table, text)
    records, issues = _records(text, delimiter, file)
    if not records:
        return Rows(issues=tuple(issues), complete=False)
    whole = not issues
    if sep_line:
        issues.append(Issue("notice", "file.sep_line", file, 1, value=sep_line[0].strip()))
    elif delimiter != ",":
        sign = "issue.sign.tab" if delimiter == "\t" else "issue.sign.semicolon"
        issues.append(Issue("notice", "file.delimiter", file, params={"sign": partial(say, sign)}))
    found = read_records(table, records, issues, most_rows=most_rows)
    return replace(found, complete=whole and found.complete)


def read_records(
    table: Table,
    records: Sequence[Record],
    issues: Sequence[Issue] = (),
    spoiled: Spoiled | None = None,
    most_rows: int = MOST_ROWS,
) -> Rows:
    """Read a table whose cells are told apart already.

    Parameters
    ----------
    table : str
        Which table.
    records : sequence of (int, list of str)
        The header, then the rows, each with its line.
    issues : sequence of Issue
        What was found on the way here.
    spoiled : mapping, optional
        By line and place in the record, what is wrong with a cell whose text says nothing; its row is left out.
    most_rows : int
        A table of more is not read.

    Returns
    -------
    Rows
        As `read_table`.
    """
    if len(records) - 1 > most_rows:
        params = {"rows": len(records) - 1, "limit": most_rows}
        found = Issue("error", "file.too_many_rows", f"{table}.csv", params=params)
        return Rows(issues=(found,), complete=False)
    return _rows(table, _header(table, *records[0]), records[1:], list(issues), spoiled or {})


def delimiter_of(table: Table, text: str) -> str:
    """Return what separates the cells of a table."""
    # The separator is the one that makes most sense of the header.
    first = next(line for line in text.split("\n") if line.strip())
    known = by_header(table)

    def sense(delimiter: str) -> tuple[int, int]:
        cells = next(csv.reader([first], delimiter=delimiter))
        return sum(fold(cell) in known for cell in cells), len(cells)

    return max(_DELIMITERS, key=sense)


def _records(text: str, delimiter: str, file: str) -> tuple[list[tuple[int, list[str]]], list[Issue]]:
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    records: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for record in reader:
            # A quoted cell may hold line ends: the record starts where the one before it stopped.
            if any(cell.strip() for cell in record):
                records.append((line, record))
            line = reader.line_num + 1
    except csv.Error:
        return records, [Issue("error", "file.quotes", file, line)]
    return records, []


def _header(table: Table, line: int, record: list[str]) -> _Header:
    file, meant = f"{table}.csv", by_header(table)
    written = tuple(cell.strip() for cell in record)
    known = tuple(meant.get(fold(text)) for text in written)
    names = [column.name for column in known if column is not None]
    issues = [
        Issue("error", "column.duplicate", file, line, text)
        for n, (text, column) in enumerate(zip(written, known, strict=True))
        if column is not None and column in known[:n]
    ]
    allowed = ", ".join(column.name for column in columns(table))
    issues += [
        Issue("error", "column.missing", file, line, column.name, params={"known": allowed})
        for column in columns(table)
        if column.required and column.name not in names
    ]
    issues += [
        Issue("warning", "column.unknown", file, line, text, params={"known": allowed})
        for text, column in zip(written, known, strict=True)
        if column is None and text
    ]
    french = [text for text, c in zip(written, known, strict=True) if c and fold(text) != c.name]
    if french:
        issues.append(Issue("notice", "column.french", file, line, params={"headers": ", ".join(french)}))
    return _Header(written, known, tuple(issues))


@cache
def by_header(table: Table) -> Mapping[str, Column]:
    """Return the columns of a table by their English and French headers, each as `fold` makes it."""
    return {fold(header): column for column in columns(table) for header in (column.header_fr, column.name)}


def fold(text: str) -> str:
    """Return a header without what people write in different ways: accents, capitals, spaces."""
    return re.sub(r"\W+", "_", unaccented(text).casefold()).strip("_")


def _rows(table: Table, header: _Header, records: Sequence[Record], issues: list[Issue], spoiled: Spoiled) -> Rows:
    file = f"{table}.csv"
    rows: list[Row] = []
    remnants: list[Remnant] = []
    left_out: set[str] = set()
    remarks: dict[str, list[Issue]] = {}
    for line, record in records:
        row, faults = _row(table, header, line, record, spoiled.get(line, {}))
        issues += faults
        if row is None or not header.sound:
            left_out |= _id_of(header, record)
            remnants += _remnant(table, header, line, record, faults)
            continue
        rows.append(row)
        for remark in _remarks(row, file, header, record):
            remarks.setdefault(remark.code, []).append(remark)
    issues += [*header.issues, *_gathered(remarks)]
    if len(rows) < len(records):
        params = {"left_out": len(records) - len(rows), "rows": len(records)}
        issues.append(Issue("warning", "row.left_out", file, params=params))
    named = any(column is not None and column.name == "id" for column in header.known)
    return Rows(tuple(rows), _capped(file, issues), frozenset(left_out), complete=named, remnants=tuple(remnants))


def _row(
    table: Table, header: _Header, line: int, record: list[str], spoiled: Mapping[int, Issue]
) -> tuple[Row | None, list[Issue]]:
    file = f"{table}.csv"
    if len(record) != len(header.written):
        params = {"found": len(record), "expected": len(header.written)}
        return None, [Issue("error", "row.ragged", file, line, params=params)]
    if spoiled:
        return None, _also_wrong(table, header, line, record, spoiled)
    try:
        return TABLES[table].model_validate({**header.cells(record), "line": line}), []
    except ValidationError as error:
        # A column that is not there is said once, of the header.
        found = [fault for fault in error.errors(include_url=False) if fault["type"] != "missing"]
    return None, [
        Issue(
            "error",
            fault["type"],
            file,
            line,
            header.name(str(fault["loc"][0])),
            str(fault["input"]).strip(),
            fault.get("ctx", {}),
        )
        for fault in found
    ]


def _also_wrong(
    table: Table, header: _Header, line: int, record: list[str], spoiled: Mapping[int, Issue]
) -> list[Issue]:
    """Return what spoils cells of a row, and what is wrong with its others."""
    names = {column.name for n, column in enumerate(header.known) if n in spoiled and column is not None}
    rest = tuple(None if column is not None and column.name in names else column for column in header.known)
    _, others = _row(table, replace(header, known=rest), line, record, {})
    return [*spoiled.values(), *others]


def _remnant(table: Table, header: _Header, line: int, record: list[str], faults: Sequence[Issue]) -> list[Remnant]:
    """Return what remains of a faulty row; none where no row can be made of it."""
    if len(record) != len(header.written):
        return []
    cells = header.cells(record)
    faulty = {fault.column for fault in faults}
    replaced = [column for column in columns(table) if header.name(column.name) in faulty]
    cells |= {column.name: _stand_in(column, cells[column.name], line) for column in replaced}
    names = frozenset(header.name(column.name) for column in replaced if column.type not in _TIMES)
    try:
        return [Remnant(TABLES[table].model_validate({**cells, "line": line}), names)]
    except ValidationError:
        return []


def _stand_in(column: Column, cell: str, line: int) -> str:
    """Return what may stand in a faulty cell, so that the row can be read: never shown, and bounds nothing."""
    if column.type in _TIMES:
        return readable(cell)
    if not column.required:
        return ""
    if column.choices:
        return column.choices[0]
    return f"row-of-line-{line}" if column.type == "id" else "0"


def _id_of(header: _Header, record: list[str]) -> set[str]:
    cells = zip(header.known, record, strict=False)
    return {cell.strip() for column, cell in cells if column is not None and column.name == "id"}


def _remarks(row: Row, file: str, header: _Header, record: list[str]) -> Iterator[Issue]:
    """Yield what was read otherwise than the letter of it."""
    for column, cell in zip(header.known, record, strict=True):
        if column is None or not (raw := cell.strip()):
            continue
        value = getattr(row, column.name)
        shown = header.name(column.name)
        if _MARKUP.search(raw):
            yield Issue("notice", "text.as_written", file, row.line, shown, raw)
        if isinstance(value, Statement) or column.type == "interval":
            canonical = write(value) if isinstance(value, Statement) else value
            if canonical != raw:
                yield Issue("notice", "time.rewritten", file, row.line, shown, raw, {"canonical": canonical})
        elif isinstance(value, Quantity) and value.kind in ("category", "trend"):
            continue
        elif column.type in ("number", "count", "value") and _COMMA.search(raw):
            yield Issue("notice", "number.decimal_comma", file, row.line, shown, raw)
            if _THOUSANDS.search(raw):
                yield Issue("warning", "number.thousands", file, row.line, shown, raw)


def _gathered(remarks: dict[str, list[Issue]]) -> Iterator[Issue]:
    # A notice is given once per file, with the first place; a warning each time.
    for found in remarks.values():
        if found[0].level == "notice":
            yield replace(found[0], params={**found[0].params, "times": len(found)})
        else:
            yield from found


def _capped(file: str, issues: list[Issue]) -> tuple[Issue, ...]:
    found = Report.of(issues).issues
    more = found[MOST_ISSUES:]
    if not more:
        return found
    return (*found[:MOST_ISSUES], Issue(more[0].level, "file.more_issues", file, params={"more": len(more)}))
