"""Many files at once are the files that are made one by one."""

import sys
from concurrent.futures import ProcessPoolExecutor
from ctypes import CDLL
from multiprocessing import get_context

import pytest

from casecurves import load
from casecurves.errors import UsageError
from casecurves.figure.batch import Wanted, render_all
from casecurves.figure.compile import compile as compile_case
from casecurves.figure.export import DOTTED, render
from casecurves.figure.page import PageOptions
from casecurves.figure.raster import dots, keep_memory

SPECS = [compile_case(load(case_id)) for case_id in ("mn-dupilumab-1", "mn-dupilumab-2")]
PAGE = PageOptions(dpi=100)


def test_every_file_is_the_one_made_alone_and_in_its_place():
    jobs = [Wanted(spec, fmt, page) for spec in SPECS for fmt in (*DOTTED, "svg", "pdf") for page in
            (PAGE, PAGE.model_copy(update={"transparent": True, "theme": "grey"}))]  # fmt: skip
    made = list(render_all(jobs, processes=2))
    assert made == [render(*job) for job in jobs]


def test_no_more_pages_wait_than_keep_every_process_busy():
    begun, done = [], []

    def jobs():
        for number in range(9):
            begun.append(number)
            yield Wanted(SPECS[0], "png", PAGE)

    for file in render_all(jobs(), processes=1):
        done.append(file)
        assert len(begun) - len(done) <= 2
    assert len(done) == len(begun) == 9


def test_what_cannot_be_made_stands_in_its_place_and_stops_no_other():
    large = PageOptions(dpi=1200, width_mm=400)
    jobs = [Wanted(SPECS[0], "png", large), Wanted(SPECS[0], "svg", PAGE), Wanted(SPECS[0], "png", PAGE)]
    refused, *made = render_all(jobs, processes=1)
    assert isinstance(refused, UsageError)
    assert "pixels" in str(refused)
    assert made == [render(*job) for job in jobs[1:]]


def test_a_fault_of_the_rasteriser_concerns_one_file_alone(monkeypatch):
    def fails(*_):
        raise ValueError("no ink")

    monkeypatch.setattr("casecurves.figure.batch.finished", fails)
    broken, sound = render_all([Wanted(SPECS[0], "png", PAGE), Wanted(SPECS[0], "svg", PAGE)], processes=1)
    assert repr(broken) == "ValueError('no ink')"
    assert sound == render(SPECS[0], "svg", PAGE)


GROUND = '<rect x="0" y="0" width="3000" height="3000" fill="#fff"/>'


def _new_pieces_of_memory() -> int:
    from resource import RUSAGE_SELF, getrusage

    page = f'<svg xmlns="http://www.w3.org/2000/svg" width="3000" height="3000"><desc></desc>{GROUND}</svg>'
    dots(page, 300)
    before = getrusage(RUSAGE_SELF).ru_minflt
    dots(page, 300)
    return getrusage(RUSAGE_SELF).ru_minflt - before


@pytest.mark.skipif(
    sys.platform != "linux" or not hasattr(CDLL(None), "mallopt"), reason="only glibc is told to keep memory"
)
def test_a_process_that_makes_pages_keeps_the_memory_of_one_for_the_next():
    counts = []
    for begin in (None, keep_memory):
        with ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=begin) as pool:
            counts.append(pool.submit(_new_pieces_of_memory).result())
    assert counts[1] < counts[0] / 10, counts
