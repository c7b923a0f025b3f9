"""A window on the scaled axis: what lies outside is left out and counted, what reaches beyond goes on there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TypeVar

from casecurves.figure.spec import Band, Bar, Envelope, Lane, Line, Mark, Panel, Rail, Scale, Span, Spec, Step, Track

Window = tuple[float, float]
T = TypeVar("T", Step, Envelope)


def within(spec: Spec, window: Window) -> Spec:
    """Return a figure with only what its window shows, in days of the scaled zone.

    Parameters
    ----------
    spec : Spec
        The figure, whole but for its axis.
    window : (float, float)
        First and last day shown.

    Returns
    -------
    Spec
        The values that remain are those of the whole figure, on the same scales; the order-only zones lie outside.
    """
    lanes = (lane_within(lane, window) for lane in spec.lanes)
    panels = (panel_within(panel, window) for panel in spec.panels)
    return replace(
        spec,
        lanes=tuple(lane for lane in lanes if lane.tracks),
        rail=Rail(marks=_marks(spec.rail.marks, window), bands=_bars(spec.rail.bands, window)),
        panels=tuple(panel for panel in panels if panel.marks or panel.lines or panel.steps or panel.envelopes),
    )


def lane_within(lane: Lane, window: Window) -> Lane:
    """Return a lane with only what its window shows, which may be nothing."""
    return replace(lane, tracks=tuple(_tracks(lane.tracks, window)))


def _tracks(tracks: Sequence[Track], window: Window) -> Iterator[Track]:
    for track in tracks:
        doses, ticks, events = (_marks(marks, window) for marks in (track.doses, track.ticks, track.events))
        cut = replace(track, bars=_bars(track.bars, window), doses=doses, ticks=ticks, events=events)
        if cut.bars or doses or ticks or events:
            yield cut


def _spans(spans: Sequence[Span], window: Window) -> tuple[Span, ...]:
    """Return the part of a stretch that lies in the window; where it goes on beyond, it is open."""
    lo, hi = window
    main = [(i, span) for i, span in enumerate(spans) if span.zone == "main" and span.x0 <= hi and span.x1 >= lo]
    return tuple(
        replace(
            span,
            x0=max(span.x0, lo),
            x1=min(span.x1, hi),
            open0=span.open0 or span.x0 < lo or i > 0,
            open1=span.open1 or span.x1 > hi or i < len(spans) - 1,
        )
        for i, span in main
    )


def _marks(marks: Sequence[Mark], window: Window) -> tuple[Mark, ...]:
    """Return the marks whose symbol stands in the window, and those without a place whose interval reaches into it."""
    kept = []
    for mark in marks:
        place = _spans(mark.place, window)
        home = mark.place[-1 if mark.certainty == "found" else 0].zone if mark.place else ""
        stands = mark.x is None or (home == "main" and window[0] <= mark.x <= window[1])
        if place and stands:
            kept.append(replace(mark, place=place))
    return tuple(kept)


def _bars(bars: Sequence[Bar], window: Window) -> tuple[Bar, ...]:
    kept = []
    for bar in bars:
        possible = _spans(bar.possible, window)
        if not possible:
            continue
        ends = bar.possible[-1]
        beyond = ends.zone == "after" or ends.x1 > window[1]
        begins = _spans(bar.begins, window)
        if bar.begins and not begins:
            # Begun before the window: there is nothing of the beginning to show.
            begins = (Span("main", possible[0].x0, possible[0].x0),)
        certain = tuple(span for span in _spans(bar.certain, window) if span.x1 > span.x0)
        if bar.soon and bar.certain and not certain and (bar.certain[0].zone, bar.certain[0].x0) >= ("main", window[1]):
            # It is certain only later, but began soon after its left edge: the window shows what leads there.
            certain = (Span("main", possible[-1].x1, possible[-1].x1),)
        # Where it was found is shown where that is.
        found = bar.found and bool(_spans(bar.begins[-1:], window)) and bar.begins[-1].x1 <= window[1]
        end = "cut" if beyond else bar.end
        kept.append(replace(bar, possible=possible, certain=certain, begins=begins, found=found, end=end))
    return tuple(kept)


def panel_within(panel: Panel, window: Window) -> Panel:
    """Return a panel with only what its window shows, on its own scale."""
    return replace(
        panel,
        marks=_marks(panel.marks, window),
        lines=tuple(part for line in panel.lines for part in _line(line, window, panel.scale)),
        bands=tuple(_bands(panel.bands, window)),
        steps=_stretches(panel.steps, window),
        envelopes=_stretches(panel.envelopes, window),
    )


def _bands(bands: Sequence[Band], window: Window) -> Iterator[Band]:
    for band in bands:
        span = _spans(band.span, window)
        if any(part.x1 > part.x0 for part in span):
            yield replace(band, span=span)


def _stretches(parts: Sequence[T], window: Window) -> tuple[T, ...]:
    cut = [(part, _spans((part.span,), window)) for part in parts]
    return tuple(replace(part, span=spans[0]) for part, spans in cut if spans and spans[0].x1 > spans[0].x0)


def _line(line: Line, window: Window, scale: Scale) -> Iterator[Line]:
    """Yield the part of a line in the window, cut where it crosses the edge: it is straight on the scale."""
    lo, hi = window
    found: list[tuple[float, float]] = []
    for (x0, y0), (x1, y1) in pairwise(zip(line.x, line.y, strict=True)):
        a, b = max(x0, lo), min(x1, hi)
        if a < b:
            ends = tuple((x, _between(y0, y1, (x - x0) / (x1 - x0), scale)) for x in (a, b))
            found += [end for end in ends if end not in found[-1:]]
    if found:
        yield Line(tuple(x for x, _ in found), tuple(y for _, y in found), line.basis)


def _between(y0: float, y1: float, share: float, scale: Scale) -> float:
    """Return what a line has reached after a share of its way."""
    if share in {0.0, 1.0}:
        return y1 if share else y0
    return y0 * (y1 / y0) ** share if scale in {"log", "titre"} else y0 + (y1 - y0) * share
