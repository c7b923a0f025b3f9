"""What a figure that shows no ages, or no dates, says in their place; and what it must leave alone."""

from dataclasses import replace

import pytest
from figure.build import SHIPPED

from casecurves.figure.compile import compile
from casecurves.figure.compile.withheld import withheld
from casecurves.figure.options import Options
from casecurves.model.when import parse
from casecurves.words import say

AGE = say("time.age_withheld", "en")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Age: 62 or 60 years", f"Age: {AGE}"),
        ("aged 62, on prednisone", f"aged {AGE}, on prednisone"),
        ("A girl of 8 years.", f"A girl of {AGE}."),
        ("A 62-year-old woman", f"A {AGE} woman"),
        ("at 31 years of age", f"at {AGE}"),
        ("she was 21 then", f"she was {AGE} then"),
        ("Âgée de 62 ans, elle", f"Âgée de {AGE}, elle"),
        ("à l’âge de 7 ans", f"à l’âge de {AGE}"),
        ("Âge\u00a0: 62 ou 60 ans", f"Âge\u00a0: {AGE}"),
        ("elle avait alors 21 ans", f"elle avait alors {AGE}"),
    ],
)
def test_an_age_is_withheld_where_words_say_that_it_is_one(written, shown):
    assert withheld(written, "en", dates=True, ages=False) == shown
    assert withheld(written, "en", dates=True, ages=True) == written


@pytest.mark.parametrize(
    "written",
    [
        "prednisone was 40 mg, followed for 10 years; CRP was 120",
        "complete remission at 4 years",
        "rémission complète à 4 ans, sans rechute",
        "a man of 80 kg",
        "percentage 12",
        "stage: 3",
    ],
)
def test_other_numbers_are_left(written):
    assert withheld(written, "en", dates=False, ages=False) == written


def test_what_stands_in_the_place_of_a_date_has_its_own_brackets_only():
    date = say("time.year_withheld", "en")
    assert withheld("nephrotic syndrome (2017)", "en", dates=False, ages=True) == f"nephrotic syndrome {date}"
    assert withheld("in 2017, again", "en", dates=False, ages=True) == f"in {date}, again"


def test_whom_a_trial_took_is_no_age_of_anybody():
    shown = compile(SHIPPED["vitiligo-ruxolitinib-trials"], Options(age="band"))
    assert "from the age of 12" in shown.subtitle


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_name_of_day_zero_and_of_what_a_time_counts_from_are_words_too(lang):
    case = SHIPPED["mn-dupilumab-2"]
    event = next(row for row in case.events if row.id == "neutropenia")
    other = next(row for row in case.events if row.id == "atopy-flare")
    labels = {"label": "neutropenia of 2019, aged 31", "label_fr": "neutropénie de 2019, âgée de 31 ans"}
    named = event.model_copy(update=labels)
    after = other.model_copy(update={"time": parse("after:neutropenia")})
    swapped = {row.id: row for row in (named, after)}
    case = replace(case, events=tuple(swapped.get(row.id, row) for row in case.events))
    age = "aged 31" if lang == "en" else "âgée de 31"
    for zero in ("neutropenia", ""):
        whole = str(compile(case, Options(lang=lang, zero=zero)))
        assert "2019" in whole and age in whole
        assert "2019" not in str(compile(case, Options(lang=lang, zero=zero, dates="hidden")))
        assert age not in str(compile(case, Options(lang=lang, zero=zero, age="band")))
