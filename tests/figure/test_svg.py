"""The printed picture: well-formed, self-contained, escaped, and the same bytes every time."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from figure.build import SHIPPED
from figure.hostile import STRINGS, hostile, shown
from figure.page import NS, read
from hypothesis import HealthCheck, given, settings
from strategies import cases

from casecurves.figure.compile import compile
from casecurves.figure.options import Options
from casecurves.figure.page import PageOptions
from casecurves.figure.svg import to_svg

ALLOWED = {"svg", "title", "desc", "g", "rect", "line", "path", "text"}
THEMES = ["light", "dark", "grey"]


def drawn_rows(spec):
    """Return what must be an element of its own: everything but words in boxes, and the arms named under charts."""
    in_words = {entry.row for box in spec.boxes for entry in box.entries} | {arm.row for arm in spec.charts.arms()}
    return spec.drawn() - in_words


def check_plain(svg):
    page = read(svg)
    for element in page.root.iter():
        assert element.tag.removeprefix(NS) in ALLOWED
        for name, content in element.attrib.items():
            assert "href" not in name
            assert not name.startswith("on")
            assert "url(" not in content
            assert "://" not in content
    return page


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("case_id", SHIPPED)
def test_shipped_cases_draw_every_row(case_id, theme):
    spec = compile(SHIPPED[case_id])
    page = check_plain(to_svg(spec, PageOptions(theme=theme)))
    assert drawn_rows(spec) <= page.rows
    assert page.rows <= spec.drawn()


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(cases())
def test_any_case_draws_every_row(case):
    spec = compile(case)
    assert drawn_rows(spec) <= check_plain(to_svg(spec)).rows


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("name", STRINGS)
def test_a_hostile_string_is_shown_as_written_wherever_it_stands(name, lang):
    text = STRINGS[name]
    spec = compile(hostile(text), Options(lang=lang))
    page = check_plain(to_svg(spec, PageOptions(width_mm=390.0)))
    words = " ".join(word.text for word in page.words)
    titles = " ".join(element.text or "" for element in page.root.iter(f"{NS}title"))
    assert words.count(shown(text)) >= 10, "title, drug, chip, event, state, value, notes…"
    assert shown(text) in titles
    for hidden in "\u202e\x00\x1b":
        assert hidden not in words + titles
    assert drawn_rows(spec) <= page.rows


@pytest.mark.parametrize("name", STRINGS)
def test_a_hostile_string_adds_no_element(name):
    def tags(text):
        return sorted(
            {element.tag for element in read(to_svg(compile(hostile(text)), PageOptions(width_mm=390.0))).root.iter()}
        )

    assert tags(STRINGS[name]) == tags("plain words")


def test_the_size_is_in_millimetres_and_the_page_says_what_it_is():
    spec = compile(SHIPPED["mn-dupilumab-1"])
    page = read(to_svg(spec, PageOptions(width_mm=140.0)))
    assert page.root.attrib["width"] == "140mm"
    assert page.root.attrib["height"] == f"{page.height:g}mm"
    assert page.root.find(f"{NS}title").text == spec.title
    assert page.root.find(f"{NS}desc").text == spec.disclaimer


@pytest.mark.parametrize("case_id", SHIPPED)
def test_disclaimer_and_banner_are_on_the_page(case_id):
    spec = compile(SHIPPED[case_id])
    words = [word.text for word in read(to_svg(spec)).words]
    assert spec.disclaimer in " ".join(words)
    assert (spec.banner in words) == SHIPPED[case_id].illustrative


def test_without_words_the_marks_stay():
    spec = compile(SHIPPED["dm-mda5-ruxolitinib"])
    full, bare = read(to_svg(spec)), read(to_svg(spec, bare=True))
    assert full.rows == bare.rows
    assert spec.title not in {word.text for word in bare.words}


def test_two_processes_write_the_same_bytes():
    code = (
        "import hashlib\n"
        "from casecurves.io import read_library, shipped_cases\n"
        "from casecurves.figure.compile import compile\n"
        "from casecurves.figure.svg import to_svg\n"
        "found = read_library(shipped_cases())\n"
        "print(hashlib.sha256(''.join(to_svg(compile(c)) for c, _ in found.values()).encode()).hexdigest())\n"
    )
    source = Path(__file__).parents[2] / "src"
    hashes = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONPATH": str(source), "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    here = "".join(to_svg(compile(case)) for case in SHIPPED.values())
    assert hashes == {hashlib.sha256(here.encode()).hexdigest()}


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_bare_picture_of_what_is_not_real_still_says_so(lang):
    spec = compile(SHIPPED["mn-dupilumab-1-illustrative"], Options(lang=lang))
    said = [word.text for word in read(to_svg(spec, PageOptions(width_mm=110), bare=True)).words]
    assert spec.banner in said
    assert spec.title not in said
