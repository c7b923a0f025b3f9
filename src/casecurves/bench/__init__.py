"""``casecurves bench``: how fast, against whom, and how it grows; measured on the machine it runs on.

What is compared runs in turns (`contest`), on the same case; ratios of medians are what can be quoted, since another
machine changes both sides. Whatever goes wrong in one row is said in that row, and the others go on.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Callable
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from typing import Any

from casecurves.bench import generate
from casecurves.bench.contest import race
from casecurves.bench.guard import guarded
from casecurves.bench.report import report
from casecurves.bench.rows import ROWS, Row, Subject
from casecurves.bench.served import SERVED
from casecurves.errors import DataError
from casecurves.io import open_case, shipped_cases
from casecurves.model.chronology import resolve
from casecurves.words import say

__all__ = ["measure", "report"]

Json = dict[str, Any]

# Every kind of mark, and curves that peers can draw too.
CASE = "mn-dupilumab-1-illustrative"
SIZES = (250, 500, 1000, 2000, 4000)
# Seconds after which a row is given up.
LIMIT = 1800.0
QUICK_LIMIT = 120.0
_PACKAGES = ("dash", "kaleido", "matplotlib", "pandas", "plotly", "selenium", "vl-convert-python")


def measure(*, quick: bool = False, lang: str = "en", tell: Callable[[str], None] = print) -> Json:
    """Measure everything that can be measured here.

    Parameters
    ----------
    quick : bool
        True measures a little: fewer rounds, smaller cases.
    lang : {"en", "fr"}
        Language of what is told meanwhile.
    tell : callable
        Takes a line that says what is being measured.

    Returns
    -------
    dict
        ``machine``; ``case`` (its id); ``chronology`` with ``sizes``, a list of ``{rows, seconds, growth}``, where
        ``growth`` is the seconds over those of the size before it; ``comparisons``, a list of ``{what, ours, theirs,
        unit, rounds, ratio, at_most, aim, met}``, ours and theirs being medians; and ``server`` with ``crowd`` and
        ``memory``. Each of them has ``skipped``, what is missing here, and ``failed``, what went wrong: where one of
        them is not ``None``, what was to be measured is ``None``.
    """
    case, _ = open_case(shipped_cases(), CASE)
    if case is None:
        raise DataError(say("bench.no_case", lang, case=CASE))
    subject = Subject(case, quick=quick)
    limit = QUICK_LIMIT if quick else LIMIT

    def told(what: str) -> None:
        tell(say("bench.doing", lang, what=say(f"bench.what.{what}", lang)))

    outcome: Json = {"machine": _machine(), "case": CASE}
    told("chronology")
    sizes, failed = guarded(partial(_chronology, SIZES[:3] if quick else SIZES, 3 if quick else 7), limit)
    outcome["chronology"] = {"sizes": sizes, "skipped": None, "failed": failed}
    outcome["comparisons"] = []
    for row in ROWS:
        told(row.what)
        outcome["comparisons"].append(_compared(row, subject, limit))
    outcome["server"] = {}
    for name, found in SERVED.items():
        told(name)
        skipped = found.lacks() or None
        answer, failed = (None, None) if skipped else guarded(partial(found.measure, CASE, quick=quick), limit)
        blank = dict.fromkeys(found.names) if answer is None else answer
        outcome["server"][name] = {**blank, "skipped": skipped, "failed": failed}
    return outcome


def _compared(row: Row, subject: Subject, limit: float) -> Json:
    skipped = row.lacks() or None
    times, failed = (None, None) if skipped else guarded(partial(row.measure, subject), limit)
    ours, theirs = (None, None) if times is None else (median(times["ours"]), median(times["theirs"]))
    ratio = None if ours is None or theirs is None else ours / theirs
    return {
        "what": row.what,
        "ours": ours,
        "theirs": theirs,
        "unit": row.unit,
        "rounds": None if times is None else len(times["ours"]),
        "ratio": ratio,
        "at_most": row.at_most,
        "aim": row.aim,
        "met": None if ratio is None else ratio <= row.at_most,
        "skipped": skipped,
        "failed": failed,
    }


def _chronology(sizes: tuple[int, ...], rounds: int) -> list[Json]:
    cases = {str(size): generate.generate(size) for size in sizes}

    def job(size: str) -> None:
        found = resolve(cases[size], generate.FRAME)
        for row in cases[size]:
            found.bounds(row.id)

    times = race({size: partial(job, size) for size in cases}, rounds)
    seconds = {size: median(found) for size, found in times.items()}
    before = [None, *seconds.values()]
    return [
        {"rows": int(size), "seconds": found, "growth": None if last is None else found / last}
        for (size, found), last in zip(seconds.items(), before, strict=False)
    ]


def _machine() -> Json:
    return {
        "system": platform.platform(),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "packages": {name: found for name in _PACKAGES if (found := _version(name))},
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, "") or platform.processor() or platform.machine()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
