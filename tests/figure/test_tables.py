"""A case as tables to read: nothing lost, nothing translated that is not known, every order a permutation."""

import pytest
from figure.build import SHIPPED, course, dose, made
from hypothesis import HealthCheck, given, settings
from strategies import cases

from casecurves.analysis.times import describe, plain
from casecurves.figure.tables import sorts, tables
from casecurves.model.issues import visible
from casecurves.model.schema import TABLES, columns
from casecurves.words import has, numeral, say


def cells(shown):
    return {
        (table.name, row_id, heading.name): cell
        for table in shown
        for row_id, row in table.rows
        for heading, cell in zip(table.headings, row, strict=True)
    }


def expected(value, lang):
    """A direction, and a category that is known here, in words; all else as written, with the comma of French."""
    word = f"trend.{value.trend}" if getattr(value, "trend", None) else f"category.{getattr(value, 'category', None)}"
    return say(word, lang) if has(word.lower()) else numeral(visible(str(getattr(value, "written", value))), lang)


def check_whole(case, lang):
    shown = tables(case, lang)
    found = cells(shown)
    for name in TABLES:
        for row in getattr(case, name):
            for column in columns(name):
                value = getattr(row, column.name)
                pair = column.name.removesuffix("_fr")
                if value in (None, "") or (pair != column.name and lang == "en"):
                    continue
                assert found[name, row.id, pair].text, (name, row.id, column.name)
                if column.type in ("value", "id"):
                    assert found[name, row.id, column.name].text == expected(value, lang)
                if column.type in ("time", "end"):
                    cell = found[name, row.id, column.name]
                    assert cell.text == describe(case, value, lang)
                    assert cell.beside in ("", visible(value.written))
                    assert cell.beside or cell.text == visible(value.written) or plain(value)
    for table in shown:
        assert len(table.left_out) + len(table.headings) == len({*table.left_out, *(h.title for h in table.headings)})


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("case_id", SHIPPED)
def test_every_cell_of_a_shipped_case_is_there(case_id, lang):
    check_whole(SHIPPED[case_id], lang)


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(cases())
def test_every_cell_of_any_case_is_there(case):
    for lang in ("en", "fr"):
        check_whole(case, lang)


def test_french_speaks_french_and_marks_what_does_not():
    case = SHIPPED["dm-mda5-ruxolitinib"]
    (therapies, *_), found = tables(case, "fr"), cells(tables(case, "fr"))
    assert {"médicament", "unité de dose", "fondement", "emplacement dans la source"} <= {
        heading.title for heading in therapies.headings
    }
    assert found["events", "keratouveitis", "kind"].text == say("event_kind.infection", "fr")
    label = found["events", "keratouveitis", "label"]
    assert (label.text, label.lang) == ("kérato-uvéite herpétique", "")
    locator = found["events", "keratouveitis", "locator"]
    assert (locator.text, locator.lang) == ("Observation, premier paragraphe", "")
    assert found["events", "keratouveitis", "time"].text == "avant admission"
    assert found["events", "keratouveitis", "time"].beside == "birth..admission"
    assert found["events", "rash-onset", "time"].beside == "", "a distance from day zero, as its words say"
    assert found["doses", "glucocorticoid-100", "dose_unit"].text == "mg/jour"
    assert cells(tables(case, "en"))["doses", "glucocorticoid-100", "dose_unit"].text == "mg/day"
    assert found["events", "keratouveitis", "source"].text == "Jalles 2020"
    assert found["measurements", "ck", "basis"].text == say("basis.reported", "fr")


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("case_id", [case_id for case_id, case in SHIPPED.items() if case.arms])
def test_an_arm_is_named_and_no_row_by_its_id(case_id, lang):
    case = SHIPPED[case_id]
    shown = [
        (cell.text, cell.beside)
        for table in tables(case, lang)
        for _, row in table.rows
        for heading, cell in zip(table.headings, row, strict=True)
        if heading.name in ("arm", "versus")
    ]
    assert len(shown) > 5
    ids = {arm.id for arm in case.arms}
    assert [text for pair in shown for text in pair if text in ids] == []


def test_of_two_rows_of_one_name_the_id_tells_which_is_meant():
    rows = [course("first", "prednisone", "D0", "D9"), course("second", "prednisone", "D20", "D30")]
    for therapies, beside in ((rows[:1], ""), (rows, "first")):
        case = made(therapies=therapies, doses=[dose("aa", "first", 40, "D3")])
        cell = cells(tables(case, "en"))["doses", "aa", "therapy"]
        assert (cell.text, cell.beside) == ("prednisone", beside)


def test_a_column_that_is_empty_is_named_and_left_out():
    measurements = next(t for t in tables(SHIPPED["igg4-dupilumab-1"], "en") if t.name == "measurements")
    names = {heading.title for heading in measurements.headings}
    assert names
    assert not names & set(measurements.left_out)
    assert "reading error" in measurements.left_out


@pytest.mark.parametrize("case_id", SHIPPED)
def test_every_order_keeps_every_row(case_id):
    case = SHIPPED[case_id]
    for unsorted in tables(case, "fr"):
        for sort in sorts(unsorted):
            (shown,) = [table for table in tables(case, "fr", sort=sort) if table.name == unsorted.name]
            assert sorted(row_id for row_id, _ in shown.rows) == sorted(row_id for row_id, _ in unsorted.rows)
            at = [heading.name for heading in shown.headings].index(sort.split(".", 1)[1].removeprefix("-"))
            keys = [row[at].key for _, row in shown.rows]
            known = [key for key in keys if not key[0]]
            assert keys[: len(known)] == known, "what is not known comes last"
            assert known == sorted(known, reverse=".-" in sort)
