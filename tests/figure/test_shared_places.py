"""Of several events at one place of the rail each has its symbol, on paper and on screen, one over the other."""

import re

import pytest
from figure.build import SHIPPED

from casecurves.analysis.reveal import reveal, telling
from casecurves.figure import symbols
from casecurves.figure.compile import compile
from casecurves.figure.layout import lay_out
from casecurves.figure.layout.blocks import LIFT
from casecurves.figure.options import Options
from casecurves.figure.page import PageOptions
from casecurves.figure.plotly import places, to_plotly
from casecurves.figure.plotly.board import CLEAR
from casecurves.figure.svg import to_svg

TOGETHER = {
    "igg4-dupilumab-1": {("mri-control", "last-visit")},
    "dm-mda5-ruxolitinib": {("skin-flare", "rux-decision"), ("readmission", "pulmonary-embolism")},
}


def shared(page):
    return [c for c in page.rail.clusters if c.x is not None and len(c.marks) > 1]


@pytest.mark.parametrize("case_id", TOGETHER)
@pytest.mark.parametrize("width_mm", [90.0, 190.0])
def test_each_symbol_is_drawn_on_paper(case_id, width_mm):
    spec = compile(SHIPPED[case_id])
    page = lay_out(spec, width_mm)
    assert {tuple(mark.row for mark in c.marks) for c in shared(page)} >= TOGETHER[case_id]
    drawn = re.findall(
        r'<path transform="translate\(([\d.]+) ([\d.]+)\)[^"]*" d="([^"]*)"',
        to_svg(spec, PageOptions(width_mm=width_mm)),
    )
    for cluster in shared(page):
        for number, mark in enumerate(cluster.marks):
            y, shape = page.rail.line_y - (cluster.lift + number) * LIFT, symbols.EVENTS[mark.symbol][0]
            near = [d for x, at, d in drawn if abs(float(x) - cluster.sign) < 0.01 and abs(float(at) - y) < 0.01]
            assert shape in near, mark.row


@pytest.mark.parametrize("case_id", TOGETHER)
def test_each_symbol_is_drawn_and_can_be_chosen_on_screen(case_id):
    spec = compile(SHIPPED[case_id])
    seen = {}
    for trace in to_plotly(spec)["data"]:
        marker = trace.get("marker") or {}
        rows, colours = trace.get("ids") or (), marker.get("color")
        for n, row in enumerate(rows):
            colour = colours[n] if isinstance(colours, list) else colours
            if row and colour != CLEAR and "y" in trace:
                seen.setdefault(str(row).split("#")[0], set()).add(trace["y"][n])
    targets = {target.row: (target.y0, target.y1) for target in places(spec).marks}
    for rows in TOGETHER[case_id]:
        heights = [min(seen[row]) for row in rows]
        assert len({round(y, 1) for y in heights}) == len(rows)
        for row, y in zip(rows, heights, strict=True):
            assert targets[row][0] < y < targets[row][1]


def test_values_at_one_place_share_a_symbol_for_all_have_the_same():
    """Before a class single values stand on the rail: a column of ten dots says no more than one."""
    told = telling(SHIPPED["dm-mda5-ruxolitinib"])
    spec = compile(reveal(SHIPPED["dm-mda5-ruxolitinib"], told, 1), Options(once="placed"))
    crowd = max(shared(lay_out(spec, 190.0)), key=lambda cluster: len(cluster.marks))
    assert len(crowd.marks) > 8
    assert max(crowd.steps) <= 2
    drawn = re.findall(r'<path transform="translate\(([\d.]+) [\d.]+\)', to_svg(spec, PageOptions(width_mm=190.0)))
    assert sum(abs(float(x) - crowd.sign) < 0.01 for x in drawn) == len(set(crowd.steps))


def test_no_two_symbols_of_the_rail_lie_on_one_another():
    for case in SHIPPED.values():
        for width_mm in (90.0, 140.0, 190.0):
            spots = [
                (cluster.sign, cluster.lift + step)
                for cluster in lay_out(compile(case), width_mm).rail.clusters
                for step in set(cluster.steps)
                if cluster.x is not None
            ]
            for n, (x, lift) in enumerate(spots):
                assert all(abs(x - at) >= 2.4 for at, level in spots[:n] if level == lift)
