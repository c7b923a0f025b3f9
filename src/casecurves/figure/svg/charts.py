"""Draws the charts of groups and trials, and the samples of their marks."""

from __future__ import annotations

from casecurves.figure import theme as t
from casecurves.figure.layout import Layout
from casecurves.figure.layout.charts import Piece, Stroke, Tile
from casecurves.figure.layout.charts.pieces import hatching
from casecurves.figure.layout.charts.squares import FILLS, marked
from casecurves.figure.svg.pen import Pen


def draw_charts(pen: Pen, page: Layout) -> None:
    """Draw every chart."""
    for box in page.charts:
        for piece in box.pieces:
            if piece.row:
                with pen.group(piece.row, "chart", piece.hover):
                    _draw(pen, piece)
            else:
                _draw(pen, piece)


def _draw(pen: Pen, piece: Piece) -> None:
    for tile in piece.tiles:
        _tile(pen, tile)
    for stroke in piece.strokes:
        _stroke(pen, stroke)
    for text in piece.texts:
        pen.text(text.x, text.y, text.text, text.style, pen.theme.chart(text.ink), text.anchor)


def _tile(pen: Pen, tile: Tile) -> None:
    fill, edge = pen.theme.chart(tile.fill), pen.theme.chart(tile.edge)
    pen.rect(tile.x, tile.y, tile.w, tile.h, fill, edge, width=0.2, dash="0.7 0.5" if tile.dashed else "")


def _stroke(pen: Pen, stroke: Stroke) -> None:
    dash = "1.4 0.9" if stroke.dashed else ""
    pen.line(stroke.x0, stroke.y0, stroke.x1, stroke.y1, pen.theme.chart(stroke.ink), width=stroke.width, dash=dash)


def draw_chart_icon(pen: Pen, kind: str, x: float, y: float, w: float) -> None:
    """Draw the sample of a chart's mark in the middle of ``w``."""
    centre, half = x + w / 2, 1.3
    if kind.startswith("square_"):
        category = kind.removeprefix("square_")
        dashed = category == "not_reported"
        _tile(pen, Tile(centre - half, y - half, 2 * half, 2 * half, FILLS.get(category, "none"), "ink", dashed))
        for stroke in marked(category, centre - half, y - half, 2 * half):
            _stroke(pen, stroke)
    elif kind.startswith("percent"):
        _bar_icon(pen, kind, centre, y)
    elif kind == "estimate":
        _stroke(pen, Stroke(x, y, x + w, y, width=0.35))
        _tile(pen, Tile(centre - 0.9, y - 0.9, 1.8, 1.8, "full"))
    elif kind == "whisker":
        _stroke(pen, Stroke(x + 0.6, y, x + w - 0.6, y, width=0.35))
        for end in (x + 0.6, x + w - 0.6):
            _stroke(pen, Stroke(end, y - 0.9, end, y + 0.9, width=0.35))
    else:
        thick = kind == "limit"
        _stroke(pen, Stroke(centre, y - 1.6, centre, y + 1.6, width=0.5 if thick else 0.3, dashed=not thick))


def _bar_icon(pen: Pen, kind: str, centre: float, y: float) -> None:
    exact = {"percent": "full", "percent_control": "mid"}
    fill = exact.get(kind, "none")
    _tile(pen, Tile(centre - 1.6, y - 1.3, 3.2, 2.6, fill, "ink", kind == "percent_about"))  # type: ignore[arg-type]
    if kind == "percent_about":
        pen.text(centre, y + 0.9, "≈", t.SMALL_BOLD, pen.theme.ink, "middle")
    if kind == "percent_range":
        for stroke in hatching(centre - 1.6, y - 1.3, 3.2, 2.6, 0.9):
            _stroke(pen, stroke)
