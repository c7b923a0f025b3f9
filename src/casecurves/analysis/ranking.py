"""In which order patients are compared: by how long they were followed, by their best response, by name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from casecurves.analysis.align import Aligned
from casecurves.analysis.response import readings
from casecurves.knowledge import fold

Sort = Literal["duration", "response", "name"]
# The best first. A remission that only the source states comes after one that meets a rule, whatever its criteria were.
_LEVELS = {
    **dict.fromkeys(("complete", "immunological", "negative", "below", "f_vasi90"), 0),
    **dict.fromkeys(("partial", "borderline", "f_vasi75"), 1),
    "f_vasi50": 2,
}
_STATED, _NONE, _RELAPSE = 3, 4, 5


def ranked(
    aligned: Sequence[Aligned],
    by: Sort,
    names: Mapping[str, str],
    *,
    rules: tuple[str, ...] = (),
    illustrative: bool = False,
) -> tuple[Aligned, ...]:
    """Return patients in an order; ties stand by name.

    Parameters
    ----------
    aligned : sequence of Aligned
        The patients.
    by : {"duration", "response", "name"}
        ``duration``: longest follow-up after day zero first, by what is proven of it; one that nothing bounds comes
        last. ``response``: the best response first, and the sooner of two alike. A status by a rule counts where it
        holds; without, a remission that the source states; then none; then relapse without remission.
    names : mapping of str to str
        What the patients are called, by the id of their case.
    rules : tuple of str
        Keys of the rules whose statuses count.
    illustrative : bool
        Whether rules may assess invented values.

    Returns
    -------
    tuple of Aligned
        The same patients.
    """

    def place(one: Aligned) -> tuple[float, float, str]:
        name = _by_number(fold(names[one.case.id]))
        if by == "name":
            return 0.0, 0.0, name
        if by == "duration":
            least = one.chronology.exact_bounds("last_follow_up")[0]
            return (1.0 if least is None else 0.0), -(least or 0.0), name
        return (*_response(one, rules, illustrative=illustrative), name)

    return tuple(sorted(aligned, key=place))


def _by_number(name: str) -> str:
    """Return a name that sorts as people count: patient 2 before patient 10."""
    return re.sub(r"[0-9]+", lambda found: found[0].zfill(9), name)


def _response(one: Aligned, rules: tuple[str, ...], *, illustrative: bool) -> tuple[float, float]:
    """Return the level of the best response, and by which day it was found."""
    found = [
        (_LEVELS[each.status], each.row)
        for reading in (readings(one.case, rules, illustrative=illustrative) if rules else ())
        for each in reading.assessments
        if each.holds and each.status in _LEVELS
    ]
    kinds = {"remission": _STATED, "relapse": _RELAPSE}
    found += [
        (kinds[event.kind], event.id)
        for event in one.case.events
        if event.kind in kinds and event.presence == "present" and event.status == "used"
    ]
    levels = [(float(level), _by(one, row)) for level, row in found if not one.chronology.strictly_before(row, one.row)]
    return min([*levels, (float(_NONE), 0.0)] if not any(lv == _RELAPSE for lv, _ in levels) else levels)


def _by(one: Aligned, row: str) -> float:
    latest = one.chronology.exact_bounds(row)[1]
    return float("inf") if latest is None else latest
