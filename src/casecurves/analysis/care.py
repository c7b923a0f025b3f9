"""What of the CARE checklist for case reports the data of a case cover; nothing is inferred, and no text is made up.

The items are those of the CARE checklist of 2013 (Gagnier et al., J Med Case Rep 2013;7:223,
doi:10.1186/1752-1947-7-223; care-statement.org). What only an author can write is said to be outside the data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from casecurves.model.case import Case
from casecurves.model.points import Order
from casecurves.model.schema import Event, Measurement, Row, Therapy

# Items that ask for more than rows can tell: family and psychosocial history, diagnoses that were considered.
BEYOND = ("5c", "8c")
# Covered; covered for some rows only; not in the data; not a matter of data.
Cover = Literal["covered", "partly", "missing", "outside"]
_CLINICAL = {"symptom", "flare", "relapse", "admission"}
_TESTS = {"biopsy", "imaging", "procedure"}
_OUTCOMES = {"remission", "relapse", "last_follow_up", "death", "flare"}
_ADVERSE = {"adverse_event", "complication", "infection"}


@dataclass(frozen=True)
class CareItem:
    """One item of the checklist.

    Attributes
    ----------
    item : str
        Its number, such as ``"9b"``.
    cover : {"covered", "partly", "missing", "outside"}
        How far the data cover it; ``outside``: only the author can write it.
    rows, lacking : tuple of str
        Ids of the rows that cover it, and of those that leave something out.
    """

    item: str
    cover: Cover
    rows: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()


def checklist(case: Case) -> tuple[CareItem, ...]:
    """Return every item of the checklist, in its order.

    Parameters
    ----------
    case : Case
        The case; of a group or a trial most items are missing, since CARE is about one patient.

    Returns
    -------
    tuple of CareItem
        Items 1 to 13 with their parts.
    """
    return tuple(_ITEMS[item](case) if item in _ITEMS else CareItem(item, "outside") for item in ITEMS)


ITEMS = (
    *("1", "2", "3", "4", "5a", "5b", "5c", "5d", "6", "7", "8a", "8b", "8c", "8d", "9a", "9b", "9c"),
    *("10a", "10b", "10c", "10d", "11", "12", "13"),
)


def _found(item: str, rows: Iterable[Row]) -> CareItem:
    ids = tuple(row.id for row in rows)
    return CareItem(item, "covered" if ids else "missing", ids)


def _each(item: str, rows: Iterable[Row], told: Callable[[Row], bool]) -> CareItem:
    """Return an item that every one of some rows has to tell."""
    every = tuple(rows)
    with_it = tuple(row.id for row in every if told(row))
    without = tuple(row.id for row in every if not told(row))
    cover: Cover = "missing" if not with_it else "partly" if without else "covered"
    return CareItem(item, cover, with_it, without)


def _patient(case: Case) -> CareItem:
    who = case.header.patient
    known = (who.age is not None) + (who.sex != "unknown")
    return CareItem("5a", ("missing", "partly", "covered")[known])


def _events(case: Case, kinds: set[str]) -> list[Event]:
    return [event for event in case.events if event.kind in kinds and event.status == "used"]


def _before(case: Case, row: Row) -> bool:
    """Tell whether a row is proven to lie before day zero."""
    bounds = case.chronology.bounds(row.id)
    return bounds.latest is not None and bounds.latest < 0


def _after(case: Case, row: Row) -> bool:
    """Tell whether a row is proven to lie after day zero, or is said to follow what does not lie before it."""
    bounds = case.chronology.bounds(row.id)
    return bounds.earliest is not None and bounds.earliest >= (0 if _follows(row) else 1)


def _follows(row: Row) -> bool:
    said = row.time if isinstance(row, Event | Measurement) else None
    return said is not None and any(isinstance(each, Order) and each.relation != "before" for each in said.clauses)


def _history(case: Case) -> CareItem:
    found = [event.id for event in case.events if event.time is not None and event.time.written.startswith("birth")]
    told = bool(found or case.header.patient.history)
    return CareItem("5c", "partly" if told else "missing", tuple(found))


def _diagnosis(case: Case) -> CareItem:
    found = tuple(row.id for row in _events(case, {"diagnosis"}))
    return CareItem("8c", "partly" if found else "missing", found)


def _timeline(case: Case) -> CareItem:
    return _each("7", _placed(case), lambda row: _known(case, row))


def _placed(case: Case) -> list[Row]:
    return [*case.therapies, *case.doses, *case.measurements, *case.events]


def _known(case: Case, row: Row) -> bool:
    bounds = case.chronology.bounds(row.id)
    return bounds.earliest is not None or bounds.latest is not None


def _dosed(row: Row) -> bool:
    """Tell whether dose and duration of a course are stated; that it goes on is a duration."""
    return isinstance(row, Therapy) and row.dose is not None and row.start is not None and row.end is not None


def _explained(row: Row) -> bool:
    """Tell whether it is said why a course began, and why it ended where it did."""
    if not isinstance(row, Therapy):
        return False
    ended = row.end is not None and not row.end.ongoing
    return bool(row.reason_started) and (not ended or bool(row.reason_stopped))


def _harms(case: Case) -> CareItem:
    # That none was seen is told as well: an absence is a finding.
    return _found("10d", _events(case, _ADVERSE))


_ITEMS: dict[str, Callable[[Case], CareItem]] = {
    "5a": _patient,
    "5b": lambda case: _found("5b", _events(case, {"symptom"})),
    "5c": _history,
    "5d": lambda case: _found("5d", (row for row in case.therapies if _before(case, row))),
    "6": lambda case: _found("6", _events(case, _CLINICAL)),
    "7": _timeline,
    "8a": lambda case: _found("8a", [*case.measurements, *_events(case, _TESTS)]),
    "8c": _diagnosis,
    "9a": lambda case: _found("9a", case.therapies),
    "9b": lambda case: _each("9b", case.therapies, _dosed),
    "9c": lambda case: _each("9c", case.therapies, _explained),
    "10a": lambda case: _found("10a", _events(case, _OUTCOMES)),
    "10b": lambda case: _found("10b", (row for row in case.measurements if _after(case, row))),
    "10d": _harms,
}
