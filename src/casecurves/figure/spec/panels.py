"""A panel: values on a scale over the shared axis."""

from __future__ import annotations

from typing import Literal

from casecurves.figure.spec.marks import Mark
from casecurves.figure.spec.time import Span
from casecurves.model.immutable import immutable

Scale = Literal["linear", "log", "titre", "grade", "words"]


@immutable(frozen=True)
class Band:
    """A reference range along a stretch of the axis; a missing limit leaves that side open.

    ``id`` is that of the first row that states it, with ``.range``: no row is called so.
    """

    id: str
    span: tuple[Span, ...]
    low: float | None
    high: float | None
    label: str


@immutable(frozen=True)
class Threshold:
    """A line at a value that means something, with its source.

    ``unit`` is the one it was published in, which is the one of its panel; ``id`` that of the first row of its panel
    with ``.limit-`` and a number: no row is called so. ``besides`` names it and says what it asks
    besides the limit.
    """

    id: str
    y: float
    label: str
    source: str
    verified: bool
    unit: str = ""
    besides: str = ""


@immutable(frozen=True)
class Line:
    """Straight segments between values exact enough for the axis; ``x`` are days of the main zone."""

    x: tuple[float, ...]
    y: tuple[float, ...]
    basis: str = "reported"


@immutable(frozen=True)
class Step:
    """A dose that a source states to hold over a stretch."""

    span: Span
    y: float


@immutable(frozen=True)
class Envelope:
    """Where the dose must lie; without ``high``, nothing bounds it from above."""

    span: Span
    low: float
    high: float | None


@immutable(frozen=True)
class YTick:
    """A labelled value on a panel's scale."""

    y: float
    label: str


@immutable(frozen=True)
class Panel:
    """One biomarker (or the glucocorticoid dose) on the shared time axis.

    ``remarks`` stand under its name: how much was given in all, or why that cannot be said. ``lane`` names the lane
    directly under which the levels of a drug stand, where the figure has it; ``drug_class`` gives its name the colour.
    ``low``: it is one of many that are compared, on a lower frame.
    """

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
    remarks: tuple[str, ...] = ()
    dose: bool = False
    lane: str = ""
    drug_class: str = ""
    low: bool = False
