"""A value that may also meet a better status: both are named, none is asserted, and what is counted has bounds."""

import pytest
from figure.build import course, made, value

from casecurves.analysis.response import assess, relapses, time_to
from casecurves.analysis.response.saying import standing, to_json
from casecurves.figure.compile import compile
from casecurves.figure.options import Options
from casecurves.knowledge.rules import all_rules

RULES = all_rules()


def on_rituximab(*rows):
    return made(therapies=[course("rtx", "rituximab", "D0")], day_zero="rtx", measurements=list(rows))


def antibody(row_id, written, time):
    return value(row_id, written, time, "anti-PLA2R", assay="ELISA", unit="RU/mL")


def protein(row_id, written, time):
    return value(row_id, written, time, "24-hour proteinuria", unit="g/d")


def ratio(row_id, written, time):
    return value(row_id, written, time, "uPCR", unit="mg/mmol")


def beside(time):
    return (
        value(f"alb-{time.lower()}", "40", time, "albumin", unit="g/L", ref_low="35", ref_high="50"),
        value(f"cr-{time.lower()}", "80", time, "creatinine", unit="µmol/L", ref_low="45", ref_high="90"),
    )


KIDNEY = on_rituximab(
    protein("g0", "8", "D0"),
    protein("g3", "<0.5", "D90"),
    protein("g6", "0.2", "D180"),
    *beside("D90"),
    *beside("D180"),
)


@pytest.mark.parametrize(
    ("rule", "rows", "named"),
    [
        ("pla2r_elisa", [antibody("e0", "150", "D0"), antibody("x-1", "<20", "D90")], "negative or borderline"),
        ("pla2r_elisa", [antibody("e0", "150", "D0"), antibody("x-1", "10-18", "D90")], "negative or borderline"),
        (
            "mentor",
            [protein("g0", "8", "D0"), protein("x-1", "<0.5", "D90")],
            "complete remission or partial remission",
        ),
        (
            "adult_ns_2020",
            [ratio("p0", "900", "D0"), ratio("x-1", "28-32", "D90")],
            "complete remission or partial remission",
        ),
        (
            "adult_ns_2020",
            [ratio("p0", "900", "D0"), ratio("x-1", "<50", "D90")],
            "complete remission or partial remission",
        ),
        (
            "f_vasi",
            [value("v0", "1.0", "D0", "F-VASI"), value("x-1", "0.05-0.4", "D90", "F-VASI")],
            "F-VASI90 or F-VASI75 or F-VASI50",
        ),
    ],
)
def test_a_status_is_not_asserted_where_a_better_one_is_not_excluded(rule, rows, named):
    case = on_rituximab(*rows, *beside("D90"))
    found = {one.row: one for one in assess(case, RULES[rule])}["x-1"]
    assert found.standing == "either"
    assert standing(RULES[rule], found, "en") == f"{named}: which of them cannot be told"
    (ribbon,) = compile(case, Options(rules=(rule,))).ribbons
    (stage,) = [stage for stage in ribbon.stages if stage.row == "x-1"]
    assert (stage.kind, stage.label) == ("possible", named)


def test_a_better_status_that_is_excluded_is_not_named():
    case = on_rituximab(
        antibody("one", "<14", "D90"), antibody("two", "14-18", "D180"), antibody("three", "15", "D270")
    )
    found = [(one.status, one.standing) for one in assess(case, RULES["pla2r_elisa"])]
    assert found == [("negative", "met"), ("borderline", "met"), ("borderline", "met")]


def test_what_is_counted_has_bounds():
    found = assess(KIDNEY, RULES["mentor"])
    complete, partial = (time_to(KIDNEY, found, (status,)) for status in ("complete", "partial"))
    assert (complete.least, complete.most) == (90, 181)
    assert (partial.least, partial.most) == (90, None)
    assert time_to(KIDNEY, found, ("complete", "partial")).most == 91  # one of both, whichever
    told = {one["rule"]: one for one in to_json(KIDNEY, "en")}["mentor"]
    assert "first value in complete remission: 90 to 181 days after the start of rituximab" in told["summary"]
    assert {one["value"]: one["may"] for one in told["values"]}["g3"] == ["complete", "partial"]


def test_a_value_that_cannot_be_assessed_may_have_been_the_first():
    case = on_rituximab(
        protein("g0", "8", "D0"), protein("g3", "<5", "D90"), protein("g6", "0.2", "D180"), *beside("D180")
    )
    assert time_to(case, assess(case, RULES["mentor"]), ("complete",)).least == 90


@pytest.mark.parametrize(("rule", "standing_"), [("mentor", "met"), ("kdigo_2021_ns", "possible")])
def test_a_relapse_needs_the_remission_that_its_rule_asks_for(rule, standing_):
    """After a complete or partial remission, a relapse from either is known, and one from a complete is possible."""
    case = on_rituximab(
        protein("g0", "8", "D0"), protein("g3", "<0.5", "D90"), protein("g9", "5", "D270"), *beside("D90")
    )
    found = assess(case, RULES[rule])
    assert (found[-1].status, found[-1].standing) == ("relapse", standing_)
    assert relapses(case, found).least == (standing_ == "met")


def test_what_is_only_possible_confirms_nothing():
    case = on_rituximab(
        protein("g0", "8", "D0"), protein("g3", "0.2", "D90"), protein("g6", "0.2", "D180"), *beside("D90")
    )
    found = {one.row: one.standing for one in assess(case, RULES["kdigo_2012_mn"])}
    assert (found["g3"], found["g6"]) == ("possible", "possible")


@pytest.mark.parametrize("rule", ["adult_ns_2020", "kdigo_2021_ns", "mentor"])
def test_a_lower_limit_of_partial_remission_is_said_where_none_is_asked_for(rule):
    low = value("alb-1", "30", "D90", "albumin", unit="g/L", ref_low="35", ref_high="50")
    found = assess(on_rituximab(protein("g0", "8", "D0"), protein("g3", "0.2", "D90"), low), RULES[rule])
    assert found[-1].status == "partial"
    assert "0.3 to 3.5 g/d" in RULES[rule].note["en"]
    assert "0,3 à 3,5 g/j" in RULES[rule].note["fr"]


def test_what_nothing_confirms_may_be_the_next_status():
    case = on_rituximab(
        protein("g0", "8", "D0"),
        protein("g3", "0.2", "D90"),
        protein("g6", "1.0", "D180"),
        protein("g9", "1.0", "D280"),
        *beside("D90"),
    )
    found = assess(case, RULES["kdigo_2012_mn"])
    assert {one.row: one.may for one in found}["g3"] == ("complete", "partial")
    assert time_to(case, found, ("partial",)).least == 90


def test_a_value_that_cannot_be_assessed_may_have_been_the_remission_before_a_relapse():
    case = on_rituximab(protein("g0", "8", "D0"), protein("g3", "<5", "D90"), protein("g9", "5", "D270"))
    found = {one.row: one for one in assess(case, RULES["mentor"])}
    assert found["g3"].standing == "not_assessable"
    assert (found["g9"].status, found["g9"].standing) == ("relapse", "possible")
    assert relapses(case, tuple(found.values())).least == 0
