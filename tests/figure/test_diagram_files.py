"""A diagram leaves the house as every figure does: all kinds of file, pages of journals, a caption, checks."""

import json
from io import BytesIO

import pytest
from PIL import Image
from pptx import Presentation

from casecurves.errors import UsageError
from casecurves.figure.diagrams import (
    check_diagram,
    compile_diagram,
    diagram_alt,
    diagram_caption,
    diagram_svg,
    fitted_diagram,
    render_diagram,
)
from casecurves.figure.export import FORMATS
from casecurves.figure.page import PageOptions, read_page
from casecurves.figure.shapes import Disc, Outline, read_drawing
from casecurves.figure.text import MM_PER_PT
from casecurves.knowledge.relations import all_diagrams
from casecurves.words import LANGS

KEYS = list(all_diagrams())
BEGINS = {
    "png": b"\x89PNG",
    "tiff": b"II*\0",
    "svg": b"<svg ",
    "pdf": b"%PDF-",
    "pptx": b"PK",
    "html": b"<!doctype html>",
    "json": b"{",
}


def spec_of(key="jak-pathway", lang="en"):
    return compile_diagram(all_diagrams()[key], lang)


@pytest.mark.parametrize("fmt", FORMATS)
def test_every_kind_of_file_is_made_the_same_each_time(fmt):
    page = PageOptions(width_mm=140, dpi=80, transparent=True)
    made = render_diagram(spec_of(), fmt, page)
    assert made.startswith(BEGINS[fmt])
    assert made == render_diagram(spec_of(), fmt, page)


def test_a_tiff_has_a_ground_and_its_dots():
    page = PageOptions(width_mm=100, dpi=100, transparent=True)
    with Image.open(BytesIO(render_diagram(spec_of(), "tiff", page))) as picture:
        assert picture.mode == "RGB"
        assert picture.info["dpi"] == (100, 100)
        assert picture.width == round(100 / 25.4 * 100)
        assert picture.getpixel((0, 0)) == (255, 255, 255)


@pytest.mark.parametrize("lang", LANGS)
def test_the_slide_holds_the_picture_as_shapes_and_the_caption_as_its_note(lang):
    spec = spec_of("il21-effects", lang)
    slides = Presentation(BytesIO(render_diagram(spec, "pptx")))
    (slide,) = slides.slides
    assert slide.shapes.title.text == spec.title
    assert slide.notes_slide.notes_text_frame.text.strip() == diagram_caption(spec).strip()
    (group,) = [shape for shape in slide.shapes if shape.shape_type == 6]
    words = " ".join(shape.text_frame.text for shape in group.shapes if shape.has_text_frame)
    assert all(part in words for box in spec.boxes for part in box.label.split(" "))
    assert group._element.nvGrpSpPr.cNvPr.get("descr") == diagram_alt(spec)
    assert 0 <= group.top <= group.top + group.height <= slides.slide_height
    journal = Presentation(BytesIO(render_diagram(spec, "pptx", read_page({"preset": "elsevier-double"}))))
    assert journal.slide_width == (190 * 36_000)


def test_the_offline_page_asks_for_nothing_and_tells_every_relation():
    spec = spec_of("th2-dupilumab", "fr")
    page = render_diagram(spec, "html").decode()
    assert "script-src 'none'" in page
    assert "<script" not in page
    assert "http" not in page.split("</style>")[1].replace("http://www.w3.org/2000/svg", "")
    for one in spec.relations:
        assert one.text.split("[")[0].strip()[:20] in page.replace("&#x27;", "'")
    assert spec.disclaimer.split(".")[0] in page


def test_json_is_the_diagram_as_data():
    spec = spec_of()
    told = json.loads(render_diagram(spec, "json"))
    assert [one["id"] for one in told["relations"]] == [one.id for one in spec.relations]
    assert {one["id"] for one in told["boxes"]} == {box.id for box in spec.boxes}


@pytest.mark.parametrize("key", KEYS)
def test_a_page_read_back_has_its_curves_and_the_samples_that_lie(key):
    spec = spec_of(key)
    drawing = read_drawing(diagram_svg(spec, PageOptions(width_mm=140)))
    curves = [
        shape for shape in drawing.shapes if isinstance(shape, Outline) and shape.row and len(shape.runs[0][0]) > 16
    ]
    assert len({shape.row for shape in curves}) == len(spec.relations)
    for shape in drawing.shapes:
        if isinstance(shape, Outline):
            places = [place for run, _ in shape.runs for place in run]
        else:
            places = [(shape.x, shape.y)] if isinstance(shape, Disc) else []
        for x, y in places:
            assert -0.1 <= x <= drawing.width + 0.1
            assert -0.1 <= y <= drawing.height + 0.1


def test_words_apart_leave_the_relations_to_the_caption_and_nothing_else():
    spec = spec_of("vitiligo-mechanism", "fr")
    whole = read_drawing(diagram_svg(spec, PageOptions()))
    bare = read_drawing(diagram_svg(spec, PageOptions(words="apart", title=False)))
    told = " ".join(one.text for one in bare.writings())
    assert bare.height < whole.height - 40
    assert spec.title not in told
    assert spec.disclaimer.split(".")[0] in told
    assert spec.signs[0] in told
    assert spec.relations[0].text[:30] not in told
    caption = diagram_caption(spec)
    assert all(f"({one.sign}) {one.text}" in caption for one in spec.relations)
    assert all(part in caption for part in (spec.title, spec.source, spec.disclaimer, *spec.signs))


@pytest.mark.parametrize("preset", ["elsevier-single", "plos", "nature-double", "lancet-single"])
@pytest.mark.parametrize("key", KEYS)
def test_a_page_for_a_journal_has_its_width_and_no_type_below_its_floor(key, preset):
    spec = spec_of(key, "fr")
    page, _ = fitted_diagram(spec, read_page({"preset": preset}))
    drawing = read_drawing(diagram_svg(spec, page, hover=False))
    assert drawing.width * drawing.scale == pytest.approx(page.made_for.width_mm)
    assert min(one.size for one in drawing.writings()) / MM_PER_PT * drawing.scale >= page.made_for.type_pt - 0.02
    fails = {one.key for one in check_diagram(spec, page, page.made_for.formats[0]) if one.level == "fails"}
    assert fails <= {"tall"}


def test_a_page_too_high_is_mended_and_said():
    spec = spec_of("vitiligo-mechanism", "fr")
    page, mended = fitted_diagram(spec, read_page({"preset": "elsevier-single"}))
    assert (page.words, page.title) == ("apart", False)
    assert [one.key for one in mended] == ["words_moved", "title_moved"]
    assert "tall_page" not in {one.key for one in check_diagram(spec, page)}
    page, mended = fitted_diagram(spec, read_page({"preset": "lancet-single"}))
    (found,) = [one for one in check_diagram(spec, page) if one.key == "tall_page"]
    assert "une page plus large" in found.text


def test_type_that_is_small_on_a_slide_is_said():
    (found,) = check_diagram(spec_of("vitiligo-mechanism"), PageOptions(), "pptx")
    assert (found.key, found.level) == ("type_small", "fails")


def test_a_page_too_narrow_is_refused_by_each_way():
    spec = spec_of("jak-pathway", "fr")
    page = PageOptions(width_mm=60)
    for way in (lambda: render_diagram(spec, "tiff", page), lambda: check_diagram(spec, page)):
        with pytest.raises(UsageError, match=r"jak-pathway.* ne tient pas"):
            way()
