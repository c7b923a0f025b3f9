"""Colours: text can be read, grey is grey, a class keeps its colour."""

import itertools
import re
from typing import get_args

import pytest
from figure.build import SHIPPED

from casecurves.figure.compile import compile
from casecurves.figure.page import PageOptions
from casecurves.figure.plotly import to_plotly
from casecurves.figure.svg import to_svg
from casecurves.figure.theme import THEMES
from casecurves.figure.vision import ALIKE, apart
from casecurves.knowledge.drugs import DrugClass, all_drugs

CLASSES = get_args(DrugClass)
ALL = pytest.mark.parametrize("name", THEMES)


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a, b):
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


def test_the_measure_of_contrast():
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@ALL
@pytest.mark.parametrize("drug_class", CLASSES)
def test_words_on_a_bar_and_names_on_paper_can_be_read(name, drug_class):
    theme = THEMES[name]
    assert contrast(theme.drug(drug_class), theme.on_bar) >= 4.5
    assert contrast(theme.drug(drug_class), theme.paper) >= 4.5


@ALL
def test_ink_can_be_read_on_every_ground(name):
    theme = THEMES[name]
    for ground in (theme.paper, theme.zone, theme.band):
        assert contrast(theme.muted, ground) >= 4.5
        assert contrast(theme.ink, ground) >= 7.0
    assert contrast(theme.warning_ink, theme.warning) >= 4.5
    assert contrast(theme.tint, theme.paper) >= 2.0


def test_the_grey_theme_is_grey():
    for case in SHIPPED.values():
        for colour in re.findall(r"#[0-9a-fA-F]{6}\b", to_svg(compile(case), PageOptions(theme="grey"))):
            assert colour[1:3] == colour[3:5] == colour[5:7], colour


@pytest.mark.parametrize("name", ["light", "dark"])
def test_classes_that_differ_have_colours_that_differ(name):
    known = {drug.drug_class for drug in all_drugs()}
    colours = {drug_class: THEMES[name].drug(drug_class) for drug_class in known}
    # A class without a colour of its own has the neutral one of all others.
    known = {drug_class for drug_class in known if colours[drug_class] != THEMES[name].drug("other")}
    assert len(known) > 10
    alike = {
        pair for pair in itertools.combinations(sorted(known), 2) if apart(*(colours[one] for one in pair)) < ALIKE
    }
    assert alike == set()


@pytest.mark.parametrize("vision", ["protanopia", "deuteranopia"])
@pytest.mark.parametrize("name", ["light", "dark"])
def test_classes_that_meet_in_a_case_differ_without_red_green_vision(name, vision):
    theme, alike = THEMES[name], {}
    for case_id, case in SHIPPED.items():
        spec = compile(case)
        met = {item.drug_class for item in (*spec.lanes, *spec.chips)} & set(CLASSES) - {"other"}
        for a, b in itertools.combinations(sorted(met), 2):
            if apart(theme.drug(a), theme.drug(b), vision) < 7.0:
                alike[case_id] = a, b
    assert alike == {}


@ALL
def test_a_reference_range_is_seen_and_the_place_of_a_dose_is_not_like_it(name):
    theme = THEMES[name]
    assert contrast(theme.band, theme.paper) >= (1.5 if name == "dark" else 1.15)
    # What a dose lies within has the ground of a range, and an edge of this ink.
    assert contrast(theme.tint, theme.band) >= 2.0
    svg = to_svg(compile(SHIPPED["dm-mda5-ruxolitinib"]), PageOptions(theme=name))
    assert re.search(rf'fill="{theme.band}" stroke="{theme.tint}"', svg)
    shapes = to_plotly(compile(SHIPPED["dm-mda5-ruxolitinib"]), theme=name)["layout"]["shapes"]
    assert any((one.get("fillcolor"), one["line"].get("color")) == (theme.band, theme.tint) for one in shapes)


def test_a_class_keeps_its_colour_and_a_drug_its_class_in_all_cases():
    classes: dict[str, set[str]] = {}
    for case in SHIPPED.values():
        for lane in compile(case).lanes:
            classes.setdefault(lane.drug, set()).add(lane.drug_class)
    assert all(len(found) == 1 for found in classes.values())
    assert len(classes) > 5


def test_a_trend_never_has_the_colour_of_a_drug():
    for theme in THEMES.values():
        if theme.name != "grey":
            drugs = {theme.drug(drug_class) for drug_class in CLASSES}
            assert {theme.ink, theme.curve, theme.muted, theme.tint}.isdisjoint(drugs)
