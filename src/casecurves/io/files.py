"""A case as the files of its folder: the one form that every other is made from and turned into."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from casecurves.io import header
from casecurves.io.archive import pack
from casecurves.model import teaching
from casecurves.model.case import Case
from casecurves.model.issues import visible
from casecurves.model.quantity import Quantity
from casecurves.model.schema import TABLES, Row, columns
from casecurves.model.teaching import Part
from casecurves.model.when import Statement, write

# In the order of a folder's documentation.
NAMES = (header.FILE, *(f"{table}.csv" for table in TABLES), teaching.FILE)
_COMMON = ("id", "basis", "source", "locator", "status", "note", "note_fr")


def folder_files(case: Case) -> dict[str, bytes]:
    """Return the files of a case.

    Parameters
    ----------
    case : Case
        One read from a folder gives the files as they are, comments, faulty rows and all; of any other they are
        written anew from what it holds.

    Returns
    -------
    dict of str to bytes
        Content by name.
    """
    if case.path is not None and case.path.is_dir():
        return {name: (case.path / name).read_bytes() for name in NAMES if (case.path / name).is_file()}
    return written_files(case)


def written_files(case: Case) -> dict[str, bytes]:
    """Return the files that say what a case holds; a column without content is left out."""
    files = {header.FILE: to_toml(plain(case.header)).encode()}
    for table in TABLES:
        rows: Sequence[Row] = getattr(case, table)
        cells = [{column.name: cell(getattr(row, column.name)) for column in columns(table)} for row in rows]
        names = [c.name for c in columns(table) if c.name in _COMMON or c.required or any(row[c.name] for row in cells)]
        if rows or table in ("therapies", "measurements", "events"):
            files[f"{table}.csv"] = to_csv([names, *([row[name] for name in names] for row in cells)])
    if case.teaching is not None:
        files[teaching.FILE] = to_toml(plain(case.teaching)).encode()
    return files


def zipped(files: Mapping[str, bytes], folder: str) -> bytes:
    """Return the files of a case as a zip of its folder; the same bytes for the same files."""
    return pack({f"{folder}/{name}": files[name] for name in NAMES if name in files})


def cell(value: object) -> str:
    """Return the text of a cell that holds a value; ``""`` for none."""
    if value is None:
        return ""
    if isinstance(value, Statement):
        return value.written or write(value)
    if isinstance(value, Quantity):
        return value.written
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    return visible(str(value))


def to_csv(records: Sequence[Sequence[str]]) -> bytes:
    r"""Return records as comma-separated text with ``\n`` line ends."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(records)
    return text.getvalue().encode()


def plain(part: Part) -> dict[str, Any]:
    """Return what a part of a case says, without what is as usual; times as written."""
    usual = {name: field.default for name, field in type(part).model_fields.items()}
    return {name: _plain(value) for name, value in part if value != usual[name]}


def _plain(value: object) -> object:
    if isinstance(value, Part):
        return plain(value)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return cell(value) if isinstance(value, Statement) else value


def to_toml(data: Mapping[str, Any]) -> str:
    """Return keys and values as TOML: keys, then each section, then one [[section]] for each entry of a list."""
    return "\n".join(_section(data, "")).lstrip("\n") + "\n"


def _section(data: Mapping[str, Any], above: str) -> Iterator[str]:
    lists = [name for name, value in data.items() if _is_list(value)]
    yield from _keys({name: value for name, value in data.items() if name not in lists and not isinstance(value, dict)})
    for name, value in data.items():
        if isinstance(value, dict) and value:
            yield from ("", f"[{above}{_key(name)}]", *_keys(value))
    for name in lists:
        for entry in data[name]:
            yield from ("", f"[[{above}{_key(name)}]]", *_section(entry, f"{above}{_key(name)}."))


def _is_list(value: object) -> bool:
    return isinstance(value, list | tuple) and bool(value) and all(isinstance(entry, dict) for entry in value)


def _keys(entry: Mapping[str, Any]) -> Iterator[str]:
    for name, value in entry.items():
        if value is not None:
            yield f"{_key(name)} = {_value(value)}"


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _value(name)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_value, value))}]"
    # A string of JSON is one of TOML, but for the one character that only TOML forbids.
    return json.dumps(cell(value), ensure_ascii=False).replace("\x7f", "\\u007f")


def slug(name: str) -> str:
    """Return a name for the folder of a case, from that of a file; ``my-case`` when that has no letter of use."""
    plain = re.sub(r"[^a-z0-9]+", "-", Path(name.replace("\\", "/")).stem.lower()).strip("-")
    return plain[:60].strip("-") or "my-case"
