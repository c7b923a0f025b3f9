"""Everything that is known of a row, in words, and what held on a day."""

import pytest
from figure.build import SHIPPED, course, dose, event, made, value
from hypothesis import HealthCheck, given, settings
from strategies import cases

from casecurves.figure.compile.details import details, lines, names
from casecurves.figure.compile.moments import moment
from casecurves.figure.options import Options
from casecurves.words import LANGS, say

ZERO = event("zero", "D0")


def facts(case, row, **options):
    return {fact.heading: fact.text for fact in details(case, row, Options(**options)).facts}


def test_a_value_says_how_it_is_written_and_how_it_was_read():
    row = value("albumin-1", "<2", "~D30", unit="g/L", ref_low=35, ref_high=50, assay="ELISA", locator="Fig. 1")
    told = facts(made(measurements=[row], events=[ZERO], day_zero="zero"), "albumin-1")
    assert told[say("fact.written")] == "<2 g/L"
    assert told[say("fact.read_as")] == say("quantity.censored")
    assert told[say("fact.range")] == "35–50"
    assert told[say("fact.assay")] == "ELISA"
    assert told[say("fact.locator")] == "Fig. 1"
    assert told[say("fact.time")] == say("time.about", what="D30"), "in words, not as the file writes it"
    assert told[say("fact.time_days")] == say("hover.days.between", lo=29, hi=31)


def test_a_course_says_why_and_when_in_both_languages():
    row = course("drug-a", "prednisone", "D0", "M2", reason_started="a flare", reason_stopped_fr="rémission")
    case = made(therapies=[row], events=[ZERO], day_zero="zero")
    english, french = facts(case, "drug-a", lang="en"), facts(case, "drug-a", lang="fr")
    assert english[say("fact.reason_started")] == "a flare"
    assert french[say("fact.reason_stopped", "fr")] == "rémission"
    assert french[say("fact.end", "fr")] == "M2"
    assert details(case, "drug-a").days == (0,)


def test_what_else_changed_says_which_moment_and_how_far():
    case = made(
        therapies=[course("drug-a", "prednisone", "D30", "D90"), course("drug-b", "rituximab", "M1", "")],
        events=[ZERO],
        day_zero="zero",
    )
    told = details(case, "drug-a")
    start, end = told.beside[0], told.beside[-1]
    assert start.heading == say("beside.of_start", reason=say("beside.overlap"))
    assert (start.others[0].row, start.others[0].text) == ("drug-b", say("beside.start", what="rituximab"))
    assert start.others[0].distance == say("beside.distance", before="\u221216", after="+16")
    assert end.others[0].text == say("beside.end_not_stated", what="rituximab")


def test_the_discrepancies_of_a_row_stand_with_it():
    case = SHIPPED["mn-dupilumab-1"]
    told = details(case, "dupilumab", Options(lang="fr"))
    assert [item.n for item in told.disagreements] == [
        n for n, item in enumerate(case.header.discrepancies, 1) if "dupilumab" in item.rows
    ]
    assert told.disagreements


def test_a_row_that_is_not_there_is_an_error():
    with pytest.raises(KeyError):
        details(made(events=[ZERO]), "none")


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(cases())
def test_every_row_of_any_case_can_be_told(case):
    for lang in LANGS:
        options = Options(lang=lang)
        assert lines(case, options).keys() == {row.id for row in case.rows()}
        for row in case.rows():
            told = details(case, row.id, options)
            assert all(fact.heading and fact.text for fact in told.facts)
            assert len(told.days) <= 2
        moment(case, 10, options)


def test_a_day_says_what_was_on_at_which_dose_between_which_values():
    case = made(
        therapies=[
            course("drug-a", "prednisone", "D10", "D90", course="tapering"),
            course("drug-b", "rituximab", "M3", "ongoing", dose="375", dose_unit="mg/m2"),
            course("drug-c", "cyclosporin"),
        ],
        doses=[dose("dose-a", "drug-a", 40, "D10"), dose("dose-b", "drug-a", 20, "D40")],
        measurements=[value("albumin-0", "20", "D0"), value("albumin-9", "30", "D99")],
        events=[ZERO, event("in-hospital", "D20", kind="admission", end="D30"), event("pain", "M1")],
        day_zero="zero",
    )
    told = moment(case, 25)
    assert {held.row: held.hold for held in told.lanes} == {"drug-a": "on", "drug-b": "before", "drug-c": "unknown"}
    assert told.lanes[0].doses == (say("moment.dose.taper", low="20", high="40", unit="mg/d"),)
    assert [(state.row, state.hold) for state in told.states] == [("in-hospital", "on")]
    assert [event.row for event in told.events] == ["pain"]
    (panel,) = told.panels
    assert ([other.row for other in panel.before], panel.then) == (["albumin-0"], ())
    assert [other.row for other in panel.after] == ["albumin-9"]
    assert panel.before[0].distance == say("hover.days.one", lo=0)


def test_of_several_courses_of_a_drug_the_one_of_which_most_is_known_is_told():
    case = made(
        therapies=[
            course("first", "prednisone", "D0", "D9"),
            course("second", "prednisone", "D20", "D30"),
            course("third", "prednisone", "M1", "M2", status="disputed"),
        ],
        events=[ZERO],
        day_zero="zero",
    )
    assert [(held.row, held.hold) for held in moment(case, 25).lanes] == [("second", "on")]
    assert [(held.row, held.hold) for held in moment(case, 35).lanes] == [("first", "after")]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"doses": 6}, "6 administrations of 700 mg/m², days not given"),
        ({"doses": 6, "every": "M1"}, "6 administrations of 700 mg/m², every month, days not given"),
        ({"course": "intermittent"}, "700 mg/m² at each administration, days not given"),
        ({"doses": 1}, "1 administration of 700 mg/m², days not given"),
        ({}, "700 mg/m²"),
    ],
)
def test_a_day_within_single_administrations_is_told_no_dose_of_its_own(more, said):
    row = course("drug-a", "cyclophosphamide", "D0", "D90", dose=700, dose_unit="mg/m2", **more)
    told = moment(made(therapies=[row], events=[ZERO], day_zero="zero"), 30)
    assert told.lanes[0].doses == (said,)


def test_the_dose_of_a_taper_is_not_that_of_a_day():
    row = course("drug-a", "prednisone", "D0", "D90", dose=60, dose_unit="mg/d", course="tapering")
    told = moment(made(therapies=[row], events=[ZERO], day_zero="zero"), 30, Options(lang="fr"))
    assert told.lanes[0].doses == (say("moment.dose.tapered", "fr", dose="60\u00a0mg/j"),)


def test_results_and_arms_of_trials_are_told_apart_by_name():
    vitiligo = SHIPPED["vitiligo-ruxolitinib-trials"]
    called = names(vitiligo)
    assert called["v1-vehicle"] == "TRuE-V1, vehicle"
    assert called["v2-rux-50"] == "TRuE-V2, ruxolitinib cream: at least 50 % improvement (F-VASI50)"
    assert names(vitiligo, Options(lang="fr"))["v1-veh-50"].startswith("TRuE-V1, véhicule\u00a0: amélioration")
    for disagreement in vitiligo.header.discrepancies:
        rows = [row for row in disagreement.rows if row != "patient"]
        assert len({called[row] for row in rows}) == len(rows)
