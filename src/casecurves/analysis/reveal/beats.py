"""The telling as a class goes through it: what is shown, then each question, then its answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from casecurves.analysis.reveal.masks import Blind
from casecurves.analysis.reveal.steps import Step, following
from casecurves.model.case import Case
from casecurves.model.checks_teaching import has_place
from casecurves.model.points import DAY, Anchor, Limit
from casecurves.model.teaching import Stop
from casecurves.model.when import Statement, parse

Shown = Literal["figure", "question", "answer"]
Move = Literal["next", "back", "event", "value", "therapy", "stop", "first", "last"]


@dataclass(frozen=True)
class Beat:
    """One press of the clicker: a step of the telling, or a question or its answer at one."""

    step: int
    stop: Stop | None = None
    shown: Shown = "figure"


def beats(case: Case, told: Sequence[Step]) -> tuple[Beat, ...]:
    """Return the telling of a case, one entry for each press of a clicker.

    Parameters
    ----------
    case : Case
        The case, with its lesson if it has one.
    told : sequence of Step
        `steps` of the case.

    Returns
    -------
    tuple of Beat
        Each step; after the step at which a stop lies, its question and then its answer. Stops of one step come in the
        order of the lesson; one that the chronology cannot place comes at the end.
    """
    found: list[Beat] = []
    stops = case.teaching.stops if case.teaching else ()
    halts = [(step_of(case, told, stop), stop) for stop in stops]
    for step in told:
        found.append(Beat(step.number))
        for stop in (stop for number, stop in halts if number == step.number):
            found += [Beat(step.number, stop, "question"), Beat(step.number, stop, "answer")]
    return tuple(found)


def moved(case_beats: Sequence[Beat], told: Sequence[Step], at: int, move: Move) -> int:
    """Return where a move leads from a place among the beats; at either end it leads nowhere."""
    end = len(case_beats) - 1
    if move in {"next", "back"}:
        return max(0, min(end, at + (1 if move == "next" else -1)))
    if move in {"first", "last"}:
        return 0 if move == "first" else end
    if move == "stop":
        return next((n for n in range(at + 1, end + 1) if case_beats[n].shown == "question"), end)
    wanted = following(told, case_beats[at].step, move)  # type: ignore[arg-type]
    return next(n for n, beat in enumerate(case_beats) if beat.step == wanted)


def planned(case_beats: Sequence[Beat]) -> tuple[Blind, ...]:
    """Return what a lesson hides at each beat: whatever an answer still to come is to bring."""
    found: list[Blind] = []
    hidden: set[str] = set()
    for beat in reversed(case_beats):
        found.append(Blind(**dict.fromkeys(hidden, True)))
        if beat.stop is not None and beat.shown == "answer":
            hidden.update(beat.stop.hidden)
    return tuple(reversed(found))


def anchor(case: Case, told: Sequence[Step], number: int) -> str:
    """Return the time that puts a stop at a step: a row that it brings, or its end; ``""`` where none does so."""
    for point in told[number].points:
        at = parse(point)
        if has_place(case, at) and step_at(case, told, at) == number:
            return point
    return ""


def step_of(case: Case, told: Sequence[Step], stop: Stop) -> int:
    """Return the step at which a stop lies; the last one where that cannot be told."""
    placed = stop.at is not None and has_place(case, stop.at)
    return step_at(case, told, stop.at if placed else None)


def step_at(case: Case, told: Sequence[Step], at: Statement | None) -> int:
    """Return the last step that a time lets be told; the last of all where that cannot be told."""
    limits = at.limits if at else ()
    upper = [place for limit in limits if limit.side == "upper" and (place := _place(case, told, limit)) is not None]
    lower = [place for limit in limits if limit.side == "lower" and (place := _place(case, told, limit)) is not None]
    return min(upper) if upper else max(lower, default=len(told) - 1)


def _place(case: Case, told: Sequence[Step], limit: Limit) -> int | None:
    """Return the last step that a limit lets be told."""
    if isinstance(limit.base, Anchor) and not limit.ticks:
        names = (str(limit.base), limit.base.id)
        found = next((step.number for name in names for step in told if name in step.points), None)
        before = limit.strict and limit.side == "upper"
        return None if found is None else max(0, found - 1) if before else found
    day = _day(case, limit)
    steps = [step.number for step in told if day is not None and step.day is not None and step.day <= day]
    return max(steps, default=0 if day is not None else None)


def _day(case: Case, limit: Limit) -> float | None:
    """Return the day of a limit, from the case's day zero."""
    if limit.base == "calendar":
        first, last = case.chronology.dates("@zero")
        return None if first is None or first != last else limit.ticks // DAY - first.toordinal() - limit.strict
    if isinstance(limit.base, Anchor):
        if case.row(limit.base.id) is None:
            return None
        base = case.chronology.exact_bounds(str(limit.base))[1]
        return None if base is None else base + (limit.ticks - limit.strict) / DAY
    return (limit.ticks - limit.strict) / DAY
