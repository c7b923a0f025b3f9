"""A value whose assay is not stated, or is another than a rule asks for, is listed with the reason, never left out."""

import pytest
from analysis.test_response import ANTIBODY, RULES
from analysis.test_stated import antibody, with_elisa
from analysis.test_status_words import said
from figure.build import SHIPPED, made

from casecurves.analysis.consistency import proofread, proofread_document
from casecurves.analysis.consistency.saying import to_json, unheld
from casecurves.analysis.response import applicable, assess, readings, without_assay
from casecurves.analysis.response.saying import about
from casecurves.knowledge import all_documents
from casecurves.terminal import proof

ELISA_RULES = ("pla2r_elisa", "pla2r_immunological")


@pytest.mark.parametrize("rule", ELISA_RULES)
def test_a_value_without_assay_is_not_assessable_and_says_why(rule):
    case = with_elisa(
        "5", antibody("120", "", "bare", "D90", unit="RU/mL"), antibody("90", "CLIA", "other", unit="AU/mL")
    )
    found = {one.row: one for one in assess(case, RULES[rule])}
    assert {row: one.standing == "not_assessable" for row, one in found.items()} == {
        "e-after": False, "bare": True, "other": True,
    }  # fmt: skip
    assert said(case, rule)["bare"] == "not assessable (anti-PLA2R: assay not stated)"
    assert said(case, rule, "fr")["bare"] == "non évaluable (anti-PLA2R\u00a0: technique de dosage non précisée)"
    assert said(case, rule)["other"] == "not assessable (anti-PLA2R: assay “CLIA”, and the rule is for another)"
    assert without_assay(case) == ("bare", "other")


def test_a_titre_by_immunofluorescence_is_no_value_of_an_elisa():
    assert without_assay(ANTIBODY) == ()
    assert {one.row for one in assess(ANTIBODY, RULES["pla2r_elisa"])} == {"e-before", "e-m3", "e-m6", "e-m9"}


def test_a_case_without_any_stated_assay_has_the_rules_and_why_they_say_nothing():
    case = made(measurements=[antibody("120", "", "bare", unit="RU/mL"), antibody("positive", "", "word", "D9")])
    assert [rule.id for rule in applicable(case)] == list(ELISA_RULES)
    for reading in readings(case):
        assert "no value can be assessed (anti-PLA2R: assay not stated)" in about(case, reading, "en")


def test_check_tells_which_values_no_rule_is_held_against():
    case = SHIPPED["mn-dupilumab-1"]  # neither titre nor technique is in the document
    read = proofread(case)
    assert {row for _, row in read.without_assay} == {"pla2r-positive", "pla2r-transient", "pla2r-falls"}
    for lang, word in (("en", "held against no rule"), ("fr", "confrontées à aucune règle")):
        text = unheld(read, {case.id: case}, lang)
        assert word in text and text.count("measurements.csv") == 3
        shown = to_json(read, {case.id: case}, lang)
        assert text in proof({"id": case.id, "title": "x", **shown}, lang)
    document = next(one for one in all_documents() if one.id == "dupilumab")
    every = proofread_document(document, SHIPPED.values())
    assert {case_id for case_id, _ in every.without_assay} == {"mn-dupilumab-1", "mn-dupilumab-2"}
    assert unheld(proofread(ANTIBODY), {}, "en") == ""
