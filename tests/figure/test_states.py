"""States in which all else is to be read are shaded throughout, and no more of them than is certain."""

import pytest
from figure.build import course, event, made, value
from figure.page import read
from figure.test_plotly import check_same

from casecurves.figure.compile import compile
from casecurves.figure.layout import lay_out
from casecurves.figure.page import PageOptions
from casecurves.figure.plotly import to_plotly
from casecurves.figure.svg import to_svg

STATES = made(
    therapies=[course("aa", "tacrolimus", "D0", "ongoing"), course("bb", "prednisone", "D10", "D60")],
    measurements=[value("v-1", "30", "D9"), value("v-2", "35", "D90"), value("v-3", "38", "D180")],
    events=[
        event("dialysis", "D5..D12", "dialysis", end="D40..D55"),
        event("graft", "D60", "transplant", label="kidney transplant"),
        event("icu-stay", "D62", "admission", end="D70", grade="intensive care", grade_fr="réanimation"),
        event("ward", "D80", "admission", end="D85"),
        event("expecting", "D100", "pregnancy", end="ongoing"),
        event("no-dialysis", "D100", "dialysis", end="D120", presence="absent"),
        event("doubted", "D100", "dialysis", end="D120", status="disputed"),
        event("last", "D200", "last_follow_up"),
    ],
)


def test_pregnancy_dialysis_and_intensive_care_are_shaded_throughout_and_an_admission_alone_is_not():
    across = {bar.row for bar in compile(STATES).rail.bands if bar.across}
    assert across == {"dialysis", "icu-stay", "expecting"}


@pytest.mark.parametrize("grade", ["Réanimation", "ICU", "soins intensifs", "Intensive-care unit"])
def test_intensive_care_is_read_as_people_write_it(grade):
    case = made(events=[event("stay", "D0", "admission", end="D9", grade=grade)])
    assert compile(case).rail.bands[0].across


@pytest.mark.parametrize("grade", ["", "surgical ward", "not intensive care", "grade 3"])
def test_any_other_ward_is_not(grade):
    case = made(events=[event("stay", "D0", "admission", end="D9", grade=grade)])
    assert not compile(case).rail.bands[0].across


@pytest.mark.parametrize("width", [90, 140, 190])
def test_their_words_stand_once_at_the_top_and_meet_nothing(width):
    spec = compile(STATES)
    page = lay_out(spec, width)
    tops = {box.bar.row: box.y for box in page.rail.bands}
    assert all(tops[row] < page.lanes[0].y for row in ("dialysis", "icu-stay", "expecting"))
    assert all(tops[row] >= page.rail.y for row in ("ward", "no-dialysis", "doubted"))
    printed = read(to_svg(spec, PageOptions(width_mm=width)))
    assert printed.collisions() == []
    assert sum("expecting" in word.text for word in printed.words) == 1


def shades(figure):
    return [shape for shape in figure["layout"]["shapes"] if shape.get("fillcolor", "").startswith("rgba")]


def test_the_shade_is_only_what_is_certain():
    spec = compile(STATES)
    page = lay_out(spec, 190)
    (box,) = [box for box in page.rail.bands if box.bar.row == "dialysis"]
    svg = to_svg(spec)
    full = page.axis_y - box.y
    assert f'x="{box.c0:.3f}'.rstrip("0") in svg
    assert f'height="{full:.3f}'.rstrip("0") in svg
    certain = box.bar.certain[0]
    assert (certain.x0, certain.x1) == (13.0, 40.0)
    assert shades(to_plotly(spec))


def test_from_a_transplant_on_there_is_a_line_where_its_day_is_known():
    spec = compile(STATES)
    assert "after" in {item.kind for item in spec.legend}
    (graft,) = [mark for mark in spec.rail.marks if mark.row == "graft"]
    assert graft.from_here
    vague = made(events=[event("graft", "D10..D190", "transplant"), event("last", "D200", "last_follow_up")])
    assert "after" not in {item.kind for item in compile(vague).legend}


def test_both_pictures_shade_the_same():
    check_same(STATES)


def test_words_have_a_ground_where_the_line_of_a_transplant_runs_through():
    course_ = course("pred", "prednisone", "D0", "D10", dose=60, dose_unit="mg/d", frequency="every second morning")
    ends = [event("last", "D200", "last_follow_up")]
    for kind, ground in (("transplant", True), ("biopsy", False)):
        case = made(therapies=[course_], events=[event("graft", "D40", kind), *ends], day_zero="pred")
        notes = to_plotly(compile(case))["layout"]["annotations"]
        assert any("every second morning" in note["text"] and "bgcolor" in note for note in notes) == ground
