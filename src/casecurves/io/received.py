"""A case from one file, or several dropped together: a workbook, or the zip or files of a folder.

What a file is, its content says; its name is only what to call it. All of it stays in memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from casecurves.io import header
from casecurves.io.archive import LARGEST_UPLOAD, LIMITS, Refused, unpack
from casecurves.io.files import NAMES, slug
from casecurves.io.folder import unknown_files
from casecurves.io.reading import read
from casecurves.io.spreadsheet import BOOK, read_sheets
from casecurves.io.table import Rows, read_table
from casecurves.io.text import to_text
from casecurves.io.workbook import MOST_ROWS, Workbook, read_workbook
from casecurves.model import teaching
from casecurves.model.case import Case
from casecurves.model.issues import Issue, Report
from casecurves.model.schema import Table

_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
# The container of old Office files, and of new ones with a password; in it, the name of the locked part.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED_PART = "EncryptedPackage".encode("utf-16-le")
# What other spreadsheet programs, and another format of Excel, pack.
_OTHER_BOOKS = ("content.xml", "xl/workbook.bin", "Index/Document.iwa")
_CLUTTER = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True)
class Received:
    """What was made of a file.

    Attributes
    ----------
    name : str
        Name of the file, or of the folder of several; their own names when they have none in common.
    case : Case or None
        The case without the rows that have a fault; ``None`` when nothing of it can be shown.
    report : Report
        Everything found; of a workbook by sheet and cell.
    files : dict of str to bytes
        The files of its folder, faulty rows and all; empty when nothing could be opened.
    """

    name: str
    case: Case | None
    report: Report
    files: Mapping[str, bytes]


def receive(files: Mapping[str, bytes], case_id: str = "") -> Received:
    """Read a case from what somebody dropped.

    Parameters
    ----------
    files : mapping of str to bytes
        Content by name: one workbook or zip, or the files of one folder.
    case_id : str
        Id of the case; made from the name of the file when it is not given.

    Returns
    -------
    Received
        A file that cannot be used at all gives a report that says why and what to do; nothing is raised.
    """
    name = next(iter(files)) if len(files) == 1 else _shared(files)
    case_id, name = case_id or slug(name), name or ", ".join(files)
    try:
        opened = _opened(files, name)
        if isinstance(opened, Workbook):
            case, report = read_workbook(case_id, opened)
            return Received(name, case, report, opened.files())
        case, report = read(case_id, opened)
        return Received(name, case, report, opened.files)
    except Refused as refused:
        return Received(name, None, Report((refused.issue,)), {})


@dataclass(frozen=True)
class _Folder:
    """The files of a folder, in memory."""

    files: Mapping[str, bytes]
    others: tuple[str, ...]
    path: None = None

    def has(self, name: str) -> bool:
        return name in self.files

    def head(self) -> tuple[str | None, list[Issue]]:
        return to_text(self.files[header.FILE], header.FILE)

    def lesson(self) -> tuple[str | None, list[Issue]]:
        return to_text(self.files[teaching.FILE], teaching.FILE)

    def table(self, table: Table) -> Rows:
        text, issues = to_text(self.files[f"{table}.csv"], f"{table}.csv")
        if text is None:
            return Rows(issues=tuple(issues), complete=False)
        found = read_table(table, text, MOST_ROWS)
        return replace(found, issues=(*issues, *found.issues))

    def strangers(self) -> Iterator[Issue]:
        yield from unknown_files(self.others)
        told = {issue.file for issue in unknown_files(self.others)}
        for name in sorted(set(self.others) - told):
            yield Issue("notice", "upload.not_read", name)


def _opened(files: Mapping[str, bytes], name: str) -> Workbook | _Folder:
    if sum(map(len, files.values())) > LARGEST_UPLOAD:
        size = sum(map(len, files.values())) / 1e6
        raise Refused(Issue("error", "upload.too_large", name, params={"found": f"{size:.1f}", **LIMITS}))
    if len(files) > 1:
        if any(data.startswith((_ZIP, _OLE)) for data in files.values()):
            raise Refused(Issue("error", "upload.several", params={"found": len(files)}))
        return _folder(files, name)
    data = files[name]
    if not data.startswith((_ZIP, _EMPTY_ZIP)):
        raise Refused(Issue("error", _not_packed(data), name))
    parts = unpack(data, name)
    if BOOK in parts:
        return Workbook.of(read_sheets(parts, name))
    if any(part in parts for part in _OTHER_BOOKS):
        raise Refused(Issue("error", "upload.other_spreadsheet", name))
    return _folder(parts, name)


def _not_packed(data: bytes) -> str:
    """Return what to say of a file that is no zip."""
    if not data.strip():
        return "upload.empty"
    if data.startswith(_OLE):
        return "upload.protected" if _LOCKED_PART in data else "upload.old_excel"
    return "upload.not_a_case"


def _folder(files: Mapping[str, bytes], name: str) -> _Folder:
    """Return the files of the one case among these: side by side, or together in one folder."""
    wanted = {path: data for path, data in files.items() if not any(part in path for part in _CLUTTER)}
    homes = {path.rpartition("/")[0] for path in wanted if path.rpartition("/")[2] in NAMES}
    if not homes:
        raise Refused(Issue("error", "upload.no_case", name))
    if len(homes) > 1:
        raise Refused(Issue("error", "upload.several_cases", name, params={"folders": ", ".join(sorted(homes))}))
    home = homes.pop()
    inside = f"{home}/" if home else ""
    found = {path.removeprefix(inside): data for path, data in wanted.items() if path.startswith(inside)}
    known = {path: data for path, data in found.items() if path in NAMES}
    return _Folder(known, tuple(path for path in wanted if path.removeprefix(inside) not in known))


def _shared(files: Mapping[str, bytes]) -> str:
    """Return the name of the folder that several files come from; their number of it has none."""
    folders = {name.partition("/")[0] for name in files if "/" in name}
    return folders.pop() if len(folders) == 1 else ""
