"""The rule that makes the curves of the illustrative companions: nothing in them was measured.

The published figures of the two nephropathy patients cannot be given numbers honestly, so each patient
has a companion case that shows what such a course looks like. A companion's therapies and events are
written by hand in its folder; its ``measurements.csv`` and ``doses.csv`` are made here, and only here:

1. a curve is a few turning points, chosen to agree with every direction and order that the document
   states (``companion_plans/*.toml``, with the values and doses that follow no curve);
2. between two turning points the logarithm of the value runs straight (levels fall by a share of
   themselves, not by an amount);
3. every value is off that line by up to 6 per cent either way, drawn from a generator whose seed is the
   curve's own name;
4. it is rounded as a laboratory prints it, and printed ``<limit`` below the limit of its assay.

The generator is Python's own Mersenne Twister, of which only ``random()`` is used: that sequence is the
same on every version and machine, so the files come out byte for byte.
"""

from __future__ import annotations

import csv
import io
import math
import random
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from casecurves.model.schema import Table, columns

# Largest distance from the line between two turning points, as a share of the value.
SCATTER = 0.06

Cells = Mapping[str, str]
_EVERY_ROW = {"basis": "illustrative", "source": "casecurves", "status": "used"}
# Columns that a file has even when they are empty throughout.
_ALWAYS = ("id", "basis", "source", "locator", "status", "note", "note_fr")


@dataclass(frozen=True)
class Curve:
    """One made-up curve.

    Attributes
    ----------
    key : str
        Start of the row ids and, with the case, the seed of the scatter.
    analyte, assay, unit : str
        As in measurements.csv.
    turns : list of (day, value)
        Turning points in the order of their days; values above zero, in ``unit``.
    visits : list of int
        Days on which a value is printed.
    ranges : list of (day, low, high)
        From which day the laboratory printed which range; ``""`` for a side that it did not print.
    vague : dict of str to str
        Day of a visit to the time that the table has instead of the day.
    step, fine_step, coarse_from : float
        Rounded to ``step`` from ``coarse_from`` upwards, else to ``fine_step``.
    limit : float
        Below it a value is printed as ``<limit``; 0 for none.
    """

    key: str
    analyte: str
    unit: str
    turns: Sequence[tuple[int, float]]
    visits: Sequence[int]
    ranges: Sequence[tuple[int, str, str]]
    assay: str = ""
    vague: Mapping[str, str] = field(default_factory=dict)
    step: float = 1
    fine_step: float = 1
    coarse_from: float = 0
    limit: float = 0


@dataclass(frozen=True)
class Plan:
    """A companion: its curves, and the values and doses that follow none."""

    case: str
    curves: tuple[Curve, ...]
    values: tuple[Cells, ...]
    doses: tuple[Cells, ...]


def plans() -> tuple[Plan, ...]:
    """Return the plans of all companions, in the order of their names."""
    folder = files("casecurves.io") / "companion_plans"
    found = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".toml")), key=lambda e: e.name)
    return tuple(_plan(entry.name.removesuffix(".toml"), entry.read_text(encoding="utf-8")) for entry in found)


def _plan(case: str, text: str) -> Plan:
    content: dict[str, Any] = tomllib.loads(text)
    curves = tuple(Curve(**curve) for curve in content["curves"])
    return Plan(case, curves, tuple(content["values"]), tuple(content["doses"]))


def write_companions(cases_dir: Path) -> tuple[Path, ...]:
    """Write the curves and doses of every companion into a folder of cases.

    Parameters
    ----------
    cases_dir : Path
        The folder that holds the case folders; a companion's folder is made if it is missing.

    Returns
    -------
    tuple of Path
        The files written, replacing what was there.
    """
    written: list[Path] = []
    for plan in plans():
        for name, text in companion_tables(plan).items():
            path = cases_dir / plan.case / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
            written.append(path)
    return tuple(written)


def companion_tables(plan: Plan) -> dict[str, str]:
    r"""Return the text of the files that the rule makes for one companion.

    Parameters
    ----------
    plan : Plan
        Turning points, single values and doses.

    Returns
    -------
    dict of str to str
        File name to comma-separated text with ``\n`` line ends.
    """
    measured = [row for curve in plan.curves for row in _follow(curve, plan.case)]
    return {
        "measurements.csv": _table("measurements", [*measured, *plan.values]),
        "doses.csv": _table("doses", plan.doses),
    }


def value_on(curve: Curve, day: int) -> float:
    """Return the value of a curve on a day, before scatter and rounding.

    Parameters
    ----------
    curve : Curve
        With turning points in the order of their days.
    day : int
        Days from day zero, within the turning points.

    Returns
    -------
    float
        In the curve's unit; straight in the logarithm between two turning points.
    """
    for (first, low), (last, high) in zip(curve.turns, curve.turns[1:], strict=False):
        if first <= day <= last:
            share = (day - first) / (last - first)
            return math.exp(math.log(low) * (1 - share) + math.log(high) * share)
    raise ValueError(f"{curve.key}: day {day} lies outside the turning points")


def _follow(curve: Curve, case: str) -> Iterator[Cells]:
    draw = random.Random(f"{case}/{curve.key}")  # noqa: S311 - scatter of a drawing, no secret
    for number, day in enumerate(curve.visits, 1):
        scatter = 1 + SCATTER * (2 * draw.random() - 1)
        low, high = _range_on(curve, day)
        yield {
            "id": f"{curve.key}-{number:02}",
            "analyte": curve.analyte,
            "assay": curve.assay,
            "value": _printed(curve, value_on(curve, day) * scatter),
            "unit": curve.unit,
            "ref_low": low,
            "ref_high": high,
            "time": curve.vague.get(str(day), f"D{day}"),
        }


def _printed(curve: Curve, value: float) -> str:
    """Round a value as the laboratory prints it."""
    if curve.limit and value < curve.limit:
        return f"<{curve.limit:g}"
    step = curve.step if value >= curve.coarse_from else curve.fine_step
    return f"{round(value / step) * step:.{0 if step >= 1 else 1}f}"


def _range_on(curve: Curve, day: int) -> tuple[str, str]:
    """Return the range that the laboratory printed on a day: the last one to have come into use."""
    return [(low, high) for since, low, high in curve.ranges if since <= day][-1]


def _table(table: Table, rows: Iterable[Cells]) -> str:
    full = [{**_EVERY_ROW, **row} for row in rows]
    names = [c.name for c in columns(table) if c.name in _ALWAYS or any(row.get(c.name) for row in full)]
    return _comma_separated(names, full)


def _comma_separated(names: Sequence[str], rows: Iterable[Cells]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, names, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
