"""The interactive status ribbons: symbols with their hover, the hatch between them, their names and words."""

from __future__ import annotations

from typing import Any

from casecurves.figure import symbols
from casecurves.figure import theme as t
from casecurves.figure.layout.ribbons import DIFFERS, HATCH, RibbonBox, StageBox, half_of
from casecurves.figure.plotly.board import Board, Point, across
from casecurves.figure.spec import Span
from casecurves.figure.text import width

# A stretch between two assessments: where, its middle, its height, its hover.
Stretch = tuple[tuple[Span, ...], float, float, tuple[str, ...]]
# Pixels of a marker for a millimetre of half its width.
_SIZE = 9.0


def ribbon_stretches(board: Board) -> list[Stretch]:
    """Return what lies between assessments, to be hatched."""
    return [
        (box.ribbon.between, box.hatch_y, HATCH, (box.ribbon.between_label,))
        for box in board.page.ribbons
        if box.ribbon.between
    ]


def ribbon_points(board: Board) -> list[tuple[str, Point]]:
    """Return the symbol of each assessment and of what is stated; a line has one that is not seen, for its hover."""
    return [_point(board, stage, x) for box in board.page.ribbons for stage in box.stages for x in stage.xs]


def _point(board: Board, box: StageBox, place: float) -> tuple[str, Point]:
    stage, ink = box.stage, board.theme.ink
    zone, x = board.at(place)
    hover, size = board.hover(stage.hover), round(half_of(stage.kind) * _SIZE, 1)
    if stage.kind == "unknown":
        # Nothing of the hatch shows at an assessment, be it one that tells nothing.
        paper = board.theme.paper
        return zone, Point(x, box.y, "square", paper, paper, hover, stage.row, size)
    if stage.kind == "stated":
        symbol, fill = symbols.EVENTS[stage.shape][1], ink if stage.x is not None else board.theme.paper
        return zone, Point(x, box.y, symbol, fill, ink, hover, stage.row, size)
    fill = ink if stage.kind == "known" and stage.x is not None else board.theme.paper
    symbol = symbols.STATUSES[stage.shape][1] + ("-dot" if stage.kind == "judged" else "")
    return zone, Point(x, box.y, symbol, fill, ink, hover, stage.row, size)


def ribbon_shapes(board: Board) -> list[dict[str, Any]]:
    """Return the frames, the lines of what cannot be assessed, and the intervals of values."""
    shapes: list[dict[str, Any]] = []
    for box in board.page.ribbons:
        frame = {"type": "rect", "xref": "paper", "yref": "y", "x0": 0, "x1": 1, "layer": "below"}
        shapes.append(
            frame
            | {
                "y0": round(box.y, 2),
                "y1": round(box.y + box.height, 2),
                "line": {"width": 0.8, "color": board.theme.frame, "dash": "solid"},
            }
        )
        for stage in box.stages:
            if stage.stage.x is None:
                shapes.append(across(board, stage.x0, stage.x1, stage.y, board.theme.muted, 1.2))
            if stage.stage.kind == "unknown":
                half = half_of("unknown")
                dots = [across(board, x - half, x + half, stage.y, board.theme.ink, 2.4, "dot") for x in stage.xs]
                shapes += dots
    return shapes


def ribbon_annotations(board: Board) -> list[dict[str, Any]]:
    """Return the names of the rules, and the words and signs of the assessments."""
    return [note for box in board.page.ribbons for note in _notes(board, box)]


def _notes(board: Board, box: RibbonBox) -> list[dict[str, Any]]:
    theme = board.theme
    notes = [board.gutter(box.y + 0.3, board.naming((), box.label), theme.muted, 12) | {"yanchor": "top"}]
    for stage in box.stages:
        if stage.stage.kind == "possible":
            y = stage.y + (0.35 if stage.stage.shape == "triangle" else 0.0)
            centred: dict[str, object] = {"xanchor": "center"}
            notes += [board.note(x, y, "<b>?</b>", theme.ink, anchor_mm=x, more=centred) for x in stage.xs]
        if stage.sign_x is not None:
            wide = width(DIFFERS, t.SMALL_BOLD)
            notes.append(board.beside(stage.sign_x, wide, stage.y, f"<b>{DIFFERS}</b>", theme.ink, stage.xs[-1]))
        if stage.text:
            words, y = board.text(stage.text), stage.text_y - 0.9
            wide = width(stage.text, t.SMALL)
            notes.append(board.beside(stage.text_x, wide, y, words, theme.muted, _anchor(stage)))
    return notes


def _anchor(stage: StageBox) -> float:
    """Return the place that the words of an assessment stay beside on zoom."""
    if stage.text_x > stage.x1:
        return stage.x1
    return stage.x0 if stage.text_x + width(stage.text, t.SMALL) < stage.x0 else stage.xs[0]
