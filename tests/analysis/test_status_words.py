"""Statuses in words: everything the rules can say has its words, in both languages, and they say what was found."""

import ast
import dataclasses
import inspect
from typing import get_args

import pytest
from analysis.test_response import ANTIBODY, PARTIAL, RELAPSING, RULES, albumin, protein
from analysis.test_stated import kidney, told
from figure.build import SHIPPED, course, event, made, value

from casecurves.analysis.kidney_saying import lines
from casecurves.analysis.kidney_saying import to_json as kidney_json
from casecurves.analysis.response import applicable, assess, evidence, readings, relapses, status
from casecurves.analysis.response.evidence import Outcome
from casecurves.analysis.response.saying import about, sentence, standing, to_json
from casecurves.analysis.response.status import Standing
from casecurves.knowledge.egfr import EQUATIONS
from casecurves.words import LANGS, catalogue


def written(place, function=("Evidence",)):
    """Every literal that the code gives as this argument of an evidence, by position or by name."""
    position, name = place
    for module in (evidence, status):
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in function:
                found = [node.args[position]] if len(node.args) > position else []
                found += [keyword.value for keyword in node.keywords if keyword.arg == name]
                yield from (one.value for one in found if isinstance(one, ast.Constant))


def test_every_reason_outcome_criterion_and_standing_has_words():
    reasons = {*written((2, "reason")), *written((3, "reason"), ("_decided",)), *written((9, "reason"), ("replace",))}
    assert len(reasons) >= 15
    assert {f"rules.reason.{reason}" for reason in reasons if reason} - catalogue().keys() == set()
    criteria = {c.id for rule in RULES.values() for s in rule.statuses for c in s.criteria} | set(written((0, "")))
    assert {"measured", "index", "after", "confirmed"} <= criteria
    assert {f"rules.criterion.{one}" for one in criteria} - catalogue().keys() == set()
    assert {f"rules.standing.{one}" for one in get_args(Standing)} - catalogue().keys() == set()
    assert {"met", "not_met"} < set(get_args(Outcome))


@pytest.mark.parametrize("case", [RELAPSING, PARTIAL, ANTIBODY, *SHIPPED.values()], ids=lambda case: case.id)
@pytest.mark.parametrize("lang", LANGS)
def test_everything_that_is_found_can_be_said(case, lang):
    for rule in RULES.values():
        for one in assess(case, rule, illustrative=True):
            text = sentence(case, rule, one, lang)
            assert standing(rule, one, lang) in text
            assert all(each.reason or each.outcome in ("met", "not_met") for each in one.evidence)
            assert "{" not in text
    assert to_json(case, lang, illustrative=True) is not None


def said(case, rule, lang="en"):
    return {one.row: sentence(case, RULES[rule], one, lang) for one in assess(case, RULES[rule])}


def test_a_sentence_says_what_it_rests_on():
    found = said(RELAPSING, "adult_ns_2020")
    rests = "not met, for a better status: 24 h proteinuria, fall of 24 h proteinuria; missing: creatinine"
    assert found["p-m3"] == f"no remission ({rests})"
    assert found["p-m6"] == (
        "partial remission: possible (met: 24 h proteinuria, fall of 24 h proteinuria; missing: creatinine)"
    )
    expected = "complete remission, as far as it can be computed (met: 24 h proteinuria, albumin; "
    assert found["p-m12"] == expected + "left to a clinician: creatinine)"
    assert said(PARTIAL, "adult_ns_2020", "fr")["r-m12"].startswith("rémission complète : possible (rempli : ")
    unit = said(PARTIAL, "kdigo_2021_ns")["r-m12"]
    assert unit.startswith("not assessable (") and "no limit in mg/mmol" in unit


def test_what_a_rule_comes_to_is_said_as_bounds():
    (reading,) = readings(RELAPSING, ("mentor",))
    lines_ = about(RELAPSING, reading, "en")
    assert lines_[0].endswith("(not verified)") and "2019" in lines_[0] and "NEJMoa1814427" in lines_[0]
    assert "index therapy: rituximab" in lines_
    assert "relapses among the values: at least 1, at most 2" in lines_
    assert "first value in complete remission: 350 to 381 days after the start of rituximab" in lines_
    case = kidney("6", told("remission"))
    (reading,) = readings(case, ("mentor",))
    lines_ = [line for line in about(case, reading, "en") if "the source states it" in line]
    assert len(lines_) == 1 and "no remission" in lines_[0]
    (reading,) = readings(RELAPSING, ("adult_ns_2020",))
    assert not about(RELAPSING, reading, "en")[0].endswith("(not verified)")


def test_a_rule_without_anything_to_assess_says_why():
    (none,) = readings(RELAPSING, ("f_vasi",))
    assert about(RELAPSING, none, "en") == (
        "facial repigmentation (F-VASI): no value of this case can be assessed by it",
    )
    companion = SHIPPED["mn-dupilumab-1-illustrative"]
    (kept,) = readings(companion, ("adult_ns_2020",))
    assert "enter no rule unless asked" in about(companion, kept, "en")[0]
    (asked,) = readings(companion, ("adult_ns_2020",), illustrative=True)
    assert any("invented" in line for line in about(companion, asked, "en"))


@pytest.mark.parametrize("case_id", sorted(SHIPPED))
@pytest.mark.parametrize("illustrative", [False, True])
def test_a_rule_applies_where_it_assesses_something(case_id, illustrative):
    case = SHIPPED[case_id]
    expected = [rule.id for rule in RULES.values() if assess(case, rule, illustrative=illustrative)]
    assert [rule.id for rule in applicable(case, illustrative=illustrative)] == expected
    assert [one.rule.id for one in readings(case, illustrative=illustrative)] == expected


def test_the_index_therapy_can_be_chosen():
    rows = [protein("p-before", "8", "D-3"), protein("p-after", "2", "M6"), albumin("a-after", "40", "M6")]
    case = made(
        therapies=[course("rtx", "rituximab", "D0")], events=[event("bx", "D-9")], day_zero="bx", measurements=rows
    )
    (own,), (chosen,) = readings(case, ("mentor",)), readings(case, ("mentor",), index="rtx")
    assert (own.index, chosen.index) == ("", "rtx")
    assert chosen.assessments[-1].status == "partial"
    assert any("no index therapy" in line for line in about(case, own, "en"))


def test_values_from_before_the_index_therapy_are_no_relapses():
    companion = SHIPPED["mn-dupilumab-1-illustrative"]
    found = assess(companion, RULES["adult_ns_2020"], illustrative=True)
    assert any(one.standing == "not_assessable" for one in found)
    assert relapses(companion, found).most == 0


def test_kidney_function_is_said_with_bounds_or_the_reason(monkeypatch):
    rows = [
        value("c-1", "1.0", "D0", "creatinine", unit="mg/dL"),
        value("c-2", "high", "D9", "creatinine", unit="mg/dL"),
    ]
    patient = {"age": 50, "sex": "male", "age_at": "bx"}
    case = made(events=[event("bx", "D0")], day_zero="bx", measurements=rows, patient=patient)
    first = (
        "creatinine 1.0 mg/dL: CKD-EPI 2021: 91–92 mL/min/1.73 m² · CKD-EPI 2009: 86–88 mL/min/1.73 m² · EKFC: 85–87"
    )
    assert lines(case, "en")[0].startswith(first)
    read = EQUATIONS["ekfc_2021"]
    monkeypatch.setitem(EQUATIONS, "ekfc_2021", dataclasses.replace(read, verified=False))
    assert " · EKFC (not verified): 85–87" in lines(case, "en")[0]
    assert lines(case, "en")[1] == "creatinine high mg/dL: no estimate: the value is not an exact number"
    found = kidney_json(case, "en")
    assert [one["equation"] for one in found] == list(EQUATIONS)
    assert found[0]["values"][1] == {
        "value": "c-2", "low": None, "high": None, "reason": "no_number",
        "sentence": "no estimate: the value is not an exact number",
    }  # fmt: skip
    assert kidney_json(RELAPSING, "fr")[0]["values"][0]["reason"] in ("age", "sex")
    assert kidney_json(PARTIAL, "fr") == [] and lines(PARTIAL, "fr") == ()


def test_every_reason_for_no_estimate_has_words():
    from casecurves.analysis import kidney

    source = ast.parse(inspect.getsource(kidney))
    doc = ast.get_docstring(next(n for n in ast.walk(source) if isinstance(n, ast.ClassDef)))
    for reason in ("no_number", "unit", "age", "sex", "young", "dialysis", "acute"):
        assert f"``{reason}``" in doc and f"kidney.why.{reason}" in catalogue()
