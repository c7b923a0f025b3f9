"""Draws the events: marks on the rail, states above it, labels below it."""

from __future__ import annotations

from contextlib import nullcontext

from casecurves.figure import symbols
from casecurves.figure import theme as t
from casecurves.figure.layout import Layout
from casecurves.figure.layout.areas import Area
from casecurves.figure.layout.blocks import ICON, LIFT, row_y
from casecurves.figure.layout.rail import BAND_HEIGHT, STATE, BandBox, Cluster
from casecurves.figure.spec import Mark
from casecurves.figure.svg.pen import Pen, n
from casecurves.figure.text import MM_PER_PT, width
from casecurves.words import say

_R = 1.15


def draw_rail(pen: Pen, page: Layout) -> None:
    """Draw the rail of events."""
    rail = page.rail
    for band in rail.bands:
        with pen.group(band.bar.row, "band", band.bar.hover):
            _band(pen, band, page.frame.plot0)
    if not rail.clusters:
        return
    frame = page.frame
    pen.text(frame.gutter, rail.line_y + 1.0, say("rail.events", page.spec.lang), t.LABEL, pen.theme.ink, "end")
    with pen.behind_words():
        pen.line(frame.plot0, rail.line_y, frame.plot1, rail.line_y, pen.theme.frame, width=0.35)
        for cluster in (cluster for cluster in rail.clusters if not cluster.alone):
            pen.line(
                cluster.leader,
                rail.line_y - cluster.lift * LIFT,
                cluster.leader,
                cluster.block_y + cluster.block_h - 0.5,
                pen.theme.muted,
                width=0.16,
            )
    for cluster in rail.clusters:
        _cluster(pen, page, cluster)


def plates(page: Layout) -> list[Area]:
    """Return what the words of events and states cover."""
    blocks = [
        (c.block_x - 0.2, c.block_y, c.block_x + c.block_w + 0.2, c.block_y + c.block_h)
        for c in page.rail.clusters
        if c.block_h
    ]
    return [*blocks, *(plate for band in page.rail.bands for plate in _band_plates(band))]


def _band_plates(band: BandBox) -> list[Area]:
    tops = [band.y + 0.35 + number * BAND_HEIGHT for number in range(len(band.lines))]
    widths = [width(line, t.SMALL) for line in band.lines]
    x = band.label_x - 0.3
    return [(x, top, x + size + 0.6, top + STATE - 0.7) for top, size in zip(tops, widths, strict=True)]


def _band(pen: Pen, band: BandBox, least: float) -> None:
    with pen.behind_words():
        _state(pen, band)
        if band.bar.found:
            pen.found(band.begun, band.y, STATE, least, pen.theme.muted)
    base = band.y + STATE / 2 + 7 * MM_PER_PT * 0.36
    _band_end(pen, band, base, STATE)
    for number, (line, (x0, y0, x1, y1)) in enumerate(zip(band.lines, _band_plates(band), strict=True)):
        pen.plate(x0, y0, x1 - x0, y1 - y0)
        pen.text(band.label_x, base + number * BAND_HEIGHT, line, t.SMALL, pen.theme.ink)


def _state(pen: Pen, band: BandBox) -> None:
    h = STATE
    colour = pen.theme.muted
    pen.rect(band.x0, band.y, band.x1 - band.x0, h, "none", colour, width=0.22, dash="0.9 0.7", radius=0.6)
    if band.c0 is not None and band.c1 is not None:
        if band.bar.hatched:
            pen.hatch(band.c0, band.y, band.c1 - band.c0, h, pen.theme.frame, gap=2.2, width=0.16)
        pen.rect(
            band.c0,
            band.y,
            band.c1 - band.c0,
            h,
            "none" if band.bar.hatched else pen.theme.band,
            colour,
            width=0.22,
            radius=0.6,
        )


def _band_end(pen: Pen, band: BandBox, base: float, h: float) -> None:
    """Draw how a state ended: a cap, an arrow, or a question mark."""
    colour = pen.theme.muted
    if band.bar.end == "ended":
        pen.line(band.x1, band.y - 0.4, band.x1, band.y + h + 0.4, colour, width=0.5)
    elif band.bar.end == "ongoing":
        tip = band.y + h / 2
        pen.path(f"M{n(band.x1)},{n(tip - 1.2)}L{n(band.x1 + 1.5)},{n(tip)}L{n(band.x1)},{n(tip + 1.2)}Z", colour)
    elif band.unsure:
        pen.text(band.x1 - 0.7, base, "?", t.SMALL_BOLD, colour, "end")


def _cluster(pen: Pen, page: Layout, cluster: Cluster) -> None:
    rail_y, first = page.rail.line_y, cluster.marks[0]
    y = row_y(rail_y, cluster.subrow) if first.certainty == "interval" else rail_y - cluster.lift * LIFT
    place = (cluster.x0, cluster.x1), (cluster.x, cluster.sign)
    _time(pen, first, *place, y, page.frame.plot0, _ink(pen, disputed=cluster.disputed))
    if cluster.x is not None:
        _signs(pen, cluster, y)
    if not cluster.block_h:
        return
    pen.plate(cluster.block_x - 0.2, cluster.block_y, cluster.block_w + 0.4, cluster.block_h)
    for item in cluster.items:
        with pen.group(item.mark.row, "event", item.mark.hover):
            x, y = cluster.block_x + item.dx, cluster.block_y + item.dy
            if item.icon:
                pen.symbol(symbols.EVENTS[item.mark.symbol][0], x + 1.2, y - 0.9, 0.95, *fill_of(pen, item.mark))
            # The pale ink of what is disputed is for its symbol: too pale to be read.
            words = pen.theme.muted if item.mark.disputed else pen.theme.ink
            end = cluster.end_of(item)
            if end is None:
                pen.text(x + (ICON if item.icon else 0.0), y, item.text, t.SMALL, words)
            else:
                pen.text(end, y, item.text, t.SMALL, words, "end")


def _signs(pen: Pen, cluster: Cluster, y: float) -> None:
    """Draw the symbols of a place from its lowest up; what has no words to tell what it is, its symbol tells."""
    worded = {item.mark.row for item in cluster.items}
    drawn = set()
    for mark, step in zip(cluster.marks, cluster.steps, strict=True):
        if step in drawn:
            continue
        drawn.add(step)
        with nullcontext() if mark.row in worded else pen.group(mark.row, "event", mark.hover):
            pen.symbol(symbols.EVENTS[mark.symbol][0], cluster.sign, y - step * LIFT, _R, *fill_of(pen, mark))


def draw_event(
    pen: Pen, mark: Mark, ends: tuple[float, float], at: tuple[float | None, float], y: float, least: float
) -> None:
    """Draw an event without its words, nothing left of ``least``: its symbol and how well its time is known.

    ``at`` is where it was, and where its symbol stands.
    """
    _time(pen, mark, ends, at, y, least, _ink(pen, disputed=mark.disputed))
    if at[0] is not None:
        pen.symbol(symbols.EVENTS[mark.symbol][0], at[1], y, _R, *fill_of(pen, mark))


def _time(
    pen: Pen, mark: Mark, ends: tuple[float, float], at: tuple[float | None, float], y: float, least: float, ink: str
) -> None:
    """Draw how well the time of an event is known."""
    x, sign = at
    if mark.certainty == "interval":
        _interval(pen, mark, ends, y, ink)
    elif mark.certainty == "about":
        pen.line(ends[0], y, ends[1], y, ink, width=0.45)
        for end in ends:
            pen.line(end, y - 0.7, end, y + 0.7, ink, width=0.3)
    elif mark.certainty == "soon" and x is not None:
        pen.line(x, y, sign, y, ink, width=0.5)
    elif mark.certainty == "found" and x is not None:
        pen.tail(x, y, least, ink)


def _interval(pen: Pen, mark: Mark, ends: tuple[float, float], y: float, ink: str) -> None:
    pen.line(ends[0], y, ends[1], y, ink, width=0.35)
    for x, is_open, side in ((ends[0], mark.place[0].open0, -1), (ends[1], mark.place[-1].open1, 1)):
        if is_open:
            pen.path(
                f"M{x - side * 1.0:.3f},{y - 0.6:.3f}L{x:.3f},{y:.3f}L{x - side * 1.0:.3f},{y + 0.6:.3f}",
                stroke=ink,
                width=0.35,
            )
        else:
            pen.line(x, y - 0.7, x, y + 0.7, ink, width=0.35)


def _ink(pen: Pen, *, disputed: bool) -> str:
    return pen.theme.tint if disputed else pen.theme.ink


def fill_of(pen: Pen, mark: Mark) -> tuple[str, str]:
    """Return fill and stroke of the symbol of an event: filled when its time is exact, hollow otherwise."""
    ink = _ink(pen, disputed=mark.disputed)
    return (ink if mark.certainty == "exact" else pen.hollow), ink
