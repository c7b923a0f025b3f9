"""Lanes, panels and ribbons one below the other: those of one case, or those of several patients in turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from casecurves.figure.layout.lanes import LaneBox, lane_box
from casecurves.figure.layout.overlay import OverlayBox, overlay_box
from casecurves.figure.layout.panels import PanelBox, panel_box
from casecurves.figure.layout.ribbons import RibbonBox, ribbon_box
from casecurves.figure.spec import Lane, Panel, Spec
from casecurves.model.immutable import immutable

if TYPE_CHECKING:
    from casecurves.figure.layout.frame import Frame

GAP = 1.5
# From a panel, or a lane, to the ribbon under it.
_CLOSE = 0.6


@immutable(frozen=True)
class Stood:
    """What stands one below the other, and where the next thing may stand."""

    lanes: tuple[LaneBox, ...]
    panels: tuple[PanelBox, ...]
    overlays: tuple[OverlayBox, ...]
    ribbons: tuple[RibbonBox, ...]
    bottom: float

    @property
    def tops(self) -> list[float]:
        """The top of each panel, each frame of several counted once."""
        alone = {box.y for box in self.panels if box.series is None}
        return sorted(alone | {box.y for box in self.overlays})


@dataclass
class _Pile:
    """Collects boxes from top to bottom."""

    spec: Spec
    frame: Frame
    y: float
    lanes: list[LaneBox] = field(default_factory=list)
    panels: list[PanelBox] = field(default_factory=list)
    overlays: list[OverlayBox] = field(default_factory=list)
    ribbons: list[RibbonBox] = field(default_factory=list)

    def lane(self, patient: str) -> None:
        """Add the lane of a patient, and its ribbons."""
        for lane in (lane for lane in self.spec.lanes if lane.patient == patient):
            self.lanes.append(lane_box(lane, self.frame, self.y))
            self.y += self.lanes[-1].height
        self._ribbons([patient])

    def drug(self, lane: Lane) -> None:
        """Add the lane of a drug, its levels directly under it."""
        self.lanes.append(lane_box(lane, self.frame, self.y))
        self.y += self.lanes[-1].height
        for panel in (panel for panel in self.spec.panels if panel.lane == lane.drug):
            self.panels.append(panel_box(panel, self.frame, self.y + _CLOSE, self.spec.lang, under_lane=True))
            self.y += self.panels[-1].height + 2 * _CLOSE

    def panel(self, panel: Panel) -> None:
        """Add a panel, and its ribbons."""
        self.panels.append(panel_box(panel, self.frame, self.y, self.spec.lang))
        self.y += self.panels[-1].height
        self._ribbons([panel.key])
        self.y += GAP

    def overlay(self, panels: Sequence[Panel], *, one_axis: bool = False) -> None:
        """Add several panels in one frame, and their ribbons."""
        box = overlay_box(panels, self.frame, self.y, one_axis=one_axis)
        self.overlays.append(box)
        self.panels += box.panels
        self.y = box.bottom
        self._ribbons([panel.key for panel in panels])
        self.y += GAP

    def _ribbons(self, keys: Sequence[str]) -> None:
        for ribbon in self.spec.ribbons:
            if ribbon.panel in keys:
                self.ribbons.append(ribbon_box(ribbon, self.frame, self.y + _CLOSE))
                self.y = self.ribbons[-1].y + self.ribbons[-1].height

    def done(self) -> Stood:
        """Return everything, and where the next thing may stand."""
        return Stood(tuple(self.lanes), tuple(self.panels), tuple(self.overlays), tuple(self.ribbons), self.y)


def lanes_above(spec: Spec, frame: Frame, y: float) -> Stood:
    """Place the lanes of a case one below the other."""
    pile = _Pile(spec, frame, y)
    for lane in spec.lanes:
        pile.drug(lane)
    return pile.done()


def panels_below(spec: Spec, frame: Frame, y: float) -> Stood:
    """Place the panels of a case one below the other, those of an overlay in one frame, each with its ribbons under."""
    pile = _Pile(spec, frame, y)
    shared = [panel for panel in spec.panels if panel.key in spec.overlay]
    placed = {key for stack in spec.stacks for key in stack.panels}
    for panel in (panel for panel in spec.panels if not spec.is_under_lane(panel) and panel.key not in placed):
        if panel not in shared:
            pile.panel(panel)
        elif panel is shared[0]:
            pile.overlay(shared)
    return pile.done()


def stacked(spec: Spec, frame: Frame, y: float) -> Stood:
    """Place the lanes and panels of several patients as the figure says."""
    pile = _Pile(spec, frame, y)
    panels = {panel.key: panel for panel in spec.panels}
    for stack in spec.stacks:
        for patient in stack.lanes:
            pile.lane(patient)
        if stack.shared:
            pile.overlay([panels[key] for key in stack.panels], one_axis=True)
            continue
        for key in stack.panels:
            pile.panel(panels[key])
    return pile.done()
