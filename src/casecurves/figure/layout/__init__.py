"""Where everything goes on a page of a given width, in millimetres.

The printed picture is drawn from this; the interactive one takes its proportions from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from casecurves.figure import theme as t
from casecurves.figure.layout.lanes import ChipBox, LaneBox, chip_boxes, lane_boxes
from casecurves.figure.layout.panels import PanelBox, panel_box
from casecurves.figure.layout.rail import RailBox, rail_box
from casecurves.figure.layout.words import TextLine, Words, words_box
from casecurves.figure.spec import Axis, Panel, Span, Spec
from casecurves.figure.text import Style, width, wrap

MARGIN = 3.0
_STEP_WIDTH = 15.0
_GAP = 2.0
# Room of a letter before the names at left.
_LETTER = 4.5
# The names at left may take this share of a narrow page, so that no word of them is cut.
_GUTTER_SHARE = 0.36


@dataclass(frozen=True)
class Frame:
    """The horizontal geometry: the gutter of labels at left (from ``left`` on) and the zones of the axis."""

    width: float
    left: float
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
    zone_lines: tuple[TextLine, ...]
    plot_top: float
    lanes: tuple[LaneBox, ...]
    chips_y: float
    chips: tuple[ChipBox, ...]
    rail: RailBox
    panels: tuple[PanelBox, ...]
    axis_y: float
    axis_label: tuple[str, ...]
    letters: tuple[TextLine, ...]


def lay_out(
    spec: Spec,
    page_width: float = 190.0,
    *,
    title: bool = True,
    words: Literal["below", "apart", "none"] = "below",
    letters: bool = False,
) -> Layout:
    """Place a spec on a page.

    Parameters
    ----------
    spec : Spec
        The figure.
    page_width : float
        Width of the page in millimetres; its height follows from what is on it.
    title : bool
        False leaves out title and subtitle.
    words : {"below", "apart", "none"}
        ``apart`` leaves boxes, legend and notes to the caption; ``none`` leaves out every word round the picture, for
        one whose words stand beside it.
    letters : bool
        True letters the parts from top to bottom.

    Returns
    -------
    Layout
        Where everything is.
    """
    frame = _frame(spec, page_width, MARGIN + (_LETTER if letters else 0.0))
    around = words_box(spec, page_width, MARGIN, title=title, words=words)
    zone_lines = _zone_lines(spec.axis, frame, around.top)
    y = max((line.y for line in zone_lines), default=around.top - 0.9) + 0.9
    plot_top = y
    y += 1.0
    lanes = lane_boxes(spec.lanes, frame, y)
    y = lanes[-1].y + lanes[-1].height if lanes else y
    chips_y = y
    chips = chip_boxes(spec.chips, frame, y)
    y += _chips_height(spec, frame, chips, y)
    rail = rail_box(spec.rail, frame, y)
    y = rail.y + rail.height + _GAP
    panels = []
    for panel in spec.panels:
        box = panel_box(panel, frame, y)
        panels.append(box)
        y += box.height + _GAP
    parts = [(plot_top + 1.0, bool(lanes or chips)), (rail.y, bool(rail.height)), *((box.y, True) for box in panels)]
    axis_y = y - (_GAP / 2 if panels else 0.0)
    axis_label = tuple(wrap(spec.axis.label, page_width - 2 * MARGIN, t.SMALL))
    bottom = axis_y + (1.0 if spec.empty else (1 + len(axis_label)) * t.SMALL.height + 2.0)
    return Layout(
        spec=spec,
        frame=frame,
        height=bottom + around.below_height + MARGIN,
        words=around.placed_below(bottom),
        zone_lines=zone_lines,
        plot_top=plot_top,
        lanes=lanes,
        chips_y=chips_y,
        chips=chips,
        rail=rail,
        panels=tuple(panels),
        axis_y=axis_y,
        axis_label=axis_label,
        letters=_letters([y for y, found in parts if found]) if letters else (),
    )


def _letters(tops: Sequence[float]) -> tuple[TextLine, ...]:
    """Return a letter at the top of each part."""
    return tuple(
        TextLine(MARGIN, top + t.LABEL.height - 0.4, letter(number), t.LABEL, "letter")
        for number, top in enumerate(tops)
    )


def letter(number: int) -> str:
    """Return the letter of a part, counted from 0: A to Z, then AA, AB."""
    first, last = divmod(number, 26)
    return (letter(first - 1) if first else "") + chr(ord("A") + last)


def _zone_lines(axis: Axis, frame: Frame, top: float) -> tuple[TextLine, ...]:
    """Return the names of the zones over them, on the page and one under the other where they would meet."""
    if len(axis.zones) < 2:
        return ()
    ends: list[float] = []
    lines = []
    for zone in axis.zones:
        _, _, x0, x1 = frame.zones[zone.name]
        size = width(zone.label, t.SMALL_ITALIC)
        x = max(min((x0 + x1 - size) / 2, frame.width - MARGIN - size), MARGIN)
        level = next((i for i, end in enumerate(ends) if end + 1.5 <= x), len(ends))
        ends[level:] = [x + size, *ends[level + 1 :]]
        y = top + (level + 1) * t.SMALL_ITALIC.height - 0.3
        lines.append(TextLine(x, y, zone.label, t.SMALL_ITALIC, "zone"))
    return tuple(lines)


def _chips_height(spec: Spec, frame: Frame, chips: Sequence[ChipBox], top: float) -> float:
    """Return the room of the chips and of the words beside them, whichever needs more."""
    if not chips:
        return 0.0
    lines = wrap(spec.chips[0].label, frame.gutter - frame.left, t.SMALL)
    below = max(box.y + box.height for box in chips) + 0.5
    return max(below - top, len(lines) * t.SMALL.height + 1.0) + 0.8


def _frame(spec: Spec, page_width: float, left: float) -> Frame:
    longest = max((width(word, style) for text, style in _gutter_texts(spec) for word in text.split(" ")), default=0.0)
    most = max(page_width * 0.14 + 12.0, min(longest + 0.1, page_width * _GUTTER_SHARE))
    gutter = left + min(max(_gutter(spec), 16.0), most)
    plot0 = gutter + 2.0 + _tick_width(spec.panels)
    plot1 = page_width - MARGIN - 1.5
    return Frame(page_width, left, gutter, plot0, plot1, _zones(spec.axis, plot0, plot1))


def _gutter(spec: Spec) -> float:
    return max((width(text, style) for text, style in _gutter_texts(spec)), default=20.0) + 1.0


def _gutter_texts(spec: Spec) -> list[tuple[str, Style]]:
    names = [*(lane.drug for lane in spec.lanes), *(panel.label for panel in spec.panels)]
    smaller = [lane.sublabel for lane in spec.lanes] + [panel.sublabel for panel in spec.panels]
    smaller += [*(lane.regimen for lane in spec.lanes), *(chip.label for chip in spec.chips[:1])]
    return [*((name, t.LABEL) for name in names), *((text, t.SMALL) for text in smaller)]


def _tick_width(panels: Sequence[Panel]) -> float:
    return max((width(tick.label, t.SMALL) for panel in panels for tick in panel.yticks), default=0.0) + 1.2


def _zones(axis: Axis, plot0: float, plot1: float) -> dict[str, tuple[float, float, float, float]]:
    total = plot1 - plot0
    order = [zone for zone in axis.zones if zone.name != "main"]
    steps = {zone.name: zone.hi - zone.lo for zone in order}
    wanted = sum(steps.values()) * _STEP_WIDTH
    main = next(zone for zone in axis.zones if zone.name == "main")
    # A scaled part of a few days beside many steps needs little room.
    most = 0.75 if main.hi - main.lo < 3 else 0.45 if len(order) == 1 else 0.55
    share = min(wanted, total * most) if order else 0.0
    zones: dict[str, tuple[float, float, float, float]] = {}
    x = plot0
    for zone in axis.zones:
        size = total - share if zone.name == "main" else share * steps[zone.name] / sum(steps.values())
        zones[zone.name] = (zone.lo, zone.hi, x, x + size)
        x += size
    return zones
