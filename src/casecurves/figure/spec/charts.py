"""Charts of groups and trials, which have no time axis: bars of per cent, squares of patients, estimates, a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from casecurves.figure.spec.panels import YTick
from casecurves.figure.spec.words import Entry
from casecurves.model.immutable import immutable

# A number as printed; a number that its source calls approximate or a bound; two limits and nothing between.
Exactness = Literal["exact", "about", "range"]
# What a square of a patient says; ``others`` of a count are neither explained nor missing.
Category = Literal["complete", "partial", "stable", "progression", "not_evaluated", "not_reported", "counted", "others"]


@immutable(frozen=True)
class PercentBar:
    """One per cent as printed, from zero to ``high``; for a range from ``low``.

    ``size`` says how many patients the arm has, ``value`` and ``interval`` what is printed; ``ci`` are the limits of
    the whisker, ``None`` where none is given. ``control``: other arms are compared with this one.
    """

    entry: Entry
    arm: Entry | None
    name: str
    size: str
    value: str
    interval: str
    low: float
    high: float
    exactness: Exactness
    ci: tuple[float, float] | None = None
    control: bool = False


@immutable(frozen=True)
class Versus:
    """How two bars of a group compare: their places in it, and the words over both."""

    first: int
    second: int
    text: str


@immutable(frozen=True)
class BarGroup:
    """The bars of one trial."""

    name: str
    bars: tuple[PercentBar, ...]
    versus: tuple[Versus, ...] = ()


@immutable(frozen=True)
class PercentChart:
    """One endpoint at one moment; the axis begins at zero and ends at ``hi``."""

    heading: str
    remark: str
    hi: float
    ticks: tuple[YTick, ...]
    groups: tuple[BarGroup, ...]


@immutable(frozen=True)
class Part:
    """So many patients of one category, as one row states it."""

    entry: Entry
    category: Category
    count: int
    words: str


@immutable(frozen=True)
class Tally:
    """The patients of one population as squares.

    ``limit`` is how many there are; ``missing`` of them no row accounts for, ``words`` says so, or that more are
    counted than there are, or ``""``.
    """

    name: str
    about: str
    arm: Entry | None
    parts: tuple[Part, ...]
    limit: int | None
    missing: int
    missing_as: Category
    words: str

    @property
    def counted(self) -> int:
        """How many patients the rows count."""
        return sum(part.count for part in self.parts)


@immutable(frozen=True)
class SquareChart:
    """Populations, one under the other, one square for each patient."""

    heading: str
    remark: str
    tallies: tuple[Tally, ...]


@immutable(frozen=True)
class Estimate:
    """A comparison of two arms as printed."""

    entry: Entry
    name: str
    words: str
    value: float
    ci: tuple[float, float] | None


@immutable(frozen=True)
class ForestChart:
    """Comparisons on one endpoint by one measure; ``line`` is where the arms do not differ."""

    heading: str
    remark: str
    log: bool
    lo: float
    hi: float
    ticks: tuple[YTick, ...]
    line: float
    estimates: tuple[Estimate, ...]


@immutable(frozen=True)
class TrialRow:
    """A trial of which nothing but its design is known."""

    entry: Entry
    cells: tuple[str, ...]


@immutable(frozen=True)
class TrialTable:
    """Trials without results."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[TrialRow, ...]


@immutable(frozen=True)
class Charts:
    """All charts of a figure, from top to bottom."""

    percents: tuple[PercentChart, ...] = ()
    squares: tuple[SquareChart, ...] = ()
    forests: tuple[ForestChart, ...] = ()
    tables: tuple[TrialTable, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.percents or self.squares or self.forests or self.tables)

    def headings(self) -> tuple[str, ...]:
        """Return the names of the charts from top to bottom."""
        return tuple(heading for heading, _ in self.told())

    def told(self) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
        """Return what each chart says in words: its heading, and a line for each row it draws."""
        return (
            *((chart.heading, tuple(bar.entry for bar in self.bars_of(chart))) for chart in self.percents),
            *((chart.heading, tuple(part.entry for t in chart.tallies for part in t.parts)) for chart in self.squares),
            *((chart.heading, tuple(one.entry for one in chart.estimates)) for chart in self.forests),
            *((chart.heading, tuple(row.entry for row in chart.rows)) for chart in self.tables),
        )

    def arms(self) -> tuple[Entry, ...]:
        """Return the arms that stand under a bar or over squares, each once."""
        found = [bar.arm for chart in self.percents for bar in self.bars_of(chart)]
        found += [tally.arm for chart in self.squares for tally in chart.tallies]
        return tuple({arm.row: arm for arm in found if arm is not None}.values())

    def entries(self) -> tuple[Entry, ...]:
        """Return every row that is charted, in words."""
        return (*(entry for _, found in self.told() for entry in found), *self.arms())

    @staticmethod
    def bars_of(chart: PercentChart) -> Iterator[PercentBar]:
        """Return the bars of a chart from left to right."""
        return (bar for group in chart.groups for bar in group.bars)
