"""Tables of what the slides on immunotherapy say, cell by cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

# The document they are from.
SLIDES = "immunotherapy"
SLIDE_TABLES = ("immunotherapy-targets", "immune-adverse-events")
# What they say of a table as a whole.
STATEMENTS = "immunotherapy-statements"


@cache
def slide_table(name: str, lang: str) -> tuple[Mapping[str, str], ...]:
    """Return a table of the slides.

    Parameters
    ----------
    name : str
        One of `SLIDE_TABLES`.
    lang : {"en", "fr"}
        Language of the cells.

    Returns
    -------
    tuple of mapping of str to str
        Rows by column; an empty cell is what the slides do not say.
    """
    rows = _rows(name)
    columns = [column for column in rows[0] if not column.endswith("_fr") and column not in ("id", "also")]
    return tuple({column: row[f"{column}_fr" if lang == "fr" else column] for column in columns} for row in rows)


@cache
def also_concerned(name: str) -> Mapping[int, tuple[str, int]]:
    """Return what the note of a row speaks of, too: the table and the row in it; rows of a table counted from 0."""
    places = {row["id"]: (table, n) for table in (name, STATEMENTS) for n, row in enumerate(_rows(table)) if row["id"]}
    return {number: places[row["also"]] for number, row in enumerate(_rows(name)) if row["also"]}


@cache
def slide_statements(name: str, lang: str) -> tuple[Mapping[str, str], ...]:
    """Return what the slides say of a table as a whole: ``text`` and ``locator``, in their order."""
    return tuple(_statement(row, lang) for row in _rows(STATEMENTS) if row["table"] == name)


def slide_row(name: str, number: int, lang: str) -> Mapping[str, str]:
    """Return a row of a table of the slides, or of what they say of the tables; rows counted from 0."""
    return _statement(_rows(name)[number], lang) if name == STATEMENTS else slide_table(name, lang)[number]


def _statement(row: Mapping[str, str], lang: str) -> Mapping[str, str]:
    return {key: row[f"{key}_fr" if lang == "fr" else key] for key in ("text", "locator")}


def _rows(name: str) -> list[dict[str, str]]:
    text = (files("casecurves.knowledge") / "tables" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))
