"""A part of the axis that tells only an order says so over itself, and numbers its steps to the last one."""

import re

import pytest
from figure.build import SHIPPED, event, made

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


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("width_mm", [52, 60, 84])
@pytest.mark.parametrize("case_id", CASES)
def test_no_word_of_its_name_is_broken(case_id, width_mm, lang):
    spec = compile(SHIPPED[case_id], Options(lang=lang))
    page = lay_out(spec, width_mm)
    words = {word for zone in spec.axis.zones for word in zone.label.split()}
    names = [line for line in page.zone_lines if line.role == "zone"]
    assert names
    assert {word for line in names for word in line.text.split()} <= words


@pytest.mark.parametrize("width_mm", WIDTHS)
@pytest.mark.parametrize("case_id", CASES)
def test_the_last_step_has_its_number(case_id, width_mm):
    last, at = numbers(compile(SHIPPED[case_id]), width_mm)[-1]
    assert abs(last - at) <= 1.0


@pytest.mark.parametrize(("count", "width_mm"), [(8, 80), (9, 80), (12, 80), (16, 140), (20, 190), (28, 190)])
def test_of_many_steps_too_the_last_has_its_number(count, width_mm):
    chain = [event(f"ev-{n}x", f"before:ev-{n + 1}x") for n in range(count)]
    case = made(events=[*chain, event(f"ev-{count}x", "D0"), event("visit", "D60")], day_zero=f"ev-{count}x")
    spec = compile(case)
    found = numbers(spec, width_mm)
    assert found[-1][0] is not None, "words cite the last step"
    assert all(abs(drawn - at) <= 1.0 for drawn, at in found[:-1] if drawn is not None)
    assert abs(found[-1][0] - found[-1][1]) <= 2.0


def numbers(spec, width_mm):
    """Return where the number of each step is drawn, ``None`` for nowhere, and where its step stands."""
    (steps,) = (zone for zone in spec.axis.zones if zone.name != "main")
    frame, svg = lay_out(spec, width_mm).frame, to_svg(spec, PageOptions(width_mm=width_mm))
    words = re.finditer(r'<text x="([\d.]+)"[^>]*text-anchor="middle"[^>]*>([^<]+)</text>', svg)
    drawn = {match[2]: float(match[1]) for match in words}
    return [(drawn.get(tick.label), frame.x(steps.name, tick.x)) for tick in steps.ticks]
