"""What must hold between the rows of a case: references, order, dates, sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial

from casecurves.model.case import Case
from casecurves.model.checks_teaching import check_teaching
from casecurves.model.checks_trials import check_trial
from casecurves.model.chronology import Contradiction
from casecurves.model.findings import issue_at
from casecurves.model.issues import Issue
from casecurves.model.points import Anchor
from casecurves.model.schema import Event, Row, Table, Therapy, columns, table_of
from casecurves.model.when import Statement, write

_HEADER = "case.toml"
# What a discrepancy may name besides the rows: the case itself.
_THE_CASE = "patient"


def check(case: Case, left_out: frozenset[str] = frozenset()) -> list[Issue]:
    """Check what must hold between the rows of a case.

    Parameters
    ----------
    case : Case
        A case whose rows are sound each by itself.
    left_out : frozenset of str
        Ids of rows that were left out for a fault of their own; that something refers to one of them
        is not a second fault.

    Returns
    -------
    list of Issue
        Errors and warnings: ``ref.*``, ``order.*``, ``time.*``, ``day_zero.*``, ``source.*``,
        ``locator.*``, ``companion.*``, and those of `check_trial` and `check_teaching`.
    """
    return [
        *_references(case, left_out),
        *_anchors(case, left_out),
        *_day_zero(case),
        *_order(case),
        *_dates(case),
        *_sources(case),
        *_companion(case),
        *check_trial(case),
        *check_teaching(case, left_out),
    ]


def _references(case: Case, left_out: frozenset[str]) -> Iterator[Issue]:
    for row in case.rows():
        for column in columns(table_of(row)):
            name = getattr(row, column.name) if column.type == "ref" else ""
            if not name or name in left_out:
                continue
            target = case.row(name)
            if target is None:
                yield issue_at("error", "ref.unknown", row, column.name, name)
            elif table_of(target) != column.table:
                yield issue_at("error", "ref.wrong_table", row, column.name, name, table=f"{column.table}.csv")
    for column_name, name in _named_in_header(case):
        if name not in left_out and case.row(name) is None:
            yield Issue("error", "ref.unknown", _HEADER, column=column_name, value=name)


def _named_in_header(case: Case) -> Iterator[tuple[str, str]]:
    header = case.header
    if header.day_zero:
        yield "day_zero", header.day_zero
    if header.patient.age_at:
        yield "patient.age_at", header.patient.age_at
    for number, discrepancy in enumerate(header.discrepancies, 1):
        for name in discrepancy.rows:
            if name != _THE_CASE:
                yield f"discrepancies.{number}.rows", name
        if discrepancy.other_time is not None:
            names = (name for name in _anchor_names(discrepancy.other_time) if name != "birth")
            yield from ((f"discrepancies.{number}.other_time", name) for name in names)


def _anchors(case: Case, left_out: frozenset[str]) -> Iterator[Issue]:
    for row_id, column, anchor in dict.fromkeys(case.chronology.missing_anchors):
        row, name = case.row(row_id), anchor.removesuffix(".end")
        if row is None or column == "therapy" or name in left_out:
            continue
        code = "ref.unknown" if case.row(name) is None else "ref.no_place"
        yield issue_at("error", code, row, column, anchor)
    for place in case.places():
        for _, column, statement in place.statements:
            for name in _anchor_names(statement):
                if _disputed(case, name) and (row := case.row(place.id)):
                    yield issue_at("warning", "ref.disputed", row, column, name)
    for column, name in (("day_zero", case.header.day_zero), ("patient.age_at", case.header.patient.age_at)):
        if _disputed(case, name):
            yield Issue("warning", "ref.disputed", _HEADER, column=column, value=name)


def _anchor_names(statement: Statement) -> Iterable[str]:
    return dict.fromkeys(limit.base.id for limit in statement.limits if isinstance(limit.base, Anchor))


def _disputed(case: Case, name: str) -> bool:
    row = case.row(name)
    return row is not None and row.status == "disputed"


def _day_zero(case: Case) -> Iterator[Issue]:
    header = case.header
    row = case.row(header.day_zero)
    if row is not None and not isinstance(row, Therapy | Event):
        yield Issue("error", "day_zero.not_event", _HEADER, column="day_zero", value=row.id)
    if not header.day_zero and _counts_days(case):
        yield Issue("warning", "day_zero.missing", _HEADER, column="day_zero")
    date = header.day_zero_date
    if date is not None and any(limit.base != "calendar" for limit in date.limits):
        yield Issue("error", "day_zero.not_a_date", _HEADER, column="day_zero_date", value=date.written)


def _counts_days(case: Case) -> bool:
    # An order alone needs no day zero.
    said = (statement for place in case.places() for _, _, statement in place.statements)
    return any(limit.base in ("zero", "calendar") for statement in said for limit in statement.limits)


def _order(case: Case) -> Iterator[Issue]:
    for contradiction in case.chronology.contradictions:
        rows = [row for row in map(case.row, contradiction.rows) if row is not None]
        links = {constraint.why for constraint in contradiction.constraints}
        if not rows:
            yield Issue("error", "order.contradiction", _HEADER, params={"chain": partial(_chain, contradiction)})
        elif len(rows) == 1 and "chain.start_before_end" in links:
            end = getattr(rows[0], "end", None)
            yield issue_at("error", "time.end_before_start", rows[0], "end", end.written if end else "")
        else:
            yield issue_at("error", "order.contradiction", rows[0], chain=partial(_chain, contradiction))


def _chain(contradiction: Contradiction, lang: str) -> str:
    return "; ".join(contradiction.sentences(lang))


def _dates(case: Case) -> Iterator[Issue]:
    for place in case.places():
        row = case.row(place.id)
        for _, column, statement in place.statements:
            if statement.ambiguous and row is not None:
                yield issue_at("warning", "time.ambiguous", row, column, statement.written, canonical=write(statement))
    date = case.header.day_zero_date
    if date is not None and date.ambiguous:
        params = {"canonical": write(date)}
        yield Issue("warning", "time.ambiguous", _HEADER, None, "day_zero_date", date.written, params)


def _sources(case: Case) -> Iterator[Issue]:
    times: Counter[str] = Counter()
    for number, source in enumerate(case.header.sources, 1):
        times[source.key] += 1
        if times[source.key] == 2:
            yield Issue("error", "source.duplicate", _HEADER, column=f"sources.{number}.key", value=source.key)
    yield from _unknown_sources(case, ", ".join(times))
    stated = [row for row in case.rows() if row.basis in ("reported", "digitised")]
    if stated and not times and not any(row.source for row in stated):
        yield Issue("warning", "source.none", _HEADER, column="sources")
        return
    for column, code in (("source", "source.missing"), ("locator", "locator.missing")):
        without: dict[Table, list[Row]] = {}
        for row in stated:
            if not getattr(row, column) and not getattr(row, f"{column}_fr", ""):
                without.setdefault(table_of(row), []).append(row)
        for rows in without.values():
            yield issue_at("warning", code, rows[0], column, times=len(rows))


def _unknown_sources(case: Case, known: str) -> Iterator[Issue]:
    keys = {source.key for source in case.header.sources}
    found: dict[tuple[Table, str], list[Row]] = {}
    for row in case.rows():
        if row.source and row.source not in keys:
            found.setdefault((table_of(row), row.source), []).append(row)
    for (_, key), rows in found.items():
        yield issue_at("error", "source.unknown", rows[0], "source", key, times=len(rows), known=known)


def _companion(case: Case) -> Iterator[Issue]:
    if not case.header.illustrates:
        return
    others = [row for row in case.rows() if row.basis != "illustrative"]
    if others:
        yield issue_at("error", "companion.not_illustrative", others[0], "basis", others[0].basis, times=len(others))
