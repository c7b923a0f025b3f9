"""The command line as a function, and cases of one's own that are sound, at fault, and hopeless."""

import shutil
from pathlib import Path

import pytest

from casecurves.cli import main
from casecurves.io import shipped_cases

CASE = "mn-dupilumab-1"


@pytest.fixture
def run(capsys):
    """Run a command; return its exit code, standard output and standard error."""

    def call(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main([str(word) for word in words])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return call


@pytest.fixture
def own_case(tmp_path) -> Path:
    """A sound case of one's own, outside the library."""
    return Path(shutil.copytree(shipped_cases() / CASE, tmp_path / "own-case"))


@pytest.fixture
def faulty_case(own_case) -> Path:
    """The same with a row at fault: a date that does not exist."""
    table = own_case / "events.csv"
    header, *rows = table.read_text(encoding="utf-8").splitlines()
    cells = dict.fromkeys(header.split(","), "")
    cells |= {"id": "strange", "kind": "other", "label": "strange", "time": "2017-02-30", "basis": "reported"}
    table.write_text("\n".join([header, *rows, ",".join(cells.values()), ""]), encoding="utf-8")
    return own_case


@pytest.fixture
def hopeless_case(own_case) -> Path:
    """A folder of which nothing can be shown."""
    (own_case / "case.toml").write_text("this is not TOML", encoding="utf-8")
    return own_case
