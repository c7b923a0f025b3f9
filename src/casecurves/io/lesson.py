"""``teaching.toml``: how a case is told to a class."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass

from casecurves.io.files import plain, to_toml
from casecurves.io.keys import load, validated
from casecurves.model.issues import Issue
from casecurves.model.teaching import FILE, MOST_STOPS, Stop, Teaching


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
    read = read_lesson(text)
    return read.used, list(read.issues)


@dataclass(frozen=True)
class Lesson:
    """What was read of a teaching.toml.

    Attributes
    ----------
    used : Teaching or None
        What can be used of it; ``None`` when it is not TOML.
    whole : Teaching or None
        Every stop in its place, with something in the place of what has a fault: a second fault of a stop must not wait
        for the first to be mended.
    issues : tuple of Issue
        Everything found.
    """

    used: Teaching | None = None
    whole: Teaching | None = None
    issues: tuple[Issue, ...] = ()


def read_lesson(text: str) -> Lesson:
    """Return what `read_teaching` does, with what further faults are looked for in."""
    data, issues = load(text, FILE)
    if data is None:
        return Lesson(issues=tuple(issues))
    stops = deepcopy(data.get("stops"))
    used, faults = validated(Teaching, data, text, FILE, {})
    whole = used
    if faults and isinstance(stops, list) and len(stops) <= MOST_STOPS:
        whole = used.model_copy(update={"stops": tuple(_mended(stop, n) for n, stop in enumerate(stops, 1))})
    return Lesson(used, whole, (*issues, *faults))


def _mended(stop: object, number: int) -> Stop:
    """Return a stop with something in the place of what has a fault."""
    needed = {"id": f"?{number}"}
    filled = {**needed, **stop} if isinstance(stop, dict) else dict(needed)
    return validated(Stop, filled, "", FILE, needed)[0]


def write_teaching(teaching: Teaching) -> str:
    """Return the text of a teaching.toml that says this."""
    return to_toml(plain(teaching))
