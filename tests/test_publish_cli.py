"""The command line makes what a journal asks for, and says what is wrong with it."""

from pathlib import Path

import pytest
from PIL import Image

from casecurves.cli import main

CASE, DM = "mn-dupilumab-1", "dm-mda5-ruxolitinib"


@pytest.fixture
def run(capsys):
    """Run a command; return its exit code, standard output and standard error."""

    def call(*words: object) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main([str(word) for word in words])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return call


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
    assert list(tmp_path.iterdir()) == []
    assert "à corriger" in run("render", f"{CASE}-illustrative", "-o", file, "--preset", "plos", "--lang", "fr")[2]


def test_without_a_preset_nothing_is_said(run, tmp_path):
    assert run("render", CASE, "-o", tmp_path / "x.png")[2] == ""


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--preset", "elsevier"], "elsevier-single"),
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
