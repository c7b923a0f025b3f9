"""The rows of the comparison: what is timed, against whom, and what the ratio ours / theirs is held to."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from time import perf_counter

import orjson

from casecurves.bench import browser, peers
from casecurves.bench.contest import Job, race
from casecurves.bench.plain import Plain, plain
from casecurves.bench.served import PEER, SERVE, served
from casecurves.figure.batch import Wanted, render_all
from casecurves.figure.compile import compile as compile_case
from casecurves.figure.export import render
from casecurves.figure.page import PageOptions
from casecurves.figure.plotly import to_plotly
from casecurves.figure.spec import Spec
from casecurves.model.case import Case

# Seconds of each round, or bytes: ``ours`` and ``theirs``.
Times = dict[str, list[float]]

# A row that is slow here gets fewer rounds than it asks for, in so many seconds.
ENOUGH = 240.0
QUICK_ENOUGH = 20.0
_PATIENCE = 120.0
BATCH = 20
_HELP = "from casecurves.cli import main; main(['--help'])"
_IMPORTS = "import dash, plotly.express, pandas"
# True once the bars of a figure are there.
_SHOWN = "document.querySelector('.js-plotly-plot .barlayer path')"


class Subject:
    """The case on which everything is measured, and what several rows make of it."""

    def __init__(self, case: Case, *, quick: bool) -> None:
        self.case = case
        self.quick = quick

    @cached_property
    def spec(self) -> Spec:
        """The figure."""
        return compile_case(self.case)

    @cached_property
    def resolved(self) -> Case:
        """The case with its chronology worked out; how long that takes, the table of generated cases tells."""
        case = replace(self.case)
        compile_case(case)
        return case

    @cached_property
    def bare(self) -> Plain:
        """The figure as the peers are given it."""
        return plain(self.spec)

    @cached_property
    def naive_json(self) -> str:
        """The naive figure, made once where its making is not what counts."""
        return str(peers.naive(self.bare).to_json())

    def json(self) -> bytes:
        """Return the JSON of our figure; like the peers it is given the times of the case."""
        return orjson.dumps(to_plotly(compile_case(self.resolved)))

    def race(self, ours: Job, theirs: Job, rounds: int, *, own: bool = False) -> Times:
        """Time ours against theirs; quickly, in fewer rounds than asked for."""
        rounds, enough = (max(1, rounds // 5), QUICK_ENOUGH) if self.quick else (rounds, ENOUGH)
        return race({"ours": ours, "theirs": theirs}, rounds, own=own, enough=enough)


@dataclass(frozen=True)
class Row:
    """A comparison.

    Attributes
    ----------
    what : str
        Its name (``bench.what.<name>`` says it to people).
    at_most, aim : float
        What the ratio ours / theirs is held to, and what it should come to.
    measure : callable
        From a `Subject` to the seconds (or bytes) of ours and theirs.
    lacks : callable
        Returns what is missing here to measure it, ``""`` when nothing is.
    unit : {"seconds", "bytes"}
        Of what is measured.
    """

    what: str
    at_most: float
    aim: float
    measure: Callable[[Subject], Times]
    lacks: Callable[[], str] = lambda: ""
    unit: str = "seconds"


def _json_naive(subject: Subject) -> Times:
    return subject.race(subject.json, lambda: peers.naive(subject.bare).to_json(), 7)


def _json_careful(subject: Subject) -> Times:
    return subject.race(subject.json, lambda: peers.careful(subject.bare).to_json(), 25)


def _bytes(subject: Subject) -> Times:
    return {"ours": [len(subject.json())], "theirs": [len(subject.naive_json.encode())]}


def _png_write_image(subject: Subject) -> Times:
    theirs = peers.write_image(subject.bare)
    return subject.race(partial(_each_of_a_batch, subject.spec), partial(_alone, theirs), 20, own=True)


def _each_of_a_batch(spec: Spec) -> float:
    """Return the seconds that each PNG takes when many are made, the start of the helping processes included."""
    begun = perf_counter()
    for file in render_all([Wanted(spec, "png", PageOptions())] * BATCH):
        if isinstance(file, Exception):  # what was not made was made in no time
            raise file
    return (perf_counter() - begun) / BATCH


def _alone(job: Job) -> float:
    begun = perf_counter()
    job()
    return perf_counter() - begun


def _png_matplotlib(subject: Subject) -> Times:
    return subject.race(partial(render, subject.spec, "png"), partial(peers.matplotlib_png, subject.bare), 20)


def _paint(subject: Subject) -> Times:
    figures = {"ours": subject.json().decode(), "theirs": subject.naive_json}
    with browser.opened() as driver:
        return browser.painted(driver, figures, 3 if subject.quick else 15)


def _click(subject: Subject) -> Times:
    case_id = subject.case.id
    # The live link: the page has one before its scripts have run, too.
    link = ", ".join(f"#react-entry-point a[href{sign}]" for sign in (f"='/case/{case_id}'", f"^='/case/{case_id}?'"))
    with browser.opened() as driver, served(*SERVE) as (ours, _), served(*PEER, "many", case_id) as (theirs, _):
        return subject.race(
            lambda: browser.clicked(driver, ours, link, _SHOWN),
            lambda: browser.clicked(driver, theirs, f"#{case_id}", _SHOWN),
            5,
            own=True,
        )


def _first(subject: Subject) -> Times:
    case_id = subject.case.id
    with browser.opened() as driver, served(*SERVE) as (ours, _), served(*PEER, "one", case_id) as (theirs, _):
        return subject.race(
            lambda: browser.first_picture(driver, f"{ours}case/{case_id}"),
            lambda: browser.first_picture(driver, theirs),
            5,
            own=True,
        )


def _help(subject: Subject) -> Times:
    return subject.race(partial(_python, _HELP), partial(_python, _IMPORTS), 9)


def _python(code: str) -> None:
    roots = {str(Path(__file__).parents[2]), *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))}
    surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join(sorted(roots))}
    subprocess.run(  # noqa: S603 - this very Python
        [sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL, env=surroundings, timeout=_PATIENCE
    )


ROWS = (
    Row("json_naive", 1 / 200, 1 / 1000, _json_naive),
    Row("json_careful", 1 / 8, 1 / 25, _json_careful),
    Row("bytes_naive", 0.5, 0.25, _bytes, unit="bytes"),
    Row("paint_naive", 0.5, 0.3, _paint, browser.missing),
    Row("png_write_image", 1 / 15, 1 / 40, _png_write_image, peers.write_image_lacks),
    Row("png_matplotlib", 0.6, 0.3, _png_matplotlib, partial(peers.lacks, "matplotlib")),
    Row("click_naive", 1 / 15, 1 / 30, _click, browser.missing),
    Row("first_dash", 0.2, 0.05, _first, browser.missing),
    Row("help_imports", 0.15, 0.06, _help),
)
