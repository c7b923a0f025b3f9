"""Times: statements that cannot all be true, and an absence beside a presence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

from casecurves.analysis.consistency.finding import TO, Finding, Place, at, at_head, both, found
from casecurves.knowledge.fold import fold
from casecurves.model.case import Case, Discrepancy
from casecurves.model.chronology import Contradiction, resolve
from casecurves.model.chronology import Row as Dated
from casecurves.model.schema import Event, Row, Therapy, table_of
from casecurves.model.when import parse
from casecurves.words import say


def order(case: Case) -> Iterator[Finding]:
    """Yield contradictions between times.

    Parameters
    ----------
    case : Case
        Any case.

    Yields
    ------
    Finding
        Of ``order.contradiction``, each with the rows of which any one can be spared, ``order.other`` (the other
        time of a disagreement, where it cannot be true with the rest) and ``event.absent``.
    """
    for contradiction in case.chronology.contradictions:
        rows = [row for row in map(case.row, contradiction.rows) if row is not None]
        # A companion is made to agree with its case; what is invented contradicts nobody.
        if any(row.basis == "illustrative" for row in rows):
            continue
        where = [_when(row) for row in rows] or [at_head(case, "day_zero_date", case.header.day_zero)]
        yield found("order.contradiction", "certain", case, where, chain=partial(_chain, contradiction))
    yield from _others(case)
    stated = [row for row in case.events if row.basis != "illustrative" and row.time is not None]
    for absent in stated:
        for present in stated if absent.presence == "absent" else ():
            if present.presence == "present" and _same(absent, present) and _within(case, present, absent):
                sides = (at(absent, "label", _named(absent)), at(present, "label", _named(present)))
                yield found("event.absent", "certain", case, sides, label=both(absent.label, absent.label_fr))


def _others(case: Case) -> Iterator[Finding]:
    """Yield the times of other statements that contradict the case once they take the place of the ones used."""
    before = {contradiction.rows for contradiction in case.chronology.contradictions}
    for number, item in enumerate(case.header.discrepancies, 1):
        row = case.row(item.rows[0]) if item.rows else None
        if item.other_time is None or row is None or row.basis == "illustrative":
            continue
        tried = resolve([_told(place, item) if place.id == row.id else place for place in case.places()], case.frame)
        for contradiction in tried.contradictions:
            if row.id in contradiction.rows and contradiction.rows not in before:
                other = Place(row.id, f"{table_of(row)}.csv", None, item.column, item.other_time.written)
                other = replace(other, locator=item.other_where, locator_fr=item.other_where_fr, source=row.source)
                rest = [_when(one) for name in contradiction.rows if name != row.id and (one := case.row(name))]
                days = _days(case, row.id, item)
                about = {
                    "what": _called(row),
                    "chain": partial(_chain, contradiction),
                    "as": "days" if days else "chain",
                }
                made = found("order.other", "certain", case, (other, *rest), **about, **days)
                yield replace(made, known=(number,))
                break


def _days(case: Case, row: str, item: Discrepancy) -> dict[str, int]:
    """Return the first and the last day that the parts of the other time allow; nothing where they can be met."""
    said = item.other_time.written if item.other_time else ""
    claims = [place for place in case.places() if place.id == row]
    others = [place for place in case.places() if place.id != row]
    point = f"{row}.end" if item.column == "end" else row
    lows, highs = [], []
    for part in said.split("&") if claims else ():
        # Not used, so that it is bounded by the rest and bounds nothing.
        claim = _told(claims[0], item.model_copy(update={"other_time": parse(part)}))._replace(used=False)
        first, last = resolve([*others, claim], case.frame).days(point)
        lows += [] if first is None else [first]
        highs += [] if last is None else [last]
    return {"low": max(lows), "high": min(highs)} if lows and highs and max(lows) > min(highs) else {}


def _called(row: Row) -> Mapping[str, str]:
    name = getattr(row, "label", "") or getattr(row, "drug", "") or getattr(row, "analyte", "") or row.id
    return both(name, getattr(row, "label_fr", ""))


def _told(place: Dated, item: Discrepancy) -> Dated:
    """Return a row with the time that the other statement gives it."""
    if item.column == "end":
        return place._replace(end=item.other_time, used=True)
    return place._replace(time=item.other_time, used=True)


def _chain(contradiction: Contradiction, lang: str) -> str:
    return say("consistency.between", lang).join(contradiction.sentences(lang))


def _when(row: Row) -> Place:
    column = "start" if isinstance(row, Therapy) else "time"
    times = [getattr(row, name, None) for name in (column, "end")]
    return at(row, column, TO.join(time.written for time in times if time is not None))


def _named(row: Event) -> str:
    times = (row.time, row.end)
    return f"{row.label}: {row.presence}, {TO.join(time.written for time in times if time is not None)}"


def _same(absent: Event, present: Event) -> bool:
    return absent.kind == present.kind and fold(absent.label) == fold(present.label)


def _within(case: Case, present: Event, absent: Event) -> bool:
    """Tell whether something certainly began while it is said to have been absent."""
    known = case.chronology
    if absent.end is None:
        return known.at_or_before(absent.id, present.id) and known.at_or_before(present.id, absent.id)
    return known.at_or_before(absent.id, present.id) and known.at_or_before(present.id, f"{absent.id}.end")
