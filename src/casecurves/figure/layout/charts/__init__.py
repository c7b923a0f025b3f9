"""Where the charts of a group or a trial go: side by side where they fit, each made of tiles, strokes and words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from casecurves.figure.layout.charts.across import COLUMN, lay_across
from casecurves.figure.layout.charts.forest import forest_width, lay_forest
from casecurves.figure.layout.charts.percent import lay_percent, percent_widths
from casecurves.figure.layout.charts.pieces import ChartBox, Ink, Piece, Spot, Stroke, Tile, Written
from casecurves.figure.layout.charts.squares import lay_squares
from casecurves.figure.layout.charts.table import lay_table
from casecurves.figure.spec import Charts, PercentChart

__all__ = ["ChartBox", "Ink", "Piece", "Spot", "Stroke", "Tile", "Written", "chart_boxes"]

# Places a chart in a width.
Lay = Callable[[float], ChartBox]
_GAP = 7.0
_BELOW = 4.0


def chart_boxes(
    charts: Charts, left: float, right: float, top: float, indent: float = 0.0, stretch: float = 1.0
) -> tuple[tuple[ChartBox, ...], float]:
    """Place the charts between two edges of the page.

    Parameters
    ----------
    charts : Charts
        What is charted.
    left, right, top : float
        Edges, in millimetres.
    indent : float
        Room at the left of each chart, for a letter.
    stretch : float
        How many times higher than usual bars of per cent are.

    Returns
    -------
    tuple
        The charts in their order, and where the lowest ends.
    """
    boxes: list[ChartBox] = []
    y, bottom = top, top
    for row in _rows(_wanted(charts, right - left - indent, stretch), right - left, indent):
        x, y = left, bottom + (_BELOW if boxes else 0.0)
        for wide, lay in row:
            box = lay(wide).moved(x + indent, y)
            boxes.append(box)
            x, bottom = x + indent + wide + _GAP, max(bottom, y + box.height)
    return tuple(boxes), bottom


class _Wanted(NamedTuple):
    """A chart: the width that it wants, the least that it takes to stand beside another, and what places it."""

    wide: float
    least: float
    lay: Lay


def _rows(charts: Sequence[_Wanted], room: float, indent: float) -> Iterator[list[tuple[float, Lay]]]:
    """Share charts out over rows: as many as fit, each as wide as it wants or as there is room for."""
    row: list[_Wanted] = []
    for chart in charts:
        least = sum(one.least + indent for one in (*row, chart)) + _GAP * len(row)
        if row and least > room + 1e-6:
            yield _spread(row, room, indent)
            row = []
        row.append(chart)
    if row:
        yield _spread(row, room, indent)


def _spread(row: Sequence[_Wanted], room: float, indent: float) -> list[tuple[float, Lay]]:
    left = room - sum(one.least + indent for one in row) - _GAP * (len(row) - 1)
    lacking = sum(one.wide - one.least for one in row)
    share = min(left / lacking, 1.0) if lacking > 0 else 0.0
    return [(one.least + share * (one.wide - one.least), one.lay) for one in row]


def _wanted(charts: Charts, most: float, stretch: float) -> list[_Wanted]:
    """Return the widths of each chart, and what places it; only bars of per cent stand closer to make room."""
    forest = forest_width(most)
    return [
        *(_percent(one, most, stretch) for one in charts.percents),
        *(_Wanted(most, most, partial(lay_squares, one)) for one in charts.squares),
        *(_Wanted(forest, forest, partial(lay_forest, one)) for one in charts.forests),
        *(_Wanted(most, most, partial(lay_table, one)) for one in charts.tables),
    ]


def _percent(chart: PercentChart, most: float, stretch: float) -> _Wanted:
    if most < COLUMN:
        return _Wanted(most, most, partial(lay_across, chart))
    return _Wanted(*percent_widths(chart, most), partial(lay_percent, chart, stretch))
