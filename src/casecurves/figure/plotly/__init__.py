"""The interactive picture: a laid-out spec as a plain plotly dict, few traces, nothing but numbers in numeric arrays.

Both pictures share one layout. The vertical axis is in millimetres of that layout, so that lanes, rail and panels stand
where paper has them and one cross-hair runs through all; each zone of the time axis is an x axis of its own, the scaled
one in the unit shown. Only x can be zoomed.
"""

from __future__ import annotations

from typing import Any

from casecurves.figure.layout import lay_out
from casecurves.figure.layout.words import thinned
from casecurves.figure.options import ThemeName
from casecurves.figure.plotly.board import Board, faded, marker_traces
from casecurves.figure.plotly.charts import chart_axes, chart_notes, chart_shapes, chart_trace, upper_part
from casecurves.figure.plotly.folds import fold_shapes, fold_signs, written_ticks
from casecurves.figure.plotly.lanes import bar_traces, lane_annotations, lane_points, lane_shapes
from casecurves.figure.plotly.lean import lean
from casecurves.figure.plotly.panels import panel_annotations, panel_shapes, panel_ticks, panel_traces
from casecurves.figure.plotly.pixels import bracket_shapes, hatch_shape, pill_shapes, range_shapes
from casecurves.figure.plotly.rail import rail_annotations, rail_points, rail_shapes
from casecurves.figure.plotly.ribbons import ribbon_annotations, ribbon_points, ribbon_shapes
from casecurves.figure.plotly.swim import swim_points, swim_shapes
from casecurves.figure.plotly.targets import Places, locate
from casecurves.figure.plotly.texts import as_texts
from casecurves.figure.spec import Spec, Zone
from casecurves.figure.text import FAMILY, width
from casecurves.figure.theme import THEMES
from casecurves.words import decimal, say

# Screen pixels per millimetre of the layout: 7 pt of paper become 12 px.
PX_PER_MM = 4.8
_CONFIG = {
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "displaylogo": False,
    "responsive": True,
    "scrollZoom": False,
    "doubleClick": "reset",
    "showTips": False,
    "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d", "toImage"],
}
# What plotly calls its buttons, and where the catalogue has words for them.
_BUTTONS = {"Zoom": "zoom", "Pan": "pan", "Zoom in": "in", "Zoom out": "out", "Reset axes": "reset"}


def config(lang: str) -> dict[str, Any]:
    """Return plotly's settings: nothing is sent anywhere, and its buttons speak the language of the figure.

    Parameters
    ----------
    lang : {"en", "fr"}
        Language of the figure.

    Returns
    -------
    dict
        Plain JSON values.
    """
    words = {plotlys: say(f"modebar.{key}", lang) for plotlys, key in _BUTTONS.items()}
    return {**_CONFIG, "locale": lang, "locales": {lang: {"dictionary": words}}}


def to_plotly(spec: Spec, *, theme: ThemeName = "light", width_px: float = 1180.0) -> dict[str, Any]:
    """Return the figure for plotly.js.

    Parameters
    ----------
    spec : Spec
        What to draw.
    theme : {"light", "dark", "grey"}
        Colours.
    width_px : float
        Width at which labels are placed; a wider or narrower frame stretches the time axis only.

    Returns
    -------
    dict
        ``data`` and ``layout``, plain JSON values; every string from the case is escaped. ``layout["height"]`` is the
        height in pixels. Draw it with `config`, which keeps plotly's sharing button off.
    """
    board = _board(spec, theme, width_px)
    points = [*lane_points(board), *swim_points(board), *rail_points(board), *ribbon_points(board)]
    layout = _layout(board, spec)
    texts, layout["annotations"] = as_texts(board, layout["annotations"])
    data = [
        *bar_traces(board),
        *panel_traces(board),
        *marker_traces(board, points),
        *chart_trace(board),
        *texts,
    ]
    return {"data": data, "layout": lean(layout, board.at_left)}


def places(spec: Spec, *, width_px: float = 1180.0) -> Places:
    """Return where the marks and the days are on the figure of the same width."""
    return locate(_board(spec, "light", width_px))


def _board(spec: Spec, theme: ThemeName, width_px: float) -> Board:
    return Board(lay_out(spec, width_px / PX_PER_MM, words="none"), THEMES[theme], PX_PER_MM)


def _layout(board: Board, spec: Spec) -> dict[str, Any]:
    page, theme = board.page, board.theme
    frame = page.frame
    top, bottom = page.plot_top, page.charts_end if page.charts else page.axis_y
    below = _BELOW_CHARTS if page.charts else _BOTTOM
    rows = [line.y for line in page.zone_lines] or [0.0]
    above = _TOP + round((max(rows) - min(rows)) * PX_PER_MM) + (_TICK_LINE if page.ticks_above else 0)
    axes = {board.axis_key(zone.name): _x_axis(board, index) for index, zone in enumerate(spec.axis.zones)}
    return {
        "height": round((bottom - top) * PX_PER_MM) + above + below,
        "margin": {
            "l": round(board.left * PX_PER_MM),
            "r": round((frame.width - frame.plot1) * PX_PER_MM) + 8,
            "t": above,
            "b": below,
        },
        "paper_bgcolor": theme.paper,
        "plot_bgcolor": theme.paper,
        "font": {"family": f"{FAMILY}, sans-serif", "size": 12, "color": theme.ink},
        # Of the ticks that plotly writes itself.
        "separators": decimal(".", spec.lang) + "\u00a0",
        "showlegend": False,
        "barmode": "overlay",
        "hoverlabel": {
            "bgcolor": theme.paper,
            "bordercolor": theme.frame,
            "font": {"color": theme.ink, "size": 12},
            "align": "left",
        },
        "shapes": [
            *_ground(board, spec),
            *panel_shapes(board),
            *_bounds(board, spec),
            *lane_shapes(board),
            *swim_shapes(board),
            *rail_shapes(board),
            *ribbon_shapes(board),
            *fold_shapes(board),
            *chart_shapes(board),
            *bracket_shapes(board),
            *pill_shapes(board),
            *range_shapes(board),
        ],
        "annotations": [
            *_zone_labels(board),
            *_ticks_above(board),
            *fold_signs(board),
            *lane_annotations(board),
            *rail_annotations(board),
            *panel_annotations(board),
            *chart_notes(board),
            *ribbon_annotations(board),
        ],
        **axes,
        "yaxis": _y_axis(board),
        **chart_axes(board),
    }


# Of the whole width, and of a scaled part however narrow.
_MOST_TICKS, _LEAST_TICKS = 16, 4
_TOP = 34
# A line of ticks over the picture.
_TICK_LINE = 16
_BOTTOM = 56
_BELOW_CHARTS = 12


def _x_axis(board: Board, index: int) -> dict[str, Any]:
    zone = board.page.spec.axis.zones[index]
    frame = board.page.frame
    _, _, x0, x1 = frame.zones[zone.name]
    total = frame.plot1 - board.left
    scaled = zone.name == "main"
    axis: dict[str, Any] = {
        "type": "linear",
        "domain": [round((x0 - board.left) / total, 6), round((x1 - board.left) / total, 6)],
        "range": [board.exact_x(zone.name, end) for end in (zone.lo, zone.hi)],
        "anchor": "y",
        **({"visible": False} if board.page.spec.timeless and board.page.charts else {}),
        "fixedrange": not scaled,
        "gridcolor": board.theme.grid if scaled else board.theme.frame,
        **({} if scaled else {"griddash": "dot"}),
        "zeroline": False,
        "showline": True,
        "linecolor": board.theme.frame,
        "tickfont": {"color": board.theme.muted},
        "showspikes": True,
        "spikemode": "across",
        "spikesnap": "cursor",
        "spikethickness": 1,
        "spikedash": "dot",
        "spikecolor": board.theme.muted,
    }
    if scaled:
        most = max(_LEAST_TICKS, round(_MOST_TICKS * (x1 - x0) / total))
        # The last may be zero, which has none.
        letters = (tick.label.strip("0123456789.,\u2212") for tick in reversed(zone.ticks))
        letter = next(filter(None, letters), "")
        axis |= {
            # Zero needs no unit, as on paper.
            **(written_ticks(board) or {"tickprefix": letter, "nticks": most, "labelalias": {f"{letter}0": "0"}}),
            "title": {"text": board.text(board.page.spec.axis.label), "font": {"color": board.theme.muted}},
        }
    else:
        axis |= {
            "tickmode": "array",
            "tickvals": [tick.x for tick in zone.ticks],
            "ticktext": [tick.label for tick in zone.ticks],
        }
    return axis


def _y_axis(board: Board) -> dict[str, Any]:
    page, theme = board.page, board.theme
    ticks = panel_ticks(board)
    return {
        "type": "linear",
        # Its numbers stand left of the whole plot, not of the scaled part.
        **({"anchor": "free", "position": 0} if page.spec.axis.zones[0].name != "main" else {}),
        "range": [page.axis_y, page.plot_top],
        **({"domain": upper_part(board)} if page.charts else {}),
        "fixedrange": True,
        "zeroline": False,
        "gridcolor": theme.grid,
        "gridwidth": 0.6,
        "tickfont": {"color": theme.muted},
        "ticklabelstandoff": 4,
        "tickmode": "array",
        "tickvals": [y for y, _ in ticks],
        "ticktext": [text for _, text in ticks],
    }


def _ground(board: Board, spec: Spec) -> list[dict[str, Any]]:
    """Return the order-only zones and the states in which all else is to be read, under everything else."""
    if spec.timeless and board.page.charts:
        return []
    ordered = [zone for zone in spec.axis.zones if zone.name != "main"]
    return [*(shape for zone in ordered for shape in _shade(board, zone)), *_states(board, spec)]


def _bounds(board: Board, spec: Spec) -> list[dict[str, Any]]:
    """Return day zero and the end of follow-up, over what is shaded."""
    if spec.timeless and board.page.charts:
        return []
    page, theme = board.page, board.theme
    shapes = []
    lo, hi = page.frame.zones["main"][:2]
    # Of dates, the first is no more a day zero than any other.
    if lo <= 0 <= hi and not spec.axis.calendar:
        shapes.append(board.line("main", 0.0, 0.0, page.plot_top, page.axis_y, theme.ink, 1.2))
    end = spec.axis.last_follow_up
    if end is not None and lo <= end <= hi:
        dash = "solid" if spec.axis.death else "dash"
        shapes.append(board.line("main", end, end, page.plot_top, page.axis_y, theme.muted, 1.2, dash))
    return shapes


def _shade(board: Board, zone: Zone) -> list[dict[str, Any]]:
    """Return the ground of an order-only zone and its hatch, under the words that reach into it from its neighbour."""
    page = board.page
    rect = board.rect(zone.name, zone.lo, zone.hi, page.plot_top, page.axis_y, fill=board.theme.zone)
    total = page.frame.plot1 - board.left
    ends = [round((x - board.left) / total, 6) for x in page.frame.zones[zone.name][2:]]
    return [rect | {"xref": "paper", "x0": ends[0], "x1": ends[1]}, hatch_shape(board, zone)]


def _states(board: Board, spec: Spec) -> list[dict[str, Any]]:
    """Return the shade of states in which all else is to be read, and the lines from which it is after something."""
    page, theme = board.page, board.theme
    shapes = []
    for band in page.rail.bands:
        if band.bar.across:
            for s in band.bar.possible:
                outline = board.rect(s.zone, s.x0, s.x1, band.y, page.axis_y, line=theme.muted, dash="4px,4px")
                shapes.append(outline | {"layer": "below"})
            pale = faded(theme.frame, 0.3)
            shapes += [board.rect(s.zone, s.x0, s.x1, band.y, page.axis_y, fill=pale) for s in band.bar.certain]
    for mark in spec.rail.marks:
        if mark.from_here:
            last, dash = mark.place[-1], "solid" if mark.certainty == "exact" else "dash"
            line = board.line(last.zone, last.x1, last.x1, page.plot_top, page.axis_y, theme.muted, 1.8, dash)
            shapes.append(line)
    return shapes


def _zone_labels(board: Board) -> list[dict[str, Any]]:
    frame = board.page.frame
    last = max((line.y for line in board.page.zone_lines), default=0.0)
    return [
        {
            "xref": "paper",
            "yref": "paper",
            "x": round((line.x + width(line.text, line.style) / 2 - frame.plot0) / (frame.plot1 - frame.plot0), 5),
            "y": 1.0,
            "xanchor": "center",
            "xshift": 0,
            "yshift": round(14 + (last - line.y) * PX_PER_MM) + (_TICK_LINE if board.page.ticks_above else 0),
            "showarrow": False,
            "text": f"<i>{board.text(line.text)}</i>",
            "font": {"color": board.theme.muted},
            **({"name": line.role, "captureevents": True} if line.role != "zone" else {}),
        }
        for line in board.page.zone_lines
    ]


def _ticks_above(board: Board) -> list[dict[str, Any]]:
    """Return the ticks of the scaled axis over a picture whose lower end is far below its upper."""
    if not board.page.ticks_above:
        return []
    zone = next(zone for zone in board.page.spec.axis.zones if zone.name == "main")
    labels = thinned([(board.page.frame.x("main", tick.x), tick.label) for tick in zone.ticks])
    over = {"yref": "paper", "y": 1.0, "xanchor": "center", "yanchor": "bottom"}
    return [board.note(mm, 0.0, board.text(label), board.theme.muted, more=over) for mm, label in labels]
