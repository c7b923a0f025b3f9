"""Comparisons of arms on one axis, each with its interval and what is printed."""

from __future__ import annotations

import math

from casecurves.figure import theme as t
from casecurves.figure.layout.charts.pieces import ChartBox, Piece, Spot, Stroke, Tile, Written, head, stack, unbroken
from casecurves.figure.layout.signs import signed
from casecurves.figure.spec import Estimate, ForestChart
from casecurves.figure.text import width, wrap

_MOST = 130.0
_LEFT, _RIGHT = 0.34, 0.34
_DOT = 1.8
_LINE = t.SMALL.height


def forest_width(most: float) -> float:
    """Return the width that a chart wants, at most ``most``."""
    return min(most, _MOST)


def lay_forest(chart: ForestChart, wide: float) -> ChartBox:
    """Place a chart: names at left, the axis, what is printed at right."""
    top, y = head(chart.heading, chart.remark, wide)
    x0, x1 = wide * _LEFT, wide * (1 - _RIGHT)
    first = y
    pieces = [top]
    for one in chart.estimates:
        piece, tall = _estimate(chart, one, x0, x1, y, wide)
        pieces.append(piece)
        y += tall
    line = place(chart, chart.line, x0, x1)
    strokes = [Stroke(line, first, line, y, "muted", 0.3, dashed=True), Stroke(x0, y, x1, y, "frame")]
    texts = []
    last = -math.inf
    for tick in chart.ticks:
        x, half = place(chart, tick.y, x0, x1), width(tick.label, t.SMALL) / 2
        if x - half > last:
            strokes.append(Stroke(x, y, x, y + 0.8, "frame"))
            texts.append(Written(x, y + 0.8 + _LINE - 0.7, tick.label, t.SMALL, "muted", "middle"))
            last = x + half + 1.0
    pieces.append(Piece(strokes=tuple(strokes), texts=tuple(texts)))
    return ChartBox(tuple(pieces), 0.0, y + _LINE + 1.0)


def place(chart: ForestChart, value: float, x0: float, x1: float) -> float:
    """Return where a value stands between two ends."""
    lo, hi = (math.log(end) for end in (chart.lo, chart.hi)) if chart.log else (chart.lo, chart.hi)
    return x0 + (x1 - x0) * ((math.log(value) if chart.log else value) - lo) / (hi - lo)


def _estimate(chart: ForestChart, one: Estimate, x0: float, x1: float, y: float, wide: float) -> tuple[Piece, float]:
    names = wrap(one.name, x0 - 3.0, t.SMALL)
    beside = wide - x1 - 3.0
    said = wrap(unbroken(signed(one.entry, one.words), beside), beside, t.SMALL)
    tall = max(len(names), len(said)) * _LINE + 1.4
    x, middle = place(chart, one.value, x0, x1), y + tall / 2
    strokes: tuple[Stroke, ...] = ()
    if one.ci is not None:
        a, b = (place(chart, end, x0, x1) for end in one.ci)
        caps = tuple(Stroke(end, middle - 0.8, end, middle + 0.8, width=0.35) for end in (a, b))
        strokes = (Stroke(a, middle, b, middle, width=0.35), *caps)
    texts = (
        *stack(0.0, middle - len(names) * _LINE / 2, names),
        *stack(x1 + 3.0, middle - len(said) * _LINE / 2, said),
    )
    tile = Tile(x - _DOT / 2, middle - _DOT / 2, _DOT, _DOT, "full")
    return Piece(one.entry.row, one.entry.hover, (tile,), strokes, texts, Spot(x, middle)), tall
