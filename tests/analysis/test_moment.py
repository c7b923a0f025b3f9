"""What held on a day: certain where every course of events has it so, possible where one has."""

import pytest
from figure.build import course, dose, event, made, value

from casecurves.analysis.moment import Around, Holding, around, hold, holding

ZERO = event("zero", "D0")


def on(case, row, day):
    return hold(case.chronology, row, day)


@pytest.mark.parametrize(
    ("day", "expected"),
    [(9, "before"), (10, "on"), (15, "on"), (20, "on"), (21, "after")],
)
def test_a_course_of_known_days_was_on_from_its_first_to_its_last(day, expected):
    case = made(therapies=[course("drug-a", "prednisone", "D10", "D20")], events=[ZERO], day_zero="zero")
    assert on(case, "drug-a", day) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [(105, "before"), (110, "possible"), (137, "on"), (200, "on"), (260, "on"), (290, "possible"), (320, "after")],
)
def test_between_the_first_and_the_last_day_of_a_month_it_was_possibly_on(day, expected):
    case = made(therapies=[course("drug-a", "prednisone", "M4", "M9..M10")], events=[ZERO], day_zero="zero")
    # M4 is day 106.5 to 137.0, M9..M10 is day 273.9 to 304.4.
    assert on(case, "drug-a", day) == expected


def test_what_is_not_known_is_possible_and_what_has_no_place_is_unknown():
    case = made(
        therapies=[
            course("drug-a", "prednisone", "D10", ""),
            course("drug-b", "rituximab", "", ""),
            course("drug-c", "cyclosporin", "", "D50"),
        ],
        events=[ZERO, event("closing", "D90", kind="last_follow_up")],
        day_zero="zero",
    )
    assert [on(case, "drug-a", day) for day in (10, 11, 90, 91)] == ["on", "possible", "possible", "after"]
    assert on(case, "drug-b", 30) == "unknown"
    assert [on(case, "drug-c", day) for day in (49, 50, 51)] == ["possible", "on", "after"]


def doses_on(case, row, day):
    return holding(case, case.chronology, case.row(row), day)


def test_a_dose_stated_for_a_moment_holds_at_that_moment_alone():
    case = made(
        therapies=[course("drug-a", "prednisone", "D0", "D90", dose="60", dose_unit="mg/d")],
        doses=[dose("dose-a", "drug-a", 40, "D10"), dose("dose-b", "drug-a", 20, "M1")],
        events=[ZERO],
        day_zero="zero",
    )
    assert doses_on(case, "drug-a", 10) == (Holding("dated", ("dose-a",), 40.0, 40.0),)
    assert doses_on(case, "drug-a", 11) == ()
    assert doses_on(case, "drug-a", 30) == (Holding("maybe", ("dose-b",), 20.0, 20.0),)


def test_a_dose_that_holds_on_gives_way_to_the_next():
    case = made(
        therapies=[course("drug-a", "prednisone", "D0", "D90")],
        doses=[dose("dose-a", "drug-a", 40, "D10", holds="from"), dose("dose-b", "drug-a", 20, "M1", holds="from")],
        events=[ZERO],
        day_zero="zero",
    )
    first, second = Holding("dated", ("dose-a",), 40.0, 40.0), Holding("dated", ("dose-b",), 20.0, 20.0)
    assert doses_on(case, "drug-a", 9) == ()
    assert doses_on(case, "drug-a", 12) == (first,)
    # M1 is day 15.2 to 45.7: either may hold until the second certainly does.
    assert {(held.sort, held.low) for held in doses_on(case, "drug-a", 30)} == {("maybe", 40.0), ("maybe", 20.0)}
    assert doses_on(case, "drug-a", 60) == (second,)


def test_a_stated_taper_bounds_the_dose_and_a_course_without_doses_has_its_own():
    rows = [dose("dose-a", "drug-a", 40, "D10"), dose("dose-b", "drug-a", 20, "D40")]
    therapies = [
        course("drug-a", "prednisone", "D0", "D90", course="tapering"),
        course("drug-b", "rituximab", "D0", "D90", dose="375", dose_unit="mg/m2"),
    ]
    case = made(therapies=therapies, doses=rows, events=[ZERO], day_zero="zero")
    assert doses_on(case, "drug-a", 25) == (Holding("taper", ("dose-a", "dose-b"), 20.0, 40.0),)
    assert doses_on(case, "drug-a", 40) == (Holding("dated", ("dose-b",), 20.0, 20.0),)
    assert doses_on(case, "drug-a", 41) == ()
    assert doses_on(case, "drug-b", 41) == (Holding("course", ("drug-b",), 375.0, 375.0),)


def test_the_values_around_a_day_are_those_that_nothing_is_known_to_stand_between():
    case = made(
        measurements=[
            value("at-0", "20", "D0"),
            value("at-20", "21", "D20"),
            value("at-m1", "22", "M1"),
            value("at-m1-again", "22", "M1"),
            value("at-90", "23", "D90"),
            value("at-99", "24", "D99"),
        ],
        events=[ZERO],
        day_zero="zero",
    )
    found = {day: around(case.chronology, case.measurements, day) for day in (0, 18, 60, 99)}
    assert found[0] == Around((), ("at-0",), ("at-20", "at-m1", "at-m1-again"))
    assert found[18] == Around(("at-0",), ("at-m1", "at-m1-again"), ("at-20",))
    assert found[60] == Around(("at-20", "at-m1", "at-m1-again"), (), ("at-90",))
    assert found[99] == Around(("at-90",), ("at-99",), ())
    # Day 99 lies eight to ten days after a moment of day 90.
    assert around(case.chronology.rezero("at-90"), case.measurements, 9).then == ("at-99",)


@pytest.mark.parametrize(
    ("more", "day", "sort"),
    [
        ({}, 20, "course"),
        ({"course": "continuous"}, 20, "course"),
        ({"course": "intermittent"}, 10, "each"),
        ({"doses": 6}, 20, "each"),
        ({"every": "W2"}, 20, "each"),
        ({"doses": 1}, 10, "course"),
        ({"doses": 1}, 20, "each"),
        ({"course": "tapering"}, 10, "tapered"),
    ],
)
def test_the_dose_of_one_administration_is_not_the_dose_of_every_day(more, day, sort):
    row = course("drug-a", "cyclophosphamide", "D10", "D90", dose=700, dose_unit="mg/m2", **more)
    case = made(therapies=[row], events=[ZERO], day_zero="zero")
    assert doses_on(case, "drug-a", day) == (Holding(sort, ("drug-a",), 700.0, 700.0),)
