"""Conditions that thresholds were published for, and whether a diagnosis is one of them: `conditions.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from casecurves.knowledge.fold import fold, table


@dataclass(frozen=True)
class Condition:
    """A condition.

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


@cache
def all_conditions() -> Mapping[str, Condition]:
    """Return all conditions known here, by key."""
    return {
        key: Condition(entry["en"], entry["fr"], tuple(map(fold, entry["names"])), tuple(map(fold, entry["letters"])))
        for key, entry in table("conditions.toml").items()
    }
