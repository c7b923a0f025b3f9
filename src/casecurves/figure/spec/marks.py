"""Therapies and events: marks, bars, and the lanes and the rail that hold them."""

from __future__ import annotations

from typing import Literal

from casecurves.figure.spec.time import Span
from casecurves.model.immutable import immutable
from casecurves.model.when import EndState

# What a mark is, by the form of its statement.
Shape = Literal["dot", "below", "above", "range", "category", "trend", "event", "dose", "tick", "pulse"]
# How well its time is known: on the axis to the point, to about a month, as an interval only, close after something,
# found at that moment but begun before; by its place in an order only.
Certainty = Literal["exact", "about", "interval", "soon", "found", "ranked"]


@immutable(frozen=True)
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
        Event kind, trend or category that chooses the glyph; its interval in words, before its label, where it
        has no single place.
    error : float or None
        Reading error of a digitised value.
    converted : str
        The value and unit as written, where it is shown in another unit; ``""`` where it is shown as written.
    number : int or None
        Its number in the list of events that are told below, where there are too many for words beside the rail.
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
    converted: str = ""
    number: int | None = None
    basis: str = "reported"
    disputed: bool = False
    flags: tuple[int, ...] = ()
    hover: tuple[str, ...] = ()

    @property
    def from_here(self) -> bool:
        """True where everything later is to be read as after it: a transplant whose place is known."""
        placed = self.certainty in {"exact", "about", "ranked"}
        return self.shape == "event" and self.symbol == "transplant" and placed and not self.disputed

    @property
    def in_time(self) -> list[tuple[bool, bool, float, float]]:
        """What sorts marks in the order of time; those without a place come first."""
        return [(span.zone == "after", span.zone == "main", span.x0, span.x1) for span in self.place]


@immutable(frozen=True)
class Bar:
    """One course of a drug, or a state with an end: four edges drawn as what is certain and what is possible.

    Its end is ``cut`` where it lies beyond the window of the figure.
    ``begins`` is where its start lies; ``soon`` says that it began rapidly after the left edge, the delay not stated.
    ``found``: it was found at a visit and began before, so that where it is certain first is not its onset.
    ``across``: a state in which everything else of its time is to be read, shaded through lanes, rail and panels.
    ``drug_class`` is that of a course on the lane of a patient, ``code`` what stands there where its name has no room.
    """

    row: str
    certain: tuple[Span, ...]
    possible: tuple[Span, ...]
    soon: bool
    end: EndState | Literal["cut"]
    begins: tuple[Span, ...] = ()
    hatched: bool = False
    found: bool = False
    across: bool = False
    label: str = ""
    remark: str = ""
    drug_class: str = ""
    code: str = ""
    basis: str = "reported"
    disputed: bool = False
    flags: tuple[int, ...] = ()
    hover: tuple[str, ...] = ()


@immutable(frozen=True)
class Track:
    """One row of bars of a lane, with the marks that stand on it; in a folded lane, with the name of its drug.

    ``events`` are those of a patient who has one lane among others.
    """

    bars: tuple[Bar, ...] = ()
    doses: tuple[Mark, ...] = ()
    ticks: tuple[Mark, ...] = ()
    name: str = ""
    events: tuple[Mark, ...] = ()


@immutable(frozen=True)
class Lane:
    """All courses of one drug; ``folded``: of several drugs, each on thin bars of its own.

    ``regimen_tacit``: the name of its regimen does not stand under its own.
    ``patient``: of one patient among others, whose name stands for that of a drug; the id of the case, ``""`` for none.
    """

    drug: str
    sublabel: str
    drug_class: str
    tracks: tuple[Track, ...]
    regimen: str = ""
    folded: bool = False
    patient: str = ""
    regimen_tacit: bool = False


@immutable(frozen=True)
class Chip:
    """A drug whose place in time is not known at all."""

    row: str
    drug: str
    drug_class: str
    label: str
    flags: tuple[int, ...] = ()
    basis: str = "reported"
    hover: tuple[str, ...] = ()


@immutable(frozen=True)
class Rail:
    """The events: marks with labels on a line, states as bands above it, those shaded throughout at the very top."""

    marks: tuple[Mark, ...] = ()
    bands: tuple[Bar, ...] = ()
