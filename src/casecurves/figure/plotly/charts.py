"""Charts of groups and trials: an own part of the picture below the time axis, in millimetres of the page."""

from __future__ import annotations

from typing import Any

from casecurves.figure import theme as t
from casecurves.figure.layout.charts import Piece, Spot, Stroke, Tile, Written
from casecurves.figure.plotly.board import CLEAR, HOVER, Board

Json = dict[str, Any]

CHART_AXIS = "x4"
# Millimetres between the baseline of a line and its middle.
_MIDDLE = 0.85
# Pixels for a millimetre of a printed line, thicker than on paper as all lines of the screen are.
_LINE = 4.0


def upper_part(board: Board) -> list[float]:
    """Return the share of the height that is left to what has a place in time."""
    page = board.page
    return [round(1 - (page.axis_y - page.plot_top) / (page.charts_end - page.plot_top), 5), 1.0]


def chart_axes(board: Board) -> Json:
    """Return the two hidden axes of the charts, in millimetres of the page."""
    page = board.page
    if not page.charts:
        return {}
    share = round((page.charts_end - page.charts_y) / (page.charts_end - page.plot_top), 5)
    hidden = {"type": "linear", "visible": False, "fixedrange": True}
    return {
        "xaxis4": hidden | {"domain": [0.0, 1.0], "range": [board.left, page.frame.plot1], "anchor": "y2"},
        "yaxis2": hidden | {"domain": [0.0, share], "range": [page.charts_end, page.charts_y], "anchor": "x4"},
    }


def _pieces(board: Board) -> list[Piece]:
    return [piece for box in board.page.charts for piece in box.pieces]


def chart_shapes(board: Board) -> list[Json]:
    """Return tiles under strokes, those of one look together, so that they become few paths."""
    tiles = [_tile(board, tile) for piece in _pieces(board) for tile in piece.tiles]
    strokes = [(stroke, bool(piece.tiles)) for piece in _pieces(board) for stroke in piece.strokes]
    ground = [_stroke(board, stroke) for stroke, over in strokes if not over]
    over = [_stroke(board, stroke) for stroke, over in strokes if over]
    return [shape for layer in (ground, tiles, over) for shape in sorted(layer, key=_look)]


def _look(shape: Json) -> str:
    return str((shape.get("fillcolor"), shape["line"]))


def _x(board: Board, mm: float) -> float:
    """Return a place as a share of the plot."""
    return round((mm - board.left) / (board.page.frame.plot1 - board.left), 5)


def _shape(board: Board, kind: str, x: tuple[float, float], y: tuple[float, float]) -> Json:
    return {
        "type": kind,
        "xref": "paper",
        "yref": "y2",
        "x0": _x(board, x[0]),
        "x1": _x(board, x[1]),
        "y0": round(y[0], 2),
        "y1": round(y[1], 2),
        "layer": "below",
    }


def _tile(board: Board, tile: Tile) -> Json:
    edge = {"width": 0.8, "color": board.theme.chart(tile.edge), "dash": "3px,2px" if tile.dashed else "solid"}
    fill = CLEAR if tile.fill == "none" else board.theme.chart(tile.fill)
    shape = _shape(board, "rect", (tile.x, tile.x + tile.w), (tile.y, tile.y + tile.h))
    return shape | {"fillcolor": fill, "line": edge}


def _stroke(board: Board, stroke: Stroke) -> Json:
    shape = _shape(board, "line", (stroke.x0, stroke.x1), (stroke.y0, stroke.y1))
    look = {
        "width": round(stroke.width * _LINE, 2),
        "color": board.theme.chart(stroke.ink),
        "dash": "6px,4px" if stroke.dashed else "solid",
    }
    return shape | {"line": look}


def chart_notes(board: Board) -> list[Json]:
    """Return every line of text of the charts."""
    return [_note(board, text) for piece in _pieces(board) for text in piece.texts]


def _note(board: Board, text: Written) -> Json:
    shown = board.text(text.text)
    return {
        "xref": "paper",
        "yref": "y2",
        "x": _x(board, text.x),
        "y": round(text.y - _MIDDLE, 2),
        "xshift": 0,
        "xanchor": {"start": "left", "middle": "center", "end": "right"}[text.anchor],
        "showarrow": False,
        "text": f"<b>{shown}</b>" if text.style == t.SMALL_BOLD else shown,
        "font": {"color": board.theme.chart(text.ink), "size": 12},
        "borderpad": 0,
    }


def chart_trace(board: Board) -> list[Json]:
    """Return the places at which a pointer finds the rows, as one trace of markers that are not seen."""
    spots: list[tuple[Piece, Spot]] = [(piece, piece.spot) for piece in _pieces(board) if piece.spot is not None]
    if not spots:
        return []
    # Plotly forgets axes without a trace, and the words that stand on them.
    empty = {"type": "scatter", "mode": "text", "xaxis": "x", "yaxis": "y", "x": [], "y": [], "text": []}
    return [
        empty,
        {
            "type": "scatter",
            "mode": "markers",
            "xaxis": CHART_AXIS,
            "yaxis": "y2",
            "x": [round(spot.x, 2) for _, spot in spots],
            "y": [round(spot.y, 2) for _, spot in spots],
            "marker": {"symbol": "square", "color": CLEAR, "size": 16, "line": {"width": 0}},
            "customdata": [board.hover(piece.hover) for piece, _ in spots],
            "ids": [f"{piece.row}#{index}" for index, (piece, _) in enumerate(spots)],
            "hovertemplate": HOVER,
            "cliponaxis": False,
        },
    ]
