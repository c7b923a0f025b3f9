"""Windows of the axis that show a row: all of it, or, from a window beside it, the nearest that does."""

from __future__ import annotations

from dataclasses import dataclass

from casecurves.figure.compile.window import Window
from casecurves.figure.compile.wording import Words, words_of
from casecurves.figure.options import Options
from casecurves.figure.spec import Spec
from casecurves.model.case import Case
from casecurves.model.schema import Event, Row, Therapy

# Room on either side of what a window is to show, as a part of it; days for what takes none.
_MARGIN = 0.06
_LEAST = 3.0


@dataclass(frozen=True)
class Beyond:
    """A row that a window leaves out, and the nearest window that shows it; ``None``: only the whole course does.

    ``late``: it cannot have begun before the first day of the window at hand.
    """

    row: str
    late: bool
    window: Window | None


def stretch(case: Case, row_id: str, options: Options | None = None) -> Window | None:
    """Return the window that shows a row and little else.

    Parameters
    ----------
    case : Case
        The case.
    row_id : str
        A row with a beginning and an end.
    options : Options, optional
        The day zero from which days are counted.

    Returns
    -------
    (float, float) or None
        Days from the first on which it can have begun to the last on which it can have ended, with a margin; where
        nothing says when it ended at last, to the last day that is known of its beginning or its end. ``None`` where
        no two days are known, and for what has no duration.
    """
    row = case.row(row_id)
    if row is None or not _lasts(row):
        return None
    chronology = words_of(case, options or Options()).placer.chronology
    begins, ends = chronology.exact_bounds(row_id), chronology.exact_bounds(f"{row_id}.end")
    known = [day for day in (*begins, *ends) if day is not None]
    return _with_margin(min(known), max(known)) if max(known, default=0.0) > min(known, default=0.0) else None


def outside(case: Case, whole: Spec, part: Spec, options: Options) -> tuple[Beyond, ...]:
    """Return the rows that a window leaves out, each with the window in which it is shown.

    Parameters
    ----------
    case : Case
        The case.
    whole, part : Spec
        The figure without and with the window of ``options``.
    options : Options
        Day zero and window.

    Returns
    -------
    tuple of Beyond
        In the order of time: a window is as wide as that at hand, or wider where the row needs it.
    """
    at_hand = options.window
    if at_hand is None:
        return ()
    words = words_of(case, options)
    found = {}
    for row_id in _rows(whole) - _rows(part):
        row = case.row(row_id)
        if row is not None:
            found[row_id] = _days(words, row)
    order = sorted(found, key=lambda each: (_low(found[each]), each))
    return tuple(Beyond(each, _low(found[each]) >= at_hand[0], _moved(found[each], at_hand)) for each in order)


def _rows(spec: Spec) -> set[str]:
    return {mark.row for mark in spec.marks()} | {bar.row for bar in spec.bars()}


def _lasts(row: Row) -> bool:
    return isinstance(row, Therapy) or (isinstance(row, Event) and row.end is not None)


def _days(words: Words, row: Row) -> tuple[float | None, float | None]:
    """Return the first and the last day on which a row can have been."""
    chronology = words.placer.chronology
    first, last = chronology.exact_bounds(row.id)
    return first, chronology.exact_bounds(f"{row.id}.end")[1] if _lasts(row) else last


def _low(days: tuple[float | None, float | None]) -> float:
    return float("-inf") if days[0] is None else days[0]


def _moved(days: tuple[float | None, float | None], window: Window) -> Window | None:
    first, last = days
    if first is None or last is None:
        return None
    if last - first > (1 - 2 * _MARGIN) * (window[1] - window[0]):
        return _with_margin(first, last)
    half = (window[1] - window[0]) / 2
    return round((first + last) / 2 - half, 2), round((first + last) / 2 + half, 2)


def _with_margin(first: float, last: float) -> Window:
    room = max((last - first) * _MARGIN, _LEAST)
    return round(first - room, 2), round(last + room, 2)
