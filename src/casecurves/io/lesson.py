"""``teaching.toml``: how a case is told to a class."""

from __future__ import annotations

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
    data, issues = load(text, FILE)
    if data is None:
        return None, issues
    found, faults = validated(Teaching, data, text, FILE, {})
    return found, [*issues, *faults]


def write_teaching(teaching: Teaching) -> str:
    """Return the text of a teaching.toml that says this."""
    return to_toml(plain(teaching))
