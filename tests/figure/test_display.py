"""Three lines in a notebook: a case opens, and its figure shows itself."""

import shutil

import pytest

import casecurves
from casecurves.io import shipped_cases

CASE = "dm-mda5-ruxolitinib"


def test_the_figure_is_the_last_line_of_a_cell():
    case = casecurves.load(CASE)
    shown = case.figure(lang="fr")._repr_html_()
    assert shown.startswith("<div ")
    assert shown.count("<svg ") == 1
    assert "décès" in shown
    assert shown.count("@font-face") == 3
    assert "<script" not in shown


def test_it_is_the_figure_of_every_other_way():
    case = casecurves.load(CASE)
    figure = case.figure(unit="weeks", zero="ruxolitinib", theme="dark")
    options = casecurves.Options(unit="weeks", zero="ruxolitinib")
    assert figure.spec == casecurves.compile(case, options)
    assert (
        casecurves.to_svg(figure.spec, casecurves.PageOptions(theme="dark")).split("</title>")[-1]
        in figure._repr_html_()
    )


def test_it_saves_itself(tmp_path):
    figure = casecurves.load(CASE).figure(theme="grey")
    page = casecurves.PageOptions(width_mm=90, dpi=100, theme="grey")
    (path,) = figure.save(tmp_path / "figure.png", page)
    assert path.read_bytes() == casecurves.render(figure.spec, "png", page)
    with pytest.raises(casecurves.UsageError):
        figure.save(path)
    assert figure.save(path, force=True) == (path,)
    assert path.read_bytes() == casecurves.render(figure.spec, "png", casecurves.PageOptions(theme="grey"))


def test_every_case_that_a_person_opens_can_be_drawn(tmp_path):
    folder = shutil.copytree(shipped_cases() / CASE, tmp_path / "cases" / "mine").parent
    read, _ = casecurves.read_case(folder / "mine")
    listed, _ = casecurves.read_library(folder)["mine"]
    assert read == listed == casecurves.load(folder / "mine")
    assert read.figure().spec == casecurves.compile(read)
    (folder / "mine" / "case.toml").unlink()
    assert casecurves.read_case(folder / "mine")[0] is None
    assert casecurves.read_library(folder)["mine"][0] is None


def test_a_folder_opens_too(tmp_path):
    folder = shutil.copytree(shipped_cases() / CASE, tmp_path / "mine")
    assert casecurves.load(folder).id == "mine"
    (folder / "case.toml").unlink()
    with pytest.raises(casecurves.DataError, match=r"case\.toml"):
        casecurves.load(f"{folder}/")


def test_an_unknown_case_is_named_in_the_language_wanted():
    with pytest.raises(casecurves.UsageError, match="peut-être s’agit-il de dm-mda5-ruxolitinib"):
        casecurves.load("mda5", lang="fr")


def test_what_is_not_public_is_not_there():
    with pytest.raises(AttributeError, match="no attribute 'frobnicate'"):
        casecurves.frobnicate  # noqa: B018
    assert sorted(casecurves.__all__) == casecurves.__all__ == dir(casecurves)
