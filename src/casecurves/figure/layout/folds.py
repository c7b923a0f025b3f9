"""Folded stretches of the axis on the page, and the signs on everything that runs through one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from casecurves.figure.layout.areas import Area, meets
from casecurves.figure.layout.blocks import row_y
from casecurves.figure.layout.frame import Fold, Frame
from casecurves.figure.layout.lanes import DOSE_HEIGHT, DOSE_RISE, LaneBox
from casecurves.figure.layout.marks import MarkBox
from casecurves.figure.layout.panels import PanelBox
from casecurves.figure.layout.rail import STATE, RailBox
from casecurves.model.immutable import immutable

# Height of the sign on a line.
_LINE = 1.6


@immutable(frozen=True)
class Cut:
    """Something on the page that runs through a fold: its middle and its height there."""

    fold: Fold
    y: float
    height: float


def lane_cuts(frame: Frame, lanes: Sequence[LaneBox]) -> Iterator[Cut]:
    """Yield the bars, and the intervals of doses, that run through a fold."""
    for fold in frame.folds:
        for track in (track for lane in lanes for track in lane.tracks):
            if any(fold.within(box.x0, box.x1) for box in track.bars):
                yield Cut(fold, track.middle, track.height)
            for dose in track.doses:
                if fold.within(dose.x0, dose.x1):
                    yield Cut(fold, track.bar_y - DOSE_RISE - dose.level * DOSE_HEIGHT, _LINE)


def rail_cuts(frame: Frame, rail: RailBox) -> Iterator[Cut]:
    """Yield the rail, the states above it and the intervals of events that run through a fold."""
    for fold in frame.folds:
        yield from (Cut(fold, box.y + STATE / 2, STATE) for box in rail.bands if fold.within(box.x0, box.x1))
        if rail.clusters:
            yield Cut(fold, rail.line_y, _LINE)
        for cluster in rail.clusters:
            if cluster.subrow >= 0 and fold.within(cluster.x0, cluster.x1):
                yield Cut(fold, row_y(rail.line_y, cluster.subrow), _LINE)


def panel_cuts(frame: Frame, panels: Sequence[PanelBox]) -> Iterator[Cut]:
    """Yield the lines, doses and intervals of values that run through a fold."""
    for fold in frame.folds:
        for box in panels:
            yield from _levels(frame, fold, box)
            yield from (Cut(fold, mark.y, _LINE) for mark in box.marks if _runs(fold, mark))


def _levels(frame: Frame, fold: Fold, box: PanelBox) -> Iterator[Cut]:
    day0, day1 = fold.days
    for line in box.panel.lines:
        for (x0, y0), (x1, y1) in pairwise(zip(line.x, line.y, strict=True)):
            if x0 <= day0 and day1 <= x1:
                (a0, a1), (b0, b1) = (frame.x("main", x0), box.at(y0)), (frame.x("main", x1), box.at(y1))
                yield Cut(fold, a1 + (b1 - a1) * (fold.middle - a0) / (b0 - a0), _LINE)
    for step in box.panel.steps:
        if step.span.x0 <= day0 and day1 <= step.span.x1:
            yield Cut(fold, box.at(step.y), _LINE)
    for envelope in box.panel.envelopes:
        if envelope.span.x0 <= day0 and day1 <= envelope.span.x1:
            yield Cut(fold, (box.at(envelope.low) + box.top_of(envelope)) / 2, _LINE)


def _runs(fold: Fold, mark: MarkBox) -> bool:
    return mark.mark.certainty == "interval" and fold.within(mark.x0, mark.x1) and not meets(_area(fold), _words(mark))


def _area(fold: Fold) -> Area:
    return fold.x0, -1.0, fold.x1, 1.0


def _words(mark: MarkBox) -> list[Area]:
    """Return what the sign of a mark without a scale covers, from side to side."""
    return [(mark.x - mark.glyph, -1.0, mark.x + mark.glyph, 1.0)] if mark.x is not None and mark.glyph else []
