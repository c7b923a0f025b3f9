"""Where the marks of the interactive picture are: every one of them, where it is drawn, in the order of time."""

import pytest
from figure.build import SHIPPED, course, event, made
from hypothesis import HealthCheck, given, settings
from strategies import cases

from casecurves.figure.compile import compile
from casecurves.figure.options import Options
from casecurves.figure.plotly import places, to_plotly

ROOM = 1.0  # millimetres between the middle of a mark and its edge


def check(case, options=None):
    spec = compile(case, options or Options())
    if spec.empty:
        return
    pointed = places(spec).marks
    limits = [target for target in pointed if target.words]
    bands = [band.id for panel in spec.panels for band in panel.bands if band.span]
    wanted = [*bands, *(line.id for panel in spec.panels for line in panel.thresholds)]
    assert sorted(target.row for target in limits) == sorted(wanted), "every range and every threshold"
    found = [target for target in pointed if not target.words]
    assert pointed[: len(pointed) - len(limits)] == tuple(found) or spec.charts or spec.chips
    drawn = to_plotly(spec)
    boxed = {entry.row for box in spec.boxes for entry in box.entries}
    placed = {mark.row for mark in spec.marks() if mark.place} | {bar.row for bar in spec.bars() if bar.possible}
    assert placed | {chip.row for chip in spec.chips} <= {target.row for target in found} <= spec.drawn()
    assert not boxed & {target.row for target in found}
    turns = [target.turn for target in found if target.axis not in ("", "x4")]
    assert turns == sorted(turns)
    assert all(first <= last for first, last in turns)
    assert all(target.x0 <= target.x1 and target.y0 < target.y1 for target in found)
    for trace in drawn["data"]:
        for name, x, y in zip(trace.get("ids", ()), trace["x"], trace["y"], strict=False):
            row = name.partition("#")[0]
            if row and trace["type"] == "scatter":
                at = across(drawn, trace["xaxis"], x)
                assert any(
                    target.row == row
                    and across(drawn, target.axis, target.x0) - 0.02
                    <= at
                    <= across(drawn, target.axis, target.x1) + 0.02
                    and target.y0 - ROOM <= y <= target.y1 + ROOM
                    for target in found
                    if target.axis
                ), name


def across(drawn, axis: str, x: float) -> float:
    """How far across the plot a place of an axis is, from 0 to 1: what lies in two zones is given in one of them."""
    shown = drawn["layout"][axis.replace("x", "xaxis")]
    (lo, hi), (left, right) = shown["range"], shown["domain"]
    return left + (right - left) * (x - lo) / (hi - lo)


@pytest.mark.parametrize("view", ["stacked", "overlay"])
@pytest.mark.parametrize("case_id", SHIPPED)
def test_every_mark_of_the_shipped_cases_can_be_pointed_at(case_id, view):
    check(SHIPPED[case_id], Options(view=view))


def order(case_id):
    return list(dict.fromkeys(target.row for target in places(compile(SHIPPED[case_id], Options())).marks))


def test_what_is_known_only_by_when_stands_where_it_must_lie_and_not_first():
    found = order("dm-mda5-ruxolitinib")
    assert found[:2] == ["rash-onset", "admission"]
    for row in ("ground-glass", "diaphragm"):
        assert found.index("skin-flare") < found.index(row) < found.index("readmission")


def test_a_course_stands_where_it_begins_whatever_follows():
    found = order("mn-dupilumab-1")
    assert found.index("response-lost") < found.index("dupilumab") < found.index("complete-remission")
    assert found.index("nephrotic-syndrome") < found.index("ciclosporin") < found.index("glucocorticoid")


def test_the_shade_of_a_state_can_be_pointed_at_down_to_the_axis():
    case = made(
        therapies=[course("drug-a", "prednisone", "D0", "D300")],
        events=[event("zero", "D0"), event("state", "D50", kind="pregnancy", end="D200")],
        day_zero="zero",
    )
    band, shade = (target for target in places(compile(case, Options())).marks if target.row == "state")
    assert (band.area, shade.area) == (False, True)
    assert (band.x0, band.x1, band.y0) == (shade.x0, shade.x1, shade.y0)
    assert shade.y1 > band.y1 + 5


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(cases())
def test_every_mark_can_be_pointed_at(case):
    check(case)


def test_words_that_can_be_clicked_say_whose_they_are():
    spec = compile(SHIPPED["dm-mda5-ruxolitinib"], Options())
    notes = to_plotly(spec)["layout"]["annotations"]
    assert {note["name"] for note in notes if "hovertext" in note} <= spec.drawn() | {
        f"fold-{f.n}" for f in spec.axis.breaks
    }
    assert {mark.row for mark in spec.rail.marks} <= {note.get("name") for note in notes}
