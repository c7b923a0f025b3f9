"""In a narrow column the words of a direction stand on more lines rather than in another zone, or cut."""

import pytest
from figure.build import SHIPPED, made, value

from casecurves.figure import theme as t
from casecurves.figure.compile import compile
from casecurves.figure.layout import lay_out
from casecurves.figure.layout.signs import signed
from casecurves.figure.options import Options
from casecurves.figure.page import PageOptions
from casecurves.figure.plotly import to_plotly
from casecurves.figure.svg import to_svg
from casecurves.figure.text import width


def page_of(case, lang, mm=85.0):
    return lay_out(compile(case, Options(lang=lang)), mm)


def directions(page):
    return [(box, mark) for box in page.panels for mark in box.marks if mark.mark.shape == "trend"]


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("case_id", ["mn-dupilumab-1", "mn-dupilumab-2"])
def test_a_direction_is_told_whole_and_in_its_own_zone(case_id, lang):
    page = page_of(SHIPPED[case_id], lang)
    found = directions(page)
    assert found
    for box, mark in found:
        lines = (mark.label, *mark.more)
        assert " ".join(line.text for line in lines) == signed(mark.mark, mark.mark.label)
        assert not box.spilled and not box.told
        zone0, zone1 = page.frame.zones[mark.mark.place[0].zone][2:]
        for line in lines:
            assert zone0 < line.x and line.x + width(line.text, t.SMALL) < zone1
            assert box.y <= line.top and line.top + 2.5 <= box.y + box.height


def test_a_direction_moves_within_its_time_rather_than_be_cut():
    page = page_of(SHIPPED["mn-dupilumab-2-illustrative"], "en", 75.0)
    mark = next(mark for box, mark in directions(page) if box.panel.label == "eosinophils")
    assert (mark.label.text, mark.more) == ("rises", ())
    assert mark.x0 < mark.x < mark.x1


def test_where_few_letters_have_room_there_are_none_and_the_whole_stands_elsewhere():
    page = page_of(SHIPPED["mn-dupilumab-2-illustrative"], "fr", 75.0)
    box, mark = next((box, mark) for box, mark in directions(page) if "osinophil" in box.panel.label)
    assert mark.label is None or mark.label.text == ""
    assert any("augmente" in text for text in (*box.spilled, *box.told))


def test_two_lines_are_what_one_is_in_every_picture():
    page = page_of(SHIPPED["mn-dupilumab-1"], "fr")
    mark = next(mark for box, mark in directions(page) if box.panel.label == "albumine")
    assert [line.text for line in (mark.label, *mark.more)] == ["augmente,", "rapidement"]
    drawn = to_svg(page.spec, PageOptions(width_mm=85.0))
    assert drawn.count(">augmente,<") == drawn.count(">rapidement<") - 2 == 1
    assert "augmente,<br>rapidement" in str(to_plotly(page.spec, width_px=450.0))


@pytest.mark.parametrize("mm", [70.0, 80.0, 90.0, 100.0])
def test_nothing_stands_on_the_second_line_of_another(mm):
    for box in page_of(SHIPPED["mn-dupilumab-1"], "fr", mm).panels:
        areas = [
            (line.x, line.top, line.x + width(line.text, t.SMALL), line.top + 2.5)
            for mark in box.marks
            for line in (mark.label, *mark.more)
        ]
        for n, (x0, y0, x1, y1) in enumerate(areas):
            assert not [a for a in areas[:n] if a[0] < x1 and x0 < a[2] and a[1] + 0.1 < y1 and y0 + 0.1 < a[3]]


@pytest.mark.parametrize("mm", [75.0, 84.0, 90.0, 140.0, 190.0])
@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("case_id", SHIPPED)
def test_no_direction_is_told_across_a_line_over_the_whole_height(case_id, lang, mm):
    page = page_of(SHIPPED[case_id], lang, mm)
    for box in page.panels:
        for item in (item for item in box.items if item.mark.shape == "trend"):
            for words, x in item.lines():
                assert not [bar for bar in page.frame.bars if x < bar < x + width(words, t.SMALL)], words
            if item.text.endswith("…"):
                assert item.spilled in " ".join((*box.spilled, *box.told)) or box.spilled


def test_words_stand_on_no_whisker_of_a_result():
    rows = [value("pos", "positive", "D0..D100", "anti-PLA2R"), value("dir", "falls", "D120..D180", "anti-PLA2R")]
    (box,) = lay_out(compile(made(measurements=[*rows, value("end", "5", "D900", "CK")])), 140.0).panels[:1]
    (pill,) = [item for item in box.items if item.mark.shape != "trend"]
    (trend,) = [item for item in box.items if item.mark.shape == "trend"]
    on_it = [1 for words, x in trend.lines() if x < pill.x1 and x + width(words, t.SMALL) > pill.x0]
    assert not on_it or trend.level > pill.level
