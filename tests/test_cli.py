"""The command line: each command, flag and exit code, and what goes to which stream."""

import json
import os
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import pytest

from casecurves import cli
from casecurves.arguments import COMMANDS
from casecurves.cli import main
from casecurves.io import shipped_cases
from casecurves.words import say

ROOT = Path(__file__).parents[1]
IDS = sorted(path.parent.name for path in (ROOT / "cases").glob("*/case.toml"))
CASE = "mn-dupilumab-1"
RUN = [sys.executable, "-c", "import sys; from casecurves.cli import main; sys.exit(main())"]

ORIGIN = {"basis", "status", "source", "locator", "note"}
TIME = {"written", "earliest", "latest", "qualifier"}


@pytest.fixture
def run(capsys):
    """Run a command; return its exit code, standard output and standard error."""

    def call(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main([str(word) for word in words])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return call


@pytest.fixture
def own_case(tmp_path) -> Path:
    """A sound case of one's own, outside the library."""
    return Path(shutil.copytree(shipped_cases() / CASE, tmp_path / "own-case"))


@pytest.fixture
def faulty_case(own_case) -> Path:
    """The same with a row at fault: a date that does not exist."""
    table = own_case / "events.csv"
    header, *rows = table.read_text(encoding="utf-8").splitlines()
    cells = dict.fromkeys(header.split(","), "")
    cells |= {"id": "strange", "kind": "other", "label": "strange", "time": "2017-02-30", "basis": "reported"}
    table.write_text("\n".join([header, *rows, ",".join(cells.values()), ""]), encoding="utf-8")
    return own_case


@pytest.fixture
def hopeless_case(own_case) -> Path:
    """A folder of which nothing can be shown."""
    (own_case / "case.toml").write_text("this is not TOML", encoding="utf-8")
    return own_case


# ---------------------------------------------------------------------------------------- start


def test_help_names_every_command(run):
    status, out, err = run("--help")
    assert (status, err) == (0, "")
    assert all(f"\n    {command}" in out for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_command_has_help_in_both_languages(run, command, lang):
    status, out, _ = run(command, "--help", "--lang", lang)
    assert status == 0
    assert out.startswith({"en": "usage: ", "fr": "usage : "}[lang] + f"casecurves {command}")
    assert "--lang" in out


def test_help_loads_nothing_heavy():
    heavy = {"pandas", "numpy", "plotly", "dash", "flask", "pydantic", "vl_convert", "uharfbuzz", "orjson"}
    code = (
        "import sys\nfrom casecurves.cli import main\n"
        "status = main(['--help'])\nprint(*sys.modules, sep=',', file=sys.stderr)\nsys.exit(status)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    loaded = {name.split(".")[0] for name in done.stderr.strip().split(",")}
    assert "argparse" in loaded
    assert loaded & heavy == set()


def test_importing_the_package_loads_nothing_of_it():
    code = "import casecurves, sys; print(*sorted(n for n in sys.modules if n.startswith('casecurves')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["casecurves"]


def test_the_version_is_the_installed_one(run, monkeypatch):
    monkeypatch.setattr("importlib.metadata.version", lambda name: f"{name} 9.8.7")
    assert run("--version") == (0, "casecurves casecurves 9.8.7\n", "")


def test_python_m_casecurves_is_the_command():
    done = subprocess.run(
        [sys.executable, "-m", "casecurves", "list", "--json"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert [case["id"] for case in json.loads(done.stdout)] == IDS


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
    assert {one["rule"] for one in found} == {"adult_ns_2020", "kdigo_2012_mn", "kdigo_2021_ns", "pla2r_elisa",
                                              "pla2r_immunological"}  # fmt: skip
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
    assert {one["value"]: one["number"] for one in found["converted"]} == {"ck": 50.0, "po2": 7.73}
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
    assert "7.73 kPa" in text and "58 mmHg" in text
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


# ---------------------------------------------------------------------------------------- check


def test_check_proof_reads_a_document_and_a_case(run):
    status, out, err = run("check", "il21", "--json")
    assert (status, err) == (1, "")
    found = json.loads(out)
    assert (found["kind"], found["id"], found["certain"]) == ("document", "il21", 2)
    keys = {"rule", "family", "looks_for", "certainty", "case", "message", "transcribed", "found_by", "known", "places"}
    assert all(set(one) == keys for one in found["findings"])
    sides = {"row", "file", "line", "column", "value", "source", "locator", "text"}
    assert all(set(place) == sides for one in found["findings"] for place in one["places"])
    case = json.loads(run("check", "il21-cancer-trials", "--json")[1])
    assert (case["kind"], case["findings"]) == ("case", found["findings"])


def test_check_is_0_where_nothing_is_certain(run, own_case):
    assert run("check", "vitiligo")[0] == 0
    assert run("check", own_case)[0] == 0
    events = own_case / "events.csv"
    text = events.read_text(encoding="utf-8").replace("after:dupilumab & ..M30", "after:dupilumab & ..D-1")
    events.write_text(text, encoding="utf-8")
    status, out, _ = run("check", own_case)
    assert (status, "[certain] These statements cannot all be true" in out) == (1, True)
    assert run("validate", own_case)[0] == 1


def test_check_speaks_both_languages_and_says_what_there_is(run):
    english, french = run("check", "il21")[1], run("check", "il21", "--lang", "fr")[1]
    assert "24 + 14 = 38, more than the 19 patients there are (sum.above_n" in english
    assert "24 + 14 = 38, plus que les 19 patients présents (sum.above_n" in french
    assert "Rows not read because they are illustrative" in run("check", "mn-dupilumab-1-illustrative")[1]
    status, out, err = run("check", "nobody")
    assert (status, out) == (2, "")
    assert "the documents are dupilumab, dermatomyositis, immunotherapy, il21, vitiligo" in err


def test_check_of_what_cannot_be_read(run, hopeless_case):
    status, out, err = run("check", hopeless_case, "--json")
    assert status == 1
    assert set(json.loads(out)) == {"error", "issues"}
    assert "TOML" in err


# ---------------------------------------------------------------------------------------- validate


def test_validate_without_argument_is_all_shipped_cases(run):
    status, out, _ = run("validate", "--json")
    found = json.loads(out)
    assert set(found) == {"cases", "errors", "warnings", "issues"}
    assert [case["id"] for case in found["cases"]] == IDS
    assert (status, found["errors"]) == (0, 0)
    assert [line.split(":")[0] for line in run("validate")[1].splitlines()][: len(IDS)] == IDS


def test_validate_takes_ids_and_folders(run, own_case, tmp_path):
    library = tmp_path / "library"
    library.mkdir()
    shutil.copytree(own_case, library / "first")
    shutil.copytree(own_case, library / "second")
    status, out, _ = run("validate", CASE, own_case, f"{library}/", "--json")
    assert [case["id"] for case in json.loads(out)["cases"]] == [CASE, "own-case", "first", "second"]
    assert status == 0


def test_validate_tells_two_cases_of_one_id_apart(run, own_case, tmp_path):
    other = shutil.copytree(own_case, tmp_path / "elsewhere" / "own-case")
    found = json.loads(run("validate", own_case, other, "--json")[1])
    assert [case["id"] for case in found["cases"]] == ["own-case", str(other)]


def test_a_link_keeps_its_own_name(run, own_case, tmp_path):
    library = tmp_path / "library"
    library.mkdir()
    (library / "link-out").symlink_to(own_case, target_is_directory=True)
    for words in ([library / "link-out"], [f"{library}/"]):
        found = json.loads(run("validate", *words, "--json")[1])
        assert [case["id"] for case in found["cases"]] == ["link-out"]
        assert [issue["code"] for issue in found["issues"]] == ["case.link_out"]


def test_a_folder_here_needs_no_separator(run, own_case, monkeypatch):
    monkeypatch.chdir(own_case.parent)
    assert run("validate", "own-case")[0] == 0
    assert run("show", "own-case")[0] == 0
    monkeypatch.chdir(own_case)
    assert json.loads(run("validate", ".", "--json")[1])["cases"][0]["id"] == "own-case"


def test_validate_of_a_fault(run, faulty_case):
    before = {path: path.read_bytes() for path in faulty_case.iterdir()}
    status, out, err = run("validate", faulty_case, "--json")
    found = json.loads(out)
    assert status == 1
    (issue,) = [issue for issue in found["issues"] if issue["level"] == "error"]
    assert set(issue) == {
        "case", "level", "code", "file", "line", "column", "cell", "value", "message", "allowed", "remedy",
    }  # fmt: skip
    assert (issue["file"], issue["column"], issue["value"]) == ("events.csv", "time", "2017-02-30")
    assert "2017-02-30" in err
    status, out, err = run("validate", faulty_case)
    assert (status, err) == (1, "")
    assert "2017-02-30" in out
    assert "Erreur" in run("validate", faulty_case, "--lang", "fr")[1]
    assert {path: path.read_bytes() for path in faulty_case.iterdir()} == before


def test_one_bad_case_among_good_ones(run, faulty_case):
    status, out, _ = run("validate", CASE, faulty_case)
    assert status == 1
    assert f"{CASE}: sound" in out


# ---------------------------------------------------------------------------------------- data at fault


def test_show_of_a_fault_shows_the_rest(run, faulty_case):
    status, out, err = run("show", faulty_case, "--json")
    assert status == 1
    assert "strange" not in [row["id"] for row in json.loads(out)["events"]]
    assert "2017-02-30" in err


def test_render_of_a_fault_draws_the_rest_and_says_so(run, faulty_case, tmp_path):
    status, out, err = run("render", faulty_case, "-o", tmp_path / "figure.svg")
    assert status == 1
    assert (tmp_path / "figure.svg").read_bytes().startswith(b"<svg ")
    assert "2017-02-30" in err
    assert "2017-02-30" not in out


def test_of_a_hopeless_case_nothing_is_shown_or_drawn(run, hopeless_case, tmp_path):
    status, out, err = run("show", hopeless_case, "--json")
    found = json.loads(out)
    assert (status, set(found)) == (1, {"error", "issues"})
    assert found["issues"][0]["code"] == "file.not_toml"
    assert "case.toml" in err
    status, out, err = run("render", hopeless_case, "-o", tmp_path / "figure.png")
    assert (status, out) == (1, "")
    assert "no file was written" in err
    assert not (tmp_path / "figure.png").exists()
    assert run("validate", hopeless_case)[0] == 1


def test_list_goes_on_past_a_hopeless_case(run, hopeless_case, monkeypatch):
    monkeypatch.setattr("casecurves.io.shipped_cases", lambda: hopeless_case.parent)
    status, out, err = run("list", "--json")
    assert (status, json.loads(out)) == (1, [])
    assert "own-case" in err


# ---------------------------------------------------------------------------------------- misuse

SLIPS = [
    ([], "say which command"),
    (["lst"], "“lst”"),
    (["show"], "CASE is missing"),
    (["show", "dm-mda5"], "dm-mda5-ruxolitinib"),
    (["show", "mn-dupilumab-3"], "mn-dupilumab-1"),
    (["show", "zzzzzz"], "casecurves list"),
    (["show", "no/such/folder"], "“no/such/folder”"),
    (["list", "extra"], "“casecurves list --help”"),
    (["--frobnicate"], "the command comes first"),
    (["--version", "fr"], "“fr” is not understood here; “casecurves --help”"),
    (["show", CASE, "--frobnicate"], "“--frobnicate”"),
    (["show", CASE, "--lang"], "--lang needs one value"),
    (["show", CASE, "--lang", "de"], "en, fr"),
    (["show", CASE, "--json=1"], "takes no value"),
    (["show", CASE, "another"], "“another”"),
    (["validate", "zzzzzz"], "zzzzzz"),
    (["render", CASE], "-o/--output is missing"),
    (["diagram", "nothing", "-o", "x.png"], "th2-dupilumab"),
    (["diagram", "-o", "x.png"], "th2-dupilumab"),
    (["diagram", "jak-pathway"], "-o/--output is missing"),
    (["diagram", "jak-pathway", "-o", "x.gif"], ".png, .tiff, .svg, .pdf"),
    (["diagram", "jak-pathway", "-o", "x.png", "--node", "aspirin"], "jak12-inhibitors"),
    (["diagram", "jak-pathway", "-o", "x.png", "--width-mm", "10"], "60 to 400"),
    (["render", CASE, "-o", "x.gif"], ".png, .tiff, .svg, .pdf, .pptx, .html, .json"),
    (["render", CASE, "-o", "png"], "“png”"),
    (["render", CASE, "-o", "nowhere/x.png"], "no folder “nowhere”"),
    (["render", CASE, "-o", "x.png", "--width-mm", "wide"], "“wide”"),
    (["render", CASE, "-o", "x.png", "--width-mm", "nan"], "“nan”"),
    (["render", CASE, "-o", "x.png", "--width-mm", "10"], "60 to 400"),
    (["render", CASE, "-o", "x.png", "--width-mm", "-90"], "“-90”"),
    (["render", CASE, "-o", "x.png", "--dpi", "300.5"], "whole number"),
    (["render", CASE, "-o", "x.png", "--dpi", "5000"], "50 to 1200"),
    (["render", CASE, "-o", "x.png", "--dpi", "1200", "--width-mm", "400"], "too large"),
    (["render", CASE, "-o", "x.png", "--theme", "pink"], "light, dark, grey"),
    (["render", CASE, "-o", "x.png", "--type-pt", "6"], "7 to 16"),
    (["render", CASE, "-o", "x.png", "--type-pt", "14", "--width-mm", "90"], "at least 120 mm"),
    (["render", CASE, "-o", "x.png", "--words", "away"], "below, apart"),
    (["render", CASE, "-o", "x.png", "--unit", "hours"], "auto, days, weeks, months, years"),
    (["render", CASE, "-o", "x.png", "--zero", "nobody"], "dupilumab"),
    (["serve", "--port", "-1"], "1 and 65535"),
    (["serve", "--port", "65536"], "0 for a free one"),
    (["render", CASE, "-o", "x.png", "--from", "soon"], "“soon”"),
    (["render", CASE, "-o", "x.png", "--from", "30", "--to", "10"], "30 is not before 10"),
    (["render", CASE, "-o", "x.png", "--from", "90000"], "nothing of the course"),
    (["serve", "--port", "http"], "“http”"),
    (["serve", "--cases", "nowhere"], "“nowhere”"),
]


@pytest.mark.parametrize(("words", "said"), SLIPS, ids=lambda value: " ".join(value) if isinstance(value, list) else "")
def test_a_slip_is_one_sentence_and_exit_2(run, words, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    fake_dashboard(monkeypatch)
    status, out, err = run(*words)
    assert (status, out) == (2, "")
    assert err.startswith("Error: ")
    assert err.endswith(".\n")
    assert err.count("\n") == 1
    assert said in err
    assert list(tmp_path.iterdir()) == []
    if words:
        status, out, french = run(*words, "--lang", "fr") if "--lang" not in words else (2, "", "Erreur : ")
        assert (status, out) == (2, "")
        assert french.startswith("Erreur : ")


def test_an_option_before_the_command_is_told_in_its_language(run):
    status, out, err = run("--lang", "fr", "list")
    assert (status, out) == (2, "")
    assert err == "Erreur : la commande vient d’abord, et « --lang » après elle : casecurves COMMANDE --lang.\n"


@pytest.mark.parametrize("words", [["show", "zzzzzz"], ["validate", "no/such"], ["list", "extra"], ["lst"], []])
def test_with_json_a_slip_is_json_too(run, words):
    status, out, err = run(*words, "--json")
    assert status == 2
    assert json.loads(out)["error"] in err


def test_a_table_alone_is_not_a_case(run, own_case):
    status, _, err = run("show", own_case / "events.csv")
    assert status == 1
    assert "neither a workbook nor a zip" in err


# ---------------------------------------------------------------------------------------- workbooks


def test_a_case_goes_to_a_workbook_a_zip_and_a_figure(run, tmp_path):
    name = IDS[0]
    assert run("convert", name, "-o", tmp_path / "a.xlsx")[0] == 0
    assert run("convert", tmp_path / "a.xlsx", "-o", tmp_path / "a.zip")[0] == 0
    for file in ("a.xlsx", "a.zip"):
        assert run("validate", tmp_path / file)[0] == 0
        assert run("render", tmp_path / file, "-o", tmp_path / f"{file}.svg")[0] == 0
    assert run("render", name, "-o", tmp_path / "own.svg")[0] == 0
    # The same picture of the same revision; only of a shipped case it says which.
    drawn = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.glob("*.svg")}
    unnamed = {svg.replace(f"from the case {name}, revision", "from a case of revision") for svg in drawn.values()}
    assert len(unnamed) == 1
    assert [file for file, svg in drawn.items() if f"from the case {name}, revision" in svg] == ["own.svg"]
    _, out, _ = run("show", tmp_path / "a.xlsx", "--json")
    assert json.loads(out)["id"] == "a"


def test_a_template_has_nothing_to_draw_and_says_so_by_cell(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run("template", "-o", "mine.xlsx", "--lang", "fr") == (0, "mine.xlsx écrit\n", "")
    assert run("template", "-o", "mine.xlsx")[0] == 2
    status, out, _ = run("validate", "mine.xlsx", "--lang", "fr")
    assert status == 1
    assert "case!B3" in out
    status, _, err = run("convert", "mine.xlsx", "-o", "mine.csv")
    assert status == 2
    assert ".xlsx, .zip" in err


def test_what_is_no_case_is_not_converted(run, own_case, tmp_path):
    status, _, err = run("convert", own_case / "events.csv", "-o", tmp_path / "a.zip")
    assert status == 1
    assert "neither a workbook nor a zip" in err
    assert not (tmp_path / "a.zip").exists()


# ---------------------------------------------------------------------------------------- render


@pytest.mark.parametrize("case", IDS)
@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("ending", ["png", "svg", "pdf", "html", "json"])
def test_render_of_every_case(run, case, lang, ending, tmp_path):
    file = tmp_path / f"figure.{ending}"
    options = ["--lang", lang, "--theme", "grey", "--width-mm", "140", "--dpi", "72", "--unit", "weeks"]
    status, out, err = run("render", case, "-o", file, *options)
    assert (status, err) == (0, "")
    assert str(file) in out
    begins = {"png": b"\x89PNG", "svg": b"<svg ", "pdf": b"%PDF-", "html": b"<!doctype html>", "json": b"{"}
    assert file.read_bytes().startswith(begins[ending])
    if ending == "json":
        spec = json.loads(file.read_bytes())
        assert (spec["case"], spec["lang"]) == (case, lang)


def test_render_replaces_only_when_told_to(run, tmp_path):
    file = tmp_path / "figure.json"
    file.write_text("mine", encoding="utf-8")
    status, _, err = run("render", CASE, "-o", file)
    assert status == 2
    assert "--force" in err
    assert file.read_text(encoding="utf-8") == "mine"
    assert run("render", CASE, "-o", file, "--force")[0] == 0
    assert json.loads(file.read_bytes())["case"] == CASE
    assert list(tmp_path.iterdir()) == [file]


def test_what_a_page_leaves_out_is_written_beside_it(run, tmp_path):
    file, caption = tmp_path / "figure.svg", tmp_path / "figure.caption.txt"
    assert run("render", CASE, "-o", file)[0] == 0
    assert not caption.exists()
    status, out, _ = run("render", CASE, "-o", file, "--words", "apart", "--no-title", "--letters", "--force")
    assert (status, out.count("written")) == (0, 2)
    assert "Anti-PLA2R membranous nephropathy" not in file.read_text(encoding="utf-8")
    text = caption.read_text(encoding="utf-8")
    assert text.startswith("Anti-PLA2R membranous nephropathy")
    assert "A, therapies; B, events" in text
    caption.write_text("mine", encoding="utf-8")
    file.unlink()
    assert run("render", CASE, "-o", file, "--no-title")[0] == 2
    assert (caption.read_text(encoding="utf-8"), file.exists()) == ("mine", False)


def test_render_into_a_folder_is_refused(run, tmp_path):
    (tmp_path / "x.png").mkdir()
    assert run("render", CASE, "-o", tmp_path / "x.png", "--force")[0] == 2


def test_a_write_that_fails_leaves_what_was_there(run, tmp_path, monkeypatch):
    file = tmp_path / "figure.json"
    file.write_text("mine", encoding="utf-8")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    status, _, err = run("render", CASE, "-o", file, "--force")
    assert status == 2
    assert "No space left" in err
    assert file.read_text(encoding="utf-8") == "mine"
    assert list(tmp_path.iterdir()) == [file]


def test_day_zero_can_be_any_therapy_or_event(run, tmp_path):
    rows = json.loads(run("show", CASE, "--json")[1])
    ids = [row["id"] for table in ("therapies", "events") for row in rows[table]]
    assert len(ids) > 2
    for zero in ids:
        assert run("render", CASE, "-o", tmp_path / f"{zero}.json", "--zero", zero)[0] == 0
    labels = {json.loads(path.read_bytes())["axis"]["zero_label"] for path in tmp_path.iterdir()}
    assert len(labels) > 2


# ---------------------------------------------------------------------------------------- serve, bench


def fake_dashboard(monkeypatch) -> list[dict]:
    started: list[dict] = []
    module = SimpleNamespace(serve=lambda **given: started.append(given))
    monkeypatch.setitem(sys.modules, "casecurves_dashboard.app", module)
    return started


def test_serve_starts_the_dashboard(run, tmp_path, monkeypatch):
    started = fake_dashboard(monkeypatch)
    assert run("serve") == (0, "", "")
    assert run("serve", "--host", "0.0.0.0", "--port", "9000", "--cases", tmp_path) == (0, "", "")
    assert run("serve", "--port", "0") == (0, "", "")
    assert started == [
        {"host": "127.0.0.1", "port": 8050, "cases": None},
        {"host": "0.0.0.0", "port": 9000, "cases": tmp_path},
        {"host": "127.0.0.1", "port": 0, "cases": None},
    ]


def test_serve_without_its_parts_is_one_sentence(run, monkeypatch):
    monkeypatch.setitem(sys.modules, "casecurves_dashboard.app", None)
    status, out, err = run("serve")
    assert (status, out) == (2, "")
    assert "casecurves_dashboard.app" in err


def test_bench_passes_its_options_on(run, monkeypatch):
    asked: list[dict] = []
    monkeypatch.setattr("casecurves.bench.measure", lambda **given: asked.append(given) or {"x": 1})
    monkeypatch.setattr("casecurves.bench.report", lambda outcome, lang: f"{outcome} {lang}")
    assert run("bench", "--quick", "--json") == (0, '{\n  "x": 1\n}\n', "")
    assert run("bench", "--lang", "fr") == (0, "{'x': 1} fr\n", "")
    assert [(given["quick"], given["lang"]) for given in asked] == [(True, "en"), (False, "fr")]


# ---------------------------------------------------------------------------------------- ends


def test_an_interruption_is_quiet(run, monkeypatch):
    def interrupted(**_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "_command", lambda name: interrupted)
    assert run("list") == (130, "", "")


@pytest.mark.skipif(os.name == "nt", reason="a pipe that nobody reads is told otherwise on Windows")
def test_a_reader_that_goes_away_is_no_error():
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as pipe:
        done = subprocess.run(
            [*RUN, "show", CASE, "--json"], stdout=pipe, stderr=subprocess.PIPE, text=True, check=False
        )
    assert (done.returncode, done.stderr) == (141, "")


def test_a_narrow_encoding_stops_nothing():
    surroundings = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        [*RUN, "show", CASE, "--lang", "fr"], env=surroundings, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "\\xe9" in done.stdout


# ---------------------------------------------------------------------------------------- documents


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_figures_of_the_documents_are_listed_for_people_and_for_programs(run, lang):
    status, out, err = run("figures", "--lang", lang)
    assert (status, err) == (0, "")
    found = json.loads(run("figures", "--json", "--lang", lang)[1])
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


# ---------------------------------------------------------------------------------------- diagram


def test_diagrams_are_listed_for_people_and_programs(run):
    status, out, _ = run("diagram", "--list", "--lang", "fr")
    assert status == 0
    assert "jak-pathway\n    La voie JAK" in out
    found = json.loads(run("diagram", "--list", "--json")[1])
    assert {"il21-effects", "jak-pathway", "th2-dupilumab", "vitiligo-mechanism"} <= {one["id"] for one in found}
    edge = found[0]["edges"][0]
    assert {"id", "source", "target", "effect", "feedback", "basis", "label", "locator", "note"} == edge.keys()


def test_a_diagram_is_drawn_to_each_kind_of_file(run, tmp_path):
    for ending, start in (("svg", b"<svg"), ("png", b"\x89PNG"), ("pdf", b"%PDF")):
        file = tmp_path / f"jak.{ending}"
        words = (
            "-o",
            file,
            "--width-mm",
            "90",
            "--lang",
            "fr",
            "--theme",
            "grey",
            "--node",
            "ruxolitinib",
            "--dpi",
            "90",
        )
        assert run("diagram", "jak-pathway", *words)[0] == 0
        assert file.read_bytes().startswith(start)
    assert run("diagram", "jak-pathway", "-o", file)[0] == 2
    assert run("diagram", "jak-pathway", "-o", file, "--force")[0] == 0


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_offline_page_tells_what_the_proof_reader_finds(run, tmp_path, lang):
    file = tmp_path / "figure.html"
    run("render", "il21-cancer-trials", "-o", file, "--lang", lang)
    text = unescape(file.read_text(encoding="utf-8"))
    assert say("consistency.heading", lang) in text
    assert {"en": "24 + 14 = 38, more than", "fr": "24 + 14 = 38, plus que"}[lang] in text
    # Its places would print what was asked to be withheld.
    run("render", "il21-cancer-trials", "-o", file, "--lang", lang, "--dates", "hidden", "--force")
    assert say("consistency.heading", lang) not in unescape(file.read_text(encoding="utf-8"))


# ---------------------------------------------------------------------------------------- compare


def test_compare_names_everybody(run):
    status, out, err = run("compare", "--align", "dupilumab", "--json")
    assert (status, err) == (0, "")
    told = json.loads(out)
    names = [one["case"] for one in (*told["patients"], *told["not_compared"])]
    assert sorted(names) == IDS
    assert {one["row"] for one in told["patients"]} == {"dupilumab"}
    assert all(one["reason"] for one in told["not_compared"])
    status, out, _ = run("compare", "--align", "dupilumab", "--lang", "fr")
    assert status == 0
    assert all(name in out for name in IDS)
    assert "Non comparés (7)" in out


@pytest.mark.parametrize("view", ["swimmer", "multiples", "overlay"])
@pytest.mark.parametrize("ending", ["png", "tiff", "svg", "pdf", "pptx", "html", "json"])
def test_compare_draws_every_view(run, tmp_path, view, ending):
    file = tmp_path / f"figure.{ending}"
    words = ("compare", "--align", "dupilumab", "--view", view, "--illustrative", "--dpi", "72", "-o", file)
    assert run(*words) == (0, f"{file} written\n", "")
    again = tmp_path / f"again.{ending}"
    run(*words[:-1], again)
    assert ending == "pdf" or file.read_bytes() == again.read_bytes()


def test_compare_says_which_of_two_moments_counts_and_how_to_choose(run):
    words = ("compare", "dm-mda5-ruxolitinib", "--align", "remission")
    _, out, _ = run(*words)
    assert "the first of 2; another counts with --pick dm-mda5-ruxolitinib=ID: clinical-control" in out
    _, out, _ = run(*words, "--pick", "dm-mda5-ruxolitinib=clinical-control")
    assert "picked from 2; another counts with --pick" in out


def test_compare_takes_folders_beside_shipped_cases(run, own_case, faulty_case):
    status, out, err = run("compare", CASE, faulty_case, "--align", "dupilumab", "--json")
    assert status == 1
    assert "2017-02-30" in err
    assert [one["case"] for one in json.loads(out)["patients"]] == [CASE, "own-case"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--align", "dupilumb"), "no patient has “dupilumb”"),
        (("--view", "pie"), "--view cannot be “pie”"),
        (("--sort", "age"), "--sort cannot be “age”"),
        (("--pick", "x"), "--pick takes a case and one of its rows"),
        (("--align", "dupilumab", "--pick", f"{CASE}=nothing"), "from what it can: dupilumab"),
        (("--analyte", "moonlight"), "no such biomarker here: “moonlight”"),
        (("--rule", "mine"), "mine"),
        (("--analyte-unit", "upcr=kPa"), "upcr cannot be shown in kPa"),
        (("--analyte-unit", "upcr"), "is not an analyte and a unit"),
        (("--width-mm", "9"), "9"),
    ],
)
def test_compare_refuses_what_means_nothing(run, words, said):
    status, out, err = run("compare", *words)
    assert (status, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1
