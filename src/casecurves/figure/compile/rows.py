"""Which row goes where: on the axis, in a box of words, or nowhere because nothing is known of its time."""

from __future__ import annotations

from collections.abc import Sequence

from casecurves.analysis.placing import unplaced
from casecurves.knowledge import analyte, drug, fold
from casecurves.model.case import Case
from casecurves.model.points import BIRTH, At, Instant, Offset, Range
from casecurves.model.schema import Event, Measurement, Row
from casecurves.model.when import Statement

# Told in a box beside the rail: they are many at one visit, and their order matters less than their presence.
_IN_BOX = {"symptom", "other"}
_ACROSS = {"pregnancy", "dialysis", "transplant"}
_INTENSIVE = {"intensive care", "intensive care unit", "icu", "reanimation", "soins intensifs"}

# Points that may be counted from a row, or from birth.
_COUNTED = (Offset, Instant)

Series = tuple[str, str, str]


def _begun(row: Row) -> Statement | None:
    """Return what is said of the time of a row, of a course that of its start."""
    # Asked of the cells themselves: of a name that a row lacks, pydantic makes an error first.
    cells = vars(row)
    found: Statement | None = cells["start"] if "start" in cells else cells.get("time")
    return found


def is_found(row: Row) -> bool:
    """Tell whether a row is a state or a course found at a moment, begun some time before (written ``..M9``)."""
    statement = _begun(row)
    if statement is None:
        return False
    for clause in statement.clauses:  # noqa: SIM110 - a loop: half the time of a generator, and asked of every row
        if isinstance(clause, Range) and clause.start is None:
            return True
    return False


def is_found_on(row: Row) -> bool:
    """Tell whether a course or a lasting state was found on at a moment; what began soon after something was not."""
    return is_found(row) and not is_soon(row)


def is_pointed(row: Row) -> bool:
    """Tell whether a row's time names a point, or both ends of a stretch; an order alone does not."""
    statement: Statement | None = vars(row).get("time")
    clauses = () if statement is None else statement.clauses
    return any(isinstance(c, At) or (isinstance(c, Range) and c.start and c.end) for c in clauses)


def visit_of(row: Row) -> str | None:
    """Return the point at which a state was found where that is another row (written ``..visit``), else ``None``."""
    statement: Statement | None = vars(row).get("time")
    clauses = () if statement is None else statement.clauses
    ends = [c.end for c in clauses if isinstance(c, Range) and c.start is None]
    return next((str(end.anchor) for end in ends if isinstance(end, Instant)), None)


def is_soon(row: Row) -> bool:
    """Tell whether a row is said to follow something rapidly."""
    statement = _begun(row)
    return statement is not None and statement.qualifier == "soon"


def on_rail(case: Case, event: Event) -> bool:
    """Tell whether an event stands on the rail; the others are told in boxes."""
    if unplaced(case, event.id) or is_history(event):
        return False
    if event.end is not None:
        return True
    if event.presence == "absent":
        return False
    return event.kind not in _IN_BOX or (event.kind == "symptom" and _alone(case, event))


def is_across(event: Event) -> bool:
    """Tell whether a state is one in which everything else of its time is to be read.

    That is pregnancy, dialysis, life with a transplant, and an admission of which ``grade`` says that it was to
    intensive care: an admission alone may be to any ward.
    """
    if event.end is None or event.presence == "absent" or event.status != "used":
        return False
    if event.kind != "admission":
        return event.kind in _ACROSS
    return bool({fold(event.grade), fold(event.grade_fr)} & _INTENSIVE)


def _alone(case: Case, event: Event) -> bool:
    """Tell whether a symptom has a time of its own, and not that of a visit at which it was found with others."""
    if event.time is None or is_found(event):
        return False
    return sum(other.time == event.time for other in case.events) == 1


def is_history(event: Event) -> bool:
    """Tell whether an event belongs to the past of the patient: dated from birth."""
    return event.time is not None and any(map(_from_birth, event.time.points))


def _from_birth(point: object) -> bool:
    return isinstance(point, _COUNTED) and point.anchor is not None and point.anchor.id == BIRTH


def series_of(row: Measurement) -> Series:
    """Return what makes two values comparable: the analyte, the assay and the unit as written.

    A direction or a category has neither scale nor unit, so that it joins the series of its analyte.
    """
    known = analyte(row.analyte, row.assay)
    name = known.id if known else row.analyte.lower()
    kind = row.value.kind
    if kind in {"trend", "category"}:
        return name, "", ""
    # A titre, a grade of five and a number are three scales, whatever their unit.
    sort = "1:n" if kind == "titre" else f"/{row.value.grade_of}" if kind == "grade" else ""
    return name, row.assay.lower(), row.unit + sort


def group(rows: Sequence[Measurement]) -> dict[Series, list[Measurement]]:
    """Group values by series, in file order; directions and categories join a series with numbers if there is one."""
    groups: dict[Series, list[Measurement]] = {}
    for row in rows:
        groups.setdefault(series_of(row), []).append(row)
    for key in [key for key, found in groups.items() if found[0].value.kind in {"trend", "category"}]:
        home = next((other for other in groups if other != key and other[0] == key[0]), None)
        if home is not None:
            groups[home] += groups.pop(key)
    return groups


def is_panel(case: Case, rows: Sequence[Measurement]) -> bool:
    """Tell whether a series makes a panel: it has a direction, more than one value, or a lane to stand under."""
    return len(rows) > 1 or rows[0].value.kind == "trend" or bool(given_with(case, rows))


def given_with(case: Case, rows: Sequence[Measurement]) -> str:
    """Return the key of the drug whose levels a series holds, where that drug has a lane; else ``""``."""
    level_of = level(rows)
    taken = (known.id for row in case.therapies if not unplaced(case, row.id) and (known := drug(row.drug)))
    return level_of if level_of and level_of in taken else ""


def level(rows: Sequence[Measurement]) -> str:
    """Return the key of the drug whose levels a series holds, ``""`` for any other series."""
    known = analyte(rows[0].analyte, rows[0].assay)
    return known.level_of if known else ""


def on_axis(case: Case, *, once: bool = False) -> list[str]:
    """Return the points of the chronology that the axis must show: courses, doses, panels and the rail.

    ``once``: what was measured only once, too.

    An end of which nothing is said has no place of its own; its bar is open there.
    """
    measured = [row for row in case.measurements if not unplaced(case, row.id)]
    courses = [row for row in case.therapies if not unplaced(case, row.id)]
    keys = [point for row in courses for point in (row.id, *([f"{row.id}.end"] if row.end is not None else []))]
    keys += [row.id for row in case.doses if not unplaced(case, row.id)]
    keys += [row.id for rows in group(measured).values() if once or is_panel(case, rows) for row in rows]
    for event in case.events:
        if on_rail(case, event):
            keys += [event.id, *([f"{event.id}.end"] if event.end is not None else [])]
    return keys
