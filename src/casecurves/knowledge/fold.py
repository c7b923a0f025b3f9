"""Names compared as people write them: case, accents and punctuation do not count."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Hashable, Iterable
from functools import lru_cache
from importlib.resources import files
from typing import Any, Protocol, TypeVar

from casecurves.errors import KnowledgeError
from casecurves.words import say, typeset


class Entry(Protocol):
    """What a table holds: something with a key of its own."""

    @property
    def id(self) -> str:
        """Its key."""


class Published:
    """What is published somewhere: ``source`` says where, ``source_fr`` in French where other words than names do."""

    source: str
    source_fr: str

    def cited(self, lang: str) -> str:
        """Return where it is published, in a language."""
        return typeset(self.source_fr, lang) if lang == "fr" and self.source_fr else self.source


Key = TypeVar("Key", bound=Hashable)
Known = TypeVar("Known", bound=Entry)


@lru_cache(maxsize=4096)
def fold(name: str) -> str:
    """Return a name without case, accents and punctuation."""
    return re.sub(r"[\W_]+", " ", unaccented(name).casefold()).strip()


def unaccented(text: str) -> str:
    """Return a text without its accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def table(name: str) -> dict[str, Any]:
    """Return one of the tables of this package."""
    return tomllib.loads((files("casecurves.knowledge") / name).read_text(encoding="utf-8"))


def indexed(name: str, entries: Iterable[tuple[Key, Known]]) -> dict[Key, Known]:
    """Return the entries of a table by what they are looked up by.

    Parameters
    ----------
    name : str
        The table, for the message.
    entries : iterable of (key, entry)
        Each entry under each of its names.

    Returns
    -------
    dict
        The entry that each name means.

    Raises
    ------
    KnowledgeError
        When a name means two entries: all such names at once, each with the entries it stands in.
    """
    found: dict[Key, list[Known]] = {}
    for key, entry in entries:
        found.setdefault(key, []).append(entry)
    twice = {key: [entry.id for entry in same] for key, same in found.items() if len(same) > 1}
    if twice:
        said = "; ".join(f"{_plain(key)}: {', '.join(ids)}" for key, ids in twice.items())
        raise KnowledgeError(say("knowledge.twice", "en", file=name, said=said))
    return {key: same[0] for key, same in found.items()}


def _plain(key: object) -> str:
    return " / ".join(part for part in key if part) if isinstance(key, tuple) else str(key)
