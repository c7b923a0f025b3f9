"""What is said of a figure before it is sent, and that what can be mended is."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from figure.build import SHIPPED
from PIL import Image

from casecurves.figure import check as checking
from casecurves.figure.check import check, fitted, lower
from casecurves.figure.compile import compile
from casecurves.figure.options import Options
from casecurves.figure.page import read_page
from casecurves.figure.pictures import read_picture
from casecurves.figure.shapes import Rect, Writing, read_drawing
from casecurves.figure.svg import page_size, to_svg
from casecurves.knowledge.presets import all_presets
from casecurves.words import say

DM, SMALL = "dm-mda5-ruxolitinib", "igg4-dupilumab-1"


def spec_of(case_id=DM, **options):
    return compile(SHIPPED[case_id], Options(**options))


def keys(found, level=None):
    return [finding.key for finding in found if level in (None, finding.level)]


def levels(found):
    return {finding.key: finding.level for finding in found}


@pytest.mark.parametrize("preset", sorted(all_presets()))
@pytest.mark.parametrize("case_id", sorted(SHIPPED))
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_no_shipped_case_has_type_under_the_floor_or_words_that_meet(case_id, preset, lang):
    spec, page = spec_of(case_id, lang=lang), read_page({"preset": preset})
    page, _ = fitted(spec, page)
    found = keys(check(spec, page, "tiff"), "fails")
    assert set(found) <= {"tall", "pixels"}


@pytest.mark.parametrize("case_id", sorted(SHIPPED))
@pytest.mark.parametrize("preset", ["plos", "elsevier-single", "slide"])
def test_a_page_that_is_too_high_gives_its_words_to_the_caption(case_id, preset):
    spec, page = spec_of(case_id), read_page({"preset": preset})
    most = page.made_for.height_mm
    mended, told = fitted(spec, page)
    if page_size(spec, page)[1] <= most:
        assert (mended, told) == (page, ())
    else:
        assert mended.leaves_out
        assert page_size(spec, mended)[1] < page_size(spec, page)[1]
        assert keys(told, "mended")[0] == "words_moved"
        # A title goes only where the page does not fit with it.
        gone = "title_moved" in keys(told, "mended")
        assert gone == (not mended.title)
        assert not gone or page_size(spec, mended.model_copy(update={"title": True}))[1] > most
    assert mended.type_pt == page.type_pt


TITLE, PANELS = "title_moved", "panels_lowered"
# What more is given up where words alone do not suffice, by case and preset.
MORE = {
    (DM, "elsevier-single"): [TITLE],
    (DM, "nature-single"): [PANELS],
    ("mn-dupilumab-2-illustrative", "elsevier-one-half"): [TITLE, PANELS],
}


@pytest.mark.parametrize(("case_id", "preset"), MORE)
def test_each_thing_given_up_says_what_it_alone_gains(case_id, preset):
    spec, page = spec_of(case_id), read_page({"preset": preset})
    mended, told = fitted(spec, page)
    assert keys(told) == ["words_moved", *MORE[case_id, preset]]
    assert (mended.title, mended.panels) == (TITLE not in keys(told), "low" if PANELS in keys(told) else "usual")
    steps = [tuple(map(int, re.findall(r"\d+", finding.text))) for finding in told]
    assert all(before > after for before, after in steps)
    assert [before for before, _ in steps[1:]] == [after for _, after in steps[:-1]]
    assert (steps[0][0], steps[-1][1]) == (round(page_size(spec, page)[1]), round(page_size(spec, mended)[1]))


def test_a_page_that_fits_is_laid_out_once(monkeypatch):
    made = []
    monkeypatch.setattr(checking, "page_size", lambda *given: made.append(given) or page_size(*given))
    assert fitted(spec_of(SMALL), read_page({"preset": "a4"}))[1] == ()
    assert len(made) == 1


@pytest.mark.parametrize(("preset", "fits"), [("a4", True), ("plos", False)])
def test_panels_become_lower_where_the_page_is_too_high_without(preset, fits):
    spec = spec_of("mn-dupilumab-1-illustrative")
    page, told = fitted(spec, read_page({"preset": preset}))
    usual = page_size(spec, page.model_copy(update={"panels": "usual"}))[1]
    assert (page.panels, page.title) == ("low", False)
    assert "panels_lowered" in keys(told)
    assert usual > page.made_for.height_mm
    assert (page_size(spec, page)[1] <= page.made_for.height_mm) == fits
    assert "panels" not in lower(spec, page)


def test_a_page_made_for_nothing_is_left_alone():
    spec, page = spec_of(), read_page({"width_mm": 90})
    assert fitted(spec, page) == (page, ())


def test_what_fails_stands_first_and_says_what_helps():
    spec = spec_of("mn-dupilumab-1-illustrative")
    found = check(spec, read_page({"preset": "plos"}), "png")
    assert found[0].key == "tall"
    assert "222.3" in found[0].text
    assert say("check.advice.overlay", "en") in found[0].text
    assert {"format": "look", "illustrative": "look"}.items() <= levels(found).items()


def test_a_height_that_no_journal_states_is_for_the_author_to_judge():
    found = check(spec_of("mn-dupilumab-1-illustrative"), read_page({"preset": "elsevier-single"}), "pdf")
    assert levels(found)["tall_page"] == "look"


def test_a_file_is_held_to_what_it_is_made_for():
    spec = spec_of(SMALL)
    low = check(spec, read_page({"preset": "plos", "dpi": 150, "width_mm": 120}), "tiff")
    assert levels(low)["dpi"] == "fails"
    assert levels(low)["width"] == "look"
    clear = read_page({"transparent": True})
    assert levels(check(spec, clear, "tiff"))["ground"] == "mended"
    assert levels(check(spec, clear, "png"))["transparent"] == "look"
    assert "pixels" in keys(check(spec_of("mn-dupilumab-1-illustrative"), read_page({"dpi": 1200}), "tiff"), "fails")


def test_a_preset_names_what_was_not_verified():
    found = {finding.key: finding.text for finding in check(spec_of(SMALL), read_page({"preset": "nature-single"}))}
    assert "width" in found["unverified"]
    assert "unverified" not in keys(check(spec_of(SMALL), read_page({"preset": "plos"})))
    assert "type_large" not in found


def test_own_pictures_count_for_the_height_their_letters_for_the_type_and_their_dots():
    made_ = BytesIO()
    Image.new("RGB", (100, 300), "red").save(made_, "PNG")
    shots = (read_picture(made_.getvalue(), "x", "en", "F"),)
    spec, page = spec_of(SMALL), read_page({"preset": "nature-single"})
    found = {finding.key: finding.text for finding in check(spec, page, "pdf", shots)}
    assert "7 pt" in found["type_large"]
    assert "F (" in found["picture_dots"]
    assert "300" in found["picture_dots"]
    assert "picture_dots" not in keys(check(spec, page, "pdf"))
    tall = spec_of("dm-mda5-ruxolitinib")
    bare = fitted(tall, read_page({"preset": "plos"}))[0]
    with_one, told = fitted(tall, read_page({"preset": "plos"}), shots)
    assert "tall" not in keys(check(tall, bare, "pdf"))
    assert "tall" in keys(check(tall, with_one, "pdf", shots))
    # It does not fit: all was done that makes it lower, and the rest is advice.
    assert (with_one.title, with_one.panels, keys(told)) == (False, "low", ["words_moved", TITLE, PANELS])


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("preset", sorted(all_presets()))
@pytest.mark.parametrize("case_id", [DM, "mn-dupilumab-1-illustrative"])
def test_of_a_page_that_stays_too_high_everything_is_done_that_lowers_it(case_id, preset, lang):
    spec, page = spec_of(case_id, lang=lang), read_page({"preset": preset})
    mended, told = fitted(spec, page)
    high = page_size(spec, mended)[1]
    left = {"words", "title", "panels"} & set(lower(spec, mended)) if high > page.made_for.height_mm else set()
    assert left == set()
    # And it is that low: what was done is said, from first to last.
    assert not told or re.findall(r"\d+", told[-1].text)[-1] == f"{high:.0f}"


def test_what_is_said_in_french_has_french_spaces():
    spec, page = spec_of("mn-dupilumab-1-illustrative", lang="fr"), read_page({"preset": "plos"})
    said = {finding.key: finding.text for finding in check(spec, page)}
    assert " ; " in said["tall"].replace("\xa0", " ")
    assert not re.search(r"[^\s\xa0];", said["tall"] + said["colour"])


def drawing(*shapes):
    blank = read_drawing(to_svg(spec_of(SMALL)))
    return replace(blank, shapes=shapes)


def writing(x, y, text="words", size=2.5, fill="#000000"):
    return Writing(x, y, 10.0, text, size, 400, False, fill)


def test_words_that_meet_or_run_off_or_are_faint_are_found():
    page = read_page({})
    meeting = drawing(writing(20, 20), writing(25, 21))
    assert keys(checking._places(meeting, "en")) == ["overlap"]
    assert keys(checking._places(drawing(writing(20, 20), writing(31, 20)), "en")) == []
    assert keys(checking._places(drawing(writing(-5, 20)), "en")) == ["outside"]
    assert keys(checking._places(drawing(writing(20, 20, "a ⟨U+4E00⟩")), "en")) == ["letters_lacking"]
    ground = Rect(15, 15, 30, 10, 0, checking.read_drawing(to_svg(spec_of(SMALL))).shapes[0].paint)
    dark = replace(ground, paint=replace(ground.paint, fill="#333333"))
    assert keys(checking._grounds(drawing(dark, writing(20, 20)), page, "en")) == ["faint"]
    assert keys(checking._grounds(drawing(ground, writing(20, 20)), page, "en")) == []


def test_small_type_is_found():
    small = drawing(writing(20, 20, size=6 * 25.4 / 72))
    assert keys(checking._type(small, read_page({}), "fr"), "fails") == ["type_small"]
    assert "6\u00a0pt" in next(checking._type(small, read_page({}), "fr")).text


def test_an_axis_without_a_unit_is_found():
    spec = spec_of()
    bare = replace(spec, panels=tuple(replace(panel, sublabel="") for panel in spec.panels))
    assert "axis_unit" in keys(check(bare, read_page({})))
    nameless = replace(spec, axis=replace(spec.axis, label=""))
    assert "axis_bare" in keys(check(nameless, read_page({})), "fails")


def test_colours_that_look_alike_are_named_with_the_eyes_that_see_them_so():
    found = {finding.key: finding.text for finding in check(spec_of(), read_page({}))}
    assert "without colour" in found["colour"]
    assert "colour" not in keys(check(spec_of(), read_page({"theme": "grey"})))


@pytest.mark.parametrize("case_id", sorted(SHIPPED))
@pytest.mark.parametrize("view", ["stacked", "overlay"])
def test_a_page_is_read_back_whole(case_id, view):
    svg = to_svg(spec_of(case_id, view=view))
    shapes = read_drawing(svg).shapes
    assert len(shapes) == sum(svg.count(f"<{tag} ") for tag in ("rect", "line", "path", "text"))
    assert sum(isinstance(shape, Writing) for shape in shapes) == svg.count("<text ")


def test_an_age_that_stays_in_words_is_found_where_bands_are_asked_for():
    spec = spec_of("mn-dupilumab-2", lang="fr", age="band", dates="hidden")
    assert "age" not in keys(check(spec, read_page({"preset": "bmj-case-reports"}), "tiff"))
    spec = replace(spec, notes=(*spec.notes, "Elle avait alors 21 ans."))
    found = {finding.key: finding for finding in check(spec, read_page({"preset": "bmj-case-reports"}), "tiff")}
    assert found["age"].level == "look"
    assert "21" in found["age"].text
    assert "age" not in keys(check(spec, read_page({"preset": "plos"}), "tiff"))
