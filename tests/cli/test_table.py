"""The command line: the tables of the slides, printed and as files."""

import csv
import io
import json

import pytest
from openpyxl import load_workbook

from casecurves.io.slide_files import sheet_of
from casecurves.knowledge.slides import SLIDE_TABLES, slide_statements
from casecurves.words import typeset


def test_the_tables_are_listed(run):
    status, out, _ = run("table", "--lang", "fr")
    assert (status, out.splitlines()[::2]) == (0, list(SLIDE_TABLES))
    assert [one["id"] for one in json.loads(run("table", "--json")[1])] == list(SLIDE_TABLES)


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("name", SLIDE_TABLES)
def test_a_table_is_the_same_in_every_file_with_all_that_is_said_below_it(run, tmp_path, name, lang):
    files = {ending: tmp_path / f"{name}.{ending}" for ending in ("csv", "xlsx", "json")}
    for file in files.values():
        assert run("table", name, "-o", str(file), "--lang", lang)[0] == 0
    table = sheet_of(name, lang)
    text = files["csv"].read_text(encoding="utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    assert lines[: len(table.rows) + 1] == [list(table.headings), *map(list, table.rows)]
    said = [typeset(one["text"], lang) for one in slide_statements(name, lang)]
    assert [line[0] for line in lines[len(table.rows) + 3 :]] == said
    sheet = load_workbook(files["xlsx"]).worksheets[0]
    assert [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)] == lines
    found = json.loads(files["json"].read_text(encoding="utf-8"))
    assert (len(found["rows"]), len(found["statements"])) == (len(table.rows), len(said))
    printed = run("table", name, "--lang", lang)[1]
    assert all(row[0] in printed for row in table.rows)


@pytest.mark.parametrize("name", SLIDE_TABLES)
def test_no_cell_can_be_taken_for_a_formula(name):
    assert not [cell for row in sheet_of(name, "fr").rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_an_unknown_table_or_ending_is_refused(run, tmp_path):
    refused = {
        SLIDE_TABLES[0]: ["nope", "-o", str(tmp_path / "x.csv")],
        "TABLE": ["-o", str(tmp_path / "x.csv")],
        ".xlsx": [SLIDE_TABLES[0], "-o", str(tmp_path / "x.doc")],
    }
    for what, words in refused.items():
        status, _, told = run("table", *words)
        assert (status, "Traceback" in told) == (2, False)
        assert what in told
    assert not list(tmp_path.iterdir())
