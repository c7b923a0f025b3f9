"""A case as tables to read: nothing lost, nothing translated that is not known, every order a permutation."""

import re

import pytest
from figure.build import SHIPPED, course, dose, event, made
from hypothesis import HealthCheck, given, settings
from strategies import cases

from casecurves.analysis.times import describe
from casecurves.figure.compile.wording import words_of
from casecurves.figure.options import Options
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
                    assert cell.beside == "", "how the file writes it stands apart"
                    assert found[name, row.id, f"{column.name}.written"].text == visible(value.written)
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
    assert found["events", "keratouveitis", "time.written"].text == "birth..admission"
    assert found["doses", "glucocorticoid-100", "dose_unit"].text == "mg/j"
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
    rows = [course("first", "prednisone", "D9"), course("second", "prednisone", "D20", "D30")]
    for therapies, beside in ((rows[:1], ""), (rows, "first")):
        case = made(therapies=therapies, doses=[dose("aa", "first", 40, "D3")])
        cell = cells(tables(case, "en"))["doses", "aa", "therapy"]
        assert (cell.text, cell.beside) == ("prednisone", beside)


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("case_id", SHIPPED)
def test_the_grammar_of_times_stands_in_columns_of_its_own_behind_all_others(case_id, lang):
    for table in tables(SHIPPED[case_id], lang):
        written = [heading.name.endswith(".written") for heading in table.headings]
        assert written == sorted(written)
        for _, row in table.rows:
            shown = [cell for cell, own in zip(row, written, strict=True) if not own]
            said = " ".join(f"{cell.text} {cell.beside}" for cell in shown)
            assert not re.search(r"\b(after|before|soon):[a-z]|\.\.|[a-z] ?\+[DWMYJSA]\d", said), said


@pytest.mark.parametrize(
    ("time", "en", "fr"),
    [
        ("D0", "0", "0"),
        ("D-3", "\u22123", "\u22123"),
        ("D2..D4", "2 to 4", "2 à 4"),
        ("W1", "3 to 10", "3 à 10"),
        ("..D0", "up to 0", "jusqu’à 0"),
        ("before:zero", "up to \u22121", "jusqu’à \u22121"),
        ("..zero", "up to 0", "jusqu’à 0"),
        ("after:zero", "from 0", "dès 0"),
    ],
)
def test_the_last_possible_day_is_a_day_on_which_it_can_have_been(time, en, fr):
    case = made(events=[event("zero", "D0"), event("aa", time)], day_zero="zero")
    for lang, said in (("en", en), ("fr", fr)):
        assert cells(tables(case, lang))["events", "aa", "time.days"].text == said
        number = "\u2212?[0-9]+"
        # A figure, and all that is told of a mark, says the same days.
        told = words_of(case, Options(lang=lang)).bounds("aa")
        assert re.findall(number, told) == re.findall(number, said)


def test_what_may_have_been_there_since_birth_is_not_counted_from_it():
    case = SHIPPED["dm-mda5-ruxolitinib"]
    for table in tables(case, "en"):
        for _, row in table.rows:
            assert not [cell.text for cell in row if "\u221223" in cell.text]


def test_an_interval_of_a_course_is_said_in_words():
    found = cells(tables(SHIPPED["dm-mda5-ruxolitinib"], "fr"))
    assert "chaque mois" in [cell.text for (_, _, column), cell in found.items() if column == "every"]


def test_a_name_in_the_other_language_is_not_said_beside_the_name():
    found = cells(tables(SHIPPED["dm-mda5-ruxolitinib"], "fr"))
    assert {cell.beside for (_, _, column), cell in found.items() if column == "analyte"} == {""}


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


@pytest.mark.parametrize(("lang", "numbers"), [("en", ("58.0", "3.0")), ("fr", ("58,0", "3,0"))])
def test_numbers_of_a_trial_have_the_decimals_of_their_source(lang, numbers):
    found = cells(tables(SHIPPED["vitiligo-ruxolitinib-trials"], lang))
    shown = {cell.text for (_, _, column), cell in found.items() if column in {"estimate", "ci_low", "ci_high"}}
    assert set(numbers) <= shown
