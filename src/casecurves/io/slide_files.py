"""Tables of the slides as files: what stands on the page, with where it stands in the document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from casecurves.io.files import to_csv
from casecurves.io.sheet import to_sheet
from casecurves.knowledge.slides import slide_statements, slide_table
from casecurves.words import say, typeset


class SlideSheet(NamedTuple):
    """A table of the slides as it is shown: headings, and a cell that says so where the slides do not."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]


def sheet_of(name: str, lang: str) -> SlideSheet:
    """Return a table of the slides (one of `casecurves.knowledge.slides.SLIDE_TABLES`) in the words of a language."""
    rows = slide_table(name, lang)
    missing = say("slides.not_stated", lang)
    cells = [
        [typeset(text, lang) or ("" if column == "note" else missing) for column, text in row.items()] for row in rows
    ]
    headings = [say(f"slides.column.{column}", lang) for column in rows[0]]
    return SlideSheet(say(f"slides.title.{name}", lang), headings, cells)


def slide_csv(name: str, lang: str) -> bytes:
    """Return a table of the slides as comma-separated text in UTF-8, and below it what they say of it as a whole."""
    table = sheet_of(name, lang)
    return "\ufeff".encode() + to_csv([table.headings, *table.rows, *_below(table, name, lang)])


def slide_sheet(name: str, lang: str) -> bytes:
    """Return a table of the slides as a workbook, and below it what they say of it as a whole."""
    table = sheet_of(name, lang)
    return to_sheet(table.title, table.headings, [*table.rows, *_below(table, name, lang)])


def slide_text(name: str, lang: str) -> str:
    """Return a table of the slides as lines for a terminal, and below it what they say of it as a whole."""
    table = sheet_of(name, lang)
    lines = [table.headings, *table.rows, *_below(table, name, lang)]
    return "\n".join([table.title, *(" | ".join(filter(None, cells)) for cells in lines)])


def slide_json(name: str, lang: str) -> dict[str, object]:
    """Return a table of the slides as plain JSON values: ``title``, ``rows`` by column, ``statements``.

    A cell of which the slides say nothing is ``null``.
    """
    rows = [{column: text or None for column, text in row.items()} for row in slide_table(name, lang)]
    said = [dict(one) for one in slide_statements(name, lang)]
    return {"id": name, "title": say(f"slides.title.{name}", lang), "rows": rows, "statements": said}


def _below(table: SlideSheet, name: str, lang: str) -> list[list[str]]:
    """Return what the slides say of a table as a whole as its last rows, each under the heading of what it is."""
    at = list(slide_table(name, lang)[0]).index("locator")
    lines = [["", ""], [say("slides.statements", lang), table.headings[at]]]
    lines += [[typeset(one["text"], lang), typeset(one["locator"], lang)] for one in slide_statements(name, lang)]
    blank = [""] * len(table.headings)
    return [[text, *blank[1:at], where, *blank[at + 1 :]] for text, where in lines]
