"""A case from its folder, a library from the folder of its cases. Nothing is ever written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

from casecurves.errors import UsageError
from casecurves.io import header
from casecurves.io.reading import CASE_ID, Found, read
from casecurves.io.table import Rows, read_table
from casecurves.io.text import read_text
from casecurves.model import teaching
from casecurves.model.case import Case
from casecurves.model.issues import Issue, Report
from casecurves.model.schema import TABLES, Table
from casecurves.words import say

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


@dataclass(frozen=True)
class _Folder:
    """The parts of a case as files; links may not lead out of the library."""

    path: Path
    library: Path

    def has(self, name: str) -> bool:
        return (self.path / name).is_file()

    def head(self) -> tuple[str | None, list[Issue]]:
        return self._text(header.FILE)

    def lesson(self) -> tuple[str | None, list[Issue]]:
        return self._text(teaching.FILE)

    def table(self, table: Table) -> Rows:
        text, issues = self._text(f"{table}.csv")
        if text is None:
            return Rows(issues=tuple(issues), complete=False)
        found = read_table(table, text)
        return replace(found, issues=(*issues, *found.issues))

    def strangers(self) -> Iterator[Issue]:
        return unknown_files(path.name for path in self.path.iterdir())

    def _text(self, name: str) -> tuple[str | None, list[Issue]]:
        path = self.path / name
        if not _inside(path, self.library):
            return None, [Issue("error", "file.link_out", name)]
        return read_text(path)


def unknown_files(names: Iterable[str]) -> Iterator[Issue]:
    """Yield a finding for each name of a spreadsheet's file that is no table of a case."""
    known = {f"{table}.csv" for table in TABLES}
    for name in sorted(names):
        if Path(name).suffix.lower() in _SPREADSHEETS and name not in known and not name.startswith((".", "~")):
            yield Issue("warning", "file.unknown", name, params={"known": ", ".join(sorted(known))})


def _is_case(path: Path) -> bool:
    if path.name.startswith(".") or not path.is_dir():
        return False
    return any((path / name).exists() for name in (header.FILE, *(f"{table}.csv" for table in TABLES)))


def _inside(path: Path, library: Path) -> bool:
    return path.resolve().is_relative_to(library.resolve())


def id_of(folder: Path) -> str:
    """Return the id of the case in a folder: its name as given, which a link keeps for itself."""
    return folder.resolve().name if folder.name in ("", "..") else folder.name


def _read(folder: Path, library: Path) -> Found:
    case_id = id_of(folder)
    if CASE_ID.fullmatch(case_id) and not _inside(folder, library):
        return None, Report((Issue("error", "case.link_out", value=case_id),))
    return read(case_id, _Folder(folder, library))


def _with_original(case: Case | None, report: Report, ids: Collection[str]) -> tuple[Case | None, Report]:
    if case is None or case.header.illustrates in ("", *ids):
        return case, report
    missing = Issue(
        "warning", "companion.no_original", header.FILE, column="illustrates", value=case.header.illustrates
    )
    report = Report.of([*report, missing])
    return replace(case, report=report), report
