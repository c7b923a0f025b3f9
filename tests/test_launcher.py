"""The launcher says in one sentence what is missing; the locks hold what the project asks for."""

import ast
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LAUNCHER = ROOT / "launch.py"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

posix_only = pytest.mark.skipif(os.name != "posix", reason="the stand-in environment is made of shell scripts")

# ---------------------------------------------------------------------------------------- launcher


def load(path: Path = LAUNCHER):
    spec = importlib.util.spec_from_file_location("launch", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def start(tmp_path):
    """Run the launcher from another folder, with an environment to be made in a folder with a space."""

    def run(*arguments: str, code: str = "", launcher: Path = LAUNCHER, **variables: str):
        empty = tmp_path / "nothing on the path"
        empty.mkdir(exist_ok=True)
        base = {"PATH": str(empty), "HOME": str(tmp_path), "CASECURVES_VENV": str(tmp_path / "an env")}
        how = ["-c", code, *arguments] if code else [str(launcher), *arguments]
        return subprocess.run(
            [sys.executable, *how],
            cwd=tmp_path,
            env=base | variables,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def assert_one_sentence(done, *expected: str) -> None:
    assert done.returncode == 1
    said = [line for line in done.stderr.strip().splitlines() if not line.endswith("(once) ...")]
    assert len(said) == 1, done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    for words in expected:
        assert words in done.stderr


def put_script(path: Path, body: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)


def pretend_installed(env: Path, name: str) -> None:
    """An environment whose programs say how they were called and end with a code of their own."""
    for program in ("python", "casecurves"):
        put_script(env / "bin" / program, f'echo {program} "$PWD" "$@"; exit 7')
    (env / f".casecurves-{name}").write_text(load().fingerprint(), encoding="utf-8")


def test_an_old_python_can_read_it():
    assert ast.parse(LAUNCHER.read_text(encoding="utf-8"), feature_version=(3, 7)).body


def test_it_needs_the_standard_library_only():
    tree = ast.parse(LAUNCHER.read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported <= sys.stdlib_module_names


def test_an_old_python_is_told_so(start, tmp_path):
    code = (
        "import runpy, sys; sys.version_info = (3, 8, 18, 'final', 0);"
        f"runpy.run_path({str(LAUNCHER)!r}, run_name='__main__')"
    )
    assert_one_sentence(start(code=code), "Python 3.8", "3.11 or newer")
    assert not (tmp_path / "an env").exists()


@pytest.mark.parametrize(
    "said",
    [
        "/usr/bin/python3: No module named venv",
        "The virtual environment was not created successfully because ensurepip is not available.",
    ],
)
def test_a_missing_venv_module_is_told_and_leaves_nothing(start, tmp_path, said):
    (tmp_path / "modules").mkdir()
    (tmp_path / "modules" / "venv.py").write_text(
        f"import os, sys\nos.makedirs(sys.argv[1] + '/bin')\nprint({said!r})\nsys.exit(1)\n", encoding="utf-8"
    )
    done = start(PYTHONPATH=str(tmp_path / "modules"))
    assert_one_sentence(done, "venv module", "python3-venv")
    assert not (tmp_path / "an env").exists()


def test_a_folder_that_is_no_environment_is_left_alone(start, tmp_path):
    (tmp_path / "an env").mkdir()
    (tmp_path / "an env" / "letter.txt").write_text("mine", encoding="utf-8")
    assert_one_sentence(start(), str(tmp_path / "an env"), "delete it")
    assert (tmp_path / "an env" / "letter.txt").read_text(encoding="utf-8") == "mine"


@posix_only
def test_no_network_is_told_and_the_next_start_tries_again(start, tmp_path):
    # A uv that does not work, as a version manager may leave it, is passed over.
    put_script(tmp_path / "programs" / "uv", "exit 127")
    nowhere = {
        "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
        "PIP_RETRIES": "0",
        "PIP_CONFIG_FILE": os.devnull,
    }
    done = start(PATH=str(tmp_path / "programs"), PIP_NO_CACHE_DIR="1", **nowhere)
    assert_one_sentence(done, "could not be installed", "network", "casecurves-install.log")
    assert list((tmp_path / "an env").glob(".casecurves-*")) == []


@posix_only
@pytest.mark.parametrize(
    ("arguments", "expected"),
    [([], "serve"), (["serve", "--port", "8051"], "serve --port 8051"), (["show", "a b"], "show a b")],
)
def test_it_becomes_casecurves_where_it_was_called(start, tmp_path, arguments, expected):
    pretend_installed(tmp_path / "an env", "app")
    done = start(*arguments)
    assert (done.returncode, done.stdout) == (7, f"casecurves {tmp_path} {expected}\n"), done.stderr


def test_every_test_runs_on_all_cores_and_chosen_ones_as_they_are_asked_for(monkeypatch):
    launch = load()
    became = []
    for name, stand_in in (("prepare", print), ("ensure_browser", print), ("become", became.append)):
        monkeypatch.setattr(launch, name, stand_in)
    monkeypatch.chdir(ROOT)
    launch.main(["test"])
    launch.main(["test", "-x"])
    assert [command[1:] for command in became] == [
        ["-m", "pytest", "-n", "auto", "--dist", "worksteal"],
        ["-m", "pytest", "-x"],
    ]


@posix_only
def test_it_becomes_pytest_in_the_project(start, tmp_path):
    pretend_installed(tmp_path / "an env", "test")
    done = start("test", "-m", "not browser", "-x")
    assert (done.returncode, done.stdout) == (7, f"python {ROOT} -m pytest -m not browser -x\n"), done.stderr


@posix_only
def test_what_the_tests_need_serves_the_dashboard_too(start, tmp_path):
    pretend_installed(tmp_path / "an env", "test")
    assert start().returncode == 7


@posix_only
@pytest.mark.skipif(sys.platform == "darwin", reason="Chrome is found where macOS keeps applications")
def test_no_browser_and_no_way_to_get_one_is_told(start, tmp_path):
    pretend_installed(tmp_path / "an env", "test")
    assert_one_sentence(start("test"), "Chromium", "chromedriver", 'test -m "not browser"')


@pytest.mark.parametrize("code", [0, 100])
def test_on_debian_root_gets_a_browser_or_is_told(monkeypatch, code):
    launch = load()
    called = []
    monkeypatch.setattr(launch, "find_browser", lambda: False)
    monkeypatch.setattr(launch, "on_debian_as_root", lambda: True)
    monkeypatch.setattr(launch.subprocess, "call", lambda command, **_: called.append(command) or code)
    if code == 0:
        launch.ensure_browser()
    else:
        with pytest.raises(launch.CannotStartError, match="Chromium"):
            launch.ensure_browser()
    assert [command[0] for command in called] == ["apt-get", "apt-get"]
    assert called[0][-1] == "update"
    assert called[1][-4:] == ["--yes", "--no-install-recommends", "chromium", "chromium-driver"]


@posix_only
def test_a_change_of_a_lock_installs_anew(start, tmp_path):
    pretend_installed(tmp_path / "an env", "app")
    copy = tmp_path / "a copy"
    copy.mkdir()
    for name in ("launch.py", "pyproject.toml", "requirements-app.txt", "requirements-test.txt"):
        shutil.copy(ROOT / name, copy)
    (tmp_path / "an env" / ".casecurves-app").write_text(load(copy / "launch.py").fingerprint(), encoding="utf-8")
    assert start(launcher=copy / "launch.py").returncode == 7
    with (copy / "requirements-app.txt").open("a", encoding="utf-8") as lock:
        lock.write("# changed\n")
    done = start(launcher=copy / "launch.py")
    assert "not a Python environment that works" in done.stderr  # it looked for an installer


def test_help_names_both_commands(start):
    done = start("--help")
    assert done.returncode == 0
    assert "python3 launch.py test" in done.stdout


# ---------------------------------------------------------------------------------------- locks


def lock_text(name: str) -> str:
    return (ROOT / f"requirements-{name}.txt").read_text(encoding="utf-8")


def locked(name: str) -> dict[str, list[str]]:
    """Versions of each package of a lock; a package may have one for each range of Pythons."""
    pins: dict[str, list[str]] = {}
    for package, version in re.findall(r"^([\w.-]+)==([^\s;]+)", lock_text(name), re.MULTILINE):
        pins.setdefault(canonicalize_name(package), []).append(version)
    return pins


def wanted(name: str) -> list[Requirement]:
    listed = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["build"]]
    if name == "test":
        listed += PROJECT["project"]["optional-dependencies"]["test"]
    return [Requirement(text) for text in listed]


@pytest.mark.parametrize("name", ["app", "test"])
def test_the_lock_holds_what_the_project_asks_for(name):
    pins = locked(name)
    unmet = [
        str(requirement)
        for requirement in wanted(name)
        if not pins.get(canonicalize_name(requirement.name))
        or not all(map(requirement.specifier.contains, pins[canonicalize_name(requirement.name)]))
    ]
    assert unmet == []


@pytest.mark.parametrize("name", ["app", "test"])
def test_every_locked_package_has_a_hash(name):
    packages = re.split(r"^(?=\S)", lock_text(name), flags=re.MULTILINE)[1:]
    assert len(packages) == sum(map(len, locked(name).values()))
    unhashed = [text.splitlines()[0] for text in packages if "--hash=sha256:" not in text]
    assert unhashed == []


@pytest.mark.parametrize("name", ["app", "test"])
def test_a_lock_holds_no_address(name):
    assert re.findall(r"https?:|//|@ |--(?!hash=)\S+", lock_text(name)) == []


def test_the_tests_run_on_what_is_served():
    app, test = locked("app"), locked("test")
    assert {package: test.get(package) for package in app} == app


def test_the_build_tool_of_the_launcher_is_the_one_of_the_project():
    assert PROJECT["dependency-groups"]["build"] == PROJECT["build-system"]["requires"]
