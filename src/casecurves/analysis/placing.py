"""What has a place in time at all."""

from __future__ import annotations

from casecurves.model.case import Case
from casecurves.model.schema import Therapy


def unplaced(case: Case, row_id: str) -> bool:
    """Tell whether nothing at all is known about the place of a row in time."""
    row = case.row(row_id)
    # Most rows have one time, which is stated: told first.
    if row is not None and vars(row).get("time") is not None:
        return False
    if isinstance(row, Therapy):
        # What a group took is no course of anybody's: who took it, and when, is not told.
        if case.header.kind != "patient":
            return True
        if row.start is not None or row.end is not None:
            return False
    lo, hi = case.chronology.exact_bounds(row_id)
    follow_up = case.chronology.exact_bounds("last_follow_up")[1]
    return lo is None and (hi is None or hi == follow_up)
