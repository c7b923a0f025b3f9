"""Every shipped case on the page of every preset: nothing cut, nothing over anything, no word struck through."""

from functools import cache
from itertools import pairwise

import pytest
from figure.build import SHIPPED, event, made

from casecurves.figure.check import check, fitted
from casecurves.figure.compile import compile
from casecurves.figure.layout import lay_out
from casecurves.figure.options import Options
from casecurves.figure.page import PageOptions, read_page
from casecurves.figure.shapes import Outline, read_drawing
from casecurves.figure.spec import Spec
from casecurves.figure.svg import laid_out, page_size, to_svg
from casecurves.figure.text import MM_PER_PT, width, wrap
from casecurves.figure.theme import SMALL
from casecurves.knowledge.presets import all_presets

PRESETS = [key for key in all_presets() if key != "slide"]
# What would be seen at once.
SPOILT = {"overlap", "outside", "type_small", "type_large", "faint", "letters_lacking", "axis_bare"}


@cache
def spec(case_id: str, lang: str) -> Spec:
    return compile(SHIPPED[case_id], Options(lang=lang))


def page_of(figure: Spec, preset: str) -> PageOptions:
    return fitted(figure, read_page({"preset": preset}))[0]


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("case_id", sorted(SHIPPED))
def test_nothing_is_cut_faint_too_large_or_over_anything(case_id, lang, preset):
    figure = spec(case_id, lang)
    found = check(figure, page_of(figure, preset), all_presets()[preset].formats[0])
    assert [finding.text for finding in found if finding.key in SPOILT] == []


@pytest.mark.parametrize("preset", ["lancet-single", "plos", "elsevier-double"])
@pytest.mark.parametrize("case_id", sorted(SHIPPED))
def test_day_zero_and_the_end_of_follow_up_strike_no_word(case_id, preset):
    figure = spec(case_id, "en")
    page = page_of(figure, preset)
    drawing, frame = read_drawing(to_svg(figure, page, hover=False)), laid_out(figure, page).frame
    axis = figure.axis
    upright = [0.0, *([] if axis.last_follow_up is None else [axis.last_follow_up])]
    places = [frame.x("main", day) for day in upright if frame.zones["main"][0] <= day <= frame.zones["main"][1]]
    lines = [box for box in map(_line, drawing.shapes) if box and any(abs(box[0] - x) < 0.01 for x in places)]
    struck = [
        writing.text
        for writing in drawing.writings()
        for x, top, _, bottom in lines
        if writing.box[0] < x < writing.box[2] and top < writing.y - 0.2 < bottom
    ]
    assert struck == []
    assert figure.timeless or lines


def _line(shape):
    """The ends of an upright line; the pale ones of the grid are thinner."""
    if not isinstance(shape, Outline) or not shape.paint.stroke or shape.paint.width < 0.29:
        return None
    xs, ys = zip(*(place for run, _ in shape.runs for place in run), strict=True)
    return (min(xs), min(ys), max(xs), max(ys)) if max(xs) - min(xs) < 0.001 else None


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("atopic dermatosis over 50 % of the body surface", "%"),
        ("partial response: 1 · stable disease: 9 · progression: 15 · not evaluated: 4", "·"),
        ("no active disease ≠5 ≠9, no active disease ≠5 ≠9", "≠"),
        ("complete response: 1 · partial response: 4 (?) ≠1 · not reported: 19", "(?)"),
        ("number not reported (of 4), number not reported (of 4)", "4)"),
    ],
)
def test_no_line_begins_with_a_sign_that_belongs_to_the_word_before(text, never):
    for limit in range(34, 80):
        lines = wrap(text, float(limit), SMALL)
        assert " ".join(lines) == text
        assert all(width(line, SMALL) <= limit for line in lines)
        assert not any(line.startswith(never) for line in lines)
        assert not any(line.endswith(":") and after[0].isdigit() for line, after in pairwise(lines))


def test_a_word_too_long_for_a_line_is_cut_at_its_hyphen():
    for limit in range(20, 26):
        assert wrap("étoposide-carboplatine", float(limit), SMALL) == ["étoposide-", "carboplatine"]
    assert wrap("carboplatine", 10.0, SMALL)[0] == "carbopl"


@pytest.mark.parametrize("wide", [75.0, 80.0, 90.0])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_no_word_of_the_table_of_trials_is_cut(wide, lang):
    figure = spec("il21-cancer-trials", lang)
    words = {word for table in figure.charts.tables for text in table.columns for word in text.split(" ")}
    said = {text.text for box in lay_out(figure, wide).charts for piece in box.pieces for text in piece.texts}
    assert {word for word in words if len(word) > 3} <= {word for line in said for word in line.split(" ")}


def test_the_rows_of_a_table_stand_clear_of_the_line_under_its_heading():
    figure = spec("il21-cancer-trials", "en")
    head, first = lay_out(figure, 190.0).charts[-1].pieces[1:3]
    letters = min(text.y - 0.73 * text.style.size * MM_PER_PT for text in first.texts)
    assert letters > head.strokes[0].y0 + 0.6


@pytest.mark.parametrize("preset", ["nature-single", "nature-double"])
def test_a_largest_type_is_kept_by_every_word(preset):
    figure = spec("dm-mda5-ruxolitinib", "en")
    drawing = read_drawing(to_svg(figure, read_page({"preset": preset})))
    assert {round(writing.size / MM_PER_PT, 2) for writing in drawing.writings()} == {7.0}
    assert len({writing.size for writing in read_drawing(to_svg(figure)).writings()}) > 2


def test_lines_of_a_title_in_the_largest_type_taken_stand_as_close_as_others():
    figure = spec("igg4-dupilumab-1", "fr")
    title = [
        one
        for one in laid_out(figure, read_page({"preset": "nature-single", "width_mm": 60})).words.above
        if one.role == "title"
    ]
    assert len(title) == 2
    assert title[1].y - title[0].y == pytest.approx(SMALL.height)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_bars_of_per_cent_take_the_width_there_is(lang):
    """Else their names are broken into many lines beside an empty half of the page."""
    figure = spec("vitiligo-ruxolitinib-trials", lang)
    page = page_of(figure, "elsevier-one-half")
    assert page_size(figure, page)[1] <= page.made_for.height_mm
    texts = {text.text for box in laid_out(figure, page).charts for piece in box.pieces for text in piece.texts}
    assert not {text for text in texts if text.endswith("phase") or text.startswith("III")}


def test_the_figure_of_the_trials_in_vitiligo_fits_a_page_of_two_columns():
    """Charts stand side by side, none of them broken over two axes, each heading on one line."""
    figure = spec("vitiligo-ruxolitinib-trials", "en")
    for preset in ("plos", "lancet-double", "elsevier-double"):
        page = page_of(figure, preset)
        keys = {finding.key for finding in check(figure, page, "tiff")}
        assert not keys & {"tall", "tall_page"}, preset
        boxes = laid_out(figure, page).charts
        headings = {text.text for box in boxes for text in box.pieces[0].texts}
        assert {chart.heading for chart in figure.charts.percents} <= headings
        axes = sum(text.text == "75" for box in boxes for piece in box.pieces for text in piece.texts)
        assert axes == len(figure.charts.percents)


def test_words_of_an_event_that_are_broken_begin_a_line():
    labels = ("retroperitoneal-fibrosis", "magnetic-resonance-imaging-at-diagnosis")
    case = made(events=[event(label, "D0") for label in labels])
    for wide in range(60, 100, 4):
        rail = lay_out(compile(case), float(wide)).rail
        for cluster in rail.clusters:
            for item in cluster.items:
                parts = [one for one in cluster.items if one.mark is item.mark]
                if item.icon and len(parts) > 1:
                    assert not [one for one in cluster.items if one.dy == item.dy and one.dx < item.dx]


def test_a_label_is_not_broken_to_win_a_line_beside_the_words_of_others():
    """Else "kidney" over "biopsy" stands beside "kidney ultrasound", and reads on from it."""
    figure = spec("mn-dupilumab-2-illustrative", "en")
    rail = laid_out(figure, page_of(figure, "bmj-case-reports")).rail
    texts = [item.text for cluster in rail.clusters for item in cluster.items]
    assert {"kidney biopsy", "kidney ultrasound"} <= set(texts)
