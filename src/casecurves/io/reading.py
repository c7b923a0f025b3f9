"""A case from wherever its parts are: what is checked, in which order, and what is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol, cast

from casecurves.io import header
from casecurves.io.habits import as_one
from casecurves.io.keys import locate
from casecurves.io.lesson import Lesson, read_lesson
from casecurves.io.table import MOST_ISSUES, Remnant, Rows
from casecurves.knowledge import check as check_knowledge
from casecurves.model.case import Case, Header
from casecurves.model.checks import check as check_case
from casecurves.model.issues import Issue, Report
from casecurves.model.schema import REQUIRED_TABLES, TABLES, Row, Table, table_of
from casecurves.model.teaching import FILE, Teaching

Found = tuple[Case | None, Report]
# The id of a case is the name of its folder, and stands in an address.
CASE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
# Findings that hang on one row alone; those between rows wait until the rows can be read.
_OF_ONE_ROW = ("ref.", "source.", "locator.", "drug.unknown", "drug.like_missing", "analyte.", "unit.")


class Source(Protocol):
    """Where the parts of a case are: a folder, or a file that holds them all."""

    @property
    def path(self) -> Path | None:
        """The folder, if it is one."""

    def has(self, name: str) -> bool:
        """Tell whether there is a part of this name, such as ``"case.toml"`` or ``"events.csv"``."""

    def head(self) -> tuple[str | None, list[Issue]]:
        """Return the text of case.toml, ``None`` when it cannot be had, and what was found on the way."""

    def lesson(self) -> tuple[str | None, list[Issue]]:
        """Return the text of teaching.toml, like `head`."""

    def table(self, table: Table) -> Rows:
        """Read a table that is there."""

    def strangers(self) -> Iterator[Issue]:
        """Yield what is there besides the parts of a case, and was not read."""


def read(case_id: str, source: Source) -> Found:
    """Read a case.

    Parameters
    ----------
    case_id : str
        Its id, which need not be one.
    source : Source
        Where its parts are.

    Returns
    -------
    tuple of (Case or None, Report)
        As `casecurves.io.read_case`.
    """
    if not CASE_ID.fullmatch(case_id):
        return None, Report((Issue("error", "case.id_form", value=case_id),))
    reading = _Reading(case_id, source)
    head = reading.header()
    lesson = reading.teaching()
    tables = _without_duplicates({table: reading.table(table) for table in TABLES}, reading.issues)
    reading.issues = [
        *as_one(reading.issues),
        *_about_id(case_id),
        *_missing(source, head),
        *source.strangers(),
    ]
    if head is None:
        return None, Report.of(reading.issues)
    case = Case(id=case_id, header=head, teaching=lesson, path=source.path, **cast(Any, tables))
    if not case.rows():
        return None, Report.of([*reading.issues, Issue("error", "case.no_rows")])
    report = Report.of([*reading.issues, *_between_rows(case, reading)])
    return replace(case, report=report), report


@dataclass
class _Reading:
    """What has been found of a case so far."""

    case_id: str
    source: Source
    issues: list[Issue] = field(default_factory=list)
    left_out: set[str] = field(default_factory=set)
    remnants: dict[Table, tuple[Remnant, ...]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)  # of case.toml and teaching.toml
    lesson: Lesson = field(default_factory=Lesson)
    unread: bool = False  # whether a table is there whose rows cannot be told

    def header(self) -> Header | None:
        """Read case.toml."""
        if not self.source.has(header.FILE):
            self.issues.append(Issue("error", "file.missing", header.FILE))
            return None
        text, issues = self.source.head()
        self.issues += issues
        if text is None:
            return None
        self.texts[header.FILE] = text
        found, issues = header.read_header(self.case_id, text)
        self.issues += issues
        return found

    def teaching(self) -> Teaching | None:
        """Read teaching.toml, which few cases have."""
        if not self.source.has(FILE):
            return None
        text, issues = self.source.lesson()
        self.issues += issues
        if text is None:
            return None
        self.texts[FILE] = text
        self.lesson = read_lesson(text)
        self.issues += self.lesson.issues
        return self.lesson.used

    def table(self, table: Table) -> tuple[Row, ...]:
        """Read a table; none has no rows."""
        if not self.source.has(f"{table}.csv"):
            return ()
        found = self.source.table(table)
        self.unread |= not found.complete
        self.issues += found.issues
        self.left_out |= found.left_out
        self.remnants[table] = found.remnants
        return found.rows


def _between_rows(case: Case, reading: _Reading) -> Iterator[Issue]:
    told = tuple(issue.column for issue in reading.issues if issue.file == FILE)
    whole = case if reading.lesson.whole is case.teaching else replace(case, teaching=reading.lesson.whole)
    for issue in (*check_case(whole, frozenset(reading.left_out)), *check_knowledge(whole)):
        # The row may well stand in a table that cannot be read: that is said already. So is a time that cannot be read.
        if (issue.code != "ref.unknown" or not reading.unread) and not _is_told(issue, told):
            yield locate(issue, reading.texts.get(issue.file, ""), issue.file)
    yield from _of_remnants(case, reading)


def _is_told(issue: Issue, told: tuple[str, ...]) -> bool:
    """Tell whether what a finding about a lesson is about, or what holds that, has a fault already."""
    return issue.file == FILE and any(f"{issue.column}.".startswith(f"{column}.") for column in told if column)


def _of_remnants(case: Case, reading: _Reading) -> Iterator[Issue]:
    """Say what else is wrong with rows that were left out: a second fault must not wait for the first to be mended."""
    faulty = {
        (f"{table}.csv", each.row.line): each.replaced for table, rest in reading.remnants.items() for each in rest
    }
    if not faulty or reading.unread or len(reading.issues) > MOST_ISSUES:
        return
    tables = {table: (*getattr(case, table), *(each.row for each in rest)) for table, rest in reading.remnants.items()}
    whole = replace(case, **cast(Any, tables))
    for issue in (*check_case(whole, frozenset(reading.left_out)), *check_knowledge(whole)):
        place = issue.file, issue.line or 0
        if place in faulty and issue.column not in faulty[place] and issue.code.startswith(_OF_ONE_ROW):
            yield issue


def _without_duplicates(tables: dict[Table, tuple[Row, ...]], issues: list[Issue]) -> dict[Table, tuple[Row, ...]]:
    first: dict[str, Row] = {}
    for table, rows in tables.items():
        for row in rows:
            kept = first.setdefault(row.id, row)
            if kept is not row:
                where = {"other_file": f"{table_of(kept)}.csv", "other_line": kept.line}
                issues.append(Issue("error", "id.duplicate", f"{table}.csv", row.line, "id", row.id, where))
    return {table: tuple(row for row in rows if first[row.id] is row) for table, rows in tables.items()}


def _about_id(case_id: str) -> Iterator[Issue]:
    if case_id.isdecimal():
        yield Issue("notice", "case.id_number", value=case_id)


def _missing(source: Source, head: Header | None) -> Iterator[Issue]:
    for table in REQUIRED_TABLES[head.kind] if head else ():
        if not source.has(f"{table}.csv"):
            yield Issue("error", "file.missing", f"{table}.csv")
