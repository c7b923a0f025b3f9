"""The command line: cases and documents listed and shown."""

import json
import shutil
from pathlib import Path

import pytest

from casecurves.io import shipped_cases

ROOT = Path(__file__).parents[2]
IDS = sorted(path.parent.name for path in (ROOT / "cases").glob("*/case.toml"))
CASE = "mn-dupilumab-1"
ORIGIN = {"basis", "status", "source", "locator", "note"}
TIME = {"written", "earliest", "latest", "qualifier"}


# ---------------------------------------------------------------------------------------- list, show


def test_list_as_json(run):
    status, out, err = run("list", "--json")
    assert (status, err) == (0, "")
    cases = json.loads(out)
    assert [case["id"] for case in cases] == IDS
    keys = {"id", "kind", "title", "diagnosis", "drugs", "analytes", "illustrative"}
    assert {frozenset(case) for case in cases} == {frozenset(keys)}
    assert {case["id"] for case in cases if case["illustrative"]} == {i for i in IDS if "illustrative" in i}


def test_list_for_people(run):
    english, french = run("list"), run("list", "--lang", "fr")
    assert (english[0], french[0]) == (0, 0)
    assert all(f"{case}" in english[1] and f"{case}" in french[1] for case in IDS)
    assert "illustrative, values not from the article" in english[1]
    assert "illustratif, valeurs absentes de l’article" in french[1]


def test_show_says_how_much_glucocorticoid_was_given(run):
    shown = json.loads(run("show", "dm-mda5-ruxolitinib", "--json")[1])["exposure"]
    assert (shown["computable"], shown["reasons"]) == (False, ["agent"])
    status, out, _ = run("show", "dm-mda5-ruxolitinib", "--json", "--assume", "methylprednisolone")
    assert status == 0
    shown = json.loads(out)["exposure"]
    assert shown["assumed_agent"] == "methylprednisolone"
    assert shown["total"]["least"] > 0
    assert shown["total"]["most"] is None
    assert shown["courses"][0]["daily"][0]["most_mg"] == 125.0
    assert "agent not named" in run("show", "dm-mda5-ruxolitinib")[1]


def test_show_says_the_status_by_each_rule(run):
    case = "mn-dupilumab-1-illustrative"
    assert json.loads(run("show", case, "--json")[1])["statuses"] == []
    found = json.loads(run("show", case, "--json", "--illustrative")[1])["statuses"]
    assert {one["rule"] for one in found} == {"adult_ns_2020", "kdigo_2012_mn", "kdigo_2021_ns", "nephrotic_syndrome",
                                              "pla2r_elisa", "pla2r_immunological"}  # fmt: skip
    asked = ("--rule", "adult_ns_2020", "--rule", "pla2r_elisa", "--illustrative")
    found = json.loads(run("show", case, "--json", *asked)[1])["statuses"]
    assert [(one["rule"], one["index"]) for one in found] == [("adult_ns_2020", "dupilumab"), ("pla2r_elisa", None)]
    assert all(one["version"] and one["source"] and one["summary"] for one in found)
    last = found[0]["values"][-1]
    assert (last["status"], last["standing"]) == ("complete", "possible")
    assert last["sentence"] == "complete remission: possible (met: uPCR, albumin; missing: creatinine)"
    assert {
        "criterion": "creatinine",
        "outcome": "missing",
        "reason": "no_value",
        "detail": None,
        "values": [],
    } in last["evidence"]
    other = json.loads(run("show", case, "--json", *asked, "--index", "ciclosporin")[1])["statuses"][0]
    assert other["index"] == "ciclosporin"
    assert other["values"] != found[0]["values"]
    assert "enter no rule unless asked" in run("show", case, "--rule", "adult_ns_2020")[1]
    assert "missing: albumin, creatinine" in run("show", case, *asked)[1]
    for words in (["--rule", "guess"], ["--index", "nobody"]):
        status, out, err = run("show", case, *words)
        assert (status, out) == (2, "") and words[1] in err


def test_show_says_kidney_function(run, tmp_path):
    """An invented creatinine has no estimate; the same value, reported, has one by each equation."""
    invented = shipped_cases() / "mn-dupilumab-1-illustrative"
    assert json.loads(run("show", invented.name, "--json")[1])["kidney_function"] == []
    copy = shutil.copytree(invented, tmp_path / "copy")
    table = copy / "measurements.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(",illustrative,", ",reported,"), encoding="utf-8")
    found = json.loads(run("show", str(copy), "--json")[1])["kidney_function"]
    assert [one["name"] for one in found] == ["CKD-EPI 2021", "CKD-EPI 2009", "EKFC"]
    assert all(one["values"][0]["low"] <= one["values"][0]["high"] for one in found)
    assert "mL/min/1.73" in run("show", str(copy))[1]


def test_show_in_a_unit_that_a_reader_wants(run):
    case = "dm-mda5-ruxolitinib"
    found = json.loads(run("show", case, "--json", "--analyte-unit", "CK=µkat/L", "--analyte-unit", "pO2=kPa")[1])
    assert {one["value"]: one["number"] for one in found["converted"]} == {"ck": 50.0, "po2": 7.7}
    assert next(one for one in found["measurements"] if one["id"] == "ck")["unit"] == "U/L"
    assert "3000 U/L as written, 50 µkat/L ‡" in run("show", case, "--analyte-unit", "CK=µkat/L")[1]
    asked = ("IFN score=g/L", "albumin=g/L", "CK=", "CK=furlongs", "anti-MDA5=mmHg")
    status, out, err = run("show", case, *(word for one in asked for word in ("--analyte-unit", one)))
    assert (status, out) == (2, "")
    assert "IFN score cannot be shown in g/L: its values are written without a unit" in err
    assert "albumin is not measured in this case" in err and "creatine kinase" in err
    assert "“CK=” is not an analyte and a unit" in err
    assert "“furlongs” is not a unit known here" in err


def test_render_in_a_unit_that_a_reader_wants(run, tmp_path):
    path = tmp_path / "figure.json"
    assert run("render", "dm-mda5-ruxolitinib", "-o", str(path), "--analyte-unit", "pO2=kPa")[0] == 0
    text = path.read_text(encoding="utf-8")
    assert "7.7 kPa" in text and "58 mmHg" in text
    refused = run("render", "dm-mda5-ruxolitinib", "-o", "x.svg", "--analyte-unit", "pO2=g/L")
    assert refused[0] == 2 and "two different things" in refused[2]


def test_render_in_prednisone(run, tmp_path):
    for words, printed in ((["--assume", "prednisolone"], True), ([], False)):
        path = tmp_path / f"figure-{printed}.svg"
        assert run("render", "dm-mda5-ruxolitinib", "-o", str(path), "--dose", "prednisone", *words)[0] == 0
        assert ("assumed" in path.read_text(encoding="utf-8")) is printed
    assert run("render", "dm-mda5-ruxolitinib", "-o", "x.svg", "--assume", "aspirin")[0] == 2


@pytest.mark.parametrize("case", IDS)
def test_show_as_json(run, case):
    status, out, err = run("show", case, "--json")
    assert (status, err) == (0, "")
    shown = json.loads(out)
    assert set(shown) == {
        "id", "kind", "title", "patient", "day_zero", "last_follow_up", "sources", "therapies", "doses",
        "measurements", "events", "outcomes", "discrepancies", "issues", "exposure", "statuses",
        "kidney_function", "converted",
        *(("arms", "comparisons") if shown["kind"] == "trial" else ()),
    }  # fmt: skip
    assert shown["id"] == case
    for row in shown["therapies"]:
        assert {
            "id", "drug", "atc", "dose", "dose_unit", "frequency", "route", "doses", "every", "regimen", "start", "end",
        } | ORIGIN == set(row)  # fmt: skip
        assert set(row["start"]) >= TIME
        assert row["end"]["state"] in {"ended", "ongoing", "unknown"}
    for row in shown["doses"]:
        assert {"id", "therapy", "dose", "dose_unit", "frequency", "time", "holds"} | ORIGIN == set(row)
    for row in shown["measurements"]:
        assert {"id", "analyte", "assay", "value", "unit", "ucum", "ref_low", "ref_high", "time"} < set(row)
        parts = {"written", "kind", "number", "comparator", "titre", "grade", "category", "trend"}
        assert parts <= set(row["value"])
    for row in shown["events"]:
        assert {"id", "kind", "label", "presence", "time", "end"} | ORIGIN <= set(row)
    times = [row[key] for row in (*shown["therapies"], *shown["events"]) for key in ("start", "time") if key in row]
    assert {type(time[key]) for time in times for key in ("earliest", "latest")} <= {int, type(None)}


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("case", IDS)
def test_show_for_people_names_every_row(run, case, lang):
    status, out, err = run("show", case, "--lang", lang)
    assert (status, err) == (0, "")
    rows = json.loads(run("show", case, "--json")[1])
    for table in ("therapies", "doses", "measurements", "events", "outcomes"):
        assert [row["id"] for row in rows[table] if f"\n  {row['id']}: " not in out] == []


def test_an_absence_does_not_read_as_a_presence(run):
    out = run("show", "dm-mda5-ruxolitinib")[1]
    line = next(line for line in out.splitlines() if line.startswith("  asbestos:"))
    assert "looked for and not found" in line


def test_text_from_a_case_cannot_drive_the_terminal(run, own_case):
    header = own_case / "case.toml"
    text = header.read_text(encoding="utf-8")
    header.write_text(text.replace('title = "', 'title = "\\u001B[2J\\u202Egnp\\u009B', 1), encoding="utf-8")
    for words in (["show", own_case], ["show", own_case, "--json"], ["validate", own_case, "--json"]):
        _, out, err = run(*words)
        assert set("\x1b\u202e\x9b") & set(out + err) == set()
    assert "⟨U+202E⟩" in run("show", own_case)[1]


def test_what_was_typed_cannot_drive_the_terminal(run):
    _, out, err = run("show", "\x1b[31mzz\u202e")
    assert set("\x1b\u202e") & set(out + err) == set()
    assert "⟨U+001B⟩[31mzz⟨U+202E⟩" in err


def test_show_in_french_is_french(run):
    out = run("show", CASE, "--lang", "fr")[1]
    assert "\nJour zéro : dupilumab\n" in out
    dupilumab = next(line for line in out.splitlines() if line.startswith("  dupilumab: "))
    assert " → en cours [" in dupilumab
    assert "; rapporté " in dupilumab
    assert "corticoïde" in run("show", "dm-mda5-ruxolitinib", "--lang", "fr")[1]


# ---------------------------------------------------------------------------------------- documents


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_figures_of_the_documents_are_listed_for_people_and_for_programs(run, lang):
    status, out, err = run("figures", "--lang", lang)
    assert (status, err) == (0, "")
    found = json.loads(run("figures", "--json", "--lang", lang)[1])
    assert all(one["shows"] in out and one["gives"] in out for one in found)
    assert [one["label"] for one in found if one["label"] not in out] == []
    assert "/case/vitiligo-ruxolitinib-trials" in out


def test_a_site_is_one_file_of_the_cases_named(run, tmp_path, own_case):
    file = tmp_path / "site.html"
    status, out, err = run("export-site", file, CASE, own_case, "--lang", "fr")
    assert (status, err) == (0, "")
    assert "cas 2" in out
    assert "Mo" in out
    assert file.read_text(encoding="utf-8").count('<article id="case-') == 4
    assert run("export-site", file, CASE)[0] == 2
    assert run("export-site", file, CASE, "--force")[0] == 0
    assert file.read_text(encoding="utf-8").count('<article id="case-') == 2
    assert run("export-site", tmp_path / "site.txt", CASE)[0] == 2
    (tmp_path / "nothing").mkdir()
    (tmp_path / "nothing" / "case.toml").write_text("title = ", encoding="utf-8")
    status, out, err = run("export-site", tmp_path / "other.html", tmp_path / "nothing")
    assert status == 2
    assert not (tmp_path / "other.html").exists()


@pytest.mark.parametrize(
    ("case_id", "lang", "lines"),
    [
        (
            "vitiligo-ruxolitinib-trials",
            "en",
            (
                "v1-ruxolitinib: ruxolitinib cream (TRuE-V1, phase III, completed) n = 221;",
                "v1-rux-50: at least 50 % improvement (F-VASI50) 51.2 % [95 % CI 44.4–58.0];",
                "(v1-ruxolitinib – v1-vehicle) relative risk 3.0 [95 % CI 1.9–4.8] p < 0.001;",
                "v1-veh-75-w24: at least 75 % improvement (F-VASI75) 8 %;",
            ),
        ),
        ("vitiligo-ruxolitinib-trials", "fr", ("51,2 % [IC 95 % : 44,4–58,0];", "risque relatif 3,0 [IC 95 % : 1,9")),
        ("il21-cancer-trials", "en", ("(IL-21 + sorafenib, phase I/II, ongoing) n not reported;", "stable disease 9;")),
    ],
)
def test_show_says_of_a_trial_what_its_document_prints(run, case_id, lang, lines):
    _, out, _ = run("show", case_id, "--lang", lang)
    shown = out.replace("\u00a0", " ").replace("\u202f", " ")
    assert [line for line in lines if line not in shown] == []
