"""The axes of an overlay in the interactive picture: lines, names and ticks at the places of the layout."""

from __future__ import annotations

from typing import Any

from casecurves.figure import symbols
from casecurves.figure.layout.overlay import BESIDE, SAMPLE, AxisBox, OverlayBox
from casecurves.figure.plotly.board import Board
from casecurves.figure.plotly.pixels import beside


def axis_shapes(board: Board) -> list[dict[str, Any]]:
    """Return the frame, the axes with their ticks, ranges and thresholds, and a sample of each curve."""
    edge = {"width": 1, "color": board.theme.frame, "dash": "solid"}
    frame = {"type": "rect", "xref": "paper", "yref": "y", "x0": 0, "x1": 1, "layer": "below", "line": edge}
    shapes = []
    for box in board.page.overlays:
        shapes.append({**frame, "y0": round(box.top, 2), "y1": round(box.bottom, 2)})
        for axis in box.axes:
            shapes += _axis(board, box, axis)
    return shapes


def _axis(board: Board, box: OverlayBox, axis: AxisBox) -> list[dict[str, Any]]:
    own, middle, left = board.theme.series(axis.series), axis.name_y - 0.9, axis.sample
    colour = board.theme.muted if axis.tied else own
    sample = beside(board, left + 0.8, middle, left + SAMPLE, middle, own, 2.0)
    sample["line"]["dash"] = symbols.dashes(axis.series)[1]
    found = [
        *([] if axis.tied else [beside(board, axis.x, middle, axis.x, box.top, colour, 0.8)]),
        beside(board, axis.x, box.top, axis.x, box.bottom, colour, 1.6),
        sample,
        *(beside(board, axis.x - 0.6, y, axis.x, y, colour, 0.8) for y, _ in axis.ticks),
        *(beside(board, axis.x, y, axis.x + BESIDE + 0.3, y, colour, 2.4) for y in axis.limits),
    ]
    if axis.bar:
        bar = beside(board, axis.x, axis.bar[0], axis.x + BESIDE, axis.bar[1], colour, 0.6)
        found.append(bar | {"type": "rect", "fillcolor": board.theme.pale(axis.series)})
    return found


def axis_annotations(board: Board) -> list[dict[str, Any]]:
    """Return the names of the series, the symbols of their samples, and the words of their ticks."""
    notes: list[dict[str, Any]] = [
        _note(board, line.x, line.y - 0.9, f"<b>{board.text(line.text)}</b>", board.theme.ink, "left")
        for box in board.page.overlays
        for line in box.heading
    ]
    for axis in (axis for box in board.page.overlays for axis in box.axes):
        colour = board.theme.series(axis.series)
        sample = axis.sample + 0.4 + SAMPLE / 2
        notes.append(_note(board, sample, axis.name_y - 0.9, symbols.series(axis.series)[2], colour, "center"))
        for line in axis.names:
            words = board.text(line.text)
            named = line.role == "series"
            ink = colour if named else board.theme.muted
            name = _note(board, line.x, line.y - 0.9, f"<b>{words}</b>" if named else words, ink, "left")
            notes.append(name | {"bgcolor": board.theme.paper, "borderpad": 0})
        for y, label in axis.ticks:
            ink = board.theme.muted if axis.tied else colour
            notes += [_note(board, axis.x - 0.9, y, board.text(label), ink, "right")] if label else []
    return notes


def _note(board: Board, mm: float, y: float, text: str, colour: str, anchor: str) -> dict[str, Any]:
    return {
        "xref": "paper",
        "yref": "y",
        "x": 0,
        "y": round(y, 2),
        "xshift": round((mm - board.page.frame.plot0) * board.scale, 1),
        "xanchor": anchor,
        "showarrow": False,
        "text": text,
        "font": {"color": colour, "size": 12},
    }
