"""Where an overlay goes: axes side by side at left, their names in steps above them, all curves in one frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from casecurves.figure import symbols
from casecurves.figure import theme as t
from casecurves.figure.layout.areas import Area
from casecurves.figure.layout.labels import label_of, room_of, seen
from casecurves.figure.layout.marks import MarkBox
from casecurves.figure.layout.panels import PanelBox, covers, curves, on_scale
from casecurves.figure.layout.words import TextLine
from casecurves.figure.spec import Panel
from casecurves.figure.text import width, wrap
from casecurves.model.immutable import immutable

if TYPE_CHECKING:
    from casecurves.figure.layout import Frame

HEIGHT = 52.0
# From an axis to the words of the next one, with room for the bar of a reference range.
_GAP = 2.8
SAMPLE = 6.0
# What a bar or a tick beside an axis takes.
BESIDE = 1.1


@immutable(frozen=True)
class AxisBox:
    """The axis of one series: its line, its name above (with a sample of its curve), its ticks and its limits.

    ``bar`` is the stretch of its reference range, ``limits`` the places of its thresholds. ``tied``: of several series
    on one axis, which the first of them has; the others have a name alone, which is no line away from its axis.
    """

    series: int
    panel: Panel
    x: float
    tied: bool
    name_y: float
    names: tuple[TextLine, ...]
    ticks: tuple[tuple[float, str], ...]
    bar: tuple[float, float] | None
    limits: tuple[float, ...]

    @property
    def sample(self) -> float:
        """Where the sample of its curve begins, before its name."""
        return self.names[0].x - 0.8 - SAMPLE if self.tied else self.x


@immutable(frozen=True)
class OverlayBox:
    """The frame of an overlay, its axes, its panels, which share the frame, and what all of them show."""

    y: float
    top: float
    bottom: float
    axes: tuple[AxisBox, ...]
    panels: tuple[PanelBox, ...]
    heading: tuple[TextLine, ...] = ()


def axes_room(panels: Sequence[Panel]) -> float:
    """Return the width that the axes need left of the plot."""
    return sum(_tick_width(panel) + _GAP for panel in panels)


def overlay_box(panels: Sequence[Panel], frame: Frame, y: float, *, one_axis: bool = False) -> OverlayBox:
    """Return an overlay with everything placed, its first axis outermost; ``one_axis``: all on that of the first."""
    xs = [frame.plot0 - axes_room(panels[index + 1 :]) for index in range(len(panels))]
    heading = _heading(panels[0], frame, y) if one_axis else ()
    names, top = _flowing(panels, frame, heading[-1].y + 0.9) if one_axis else _names(panels, xs, frame, y)
    boxes = [PanelBox(p, top, HEIGHT, 0.0, (), (), series=index) for index, p in enumerate(panels)]
    if one_axis:
        axes = tuple(_tied(box, frame, lines) for box, lines in zip(boxes, names, strict=True))
    else:
        axes = tuple(_axis(box, x, lines) for box, x, lines in zip(boxes, xs, names, strict=True))
    return OverlayBox(y, top, top + HEIGHT, axes, _placed(frame, boxes, axes), heading)


def _heading(panel: Panel, frame: Frame, y: float) -> tuple[TextLine, ...]:
    """Say what is measured, in which unit."""
    lines = wrap(panel.sublabel, frame.plot1 - frame.left, t.LABEL)
    tops = (y + n * t.LABEL.height - 0.9 for n in range(1, len(lines) + 1))
    return tuple(TextLine(frame.left, top, line, t.LABEL, "heading") for top, line in zip(tops, lines, strict=True))


def _names(
    panels: Sequence[Panel], xs: Sequence[float], frame: Frame, y: float
) -> tuple[list[tuple[TextLine, ...]], float]:
    """Write each name beside the top of its axis, one below the other, so that the line down to it meets no other."""
    names = []
    for panel, x in zip(panels, xs, strict=True):
        left = x + 0.8 + SAMPLE
        room = frame.plot1 - left
        lines: list[TextLine] = []
        for text, style, role in ((panel.label, t.LABEL, "series"), (panel.sublabel, t.SMALL, "subtitle")):
            last = lines[-1] if lines else None
            beside = 0.0 if last is None else last.x + width(last.text, last.style) + 1.2
            if text and last is not None and beside + width(text, style) <= frame.plot1:
                lines.append(TextLine(beside, last.y, text, style, role))
                continue
            for line in wrap(text, room, style) if text else ():
                y += t.LABEL.height
                lines.append(TextLine(left, y - 0.9, line, style, role))
        names.append(tuple(lines))
    return names, y + 1.2


def _flowing(panels: Sequence[Panel], frame: Frame, y: float) -> tuple[list[tuple[TextLine, ...]], float]:
    """Write the names beside one another, in as many rows as they need."""
    names = []
    x = frame.left
    y += t.LABEL.height
    for panel in panels:
        lines = wrap(panel.label, frame.plot1 - frame.left - SAMPLE - 1.6, t.LABEL)
        size = SAMPLE + 1.6 + max(width(line, t.LABEL) for line in lines)
        if x > frame.left and x + size > frame.plot1:
            x, y = frame.left, y + t.LABEL.height
        left = x + 0.8 + SAMPLE
        names.append(
            tuple(TextLine(left, y + n * t.LABEL.height - 0.9, line, t.LABEL, "series") for n, line in enumerate(lines))
        )
        y += (len(lines) - 1) * t.LABEL.height
        x += size + 2.5
    return names, y + 1.2


def _tied(box: PanelBox, frame: Frame, names: tuple[TextLine, ...]) -> AxisBox:
    if box.series == 0:
        axis = _axis(box, frame.plot0, names)
        return replace(axis, tied=True)
    return AxisBox(box.series or 0, box.panel, frame.plot0, True, names[0].y, names, (), None, ())


def _axis(box: PanelBox, x: float, names: tuple[TextLine, ...]) -> AxisBox:
    panel = box.panel
    bar = None
    for band in panel.bands:
        high, low = (panel.hi if band.high is None else band.high), (panel.lo if band.low is None else band.low)
        bar = box.at(min(high, panel.hi)), box.at(max(low, panel.lo))
    limits = tuple(box.at(limit.y) for limit in panel.thresholds)
    return AxisBox(box.series or 0, panel, x, False, names[0].y, names, tuple(box.ticks()), bar, limits)


def _tick_width(panel: Panel) -> float:
    return max((width(tick.label, t.SMALL) for tick in panel.yticks), default=0.0)


def _placed(frame: Frame, boxes: Sequence[PanelBox], axes: Sequence[AxisBox]) -> tuple[PanelBox, ...]:
    """Place the marks of all series, then their labels where they meet no mark, curve or label of any."""
    found = [(box, mark) for box in boxes for mark in _marks(frame, box)]
    taken = [_covers(box, mark) for box, mark in found]
    innermost = (frame.plot0, axes[-1].bar[0], frame.plot0 + BESIDE, axes[-1].bar[1]) if axes[-1].bar else None
    fixed: list[Area] = [innermost] if innermost else []
    fixed += [(fold.x0, boxes[0].y, fold.x1, boxes[0].y + HEIGHT) for fold in frame.folds]
    lines = [area for box in boxes for area in curves(frame, box)]
    eyes = [one for n, (box, mark) in enumerate(found) for one in seen(mark, n, box.other_end(mark))]
    labelled: dict[int, list[MarkBox]] = {}
    for index, (box, mark) in enumerate(found):
        label = label_of(frame, box, mark, taken[index], [*taken, *fixed], lines, eyes, index)
        if label is not None:
            fixed.append(room_of(label))
        labelled.setdefault(box.series or 0, []).append(mark._replace(label=label))
    return tuple(replace(box, marks=tuple(labelled.get(box.series or 0, ()))) for box in boxes)


def _covers(box: PanelBox, mark: MarkBox) -> Area:
    """Return what a value covers, the sign of a limit beside its symbol included."""
    x0, top, x1, bottom = covers(box, mark)
    beside = symbols.BESIDE + symbols.SIGN
    return (
        x0,
        mark.y - beside if mark.mark.shape == "above" else top,
        x1,
        mark.y + beside if mark.mark.shape == "below" else bottom,
    )


def _marks(frame: Frame, box: PanelBox) -> list[MarkBox]:
    return sorted((on_scale(frame, box, mark) for mark in box.panel.marks), key=lambda mark: (mark.x0, mark.x1))
