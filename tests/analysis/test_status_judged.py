"""What a rule leaves to a clinician proves nothing: whichever way it is judged, the truth lies within the bounds."""

from unittest.mock import patch

import pytest
from analysis.test_response import RELAPSING, RULES, albumin, creatinine, protein
from analysis.test_status_words import said
from figure.build import course, made
from hypothesis import given, settings
from hypothesis import strategies as st

from casecurves.analysis.response import assess, relapses, status, time_to
from casecurves.analysis.response.evidence import Evidence
from casecurves.analysis.response.saying import to_json


def bounds(count):
    return count.least, count.most


# Month 6 is day 182.6, month 12 day 365.2, give or take half a month. By KDIGO 2021 the 3.1 g/d of month 6 is a partial
# remission that leaves nothing open. The 0.2 g/d of month 12 is a complete one if renal function was stable, which a
# clinician judges; if it was not, it is a partial one. The 4.2 and 4.5 g/d after it are a relapse only in the first
# case, for this rule counts it after a complete remission: none, one, or two values of one relapse.
def test_a_nephrologist_who_has_not_judged_renal_function_yet_counts_with_both():
    found = assess(RELAPSING, RULES["kdigo_2021_ns"])
    assert {one.row: one.may for one in found}["p-m12"] == ("complete", "partial")
    assert bounds(relapses(RELAPSING, found)) == (0, 2)
    assert bounds(time_to(RELAPSING, found, ("complete",))) == (350, None)
    assert bounds(time_to(RELAPSING, found, ("partial",))) == (167, 198)
    assert bounds(time_to(RELAPSING, found, ("complete", "partial"))) == (167, 198)


# The rule of 2020 asks for stable renal function in both remissions: judged unstable, neither is one.
def test_a_status_that_asks_for_the_same_judgement_falls_with_it():
    found = assess(RELAPSING, RULES["adult_ns_2020"])
    assert {one.row: one.may for one in found}["p-m12"] == ("complete",)
    assert bounds(relapses(RELAPSING, found)) == (0, 2)
    assert bounds(time_to(RELAPSING, found, ("complete",))) == (350, None)


def test_a_rule_without_judgement_counts_as_before():
    found = assess(RELAPSING, RULES["mentor"])
    assert bounds(relapses(RELAPSING, found)) == (1, 2)
    assert bounds(time_to(RELAPSING, found, ("complete",))) == (350, 381)


def test_a_rule_without_a_baseline_counts_the_days_to_a_remission_too():
    told = {one["rule"]: one for one in to_json(RELAPSING, "en", index="rituximab")}["kdigo_2012_mn"]
    assert told["counts"]["days_to_first_value_in"]["partial"] == {"least": 167, "most": None}
    assert any(line.startswith("first value in partial remission: possibly") for line in told["summary"])
    assert not any("index therapy" in line for line in told["summary"]), "it weighs the highest value, not a baseline"


def test_a_remission_before_the_index_therapy_is_not_the_one_it_brought():
    early = made(
        therapies=[course("rituximab", "rituximab", "D0", "D15")],
        measurements=[protein("early", "0.2", "D-30"), protein("late", "4", "D60")],
    )
    assert bounds(time_to(early, assess(early, RULES["kdigo_2012_mn"]), ("complete",), "rituximab")) == (None, None)
    told = {one["rule"]: one for one in to_json(early, "en", index="rituximab")}["kdigo_2012_mn"]
    assert not any(line.startswith("first value in") for line in told["summary"])


def test_it_is_said_in_both_languages():
    told = {one["rule"]: one for one in to_json(RELAPSING, "en")}["kdigo_2021_ns"]
    assert "relapses among the values: at least 0, at most 2" in told["summary"]
    first = "first value in complete remission: possibly, and not before 350 days after the start of rituximab"
    assert first in told["summary"]
    english = (
        "relapse, as far as it can be computed (met: 24 h proteinuria; earlier remission: partly left to a clinician)"
    )
    assert said(RELAPSING, "kdigo_2021_ns")["p-m24"] == english
    assert "en partie laissée au clinicien" in said(RELAPSING, "kdigo_2021_ns", "fr")["p-m24"]


@pytest.mark.parametrize(("time", "standing"), [("M2..M8", "possible"), ("M6..M8", "none"), ("M2", "met")])
def test_a_remission_of_which_the_order_is_not_known_may_have_come_before(time, standing):
    rows = [protein("p-0", "8", "D-5"), protein("p-1", "1", time), protein("p-2", "5", "M5")]
    case = made(therapies=[course("rtx", "rituximab", "D0")], day_zero="rtx", measurements=rows)
    found = {one.row: one for one in assess(case, RULES["mentor"])}["p-2"]
    assert (found.status, found.standing) == ("otherwise" if standing == "none" else "relapse", standing)


def judged_by(clinician):
    """Weigh as before, but for what is left to a clinician, who has judged it for each value."""
    weigh = status._evidence

    def weighed(values, criterion, row):
        one = weigh(values, criterion, row)
        verdict = "met" if clinician.get(row.id, True) else "not_met"
        return Evidence(one.criterion, verdict, rows=one.rows) if one.outcome == "judge" else one

    return patch.object(status, "_evidence", weighed)


AMOUNTS = st.lists(st.sampled_from(["0.1", "0.2", "<0.4", "1", "3.2", "4", "6"]), min_size=2, max_size=5)


@pytest.mark.parametrize("rule", ["kdigo_2021_ns", "adult_ns_2020", "kdigo_2012_mn"])
@settings(max_examples=40, deadline=None)
@given(AMOUNTS, st.lists(st.booleans(), min_size=5, max_size=5))
def test_whichever_way_it_is_judged_the_truth_lies_within_the_bounds(rule, amounts, verdicts):
    rows = [protein("p-0", "8", "D-5"), *(protein(f"p-{n}", one, f"D{90 * n}") for n, one in enumerate(amounts, 1))]
    rows += [albumin(f"alb-{n}", "42", f"D{90 * n}") for n in range(1, 6)]
    rows += [creatinine(f"crea-{n}", "80", f"D{90 * n}") for n in range(1, 6)]
    case = made(therapies=[course("rtx", "rituximab", "D0")], day_zero="rtx", measurements=rows)
    open_ = assess(case, RULES[rule])
    with judged_by({f"p-{n}": verdict for n, verdict in enumerate(verdicts, 1)}):
        judged = assess(case, RULES[rule])
    counts = [(relapses(case, found).least, relapses(case, found).most) for found in (open_, judged)]
    assert counts[0][0] <= counts[1][0] <= counts[1][1] <= counts[0][1]
    for wanted in (("complete",), ("partial",), ("complete", "partial")):
        before, after = (time_to(case, found, wanted) for found in (open_, judged))
        if after.least is not None:
            assert before.least is not None and before.least <= after.least
        if before.most is not None:
            assert after.most is not None and after.most <= before.most
    for one, other in zip(open_, judged, strict=True):
        assert set(other.may) <= set(one.may), (one, other)
