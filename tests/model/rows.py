"""Rows of a case, with their times as a person would write them."""

from casecurves.model.chronology import Chronology, Row
from casecurves.model.when import parse


def row(name: str, time: str = "", end: str = "", every: str = "", **more) -> Row:
    """Return a row of a table, with its times as a person would write them."""
    return Row(
        name,
        "events.csv",
        2,
        name.title(),
        parse(time) if time else None,
        parse(end) if end else None,
        every=parse(every).points[0] if every else None,
        **more,
    )


def bounds(chronology: Chronology, point: str) -> tuple[int | None, int | None]:
    found = chronology.bounds(point)
    return found.earliest, found.latest
