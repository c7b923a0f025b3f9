"""Draws the folded stretches of the axis, and the signs on what runs through them."""

from __future__ import annotations

from casecurves.figure.layout import Fold, Layout
from casecurves.figure.layout.frame import SLASHES
from casecurves.figure.layout.panels import PanelBox
from casecurves.figure.svg.pen import Pen, n

_LEAN = 0.45
_OVER = 0.5


def draw_folds(pen: Pen, page: Layout) -> None:
    """Draw the folded stretches, under everything but the paper."""
    for fold in page.frame.folds:
        pen.rect(fold.x0, page.plot_top, fold.x1 - fold.x0, page.axis_y - page.plot_top, pen.theme.zone)
        for x in (fold.x0, fold.x1):
            pen.line(x, page.plot_top, x, page.axis_y, pen.theme.muted, width=0.15, dash="0.4 0.6")


def cover(pen: Pen, page: Layout, box: PanelBox) -> None:
    """Interrupt what a panel draws along the axis: no slope and no area of a fold is to scale."""
    for fold in page.frame.folds:
        pen.rect(fold.x0, box.y, fold.x1 - fold.x0, box.height, pen.theme.zone)
        for x in (fold.x0, fold.x1):
            pen.line(x, box.y, x, box.y + box.height, pen.theme.muted, width=0.15, dash="0.4 0.6")


def draw_cuts(pen: Pen, page: Layout) -> None:
    """Interrupt everything that runs through a fold, the axis included, with two slashes."""
    for cut in page.cuts:
        gap = cut.height / 2 + 0.1
        pen.rect(cut.fold.x0, cut.y - gap, cut.fold.x1 - cut.fold.x0, 2 * gap, pen.theme.zone)
        slashes(pen, cut.fold.middle, cut.y, cut.height, pen.theme.ink)
    for fold in page.frame.folds:
        _axis(pen, fold, page.axis_y)


def _axis(pen: Pen, fold: Fold, y: float) -> None:
    pen.rect(fold.x0, y - 0.2, fold.x1 - fold.x0, 0.4, pen.theme.zone)
    slashes(pen, fold.middle, y, 1.6, pen.theme.ink)


def slashes(pen: Pen, x: float, y: float, height: float, ink: str) -> None:
    """Draw the sign of a break around a place."""
    h = height / 2 + _OVER
    lean = _LEAN + height * 0.08
    marks = (f"M{n(at - lean)},{n(y + h)}L{n(at + lean)},{n(y - h)}" for at in (x - SLASHES / 2, x + SLASHES / 2))
    pen.path("".join(marks), stroke=ink, width=0.3)
