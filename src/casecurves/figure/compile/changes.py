"""What is different between two moments of a telling, in words."""

from __future__ import annotations

from dataclasses import dataclass

from casecurves.figure.compile.details import names
from casecurves.figure.options import Options
from casecurves.model.case import Case
from casecurves.model.schema import Event, Measurement, Row, Therapy
from casecurves.model.when import end_state

# What weighs so much or more is a detail: a dose, a value.
_DETAIL = 2


@dataclass(frozen=True)
class Changes:
    """Rows that are new, and courses and states that have ended; each by its name, in plain words.

    ``firsts``: so many of the new ones, the first, are events, states and courses; 0 unless they were weighed.
    """

    new: tuple[str, ...]
    ended: tuple[str, ...]
    firsts: int = 0


def changes(
    before: Case | None, after: Case, options: Options | None = None, *, without: str = "", weighed: bool = False
) -> Changes:
    """Return what is told of a case at a moment and was not at one before.

    Parameters
    ----------
    before, after : Case
        The case as told at both moments, under the same ids (`casecurves.analysis.reveal.reveal` with ``whole=False``);
        ``None``: nothing had been told.
    options : Options, optional
        Language, and the day zero from which days are counted.
    without : str
        A row that is left out: the one that marks the moment.
    weighed : bool
        True puts what happened first, then courses, then doses and values: of many things not all may be read.

    Returns
    -------
    Changes
        In the order of the tables, unless weighed.
    """
    told = {} if before is None else {row.id: row for row in before.rows()}
    now = {row: name for row, name in names(after, options).items() if row != without}
    new = [row for row in now if row not in told]
    weights = {row: _weight(after.row(row)) if weighed else _DETAIL for row in new}
    new.sort(key=weights.__getitem__)
    return Changes(
        new=tuple(now[row] for row in new),
        ended=tuple(name for row, name in now.items() if row in told and _has_ended(told[row], after.row(row))),
        firsts=sum(weight < _DETAIL for weight in weights.values()),
    )


def _weight(row: Row | None) -> int:
    return 0 if isinstance(row, Event) else 1 if isinstance(row, Therapy) else _DETAIL + isinstance(row, Measurement)


def _has_ended(before: Row, after: Row | None) -> bool:
    if not isinstance(before, Therapy | Event) or not isinstance(after, Therapy | Event) or after.end is None:
        return False
    return end_state(before.end) != "ended" == end_state(after.end)
