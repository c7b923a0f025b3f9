"""Times: statements that cannot all be true, and an absence beside a presence."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from casecurves.analysis.consistency.finding import Finding, Place, at, at_head, both, found
from casecurves.knowledge.fold import fold
from casecurves.model.case import Case
from casecurves.model.chronology import Contradiction
from casecurves.model.schema import Event, Row, Therapy


def order(case: Case) -> Iterator[Finding]:
    """Yield contradictions between times.

    Parameters
    ----------
    case : Case
        Any case.

    Yields
    ------
    Finding
        Of ``order.contradiction``, each with the rows of which any one can be spared, and ``event.absent``.
    """
    for contradiction in case.chronology.contradictions:
        rows = [row for row in map(case.row, contradiction.rows) if row is not None]
        # A companion is made to agree with its case; what is invented contradicts nobody.
        if any(row.basis == "illustrative" for row in rows):
            continue
        where = [_when(row) for row in rows] or [at_head("day_zero_date", case.header.day_zero)]
        yield found("order.contradiction", "certain", case, where, chain=partial(_chain, contradiction))
    stated = [row for row in case.events if row.basis != "illustrative" and row.time is not None]
    for absent in stated:
        for present in stated if absent.presence == "absent" else ():
            if present.presence == "present" and _same(absent, present) and _within(case, present, absent):
                sides = (at(absent, "label", _named(absent)), at(present, "label", _named(present)))
                yield found("event.absent", "certain", case, sides, label=both(absent.label, absent.label_fr))


def _chain(contradiction: Contradiction, lang: str) -> str:
    return "; ".join(contradiction.sentences(lang))


def _when(row: Row) -> Place:
    column = "start" if isinstance(row, Therapy) else "time"
    times = [getattr(row, name, None) for name in (column, "end")]
    return at(row, column, " → ".join(time.written for time in times if time is not None))


def _named(row: Event) -> str:
    times = (row.time, row.end)
    return f"{row.label}: {row.presence}, {' → '.join(time.written for time in times if time is not None)}"


def _same(absent: Event, present: Event) -> bool:
    return absent.kind == present.kind and fold(absent.label) == fold(present.label)


def _within(case: Case, present: Event, absent: Event) -> bool:
    """Tell whether something certainly began while it is said to have been absent."""
    known = case.chronology
    if absent.end is None:
        return known.at_or_before(absent.id, present.id) and known.at_or_before(present.id, absent.id)
    return known.at_or_before(absent.id, present.id) and known.at_or_before(present.id, f"{absent.id}.end")
