"""A case that knows dates and nothing else has an axis of dates; a dated day zero gives all dates their days."""

from datetime import date

import pytest
from figure.build import SHIPPED, course, event, made, value
from figure.page import read
from figure.test_plotly import check_same

from casecurves.figure.compile import compile
from casecurves.figure.compile.dates import Calendar
from casecurves.figure.compile.details import details
from casecurves.figure.compile.moments import moment
from casecurves.figure.compile.ticks import span_in_words
from casecurves.figure.options import Options
from casecurves.figure.page import PageOptions
from casecurves.figure.spec import Span
from casecurves.figure.svg import to_svg
from casecurves.figure.theme import THEMES

ROWS = {
    "therapies": [
        course("ram", "ramipril", "2016-11", "ongoing"),
        course("pred", "prednisone", "2017-03-14", "2017-09"),
    ],
    "measurements": [value("alb-1", "20", "2017-03-12"), value("alb-2", "35", "2017-06-02")],
    "events": [
        event("biopsy", "2017-03-10", "biopsy"),
        event("relapse", "2018", "relapse"),
        event("closing", "2019-01-15", "last_follow_up"),
    ],
}
DATED = made(**ROWS)


def ticks(spec):
    return [tick.label for zone in spec.axis.zones for tick in zone.ticks]


def test_the_axis_has_dates_and_no_day_zero():
    spec, figure = check_same(DATED)
    assert spec.axis.calendar
    assert ticks(spec)[:2] == ["Jan 2017", "Apr 2017"]
    assert "day zero" not in spec.axis.label + spec.subtitle
    assert figure["layout"]["xaxis"]["ticktext"] == ticks(spec)
    ink = THEMES["light"].ink
    rules = [s for s in figure["layout"]["shapes"] if s["line"].get("color") == ink and s["line"]["width"] == 1.2]
    assert rules == [], "no line stands for a day that nobody named"
    assert ticks(compile(DATED, Options(lang="fr")))[:2] == ["janv. 2017", "avr. 2017"]


def test_each_stands_at_its_date_and_as_wide_as_it_is_known():
    marks = {mark.row: mark for mark in compile(DATED).marks()}
    first = date(2016, 11, 1)
    assert marks["biopsy"].x == (date(2017, 3, 10) - first).days + 0.5
    assert (marks["relapse"].x, marks["relapse"].span) == (None, "1 Jan 2018 – 31 Dec 2018:")
    assert "time: 2018 (between 1 Jan 2018 and 31 Dec 2018)" in marks["relapse"].hover
    ramipril = next(bar for bar in compile(DATED).bars() if bar.row == "ram")
    assert ramipril.certain[0].x0 == 30, "certain from the end of November on"


def test_what_is_told_of_a_row_and_of_a_day_is_told_in_dates():
    facts = [fact.text for fact in details(DATED, "biopsy").facts]
    assert "10 Mar 2017" in facts
    assert not any("2017-03-10," in text or "day " in text for text in facts)
    assert moment(DATED, 133).heading == "On 14 Mar 2017"
    assert moment(DATED, 133, Options(lang="fr")).heading == "Le 14 mars 2017"


def test_nothing_outside_the_figure_counts_from_a_date_that_is_a_convention():
    assert DATED.chronology.bounds("biopsy").earliest is None
    assert DATED.frame.day_zero_date is None


def test_a_unit_that_is_asked_for_counts_from_the_first_date_and_names_it():
    axis = compile(DATED, Options(unit="months")).axis
    assert not axis.calendar
    assert axis.label == "months from day zero: 1 Nov 2016"


@pytest.mark.parametrize("zero", ["biopsy", "pred"])
def test_a_dated_day_zero_gives_all_dates_their_days(zero):
    spec = compile(made(**ROWS, day_zero=zero))
    assert not spec.axis.calendar
    marks = {mark.row: mark for mark in spec.marks()}
    start = date(2017, 3, {"biopsy": 10, "pred": 14}[zero])
    assert marks["alb-2"].x == (date(2017, 6, 2) - start).days + 0.5
    assert "0" in ticks(spec)
    chosen = {mark.row: mark for mark in compile(DATED, Options(zero=zero)).marks()}
    assert chosen["alb-2"].x == pytest.approx(marks["alb-2"].x, abs=1), "as where the reader chooses it"


def test_a_day_zero_without_a_date_leaves_dates_an_axis_of_their_own():
    rows = [{**row, "time": ""} if row["id"] == "relapse" else row for row in ROWS["events"]]
    spec = compile(made(**{**ROWS, "events": rows}, day_zero="relapse"))
    assert spec.axis.calendar
    relapse = next(mark for mark in spec.rail.marks if mark.row == "relapse")
    assert relapse.place[0].open0
    assert relapse.x is None


def test_days_and_dates_that_nothing_links_stay_days():
    case = made(
        day_zero="start",
        events=[event("start", "D0"), event("later", "D40"), event("dated", "2017")],
    )
    spec = compile(case)
    assert not spec.axis.calendar
    assert next(mark for mark in spec.rail.marks if mark.row == "dated").certainty == "interval"


def test_shipped_cases_count_from_their_day_zero():
    assert not any(compile(case).axis.calendar for case in SHIPPED.values())


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (["2017-03-10"], ["10 Mar 2017", "11 Mar 2017"]),
        (["2017-03-10", "2017-03-18"], [f"{day} Mar 2017" for day in range(10, 20)]),
        (["2017"], ["Jan 2017", "Mar 2017", "May 2017", "Jul 2017", "Sep 2017", "Nov 2017", "Jan 2018"]),
        (["1931", "2017-01-01"], ["1930", "1940", "1950", "1960", "1970", "1980", "1990", "2000", "2010"]),
    ],
)
def test_ticks_stand_at_round_dates(dates, expected):
    case = made(events=[event(f"at-{i}x", when) for i, when in enumerate(dates)])
    assert ticks(compile(case)) == expected
    for width in (90, 190):
        for lang in ("en", "fr"):
            page = read(to_svg(compile(case, Options(lang=lang)), PageOptions(width_mm=width)))
            assert page.collisions() == page.outside() == []


def test_the_ends_of_the_calendar_are_ends():
    calendar = Calendar(date(9999, 12, 1), "en")
    assert calendar.on(10**6) == date.max
    assert [tick.label for tick in calendar.ticks([(0.0, 400.0)])] == ["Dec 9999"]
    assert calendar.on(-(10**8)) == date.min


def test_a_stretch_that_goes_on_at_both_ends_has_no_date():
    everywhere = (Span("main", 0.0, 392.0, True, True),)
    assert Calendar(date(2017, 1, 1), "en").between(everywhere) == span_in_words(everywhere, "days", "en") == ""


def test_courses_of_which_an_order_is_known_and_no_date_stand_on_an_axis_of_order():
    rows = {
        "events": [event("onset", "2017", "diagnosis"), event("closing", "after:two", "last_follow_up")],
        "therapies": [course("one", "tacrolimus", "after:onset", ""), course("two", "rituximab", "after:one", "")],
    }
    assert not compile(made(**rows)).axis.calendar
    rows["therapies"] = [course("one", "tacrolimus", "2017-02", ""), course("two", "rituximab", "2018", "")]
    assert compile(made(**rows)).axis.calendar
