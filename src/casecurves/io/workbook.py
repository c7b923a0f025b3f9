"""A case from a workbook: the tables of a folder, read and checked by the same code; findings by sheet and cell."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from casecurves.io import header
from casecurves.io.cells import SheetIssues, Where
from casecurves.io.files import to_csv
from casecurves.io.headsheets import Head, HeadSheet, read_head
from casecurves.io.reading import Found, read
from casecurves.io.spreadsheet import Cell, Sheet, letters
from casecurves.io.table import Rows, by_header, fold, read_records
from casecurves.io.text import to_text
from casecurves.model import teaching
from casecurves.model.columns import Column
from casecurves.model.issues import Issue, Report, visible
from casecurves.model.schema import TABLES, Table
from casecurves.words import LANGS, say

MOST_ROWS = 5_000
MOST_COLUMNS = 100
# Sheets of the template that are there to be looked at, in every language; their own names, folded.
TO_LOOK_AT = tuple(fold(say(f"workbook.sheet.{name}", lang)) for name in ("instructions", "example") for lang in LANGS)
_HEAD = get_args(HeadSheet)
# One line of teaching.toml in each row: a lesson is no table.
LESSON = "teaching"


@dataclass
class Workbook:
    """The sheets of a workbook as the parts of a case."""

    sheets: Mapping[str, Sheet]
    others: Sequence[Issue]
    path: None = None

    def __post_init__(self) -> None:
        self._head: Head = read_head(self.sheets)
        self._tables = {name: _Table(name, self.sheets[name]) for name in TABLES if self.has(f"{name}.csv")}

    @classmethod
    def of(cls, sheets: Sequence[Sheet]) -> Workbook:
        """Give each sheet to the part of the case that it is."""
        known: dict[str, Sheet] = {}
        others: list[Issue] = []
        for sheet in sheets:
            name = fold(sheet.name)
            if name in known:
                others.append(Issue("error", "sheet.twice", sheet.name))
            elif name in (*_HEAD, *TABLES, LESSON):
                known[name] = sheet
                others += [Issue("notice", "sheet.hidden", name)] if sheet.hidden and sheet.rows else []
            elif sheet.rows and name not in TO_LOOK_AT:
                params = {"known": ", ".join((*_HEAD, *TABLES, LESSON))}
                others.append(Issue("warning", "sheet.unknown", sheet.name, params=params))
        return cls(known, others)

    def has(self, name: str) -> bool:
        """Tell whether the sheet of a part is there and holds anything."""
        stem = name.partition(".")[0]
        return stem in self.sheets and bool(self.sheets[stem].rows)

    def head(self) -> tuple[str | None, list[Issue]]:
        """Return the case.toml that the first sheets stand for; what was found on the way is located already."""
        return self._head.toml(), list(self._head.issues)

    def lesson(self) -> tuple[str | None, list[Issue]]:
        """Return the teaching.toml that a sheet holds, one line in each row."""
        return to_text(self._lesson(), teaching.FILE)

    def table(self, table: Table) -> Rows:
        """Read the sheet of a table."""
        return self._tables[table].read()

    def strangers(self) -> Iterator[Issue]:
        """Yield the sheets that were not read, and those that nobody sees."""
        yield from self.others

    def located(self, issue: Issue) -> Issue:
        """Return a finding with the sheet and cell that it is about."""
        if issue.file == header.FILE:
            return self._head.located(issue)
        if issue.file == teaching.FILE:
            return replace(issue, file=LESSON, cell=f"A{issue.line}" if issue.line else "")
        for name, table in self._tables.items():
            if issue.file in (name, f"{name}.csv"):
                cell = issue.cell or (table.cell(issue.column, issue.line) if issue.line else "")
                return replace(issue, file=name, cell=cell)
        return replace(issue, file=issue.file.removesuffix(".csv"))

    def files(self) -> dict[str, bytes]:
        """Return the files of a folder that hold what the workbook does, faulty rows and unknown columns included."""
        tables = {f"{name}.csv": table.csv() for name, table in self._tables.items()}
        lesson = {teaching.FILE: self._lesson()} if self.has(teaching.FILE) else {}
        return {header.FILE: self._head.toml().encode(), **tables, **lesson}

    def _lesson(self) -> bytes:
        rows = self.sheets[LESSON].rows
        lines = (rows.get(line, {}).get(1) for line in range(1, max(rows) + 1))
        return "\n".join([*("" if cell is None else visible(cell.text) for cell in lines), ""]).encode()


def read_workbook(case_id: str, workbook: Workbook) -> Found:
    """Read the case of a workbook; as `casecurves.io.read_case`, with findings by sheet and cell."""
    case, report = read(case_id, workbook)
    report = Report.of(map(workbook.located, report))
    return None if case is None else replace(case, report=report), report


class _Table:
    """The sheet of a table: its header, and its rows as the reader of tables takes them."""

    def __init__(self, table: Table, sheet: Sheet) -> None:
        self.table, self.sheet = table, sheet
        self.first = min(sheet.rows)
        self.headers = {column: cell.text.strip() for column, cell in sorted(sheet.rows[self.first].items())}
        filled = (
            line for line, cells in sheet.rows.items() if line > self.first and cells.keys() & self.headers.keys()
        )
        self.lines = sorted(filled)
        meant = by_header(table)
        self.meant: dict[int, Column | None] = {c: meant.get(fold(text)) for c, text in self.headers.items()}

    def read(self) -> Rows:
        if len(self.headers) > MOST_COLUMNS:
            params = {"found": len(self.headers), "limit": MOST_COLUMNS}
            return Rows(issues=(Issue("error", "sheet.too_many_columns", self.table, params=params),), complete=False)
        found = SheetIssues(self.table)
        spoiled: dict[int, dict[int, Issue]] = {}
        if len(self.lines) <= MOST_ROWS:
            for line in self.lines:
                self._look_at(line, found, spoiled)
            self._look_beside(found)
            self._merged(spoiled, found)
        return read_records(self.table, self._records(), tuple(found.issues()), spoiled, MOST_ROWS)

    def cell(self, column: str, line: int) -> str:
        """Return the name of a cell, or of its row when the column is not known."""
        named = {self.headers[c]: c for c in self.headers} | {m.name: c for c, m in self.meant.items() if m}
        return f"{letters(named[column])}{line}" if column in named else f"{line}:{line}"

    def csv(self) -> bytes:
        return to_csv([record for _, record in self._records()])

    def _records(self) -> list[tuple[int, list[str]]]:
        header_ = (self.first, [visible(text) for text in self.headers.values()])
        return [header_, *((line, [self._text(line, column) for column in self.headers]) for line in self.lines)]

    def _text(self, line: int, column: int) -> str:
        cell = self.sheet.rows[line].get(column)
        return "" if cell is None else visible(cell.text)

    def _look_at(self, line: int, found: SheetIssues, spoiled: dict[int, dict[int, Issue]]) -> None:
        cells = self.sheet.rows[line]
        for place, (column, meant) in enumerate(self.meant.items()):
            cell = cells.get(column)
            if cell is None or meant is None:
                continue
            where = Where(line, column, self.headers[column])
            fault = found.spoiled(cell, meant.type, where)
            if fault is None:
                found.remark(cell, where)
            else:
                spoiled.setdefault(line, {})[place] = fault

    def _look_beside(self, found: SheetIssues) -> None:
        for line, cells in sorted(self.sheet.rows.items()):
            for column in sorted(cells.keys() - self.headers.keys()):
                found.often("warning", "sheet.no_header", Where(line, column), cells[column].text)

    def _merged(self, spoiled: dict[int, dict[int, Issue]], found: SheetIssues) -> None:
        """A merged cell is written once: whether it was meant for each of its rows, only its author knows."""
        for top, left, bottom, right in self.sheet.merged:
            value = f"{letters(left)}{top}:{letters(right)}{bottom}"
            for line in self.lines[bisect_left(self.lines, top) : bisect_right(self.lines, bottom)]:
                for place, (column, meant) in enumerate(self.meant.items()):
                    if left <= column <= right and (line, column) != (top, left) and meant is not None:
                        fault = found.spoiled(
                            Cell(value, "merged"), meant.type, Where(line, column, self.headers[column])
                        )
                        if fault is not None:
                            spoiled.setdefault(line, {})[place] = fault
