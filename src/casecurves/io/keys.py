"""Files of keys and values: TOML held against its declaration, every fault with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from casecurves.model.issues import Issue, Level

T = TypeVar("T", bound=BaseModel)
# Findings that pydantic names in its own way; its others are all a value of the wrong kind.
_CODES = {
    "extra_forbidden": "key.unknown",
    "missing": "key.missing",
    "literal_error": "choice.unknown",
    "greater_than_equal": "key.out_of_range",
    "less_than_equal": "key.out_of_range",
    "too_long": "key.too_many",
}

Loc = tuple[int | str, ...]


def load(text: str, file: str) -> tuple[dict[str, Any] | None, list[Issue]]:
    """Return what a text of TOML says; ``None`` when it is not TOML, with the line."""
    try:
        return tomllib.loads(text), []
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        return None, [Issue("error", "file.not_toml", file, line)]


def validated(
    model: type[T], data: dict[str, Any], text: str, file: str, needed: Mapping[str, object]
) -> tuple[T, list[Issue]]:
    """Hold what a file says against its declaration.

    Parameters
    ----------
    model : type of BaseModel
        The declaration.
    data : dict
        What `load` returned; entries with a fault are taken out of it.
    text, file : str
        The text of the file, and its name.
    needed : mapping
        What takes the place of a key that had to be taken out and that the declaration needs.

    Returns
    -------
    BaseModel
        What can be used: what has a fault is left out.
    list of Issue
        Every fault, with its line.
    """
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        faults = error.errors(include_url=False)
    issues = [_issue(fault, text, file) for fault in faults]
    # An entry that has lost what it needs goes in the next pass; what is left can only shrink.
    while True:
        for loc in sorted({_culprit(fault) for fault in faults}, key=_last_first, reverse=True):
            _remove(data, loc)
        data = {**needed, **data}
        try:
            return model.model_validate(data), issues
        except ValidationError as error:
            faults = error.errors(include_url=False)


def _culprit(fault: ErrorDetails) -> Loc:
    # Of an entry that lacks a key there is nothing to keep.
    return fault["loc"][:-1] if fault["type"] == "missing" else fault["loc"]


def _last_first(loc: Loc) -> tuple[str, ...]:
    return tuple(f"{part:09}" if isinstance(part, int) else part for part in loc)


def _remove(data: Any, loc: Loc) -> None:  # noqa: ANN401 - TOML nests as it likes
    for part in loc[:-1]:
        data = data[part]
    del data[loc[-1]]


def _issue(fault: ErrorDetails, text: str, file: str) -> Issue:
    kind, loc = fault["type"], fault["loc"]
    code = kind if "." in kind else _CODES.get(kind, "key.wrong_type")
    level: Level = "warning" if code == "key.unknown" else "error"
    params: dict[str, object] = dict(fault.get("ctx", {}))
    if code == "choice.unknown":
        params["choices"] = ", ".join(re.findall(r"'([^']*)'", str(params.get("expected", ""))))
    if code == "key.out_of_range":
        params["limit"] = params.get("ge", params.get("le"))
    if code == "key.too_many":
        params = {"limit": params["max_length"], "found": params["actual_length"]}
    value = fault["input"]
    shown = str(value) if isinstance(value, str | int | float) else ""
    column = ".".join(str(part + 1) if isinstance(part, int) else part for part in loc)
    return Issue(level, code, file, _line(text, loc), column, shown, params)


def locate(issue: Issue, text: str, file: str) -> Issue:
    """Return a finding about a key of a file with its line.

    Parameters
    ----------
    issue : Issue
        A finding; ``column`` is the path of the key, entries of a list counted from 1.
    text, file : str
        The text of the file, and its name.

    Returns
    -------
    Issue
        With the line of the value, or else of the key; as it was when it is about something else, or the
        key is not found.
    """
    if issue.file != file or issue.line is not None or not issue.column:
        return issue
    loc = tuple(int(part) - 1 if part.isdigit() else part for part in issue.column.split("."))
    line = _line(text, loc)
    return issue if line is None else replace(issue, line=_line_of_value(text, line, issue.value))


def _line_of_value(text: str, key_line: int, value: str) -> int:
    # A list may run over several lines: down to the next key or section.
    quoted = re.compile(rf"""(["']){re.escape(value)}\1""")
    for n, line in enumerate(text.split("\n")[key_line - 1 :], key_line):
        if n > key_line and re.match(r"\s*(\[|[\w.\"'-]+\s*=)", line):
            break
        if quoted.search(line):
            return n
    return key_line


def _line(text: str, loc: Loc) -> int | None:
    """Return the line of a key; ``None`` when it is written in a way that hides it."""
    lines = text.split("\n")
    start = 0
    if len(loc) > 1:
        number = loc[1] if isinstance(loc[1], int) else 0
        section = re.compile(rf"\s*\[+\s*{re.escape(str(loc[0]))}\s*\]+")
        starts = [n for n, line in enumerate(lines, 1) if section.match(line)]
        if number >= len(starts):
            return None
        start = starts[number]
    names = [part for part in loc if isinstance(part, str)]
    key = re.compile(rf"\s*(\[+\s*)?[\"']?{re.escape(names[-1])}[\"']?\s*[=\]]")
    for n, line in enumerate(lines[start:], start + 1):
        if key.match(line):
            return n
        if line.lstrip().startswith("[") and len(loc) > 1:
            break
    return start or None
