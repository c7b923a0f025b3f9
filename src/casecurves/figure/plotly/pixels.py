"""Shapes whose width is in pixels, which they keep when the axis grows: round a place on it, or beside the plot."""

from __future__ import annotations

from typing import Any

from casecurves.figure.layout.lanes import brackets
from casecurves.figure.layout.panels import PanelBox
from casecurves.figure.layout.strip import PILL
from casecurves.figure.plotly.board import Board
from casecurves.figure.spec import Zone

Json = dict[str, Any]

# How far beyond the straight part of a pill the handles of its round ends lie, in half heights.
_ROUND = 4 / 3
# How many times wider than it was laid out for a frame may be.
_WIDER = 3.0
# Half the width of the cap of a range, in pixels.
_CAP = 4


def beside(board: Board, x0: float, y0: float, x1: float, y1: float, colour: str, width: float) -> Json:
    """Return a line left of the plot."""
    frame = board.page.frame
    return {
        "type": "line",
        "xref": "paper",
        "yref": "y",
        "xsizemode": "pixel",
        "xanchor": 0,
        "x0": round((x0 - frame.plot0) * board.scale, 1),
        "x1": round((x1 - frame.plot0) * board.scale, 1),
        "y0": round(y0, 2),
        "y1": round(y1, 2),
        "layer": "above",
        "line": {"color": colour, "width": width, "dash": "solid"},
    }


def bracket_shapes(board: Board) -> list[Json]:
    """Return the brackets round the lanes of drugs that were given together."""
    shapes = []
    for x0, y0, x1, y1 in brackets(board.page.lanes, board.page.frame):
        left, right = (round((x - board.page.frame.plot0) * board.scale) for x in (x0, x1))
        path = f"M{right},{y0:.1f}H{left}V{y1:.1f}H{right}"
        shapes.append(_fixed("paper", 0, path, {"color": board.theme.ink, "width": 1.2}))
    return shapes


def pill_shapes(board: Board) -> list[Json]:
    """Return the pills of drugs without a place and of results in words."""
    page, theme = board.page, board.theme
    found = []
    for box in page.chips:
        left = (box.x - board.left) * board.scale
        ends = left, left + box.width * board.scale
        edge = {"color": theme.drug(box.chip.drug_class), "width": 1, "dash": "4px,3px"}
        found.append(_pill(board, "paper", 0, ends, (box.y, box.y + box.height), edge))
    for mark in (mark for box in page.panels if box.items for mark in box.marks if mark.in_pill):
        at = mark.x or 0.0
        day = at if mark.day is None else mark.day
        zone, x = board.at(day)
        half, aside = mark.glyph * board.scale, (at - day) * board.scale
        edge = {"color": theme.tint if mark.mark.disputed else theme.curve, "width": 1}
        pill = _pill(board, board.ref(zone), x, (aside - half, aside + half), (mark.y - PILL, mark.y + PILL), edge)
        # Of a result whose time is an interval, the line of that interval ends at the pill.
        found.append(pill if mark.mark.certainty == "exact" else pill | {"layer": "above"})
    return found


def range_shapes(board: Board) -> list[Json]:
    """Return the values of which two limits are stated, as a line from one to the other with a cap at either end."""
    found = []
    for box in board.page.panels:
        for mark in box.marks:
            if mark.mark.y2 is not None:
                zone, x = board.at(mark.x if mark.x is not None else (mark.x0 + mark.x1) / 2)
                path = f"M-{_CAP},{mark.y:.1f}H{_CAP}H0V{box.at(mark.mark.y2):.1f}H-{_CAP}H{_CAP}"
                ink = board.theme.tint if mark.mark.disputed else series_ink(board, box)
                found.append(_fixed(board.ref(zone), x, path, {"color": ink, "width": 1.8}))
    return found


def hatch_shape(board: Board, zone: Zone) -> Json:
    """Return the hatch of an order-only zone: one line so thick that its dashes are the lines of the hatch.

    It runs downwards at 45 degrees, is cut off at the edges of the zone, and is long enough for frames far wider.
    """
    page = board.page
    lo, _, x0, x1 = page.frame.zones[zone.name]
    wide, high = _WIDER * (x1 - x0), page.axis_y - page.plot_top
    down = (wide + high) / 2
    path = f"M0,{page.plot_top:.1f}L{down * board.scale:.0f},{page.plot_top + down:.1f}"
    thick = round(1.5 * max(wide, high) * board.scale)
    line = {"color": board.theme.zone_line, "width": thick, "dash": "1px,9px"}
    return _fixed(board.ref(zone.name), lo, path, line)


def series_ink(board: Board, box: PanelBox) -> str:
    """Return the colour of the values of a panel: in an overlay it tells the series."""
    return board.theme.curve if box.series is None else board.theme.series(box.series)


def _pill(board: Board, ref: str, anchor: float, x: tuple[float, float], y: tuple[float, float], line: Json) -> Json:
    radius = min((y[1] - y[0]) / 2, 2.0) * board.scale
    bulge = int(_ROUND * radius)
    x0, x1, y0, y1 = int(x[0] + radius), int(x[1] - radius), f"{y[0]:.1f}", f"{y[1]:.1f}"
    left, right = x0 - bulge, x1 + bulge
    path = f"M{x0},{y0}H{x1}C{right},{y0},{right},{y1},{x1},{y1}H{x0}C{left},{y1},{left},{y0},{x0},{y0}Z"
    return _fixed(ref, anchor, path, line) | {"fillcolor": board.theme.paper, "layer": "between"}


def _fixed(ref: str, anchor: float, path: str, line: Json) -> Json:
    """Return a path whose places across are pixels from a place on an axis."""
    return {"xref": ref, "xsizemode": "pixel", "xanchor": anchor, "path": path, "line": line}
