"""``case.toml``: who, from which sources, and what they disagree about."""

from __future__ import annotations

from casecurves.io.keys import load, validated
from casecurves.model.case import Header
from casecurves.model.issues import Issue

FILE = "case.toml"


def read_header(case_id: str, text: str) -> tuple[Header | None, list[Issue]]:
    """Read the text of a case.toml.

    Parameters
    ----------
    case_id : str
        Title of a case that has none.
    text : str
        TOML.

    Returns
    -------
    Header or None
        What can be used of it: what has a fault is left out. ``None`` when it is not TOML.
    list of Issue
        Everything found.
    """
    data, issues = load(text, FILE)
    if data is None:
        return None, issues
    if not data.get("title"):
        issues.append(Issue("error", "key.missing", FILE, column="title"))
        data["title"] = case_id
    found, faults = validated(Header, data, text, FILE, {"title": case_id})
    return found, [*issues, *faults]
