"""Whole cases for hypothesis, made from the declaration of the columns.

Every case has a hidden truth: a day for each start and end. Each time cell says something true of that day, finely or
vaguely, so that a case never contradicts itself, however little it says.
"""

from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from casecurves.knowledge.analytes import all_analytes
from casecurves.knowledge.drugs import all_drugs
from casecurves.model.case import Case, Discrepancy, Header, Patient, Source
from casecurves.model.quantity import TRENDS
from casecurves.model.schema import TABLES, Column, Row, Table, columns

MONTH = 30.4375
HOSTILE = (
    "<b>bold</b>",
    '<span style="background:url(http://h.example/x)">y</span>',
    "a<b>c & d</b>",
    "=1+1",
    "%{x}",
    "{lang}",
    "\u202egnp.exe",
    "nul\x00l\x1b[31m",
    "患者",
    "1,5",
    "CRP <5 mg/L",
    "'\"><script>alert(1)</script>",
    "]]>",
    "-" * 90,
    "two\nlines\tand a tab",
)
PLAIN = ("mg", "g/L", "twice daily", "skin flare", "a rather long remark about nothing in particular", "ELISA")
_TEXT = st.sampled_from(PLAIN) | st.sampled_from(HOSTILE)
_DRUGS = st.sampled_from([d.en for d in all_drugs()]) | st.sampled_from(["a new drug", *HOSTILE])
# Few of them often, so that there are series.
_ANALYTES = st.sampled_from(["albumin", "CRP", "anti-PLA2R"]) | st.sampled_from(
    ["something", *HOSTILE, *(a.en for a in all_analytes())]
)
_NUMBERS = st.decimals(0, 10_000, places=2, allow_nan=False).map(str)
_WHOLE = st.integers(0, 99)
VALUES = st.one_of(
    _NUMBERS,
    st.builds("{}{}".format, st.sampled_from("<>≤≥~"), _NUMBERS),
    st.sampled_from([1, 10, 80, 320, 5120]).map("1:{}".format),
    st.integers(0, 5).map("{}/5".format),
    st.tuples(_WHOLE, _WHOLE).map(lambda ends: f"{min(ends)}-{max(ends)}"),
    st.sampled_from(TRENDS),
    st.sampled_from(["positive", "negative", "weakly positive", "++", "odd <b>x</b>"]),
    st.sampled_from(["0", "-3,5", "1e-7", "1e12", "0,0"]),
)


@dataclass
class _Truth:
    """The days on which everything happened: the start of each row, and the ends of those that last."""

    last: float
    start: dict[str, float] = field(default_factory=dict)
    end: dict[str, float] = field(default_factory=dict)

    def points(self) -> dict[str, float]:
        return self.start | {f"{name}.end": day for name, day in self.end.items()}


def _statement(truth: _Truth, day: float) -> st.SearchStrategy[str]:
    """Return what can be said of a day; days are half past, so that a whole day holds exactly one."""
    floor = int(day // 1)
    month = round(day / MONTH)
    found = [
        "",
        f"D{floor}",
        f"~D{floor}",
        f"D{floor - 9}..D{floor + 30}",
        f"..D{floor + 2}",
        f"D{floor - 2}..",
        f"Y{floor // 366 - 1}..Y{floor // 365 + 2}",
        *([f"M{month}"] if abs(day - month * MONTH) < MONTH / 2 else []),
    ]
    points = sorted(truth.points().items())
    found += [f"after:{name}" for name, other in points if other < day]
    found += [f"before:{name}" for name, other in points if other > day]
    found += [f"soon:{name}" for name, other in points if other < day][:3]
    found += [name for name, other in points if other == day][:3]
    return (
        st.just(f"D{floor}")
        | st.sampled_from(found)
        | st.sampled_from(found[1:]).flatmap(
            lambda one: st.sampled_from(found[1:]).map(lambda other: f"{one} & {other}" if one != other else one)
        )
    )


def _cell(draw: st.DrawFn, table: Table, column: Column, ids: dict[Table, list[str]]) -> str:
    """Return a cell of any column but a time; a column that may be empty often is."""
    if not column.required and draw(st.integers(0, 2)) == 0:
        return ""
    if column.type == "ref":
        known = ids.get(column.table, [])  # type: ignore[call-overload]
        return draw(st.sampled_from(known)) if known else ""
    if column.type == "choice":
        return draw(st.sampled_from(column.choices))
    named = {("therapies", "drug"): _DRUGS, ("measurements", "analyte"): _ANALYTES}
    if column.name == "percent":
        return draw(_PERCENTS)
    by_type = {
        "number": _NUMBERS,
        "count": _WHOLE.map(str),
        "value": VALUES,
        "interval": st.sampled_from(sorted(_INTERVALS)),
        "text": named.get((table, column.name), _TEXT),
    }
    return draw(by_type[column.type])


_PERCENTS = st.integers(0, 1000).map(lambda n: f"{n / 10:g}") | st.sampled_from(["~30", "30-40", "<5", "100"])
# Intervals between administrations, and how long each lasts in days.
_INTERVALS = {"M1": 30.4375, "D15": 15.0, "W2": 14.0}


def _moment(draw: st.DrawFn, truth: _Truth, lo: float, hi: float) -> float:
    known = [day for day in (*truth.start.values(), *truth.end.values()) if lo <= day <= hi]
    if known and draw(st.integers(0, 3)) == 0:
        return draw(st.sampled_from(known))
    return draw(st.integers(int(lo // 1), max(int(lo // 1), int(hi // 1) - 1))) + 0.5


def _row(draw: st.DrawFn, table: Table, name: str, truth: _Truth, ids: dict[Table, list[str]]) -> Row:
    cells: dict[str, Any] = {}
    for column in columns(table):
        if column.type not in {"id", "time", "end"}:
            cells[column.name] = _cell(draw, table, column, ids)
    lasts = table == "therapies" or (table == "events" and draw(st.integers(0, 3)) == 0)
    lo, hi = -400.0, truth.last
    if table == "doses":
        lo, hi = truth.start[cells["therapy"]], truth.end[cells["therapy"]]
    _consistent(cells)
    start = max(lo, min(_moment(draw, truth, lo, hi), hi))
    if table in {"outcomes", "arms", "comparisons"}:
        return TABLES[table](id=name, **cells)
    key = "start" if table == "therapies" else "time"
    cells[key] = draw(_statement(truth, start))
    if cells.get("holds") == "over":
        # The course covers the whole of the stretch.
        last = max(start, _moment(draw, truth, start, hi))
        cells[key] = f"D{int(start // 1)}..D{int(last // 1)}"
    truth.start[name] = start
    if lasts:
        truth.end[name] = truth.last if draw(st.booleans()) else max(start, _moment(draw, truth, start, truth.last))
        said = _statement(truth, truth.end[name])
        cells["end"] = draw(said | st.just("ongoing")) if truth.end[name] == truth.last else draw(said)
        if cells.get("doses") and cells.get("every"):
            needed = (int(cells["doses"]) - 1) * _INTERVALS[cells["every"]]
            cells["every"] = cells["every"] if needed <= truth.end[name] - start else ""
    return TABLES[table](id=name, **cells)


def _consistent(cells: dict[str, Any]) -> None:
    """Put right what columns say together: limits in order, no more counted than there are, no second last day."""
    for lower, upper in (("ref_low", "ref_high"), ("ci_low", "ci_high")):
        low, high = cells.get(lower), cells.get(upper)
        if low and high and float(low) > float(high):
            cells[lower], cells[upper] = high, low
    if cells.get("n") == "0":
        cells["n"] = "1"
    if cells.get("count") and cells.get("of") and int(cells["count"]) > int(cells["of"]):
        cells["count"], cells["of"] = cells["of"], cells["count"]
    if cells.get("kind") in {"last_follow_up", "death"}:
        cells["kind"] = "other"


@st.composite
def cases(draw: st.DrawFn, most: int = 5) -> Case:
    """Return a sound case with up to ``most`` rows in each table."""
    truth = _Truth(last=draw(st.integers(1, 3000)) + 0.5)
    ids: dict[Table, list[str]] = {}
    rows: dict[Table, list[Row]] = {table: [] for table in TABLES}
    zero = draw(st.booleans())
    if zero:
        rows["therapies"].append(TABLES["therapies"](id="zero-drug", drug=draw(_DRUGS), start="D0", end="ongoing"))
        ids["therapies"] = ["zero-drug"]
        truth.start["zero-drug"], truth.end["zero-drug"] = 0.0, truth.last
    for table in ("therapies", "doses", "measurements", "events", "arms", "outcomes", "comparisons"):
        if (table == "doses" and not ids.get("therapies")) or (table == "comparisons" and not ids.get("arms")):
            continue
        for number in range(draw(st.integers(0, most))):
            name = f"{table[:3]}-{number}x"
            rows[table].append(_row(draw, table, name, truth, ids))
            ids.setdefault(table, []).append(name)
    if draw(st.booleans()):
        kind = draw(st.sampled_from(["last_follow_up", "death"]))
        said = draw(st.sampled_from(["", f"D{int(truth.last)}", f"D{int(truth.last) - 3}.."]))
        rows["events"].append(TABLES["events"](id="the-end", kind=kind, label="the end", time=said))
    return Case(
        id="made",
        header=_header(draw, [row.id for found in rows.values() for row in found], "zero-drug" if zero else ""),
        **{table: tuple(found) for table, found in rows.items()},
    )


def _header(draw: st.DrawFn, ids: list[str], zero: str) -> Header:
    concerned = st.lists(st.sampled_from([*ids, "patient"]), min_size=1, max_size=2)
    disagreement = st.builds(
        Discrepancy, rows=concerned.map(tuple), label=_TEXT, used=_TEXT, other=_TEXT, doubtful=st.booleans()
    )
    return Header(
        title=draw(_TEXT),
        diagnosis=draw(_TEXT),
        day_zero=zero,
        patient=Patient(sex=draw(st.sampled_from(["female", "male", "unknown"])), age=draw(st.none() | st.just(62))),
        sources=(Source(key="paper", title=draw(_TEXT)),),
        discrepancies=tuple(draw(st.lists(disagreement, max_size=2))),
        note=draw(_TEXT),
    )
