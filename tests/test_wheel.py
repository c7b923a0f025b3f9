"""What `pip install .` installs holds everything the product needs, and works from any folder."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CASES = sorted(path.parent.name for path in (ROOT / "cases").glob("*/case.toml"))


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """The wheel's files, unpacked as an installer would."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "installed")
    return folder / "installed"


def shipped(folder: Path) -> set[str]:
    """Every file of a folder that is part of the product."""
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return {name for name in found if "__pycache__" not in name and not name.endswith("/make_fonts.py")}


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("src/casecurves", "casecurves"),
        ("dashboard/casecurves_dashboard", "casecurves_dashboard"),
        ("cases", "casecurves/cases"),
    ],
)
def test_it_holds_every_file(installed, source, target):
    assert shipped(ROOT / source) != set()
    assert shipped(ROOT / source) - shipped(installed / target) == set()


def test_it_holds_nothing_else(installed):
    known = {"casecurves", "casecurves_dashboard"}
    assert {path.name for path in installed.iterdir() if not path.name.endswith(".dist-info")} == known
    assert list(installed.rglob("make_fonts.py")) == []


def test_it_finds_its_cases_from_any_folder(installed, tmp_path):
    code = "import sys, casecurves; from casecurves.cli import main; assert sys.argv[1] in casecurves.__file__;"
    code += "sys.exit(main(['list', '--json']))"
    done = subprocess.run(
        [sys.executable, "-c", code, str(installed)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert CASES != []
    assert sorted(case["id"] for case in json.loads(done.stdout)) == CASES
