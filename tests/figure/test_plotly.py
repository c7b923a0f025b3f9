"""The interactive picture: plain JSON, typed axes, only numbers, nothing unescaped, the marks of the printed one."""

import html
import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from functools import reduce
from operator import getitem

import plotly.graph_objects as go
import pytest
from figure.build import SHIPPED, course, dose, event, made, value
from figure.hostile import STRINGS, hostile, shown
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import cases

from casecurves.figure.compile import compile
from casecurves.figure.compile.ticks import UNIT_DAYS
from casecurves.figure.layout import lay_out
from casecurves.figure.options import Options
from casecurves.figure.plotly import PX_PER_MM, config, to_plotly
from casecurves.figure.plotly.board import hovers

ALL = pytest.mark.parametrize("case_id", SHIPPED)
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
NUMERIC = {"x", "y", "base", "x0", "x1", "y0", "y1", "tickvals", "range", "domain", "size"}
ZONES = {"x": "main", "x2": "before", "x3": "after"}
# What the pictures themselves put into words, beside what comes from a case.
MARKUP = re.compile(r"</?(?:b|i|br)>|<span style=\"font-size:\d+px(?:;color:#[0-9a-f]{6})?\">|</span>")


def walk(node: object, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], object]]:
    if isinstance(node, dict):
        for key, child in node.items():
            yield from walk(child, (*path, key))
    elif isinstance(node, list):
        for child in node:
            yield from walk(child, path)
    else:
        yield path, node


def check_plain(figure, most=16):
    assert json.loads(json.dumps(figure, allow_nan=False)) == figure, "plain JSON: no tuples, no NaN"
    for path, leaf in walk(figure["data"]):
        if path[0] in NUMERIC:
            number = isinstance(leaf, int | float) and not isinstance(leaf, bool) and math.isfinite(leaf)
            assert leaf is None or number, path
    for path, leaf in walk(figure["layout"]):
        if path[-1] in NUMERIC - {"size"} and path[-1] not in {"x", "y"}:
            assert isinstance(leaf, int | float), path
    axes = [axis for name, axis in figure["layout"].items() if re.fullmatch(r"[xy]axis\d*", name)]
    assert len(axes) >= 2
    assert all(axis["type"] == "linear" for axis in axes)
    used = {trace.get(f"{letter}axis", letter) for trace in figure["data"] for letter in "xy"}
    assert used <= {name.replace("axis", "") for name in figure["layout"] if "axis" in name}
    assert len(figure["data"]) <= most
    for trace in figure["data"]:
        assert len(trace["x"]) == len(trace["y"]) == len(trace.get("ids", trace["x"]))


def at(spec, page, zone, x):
    """Return a place on plotly's axis in millimetres of the page; a folded axis counts as pages do, from day 0."""
    days = x * UNIT_DAYS[spec.axis.unit]
    if zone != "main":
        return page.frame.x(zone, x)
    if not spec.axis.breaks:
        return page.frame.x(zone, days)
    lo, hi, *_ = page.frame.zones["main"]
    start = min(max(lo, 0.0), hi)
    return page.frame.x(zone, start) + (days - start) / page.frame.days_per_mm


def positions(spec, figure, page):
    """Return where the picture draws each row, in millimetres of the page: (row, kind) to places."""
    found: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for trace in figure["data"]:
        zone = ZONES.get(trace["xaxis"])
        if zone is None:  # charts count in millimetres
            for row, x, y in zip(trace["ids"], trace["x"], trace["y"], strict=True):
                found.setdefault((row.split("#")[0], "chart"), []).append((x, y))
            continue
        if trace["type"] == "bar":
            for row, base, length, y in zip(trace["ids"], trace["base"], trace["x"], trace["y"], strict=True):
                ends = [at(spec, page, zone, end) for end in (base, base + length)]
                found.setdefault((row.split("#")[0], "bar"), []).append((*ends, y))
        elif trace["mode"] == "markers":
            for row, x, y in zip(trace["ids"], trace["x"], trace["y"], strict=True):
                found.setdefault((row.split("#")[0], "mark"), []).append((at(spec, page, zone, x), y))
    return found


def check_same(case, **options):
    """Every bar and mark of the page is in the picture, as often, and at the same place."""
    return check_spec(compile(case, Options(**options)))


def check_spec(spec, most=16):
    figure = to_plotly(spec)
    check_plain(figure, most)
    page = lay_out(spec, 1180.0 / PX_PER_MM, words="none")
    found = positions(spec, figure, page)
    near = {"abs": 0.02}
    marks: Counter[str] = Counter()
    for lane in page.lanes:
        for track in lane.tracks:
            for box in track.bars:
                stretches = found[box.bar.row, "bar"]
                assert min(s[0] for s in stretches) == pytest.approx(box.x0, **near)
                assert max(s[1] for s in stretches) == pytest.approx(box.x1, **near)
                if box.c0 is not None:
                    assert any(s[0] == pytest.approx(box.c0, **near) for s in stretches)
                    assert any(s[1] == pytest.approx(box.c1, **near) for s in stretches)
                assert all(track.bar_y < y < track.bar_y + 3.9 for _, _, y in stretches)
            for box in track.doses:
                marks[box.mark.row] += 1
                expected = box.x if box.x is not None else (box.x0 + box.x1) / 2
                assert any(x == pytest.approx(expected, **near) for x, _ in found[box.mark.row, "mark"])
            for mark, x in track.ticks:
                marks[mark.row] += 1
                assert any(at == pytest.approx(x, **near) for at, _ in found[mark.row, "mark"])
            for box in track.events:
                marks[box.mark.row] += 1
                places = found[box.mark.row, "mark"]
                y = track.event_y(box)
                assert any(
                    at == pytest.approx(box.sign, **near) and y == pytest.approx(v, abs=0.01) for at, v in places
                )
    for band in page.rail.bands:
        stretches = found[band.bar.row, "bar"]
        assert min(s[0] for s in stretches) == pytest.approx(band.x0, **near)
        assert max(s[1] for s in stretches) == pytest.approx(band.x1, **near)
    for cluster in page.rail.clusters:
        for row in {item.mark.row for item in cluster.items}:
            marks[row] += 1
            first = cluster.items[0].mark
            # What followed rapidly stands a little after, and never beyond the end of its zone.
            after = 2.6 if first.certainty == "soon" else 0.0
            expected = cluster.x0 if cluster.x is None else cluster.x + after
            if after:
                edge = page.frame.zones[first.place[0].zone][3] - 1.25
                expected = max(cluster.x, min(expected, edge))
            assert found[row, "mark"][0][0] == pytest.approx(expected, **near)
    for panel in page.panels:
        for mark in panel.marks:
            marks[mark.mark.row] += 1
            # The hover of a pill that was pushed in from the edge is at its day, where its stem stands.
            expected = mark.day if mark.day is not None else (mark.x0 + mark.x1) / 2
            places = found[mark.mark.row, "mark"]
            assert any(x == pytest.approx(expected, **near) and y == pytest.approx(mark.y, abs=0.01) for x, y in places)
    for piece in (piece for box in page.charts for piece in box.pieces if piece.row):
        assert any(y == pytest.approx(piece.spot.y, abs=0.01) for _, y in found[piece.row, "chart"])
    charted = {row for row, kind in found if kind == "chart"}
    assert charted == {entry.row for _, entries in spec.charts.told() for entry in entries}
    for ribbon in page.ribbons:
        for box in ribbon.stages:
            marks[box.stage.row] += len(box.xs)
            places = [x for x, y in found[box.stage.row, "mark"] if y == pytest.approx(box.y, abs=0.01)]
            assert all(any(x == pytest.approx(at, **near) for x in places) for at in box.xs)
    drawn = Counter({row: len(places) for (row, kind), places in found.items() if kind == "mark" and row})
    assert drawn == marks
    stages = {stage.row for ribbon in spec.ribbons for stage in ribbon.stages}
    assert set(marks) == {mark.row for mark in spec.marks()} | stages
    named = {note.get("name") for note in figure["layout"]["annotations"]} - {None}
    folds = {f"fold-{found.n}" for found in spec.axis.breaks}
    assert folds | {chip.row for chip in spec.chips} <= named <= folds | spec.drawn()
    return spec, figure


@ALL
@pytest.mark.parametrize("unit", ["auto", "days", "years"])
def test_both_pictures_draw_the_same_marks(case_id, unit):
    check_same(SHIPPED[case_id], unit=unit)


def test_both_pictures_draw_the_same_doses_in_prednisone():
    pulses = course("mpred", "methylprednisolone", "D0", "D3", dose=1, dose_unit="g", doses=3)
    tablets = course("pred", "prednisone", "D3", "D90")
    doses = [dose("dose-60", "pred", 60, "D3", holds="from"), dose("dose-30", "pred", 30, "D30")]
    last = event("last-visit", "D200", "last_follow_up")
    check_same(made(therapies=[pulses, tablets], doses=doses, events=[last]), dose="prednisone")
    check_same(SHIPPED["dm-mda5-ruxolitinib"], dose="prednisone", assume="prednisolone")


@settings(max_examples=50, suppress_health_check=SLOW)
@given(cases())
def test_both_pictures_of_any_case_draw_the_same_marks(case):
    check_same(case)


@given(st.lists(st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=4), min_size=1, max_size=15))
def test_a_hover_is_whole_again_when_plotly_shows_it(lines):
    texts = ["<br>".join(each) for each in lines]
    given = hovers(texts)
    template = given["hovertemplate"].removesuffix("<extra></extra>").replace("%{meta}", given.get("meta", ""))
    assert [template.replace("%{customdata}", text) for text in given["customdata"]] == texts
    assert all(given["customdata"]), "the first line stays with its mark"


@ALL
@pytest.mark.parametrize("theme", ["light", "dark", "grey"])
def test_plotly_accepts_the_picture(case_id, theme):
    figure = to_plotly(compile(SHIPPED[case_id]), theme=theme)
    assert len(go.Figure(figure).data) == len(figure["data"])


@settings(max_examples=10, suppress_health_check=SLOW)
@given(cases())
def test_plotly_accepts_any_picture(case):
    figure = to_plotly(compile(case))
    assert len(go.Figure(figure).data) == len(figure["data"])


def strings(figure):
    keys = {"text", "hovertext", "customdata", "meta", "ticktext", "tickprefix"}
    return [leaf for path, leaf in walk(figure) if isinstance(leaf, str) and keys & set(path)]


@pytest.mark.parametrize("name", STRINGS)
def test_no_string_of_a_case_is_markup(name):
    spec = compile(hostile(STRINGS[name]))
    figure = to_plotly(spec)
    check_plain(figure)
    found = strings(figure)
    for text in found:
        bare = MARKUP.sub(" ", text)
        assert "<" not in bare, text
        assert not re.search(r"&(?!amp;|lt;|gt;)", bare), text
        assert not set("\u202e\x00\x1b") & set(text)
    readable = [html.unescape(MARKUP.sub(" ", text)) for text in found]
    words = [" ".join(text.split()) for text in readable]
    assert sum(shown(STRINGS[name]) in text for text in words) >= 8


@pytest.mark.parametrize("name", STRINGS)
def test_a_hover_template_holds_nothing_of_a_case(name):
    figure = to_plotly(compile(hostile(STRINGS[name])))
    templates = {trace["hovertemplate"] for trace in figure["data"] if "hovertemplate" in trace}
    assert templates <= {"%{customdata}<extra></extra>", "%{customdata}<br>%{meta}<extra></extra>"}


def test_every_mark_has_its_hover():
    spec, figure = check_same(SHIPPED["dm-mda5-ruxolitinib"])
    said: dict[str, str] = {}
    for trace in figure["data"]:
        for row, text in zip(trace.get("ids", []), trace.get("customdata", []), strict=True):
            key = row.split("#")[0]  # a dose stands on its lane and in its panel
            said[key] = said.get(key, "") + f"{text}<br>{trace.get('meta', '')}<br>"
    for mark in spec.marks():
        text = html.unescape(" ".join(said[mark.row].split("<br>")))
        for line in mark.hover:
            assert " ".join(line.split()) in " ".join(text.split()), mark.row


def test_the_ranges_of_the_axes_are_those_of_the_page():
    spec = compile(SHIPPED["mn-dupilumab-1"])
    figure, page = to_plotly(spec), lay_out(spec, 1180.0 / PX_PER_MM, words="none")
    layout = figure["layout"]
    assert layout["yaxis"]["range"] == [page.axis_y, page.plot_top], "millimetres, downwards"
    for zone in spec.axis.zones:
        axis = layout[{"main": "xaxis", "before": "xaxis2", "after": "xaxis3"}[zone.name]]
        size = UNIT_DAYS[spec.axis.unit] if zone.name == "main" else 1.0
        assert axis["range"] == pytest.approx([zone.lo / size, zone.hi / size], abs=1e-4)
        assert axis["fixedrange"] == (zone.name != "main")


def test_nothing_is_sent_anywhere():
    settings = config("en")
    assert settings["showSendToCloud"] is False
    assert settings["plotlyServerURL"] == ""
    assert "toImage" in settings["modeBarButtonsToRemove"], "the PNG is ours"
    for case in SHIPPED.values():
        text = json.dumps(to_plotly(compile(case)))
        assert "images" not in to_plotly(compile(case))["layout"]
        assert not re.search(r"url\(|<img|<a ", text)


def each(trace, *path):
    """Return a look of the markers of a trace, one for each; what is the same for all is said once."""
    found = reduce(getitem, path, trace["marker"])
    return found if isinstance(found, list) else [found] * len(trace["x"])


def test_a_censored_value_keeps_its_sign_and_a_wide_time_has_no_visible_middle():
    case = made(
        measurements=[value("v-1", "<2", "D0"), value("v-2", "9", "D10"), value("v-3", "7", "D20..D390")],
        therapies=[course("aa", "prednisone", "D0", "D400")],
        doses=[dose("dose-a", "aa", 30, "D9"), dose("dose-b", "aa", 20, "M3..M9")],
        events=[event("last", "D400", "last_follow_up")],
    )
    _, figure = check_same(case)
    look = {
        row.split("#")[0]: (symbol, fill)
        for trace in figure["data"]
        if trace["type"] == "scatter" and trace["mode"] == "markers"
        for row, symbol, fill in zip(trace["ids"], each(trace, "symbol"), each(trace, "color"), strict=True)
    }
    assert look["v-1"][0] == "triangle-down"
    assert look["v-2"][0] == "circle"
    assert look["v-3"][1] == "rgba(0,0,0,0)"
    assert look["dose-b"][1] == "rgba(0,0,0,0)"
    assert "&lt;2" in [text.strip() for trace in figure["data"] for text in trace.get("text", [])]


def test_an_illustrative_bar_and_a_disputed_one_look_as_on_paper():
    from casecurves.figure.theme import THEMES

    usual = [course("aa", "dupilumab", "D0", "D90"), course("bb", "rituximab", "D10", "D50")]
    rows = [{**usual[0], "basis": "illustrative"}, {**usual[1], "status": "disputed"}]
    on_bar, ink = THEMES["light"].on_bar, THEMES["light"].ink
    looks = [
        {(s["line"]["color"], s["line"].get("dash")) for s in to_plotly(compile(case))["layout"]["shapes"]}
        for case in (made(therapies=usual), made(therapies=rows))
    ]
    assert (on_bar, "3px,2px") in looks[1] - looks[0]
    lines = [s for s in to_plotly(compile(made(therapies=rows)))["layout"]["shapes"] if s.get("layer") == "above"]
    assert any(s["line"]["color"] == ink for s in lines)


def test_intervals_that_reach_beyond_the_axis_have_an_arrow_there_and_the_others_two_ends():
    _, figure = check_same(SHIPPED["dm-mda5-ruxolitinib"])
    marks = {
        row: (symbol, x)
        for trace in figure["data"]
        if trace["type"] == "scatter" and trace["mode"] == "markers"
        for row, symbol, x in zip(trace["ids"], each(trace, "symbol"), trace["x"], strict=True)
    }
    lo, hi = figure["layout"]["xaxis"]["range"]
    assert marks["diaphragm"][0] == "triangle-left"
    assert lo <= marks["diaphragm"][1] < lo + 0.01, "inside: plotly draws nothing beyond"
    assert marks["muscle-biopsy" if "muscle-biopsy" in marks else "organ-failure"][0] == "line-ns"
    onward = [x for row, (symbol, x) in marks.items() if symbol == "triangle-right" and not row.partition("#")[0]]
    assert any(hi - 0.01 < x <= hi for x in onward)


def test_day_zero_has_no_unit_on_either_axis():
    axis = to_plotly(compile(SHIPPED["dm-mda5-ruxolitinib"]))["layout"]["xaxis"]
    assert axis["labelalias"] == {"M0": "0"}


def test_of_events_at_one_place_each_has_its_symbol_and_tells_all():
    figure = to_plotly(compile(SHIPPED["dm-mda5-ruxolitinib"], Options()))
    found = {
        row: (fill, edge, told)
        for trace in figure["data"]
        if trace["type"] == "scatter" and trace["mode"] == "markers"
        for row, fill, edge, told in zip(
            trace["ids"],
            each(trace, "color"),
            each(trace, "line", "color"),
            trace["customdata"],
            strict=True,
        )
    }
    first, second = found["skin-flare"], found["rux-decision"]
    assert "rgba(0,0,0,0)" not in (*first[:2], *second[:2])
    assert first[2] == second[2] and "skin flare" in first[2] and "collegial decision" in first[2]


def test_a_state_that_was_absent_is_hatched_and_words_keep_clear_of_lines():
    figure = to_plotly(compile(SHIPPED["mn-dupilumab-1"], Options()))
    bars = [trace for trace in figure["data"] if trace["type"] == "bar"]
    hatched = [
        fill
        for trace in bars
        for shape, fill in zip(each(trace, "pattern", "shape"), each(trace, "color"), strict=True)
        if shape == "/"
    ]
    assert hatched and "rgba(0,0,0,0)" not in hatched
    notes = {note["text"]: note for note in figure["layout"]["annotations"]}
    # Day zero would run through these.
    assert next(note for text, note in notes.items() if "flare of atopy" in text)["bgcolor"]
    assert next(note for text, note in notes.items() if "no intolerance" in text)["bgcolor"]
    assert "bgcolor" not in next(note for text, note in notes.items() if "membranous nephropathy" in text)


def test_words_behind_a_hatch_keep_their_distance_from_its_end():
    """On a wider screen the hatch grows and a shift in pixels does not: held by the start, they would lie on it."""
    spec = compile(SHIPPED["dm-mda5-ruxolitinib"])
    (bar,) = (bar for bar in spec.bars() if bar.row.startswith("cyclophosphamide"))
    note = next(note for note in to_plotly(spec)["layout"]["annotations"] if "700 mg" in note["text"])
    days = UNIT_DAYS[spec.axis.unit]
    assert note["x"] * days == pytest.approx(bar.begins[-1].x1, abs=0.01 * days)
    assert 0 < note["xshift"] < 40


def test_words_behind_a_state_keep_their_distance_from_its_end():
    spec = compile(SHIPPED["mn-dupilumab-1-illustrative"])
    layout = to_plotly(spec)
    page = lay_out(spec, 1180 / PX_PER_MM, words="none")
    (band,) = (band for band in page.rail.bands if band.lines == ("hospital stay",))
    note = next(note for note in texts_and_notes(layout) if note[0].strip() == "hospital stay")
    assert band.label_x >= band.x1
    assert note[1] * UNIT_DAYS[spec.axis.unit] == pytest.approx(band.bar.possible[-1].x1, abs=0.5)


def texts_and_notes(figure):
    """Return the words of a figure with their places on the axis, whether they are a trace or notes."""
    traces = [trace for trace in figure["data"] if trace.get("mode") == "text"]
    found = [pair for trace in traces for pair in zip(trace["text"], trace["x"], strict=True)]
    return found + [(note["text"], note.get("x")) for note in figure["layout"]["annotations"]]
