"""Draws the therapy lanes and the chips."""

from __future__ import annotations

from casecurves.figure import symbols
from casecurves.figure import theme as t
from casecurves.figure.layout import Layout
from casecurves.figure.layout.lanes import DOSE_HEIGHT, DOSE_RISE, BarBox, DoseBox, LaneBox, TrackBox, brackets
from casecurves.figure.layout.swim import EventBox
from casecurves.figure.svg.pen import Pen, n
from casecurves.figure.svg.rail import draw_event, fill_of
from casecurves.figure.text import MM_PER_PT, width, wrap

_DASH = "0.9 0.7"
# A possible stretch narrower than a question mark and this much is drawn without one.
_ROOM = 1.8


def draw_lanes(pen: Pen, page: Layout) -> None:
    """Draw every lane with its name, bars, doses and administrations, then the regimen brackets and the chips."""
    for lane in page.lanes:
        colour = pen.theme.ink if lane.lane.patient else pen.theme.drug(lane.lane.drug_class)
        _name(pen, page, lane, colour)
        if lane.lane.patient:
            pen.line(page.frame.left, lane.y, page.frame.plot1, lane.y, pen.theme.grid, width=0.18)
        for track in lane.tracks:
            _track(pen, track, colour, page.frame.plot0)
            for number, line in enumerate(track.names):
                y = track.middle + 0.9 + number * t.SMALL.height
                pen.text(page.frame.gutter, y, line, t.SMALL, colour, "end")
    _brackets(pen, page)
    _chips(pen, page)


def _name(pen: Pen, page: Layout, lane: LaneBox, colour: str) -> None:
    right = page.frame.gutter
    y = lane.y + 0.3
    for line in lane.label:
        y += t.LABEL.height
        pen.text(right, y - 0.7, line, t.LABEL, colour, "end")
    for line in lane.sublabel:
        y += t.SMALL.height
        pen.text(right, y - 0.7, line, t.SMALL, pen.theme.muted, "end")


def _track(pen: Pen, track: TrackBox, colour: str, least: float) -> None:
    for box in track.bars:
        with pen.group(box.bar.row, "bar", box.bar.hover):
            own = pen.theme.drug(box.bar.drug_class) if box.bar.drug_class else colour
            _bar(pen, box, track, pen.theme.tint if box.bar.disputed else own, least)
    for dose in track.doses:
        with pen.group(dose.mark.row, "dose", dose.mark.hover):
            _dose(pen, dose, track.bar_y, colour, least)
    for mark, x in track.ticks:
        with pen.group(mark.row, "tick", mark.hover):
            pen.rect(
                x - 0.35,
                track.bar_y - 0.7,
                0.7,
                track.height + 1.4,
                colour,
                "" if pen.cut_out else pen.theme.paper,
                width=0.15,
            )
    for event in track.events:
        with pen.group(event.mark.row, "event", event.mark.hover):
            _event(pen, event, track.event_y(event), least)


def _event(pen: Pen, box: EventBox, y: float, least: float) -> None:
    draw_event(pen, box.mark, (box.x0, box.x1), (box.x, box.sign), y, least)
    if box.x is None:
        pen.symbol(symbols.EVENTS[box.mark.symbol][0], box.sign, y, 1.0, *fill_of(pen, box.mark))


def _bar(pen: Pen, box: BarBox, track: TrackBox, colour: str, least: float) -> None:
    y, h = track.bar_y, track.height
    open_end = box.bar.end not in {"ongoing", "cut"}
    if box.c0 is None or box.c1 is None:
        if box.bar.hatched:
            # The first administration lies here; whether there was one later on is not known.
            pen.hatch(box.x0, y, min(box.begun, box.x1) - box.x0, h, colour, gap=2.0, width=0.16)
        begin = box.x1 - box.x0 > 12 and not box.bar.found
        ends = {"mark_left": begin, "mark_right": open_end}
        _possible(pen, box.x0, box.x1, track, colour, **ends, hatched=box.bar.hatched)
    else:
        if box.c0 - box.x0 > 0.4 and box.bar.soon:
            pen.rect(box.x0, y, box.c0 - box.x0, h, colour, opacity=0.4)
            pen.rect(box.x0, y, box.c0 - box.x0, h, "none", colour, width=0.25, dash=_DASH)
        elif box.c0 - box.x0 > 0.4:
            _possible(pen, box.x0, box.c0, track, colour, mark_right=False, mark_left=not box.bar.found)
        if box.x1 - box.c1 > 0.4:
            _possible(pen, box.c1, box.x1, track, colour, mark_left=False, mark_right=open_end)
        if box.bar.hatched:
            pen.hatch(box.c0, y, box.c1 - box.c0, h, colour)
            pen.rect(box.c0, y, box.c1 - box.c0, h, "none", colour, width=0.3)
        else:
            pen.rect(box.c0, y, box.c1 - box.c0, h, colour)
            if box.bar.basis == "illustrative":
                pen.rect(
                    box.c0 + 0.35,
                    y + 0.35,
                    box.c1 - box.c0 - 0.7,
                    h - 0.7,
                    "none",
                    pen.theme.on_bar,
                    width=0.18,
                    dash="0.7 0.5",
                )
    if box.bar.found:
        pen.found(box.begun, y, h, least, colour)
    _end(pen, box, track, colour)
    _bar_label(pen, box, track, colour)
    if box.bar.disputed:
        pen.line(box.x0, y + h / 2, box.x1, y + h / 2, pen.theme.ink, width=0.3)


def _possible(
    pen: Pen,
    x0: float,
    x1: float,
    track: TrackBox,
    colour: str,
    *,
    mark_left: bool = False,
    mark_right: bool = True,
    hatched: bool = False,
) -> None:
    """Draw a possible stretch: hollow, dashed, with a question mark at its far ends."""
    pen.rect(x0, track.bar_y, x1 - x0, track.height, "none", colour, width=0.25, dash=_DASH)
    size = width("?", t.SMALL_BOLD)
    base = track.middle + 7 * MM_PER_PT * 0.36
    if mark_left and x1 - x0 > size + _ROOM:
        if hatched:
            pen.plate(x0 + 0.3, track.bar_y + 0.3, size + 0.8, track.height - 0.6)
        pen.text(x0 + 0.7, base, "?", t.SMALL_BOLD, colour)
    if mark_right and x1 - x0 > size + _ROOM:
        pen.text(x1 - 0.7, base, "?", t.SMALL_BOLD, colour, "end")


def _end(pen: Pen, box: BarBox, track: TrackBox, colour: str) -> None:
    y, h = track.bar_y, track.height
    edge = box.x1 if box.c1 is None or box.x1 - box.c1 > 0.4 else box.c1
    if box.bar.end == "ongoing":
        pen.path(f"M{n(edge)},{n(y - 0.5)}L{n(edge + 1.9)},{n(y + h / 2)}L{n(edge)},{n(y + h + 0.5)}Z", colour)
    elif box.bar.end == "ended":
        pen.line(edge, y - 0.6, edge, y + h + 0.6, colour, width=0.5)


def _bar_label(pen: Pen, box: BarBox, track: TrackBox, colour: str) -> None:
    if box.where == "gutter":
        return
    base = track.middle + 7 * MM_PER_PT * 0.36
    inside = box.where == "inside" and not box.bar.hatched
    # The pale ink of what is disputed is for its bar: too pale to be read.
    ink = pen.theme.on_bar if inside else pen.theme.muted if box.bar.disputed else colour
    size = width(box.label, t.SMALL_BOLD)
    total = size + (width(box.remark, t.SMALL_ITALIC) + 1.2 if box.remark else 0.0)
    if box.bar.hatched or box.where == "possible":
        pen.plate(box.label_x - 0.5, track.bar_y + 0.3, total + 1.0, track.height - 0.6)
    pen.text(box.label_x, base, box.label, t.SMALL_BOLD, ink)
    pen.text(box.label_x + (size + 1.2 if box.label else 0.0), base, box.remark, t.SMALL_ITALIC, ink)


def _dose(pen: Pen, box: DoseBox, bar_y: float, colour: str, least: float) -> None:
    y = bar_y - DOSE_RISE - box.level * DOSE_HEIGHT
    if box.mark.certainty == "found":
        pen.tail(box.x1, y, least, colour)
    if box.mark.certainty in {"about", "interval", "soon"}:
        pen.line(box.x0, y, box.x1, y, colour, width=0.3)
        for x in (box.x0, box.x1):
            pen.line(x, y - 0.6, x, y + 0.6, colour, width=0.3)
    if box.x is not None:
        fill = colour if box.mark.certainty == "exact" else pen.hollow
        pen.symbol(symbols.DOSE, box.x, y, 0.95, fill, colour)
    pen.text(box.label_x, y + 0.9, box.label, t.SMALL_BOLD, pen.theme.ink)


def _brackets(pen: Pen, page: Layout) -> None:
    for x0, y0, x1, y1 in brackets(page.lanes, page.frame):
        pen.path(f"M{n(x1)},{n(y0)}H{n(x0)}V{n(y1)}H{n(x1)}", stroke=pen.theme.ink, width=0.3)


def _chips(pen: Pen, page: Layout) -> None:
    if not page.chips:
        return
    for index, line in enumerate(wrap(page.spec.chips[0].label, page.frame.gutter - page.frame.left, t.SMALL)):
        pen.text(page.frame.gutter, page.chips_y + 3.2 + index * t.SMALL.height, line, t.SMALL, pen.theme.muted, "end")
    for box in page.chips:
        colour = pen.theme.drug(box.chip.drug_class)
        with pen.group(box.chip.row, "chip", box.chip.hover):
            pen.pill(box.x, box.y, box.width, box.height, colour, width=0.25, dash=_DASH)
            for number, line in enumerate(box.lines):
                pen.text(box.x + 1.6, box.y + 2.85 + number * t.SMALL_BOLD.height, line, t.SMALL_BOLD, colour)
