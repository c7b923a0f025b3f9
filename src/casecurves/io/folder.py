"""A case from its folder, a library from the folder of its cases. Nothing is ever written."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

from casecurves.errors import UsageError
from casecurves.io import header
from casecurves.io.habits import as_one
from casecurves.io.table import MOST_ISSUES, Remnant, Rows, read_table
from casecurves.io.text import read_text
from casecurves.knowledge import check as check_knowledge
from casecurves.model.case import Case, Header
from casecurves.model.checks import check as check_case
from casecurves.model.issues import Issue, Report
from casecurves.model.schema import REQUIRED_TABLES, TABLES, Row, Table, table_of
from casecurves.words import say

# The id of a case is the name of its folder, and stands in an address.
CASE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
# Findings that hang on one row alone; those between rows wait until the rows can be read.
_OF_ONE_ROW = ("ref.", "source.", "locator.", "drug.unknown", "drug.like_missing", "analyte.", "unit.")
_SPREADSHEETS = {".csv", ".tsv", ".xlsx", ".xls", ".ods"}


def shipped_cases() -> Path:
    """Return the folder of the cases that come with casecurves: in the package, or in the checkout."""
    package = Path(str(files("casecurves")))
    inside = package / "cases"
    return inside if inside.is_dir() else package.parents[1] / "cases"


def read_case(path: Path | str) -> tuple[Case | None, Report]:
    """Read a case.

    Parameters
    ----------
    path : Path or str
        The folder of the case; its name is the case's id.

    Returns
    -------
    Case or None
        The case, without the rows that have a fault; ``None`` when nothing of it can be shown.
    Report
        Everything found, errors and all; also kept in the case.

    Raises
    ------
    UsageError
        When there is no such folder.
    """
    folder = Path(path)
    if not folder.is_dir():
        raise UsageError(say("usage.no_folder", "en", path=folder))
    return _read(folder, folder.absolute().parent)


def open_case(library: Path | str, case_id: str) -> tuple[Case | None, Report]:
    """Read one case of a library.

    Parameters
    ----------
    library : Path or str
        Folder of the cases.
    case_id : str
        Name of the case's folder, which may come from an address and is not trusted.

    Returns
    -------
    tuple of (Case or None, Report)
        As `read_case`; an id that is not the name of a folder inside the library is an error.

    Raises
    ------
    UsageError
        When the library has no such case.
    """
    if not CASE_ID.fullmatch(case_id):
        return None, Report((Issue("error", "case.id_form", value=case_id),))
    folder = Path(library) / case_id
    if not folder.is_dir():
        raise UsageError(say("usage.no_case", "en", case=case_id))
    return _read(folder, Path(library))


def read_library(folder: Path | str) -> dict[str, tuple[Case | None, Report]]:
    """Read all cases of a folder.

    Parameters
    ----------
    folder : Path or str
        Its subfolders that hold a case.toml or a table are cases; hidden ones are not looked at.

    Returns
    -------
    dict
        Case and report (see `read_case`) by id, in alphabetical order.

    Raises
    ------
    UsageError
        When there is no such folder.
    """
    library = Path(folder)
    if not library.is_dir():
        raise UsageError(say("usage.no_folder", "en", path=library))
    found = {path.name: _read(path, library) for path in sorted(library.iterdir()) if _is_case(path)}
    return {case_id: _with_original(case, report, found.keys()) for case_id, (case, report) in found.items()}


@dataclass
class _Reading:
    """What has been found of a case so far."""

    folder: Path
    library: Path
    issues: list[Issue] = field(default_factory=list)
    left_out: set[str] = field(default_factory=set)
    remnants: dict[Table, tuple[Remnant, ...]] = field(default_factory=dict)
    head: str = ""  # the text of case.toml
    unread: bool = False  # whether a table is there whose rows cannot be told

    def text(self, name: str) -> str | None:
        """Return the text of a file of the case; ``None`` when it has none to give."""
        path = self.folder / name
        if not _inside(path, self.library):
            self.issues.append(Issue("error", "file.link_out", name))
            return None
        text, issues = read_text(path)
        self.issues += issues
        return text

    def header(self) -> Header | None:
        """Read case.toml."""
        if not (self.folder / header.FILE).is_file():
            self.issues.append(Issue("error", "file.missing", header.FILE))
            return None
        text = self.text(header.FILE)
        if text is None:
            return None
        self.head = text
        found, issues = header.read_header(self.folder.name, text)
        self.issues += issues
        return found

    def table(self, table: Table) -> tuple[Row, ...]:
        """Read a table; none has no rows."""
        name = f"{table}.csv"
        if not (self.folder / name).is_file():
            return ()
        text = self.text(name)
        found = Rows() if text is None else read_table(table, text)
        self.unread |= text is None or not found.complete
        self.issues += found.issues
        self.left_out |= found.left_out
        self.remnants[table] = found.remnants
        return found.rows


def _is_case(path: Path) -> bool:
    if path.name.startswith(".") or not path.is_dir():
        return False
    return any((path / name).exists() for name in (header.FILE, *(f"{table}.csv" for table in TABLES)))


def _inside(path: Path, library: Path) -> bool:
    return path.resolve().is_relative_to(library.resolve())


def id_of(folder: Path) -> str:
    """Return the id of the case in a folder: its name as given, which a link keeps for itself."""
    return folder.resolve().name if folder.name in ("", "..") else folder.name


def _read(folder: Path, library: Path) -> tuple[Case | None, Report]:
    case_id = id_of(folder)
    if not CASE_ID.fullmatch(case_id):
        return None, Report((Issue("error", "case.id_form", value=case_id),))
    if not _inside(folder, library):
        return None, Report((Issue("error", "case.link_out", value=case_id),))
    reading = _Reading(folder, library)
    head = reading.header()
    tables = _without_duplicates({table: reading.table(table) for table in TABLES}, reading.issues)
    reading.issues = [*as_one(reading.issues), *_about_id(case_id), *_about_files(folder, head)]
    if head is None:
        return None, Report.of(reading.issues)
    case = Case(id=case_id, header=head, path=folder, **cast(Any, tables))
    if not case.rows():
        return None, Report.of([*reading.issues, Issue("error", "case.no_rows")])
    report = Report.of([*reading.issues, *_between_rows(case, reading), *check_knowledge(case)])
    return replace(case, report=report), report


def _between_rows(case: Case, reading: _Reading) -> Iterator[Issue]:
    for issue in check_case(case, frozenset(reading.left_out)):
        # The row may well stand in a table that cannot be read: that is said already.
        if issue.code != "ref.unknown" or not reading.unread:
            yield header.locate(issue, reading.head)
    yield from _of_remnants(case, reading)


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


def _about_files(folder: Path, head: Header | None) -> Iterator[Issue]:
    for table in REQUIRED_TABLES[head.kind] if head else ():
        if not (folder / f"{table}.csv").is_file():
            yield Issue("error", "file.missing", f"{table}.csv")
    known = {f"{table}.csv" for table in TABLES}
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in _SPREADSHEETS and path.name not in known and not path.name.startswith((".", "~")):
            yield Issue("warning", "file.unknown", path.name, params={"known": ", ".join(sorted(known))})


def _with_original(case: Case | None, report: Report, ids: Collection[str]) -> tuple[Case | None, Report]:
    if case is None or case.header.illustrates in ("", *ids):
        return case, report
    missing = Issue(
        "warning", "companion.no_original", header.FILE, column="illustrates", value=case.header.illustrates
    )
    report = Report.of([*report, missing])
    return replace(case, report=report), report
