"""The timeline of CARE: the rows of the figure, in the order of time, in every kind of file."""

import csv
import io
import json
import re
import shutil

import openpyxl
import pytest
from figure.build import SHIPPED, event, made
from figure.page import read
from PIL import Image

from casecurves.cli import main
from casecurves.figure.care import COLUMNS, care_csv, care_json, care_svg, care_text, timeline
from casecurves.figure.compile import compile
from casecurves.figure.options import Options
from casecurves.figure.page import PageOptions
from casecurves.figure.stamp import stamp
from casecurves.io import shipped_cases
from casecurves.io.sheet import to_sheet

DM = SHIPPED["dm-mda5-ruxolitinib"]


@pytest.mark.parametrize("case_id", sorted(SHIPPED))
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_figure_and_table_have_the_same_rows(case_id, lang):
    case, options = SHIPPED[case_id], Options(lang=lang)
    spec, told = compile(case, options), timeline(case, options)
    ids = [row.row for row in told]
    assert sorted(ids) == sorted({*spec.drawn(), *(left.row for left in spec.not_drawn)})
    assert len(ids) == len(set(ids))


def test_figure_and_table_say_the_same_doses_values_and_labels():
    spec, told = compile(DM), {row.row: row for row in timeline(DM)}
    for mark in spec.marks():
        number = mark.label.split(" ")[0]
        assert number in told[mark.row].what or mark.label in told[mark.row].what


def test_rows_stand_in_the_order_of_time():
    ids = [row.row for row in timeline(DM)]
    order = ["rash-onset", "ck", "skin-flare", "pulmonary-embolism", "death"]
    assert [row for row in ids if row in order] == order


def test_reasons_and_results_of_a_treatment_are_told():
    rux = next(row for row in timeline(DM) if row.row == "ruxolitinib")
    assert "started for: skin flare" in rux.why
    assert "stopped for: to avoid interference with chemotherapy" in rux.why
    assert "Jalles 2020" in rux.where


def test_the_table_as_text_holds_no_formula():
    case = made(events=[event("evil-1x", "D1", label="=1+1"), event("evil-2x", "D2", label="@SUM(A1)")])
    rows = list(csv.reader(io.StringIO(care_csv(case).decode("utf-8-sig"))))
    assert rows[0] == ["When", "What", "Kind", "Reasons and result", "Basis", "Source"]
    assert {"'=1+1", "'@SUM(A1)"} <= {row[1] for row in rows[1:]}


def test_the_table_as_workbook_is_text_and_the_same_bytes():
    made_ = to_sheet("Timeline", ("a", "b"), [("=1+1", "1:320")])
    assert made_ == to_sheet("Timeline", ("a", "b"), [("=1+1", "1:320")])
    sheet = openpyxl.load_workbook(io.BytesIO(made_)).active
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [["a", "b"], ["=1+1", "1:320"]]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}


def test_every_file_says_its_case_its_revision_and_the_program(tmp_path):
    said = stamp(compile(DM))
    assert DM.id in said
    for kind in ("xlsx", "png", "svg"):
        file = tmp_path / f"care.{kind}"
        assert main(["care", DM.id, "-o", str(file), "--lang", "en"]) == 0
        if kind == "xlsx":
            assert openpyxl.load_workbook(file).properties.description == said
        elif kind == "png":
            with Image.open(file) as picture:
                assert picture.info["Software"] == said
        else:
            assert f"<metadata>{said}</metadata>" in file.read_text(encoding="utf-8")


def test_a_case_of_ones_own_is_not_named_by_its_folder(tmp_path):
    folder = shutil.copytree(shipped_cases() / DM.id, tmp_path / "durand-anne")
    assert main(["care", str(folder), "-o", str(tmp_path / "care.xlsx"), "--lang", "en"]) == 0
    said = openpyxl.load_workbook(tmp_path / "care.xlsx").properties.description
    assert "revision" in said and "durand" not in said


@pytest.mark.parametrize("case_id", sorted(SHIPPED))
@pytest.mark.parametrize("width", [90, 190])
def test_the_table_as_a_page_has_no_words_that_meet_or_run_off(case_id, width):
    page = read(care_svg(SHIPPED[case_id], Options(lang="fr"), PageOptions(width_mm=width)))
    assert page.collisions() == []
    assert page.outside() == []


@pytest.mark.parametrize("case_id", sorted(SHIPPED))
def test_as_json_and_as_text(case_id):
    found = json.loads(json.dumps(care_json(SHIPPED[case_id])))
    assert set(found["timeline"][0]) == {*COLUMNS, "id"}
    text = care_text(SHIPPED[case_id], Options(lang="fr"))
    assert "Grille CARE" in text
    assert all(item["item"] in text for item in found["checklist"])


def test_values_of_one_kind_are_told_apart_by_how_or_where_they_were_taken():
    told = [row.what for row in timeline(SHIPPED["dm-mda5-ruxolitinib"])]
    assert {"MMT (lower limbs) 3/5", "MMT (deltoid) 3/5", "SpO2 88 %"} <= set(told)


def test_a_history_is_told_as_a_reader_would():
    told = {row.row: row.when for row in timeline(DM)}
    assert (told["former-smoker"], told["eyelid-oedema"]) == ("before admission", "no later than D0")
    young = {row.row: row.when for row in timeline(SHIPPED["mn-dupilumab-2"], Options(lang="fr"))}
    assert (young["asthma"], young["coeliac"]) == (
        "avant l’âge de 18\xa0ans",
        "avant début du traitement par dupilumab",
    )


@pytest.mark.parametrize("case_id", sorted(SHIPPED))
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_no_day_of_a_timeline_is_the_day_of_birth_and_each_has_a_minus_sign(case_id, lang):
    case = SHIPPED[case_id]
    birth = case.chronology.bounds("birth").earliest
    for row in timeline(case, Options(lang=lang)):
        assert not re.search(r"(day |J)-", row.when)
        days = [int(day.replace("\u2212", "-")) for day in re.findall(r"(?:day |J)(\u2212?\d+)", row.when)]
        assert birth is None or all(day > birth for day in days)


def test_an_age_is_said_in_years():
    case = made(events=[event("at-40", "birth+Y40"), event("in-40s", "birth+Y40..birth+Y50")], patient={"age": 50})
    told = {row.row: row.when for row in timeline(case)}
    assert told["at-40"].startswith("at the age of 40 (")
    assert told["in-40s"].startswith("between the age of 40 and the age of 50 (")
