"""What journals ask of a figure: every number has a source, or says that it has none."""

import pytest

from casecurves.figure.export import PRINTED
from casecurves.figure.page import PageOptions, bounds, read_page
from casecurves.knowledge.presets import all_presets

PRESETS = all_presets()
WANTED = {
    "elsevier-single": (90, 1000, 7),
    "elsevier-one-half": (140, 1000, 7),
    "elsevier-double": (190, 1000, 7),
    "plos": (190.5, 300, 8),
    "lancet-single": (75, 360, 7),
    "lancet-double": (154, 360, 7),
    "nature-single": (89, 300, 7),
    "nature-double": (183, 300, 7),
    "wiley-single": (80, 600, 7),
    "slide": (338.6, 150, 14),
}


@pytest.mark.parametrize("key", sorted(WANTED))
def test_a_page_takes_its_size_from_what_it_is_made_for(key):
    page = read_page({"preset": key})
    assert (page.width_mm, page.dpi, page.type_pt) == WANTED[key]
    assert page.made_for is PRESETS[key]


@pytest.mark.parametrize("preset", PRESETS.values(), ids=list(PRESETS))
def test_every_preset_can_be_made_and_says_where_it_comes_from(preset):
    assert read_page({"preset": preset.id}).preset == preset.id
    for name in ("width_mm", "dpi", "type_pt"):
        low, high = bounds(name)
        assert low <= getattr(preset, name) <= high
    assert len(preset.source) > 20
    assert set(preset.formats) & set(PRINTED)
    assert set(preset.unverified) <= set(vars(preset))
    assert preset.name("fr") != "" != preset.name("en")


def test_what_was_not_read_in_a_source_is_named():
    assert PRESETS["elsevier-double"].unverified == ()
    assert PRESETS["plos"].unverified == ()
    assert {"width_mm", "dpi"} <= set(PRESETS["nature-single"].unverified)
    assert PRESETS["elsevier-one-half"].unverified == ("width_mm",)
    assert (PRESETS["plos"].height_mm, PRESETS["plos"].states_height) == (222.3, True)
    assert not PRESETS["wiley-single"].states_height


def test_nothing_in_particular_is_the_usual_page():
    assert read_page({"preset": ""}) == PageOptions()
    assert PageOptions().made_for is None
