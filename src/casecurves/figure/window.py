"""The part of the time axis that a person asks for: read from what was typed, and checked against the figure."""

from __future__ import annotations

import re

from casecurves.errors import UsageError
from casecurves.figure.spec import Spec
from casecurves.model.issues import visible
from casecurves.words import say

Window = tuple[float, float]

_DAY = re.compile(r"[-\u2212]?[0-9]{1,6}([.,][0-9]{1,2})?")
# Where one end is left open; a life has fewer days.
_FAR = 999_999.0
# Days are typed with two decimals.
_NEAR = 0.01


def read_window(first: str, last: str, lang: str = "en") -> Window | None:
    """Read the first and the last day to show from what a person typed.

    Parameters
    ----------
    first, last : str
        Days counted from day zero, such as ``-30`` or ``10.5``; ``""`` leaves that end as it is.
    lang : str
        Language of what is said about a slip.

    Returns
    -------
    (float, float) or None
        Days, as `Options.window` takes them; ``None`` when neither is given.

    Raises
    ------
    UsageError
        When one is no number, or the first is not before the last.
    """
    for given in (first, last):
        if given and not _DAY.fullmatch(given):
            raise UsageError(say("window.error.number", lang, given=visible(given)[:40]))
    if not first and not last:
        return None
    ends = (_number(first) if first else -_FAR, _number(last) if last else _FAR)
    if ends[0] >= ends[1]:
        raise UsageError(say("window.error.order", lang, first=first, last=last))
    return ends


def _number(text: str) -> float:
    return float(text.replace("\u2212", "-").replace(",", "."))


def check_window(spec: Spec, window: Window | None, lang: str = "en") -> None:
    """Refuse a figure that shows the whole course because the window that was asked for shows nothing of it.

    Parameters
    ----------
    spec : Spec
        The figure, compiled with the window.
    window : (float, float) or None
        What was asked for.
    lang : str
        Language of the refusal.

    Raises
    ------
    UsageError
        When nothing of the scaled axis, or less than half a day, lies in the window; the days that there are are named.
    """
    main = next(zone for zone in spec.axis.zones if zone.name == "main")
    if window is not None and (main.lo < window[0] - _NEAR or main.hi > window[1] + _NEAR):
        days = [f"{round(end)}".replace("-", "\u2212") for end in (main.lo, main.hi)]
        raise UsageError(say("window.error.outside", lang, first=days[0], last=days[1]))
