"""The interactive lanes: bars as one trace per zone, outlines as shapes, labels that keep their distance on zoom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from casecurves.figure import theme as t
from casecurves.figure.layout.lanes import BAR_HEIGHT, DOSE_HEIGHT, DOSE_RISE, BarBox, DoseBox, LaneBox, TrackBox
from casecurves.figure.layout.rail import STATE
from casecurves.figure.layout.signs import ARROW
from casecurves.figure.plotly.board import CLEAR, Board, Point, alike, faded, hovers, ids
from casecurves.figure.plotly.ribbons import ribbon_stretches
from casecurves.figure.spec import Span
from casecurves.figure.text import width

# Dashes of what is only possible, in pixels.
_POSSIBLE = "5px,3px"
# A stretch narrower than this, in millimetres, has no room for a question mark.
_QUESTION = 3.6
# Size of the sign of an administration, in pixels per millimetre of its bar, and of an arrow, per root of that.
_TICK = 15.0 / BAR_HEIGHT
_ARROW = 16.0 / BAR_HEIGHT**0.5


@dataclass
class _Bars:
    """The arrays of one bar trace."""

    base: list[float]
    length: list[float]
    y: list[float]
    colour: list[str]
    pattern: list[str]
    hover: list[str]
    rows: list[str]
    height: list[float]


def bar_traces(board: Board) -> list[dict[str, Any]]:
    """Return the courses and states as one bar trace per zone; possible stretches are clear, outlined by shapes."""
    found: dict[str, _Bars] = {}
    for lane in board.page.lanes:
        colour = _ink(board, lane)
        for track in lane.tracks:
            for box in track.bars:
                _bar(board, found, box, track, _own(board, box, colour))
    for band in board.page.rail.bands:
        y, hover, row = band.y + STATE / 2, band.bar.hover, band.bar.row
        _add(board, found, band.bar.possible, y, CLEAR, "", hover, row, STATE)
        fill, pattern = (board.theme.frame, "/") if band.bar.hatched else (board.theme.band, "")
        _add(board, found, band.bar.certain, y, fill, pattern, hover, row, STATE)
    for spans, y, height, hover in ribbon_stretches(board):
        _add(board, found, spans, y, board.theme.tint, "/", hover, "", height)
    return [_bar_trace(board, zone, bars) for zone, bars in found.items()]


def _ink(board: Board, lane: LaneBox) -> str:
    """Return the colour of a lane: that of its drug, and of none on that of a patient."""
    return board.theme.ink if lane.lane.patient else board.theme.drug(lane.lane.drug_class)


def _own(board: Board, box: BarBox, colour: str) -> str:
    """Return the colour of a bar: on the lane of a patient each has that of its drug, and pale what is disputed."""
    if box.bar.disputed:
        return board.theme.tint
    return board.theme.drug(box.bar.drug_class) if box.bar.drug_class else colour


def _bar(board: Board, found: dict[str, _Bars], box: BarBox, track: TrackBox, colour: str) -> None:
    middle = track.middle
    hover, row = box.bar.hover, box.bar.row
    shade = faded(colour, 0.4) if box.bar.soon and box.bar.certain else CLEAR
    lonely = box.bar.hatched and not box.bar.certain
    _add(board, found, box.bar.possible, middle, shade, "", hover, row, track.height)
    if lonely:
        _add(board, found, box.bar.begins, middle, colour, "/", hover, row, track.height)
    if box.bar.soon and box.bar.certain:
        # What may follow the certain stretch is hollow again: only the delay at the start is shaded.
        tail = tuple(s for s in box.bar.possible if s.zone == box.bar.certain[-1].zone)
        _add(
            board,
            found,
            tuple(Span(s.zone, box.bar.certain[-1].x1, s.x1) for s in tail),
            middle,
            board.theme.paper,
            "",
            hover,
            row,
            track.height,
        )
    _add(board, found, box.bar.certain, middle, colour, "/" if box.bar.hatched else "", hover, row, track.height)


def _add(
    board: Board,
    found: dict[str, _Bars],
    spans: tuple[Span, ...],
    y: float,
    colour: str,
    pattern: str,
    hover: tuple[str, ...],
    row: str,
    height: float = BAR_HEIGHT,
) -> None:
    for span in spans:
        bars = found.setdefault(span.zone, _Bars([], [], [], [], [], [], [], []))
        x0, x1 = board.x(span.zone, span.x0), board.x(span.zone, span.x1)
        bars.base.append(x0)
        bars.length.append(round(x1 - x0, 6))
        bars.y.append(round(y, 2))
        bars.colour.append(colour)
        bars.pattern.append(pattern)
        bars.hover.append(board.hover(hover))
        bars.rows.append(row)
        bars.height.append(height)


def _bar_trace(board: Board, zone: str, bars: _Bars) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "xaxis": board.ref(zone),
        "base": bars.base,
        "x": bars.length,
        "y": bars.y,
        "width": alike(bars.height),
        "marker": {
            "color": alike(bars.colour),
            "line": {"width": 0},
            "pattern": {"shape": alike(bars.pattern), "fillmode": "replace", "size": 7, "solidity": 0.25},
        },
        "ids": ids(bars.rows),
        **hovers(bars.hover),
    }


def lane_shapes(board: Board) -> list[dict[str, Any]]:
    """Return outlines of possible stretches, end caps, and the intervals of dated doses."""
    return [
        shape
        for lane in board.page.lanes
        for track in lane.tracks
        for shape in _track_shapes(board, track, _ink(board, lane))
    ]


def _track_shapes(board: Board, track: TrackBox, colour: str) -> list[dict[str, Any]]:
    shapes = []
    y0, y1 = track.bar_y, track.bar_y + track.height
    for box in track.bars:
        own = _own(board, box, colour)
        shapes += [
            board.rect(s.zone, s.x0, s.x1, y0, y1, line=own, dash=_POSSIBLE, width=1.1) for s in box.bar.possible
        ]
        if box.bar.hatched:
            shapes += [board.rect(s.zone, s.x0, s.x1, y0, y1, line=own, width=1.2) for s in box.bar.certain]
        shapes += _signs_of(board, box, track)
        shapes += [board.tail(box.begun - ARROW, track.middle, own)] if box.bar.found else []
        if box.bar.end == "ended" and box.bar.possible:
            last = box.bar.possible[-1]
            shapes.append(board.line(last.zone, last.x1, last.x1, y0 - 0.6, y1 + 0.6, own, 3) | {"layer": "above"})
    for dose in track.doses:
        if dose.mark.certainty == "found":
            shapes.append(board.tail(dose.x1, _dose_y(track, dose), colour))
        elif dose.mark.certainty not in {"exact", "ranked"} and dose.mark.place:
            shapes += board.capped(dose.x0, dose.x1, _dose_y(track, dose), colour, 1.4)
    return shapes


def _signs_of(board: Board, box: BarBox, track: TrackBox) -> list[dict[str, Any]]:
    """Return the inner outline of an illustrative bar and the line through a disputed one."""
    shapes = []
    if box.bar.basis == "illustrative" and not box.bar.hatched:
        inset = 0.35 * track.height / BAR_HEIGHT
        y0, y1 = track.bar_y + inset, track.bar_y + track.height - inset
        inner = [
            board.rect(s.zone, s.x0, s.x1, y0, y1, line=board.theme.on_bar, dash="3px,2px", width=0.9)
            for s in box.bar.certain
        ]
        shapes += [shape | {"layer": "above"} for shape in inner]
    if box.bar.disputed:
        lines = [
            board.line(s.zone, s.x0, s.x1, track.middle, track.middle, board.theme.ink, 1.4) for s in box.bar.possible
        ]
        shapes += [line | {"layer": "above"} for line in lines]
    return shapes


def _dose_y(track: TrackBox, dose: DoseBox) -> float:
    return track.bar_y - DOSE_RISE - dose.level * DOSE_HEIGHT


def lane_points(board: Board) -> list[tuple[str, Point]]:
    """Return dated doses, administrations and the arrows of ongoing courses, each with its zone."""
    points: list[tuple[str, Point]] = []
    for lane in board.page.lanes:
        colour = _ink(board, lane)
        for track in lane.tracks:
            points += [_dose_point(board, track, dose, colour) for dose in track.doses]
            middle = track.middle
            for mark, mm in track.ticks:
                zone, x = board.at(mm)
                hover = board.hover(mark.hover)
                points.append(
                    (zone, Point(x, middle, "line-ns", colour, colour, hover, mark.row, round(_TICK * track.height, 1)))
                )
            points += [
                board.found(box.begun, middle, track.height, _own(board, box, colour), box.bar.hover)
                for box in track.bars
                if box.bar.found
            ]
            for box in track.bars:
                if box.bar.end == "ongoing":
                    zone, x = board.at(min(box.x1, board.page.frame.plot1))
                    hover, own = board.hover(box.bar.hover), _own(board, box, colour)
                    points.append(
                        (
                            zone,
                            Point(
                                x,
                                middle,
                                "triangle-right",
                                own,
                                own,
                                hover,
                                "",
                                round(_ARROW * track.height**0.5, 1),
                            ),
                        )
                    )
    return points


def _dose_point(board: Board, track: TrackBox, dose: DoseBox, colour: str) -> tuple[str, Point]:
    zone, x = board.at(dose.x if dose.x is not None else (dose.x0 + dose.x1) / 2)
    fill = colour if dose.mark.certainty == "exact" else board.theme.paper
    # An interval without an honest middle has a marker that is not seen and only carries the hover.
    fill, edge = (fill, colour) if dose.x is not None else (CLEAR, CLEAR)
    hover = board.hover(dose.mark.hover)
    return zone, Point(x, _dose_y(track, dose), "triangle-down", fill, edge, hover, dose.mark.row, 9.0)


def lane_annotations(board: Board) -> list[dict[str, Any]]:
    """Return the names of the lanes, doses and their labels, and the chips."""
    notes = [note for lane in board.page.lanes for note in _lane_labels(board, lane)]
    return [*notes, *_chip_labels(board)]


def _lane_labels(board: Board, lane: LaneBox) -> list[dict[str, Any]]:
    colour = _ink(board, lane)
    naming = board.naming(lane.label, lane.sublabel)
    notes = [board.gutter(lane.y + 0.6, naming, colour, 13) | {"yanchor": "top"}]
    for track in lane.tracks:
        for number, line in enumerate(track.names):
            notes.append(board.gutter(track.middle + number * t.SMALL.height, board.text(line), colour, 12))
        notes += [
            _bar_label(board, box, track, _own(board, box, colour))
            for box in track.bars
            if box.where != "gutter" and (box.label or box.remark)
        ]
        notes += [note for box in track.bars for note in _questions(board, box, track, _own(board, box, colour))]
        for dose in track.doses:
            text = f"<b>{board.text(dose.label)}</b>"
            wide = width(dose.label, t.SMALL_BOLD)
            note = board.beside(dose.label_x, wide, _dose_y(track, dose), text, board.theme.ink, dose.anchor)
            notes.append(note | board.plate(dose.label_x, wide))
    return notes


def _questions(board: Board, box: BarBox, track: TrackBox, colour: str) -> list[dict[str, Any]]:
    """Return the question marks at the far ends of what is only possible."""
    ends = []
    first = box.c0 if box.c0 is not None else box.x1
    last = box.c1 if box.c1 is not None else box.x0
    # What was found on has a sign of its own there.
    if first - box.x0 > _QUESTION and not (box.bar.soon or box.bar.found):
        ends.append((box.x0 + 0.7, box.x0))
    if box.x1 - last > _QUESTION and box.bar.end not in {"ongoing", "cut"}:
        ends.append((box.x1 - 2.0, box.x1))
    wide = width("?", t.SMALL_BOLD)
    notes = [board.beside(mm, wide, track.middle, "<b>?</b>", colour, anchor) for mm, anchor in ends]
    if box.bar.hatched and box.c0 is None and len(notes) > 1:
        notes[0]["bgcolor"] = board.theme.paper
    return notes


def _bar_label(board: Board, box: BarBox, track: TrackBox, colour: str) -> dict[str, Any]:
    inside = box.where == "inside" and not box.bar.hatched
    # The pale ink of what is disputed is for its bar: too pale to be read.
    ink = board.theme.on_bar if inside else board.theme.muted if box.bar.disputed else colour
    parts = [
        f"<b>{board.text(box.label)}</b>" if box.label else "",
        f"<i>{board.text(box.remark)}</i>" if box.remark else "",
    ]
    wide = width(box.label, t.SMALL_BOLD) + width(box.remark, t.SMALL)
    plate = {} if box.where == "inside" else board.plate(box.label_x, wide)
    more = {"bgcolor": board.theme.paper} if box.bar.hatched else plate
    text = " ".join(p for p in parts if p)
    return board.note(box.label_x, track.middle, text, ink, anchor_mm=box.anchor, more=more)


def _chip_labels(board: Board) -> list[dict[str, Any]]:
    if not board.page.chips:
        return []
    notes = [board.gutter(board.page.chips_y + 2.5, board.text(board.page.spec.chips[0].label), board.theme.muted, 12)]
    for box in board.page.chips:
        colour = board.theme.drug(box.chip.drug_class)
        words = "<br>".join(f"<b>{board.text(line)}</b>" for line in box.lines)
        told = {"hovertext": board.hover(box.chip.hover), "name": box.chip.row, "xanchor": "center", "align": "center"}
        at = {"xref": "paper", "x": 0, "xshift": round((box.x + box.width / 2 - board.left) * board.scale, 1)}
        notes.append(board.note(box.x, box.y + box.height / 2, words, colour, more=told) | at)
    return notes
