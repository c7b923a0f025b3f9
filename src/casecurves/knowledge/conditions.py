"""Conditions that thresholds were published for, and whether a diagnosis is one of them: `conditions.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from casecurves.knowledge.diseases import Named, all_diseases
from casecurves.knowledge.fold import fold, table


@cache
def all_conditions() -> Mapping[str, Named]:
    """Return all conditions known here, by key: each by its own names and by those of its diseases."""
    found = {}
    for key, entry in table("conditions.toml").items():
        diseases = [all_diseases()[name] for name in entry["diseases"]]
        found[key] = Named(
            entry["en"],
            entry["fr"],
            (*map(fold, entry["names"]), *(name for disease in diseases for name in disease.names)),
            (*map(fold, entry["letters"]), *(word for disease in diseases for word in disease.letters)),
        )
    return found
