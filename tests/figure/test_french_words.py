"""French as French physicians write it, whatever the drug, the unit or the gender of a column."""

import pytest
from figure.build import SHIPPED, course, dose, event, made, value

from casecurves.analysis.exposure import exposure
from casecurves.analysis.saying import by_course
from casecurves.analysis.times import absence, describe
from casecurves.figure.compile import compile
from casecurves.figure.options import Options
from casecurves.figure.tables import tables
from casecurves.knowledge import all_analytes
from casecurves.knowledge.units import a_day, in_language
from casecurves.words import catalogue, probability, say


@pytest.mark.parametrize(
    ("unit", "french", "english"),
    [
        ("mIU/L", "mUI/L", "mIU/L"),
        ("UI/mL", "UI/mL", "IU/mL"),
        ("kIU/L", "kUI/L", "kIU/L"),
        ("U/L", "U/L", "U/L"),
        ("mg/m2", "mg/m²", "mg/m²"),
        ("RU/mL", "RU/mL", "RU/mL"),
        ("g/d", "g/j", "g/d"),
        ("mg/kg/j", "mg/kg/j", "mg/kg/d"),
    ],
)
def test_units_have_the_letters_of_the_language(unit, french, english):
    assert (in_language(unit, "fr"), in_language(unit, "en")) == (french, english)


def test_they_have_them_in_figures_and_tables():
    case = SHIPPED["mn-dupilumab-2-illustrative"]
    spec = compile(case, Options(lang="fr"))
    told = [entry.text for box in spec.boxes for entry in box.entries]
    cells = [cell.text for table in tables(case, "fr") for _, row in table.rows for cell in row]
    for texts in (told, cells):
        assert any("mUI/L" in text for text in texts)
        assert not any("IU/L" in text for text in texts)


@pytest.mark.parametrize(("unit", "french", "english"), [("mg/d", "mg/j", "mg/day"), ("g/j", "g/j", "g/day")])
def test_a_day_is_said_in_full_in_tables(unit, french, english):
    assert (a_day(unit, "fr"), a_day(unit, "en")) == (french, english)
    assert a_day("g/dL", "fr") == "g/dL"


@pytest.mark.parametrize(
    ("drug", "label", "end"),
    [
        ("hydrocortisone", "dose d’hydrocortisone", "fin du traitement par hydrocortisone"),
        ("prednisone", "dose de prednisone", "fin du traitement par prednisone"),
    ],
)
def test_a_drug_has_no_wrong_article(drug, label, end):
    case = made(
        therapies=[course("aa", drug, "D0", "D90")],
        doses=[dose("bb", "aa", 40, "D3"), dose("cc", "aa", 20, "D30")],
        events=[event("relapse", "after:aa.end", "relapse")],
        day_zero="aa",
    )
    assert label in [panel.label for panel in compile(case, Options(lang="fr")).panels]
    assert end in describe(case, case.events[0].time, "fr")


def test_a_fall_is_that_of_what_fell():
    assert say("rules.criterion.fall_vowel", "fr", analyte="anti-PLA2R") == "baisse d’anti-PLA2R"


def test_one_thing_has_one_name():
    french = [texts["fr"].lower() for texts in catalogue().values()]
    assert [text for text in french if "dernières nouvelles" in text or "traitements de support" in text] == []
    assert say("slides.not_stated", "fr") == "sans précision", "of a column of either gender"
    names = {known.id: known.fr for known in all_analytes()}
    assert [key for key in ("easi", "dlqi", "pasi") if names[key] == key or " and " in names[key].lower()] == []
    assert "Quality" not in names["dlqi"] and "Index" not in names["pasi"]


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_course_is_told_by_its_drug_and_not_by_its_id(lang):
    rows = [course(f"row-{n}", "prednisone", f"D{n}0", f"D{n}9", dose=40, dose_unit="mg/d") for n in (1, 2)]
    for therapies in (rows[:1], rows):
        case = made(therapies=therapies, events=[event("biopsy", "D0")], day_zero="biopsy")
        said = by_course(case, exposure(case), lang)
        assert len(said) == len(therapies)
        assert not any("row-" in line for line in said)
        assert len({line.split(":")[0] for line in said}) == len(therapies)
        assert all("\u00a0g" in line for line in said), "no line breaks between a number and its unit"


def test_a_time_names_what_was_measured_in_french():
    rows = [value("strength", "3/5", "D0", "muscle strength"), value("later", "4/5", "strength+M1", "muscle strength")]
    case = made(measurements=rows, events=[event("biopsy", "D0")], day_zero="biopsy")
    assert describe(case, case.measurements[1].time, "fr") == "1\u00a0mois après testing musculaire"


def test_what_was_absent_is_a_phrase():
    assert [absence(name, "fr") for name in ("autre traitement", "rechute", "hémorragie", "œdème", "hernie")] == [
        "absence d’autre traitement",
        "absence de rechute",
        "absence d’hémorragie",
        "absence d’œdème",
        "absence de hernie",
    ]
    spec = compile(SHIPPED["mn-dupilumab-2"], Options(lang="fr"))
    assert "absence d’autre traitement" in [band.label for band in spec.rail.bands]
    assert absence("relapse", "en") == "no relapse"


@pytest.mark.parametrize(
    ("written", "french", "english"),
    [
        ("<0.001", "p < 0,001", "p < 0.001"),
        ("p<0.05", "p < 0,05", "p < 0.05"),
        ("P = 0.05", "p = 0,05", "p = 0.05"),
        ("0.03", "p = 0,03", "p = 0.03"),
        ("ns", "p ns", "p ns"),
    ],
)
def test_a_p_has_its_sign_between_spaces_that_do_not_break(written, french, english):
    assert [probability(written, lang) for lang in ("fr", "en")] == [
        text.replace(" ", "\u00a0") for text in (french, english)
    ]
