"""The illustrative companions: made by their rule alone, and bound to what the document states."""

from __future__ import annotations

from pathlib import Path

import pytest

from casecurves.io import read_case
from casecurves.io.companions import SCATTER, Curve, companion_tables, plans, value_on, write_companions
from casecurves.model.case import Case

CASES = Path(__file__).parents[2] / "cases"
FIRST, SECOND = "mn-dupilumab-1-illustrative", "mn-dupilumab-2-illustrative"


def _case(name: str) -> Case:
    case, report = read_case(CASES / name)
    assert case is not None
    assert [issue for issue in report.issues if issue.level == "error"] == []
    return case


def _near(case: Case, analyte: str, day: int) -> float:
    """Return the number of the used value nearest to a day, a censored one as its limit."""
    rows = [
        (abs(low + high - 2 * day), row.value.number)
        for row in case.measurements
        if row.analyte == analyte and row.status == "used" and row.value.kind in ("number", "censored")
        for low, high in [case.chronology.exact_bounds(row.id)]
        if low is not None and high is not None and row.value.number is not None
    ]
    return min(rows)[1]


def test_the_shipped_files_are_what_the_rule_writes(tmp_path: Path) -> None:
    written = write_companions(tmp_path)
    assert {path.relative_to(tmp_path).as_posix() for path in written} == {
        f"{case}/{table}.csv" for case in (FIRST, SECOND) for table in ("measurements", "doses")
    }
    for path in written:
        assert path.read_bytes() == (CASES / path.relative_to(tmp_path)).read_bytes()


def test_another_name_scatters_otherwise_within_the_stated_share() -> None:
    plan = plans()[0]
    renamed = type(plan)("another-name", plan.curves, plan.values, plan.doses)
    assert companion_tables(renamed)["measurements.csv"] != companion_tables(plan)["measurements.csv"]
    curve = plan.curves[0]
    rows = [row for row in _case(FIRST).measurements if row.id in {f"upcr-{n:02}" for n in range(1, 99)}]
    assert len(rows) == len(curve.visits)
    for day, row in zip(curve.visits, rows, strict=True):
        assert row.value.number is not None
        printed = curve.step if row.value.number >= curve.coarse_from else curve.fine_step
        assert abs(row.value.number - value_on(curve, day)) <= SCATTER * value_on(curve, day) + printed / 2


def test_between_turning_points_the_logarithm_runs_straight() -> None:
    curve = Curve("c", "uPCR", "mg/g", turns=((0, 100.0), (10, 10000.0)), visits=(0,), ranges=((0, "", ""),))
    assert [value_on(curve, day) for day in (0, 5, 10)] == pytest.approx([100, 1000, 10000])
    with pytest.raises(ValueError, match="day 11"):
        value_on(curve, 11)


@pytest.mark.parametrize("name", [FIRST, SECOND])
def test_a_companion_says_on_every_row_that_nothing_was_measured(name: str) -> None:
    case = _case(name)
    assert {row.basis for row in case.rows()} == {"illustrative"}
    assert case.header.illustrates == name.removesuffix("-illustrative")
    assert "not from the article" in case.header.title
    assert "étrangères à l'article" in case.header.title_fr
    assert case.chronology.contradictions == ()
    assert case.chronology.missing_anchors == ()


@pytest.mark.parametrize("name", [FIRST, SECOND])
def test_a_companion_has_the_drugs_that_the_document_names_and_their_order(name: str) -> None:
    companion, told = _case(name), _case(name.removesuffix("-illustrative"))
    assert {row.drug for row in told.therapies} <= {row.drug for row in companion.therapies}
    drugs = {row.id for row in told.therapies} & {row.id for row in companion.therapies}
    ordered = [(a, b) for a in drugs for b in drugs if told.chronology.strictly_before(a, b)]
    assert ordered
    for a, b in ordered:
        assert companion.chronology.strictly_before(a, b), (a, b)


def test_first_patient_as_the_document_tells_it() -> None:
    case = _case(FIRST)
    assert case.chronology.distance("ciclosporin", "response-lost") == (121, 153)  # 4 to 5 months
    for analyte in ("uPCR", "anti-PLA2R"):
        before, answer, after = (_near(case, analyte, day) for day in (-455, -362, -270))
        assert answer < min(before, after) / 2  # a response to ciclosporin, then lost
        assert _near(case, analyte, -310) > answer * 1.4  # already at 4 to 5 months
        nadir, rebound = _near(case, analyte, -152), _near(case, analyte, -4)
        assert nadir < min(after, rebound) / 2  # a transient fall with steroids and cyclophosphamide
        assert _near(case, analyte, 31) < rebound * 0.7  # rapidly after dupilumab
    assert _near(case, "albumin", 31) > _near(case, "albumin", -4)
    assert _near(case, "uPCR", 905) < 300
    assert _near(case, "albumin", 905) >= 35
    assert case.chronology.at_or_before("complete-remission", "last-visit")


def test_first_patient_flares_between_the_regimen_and_dupilumab() -> None:
    chronology = _case(FIRST).chronology
    for drug in ("glucocorticoid", "cyclophosphamide"):
        assert chronology.at_or_before(f"{drug}.end", "atopy-flare")
    assert chronology.strictly_before("atopy-flare", "dupilumab")


def test_second_patient_as_the_document_tells_it() -> None:
    case = _case(SECOND)
    for analyte in ("uPCR", "anti-PLA2R"):
        assert _near(case, analyte, 31) < _near(case, analyte, -3) * 0.7
    assert _near(case, "albumin", -3) < 35 <= _near(case, "albumin", 31)
    assert all(_near(case, "uPCR", day) < 300 for day in (548, 730, 1096, 1455))  # no relapse
    relapse = next(row for row in case.events if row.id == "relapse")
    assert relapse.presence == "absent"
    for row in case.therapies:
        if row.id not in ("dupilumab", "ciclosporin"):  # ciclosporin: named in the legend, place unknown
            assert case.chronology.at_or_before(f"{row.id}.end", "dupilumab")


def test_together_they_use_every_kind_of_value_time_and_course() -> None:
    cases = [_case(FIRST), _case(SECOND)]
    values = [row for case in cases for row in case.measurements]
    assert {row.value.kind for row in values} == {
        *("number", "censored", "titre", "grade", "range", "category", "trend"),
    }
    assert {row.value.comparator for row in values} >= {"<", ">"}
    assert {row.time.qualifier for row in values if row.time} >= {"exact", "about", "between", "soon"}
    doses = [row for case in cases for row in case.doses]
    assert {row.holds for row in doses} == {"at", "from", "over"}
    courses = [row for case in cases for row in case.therapies]
    assert {row.course for row in courses} >= {"continuous", "tapering", "intermittent"}
    assert {row.end.qualifier if row.end else "" for row in courses} >= {"ongoing", "exact", "between", ""}
    events = [row for case in cases for row in case.events]
    assert {row.presence for row in events} == {"present", "absent"}
    assert any(row.time and row.time.qualifier == "not_after" for row in events)
    assert {row.status for case in cases for row in case.rows()} == {"used", "disputed"}
    limits = {(row.ref_low is None, row.ref_high is None) for row in values}
    assert {(False, False), (True, False)} <= limits
