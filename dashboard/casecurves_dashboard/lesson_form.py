"""A lesson as the fields of a form say it: each is called as the finding about it, such as ``stops.2.options.1.text``.

What a form says becomes the text of teaching.toml, which is read as every other is; nothing is judged here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from casecurves.io.files import to_toml
from casecurves.model.teaching import HIDDEN, MOST_CHOICES, MOST_STOPS, Choice, Stop, Teaching

Data = dict[str, Any]
# Rows of a case, by their ids.
ROWS = ("known", "sequence")
_MOST_ROWS = 1000
_DEPTH = 5
# Digits of the number of an entry; a form of ours has no more entries.
_DIGITS = 6


def from_form(fields: Iterable[tuple[str, str]]) -> Data:
    """Return the lesson that the fields of a form say; fields of anything else are passed over."""
    tree: Data = {}
    for name, value in fields:
        *path, last = name.split(".")
        here: object = tree
        for part in path[:_DEPTH]:
            here = here.setdefault(part, {}) if isinstance(here, dict) else None
        if isinstance(here, dict):
            here[last] = value.replace("\r\n", "\n").replace("\r", "\n")
    stops = [
        {**stop, "options": _entries(stop.get("options")), "hidden": [name for name in HIDDEN if name in _of(stop)]}
        for stop in _entries(tree.get("stops"))
        if isinstance(stop, dict)
    ]
    return _declared({**{name: _entries(tree.get(name)) for name in ROWS}, "stops": stops})


def _of(stop: Data) -> Mapping[str, object]:
    found = stop.get("hidden")
    return found if isinstance(found, dict) else {}


def _entries(found: object) -> list[Any]:
    """Return the entries of a list in the order of their numbers."""
    given = found if isinstance(found, dict) else {}
    return [given[key] for key in sorted(filter(_number, given), key=_number)]


def _number(text: str) -> int:
    """Return the number of an entry, counted from 1; 0 for what is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _DIGITS else 0


def holds(data: Data) -> bool:
    """Tell whether the form can say all that a file says."""
    return _bare(_declared(data)) == _bare(data)


def _bare(value: object) -> object:
    """Return a value without what says nothing."""
    if isinstance(value, dict):
        said = {key: _bare(each) for key, each in value.items() if (key, each) != ("kind", "open")}
        return {key: each for key, each in said.items() if each not in ("", False, [])}
    return [_bare(each) for each in value] if isinstance(value, list) else value


def _declared(data: Data) -> Data:
    """Return what the declaration of a lesson has a place for, in its order."""
    found: Data = {name: _texts(data.get(name)) for name in ROWS}
    found["stops"] = [_stop(stop) for stop in _list(data.get("stops")) if isinstance(stop, dict)]
    return {name: found[name] for name in Teaching.model_fields if found[name]}


def _stop(stop: Data) -> Data:
    lists = {
        "options": [_option(option) for option in _list(stop.get("options")) if isinstance(option, dict)],
        "hidden": _texts(stop.get("hidden")),
    }
    said = {name: lists.get(name, stop.get(name)) for name in Stop.model_fields}
    return {name: each for name, each in said.items() if _is_said(each)}


def _option(option: Data) -> Data:
    said = {name: option.get(name) for name in Choice.model_fields}
    found = {name: each for name, each in said.items() if name != "right" and _is_said(each)}
    return {**found, **({"right": True} if said["right"] in (True, "on") else {})}


def _is_said(value: object) -> bool:
    return isinstance(value, str | list) and bool(value)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _texts(value: object) -> list[str]:
    return [each for each in _list(value) if isinstance(each, str)]


def to_text(data: Data) -> str:
    """Return the text of the teaching.toml that says this."""
    return to_toml(data)


def is_blank(stop: Data) -> bool:
    """Tell whether nothing has been written into a stop yet."""
    return not any(value for name, value in stop.items() if name not in {"id", "kind"})


def changed(data: Data, does: str) -> tuple[Data, str]:
    """Return a lesson after an entry of one of its lists was added, taken out or moved.

    Parameters
    ----------
    data : dict
        The lesson.
    does : str
        ``add:stops``, ``add:stops.2.options``, ``drop:known.1``, ``up:stops.3`` or ``down:stops.3``, counted from 1;
        whatever means nothing changes nothing.

    Returns
    -------
    tuple of (dict, str)
        The lesson, and the entry that is at hand now, or the list when that has none.
    """
    data, (verb, _, path) = deepcopy(data), does.partition(":")
    above, _, last = path.rpartition(".")
    if verb == "add":
        entries = _at(data, path, make=True)
        if entries is None or len(entries) >= room(path):
            return data, path
        entries.append(_fresh(data, path))
        return data, f"{path}.{len(entries)}"
    entries = _at(data, above)
    number = _number(last)
    if entries is None or not 1 <= number <= len(entries):
        return data, ""
    if verb == "drop":
        del entries[number - 1]
        return data, f"{above}.{min(number, len(entries))}" if entries else above
    to = number + {"up": -1, "down": 1}.get(verb, 0)
    if to != number and 1 <= to <= len(entries):
        entries.insert(to - 1, entries.pop(number - 1))
        number = to
    return data, f"{above}.{number}"


def room(path: str) -> int:
    """Return how many entries a list may have."""
    return _MOST_ROWS if path in ROWS else MOST_CHOICES if path.endswith("options") else MOST_STOPS


def _at(data: Data, path: str, *, make: bool = False) -> list[Any] | None:
    """Return a list of a lesson; ``None`` where there is no such list."""
    match path.split("."):
        case [name] if name in {*ROWS, "stops"}:
            home = data
        case ["stops", number, "options" as name]:
            stops = _list(data.get("stops"))
            if not 1 <= _number(number) <= len(stops):
                return None
            home = stops[_number(number) - 1]
        case _:
            return None
    if make:
        home.setdefault(name, [])
    found: list[Any] | None = home.get(name)
    return found


def _fresh(data: Data, path: str) -> Data | str:
    """Return an entry in which nothing is written."""
    if path in ROWS:
        return ""
    if path != "stops":
        return {}
    taken = {stop.get("id") for stop in data["stops"]}
    name = next(name for n in range(1, len(taken) + 2) if (name := f"question-{n}") not in taken)
    return {"id": name}
