"""The cells of an .xlsx workbook as they stand: nothing evaluated, nothing guessed, nothing padded.

An .xlsx file is a zip of XML (ECMA-376). The readers there are either fill up every cell between the first and the
last, so that one cell in a far corner fills the memory, or return dates and numbers without saying what the sheet
showed. A case needs text and where it stands, so this reads just that, cell by cell, and stops at a limit.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from posixpath import basename, dirname, join, normpath
from typing import Literal
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring, iterparse

from casecurves.io.archive import Refused
from casecurves.model.issues import Issue

# Empty cells with a colour count too; a full case has some thousands.
MOST_CELLS = 400_000
MOST_MERGED = 200
LAST_COLUMN = 16_384

CellKind = Literal["plain", "date", "no_date", "percent", "error", "no_result", "merged"]
BOOK = "xl/workbook.xml"


@dataclass(frozen=True)
class Cell:
    """What a cell shows.

    Attributes
    ----------
    text : str
        Text, number, or date as ISO text, as fine as the cell shows it (``2017-03``).
    kind : str
        ``plain``; ``date``; ``no_date``: a date or time of which the cell does not show the year; ``percent``;
        ``error`` such as #REF!; ``no_result``: a formula that no program has calculated; ``merged``: a place that a
        merged cell covers.
    formula : bool
        Whether a formula made it.
    """

    text: str
    kind: CellKind = "plain"
    formula: bool = False


@dataclass
class Sheet:
    """A sheet: its cells by row and column, both from 1, and the ranges that are merged."""

    name: str
    hidden: bool = False
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    def width(self) -> int:
        """Return the last column that holds anything."""
        return max((max(cells) for cells in self.rows.values()), default=0)


def read_sheets(parts: Mapping[str, bytes], name: str) -> list[Sheet]:
    """Return the sheets of a workbook.

    Parameters
    ----------
    parts : mapping of str to bytes
        The files of the workbook, by path.
    name : str
        What to call it when something is wrong.

    Returns
    -------
    list of Sheet
        In the order of the workbook; charts are no sheets.

    Raises
    ------
    Refused
        When it is not what a spreadsheet program writes, or larger than any case.
    """
    try:
        return list(_sheets(parts, name))
    except (ParseError, DefusedXmlException, KeyError, ValueError, IndexError, OverflowError):
        raise Refused(Issue("error", "upload.damaged", name)) from None


def letters(column: int) -> str:
    """Return the letters of a column: 1 is ``A``, 27 is ``AA``."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def _sheets(parts: Mapping[str, bytes], name: str) -> Iterator[Sheet]:
    book = _xml(parts[BOOK])
    targets = {
        each.attrib["Id"]: normpath(join("/xl", each.attrib["Target"])).lstrip("/")
        for each in _xml(parts[join(dirname(BOOK), "_rels", basename(BOOK) + ".rels")])
        if each.attrib.get("Type", "").endswith("/worksheet")
    }
    shared = [_string(each) for each in _xml(parts["xl/sharedStrings.xml"])] if "xl/sharedStrings.xml" in parts else []
    formats = _formats(parts["xl/styles.xml"]) if "xl/styles.xml" in parts else []
    since_1904 = any(_local(each) == "workbookPr" and each.get("date1904") in ("1", "true") for each in book)
    reader = _Reader(shared, formats, 1462 if since_1904 else 0, name)
    for each in (sheet for group in book if _local(group) == "sheets" for sheet in group):
        target = next((targets.get(value) for key, value in each.items() if key.endswith("}id")), None)
        if target is not None:
            sheet = Sheet(each.attrib["name"], each.get("state", "visible") != "visible")
            reader.fill(sheet, parts[target])
            yield sheet


def _xml(data: bytes) -> Element:
    found: Element = fromstring(data, forbid_dtd=True)
    return found


def _local(element: Element) -> str:
    # There are two namespaces for one format; which of them is of no interest.
    return str(element.tag).rpartition("}")[2]


@dataclass
class _Reader:
    """What the cells of all sheets share."""

    shared: list[str]
    formats: list[str]
    epoch: int
    name: str
    left: int = MOST_CELLS

    def fill(self, sheet: Sheet, data: bytes) -> None:
        row = column = 0
        for event, element in iterparse(io.BytesIO(data), events=("start", "end"), forbid_dtd=True):
            tag = _local(element)
            if event == "start":
                if tag == "row":
                    row, column = int(element.get("r", row + 1)), 0
                    self._count()
                continue
            if tag == "c":
                self._count()
                column = _column(element.get("r", "")) or column + 1
                cell = self._cell(element)
                if cell.text.strip() or cell.kind != "plain":
                    sheet.rows.setdefault(row, {})[column] = cell
            if tag == "mergeCell":
                self._count(MOST_CELLS // MOST_MERGED)
                sheet.merged.append(_range(element.attrib["ref"]))
            if tag in ("c", "row", "mergeCell"):
                element.clear()

    def _count(self, cost: int = 1) -> None:
        self.left -= cost
        if self.left < 0:
            raise Refused(Issue("error", "upload.too_many_cells", self.name, params={"limit": MOST_CELLS}))

    def _cell(self, element: Element) -> Cell:
        inner = {_local(child): child for child in element}
        formula = "f" in inner
        kind = element.get("t", "n")
        raw = (inner["v"].text or "") if "v" in inner else ""
        if kind == "inlineStr":
            return Cell(_string(inner["is"]) if "is" in inner else "")
        if kind == "s":
            return Cell(self.shared[int(raw)] if raw else "", formula=formula)
        if kind == "e":
            return Cell(raw, "error", formula)
        if not raw:
            return Cell("", "no_result", formula) if formula and kind != "str" else Cell("")
        if kind == "b":
            return Cell("TRUE" if raw == "1" else "FALSE", formula=formula)
        if kind in ("str", "d"):
            return Cell(_unescaped(raw), formula=formula)
        style = int(element.get("s", 0))
        shown = self.formats[style] if style < len(self.formats) else ""
        return _number(float(raw), shown, formula, self.epoch)


def _string(element: Element) -> str:
    """Return the text of a string, which may be in several fonts; how a character is spoken is not part of it."""
    texts = []
    for child in element:
        if _local(child) == "t":
            texts.append(child.text or "")
        elif _local(child) == "r":
            texts += [part.text or "" for part in child if _local(part) == "t"]
    return _unescaped("".join(texts))


def _unescaped(text: str) -> str:
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


def _column(reference: str) -> int:
    number = 0
    for letter in reference.rstrip("0123456789"):
        number = number * 26 + ord(letter) - ord("A") + 1
    if not 0 <= number <= LAST_COLUMN:
        raise ValueError
    return number


def _range(reference: str) -> tuple[int, int, int, int]:
    first, _, last = reference.partition(":")
    (top, left), (bottom, right) = ((int(re.sub(r"\D", "", end)), _column(end)) for end in (first, last or first))
    return top, left, bottom, right


# ------------------------------------------------------------------------------------------------ numbers and dates

# Formats that every program knows by number.
_DATES = {14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 22: "m/d/yy h:mm"}
_TIMES = dict.fromkeys((18, 19, 20, 21, 45, 46, 47, 32, 33, 34, 35, 55, 56), "h:mm")
_EASTERN = dict.fromkeys((27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58), "yyyy-mm-dd")
_BUILT_IN = {**_DATES, **_TIMES, **_EASTERN, 9: "0%", 10: "0.00%"}
_NOT_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
# What the serial number of the last day there is, 9999-12-31, stays below.
_LAST_DAY = 2_958_466


def _formats(styles: bytes) -> list[str]:
    """Return the number format of each style, without what only colours or quotes."""
    root = _xml(styles)
    own = {int(each.attrib["numFmtId"]): each.attrib["formatCode"] for each in root.iter() if _local(each) == "numFmt"}
    known = {**_BUILT_IN, **own}
    used = [int(each.get("numFmtId", 0)) for group in root if _local(group) == "cellXfs" for each in group]
    return [_NOT_CODE.sub("", known.get(number, "")).partition(";")[0].lower() for number in used]


def _number(value: float, shown: str, formula: bool, epoch: int) -> Cell:
    if "%" in shown:
        return Cell(f"{_plain(value * 100)} %", "percent", formula)
    if not re.search("[ymdhs]", shown.replace("general", "").replace("standard", "")):
        return Cell(_plain(value), formula=formula)
    day = _day(value + epoch)
    if "y" not in shown or day is None:
        return Cell(_plain(value) if day is None else f"{day:%m-%d}", "no_date", formula)
    fine = 10 if "d" in shown else 7 if "m" in shown else 4
    return Cell(day.isoformat()[:fine], "date", formula)


def _plain(value: float) -> str:
    # 15 digits are what a spreadsheet shows; the others are its arithmetic.
    text = f"{value:.15g}"
    return str(int(value)) if value.is_integer() and "e" in text and abs(value) < 1e21 else text


def _day(serial: float) -> date | None:
    if not 1 <= serial < _LAST_DAY:
        return None
    # There is a 29 February 1900 in every spreadsheet, and in no calendar.
    return date(1899, 12, 31 if serial < 60 else 30) + timedelta(days=int(serial))
