"""Draws the axes of an overlay, each in the look of its series."""

from __future__ import annotations

from casecurves.figure import symbols
from casecurves.figure import theme as t
from casecurves.figure.layout import Layout
from casecurves.figure.layout.overlay import BESIDE, SAMPLE, AxisBox, OverlayBox
from casecurves.figure.svg.pen import Pen
from casecurves.figure.text import width


def draw_axes(pen: Pen, page: Layout) -> None:
    """Draw the frame and the axes."""
    frame = page.frame
    for box in page.overlays:
        wide, high = frame.plot1 - frame.plot0, box.bottom - box.top
        pen.rect(frame.plot0, box.top, wide, high, "none", pen.theme.frame, width=0.2)
        for line in box.heading:
            pen.text(line.x, line.y, line.text, line.style)
        for axis in box.axes:
            _axis(pen, box, axis)


def _axis(pen: Pen, box: OverlayBox, axis: AxisBox) -> None:
    own, x, sample = pen.theme.series(axis.series), axis.x, axis.sample
    colour = pen.theme.muted if axis.tied else own
    sample_y = axis.name_y - 0.9
    if not axis.tied:
        # From the name down to the axis.
        pen.line(x, sample_y, x, box.top, colour, width=0.2)
        pen.line(x, sample_y, x + 0.8, sample_y, colour, width=0.2)
    pen.line(x, box.top, x, box.bottom, colour, width=0.4)
    pen.line(sample + 0.8, sample_y, sample + SAMPLE, sample_y, own, width=0.45, dash=symbols.dashes(axis.series)[0])
    pen.symbol(symbols.series(axis.series)[0], sample + 0.4 + SAMPLE / 2, sample_y, 1.1, own, own)
    for line in axis.names:
        # Day zero and the end of follow-up pass behind the names.
        size = width(line.text, line.style)
        pen.plate(line.x - 0.4, line.y - 2.3, size + 0.8, line.style.height)
        pen.text(line.x, line.y, line.text, line.style, own if line.role == "series" else pen.theme.muted)
    if axis.bar:
        pen.rect(x, axis.bar[0], BESIDE, axis.bar[1] - axis.bar[0], pen.theme.pale(axis.series), colour, width=0.15)
    for y in axis.limits:
        pen.line(x, y, x + BESIDE + 0.3, y, colour, width=0.5)
    for y, label in axis.ticks:
        pen.line(x - 0.6, y, x, y, colour, width=0.2)
        pen.text(x - 0.9, y + 0.9, label, t.SMALL, colour, "end")
