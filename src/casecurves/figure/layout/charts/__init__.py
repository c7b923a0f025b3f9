"""Where the charts of a group or a trial go: side by side where they fit, each made of tiles, strokes and words."""

from __future__ import annotations

from collections.abc import Callable

from casecurves.figure.layout.charts.forest import forest_width, lay_forest
from casecurves.figure.layout.charts.percent import lay_percent, percent_width
from casecurves.figure.layout.charts.pieces import ChartBox, Ink, Piece, Spot, Stroke, Tile, Written
from casecurves.figure.layout.charts.squares import lay_squares
from casecurves.figure.layout.charts.table import lay_table
from casecurves.figure.spec import Charts

__all__ = ["ChartBox", "Ink", "Piece", "Spot", "Stroke", "Tile", "Written", "chart_boxes"]

_GAP = 7.0
_BELOW = 4.0


def chart_boxes(
    charts: Charts, left: float, right: float, top: float, indent: float = 0.0
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

    Returns
    -------
    tuple
        The charts in their order, and where the lowest ends.
    """
    boxes: list[ChartBox] = []
    x, y, height = left, top, 0.0
    for wide, lay in _wanted(charts, right - left - indent):
        if x > left and x + indent + wide > right + 1e-6:
            x, y, height = left, y + height + _BELOW, 0.0
        box = lay(wide).moved(x + indent, y)
        boxes.append(box)
        x, height = x + indent + wide + _GAP, max(height, box.height)
    return tuple(boxes), y + height


def _wanted(charts: Charts, most: float) -> list[tuple[float, Callable[[float], ChartBox]]]:
    """Return the width that each chart wants, and what places it in that width."""
    return [
        *((percent_width(one, most), lambda wide, one=one: lay_percent(one, wide)) for one in charts.percents),
        *((most, lambda wide, one=one: lay_squares(one, wide)) for one in charts.squares),
        *((forest_width(most), lambda wide, one=one: lay_forest(one, wide)) for one in charts.forests),
        *((most, lambda wide, one=one: lay_table(one, wide)) for one in charts.tables),
    ]
