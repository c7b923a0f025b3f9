"""Slides: every shape can be edited, nothing stands off the slide, and the file knows no person and no day."""

import re
from collections import Counter
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from figure.build import SHIPPED, made
from figure.cohort import cohort
from figure.dense import long_drugs
from lxml.etree import tostring
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.util import Mm

from casecurves.analysis.reveal import reveal, steps
from casecurves.figure.caption import caption
from casecurves.figure.compare import CompareOptions, compile_comparison
from casecurves.figure.compile import compile
from casecurves.figure.export import render
from casecurves.figure.options import Options
from casecurves.figure.page import PageOptions, read_page
from casecurves.figure.room import slide_sizes
from casecurves.figure.shapes import Writing, read_drawing
from casecurves.figure.slides import to_pptx
from casecurves.figure.stamp import stamp
from casecurves.figure.svg import to_svg

DM, TRIAL = "dm-mda5-ruxolitinib", "vitiligo-ruxolitinib-trials"


def deck(case_id=DM, page=None, **options):
    return Presentation(BytesIO(to_pptx(compile(SHIPPED[case_id], Options(**options)), page)))


def leaves(shapes):
    for shape in shapes:
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from leaves(shape.shapes)
        else:
            yield shape


def words(slide):
    return [shape.text_frame.text for shape in leaves(slide.shapes) if shape.has_text_frame and shape.text_frame.text]


@pytest.mark.parametrize("case_id", sorted(SHIPPED))
@pytest.mark.parametrize("preset", ["", "slide", "lancet-single", "elsevier-double"])
def test_every_case_is_slides_on_which_all_stands(case_id, preset):
    page = read_page({"preset": preset})
    slides = deck(case_id, page)
    for slide in slides.slides:
        for shape in leaves(slide.shapes):
            beyond = Mm(3) + (shape.width // 6 if shape.has_text_frame else 0)
            assert -beyond <= shape.left
            assert shape.left + shape.width <= slides.slide_width + beyond
            assert -Mm(3) <= shape.top
            assert shape.top + shape.height <= slides.slide_height + Mm(3)


@pytest.mark.parametrize("view", ["swimmer", "multiples", "overlay"])
def test_patients_who_do_not_fit_on_one_slide_stand_whole_on_several(view):
    spec = compile_comparison(cohort(30), CompareOptions(align="dupilumab", view=view))
    slides = Presentation(BytesIO(to_pptx(spec)))
    # The last gives the meaning of the marks.
    assert (len(slides.slides) - 1 > 2) == (view != "overlay")
    told = Counter(word for slide in slides.slides for word in words(slide))
    for lane in spec.lanes:
        assert told[lane.drug] == 1, lane.drug
    tops = [shape.top + shape.height for slide in slides.slides for shape in leaves(slide.shapes)]
    assert max(tops) <= slides.slide_height + Mm(3)


def test_every_word_and_shape_of_the_page_is_a_shape_of_its_own():
    page = read_page({"preset": "elsevier-double"})
    spec = compile(SHIPPED[DM])
    drawing = read_drawing(to_svg(spec, page))
    (slide,) = deck(DM, page).slides
    found = Counter(words(slide))
    assert found == Counter(shape.text for shape in drawing.shapes if isinstance(shape, Writing))
    assert len(list(leaves(slide.shapes))) == len(drawing.shapes)
    assert all(shape.shape_type != MSO_SHAPE_TYPE.PICTURE for shape in leaves(slide.shapes))


def test_no_type_is_under_seven_points():
    for slide in deck("mn-dupilumab-1-illustrative").slides:
        sizes = [int(size) for size in re.findall(r'sz="(\d+)"', slide.element.xml)]
        assert min(sizes) >= 700


@pytest.mark.parametrize("case_id", sorted(SHIPPED))
def test_all_lanes_and_panels_stand_on_some_slide_with_the_caption_as_note(case_id):
    spec = compile(SHIPPED[case_id])
    slides = deck(case_id)
    written = {text for slide in slides.slides for text in words(slide)}
    for panel in spec.panels:
        assert panel.label.split(" ")[0] in " ".join(written)
    for lane in spec.lanes:
        assert lane.drug.split(" ")[0] in " ".join(written)
    assert caption(spec).strip() in [slide.notes_slide.notes_text_frame.text.strip() for slide in slides.slides]
    assert any(spec.disclaimer.startswith(text.split(" Succession")[0]) for text in written if "illustration" in text)


def test_rows_are_groups_with_their_name():
    (slide, *_) = deck(DM).slides
    names = {shape.name for group in slide.shapes for shape in getattr(group, "shapes", [])}
    assert "ruxolitinib" in " ".join(names)
    figure = next(shape for shape in slide.shapes if shape.shape_type == MSO_SHAPE_TYPE.GROUP)
    assert "Therapies as bars (6)" in figure._element.nvGrpSpPr.cNvPr.get("descr")


@pytest.mark.parametrize(("lang", "spelt"), [("en", "en-GB"), ("fr", "fr-FR")])
def test_words_are_said_to_be_in_their_language(lang, spelt):
    (slide, *_) = Presentation(BytesIO(render(compile(SHIPPED[DM], Options(lang=lang)), "pptx"))).slides
    figure = next(shape for shape in slide.shapes if shape.shape_type == MSO_SHAPE_TYPE.GROUP)
    assert set(re.findall(r'<a:rPr lang="([^"]*)"', tostring(figure._element).decode())) == {spelt}


def test_percentages_of_a_trial_are_native_charts():
    charts = [shape.chart for slide in deck(TRIAL).slides for shape in slide.shapes if shape.has_chart]
    assert charts != []
    spec = compile(SHIPPED[TRIAL])
    bars = [bar for chart in spec.charts.percents for bar in spec.charts.bars_of(chart)]
    drawn = [value for chart in charts for value in chart.plots[0].series[0].values]
    assert drawn == [bar.high for bar in bars if bar.exactness == "exact"]
    # All on the axis of the figure: two slides are compared.
    assert {chart.value_axis.maximum_scale for chart in charts} == {chart.hi for chart in spec.charts.percents}


def test_what_a_native_chart_has_no_bar_for_is_told_below_it():
    spec = compile(SHIPPED[TRIAL])
    slides = [slide for slide in deck(TRIAL).slides if any(shape.has_chart for shape in slide.shapes)]
    told = {slide.shapes.title.text_frame.text: " ".join(" ".join(words(slide)).split()) for slide in slides}
    seen = 0
    for chart in spec.charts.percents:
        for bar in spec.charts.bars_of(chart):
            if chart.heading in told and bar.exactness != "exact":
                assert " ".join(bar.value.split()) in told[chart.heading]
                seen += 1
        for versus in (versus for group in chart.groups for versus in group.versus):
            assert " ".join(versus.text.split()) in told[chart.heading]
    assert seen >= 2
    for slide in slides:
        assert "For illustration" in " ".join(words(slide))
        assert slide.notes_slide.notes_text_frame.text.strip() == caption(spec).strip()


@pytest.mark.parametrize("case_id", sorted(SHIPPED))
def test_type_is_of_the_size_of_a_slide_wherever_a_figure_is_cut(case_id):
    """Charts of trials, too, are shared out among slides rather than made smaller."""
    for slide in deck(case_id).slides:
        written = [int(size) for size in re.findall(r'sz="(\d+)"', slide.element.xml)]
        # Marks above and below the line, and signs of limits, are smaller than the type they stand in.
        assert not written or min(written) >= 0.7 * 100 * slide_sizes().floor


def test_slides_of_one_figure_are_counted_and_the_last_of_them_gives_the_meaning_of_its_marks():
    spec = compile(SHIPPED[DM])
    slides = list(deck(DM).slides)
    titles = [slide.shapes.title.text_frame.text for slide in slides]
    count = len(slides) - 1
    assert titles == [*(f"{spec.title} ({n}/{count})" for n in range(1, count + 1)), "Meaning of the marks"]
    key = " ".join(words(slides[-1]))
    for item in spec.legend:
        assert item.label.split(":")[0] in key, item.kind


@pytest.mark.parametrize("case_id", [DM, TRIAL])
def test_the_file_knows_no_person_and_no_day(case_id):
    spec = compile(SHIPPED[case_id])
    data = render(spec, "pptx")
    assert data == render(spec, "pptx")
    known = Presentation(BytesIO(data)).core_properties
    assert (known.author, known.last_modified_by, known.comments) == ("", "", stamp(spec))
    assert known.created.year == known.modified.year == 1980
    with ZipFile(BytesIO(data)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not any("thumbnail" in name or "printer" in name for name in file.namelist())
        assert b"<Application>casecurves</Application>" in file.read("docProps/app.xml")
        assert b"Macintosh" not in b"".join(file.read(name) for name in file.namelist() if name.endswith(".xml"))
        for name in file.namelist():
            if name.endswith(".xlsx"):
                with ZipFile(BytesIO(file.read(name))) as book:
                    assert b"1980-01-01" in book.read("docProps/core.xml")


def test_hostile_words_are_words():
    spec = compile(SHIPPED[DM])
    lane = replace(spec.lanes[0], drug='<a:evil/>&"\u202e')
    slides = Presentation(BytesIO(to_pptx(replace(spec, title='"><x/>', lanes=(lane, *spec.lanes[1:])))))
    assert any("<a:evil/>&" in text for slide in slides.slides for text in words(slide))


def test_one_slide_for_each_step_and_none_tells_what_comes_later():
    case = SHIPPED[DM]
    told = steps(case)
    figures = [compile(reveal(case, told, step.number)) for step in told]
    slides = Presentation(BytesIO(to_pptx(compile(case), PageOptions(), figures))).slides
    # The last step tells all, on as many slides as the whole figure, and the meaning of the marks.
    assert len(slides) == len(told) - 1 + len(deck(DM).slides)
    first = " ".join(words(slides[0])) + slides[0].notes_slide.notes_text_frame.text
    assert "ruxolitinib" not in first
    assert "cancer" not in first
    last = " ".join(word for n in range(len(told) - 1, len(slides)) for word in words(slides[n]))
    for name in ("ruxolitinib", "anti-MDA5", "IFN score", "small-cell lung cancer", "death"):
        assert name in last


def test_forty_drugs_stand_on_several_slides_and_none_is_made_smaller():
    spec = compile(made(therapies=long_drugs(40)))
    slides = Presentation(BytesIO(to_pptx(spec))).slides
    assert len(slides) > 1
    for slide in slides:
        assert min(int(size) for size in re.findall(r'sz="(\d+)"', slide.element.xml)) >= 700
    written = [text for slide in slides for text in words(slide)]
    assert sum("formulation" in text for text in written) >= 40


def key_of(spec):
    *_, key = Presentation(BytesIO(to_pptx(spec))).slides
    return " ".join(" ".join(words(key)).split())


def test_the_meaning_of_the_marks_names_drugs_and_statuses():
    several = compile_comparison(cohort(4), CompareOptions(align="dupilumab", view="swimmer"))
    ruled = compile(SHIPPED["mn-dupilumab-1-illustrative"], Options(rules=("adult_ns_2020",), illustrative=True))
    for spec, kind in ((several, "drug."), (ruled, "status.")):
        shown, found = key_of(spec), [item.label for item in spec.legend if item.kind.startswith(kind)]
        assert found
        assert all(" ".join(label.split()) in shown for label in found), kind


def test_lines_below_a_native_chart_that_have_no_place_are_counted_and_in_the_notes():
    spec = compile(SHIPPED[TRIAL])
    heading, long = "", " ".join(f"sentence-{n}" for n in range(400))
    charts = []
    for chart in spec.charts.percents:
        said = [replace(versus, text=long) for group in chart.groups for versus in group.versus]
        groups = tuple(replace(group, versus=tuple(said[:1])) for group in chart.groups[:1]) + chart.groups[1:]
        charts.append(replace(chart, groups=groups) if said else chart)
        heading = heading or (chart.heading if said else "")
    spec = replace(spec, charts=replace(spec.charts, percents=tuple(charts)))
    slides = [slide for slide in Presentation(BytesIO(to_pptx(spec))).slides if any(s.has_chart for s in slide.shapes)]
    (slide,) = (slide for slide in slides if slide.shapes.title.text_frame.text == heading)
    (below,) = (text for text in words(slide) if "sentence-0" in text)
    assert "sentence-399" not in below
    assert int(re.search(r"… the rest is in the notes \(lines: (\d+)\)", below)[1]) > 1
    assert " ".join(spec.disclaimer.split()) in " ".join(below.split()), "what it is not for stands on every slide"
    assert "sentence-399" in slide.notes_slide.notes_text_frame.text
