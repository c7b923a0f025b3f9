"""A dose stated at one moment holds at that moment; an administration is a tick only when its day is known."""

import pytest
from figure.build import SHIPPED, course, dose, event, made
from figure.page import read

from casecurves.figure.compile import compile
from casecurves.figure.layout import lay_out
from casecurves.figure.layout.lanes import BAR_HEIGHT
from casecurves.figure.options import Options
from casecurves.figure.page import PageOptions
from casecurves.figure.svg import to_svg

LAST = event("last-visit", "D400", "last_follow_up")


def steroid(*doses, how="", end="D300", **more):
    return made(therapies=[course("pred", "prednisone", "D0", end, course=how, **more)], doses=doses, events=[LAST])


def panel_of(case):
    (panel,) = compile(case).panels
    assert panel.dose
    return panel


def test_a_dose_at_a_moment_makes_no_step():
    panel = panel_of(steroid(dose("one", "pred", 60, "D0"), dose("two", "pred", 30, "D90")))
    assert (panel.steps, panel.envelopes, panel.lines) == ((), (), ())
    assert [(mark.x, mark.y) for mark in panel.marks] == [(0.5, 60.0), (90.5, 30.0)]
    assert panel.lo == 0.0, "a dose is measured from nothing"


def test_a_dose_from_a_moment_holds_until_the_next_and_the_last_until_the_end():
    doses = [dose("one", "pred", 60, "D0", holds="from"), dose("two", "pred", 30, "D90", holds="from")]
    steps = panel_of(steroid(*doses)).steps
    assert [(step.y, step.span.x0, step.span.x1) for step in steps] == [(60.0, 0.0, 90.0), (30.0, 90.0, 300.0)], (
        "a day has its dose"
    )


def test_a_dose_over_a_stretch_holds_as_long_as_stated():
    steps = panel_of(steroid(dose("one", "pred", 60, "D10..D19", holds="over"), dose("two", "pred", 5, "D200"))).steps
    assert [(step.y, step.span.x0, step.span.x1) for step in steps] == [(60.0, 10.0, 20.0)]


def test_a_step_is_not_drawn_over_days_on_which_it_may_not_have_begun():
    doses = [dose("one", "pred", 60, "D0..D49", holds="from"), dose("two", "pred", 30, "D90..D120")]
    panel = panel_of(steroid(*doses))
    assert [(step.y, step.span.x0, step.span.x1) for step in panel.steps] == [(60.0, 49.0, 90.0)]


def test_a_disputed_dose_neither_holds_nor_ends_another():
    doses = [
        dose("one", "pred", 60, "D0", holds="from"),
        dose("odd", "pred", 9, "D30", holds="from", status="disputed"),
    ]
    (step,) = panel_of(steroid(*doses)).steps
    assert (step.y, step.span.x1) == (60.0, 300.0)


@pytest.mark.parametrize("how", ["", "continuous"])
def test_no_envelope_where_no_taper_is_stated(how):
    assert panel_of(steroid(dose("one", "pred", 60, "D0"), dose("two", "pred", 30, "D90"), how=how)).envelopes == ()


def test_a_stated_taper_lies_between_its_doses_and_only_where_that_is_proven():
    doses = [dose("one", "pred", 60, "D0..D9"), dose("two", "pred", 30, "D90..D99")]
    (envelope,) = panel_of(steroid(*doses, how="tapering")).envelopes
    assert (envelope.low, envelope.high, envelope.span.x0, envelope.span.x1) == (30.0, 60.0, 9.0, 90.0)


def test_a_dose_that_goes_up_is_no_taper():
    doses = [dose("one", "pred", 20, "D0"), dose("two", "pred", 60, "D90")]
    assert panel_of(steroid(*doses, how="tapering")).envelopes == ()


def test_a_taper_does_not_bridge_two_courses():
    case = made(
        therapies=[
            course("first", "prednisone", "D0", "D50", course="tapering"),
            course("again", "prednisone", "D200", "D300", course="tapering"),
        ],
        doses=[dose("one", "first", 60, "D0"), dose("two", "again", 30, "D200", holds="from")],
        events=[LAST],
    )
    panel = panel_of(case)
    assert panel.envelopes == ()
    assert [(step.span.x0, step.span.x1) for step in panel.steps] == [(200.0, 300.0)], "it ends with its course"


@pytest.mark.parametrize("case_id", SHIPPED)
def test_shipped_envelopes_hold_between_their_doses(case_id):
    for panel in compile(SHIPPED[case_id]).panels:
        for envelope in panel.envelopes:
            stated = {0.0, *(mark.y for mark in panel.marks)}
            assert {envelope.low, envelope.high} <= stated


def test_a_taper_begun_rapidly_after_something_has_no_least_before_it_was_begun():
    (panel,) = (panel for panel in compile(SHIPPED["dm-mda5-ruxolitinib"]).panels if panel.dose)
    first, *others = panel.envelopes
    assert (first.low, first.high, first.span.x0) == (0.0, 100.0, 0.0), "how long after admission is not told"
    assert any((one.low, one.high) == (4.0, 30.0) for one in others)
    assert panel.steps == ()


def test_between_two_possible_days_a_dose_is_the_one_or_the_other():
    doses = [dose("one", "pred", 60, "D0", holds="from"), dose("two", "pred", 30, "D90..D99", holds="from")]
    panel = panel_of(steroid(*doses))
    assert [(step.y, step.span.x0, step.span.x1) for step in panel.steps] == [(60.0, 0.0, 90.0), (30.0, 99.0, 300.0)]
    (either,) = panel.envelopes
    assert (either.low, either.high, either.span.x0, either.span.x1) == (30.0, 60.0, 90.0, 99.0)


def test_administrations_are_ticks_when_their_days_are_known():
    rows = [dose(f"inf-{i}", "ritux", 500, f"D{i * 14}") for i in range(3)] + [dose("inf-9", "ritux", 500, "M3..M9")]
    case = made(therapies=[course("ritux", "rituximab", "D0", "D300", doses=4)], doses=rows, events=[LAST])
    (track,) = compile(case).lanes[0].tracks
    assert [(tick.row, tick.x) for tick in track.ticks] == [("inf-0", 0.5), ("inf-1", 14.5), ("inf-2", 28.5)]
    assert [mark.row for mark in track.doses] == ["inf-9"], "its day is not known"
    assert track.bars[0].hatched


def test_administrations_without_days_are_a_hatched_course_with_their_count():
    case = made(therapies=[course("cyc", "cyclophosphamide", "D0", "D180", doses=6, every="M1")], events=[LAST])
    (track,) = compile(case).lanes[0].tracks
    assert (track.ticks, track.doses) == ((), ())
    assert track.bars[0].hatched
    assert "6" in track.bars[0].label
    assert track.bars[0].remark, "it says that the days are not given"
    assert not compile(made(therapies=[course("aa", "dupilumab", "D0", "D90")])).lanes[0].tracks[0].bars[0].hatched


def test_a_doubtful_schedule_is_never_the_boldest_words():
    spec = compile(SHIPPED["mn-dupilumab-1"])
    (bar,) = [bar for bar in spec.bars() if bar.row == "dupilumab"]
    assert bar.label == "300 mg"
    assert bar.remark
    bold = [element.text for element in read(to_svg(spec)).root.iter() if element.attrib.get("font-weight") == "600"]
    assert bold
    assert not any("twice a week" in text for text in bold)
    assert any("twice a week" in line for line in bar.hover), "it is kept, in the hover"


def test_a_disagreement_about_a_course_is_marked_on_its_bar():
    spec = compile(SHIPPED["mn-dupilumab-1"])
    words = {
        row: " ".join(w.text for w in read(to_svg(spec, PageOptions(width_mm=260.0))).words if w.row == row)
        for row in spec.drawn()
    }
    for row in ("dupilumab", "ciclosporin", "cyclophosphamide"):
        assert "≠" in words[row], row


def test_dated_doses_stand_over_their_bar_each_on_a_level_of_its_own():
    doses = [dose(f"dose-{i}", "pred", 60 - i, f"D{i}") for i in range(6)]
    (lane,) = lay_out(compile(steroid(*doses)), 140.0).lanes
    (track,) = lane.tracks
    assert len({box.level for box in track.doses}) == 6
    assert track.bar_y + BAR_HEIGHT <= lane.y + lane.height
    assert max(box.level for box in track.doses) * 3.1 <= track.bar_y - lane.y


TWICE = {"dose": 1, "dose_unit": "g", "doses": 2, "course": "intermittent"}


def given_on(*times, start):
    doses = [
        {"id": f"infusion-{i}", "therapy": "ritux", "dose": 1, "dose_unit": "g", "time": time}
        for i, time in enumerate(times, start=1)
    ]
    return made(
        therapies=[course("ritux", "rituximab", start, "", **TWICE), course("aa", "dupilumab", "D0", "D200")],
        doses=doses,
        day_zero="aa",
    )


def test_two_dated_administrations_are_two_ticks_under_one_label():
    (lane,) = [lane for lane in compile(given_on("D0", "D14", start="D0")).lanes if lane.drug == "rituximab"]
    (track,) = lane.tracks
    assert [tick.x for tick in track.ticks] == [0.5, 14.5]
    assert (track.bars[0].label, track.doses) == ("2 × 1 g", ())
    assert any("D14" in line for line in track.ticks[1].hover)


def test_administrations_from_an_unknown_start_keep_their_distance_and_fake_no_day():
    case = given_on("ritux", "ritux+D14", start="D20..D90")
    (lane,) = [lane for lane in compile(case).lanes if lane.drug == "rituximab"]
    (track,) = lane.tracks
    assert track.ticks == ()
    assert [mark.certainty for mark in track.doses] == ["interval", "interval"]
    assert [mark.x for mark in track.doses] == [None, None]
    assert any("14 days after start of rituximab" in line for line in track.doses[1].hover)
    assert case.chronology.gap("infusion-1", "infusion-2")[0] >= 13


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_dose_of_the_whole_course_is_said_beside_its_dated_doses(lang):
    stated = {"dose": 0.5, "dose_unit": "mg/kg/d", "frequency": "once daily", "frequency_fr": "une fois par jour"}
    case = steroid(dose("one", "pred", 30, "D0"), **stated)
    spec = compile(case, Options(lang=lang))
    (bar,) = spec.lanes[0].tracks[0].bars
    words = {
        "en": "for the course: 0.5 mg/kg/d once daily",
        "fr": "pour tout le traitement\u202f: 0,5\u00a0mg/kg/j une fois par jour",
    }
    assert (bar.label, bar.remark.replace("\u00a0:", "\u202f:")) == ("", words[lang])
    drawn = " ".join(word.text for word in read(to_svg(spec)).words)
    assert {"en": "0.5", "fr": "0,5"}[lang] in drawn
