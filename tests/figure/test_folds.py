"""Long stretches without change fold; nothing stands inside a fold, and folding changes nothing but the axis."""

import json
from itertools import pairwise

import pytest
from figure.build import SHIPPED, course, dose, event, made, value
from figure.page import NS, read
from hypothesis import given, settings
from hypothesis import strategies as st

from casecurves.figure.compile import compile
from casecurves.figure.layout import lay_out
from casecurves.figure.options import Options
from casecurves.figure.page import PageOptions
from casecurves.figure.plotly import to_plotly
from casecurves.figure.svg import to_svg

YEAR = 365.25
NARROW = [event(f"ev-{day}x", f"D{day}", "imaging") for day in (12, 40, 75, 110, 150)]
LATE = {
    "day_zero": "dup",
    "therapies": [
        course("pred", "prednisone", "D-30", "D200", course="tapering"),
        course("dup", "dupilumab", "D0", "ongoing", dose=300, dose_unit="mg"),
    ],
    "doses": [dose("d-a", "pred", 60, "D0"), dose("d-b", "pred", 20, "D90")],
    "measurements": [
        *(value(f"v-{i}x", str(20 + 3 * i), f"D{i * 25}", ref_low=35, ref_high=50) for i in range(8)),
        value("v-end", "44", "D2600", ref_low=30, ref_high=45),
    ],
    "events": [
        *NARROW,
        event("between", "after:ev-150x & before:visit", "infection"),
        event("visit", "D2600", "relapse"),
    ],
}
CHILD = {**LATE, "events": [*LATE["events"], event("rash", "Y-10", "diagnosis")]}
FOLDED = {"late": (made(**LATE), 1), "child": (made(**CHILD), 2)}
BOTH = pytest.mark.parametrize("name", FOLDED)


def days_of(spec):
    """Every day of the scaled zone at which something of a spec begins, ends or stands."""
    places = [span for mark in spec.marks() for span in mark.place]
    places += [span for bar in spec.bars() for span in (*bar.certain, *bar.possible, *bar.begins)]
    for panel in spec.panels:
        places += [span for band in panel.bands for span in band.span]
        places += [part.span for part in (*panel.steps, *panel.envelopes)]
    days = [day for span in places if span.zone == "main" for day in (span.x0, span.x1)]
    days += [m.x for m in spec.marks() if m.x is not None and {span.zone for span in m.place} == {"main"}]
    days += [x for panel in spec.panels for line in panel.lines for x in line.x]
    return [*days, 0.0, *([spec.axis.last_follow_up] if spec.axis.last_follow_up is not None else [])]


def but_the_axis(spec):
    """What a spec says, without its axis and what only names its unit or its breaks."""
    told = spec.to_json()
    told["axis"] = {name: told["axis"][name] for name in ("zero_label", "last_follow_up", "death")}
    told["legend"] = [item for item in told["legend"] if item["kind"] != "break"]
    for mark in told["rail"]["marks"]:
        mark["span"] = ""
    return told


def check(case, width_mm=190.0):
    spec, whole = compile(case), compile(case, Options(fold=False))
    breaks = spec.axis.breaks
    assert whole.axis.breaks == ()
    assert but_the_axis(spec) == but_the_axis(whole)
    for number in range(1, len(breaks) + 1):
        kept = compile(case, Options(opened=(number,))).axis.breaks
        assert kept == tuple(found for found in breaks if found.n != number)
    assert compile(case, Options(opened=(1, 2, 3))) == whole, "all opened is the whole course"
    main = next(zone for zone in spec.axis.zones if zone.name == "main")
    for found in breaks:
        assert main.lo < found.x0 < found.x1 < main.hi
        assert not [day for day in days_of(spec) if found.x0 < day < found.x1]
        assert not [tick.x for tick in main.ticks if found.x0 <= tick.x <= found.x1]
    edges = [main.lo, *(day for found in breaks for day in (found.x0, found.x1)), main.hi]
    for lo, hi in zip(edges[::2], edges[1::2], strict=True):
        assert any(lo <= tick.x <= hi for tick in main.ticks), "a stretch without a tick lies nowhere"
    check_frame(lay_out(spec, width_mm).frame, main, edges)
    return spec


def check_frame(frame, main, edges):
    grid = [main.lo + (main.hi - main.lo) * i / 400 for i in range(1, 400)]
    days = sorted([*(day for day in grid if min(abs(day - edge) for edge in edges) > 1e-3), *edges])
    xs = [frame.x("main", day) for day in days]
    assert all(a < b for a, b in pairwise(xs)), "strictly rising, so that no two days share a place"
    assert (xs[0], xs[-1]) == pytest.approx(frame.zones["main"][2:])
    for lo, hi in zip(edges[::2], edges[1::2], strict=True):
        mm = frame.x("main", hi) - frame.x("main", lo)
        assert mm * frame.days_per_mm == pytest.approx(hi - lo), "one scale wherever it is not folded"
    assert len({round(fold.x1 - fold.x0, 6) for fold in frame.folds}) <= 1


@BOTH
@pytest.mark.parametrize("width_mm", [90.0, 140.0, 190.0, 245.8])
def test_a_fold_hides_nothing(name, width_mm):
    case, count = FOLDED[name]
    spec = check(case, width_mm)
    assert len(spec.axis.breaks) == count
    for lang in ("en", "fr"):
        page = read(to_svg(compile(case, Options(lang=lang)), PageOptions(width_mm=width_mm)))
        assert page.collisions() == []
        assert page.outside() == []


@pytest.mark.parametrize("case_id", SHIPPED)
def test_shipped_cases_keep_the_law(case_id):
    check(SHIPPED[case_id])


far = st.integers(900, 30_000).flatmap(lambda day: st.sampled_from([day, -day]))


@settings(max_examples=60)
@given(st.lists(st.integers(0, 200), min_size=3, max_size=12, unique=True), st.lists(far, max_size=3), st.booleans())
def test_the_law_of_folding(near, away, months):
    rows = [event(f"ev-{i}x", f"D{day}", "imaging") for i, day in enumerate(near)]
    rows += [event(f"far-{i}x", f"M{day // 30}" if months else f"D{day}", "flare") for i, day in enumerate(away)]
    last = max([*near, *away])
    values = [value(f"v-{i}x", str(i), f"D{day}", ref_low=i) for i, day in enumerate([*near, last])]
    check(made(events=rows, measurements=values, therapies=[course("aa", "dupilumab", "D0", f"D{last + 20}")]))


@pytest.mark.parametrize(
    "times",
    [
        [f"Y{i}" for i in range(6)],
        [f"M{i * 12}" for i in range(4)],
        ["D0", "Y30"],
        ["D0", "D30", "Y5", "Y10"],
        ["D0", "D2", "D5", "D9", "D20"],
    ],
)
def test_regular_visits_and_few_dates_do_not_fold(times):
    rows = [event(f"v-{i}x", time) for i, time in enumerate(times)]
    assert compile(made(events=rows)).axis.breaks == ()


def test_what_lies_ten_years_before_has_a_place_on_the_scale():
    spec = compile(FOLDED["child"][0])
    (mark,) = (mark for mark in spec.rail.marks if mark.row == "rash")
    assert [zone.name for zone in spec.axis.zones] == ["main"]
    assert (mark.place[0].zone, mark.place[0].x0) == ("main", pytest.approx(-10.5 * YEAR))


@pytest.mark.parametrize(("lang", "label"), [("en", "6.5 years folded"), ("fr", "6,5\u00a0ans repliés")])
def test_a_fold_says_how_long_it_is(lang, label):
    spec = compile(FOLDED["late"][0], Options(lang=lang))
    (found,) = spec.axis.breaks
    assert found.label == label
    assert (found.x1 - found.x0) / YEAR == pytest.approx(6.5, abs=0.05)
    assert label in [word.text for word in read(to_svg(spec)).words]
    assert label in json.dumps(to_plotly(spec), ensure_ascii=False)


def test_what_runs_through_a_fold_is_interrupted_in_both_pictures():
    spec = compile(FOLDED["late"][0])
    page = lay_out(spec)
    bars = {lane.lane.drug: lane.tracks[0].bar_y + 3.9 / 2 for lane in page.lanes}
    heights = [cut.y for cut in page.cuts]
    assert bars["dupilumab"] in heights
    assert bars["prednisone"] not in heights, "it ended before"
    assert page.rail.line_y in heights
    line = next(box for box in page.panels if box.panel.lines)
    assert any(line.y < y < line.y + line.height for y in heights), "no slope runs through"
    paths = [e.get("d", "") for e in read(to_svg(spec)).root.iter(f"{NS}path") if e.get("stroke-width") == "0.3"]
    slashes = [d for d in paths if d.count("M") == d.count("L") == 2 and d.count(",") == 4]
    assert len(slashes) >= len(page.cuts) + 2, "each, the axis, and the legend"
    screen = lay_out(spec, 1180.0 / 4.8, words="none")
    signs = [note for note in to_plotly(spec)["layout"]["annotations"] if note["text"] == "<b>//</b>"]
    assert len(signs) == len(screen.cuts) + 1


def test_the_ticks_of_the_live_picture_are_those_of_the_page():
    spec = compile(FOLDED["child"][0])
    axis = to_plotly(spec)["layout"]["xaxis"]
    frame = lay_out(spec, 1180.0 / 4.8, words="none").frame
    ticks = [tick for zone in spec.axis.zones for tick in zone.ticks]
    assert axis["ticktext"] == [tick.label for tick in ticks]
    lo, hi = axis["range"]
    shares = [(x - lo) / (hi - lo) for x in axis["tickvals"]]
    *_, x0, x1 = frame.zones["main"]
    assert shares == pytest.approx([(frame.x("main", tick.x) - x0) / (x1 - x0) for tick in ticks], abs=1e-4)
    place = dict(zip(axis["ticktext"], axis["tickvals"], strict=True))
    assert place["0"] == 0.0


def test_no_line_of_the_live_picture_runs_through_a_fold():
    spec = compile(FOLDED["late"][0])
    figure = to_plotly(spec)
    (trace,) = (trace for trace in figure["data"] if trace.get("mode") == "lines" and len(trace["x"]) > 9)
    (found,) = spec.axis.breaks
    board = lay_out(spec, 1180.0 / 4.8, words="none")
    days = [(x1 - x0) for x0, x1 in pairwise(trace["x"]) if x0 is not None and x1 is not None]
    width = (board.frame.folds[0].x1 - board.frame.folds[0].x0) * board.frame.days_per_mm / 30.4375
    assert trace["x"].count(None) == sum(len(panel.lines) for panel in spec.panels) + 1
    assert len(trace["x"]) == len(trace["y"])
    assert max(days) < 2.0 + width
    assert found.n == 1
