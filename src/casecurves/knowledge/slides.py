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
def also_concerned(name: str) -> Mapping[int, int]:
    """Return which other row the note of a row speaks of, too; rows of a table counted from 0."""
    rows = _rows(name)
    ids = [row["id"] for row in rows]
    return {number: ids.index(row["also"]) for number, row in enumerate(rows) if row.get("also")}


@cache
def slide_statements(name: str, lang: str) -> tuple[Mapping[str, str], ...]:
    """Return what the slides say of a table as a whole: ``text`` and ``locator``, in their order."""
    about = [row for row in _rows("immunotherapy-statements") if row["table"] == name]
    return tuple({key: row[f"{key}_fr" if lang == "fr" else key] for key in ("text", "locator")} for row in about)


def _rows(name: str) -> list[dict[str, str]]:
    text = (files("casecurves.knowledge") / "tables" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))
