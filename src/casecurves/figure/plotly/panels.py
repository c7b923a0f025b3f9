"""The interactive panels: bands, lines and values at the places of the layout."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from casecurves.figure import symbols
from casecurves.figure import theme as t
from casecurves.figure.layout.marks import MarkBox
from casecurves.figure.layout.panels import PanelBox
from casecurves.figure.layout.signs import TAIL
from casecurves.figure.plotly.board import CLEAR, Board, Point, marker_traces
from casecurves.figure.plotly.folds import unfolded
from casecurves.figure.plotly.overlay import axis_annotations, axis_shapes
from casecurves.figure.plotly.pixels import series_ink
from casecurves.figure.spec import Envelope, Line
from casecurves.figure.text import width

_TREND_SIGNS = {
    "rises": "↗",
    "falls": "↘",
    "falls_then_rises": "↘↗",
    "rises_then_falls": "↗↘",
    "normalises": "↗→",
    "becomes_negative": "↘→",
    "appears": "→↗",
    "unchanged": "→",
}


# From the middle of a pill to its lower edge, in millimetres.
_FOOT = 2.3
# Pixels that a second sign takes on either side.
_MORE = 8
# Colour, width and dashes of a line; strokes by zone, broken between marks.
Look = tuple[str, float, str]
Strokes = dict[str, tuple[list[float | None], list[float | None]]]
# The stroke through what is disputed, and how far below its place a letter of that size has its middle.
_STROKE = '<span style="font-size:18px">⁄</span>'
_STRUCK = 0.4
_LIMITS = {"below": "triangle-down", "above": "triangle-up"}
# Of more lines under a name, the last would leave its panel.
_MANY_LINES = 6


def panel_traces(board: Board) -> list[dict[str, Any]]:
    """Return the joined lines, the whiskers and the values: at most one trace of each per zone."""
    return [*_lines(board), *_whiskers(board), *_values(board)]


def _lines(board: Board) -> list[dict[str, Any]]:
    found: dict[Look, tuple[list[float | None], list[float | None]]] = {}
    for box in board.page.panels:
        for line in box.panel.lines:
            xs, ys = found.setdefault(_look(board, box, line), ([], []))
            for x, y in unfolded(board, [(board.page.frame.x("main", x), box.at(y)) for x, y in _places(line)]):
                xs.append(None if x is None else board.on_axis("main", x))
                ys.append(None if y is None else round(y, 2))
    return [_line_trace(board, "main", xs, ys, *look) for look, (xs, ys) in found.items()]


def _look(board: Board, box: PanelBox, line: Line) -> Look:
    """Return colour, width and dashes of a joined line; in an overlay dashes tell the series."""
    reported = line.basis == "reported"
    if box.series is None:
        return board.theme.curve, 1.8, "solid" if reported else "dash"
    colour = board.theme.series(box.series) if reported else board.theme.pale(box.series)
    return colour, 2.2, symbols.dashes(box.series)[1]


def _places(line: Line) -> Iterator[tuple[float, float]]:
    return zip(line.x, line.y, strict=True)


def _line_trace(
    board: Board, zone: str, xs: list[float | None], ys: list[float | None], colour: str, width: float, dash: str
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "xaxis": board.ref(zone),
        "x": xs,
        "y": ys,
        "line": {"color": colour, "width": width, **({} if dash == "solid" else {"dash": dash})},
        "hoverinfo": "skip",
    }


def _whiskers(board: Board) -> list[dict[str, Any]]:
    """Return the possible intervals of values as level lines with end caps, broken between marks."""
    looks: dict[tuple[str, str], Strokes] = {}
    for box in board.page.panels:
        own = series_ink(board, box)
        for mark in box.marks:
            ink = board.theme.tint if mark.mark.disputed else own
            found = looks.setdefault((ink, "solid"), {})
            if mark.mark.certainty == "found" and mark.mark.y is not None:
                tail = [(max(mark.x0, mark.x1 - TAIL), mark.y), (mark.x1, mark.y)]
                _stroke(board, tail, looks.setdefault((ink, "dot"), {}))
            elif mark.mark.shape != "trend" and mark.mark.certainty not in {"exact", "ranked"}:
                # A pill stands on what it would hide.
                foot = mark.glyph and mark.hides
                _whisker(board, mark._replace(y=mark.y + _FOOT) if foot else mark, found)
            elif mark.stem:
                x, top, bottom = mark.stem
                _stroke(board, [(x, top), (x, bottom)], found)
            if mark.mark.error is not None and mark.mark.y is not None and mark.x is not None:
                ends = [mark.mark.y - mark.mark.error, mark.mark.y + mark.mark.error]
                _stroke(
                    board,
                    [(mark.x, box.at(min(max(end, box.panel.lo), box.panel.hi))) for end in ends],
                    found,
                )
    return [
        _line_trace(board, zone, xs, ys, colour, 1.6, dash)
        for (colour, dash), found in looks.items()
        for zone, (xs, ys) in found.items()
    ]


def _whisker(board: Board, mark: MarkBox, found: Strokes) -> None:
    for span in mark.mark.place if mark.mark.certainty != "soon" else ():
        x0, x1 = board.page.frame.x(span.zone, span.x0), board.page.frame.x(span.zone, span.x1)
        _stroke(
            board,
            [
                (x0, mark.y - 0.7),
                (x0, mark.y + 0.7),
                (x0, mark.y),
                (x1, mark.y),
                (x1, mark.y - 0.7),
                (x1, mark.y + 0.7),
            ],
            found,
        )
    if mark.mark.certainty == "soon":
        _stroke(board, [(mark.x0, mark.y), (mark.x1, mark.y)], found)


def _stroke(
    board: Board,
    points: list[tuple[float, float]],
    found: Strokes,
) -> None:
    zone, _ = board.at((points[0][0] + points[-1][0]) / 2)
    xs, ys = found.setdefault(zone, ([], []))
    xs += [*(board.on_axis(zone, mm) for mm, _ in points), None]
    ys += [*(round(y, 2) for _, y in points), None]


def _values(board: Board) -> list[dict[str, Any]]:
    points = [point for box in board.page.panels for mark in box.marks for point in _points(board, box, mark)]
    return marker_traces(board, points)


def _points(board: Board, box: PanelBox, mark: MarkBox) -> list[tuple[str, Point]]:
    """Return the symbol of a value; in an overlay it tells the series, and the sign of a limit stands beside it."""
    zone, point = _value(board, box, mark)
    if box.series is None or _unseen(mark):
        return [(zone, point)]
    own = point._replace(symbol=symbols.series(box.series)[1])
    side = {"below": symbols.BESIDE, "above": -symbols.BESIDE}.get(mark.mark.shape)
    if side is None:
        return [(zone, own)]
    return [(zone, own), (zone, point._replace(y=point.y + side, row="", size=7.0))]


def _value(board: Board, box: PanelBox, mark: MarkBox) -> tuple[str, Point]:
    theme = board.theme
    zone, x = board.at(mark.day if mark.day is not None else (mark.x0 + mark.x1) / 2)
    ink = theme.tint if mark.mark.disputed else series_ink(board, box)
    pale = theme.tint if box.series is None else theme.pale(box.series)
    hollow = mark.mark.certainty != "exact" or mark.mark.shape in {"below", "above"}
    fill = theme.paper if hollow else (ink if mark.mark.basis == "reported" else pale)
    if _unseen(mark):
        fill = ink = CLEAR
    hover = board.hover((box.panel.label, *mark.mark.hover) if box.panel.dose else mark.mark.hover)
    size = 10.0 if box.dot == 1 else round(10.0 * box.dot, 1)
    symbol = _LIMITS.get(mark.mark.shape, "circle")
    return zone, Point(x, mark.y, symbol, fill, ink, hover, mark.mark.row, size)


def _unseen(mark: MarkBox) -> bool:
    """Words, ranges and intervals without an honest middle: a marker that is not seen carries the hover."""
    return mark.in_pill or mark.mark.shape in {"trend", "range"} or mark.x is None


def panel_shapes(board: Board) -> list[dict[str, Any]]:
    """Return bands, envelopes, steps, the intervals of directions, and over them thresholds and frames."""
    shapes: list[dict[str, Any]] = axis_shapes(board)
    own = [box for box in board.page.panels if box.series is None]
    for box in own:
        shapes += _ground(board, box)
    for box in board.page.panels:
        for mark in box.marks:
            if mark.mark.shape == "trend" and mark.mark.certainty != "soon":
                zone, x0 = board.at(mark.x0 + 1e-3)
                x1 = board.on_axis(zone, min(mark.x1, board.page.frame.zones[zone][3]))
                shape = board.rect(
                    zone,
                    0.0,
                    0.0,
                    mark.y - mark.room / 2 + 0.4,
                    mark.y + mark.room / 2 - 0.4,
                    fill=board.theme.band,
                    line=board.theme.frame,
                    dash="dot",
                )
                shapes.append(shape | {"x0": x0, "x1": x1})
    return [*shapes, *(line for box in own for line in _levels(board, box)), *(_frame(board, box) for box in own)]


def _envelope(board: Board, box: PanelBox, envelope: Envelope) -> dict[str, Any]:
    s, high, low = envelope.span, box.top_of(envelope), box.at(envelope.low)
    if envelope.high is None:
        return board.rect(s.zone, s.x0, s.x1, high, low, line=board.theme.tint, dash="dot")
    return board.rect(s.zone, s.x0, s.x1, high, low, fill=board.theme.band, line=board.theme.tint, dash="dot")


def _ground(board: Board, box: PanelBox) -> list[dict[str, Any]]:
    theme = board.theme
    shapes: list[dict[str, Any]] = []
    for band, area in zip([b for b in box.panel.bands if b.span], box.bands, strict=True):
        shapes += [board.rect(s.zone, s.x0, s.x1, area.top, area.bottom, fill=theme.band) for s in band.span]
    shapes += [_envelope(board, box, envelope) for envelope in box.panel.envelopes]
    for step in box.panel.steps:
        shapes.append(
            board.rect(step.span.zone, step.span.x0, step.span.x1, box.at(step.y), box.at(0.0), fill=theme.frame)
        )
    return shapes


_LEVEL: dict[str, Any] = {"type": "line", "xref": "paper", "yref": "y", "x0": 0, "x1": 1, "layer": "below"}


def _levels(board: Board, box: PanelBox) -> list[dict[str, Any]]:
    look = {"width": 1, "color": board.theme.muted, "dash": "dash"}
    places = [round(box.at(threshold.y), 2) for threshold in box.panel.thresholds]
    return [{**_LEVEL, "y0": y, "y1": y, "line": look} for y in places]


def _frame(board: Board, box: PanelBox) -> dict[str, Any]:
    ends = {"y0": round(box.y, 2), "y1": round(box.y + box.height, 2)}
    return {**_LEVEL, **ends, "type": "rect", "line": {"width": 1, "color": board.theme.frame, "dash": "solid"}}


def panel_annotations(board: Board) -> list[dict[str, Any]]:
    """Return names and units of the panels, their scales, the values and the annotations."""
    notes: list[dict[str, Any]] = axis_annotations(board)
    for box in board.page.panels:
        notes += _names(board, box) if box.series is None else []
        for mark in box.marks:
            notes += _labels(board, box, mark)
            if mark.mark.disputed and mark.mark.y is not None:
                notes += _strike(board, box, mark)
        for label, _ in box.annotations:
            notes.append(board.note(label.x, label.top + 1.25, f"<i>{board.text(label.text)}</i>", board.theme.muted))
    return notes


def _strike(board: Board, box: PanelBox, mark: MarkBox) -> list[dict[str, Any]]:
    """Return the stroke through a disputed value, as a letter: it keeps its size when the axis grows."""
    end = box.other_end(mark)
    x = (mark.x0 + mark.x1) / 2 if mark.x is None and end is not None else mark.x
    y = mark.y if end is None else (mark.y + end) / 2
    if x is None:
        return []
    return [board.note(x, y + _STRUCK, _STROKE, board.theme.ink, anchor_mm=x, more={"xanchor": "center"})]


def _names(board: Board, box: PanelBox) -> list[dict[str, Any]]:
    naming = board.naming(box.label, (*box.sublabel, *box.spilled))
    ink = board.theme.drug(box.panel.drug_class) if box.panel.drug_class else board.theme.ink
    # A browser sets all lines as far apart as the larger type asks, which would make many too high for their panel.
    size = 12 if len(box.sublabel) + len(box.spilled) > _MANY_LINES else 13
    return [board.gutter(box.y, naming, ink, size) | {"yanchor": "top"}]


def panel_ticks(board: Board) -> list[tuple[float, str]]:
    """Return the ticks of every scale, places and words; a tick too near to the one before has no words."""
    ticks: list[tuple[float, str]] = []
    for box in board.page.panels:
        if box.series is not None:
            continue
        ticks += [(round(y, 2), board.text(label)) for y, label in box.ticks()]
    return ticks


def _labels(board: Board, box: PanelBox, mark: MarkBox) -> list[dict[str, Any]]:
    """Return the words of a mark; a direction has its sign, a category its pill: under them lies what is hovered."""
    label = mark.label
    if label is None:
        return []
    # The pale ink of what is disputed is for its symbol: too pale to be read.
    colour = board.theme.muted if mark.mark.disputed else series_ink(board, box)
    anchor = mark.anchor(label.x)
    y, words = label.top + 1.25, board.text(label.text)
    note = board.note(label.x, y, words, colour, anchor_mm=anchor)
    if mark.more:
        words = "<br>".join(board.text(line.text) for line in (label, *mark.more))
        far = min(line.x for line in (label, *mark.more))
        side = "left" if label.x > anchor else "right"
        note = board.note(far, mark.y, words, colour, anchor_mm=anchor, more={"align": side})
    if mark.mark.shape == "trend":
        signs = _TREND_SIGNS[mark.mark.symbol]
        sign = f'<span style="font-size:17px">{signs}</span>'
        # Letters that are signs take more room than those drawn on paper.
        note["xshift"] += _MORE * (len(signs) - 1) * (-1 if label.x < anchor else 1)
        return [board.note(anchor, mark.y, sign, colour, anchor_mm=anchor, more={"xanchor": "center"}), note]
    if mark.in_pill:
        note = board.note(mark.x or anchor, y, words, colour, anchor_mm=anchor, more={"xanchor": "center"})
        # Over its line stands a pill that hides it, and its words stand over that.
        return [note if mark.mark.certainty == "exact" else note | {"bgcolor": board.theme.paper}]
    return [board.beside(label.x, width(label.text, t.SMALL), y, words, colour, anchor)]
