"""Draws the status ribbons under their panels."""

from __future__ import annotations

from casecurves.figure import symbols
from casecurves.figure import theme as t
from casecurves.figure.layout import Layout
from casecurves.figure.layout.ribbons import DIFFERS, HATCH, RibbonBox, StageBox, half_of
from casecurves.figure.svg.pen import Pen


def draw_ribbons(pen: Pen, page: Layout) -> None:
    """Draw each ribbon: what lies between assessments, then these, then what the source states."""
    frame = page.frame
    for box in page.ribbons:
        for x0, x1 in box.between:
            pen.hatch(x0, box.hatch_y - HATCH / 2, x1 - x0, HATCH, pen.theme.tint, gap=1.1, width=0.2)
        for stage in box.stages:
            with pen.group(stage.stage.row, "status", stage.stage.hover):
                _stage(pen, stage)
        pen.rect(frame.plot0, box.y, frame.plot1 - frame.plot0, box.height, "none", pen.theme.frame, width=0.15)
        _name(pen, page, box)


def _name(pen: Pen, page: Layout, box: RibbonBox) -> None:
    for number, line in enumerate(box.label, start=1):
        pen.text(page.frame.gutter, box.y + number * t.SMALL.height - 0.5, line, t.SMALL, pen.theme.muted, "end")


def _stage(pen: Pen, box: StageBox) -> None:
    stage, ink = box.stage, pen.theme.ink
    if stage.x is None:
        pen.line(box.x0, box.y, box.x1, box.y, pen.theme.muted, width=0.3)
        for x in (box.x0, box.x1):
            pen.line(x, box.y - 0.7, x, box.y + 0.7, pen.theme.muted, width=0.3)
    for x in box.xs:
        draw_status(pen, stage.kind, stage.shape, x, box.y, exact=stage.x is not None)
    if box.sign_x is not None:
        pen.text(box.sign_x, box.y + 0.9, DIFFERS, t.SMALL_BOLD, ink)
    pen.text(box.text_x, box.text_y, box.text, t.SMALL, pen.theme.muted)


def draw_status(pen: Pen, kind: str, shape: str, x: float, y: float, half: float = 0.0, *, exact: bool = True) -> None:
    """Draw the symbol of a status: filled where known, with a dot where judged, with a question mark where possible.

    What cannot be told is a dotted line; what a source states is a small sign of its event. Nothing is filled whose
    time is not exact.
    """
    ink, half = pen.theme.ink, half or half_of(kind)
    if kind == "unknown":
        pen.plate(x - half, y - 0.5, 2 * half, 1.0)
        pen.line(x - half, y, x + half, y, ink, width=0.5, dash="0.4 0.3")
    elif kind == "stated":
        pen.symbol(symbols.EVENTS[shape][0], x, y, half, ink if exact else pen.hollow, ink, width=0.2)
    else:
        pen.symbol(
            symbols.STATUSES[shape][0], x, y, half, ink if kind == "known" and exact else pen.hollow, ink, width=0.3
        )
        if kind == "judged":
            pen.symbol(symbols.DOT, x, y + (0.35 if shape == "triangle" else 0.0), 0.3 * half, ink, ink, width=0.1)
        if kind == "possible":
            pen.text(x, y + (1.25 if shape == "triangle" else 0.9), "?", t.SMALL_BOLD, ink, "middle")
