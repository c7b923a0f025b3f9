"""The command line: figures, workbooks and diagrams written."""

import json
import os
from html import unescape
from pathlib import Path

import pytest

from casecurves.words import say

ROOT = Path(__file__).parents[2]
IDS = sorted(path.parent.name for path in (ROOT / "cases").glob("*/case.toml"))
CASE = "mn-dupilumab-1"


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
    starts = {
        "svg": b"<svg",
        "png": b"\x89PNG",
        "pdf": b"%PDF",
        "tiff": b"II*",
        "pptx": b"PK",
        "html": b"<!",
        "json": b"{",
    }
    for ending, start in starts.items():
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


def test_a_diagram_for_a_journal_is_mended_told_and_has_its_caption_beside_it(run, tmp_path):
    file, words = tmp_path / "v.tiff", tmp_path / "v.caption.txt"
    given = ("diagram", "vitiligo-mechanism", "-o", file, "--preset", "elsevier-single", "--dpi", "100")
    status, out, err = run(*given)
    assert status == 0
    assert str(words) in out
    assert "words moved to the caption" in err
    assert "100 dots per inch; at least 1000" in err
    assert "(1) " in words.read_text(encoding="utf-8")
    # What was written into the caption stays, and nothing is replaced unasked.
    words.write_text(words.read_text(encoding="utf-8").replace("danger signals", "alarm signals"), encoding="utf-8")
    assert run(*given)[0] == 2
    assert run(*given, "--force")[0] == 0
    assert "alarm signals" in words.read_text(encoding="utf-8")


def test_a_diagram_is_only_checked_where_that_is_asked(run, tmp_path):
    status, out, err = run("diagram", "jak-pathway", "--check", "--preset", "elsevier-double", "--lang", "fr")
    assert (status, out) == (0, "")
    assert err
    assert run("diagram", "jak-pathway", "--check", "-o", tmp_path / "a.pptx")[0] == 1
    assert list(tmp_path.iterdir()) == []
    assert run("diagram", "jak-pathway", "--check", "--width-mm", "60")[0] == 2


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
