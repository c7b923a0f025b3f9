"""What was found at a visit and began before never looks like an onset: points, doses, courses and states."""

import re

import pytest
from figure.build import course, dose, event, made, value
from figure.test_plotly import check_same

from casecurves.figure.compile import compile
from casecurves.figure.layout import lay_out
from casecurves.figure.layout.signs import ARROW, TAIL
from casecurves.figure.options import Options
from casecurves.figure.page import PageOptions
from casecurves.figure.plotly import PX_PER_MM, to_plotly
from casecurves.figure.svg import laid_out, to_svg

FOUND = made(
    day_zero="visit",
    therapies=[
        course("ram", "ramipril", "..M3", "ongoing", dose=5, dose_unit="mg"),
        course("pred", "prednisone", "..M2"),
        course("mmf", "mycophenolate mofetil", "soon:visit & ..M3", "M7"),
        course("tac", "tacrolimus", "M1", "M6"),
    ],
    doses=[dose("dose-30", "pred", 30, "..M2")],
    events=[
        event("visit", "D0", "admission"),
        event("oedema", "..M4", "complication", end="M6"),
        event("ascites", "M5", "complication", end="M6"),
        event("rash", "..M5", "flare"),
        event("closing", "M9", "last_follow_up"),
    ],
    measurements=[value("alb-1", "30", "..M2"), value("alb-2", "34", "M6")],
)
MONTH = 30.4375


def test_courses_and_states_found_on_are_told_from_those_with_an_onset():
    found = {bar.row for bar in compile(FOUND).bars() if bar.found}
    assert found == {"ram", "pred", "oedema"}, "what began rapidly after something has an onset"
    assert "found_bar" in {item.kind for item in compile(FOUND).legend}


def test_the_sign_stands_where_it_was_found_in_both_pictures():
    spec, figure = check_same(FOUND)
    page = lay_out(spec, 1180.0 / PX_PER_MM, words="none")
    boxes = [(box.begun, track.middle, box.bar) for lane in page.lanes for track in lane.tracks for box in track.bars]
    boxes += [(band.begun, band.y + 1.5, band.bar) for band in page.rail.bands]
    wanted = [(page.frame.x("main", bar.begins[-1].x1), y) for begun, y, bar in boxes if bar.found]
    assert [begun for begun, _, bar in boxes if bar.found] == pytest.approx([x for x, _ in wanted])
    arrows = [
        (x * MONTH, y)
        for trace in figure["data"]
        if trace["type"] == "scatter" and trace["mode"] == "markers"
        for x, y, symbol in zip(trace["x"], trace["y"], each(trace, "symbol"), strict=True)
        if symbol == "triangle-left"
    ]
    drawn = sorted((page.frame.x("main", x) + 0.6 * ARROW, y) for x, y in arrows)
    for found, expected in zip(drawn, sorted(wanted), strict=True):
        assert found == pytest.approx(expected, abs=0.05)
    tails = [shape for shape in figure["layout"]["shapes"] if shape["line"].get("dash") == "dot" and "path" in shape]
    assert sum(shape["path"].count("H") for shape in tails if "fillcolor" not in shape) >= len(wanted) + 2


def each(trace, name):
    found = trace["marker"][name]
    return found if isinstance(found, list) else [found] * len(trace["x"])


def test_paper_draws_a_hollow_arrow_and_a_dotted_tail_once_for_each():
    spec = compile(FOUND)
    svg = to_svg(spec, bare=True)
    # Three bars with an arrow, and a tail each; a dose, its panel, a value and an event with a tail alone.
    assert svg.count('stroke-dasharray="0.6 0.5"') == 3 + 4
    onset = compile(made(therapies=[course("aa", "ramipril", "M3", "ongoing")]))
    assert 'stroke-dasharray="0.6 0.5"' not in to_svg(onset)


def test_a_tail_stays_beside_the_axis():
    spec = compile(made(day_zero="visit", events=[event("visit", "D0"), event("rash", "..D0"), event("late", "D900")]))
    narrow = PageOptions(width_mm=90)
    page = laid_out(spec, narrow)
    at = next(c.x for c in page.rail.clusters if c.marks[0].row == "rash")
    assert at - TAIL < page.frame.plot0
    tails = re.findall(r'<line x1="([\d.]+)"[^>]*dasharray="0.6 0.5"', to_svg(spec, narrow, bare=True))
    assert [float(x) for x in tails] == pytest.approx([page.frame.plot0], abs=0.001)


def test_words_keep_clear_of_the_sign():
    for width in (90.0, 140.0, 190.0):
        for band in lay_out(compile(FOUND), width).rail.bands:
            if band.bar.found:
                assert band.label_x >= band.begun or band.label_x < band.x0


def test_a_window_beside_the_visit_shows_no_sign_of_it():
    for first, expected in ((50, {"ram", "pred", "oedema"}), (150, set())):
        spec = compile(FOUND, Options(window=(first, 280)))
        assert {bar.row for bar in spec.bars() if bar.found} == expected
        to_plotly(spec)
