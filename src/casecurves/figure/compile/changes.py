"""What is different between two moments of a telling, in words."""

from __future__ import annotations

from dataclasses import dataclass

from casecurves.figure.compile.details import names
from casecurves.figure.options import Options
from casecurves.model.case import Case
from casecurves.model.schema import Event, Row, Therapy
from casecurves.model.when import end_state


@dataclass(frozen=True)
class Changes:
    """Rows that are new, and courses and states that have ended; each by its name, in plain words."""

    new: tuple[str, ...]
    ended: tuple[str, ...]


def changes(before: Case | None, after: Case, options: Options | None = None, *, without: str = "") -> Changes:
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

    Returns
    -------
    Changes
        In the order of the tables.
    """
    told = {} if before is None else {row.id: row for row in before.rows()}
    now = {row: name for row, name in names(after, options).items() if row != without}
    return Changes(
        new=tuple(name for row, name in now.items() if row not in told),
        ended=tuple(name for row, name in now.items() if row in told and _has_ended(told[row], after.row(row))),
    )


def _has_ended(before: Row, after: Row | None) -> bool:
    if not isinstance(before, Therapy | Event) or not isinstance(after, Therapy | Event) or after.end is None:
        return False
    return end_state(before.end) != "ended" == end_state(after.end)
