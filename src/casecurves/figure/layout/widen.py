"""A page as the interactive figure shows it in a frame wider than the one it was laid out for.

There only the time axis grows: all heights stay, and words keep their distance from what they belong to.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from casecurves.figure.text import width

if TYPE_CHECKING:
    from casecurves.figure.layout import Layout
    from casecurves.figure.layout.charts.pieces import ChartBox, Piece
    from casecurves.figure.layout.frame import Frame
    from casecurves.figure.layout.lanes import BarBox, LaneBox, TrackBox
    from casecurves.figure.layout.marks import MarkBox
    from casecurves.figure.layout.panels import PanelBox
    from casecurves.figure.layout.rail import BandBox, Cluster, RailBox
    from casecurves.figure.layout.ribbons import RibbonBox

Moved = Callable[[float], float]
Lasting = TypeVar("Lasting", "BarBox", "BandBox")


def widened(page: Layout, page_width: float) -> Layout:
    """Return a page with its axis so much longer that the page has the width, in millimetres."""
    grown = page_width - page.frame.width
    start = page.charts_x if page.charts and page.spec.timeless else page.frame.plot0
    share = 1.0 + grown / (page.frame.plot1 - start)

    def at(mm: float) -> float:
        return mm if mm <= start else start + (mm - start) * share if mm <= page.frame.plot1 else mm + grown

    frame = _frame(page.frame, page_width, at)
    folds = {fold.n: fold for fold in frame.folds}
    above = tuple(replace(line, x=line.x + grown / 2) for line in page.words.above)
    zone_lines = []
    for line in page.zone_lines:
        half = width(line.text, line.style) / 2
        zone_lines.append(replace(line, x=at(line.x + half) - half))
    return replace(
        page,
        frame=frame,
        words=replace(page.words, above=above),
        zone_lines=tuple(zone_lines),
        lanes=tuple(_lane(lane, at) for lane in page.lanes),
        rail=_rail(page.rail, at),
        panels=tuple(_panel(box, at) for box in page.panels),
        ribbons=tuple(_ribbon(box, at) for box in page.ribbons),
        cuts=tuple(replace(cut, fold=folds[cut.fold.n]) for cut in page.cuts),
        charts=tuple(_chart(box, at) for box in page.charts),
    )


def _frame(frame: Frame, page_width: float, at: Moved) -> Frame:
    zones = {name: (lo, hi, at(x0), at(x1)) for name, (lo, hi, x0, x1) in frame.zones.items()}
    folds = tuple(replace(fold, x0=at(fold.x0), x1=at(fold.x1)) for fold in frame.folds)
    bars = tuple(map(at, frame.bars))
    return replace(frame, width=page_width, plot1=at(frame.plot1), zones=zones, folds=folds, bars=bars)


def _maybe(at: Moved, mm: float | None) -> float | None:
    return None if mm is None else at(mm)


def _kept(at: Moved, mm: float, anchor: float) -> float:
    """Return where words go that keep their distance from a place."""
    return at(anchor) + mm - anchor


def _lasting(box: Lasting, at: Moved) -> Lasting:
    """Return what lasted, a course or a state, with its certain stretch and its words."""
    return replace(
        box,
        x0=at(box.x0),
        x1=at(box.x1),
        c0=_maybe(at, box.c0),
        c1=_maybe(at, box.c1),
        begun=at(box.begun),
        label_x=_kept(at, box.label_x, box.anchor),
    )


def _lane(lane: LaneBox, at: Moved) -> LaneBox:
    return replace(lane, tracks=tuple(_track(track, at) for track in lane.tracks))


def _track(track: TrackBox, at: Moved) -> TrackBox:
    bars = tuple(_lasting(box, at) for box in track.bars)
    doses = tuple(
        replace(
            box,
            x0=at(box.x0),
            x1=at(box.x1),
            x=_maybe(at, box.x),
            label_x=_kept(at, box.label_x, box.anchor),
            label_end=_kept(at, box.label_end, box.anchor),
        )
        for box in track.doses
    )
    events = tuple(
        replace(box, x0=at(box.x0), x1=at(box.x1), x=_maybe(at, box.x), sign=at(box.sign)) for box in track.events
    )
    return replace(track, bars=bars, doses=doses, events=events, ticks=tuple((m, at(x)) for m, x in track.ticks))


def _rail(rail: RailBox, at: Moved) -> RailBox:
    bands = tuple(_lasting(box, at) for box in rail.bands)
    clusters = tuple(_cluster(box, at) for box in rail.clusters)
    return replace(rail, bands=bands, clusters=clusters)


def _cluster(box: Cluster, at: Moved) -> Cluster:
    # What followed rapidly has its symbol, and its leader, a little after its place; a distance that does not grow.
    leader = at(box.leader) if box.x is None else _kept(at, box.leader, box.x)
    return replace(
        box,
        x0=at(box.x0),
        x1=at(box.x1),
        x=_maybe(at, box.x),
        sign=at(box.sign) if box.x is None else _kept(at, box.sign, box.x),
        leader=leader,
        block_x=leader + box.block_x - box.leader,
    )


def _panel(box: PanelBox, at: Moved) -> PanelBox:
    bands = tuple(replace(band, x0=at(band.x0), x1=at(band.x1)) for band in box.bands)
    annotations = tuple((label._replace(x=at(label.x)), style) for label, style in box.annotations)
    return replace(box, bands=bands, annotations=annotations, marks=tuple(_mark(mark, at) for mark in box.marks))


def _mark(mark: MarkBox, at: Moved) -> MarkBox:
    label = mark.label
    moved = label and label._replace(x=_kept(at, label.x, mark.anchor(label.x)))
    more = tuple(line._replace(x=_kept(at, line.x, mark.anchor(line.x))) for line in mark.more)
    x = None if mark.x is None or mark.day is None else _kept(at, mark.x, mark.day)
    return mark._replace(x0=at(mark.x0), x1=at(mark.x1), x=x, label=moved, more=more)


def _ribbon(box: RibbonBox, at: Moved) -> RibbonBox:
    stages = tuple(
        replace(
            stage,
            x0=at(stage.x0),
            x1=at(stage.x1),
            xs=tuple(map(at, stage.xs)),
            text_x=_kept(at, stage.text_x, stage.xs[-1] if stage.text_x > stage.xs[-1] else stage.xs[0]),
            sign_x=None if stage.sign_x is None else _kept(at, stage.sign_x, stage.xs[-1]),
        )
        for stage in box.stages
    )
    return replace(box, stages=stages, between=tuple((at(x0), at(x1)) for x0, x1 in box.between))


def _chart(box: ChartBox, at: Moved) -> ChartBox:
    return replace(box, x=at(box.x), pieces=tuple(_piece(piece, at) for piece in box.pieces))


def _piece(piece: Piece, at: Moved) -> Piece:
    return replace(
        piece,
        tiles=tuple(replace(tile, x=at(tile.x), w=at(tile.x + tile.w) - at(tile.x)) for tile in piece.tiles),
        strokes=tuple(replace(stroke, x0=at(stroke.x0), x1=at(stroke.x1)) for stroke in piece.strokes),
        texts=tuple(replace(text, x=at(text.x)) for text in piece.texts),
        spot=piece.spot and replace(piece.spot, x=at(piece.spot.x)),
    )
