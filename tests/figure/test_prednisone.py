"""Doses in prednisone: named agents on one scale, pulses apart, and everything else in its own words."""

import pytest
from figure.build import SHIPPED, course, dose, event, made
from figure.page import read
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import cases

from casecurves.figure.compile import compile
from casecurves.figure.layout import lay_out
from casecurves.figure.options import Options
from casecurves.figure.plotly import to_plotly
from casecurves.figure.svg import to_svg

LAST = event("last-visit", "D200", "last_follow_up")
PULSES = course("mpred", "methylprednisolone", "D0", "D3", dose=1, dose_unit="g", doses=3, route="intravenous")
TABLETS = course("pred", "prednisone", "D3", "D150", course="tapering", route="oral")
DOSES = [
    dose("dose-60", "pred", 60, "D3..D30", holds="over"),
    dose("dose-30", "pred", 30, "D60"),
    dose("dose-10", "pred", 10, "D120", holds="from"),
]
LATE = course("mp-late", "methylprednisolone", "D150", "D180", dose=4, dose_unit="mg/d")


def in_prednisone(*therapies, doses=(), assume="", lang="en"):
    case = made(therapies=therapies, doses=doses, events=[LAST])
    return compile(case, Options(dose="prednisone", assume=assume, lang=lang))


def words(spec):
    return " ".join(word.text for word in read(to_svg(spec)).words)


def test_named_agents_share_one_scale_each_dose_as_written():
    (panel,) = in_prednisone(TABLETS, LATE, doses=DOSES).panels
    assert panel.key == "dose|prednisone"
    assert [(mark.label, mark.y) for mark in panel.marks] == [
        ("prednisone 60 mg/d", 60.0),
        ("prednisone 30 mg/d", 30.0),
        ("prednisone 10 mg/d", 10.0),
        ("methylprednisolone 4 mg/d", 5.0),
    ]
    assert [(step.y, step.span.x0, step.span.x1) for step in panel.steps] == [
        (60.0, 3.0, 31.0),
        (10.0, 120.0, 150.0),
        (5.0, 150.0, 180.0),
    ]
    assert [(one.low, one.high) for one in panel.envelopes] == [(30.0, 60.0), (10.0, 30.0)]
    assert any("= 5 mg/d of prednisone (methylprednisolone 4 mg for 5 mg; " in line for line in panel.marks[-1].hover)


def test_pulses_stand_above_the_scale_in_their_own_words():
    spec = in_prednisone(PULSES, TABLETS, doses=DOSES)
    (panel,) = spec.panels
    (pulse,) = [mark for mark in panel.marks if mark.shape == "pulse"]
    assert (pulse.row, pulse.label, pulse.y, pulse.certainty) == (
        "mpred",
        "methylprednisolone 3 × 1 g",
        None,
        "interval",
    )
    assert panel.hi < 100, "they do not stretch the scale"
    (box,) = lay_out(spec, 190.0).panels
    below = [mark.y for mark in box.marks if mark.mark.y is not None]
    assert next(mark.y for mark in box.marks if mark.mark is pulse) < min(below)


def test_pulses_alone_have_no_scale():
    (panel,) = in_prednisone(PULSES).panels
    assert (panel.scale, panel.yticks, panel.steps) == ("words", (), ())


def test_what_was_given_in_all_stands_beside_the_panel_and_in_the_hover():
    spec = in_prednisone(PULSES, TABLETS, doses=DOSES)
    (panel,) = spec.panels
    assert any("pulses: 3 (counted as 3.75\u00a0g)" in line for line in panel.remarks)
    assert set(panel.remarks) <= set(panel.marks[0].hover)
    assert "7.2–9.27\u00a0g" in words(spec)


def test_a_dose_that_is_not_known_is_an_open_outline():
    spec = in_prednisone(TABLETS | {"course": ""}, doses=DOSES[1:])
    (panel,) = spec.panels
    assert any(one.high is None for one in panel.envelopes)
    assert "unbounded" in {item.kind for item in spec.legend}
    assert any("not computable" in line or "no upper limit" in line for line in panel.remarks)
    stated = compile(made(therapies=[TABLETS | {"course": ""}], doses=DOSES[1:], events=[LAST]))
    assert all(one.high is not None for panel in stated.panels for one in panel.envelopes), "as stated, it is left out"


def test_an_agent_that_is_not_named_keeps_its_own_words():
    unnamed = course("gc-one", "corticosteroids", "D0", "D3", course="tapering")
    spec = in_prednisone(unnamed, TABLETS, doses=[dose("odd", "gc-one", 100, "D0"), *DOSES])
    prednisone, own = spec.panels
    assert {mark.row for mark in prednisone.marks} == {"dose-60", "dose-30", "dose-10"}
    assert [(mark.row, mark.label) for mark in own.marks] == [("odd", "100")]
    assert "no equivalent" in own.sublabel


@pytest.mark.parametrize(("assume", "worth"), [("prednisone", 100.0), ("methylprednisolone", 125.0)])
@pytest.mark.parametrize("dose_view", ["stated", "prednisone"])
def test_an_assumption_is_printed_on_the_figure(assume, worth, dose_view):
    spec = compile(SHIPPED["dm-mda5-ruxolitinib"], Options(dose=dose_view, assume=assume))
    assert f"assumed: the unnamed agent is {assume}" in " ".join(
        line for panel in spec.panels for line in panel.remarks
    )
    assert "assumed" in words(spec)
    (panel,) = [panel for panel in spec.panels if panel.dose]
    assert panel.marks[0].y == (worth if dose_view == "prednisone" else 100.0)
    assert "100 mg/d" in panel.marks[0].hover[0], "as written"


def test_nothing_is_assumed_unasked():
    spec = compile(SHIPPED["dm-mda5-ruxolitinib"], Options(dose="prednisone"))
    (panel,) = [panel for panel in spec.panels if panel.dose]
    assert [mark.y for mark in panel.marks] == [100.0, 30.0, 4.0]
    assert panel.label == "glucocorticoid dose"
    assert panel.remarks == ("cumulative dose not computable: agent not named",)


def test_an_equivalence_that_was_not_verified_says_so():
    (panel,) = in_prednisone(course("defla", "deflazacort", "D0", "D10", dose=6, dose_unit="mg/d")).panels
    assert any("not verified: deflazacort" in line for line in panel.remarks)
    assert any("not verified" in line and "10.1186" in line for line in panel.marks[0].hover)


def test_a_dose_by_a_weight_that_nobody_states_is_not_converted():
    (panel,) = in_prednisone(course("pred", "prednisone", "D0", "D10", dose=1, dose_unit="mg/kg/d")).panels
    assert panel.key != "dose|prednisone"
    assert any("no weight (or no height) is stated" in line for line in panel.remarks)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(cases(), st.sampled_from(["", "prednisone", "methylprednisolone"]), st.sampled_from([60.0, 90.0, 190.0]))
def test_any_case_can_be_drawn_in_prednisone(case, assume, width):
    spec = compile(case, Options(dose="prednisone", assume=assume))
    assert spec.drawn() | {item.row for item in spec.not_drawn} == {row.id for row in case.rows()}
    lay_out(spec, width)
    assert to_svg(spec)
    assert to_plotly(spec)
