"""Where each mark of the interactive picture is, so that it can be pointed at, walked through and ringed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from casecurves.figure.layout.blocks import LIFT, row_y
from casecurves.figure.layout.lanes import DOSE_HEIGHT, DOSE_RISE, TrackBox
from casecurves.figure.layout.panels import band_areas
from casecurves.figure.layout.rail import STATE
from casecurves.figure.plotly.board import Board
from casecurves.figure.plotly.charts import CHART_AXIS
from casecurves.figure.spec import Span
from casecurves.words import say

# Half the height, in millimetres, of what has no height of its own.
_HALF = 1.6
_THIN = 0.8


@dataclass(frozen=True)
class Target:
    """The place of one mark of a row.

    Attributes
    ----------
    row : str
        Id of the row; one that is drawn twice has two targets.
    lane : int
        Which lane, rail or panel it stands in, counted from the top.
    axis : str
        Plotly's name of the time axis, or of that of the charts; ``""`` for a chip, which has no place on either.
    x0, x1 : float
        First and last possible place: on that axis, or without one in millimetres from the left of the plot.
    y0, y1 : float
        Top and bottom on the vertical axis.
    area : bool
        It is the shade of a state behind other marks, which are meant before it.
    words : str
        What to call a reference range or a threshold, which lies behind the values and is no row; ``""`` for a row.
    turn : (float, float)
        What orders the marks in time, in millimetres: where it happened or began, first and last possible place; of
        what may reach back beyond what is drawn the last one twice, for it is known by when, not since when.
    """

    row: str
    lane: int
    axis: str
    x0: float
    x1: float
    y0: float
    y1: float
    area: bool = False
    words: str = ""
    turn: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True)
class Places:
    """Where things are on an interactive picture.

    Attributes
    ----------
    marks : tuple of Target
        A target for every mark, bar and chip, in the order of time; what has no first possible day stands where its
        last one is. What lies in two zones of the axis is pointed at in the one that holds its middle; ranges,
        thresholds, charts and chips, which have no time, come last.
    days : tuple of (float, float)
        Days of the scaled axis and their places on it: between two of them, and beyond, it is to scale.
    top, height : float
        Where on the printed picture of the same width that begins which the interactive one shows, and how high that
        picture is, in millimetres.
    """

    marks: tuple[Target, ...]
    days: tuple[tuple[float, float], ...]
    top: float
    height: float


def locate(board: Board) -> Places:
    """Return where the marks and the days of a figure are."""
    frame = board.page.frame
    lo, hi = frame.zones["main"][:2]
    days = (lo, *(day for fold in frame.folds for day in fold.days), hi)
    ruler = tuple((day, board.exact_x("main", day)) for day in days)
    return Places(_targets(board), ruler, board.page.plot_top, board.page.height)


def _targets(board: Board) -> tuple[Target, ...]:
    rows = _rows(board)
    timed = (*_lanes(board), *_rail(board), *_panels(board), *_ribbons(board))
    found = [replace(item, lane=rows[item.lane]) for item in timed]
    found.sort(key=lambda item: (*item.turn, item.lane))
    limits = (replace(item, lane=rows[item.lane]) for item in _limits(board))
    return (*found, *limits, *_charts(board), *_chips(board))


def _rows(board: Board) -> dict[int, int]:
    """Return the place from the top of each lane, of the rail and of each panel, which are counted in that order."""
    page = board.page
    tops = [*((box.y, 0) for box in page.lanes), (page.rail.y, 0), *((box.y, box.series or 0) for box in page.panels)]
    return {number: place for place, number in enumerate(sorted(range(len(tops)), key=tops.__getitem__))}


def _target(
    board: Board, row: str, lane: int, ends: tuple[float, float], y0: float, y1: float, began: Sequence[Span] = ()
) -> Target:
    """Return a target; ``began`` is where it happened or began, if that is not the whole of it."""
    zone, _ = board.at((ends[0] + ends[1]) / 2)
    x0, x1 = (board.on_axis(zone, mm) for mm in ends)
    first, last = board.page.frame.extent(began) if began else ends
    turn = (last if began and began[0].open0 else first, last)
    return Target(row, lane, board.ref(zone), x0, x1, round(y0, 2), round(y1, 2), turn=turn)


def _lanes(board: Board) -> Iterator[Target]:
    for lane, box in enumerate(board.page.lanes):
        for track in box.tracks:
            y = track.bar_y
            for bar in track.bars:
                ends, began = (bar.x0, bar.x1), bar.bar.begins
                yield _target(board, bar.bar.row, lane, ends, y, y + track.height, began)
            for mark, mm in track.ticks:
                yield _target(board, mark.row, lane, (mm, mm), y, y + track.height)
            for event in track.events:
                ends = min(event.x0, event.sign), max(event.x1, event.sign)
                at = track.event_y(event)
                yield _target(board, event.mark.row, lane, ends, at - _HALF, at + _HALF, event.mark.place)
            yield from _doses(board, lane, track)


def _doses(board: Board, lane: int, track: TrackBox) -> Iterator[Target]:
    for dose in track.doses:
        y = track.bar_y - DOSE_RISE - dose.level * DOSE_HEIGHT
        yield _target(board, dose.mark.row, lane, (dose.x0, dose.x1), y - _HALF, y + _HALF, dose.mark.place)


def _rail(board: Board) -> Iterator[Target]:
    rail, lane = board.page.rail, len(board.page.lanes)
    for band in rail.bands:
        ends, began = (band.x0, band.x1), band.bar.begins
        yield _target(board, band.bar.row, lane, ends, band.y, band.y + STATE, began)
        if band.bar.across:
            shade = _target(board, band.bar.row, lane, ends, band.y, board.page.axis_y, began)
            yield replace(shade, area=True)
    for cluster in rail.clusters:
        y, half = rail.line_y - cluster.lift * LIFT, _HALF
        if cluster.x is None:
            y, half = row_y(rail.line_y, cluster.subrow), _THIN
        for mark, step in zip(cluster.marks, cluster.steps, strict=True):
            ends = min(cluster.x0, cluster.sign), max(cluster.x1, cluster.sign)
            at = y if cluster.x is None else y - step * LIFT
            yield _target(board, mark.row, lane, ends, at - half, at + half, mark.place)


def _panels(board: Board) -> Iterator[Target]:
    first = len(board.page.lanes) + 1
    for number, box in enumerate(board.page.panels):
        for mark in box.marks:
            half = max(_HALF, mark.room / 2)
            ends, began = (mark.x0, mark.x1), mark.mark.place
            yield _target(board, mark.mark.row, first + number, ends, mark.y - half, mark.y + half, began)


def _ribbons(board: Board) -> Iterator[Target]:
    # Under a curve, or under the lane of a patient.
    homes = {box.lane.patient: number for number, box in enumerate(board.page.lanes)}
    homes |= {box.panel.key: len(board.page.lanes) + 1 + number for number, box in enumerate(board.page.panels)}
    for box in board.page.ribbons:
        for stage in box.stages:
            ends, lane = (min(stage.x0, stage.xs[0]), max(stage.x1, stage.xs[-1])), homes[box.ribbon.panel]
            yield _target(board, stage.stage.row, lane, ends, stage.y - _HALF, stage.y + _HALF)


def _limits(board: Board) -> Iterator[Target]:
    """Yield the reference ranges and the thresholds; of an overlay they stand beside its axes, without a time."""
    frame, first = board.page.frame, len(board.page.lanes) + 1
    beside = {axis.panel.key: axis.x - board.left for overlay in board.page.overlays for axis in overlay.axes}
    for number, box in enumerate(board.page.panels):
        x = beside.get(box.panel.key)
        areas = zip([band for band in box.panel.bands if band.span], band_areas(frame, box), strict=True)
        found = [(band.id, band.label, (area.x0, area.top, area.x1, area.bottom)) for band, area in areas]
        for limit in box.panel.thresholds:
            y = box.at(limit.y)
            found.append((limit.id, limit.label, (frame.plot0, y - _THIN, frame.plot1, y + _THIN)))
        for name, label, (x0, y0, x1, y1) in found:
            words = say("limit.heading", board.page.spec.lang, name=box.panel.label, label=label)
            if x is None:
                yield replace(_target(board, name, first + number, (x0, x1), y0, y1), words=words)
            else:
                ends = round(x - _HALF / 2, 2), round(x + _HALF, 2)
                yield Target(name, first + number, "", *ends, round(y0, 2), round(y1, 2), words=words)


def _charts(board: Board) -> Iterator[Target]:
    first = len(board.page.lanes) + 1 + len(board.page.panels)
    for number, box in enumerate(board.page.charts):
        for piece in box.pieces:
            if piece.row and piece.spot is not None:
                x, y = piece.spot.x, piece.spot.y
                x0 = min([x - _HALF, *(tile.x for tile in piece.tiles)])
                x1 = max([x + _HALF, *(tile.x + tile.w for tile in piece.tiles)])
                y0 = min([y - _HALF, *(tile.y for tile in piece.tiles)])
                y1 = max([y + _HALF, *(tile.y + tile.h for tile in piece.tiles)])
                ends = round(max(x0, board.left), 2), round(x1, 2)
                yield Target(piece.row, first + number, CHART_AXIS, *ends, round(y0, 2), round(y1, 2))


def _chips(board: Board) -> Iterator[Target]:
    last, left = len(board.page.lanes) + 1 + len(board.page.panels) + len(board.page.charts), board.left
    for box in board.page.chips:
        x0, x1 = round(box.x - left, 2), round(box.x - left + box.width, 2)
        yield Target(box.chip.row, last, "", x0, x1, round(box.y, 2), round(box.y + box.height, 2))
