"""Between which limits a value of a living patient lies, by analyte and unit: `plausible.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from casecurves.knowledge.fold import table


def limits(analyte: str, ucum: str) -> tuple[float, float] | None:
    """Return the lowest and the highest plausible value.

    Parameters
    ----------
    analyte : str
        Key of the analyte.
    ucum : str
        UCUM code of the unit; ``""`` for none.

    Returns
    -------
    tuple of float or None
        In that unit; ``None`` where nothing is known here.
    """
    return _all().get(analyte, {}).get(ucum)


def fitting(analyte: str, number: float) -> tuple[str, ...]:
    """Return the UCUM codes of the units in which a number would be plausible."""
    return tuple(unit for unit, (low, high) in _all().get(analyte, {}).items() if low <= number <= high)


def may_be_zero(analyte: str) -> bool:
    """Tell whether none at all may be found of an analyte, below the lowest value that is measured."""
    return bool(table("plausible.toml").get(analyte, {}).get("zero"))


@cache
def _all() -> Mapping[str, Mapping[str, tuple[float, float]]]:
    return {
        key: {unit: (float(low), float(high)) for unit, (low, high) in by_unit.items()}
        for key, entry in table("plausible.toml").items()
        for by_unit in ({unit: limits for unit, limits in entry.items() if unit != "zero"},)
    }
