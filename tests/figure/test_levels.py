"""The level of a drug in the blood stands directly under the lane of its drug, on paper and on the screen."""

import pytest
from figure.build import SHIPPED, course, event, made, value
from figure.page import read
from figure.test_plotly import check_same

from casecurves.figure.caption import parts
from casecurves.figure.compile import compile
from casecurves.figure.layout import lay_out
from casecurves.figure.options import Options
from casecurves.figure.svg import to_svg
from casecurves.figure.theme import THEMES

LEVEL = {"analyte": "tacrolimus C0", "unit": "ng/mL"}
COURSES = [
    course("tac", "tacrolimus", "D0", "D90"),
    course("mmf", "mycophenolate mofetil", "D10", "D60"),
]
LAST = [event("last-visit", "D100", "last_follow_up")]
ONCE = [value("level-1", "6.5", "D30", **LEVEL)]
TWICE = [*ONCE, value("level-2", "9", "D40..D70", **LEVEL)]


def places(spec, width=190.0):
    """Return what stands from top to bottom: lanes by their drug, panels by their name."""
    page = lay_out(spec, width)
    return [
        name
        for _, name in sorted([*((b.y, b.lane.drug) for b in page.lanes), *((b.y, b.panel.label) for b in page.panels)])
    ]


@pytest.mark.parametrize("measurements", [ONCE, TWICE], ids=["one value", "two values"])
def test_levels_stand_under_the_lane_of_their_drug(measurements):
    case = made(therapies=COURSES, measurements=[*measurements, value("alb", "30", "D0")], events=LAST)
    spec, _ = check_same(case)
    assert places(spec) == ["tacrolimus", "tacrolimus C0", "mycophenolate mofetil"]
    assert [len(panel.marks) for panel in spec.panels] == [len(measurements)]
    assert [entry.row for box in spec.boxes for entry in box.entries] == ["alb"], "any other single value stays a word"
    page = lay_out(spec, 190.0)
    lane, panel = page.lanes[0], page.panels[0]
    assert 0 <= panel.y - (lane.y + lane.height) < 1.5
    assert panel.y + panel.height <= page.lanes[1].y
    assert panel.panel.lo == 0
    assert not any("lane" in note for note in spec.notes)


def test_the_time_of_a_level_is_as_honest_as_of_any_value():
    spec = compile(made(therapies=COURSES, measurements=TWICE, events=LAST))
    exact, wide = spec.panels[0].marks
    assert (exact.certainty, exact.x, wide.certainty, wide.x) == ("exact", 30.5, "interval", None)
    assert spec.panels[0].lines == ()


def test_its_name_has_the_colour_of_its_drug():
    svg = to_svg(compile(made(therapies=COURSES, measurements=ONCE, events=LAST)))
    colour = THEMES["light"].drug("calcineurin_inhibitor")
    names = [line for line in svg.split("<text") if ">tacrolimus C0<" in line]
    assert len(names) == 1
    assert colour in names[0]


@pytest.mark.parametrize(("measurements", "boxed"), [(ONCE, ["level-1"]), (TWICE, [])])
def test_without_a_lane_a_level_stays_among_the_measurements_and_the_figure_says_so(measurements, boxed):
    for therapies in ([], [course("tac", "tacrolimus")], [course("csa", "ciclosporin", "D0", "D90")]):
        spec = compile(made(therapies=therapies, measurements=measurements, events=LAST))
        assert [entry.row for box in spec.boxes for entry in box.entries] == boxed
        assert [panel.lane for panel in spec.panels] == [""] * (not boxed)
        assert "Among the measurements because the drug has no lane: tacrolimus C0." in spec.notes


def test_a_level_outside_the_window_of_its_lane_stands_among_the_panels():
    case = made(
        therapies=[course("tac", "tacrolimus", "D0", "D20"), course("mmf", "rituximab", "D0", "D90")],
        measurements=[*ONCE, value("level-3", "2", "D40", **LEVEL)],
        events=LAST,
    )
    spec = compile(case, Options(window=(25, 90)))
    assert places(spec) == ["rituximab", "tacrolimus C0"]
    assert any("no lane" in note for note in spec.notes)


def test_levels_are_no_part_of_an_overlay_and_have_no_letter():
    case = made(
        therapies=COURSES,
        measurements=[
            *TWICE,
            *(value(f"{n.lower()}-{i}x", "5", f"D{i}", n) for n in ("albumin", "CRP") for i in range(3)),
        ],
        events=LAST,
    )
    spec = compile(case, Options(view="overlay"))
    assert len(spec.overlay) == 2
    assert places(spec)[1] == "tacrolimus C0"
    assert len(parts(spec)) == len(lay_out(spec, 190.0, letters=True).letters) == 3
    check_same(case, view="overlay")


def test_the_level_of_the_shipped_case_is_one_and_stands_under_its_lane():
    spec = compile(SHIPPED["mn-dupilumab-1-illustrative"], Options(support="folded"))
    assert places(spec)[:2] == ["ciclosporin", "ciclosporin C0"]


def test_a_level_left_out_by_the_reader_is_not_drawn():
    assert "tacrolimus C0" not in places(compile(made(therapies=COURSES, measurements=ONCE), Options(analytes=())))


def test_nothing_meets_on_a_narrow_page():
    case = made(therapies=COURSES, measurements=[*TWICE, *(value(f"l-{i}x", "7", f"D{i}", **LEVEL) for i in range(9))])
    page = read(to_svg(compile(case)))
    assert page.collisions() == page.outside() == []
