"""The figure as data: numbers and words, no pixels.

A spec is what tests assert on, what snapshots hold and what both renderers draw. Horizontal places are given in the
coordinates of a *zone*: days from day zero in ``main``, steps of the known order in ``before`` and ``after``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, field, replace
from typing import Any

from casecurves.figure.spec.charts import (
    BarGroup,
    Category,
    Charts,
    Estimate,
    Exactness,
    ForestChart,
    Part,
    PercentBar,
    PercentChart,
    SquareChart,
    Tally,
    TrialRow,
    TrialTable,
    Versus,
)
from casecurves.figure.spec.marks import Bar, Certainty, Chip, Lane, Mark, Rail, Shape, Track
from casecurves.figure.spec.panels import Band, Envelope, Line, Panel, Scale, Step, Threshold, YTick
from casecurves.figure.spec.ribbons import Ribbon, Stage, StageKind, StatusShape
from casecurves.figure.spec.time import Axis, AxisTick, Break, Span, Zone, ZoneName
from casecurves.figure.spec.words import Box, Disagreement, Entry, LegendItem, NotDrawn
from casecurves.model.immutable import immutable

__all__ = [
    "Axis",
    "AxisTick",
    "Band",
    "Bar",
    "BarGroup",
    "Box",
    "Break",
    "Category",
    "Certainty",
    "Charts",
    "Chip",
    "Disagreement",
    "Entry",
    "Envelope",
    "Estimate",
    "Exactness",
    "ForestChart",
    "Lane",
    "LegendItem",
    "Line",
    "Mark",
    "NotDrawn",
    "Panel",
    "Part",
    "PercentBar",
    "PercentChart",
    "Rail",
    "Ribbon",
    "Scale",
    "Shape",
    "Span",
    "Spec",
    "SquareChart",
    "Stack",
    "Stage",
    "StageKind",
    "StatusShape",
    "Step",
    "Tally",
    "Threshold",
    "Track",
    "TrialRow",
    "TrialTable",
    "Versus",
    "YTick",
    "Zone",
    "ZoneName",
]


@immutable(frozen=True)
class Stack:
    """What stands together in a figure of several patients, from top to bottom.

    ``lanes`` are ids of patients, whose ribbons follow; ``panels`` are keys. ``shared``: these panels have one frame
    and one axis.
    """

    lanes: tuple[str, ...] = ()
    panels: tuple[str, ...] = ()
    shared: bool = False


@immutable(frozen=True)
class Spec:
    """A whole figure.

    Attributes
    ----------
    case, lang : str
        Id of the case; language of every word.
    title, subtitle, banner : str
        Words above the picture; ``banner`` is the warning of an illustrative case, ``""`` for any other.
    axis : Axis
        The one time axis, with its zones.
    lanes, chips : tuple
        Therapies: lanes in the order of first start; drugs whose place is not known.
    rail, panels, boxes : Rail, tuple of Panel, tuple of Box
        Events and states; dose panels, then biomarkers; what is said in words.
    legend, notes : tuple of LegendItem, tuple of str
        One entry for every kind of mark used, and for no other; counts, and the case's own note.
    discrepancies, not_drawn : tuple of Disagreement, tuple of NotDrawn
        Statements that disagree, whose numbers the marks carry; rows listed instead of drawn, with the reason.
    overlay : tuple of str
        Keys of the panels that share one frame, each with an axis of its own; none for panels one below the other.
    charts : Charts
        Results of a group or a trial, which have no place on the axis.
    ribbons : tuple of Ribbon
        The status of each value by the rules chosen, each under its panel; none unless chosen.
    stacks : tuple of Stack
        In which order lanes and panels of several patients stand; none in the figure of one case.
    source, disclaimer, version : str, str, int
        Words below the picture; version of this form of the spec.
    news : tuple of str
        Ids of the rows that are told at the moment shown; none in a figure that is not told step by step.
    wanted : tuple of str
        Ids of the values, old ones too, that the figure is looked at for: by which a question that is asked at the
        moment shown is answered, or in which two moments that are compared differ.
    left_out : tuple of str
        What a figure made for a small room leaves out, counted in words; they stand on it wherever it is drawn.
    revision : str
        Which state of the case it was made from: a digest of what its files say.
    """

    case: str
    lang: str
    title: str
    subtitle: str
    banner: str
    axis: Axis
    lanes: tuple[Lane, ...]
    chips: tuple[Chip, ...]
    rail: Rail
    panels: tuple[Panel, ...]
    boxes: tuple[Box, ...]
    legend: tuple[LegendItem, ...]
    notes: tuple[str, ...]
    discrepancies: tuple[Disagreement, ...]
    not_drawn: tuple[NotDrawn, ...]
    source: str
    disclaimer: str
    version: int = 1
    overlay: tuple[str, ...] = ()
    charts: Charts = field(default_factory=Charts)
    ribbons: tuple[Ribbon, ...] = ()
    stacks: tuple[Stack, ...] = ()
    news: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    revision: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the spec as plain JSON values.

        Returns
        -------
        dict
            The fields of the spec, nested records as dicts, tuples as they are.
        """
        return asdict(self)

    @property
    def empty(self) -> bool:
        """True when there is nothing to draw but words."""
        return self.timeless and not self.charts

    @property
    def timeless(self) -> bool:
        """True when nothing has a place in time, so that the axis is not drawn."""
        return not (self.lanes or self.rail.marks or self.rail.bands or self.panels)

    def is_under_lane(self, panel: Panel) -> bool:
        """Tell whether a panel stands under the lane of its drug.

        Parameters
        ----------
        panel : Panel
            One of the figure's.

        Returns
        -------
        bool
            False for biomarkers, and for the level of a drug of which the figure has no lane.
        """
        return any(lane.drug == panel.lane for lane in self.lanes)

    def with_stacks(self, stacks: Sequence[Stack]) -> Spec:
        """Return a figure of several patients with only some of what stands in it.

        Parameters
        ----------
        stacks : sequence of Stack
            Some of its stacks.

        Returns
        -------
        Spec
            On the same axis and the same scales, with the same colours and numbers.
        """
        keys = {key for stack in stacks for key in (*stack.lanes, *stack.panels)}
        return replace(
            self,
            stacks=tuple(stacks),
            lanes=tuple(lane for lane in self.lanes if lane.patient in keys),
            panels=tuple(panel for panel in self.panels if panel.key in keys),
            ribbons=tuple(ribbon for ribbon in self.ribbons if ribbon.panel in keys),
            # The row of a chip is named after its patient.
            chips=tuple(chip for chip in self.chips if chip.row.rpartition("/")[0] in keys),
        )

    def marks(self) -> tuple[Mark, ...]:
        """Return every mark of the figure.

        Returns
        -------
        tuple of Mark
            Doses and administrations lane by lane, events, values panel by panel.
        """
        tracks = [track for lane in self.lanes for track in lane.tracks]
        return (
            *(mark for track in tracks for mark in (*track.doses, *track.ticks, *track.events)),
            *self.rail.marks,
            *(mark for panel in self.panels for mark in panel.marks),
        )

    def bars(self) -> tuple[Bar, ...]:
        """Return every bar of the figure.

        Returns
        -------
        tuple of Bar
            Courses lane by lane, then the states of the rail.
        """
        return (
            *(bar for lane in self.lanes for track in lane.tracks for bar in track.bars),
            *self.rail.bands,
        )

    def drawn(self) -> frozenset[str]:
        """Return the ids of all rows that are drawn or written on the figure.

        Returns
        -------
        frozenset of str
            Every other row of the case is in ``not_drawn``.
        """
        return frozenset(
            (
                *(mark.row for mark in self.marks()),
                *(bar.row for bar in self.bars()),
                *(chip.row for chip in self.chips),
                *(entry.row for box in self.boxes for entry in box.entries),
                *(entry.row for entry in self.charts.entries()),
            )
        )
