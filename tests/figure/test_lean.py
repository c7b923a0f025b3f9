"""What is said once instead of many times is the same picture."""

import re

import pytest
from figure.build import SHIPPED
from hypothesis import given
from hypothesis import strategies as st

from casecurves.figure.compile import compile
from casecurves.figure.plotly import to_plotly
from casecurves.figure.plotly.lean import beyond, joined, lean


def area(x0, x1, y0=0, y1=10, **look):
    look = {"fillcolor": "#eee", "line": {"width": 0}} | look
    return {"type": "rect", "xref": "x", "yref": "y", "x0": x0, "x1": x1, "y0": y0, "y1": y1, **look}


def stroke(x0, x1, y, **look):
    look = {"line": {"width": 1, "color": "#333"}} | look
    return {"type": "line", "xref": "x", "yref": "y", "x0": x0, "x1": x1, "y0": y, "y1": y, **look}


def order(shapes):
    return [(group.look.get("fillcolor", "line"), len(group.parts)) for group in joined(shapes)]


def test_lines_of_one_look_become_one_path():
    assert [group.shape()["path"] for group in joined([stroke(1, 2, 3), stroke(4, 5, 6)])] == ["M1,3H2M4,6H5"]


def test_lines_of_two_looks_stay_two():
    assert len(joined([stroke(1, 2, 3), stroke(1, 2, 3, line={"width": 2, "color": "#333"})])) == 2


def test_what_lies_on_an_area_stays_on_it():
    shapes = [stroke(1, 2, 3), area(0, 9), stroke(4, 5, 6)]
    assert order(shapes) == [("line", 1), ("#eee", 1), ("line", 1)]
    beside = [stroke(1, 2, 3), area(20, 29), stroke(4, 5, 6)]
    assert order(beside) == [("line", 2), ("#eee", 1)]
    over = [area(0, 9), area(5, 12, fillcolor="#ccc"), area(8, 10)]
    assert order(over) == [("#eee", 1), ("#ccc", 1), ("#eee", 1)]


def test_what_spans_the_paper_meets_everything_beside_it():
    across = stroke(0, 1, 5, xref="paper")
    assert order([across, area(300, 400), across]) == [("line", 1), ("#eee", 1), ("line", 1)]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.sampled_from("abc")), max_size=12))
def test_no_area_changes_sides(places):
    """Of two areas that overlap, the later one stays above."""
    shapes = [area(x, x + 5, y, y + 5, fillcolor=look) for x, y, look in places]
    drawn = []
    for group in joined(shapes):
        for part in group.parts:
            x, y = map(int, re.match(r"M(\d+),(\d+)", part).groups())
            drawn.append((x, y, group.look["fillcolor"]))
    assert sorted(drawn) == sorted(places)
    for i, first in enumerate(places):
        for second in places[i + 1 :]:
            if first[2] != second[2] and abs(first[0] - second[0]) < 5 and abs(first[1] - second[1]) < 5:
                last = max(at for at, found in enumerate(drawn) if found == second)
                assert drawn.index(first) < last


def merged(shared, given):
    found = dict(shared)
    for key, value in given.items():
        found[key] = merged(shared.get(key, {}), value) if isinstance(value, dict) else value
    return found


FLAT = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 2), min_size=1)


@given(st.dictionaries(st.sampled_from("abcd"), st.integers(0, 2)), st.dictionaries(st.sampled_from("efg"), FLAT), FLAT)
def test_what_is_left_out_is_what_is_shared(flat, nested, shared):
    shared = shared | {"e": shared}
    full = merged(shared, flat | nested)
    assert merged(shared, beyond(full, shared)) == full


@pytest.mark.parametrize("case_id", SHIPPED)
def test_the_notes_of_a_figure_carry_only_what_differs(case_id):
    layout = to_plotly(compile(SHIPPED[case_id]))["layout"]
    shared = layout["template"]["layout"]
    for kind, name in (("annotations", "annotationdefaults"), ("shapes", "shapedefaults")):
        assert all(beyond(item, shared[name]) == item for item in layout[kind])
    assert not any(layout["font"].items() & note.get("font", {}).items() for note in layout["annotations"])
    assert {shape.get("type", "path") for shape in layout["shapes"]} <= {"path"}


def test_a_layout_without_anything_in_it_is_itself():
    found = lean({"shapes": [], "annotations": [], "height": 3, "font": {"size": 12}}, {})
    assert (found["shapes"], found["annotations"], found["height"]) == ([], [], 3)
