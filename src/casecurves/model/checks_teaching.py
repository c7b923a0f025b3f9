"""What must hold of a lesson: questions that have an answer, stops that have a place."""

from __future__ import annotations

from collections.abc import Iterator

from casecurves.model.case import Case
from casecurves.model.constraints import ZERO
from casecurves.model.issues import Issue, Level
from casecurves.model.points import BIRTH, DAY, Anchor, Limit
from casecurves.model.schema import Therapy
from casecurves.model.teaching import FILE, Stop
from casecurves.model.when import Statement

_CHOSEN = ("single", "multiple")


def check_teaching(case: Case, left_out: frozenset[str] = frozenset()) -> Iterator[Issue]:
    """Yield what is wrong with the lesson of a case.

    Parameters
    ----------
    case : Case
        The case; one without a lesson has no fault in it.
    left_out : frozenset of str
        Ids of rows that were left out for a fault of their own.

    Yields
    ------
    Issue
        ``stop.*`` and ``ref.unknown``, with the path of the key as column.
    """
    lesson = case.teaching
    if lesson is None:
        return
    if case.header.kind != "patient":
        yield Issue("error", "stop.not_a_patient", FILE, column="stops", value=case.header.kind)
        return
    for key, names in (("known", lesson.known), ("sequence", lesson.sequence)):
        for name in names:
            if case.row(name) is None and name not in left_out:
                yield Issue("error", "ref.unknown", FILE, column=key, value=name)
    seen: set[str] = set()
    for number, stop in enumerate(lesson.stops, 1):
        if stop.id in seen:
            yield _about(number, "stop.twice", "id", stop.id)
        seen.add(stop.id)
        yield from _moment(case, number, stop, left_out)
        yield from _question(number, stop)
        yield from _answer(number, stop)


def _about(number: int, code: str, key: str, value: str = "", level: Level = "error") -> Issue:
    return Issue(level, code, FILE, column=f"stops.{number}.{key}", value=value)


def _moment(case: Case, number: int, stop: Stop, left_out: frozenset[str]) -> Iterator[Issue]:
    if stop.at is None:
        yield _about(number, "stop.no_time", "at")
        return
    named = {limit.base.id for limit in stop.at.limits if isinstance(limit.base, Anchor)} - {BIRTH}
    unknown = sorted(name for name in named if case.row(name) is None)
    for name in unknown:
        if name not in left_out:
            yield _about(number, "ref.unknown", "at", name)
    if not unknown and not has_place(case, stop.at):
        yield _about(number, "stop.no_place", "at", stop.at.written)
    elif not unknown and is_beyond(case, stop.at):
        yield _about(number, "stop.beyond", "at", stop.at.written, "warning")


def has_place(case: Case, at: Statement) -> bool:
    """Tell whether the chronology of a case can say when something so dated is."""
    placed = [limit for limit in at.limits if _placed(case, limit)]
    if not placed:
        return False
    chronology = case.chronology
    after = [str(each.base) for each in placed if isinstance(each.base, Anchor) and each.side == "lower"]
    before = [str(each.base) for each in placed if isinstance(each.base, Anchor) and each.side == "upper"]
    # After one row and before another that comes first: never.
    return not any(chronology.strictly_before(late, early) for early in after for late in before)


def is_beyond(case: Case, at: Statement) -> bool:
    """Tell whether something so dated comes later than any day of a case, as after its last follow-up."""
    days = [day for point in case.chronology.points for day in case.chronology.days(point) if day is not None]
    found = [day for limit in at.limits if limit.side == "lower" and (day := _first(case, limit)) is not None]
    return bool(days and found) and max(found) > max(days)


def _first(case: Case, limit: Limit) -> float | None:
    """Return the first day from day zero that a lower limit lets be; ``None`` where it says none."""
    base: int | None = 0
    if limit.base == "calendar":
        zero = case.chronology.dates(ZERO)[0]
        base = None if zero is None else -zero.toordinal()
    elif isinstance(limit.base, Anchor):
        # What is at a row comes with that row, whenever this is.
        base = case.chronology.days(str(limit.base))[0] if limit.ticks else None
    return None if base is None else base + limit.ticks / DAY


def _placed(case: Case, limit: Limit) -> bool:
    if limit.base == "calendar":
        return None not in case.chronology.dates(ZERO)
    if not isinstance(limit.base, Anchor) or limit.base.id == BIRTH:
        return limit.base == "zero"
    row = case.row(limit.base.id)
    if isinstance(row, Therapy):
        return row.start is not None or row.end is not None
    return getattr(row, "time", None) is not None


def _question(number: int, stop: Stop) -> Iterator[Issue]:
    """Yield what is asked in no language at all; one is enough."""
    if not stop.question and not stop.question_fr:
        yield _about(number, "stop.no_question", "question")
    for place, option in enumerate(stop.options, 1):
        if not option.text and not option.text_fr:
            yield _about(number, "stop.no_question", f"options.{place}.text")


def _answer(number: int, stop: Stop) -> Iterator[Issue]:
    right = sum(option.right for option in stop.options)
    if stop.kind in _CHOSEN and len(stop.options) < 2:
        yield _about(number, "stop.no_options", "options")
    elif stop.kind in _CHOSEN and not right:
        yield _about(number, "stop.none_right", "options")
    elif stop.kind == "single" and right > 1:
        yield _about(number, "stop.several_right", "options", str(right))
    if not stop.answer and not stop.answer_fr and not right:
        yield _about(number, "stop.no_answer", "answer", stop.id)
    elif not stop.locator and not stop.locator_fr:
        yield _about(number, "stop.no_locator", "locator", stop.id, "warning")
