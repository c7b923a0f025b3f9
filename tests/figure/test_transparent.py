"""Without a ground nothing is laid under words or symbols: what would run through them is cut out round them."""

import re
from io import BytesIO

import pytest
from figure.build import SHIPPED
from PIL import Image

from casecurves.figure.compile import compile
from casecurves.figure.export import printed, render
from casecurves.figure.options import Options
from casecurves.figure.page import PageOptions
from casecurves.figure.svg import laid_out, to_svg
from casecurves.figure.svg.holes import hole_of, oblong, outside
from casecurves.figure.svg.rail import plates
from casecurves.figure.theme import THEMES
from casecurves.knowledge.rules import all_rules

COURSES = ["dm-mda5-ruxolitinib", "mn-dupilumab-1-illustrative"]
RECT = re.compile(r'<rect x="([-.\d]+)" y="([-.\d]+)" width="[-.\d]+" height="[-.\d]+" fill="(#\w+)"/>')


def covered(svg, paper):
    return {(float(x), float(y)) for x, y, fill in RECT.findall(svg) if fill == paper}


@pytest.mark.parametrize("theme", ["light", "dark", "grey"])
@pytest.mark.parametrize("case_id", COURSES)
def test_no_plate_lies_under_words_without_a_ground(case_id, theme):
    spec = compile(SHIPPED[case_id])
    paper = THEMES[theme].paper
    with_ground, without = (to_svg(spec, PageOptions(theme=theme, transparent=bare)) for bare in (False, True))
    wanted = {(round(x0, 3), round(y0, 3)) for x0, y0, _, _ in plates(laid_out(spec, PageOptions()))}
    assert len(wanted) > 8
    assert wanted <= covered(with_ground, paper), "on paper every plate is there"
    assert not wanted & covered(without, paper)


def test_lines_are_cut_out_round_words_without_a_ground():
    spec = compile(SHIPPED[COURSES[0]])
    page = PageOptions(transparent=True)
    svg = to_svg(spec, page)
    (clip,) = re.findall(r'<clipPath id="round-words"><path clip-rule="evenodd" d="([^"]+)"', svg)
    holes = plates(laid_out(spec, page))
    assert clip.count("Z") == len(holes) + 1
    assert not any(
        a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3] for i, a in enumerate(holes) for b in holes[i + 1 :]
    ), "two holes that met would be filled where they meet"
    ground = svg[svg.index("<g clip-path") : svg.index("</g>")]
    assert ground.count("<line") > 5, "day zero and the grid stop at words"
    assert "clipPath" not in to_svg(spec)


@pytest.mark.parametrize("view", ["stacked", "overlay"])
@pytest.mark.parametrize("case_id", SHIPPED)
def test_nothing_is_filled_with_a_paper_that_is_not_there(case_id, view):
    # In the dark theme nothing else has the colour of the paper.
    spec = compile(SHIPPED[case_id], Options(view=view, rules=tuple(all_rules()) if view == "stacked" else ()))
    paper = THEMES["dark"].paper
    assert f'fill="{paper}"' in to_svg(spec, PageOptions(theme="dark"))
    assert paper not in to_svg(spec, PageOptions(theme="dark", transparent=True))


SYMBOL = re.compile(r'<path transform="translate\(([-\d.]+) ([-\d.]+)\) scale\(([\d.]+)\)" d="([^"]+Z)" fill="none"')
LINE = re.compile(r'<line x1="([-\d.]+)" y1="([-\d.]+)" x2="([-\d.]+)" y2="([-\d.]+)"')


@pytest.mark.parametrize("case_id", COURSES)
def test_no_line_runs_through_a_hollow_symbol(case_id):
    svg = to_svg(compile(SHIPPED[case_id]), PageOptions(transparent=True))
    symbols = [hole_of(d, float(x), float(y), float(r) * 0.8) for x, y, r, d in SYMBOL.findall(svg)]
    lines = [((float(a), float(b)), (float(c), float(d))) for a, b, c, d in LINE.findall(svg)]
    assert len(symbols) > 5
    assert all(outside(*line, symbols) == [line] for line in lines)
    opaque = to_svg(compile(SHIPPED[case_id]))
    under = [((float(a), float(b)), (float(c), float(d))) for a, b, c, d in LINE.findall(opaque)]
    assert not all(outside(*line, symbols) == [line] for line in under), "on paper they do, and the fill hides them"


def test_a_line_is_cut_where_it_enters_and_where_it_leaves():
    square, dot = oblong(2, -1, 2, 2), hole_of("M-0.85,0A0.85,0.85 0 1 0 0.85,0Z", 7, 0, 1)
    pieces = outside((0.0, 0.0), (10.0, 0.0), [square, dot])
    assert [x for piece in pieces for x, _ in piece] == pytest.approx([0, 2, 4, 6.15, 7.85, 10], abs=0.01)
    assert outside((2.5, 0.0), (3.5, 0.5), [square]) == []
    assert outside((0.0, 5.0), (10.0, 5.0), [square, dot]) == [((0.0, 5.0), (10.0, 5.0))]
    assert outside((3.0, -9.0), (3.0, 9.0), [square]) == [((3.0, -9.0), (3.0, -1.0)), ((3.0, 1.0), (3.0, 9.0))]


def test_what_is_pale_is_as_pale_on_any_ground():
    """A line that covers a part of its pixels keeps its colour there, and lets as much through as it leaves."""
    head = '<svg xmlns="http://www.w3.org/2000/svg" width="10mm" height="10mm" viewBox="0 0 10 10"><title>t</title>'
    line = '<line x1="5.01" y1="0" x2="5.01" y2="10" stroke="#e3e7ed" stroke-width="0.15"/></svg>'
    with Image.open(BytesIO(printed(f"{head}<desc>d</desc>{line}", "png", 100, "en", ""))) as picture:
        assert picture.info["dpi"] == pytest.approx((100, 100), abs=0.1)
        # Of what is all but clear, the colour is lost in rounding.
        seen = {pixel for pixel in picture.get_flattened_data() if pixel[3] > 20}
    assert seen
    assert any(opacity < 200 for *_, opacity in seen), "thinner than a pixel"
    for pixel in seen:
        assert pixel[:3] == pytest.approx((227, 231, 237), abs=12)


def test_a_picture_without_a_ground_is_the_same_bytes_again():
    spec = compile(SHIPPED["igg4-dupilumab-1"])
    one, other = (render(spec, "png", PageOptions(transparent=True, dpi=80)) for _ in range(2))
    assert one == other
    with Image.open(BytesIO(one)) as picture:
        assert picture.getchannel("A").getextrema() == (0, 255)
