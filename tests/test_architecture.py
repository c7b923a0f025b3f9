"""Which way imports go, how long things may be, and what may not be written anywhere."""

import ast
import os
import re
import socket
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LONGEST_FILE = 400
LONGEST_FUNCTION = 60
USUAL_FUNCTION = 25

SOURCES = sorted([*(ROOT / "src").rglob("*.py"), *(ROOT / "dashboard").rglob("*.py"), ROOT / "launch.py"])
PRODUCT = [path for path in SOURCES if path.name not in ("launch.py", "make_fonts.py")]

# Written in halves, so that this file does not hold what it forbids.
NOWHERE = [
    "/wo" + "rk/",
    "/ro" + "ot/",
    "/ho" + "me/",
    "/Us" + "ers/",
    "/tmp/" + "venv",
    "pypi" + r"\.org",
    "python" + "hosted",
    "registry" + r"\.npmjs",
    "index" + "-url",
    "find" + "-links",
    "design" + r"\.md",
]
FORBIDDEN_MODULES = {
    "pickle", "marshal", "shelve", "dill", "requests", "urllib.request", "http.client", "ftplib", "smtplib",
    "telnetlib", "xmlrpc",
}  # fmt: skip
# The bench asks a dashboard that it has started itself, on this machine, as many readers would. Exactly this file may,
# exactly this module; tests/test_bench.py holds it to this machine.
ALLOWED = {("src/casecurves/bench/load.py", "http.client")}


def text_files() -> Iterator[Path]:
    unwanted = {"node_modules", "__pycache__", "build", "dist"}
    for folder, folders, files in os.walk(ROOT):
        # Hidden folders are tools' own, but for the one that continuous integration reads.
        folders[:] = [name for name in folders if name not in unwanted and (name[0] != "." or name == ".ci")]
        if "pyvenv.cfg" in files:
            folders[:] = []
            continue
        for name in files:
            if name == ".git":  # a worktree's pointer to its repository
                continue
            path = Path(folder, name)
            if path.suffix not in (".ttf", ".woff2", ".png", ".pdf") and b"\0" not in path.read_bytes():
                yield path


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def function_lengths(path: Path) -> Iterator[tuple[int, str]]:
    """Length of each function in lines, its docstring not counted."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            described = ast.get_docstring(node, clean=False) is not None
            docstring = first.end_lineno - first.lineno + 1 if described else 0
            yield node.end_lineno - node.lineno + 1 - docstring, f"{named(path)}:{node.lineno} {node.name}"


def test_imports_go_one_way():
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT / "dashboard")])
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        pytest.fail(done.stdout + done.stderr, pytrace=False)


def test_files_can_be_read_in_one_go():
    lengths = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_functions_are_short():
    lengths = [found for path in SOURCES for found in function_lengths(path)]
    assert [found for found in lengths if found[0] > LONGEST_FUNCTION] == []
    assert statistics.quantiles([length for length, _ in lengths], n=10)[-1] <= USUAL_FUNCTION


def test_nothing_names_a_machine_or_a_registry():
    pattern = re.compile("|".join(NOWHERE))
    found = [
        f"{named(path)}:{number}: {line.strip()[:80]}"
        for path in text_files()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]
    assert found == []


def test_the_search_for_machine_names_looks_everywhere():
    looked_at = {named(path) for path in text_files()}
    assert {
        "launch.py",
        "pyproject.toml",
        ".ci/run",
        "tests/conftest.py",
        "requirements-app.txt",
    } <= looked_at


def dangers(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        modules = []
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            modules = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name) and node.func.id in ("eval", "exec", "__import__"):
                yield node.lineno, node.func.id
            for keyword in node.keywords:
                given = isinstance(keyword.value, ast.Constant) and keyword.value.value is True
                if keyword.arg == "dangerously_allow_html" or (keyword.arg == "debug" and given):
                    yield node.lineno, str(keyword.arg)
        yield from ((node.lineno, module) for module in modules if module in FORBIDDEN_MODULES)


def test_no_code_from_data_and_no_way_out():
    found = [
        f"{named(path)}:{line}: {what}"
        for path in PRODUCT
        for line, what in dangers(ast.parse(path.read_text(encoding="utf-8")))
        if (named(path), what) not in ALLOWED
    ]
    assert found == []


@pytest.mark.parametrize(
    "code",
    [
        "import pickle",
        "from urllib import request",
        "from urllib.request import urlopen",
        "eval('1')",
        "exec(x)",
        "dcc.Markdown(x, dangerously_allow_html=True)",
        "app.run(debug=True)",
    ],
)
def test_a_danger_is_seen(code):
    assert len(list(dangers(ast.parse(code)))) == 1


def test_a_test_cannot_leave_this_machine(tried_to_reach):
    with pytest.raises(RuntimeError, match=r"192\.0\.2\.1"):
        socket.create_connection(("192.0.2.1", 9), timeout=1)
    with pytest.raises(RuntimeError, match=r"example\.invalid"):
        socket.getaddrinfo("example.invalid", 80)
    assert len(tried_to_reach) == 2
    tried_to_reach.clear()


def test_a_test_can_reach_this_machine():
    with socket.create_server(("127.0.0.1", 0)) as server:
        client = socket.create_connection(server.getsockname(), timeout=5)
        with client:
            assert client.getpeername() == server.getsockname()
