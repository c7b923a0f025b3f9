"""The command line: how it starts, what it says of a slip, how it ends."""

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from casecurves import cli
from casecurves.arguments import COMMANDS

ROOT = Path(__file__).parents[2]
IDS = sorted(path.parent.name for path in (ROOT / "cases").glob("*/case.toml"))
CASE = "mn-dupilumab-1"
RUN = [sys.executable, "-c", "import sys; from casecurves.cli import main; sys.exit(main())"]


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
