"""What the patients of a comparison are called: as people call them, never by the id of a case, each another."""

from dataclasses import replace

import pytest
from figure.build import SHIPPED, course, made
from figure.page import read

from casecurves.analysis.reveal import reveal, steps
from casecurves.figure.compare import CompareOptions, Subject, compile_comparison, subjects_of
from casecurves.figure.page import PageOptions
from casecurves.figure.svg import to_svg

VIEWS = ("swimmer", "multiples", "overlay")


def named(*headers, lang="en"):
    cases = [
        (made(therapies=[course("dd", "dupilumab", "D0")], day_zero="dd", **header), "a-key") for header in headers
    ]
    return [one.name for one in subjects_of(cases, lang)]


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("view", VIEWS)
def test_no_id_of_a_case_stands_on_the_figure(view, lang):
    subjects = subjects_of([(case, key) for key, case in SHIPPED.items()], lang)
    options = CompareOptions(align="dupilumab", view=view, illustrative=True, lang=lang, analytes=("upcr", "albumin"))
    spec = compile_comparison(subjects, options)
    for wide in (90.0, 190.0):
        page = read(to_svg(spec, PageOptions(width_mm=wide)))
        said = " ".join(word.text for word in page.words)
        assert [key for key in SHIPPED if key in said] == []
        assert page.collisions() == []
        assert page.outside() == []
    assert any(row.startswith("mn-dupilumab-1/") for row in spec.drawn()), "in the data it is the id"


def test_a_shipped_case_has_a_short_name_in_both_languages():
    for lang in ("en", "fr"):
        names = [one.name for one in subjects_of([(case, key) for key, case in SHIPPED.items()], lang)]
        assert len(set(names)) == len(SHIPPED)
        assert max(map(len, names)) <= 32
        assert not any("," in name for name in names), "names stand in lists"
    assert names[list(SHIPPED).index("mn-dupilumab-2")] == "Patiente 2 (néphropathie)"


def test_without_a_short_name_it_is_the_title_and_without_a_title_the_key():
    assert named({"title": "A long title", "short": "Short", "short_fr": "Court"}) == ["Short"]
    assert named({"title": "A long title", "title_fr": "Un titre"}, lang="fr") == ["Un titre"]
    assert named({"title": ""}) == ["a-key"]
    assert named({"title": "\u202e"}) != [""]


def test_two_of_one_name_are_told_apart():
    alike = {"title": "Patient"}
    assert named(alike, alike, {"title": "Patient (2)"}, alike) == [
        "Patient",
        "Patient (2)",
        "Patient (2) (2)",
        "Patient (3)",
    ]


def test_the_name_is_not_told_in_the_case_that_a_class_is_shown():
    case = SHIPPED["dm-mda5-ruxolitinib"]
    told = reveal(case, steps(case), 0)
    assert (told.header.short, told.header.short_fr) == ("", "")
    assert replace(case, id="x").header.short


def test_by_name_is_in_the_order_in_which_people_count():
    case = made(therapies=[course("dd", "dupilumab", "D0")], day_zero="dd")
    subjects = [Subject(replace(case, id=f"id-{n}x"), f"Patient {n}") for n in (10, 2, 1)]
    spec = compile_comparison(subjects, CompareOptions(sort="name"))
    assert [lane.drug for lane in spec.lanes] == ["Patient 1", "Patient 2", "Patient 10"]
