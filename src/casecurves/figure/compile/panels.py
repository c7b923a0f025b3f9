"""The biomarker panels: one per series measured more than once, on the scale its statements allow."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from casecurves.analysis.placing import unplaced
from casecurves.analysis.units import Converted
from casecurves.analysis.units_saying import factor
from casecurves.figure.compile.axis import Placer
from casecurves.figure.compile.lanes import certainty_of, stand
from casecurves.figure.compile.rows import Series, group, is_panel, level, series_of
from casecurves.figure.compile.scales import limits, ticks
from casecurves.figure.compile.thresholds import build_thresholds
from casecurves.figure.compile.units import remarks
from casecurves.figure.compile.wording import Words
from casecurves.figure.options import Options
from casecurves.figure.spec import Band, Box, Entry, Lane, Line, Mark, Panel, Scale, Shape, Span
from casecurves.knowledge import analyte
from casecurves.model.case import Case
from casecurves.model.issues import visible
from casecurves.model.schema import Measurement

# What a value is drawn as that stands among the events.
VALUE = "other"
_SHAPES: dict[str, Shape] = {"number": "dot", "titre": "dot", "grade": "dot", "range": "range"}


def placed_series(case: Case, analytes: tuple[str, ...] | None) -> dict[Series, list[Measurement]]:
    """Return the values that have a place in time, by series; of these analytes alone, or of all."""
    found = group([row for row in case.measurements if not unplaced(case, row.id)])
    return found if analytes is None else {key: rows for key, rows in found.items() if key[0] in analytes}


def build_panels(
    case: Case,
    placer: Placer,
    words: Words,
    measured: Mapping[Series, list[Measurement]],
    homes: Mapping[str, Lane],
    *,
    single: bool = False,
) -> tuple[Panel, ...]:
    """Return the panels in the order in which their series first appear in the table; ``single``: of one value, too.

    ``measured`` holds the values by series, as `placed_series` has them.
    ``homes`` holds the lane of each drug that has one: the levels of a drug stand under it.
    """
    found = {key: rows for key, rows in measured.items() if single or is_panel(case, rows)}
    return tuple(_under(homes.get(level(rows)), _panel(placer, words, key, rows)) for key, rows in found.items())


def _under(lane: Lane | None, panel: Panel) -> Panel:
    return panel if lane is None else replace(panel, lane=lane.drug, drug_class=lane.drug_class)


def build_value_boxes(
    case: Case, words: Words, measured: Mapping[Series, list[Measurement]], options: Options
) -> tuple[Box, ...]:
    """Return the boxes of single values, of those in ``measured``, where these have no place, and of undated values."""
    adrift = [row for row in case.measurements if unplaced(case, row.id)]
    undated = [row for row in adrift if options.analytes is None or series_of(row)[0] in options.analytes]
    once = [] if options.once == "placed" else _once(case, measured)
    boxes = (
        Box(words.say("box.once"), tuple(_entry(words, row) for row in once)),
        Box(words.say("box.values_undated"), tuple(_entry(words, row) for row in undated)),
    )
    return tuple(box for box in boxes if box.entries)


def build_single_marks(
    case: Case, placer: Placer, words: Words, unit: str, measured: Mapping[Series, list[Measurement]]
) -> tuple[Mark, ...]:
    """Return what was measured only once as marks among the events, each a whole value in words."""
    return tuple(_single(placer, words, row, unit) for row in _once(case, measured))


def _once(case: Case, measured: Mapping[Series, list[Measurement]]) -> list[Measurement]:
    return [row for rows in measured.values() if not is_panel(case, rows) for row in rows]


def _single(placer: Placer, words: Words, row: Measurement, unit: str) -> Mark:
    mark = _mark(placer, words, row)
    span = words.span(mark.place, unit) if mark.certainty == "interval" else ""
    return replace(mark, y=None, y2=None, error=None, label=words.single(row), symbol=VALUE, span=span)


def _entry(words: Words, row: Measurement) -> Entry:
    return Entry(
        row=row.id,
        text=words.single(row),
        moment=words.when(row.time),
        basis=row.basis,
        disputed=row.status == "disputed",
        converted=words.converted(row),
        flags=words.flags(row),
        hover=words.hover(row, words.single(row), _reading(words, row, words.valued(row))),
    )


def _panel(placer: Placer, words: Words, key: Series, rows: list[Measurement]) -> Panel:
    scale = _scale(rows)
    thresholds = build_thresholds(words, rows) if scale in {"linear", "log"} else ()
    marks = tuple(_mark(placer, words, row) for row in rows)
    # How much of a drug is in the blood is read from nothing up.
    base = [0.0] if level(rows) and scale == "linear" else []
    lo, hi = limits(scale, [*base, *_numbers(marks, rows, scale), *(t.y for t in thresholds)])
    first = rows[0]
    unit = next((row.unit for row in rows if row.unit), "")
    parts = [words.unit(unit), words.text(first, "assay"), words.say("scale.log") if scale in {"log", "titre"} else ""]
    if all(row.value.kind == "trend" for row in rows):
        parts.append(words.say("scale.direction_only"))
    return Panel(
        key="|".join(key),
        label=words.analyte(first),
        sublabel=", ".join(part for part in parts if part),
        scale=scale,
        lo=lo,
        hi=hi,
        yticks=ticks(scale, lo, hi, words),
        marks=marks,
        lines=join(marks),
        bands=_bands(placer, words, rows) if scale in {"linear", "log"} else (),
        thresholds=tuple(t for t in thresholds if lo <= t.y <= hi),
        remarks=remarks(words, rows) if scale in {"linear", "log"} else (),
    )


def _scale(rows: Sequence[Measurement]) -> Scale:
    kinds = {row.value.kind for row in rows}
    if kinds <= {"trend", "category"}:
        return "words"
    if "titre" in kinds:
        return "titre"
    if "grade" in kinds:
        return "grade"
    known = analyte(rows[0].analyte, rows[0].assay)
    numbers = [n for row in rows for n in (row.value.number, row.value.low, row.value.high) if n is not None]
    return "log" if known and known.scale == "log" and min(numbers) > 0 else "linear"


def _numbers(marks: Sequence[Mark], rows: Sequence[Measurement], scale: Scale) -> list[float]:
    values = [y for mark in marks for y in (mark.y, mark.y2) if y is not None]
    if scale == "grade":
        return [0.0, *values, *(float(row.value.grade_of) for row in rows if row.value.grade_of)]
    limits_ = [n for row in rows for n in (row.ref_low, row.ref_high) if n is not None]
    errors = [m.y + s * m.error for m in marks for s in (-1, 1) if m.y is not None and m.error is not None]
    found = [*values, *limits_, *errors]
    return [n for n in found if n > 0] if scale in {"log", "titre"} else found


def _mark(placer: Placer, words: Words, row: Measurement) -> Mark:
    value = row.value
    how = certainty_of(placer, row)
    place = placer.interval(row.id)
    shape: Shape = _SHAPES.get(value.kind, "category")
    if value.kind == "censored":
        shape = "below" if value.comparator in {"<", "<="} else "above"
    if value.kind == "trend":
        shape = "trend"
    levels = (value.low, value.number, value.titre, value.grade)
    y = next((float(level) for level in levels if level is not None), None)
    label = words.quantity(value)
    valued = words.with_unit(label, row.unit)
    if value.kind == "trend" and how == "soon":
        label = words.say("trend.soon", trend=label)
    return Mark(
        row=row.id,
        shape=shape,
        certainty=how,
        place=place,
        x=stand(placer, row, place, how),
        y=y,
        y2=value.high,
        label=label,
        symbol=value.trend or value.category or "",
        error=row.reading_error,
        basis=row.basis,
        disputed=row.status == "disputed",
        converted=words.converted(row),
        flags=words.flags(row),
        hover=words.hover(row, f"{words.analyte(row)} {valued}".strip(), _reading(words, row, valued)),
    )


def _reading(words: Words, row: Measurement, valued: str) -> tuple[str, ...]:
    """Say how a value was read: as written where that is not what is shown, its sort, its range, its assay."""
    limits_ = words.limits(row)
    written = words.converted(row) or visible(f"{row.value.written} {row.unit}".strip())
    how = words.say("hover.converted", factor=factor(row, words.lang)) if isinstance(row, Converted) else ""
    return (
        words.say("hover.written", written=written) if written != valued else "",
        how,
        words.say(f"quantity.{row.value.kind}"),
        words.say("hover.range", limits=limits_) if limits_ else "",
        words.text(row, "assay"),
    )


def join(marks: Sequence[Mark]) -> tuple[Line, ...]:
    """Join values that follow each other at exact times of the scaled axis; anything less exact breaks the line."""
    points = [mark for mark in marks if mark.shape != "trend" and mark.shape != "category" and not mark.disputed]
    points.sort(key=lambda mark: (mark.place[0].x0 if mark.place else 0.0, mark.y or 0.0))
    days = [mark.x for mark in points]
    runs: list[list[Mark]] = [[]]
    for mark in points:
        exact = mark.shape == "dot" and mark.certainty == "exact" and mark.place and mark.place[0].zone == "main"
        # Several values of one day have no order among themselves, so no line runs through them.
        if exact and days.count(mark.x) == 1:
            runs[-1].append(mark)
        else:
            runs.append([])
    return tuple(_line(run) for run in runs if len(run) > 1)


def _line(run: Sequence[Mark]) -> Line:
    basis = next((mark.basis for mark in run if mark.basis != "reported"), "reported")
    return Line(tuple(m.x for m in run if m.x is not None), tuple(m.y for m in run if m.y is not None), basis)


def _bands(placer: Placer, words: Words, rows: Sequence[Measurement]) -> tuple[Band, ...]:
    """Return the reference range along the curve: each value's own reaches half way to its neighbours.

    Where a value states none, none is drawn.
    """
    valued = [row for row in rows if row.value.kind not in {"trend", "category"}]
    placed = [(row, placer.lower(row.id), placer.upper(row.id)) for row in valued]
    placed.sort(key=lambda item: item[1][1] if item[1][0] == "main" else placer.lo)
    edges = [placer.lo]
    for (_, _, end), (_, start, _) in pairwise(placed):
        left = end[1] if end[0] == "main" else placer.lo
        right = start[1] if start[0] == "main" else placer.hi
        edges.append(placer.settled((left + right) / 2))
    edges.append(placer.hi)
    # Neighbours of the same limits are one band.
    runs: list[tuple[Measurement, float, float]] = []
    for (row, _, _), x0, x1 in zip(placed, edges[:-1], edges[1:], strict=True):
        if (row.ref_low is None and row.ref_high is None) or x1 < x0:
            continue
        last, begun, ended = runs[-1] if runs else (row, x0, math.nan)
        if ended == x0 and (last.ref_low, last.ref_high) == (row.ref_low, row.ref_high):
            runs[-1] = (last, begun, x1)
        else:
            runs.append((row, x0, x1))
    return tuple(
        Band(
            f"{row.id}.range",
            (Span("main", x0, x1),),
            row.ref_low,
            row.ref_high,
            words.say("band.reference", limits=words.limits(row)),
        )
        for row, x0, x1 in runs
    )
