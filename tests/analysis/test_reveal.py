"""A case told up to a moment knows of nothing later: not a word, a value, a count or a date."""

import pytest
from figure.build import course, dose, event, made, value
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from reveals import difference, known, scrambled, told_at, written
from strategies import cases

from casecurves import load
from casecurves.analysis.reveal import NEUTRAL_ID, following, reveal, steps, telling
from casecurves.figure.caption import caption
from casecurves.figure.caption.alt import alt
from casecurves.figure.compile import compile as compile_case
from casecurves.figure.options import Options
from casecurves.io import read_library, shipped_cases
from casecurves.knowledge.fold import fold
from casecurves.model.case import Patient
from casecurves.model.checks import check
from casecurves.model.schema import columns, table_of

PATIENTS = {
    case_id: case
    for case_id, (case, _) in read_library(shipped_cases()).items()
    if case is not None and case.header.kind == "patient"
}
ZERO = event("zero", "D0", label="first visit")


def points(told):
    return [step.points for step in told]


# The order of the telling.


def test_what_is_known_to_an_interval_comes_at_its_latest_day():
    case = made(events=[ZERO, event("flare", "M4..M5"), event("visit", "D140")], day_zero="zero")
    told = steps(case)
    assert points(told)[:3] == [("zero",), ("visit",), ("flare",)]
    assert [step.day for step in told] == [0, 140, 152, None]


def test_without_days_the_stated_order_holds_and_what_has_none_comes_together():
    case = made(
        therapies=[course("first", "tacrolimus", "before:second"), course("second", "rituximab", "before:zero")],
        events=[ZERO, event("other-one", "before:second")],
        day_zero="zero",
    )
    assert points(steps(case))[:3] == [("first", "other-one"), ("second",), ("zero",)]


def test_a_course_ends_after_it_has_begun_where_no_day_tells_them_apart():
    case = made(therapies=[course("first", "tacrolimus", "before:zero", "before:zero")], events=[ZERO], day_zero="zero")
    assert points(steps(case))[:3] == [("first",), ("first.end",), ("zero",)]


def test_what_followed_rapidly_is_not_told_years_later():
    case = made(
        therapies=[course("drug-a", "dupilumab", "zero", "ongoing")],
        measurements=[value("falls-a", "falls", "soon:drug-a", "uPCR")],
        events=[ZERO, event("check-a", "M5"), event("closing", "M30", kind="last_follow_up")],
        day_zero="zero",
    )
    assert points(steps(case))[:3] == [("drug-a", "zero"), ("falls-a",), ("check-a",)]


def test_an_absence_is_known_when_its_time_is_over():
    case = made(
        events=[ZERO, event("none-a", "D0", end="D90", presence="absent"), event("visit", "D30")], day_zero="zero"
    )
    assert points(steps(case))[:3] == [("zero",), ("visit",), ("none-a", "none-a.end")]
    open_ended = made(events=[ZERO, event("none-a", "D0", end="ongoing", presence="absent")], day_zero="zero")
    assert points(steps(open_ended)) == [("zero",), ("none-a", "none-a.end")]


def test_what_cannot_be_placed_comes_at_the_end():
    case = made(therapies=[course("somewhen", "rituximab", "", "")], events=[ZERO], day_zero="zero")
    told = steps(case)
    assert points(told) == [("zero",), ("somewhen", "somewhen.end")]
    assert [step.last for step in told] == [False, True]


def test_a_history_can_be_known_from_the_first_step_on():
    case = made(events=[ZERO, event("childhood", "birth..birth+Y18"), event("visit", "D5")], day_zero="zero")
    assert "childhood" not in points(steps(case))[0]
    assert points(steps(case, ("childhood", "no-such-row")))[0] == ("zero", "childhood")


def test_the_next_step_can_be_asked_for_by_what_it_changes():
    told = steps(load("mn-dupilumab-1"))
    assert told[following(told, 0, "therapy")].points == ("ciclosporin",)
    assert "pla2r-positive" in told[following(told, 0, "value")].points
    assert following(told, len(told) - 1, "event") == len(told) - 1


def test_a_trial_is_told_as_a_whole():
    case = load("vitiligo-ruxolitinib-trials")
    assert [step.last for step in steps(case)] == [True]
    assert told_at(case, 0) is case


@pytest.mark.parametrize("case_id", sorted(PATIENTS))
def test_every_row_and_every_end_is_told_once(case_id):
    case = PATIENTS[case_id]
    told = [point for step in steps(case) for point in step.points]
    assert sorted(told) == sorted(point for place in case.places() for point in place.points)


# What is told at a step.


def test_a_course_that_ends_later_goes_on_and_hides_what_its_end_tells():
    given_six = course(
        "drug-a",
        "cyclophosphamide",
        "D10",
        "D200",
        doses="6",
        frequency="for 6 months",
        reason_stopped="neutropenia",
        response="remission at last",
    )
    case = made(therapies=[given_six], events=[ZERO, event("visit", "D40")], day_zero="zero")
    told = steps(case)
    at_visit = reveal(case, told, 2).therapies[0]
    assert (at_visit.doses, at_visit.frequency, at_visit.reason_stopped, at_visit.response) == (None, "", "", "")
    assert at_visit.end is not None and at_visit.end.ongoing
    assert at_visit.by_administration  # hatched: single administrations are no continuous course
    ended = reveal(case, told, 3).therapies[0]
    assert (ended.doses, ended.reason_stopped, ended.response) == (6, "neutropenia", "")
    assert ended.end is not None and ended.end.written == "D200"


def test_a_course_of_which_it_is_not_known_whether_it_has_ended_is_not_said_to_go_on():
    case = load("mn-dupilumab-2")
    told = steps(case)
    at = next(step.number for step in told if "cyclophosphamide" in step.points)
    courses = {row.drug: row.end for row in reveal(case, told, at).therapies}
    assert courses["cyclophosphamide"] is not None and courses["cyclophosphamide"].ongoing
    assert courses["tacrolimus"] is None


@pytest.mark.parametrize("rhythm", ["twice daily", "every 2 weeks", "2 fois par semaine", "matin et soir", "(2 mg/kg)"])
def test_a_rhythm_is_known_from_the_start(rhythm):
    case = made(therapies=[course("drug-a", "x", "D0", "D90", frequency=rhythm)], events=[ZERO], day_zero="zero")
    assert told_at(case, 0).therapies[0].frequency == rhythm


def test_no_time_counts_from_what_is_still_to_come():
    case = made(
        events=[
            event("flare", "D100"),
            event("sign-a", "flare-W2"),
            event("sign-b", "before:flare & ..D150"),
            event("sign-c", "D-480"),
            event("zero", "D400"),
        ],
        day_zero="",
    )
    told = steps(case)
    at = next(step.number for step in told if "sign-a" in step.points)
    times = {row.label: row.time.written for row in reveal(case, told, at).events if row.time}
    # W-2 is 14 days, give or take half a week.
    assert times["sign a"] == "D82..D90"
    assert "flare" not in str(times) and "150" not in str(times)


def test_before_day_zero_is_known_days_count_from_what_came_first():
    case = made(events=[event("first-a", "D-480"), event("second-a", "D-470"), ZERO], day_zero="zero")
    told = steps(case)
    cut = reveal(case, told, 1)
    assert [row.time.written for row in cut.events if row.time][:2] == ["D0", "D10"]
    assert cut.header.day_zero == ""
    text = written(cut)
    assert "480" not in text and "first visit" not in text
    assert reveal(case, told, 2).events[0].time.written == "D-480"


def test_an_age_at_a_moment_to_come_is_not_told():
    who = Patient(sex="female", age=62, age_at="zero")
    case = made(events=[event("first-a", "D-480"), ZERO], day_zero="zero", patient=who)
    told = steps(case)
    assert reveal(case, told, 0).header.title == "A woman"
    assert reveal(case, told, 1).header.title == "A woman of 62"
    assert reveal(case, told, 1).header.title_fr.replace("\xa0", " ") == "Une femme de 62 ans"


def test_a_dose_comes_after_the_course_it_belongs_to():
    case = made(
        therapies=[course("drug-a", "prednisone", "D5", "D90")],
        doses=[dose("dose-a", "drug-a", 40, "D30", status="disputed"), dose("dose-b", "drug-a", 60, "")],
        events=[ZERO],
        day_zero="zero",
    )
    told = steps(case)
    assert [step.points for step in told[1:3]] == [("drug-a",), ("dose-a",)]
    assert [row.dose for row in reveal(case, told, 2).doses] == [40.0]


# Nothing leaks.


@pytest.mark.parametrize("case_id", sorted(PATIENTS))
def test_at_no_step_of_a_shipped_case_does_anything_depend_on_what_comes_later(case_id):
    case = PATIENTS[case_id]
    told = steps(case)
    for step in told[:-1]:
        lang = ("en", "fr")[step.number % 2]
        other = scrambled(case, told, step.number)
        assert steps(other) == told
        cuts = (reveal(each, told, step.number) for each in (case, other))
        assert difference(*(written(cut, lang) for cut in cuts)) == ""


def words_of(row):
    """Everything that a row says, piece by piece."""
    cells = [getattr(row, column.name) for column in columns(table_of(row)) if column.type not in {"choice", "id"}]
    return [
        text for cell in cells if (text := getattr(cell, "written", None) or (cell if isinstance(cell, str) else ""))
    ]


@pytest.mark.parametrize("case_id", sorted(PATIENTS))
def test_no_word_of_a_row_stands_anywhere_before_the_row_is_told(case_id):
    case = PATIENTS[case_id]
    told = steps(case)
    for step in told[:-1]:
        here = known(told, step.number)
        shown = fold(" ".join(text for row in case.rows() if row.id in here for text in words_of(row)))
        raw = written(reveal(case, told, step.number), ("fr", "en")[step.number % 2])
        text = f" {fold(raw)} "
        later = [row for row in case.rows() if row.id not in here]
        assert [row.id for row in case.rows() if "-" in row.id and f'"{row.id}"' in raw] == []
        pieces = {fold(piece) for row in later for piece in words_of(row)}
        # Shorter pieces ("mg", "M1", "3/5") are words of the page, too: the other tests look after them.
        told_early = [p for p in pieces if len(p) > 5 and f" {p} " in text and p not in shown and not _everyday(p)]
        assert told_early == [], step


def _everyday(piece):
    """Words of any case: legend, axis, and thresholds that the field knows."""
    words = {"ongoing", "last follow up", "dernier suivi", "possible", "positive", "par jour"}
    return piece in words | {"complete remission", "partial remission", "remission partielle", "remission complete"}


@pytest.mark.parametrize("case_id", sorted(PATIENTS))
def test_the_axis_goes_no_farther_than_the_moment(case_id):
    case = PATIENTS[case_id]
    told = steps(case)
    for step in told[:-1]:
        cut = reveal(case, told, step.number)
        spec = compile_case(cut)
        main = next(zone for zone in spec.axis.zones if zone.name == "main")
        days = [day for row in cut.rows() for day in cut.chronology.exact_bounds(row.id) if day is not None]
        if spec.axis.calendar:
            continue
        assert main.hi <= max([0.0, *days]) + max((main.hi - main.lo) * 0.1, 1.5)
        if step.day is not None and cut.header.day_zero not in {"", "moment-shown"}:
            assert max([0.0, *days]) <= max(step.day, 0) + 1


@pytest.mark.parametrize("case_id", sorted(PATIENTS))
def test_the_axis_of_a_telling_is_of_one_kind_from_first_to_last(case_id):
    case = PATIENTS[case_id]
    told = telling(case)
    kinds = {compile_case(reveal(case, told, step.number)).axis.calendar for step in told}
    assert kinds == {case.by_date is not None}


@pytest.mark.parametrize("case_id", sorted(PATIENTS))
def test_every_step_of_a_shipped_case_is_a_sound_case(case_id):
    case = PATIENTS[case_id]
    told = steps(case)
    for step in told[:-1]:
        cut = reveal(case, told, step.number)
        assert [issue.code for issue in check(cut) if issue.level == "error"] == []
        here = known(told, step.number)
        assert len(cut.rows()) >= len({point for point in here if not point.endswith(".end")})
        assert cut.id == NEUTRAL_ID and not cut.header.sources and not cut.header.discrepancies


@settings(max_examples=60, phases=[Phase.explicit, Phase.generate], derandomize=True)
@given(cases(most=3), st.integers(0, 12))
def test_of_any_case_a_step_is_sound_and_blind_to_what_comes_later(case, number):
    told = steps(case)
    cut = reveal(case, told, number)
    if told[min(number, len(told) - 1)].last:
        assert cut is case
        return
    if not case.chronology.contradictions:
        assert cut.chronology.contradictions == ()
    other = scrambled(case, told, number)
    assert difference(written(cut), written(reveal(other, told, number))) == ""


@given(st.integers(1, 900), st.integers(1, 900))
def test_how_far_off_the_future_is_cannot_be_seen(one, other):
    def at(days):
        case = made(
            therapies=[course("drug-a", "prednisone", "D0", f"D{40 + days}", doses="9")],
            measurements=[value(f"later-{n}", f"{n}", f"D{40 + n * days}", "CRP") for n in range(1, 4)],
            events=[ZERO, event("visit", "D30"), event("closing", f"D{50 + 9 * days}", kind="last_follow_up")],
            day_zero="zero",
        )
        return written(told_at(case, 1))

    assert difference(at(one), at(other)) == ""


def test_the_mark_of_the_moment_is_not_called_inferred_it_says_nothing_of_the_patient():
    case = load("dm-mda5-ruxolitinib")
    cut = reveal(case, steps(case), 3)
    assert any(row.label == "this moment" for row in cut.events)
    assert "derived" not in {entry.kind for entry in compile_case(cut).legend}


@pytest.mark.parametrize("case_id", sorted(PATIENTS))
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_where_a_telling_stands_is_not_said_to_be_a_follow_up_that_ended(case_id, lang):
    case = load(case_id)
    told, seen = telling(case), 0
    for step in told[:-1]:
        shown = reveal(case, told, step.number, lang=lang)
        if shown.until:
            spec = compile_case(shown, Options(lang=lang))
            said = " ".join([caption(spec), alt(spec), str(spec.to_json())]).lower()
            for words in ("last follow-up", "dernier suivi", "end of follow-up", "fin du suivi"):
                assert words not in said, step.number
            mark = next(mark for mark in spec.rail.marks if mark.row == shown.until)
            # No source reports it.
            assert mark.hover == (mark.label,)
            seen += 1
    assert seen
