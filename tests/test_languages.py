"""A further language is one file: here one that says everything as English does, marked so that it can be told."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from casecurves.words import catalogue

ROOT = Path(__file__).parents[1]
CASE = "dm-mda5-ruxolitinib"
# Not a language, and so not one that somebody adds.
CODE = "qps"
APP = """
from casecurves_dashboard.app import create_app
import sys
client = create_app().server.test_client()
for path in sys.argv[1:]:
    print(client.get(path).text)
"""


def marked(text: str) -> str:
    return re.sub(r"(\{[^}]*\})|[A-Za-z]+", lambda found: found[1] or f"«{found[0]}»", text)


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Run a copy of casecurves that has a third language."""
    copy = tmp_path_factory.mktemp("copy")
    for name in ("src", "dashboard", "cases"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    left_out = ("letter.", "number.", "page.glyph.", "legend.ended")
    texts = {key: marked(entry["en"]) for key, entry in catalogue().items() if not key.startswith(left_out)}
    lines = [f"{json.dumps(key)} = {json.dumps(text)}\n" for key, text in texts.items()]
    lines.append('"number.decimal" = "·"\n')
    folder = copy / "src" / "casecurves" / "words" / "languages"
    (folder / f"{CODE}.toml").write_text("".join(lines), encoding="utf-8")
    paths = os.pathsep.join([str(copy / "src"), str(copy / "dashboard")])

    def ran(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, *words], capture_output=True, text=True, cwd=copy, check=False,
            env={**os.environ, "PYTHONPATH": paths, "PYTHONIOENCODING": "utf-8"},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    return ran


def test_a_figure_speaks_it_and_english_where_it_has_no_word(run):
    run("-m", "casecurves", "render", CASE, "-o", "course.json", "--lang", CODE)
    found = run("-c", "print(open('course.json', encoding='utf-8').read())")
    spec = json.loads(found)
    assert spec["disclaimer"] == marked(catalogue()["disclaimer"]["en"])
    legend = {entry["label"] for entry in spec["legend"]}
    assert marked(catalogue()["legend.certain"]["en"]) in legend
    assert catalogue()["legend.ended"]["en"] in legend
    assert "0·9" in found and "0.9 " not in json.dumps(spec["panels"])


@pytest.mark.parametrize("command", ["list", "show", "validate", "figures"])
def test_the_command_line_speaks_it(run, command):
    words = [command, CASE] if command in ("show", "validate") else [command]
    assert "«" in run("-m", "casecurves", *words, "--lang", CODE)


def test_every_page_is_offered_in_it_and_speaks_it(run):
    paths = [f"{path}?lang={CODE}" for path in ("/", f"/case/{CASE}", "/documents", "/knowledge", "/how-to-read")]
    pages = run("-c", APP, *paths).split("<!DOCTYPE html>")[1:]
    assert len(pages) == len(paths)
    for page in pages:
        assert f'<html lang="{CODE}"' in page
        assert re.search(rf'<li lang="{CODE}"[^>]*><a [^>]*>{CODE.upper()}<', page)
        assert page.count("«") > 20


def test_a_text_for_an_entry_that_there_is_not_is_named(run):
    code = "import casecurves.words as w; w._FURTHER = {'xx': {'legend.no_such': 'x'}}; w.catalogue()"
    with pytest.raises(AssertionError, match=r"languages/xx\.toml: there is no entry 'legend\.no_such'"):
        run("-c", code)


def test_the_offline_page_has_it(run):
    run("-m", "casecurves", "export-site", "all.html", CASE)
    page = run("-c", "print(open('all.html', encoding='utf-8').read()[:400000])")
    assert f'data-to-lang="{CODE}"' in page
    assert f'.runs[lang="{CODE}"] [data-lang]:not([data-lang="{CODE}"])' in page
