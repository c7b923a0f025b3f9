"""The data dictionary: complete, and the one place that validation follows."""

from typing import get_args

import pytest
from pydantic import ValidationError

from casecurves.model.columns import Column, EventKind
from casecurves.model.schema import REQUIRED_TABLES, TABLES, Table, columns, table_of

ALL = [pytest.param(table, column, id=f"{table}.{column.name}") for table in TABLES for column in columns(table)]
GOOD = {
    "id": "row-1",
    "ref": "row-2",
    "text": "something",
    "number": "1,5",
    "count": "3",
    "value": "<2",
    "time": "M4..M5",
    "end": "ongoing",
    "interval": "M1",
}


def cell(column: Column) -> str:
    return column.choices[0] if column.type == "choice" else GOOD[column.type]


def codes(table: Table, cells: dict[str, str]) -> set[tuple[str, str]]:
    with pytest.raises(ValidationError) as caught:
        TABLES[table].model_validate(cells)
    return {(str(fault["loc"][0]), fault["type"]) for fault in caught.value.errors()}


@pytest.mark.parametrize(("table", "column"), ALL)
def test_every_column_is_described_in_both_languages(table, column):
    assert column.en
    assert column.fr
    assert bool(column.empty_en) == bool(column.empty_fr)
    assert column.meaning("fr") == column.fr
    assert column.meaning("en") == column.en
    assert bool(column.choices) == (column.type == "choice")
    assert column.table in (TABLES if column.type == "ref" else ("",))


@pytest.mark.parametrize("table", TABLES)
def test_headers_do_not_collide(table):
    headers = [name for column in columns(table) for name in {column.name, column.header_fr}]
    assert len(headers) == len(set(headers))


@pytest.mark.parametrize("table", TABLES)
def test_a_row_of_required_cells_is_enough_and_a_full_row_is_read(table):
    needed = {column.name: cell(column) for column in columns(table) if column.required}
    short = TABLES[table].model_validate(needed)
    empty = TABLES[table].model_validate({column.name: needed.get(column.name, "") for column in columns(table)})
    assert short == empty
    assert (short.basis, short.status, table_of(short)) == ("reported", "used", table)
    full = TABLES[table].model_validate({column.name: cell(column) for column in columns(table)})
    assert all(getattr(full, column.name) not in (None, "") for column in columns(table))


@pytest.mark.parametrize(("table", "column"), ALL)
def test_a_column_is_required_exactly_when_no_meaning_is_given_for_empty(table, column):
    cells = {other.name: cell(other) for other in columns(table)} | {column.name: " "}
    if column.required:
        assert codes(table, cells) == {(column.name, "cell.empty")}
    else:
        TABLES[table].model_validate(cells)


def test_the_column_example_is_valid():
    for table in TABLES:
        for column in columns(table):
            if column.example:
                cells = {other.name: cell(other) for other in columns(table)}
                row = TABLES[table].model_validate(cells | {column.name: column.example})
                assert getattr(row, column.name) not in {None, ""}, f"{table}.{column.name}"


def test_the_word_lists_are_those_of_the_types():
    kind = next(column for column in columns("events") if column.name == "kind")
    assert kind.choices == get_args(EventKind)
    assert set(REQUIRED_TABLES) == {"patient", "group", "trial"}


def test_all_faults_of_a_row_are_found_in_one_pass():
    cells = {
        "id": "M5",
        "analyte": "",
        "value": "1 mg",
        "time": "in May",
        "ref_low": "5",
        "ref_high": "2",
        "basis": "?",
    }
    assert codes("measurements", cells) == {
        ("id", "id.form"),
        ("analyte", "cell.empty"),
        ("value", "value.unreadable"),
        ("time", "time.unreadable"),
        ("ref_high", "range.low_above_high"),
        ("basis", "choice.unknown"),
    }


def test_a_range_may_be_one_sided_or_a_point():
    for low, high in (("", "2,3"), ("5", ""), ("5", "5"), ("0", "0")):
        row = TABLES["measurements"].model_validate(
            {"id": "aa", "analyte": "x", "value": "1", "ref_low": low, "ref_high": high}
        )
        assert (row.ref_low is None, row.ref_high is None) == (not low, not high)


@pytest.mark.parametrize("row_id", ["m5", "j0", "y4", "p5m", "w6", "birth", "a12"])
def test_an_id_may_not_read_like_a_time(row_id):
    assert ("id", "id.like_a_time") in codes("events", {"id": row_id, "kind": "other", "label": "x"})


@pytest.mark.parametrize("row_id", ["a", "A1x", "5-fu", "a-", "../x", "a b", "é1", "-a", "_a"])
def test_an_id_has_one_form(row_id):
    assert codes("events", {"id": row_id, "kind": "other", "label": "x"}) == {("id", "id.form")}


def test_rows_cannot_be_changed():
    row = TABLES["events"].model_validate({"id": "aa", "kind": "other", "label": "x"})
    with pytest.raises(ValidationError):
        row.label = "y"


@pytest.mark.parametrize(
    ("cell_text", "expected"),
    [("M1", "M1"), ("J15", "D15"), ("S2", "W2"), ("A1", "Y1"), ("P2W", "W2"), ("", "")],
)
def test_an_interval_is_kept_in_one_form(cell_text, expected):
    assert TABLES["therapies"].model_validate({"id": "aa", "drug": "x", "every": cell_text}).every == expected
