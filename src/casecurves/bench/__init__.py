"""``casecurves bench``: how fast, against whom, and how it grows; measured on the machine it runs on.

Everything that is compared runs in the same process run, in turns (`contest`), on the same case; ratios of medians are
what can be quoted, since another machine changes both sides.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import orjson

from casecurves.bench import generate, peers
from casecurves.bench.contest import Job, race
from casecurves.errors import DataError
from casecurves.figure.compile import compile as compile_case
from casecurves.figure.export import render
from casecurves.figure.plotly import to_plotly
from casecurves.io import open_case, shipped_cases
from casecurves.model.case import Case
from casecurves.model.chronology import resolve
from casecurves.words import say

Json = dict[str, Any]

# Every kind of mark, and curves that peers can draw too.
CASE = "mn-dupilumab-1-illustrative"
SIZES = (250, 500, 1000, 2000, 4000)
# What the ratio ours / theirs is held to: at most, and the aim.
TARGETS: dict[str, tuple[float, float]] = {
    "json_naive": (1 / 200, 1 / 1000),
    "json_careful": (1 / 8, 1 / 25),
    "bytes_naive": (0.5, 0.25),
    "png_write_image": (1 / 15, 1 / 40),
    "png_matplotlib": (0.6, 0.3),
    "help_imports": (0.15, 0.06),
}
_PACKAGES = ("dash", "kaleido", "matplotlib", "pandas", "plotly", "vl-convert-python")
_HELP = "from casecurves.cli import main; main(['--help'])"
_IMPORTS = "import dash, plotly.express, pandas"


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
        ``machine``; ``case`` (its id); ``chronology``, a list of ``{rows, seconds, growth}``, where ``growth`` is
        the seconds over those of the size before it; and ``comparisons``, a list of ``{what, ours, theirs, unit,
        ratio, at_most, aim, skipped}``: where ``skipped`` names what is missing, ``theirs`` and ``ratio`` are
        ``None``.
    """
    case, _ = open_case(shipped_cases(), CASE)
    if case is None:
        raise DataError(say("bench.no_case", lang, case=CASE))
    outcome: Json = {"machine": _machine(), "case": CASE}
    tell(say("bench.doing.chronology", lang))
    outcome["chronology"] = _chronology(SIZES[:3] if quick else SIZES, rounds=3 if quick else 7)
    outcome["comparisons"] = []
    for name, compare in (("json", _json), ("png", _png), ("help", _help)):
        tell(say(f"bench.doing.{name}", lang))
        outcome["comparisons"] += compare(case, quick)
    return outcome


def report(outcome: Json, lang: str = "en") -> str:
    """Return what was measured as lines of a terminal."""
    from casecurves.terminal import table

    machine = outcome["machine"]
    packages = ", ".join(f"{name} {found}" for name, found in machine["packages"].items())
    grown = [[say(f"bench.head.{name}", lang) for name in ("rows", "milliseconds", "growth")]]
    grown += [[str(row["rows"]), _ms(row["seconds"]), _times(row["growth"])] for row in outcome["chronology"]]
    columns = ("what", "ours", "theirs", "ratio", "at_most", "aim")
    compared = [[say(f"bench.head.{name}", lang) for name in columns]]
    compared += [_compared(row, lang) for row in outcome["comparisons"]]
    return "\n".join(
        (
            say("bench.machine", lang, **{k: v for k, v in machine.items() if k != "packages"}),
            packages,
            "",
            say("bench.title.chronology", lang),
            table(grown),
            "",
            say("bench.title.comparisons", lang, case=outcome["case"]),
            table(compared),
        )
    )


def _chronology(sizes: tuple[int, ...], rounds: int) -> list[Json]:
    cases = {str(size): generate.generate(size) for size in sizes}

    def job(size: str) -> None:
        found = resolve(cases[size], generate.FRAME)
        for row in cases[size]:
            found.bounds(row.id)

    seconds = race({size: partial(job, size) for size in cases}, rounds)
    before = [None, *seconds.values()]
    return [
        {"rows": int(size), "seconds": found, "growth": None if last is None else found / last}
        for (size, found), last in zip(seconds.items(), before, strict=False)
    ]


def _json(case: Case, quick: bool) -> list[Json]:
    """From a case to the JSON of its figure; ours works out the times anew each time."""
    plain = peers.plain(compile_case(case))
    jobs: dict[str, Callable[[], bytes]] = {
        "ours": lambda: orjson.dumps(to_plotly(compile_case(replace(case)))),
        "naive": lambda: str(peers.naive(plain).to_json()).encode(),
        "careful": lambda: str(peers.careful(plain).to_json()).encode(),
    }
    seconds = race(jobs, 2 if quick else 7)
    sizes = {name: len(job()) for name, job in jobs.items()}
    return [
        _row("json_naive", seconds["ours"], seconds["naive"]),
        _row("json_careful", seconds["ours"], seconds["careful"]),
        _row("bytes_naive", sizes["ours"], sizes["naive"], unit="bytes"),
    ]


def _png(case: Case, quick: bool) -> list[Json]:
    """A PNG of a batch, 190 mm wide at 300 dpi, from the figure as each side keeps it."""
    spec = compile_case(case)
    plain = peers.plain(spec)
    lacks = {"write_image": peers.write_image_lacks(), "matplotlib": peers.lacks("matplotlib")}
    jobs: dict[str, Job] = {"ours": lambda: render(spec, "png")}
    if not lacks["write_image"]:
        jobs["write_image"] = peers.write_image(plain)
    if not lacks["matplotlib"]:
        jobs["matplotlib"] = lambda: peers.matplotlib_png(plain)
    seconds = race(jobs, 3 if quick else 20)
    return [_row(f"png_{name}", seconds["ours"], seconds.get(name), lacks[name]) for name in lacks]


def _help(_: Case, quick: bool) -> list[Json]:
    seconds = race({"ours": partial(_python, _HELP), "imports": partial(_python, _IMPORTS)}, 3 if quick else 9)
    return [_row("help_imports", seconds["ours"], seconds["imports"])]


def _python(code: str) -> None:
    roots = {str(Path(__file__).parents[2]), *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))}
    surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join(sorted(roots))}
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL, env=surroundings)  # noqa: S603


def _row(what: str, ours: float, theirs: float | None, lacks: str = "", *, unit: str = "seconds") -> Json:
    at_most, aim = TARGETS[what]
    return {
        "what": what,
        "ours": ours,
        "theirs": theirs,
        "unit": unit,
        "ratio": None if theirs is None else ours / theirs,
        "at_most": at_most,
        "aim": aim,
        "skipped": lacks or None,
    }


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


def _compared(row: Json, lang: str) -> list[str]:
    what = say(f"bench.what.{row['what']}", lang)
    amount = _ms if row["unit"] == "seconds" else _bytes
    if row["skipped"]:
        skipped = say("bench.skipped", lang, lacks=row["skipped"])
        return [what, amount(row["ours"]), skipped, "", _share(row["at_most"]), _share(row["aim"])]
    return [what, amount(row["ours"]), amount(row["theirs"]), *(_share(row[k]) for k in ("ratio", "at_most", "aim"))]


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.3g} ms" if seconds < 1 else f"{seconds * 1000:.0f} ms"


def _bytes(count: float) -> str:
    return f"{count / 1000:.1f} kB"


def _times(growth: float | None) -> str:
    return "" if growth is None else f"× {growth:.2f}"


def _share(ratio: float) -> str:
    return f"1/{1 / ratio:.0f}" if ratio < 0.1 else f"{ratio:.2f}"
