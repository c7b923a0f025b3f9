"""Diseases by every name under which somebody looks for them: `diseases.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from casecurves.knowledge.conditions import Condition
from casecurves.knowledge.fold import fold, table


@dataclass(frozen=True)
class Disease(Condition):
    """A disease.

    Attributes
    ----------
    also : tuple of str
        What it is looked for by: its names, its abbreviations, and what else it is called.
    """

    also: tuple[str, ...] = ()


@cache
def all_diseases() -> tuple[Disease, ...]:
    """Return all diseases known here."""
    return tuple(
        Disease(
            entry["en"],
            entry["fr"],
            tuple(map(fold, entry["names"])),
            tuple(map(fold, entry["letters"])),
            (entry["en"], entry["fr"], *entry["letters"], *entry["also"]),
        )
        for entry in table("diseases.toml").values()
    )
