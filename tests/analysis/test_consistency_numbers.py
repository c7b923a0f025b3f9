"""The proof-reader: which printed numbers and values are doubted."""

import pytest
from analysis.planted import arm, group, measured, result, rules_of, trial, versus

from casecurves.analysis.consistency import proofread
from casecurves.analysis.consistency.numbers import Span, places, rounded
from casecurves.analysis.consistency.saying import sentence
from casecurves.knowledge import all_analytes
from casecurves.knowledge.fold import table
from casecurves.knowledge.plausible import limits


def test_a_printed_number_can_have_been_what_rounds_to_it():
    assert [places(text) for text in ("51.2", "8", "0,05", "~30")] == [1, 0, 2, 0]
    assert rounded(51.2, 1).meets(Span(51.249, 51.249))
    assert not rounded(51.2, 1).meets(Span(51.26, 51.26))
    assert rounded(3.0, 1).gap(Span(3.15, 3.2)) == pytest.approx(0.1, abs=1e-6)


@pytest.mark.parametrize(
    ("percent", "n", "found"),
    [("51.4", 222, False), ("51.2", 221, True), ("8", 109, False), ("33", 3, False), ("34", 3, True), ("~34", 3, False),
     ("0", 7, False), ("100", 7, False), ("30-40", 7, False), ("<5", 7, False)],
)  # fmt: skip
def test_only_a_per_cent_that_nobody_can_have_is_doubted(percent, n, found):
    case = trial([result("res", percent=percent)], arms=[arm("one", n)])
    assert ("percent.whole" in rules_of(case)) is found


@pytest.mark.parametrize(
    ("analyte_", "written", "unit", "certainty"),
    [("uPCR", "0", "mg/g", None), ("uPCR", "0.5", "mg/g", "likely"), ("uPCR", "<0.3", "g/g", None),
     ("haemoglobin", "0", "g/L", "check"), ("SpO2", "102", "%", "check"), ("CRP", "12", "", None),
     ("temperature", "98.6", "°C", "check"), ("anti-PLA2R", "1000000", "RU/mL", None),
     ("platelets", "253", "/mm3", "likely"), ("creatinine", "1.2", "µmol/L", "likely"), ("pH", "7.4", "", None)],
)  # fmt: skip
def test_a_value_is_doubted_where_nobody_has_it(analyte_, written, unit, certainty):
    found = [one for one in proofread(measured(written, unit, analyte_)).findings if one.rule == "unit.value"]
    assert [one.certainty for one in found] == ([] if certainty is None else [certainty])


def test_the_limits_of_doubt_hold_the_thresholds_and_units_of_their_analytes():
    for entry in all_analytes():
        for limit in entry.thresholds:
            between = limits(entry.id, entry.ucum(limit.unit) or "")
            assert between is None or between[0] <= limit.value <= between[1], entry.id
    for key in table("plausible.toml"):
        entry = next(one for one in all_analytes() if one.id == key)
        units = [unit for unit in table("plausible.toml")[key] if unit not in ("zero", "")]
        assert [unit for unit in units if unit not in entry.units] == [], key


@pytest.mark.parametrize(
    ("p", "certainty"),
    [("<0.001", None), ("= 0.00001", None), ("0,04", "check"), ("0.20", "likely"), (">0.05", "likely"), ("NS", None),
     ("", None), ("p<0.05", None)],
)  # fmt: skip
def test_p_against_an_interval_that_is_clear(p, certainty):
    """3.0 [1.9-4.8] is p = 3e-6."""
    found = [one.certainty for one in proofread(trial(comparisons=[versus(3.0, 1.9, 4.8, p=p)])).findings]
    assert found == ([] if certainty is None else [certainty])


@pytest.mark.parametrize(
    ("measure", "estimate", "low", "high", "found"),
    [("odds_ratio", 3.0, 1.2, 7.5, False), ("odds_ratio", 2.0, 1.0, 4.0, True), ("risk_difference", 25.0, 5, 45, False),
     ("risk_difference", 0.25, 0.05, 0.45, False), ("risk_difference", 40.0, 20, 60, True),
     ("hazard_ratio", 9.0, 4.0, 20.25, False)],
)  # fmt: skip
def test_a_ratio_is_held_against_the_shares_by_its_own_measure(measure, estimate, low, high, found):
    rows = [result("res-a", percent="50.0"), result("res-b", "two", percent="25.0")]
    case = trial(rows, [versus(estimate, low, high, measure=measure)])
    assert (rules_of(case) == ["ratio.percent"]) is found
    assert found or rules_of(case) == []


@pytest.mark.parametrize(("count", "found"), [(21, True), (20, False)])
def test_one_count_alone_is_held_against_the_patients_there_are(count, found):
    case = trial([result("res", count=count, percent=None)])
    said = [sentence(one, "en") for one in proofread(case).findings if one.rule == "sum.above_n"]
    assert said == (["21, more than the 20 patients there are"] if found else [])
    assert ("sum.above_n" in rules_of(group(result("res", count=count - 16)))) == found


@pytest.mark.parametrize(
    ("measure", "first", "found"),
    [
        ("relative_risk", {"count": 0}, False),
        ("odds_ratio", {"percent": "0"}, False),
        ("relative_risk", {"percent": "15"}, True),
    ],
)
def test_a_ratio_of_zero_is_right_where_nobody_of_the_first_arm_was_affected(measure, first, found):
    case = trial(
        [result("res-a", n=20, **first), result("res-b", "two", count=5, n=20)],
        [versus(0.0, 0.0, 0.9, measure=measure)],
    )
    assert ("ratio.zero" in rules_of(case)) is found
