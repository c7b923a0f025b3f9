"""A part of the axis that tells only an order says so over itself, and numbers its steps to the last one."""

import re

import pytest
from figure.build import SHIPPED

from casecurves.figure import theme as t
from casecurves.figure.compile import compile
from casecurves.figure.layout import MARGIN, lay_out
from casecurves.figure.options import Options
from casecurves.figure.page import PageOptions
from casecurves.figure.svg import to_svg
from casecurves.figure.text import width

CASES = ["mn-dupilumab-1", "mn-dupilumab-2", "igg4-dupilumab-1"]
WIDTHS = [80, 84, 90, 140, 190]


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("width_mm", WIDTHS)
@pytest.mark.parametrize("case_id", CASES)
def test_its_name_runs_over_no_other_part(case_id, width_mm, lang):
    page = lay_out(compile(SHIPPED[case_id], Options(lang=lang)), width_mm)
    edge = page.frame.zones["main"][2]
    names = [line for line in page.zone_lines if line.role == "zone"]
    assert len(names) >= 2
    for line in names:
        end = line.x + width(line.text, t.SMALL_ITALIC)
        assert line.x >= MARGIN - 0.01
        assert end <= edge + 0.01 or line.x >= edge, line.text


@pytest.mark.parametrize("width_mm", WIDTHS)
@pytest.mark.parametrize("case_id", CASES)
def test_the_last_step_has_its_number(case_id, width_mm):
    spec = compile(SHIPPED[case_id])
    (steps,) = (zone for zone in spec.axis.zones if zone.name != "main")
    page = lay_out(spec, width_mm)
    svg = to_svg(spec, PageOptions(width_mm=width_mm))
    drawn = {
        match[2]: float(match[1])
        for match in re.finditer(r'<text x="([\d.]+)"[^>]*text-anchor="middle"[^>]*>([^<]+)</text>', svg)
    }
    last = steps.ticks[-1]
    assert abs(drawn[last.label] - page.frame.x(steps.name, last.x)) <= 1.0
