"""The parts of the axis that are not to scale: order kept, equal steps, nothing there that has a place in days."""

from itertools import pairwise

import pytest
from figure.build import SHIPPED, course, event, made
from hypothesis import HealthCheck, given, settings
from strategies import cases

from casecurves.figure.compile import compile
from casecurves.figure.compile.axis import place_points
from casecurves.figure.options import Options

ORDER = ("before", "main", "after")
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


def place(edge):
    return ORDER.index(edge[0]), edge[1]


def check_order(case, placer, points):
    """Of two points of which one is proven first, neither edge of the first is drawn after that of the second."""
    known = case.chronology
    for a in points:
        for b in points:
            if a != b and known.at_or_before(a, b) and not known.at_or_before(b, a):
                assert place(placer.lower(a)) <= place(placer.lower(b)), (a, b)
                assert place(placer.upper(a)) <= place(placer.upper(b)), (a, b)


def drawn_points(spec):
    marks = [mark.row for mark in spec.marks()]
    return [*marks, *(point for bar in spec.bars() for point in (bar.row, f"{bar.row}.end"))]


def used(case, points):
    return [point for point in points if case.row(point.removesuffix(".end")).status == "used"]


def check(case):
    spec, placer = compile(case), place_points(case, case.chronology)
    check_order(case, placer, used(case, drawn_points(spec)))
    for zone in spec.axis.zones:
        if zone.name != "main":
            assert [tick.x for tick in zone.ticks] == list(range(len(zone.ticks))), "equal numbered steps"
            assert (zone.lo, zone.hi) == (-0.5, len(zone.ticks) - 0.5)
    for point in placer.ranks:
        lo, hi = case.chronology.exact_bounds(point)
        assert hi is not None
        assert hi <= placer.lo + 1e-6 or hi <= 0
        assert lo is None or lo < -200, "what has two bounds is on the scale unless it is far away"
    for point in placer.after_ranks:
        assert case.chronology.exact_bounds(point)[1] is None


@pytest.mark.parametrize("case_id", SHIPPED)
def test_order_is_kept_in_shipped_cases(case_id):
    check(SHIPPED[case_id])


@settings(max_examples=80, suppress_health_check=SLOW)
@given(cases())
def test_order_is_kept_in_any_case(case):
    check(case)


def chain(names, start="before:zero-drug"):
    """Return courses each of which came before the next, all before day zero, and nothing else known."""
    rows = []
    for number, name in enumerate(names):
        clauses = [start] + ([f"after:{names[number - 1]}"] if number else [])
        rows.append(course(name, f"drug {name}", " & ".join(clauses), "before:zero-drug"))
    return rows


ZERO = course("zero-drug", "dupilumab", "D0", "D90")


def test_what_is_only_ordered_stands_on_equal_steps():
    spec = compile(made(therapies=[*chain(["aa", "bb", "cc"]), ZERO], day_zero="zero-drug"))
    before, main = spec.axis.zones
    assert (before.name, main.name) == ("before", "main")
    starts = {bar.row: bar.possible[0] for bar in spec.bars()}
    assert [starts[name].zone for name in ("aa", "bb", "cc")] == ["before"] * 3
    xs = [starts[name].x0 for name in ("aa", "bb", "cc")]
    assert all(b - a == 1 for a, b in pairwise(xs))
    assert [tick.label for tick in before.ticks] == [str(i + 1) for i in range(len(before.ticks))]
    assert [lane.tracks[0].bars[0].row for lane in spec.lanes] == ["aa", "bb", "cc", "zero-drug"]


def test_a_row_that_cannot_be_ordered_spans_the_steps_it_may_stand_on():
    rows = [*chain(["aa", "bb", "cc"]), ZERO]
    spec = compile(made(therapies=rows, events=[event("free", "before:zero-drug")], day_zero="zero-drug"))
    (mark,) = spec.rail.marks
    (span,) = mark.place
    before = spec.axis.zones[0]
    assert (span.zone, span.x0, span.x1) == ("before", 0.0, float(len(before.ticks) - 1))
    assert (mark.certainty, mark.x) == ("interval", None)


def test_what_is_fixed_between_two_others_stands_between_them():
    rows = [*chain(["aa", "bb", "cc"]), ZERO]
    spec = compile(made(therapies=rows, events=[event("mid", "after:aa & before:cc")], day_zero="zero-drug"))
    edges = {bar.row: bar.possible[0].x0 for bar in spec.bars()}
    (span,) = spec.rail.marks[0].place
    assert edges["aa"] < span.x0 <= span.x1 < edges["cc"]


def test_what_is_only_known_to_come_later_stands_after_the_scale():
    rows = [course("later", "rituximab", "after:visit"), course("last", "tacrolimus", "after:later")]
    spec = compile(made(therapies=rows, events=[event("visit", "")], day_zero="visit"))
    assert [zone.name for zone in spec.axis.zones] == ["main", "after"]
    edges = {bar.row: bar.possible[0] for bar in spec.bars()}
    assert edges["later"].zone == edges["last"].zone == "after"
    assert edges["later"].x0 < edges["last"].x0


def test_a_case_told_in_days_has_no_unscaled_zone():
    rows = [ZERO, course("bb", "rituximab", "D-300..D-200", "D5"), course("cc", "tacrolimus", "M2..M9", "M12")]
    spec = compile(made(therapies=rows, events=[event("ev-1", "D40"), event("ev-2", "..D30")]))
    assert [zone.name for zone in spec.axis.zones] == ["main"]


def test_a_single_day_needs_no_zone_beside_the_scale():
    spec = compile(made(events=[event("only", "D0")], day_zero="only"))
    assert [zone.name for zone in spec.axis.zones] == ["main"]
    assert spec.rail.marks[0].x == 0.0


def test_a_childhood_does_not_flatten_the_course():
    rows = [ZERO, course("old", "rituximab", "Y-30", "Y-28")]
    spec = compile(made(therapies=rows, events=[event("ev-1", "D40")]))
    main = next(zone for zone in spec.axis.zones if zone.name == "main")
    assert main.hi - main.lo < 400
    assert "old" in {bar.row for bar in spec.bars()}, "far away, and drawn all the same"
    assert {span.zone for bar in spec.bars() if bar.row == "old" for span in bar.possible} == {"before"}


@pytest.mark.parametrize("unit", ["days", "weeks", "months", "years"])
@pytest.mark.parametrize("days", [1, 40, 400, 29220])
def test_ticks_are_whole_units_and_few_or_parts_where_too_few_fit(unit, days):
    spec = compile(made(events=[event("aa", "D0"), event("bb", f"D{days}")]), Options(unit=unit))
    (main,) = spec.axis.zones
    size = {"days": 1.0, "weeks": 7.0, "months": 30.4375, "years": 365.25}[unit]
    assert len(main.ticks) <= 20
    numbers = [round(tick.x / size, 6) for tick in main.ticks]
    whole = [n for n in range(-1, 30_000) if main.lo <= n * size <= main.hi]
    assert len(numbers) >= 2, "one tick does not say how long anything is"
    assert all(n == round(n) for n in numbers) == (len(whole) >= 2)
    assert [tick.label for tick in main.ticks if tick.x == 0] == ["0"]
    assert all(main.lo <= tick.x <= main.hi for tick in main.ticks)


def test_the_axis_says_what_day_zero_is():
    case = made(therapies=[ZERO], events=[event("flare-1", "D9", label="skin flare", label_fr="poussée")])
    for zero, lang, words in (("zero-drug", "en", "dupilumab"), ("flare-1", "fr", "poussée")):
        axis = compile(case, Options(zero=zero, lang=lang)).axis
        assert words in axis.zero_label
        assert words in axis.label


def test_a_course_without_an_end_is_never_drawn_beyond_the_last_follow_up():
    rows = [course("aa", "dupilumab", "D0", "")]
    spec = compile(made(therapies=rows, events=[event("the-end", "D5..", "last_follow_up")], day_zero="aa"))
    (bar,), (mark,) = spec.bars(), spec.rail.marks
    assert (mark.place[-1].zone, mark.place[-1].x1) == ("after", 0.0)
    assert (bar.possible[-1].zone, bar.possible[-1].x1) == ("after", 0.0)


def test_nothing_is_certain_where_its_end_is_out_of_sight():
    rows = [ZERO, course("old", "rituximab", "Y-40..Y-39", "Y-38..D-100")]
    spec = compile(made(therapies=rows, events=[event("early", "D-300")], day_zero="zero-drug"))
    (bar,) = [bar for bar in spec.bars() if bar.row == "old"]
    assert bar.certain == (), "it may have ended thirty-eight years before the axis begins"
    assert (bar.possible[0].zone, bar.possible[-1].x1) == ("before", -99.0)


def test_an_interval_in_words_has_the_decimal_mark_of_its_language():
    case = SHIPPED["dm-mda5-ruxolitinib"]
    said = {lang: " ".join(mark.span for mark in compile(case, Options(lang=lang)).rail.marks) for lang in ("en", "fr")}
    assert "M11.8" in said["en"]
    assert "M11,8" in said["fr"]
    assert "." not in said["fr"]


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_day_zero_without_a_name_is_said_once(lang):
    spec = compile(made(therapies=[course("aa", "dupilumab", "D0", "D9")]), Options(lang=lang))
    assert spec.axis.label == {"en": "days from day zero", "fr": "jours depuis le jour zéro"}[lang]


@pytest.mark.parametrize(("lang", "said"), [("en", "no rows"), ("fr", "aucune ligne")])
def test_a_case_without_rows_says_so_and_counts_nothing(lang, said):
    (note,) = compile(made(), Options(lang=lang)).notes
    assert said in note
