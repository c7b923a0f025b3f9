"""Without a ground nothing is laid under words: what would run through them is cut out round them."""

import re

import pytest
from figure.build import SHIPPED

from casecurves.figure.compile import compile
from casecurves.figure.page import PageOptions
from casecurves.figure.svg import laid_out, to_svg
from casecurves.figure.svg.rail import plates
from casecurves.figure.theme import THEMES

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
