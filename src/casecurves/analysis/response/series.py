"""Which values a rule may use, which belong together, and which came first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casecurves.analysis.response.evidence import key_of, unassayed
from casecurves.knowledge import analyte
from casecurves.knowledge.conversion import Conversion, convert
from casecurves.knowledge.rules import RuleSet
from casecurves.model.case import Case
from casecurves.model.schema import Measurement

# Values of two analytes count as one assessment when they are dated alike, or lie no farther apart than this.
TOGETHER_DAYS = 14
SeriesKey = tuple[str, str, str]


@dataclass(frozen=True)
class Values:
    """The values of a case that a rule may use.

    Attributes
    ----------
    case : Case
        The case.
    rows : tuple of Measurement
        Values that are used and not invented, in file order.
    index : str
        Id of the course whose start sets the baseline; ``""`` when none does.
    """

    case: Case
    rows: tuple[Measurement, ...]
    index: str

    def assessed(self, rule: RuleSet) -> tuple[Measurement, ...]:
        """Return the values that the rule assesses, and those of which the assay alone keeps it from that."""
        return tuple(row for row in self.rows if key_of(row) in rule.measured or unassayed(rule, row))

    def series(self, row: Measurement) -> tuple[Measurement, ...]:
        """Return the values of the same analyte and assay, in units that a factor joins."""
        return tuple(other for other in self.rows if _comparable(row, other))

    def beside(self, row: Measurement, key: str) -> tuple[Measurement, ...]:
        """Return the values of another analyte at the same assessment: those dated alike, else those close by."""
        others = [other for other in self.rows if key_of(other) == key]
        alike = [other for other in others if other.time is not None and other.time == row.time]
        return tuple(alike or [other for other in others if self.apart(row, other) <= TOGETHER_DAYS])

    def apart(self, a: Measurement, b: Measurement) -> float:
        """Return how many days lie between two values at most; infinite where nothing bounds it."""
        least, most = self.case.chronology.distance(a.id, b.id)
        return float("inf") if least is None or most is None else max(abs(least), abs(most))

    def baselines(self, row: Measurement) -> tuple[Measurement, ...]:
        """Return the values that may be the last of a series before the index therapy; none where there is none.

        Several where their order, or whether they came before the index therapy, is not known.
        """
        known = self.case.chronology
        series = self.series(row) if self.index else ()
        maybe = [other for other in series if not self.after_start(other)]
        sure = [other for other in maybe if self.by_start(other)]
        return tuple(one for one in maybe if sure and not any(known.strictly_before(one.id, o.id) for o in sure))

    def earlier(self, row: Measurement) -> tuple[Measurement, ...]:
        """Return the values of a series that are known to come before one of them."""
        known = self.case.chronology
        return tuple(
            other for other in self.series(row) if other.id != row.id and known.strictly_before(other.id, row.id)
        )

    def unordered(self, row: Measurement) -> tuple[Measurement, ...]:
        """Return the values of a series of which it is not known whether they come before one of them or after."""
        known = self.case.chronology
        return tuple(
            other
            for other in self.series(row)
            if other.id != row.id
            and not known.strictly_before(other.id, row.id)
            and not known.strictly_before(row.id, other.id)
        )

    def by_start(self, row: Measurement) -> bool:
        """Tell whether a value is known to be no later than the day on which the index therapy started."""
        most = self.case.chronology.distance(self.index, row.id)[1]
        return most is not None and most <= 1

    def after_start(self, row: Measurement) -> bool:
        """Tell whether a value is known to come after the day on which the index therapy started."""
        least = self.case.chronology.distance(self.index, row.id)[0]
        return least is not None and least >= 0 and not self.by_start(row)


def usable(case: Case, *, illustrative: bool = False) -> tuple[Measurement, ...]:
    """Return the values of a case that may reach a rule: used ones, and invented ones only when asked."""
    return tuple(
        row for row in case.measurements if row.status == "used" and (illustrative or row.basis != "illustrative")
    )


def index_of(case: Case, index: str | None) -> str:
    """Return the course that sets the baseline: the one asked for, else the one at which the case starts to count."""
    wanted = case.header.day_zero if index is None else index
    return wanted if any(row.id == wanted for row in case.therapies) else ""


def _comparable(row: Measurement, other: Measurement) -> bool:
    if _series(row) == _series(other):
        return True
    known = analyte(row.analyte, row.assay)
    if known is None or _series(row)[:2] != _series(other)[:2]:
        return False
    return isinstance(convert(known, other.unit, row.unit), Conversion)


def _series(row: Measurement) -> SeriesKey:
    known = analyte(row.analyte, row.assay)
    unit = (known.ucum(row.unit) if known else None) or row.unit
    return (known.id if known else row.analyte.lower()), row.assay.lower(), unit


def positions(rows: Sequence[Measurement], case: Case) -> tuple[Measurement, ...]:
    """Return values in an order that contradicts nothing known, for reading; it proves no order of its own."""
    known = case.chronology
    return tuple(sorted(rows, key=lambda row: sum(known.strictly_before(other.id, row.id) for other in rows)))
