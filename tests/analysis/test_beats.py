"""A lesson as a class goes through it: each step, its questions, their answers; and never an answer before its time."""

from dataclasses import replace

import pytest
from figure.build import event, made

from casecurves import load
from casecurves.analysis.reveal import anchor, beats, moved, planned, step_at, step_of, steps, telling
from casecurves.io import read_library, shipped_cases
from casecurves.model.teaching import Stop, Teaching
from casecurves.model.when import parse

TOLD = [case for case, _ in read_library(shipped_cases()).values() if case is not None and case.teaching is not None]


def case_with(*stops, **lesson):
    case = made(
        events=[
            event("zero", "D0"),
            event("flare", "M4..M5"),
            event("late", "D400"),
            event("open-a", "before:late"),
            event("open-b", "before:late"),
        ],
        day_zero="zero",
    )
    taught = Teaching(stops=[Stop(id=f"s{n}", at=at, question="?", answer="!") for n, at in enumerate(stops)], **lesson)
    return type(case)(**{**{name: getattr(case, name) for name in ("id", "header", "events")}, "teaching": taught})


@pytest.mark.parametrize(
    ("at", "points"),
    [
        ("flare", "flare"),
        ("M5", "flare"),
        ("D10", "zero"),
        ("after:flare", "flare"),
        ("before:late", "open-a"),
        ("flare+D20", "flare"),
        ("flare+M12", "late"),
        ("M5..", "flare"),
        ("D-90", "zero"),
    ],
)
def test_a_stop_lies_at_the_last_step_that_its_time_allows(at, points):
    case = case_with(at)
    told = telling(case)
    assert points in told[step_of(case, told, case.teaching.stops[0])].points


@pytest.mark.parametrize("at", ["2017", "after:late & before:flare"])
def test_a_stop_without_a_place_comes_at_the_end(at):
    case = case_with(at)
    assert [beat.step for beat in beats(case, telling(case)) if beat.stop] == [len(telling(case)) - 1] * 2


def test_a_press_shows_then_asks_then_answers():
    case = case_with("flare", "zero")
    told = telling(case)
    found = [(beat.step, beat.stop.id if beat.stop else "", beat.shown) for beat in beats(case, told)]
    assert found[:6] == [
        (0, "", "figure"),
        (0, "s1", "question"),
        (0, "s1", "answer"),
        (1, "", "figure"),
        (1, "s0", "question"),
        (1, "s0", "answer"),
    ]


def test_moves_lead_to_the_next_of_their_kind_and_stay_at_the_ends():
    case = load("mn-dupilumab-1")
    told = telling(case)
    found = beats(case, told)
    assert moved(found, told, 0, "back") == 0
    assert moved(found, told, len(found) - 1, "next") == len(found) - 1
    assert found[moved(found, told, 0, "stop")].stop.id == "choice-after-escape"
    assert told[found[moved(found, told, 0, "value")].step].kinds >= {"value"}
    assert moved(found, told, 5, "first") == 0
    assert moved(found, told, 0, "last") == len(found) - 1


def test_a_sequence_orders_what_the_case_leaves_open_and_nothing_else():
    case = case_with()
    assert ("open-a", "open-b") in [step.points for step in steps(case)]
    told = [step.points for step in telling(case_with(sequence=["open-b", "open-a"]))]
    assert told.index(("open-b",)) < told.index(("open-a",))
    known = [step.points for step in telling(case_with(sequence=["late", "flare", "zero"]))]
    assert known.index(("zero",)) < known.index(("flare",)) < known.index(("late",))


def test_a_sequence_that_goes_round_in_a_circle_is_none():
    case = made(
        events=[
            event("aa", ""),
            event("zero", "D0"),
            event("bb", "before:cc"),
            event("cc", "D9"),
            event("dd", "before:ee"),
            event("ee", "D9"),
        ],
        day_zero="zero",
    )
    told = steps(case, sequence=["ee", "bb", "cc", "dd"])
    assert sorted(point for step in told for point in step.points) == ["aa", "bb", "cc", "dd", "ee", "zero"]


@pytest.mark.parametrize("case", TOLD, ids=lambda case: case.id)
def test_what_a_shipped_question_asks_for_is_not_shown_with_it(case):
    told = telling(case)
    for stop in case.teaching.stops:
        assert step_of(case, told, stop) < len(told) - 1
    given = {
        "mn-dupilumab-1": ("choice-after-escape", "glucocorticoid"),
        "mn-dupilumab-2": ("after-four-lines", "dupilumab"),
        "dm-mda5-ruxolitinib": ("flare-month-five", "ruxolitinib"),
        "igg4-dupilumab-1": ("steroids-or-not", "dupilumab"),
    }
    name, row = given[case.id]
    stop = next(each for each in case.teaching.stops if each.id == name)
    comes = next(step.number for step in told if row in step.points)
    assert step_of(case, told, stop) < comes


def test_what_a_question_hides_is_hidden_from_the_first_beat_until_its_answer():
    case = case_with("zero", "flare", "late")
    stops = case.teaching.stops
    hidden = [("outcome",), (), ("drugs", "outcome")]
    stops = tuple(stop.model_copy(update={"hidden": each}) for stop, each in zip(stops, hidden, strict=True))
    case = replace(case, teaching=Teaching(stops=stops))
    found = beats(case, telling(case))
    for at, (beat, blind) in enumerate(zip(found, planned(found), strict=True)):
        answered = any(each.stop is stops[2] and each.shown == "answer" for each in found[: at + 1])
        assert (blind.drugs, blind.outcome, blind.diagnosis) == (not answered, not answered, False), beat


@pytest.mark.parametrize("case", TOLD, ids=lambda case: case.id)
def test_every_step_has_a_time_that_a_stop_can_lie_at(case):
    told = telling(case)
    for step in told:
        at = anchor(case, told, step.number)
        assert step_at(case, told, parse(at)) == step.number


def test_a_step_of_what_has_no_place_in_time_has_none():
    case = made(events=[event("zero", "D0"), event("nowhen", "")], day_zero="zero")
    told = telling(case)
    assert [anchor(case, told, step.number) for step in told] == ["zero", ""]
