"""The cases are always as they are on disk, and what is kept of them is bounded."""

import os
import re

import pytest

from casecurves.figure.options import Options
from casecurves_dashboard.library import Library
from casecurves_dashboard.shelf import MOST_FIGURES


def touch_later(path, text):
    before = path.stat().st_mtime_ns
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(before + 10**9, before + 10**9))


def test_a_case_is_read_again_when_its_file_changes(library, cases):
    first = library.shelf()
    assert library.shelf() is first
    toml = cases / "sound" / "case.toml"
    touch_later(toml, toml.read_text(encoding="utf-8").replace("A sound case", "Another name"))
    assert library.shelf().cases["sound"][0].header.title == "Another name"
    assert library.shelf().spec("sound", Options()).title == "Another name"
    assert first.cases["sound"][0].header.title == "A sound case"


def test_cases_come_and_go(library, cases):
    assert set(library.shelf().cases) == {"sound", "hostile", "broken"}
    (cases / "sound").rename(cases / "moved")
    assert set(library.shelf().cases) == {"moved", "hostile", "broken"}


def test_a_folder_that_is_not_there_holds_no_case(tmp_path):
    assert Library(tmp_path / "none").shelf().cases == {}


def test_a_figure_is_made_once_for_each_view(library):
    shelf = library.shelf()
    assert shelf.spec("sound", Options()) is shelf.spec("sound", Options())
    assert shelf.spec("sound", Options(lang="fr")).lang == "fr"


def test_what_is_kept_is_bounded(library):
    shelf = library.shelf()
    for number in range(3 * MOST_FIGURES):
        shelf.kept(number, object)
    assert len(shelf._kept) == MOST_FIGURES


def test_a_case_that_cannot_be_drawn_has_no_figure(library):
    with pytest.raises(KeyError):
        library.shelf().spec("broken", Options())


def test_where_nothing_is_found_no_empty_filters_stand(client):
    filters = r"<details[^>]*filters[^>]*>"
    assert " hidden" in re.search(filters, client.get("/?lang=en&q=zzzz").text)[0]
    assert " hidden" not in re.search(filters, client.get("/?lang=en").text)[0]
