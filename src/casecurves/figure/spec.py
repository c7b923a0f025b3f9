"""The figure as data: numbers and words, no pixels.

A spec is what tests assert on, what snapshots hold and what both renderers draw. Horizontal places are given in the
coordinates of a *zone*: days from day zero in ``main``, steps of the known order in ``before`` and ``after``.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from casecurves.model.when import EndState

ZoneName = Literal["before", "main", "after"]
Scale = Literal["linear", "log", "titre", "grade", "words"]
# What a mark is, by the form of its statement.
Shape = Literal["dot", "below", "above", "range", "category", "trend", "event", "dose", "tick"]
# How well its time is known: on the axis to the point, to about a month, as an interval only, close after something,
# found at that moment but begun before.
Certainty = Literal["exact", "about", "interval", "soon", "found"]


@dataclass(frozen=True)
class Span:
    """A stretch of one zone; ``open0``/``open1`` say that it goes on beyond what is drawn."""

    zone: ZoneName
    x0: float
    x1: float
    open0: bool = False
    open1: bool = False


@dataclass(frozen=True)
class AxisTick:
    """A labelled place on the axis; ``major`` ones carry a grid line."""

    x: float
    label: str
    major: bool = True


@dataclass(frozen=True)
class Zone:
    """A part of the axis: scaled in days (``main``) or steps in the known order."""

    name: ZoneName
    lo: float
    hi: float
    ticks: tuple[AxisTick, ...]
    label: str


@dataclass(frozen=True)
class Axis:
    """The one time axis of a figure."""

    zones: tuple[Zone, ...]
    unit: str
    label: str
    zero_label: str
    last_follow_up: float | None = None
    death: bool = False


@dataclass(frozen=True)
class Mark:
    """One row, drawn once.

    Attributes
    ----------
    row : str
        Id of the row of the case.
    shape, certainty
        What it is and how well its time is known; together they choose the symbol.
    place : tuple of Span
        The possible interval of its time.
    x : float or None
        Where its symbol stands, in the zone of the first span; ``None`` when no single place is honest.
    y, y2 : float or None
        Its value (and the upper end of a range); ``None`` for marks without a scale.
    label : str
        Words beside the mark.
    symbol, span : str
        Event kind, trend or category that chooses the glyph; its interval in words where it has no single place.
    error : float or None
        Reading error of a digitised value.
    basis, disputed, flags
        Who states it; whether it is disputed; numbers of the discrepancies that concern it.
    hover : tuple of str
        Lines of plain text, not escaped.
    """

    row: str
    shape: Shape
    certainty: Certainty
    place: tuple[Span, ...]
    x: float | None = None
    y: float | None = None
    y2: float | None = None
    label: str = ""
    symbol: str = ""
    span: str = ""
    error: float | None = None
    basis: str = "reported"
    disputed: bool = False
    flags: tuple[int, ...] = ()
    hover: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bar:
    """One course of a drug, or a state with an end: four edges drawn as what is certain and what is possible.

    ``begins`` is where its start lies; ``soon`` says that it began rapidly after the left edge, the delay not stated.
    """

    row: str
    certain: tuple[Span, ...]
    possible: tuple[Span, ...]
    soon: bool
    end: EndState
    begins: tuple[Span, ...] = ()
    hatched: bool = False
    label: str = ""
    remark: str = ""
    basis: str = "reported"
    disputed: bool = False
    flags: tuple[int, ...] = ()
    hover: tuple[str, ...] = ()


@dataclass(frozen=True)
class Track:
    """One row of bars of a lane, with the marks that stand on it."""

    bars: tuple[Bar, ...] = ()
    doses: tuple[Mark, ...] = ()
    ticks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Lane:
    """All courses of one drug."""

    drug: str
    sublabel: str
    drug_class: str
    tracks: tuple[Track, ...]
    regimen: str = ""


@dataclass(frozen=True)
class Chip:
    """A drug whose place in time is not known at all."""

    row: str
    drug: str
    drug_class: str
    label: str
    flags: tuple[int, ...] = ()
    basis: str = "reported"
    hover: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rail:
    """The events: marks with labels on a line, states as bands above it."""

    marks: tuple[Mark, ...] = ()
    bands: tuple[Bar, ...] = ()


@dataclass(frozen=True)
class Band:
    """A reference range along a stretch of the axis; a missing limit leaves that side open."""

    span: tuple[Span, ...]
    low: float | None
    high: float | None
    label: str


@dataclass(frozen=True)
class Threshold:
    """A line at a value that means something, with its source."""

    y: float
    label: str
    source: str
    verified: bool


@dataclass(frozen=True)
class Line:
    """Straight segments between values exact enough for the axis; ``x`` are days of the main zone."""

    x: tuple[float, ...]
    y: tuple[float, ...]
    basis: str = "reported"


@dataclass(frozen=True)
class Step:
    """A dose that a source states to hold over a stretch."""

    span: Span
    y: float


@dataclass(frozen=True)
class Envelope:
    """Where the dose of a stated taper must lie between two dated doses."""

    span: Span
    low: float
    high: float


@dataclass(frozen=True)
class YTick:
    """A labelled value on a panel's scale."""

    y: float
    label: str


@dataclass(frozen=True)
class Panel:
    """One biomarker (or the glucocorticoid dose) on the shared time axis."""

    key: str
    label: str
    sublabel: str
    scale: Scale
    lo: float
    hi: float
    yticks: tuple[YTick, ...]
    marks: tuple[Mark, ...]
    lines: tuple[Line, ...] = ()
    bands: tuple[Band, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    steps: tuple[Step, ...] = ()
    envelopes: tuple[Envelope, ...] = ()
    remark: str = ""
    dose: bool = False


@dataclass(frozen=True)
class Entry:
    """One item of a text box: a single value or a finding; ``moment`` says when, ``""`` where that is not said."""

    row: str
    text: str
    moment: str = ""
    basis: str = "reported"
    disputed: bool = False
    flags: tuple[int, ...] = ()
    hover: tuple[str, ...] = ()


@dataclass(frozen=True)
class Box:
    """A headed list of what is said in words because one statement makes no curve."""

    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class LegendItem:
    """One kind of mark that the figure uses."""

    kind: str
    label: str


@dataclass(frozen=True)
class NotDrawn:
    """A row that is listed instead of drawn, and why."""

    row: str
    text: str
    reason: str


@dataclass(frozen=True)
class Disagreement:
    """Two statements that disagree: a short name, and a full account of what is used, what else is said, and why."""

    n: int
    label: str
    text: str
    rows: tuple[str, ...]
    doubtful: bool


@dataclass(frozen=True)
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
    source, disclaimer, version : str, str, int
        Words below the picture; version of this form of the spec.
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
        """True when nothing has a place in time, so that there is nothing to draw but words."""
        return not (self.lanes or self.rail.marks or self.rail.bands or self.panels)

    def marks(self) -> tuple[Mark, ...]:
        """Return every mark of the figure.

        Returns
        -------
        tuple of Mark
            Doses and administrations lane by lane, events, values panel by panel.
        """
        tracks = [track for lane in self.lanes for track in lane.tracks]
        return (
            *(mark for track in tracks for mark in (*track.doses, *track.ticks)),
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
            )
        )
