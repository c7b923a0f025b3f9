"""What a patient was given, worked out by hand."""

import math

import pytest
from figure.build import SHIPPED, course, dose, event, made

from casecurves.analysis import Extent, exposure
from casecurves.analysis.courses import Piece
from casecurves.analysis.saying import limits, summary
from casecurves.knowledge.glucocorticoids import low_dose

MONTH = 30.4375


def of(*therapies, doses=(), last="D400", assume="", illustrative=False, **header):
    events = [event("last-visit", last, "last_follow_up")]
    case = made(therapies=therapies, doses=doses, events=events, **header)
    return exposure(case, assume=assume, illustrative=illustrative)


def close(extent, low, high):
    assert extent.low == pytest.approx(low)
    assert extent.high is high if high is None else extent.high == pytest.approx(high)


def prednisone(start="D0", end="D28", **more):
    return course("pred", "prednisone", start, end, **{"dose": 40, "dose_unit": "mg/d", **more})


def test_forty_milligrams_for_twenty_eight_days():
    found = of(prednisone())
    close(found.total, 1.12, 1.12)
    assert found.profile == (Piece(0, 28, 40.0, 40.0),)
    close(found.months_above_low, 28 / MONTH, 28 / MONTH)
    assert found.reasons == ()


def test_a_hundred_milligrams_of_methylprednisolone_are_125_of_prednisone():
    found = of(course("mpred", "méthylprednisolone", "D0", "D10", dose=100, dose_unit="mg/j"))
    assert found.profile == (Piece(0, 10, 125.0, 125.0),)
    close(found.total, 1.25, 1.25)


def test_steps_add_up():
    doses = [dose("high", "pred", 60, "D0", holds="from"), dose("low", "pred", 30, "D28", holds="from")]
    found = of(prednisone(end="D56", dose=""), doses=doses)
    assert found.profile == (Piece(0, 28, 60.0, 60.0), Piece(28, 56, 30.0, 30.0))
    close(found.total, 2.52, 2.52)


def test_a_known_length_counts_where_the_days_do_not_exist():
    found = of(prednisone("M1", "pred+D28..pred+D28"))
    assert found.profile == (Piece(15, 74, 0.0, 40.0),), "on no day is it certain"
    close(found.total, 1.12, 1.16)
    close(found.months_above_low, 28 / MONTH, 29 / MONTH)


def test_three_pulses_then_tablets():
    pulses = course("mpred", "methylprednisolone", "D0", "D3", dose=1, dose_unit="g", doses=3, route="intravenous")
    found = of(pulses, prednisone("D3", "D31", dose=60))
    assert found.count == Extent(3, 3)
    close(found.pulses, 3.75, 3.75)
    close(found.daily, 1.68, 1.68)
    close(found.total, 5.43, 5.43)
    assert found.profile == (Piece(3, 31, 60.0, 60.0),), "pulses are no daily dose"


def test_pulses_by_the_day_are_counted_by_their_days():
    found = of(course("mpred", "methylprednisolone", "D0", "D3", dose=500, dose_unit="mg/d"))
    assert found.count == Extent(3, 3)
    close(found.pulses, 1.875, 1.875)


def test_pulses_whose_number_is_not_stated_are_at_least_those_dated():
    doses = [dose(f"pulse-{i}", "mpred", 1, f"D{i}", dose_unit="g") for i in range(2)]
    found = of(course("mpred", "methylprednisolone", "D0", "D9"), doses=doses)
    assert found.count == Extent(2, None)
    close(found.pulses, 2.5, None)
    assert found.reasons == ("count",)


def test_a_stated_taper_lies_between_its_doses():
    doses = [dose("first", "pred", 60, "D0"), dose("last", "pred", 10, "D90")]
    found = of(prednisone(end="D90", dose="", course="tapering"), doses=doses)
    assert found.profile == (Piece(0, 90, 10.0, 60.0),)
    close(found.total, 0.9, 5.4)


@pytest.mark.parametrize("how", ["", "continuous", "intermittent"])
def test_without_a_stated_taper_nothing_is_known_between_two_doses(how):
    doses = [dose("first", "pred", 60, "D0"), dose("last", "pred", 10, "D90")]
    found = of(prednisone(end="D90", dose="", course=how), doses=doses)
    assert found.profile == (Piece(0, 90, 0.0, math.inf),)
    assert found.total == Extent(0.0, None)
    assert not found.computable
    assert found.reasons == ("moment",)


def test_a_dose_over_a_stretch_holds_for_that_stretch_and_no_longer():
    found = of(prednisone(end="D40", dose=""), doses=[dose("some", "pred", 20, "D10..D19", holds="over")])
    assert found.profile == (Piece(0, 10, 0.0, math.inf), Piece(10, 20, 20.0, 20.0), Piece(20, 40, 0.0, math.inf))
    close(found.total, 0.2, None)


def test_a_stretch_hung_on_an_uncertain_day_keeps_its_length():
    doses = [dose("some", "pred", 20, "flare..flare+D13", holds="over")]
    case = made(
        therapies=[prednisone("D0", "D100", dose="")],
        doses=doses,
        events=[event("flare", "D10..D30"), event("last-visit", "D400", "last_follow_up")],
    )
    (one,) = exposure(case).courses
    assert one.grams.low == pytest.approx(0.28)
    assert all(piece.low == 0 for piece in one.pieces if piece.end <= 10 or piece.start >= 45)


def test_a_dose_that_goes_on_to_an_open_end_has_no_most():
    found = of(prednisone(end=""), last="D40..")
    assert found.total == Extent(0.0, None)
    assert found.reasons == ("dates",)


def test_ongoing_lasts_to_the_last_follow_up():
    close(of(prednisone(end="ongoing"), last="D100").total, 4.0, 4.0)


@pytest.mark.parametrize("name", ["corticosteroids", "corticoïdes", "GC"])
def test_an_agent_that_is_not_named_counts_only_when_one_is_chosen(name):
    row = course("gc-course", name, "D0", "D10", dose=100, dose_unit="mg/d")
    unnamed = of(row)
    assert (unnamed.total, unnamed.profile, unnamed.reasons) == (Extent(0.0, None), (), ("agent",))
    assert not unnamed.computable
    close(of(row, assume="prednisone").total, 1.0, 1.0)
    close(of(row, assume="methylprednisolone").total, 1.25, 1.25)
    (one,) = of(row, assume="methylprednisolone").courses
    assert one.assumed
    assert one.agent.agent == "methylprednisolone"


def test_an_assumption_changes_no_agent_that_is_named():
    (one,) = of(prednisone(), assume="methylprednisolone").courses
    assert not one.assumed
    close(one.grams, 1.12, 1.12)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (course("bud", "budesonide", "D0", "D10", dose=9, dose_unit="mg/d"), "equivalent"),
        (prednisone(route="topical"), "route"),
        (prednisone(route="intramuscular"), "route"),
        (prednisone(basis="illustrative"), "illustrative"),
        (prednisone(dose=""), "no_dose"),
        (prednisone(dose_unit="mg/kg/d"), "body"),
        (prednisone(dose_unit="mg"), "unit"),
        (prednisone(dose_unit="tablets"), "unit"),
    ],
)
def test_what_cannot_be_worked_out_says_why(row, reason):
    found = of(row)
    assert (found.total, found.reasons) == (Extent(0.0, None), (reason,))
    assert not found.computable


def test_illustrative_rows_count_when_asked():
    close(of(prednisone(basis="illustrative"), illustrative=True).total, 1.12, 1.12)


@pytest.mark.parametrize(("said", "times"), [("daily", 1), ("once daily", 1), ("twice daily", 2)])
def test_a_frequency_in_words_makes_a_dose_a_day(said, times):
    close(of(prednisone(dose_unit="mg", frequency=said)).total, 1.12 * times, 1.12 * times)


def test_what_is_known_still_counts_beside_what_is_not():
    found = of(prednisone(), course("gc-course", "corticosteroids", "D50", "D60"))
    close(found.total, 1.12, None)
    assert found.computable
    close(found.months_above_low, 28 / MONTH, None)


def test_two_courses_at_once_add_up():
    found = of(prednisone(dose=5), course("dexa", "dexamethasone", "D10", "D20", dose=0.75, dose_unit="mg/d"))
    assert found.profile == (Piece(0, 10, 5.0, 5.0), Piece(10, 20, 10.0, 10.0), Piece(20, 28, 5.0, 5.0))
    close(found.months_above_low, 10 / MONTH, 10 / MONTH)


def test_doses_whose_order_is_not_known_say_nothing_between():
    doses = [dose("one", "pred", 60, "D0..D20", holds="from"), dose("two", "pred", 10, "D10..D30", holds="from")]
    found = of(prednisone(end="D60", dose=""), doses=doses)
    assert found.reasons == ("order",)
    assert found.total == Extent(0.0, None)


def test_disputed_rows_do_not_count():
    found = of(prednisone(), prednisone("D100", "D200") | {"id": "odd", "status": "disputed"})
    close(found.total, 1.12, 1.12)


def test_a_dose_rapidly_after_something_claims_nothing_before_it_was_begun():
    (one,) = exposure(SHIPPED["dm-mda5-ruxolitinib"], assume="prednisone").courses
    first = one.pieces[0]
    assert (first.start, first.low, first.high) == (0, 0.0, 100.0)
    assert any((piece.low, piece.high) == (4.0, 30.0) for piece in one.pieces)
    assert one.reasons == ("moment",), "what followed the last dose is not told"


def test_nothing_of_a_group_counts():
    assert exposure(SHIPPED["igg4-dupilumab-group-4"], assume="prednisone").courses == ()


@pytest.mark.parametrize("case_id", SHIPPED)
def test_no_shipped_case_names_its_agent(case_id):
    found = exposure(SHIPPED[case_id])
    assert not found.courses or not found.computable
    assert found.to_json()["computable"] is (not found.courses)


def test_json_has_plain_limits():
    doses = [dose("first", "pred", 60, "D0"), dose("last", "pred", 10, "D90")]
    shown = of(prednisone(end="D100", dose="", course="tapering"), doses=doses).to_json()
    assert shown["total"] == {"least": 0.9, "most": None}
    assert shown["daily"][-1] == {"from_day": 90, "to_day": 100, "least_mg": 0.0, "most_mg": None}
    assert shown["courses"][0]["agent"] == "prednisone"


def test_the_limits_by_which_doses_are_told_name_their_source():
    found = exposure(SHIPPED["dm-mda5-ruxolitinib"], assume="prednisone")
    assert [line for line in summary(found, "en") if line.startswith("over 7.5")]
    for lang in ("en", "fr"):
        (said,) = limits(found, lang)
        assert low_dose().cited(lang) in said
        assert ("7,5" in said) == (lang == "fr")
    assert limits(exposure(SHIPPED["dm-mda5-ruxolitinib"]), "en") == ()


@pytest.mark.parametrize(
    ("end", "en", "fr"),
    [
        ("D1", "for 1 day", "pendant 1 jour"),
        ("D3", "for 3 days", "pendant 3 jours"),
        ("D28", "for 28 days", "pendant 28 jours"),
        ("D70", "for 2.2–2.3 months", "pendant 2,2–2,3 mois"),
    ],
)
def test_a_short_time_is_told_in_days(end, en, fr):
    """Three days are not 0.1 months."""
    found = of(prednisone(end=end))
    for lang, words in (("en", en), ("fr", fr)):
        assert summary(found, lang)[-1].replace("\u00a0", " ").endswith(words)
