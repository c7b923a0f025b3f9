"""Diseases, and every name under which a case names one or somebody looks for it: `diseases.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from casecurves.knowledge.fold import fold, table


@dataclass(frozen=True)
class Named:
    """What a diagnosis can name.

    Attributes
    ----------
    en, fr : str
        What it is called in a sentence.
    names : tuple of str
        Beginnings of its names, folded: each from the start of a word.
    letters : tuple of str
        Its abbreviations, folded: each a word of its own.
    """

    en: str
    fr: str
    names: tuple[str, ...]
    letters: tuple[str, ...]

    def name(self, lang: str) -> str:
        """Return what it is called in a language."""
        return self.fr if lang == "fr" else self.en

    def named_in(self, diagnoses: str) -> bool:
        """Tell whether folded words name it."""
        text = f" {diagnoses} "
        return any(f" {name}" in text for name in self.names) or any(f" {word} " in text for word in self.letters)


@dataclass(frozen=True)
class Disease(Named):
    """A disease.

    Attributes
    ----------
    also : tuple of str
        What it is looked for by: its names, its abbreviations, and what else it is called.
    """

    also: tuple[str, ...] = ()


@cache
def all_diseases() -> Mapping[str, Disease]:
    """Return all diseases known here, by key."""
    return {
        key: Disease(
            entry["en"],
            entry["fr"],
            tuple(map(fold, entry["names"])),
            tuple(map(fold, entry["letters"])),
            (entry["en"], entry["fr"], *entry["letters"], *entry["also"]),
        )
        for key, entry in table("diseases.toml").items()
    }
