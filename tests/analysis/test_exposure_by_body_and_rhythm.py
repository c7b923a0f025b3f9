"""Cumulative doses of what is given per kilogram, or not on every day, worked out by hand."""

from itertools import pairwise

import pytest
from figure.build import course, dose, event, made, value

from casecurves.analysis import Extent, exposure
from casecurves.analysis.courses import Piece
from casecurves.figure.compile import compile
from casecurves.figure.options import Options


def case_of(*measured, doses=(), end="D28", **stated):
    return made(
        therapies=[course("pred", "prednisone", "D0", end, **{"dose": 1, "dose_unit": "mg/kg/d", **stated})],
        doses=list(doses),
        measurements=list(measured),
        events=[event("last-visit", "D400", "last_follow_up")],
    )


def weight(row_id, kg, time):
    return value(row_id, str(kg), time, "weight", unit="kg")


def test_a_milligram_per_kilogram_of_sixty_kilograms():
    found = exposure(case_of(weight("kg", 60, "D0")))
    assert found.profile == (Piece(0, 28, 60.0, 60.0),)
    assert found.total == Extent(pytest.approx(1.68), pytest.approx(1.68))


def test_between_two_weights_the_dose_has_two_limits():
    found = exposure(case_of(weight("before", 60, "D-30"), weight("after", 70, "D60")))
    assert found.profile == (Piece(0, 28, 60.0, 70.0),)
    assert found.total == Extent(pytest.approx(1.68), pytest.approx(1.96))
    assert found.reasons == ()


def test_a_taper_by_body_lies_between_its_doses():
    doses = [
        dose("high", "pred", 1, "D0", dose_unit="mg/kg/d", holds="at"),
        dose("low", "pred", 0.5, "D20", dose_unit="mg/kg/d", holds="from"),
    ]
    found = exposure(case_of(weight("kg", 60, "D0"), doses=doses, dose="", dose_unit="", course="tapering"))
    assert found.profile == (Piece(0, 20, 30.0, 60.0), Piece(20, 28, 30.0, 30.0))
    assert found.total == Extent(pytest.approx(0.84), pytest.approx(1.44))


@pytest.mark.parametrize("measured", [(), (value("ratio", "2.0", "D0", "upcr", unit="g/g"),)])
def test_without_a_weight_the_reason_is_said(measured):
    found = exposure(case_of(*measured))
    assert (found.total, found.reasons) == (Extent(0.0, None), ("body",))


def test_pulses_per_kilogram_are_pulses_and_counted():
    pulses = course("pulses", "prednisone", "D0", "D3", dose=15, dose_unit="mg/kg", doses=3)
    found = exposure(made(therapies=[pulses], measurements=[weight("kg", 60, "D0")]))
    assert found.courses[0].pulse
    assert (found.count, found.pulses) == (Extent(3, 3), Extent(pytest.approx(2.7), pytest.approx(2.7)))


@pytest.mark.parametrize(
    ("frequency", "least", "most"),
    [
        # In 28 days 14 times, give or take one; the days themselves bound it no closer.
        ("every other day", 40 * 13, 40 * 15),
        ("weekly", 40 * 3, 40 * 5),
        # Three in a week may all lie in its first days or its last.
        ("x3/sem", 40 * 9, 40 * 15),
        # A month has 28 to 31 days.
        ("monthly", 0, 40 * 2),
    ],
)
def test_what_is_not_given_every_day_is_bounded(frequency, least, most):
    found = exposure(case_of(dose=40, dose_unit="mg", frequency=frequency))
    assert found.profile == (Piece(0, 28, 0.0, 40.0),)
    assert found.total == Extent(pytest.approx(least / 1000), pytest.approx(most / 1000))
    assert found.months_above_low.low == 0.0


@pytest.mark.parametrize(("every", "frequency"), [(2, "every other day"), (7, "weekly")])
def test_the_limits_hold_whichever_day_it_begins_on(every, frequency):
    for length in range(1, 40):
        found = exposure(case_of(dose=10, dose_unit="mg", frequency=frequency, end=f"D{length}")).total
        for first in range(every):
            grams = 10 * len(range(first, length, every)) / 1000
            assert found.low - 1e-9 <= grams <= found.high + 1e-9, (length, first)


def test_a_longer_course_is_never_less():
    totals = [
        exposure(case_of(dose=10, dose_unit="mg", frequency="weekly", end=f"D{length}")).total
        for length in range(1, 60)
    ]
    assert all(a.low <= b.low and a.high <= b.high for a, b in pairwise(totals))


def test_in_prednisone_a_dose_by_body_stands_at_its_milligrams():
    case = case_of(weight("before", 60, "D-30"), weight("after", 70, "D60"))
    panel = next(one for one in compile(case, Options(dose="prednisone")).panels if one.key == "dose|prednisone")
    (mark,) = panel.marks
    assert (mark.y, mark.y2) == (60.0, 70.0)
    assert any("60–70" in line for line in mark.hover)
    assert [(one.low, one.high) for one in panel.envelopes] == [(60.0, 70.0)]


@pytest.mark.parametrize(("lang", "often"), [("en", "every other day"), ("fr", "un jour sur deux")])
def test_in_prednisone_what_is_not_given_every_day_says_how_often(lang, often):
    case = case_of(dose=40, dose_unit="mg", frequency=often if lang == "en" else "", frequency_fr=often)
    panels = compile(case, Options(dose="prednisone", lang=lang)).panels
    (mark,) = next(one for one in panels if one.key == "dose|prednisone").marks
    assert mark.label.replace("\u00a0", " ").endswith(f"40 mg {often}")


def test_a_weight_within_the_course_may_have_changed_the_dose():
    case = case_of(weight("first", 60, "D0"), weight("later", 90, "D200"), weight("after", 120, "D401"), end="D400")
    found = exposure(case)
    assert found.total == Extent(pytest.approx(24.0), pytest.approx(36.0))
    panel = next(one for one in compile(case, Options(dose="prednisone")).panels if one.key == "dose|prednisone")
    assert (panel.marks[0].y, panel.marks[0].y2) == (60.0, None), "on its first day it is by the weight of that day"


@pytest.mark.parametrize(("frequency", "a_day"), [("q5h", 5), ("q10h", 3), ("q30h", 1)])
def test_hours_that_do_not_divide_a_day(frequency, a_day):
    found = exposure(case_of(dose=10, dose_unit="mg", frequency=frequency))
    assert found.profile == (Piece(0, 28, 0.0, 10.0 * a_day),)
    given = 10 * 28 * 24 / float(frequency[1:-1]) / 1000
    assert found.total.low < given < found.total.high


def test_pulses_by_the_week_are_as_many_as_their_rhythm_makes():
    found = exposure(case_of(dose=500, dose_unit="mg", frequency="weekly"))
    assert found.courses[0].pulse
    assert found.count == Extent(3, 5)
    assert found.pulses == Extent(pytest.approx(1.5), pytest.approx(2.5))


@pytest.mark.parametrize(
    ("unit", "reason"), [("mg/kg", "unit"), ("IU/kg/d", "unit"), ("mg/kg/d", None), ("mg/m2/d", "body")]
)
def test_a_size_of_the_body_is_missing_only_where_it_would_help(unit, reason):
    found = exposure(case_of(weight("kg", 60, "D0"), dose_unit=unit))
    assert found.reasons == (() if reason is None else (reason,))
