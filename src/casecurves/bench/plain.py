"""A figure as most tools would hold it: places in days, values, words. The peers draw exactly these marks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from casecurves.figure.layout import lay_out
from casecurves.figure.spec import Bar, Mark, Panel, Span, Spec


@dataclass(frozen=True)
class Interval:
    """A stretch of a bar: its row on the chart, first and last day, words on it and under the pointer."""

    row: str
    x0: float
    x1: float
    label: str
    hover: str


@dataclass(frozen=True)
class Dot:
    """A mark: day, value (``None`` without a scale), words beside it and under the pointer."""

    x: float
    y: float | None
    label: str
    hover: str


@dataclass(frozen=True)
class Curve:
    """A panel: its name, values, the runs of days and values that lines join, lines across, ranges."""

    name: str
    dots: tuple[Dot, ...]
    runs: tuple[tuple[tuple[float, ...], tuple[float, ...]], ...]
    thresholds: tuple[tuple[float, str], ...]
    bands: tuple[tuple[float, float, str], ...]

    def height_of(self, dot: Dot) -> float:
        """Return the value of a dot; what has none is put in the middle."""
        if dot.y is not None:
            return dot.y
        values = [found.y for found in self.dots if found.y is not None]
        return (min(values) + max(values)) / 2 if values else 0.5

    def strokes(self) -> list[list[Dot]]:
        """Return the dots as one would draw them without lifting the pen: each run, then each that no run holds."""
        at = {(dot.x, self.height_of(dot)): dot for dot in self.dots}
        joined = [[at[place] for place in zip(*run, strict=True)] for run in self.runs]
        held = {id(dot) for stroke in joined for dot in stroke}
        return joined + [[dot] for dot in self.dots if id(dot) not in held]


@dataclass(frozen=True)
class Plain:
    """A figure without what only casecurves knows.

    Attributes
    ----------
    intervals : tuple of Interval
        Courses and states: each certain and each possible stretch.
    dots : tuple of (row, Dot)
        Dated doses and administrations, with the row of their drug.
    curves : tuple of Curve
        Panels.
    events : tuple of Dot
        Events.
    height : float
        Height of our page over its width, so that all draw as many pixels.
    """

    intervals: tuple[Interval, ...]
    dots: tuple[tuple[str, Dot], ...]
    curves: tuple[Curve, ...]
    events: tuple[Dot, ...]
    height: float

    @property
    def rows(self) -> tuple[str, ...]:
        """The rows of the chart of courses."""
        names = (*(found.row for found in self.intervals), *(row for row, _ in self.dots))
        return tuple(dict.fromkeys(names))

    def count(self) -> tuple[int, int]:
        """Return how many stretches and how many marks there are to draw."""
        values = sum(len(curve.dots) for curve in self.curves)
        return len(self.intervals), len(self.dots) + len(self.events) + values


def plain(spec: Spec) -> Plain:
    """Return what a figure draws, as bare days, values and words.

    A time without a single honest place becomes its middle, as other tools would have it, and the numbered steps
    of an order without dates stand before or after the days as if they were months.
    """
    day = _days(spec)
    lanes = [(lane.drug, track) for lane in spec.lanes for track in lane.tracks]
    bars = [(drug, bar) for drug, track in lanes for bar in track.bars]
    bars += [(bar.label, bar) for bar in spec.rail.bands]
    return Plain(
        tuple(
            Interval(row, day(span.zone, span.x0), day(span.zone, span.x1), bar.label, _lines(bar))
            for row, bar in bars
            for span in (*bar.certain, *bar.possible)
        ),
        tuple((drug, _dot(mark, day)) for drug, track in lanes for mark in (*track.doses, *track.ticks)),
        tuple(_curve(panel, day) for panel in spec.panels),
        tuple(_dot(mark, day) for mark in spec.rail.marks),
        lay_out(spec, 190.0).height / 190.0,
    )


_Days = Callable[[str, float], float]


def _days(spec: Spec) -> _Days:
    zones = {zone.name: zone for zone in spec.axis.zones}
    month = 30.0

    def day(zone: str, x: float) -> float:
        if zone == "main" or "main" not in zones:
            return x
        return zones["main"].lo - (zones["before"].hi - x) * month if zone == "before" else zones["main"].hi + x * month

    return day


def _curve(panel: Panel, day: _Days) -> Curve:
    bands = [(band.low, band.high, band.label) for band in panel.bands]
    return Curve(
        panel.label,
        tuple(_dot(mark, day) for mark in panel.marks),
        tuple((line.x, line.y) for line in panel.lines),
        tuple((threshold.y, threshold.label) for threshold in panel.thresholds),
        tuple(
            (panel.lo if low is None else low, panel.hi if high is None else high, text) for low, high, text in bands
        ),
    )


def _dot(mark: Mark, day: _Days) -> Dot:
    first: Span = mark.place[0]
    x = mark.x if mark.x is not None else (first.x0 + first.x1) / 2
    return Dot(day(first.zone, x), mark.y, mark.label, _lines(mark))


def _lines(row: Mark | Bar) -> str:
    return "<br>".join(row.hover)
