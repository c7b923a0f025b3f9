"""The command line makes what a journal asks for, and says what is wrong with it."""

import io
import json
import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest
from PIL import Image
from pptx import Presentation

from casecurves.access import find
from casecurves.analysis.reveal import steps, telling
from casecurves.cli import main
from casecurves.commands import publishing
from casecurves.io import shipped_cases

CASE, DM = "mn-dupilumab-1", "dm-mda5-ruxolitinib"


# ---------------------------------------------------------------------------------------- presets


def test_a_preset_makes_the_page_and_says_what_it_mended(run, tmp_path):
    file = tmp_path / "x.tiff"
    status, out, err = run("render", DM, "-o", file, "--preset", "plos")
    assert status == 0
    assert out.splitlines() == [f"{file} written", f"{tmp_path / 'x.caption.txt'} written"]
    assert "mended: words moved to the caption" in err
    with Image.open(file) as picture:
        assert picture.size[0] == round(190.5 / 25.4 * 300)
        assert picture.size[1] <= 222.3 / 25.4 * 300


def test_what_is_typed_goes_before_what_the_preset_has(run, tmp_path):
    status, _, err = run("render", CASE, "-o", tmp_path / "x.png", "--preset", "plos", "--width-mm", "120", "--dpi", 90)
    assert status == 0
    assert "fails: 90 dots per inch; at least 300 are asked for" in err
    assert "look: 120 mm wide instead of 190.5 mm" in err


def test_checking_writes_nothing_and_says_by_its_exit_code_what_it_found(run, tmp_path):
    file = tmp_path / "x.tiff"
    assert run("render", DM, "-o", file, "--preset", "plos", "--check")[0] == 0
    status, out, err = run("render", "mn-dupilumab-1-illustrative", "-o", file, "--preset", "plos", "--check")
    assert (status, out) == (1, "")
    assert "fails: " in err
    status, out, err = run("render", DM, "--check")
    assert (status, out, "look: " in err) == (0, "", True)
    assert run("render", DM)[0] == 2
    assert list(tmp_path.iterdir()) == []
    assert "à corriger" in run("render", f"{CASE}-illustrative", "-o", file, "--preset", "plos", "--lang", "fr")[2]


def test_without_a_preset_nothing_is_said(run, tmp_path):
    assert run("render", CASE, "-o", tmp_path / "x.png")[2] == ""


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--preset", "elsevir-single"], "elsevier-single"),
        (["--preset", "plos", "--type-pt", "7"], "8 pt"),
        (["--preset", "lancet-single", "--type-pt", "16"], "at least 137 mm"),
        (["--seen", "twice"], "deuteranopia"),
    ],
)
def test_what_cannot_be_is_refused_with_what_can(run, tmp_path, words, told):
    status, out, err = run("render", CASE, "-o", tmp_path / "x.png", *words)
    assert (status, out) == (2, "")
    assert told in err
    assert list(Path(tmp_path).iterdir()) == []


@pytest.mark.parametrize(
    ("typed", "taken", "wide"),
    [("lancet", "lancet-double", 154), ("nature", "nature-double", 183), ("elsevier", "elsevier-double", 190)],
)
def test_a_publisher_without_columns_is_taken_at_its_widest_and_said(run, tmp_path, typed, taken, wide):
    file = tmp_path / "x.svg"
    status, _, err = run("render", CASE, "-o", file, "--preset", typed)
    assert status == 0
    assert f"“{typed}”: {taken} ({wide} mm) is taken; there is also" in err
    assert f'width="{wide}mm"' in file.read_text(encoding="utf-8")
    assert "il y a aussi" in run("render", CASE, "-o", file, "--preset", typed, "--lang", "fr", "--check")[2]


def test_a_publisher_with_one_page_is_that_page(run, tmp_path):
    err = run("render", CASE, "-o", tmp_path / "x.svg", "--preset", "bmj", "--check")[2]
    assert err.splitlines()[0] == "“bmj”: bmj-case-reports (180 mm) is taken"


# ---------------------------------------------------------------------------------------- captions


def test_a_caption_is_printed_or_written_in_both_languages(run, tmp_path):
    status, out, err = run("caption", CASE, "--lang", "fr")
    assert (status, err) == (0, "")
    assert "Traitements\u00a0: " in out
    status, out, _ = run("caption", CASE, "--alt", "--age", "band")
    assert "man in his 50s" in out
    assert out.count("\n") == 1
    assert set(json.loads(run("caption", CASE, "--json")[1])) == {"caption", "alt"}


def test_what_was_edited_in_a_caption_file_is_kept(run, tmp_path):
    file = tmp_path / "caption.txt"
    assert run("caption", CASE, "-o", file)[0] == 0
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("Therapies: ", "What was given: "), encoding="utf-8")
    status, _, err = run("caption", CASE, "-o", file, "--age", "band")
    after = file.read_text(encoding="utf-8")
    assert (status, "What was given: " in after, "man in his 50s" in after) == (0, True, True)
    assert "edited passages kept: 1" in err
    # Only on this demand it begins anew, and says what that costs.
    status, _, err = run("caption", CASE, "-o", file, "--force")
    assert (status, "edited passages dropped: 1" in err) == (0, True)
    assert file.read_text(encoding="utf-8") == text
    file.write_text("something else", encoding="utf-8")
    assert run("caption", CASE, "-o", file)[0] == 2
    assert file.read_text(encoding="utf-8") == "something else"


def test_the_caption_beside_a_figure_keeps_what_was_edited(run, tmp_path):
    file, beside = tmp_path / "x.png", tmp_path / "x.caption.txt"
    assert run("caption", CASE, "-o", beside)[0] == 0
    beside.write_text(beside.read_text(encoding="utf-8").replace("Therapies: ", "Given: "), encoding="utf-8")
    assert run("render", CASE, "-o", file, "--words", "apart", "--dpi", "60")[0] == 0
    assert "Given: " in beside.read_text(encoding="utf-8")
    # Drawn again, in the place of the figure, with more written by hand, below the digests too.
    beside.write_text(f"{beside.read_text(encoding='utf-8')}\nBy hand, at the end.\n", encoding="utf-8")
    status, _, err = run("render", CASE, "-o", file, "--words", "apart", "--dpi", "60", "--force")
    kept = beside.read_text(encoding="utf-8")
    assert (status, "Given: " in kept, kept.count("By hand, at the end.")) == (0, True, 1)
    assert "kept" in err


def test_a_journal_that_wants_no_age_gets_a_band_unless_told_otherwise(run, tmp_path):
    file = tmp_path / "x.svg"
    assert run("render", "mn-dupilumab-2", "-o", file, "--preset", "bmj-case-reports")[0] == 0
    drawn = file.read_text(encoding="utf-8")
    assert ("woman in her 20s" in drawn, "2017" in drawn) == (True, False)
    assert (
        run("render", "mn-dupilumab-2", "-o", file, "--preset", "bmj-case-reports", "--age", "exact", "--force")[0] == 0
    )
    assert "woman, 21" in file.read_text(encoding="utf-8")
    assert run("render", CASE, "-o", file, "--age", "about", "--force")[0] == 2


def test_a_case_of_ones_own_is_named_in_no_file(run, tmp_path):
    own = shutil.copytree(shipped_cases() / CASE, tmp_path / "smith-john")
    for name in ("x.png", "x.tiff", "x.svg", "x.pdf"):
        assert run("render", own, "-o", tmp_path / name, "--dpi", "60")[0] == 0
        assert b"smith" not in (tmp_path / name).read_bytes()
    for name, more in (("x.pptx", ()), ("steps.pptx", ("--steps",)), ("x.html", ())):
        assert run("render", own, "-o", tmp_path / name, *more)[0] == 0
    assert b"smith-john" not in (tmp_path / "x.html").read_bytes()
    for name in ("x.pptx", "steps.pptx"):
        with ZipFile(tmp_path / name) as file:
            assert not [part for part in file.namelist() if b"smith" in file.read(part)]
    assert "smith" not in run("caption", own)[1]


# ---------------------------------------------------------------------------------------- slides


def test_slides_one_for_each_step_if_asked(run, tmp_path):
    one, many = tmp_path / "one.pptx", tmp_path / "many.pptx"
    assert run("render", CASE, "-o", one)[0] == 0
    assert run("render", CASE, "-o", many, "--steps")[0] == 0
    assert len(Presentation(one).slides) < len(Presentation(many).slides)
    status, _, err = run("render", CASE, "-o", tmp_path / "x.png", "--steps")
    assert (status, "only .pptx can" in err) == (2, True)


def test_steps_are_those_of_the_lesson(run, tmp_path):
    case = find("mn-dupilumab-1", "en")[0]
    assert len(telling(case)) != len(steps(case))
    assert run("render", "mn-dupilumab-1", "-o", tmp_path / "steps.pptx", "--steps")[0] == 0
    assert run("render", "mn-dupilumab-1", "-o", tmp_path / "whole.pptx")[0] == 0
    # All is told at the last step, on as many slides as the whole figure takes.
    whole = len(Presentation(tmp_path / "whole.pptx").slides)
    assert len(Presentation(tmp_path / "steps.pptx").slides) == len(telling(case)) - 1 + whole


# ---------------------------------------------------------------------------------------- CARE, many cases


@pytest.mark.parametrize("ending", ["csv", "xlsx", "svg", "png", "tiff", "pdf"])
def test_the_timeline_is_written_as(run, tmp_path, ending):
    files = [tmp_path / f"{n}.{ending}" for n in (1, 2)]
    for file in files:
        assert run("care", CASE, "-o", file, "--lang", "fr", "--dpi", "60") == (0, f"{file} écrit\n", "")
    assert files[0].read_bytes() == files[1].read_bytes()


def test_the_checklist_is_printed(run):
    assert "9b  Administration" in run("care", DM)[1]
    assert {item["item"] for item in json.loads(run("care", DM, "--json")[1])["checklist"]} >= {"7", "9c", "13"}
    assert run("care", DM, "-o", "x.docx")[0] == 2
    assert run("care", "nobody")[0] == 2


def test_many_cases_go_into_a_folder_with_a_line_of_progress_each(run, tmp_path):
    folder = tmp_path / "out"
    words = ("publish", CASE, "igg4-dupilumab-1", "-o", folder, "--preset", "bmj-case-reports", "--formats", "svg,pdf")
    status, out, err = run(*words)
    assert status == 0
    lines = [line for line in err.splitlines() if line.startswith(("1/", "2/"))]
    assert lines == [f"1/2 {CASE}", "2/2 igg4-dupilumab-1"]
    names = {f"{case}.{end}" for case in (CASE, "igg4-dupilumab-1") for end in ("svg", "pdf", "caption.txt", "alt.txt")}
    assert {path.name for path in folder.iterdir()} == names
    assert len(out.splitlines()) == len(names)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert run(*words)[0] == 2
    assert run(*words, "--force")[0] == 0
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert run("publish", CASE, "-o", folder, "--formats", "gif")[0] == 2


def test_a_case_that_cannot_be_read_does_not_stop_the_others(run, tmp_path):
    library = tmp_path / "library"
    shutil.copytree(shipped_cases() / CASE, library / "sound")
    shutil.copytree(shipped_cases() / CASE, library / "broken")
    (library / "broken" / "case.toml").write_text("this is not TOML", encoding="utf-8")
    status, _, err = run("publish", library, "-o", tmp_path / "out", "--formats", "svg")
    assert status == 1
    assert (tmp_path / "out" / "sound.svg").is_file()
    assert "broken" in err


def test_a_case_that_fails_is_told_at_the_end_and_the_others_are_made(run, tmp_path):
    """No trial has a drug to count from; the cases before and after it are made all the same."""
    folder = tmp_path / "out"
    words = ("publish", CASE, "il21-cancer-trials", "igg4-dupilumab-1", "-o", folder, "--zero", "dupilumab")
    status, _, err = run(*words, "--formats", "svg")
    assert status == 2
    assert {path.name for path in folder.glob("*.svg")} == {f"{CASE}.svg", "igg4-dupilumab-1.svg"}
    told = err.splitlines()
    assert told[-2] == "Not as it should be: 1 of 3"
    assert told[-1].startswith("il21-cancer-trials: no therapy or event")


def test_one_file_that_cannot_be_made_leaves_the_others_of_its_case(run, tmp_path):
    folder = tmp_path / "out"
    words = ("publish", CASE, "-o", folder, "--formats", "png,svg", "--width-mm", "400", "--dpi", "1200")
    status, _, err = run(*words)
    assert status == 2
    assert {path.suffix for path in folder.iterdir()} == {".svg", ".txt"}
    assert f"{CASE}: a picture of" in err.splitlines()[-1]


def test_a_fault_of_the_program_in_one_case_stops_no_other(run, tmp_path, monkeypatch):
    def figure_of(case, *more):
        if case.id == CASE:
            raise ZeroDivisionError("nought")
        return sound(case, *more)

    sound = publishing.figure_of
    monkeypatch.setattr(publishing, "figure_of", figure_of)
    status, _, err = run("publish", CASE, "igg4-dupilumab-1", "-o", tmp_path / "out", "--formats", "svg")
    assert status == 1
    assert (tmp_path / "out" / "igg4-dupilumab-1.svg").is_file()
    assert err.splitlines()[-1] == f"{CASE}: a fault of this program (ZeroDivisionError): nought"


def test_timeline_and_steps_of_each_case_if_asked_and_the_same_bytes_again(run, tmp_path):
    made = []
    for name in ("one", "two"):
        words = ("publish", CASE, "-o", tmp_path / name, "--formats", "svg", "--care", "--steps", "--lang", "fr")
        assert run(*words)[0] == 0
        made.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()})
    ends = ("svg", "caption.txt", "alt.txt", "care.xlsx", "steps.pptx")
    assert set(made[0]) == {f"{CASE}.{end}" for end in ends}
    assert made[0] == made[1]
    assert len(Presentation(tmp_path / "one" / f"{CASE}.steps.pptx").slides) > 5
    care = tmp_path / "care.xlsx"
    assert run("care", CASE, "-o", care, "--lang", "fr")[0] == 0
    assert care.read_bytes() == made[0][f"{CASE}.care.xlsx"]


class _Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self):
        return True


@pytest.mark.parametrize(("encoding", "bar"), [("utf-8", "█"), ("ascii", "#")])
def test_a_terminal_has_one_bar_that_is_gone_at_the_end(tmp_path, monkeypatch, encoding, bar):
    screen = _Terminal()
    screen.encoding = encoding
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setattr("sys.stdout", screen)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "60")
    assert main(["publish", CASE, "igg4-dupilumab-1", "-o", str(tmp_path / "out"), "--formats", "svg"]) == 0
    text = screen.getvalue()
    assert f"{bar * 12}" in text
    assert f"{bar * 24} 2/2 igg4-dupilumab-1" in text
    # What a person sees at the end: each sign where the last one that was written there is.
    lines = [_seen(line) for line in text.split("\n")]
    assert [line for line in lines if bar in line] == []
    assert sum(line.endswith("written") for line in lines) == 6
    assert max(len(part) for part in text.replace("\n", "\r").split("\r") if bar in part) < 60


def _seen(line):
    seen = []
    for part in line.split("\r"):
        seen[: len(part)] = part
    return "".join(seen).rstrip()


def test_a_dumb_terminal_has_lines(run, tmp_path, monkeypatch):
    screen = _Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setenv("TERM", "dumb")
    assert main(["publish", CASE, "-o", str(tmp_path / "out"), "--formats", "svg"]) == 0
    assert screen.getvalue() == f"1/1 {CASE}\n"


def test_a_picture_of_ones_own_stands_under_the_figure(run, tmp_path):
    Image.new("RGB", (30, 20), "blue").save(tmp_path / "mri.png")
    shot, file = f"{tmp_path / 'mri.png'}:F:MRI at 12 months", tmp_path / "x.svg"
    assert run("render", CASE, "-o", file, "--picture", shot, "--words", "apart")[0] == 0
    assert "MRI at 12 months" in file.read_text(encoding="utf-8")
    assert "F, MRI at 12 months." in (tmp_path / "x.caption.txt").read_text(encoding="utf-8")
    assert run("render", CASE, "-o", tmp_path / "x.json", "--picture", shot)[0] == 2
    assert "no picture" in run("render", CASE, "-o", file, "--force", "--picture", tmp_path / "none.png")[2]
