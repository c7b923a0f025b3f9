"""The bench measures what it says, on cases that hold; how long things take is not a test's business."""

import json
import random

import pytest

from casecurves import bench
from casecurves.bench import generate, peers
from casecurves.bench.contest import race
from casecurves.figure.compile import compile as compile_case
from casecurves.io import open_case, shipped_cases
from casecurves.model.chronology import resolve


def plain() -> peers.Plain:
    case, _ = open_case(shipped_cases(), bench.CASE)
    return peers.plain(compile_case(case))


@pytest.mark.parametrize("size", [1, 2, 250, 2000])
@pytest.mark.parametrize("seed", [1, 2])
def test_a_generated_case_is_sound_and_bounded(size, seed):
    rows = generate.generate(size, seed)
    assert len({row.id for row in rows}) == size
    chronology = resolve(rows, generate.FRAME)
    assert chronology.contradictions == ()
    assert chronology.missing_anchors == ()
    bounded = [row for row in rows if None not in chronology.exact_bounds(row.id)]
    assert len(bounded) > size / 2


def test_a_generated_case_is_the_same_every_time():
    random.seed(99)
    assert generate.generate(100) == generate.generate(100)
    assert generate.generate(100) != generate.generate(100, seed=2)


def test_2000_rows_are_among_the_sizes():
    assert 2000 in bench.SIZES
    assert list(bench.SIZES) == sorted(bench.SIZES)


def test_a_race_runs_everybody_in_every_round():
    ran: list[str] = []
    found = race({name: lambda name=name: ran.append(name) for name in "abc"}, rounds=8)
    assert set(found) == set("abc")
    assert all(seconds >= 0 for seconds in found.values())
    rounds = [tuple(ran[at : at + 3]) for at in range(0, len(ran), 3)]
    assert len(rounds) == 9, "one to warm up"
    assert {frozenset(each) for each in rounds} == {frozenset("abc")}
    assert len(set(rounds[1:])) > 1, "not always in one order"


def test_the_peers_draw_the_same_case():
    case = plain()
    assert case.intervals
    assert case.curves
    assert case.events
    for figure in (peers.naive(case), peers.careful(case)):
        drawn = json.loads(figure.to_json())
        bars = [trace for trace in drawn["data"] if trace["type"] == "bar"]
        assert {str(y) for trace in bars for y in trace["y"]} == {drug for drug, _, _ in case.intervals}
        assert sum(len(trace["y"]) for trace in bars) == len(case.intervals)
        curves = [trace for trace in drawn["data"] if trace["type"] == "scatter"]
        assert [trace["name"] for trace in curves] == [name for name, _, _ in case.curves]
        lines = [shape for shape in drawn["layout"]["shapes"] if shape["type"] == "line"]
        assert len(lines) == len(case.events) * (len(case.curves) + 1)


def test_what_is_missing_is_named(monkeypatch):
    assert peers.lacks("json") == ""
    assert peers.lacks("no_such_module") == "no_such_module"
    monkeypatch.setattr(peers, "lacks", lambda module: "")
    monkeypatch.delenv("BROWSER_PATH", raising=False)
    monkeypatch.setattr(peers.shutil, "which", lambda name: None)
    assert peers.write_image_lacks() == "chromium"


@pytest.fixture(scope="module")
def outcome() -> dict:
    """A whole run of the bench with every job done once and no peer that starts a browser."""
    patch = pytest.MonkeyPatch()
    patch.setattr(bench, "race", lambda jobs, rounds: {name: (job() and 0.5) or 0.5 for name, job in jobs.items()})
    patch.setattr(bench, "SIZES", (10, 20, 40))
    patch.setattr(peers, "lacks", lambda module: module)
    told: list[str] = []
    try:
        found = bench.measure(quick=True, tell=told.append)
    finally:
        patch.undo()
    assert len(told) == 4
    return found


def test_the_outcome_is_plain_json(outcome):
    assert set(outcome) == {"machine", "case", "chronology", "comparisons"}
    assert {"system", "processor", "cores", "python", "packages"} == set(outcome["machine"])
    assert [row["rows"] for row in outcome["chronology"]] == [10, 20, 40]
    assert [row["growth"] for row in outcome["chronology"]] == [None, 1.0, 1.0]
    assert {row["what"] for row in outcome["comparisons"]} == set(bench.TARGETS)
    assert json.loads(json.dumps(outcome)) == outcome


def test_what_was_skipped_says_why(outcome):
    skipped = {row["what"]: row["skipped"] for row in outcome["comparisons"] if row["skipped"]}
    assert skipped == {"png_write_image": "kaleido", "png_matplotlib": "matplotlib"}
    for row in outcome["comparisons"]:
        assert (row["ratio"] is None) == (row["skipped"] is not None)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_report_names_the_machine_and_every_row(outcome, lang):
    text = bench.report(outcome, lang)
    assert outcome["machine"]["processor"] in text
    assert outcome["machine"]["python"] in text
    assert text.count("kaleido") == 1
    assert len(text.splitlines()) == 2 + 1 + 1 + 4 + 1 + 1 + 1 + len(bench.TARGETS)
