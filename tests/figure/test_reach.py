"""Windows that show a row: its own stretch, and the nearest one from where the reader is."""

import pytest
from figure.build import SHIPPED, course, event, made
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import cases

from casecurves.figure.compile import compile
from casecurves.figure.compile.reach import outside, stretch
from casecurves.figure.options import Options

CASE = SHIPPED["dm-mda5-ruxolitinib"]


def rows(spec):
    return {mark.row for mark in spec.marks()} | {bar.row for bar in spec.bars()}


def beyond(case, window):
    options = Options(window=window)
    return outside(case, compile(case, Options()), compile(case, options), options)


def test_a_course_fills_its_window_with_a_margin():
    case = made(
        therapies=[course("drug-a", "prednisone", "D100", "D200"), course("drug-b", "rituximab", "", "")],
        events=[event("zero", "D0"), event("closing", "D400", kind="last_follow_up")],
        day_zero="zero",
    )
    first, last = stretch(case, "drug-a")
    assert 90 < first < 100 and 201 < last < 210
    assert stretch(case, "drug-a", Options(zero="drug-a")) == pytest.approx((first - 100.5, last - 100.5), abs=0.51)
    assert stretch(case, "drug-b") is None
    assert stretch(case, "zero") is None
    assert stretch(case, "nobody") is None


def test_a_course_without_a_known_end_is_shown_as_far_as_days_are_known():
    first, last = stretch(CASE, "cyclophosphamide")
    assert first < 0 and 153 <= last < 170


def test_a_window_beside_a_row_moves_as_it_is():
    case = made(
        therapies=[course("drug-a", "prednisone", "D0", "D400")],
        events=[
            event("zero", "D0"),
            event("early", "D20"),
            event("late", "D300"),
            event("state", "D210", end="D390"),
            event("closing", "D400", kind="last_follow_up"),
        ],
        day_zero="zero",
    )
    found = {each.row: each for each in beyond(case, (100.0, 200.0))}
    assert (found["early"].late, found["early"].window) == (False, (-29.5, 70.5))
    assert (found["late"].late, found["late"].window) == (True, (250.5, 350.5))
    assert found["state"].window[0] < 210 and found["state"].window[1] > 391
    assert "drug-a" not in found
    assert beyond(case, None) == ()


def test_what_is_left_out_is_shown_where_it_is_said_to_be():
    found = beyond(CASE, (150.0, 250.0))
    assert {each.row for each in found} == rows(compile(CASE, Options())) - rows(
        compile(CASE, Options(window=(150.0, 250.0)))
    )
    assert {each.row for each in found} >= {"admission", "death"}
    for each in found:
        assert each.row in rows(compile(CASE, Options(window=each.window)))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(cases(), st.integers(-200, 2000), st.integers(1, 500))
def test_every_row_of_any_case_has_a_way_to_it(case, first, days):
    options = Options(window=(float(first), float(first + days)))
    whole, part = compile(case, Options()), compile(case, options)
    found = outside(case, whole, part, options)
    assert {each.row for each in found} == rows(whole) - rows(part)
    for each in found:
        assert each.row in rows(compile(case, Options(window=each.window))), each
