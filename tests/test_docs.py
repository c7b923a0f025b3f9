"""What people read agrees with what the code does: catalogue, docstrings, README."""

import ast
import dataclasses
import inspect
import re
import shlex
import string
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from numpydoc.validate import validate

import casecurves
from casecurves.words import LANGS, catalogue

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
WORDS = sorted((ROOT / "src" / "casecurves" / "words").glob("*.toml"))
SOURCES = sorted([*(ROOT / "src").rglob("*.py"), *(ROOT / "dashboard").rglob("*.py")])
DATA = sorted(
    path for pattern in ("*.toml", "*.csv", "*.json") for path in (ROOT / "src").rglob(pattern) if path not in WORDS
)

# ---------------------------------------------------------------------------------------- catalogue


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def leaves(node: dict, prefix: str = "") -> Iterator[tuple[str, dict]]:
    """Every table that holds a text, whether or not it is a whole entry."""
    if any(not isinstance(value, dict) for value in node.values()) or not node:
        yield prefix.rstrip("."), node
    for name, value in node.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{prefix}{name}.")


def entries() -> list[tuple[str, dict]]:
    return [
        (f"{path.name}: {key}", entry)
        for path in WORDS
        for key, entry in leaves(tomllib.loads(path.read_text(encoding="utf-8")))
    ]


def test_every_entry_is_in_both_languages():
    incomplete = [key for key, entry in entries() if set(entry) != set(LANGS)]
    assert incomplete == []
    empty = [key for key, entry in entries() if not all(text.strip() for text in entry.values())]
    assert empty == []


def test_both_languages_take_the_same_values():
    differing = [key for key, entry in entries() if len({frozenset(placeholders(text)) for text in entry.values()}) > 1]
    assert differing == []


def test_no_entry_is_written_twice():
    keys = [key for path in WORDS for key, _ in leaves(tomllib.loads(path.read_text(encoding="utf-8")))]
    assert sorted(keys) == sorted(set(keys))


@cache
def trees() -> list[tuple[str, ast.Module]]:
    return [(path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))) for path in SOURCES]


def said() -> Iterator[tuple[str, str, ast.Call]]:
    """Every `say("a literal key", …)` in the source, with where it stands."""
    for name, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                called = node.func
                plain = isinstance(called, ast.Name) and called.id == "say"
                if plain or ast.unparse(called) == "words.say":
                    yield f"{name}:{node.lineno}", node.args[0].value, node


def test_every_key_that_is_said_exists():
    assert [f"{where} {key}" for where, key, _ in said() if key not in catalogue()] == []


def test_every_placeholder_is_given_its_value():
    wrong = []
    for where, key, call in said():
        given = {keyword.arg for keyword in call.keywords}
        if None not in given and key in catalogue() and given != placeholders(catalogue()[key]["en"]):
            wrong.append(f"{where} {key}: given {sorted(given)}")
    assert wrong == []


def composed_pattern(node: ast.AST) -> str | None:
    """What keys an f-string such as f"legend.{kind}" can make, if it begins with a chapter's name."""
    if not isinstance(node, ast.JoinedStr) or not isinstance(node.values[0], ast.Constant):
        return None
    if not re.match(r"[a-z_]+\.", str(node.values[0].value)):
        return None
    return "".join(re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in node.values)


def test_every_entry_is_used():
    nodes = [node for _, tree in trees() for node in ast.walk(tree)]
    literal = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    patterns = {pattern for pattern in map(composed_pattern, nodes) if pattern is not None}
    composed = re.compile("|".join(sorted(patterns)) or "(?!)")
    data = "\n".join(path.read_text(encoding="utf-8") for path in DATA)
    unused = [
        key for key in catalogue() if key not in literal and not composed.fullmatch(key) and f'"{key}"' not in data
    ]
    assert unused == []


# ---------------------------------------------------------------------------------------- docstrings

CHECKS = {
    "GL08": "no docstring",
    "SS01": "no summary",
    "SS03": "summary without a full stop",
    "PR01": "parameters not documented",
    "PR02": "parameters that do not exist",
    "PR03": "parameters in the wrong order",
    "PR04": "parameter without a type",
    "PR07": "parameter without a description",
    "RT01": "no Returns section",
    "RT03": "return value without a description",
    "YD01": "no Yields section",
}


def documented() -> list[str]:
    """The public functions and classes, and the public methods these define."""
    names = []
    for name in casecurves.__all__:
        value = getattr(casecurves, name)
        if inspect.isfunction(value) or inspect.isclass(value):
            names.append(name)
        if inspect.isclass(value):
            names += [
                f"{name}.{member}"
                for member, defined in vars(value).items()
                if not member.startswith("_") and isinstance(inspect.unwrap(defined), types_with_docstrings())
            ]
    return names


def types_with_docstrings() -> tuple[type, ...]:
    return (type(lambda: None), property, classmethod, staticmethod)


@pytest.mark.parametrize("name", documented())
def test_docstring_is_complete(name):
    value = getattr(casecurves, name.split(".")[0])
    described = validate(f"casecurves.{name}")
    # The constructor of a record is its fields, which the next test looks at.
    not_for_classes = {"PR01", "PR02", "PR03"} if inspect.isclass(value) and "." not in name else set()
    found = [f"{code} {text}" for code, text in described["errors"] if code in CHECKS.keys() - not_for_classes]
    assert found == []


def fields(record: type) -> set[str]:
    """Names of the fields of a dataclass or pydantic model; none for another class."""
    if dataclasses.is_dataclass(record):
        return {field.name for field in dataclasses.fields(record) if not field.name.startswith("_")}
    return set(getattr(record, "model_fields", ()))


def test_every_field_of_a_public_record_is_described():
    missing = {}
    for record in filter(inspect.isclass, map(vars(casecurves).get, casecurves.__all__)):
        described = "\n".join(inspect.getdoc(each) or "" for each in record.__mro__)
        lines = re.findall(r"^ *([\w, ]+?) : ", described, re.MULTILINE)
        missing[record.__name__] = fields(record) - {name.strip() for line in lines for name in line.split(",")}
    assert {name: left for name, left in missing.items() if left} == {}


# ---------------------------------------------------------------------------------------- README


def blocks(*languages: str) -> list[str]:
    found = re.findall(r"^```(\w+)\n(.*?)^```$", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return [text for language, text in found if language in languages]


def shell_lines() -> list[str]:
    lines = [line for text in blocks("sh", "bash", "console") for line in text.splitlines()]
    return [line.removeprefix("$ ") for line in lines]


def commands() -> list[list[str]]:
    """The casecurves commands of the README, by their words after the program's name."""
    split = [shlex.split(line, comments=True) for line in shell_lines()]
    found = [words[1:] for words in split if words[:1] == ["casecurves"]]
    found += [words[2:] for words in split if words[:2] == ["python3", "launch.py"]]
    return [words for words in found if words and words[0] != "test"]


def test_the_readme_gives_the_two_commands():
    stripped = {line.split("#")[0].strip() for line in shell_lines()}
    assert {"python3 launch.py", "python3 launch.py test"} <= stripped


def test_every_command_of_the_readme_exists():
    assert commands() != []
    code = "import sys; from casecurves.cli import main; sys.exit(main(sys.argv[1:]))"
    helped = {}
    for command, *rest in commands():
        if command not in helped:
            done = subprocess.run(
                [sys.executable, "-c", code, command, "--help"], capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, f"{command}: {done.stderr}"
            helped[command] = done.stdout
        options = {word.split("=")[0] for word in rest if word.startswith("-")}
        missing = [option for option in options if not re.search(rf"{option}\b", helped[command])]
        assert missing == [], f"{command} takes no such option"


def test_the_python_of_the_readme_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert blocks("python") != []
    space: dict[str, object] = {"__name__": "readme"}
    for text in blocks("python"):
        exec(compile(text, "README.md", "exec"), space)


def test_what_the_readme_links_to_is_there():
    text = README.read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r'(?:src|href)="([^"]+)"', text)
    local = {target.split("#")[0] for target in targets if not re.match(r"https?:|mailto:|#", target)}
    assert local != set(), "at least the picture"
    assert [target for target in sorted(local) if not (ROOT / target).exists()] == []
