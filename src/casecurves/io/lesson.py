"""``teaching.toml``: how a case is told to a class."""

from __future__ import annotations

from dataclasses import replace

from casecurves.io.files import plain, to_toml
from casecurves.io.keys import load, validated
from casecurves.model.issues import Issue
from casecurves.model.teaching import FILE, Teaching


def read_teaching(text: str) -> tuple[Teaching | None, list[Issue]]:
    """Read the text of a teaching.toml.

    Parameters
    ----------
    text : str
        TOML.

    Returns
    -------
    Teaching or None
        What can be used of it: a stop with a fault is left out. ``None`` when it is not TOML.
    list of Issue
        Everything found.
    """
    found, issues, _ = read_numbered(text)
    return found, issues


def read_numbered(text: str) -> tuple[Teaching | None, list[Issue], tuple[int, ...]]:
    """Return what `read_teaching` does, and of each stop that can be used its number in the file, from 1."""
    data, issues = load(text, FILE)
    if data is None:
        return None, issues, ()
    stops = data.get("stops")
    written = list(stops) if isinstance(stops, list) else []
    found, faults = validated(Teaching, data, text, FILE, {})
    # What has a fault is taken out of the very list that was read.
    left = {id(stop) for stop in stops} if isinstance(stops, list) else set()
    numbers = tuple(number for number, stop in enumerate(written, 1) if id(stop) in left)
    return found, [*issues, *faults], numbers


def as_numbered(issue: Issue, numbers: tuple[int, ...]) -> Issue:
    """Return a finding about a stop with the number that the stop has in the file."""
    first, _, rest = issue.column.partition(".")
    number, _, key = rest.partition(".")
    if issue.file != FILE or first != "stops" or not number.isdecimal() or int(number) > len(numbers):
        return issue
    return replace(issue, column=f"stops.{numbers[int(number) - 1]}.{key}")


def write_teaching(teaching: Teaching) -> str:
    """Return the text of a teaching.toml that says this."""
    return to_toml(plain(teaching))
