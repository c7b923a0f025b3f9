"""What a value says of a criterion: that it is met, that it is not, or that it does not tell."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from casecurves.knowledge import all_analytes, analyte, fold
from casecurves.knowledge.analytes import Analyte
from casecurves.knowledge.conversion import Conversion, convert
from casecurves.knowledge.rules import Criterion, Limit, RuleSet
from casecurves.model.quantity import Quantity
from casecurves.model.schema import Measurement

# ``judge``: the rule leaves it to a clinician; ``unknown``: the value is there and does not decide; ``missing``: none.
Outcome = Literal["met", "not_met", "judge", "unknown", "missing"]
_COMPARE: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@dataclass(frozen=True)
class Evidence:
    """What is known of one criterion at one assessment.

    Attributes
    ----------
    criterion : str
        Which one.
    outcome : {"met", "not_met", "judge", "unknown", "missing"}
        What is known.
    reason : str
        Key of the reason where the outcome is neither met nor not met; ``""`` otherwise.
    rows : tuple of str
        Ids of the values it rests on.
    detail : str
        What the reason is about, such as a unit; ``""`` where it says all.
    """

    criterion: str
    outcome: Outcome
    reason: str = ""
    rows: tuple[str, ...] = ()
    detail: str = ""


@dataclass(frozen=True)
class Interval:
    """Where a number lies: between ``low`` and ``high``, each reached or not; ``None`` where unbounded."""

    low: float | None
    high: float | None
    low_open: bool = False
    high_open: bool = False

    def times(self, factor: float) -> Interval:
        """Return the interval in another unit; ``factor`` is above zero."""
        low, high = (None if end is None else end * factor for end in (self.low, self.high))
        return Interval(low, high, self.low_open, self.high_open)

    def holds(self, comparison: str, limit: float) -> bool | None:
        """Tell whether every number of the interval stands so to a limit, none does, or some do (``None``)."""
        compare = _COMPARE[comparison]
        below = comparison in ("<", "<=")
        best, worst = (self.low, self.high) if below else (self.high, self.low)
        worst_open = self.high_open if below else self.low_open
        best_open = self.low_open if below else self.high_open
        if worst is not None and (compare(worst, limit) or (worst_open and worst == limit)):
            return True
        if best is not None and (not compare(best, limit) or (best_open and best == limit)):
            return False
        return None


def interval(value: Quantity) -> Interval | None:
    """Return where the number of a value lies; ``None`` where it has none, or one that is stated as approximate."""
    if value.kind == "number" and value.comparator is None:
        return Interval(value.number, value.number)
    if value.kind == "range" and value.comparator is None:
        return Interval(value.low, value.high)
    if value.kind == "titre" and value.titre is not None:
        return Interval(float(value.titre), float(value.titre))
    if value.kind != "censored" or value.comparator == "~":
        return None
    below, open_ = value.comparator in ("<", "<="), value.comparator in ("<", ">")
    if below:
        return Interval(None, value.number, high_open=open_)
    return Interval(value.number, None, low_open=open_)


def key_of(row: Measurement) -> str:
    """Return the key of what a row measures; ``""`` when it is not known here."""
    known = analyte(row.analyte, row.assay)
    return "" if known is None else known.id


def judged(rule: RuleSet, rows: Iterable[Measurement]) -> tuple[str, ...]:
    """Return the ids of the values that a rule judges by, of whatever it wants besides what it assesses, too."""
    return tuple(row.id for row in rows if key_of(row) in rule.analytes or unassayed(rule, row))


def unassayed(rule: RuleSet, row: Measurement) -> Evidence | None:
    """Say that a value has the name of what a rule measures by an assay, and another assay or none stated.

    Parameters
    ----------
    rule : RuleSet
        The rule.
    row : Measurement
        A value.

    Returns
    -------
    Evidence or None
        ``None`` where the assay is the rule's, or one that has a name and limits of its own here (a titre by
        immunofluorescence is no value of an ELISA), or nothing of the kind is measured.
    """
    known = analyte(row.analyte, row.assay)
    if known is None or known.assays or known.id in rule.measured:
        return None
    if not _by_assay(rule.measured).intersection(known.names):
        return None
    return Evidence("measured", "missing", "other_assay" if row.assay else "no_assay", (row.id,), row.assay)


def measured_by(rule: RuleSet) -> tuple[Analyte, ...]:
    """Return what a rule measures."""
    return tuple(one for one in all_analytes() if one.id in rule.measured)


@cache
def _by_assay(measured: tuple[str, ...]) -> frozenset[str]:
    """Return the names of those of some analytes that are told apart by their assay."""
    return frozenset(name for one in all_analytes() if one.id in measured and one.assays for name in one.names)


def against_limits(criterion: Criterion, rows: Sequence[Measurement]) -> Evidence:
    """Tell what the values of one assessment say of limits, each in its own unit."""
    found = [_against_one(criterion, row) for row in rows]
    return agreed(criterion.id, found)


def _against_one(criterion: Criterion, row: Measurement) -> Evidence:
    limit = _limit_for(criterion.limits, row)
    if limit is None:
        return Evidence(criterion.id, "unknown", "no_limit_in_unit", (row.id,), row.unit)
    where = interval(row.value)
    if where is None:
        return Evidence(criterion.id, "unknown", "no_number", (row.id,), row.value.written)
    return _decided(criterion.id, where.holds(limit.comparison, limit.value), row, "value_undecided")


def _limit_for(limits: Iterable[Limit], row: Measurement) -> Limit | None:
    known = analyte(row.analyte, row.assay)
    if known is None:
        return None
    unit = known.ucum(row.unit) if row.unit else ""
    for limit in limits:
        wanted = known.ucum(limit.unit) if limit.unit else ""
        if limit.analyte == known.id and unit is not None and wanted == unit:
            return limit
    return None


def against_range(criterion: Criterion, rows: Sequence[Measurement]) -> Evidence:
    """Tell whether the values of one assessment lie within the range stated with each."""
    return agreed(criterion.id, [_in_range(criterion, row) for row in rows])


def _in_range(criterion: Criterion, row: Measurement) -> Evidence:
    if row.ref_low is None and row.ref_high is None:
        return Evidence(criterion.id, "unknown", "no_range", (row.id,))
    where = interval(row.value)
    if where is None:
        return Evidence(criterion.id, "unknown", "no_number", (row.id,), row.value.written)
    low = True if row.ref_low is None else where.holds(">=", row.ref_low)
    high = True if row.ref_high is None else where.holds("<=", row.ref_high)
    both = False if False in (low, high) else None if None in (low, high) else True
    return _decided(criterion.id, both, row, "value_undecided")


def _decided(criterion: str, holds: bool | None, row: Measurement, reason: str) -> Evidence:
    if holds is None:
        return Evidence(criterion, "unknown", reason, (row.id,), row.value.written)
    return Evidence(criterion, "met" if holds else "not_met", rows=(row.id,))


def fall(criterion: Criterion, now: Measurement, origin: Measurement) -> Evidence:
    """Tell whether a value has fallen far enough from another of the same series."""
    rows = (now.id, origin.id)
    after, before = interval(now.value), interval(origin.value)
    factor = _factor(now, origin)
    if factor is None:
        return Evidence(criterion.id, "unknown", "unit_differs", rows, origin.unit)
    if after is None or before is None:
        written = now.value.written if after is None else origin.value.written
        return Evidence(criterion.id, "unknown", "no_number", rows, written)
    before = before.times(factor)
    if criterion.kind == "drop":
        return _dropped(criterion, after, before, now, rows)
    share = 1 - criterion.amount / 100
    comparison = "<=" if criterion.comparison == ">=" else "<"
    # At least this far from the lowest possible origin, or not even from the highest.
    surely = before.low is not None and after.holds(comparison, share * before.low) is True
    never = before.high is not None and after.holds(comparison, share * before.high) is False
    if surely or never:
        return Evidence(criterion.id, "met" if surely else "not_met", rows=rows)
    return Evidence(criterion.id, "unknown", "value_undecided", rows, now.value.written)


def _factor(now: Measurement, origin: Measurement) -> float | None:
    """Return what puts an earlier value into the unit of a later one: how far it fell depends on no limit's unit."""
    known = analyte(now.analyte, now.assay)
    if known is None or now.unit == origin.unit:
        return 1.0
    how = convert(known, origin.unit, now.unit)
    return how.factor if isinstance(how, Conversion) else None


def _dropped(
    criterion: Criterion, after: Interval, before: Interval, now: Measurement, rows: tuple[str, ...]
) -> Evidence:
    """Tell whether a value has fallen by so much: surely, from the lowest it can have been; never, from the highest."""
    comparison = "<=" if criterion.comparison == ">=" else "<"
    surely = before.low is not None and after.holds(comparison, before.low - criterion.amount) is True
    never = before.high is not None and after.holds(comparison, before.high - criterion.amount) is False
    if surely or never:
        return Evidence(criterion.id, "met" if surely else "not_met", rows=rows)
    return Evidence(criterion.id, "unknown", "value_undecided", rows, now.value.written)


def spoken(criterion: Criterion, row: Measurement) -> Evidence:
    """Tell whether a value is one of the words that mean a status."""
    word = fold(row.value.category or "")
    if word not in criterion.others:
        return Evidence(criterion.id, "unknown", "no_word", (row.id,), row.value.written)
    return Evidence(criterion.id, "met" if word in map(fold, criterion.words) else "not_met", rows=(row.id,))


def agreed(criterion: str, found: Sequence[Evidence]) -> Evidence:
    """Return what several values of one assessment say together; where they disagree, they do not tell."""
    if not found:
        return Evidence(criterion, "missing", "no_value")
    rows = tuple(row for each in found for row in each.rows)
    outcomes = {each.outcome for each in found}
    if len(outcomes) == 1:
        return Evidence(criterion, found[0].outcome, found[0].reason, rows, found[0].detail)
    if outcomes == {"met", "not_met"}:
        return Evidence(criterion, "unknown", "values_disagree", rows)
    first = next(each for each in found if each.outcome == "unknown")
    return Evidence(criterion, "unknown", first.reason, rows, first.detail)
