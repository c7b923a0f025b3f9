"""Draws the biomarker and dose panels."""

from __future__ import annotations

from collections.abc import Sequence

from casecurves.figure import symbols
from casecurves.figure import theme as t
from casecurves.figure.layout import Frame, Layout
from casecurves.figure.layout.marks import MarkBox
from casecurves.figure.layout.panels import PanelBox
from casecurves.figure.layout.strip import PILL
from casecurves.figure.spec import Mark
from casecurves.figure.svg.folds import cover
from casecurves.figure.svg.overlay import draw_axes
from casecurves.figure.svg.pen import Pen, n

_R = 1.05


def draw_panels(pen: Pen, page: Layout) -> None:
    """Draw every panel: grid, thresholds, envelope, lines, marks, labels; those of an overlay on its axes."""
    draw_axes(pen, page)
    for box in page.panels:
        if box.series is None:
            _scale(pen, page.frame, box)
        _doses(pen, page.frame, box)
        for line in box.panel.lines:
            points = [(page.frame.x("main", x), box.at(y)) for x, y in zip(line.x, line.y, strict=True)]
            _curve(pen, box, points, reported=line.basis == "reported")
        cover(pen, page, box)
    # In an overlay no curve runs over the symbols of another.
    for box in page.panels:
        _marks(pen, box)
        for label, style in box.annotations:
            pen.text(label.x, label.top + 2.15, label.text, style, pen.theme.muted)
        if box.series is None:
            _frame(pen, page.frame, box)


def _curve(pen: Pen, box: PanelBox, points: Sequence[tuple[float, float]], *, reported: bool) -> None:
    """Draw a joined line: dashed where it is not reported; in an overlay dashes tell the series, and that is pale."""
    if box.series is None:
        pen.curve(points, pen.theme.curve, width=0.35, dash="" if reported else "1.2 0.8", join=True)
        return
    colour = pen.theme.series(box.series) if reported else pen.theme.pale(box.series)
    pen.curve(points, colour, width=0.45, dash=symbols.dashes(box.series)[0])


def _scale(pen: Pen, frame: Frame, box: PanelBox) -> None:
    for y, label in box.ticks():
        pen.line(frame.plot0, y, frame.plot1, y, pen.theme.grid, width=0.15)
        pen.text(frame.plot0 - 0.8, y + 0.9, label, t.SMALL, pen.theme.muted, "end")
    for threshold in box.panel.thresholds:
        y = box.at(threshold.y)
        pen.line(frame.plot0, y, frame.plot1, y, pen.theme.muted, width=0.25, dash="1.6 0.9")


def _doses(pen: Pen, frame: Frame, box: PanelBox) -> None:
    for envelope in box.panel.envelopes:
        x0, x1 = frame.extent((envelope.span,))
        y0, y1 = box.top_of(envelope), box.at(envelope.low)
        if envelope.high is None:
            pen.rect(x0, y0, x1 - x0, y1 - y0, "none", pen.theme.tint, width=0.2, dash="0.8 0.6")
        else:
            pen.rect(x0, y0, x1 - x0, y1 - y0, pen.theme.band, pen.theme.tint, width=0.2, dash="0.8 0.6")
    for step in box.panel.steps:
        x0, x1 = frame.extent((step.span,))
        y = box.at(step.y)
        pen.rect(x0, y, x1 - x0, box.at(0.0) - y, pen.theme.frame, opacity=0.55)
        pen.line(x0, y, x1, y, pen.theme.curve, width=0.5)


def _marks(pen: Pen, box: PanelBox) -> None:
    for mark in box.marks:
        if mark.mark.shape == "trend" and mark.mark.certainty != "soon":
            pen.rect(
                mark.x0,
                mark.y - mark.room / 2 + 0.4,
                mark.x1 - mark.x0,
                mark.room - 0.8,
                pen.theme.band,
                pen.theme.frame,
                width=0.15,
                dash="0.8 0.6",
            )
    for mark in box.marks:
        with pen.group(mark.mark.row, "value", mark.mark.hover):
            if mark.mark.shape == "trend":
                pen.symbol(
                    symbols.trend_path(mark.mark.symbol),
                    mark.x or 0.0,
                    mark.y,
                    mark.glyph,
                    "none",
                    pen.theme.ink,
                    width=0.45,
                )
            elif mark.mark.y is None:
                _word(pen, mark, _ink(pen, box, mark.mark))
            else:
                _value(pen, box, mark)
            for label in (mark.label, *mark.more) if mark.label else ():
                # The pale ink of what is disputed is for its symbol: too pale to be read.
                ink = pen.theme.muted if mark.mark.disputed else _ink(pen, box, mark.mark)
                pen.text(label.x, label.top + 2.15, label.text, t.SMALL, ink)


def _ink(pen: Pen, box: PanelBox, mark: Mark) -> str:
    if mark.disputed:
        return pen.theme.tint
    return pen.theme.curve if box.series is None else pen.theme.series(box.series)


def _value(pen: Pen, box: PanelBox, mark: MarkBox) -> None:
    ink, y = _ink(pen, box, mark.mark), mark.y
    if mark.mark.certainty in {"about", "interval"}:
        _whisker(pen, mark, ink)
    elif mark.mark.certainty == "soon":
        pen.line(mark.x0, y, mark.x1, y, ink, width=0.5)
    elif mark.mark.certainty == "found":
        pen.tail(mark.x1, y, mark.x0, ink)
    if mark.mark.y2 is not None:
        at, y2 = mark.x if mark.x is not None else (mark.x0 + mark.x1) / 2, box.at(mark.mark.y2)
        d = f"M{n(at - 0.8)},{n(y)}H{n(at + 0.8)}M{n(at)},{n(y)}V{n(y2)}M{n(at - 0.8)},{n(y2)}H{n(at + 0.8)}"
        pen.path(d, stroke=ink, width=0.45)
        _strike(pen, mark, at, (y + y2) / 2)
    elif mark.x is not None:
        _symbol(pen, box, mark, mark.x, ink)
        _strike(pen, mark, mark.x, y)


def _symbol(pen: Pen, box: PanelBox, box_mark: MarkBox, x: float, ink: str) -> None:
    mark, y = box_mark.mark, box_mark.y
    if mark.error is not None and mark.y is not None:
        top, bottom = (
            box.at(min(mark.y + mark.error, box.panel.hi)),
            box.at(max(mark.y - mark.error, box.panel.lo)),
        )
        pen.line(x, top, x, bottom, ink, width=0.25)
    limit = {"below": symbols.BELOW, "above": symbols.ABOVE}.get(mark.shape)
    shape = limit or symbols.DOT
    hollow = mark.certainty != "exact" or limit is not None
    tint = pen.theme.tint
    if box.series is not None:
        shape, tint = symbols.series(box.series)[0], pen.theme.pale(box.series)
        if limit is not None:
            # The symbol tells the series, so that the sign of a limit stands beside it.
            side = symbols.BESIDE if mark.shape == "below" else -symbols.BESIDE
            pen.symbol(limit, x, y + side, symbols.SIGN, pen.hollow, ink, width=0.3)
    fill = pen.hollow if hollow else (ink if mark.basis == "reported" else tint)
    pen.symbol(shape, x, y, _R * box.dot, fill, ink, width=0.35 if box.dot == 1 else 0.2)


def _strike(pen: Pen, mark: MarkBox, x: float, y: float) -> None:
    if mark.mark.disputed:
        pen.path(f"M{n(x - 1.4)},{n(y + 1.4)}L{n(x + 1.4)},{n(y - 1.4)}", stroke=pen.theme.ink, width=0.3)


def _whisker(pen: Pen, mark: MarkBox, ink: str) -> None:
    y, place = mark.y, mark.mark.place
    pen.line(mark.x0, y, mark.x1, y, ink, width=0.4)
    for x, is_open, side in ((mark.x0, place[0].open0, -1), (mark.x1, place[-1].open1, 1)):
        if is_open:
            pen.path(
                f"M{n(x - side)},{n(y - 0.6)}L{n(x)},{n(y)}L{n(x - side)},{n(y + 0.6)}",
                stroke=ink,
                width=0.35,
            )
        else:
            pen.line(x, y - 0.7, x, y + 0.7, ink, width=0.4)


def _word(pen: Pen, mark: MarkBox, ink: str) -> None:
    """Draw a category: a pill at its time, or in the middle of its interval; it stands on one that it would hide."""
    left = (mark.x or 0.0) - mark.glyph
    if not mark.hides:
        _whisker(pen, mark, ink)
    pen.pill(left, mark.y - PILL, 2 * mark.glyph, 2 * PILL, ink, width=0.3)
    if mark.hides:
        # Its ends reach up to the edge, and not into the word.
        _whisker(pen, mark._replace(y=mark.y + PILL + 0.5), ink)
    if mark.stem:
        x, top, bottom = mark.stem
        pen.line(x, top, x, bottom, ink, width=0.4)


def _frame(pen: Pen, frame: Frame, box: PanelBox) -> None:
    pen.rect(frame.plot0, box.y, frame.plot1 - frame.plot0, box.height, "none", pen.theme.frame, width=0.2)
    y = box.y + 0.2
    ink = pen.theme.drug(box.panel.drug_class) if box.panel.drug_class else pen.theme.ink
    for line in box.label:
        y += t.LABEL.height
        pen.text(frame.gutter, y - 0.7, line, t.LABEL, ink, "end")
    for index, line in enumerate((*box.sublabel, *box.spilled)):
        y += t.SMALL.height
        style = t.SMALL if index < len(box.sublabel) else t.SMALL_ITALIC
        pen.text(frame.gutter, y - 0.7, line, style, pen.theme.muted, "end")
