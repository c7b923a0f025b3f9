"""The command line: cases proof-read and validated, and data at fault."""

import json
import shutil
from pathlib import Path

ROOT = Path(__file__).parents[2]
IDS = sorted(path.parent.name for path in (ROOT / "cases").glob("*/case.toml"))
CASE = "mn-dupilumab-1"


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
    assert "24 + 14 = 38, plus que les 19 patients inclus (sum.above_n" in french
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
