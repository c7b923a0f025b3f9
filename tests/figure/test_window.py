"""A window on the axis: what lies outside is counted and listed, what reaches beyond has no end there."""

import pytest
from figure.build import SHIPPED, course, dose, event, made, value
from figure.page import read
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import cases

from casecurves.errors import UsageError
from casecurves.figure.compile import compile
from casecurves.figure.options import Options
from casecurves.figure.page import PageOptions
from casecurves.figure.plotly import to_plotly
from casecurves.figure.svg import to_svg
from casecurves.figure.window import check_window, read_window

COURSE = made(
    day_zero="bb",
    therapies=[
        course("aa", "prednisone", "D-200", "D-50"),
        course("bb", "dupilumab", "D0", "D400", dose=300, dose_unit="mg"),
        course("cc", "rituximab", "D20", "D60"),
    ],
    doses=[dose("d-out", "bb", 600, "D300"), dose("d-in", "bb", 300, "D30")],
    measurements=[value("v-0", "10", "D0"), value("v-1", "20", "D40"), value("v-2", "40", "D140")],
    events=[event("before", "D-100"), event("inside", "D50"), event("state", "D-10", end="D70"), event("last", "D400")],
)


def rows(spec):
    return {mark.row for mark in spec.marks()} | {bar.row for bar in spec.bars()}


def check(case, window, **options):
    whole, spec = compile(case, Options(fold=False)), compile(case, Options(window=window, fold=False, **options))
    (main,) = (zone for zone in spec.axis.zones if zone.name == "main")
    places = [span for mark in spec.marks() for span in mark.place]
    places += [span for bar in spec.bars() for span in (*bar.possible, *bar.certain, *bar.begins)]
    if len(spec.axis.zones) == 1 and spec != whole:
        assert all(span.zone == "main" and main.lo <= span.x0 <= span.x1 <= main.hi for span in places)
        assert all(mark.x is None or main.lo <= mark.x <= main.hi for mark in spec.marks())
    assert rows(spec) <= rows(whole)
    gone = whole.drawn() - spec.drawn()
    assert gone <= {item.row for item in spec.not_drawn}
    assert {item.row for item in spec.not_drawn} | spec.drawn() == {row.id for row in case.rows()}
    assert all(any(str(len(gone)) in note for note in spec.notes) for _ in gone)
    return spec


def test_what_is_outside_is_counted_and_listed():
    spec = check(COURSE, (10.0, 100.0))
    assert rows(spec) == {"bb", "cc", "d-in", "v-1", "inside", "state"}
    assert {item.row for item in spec.not_drawn} == {"aa", "d-out", "v-0", "v-2", "before", "last"}
    assert "Rows outside the window W1.4–W14.3: 6." in spec.notes
    assert "Lignes hors de la fenêtre S1,4–S14,3 : 6." in check(COURSE, (10.0, 100.0), lang="fr").notes
    main = spec.axis.zones[0]
    assert (main.lo, main.hi) == (10.0, 100.0)


def test_what_goes_on_beyond_has_no_end_there():
    spec = check(COURSE, (10.0, 100.0))
    ends = {bar.row: (bar.end, bar.possible[0].open0, bar.possible[-1].open1) for bar in spec.bars()}
    assert ends["bb"] == ("cut", True, True)
    assert ends["cc"] == ("ended", False, False)
    assert ends["state"] == ("ended", True, False)
    assert spec.axis.last_follow_up is None
    assert not {"follow_up", "ongoing", "unknown_end"} & {item.kind for item in spec.legend}


def test_a_line_runs_to_the_edge_at_its_own_slope():
    (line,) = check(COURSE, (10.0, 100.0)).panels[0].lines
    assert (line.x[0], line.x[-1]) == (10.0, 100.0)
    assert line.y[-1] == pytest.approx(20 + 20 * (100 - 40.5) / 100, abs=0.2)
    assert 20.0 in line.y


def test_on_a_log_scale_a_line_that_is_cut_stays_where_it_was():
    rows = [value("aa", "1000", "D0", "anti-PLA2R"), value("bb", "10", "D200", "anti-PLA2R")]
    (panel,) = compile(made(measurements=rows), Options(window=(50.0, 150.0))).panels
    assert panel.scale == "log"
    (line,) = panel.lines
    assert line.y == pytest.approx((10**2.5, 10**1.5), rel=0.02)  # a value of a day stands at its noon


def test_a_window_without_anything_is_no_window():
    for window in ((5000.0, 6000.0), (20.0, 20.1)):
        assert compile(COURSE, Options(window=window)) == compile(COURSE)


def test_no_tick_counts_parts_of_a_day():
    """Neither on paper nor on the screen, which would choose its own."""
    undated = made(day_zero="", events=[event("aa", "2017"), event("bb", "2019-03")])
    for spec in (compile(undated), compile(COURSE, Options(window=(10.0, 12.5)))):
        labels = [tick.label for tick in spec.axis.zones[-1].ticks]
        assert labels
        assert not any("." in label for label in labels)
        live = to_plotly(spec)["layout"]["xaxis"]
        assert live["ticktext"] == labels


def test_what_is_typed_is_a_window_or_says_what_is_wrong():
    assert read_window("", "") is None
    assert read_window("\u22123", "4,5") == (-3.0, 4.5)
    assert read_window("10", "")[0] == 10.0
    for first, last, said in (("x", "", "“x”"), ("5", "5", "5 is not before 5"), ("nan", "", "“nan”")):
        with pytest.raises(UsageError, match=said):
            read_window(first, last)
    for window in (read_window("", "-400"), read_window("900", "")):
        with pytest.raises(UsageError, match=r"from day \u2212\d+ to day \d+: give days between"):
            check_window(compile(COURSE, Options(window=window)), window)
    half = read_window("", "50")
    check_window(compile(COURSE, Options(window=half)), half)


def test_a_value_keeps_its_scale():
    whole, spec = compile(COURSE), check(COURSE, (10.0, 100.0))
    assert (spec.panels[0].lo, spec.panels[0].hi) == (whole.panels[0].lo, whole.panels[0].hi)


@pytest.mark.parametrize("case_id", SHIPPED)
@pytest.mark.parametrize("window", [(-30.0, 60.0), (100.0, 300.0)])
def test_a_window_on_a_shipped_case_is_a_sound_page(case_id, window):
    spec = check(SHIPPED[case_id], window)
    for width_mm in (90.0, 190.0):
        page = read(to_svg(spec, PageOptions(width_mm=width_mm)))
        assert page.collisions() == []
        assert page.outside() == []
    assert to_plotly(spec)["data"] or spec.empty


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(cases(), st.floats(-500, 2000), st.floats(0.5, 1500))
def test_the_law_of_the_window(case, start, length):
    spec = check(case, (start, start + length))
    to_svg(spec)
    to_plotly(spec)


def test_what_began_soon_and_is_certain_only_later_leads_on_through_the_window():
    case = made(
        day_zero="zero",
        therapies=[course("aa", "prednisone", "soon:zero & ..D200", "D400..")],
        events=[event("zero", "D0"), event("last", "D500")],
    )
    (bar,) = compile(case, Options(window=(0.0, 100.0))).bars()
    assert bar.soon
    assert [(span.x0, span.x1) for span in bar.certain] == [(100.0, 100.0)]
    kinds = {item.kind for item in compile(case, Options(window=(0.0, 100.0))).legend}
    assert "soon_bar" in kinds
    assert "certain" not in kinds


def test_a_dose_outside_the_window_is_named_by_its_drug():
    spec = compile(SHIPPED["dm-mda5-ruxolitinib"], Options(lang="fr", window=(-50, 100)))
    told = {item.row: item.text for item in spec.not_drawn}
    doses = [row.id for row in SHIPPED["dm-mda5-ruxolitinib"].doses if row.id in told]
    assert doses
    assert all(told[row].startswith("corticoïde") for row in doses)
