"""What a stranger found: no middle without a date, no scale for three kinds of value, nothing left out in silence."""

from __future__ import annotations

from figure.build import course, dose, event, made, value

from casecurves.figure.compile import compile
from casecurves.figure.svg import to_svg


def test_an_order_alone_has_no_middle_however_short_the_interval():
    spec = compile(
        made(
            day_zero="aa",
            therapies=[course("aa", "prednisone", start="D0", end="D300")],
            events=[event("ee", time="after:aa & before:ff"), event("ff", time="D20")],
        )
    )
    (mark,) = (mark for mark in spec.rail.marks if mark.row == "ee")
    assert (mark.certainty, mark.x) == ("interval", None)
    assert mark.span


def test_a_month_on_an_axis_of_a_month_has_no_middle():
    spec = compile(
        made(therapies=[course("aa", "prednisone", start="D0", end="D40")], events=[event("ee", time="D0..D31")]),
    )
    (mark,) = spec.rail.marks
    assert (mark.certainty, mark.x) == ("interval", None)


def test_a_titre_a_grade_and_a_number_are_three_series():
    rows = [value("m-a", "1:320", "D0", "ANA"), value("m-b", "3/5", "D10", "ANA")]
    rows += [value("m-c", "12", "D20", "ANA"), value("m-d", "1:80", "D30", "ANA")]
    spec = compile(made(measurements=rows))
    assert [panel.scale for panel in spec.panels] == ["titre"]
    assert all(mark.row in {"m-a", "m-d"} for mark in spec.panels[0].marks)
    assert {entry.row for box in spec.boxes for entry in box.entries} == {"m-b", "m-c"}
    assert to_svg(spec)


def test_a_row_that_contradicts_others_is_named_on_the_figure():
    spec = compile(made(events=[event("ee", time="D6 & D7"), event("ff", time="D9")]))
    assert any("Set aside because they contradict others" in note for note in spec.notes)


def test_a_course_with_dated_doses_does_not_claim_its_own_dose_throughout():
    spec = compile(
        made(
            therapies=[course("aa", "prednisone", start="D0", end="D90", dose="10", dose_unit="mg/d")],
            doses=[dose("d-a", "aa", 60, "D1")],
        )
    )
    (bar,) = spec.lanes[0].tracks[0].bars
    assert "10" not in bar.label


def test_what_was_found_at_day_zero_does_not_go_back_to_the_first_step():
    spec = compile(
        made(
            day_zero="aa",
            therapies=[course("aa", "dupilumab", start="D0", end="D300")],
            events=[event("ee", time="before:ff"), event("ff", time="before:aa"), event("gg", time="ff.. & ..aa")],
        )
    )
    places = {mark.row: (mark.place[-1].zone, mark.x) for mark in spec.rail.marks}
    assert places["ee"] == ("before", 0.0)
    assert places["gg"][0] == "before"
    assert places["gg"][1] is None or places["gg"][1] > places["ff"][1]
