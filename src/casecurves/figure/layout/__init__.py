"""Where everything goes on a page of a given width, in millimetres.

The printed picture is drawn from this; the interactive one takes its proportions from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from math import inf
from typing import NamedTuple

from casecurves.figure import theme as t
from casecurves.figure.layout.charts import ChartBox, chart_boxes
from casecurves.figure.layout.folds import Cut, lane_cuts, panel_cuts, rail_cuts
from casecurves.figure.layout.frame import Fold, Frame, folds_of, zones_of
from casecurves.figure.layout.labels import numbered
from casecurves.figure.layout.lanes import ChipBox, LaneBox, chip_boxes
from casecurves.figure.layout.overlay import OverlayBox, axes_room
from casecurves.figure.layout.panels import PanelBox
from casecurves.figure.layout.rail import RailBox, rail_box, state_boxes
from casecurves.figure.layout.ribbons import RibbonBox
from casecurves.figure.layout.signs import signed
from casecurves.figure.layout.stacks import GAP, Stood, lanes_above, panels_below, stacked
from casecurves.figure.layout.words import TextLine, Words, WordsMode, words_box
from casecurves.figure.spec import Axis, Panel, Spec
from casecurves.figure.text import Style, width, wrap
from casecurves.model.immutable import immutable
from casecurves.words import say

__all__ = ["MARGIN", "Fold", "Frame", "Layout", "WordsMode", "lay_out"]

MARGIN = 3.0
# A comparison of so many lanes and panels has its ticks above, too.
_TALL = 15
# Between the top of the picture and the first thing in it.
_AIR = 1.0
# Room of a letter before the names at left.
_LETTER = 4.5
# The names at left may take this share of a narrow page, so that no word of them is cut.
_GUTTER_SHARE = 0.36


@immutable(frozen=True)
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
    cuts: tuple[Cut, ...] = ()
    overlays: tuple[OverlayBox, ...] = ()
    charts: tuple[ChartBox, ...] = ()
    charts_x: float = 0.0
    charts_y: float = 0.0
    charts_end: float = 0.0
    ribbons: tuple[RibbonBox, ...] = ()

    @property
    def ticks_above(self) -> bool:
        """True when the ticks of the axis stand above the picture, too."""
        return _tall(self.spec)


def lay_out(
    spec: Spec,
    page_width: float = 190.0,
    *,
    title: bool = True,
    words: WordsMode = "below",
    letters: bool = False,
    stretch: float = 1.0,
    most_pt: float = inf,
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
    words : {"below", "apart", "told", "none"}
        ``apart`` leaves boxes, legend and notes to the caption; ``none`` leaves out every word round the picture, for
        one whose words stand beside it, ``told`` all but those for which the picture has no place.
    letters : bool
        True letters the parts from top to bottom.
    stretch : float
        How many times higher than usual panels are, and the air round bars: for a room of a given height.
    most_pt : float
        Size in points that no line of the title exceeds.

    Returns
    -------
    Layout
        Where everything is.
    """
    frame = _frame(spec, page_width, MARGIN + (_LETTER if letters else 0.0), foot=words != "none", stretch=stretch)
    set_words = partial(words_box, spec, page_width, MARGIN, title=title, words=words, most_pt=most_pt)
    around = set_words()
    head = _head(spec, frame, around.top)
    lower = panels_below(spec, frame, head.rail.y + head.rail.height + GAP)
    panels = (*head.stood.panels, *lower.panels)
    told = tuple((box.panel.label, said) for box in panels if (said := (*_new_unlabelled(spec, box), *box.told)))
    around = set_words(told=told) if told else around
    foot = _foot(spec, frame, lower, _LETTER if letters else 0.0)
    return Layout(
        spec=spec,
        frame=frame,
        height=foot.bottom + around.below_height + MARGIN,
        words=around.placed_below(foot.bottom),
        zone_lines=head.zone_lines,
        plot_top=head.plot_top,
        lanes=head.stood.lanes,
        chips_y=head.stood.bottom,
        chips=head.chips,
        rail=head.rail,
        panels=panels,
        axis_y=foot.axis_y,
        axis_label=foot.axis_label,
        letters=_letters(_parts(spec, head, lower, foot)) if letters else (),
        cuts=(*lane_cuts(frame, head.stood.lanes), *rail_cuts(frame, head.rail), *panel_cuts(frame, panels)),
        overlays=(*head.stood.overlays, *lower.overlays),
        charts=foot.charts,
        charts_x=foot.charts_x,
        charts_y=foot.charts_y,
        charts_end=foot.charts_end,
        ribbons=(*head.stood.ribbons, *lower.ribbons),
    )


class _Head(NamedTuple):
    """The picture down to the rail: the names of zones, what stands above the rail, chips, the rail."""

    zone_lines: tuple[TextLine, ...]
    plot_top: float
    stood: Stood
    chips: tuple[ChipBox, ...]
    rail: RailBox


def _head(spec: Spec, frame: Frame, top: float) -> _Head:
    zone_lines = _zone_lines(spec.axis, frame, top)
    y = max((line.y for line in zone_lines), default=top - 0.9) + 0.9
    plot_top = y + (t.SMALL.height if _tall(spec) else 0.0)
    states, y = state_boxes([bar for bar in spec.rail.bands if bar.across], frame, plot_top + _AIR)
    stood = stacked(spec, frame, y) if spec.stacks else lanes_above(spec, frame, y)
    chips = chip_boxes(spec.chips, frame, stood.bottom)
    y = stood.bottom + _chips_height(spec, frame, chips, stood.bottom)
    return _Head(zone_lines, plot_top, stood, chips, rail_box(spec.rail, frame, y, states))


class _Foot(NamedTuple):
    """The picture below its panels: the time axis, the charts, and where they end."""

    axis_y: float
    axis_label: tuple[str, ...]
    charts_x: float
    charts_y: float
    charts: tuple[ChartBox, ...]
    charts_end: float
    bottom: float


def _foot(spec: Spec, frame: Frame, lower: Stood, indent: float) -> _Foot:
    axis_y = lower.bottom - (GAP / 2 if lower.panels else 0.0)
    axis_label = tuple(wrap(spec.axis.label, frame.width - 2 * MARGIN, t.SMALL))
    bottom = axis_y + (1.0 if spec.timeless else (1 + len(axis_label)) * t.SMALL.height + 2.0)
    x, y = (frame.left - indent, bottom) if spec.timeless else (frame.plot0, bottom + 2 * GAP)
    charts, end = chart_boxes(spec.charts, x, frame.plot1, y, indent, frame.stretch)
    return _Foot(axis_y, axis_label, x, y, charts, end, end + GAP if charts else bottom)


def _parts(spec: Spec, head: _Head, lower: Stood, foot: _Foot) -> list[tuple[float, float]]:
    """Return where a letter may stand: at the top of lanes, rail, each frame and each chart that there is."""
    tops = [
        *([head.plot_top + _AIR] if head.stood.lanes or head.chips else ()),
        *([head.rail.y] if head.rail.height else ()),
    ]
    tops += [*(head.stood.tops if spec.stacks else ()), *lower.tops]
    return [(MARGIN, top) for top in tops] + [(box.x - _LETTER, box.y - 0.6) for box in foot.charts]


def _letters(places: Sequence[tuple[float, float]]) -> tuple[TextLine, ...]:
    """Return a letter at the top of each part."""
    return tuple(
        TextLine(x, top + t.LABEL.height - 0.4, letter(number), t.LABEL, "letter")
        for number, (x, top) in enumerate(places)
    )


def letter(number: int) -> str:
    """Return the letter of a part, counted from 0: A to Z, then AA, AB."""
    first, last = divmod(number, 26)
    return (letter(first - 1) if first else "") + chr(ord("A") + last)


def _tall(spec: Spec) -> bool:
    rows = (1 if stack.shared else len(stack.lanes) + len(stack.panels) for stack in spec.stacks)
    return sum(rows) >= _TALL


def _zone_lines(axis: Axis, frame: Frame, top: float) -> tuple[TextLine, ...]:
    """Return the names of the zones and folds over them, on the page, one under the other where they would meet."""
    wanted = [(*frame.zones[zone.name][2:], zone.label, "zone") for zone in axis.zones if len(axis.zones) > 1]
    wanted += [(fold.x0, fold.x1, fold.label, f"fold-{fold.n}") for fold in frame.folds]
    ends: list[float] = []
    lines = []
    for x0, x1, label, role in sorted(wanted, key=lambda item: item[0] + item[1]):
        for line, middle in _over(frame, x0, x1, label) if role == "zone" else [(label, (x0 + x1) / 2)]:
            size = width(line, t.SMALL_ITALIC)
            x = max(min(middle - size / 2, frame.width - MARGIN - size), MARGIN)
            level = next((i for i, end in enumerate(ends) if end + 1.5 <= x), len(ends))
            ends[level:] = [x + size, *ends[level + 1 :]]
            y = top + (level + 1) * t.SMALL_ITALIC.height - 0.3
            lines.append(TextLine(x, y, line, t.SMALL_ITALIC, role))
    return tuple(lines)


def _over(frame: Frame, x0: float, x1: float, label: str) -> list[tuple[str, float]]:
    """Return the lines of the name of a zone, and the middle of each: over no other zone.

    Over the names at left nothing is drawn, so that a long one may begin there.
    """
    size = width(label, t.SMALL_ITALIC)
    if size <= x1 - x0:
        return [(label, (x0 + x1) / 2)]
    if x0 == frame.plot0 and x1 - size >= MARGIN:
        return [(label, x1 - size / 2)]
    # No word is broken: one wider than its zone reaches out of the picture.
    room = max(x1 - x0, *(width(word, t.SMALL_ITALIC) for word in label.split()))
    aside = 0.0 if room == x1 - x0 else (x1 - x0 - room) / 2 * (1 if x0 == frame.plot0 else -1)
    return [(line, (x0 + x1) / 2 + aside) for line in wrap(label, room, t.SMALL_ITALIC)]


def _chips_height(spec: Spec, frame: Frame, chips: Sequence[ChipBox], top: float) -> float:
    """Return the room of the chips and of the words beside them, whichever needs more."""
    if not chips:
        return 0.0
    lines = wrap(spec.chips[0].label, frame.gutter - frame.left, t.SMALL)
    below = max(box.y + box.height for box in chips) + 0.5
    return max(below - top, len(lines) * t.SMALL.height + 1.0) + 0.8


def _new_unlabelled(spec: Spec, box: PanelBox) -> list[str]:
    """Return the values that are news, and that the panel had no room to write: a class must be able to read them."""
    new = [mark for mark in box.marks if not numbered(mark) and mark.mark.row in spec.news]
    return [say("panel.new", spec.lang, value=signed(mark.mark, mark.mark.label)) for mark in new if mark.mark.label]


def _frame(spec: Spec, page_width: float, left: float, *, foot: bool, stretch: float) -> Frame:
    longest = max((width(word, style) for text, style in _gutter_texts(spec) for word in text.split(" ")), default=0.0)
    most = max(page_width * 0.21 + 5.7, min(longest + 0.1, page_width * _GUTTER_SHARE))
    gutter = left + min(max(_gutter(spec), 16.0), most)
    shared = [panel for panel in spec.panels if panel.key in spec.overlay]
    tied = [panel for stack in spec.stacks if stack.shared for panel in spec.panels if panel.key in stack.panels[:1]]
    alone = [panel for panel in spec.panels if panel not in shared]
    plot0 = max(gutter + 2.0 + _tick_width(alone), left + axes_room(shared), left + axes_room(tied))
    plot1 = page_width - MARGIN - 1.5
    zones = zones_of(spec.axis, plot0, plot1)
    folds = folds_of(spec.axis, zones["main"])
    frame = Frame(page_width, left, gutter, plot0, plot1, zones, folds, foot, stretch)
    return replace(frame, bars=_bars(spec, frame))


def _bars(spec: Spec, frame: Frame) -> tuple[float, ...]:
    """Return where lines run over the whole height: day zero, the end of follow-up, what holds from a moment on."""
    lo, hi, _, _ = frame.zones["main"]
    days = ([] if spec.axis.calendar else [0.0]) + [day for day in (spec.axis.last_follow_up,) if day is not None]
    found = [frame.x("main", day) for day in days if lo <= day <= hi]
    return (*found, *(frame.extent(mark.place)[1] for mark in spec.rail.marks if mark.from_here))


def _gutter(spec: Spec) -> float:
    return max((width(text, style) for text, style in _gutter_texts(spec)), default=20.0) + 1.0


def _gutter_texts(spec: Spec) -> list[tuple[str, Style]]:
    panels = [panel for panel in spec.panels if panel.key not in spec.overlay]
    names = [*(lane.drug for lane in spec.lanes), *(panel.label for panel in panels)]
    smaller = [lane.sublabel for lane in spec.lanes] + [panel.sublabel for panel in panels]
    smaller += [track.name for lane in spec.lanes for track in lane.tracks]
    smaller += [word for ribbon in spec.ribbons for word in ribbon.label.split(" ")]
    smaller += [*(lane.regimen for lane in spec.lanes), *(chip.label for chip in spec.chips[:1])]
    return [*((name, t.LABEL) for name in names), *((text, t.SMALL) for text in smaller)]


def _tick_width(panels: Sequence[Panel]) -> float:
    return max((width(tick.label, t.SMALL) for panel in panels for tick in panel.yticks), default=0.0) + 1.2
