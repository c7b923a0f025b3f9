"""The events of patients who have one lane each, in the interactive picture."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from casecurves.figure import symbols
from casecurves.figure.layout.swim import EventBox
from casecurves.figure.plotly.board import Board, Point, across

# How far before its sign on the edge of the page an interval ends, in millimetres.
_CLEAR = 2.3


def swim_points(board: Board) -> list[tuple[str, Point]]:
    """Return the symbol of every event, with its zone; that of an interval stands beside it."""
    points = []
    for box, y in _events(board):
        mark, ink = box.mark, _ink(board, box)
        zone, x = board.at(board.inside(box.sign))
        fill = ink if mark.certainty == "exact" else board.theme.paper
        symbol = symbols.EVENTS[mark.symbol][1]
        points.append((zone, Point(x, y, symbol, fill, ink, board.hover(mark.hover), mark.row, 9.0)))
    return points


def swim_shapes(board: Board) -> list[dict[str, Any]]:
    """Return the line between two lanes, the intervals of events, and the tails of what was found at a visit."""
    theme, page = board.theme, board.page
    shapes: list[dict[str, Any]] = [
        {
            "type": "line",
            "xref": "paper",
            "yref": "y",
            "x0": 0,
            "x1": 1,
            "layer": "below",
            "y0": round(lane.y, 2),
            "y1": round(lane.y, 2),
            "line": {"width": 0.8, "color": theme.grid, "dash": "solid"},
        }
        for lane in page.lanes
        if lane.lane.patient
    ]
    for box, y in _events(board):
        shapes += _shapes(board, box, y)
    return shapes


def _events(board: Board) -> Iterator[tuple[EventBox, float]]:
    for lane in board.page.lanes:
        for track in lane.tracks:
            for box in track.events:
                yield box, track.event_y(box)


def _ink(board: Board, box: EventBox) -> str:
    return board.theme.tint if box.mark.disputed else board.theme.ink


def _shapes(board: Board, box: EventBox, y: float) -> Iterator[dict[str, Any]]:
    ink, how = _ink(board, box), box.mark.certainty
    if how == "interval":
        for span in box.mark.place:
            line = board.line(span.zone, span.x0, span.x1, y, y, ink, 1.5)
            hidden = span is box.mark.place[-1] and box.x0 + _CLEAR < box.sign <= box.x1
            # A sign without a ground, such as a cross, would be one with the line that runs into it.
            yield line | ({"x1": board.at(box.sign - _CLEAR)[1]} if hidden else {})
        for span, x, is_open in (
            (box.mark.place[0], box.mark.place[0].x0, box.mark.place[0].open0),
            (box.mark.place[-1], box.mark.place[-1].x1, box.mark.place[-1].open1),
        ):
            if not is_open:
                yield board.line(span.zone, x, x, y - 0.6, y + 0.6, ink, 1.5)
    elif how == "about":
        yield across(board, box.x0, box.x1, y, ink, 1.5)
    elif how == "found" and box.x is not None:
        yield board.tail(box.x, y, ink)
    elif how == "soon" and box.x is not None:
        yield across(board, box.x, box.sign, y, ink, 1.5)
