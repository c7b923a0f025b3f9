"""Abbreviations that a caption spells out: `abbreviations.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from casecurves.knowledge.fold import table
from casecurves.words import typeset


@cache
def abbreviations(lang: str, *, charts: bool) -> Mapping[str, str]:
    """Return what each abbreviation of a language stands for, those of ``charts`` of results among them or not."""
    entries = [one for one in table("abbreviations.toml").values() if charts or not one.get("charts")]
    if lang == "fr":
        return {one["short_fr"]: typeset(one["fr"], lang) for one in entries if "short_fr" in one}
    return {one["short"]: one["en"] for one in entries if "short" in one}
