"""The one catalogue of everything a person reads: English and French side by side.

Each ``*.toml`` beside this file is a chapter; an entry is a table with ``en`` and ``fr``:

    [legend.solid]
    en = "certainly on"
    fr = "certainement en cours"
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

Lang = Literal["en", "fr"]
LANGS: tuple[Lang, ...] = get_args(Lang)


def say(key: str, lang: str = "en", /, **params: object) -> str:
    """Return the text of a catalogue entry in one language.

    Parameters
    ----------
    key : str
        Dotted key of the entry, such as ``"legend.solid"``.
    lang : str
        ``"en"`` or ``"fr"``.
    **params : object
        Values for the ``{placeholders}`` of the entry.

    Returns
    -------
    str
        The text with its placeholders filled in.

    Raises
    ------
    KeyError
        When the catalogue has no such entry.
    """
    text = catalogue()[key][lang]
    return text.format(**params) if params else text


def has(key: str) -> bool:
    """Tell whether the catalogue has an entry of this key."""
    return key in catalogue()


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Return all entries, by dotted key; read once per process."""
    entries: dict[str, Mapping[str, str]] = {}
    for chapter in sorted(files(__package__).iterdir(), key=lambda item: item.name):
        if chapter.name.endswith(".toml"):
            entries.update(_flatten(tomllib.loads(chapter.read_text(encoding="utf-8")), ""))
    return entries


def _flatten(node: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    for name, value in node.items():
        if not isinstance(value, dict):
            continue
        key = f"{prefix}{name}"
        if isinstance(value.get("en"), str):
            yield key, value
        yield from _flatten(value, f"{key}.")
