"""Numbers that were worked out by hand from the documents and their sources: what is shipped agrees with each."""

import pytest
from figure.build import SHIPPED, made, value

from casecurves.analysis.response import assess
from casecurves.analysis.units import times_upper
from casecurves.knowledge import analyte
from casecurves.knowledge.conversion import convert
from casecurves.knowledge.glucocorticoids import equivalent
from casecurves.knowledge.rules import all_rules

IL21, VITILIGO, MDA5 = (
    SHIPPED[case_id] for case_id in ("il21-cancer-trials", "vitiligo-ruxolitinib-trials", "dm-mda5-ruxolitinib")
)


def counts(arm):
    return {row.response: row.count for row in IL21.outcomes if row.arm == arm and row.status == "used"}


def size(arm):
    return next(row.n for row in IL21.arms if row.id == arm)


def test_the_responses_of_the_il21_trials_add_up_as_far_as_they_are_printed():
    first = counts("alone-1-melanoma")
    assert (first, sum(first.values())) == ({"partial": 1, "stable": 9, "progression": 15, "not_evaluated": 4}, 29)
    assert size("alone-1-melanoma") == 29
    melanoma, renal = (next(arm for arm in IL21.arms if arm.id == key) for key in ("alone-2-melanoma", "alone-2-renal"))
    assert (melanoma.n, renal.n, melanoma.n + renal.n) == (24, 19, 43)
    lymphoma = next(arm for arm in IL21.arms if arm.n == 15)
    assert sum(counts(lymphoma.id).values()) == 13  # two of the fifteen are not told


@pytest.mark.parametrize(("trial", "risk"), [("v1", 3.03), ("v2", 2.46)])
def test_the_relative_risks_of_the_vitiligo_trials_follow_from_their_per_cents(trial, risk):
    percents = {row.id: row.percent.number for row in VITILIGO.outcomes}
    ratio = percents[f"{trial}-rux-50"] / percents[f"{trial}-veh-50"]
    assert ratio == pytest.approx(risk, abs=0.005)
    printed = next(row.estimate for row in VITILIGO.comparisons if row.id == f"{trial}-rr-50")
    assert printed == pytest.approx(ratio, abs=0.05)


@pytest.mark.parametrize(
    ("key", "number", "unit", "to", "expected"),
    [
        ("uPCR", 350, "mg/mmol", "g/g", 3.094),
        ("uPCR", 3.5, "g/g", "mg/mmol", 395.9),
        ("uPCR", 30, "mg/mmol", "g/g", 0.265),
        ("creatinine", 1, "mg/dL", "µmol/L", 88.40),
    ],
)
def test_a_value_in_another_unit(key, number, unit, to, expected):
    assert number * convert(analyte(key), unit, to).factor == pytest.approx(expected, rel=1e-3)


@pytest.mark.parametrize(("written", "unit", "complete"), [("0.28", "g/g", True), ("31.7", "mg/mmol", False)])
def test_a_limit_of_one_unit_is_not_that_of_another_converted(written, unit, complete):
    ratio = made(measurements=[value("ratio", written, "D9", "uPCR", unit=unit)])
    (one,) = assess(ratio, all_rules()["kdigo_2012_mn"])
    assert ("complete" in one.may) is complete, "0.28 g/g is 31.7 mg/mmol"


def test_creatine_kinase_of_the_dermatomyositis_patient():
    row = next(row for row in MDA5.measurements if row.id == "ck")
    assert row.value.number * convert(analyte("CK"), row.unit, "µkat/L").factor == pytest.approx(50.0)
    assert times_upper(row) == pytest.approx(17.86, abs=0.005)


def test_a_hundred_milligrams_of_methylprednisolone():
    assert 100 * equivalent("methylprednisolone").factor == 125
