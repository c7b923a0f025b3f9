"""Colours as others see them: the published matrices, applied to linear light."""

import re

import pytest
from figure.build import SHIPPED

from casecurves.figure.compile import compile
from casecurves.figure.export import render
from casecurves.figure.page import PageOptions
from casecurves.figure.vision import _MATRICES, VISIONS, apart, as_seen, contrast, seen

SOMETIMES = [vision for vision in VISIONS if vision != "usual"]


@pytest.mark.parametrize("vision", SOMETIMES)
def test_what_has_no_colour_stays_as_it_is(vision):
    assert [as_seen(grey, vision) for grey in ("#000000", "#808080", "#ffffff")] == ["#000000", "#808080", "#ffffff"]


@pytest.mark.parametrize("vision", SOMETIMES)
def test_a_row_of_a_matrix_keeps_the_light(vision):
    assert [sum(row) for row in _MATRICES[vision]] == pytest.approx([1, 1, 1], abs=1e-5)


def test_red_and_green_come_close_for_those_who_confuse_them():
    red, green = "#d62728", "#2ca02c"
    assert apart(red, green) > 100
    assert apart(red, green, "deuteranopia") < 45
    assert apart(red, green, "tritanopia") > 80
    assert apart("#0000ff", "#ff0000", "grey") < apart("#0000ff", "#ff0000") / 4


def test_contrast_is_that_of_the_guideline():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#0072b2", "#ffffff") == pytest.approx(5.19, abs=0.01)
    assert contrast("#e69f00", "#ffffff") == pytest.approx(2.25, abs=0.01)


@pytest.mark.parametrize("vision", SOMETIMES)
def test_a_preview_changes_colours_and_nothing_else(vision):
    spec = compile(SHIPPED["dm-mda5-ruxolitinib"])
    usual = render(spec, "svg").decode()
    other = render(spec, "svg", PageOptions(seen=vision)).decode()
    assert other != usual
    assert other == seen(usual, vision)
    assert len(other) == len(usual)


def test_what_is_seen_in_grey_has_no_colour():
    spec = compile(SHIPPED["dm-mda5-ruxolitinib"])
    svg = render(spec, "svg", PageOptions(seen="grey")).decode()
    drawn = svg.split("</style>")[1]
    assert all(c[1:3] == c[3:5] == c[5:] for c in re.findall(r'"(#[0-9a-f]{6})"', drawn))
