"""What journals, slides and paper ask of a figure, as data with their sources: `presets.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from casecurves.knowledge.fold import Published, table

# What a page of A4 or letter paper leaves for a figure above its caption, where a preset names no height.
PAGE_MM = 240.0


@dataclass(frozen=True)
class Preset(Published):
    """A page as somebody asks for it.

    Attributes
    ----------
    id, en, fr : str
        Key and names.
    width_mm, height_mm : float
        Width, and the greatest height; without one of its own, what a page leaves for a figure.
    dpi : int
        Dots per inch of a bitmap.
    type_pt, most_type_pt : float, float or None
        Smallest type in points, and the largest where one is named.
    lines_pt : (float, float) or None
        Thinnest and thickest line in points; ``None`` where nothing is said of lines.
    formats : tuple of str
        Kinds of file, the one wanted most first.
    source, source_fr : str
        Where it is asked for; see `Published`.
    unverified : tuple of str
        Names of the fields that were not read in the source; to be said wherever they are used.
    states_height : bool
        True when the height is the preset's own.
    age : {"exact", "band"}
        Whether an age may stand in years.
    dates : {"shown", "hidden"}
        Whether calendar dates may stand.
    note : mapping of str to str
        What else is to be known, by language; empty where nothing is.
    """

    id: str
    en: str
    fr: str
    width_mm: float
    dpi: int
    type_pt: float
    formats: tuple[str, ...]
    source: str
    height_mm: float = PAGE_MM
    most_type_pt: float | None = None
    lines_pt: tuple[float, float] | None = None
    unverified: tuple[str, ...] = ()
    states_height: bool = False
    age: Literal["exact", "band"] = "exact"
    dates: Literal["shown", "hidden"] = "shown"
    note: Mapping[str, str] = field(default_factory=dict)
    source_fr: str = ""

    def name(self, lang: str) -> str:
        """Return its name in a language."""
        return self.fr if lang == "fr" else self.en


def of_house(name: str) -> tuple[Preset, ...]:
    """Return the presets of a publisher or journal by the first words of their keys, the widest first."""
    named = (preset for key, preset in all_presets().items() if key.startswith(f"{name}-"))
    return tuple(sorted(named, key=lambda preset: -preset.width_mm))


@cache
def all_presets() -> Mapping[str, Preset]:
    """Return all presets known here, by key."""
    return {key: _preset(key, entry) for key, entry in table("presets.toml").items()}


def _preset(key: str, entry: Mapping[str, Any]) -> Preset:
    lists = {name: tuple(entry[name]) for name in ("formats", "lines_pt", "unverified") if name in entry}
    return Preset(**{**entry, **lists}, id=key, states_height="height_mm" in entry)
