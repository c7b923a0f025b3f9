"""Several patients on one time axis: each counted from one moment of their own.

What stands how far from that moment is read anew from the temporal network of each case, never by taking one number
from another: two things known to the month from day zero may be known to the day from each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from casecurves.analysis.placing import unplaced
from casecurves.knowledge import drug, fold
from casecurves.model.case import Case
from casecurves.model.chronology import Chronology
from casecurves.model.columns import EventKind
from casecurves.model.schema import Event, Therapy

# Why a case has no place on the axis: it is no patient, it has no such moment, that was looked for and not found, is
# disputed, contradicts other rows, or has no place in time; or the case itself names no day zero.
Reason = Literal["no_course", "lacking", "absent", "disputed", "contradicted", "no_place", "no_day_zero"]
# What can be looked for: a drug, a kind of event, a row by its id, an event by its label.
AnchorKind = Literal["drug", "event", "row"]


@dataclass(frozen=True)
class Aligned:
    """A patient counted from a moment.

    Attributes
    ----------
    case : Case
        The patient.
    row : str
        Id of the course or event whose start is day zero.
    choices : tuple of str
        Ids of all rows that could be, in their known order, ``row`` among them.
    first_known : bool
        Whether ``row`` is proven to come before all other choices, or there are none, or it was asked for.
    scaled : bool
        Whether any other moment has a first and a last possible day from there; otherwise only an order is known.
    chronology : Chronology
        The times of the case, counted from ``row``.
    """

    case: Case
    row: str
    choices: tuple[str, ...]
    first_known: bool
    scaled: bool
    chronology: Chronology


@dataclass(frozen=True)
class Unaligned:
    """A case that has no place on the axis, and why; ``rows`` are those that came near."""

    case: Case
    reason: Reason
    rows: tuple[str, ...] = ()


@dataclass(frozen=True)
class Alignment:
    """All cases that were given, each in one of two lists, both in the order in which they were given."""

    aligned: tuple[Aligned, ...]
    unaligned: tuple[Unaligned, ...]


@dataclass(frozen=True)
class Anchor:
    """Something from which patients can be counted: how to ask for it, and how many patients have it."""

    kind: AnchorKind
    key: str
    count: int


def align(cases: Iterable[Case], anchor: str = "", picks: Mapping[str, str] | None = None) -> Alignment:
    """Count each patient from one moment.

    Parameters
    ----------
    cases : iterable of Case
        The cases.
    anchor : str
        A drug under any name, a kind of event, the id of a course or event, or the label of an event in either
        language; ``""`` is each case's own day zero.
    picks : mapping of str to str, optional
        Which row counts, by the id of a case, where several could; one that could not is as if it were not given.

    Returns
    -------
    Alignment
        Where a moment occurs more than once in a patient, the first counts unless another is picked. No case is left
        out of both lists.
    """
    found = [_aligned(case, anchor, (picks or {}).get(case.id, "")) for case in cases]
    return Alignment(
        tuple(one for one in found if isinstance(one, Aligned)),
        tuple(one for one in found if isinstance(one, Unaligned)),
    )


def anchors(cases: Sequence[Case]) -> tuple[Anchor, ...]:
    """Return the drugs and kinds of event from which patients can be counted.

    Parameters
    ----------
    cases : sequence of Case
        The cases.

    Returns
    -------
    tuple of Anchor
        Those that most patients have come first; a drug that is not known here by its name as written.
    """
    seen: dict[tuple[AnchorKind, str], set[str]] = {}
    for case in cases:
        for row in _usable(case):
            key = ("drug", _drug(row)) if isinstance(row, Therapy) else ("event", row.kind)
            seen.setdefault(key, set()).add(case.id)  # type: ignore[arg-type]
    found = [Anchor(kind, key, len(ids)) for (kind, key), ids in seen.items()]
    return tuple(sorted(found, key=lambda one: (-one.count, one.kind, one.key)))


def _drug(row: Therapy) -> str:
    known = drug(row.drug)
    return row.drug if known is None else known.en


def _usable(case: Case) -> list[Therapy | Event]:
    rows = _moments(case) if case.header.kind == "patient" else ()
    return [row for row in rows if _fault(case, row) is None]


def _moments(case: Case) -> tuple[Therapy | Event, ...]:
    return (*case.therapies, *case.events)


def _aligned(case: Case, anchor: str, pick: str) -> Aligned | Unaligned:
    if case.header.kind != "patient":
        return Unaligned(case, "no_course")
    asked = anchor or case.header.day_zero
    if not asked:
        return Unaligned(case, "no_day_zero")
    wanted = [row for row in _moments(case) if (row.id == asked if not anchor else _is_meant(row, anchor))]
    usable = [row for row in wanted if _fault(case, row) is None]
    if not usable:
        return Unaligned(case, _reason(case, wanted), tuple(row.id for row in wanted))
    choices = _in_order(case.chronology, [row.id for row in usable])
    row = pick if pick in choices else choices[0]
    proven = row == pick or all(case.chronology.at_or_before(row, other) for other in choices)
    chronology = case.chronology.rezero(row)
    return Aligned(case, row, choices, proven, _scaled(case, chronology, row), chronology)


def _is_meant(row: Therapy | Event, anchor: str) -> bool:
    """Tell whether a row is what was asked for."""
    if row.id == anchor:
        return True
    if isinstance(row, Therapy):
        known = drug(anchor)
        return fold(row.drug) == fold(anchor) if known is None else drug(row.drug) == known
    kind = fold(anchor).replace(" ", "_")
    if kind in get_args(EventKind):
        return row.kind == kind
    return fold(anchor) in {fold(row.label), fold(row.label_fr)}


def _fault(case: Case, row: Therapy | Event) -> Reason | None:
    """Return why nothing can be counted from a row; ``None`` where it can."""
    if isinstance(row, Event) and row.presence == "absent":
        return "absent"
    if row.status == "disputed":
        return "disputed"
    if row.id in case.chronology.set_aside:
        return "contradicted"
    return "no_place" if unplaced(case, row.id) else None


def _reason(case: Case, wanted: Sequence[Therapy | Event]) -> Reason:
    faults = [fault for row in wanted if (fault := _fault(case, row)) is not None]
    order: tuple[Reason, ...] = get_args(Reason)
    # What came nearest says most.
    return max(faults, key=order.index, default="lacking")


def _in_order(chronology: Chronology, rows: Sequence[str]) -> tuple[str, ...]:
    """Return rows by what is known of their order, else by their latest possible day, else as in the file."""

    def place(row: str) -> tuple[int, float, int]:
        earlier = sum(chronology.strictly_before(other, row) for other in rows)
        latest = chronology.exact_bounds(row)[1]
        return earlier, float("inf") if latest is None else latest, rows.index(row)

    return tuple(sorted(rows, key=place))


def _scaled(case: Case, chronology: Chronology, row: str) -> bool:
    """Tell whether the days between a moment and any other are bounded on both sides."""
    ids = [other.id for other in _moments(case) if other.id != row] + [one.id for one in case.measurements]
    points = [*ids, *(f"{one.id}.end" for one in case.therapies), "last_follow_up"]
    return any(None not in chronology.exact_bounds(point) for point in points)
