"""The three sheets of a workbook that stand for case.toml: case, sources, discrepancies."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, get_args

from casecurves.io.cells import SheetIssues, Where
from casecurves.io.files import to_toml
from casecurves.io.spreadsheet import Sheet, letters
from casecurves.io.table import fold
from casecurves.model.case import Discrepancy, Header, Patient, Source
from casecurves.model.issues import Issue, visible

HeadSheet = Literal["case", "sources", "discrepancies"]
_NESTED = ("patient", "sources", "discrepancies")
KEYS: Mapping[HeadSheet, tuple[str, ...]] = {
    "case": (
        *(name for name in Header.model_fields if name not in _NESTED),
        *(f"patient.{name}" for name in Patient.model_fields),
    ),
    "sources": tuple(Source.model_fields),
    "discrepancies": tuple(Discrepancy.model_fields),
}
# The columns of the sheet "case"; the third explains and is not read.
KEY, VALUE, MEANING = "key", "value", "meaning"
_WHOLE = ("year", "patient.age", "patient.n")
_YES = {"yes": True, "true": True, "oui": True, "vrai": True, "no": False, "false": False, "non": False, "faux": False}


@dataclass
class Head:
    """What the sheets say.

    Attributes
    ----------
    data : dict
        As tomllib returns it.
    places : dict of str to (str, str)
        Sheet and cell by the path of a key, entries of a list counted from 1.
    issues : list of Issue
        What was found on the way, each with its cell.
    """

    data: dict[str, Any] = field(default_factory=dict)
    places: dict[str, tuple[str, str]] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)

    def toml(self) -> str:
        """Return the case.toml that says the same."""
        return to_toml(self.data)

    def located(self, issue: Issue) -> Issue:
        """Return a finding about case.toml with the cell that it is about."""
        sheet, cell = self.places.get(issue.column, (issue.column.partition(".")[0], ""))
        known = sheet if sheet in get_args(HeadSheet) else "case"
        digits = re.search(r"\d+", cell)
        line = int(digits[0]) if digits else None
        return replace(issue, file=known, line=line, cell=cell, column=issue.column.rpartition(".")[2])


def read_head(sheets: Mapping[str, Sheet]) -> Head:
    """Read the sheets that there are."""
    head = Head()
    if "case" in sheets:
        _read_case(sheets["case"], head)
    for name in ("sources", "discrepancies"):
        if name in sheets and sheets[name].rows:
            _read_list(sheets[name], name, head)
    return head


def _read_case(sheet: Sheet, head: Head) -> None:
    found = SheetIssues("case")
    at = {fold(cell.text): column for column, cell in sheet.rows.get(min(sheet.rows, default=0), {}).items()}
    keys, values = at.get(KEY, 1), at.get(VALUE, 2)
    explained = at.get(MEANING, 3)
    for line in sorted(sheet.rows)[int(KEY in at) :]:
        cells = sheet.rows[line]
        key = cells[keys].text.strip() if keys in cells else ""
        place = f"{letters(values)}{line}"
        if not key and values in cells:
            found.add("error", "sheet.no_key", Where(line, values), cells[values].text)
        elif key in head.places:
            found.add("error", "sheet.key_twice", Where(line, keys), key)
        elif key:
            head.places[key] = ("case", place)
            text = found.read(cells.get(values), _type(key), Where(line, values, key))
            if text:
                section, _, name = key.rpartition(".")
                into = head.data.setdefault("patient", {}) if section == "patient" else head.data
                into[name if into is not head.data else key] = _typed(key, text)
        for column in sorted(set(cells) - {keys, values, explained}):
            found.often("warning", "sheet.no_header", Where(line, column), cells[column].text)
    head.issues += found.issues()


def _read_list(sheet: Sheet, name: Literal["sources", "discrepancies"], head: Head) -> None:
    found = SheetIssues(name)
    first = min(sheet.rows)
    headed = {column: fold(cell.text) for column, cell in sheet.rows[first].items()}
    for column, key in headed.items():
        if key not in KEYS[name]:
            known = ", ".join(KEYS[name])
            found.add("warning", "column.unknown", Where(first, column), sheet.rows[first][column].text, known=known)
    entries: list[dict[str, Any]] = head.data.setdefault(name, [])
    for line in sorted(sheet.rows)[1:]:
        cells, entry = sheet.rows[line], {}
        for column, key in sorted(headed.items()):
            head.places[f"{name}.{len(entries) + 1}.{key}"] = (name, f"{letters(column)}{line}")
            text = found.read(cells.get(column), _type(key), Where(line, column, key)) if key in KEYS[name] else ""
            if text:
                entry[key] = _typed(key, text)
        for column in sorted(set(cells) - set(headed)):
            found.often("warning", "sheet.no_header", Where(line, column), cells[column].text)
        head.places[f"{name}.{len(entries) + 1}"] = (name, f"{line}:{line}")
        entries.append(entry)
    head.issues += found.issues()


def _type(key: str) -> str:
    return "time" if key in ("day_zero_date", "other_time") else "count" if key in _WHOLE else "text"


def _typed(key: str, text: str) -> object:
    """Return a value as TOML has it; what cannot be one stays text, which is then found to be of the wrong kind."""
    if key in _WHOLE and re.fullmatch(r"[+-]?\d{1,9}", text):
        return int(text)
    if key == "doubtful":
        return _YES.get(text.lower(), text)
    if key == "rows":
        return [part for part in re.split(r"[,;\s]+", text) if part]
    return visible(text)


def flat(data: Mapping[str, Any]) -> dict[str, str]:
    """Return the keys and values of a case.toml that the sheet "case" holds, as text."""
    top = {key: _shown(value) for key, value in data.items() if key not in _NESTED}
    inner = data.get("patient", {})
    return top | {f"patient.{key}": _shown(value) for key, value in inner.items()}


def entries(data: Mapping[str, Any], name: str) -> Sequence[dict[str, str]]:
    """Return the entries of a list of case.toml, as text."""
    return [{key: _shown(value) for key, value in entry.items()} for entry in data.get(name, ())]


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)
