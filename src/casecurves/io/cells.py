"""Cells of a sheet: which of them can be used, and what is to be said of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from casecurves.io.spreadsheet import Cell, CellKind, letters
from casecurves.model.issues import Issue, Level, visible

_TIMES = ("time", "end")
# How a spreadsheet counts the days of 1927 to 2173, where the cell is not said to be a date; no time is written so.
_SERIAL = re.compile(r"[1-9][0-9]{4}(\.[0-9]+)?")
_USELESS: Mapping[CellKind, str] = {
    "error": "cell.error",
    "no_result": "cell.no_result",
    "no_date": "cell.no_date",
    "merged": "cell.merged",
}
_NUMBERS = ("number", "count", "value")


@dataclass(frozen=True)
class Where:
    """A cell: its row, its column, and what the column is called."""

    line: int
    column: int
    name: str = ""


@dataclass
class SheetIssues:
    """The findings about the cells of one sheet."""

    sheet: str
    found: list[Issue] = field(default_factory=list)
    remarks: dict[str, list[Issue]] = field(default_factory=dict)

    def add(self, level: Level, code: str, where: Where, value: str = "", **params: object) -> None:
        """Keep a finding."""
        self.found.append(self._issue(level, code, where, value, params))

    def often(self, level: Level, code: str, where: Where, value: str = "") -> None:
        """Keep a finding of which only the first is told, with how many there are."""
        self.remarks.setdefault(code, []).append(self._issue(level, code, where, value, {}))

    def read(self, cell: Cell | None, type_: str, where: Where) -> str:
        """Return the text of a cell; ``""``, with the finding kept, when it says nothing that could be used."""
        if cell is None:
            return ""
        spoiled = self.spoiled(cell, type_, where)
        if spoiled is not None:
            self.found.append(spoiled)
            return ""
        self.remark(cell, where)
        return cell.text.strip()

    def spoiled(self, cell: Cell, type_: str, where: Where) -> Issue | None:
        """Return what makes a cell of a column of this type useless, if anything does."""
        code = _USELESS.get(cell.kind, "")
        if cell.kind == "date" and type_ not in (*_TIMES, "text"):
            code = "cell.date"
        if cell.kind == "percent" and type_ in _NUMBERS:
            code = "cell.percent"
        if cell.kind == "plain" and type_ in _TIMES and _SERIAL.fullmatch(cell.text.strip()):
            code = "cell.serial"
        return self._issue("error", code, where, cell.text, {}) if code else None

    def remark(self, cell: Cell, where: Where) -> None:
        """Keep what is worth knowing of how a cell was read."""
        if cell.formula:
            self.often("notice", "cell.formula", where, cell.text)
        if cell.kind == "date":
            self.often("notice", "cell.date_read", where, cell.text)

    def issues(self) -> Iterator[Issue]:
        """Yield all findings."""
        yield from self.found
        for found in self.remarks.values():
            yield replace(found[0], params={"times": len(found)})

    def _issue(self, level: Level, code: str, where: Where, value: str, params: dict[str, object]) -> Issue:
        cell = f"{letters(where.column)}{where.line}"
        return Issue(level, code, self.sheet, where.line, where.name, visible(value.strip()), params, cell)
