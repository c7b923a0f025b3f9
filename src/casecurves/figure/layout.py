"""Where everything goes on a page of a given width, in millimetres.

The printed picture is drawn from this; the interactive one takes its proportions from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casecurves.figure import theme as t
from casecurves.figure.layout_lanes import LaneBox, chip_rows, lane_boxes
from casecurves.figure.layout_panels import PanelBox, panel_box
from casecurves.figure.layout_rail import RailBox, rail_box
from casecurves.figure.layout_words import Words, words_box
from casecurves.figure.spec import Axis, Panel, Span, Spec
from casecurves.figure.text import width, wrap

MARGIN = 3.0
_STEP_WIDTH = 15.0
_GAP = 2.0


@dataclass(frozen=True)
class Frame:
    """The horizontal geometry: the gutter of labels at left and the zones of the axis."""

    width: float
    gutter: float
    plot0: float
    plot1: float
    zones: dict[str, tuple[float, float, float, float]]

    def x(self, zone: str, value: float) -> float:
        """Return the place of a coordinate of a zone on the page."""
        lo, hi, x0, x1 = self.zones[zone]
        return x0 + (x1 - x0) * (value - lo) / (hi - lo)

    def extent(self, spans: Sequence[Span]) -> tuple[float, float]:
        """Return the left and right end of contiguous spans on the page."""
        return self.x(spans[0].zone, spans[0].x0), self.x(spans[-1].zone, spans[-1].x1)


@dataclass(frozen=True)
class Layout:
    """A whole page."""

    spec: Spec
    frame: Frame
    height: float
    words: Words
    plot_top: float
    lanes: tuple[LaneBox, ...]
    chips_y: float
    chips: tuple[tuple[tuple[float, float, str, int], ...], ...]
    rail: RailBox
    panels: tuple[PanelBox, ...]
    axis_y: float


def lay_out(spec: Spec, page_width: float = 190.0, *, words: bool = True) -> Layout:
    """Place a spec on a page.

    Parameters
    ----------
    spec : Spec
        The figure.
    page_width : float
        Width of the page in millimetres; its height follows from what is on it.
    words : bool
        False leaves out title, boxes, legend and notes, for a picture whose words stand beside it.

    Returns
    -------
    Layout
        Where everything is.
    """
    frame = _frame(spec, page_width)
    around = words_box(spec, page_width, MARGIN, words=words)
    y = around.top
    if len(spec.axis.zones) > 1:
        y += t.SMALL_ITALIC.height + 0.6
    plot_top = y
    y += 1.0
    lanes = lane_boxes(spec.lanes, frame, y)
    y = lanes[-1].y + lanes[-1].height if lanes else y
    chips_y = y
    rows = chip_rows(spec.chips, frame) if spec.chips else ()
    y += _chips_height(spec, frame, len(rows))
    rail = rail_box(spec.rail, frame, y)
    y = rail.y + rail.height + _GAP
    panels = []
    for panel in spec.panels:
        box = panel_box(panel, frame, y, MARGIN)
        panels.append(box)
        y += box.height + _GAP
    axis_y = y - (_GAP / 2 if panels else 0.0)
    bottom = axis_y + (1.0 if spec.empty else 2 * t.SMALL.height + 2.0)
    return Layout(
        spec=spec,
        frame=frame,
        height=bottom + around.below_height + MARGIN,
        words=around.placed_below(bottom),
        plot_top=plot_top,
        lanes=lanes,
        chips_y=chips_y,
        chips=rows,
        rail=rail,
        panels=tuple(panels),
        axis_y=axis_y,
    )


def _chips_height(spec: Spec, frame: Frame, rows: int) -> float:
    """Return the room of the chips and of the words beside them, whichever needs more."""
    if not rows:
        return 0.0
    lines = wrap(spec.chips[0].label, frame.gutter - MARGIN, t.SMALL)
    return max(rows * 5.0, len(lines) * t.SMALL.height + 1.0) + 0.8


def _frame(spec: Spec, page_width: float) -> Frame:
    gutter = MARGIN + min(max(_gutter(spec), 16.0), page_width * 0.14 + 12.0)
    plot0 = gutter + 2.0 + _tick_width(spec.panels)
    plot1 = page_width - MARGIN - 1.5
    return Frame(page_width, gutter, plot0, plot1, _zones(spec.axis, plot0, plot1))


def _gutter(spec: Spec) -> float:
    names = (
        [lane.drug for lane in spec.lanes] + [panel.label for panel in spec.panels] + [c.label for c in spec.chips[:1]]
    )
    subs = [lane.sublabel for lane in spec.lanes] + [panel.sublabel for panel in spec.panels]
    widths = [width(name, t.LABEL) for name in names] + [width(sub, t.SMALL) for sub in subs]
    return max(widths, default=20.0) + 1.0


def _tick_width(panels: Sequence[Panel]) -> float:
    return max((width(tick.label, t.SMALL) for panel in panels for tick in panel.yticks), default=0.0) + 1.2


def _zones(axis: Axis, plot0: float, plot1: float) -> dict[str, tuple[float, float, float, float]]:
    total = plot1 - plot0
    order = [zone for zone in axis.zones if zone.name != "main"]
    steps = {zone.name: zone.hi - zone.lo for zone in order}
    wanted = sum(steps.values()) * _STEP_WIDTH
    share = min(wanted, total * (0.45 if len(order) == 1 else 0.55)) if order else 0.0
    zones: dict[str, tuple[float, float, float, float]] = {}
    x = plot0
    for zone in axis.zones:
        size = total - share if zone.name == "main" else share * steps[zone.name] / sum(steps.values())
        zones[zone.name] = (zone.lo, zone.hi, x, x + size)
        x += size
    return zones
