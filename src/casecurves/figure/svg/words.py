"""Draws the words round the picture, the axis and the legend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casecurves.figure import symbols
from casecurves.figure import theme as t
from casecurves.figure.compile.charts import CHART_KINDS
from casecurves.figure.layout import MARGIN, Layout
from casecurves.figure.layout.ribbons import DIFFERS
from casecurves.figure.layout.words import LEGEND_ICON, LEGEND_LINE, LegendBox, icon_width, thinned
from casecurves.figure.svg.charts import draw_chart_icon
from casecurves.figure.svg.folds import draw_folds, slashes
from casecurves.figure.svg.pen import Pen, n
from casecurves.figure.svg.ribbons import draw_status
from casecurves.figure.text import MM_PER_PT, width

# Where the bar of what began before begins in its sample.
_FOUND = 3.2
# Kinds that are a sign after words.
_SIGNS = {"flag": "≠1", "derived": "*", "converted": "‡", "disputed_words": "(?)"}
# Two labels of an axis in different zones are so far apart.
_APART = 0.7
# The number of a step is moved so far at most, and still stands under its own line; that of the last one, which words
# cite, further, and its line leads to it.
_ASIDE, _LAST_ASIDE = 1.0, 2.0
# How much of a course whose end is not known is certain, in its sample.
_ON = 2.4
_QUIET = {"subtitle", "note", "discrepancy", "source", "disclaimer"}


def draw_words(pen: Pen, page: Layout) -> None:
    """Draw banner, title, boxes, notes and legend."""
    words = page.words
    if words.banner:
        pen.rect(0, 0, page.frame.width, words.banner + 1.0, pen.theme.warning)
    for rule in words.rules:
        pen.line(MARGIN, rule - 0.4, page.frame.width - MARGIN, rule - 0.4, pen.theme.grid, width=0.2)
    for line in (*words.above, *words.below):
        pen.text(line.x, line.y, line.text, line.style, _ink(pen, line.role))
    for line in page.letters:
        pen.text(line.x, line.y, line.text, line.style)
    for item in words.legend:
        _legend_item(pen, item)


def _ink(pen: Pen, role: str) -> str:
    return pen.theme.muted if role in _QUIET else pen.theme.warning_ink if role == "banner" else pen.theme.ink


def draw_paper(pen: Pen, page: Layout) -> None:
    """Draw the paper."""
    pen.rect(0, 0, page.frame.width, page.height, pen.theme.paper)


def draw_ground(pen: Pen, page: Layout) -> None:
    """Draw what lies under everything but the paper: zones, grid, ranges, day zero, the end of follow-up."""
    frame = page.frame
    top, bottom = page.plot_top, page.axis_y
    for zone in page.spec.axis.zones:
        _, _, x0, x1 = frame.zones[zone.name]
        if zone.name != "main":
            pen.rect(x0, top, x1 - x0, bottom - top, pen.theme.zone)
            pen.hatch(x0, top, x1 - x0, bottom - top, pen.theme.zone_line, gap=3.0, width=0.15)
        for tick in zone.ticks:
            x = frame.x(zone.name, tick.x)
            pen.line(
                x,
                top,
                x,
                bottom,
                pen.theme.frame if zone.name != "main" else pen.theme.grid,
                width=0.18,
                dash="0.5 0.9" if zone.name != "main" else "",
            )
    _states(pen, page)
    for band in (band for box in page.panels for band in box.bands):
        pen.rect(band.x0, band.top, band.x1 - band.x0, band.bottom - band.top, pen.theme.band)
    draw_folds(pen, page)
    for line in page.zone_lines:
        pen.text(line.x, line.y, line.text, line.style, pen.theme.muted)
    _bounds(pen, page, top, bottom)


def _states(pen: Pen, page: Layout) -> None:
    """Shade the states in which all else is to be read, where certain; outline where they may have lasted."""
    for band in page.rail.bands:
        if band.bar.across:
            height = page.axis_y - band.y
            pen.rect(band.x0, band.y, band.x1 - band.x0, height, "none", pen.theme.muted, width=0.15, dash="0.9 0.9")
            if band.c0 is not None and band.c1 is not None:
                pen.rect(band.c0, band.y, band.c1 - band.c0, height, pen.theme.frame, opacity=0.3)
    for mark in page.spec.rail.marks:
        if mark.from_here:
            x = page.frame.extent(mark.place)[1]
            dash = "" if mark.certainty == "exact" else "1.4 0.9"
            pen.line(x, page.plot_top, x, page.axis_y, pen.theme.muted, width=0.45, dash=dash)


def _bounds(pen: Pen, page: Layout, top: float, bottom: float) -> None:
    lo, hi, _, _ = page.frame.zones["main"]
    # Of dates, the first is no more a day zero than any other.
    if lo <= 0 <= hi and not page.spec.axis.calendar:
        x = page.frame.x("main", 0.0)
        pen.line_under_words(x, top, x, bottom, pen.theme.ink, width=0.3)
    end = page.spec.axis.last_follow_up
    if end is not None and lo <= end <= hi:
        x = page.frame.x("main", end)
        dash = "" if page.spec.axis.death else "1.4 0.9"
        pen.line_under_words(x, top, x, bottom, pen.theme.muted, width=0.3, dash=dash)


def draw_axis(pen: Pen, page: Layout) -> None:
    """Draw the tick labels, thinned so that none meets another, and the name of the axis."""
    frame = page.frame
    y = page.axis_y + t.SMALL.height
    pen.line(frame.plot0, page.axis_y, frame.plot1, page.axis_y, pen.theme.frame, width=0.25)
    for x, foot, centre, label in _tick_labels(page):
        pen.line(x, page.axis_y, foot, page.axis_y + 0.8, pen.theme.frame, width=0.25)
        pen.text(centre, y, label, t.SMALL, pen.theme.muted, "middle")
        if page.ticks_above:
            pen.text(centre, page.plot_top - 0.7, label, t.SMALL, pen.theme.muted, "middle")
    _, _, x0, x1 = frame.zones["main"]
    for number, line in enumerate(page.axis_label, start=1):
        half = width(line, t.SMALL) / 2
        centre = min(max((x0 + x1) / 2, MARGIN + half), frame.width - MARGIN - half)
        pen.text(centre, y + number * t.SMALL.height, line, t.SMALL, pen.theme.muted, "middle")


def _tick_labels(page: Layout) -> Iterator[tuple[float, float, float, str]]:
    """Yield each label of the axis that has room: its place, where its line ends, its middle and its words."""
    frame, taken = page.frame, list[tuple[float, float]]()
    # Of two labels that meet across zones, that of the scaled one stays.
    for zone in sorted(page.spec.axis.zones, key=lambda zone: zone.name != "main"):
        ticks = [(frame.x(zone.name, tick.x), tick.label) for tick in zone.ticks]
        # The last step has its place before the others.
        shown = thinned(ticks) if zone.name == "main" else thinned(ticks, to_last=True)[::-1]
        found = []
        for n_th, (x, label) in enumerate(shown):
            half = width(label, t.SMALL) / 2
            # A long label at the edge of the page stays on it.
            at = centre = min(x, frame.width - half - 0.5)
            if zone.name != "main":
                centre = _aside(at, half, taken, _ASIDE if n_th else _LAST_ASIDE)
            # The ground of two zones differs: nearer than within one, theirs are still told apart.
            if not _met(centre, half, taken):
                taken.append((centre - half, centre + half))
                found.append((x, x if abs(centre - at) <= max(half, _ASIDE) else centre, centre, label))
        yield from sorted(found)


def _met(centre: float, half: float, taken: Sequence[tuple[float, float]]) -> tuple[float, float] | None:
    """Return the words that a label there would meet."""
    return next((at for at in taken if centre - half < at[1] + _APART and at[0] < centre + half + _APART), None)


def _aside(centre: float, half: float, taken: Sequence[tuple[float, float]], most: float) -> float:
    """Return where the number of a step goes, so far aside of the scaled part or of another number at most."""
    met = _met(centre, half, taken)
    if met is None:
        return centre
    moved = met[0] - half - _APART if centre < (met[0] + met[1]) / 2 else met[1] + half + _APART
    return moved if abs(moved - centre) <= most else centre


def _legend_item(pen: Pen, box: LegendBox) -> None:
    room = icon_width(box.item.kind)
    draw_icon(pen, box.item.kind, box.x - (LEGEND_ICON - room) / 2, box.y - 0.9)
    for number, line in enumerate(box.lines):
        pen.text(box.x + room, box.y + number * LEGEND_LINE, line, t.SMALL, pen.theme.ink)


def draw_icon(pen: Pen, kind: str, x: float, y: float) -> None:
    """Draw the sample of one kind of mark, 5.4 mm wide, centred on ``y``."""
    ink, w = pen.theme.ink, 5.4
    centre = x + w / 2
    if kind.startswith("status."):
        _status_icon(pen, kind[7:], x, y, w)
    elif kind.startswith("drug."):
        pen.rect(x, y - 1.3, w, 2.6, pen.theme.drug(kind[5:]))
    elif kind.startswith("event."):
        pen.symbol(symbols.EVENTS[kind[6:]][0], centre, y, 1.1, ink, ink)
    elif kind in {
        "certain",
        "soon_bar",
        "found_bar",
        "possible",
        "hatched",
        "absence",
        "ended",
        "ongoing",
        "unknown_end",
        "illustrative",
    }:
        _bar_icon(pen, kind, x, y, w)
    elif kind in {
        "about",
        "interval",
        "open",
        "exact",
        "ranked",
        "soon",
        "found",
        "below",
        "above",
        "range",
        "digitised",
        "illustrative_value",
        "disputed",
    }:
        _value_icon(pen, kind, x, y, w)
    elif kind in CHART_KINDS:
        draw_chart_icon(pen, kind, x, y, w)
    elif kind in {"axis_band", "axis_threshold"}:
        _axis_icon(pen, kind, centre, y)
    else:
        _other_icon(pen, kind, x, y, w)


def _status_icon(pen: Pen, name: str, x: float, y: float, w: float) -> None:
    centre = x + w / 2
    if name in symbols.STATUSES:
        draw_status(pen, "known", name, centre, y, 1.3)
    elif name == "between":
        pen.hatch(x, y - 0.7, w, 1.4, pen.theme.tint, gap=1.1, width=0.2)
    elif name == "spread":
        pen.line(x + 1.1, y, x + w - 1.1, y, pen.theme.muted, width=0.3)
        for end in (x + 1.1, x + w - 1.1):
            draw_status(pen, "known", "square", end, y, 1.1, exact=False)
    elif name == "differs":
        pen.text(centre, y + 0.9, DIFFERS, t.SMALL_BOLD, pen.theme.ink, "middle")
    else:
        shape = {"possible": "square", "judged": "square", "stated": "remission"}.get(name, "")
        draw_status(pen, name, shape, centre, y)


def _bar_icon(pen: Pen, kind: str, x: float, y: float, w: float) -> None:
    ink, h = pen.theme.ink, 2.6
    top = y - h / 2
    if kind == "soon_bar":
        pen.rect(x, top, w, h, ink, ink, width=0.25, dash="0.9 0.7", opacity=0.4)
    if kind == "found_bar":
        pen.rect(x + _FOUND, top, w - _FOUND, h, ink)
        pen.found(x + _FOUND, top, h, x, ink)
    if kind in {"certain", "ended", "ongoing", "illustrative"}:
        pen.rect(x, top, w - (1.4 if kind == "ongoing" else 0.0), h, ink)
    if kind == "illustrative":
        pen.rect(x + 0.35, top + 0.35, w - 0.7, h - 0.7, "none", pen.theme.on_bar, width=0.18, dash="0.7 0.5")
    if kind == "ended":
        pen.line(x + w, top - 0.5, x + w, top + h + 0.5, ink, width=0.5)
    if kind == "ongoing":
        pen.path(f"M{n(x + w - 1.4)},{n(top - 0.4)}L{n(x + w)},{n(y)}L{n(x + w - 1.4)},{n(top + h + 0.4)}Z", ink)
    if kind in {"possible", "unknown_end"}:
        pen.rect(x, top, w, h, "none", ink, width=0.25, dash="0.9 0.7")
        if kind == "unknown_end":
            pen.rect(x, top, _ON, h, ink)
        pen.text(x + w - 0.5, y + 7 * MM_PER_PT * 0.36, "?", t.SMALL_BOLD, ink, "end")
    if kind in {"hatched", "absence"}:
        line = ink if kind == "hatched" else pen.theme.muted
        pen.hatch(x, top, w, h, line if kind == "hatched" else pen.theme.frame, gap=1.4 if kind == "hatched" else 2.2)
        pen.rect(x, top, w, h, "none", line, width=0.3, radius=0.0 if kind == "hatched" else 0.6)


def _value_icon(pen: Pen, kind: str, x: float, y: float, w: float) -> None:
    # What began before, or came rapidly after, ends in its symbol: no gap before the words.
    ink, centre = pen.theme.curve, x + (w - 1.05 if kind in {"soon", "found"} else w / 2)
    if kind == "open":
        pen.line(x, y, x + w, y, ink, width=0.4)
        pen.path(f"M{n(x + 1.0)},{n(y - 0.6)}L{n(x)},{n(y)}L{n(x + 1.0)},{n(y + 0.6)}", stroke=ink, width=0.35)
        pen.line(x + w, y - 0.7, x + w, y + 0.7, ink, width=0.4)
    if kind in {"about", "interval"}:
        pen.line(x, y, x + w, y, ink, width=0.4)
        for at in (x, x + w):
            pen.line(at, y - 0.7, at, y + 0.7, ink, width=0.4)
    if kind == "soon":
        pen.line(x, y, centre, y, ink, width=0.5)
    if kind == "found":
        pen.line(x, y, centre, y, ink, width=0.5, dash="0.6 0.5")
    if kind == "range":
        pen.path(
            f"M{n(centre - 0.8)},{n(y - 1.3)}h1.6M{n(centre)},{n(y - 1.3)}v2.6M{n(centre - 0.8)},{n(y + 1.3)}h1.6",
            stroke=ink,
            width=0.45,
        )
    elif kind not in {"interval", "open"}:
        shape = {"below": symbols.BELOW, "above": symbols.ABOVE}.get(kind, symbols.DOT)
        pale = {"digitised", "illustrative_value", "disputed"}
        fill = pen.theme.tint if kind in pale else ink if kind == "exact" else pen.hollow
        pen.symbol(shape, centre, y, 1.05, fill, pen.theme.tint if kind == "disputed" else ink, width=0.35)
    if kind == "digitised":
        pen.line(centre, y - 1.6, centre, y + 1.6, ink, width=0.25)
    if kind == "disputed":
        pen.path(f"M{n(centre - 1.4)},{n(y + 1.4)}L{n(centre + 1.4)},{n(y - 1.4)}", stroke=ink, width=0.3)


def _other_icon(pen: Pen, kind: str, x: float, y: float, w: float) -> None:
    ink, centre = pen.theme.ink, x + w / 2
    if kind == "dose":
        pen.symbol(symbols.DOSE, centre, y, 1.0, ink, ink)
    elif kind == "tick":
        pen.rect(centre - 0.35, y - 1.6, 0.7, 3.2, ink)
    elif kind == "trend":
        pen.symbol(symbols.trend_path("falls"), centre, y, 1.3, "none", ink, width=0.45)
    elif kind in {"category", "chip", "pulse"}:
        pen.rect(x, y - 1.4, w, 2.8, "none", ink, width=0.28, dash="0.9 0.7" if kind == "chip" else "", radius=1.4)
    elif kind in {"line", "line_dashed", "threshold", "follow_up", "death", "after"}:
        _rule_icon(pen, kind, x, y, w)
    elif kind == "break":
        for start, end in ((x, centre - 0.9), (centre + 0.9, x + w)):
            pen.line(start, y, end, y, ink, width=0.35)
        slashes(pen, centre, y, 1.6, ink)
    elif kind in _SIGNS:
        pen.text(centre, y + 0.9, _SIGNS[kind], t.SMALL_BOLD, ink, "middle")
    elif kind == "regimen":
        pen.path(
            f"M{n(centre)},{n(y - 1.4)}H{n(centre - 0.9)}V{n(y + 1.4)}H{n(centre)}",
            stroke=ink,
            width=0.3,
        )
    else:
        _area_icon(pen, kind, x, y, w)


def _joined_icon(pen: Pen, x: float, y: float, w: float, dash: str) -> None:
    pen.line(x, y, x + w, y, pen.theme.ink, width=0.35, dash=dash)
    # With the values that it joins, or it would be like the dashes of a threshold.
    for end in (x + 0.6, x + w - 0.6):
        pen.symbol(symbols.DOT, end, y, 0.6, pen.theme.ink, pen.theme.ink)


def _rule_icon(pen: Pen, kind: str, x: float, y: float, w: float) -> None:
    dash = {"threshold": "1.6 0.9", "follow_up": "1.4 0.9"}.get(kind, "")
    if kind in {"line", "line_dashed"}:
        _joined_icon(pen, x, y, w, dash="1.2 0.8" if kind == "line_dashed" else "")
    elif kind == "threshold":
        pen.line(x, y, x + w, y, pen.theme.muted, width=0.35, dash=dash)
    else:
        pen.line(x + w / 2, y - 1.5, x + w / 2, y + 1.5, pen.theme.muted, width=0.35, dash=dash)


def _axis_icon(pen: Pen, kind: str, x: float, y: float) -> None:
    pen.line(x, y - 1.6, x, y + 1.6, pen.theme.ink, width=0.4)
    if kind == "axis_band":
        pen.rect(x, y - 1.0, 1.1, 2.0, pen.theme.frame, pen.theme.ink, width=0.15)
    else:
        pen.line(x, y, x + 1.4, y, pen.theme.ink, width=0.5)


def _area_icon(pen: Pen, kind: str, x: float, y: float, w: float) -> None:
    fill = {
        "band": pen.theme.band,
        "trend_span": pen.theme.band,
        "envelope": pen.theme.band,
        "order": pen.theme.zone,
        "step": pen.theme.frame,
        "unbounded": "none",
        "across": pen.theme.frame,
    }[kind]
    edge = pen.theme.tint if kind in {"unbounded", "envelope"} else pen.theme.frame
    dash = "0.8 0.6" if kind in {"envelope", "unbounded", "across", "trend_span"} else ""
    pen.rect(x, y - 1.3, w, 2.6, fill, edge, width=0.15, dash=dash, opacity=0.3 if kind == "across" else 1.0)
    if kind == "unbounded":
        pen.text(x + w / 2, y + 0.9, "?", t.SMALL_BOLD, pen.theme.muted, "middle")
    if kind == "order":
        pen.hatch(x, y - 1.3, w, 2.6, pen.theme.frame, width=0.15)
    if kind == "step":
        pen.line(x, y - 1.3, x + w, y - 1.3, pen.theme.curve, width=0.5)
