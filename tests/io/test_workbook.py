"""A case goes into a workbook or a zip and comes back the same; a workbook of another program is read as it stands."""

import datetime
import io
import re
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from strategies import cases
from workbooks import HEAD, TABLES, filled, put, saved

from casecurves.io import open_case, read_library, receive, shipped_cases
from casecurves.io.files import folder_files, written_files
from casecurves.io.files import zipped as folder_zip
from casecurves.io.headsheets import KEYS
from casecurves.io.template import example, template, to_workbook
from casecurves.model.case import Discrepancy, Header, Patient, Source
from casecurves.model.issues import Report, visible
from casecurves.model.schema import columns
from casecurves.words import LANGS

SHIPPED = sorted(read_library(shipped_cases()))


def content(case):
    """What a case says, without where it was read from."""
    return replace(case, path=None, report=Report())


def shown(row):
    """The cells of a row as they are read: what would hide on a screen is written out."""
    cells = row.model_dump().items()
    return {name: visible(value).strip() if isinstance(value, str) else value for name, value in cells}


def codes(given):
    return [issue.code for issue in given.report]


# ------------------------------------------------------------------------------------------- there and back


@pytest.mark.parametrize("case_id", SHIPPED)
def test_a_shipped_case_comes_back_from_either(case_id):
    case, report = open_case(shipped_cases(), case_id)
    files = folder_files(case)
    for name, data in (("a.xlsx", to_workbook(files)), ("a.zip", folder_zip(files, case_id))):
        back = receive({name: data}, case_id)
        assert content(back.case) == content(case)
        assert len(back.report) == len(report)
    assert receive({"a.zip": folder_zip(files, case_id)}).files == files


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(case=cases())
def test_any_case_comes_back_from_either(case):
    files = written_files(case)
    assert written_files(case) == files
    for name, data in (("a.xlsx", to_workbook(files)), ("a.zip", folder_zip(files, "made"))):
        back = receive({name: data}, "made")
        if not case.rows():
            assert codes(back) == ["case.no_rows"]
            continue
        assert back.case.header.title == visible(case.header.title).strip() or back.case.header.title == "made"
        assert list(map(shown, back.case.rows())) == list(map(shown, case.rows()))
        assert written_files(replace(back.case, path=None)) == files


def test_the_same_case_makes_the_same_bytes():
    files = folder_files(open_case(shipped_cases(), SHIPPED[0])[0])
    assert to_workbook(files) == to_workbook(files)
    assert folder_zip(files, "a") == folder_zip(files, "a")


def test_rows_and_columns_that_have_a_fault_are_kept():
    book = filled()
    put(book["therapies"], "dose", 2, "300 milligrams")
    sheet = book["events"]
    sheet.cell(1, sheet.max_column + 1).value = "mood"
    sheet.cell(2, sheet.max_column).value = "good"
    first = receive({"a.xlsx": saved(book)})
    assert {"number.unreadable", "column.unknown"} <= set(codes(first))
    for name, data in (("a.xlsx", to_workbook(first.files)), ("a.zip", folder_zip(first.files, "a"))):
        again = receive({name: data})
        assert sorted(codes(again)) == sorted(codes(first))
        assert b"300 milligrams" in again.files["therapies.csv"]
        assert b"good" in again.files["events.csv"]


# ------------------------------------------------------------------------------------------------- template


@pytest.mark.parametrize("lang", LANGS)
def test_the_template_filled_in_by_another_program_is_a_sound_case(lang):
    given = receive({"mon cas n° 3.xlsx": saved(filled(lang))})
    assert given.report.to_text() == ""
    assert given.case.id == "mon-cas-n-3"
    assert given.case.header.patient.age == 40
    assert len(given.case.rows()) == sum(map(len, TABLES.values())) - 1


@pytest.mark.parametrize("lang", LANGS)
def test_the_template_has_every_column_its_words_and_text_cells(lang):
    book = openpyxl.load_workbook(io.BytesIO(template(lang)))
    assert [sheet for sheet in book.sheetnames if sheet in ("therapies", "case", "arms")] == [
        "case",
        "therapies",
        "arms",
    ]
    for table in ("therapies", "doses", "measurements", "events", "outcomes", "arms"):
        heads = [cell for cell in book[table][1] if cell.value]
        assert [cell.value for cell in heads] == [column.name for column in columns(table)]
        for cell, column in zip(heads, columns(table), strict=True):
            assert column.empty(lang) in cell.comment.text
            assert cell.number_format == "@"
            offered = [
                rule for rule in book[table].data_validations.dataValidation if f"{cell.column_letter}2" in rule.sqref
            ]
            assert bool(offered) == bool(
                column.choices or column.name == "source" or column.table in ("therapies", "arms")
            )
            assert all(word in offered[0].formula1 for word in column.choices)
    keys = [row[0].value for row in book["case"].iter_rows(min_row=2)]
    assert keys == list(KEYS["case"])
    assert all(row[2].value for row in book["case"].iter_rows(min_row=2))


def test_every_key_of_a_case_has_its_place_in_the_template():
    nested = {"patient", "sources", "discrepancies"}
    whole = {*Header.model_fields} - nested | {f"patient.{name}" for name in Patient.model_fields}
    assert {*KEYS["case"]} == whole
    assert {*KEYS["sources"]} == {*Source.model_fields}
    assert {*KEYS["discrepancies"]} == {*Discrepancy.model_fields}


def test_the_example_is_a_sound_case_and_is_never_read():
    head = {row["key"]: row["value"] for row in example()["case"]}
    tables = {name: rows for name, rows in example().items() if name != "case"}
    given = receive({"example.xlsx": saved(filled(head=head, tables=tables))})
    assert given.report.to_text() == ""
    assert codes(receive({"a.xlsx": template()})) == ["case.no_rows", "key.missing"]


def test_a_template_nobody_filled_in_says_what_is_missing_by_cell():
    report = receive({"a.xlsx": template()}).report
    assert "case!B3" in [issue.where() for issue in report][1]


def test_nothing_in_a_workbook_is_a_formula():
    book = filled()
    put(book["events"], "label", 2, "x")
    files = dict(receive({"a.xlsx": saved(book)}).files)
    files["events.csv"] = files["events.csv"].replace(b",x,", b',"=HYPERLINK(""http://h.example"")",')
    back = openpyxl.load_workbook(io.BytesIO(to_workbook(files)))
    kinds = {cell.data_type for sheet in back for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert kinds <= {"s", "n"}
    assert [cell for row in back["events"].iter_rows() for cell in row if "HYPERLINK" in str(cell.value)]


# ---------------------------------------------------------------------------------- what a spreadsheet does


def read(change, **more):
    book = filled(**more)
    change(book)
    return receive({"a.xlsx": saved(book)})


def first(given, code):
    found = [issue for issue in given.report if issue.code == code]
    assert found, given.report.to_text()
    return found[0]


def test_numbers_are_read_as_they_are_shown():
    def change(book):
        for line, value in ((2, 0.1 + 0.2), (3, 12.0)):
            put(book["measurements"], "value", line, value).number_format = "General"

    given = read(change)
    assert [row.value.written for row in given.case.measurements] == ["0.3", "12"]
    assert given.report.to_text() == ""


@pytest.mark.parametrize(
    ("shown", "text"),
    [("yyyy-mm-dd", "2017-03-14"), ("dd/mm/yyyy", "2017-03-14"), ("mmm-yy", "2017-03"), ("yyyy", "2017")],
)
def test_a_date_in_a_column_of_times_is_as_fine_as_it_is_shown(shown, text):
    def change(book):
        put(book["events"], "time", 2, datetime.date(2017, 3, 14)).number_format = shown

    given = read(change, head={**HEAD, "day_zero_date": "2017-05"})
    assert str(given.case.events[0].time.written) == text
    notice = first(given, "cell.date_read")
    assert (notice.level, notice.value) == ("notice", text)
    assert re.fullmatch(r"events!\w2", notice.where().split(",")[0])


@pytest.mark.parametrize(
    ("header", "shown"), [("value", "d-mmm"), ("value", "yyyy-mm-dd"), ("time", "d-mmm"), ("time", "h:mm")]
)
def test_a_value_that_became_a_date_is_not_used(header, shown):
    def change(book):
        put(book["measurements"], header, 2, datetime.datetime.fromisoformat("2026-05-03T06:20")).number_format = shown

    given = read(change)
    fault = next(issue for issue in given.report if issue.code in ("cell.date", "cell.no_date"))
    assert (fault.level, fault.line, fault.file) == ("error", 2, "measurements")
    assert [row.id for row in given.case.measurements] == ["crp-1"]
    assert first(given, "row.left_out").params["left_out"] == 1


@pytest.mark.parametrize("lang", LANGS)
def test_a_date_shown_as_a_number_is_said_to_be_one(lang):
    def change(book):
        put(book["events"], "time", 2, 42808).number_format = "General"

    given = read(change)
    fault = first(given, "cell.serial")
    assert (fault.level, fault.line, fault.value) == ("error", 2, "42808")
    assert {"en": "a date that the spreadsheet shows as a number", "fr": "une date que le tableur affiche"}[
        lang
    ] in fault.message(lang)
    assert len(given.case.events) == 1
    assert [issue.code for issue in given.report if issue.level == "error"] == ["cell.serial"], "said once"


def test_a_percentage_is_not_taken_for_a_hundredth():
    def change(book):
        put(book["measurements"], "value", 2, 0.35).number_format = "0%"

    given = read(change)
    assert first(given, "cell.percent").value == "35 %"
    assert [row.id for row in given.case.measurements] == ["crp-1"]


def test_a_formula_is_read_by_its_stored_result_and_never_calculated():
    import xlsxwriter

    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        case = book.add_worksheet("case")
        case.write_row(0, 0, ["key", "value"])
        case.write_row(1, 0, ["title", "A course"])
        sheet = book.add_worksheet("events")
        sheet.write_row(0, 0, ["id", "kind", "label", "time"])
        sheet.write_row(1, 0, ["skin", "flare", "skin flare"])
        sheet.write_formula(1, 3, '="D"&2', None, "D6")
        book.add_worksheet("therapies").write_row(0, 0, ["id", "drug"])
        book.add_worksheet("measurements").write_row(0, 0, ["id", "analyte", "value"])
    given = receive({"a.xlsx": kept.getvalue()})
    assert given.case.events[0].time.written == "D6"
    assert first(given, "cell.formula").where() == "events!D2, column time"


def test_a_formula_without_a_result_and_an_error_leave_the_row_out():
    def change(book):
        put(book["measurements"], "value", 2, "=1+1")
        cell = put(book["measurements"], "value", 3, "#REF!")
        cell.data_type = "e"

    given = read(change)
    assert (first(given, "cell.no_result").cell, first(given, "cell.error").cell) == ("E2", "E3")
    assert first(given, "cell.error").value == "#REF!"
    assert given.case.measurements == ()


def test_a_merged_cell_is_not_spread_over_its_rows():
    given = read(lambda book: book["measurements"].merge_cells("B2:B3"))
    assert first(given, "cell.merged").where() == "measurements!B3, column analyte"
    assert first(given, "cell.merged").value == "B2:B3"
    assert [row.id for row in given.case.measurements] == ["alb-1"]


def test_the_other_faults_of_a_spoiled_row_are_said_with_the_first():
    def change(book):
        put(book["measurements"], "value", 2, "=1+1")
        put(book["measurements"], "time", 2, "in May")

    assert {"cell.no_result", "time.unreadable"} <= set(codes(read(change)))


def test_a_row_of_totals_is_named_by_its_cell():
    def change(book):
        put(book["measurements"], "analyte", 5, "Total")
        put(book["measurements"], "value", 5, 50)

    fault = first(read(change), "cell.empty")
    assert (fault.level, fault.where()) == ("error", "measurements!A5, column id")


def test_a_hidden_sheet_is_read_and_an_unknown_one_reported():
    def change(book):
        book["events"].sheet_state = "hidden"
        book.create_sheet("my own list")["A1"] = "x"
        book.create_sheet("empty")

    given = read(change)
    assert sorted(codes(given)) == ["sheet.hidden", "sheet.unknown"]
    assert len(given.case.events) == 2
    assert "my own list" in first(given, "sheet.unknown").message()


def test_a_sheet_may_be_called_with_capitals_but_not_twice():
    def change(book):
        book["events"].title = "Events "
        sheet = book.create_sheet("EVENTS")
        sheet["A1"] = "id"

    given = read(change)
    assert codes(given) == ["sheet.twice"]
    assert len(given.case.events) == 2


def test_a_missing_sheet_is_an_error_that_names_it():
    given = read(lambda book: book.remove(book["events"]))
    fault = first(given, "file.missing")
    assert (fault.file, fault.level) == ("events", "error")
    assert ".csv" not in fault.message() + fault.allowed() + fault.remedy()


def test_text_beside_the_table_is_told_once():
    def change(book):
        book["measurements"].cell(2, 60).value = "look!"
        book["measurements"].cell(9, 61).value = "here"

    given = read(change)
    told = first(given, "sheet.no_header")
    assert codes(given) == ["sheet.no_header"]
    assert (told.value, told.params["times"], told.cell) == ("look!", 2, "BH2")


def test_values_side_by_side_are_no_table():
    def change(book):
        for column in range(30, 150):
            book["measurements"].cell(1, column).value = f"day {column}"

    given = read(change)
    assert first(given, "sheet.too_many_columns").file == "measurements"
    assert given.case.measurements == ()
    assert given.case.events


def test_keys_of_the_case_are_found_by_cell():
    def change(book):
        sheet = book["case"]
        for row in sheet.iter_rows(min_row=2):
            if row[0].value == "patient.age":
                row[1].value = "forty"
            if row[0].value == "patient.sex":
                row[1].value = "woman"
        sheet["A30"], sheet["B30"] = "colour", "red"
        sheet["B31"] = "lost"
        sheet["A32"], sheet["B32"] = "title", "again"
        put(book["sources"], "year", 2, "last year")
        put(book["sources"], "title", 3, "no key")

    given = read(change)
    places = {issue.code: issue.where() for issue in given.report}
    assert places["key.wrong_type"].startswith(("case!B", "sources!F2"))
    assert places["choice.unknown"].startswith("case!B")
    assert places["key.unknown"] == "case!B30, column colour"
    assert places["sheet.no_key"] == "case!B31"
    assert places["sheet.key_twice"] == "case!A32"
    assert places["key.missing"] == "sources!A3, column key"
    assert given.case.header.title == "A course"


def test_french_decimals_spaces_and_headers_are_read():
    def change(book):
        put(book["measurements"], "value", 2, " 3,8 ")
        put(book["measurements"], "time", 2, "J5 ")
        next(cell for cell in book["measurements"][1] if cell.value == "unit").value = "Unité "

    given = read(change, lang="fr")
    assert codes(given) == ["file.habits"]
    assert given.case.measurements[0].value.number == 3.8
    assert given.case.measurements[0].unit == "g/L"


def test_a_case_that_contradicts_itself_names_sheets_not_files():
    def change(book):
        put(book["events"], "time", 2, "after:last")

    given = read(change)
    fault = next(issue for issue in given.report if issue.level == "error")
    assert ".csv" not in fault.message()
    assert "events" in fault.message()


def test_sixty_thousand_rows_are_refused_in_words():
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("measurements")
    sheet.append(["id", "analyte", "value"])
    for number in range(60_000):
        sheet.append([f"v{number}", "CRP", number])
    given = receive({"a.xlsx": saved(book)})
    fault = first(given, "file.too_many_rows")
    assert (fault.file, fault.params["rows"]) == ("measurements", 60_000)
    assert given.case is None
