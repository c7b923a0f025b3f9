"""The axis of curves in one frame: no longer than what they take, since no lane is drawn beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from casecurves.figure.compare.patients import axis_label
from casecurves.figure.compile.ticks import ticks, unit_for
from casecurves.figure.spec import Axis, Panel, Span, Spec, Zone, ZoneName

# How much of the axis lies beyond the outermost mark, so that none stands on the edge.
_MARGIN = 0.03


def fitted(spec: Spec, unit: str) -> Spec:
    """Cut the axis to the marks of the panels and to day zero.

    Parameters
    ----------
    spec : Spec
        A figure without lanes, on the axis of all courses.
    unit : str
        The unit of time that was asked for, or ``"auto"``.

    Returns
    -------
    Spec
        The same marks. Where one of them takes all of an axis, as a direction between two far days does, so does the
        axis; without a mark on the scaled part it stays as it is.
    """
    spans = [span for panel in spec.panels for mark in panel.marks for span in mark.place]
    days = [x for span in spans if span.zone == "main" for x in (span.x0, span.x1)]
    if not days:
        return spec
    kept: set[ZoneName] = {"main", *(span.zone for span in spans)}
    lo, hi = min(0.0, *days), max(0.0, *days)
    margin = _MARGIN * (hi - lo or 1.0)
    zones = [zone for zone in spec.axis.zones if zone.name in kept]
    main = next(zone for zone in zones if zone.name == "main")
    lo, hi = max(main.lo, lo - margin), min(main.hi, hi + margin)
    panels = tuple(_cut(panel, lo, hi, kept) for panel in spec.panels)
    return replace(spec, axis=_axis(spec.axis, zones, lo, hi, unit, spec.lang), panels=panels)


def _axis(axis: Axis, zones: Iterable[Zone], lo: float, hi: float, wanted: str, lang: str) -> Axis:
    unit = unit_for(hi - lo) if wanted == "auto" else wanted
    cut = [
        replace(zone, lo=lo, hi=hi, ticks=ticks(lo, hi, (), unit, lang)) if zone.name == "main" else zone
        for zone in zones
    ]
    return replace(axis, zones=tuple(cut), unit=unit, label=axis_label(axis.zero_label, unit, lang))


def _cut(panel: Panel, lo: float, hi: float, kept: set[ZoneName]) -> Panel:
    """Cut the bands of a panel, which reach as far as the axis did."""
    bands = (replace(band, span=tuple(_within(band.span, lo, hi, kept))) for band in panel.bands)
    return replace(panel, bands=tuple(band for band in bands if band.span))


def _within(spans: Iterable[Span], lo: float, hi: float, kept: set[ZoneName]) -> Iterable[Span]:
    for span in spans:
        if span.zone != "main":
            if span.zone in kept:
                yield span
        elif span.x0 < hi and span.x1 > lo:
            yield replace(span, x0=max(span.x0, lo), x1=min(span.x1, hi))
