"""What is disputed is told from what is sound by its own ink and its stroke, on paper and on screen, mark by mark."""

import re

import pytest
from figure.build import SHIPPED, course, event, made, value

from casecurves.figure import symbols
from casecurves.figure.compile import compile
from casecurves.figure.layout import lay_out
from casecurves.figure.layout.blocks import ICON
from casecurves.figure.options import Options
from casecurves.figure.page import PageOptions
from casecurves.figure.plotly import to_plotly
from casecurves.figure.plotly.board import CLEAR
from casecurves.figure.svg import to_svg
from casecurves.figure.theme import THEMES

INK, TINT, MUTED = THEMES["light"].ink, THEMES["light"].tint, THEMES["light"].muted
PAGE = PageOptions(width_mm=190.0)
STRIKE = "\u2044"


def drawn(svg):
    """Place, shape, fill and stroke of every symbol of a page."""
    found = re.findall(
        r'<path transform="translate\(([\d.]+) ([\d.]+)\)[^"]*" d="([^"]*)" fill="([^"]*)" stroke="([^"]*)"', svg
    )
    return [(float(x), float(y), *look) for x, y, *look in found]


def points(figure):
    """Symbol, fill and edge of every mark of a screen that is seen, by its row."""
    found = {}
    for trace in figure["data"]:
        if trace["type"] == "scatter" and trace["mode"] == "markers":
            marker, count = trace["marker"], len(trace["ids"])
            each = [
                look if isinstance(look, list) else [look] * count
                for look in (marker["symbol"], marker["color"], marker["line"]["color"])
            ]
            for row, *look in zip(trace["ids"], *each, strict=True):
                if look[2] != CLEAR:
                    found.setdefault(row, tuple(look))
    return found


def two_at_one_place(first):
    rows = [event("relapse", "D100", "relapse"), event("biopsy", "D100", "biopsy"), event("zero", "D0")]
    for row in rows:
        if row["id"] == first:
            row["status"] = "disputed"
    return compile(made(events=rows, day_zero="zero"))


@pytest.mark.parametrize("doubted", ["relapse", "biopsy"])
def test_of_two_events_at_one_place_only_the_disputed_one_is_grey(doubted):
    spec = two_at_one_place(doubted)
    rail = lay_out(spec, 190.0).rail
    (cluster,) = [cluster for cluster in rail.clusters if len(cluster.marks) == 2]
    found = drawn(to_svg(spec, PAGE))
    screen = points(to_plotly(spec))
    for mark in cluster.marks:
        shape, ink = symbols.EVENTS[mark.symbol][0], TINT if mark.row == doubted else INK
        at_sign = [look[3:] for look in found if look[2] == shape and abs(look[0] - cluster.sign) < 0.01]
        assert at_sign == [(ink, ink)], mark.row
        (item,) = [item for item in cluster.items if item.mark is mark]
        icon = [
            look[3:] for look in found if look[2] == shape and abs(look[0] - cluster.block_x - item.dx - 1.2) < 0.01
        ]
        assert icon == [(ink, ink)], mark.row
        assert screen[mark.row][1:] == (ink, ink), mark.row
    assert ICON > 1.2


@pytest.mark.parametrize("time", ["D60..D90", "M3"])
def test_where_a_disputed_event_lies_is_grey_on_screen_as_on_paper(time):
    def lines(status):
        rows = [event("odd", time, "relapse", status=status), event("zero", "D0"), event("later", "D900")]
        spec = compile(made(events=rows, day_zero="zero"))
        inks = [shape["line"].get("color") for shape in to_plotly(spec)["layout"]["shapes"] if "line" in shape]
        return inks.count(TINT), to_svg(spec, PAGE).count(f'stroke="{TINT}"')

    (screen, paper), (grey_screen, grey_paper) = lines("used"), lines("disputed")
    assert grey_screen > screen
    assert grey_paper > paper


def test_an_interval_is_as_dark_as_the_soundest_event_that_lies_in_it():
    def rail(*statuses):
        rows = [event(f"odd-{n}", "D60..D90", status=status) for n, status in enumerate(statuses)]
        return lay_out(compile(made(events=[*rows, event("zero", "D0")], day_zero="zero")), 190.0).rail

    for statuses in (("used", "disputed"), ("disputed", "used"), ("disputed", "disputed")):
        (cluster,) = [cluster for cluster in rail(*statuses).clusters if len(cluster.marks) == 2]
        assert cluster.disputed == ("used" not in statuses)


def strikes(spec):
    """Heights of the strokes of disputed values on screen, and on paper, but in its legend."""
    traces = [trace for trace in to_plotly(spec)["data"] if trace.get("mode") == "text"]
    screen = [y for trace in traces for y, text in zip(trace["y"], trace["text"], strict=True) if STRIKE in text]
    paper = re.findall(
        r'<path d="M[\d.]+,([\d.]+)L[\d.]+,([\d.]+)" fill="none" stroke="[^"]*" stroke-width="0.3"', to_svg(spec, PAGE)
    )
    return screen, [
        (float(a) + float(b)) / 2
        for a, b in paper
        if abs(float(a) - float(b) - 2.8) < 0.02 and float(a) < lay_out(spec, 190.0).axis_y
    ]


@pytest.mark.parametrize("written", ["30", "<30", "20-40"])
@pytest.mark.parametrize("status", ["used", "disputed"])
def test_a_disputed_value_is_struck_through_on_screen_and_on_paper(written, status):
    rows = [value("first", "10", "D0"), value("odd", written, "D50", status=status), value("last", "50", "D90")]
    spec = compile(made(measurements=rows, events=[event("zero", "D0")], day_zero="zero"))
    screen, paper = strikes(spec)
    assert len(screen) == len(paper) == (status == "disputed")
    (panel,) = spec.panels
    assert any(mark.row == "odd" for mark in panel.marks)
    assert ("disputed" in {item.kind for item in spec.legend}) == (status == "disputed")


@pytest.mark.parametrize("time", ["D60..D90", "M3", "..D90"])
def test_where_a_disputed_value_lies_is_grey_on_screen_as_on_paper(time):
    rows = [value("first", "10", "D0"), value("odd", "30", time, status="disputed"), value("last", "50", "D900")]
    spec = compile(made(measurements=rows, events=[event("zero", "D0")], day_zero="zero"))
    (mark,) = [mark for mark in spec.panels[0].marks if mark.row == "odd"]
    assert mark.certainty != "exact"
    lines = [trace for trace in to_plotly(spec)["data"] if trace.get("mode") == "lines"]
    (panel,) = lay_out(spec, 1180.0 / 4.8, words="none").panels
    level = round(panel.at(30.0), 2)
    assert {trace["line"]["color"] for trace in lines if level in trace["y"]} == {TINT}


def test_the_stroke_stands_on_its_value():
    spec = compile(SHIPPED["mn-dupilumab-1-illustrative"])
    figure = to_plotly(spec)
    ((x, y),) = [
        (x, y)
        for trace in figure["data"]
        if trace.get("mode") == "text"
        for x, y, text in zip(trace["x"], trace["y"], trace["text"], strict=True)
        if STRIKE in text
    ]
    ((at, height),) = [
        (x, y)
        for trace in figure["data"]
        if trace.get("mode") == "markers"
        for x, y, row in zip(trace["x"], trace["y"], trace["ids"], strict=True)
        if row == "pla2r-mixed-up"
    ]
    assert x == at
    assert 0.5 < y - height < 1.0, "a letter of 18 pixels has its middle higher than one of 12"


def test_values_at_one_place_share_a_symbol_whatever_their_form():
    written = ["5", "<2", "positive", "3-4"]
    rows = [value(f"v-{n}", text, "D30", f"analyte {n}") for n, text in enumerate(written)]
    spec = compile(made(measurements=rows, events=[event("zero", "D0")], day_zero="zero"), Options(once="placed"))
    rail = lay_out(spec, 190.0).rail
    (cluster,) = [cluster for cluster in rail.clusters if len(cluster.marks) == len(written)]
    assert {mark.shape for mark in cluster.marks} >= {"dot", "below", "category", "range"}
    assert set(cluster.steps) == {0}


@pytest.mark.parametrize("doubted", [0, 1])
def test_a_disputed_value_among_others_at_one_place_has_its_own_symbol(doubted):
    rows = [value(f"v-{n}", "5", "D30", f"analyte {n}") for n in range(3)]
    rows[doubted]["status"] = "disputed"
    spec = compile(made(measurements=rows, events=[event("zero", "D0")], day_zero="zero"), Options(once="placed"))
    (cluster,) = [cluster for cluster in lay_out(spec, 190.0).rail.clusters if len(cluster.marks) == 3]
    at_sign = [look[3:] for look in drawn(to_svg(spec, PAGE)) if abs(look[0] - cluster.sign) < 0.01]
    assert sorted(at_sign) == sorted([(INK, INK), (TINT, TINT)])
    screen = points(to_plotly(spec))
    assert screen[f"v-{doubted}"][1:] == (TINT, TINT)
    sound = [screen[row][1:] for row in ("v-0", "v-1", "v-2") if row in screen and row != f"v-{doubted}"]
    assert sound == [(INK, INK)]


def test_words_beside_a_disputed_bar_can_be_read():
    rows = [
        course("aa", "rituximab", "D10", "D14", status="disputed", dose=1000, dose_unit="mg", frequency="once"),
        course("bb", "dupilumab", "D0", "D400"),
    ]
    spec = compile(made(therapies=rows))
    (bar,) = [bar for bar in spec.bars() if bar.row == "aa"]
    assert bar.label
    (box,) = [
        box for lane in lay_out(spec, 190.0).lanes for track in lane.tracks for box in track.bars if box.bar.row == "aa"
    ]
    assert box.where != "inside"
    words = re.findall(r'fill="(#[0-9a-f]+)"[^>]*>1000[^<]*<', to_svg(spec, PAGE))
    assert words == [MUTED]
