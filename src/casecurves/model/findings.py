"""A finding about a row, with the place of the row."""

from __future__ import annotations

from casecurves.model.issues import Issue, Level
from casecurves.model.schema import Row, table_of


def issue_at(level: Level, code: str, row: Row, column: str = "", value: str = "", **params: object) -> Issue:
    """Return a finding about a row."""
    return Issue(level, code, f"{table_of(row)}.csv", row.line, column, value, params)
