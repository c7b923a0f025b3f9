"""Estimated filtration: hand-computed values, bounds from the age, and no estimate where no equation holds."""

import pytest
from figure.build import event, made, value

from casecurves.analysis.kidney import kidney_function
from casecurves.knowledge.egfr import EQUATIONS, egfr


@pytest.mark.parametrize(
    ("creatinine", "age", "sex", "equation", "expected"),
    [
        (0.9, 55, "female", "ckd_epi_2021", 75.4),  # 142 · 1.2857^-1.2 · 0.9938^55 · 1.012
        (1.0, 50, "male", "ckd_epi_2021", 91.7),  # 142 · 1.1111^-1.2 · 0.9938^50
        (0.6, 30, "male", "ckd_epi_2021", 133.2),  # 142 · 0.6667^-0.302 · 0.9938^30
        (1.0, 50, "male", "ckd_epi_2009", 87.4),  # 141 · 1.1111^-1.209 · 0.993^50
        (0.5, 30, "female", "ckd_epi_2021", 129.3),  # 142 · 0.7143^-0.241 · 0.9938^30 · 1.012
        (0.6, 30, "female", "ckd_epi_2009", 122.3),  # 141 · 0.8571^-0.329 · 0.993^30 · 1.018
        (1.2, 60, "male", "ckd_epi_2009", 65.4),  # 141 · 1.3333^-1.209 · 0.993^60
        (0.6, 60, "female", "ekfc_2021", 92.2),  # 107.3 · 0.8571^-0.322 · 0.99^20
        (1.2, 60, "female", "ekfc_2021", 47.7),  # 107.3 · 1.7143^-1.132 · 0.99^20
        (0.9, 50, "male", "ekfc_2021", 97.0),  # 107.3 · 1 · 0.99^10
        (1.8, 40, "male", "ekfc_2021", 49.0),  # 107.3 · 2^-1.132
    ],
)
def test_hand_computed_values(creatinine, age, sex, equation, expected):
    assert egfr(creatinine, age, sex, equation) == pytest.approx(expected, abs=0.15)


@pytest.mark.parametrize("equation", EQUATIONS)
def test_no_estimate_where_the_equation_does_not_hold(equation):
    assert egfr(1.0, 12, "male", equation) is None
    assert egfr(1.0, 50, "unknown", equation) is None
    assert egfr(0.0, 50, "male", equation) is None
    assert egfr(0.5, 50, "male", equation) > egfr(2.5, 50, "male", equation)


def patient(*events, **who):
    rows = [
        value("c-early", "1.0", "D1", "creatinine", unit="mg/dL"),
        value("c-later", "88.4", "Y10", "creatinine", unit="µmol/L"),
        value("c-odd", "1.0", "D1", "creatinine", unit="g/L"),
        value("c-less", "<1", "D1", "creatinine", unit="mg/dL"),
        value("c-made", "1.0", "D1", "creatinine", unit="mg/dL", basis="illustrative"),
    ]
    person = {"sex": "male", "age": 50, "age_at": "first"} | who
    return made(
        measurements=rows, events=[event("first", "D0", "diagnosis"), *events], day_zero="first", patient=person
    )


def test_bounds_are_those_of_the_age():
    found = {one.row: one for one in kidney_function(patient(), "ckd_epi_2021")}
    assert found["c-early"].low < 91.7 < found["c-early"].high + 0.1
    assert found["c-later"].high < found["c-early"].low
    assert {row: one.reason for row, one in found.items() if one.reason} == {"c-odd": "unit", "c-less": "no_number"}


@pytest.mark.parametrize(
    ("kind", "label", "reason"),
    [("dialysis", "haemodialysis", "dialysis"), ("complication", "Acute kidney injury", "acute")],
)
def test_not_in_dialysis_nor_in_acute_injury(kind, label, reason):
    case = patient({"id": "bad", "kind": kind, "label": label, "time": "Y5", "end": ""})
    found = {one.row: one.reason for one in kidney_function(case, "ckd_epi_2021")}
    assert (found["c-early"], found["c-later"]) == ("", reason)


def test_age_and_sex_are_needed():
    assert {one.reason for one in kidney_function(patient(sex="unknown"), "ckd_epi_2021")} >= {"sex"}
    assert {one.reason for one in kidney_function(patient(age=None), "ckd_epi_2021")} >= {"age"}
