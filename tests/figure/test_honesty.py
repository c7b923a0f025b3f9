"""Solid means proven: bars, times, values and doses say what the statements say, and no more."""

import pytest
from figure.build import SHIPPED, course, event, made, value
from hypothesis import HealthCheck, given, settings
from strategies import cases

from casecurves.figure.compile import compile
from casecurves.figure.options import Options
from casecurves.words import say

LAST = event("last-visit", "D100", "last_follow_up")
ORDER = ("before", "main", "after")


def only_bar(case, **options):
    spec = compile(case, Options(**options))
    (bar,) = [bar for lane in spec.lanes for track in lane.tracks for bar in track.bars]
    return bar


def ends(spans):
    return (spans[0].x0, spans[-1].x1) if spans else None


def mark_of(spec, row):
    return next(mark for mark in spec.marks() if mark.row == row)


def check_bars(case, spec):
    """A certain stretch of days runs from the latest start to the earliest end, a possible one the other way."""
    zones = {zone.name: zone for zone in spec.axis.zones}
    main = zones["main"]
    for bar in spec.bars():
        (start_lo, start_hi), (end_lo, end_hi) = (
            case.chronology.exact_bounds(point) for point in (bar.row, f"{bar.row}.end")
        )
        for span in bar.certain:
            if span.zone == "main":
                inside = [span.x0 > main.lo, span.x1 < main.hi]
                assert start_hi is not None
                assert start_hi <= span.x0 + 1e-9 or start_hi <= main.lo
                assert not inside[1] or (end_lo is not None and span.x1 <= end_lo + 1e-9)
                assert end_lo is not None, "nobody says that it lasted"
        for span in bar.possible:
            if span.zone == "main" and span is bar.possible[0]:
                assert start_lo is None or start_lo < main.lo or span.x0 <= start_lo + 1e-9
            if span.zone == "main" and span is bar.possible[-1]:
                assert end_hi is None or end_hi > main.hi or span.x1 >= end_hi - 1e-9
        if bar.certain:
            outer, inner = (
                [(ORDER.index(spans[0].zone), spans[0].x0), (ORDER.index(spans[-1].zone), spans[-1].x1)]
                for spans in (bar.possible, bar.certain)
            )
            assert outer[0] <= inner[0] <= inner[1] <= outer[1]


@pytest.mark.parametrize("case_id", SHIPPED)
def test_solid_is_proven_in_shipped_cases(case_id):
    check_bars(SHIPPED[case_id], compile(SHIPPED[case_id]))


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(cases())
def test_solid_is_proven_in_any_case(case):
    check_bars(case, compile(case))


def test_a_bar_has_four_edges():
    bar = only_bar(made(therapies=[course("dupi", "dupilumab", "D10..D19", "D50..D59")], events=[LAST]))
    assert ends(bar.possible) == (10.0, 60.0)
    assert ends(bar.certain) == (20.0, 50.0)
    assert (bar.end, bar.begins[0].x0) == ("ended", bar.possible[0].x0)


def test_day_zero_is_a_start_an_end_and_a_value_time_like_any_other():
    case = made(
        therapies=[course("aa", "dupilumab", "D0", "D40"), course("bb", "rituximab", "D-30", "D0")],
        measurements=[value("v-0", "0", "D0"), value("v-1", "3", "D9")],
        events=[event("at-zero", "D0"), event("state", "D0", end="D0"), LAST],
    )
    spec = compile(case)
    bars = {bar.row: bar for bar in spec.bars()}
    assert ends(bars["aa"].possible) == (0.0, 41.0)
    assert ends(bars["bb"].possible) == (-30.0, 1.0)
    assert ends(bars["state"].possible) == (0.0, 1.0)
    assert (bars["aa"].begins[0].x0, bars["aa"].begins[-1].x1, bars["bb"].end) == (0.0, 1.0, "ended")
    assert ends(mark_of(spec, "at-zero").place) == (0.0, 1.0)
    zero = mark_of(spec, "v-0")
    assert (zero.x, zero.y, zero.label) == (0.5, 0.0, "0")
    (panel,) = spec.panels
    assert panel.lo <= 0.0
    assert panel.lines[0].y == (0.0, 3.0)


def test_negative_days_are_on_the_axis_and_have_ticks():
    case = made(events=[event("early", "D-200"), LAST], therapies=[course("aa", "dupilumab", "D0", "ongoing")])
    spec = compile(case, Options(unit="days"))
    (main,) = spec.axis.zones
    assert main.lo <= -200.0
    assert any(tick.x < 0 and tick.label.startswith("D\u2212") for tick in main.ticks)
    assert mark_of(spec, "early").x == pytest.approx(-199.5)


@pytest.mark.parametrize(
    ("end", "state"), [("", "unknown"), ("D20..", "unknown"), ("ongoing", "ongoing"), ("D9", "ended")]
)
def test_three_ends_are_three_states(end, state):
    bar = only_bar(made(therapies=[course("dupi", "dupilumab", "D0", end)], events=[LAST]))
    assert bar.end == state


def test_a_missing_end_is_never_drawn_to_the_last_day_as_certain():
    bar = only_bar(made(therapies=[course("dupi", "dupilumab", "D0", "")], events=[LAST]))
    assert ends(bar.possible) == (0.0, 101.0)
    assert bar.certain == () or ends(bar.certain)[1] <= 1.0
    ongoing = only_bar(made(therapies=[course("dupi", "dupilumab", "D0", "ongoing")], events=[LAST]))
    assert ends(ongoing.certain)[1] == 100.0


def test_an_unknown_place_is_a_chip_and_never_a_bar():
    case = made(therapies=[course("dupi", "dupilumab", "D0", "ongoing"), course("mmf", "mycophenolate mofetil")])
    spec = compile(case)
    assert [chip.row for chip in spec.chips] == ["mmf"]
    assert "mmf" not in {bar.row for bar in spec.bars()}


def numbers(*times, analyte="albumin", **more):
    return [value(f"v-{i}", str(30 + i), time, analyte, **more) for i, time in enumerate(times)]


def test_lines_join_exact_values_in_the_order_of_their_days():
    (panel,) = compile(made(measurements=numbers("D0", "D300", "D100"), events=[LAST | {"time": "D400"}])).panels
    (line,) = panel.lines
    assert line.x == (0.5, 100.5, 300.5)
    assert line.y == (30.0, 32.0, 31.0)


@pytest.mark.parametrize("middle", ["D90..D200", "M3..M8", "after:v-0 & before:v-2", "~M5", ""])
def test_no_line_crosses_an_inexact_time(middle):
    (panel,) = compile(made(measurements=numbers("D0", middle or "D0..D390", "D400"))).panels
    assert panel.lines == ()


@pytest.mark.parametrize("written", ["<31", ">31", "30-32"])
def test_no_line_crosses_what_is_not_a_number(written):
    rows = numbers("D0", "D10", "D20", "D30")
    rows[1]["value"] = written
    (panel,) = compile(made(measurements=rows)).panels
    (line,) = panel.lines
    assert line.x == (20.5, 30.5), "the line begins again after it"


@pytest.mark.parametrize("written", ["falls", "positive"])
def test_words_are_on_no_scale_and_on_no_line(written):
    rows = [*numbers("D0", "D20"), value("odd", written, "D10")]
    (panel,) = compile(made(measurements=rows)).panels
    odd = next(mark for mark in panel.marks if mark.row == "odd")
    assert (odd.y, odd.y2) == (None, None)
    assert all(10.5 not in line.x for line in panel.lines)


def test_a_disputed_value_is_shown_and_never_joined():
    rows = numbers("D0", "D10", "D20")
    rows[1]["status"] = "disputed"
    (panel,) = compile(made(measurements=rows)).panels
    assert mark_of(compile(made(measurements=rows)), "v-1").disputed
    assert all(10.5 not in line.x for line in panel.lines)


def test_every_kind_of_value_keeps_its_form():
    written = {"cens-lo": "<2", "cens-hi": "≥90", "titre": "1:320", "grade": "3/5", "range": "30-40", "about": "~7"}
    rows = [value(name, said, f"D{i}", f"marker {name}") for i, (name, said) in enumerate(written.items())]
    rows += [value(f"{name}-2", said, f"D{i}", f"marker {name}") for i, (name, said) in enumerate(written.items())]
    spec = compile(made(measurements=rows))
    marks = {mark.row: mark for mark in spec.marks()}
    assert (marks["cens-lo"].shape, marks["cens-lo"].y, marks["cens-lo"].label) == ("below", 2.0, "<2")
    assert (marks["cens-hi"].shape, marks["cens-hi"].y, marks["cens-hi"].label) == ("above", 90.0, "≥90")
    assert (marks["titre"].y, marks["titre"].label) == (320.0, "1:320")
    assert (marks["grade"].y, marks["grade"].label) == (3.0, "3/5")
    assert (marks["range"].shape, marks["range"].y, marks["range"].y2) == ("range", 30.0, 40.0)
    assert marks["range"].label == "30–40"
    assert marks["about"].label == "≈7"
    assert all(any(said in line for line in marks[name].hover) for name, said in written.items()), "hover: as written"
    scales = {panel.label: panel.scale for panel in spec.panels}
    assert (scales["marker titre"], scales["marker grade"], scales["marker range"]) == ("titre", "grade", "linear")


def test_all_values_of_one_day_are_there():
    spec = compile(made(measurements=numbers("D3", "D3", "D3", "D9")))
    (panel,) = spec.panels
    assert [mark.y for mark in panel.marks] == [30.0, 31.0, 32.0, 33.0]
    assert panel.lines == (), "values of one day have no order, so that no line runs through them"


def test_the_reference_range_changes_along_the_curve_and_stays_one_sided():
    rows = numbers("D0", "D100", "D200")
    rows[0] |= {"ref_low": 35, "ref_high": 50}
    rows[1] |= {"ref_high": 52}
    rows[2] |= {"ref_low": 0}
    (panel,) = compile(made(measurements=rows)).panels
    limits = [(band.low, band.high, band.span[0].x0, band.span[0].x1) for band in panel.bands]
    assert [(low, high) for low, high, _, _ in limits] == [(35.0, 50.0), (None, 52.0), (0.0, None)]
    assert limits[0][3] == limits[1][2] == pytest.approx(50.5)
    assert limits[1][3] == limits[2][2] == pytest.approx(150.5)
    assert "35" in panel.bands[0].label
    assert "<52" in panel.bands[1].label


def test_a_value_without_a_range_has_no_band():
    rows = numbers("D0", "D100")
    rows[0] |= {"ref_low": 35, "ref_high": 50}
    (panel,) = compile(made(measurements=rows)).panels
    assert panel.bands[-1].span[-1].x1 <= 100.0, "nobody states a range for the second value"


def test_a_log_axis_is_announced_in_both_languages():
    rows = [value(f"v-{i}", str(10**i), f"D{i * 9}", "CRP", unit="mg/L") for i in range(4)]
    rows += [value(f"t-{i}", f"1:{80 * 4**i}", f"D{i * 9}", "ANA") for i in range(3)]
    for lang in ("en", "fr"):
        for panel in compile(made(measurements=rows), Options(lang=lang)).panels:
            assert (panel.scale in {"log", "titre"}) == ("log" in panel.sublabel), panel.label


def test_a_known_analyte_drawn_on_a_log_scale_says_so():
    from casecurves.knowledge.analytes import all_analytes

    known = next(found for found in all_analytes() if found.scale == "log")
    rows = [value(f"v-{i}", str(10**i), f"D{i * 9}", known.en) for i in range(4)]
    (panel,) = compile(made(measurements=rows)).panels
    assert panel.scale == "log"
    assert "log" in panel.sublabel


def test_trends_are_neutral_and_without_a_number():
    spec = compile(made(measurements=[value("tr", "falls", "after:aa")], therapies=[course("aa", "dupilumab", "D0")]))
    mark = mark_of(spec, "tr")
    assert (mark.shape, mark.symbol, mark.y, mark.x) == ("trend", "falls", None, None)
    assert spec.panels[0].yticks == ()
    assert spec.panels[0].scale == "words"


def test_a_time_as_wide_as_a_month_has_a_whisker_and_a_wider_one_no_middle():
    rows = [*numbers("D0", "M5", "M9..M15"), value("found", "33", "..M20"), value("soon", "34", "soon:v-0")]
    spec = compile(made(measurements=rows, events=[LAST | {"time": "M24"}]))
    how = {mark.row: (mark.certainty, mark.x is None) for mark in spec.panels[0].marks}
    assert how["v-1"] == ("about", False)
    assert how["v-2"] == ("interval", True)
    assert how["found"] == ("found", False)
    assert how["soon"] == ("soon", False)
    assert mark_of(spec, "soon").x == ends(mark_of(spec, "v-0").place)[0]
    assert mark_of(spec, "found").x == pytest.approx(20 * 30.4375)


def test_thresholds_have_a_source_and_say_when_nobody_read_it():
    rows = [value(f"v-{i}", str(1000 * (i + 1)), f"D{i}", "uPCR", unit="mg/g") for i in range(4)]
    spec = compile(made(measurements=rows, diagnosis="membranous nephropathy"))
    limits = spec.panels[0].thresholds
    assert limits
    assert all(limit.source for limit in limits)
    spoken = [panel for case in SHIPPED.values() for panel in compile(case).panels]
    for limit in (limit for panel in [*spoken, *spec.panels] for limit in panel.thresholds):
        assert limit.verified == ("not verified" not in limit.label)


@pytest.mark.parametrize(
    ("diagnosis", "seen", "drawn"),
    [
        ("lupus nephritis", "", False),
        ("", "", False),
        ("Glomérulonéphrite extra-membraneuse", "", True),
        ("lupus nephritis", "nephrotic syndrome", True),
        ("GEM à anti-PLA2R", "", True),
        ("iMN", "", True),
        ("PMN, anti-PLA2R +", "", True),
        ("PLA2R-associated membranous glomerulopathy", "", True),
        ("glomérulopathie extra membraneuse", "", True),
        ("SN idiopathique", "", True),
        ("syndrome néphrotique cortico-résistant", "", True),
        ("LGM", "", True),
        ("néphrose lipoïdique", "", True),
        ("minimal-change disease", "", True),
        ("HSF primitive", "", True),
        ("FSGS", "", True),
        ("hyalinose segmentaire et focale", "", True),
        ("focal and segmental glomerulosclerosis", "", True),
        # Near misses: another disease, or the lack of this one.
        ("pseudo-membranous colitis", "", False),
        ("colite pseudomembraneuse", "", False),
        ("focal segmental glomerulonephritis", "", False),
        ("glomérulonéphrite membrano-proliférative", "", False),
        ("non-nephrotic proteinuria", "", False),
        ("MCD (multicentric Castleman disease)", "", False),
        ("IgG4-RD", "", False),
        ("MAG4", "", False),
        ("SNC : pachyméningite", "", False),
    ],
)
def test_a_remission_is_drawn_only_of_the_condition_it_was_published_for(diagnosis, seen, drawn):
    rows = [value(f"v-{i}", str(1000 * (i + 1)), f"D{i}", "uPCR", unit="mg/g") for i in range(4)]
    found = [event("found", "D1", "diagnosis", label=seen)] if seen else []
    case = made(measurements=rows, events=found, diagnosis=diagnosis)
    assert bool(compile(case).panels[0].thresholds) == drawn
    absent = made(measurements=rows, events=[one | {"presence": "absent"} for one in found])
    assert compile(absent).panels[0].thresholds == ()


def test_what_is_left_out_is_named_in_the_language_of_the_reader_and_counted():
    case = SHIPPED["mn-dupilumab-1-illustrative"]
    spec = compile(case, Options(lang="fr", analytes=("upcr",)))
    named = {item.text for item in spec.not_drawn}
    assert {"albumine", "ciclosporine C0"} <= named
    assert not {"haematuria", "proteinuria by dipstick", "total IgE"} & named
    (note,) = [line for line in spec.notes if line.startswith("Non représentés")]
    count = sum(item.text == "albumine" for item in spec.not_drawn)
    assert note.count("albumine") == 1
    assert f"albumine\u00a0({count})" in note


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_threshold_that_holds_in_another_condition_is_said_once_not_to_be_drawn(lang):
    rows = [value(f"v-{i}", str(1000 * (i + 1)), f"D{i}", "uPCR", unit="mg/g") for i in range(4)]
    rows += [value(f"alb-{i}", str(30 + i), f"D{i}", "albumin", unit="g/L") for i in range(3)]
    rows += [value(f"crp-{i}", str(3 + i), f"D{i}", "CRP", unit="mg/L") for i in range(3)]
    start = say("threshold.withheld", lang, analytes="|", condition="").split("|")[0]
    (note,) = [line for line in compile(made(measurements=rows), Options(lang=lang)).notes if line.startswith(start)]
    assert "CRP" not in note
    assert all(name in note for name in ("albumin", "uPCR" if lang == "en" else "RPCU"))
    stated = compile(made(measurements=rows, diagnosis="GEM"), Options(lang=lang))
    assert not any(line.startswith(start) for line in stated.notes)
    # In a unit that no threshold is published in, the curve says so, and the diagnosis plays no part.
    strange = [value(f"v-{i}", str(i + 1), f"D{i}", "uPCR", unit="%") for i in range(3)]
    assert not any(line.startswith(start) for line in compile(made(measurements=strange), Options(lang=lang)).notes)


def test_the_last_follow_up_bounds_the_axis():
    case = made(events=[LAST | {"time": "D500"}], therapies=[course("aa", "dupilumab", "D0", "D10")])
    axis = compile(case).axis
    assert (axis.last_follow_up, axis.death) == (501.0, False)
    assert axis.zones[0].hi >= 501.0


def test_death_bounds_the_axis():
    case = made(events=[event("the-end", "D500", "death")], therapies=[course("aa", "dupilumab", "D0", "ongoing")])
    axis = compile(case).axis
    assert (axis.last_follow_up, axis.death) == (501.0, True)
    absent = made(events=[event("the-end", "D500", "death", presence="absent")])
    assert not compile(absent).axis.death
    disputed = made(events=[event("the-end", "D500", "death", status="disputed"), LAST])
    assert not compile(disputed).axis.death, "a disputed death ends nothing"


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_banner_is_on_every_illustrative_case_and_on_no_other(lang):
    spoken = {case_id: compile(case, Options(lang=lang)).banner != "" for case_id, case in SHIPPED.items()}
    assert spoken == {case_id: case.illustrative for case_id, case in SHIPPED.items()}
    assert any(spoken.values())
    assert not all(spoken.values())


def test_what_is_not_reported_is_said():
    rows = numbers("D0", "D10", "D20", "D30")
    for row, basis in zip(rows, ["reported", "digitised", "derived", "illustrative"], strict=True):
        row["basis"] = basis
    spec = compile(made(measurements=rows))
    assert {item.kind for item in spec.legend} >= {"digitised", "derived", "illustrative"}
    assert [mark.basis for mark in spec.panels[0].marks] == ["reported", "digitised", "derived", "illustrative"]
    assert {"Read off a figure", "Inferred here", "Illustrative"} <= {
        word for note in spec.notes for word in ("Read off a figure", "Inferred here", "Illustrative") if word in note
    }
    hovers = [" ".join(mark.hover) for mark in spec.panels[0].marks]
    assert len(set(hovers)) == 4


def test_a_place_in_an_order_is_no_exact_time():
    case = made(
        therapies=[course("aa", "dupilumab", "D0", "D90"), course("bb", "rituximab", "before:aa", "before:aa")],
        events=[event("first", "before:second"), event("second", "before:aa"), event("dated", "D9")],
        measurements=[value("v-1", "30", "before:second"), value("v-2", "31", "D9")],
        doses=[{"id": "one-dose", "therapy": "bb", "dose": 1, "dose_unit": "g", "time": "before:second"}],
        day_zero="aa",
    )
    spec = compile(case)
    how = {mark.row: mark.certainty for mark in spec.marks()}
    assert "before" in {zone.name for zone in spec.axis.zones}
    assert how["second"] == "ranked"
    assert how["dated"] == how["v-2"] == "exact"
    assert "ranked" in {item.kind for item in spec.legend}
    assert {mark.certainty for mark in spec.marks() if mark.place[0].zone != "main"} <= {"ranked", "interval", "found"}
