"""Marks of the interactive picture look as the legend and the paper have them, however wide it is."""

import re

import pytest
from figure.build import SHIPPED, course, event, made, value

from casecurves.figure.compile import compile
from casecurves.figure.layout import lay_out
from casecurves.figure.layout.lanes import brackets
from casecurves.figure.plotly import PX_PER_MM, to_plotly
from casecurves.figure.svg import to_svg
from casecurves.figure.theme import THEMES

LIGHT = THEMES["light"]
TOGETHER = made(
    therapies=[
        course("one", "prednisone", "D0", "D90", regimen="both"),
        course("two", "cyclophosphamide", "D0", "D60", regimen="both"),
        course("third", "dupilumab", "D90", "D200"),
    ]
)


def shapes(case, **look):
    """Return the shapes of the picture in pixels that have this look."""
    found = [shape for shape in to_plotly(compile(case))["layout"]["shapes"] if shape.get("xsizemode") == "pixel"]
    return [shape for shape in found if look.items() <= shape.items()]


def numbers(path):
    return [float(found) for found in re.findall(r"-?[\d.]+", path)]


def test_drugs_given_together_have_one_bracket_on_both_pictures():
    (bracket,) = shapes(TOGETHER)
    page = lay_out(compile(TOGETHER), 1180 / PX_PER_MM, words="none")
    ((x0, y0, x1, y1),) = brackets(page.lanes, page.frame)
    left, right = ((x - page.frame.plot0) * PX_PER_MM for x in (x0, x1))
    top, bottom = page.lanes[0], page.lanes[1]
    assert top.y < y0 < y1 < bottom.y + bottom.height
    assert set(numbers(bracket["path"])) == {round(left), round(right), round(y0, 1), round(y1, 1)}
    assert right < 0, "beside the plot"
    assert re.search(r'<path d="M[\d.]+,[\d.]+H[\d.]+V[\d.]+H[\d.]+"', to_svg(compile(TOGETHER)))


def test_a_drug_alone_has_no_bracket():
    assert shapes(made(therapies=[course("one", "prednisone", "D0", "D90", regimen="both")])) == []


def test_results_in_words_and_drugs_without_a_place_stand_in_pills():
    case = made(
        therapies=[course("aa", "dupilumab", "D0", "D90"), course("bb", "prednisone")],
        measurements=[value("v-1", "positive", "D10", "ANA"), value("v-2", "negative", "D30..D60", "ANA")],
    )
    chip, exact, within = shapes(case, fillcolor=LIGHT.paper)
    assert chip["line"]["dash"] and "dash" not in exact["line"]
    assert {path.count("C") for path in (chip["path"], exact["path"], within["path"])} == {2}, "round at both ends"
    # Under the words of one whose time is an interval runs its line.
    assert (exact.get("layer"), within.get("layer")) == ("between", "above")
    figure = to_plotly(compile(case))
    assert not any("bordercolor" in note for note in figure["layout"]["annotations"])
    assert any(note["text"] == "negative" and note["bgcolor"] for note in figure["layout"]["annotations"])


def test_a_range_has_a_cap_at_either_end():
    case = made(measurements=[value("v-1", "10", "D0"), value("v-2", "20-30", "D50")])
    (shape,) = shapes(case)
    page = lay_out(compile(case), 1180 / PX_PER_MM, words="none")
    (box,) = page.panels
    mark = next(mark for mark in box.marks if mark.mark.row == "v-2")
    low, high = round(mark.y, 1), round(box.at(mark.mark.y2), 1)
    assert shape["path"] == f"M-4,{low}H4H0V{high}H-4H4"


@pytest.mark.parametrize(("case_id", "count"), [("mn-dupilumab-1", 2), ("mn-dupilumab-1-illustrative", 0)])
def test_where_only_the_order_is_known_the_ground_is_hatched(case_id, count):
    found = to_plotly(compile(SHIPPED[case_id]))["layout"]["shapes"]
    hatches = [shape for shape in found if shape.get("line", {}).get("color") == LIGHT.zone_line]
    zones = [zone for zone in compile(SHIPPED[case_id]).axis.zones if zone.name != "main"]
    assert len(hatches) == len(zones)
    assert bool(hatches) == bool(count)
    for hatch in hatches:
        x0, y0, x1, y1 = numbers(hatch["path"])
        assert x1 - x0 == pytest.approx((y1 - y0) * PX_PER_MM, rel=0.01), (
            "falling, so that its dashes rise, as on paper"
        )
        # It is cut off at the edges of its own axis.
        assert hatch["xref"] in {"x2", "x3"}
        assert hatch["line"]["dash"] == "1px,9px"
        assert hatch["line"]["width"] > x1 - x0


def test_day_zero_runs_over_reference_ranges_on_both_pictures():
    rows = [value(f"v-{day}", "40", f"D{day}", ref_low=35, ref_high=50) for day in (0, 100)]
    case = made(measurements=rows, events=[event("start", "D0"), event("last", "D100", "last_follow_up")])
    found = to_plotly(compile(case))["layout"]["shapes"]
    band = next(n for n, shape in enumerate(found) if shape.get("fillcolor") == LIGHT.band)
    lines = [n for n, shape in enumerate(found) if shape.get("line", {}).get("width") == 1.2]
    assert len(lines) == 2
    assert all(n > band for n in lines)
    svg = to_svg(compile(case))
    shade = svg.index(f'fill="{LIGHT.band}"')
    first = re.search(
        rf'<line x1="([\d.]+)" y1="[\d.]+" x2="\1" y2="[\d.]+" stroke="{LIGHT.ink}" stroke-width="0.3"', svg
    )
    assert first and first.start() > shade
