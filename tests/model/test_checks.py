"""What must hold between rows, beyond the corpus of bad files."""

from casecurves.model.case import Case, Header
from casecurves.model.checks import check
from casecurves.model.schema import Event, Therapy


def event(row_id: str, line: int, time: str = "", **more: str) -> Event:
    cells = {"id": row_id, "kind": "other", "label": row_id, "time": time, "line": line, **more}
    return Event.model_validate({"basis": "derived"} | cells)


def found(*events: Event, left_out: frozenset[str] = frozenset(), therapies=(), **header: object) -> list[tuple]:
    head = Header.model_validate({"title": "x"} | header)
    issues = check(Case("a-case", head, therapies, events=events), left_out)
    return [(issue.code, issue.line, issue.column, issue.value) for issue in issues]


def test_an_order_alone_needs_no_day_zero():
    assert found(event("aa", 2), event("bb", 3, "after:aa")) == []
    assert found(event("aa", 2, "M5")) == [("day_zero.missing", None, "day_zero", "")]
    assert found(event("aa", 2, "2017")) == [("day_zero.missing", None, "day_zero", "")]


def test_an_anchor_is_told_once_for_each_place():
    rows = (
        event("aa", 2, "after:zz & before:zz"),
        event("bb", 3, "zz.end..zz.end+M1"),
        event("cc", 4, "after:aa"),
    )
    assert found(*rows) == [("ref.unknown", 2, "time", "zz"), ("ref.unknown", 3, "time", "zz.end")]
    assert found(*rows, left_out=frozenset({"zz"})) == []


def test_birth_is_an_anchor():
    assert found(event("aa", 2, "birth..birth+Y18")) == []


def test_a_discrepancy_may_be_about_the_case():
    entry = {"rows": ["patient", "aa"], "label": "x", "used": "a", "other": "b"}
    assert found(event("aa", 2), discrepancies=[entry]) == []
    assert found(event("aa", 2), discrepancies=[entry | {"rows": ["zz"]}], day_zero="aa") == [
        ("ref.unknown", None, "discrepancies.1.rows", "zz")
    ]


def test_a_disputed_day_zero_and_age_are_told():
    row = event("aa", 2, "D0", status="disputed")
    patient = {"age": 4, "age_at": "aa"}
    assert [(code, column) for code, _, column, _ in found(row, day_zero="aa", patient=patient)] == [
        ("ref.disputed", "day_zero"),
        ("ref.disputed", "patient.age_at"),
    ]


def test_an_end_before_a_start_on_another_base_is_a_contradiction_of_rows():
    course = Therapy.model_validate(
        {"id": "drug-a", "drug": "x", "start": "after:bb", "end": "D2", "line": 5, "basis": "derived"}
    )
    codes = [code for code, *_ in found(event("aa", 2, "D0"), event("bb", 3, "D9"), therapies=(course,), day_zero="aa")]
    assert codes == ["order.contradiction"]


def test_an_ambiguous_date_of_day_zero_is_told():
    assert found(event("aa", 2, "D0"), day_zero="aa", day_zero_date="03/04/2020") == [
        ("time.ambiguous", None, "day_zero_date", "03/04/2020")
    ]
    assert found(event("aa", 2, "D0"), day_zero="aa", day_zero_date="03/03/2020") == []


def course(line: int, **cells: object) -> Therapy:
    return Therapy.model_validate({"drug": "x", "line": line, "basis": "derived"} | cells)


def chain(*events: Event, therapies=(), **header: object) -> str:
    head = Header.model_validate({"title": "x"} | header)
    (issue,) = check(Case("a-case", head, therapies, events=events))
    assert issue.code == "order.contradiction"
    return issue.message()


def test_administrations_take_their_time():
    three = {"id": "drug-a", "doses": "3", "every": "M6", "start": "D0"}
    said = chain(therapies=(course(2, **three, end="D0..M1"),), day_zero="drug-a")
    assert "therapies.csv line 2: x (drug-a) has 3 administrations, one every M6" in said
    assert found(therapies=(course(2, **three, end="M12"),), day_zero="drug-a") == []
    assert found(therapies=(course(2, **three | {"doses": "1"}, end="D0..M1"),), day_zero="drug-a") == []


def test_the_row_that_is_day_zero_is_named_where_a_contradiction_hangs_on_it():
    alone = chain(event("aa", 4, "D6"), day_zero="aa")
    assert "events.csv line 4" in alone
    assert alone.endswith("case.toml: aa (aa, events.csv line 4) is day zero")
    before = chain(event("aa", 2, "D0"), event("bb", 3, "D5 & before:aa"), day_zero="aa")
    assert "case.toml: aa (aa, events.csv line 2) is day zero" in before
    # Two days that exclude each other do so whatever day zero is.
    assert "is day zero" not in chain(event("aa", 2, "D0"), event("bb", 3, "D5 & D7"), day_zero="aa")
