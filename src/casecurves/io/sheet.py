"""A plain table as a workbook: every cell is text, and nothing in it says who wrote it or when."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime

import xlsxwriter


def to_sheet(name: str, headings: Sequence[str], rows: Iterable[Sequence[str]], source: str = "") -> bytes:
    """Return a table as an .xlsx file of one sheet.

    Parameters
    ----------
    name : str
        Name of the sheet, at most 31 characters.
    headings : sequence of str
        First line.
    rows : iterable of sequence of str
        The rest; no cell becomes a number, a date or a formula.
    source : str
        What it was made from and by, kept among the properties of the file.

    Returns
    -------
    bytes
        The same for the same input.
    """
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime(2000, 1, 1), "comments": source})  # noqa: DTZ001
    bold, plain = (
        book.add_format({"bold": True, "text_wrap": True}),
        book.add_format({"text_wrap": True, "valign": "top"}),
    )
    sheet = book.add_worksheet(name[:31])
    for at, heading in enumerate(headings):
        sheet.write_string(0, at, heading, bold)
        sheet.set_column(at, at, 28)
    for line, row in enumerate(rows, start=1):
        for at, cell in enumerate(row):
            sheet.write_string(line, at, cell, plain)
    sheet.freeze_panes(1, 0)
    book.close()
    return made.getvalue()
