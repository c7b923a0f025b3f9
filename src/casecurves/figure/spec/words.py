"""What a figure says in words beside the picture."""

from __future__ import annotations

from casecurves.model.immutable import immutable

# Kinds of the legend that say of a mark that it was not simply reported, in the order of a legend: they stand in the
# picture wherever its other words go.
PROVENANCE = (
    "digitised",
    "derived",
    "converted",
    "illustrative",
    "illustrative_value",
    "disputed",
    "disputed_words",
    "flag",
)


@immutable(frozen=True)
class Entry:
    """One item of a text box: a single value or a finding; ``moment`` says when, ``""`` where that is not said.

    ``converted`` is the value as written, where it is shown in another unit.
    """

    row: str
    text: str
    moment: str = ""
    basis: str = "reported"
    disputed: bool = False
    converted: str = ""
    flags: tuple[int, ...] = ()
    hover: tuple[str, ...] = ()


@immutable(frozen=True)
class Box:
    """A headed list of what is said in words because one statement makes no curve."""

    heading: str
    entries: tuple[Entry, ...]


@immutable(frozen=True)
class LegendItem:
    """One kind of mark that the figure uses."""

    kind: str
    label: str


@immutable(frozen=True)
class NotDrawn:
    """A row that is listed instead of drawn, and why."""

    row: str
    text: str
    reason: str


@immutable(frozen=True)
class Disagreement:
    """Two statements that disagree: a short name, and a full account of what is used, what else is said, and why."""

    n: int
    label: str
    text: str
    rows: tuple[str, ...]
    doubtful: bool
