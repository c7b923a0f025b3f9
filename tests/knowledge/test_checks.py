"""What is known held against a case."""

import pytest

from casecurves.knowledge import check
from casecurves.model.case import Case, Header
from casecurves.model.schema import Event, Measurement, Therapy


def therapy(row_id: str, drug: str, start: str = "", end: str = "", **more: str) -> Therapy:
    return Therapy.model_validate({"id": row_id, "drug": drug, "start": start, "end": end, "line": 2, **more})


def value(analyte: str, text: str, unit: str = "", assay: str = "") -> Measurement:
    cells = {"id": "val-x", "analyte": analyte, "value": text, "unit": unit, "assay": assay, "line": 2}
    return Measurement.model_validate(cells)


def codes(therapies: tuple[Therapy, ...] = (), values: tuple[Measurement, ...] = ()) -> list[str]:
    zero = Event.model_validate({"id": "zero", "kind": "other", "label": "zero", "time": "D0"})
    last = Event.model_validate({"id": "last", "kind": "last_follow_up", "label": "last", "time": "Y1"})
    header = Header.model_validate({"title": "x", "day_zero": "zero"})
    return [issue.code for issue in check(Case("a-case", header, therapies, measurements=values, events=(zero, last)))]


@pytest.mark.parametrize(
    ("first", "second", "twice"),
    [
        (("prednisone", "D0", "D60"), ("Prednisone", "D10", "D20"), True),
        (("cyclosporine", "D0", "D60"), ("ciclosporine", "D10", "D90"), True),
        (("prednisone", "D0", "ongoing"), ("prednisone", "D10", ""), True),
        (("prednisone", "D0", "D60"), ("prednisone", "D60", "D90"), False),
        (("prednisone", "D0", "D60"), ("prednisone", "D61", "D90"), False),
        (("prednisone", "D0", ""), ("prednisone", "D10", "D20"), False),
        (("prednisone", "", ""), ("prednisone", "", ""), False),
        (("prednisone", "D0", "M2"), ("prednisone", "M2", "M4"), False),
        (("prednisone", "D0", "D60"), ("prednisolone", "D0", "D60"), False),
        (("unknownium", "D-9", "D-1"), ("Unknownium", "D-5", "D-3"), True),
    ],
)
def test_only_a_certain_overlap_of_one_drug_is_told(first, second, twice):
    found = codes((therapy("one-a", *first), therapy("two-b", *second)))
    assert ("drug.twice" in found) == twice
    other = codes((therapy("two-b", *second), therapy("one-a", *first)))
    assert ("drug.twice" in other) == twice


def test_another_route_or_a_disputed_course_is_no_overlap():
    oral = therapy("one-a", "tacrolimus", "D0", "D60", route="oral")
    assert codes((oral, therapy("two-b", "tacrolimus", "D10", "D20", route="topical"))) == []
    assert codes((oral, therapy("two-b", "tacrolimus", "D10", "D20", route="oral", status="disputed"))) == []
    assert codes((oral, therapy("two-b", "tacrolimus", "D10", "D20", route="oral"))) == ["drug.twice"]


def test_an_overlap_behind_a_shorter_course_is_seen():
    courses = (
        therapy("long-a", "prednisone", "D0", "D90"),
        therapy("short-b", "prednisone", "D10", "D20"),
        therapy("late-c", "prednisone", "D50", "D60"),
    )
    assert codes(courses) == ["drug.twice", "drug.twice"]


def test_a_glucocorticoid_without_an_agent_is_known():
    assert codes((therapy("one-a", "corticoïdes"), therapy("two-b", "glucocorticoid"))) == []


def test_a_name_is_told_once():
    rows = tuple(therapy(f"row-{n}", name) for n, name in enumerate(("Zyx", "zyx", "ZYX ", "other-drug")))
    assert codes(rows) == ["drug.unknown", "drug.unknown"]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("albumin", "38", "g/L"), None),
        (("albumin", "38", "g / l"), None),
        (("albumin", "38", "mmHg"), "unit.other"),
        (("albumin", "38", "spoons"), "unit.unknown"),
        (("albumin", "38", ""), "unit.missing"),
        (("albumin", "<20", ""), "unit.missing"),
        (("albumin", "falls", ""), None),
        (("albumin", "low", ""), None),
        (("pH", "7,52", ""), None),
        (("anti-PLA2R", "1:320", "", "IIF"), None),
        (("anti-PLA2R", "120", "RU/mL", "ELISA"), None),
        (("anti-PLA2R", "120", "RU/mL", "IIF"), "unit.other"),
        (("CK", "3000", "UI/L"), None),
        (("zyxin", "3", "spoons"), "analyte.unknown"),
    ],
)
def test_units_are_held_against_the_analyte(row, code):
    assert codes(values=(value(*row),)) == ([code] if code else [])
