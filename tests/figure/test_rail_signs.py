"""Every mark of the rail is drawn, told and pointed at, also without its words; a state says how it ended."""

import re
from dataclasses import replace

import pytest
from figure.build import SHIPPED, course, event, made

from casecurves.figure.compile import compile
from casecurves.figure.layout import lay_out
from casecurves.figure.page import PageOptions
from casecurves.figure.plotly import places, to_plotly
from casecurves.figure.spec import Lane
from casecurves.figure.svg import to_svg
from casecurves.figure.theme import THEMES
from casecurves.figure.thin import Thinning, thinned

PAGE = PageOptions(width_mm=190.0)


def shared(names):
    rows = [event("zero", "D0"), event("relapse", "D100", "relapse"), event("biopsy", "D100", "biopsy")]
    return thinned(compile(made(events=rows, day_zero="zero")), Thinning(names=names))


@pytest.mark.parametrize("names", [0, 1, 2, 3])
def test_an_event_that_loses_its_name_beside_another_keeps_all_else(names):
    spec = shared(names)
    assert sum(not mark.label for mark in spec.rail.marks) == 3 - names
    clusters = lay_out(spec, 190.0).rail.clusters
    assert sorted(mark.row for cluster in clusters for mark in cluster.marks) == ["biopsy", "relapse", "zero"]
    (both,) = [cluster for cluster in clusters if len(cluster.marks) == 2]
    assert both.steps == (0, 1)
    found = re.findall(r'<path transform="translate\(([\d.]+) ([\d.]+)\)', to_svg(spec, PAGE))
    assert len({y for x, y in found if abs(float(x) - both.sign) < 0.01}) == 2
    figure = to_plotly(spec)
    told = [text for trace in figure["data"] if "ids" in trace for text in trace["customdata"]]
    assert any("relapse" in text and "biopsy" in text for text in told)
    assert {target.row for target in places(spec).marks} == {"biopsy", "relapse", "zero"}
    rows = set(re.findall(r'data-row="([^"]*)"', to_svg(spec, PAGE)))
    assert rows >= {"biopsy", "relapse", "zero"}


def questions(figure):
    texts = [text for trace in figure["data"] if trace.get("mode") == "text" for text in trace["text"]]
    texts += [note["text"] for note in figure["layout"]["annotations"]]
    return sum(text.strip() == "<b>?</b>" for text in texts)


@pytest.mark.parametrize(("end", "count"), [("D200..", 1), ("ongoing", 0), ("D200", 0)])
def test_a_state_whose_end_is_not_known_says_so_on_screen_as_on_paper(end, count):
    rows = [event("zero", "D0"), event("ill", "D50", "infection", end=end), event("last", "D300", "last_follow_up")]
    spec = compile(made(events=rows, day_zero="zero"))
    written = re.findall(r'y="([\d.]+)"[^>]*>\?<', to_svg(spec, PAGE))
    assert sum(float(y) < lay_out(spec, 190.0).axis_y for y in written) == questions(to_plotly(spec)) == count
    assert ("unknown_end" in {item.kind for item in spec.legend}) == bool(count)


def test_what_came_soon_after_is_tied_to_what_it_followed_on_screen_as_on_paper():
    rows = [event("zero", "D0"), event("rash", "soon:zero", "flare"), event("last", "D90", "last_follow_up")]
    spec = compile(made(events=rows, day_zero="zero"))
    (cluster,) = [cluster for cluster in lay_out(spec, 190.0).rail.clusters if cluster.marks[0].row == "rash"]
    assert cluster.marks[0].certainty == "soon"
    assert "soon" in {item.kind for item in spec.legend}
    ties = re.findall(r'<line x1="([\d.]+)" y1="[^"]*" x2="([\d.]+)"', to_svg(spec, PAGE))
    assert (cluster.x, cluster.sign) in [pytest.approx((float(a), float(b)), abs=0.01) for a, b in ties]
    figure = to_plotly(spec)
    (sign,) = [
        (x, y)
        for trace in figure["data"]
        if trace.get("mode") == "markers"
        for x, y, row in zip(trace["x"], trace["y"], trace["ids"], strict=True)
        if row == "rash"
    ]
    ends = re.findall(r"M0,([\d.]+)H([\d.]+)", " ".join(shape["path"] for shape in figure["layout"]["shapes"]))
    assert (sign[1], sign[0]) in [(float(y), float(x)) for y, x in ends]


def test_what_was_found_on_has_the_colour_of_its_drug_on_the_lane_of_a_patient():
    spec = compile(
        made(therapies=[course("aa", "dupilumab", "..D10", "D90")], events=[event("zero", "D0")], day_zero="zero")
    )
    (lane,) = spec.lanes
    bars = [replace(bar, drug_class=lane.drug_class) for track in lane.tracks for bar in track.bars]
    assert [bar.found for bar in bars] == [True]
    patient = Lane("A patient", "", "", (replace(lane.tracks[0], bars=tuple(bars)),), patient="made")
    figure = to_plotly(replace(spec, lanes=(patient,)))
    theme = THEMES["light"]
    drug, ink = theme.drug(lane.drug_class), theme.ink
    dotted = [s["line"]["color"] for s in figure["layout"]["shapes"] if s.get("line", {}).get("dash") == "dot"]
    assert drug in dotted
    assert ink not in dotted
    arrows = [
        edge
        for trace in figure["data"]
        if trace.get("mode") == "markers"
        for symbol, edge in zip(spread(trace, "symbol"), spread(trace, "line"), strict=True)
        if symbol == "triangle-left"
    ]
    assert arrows == [drug]


def spread(trace, look):
    found = trace["marker"]["line"]["color"] if look == "line" else trace["marker"][look]
    return found if isinstance(found, list) else [found] * len(trace["x"])


@pytest.mark.parametrize("width_mm", [90.0, 140.0, 190.0])
@pytest.mark.parametrize("case_id", SHIPPED)
def test_no_words_begin_right_behind_the_leader_of_others(case_id, width_mm):
    clusters = [one for one in lay_out(compile(SHIPPED[case_id]), width_mm).rail.clusters if not one.alone]
    for one in clusters:
        for other in clusters:
            same_height = one.block_y < other.block_y + other.block_h - 0.6
            before = 0 < one.block_x - other.leader < 1.9
            # Its own leader stands there, of which other words end left.
            assert not (one is not other and same_height and before and other.block_y <= one.block_y), one.marks[0].row


def test_words_left_of_their_leader_are_held_where_they_end():
    spec = compile(SHIPPED["mn-dupilumab-1"])
    page = lay_out(spec, PAGE.width_mm)
    held = [item.text for one in page.rail.clusters for item in one.items if one.end_of(item) is not None]
    assert "membranous nephropathy" in held or "nephrotic syndrome" in held
    svg = to_svg(spec, PAGE)
    for words in held:
        assert re.search(rf'text-anchor="end">{re.escape(words)}<', svg), words
