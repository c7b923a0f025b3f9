"""The command line: patients compared."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
IDS = sorted(path.parent.name for path in (ROOT / "cases").glob("*/case.toml"))
CASE = "mn-dupilumab-1"


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
    status, out, err = run(*words)
    assert (status, out) == (0, f"{file} written\n")
    assert not err or err.startswith("the picture is 2"), "of its height"
    again = tmp_path / f"again.{ending}"
    run(*words[:-1], again)
    assert ending == "pdf" or file.read_bytes() == again.read_bytes()


def test_compare_says_which_of_two_moments_counts_and_how_to_choose(run):
    words = ("compare", "dm-mda5-ruxolitinib", "--align", "remission")
    _, out, _ = run(*words)
    assert "the first of 2; another counts with --pick dm-mda5-ruxolitinib=ID: clinical-control" in out
    _, out, _ = run(*words, "--pick", "dm-mda5-ruxolitinib=clinical-control")
    assert "picked from 2; another counts with --pick" in out


def test_a_figure_of_patients_with_two_such_moments_says_so_on_the_terminal(run, tmp_path):
    words = ("compare", "dm-mda5-ruxolitinib", "--align", "remission", "-o", tmp_path / "figure.svg")
    _, out, err = run(*words)
    assert "written" in out and "the first of 2; another counts with --pick dm-mda5-ruxolitinib=ID" in err


def test_compare_says_names_and_the_ids_that_it_takes(run):
    _, out, _ = run("compare", "--align", "dupilumab")
    assert "  Patient 2 (nephropathy) [mn-dupilumab-2]: dupilumab;" in out
    assert "  Series of four (IgG4 disease) [igg4-dupilumab-group-4]: a group" in out


def test_a_picture_that_no_page_holds_says_so_and_what_makes_it_lower(run, tmp_path):
    words = ("compare", "--align", "dupilumab", "--view", "multiples", "--illustrative", "--width-mm", "90", "-o")
    _, _, err = run(*words, tmp_path / "a.svg")
    high = int(re.search(r"the picture is (\d+) mm high", err)[1])
    after = int(re.search(r"--words apart \((\d+) mm\)", err)[1])
    assert high > 300 > after > 240
    assert f"the picture is {after} mm high" in run(*words, tmp_path / "b.svg", "--words", "apart")[2]
    svg = (tmp_path / "b.svg").read_text()
    assert float(re.search(r'height="([\d.]+)mm"', svg)[1]) == pytest.approx(after, abs=0.6)
    assert (tmp_path / "b.caption.txt").is_file(), "what has left the picture"


def test_a_preset_lowers_a_comparison_by_itself(run, tmp_path):
    words = ("compare", "--align", "dupilumab", "--view", "multiples", "--illustrative", "--preset", "plos")
    plain = [word for word in words if word not in ("--preset", "plos")]
    run(*plain, "--width-mm", "190.5", "-o", tmp_path / "plain.svg")
    _, _, err = run(*words, "-o", tmp_path / "a.svg")
    before, after = (
        float(re.search(r'height="([\d.]+)mm"', (tmp_path / name).read_text())[1]) for name in ("plain.svg", "a.svg")
    )
    assert after < 0.9 * before
    assert f"to {after:.0f} mm" in err


def test_compare_shows_a_window_or_says_that_it_shows_nothing(run, tmp_path):
    words = ("compare", "--align", "dupilumab", "-o", tmp_path / "a.json")
    assert run(*words, "--from", "0", "--to", "100")[0] == 0
    (zone,) = json.loads((tmp_path / "a.json").read_text())["axis"]["zones"]
    assert (zone["lo"], zone["hi"]) == (0.0, 100.0)
    status, _, err = run(*words, "--from", "90000", "--force")
    assert (status, err.count("\n")) == (2, 1)


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
