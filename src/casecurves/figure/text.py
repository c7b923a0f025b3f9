"""Text on paper: its width in millimetres, and its lines.

Widths come from HarfBuzz with the shipped font, so that a page is the same on every machine. A character that the font
lacks is written as its code point, never as an empty box.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import uharfbuzz as hb

MM_PER_PT = 25.4 / 72
FAMILY = "Casecurves Sans"
# What no line begins with: a sign that belongs to the word before it, and a number after a colon or "(of".
_SIGN = re.compile(r"%[.,;:)]?|·|≠\d+[.,;)]?|\(\?\)|\*")
_NUMBER = re.compile(r"\d+[.,;)]?")
_BEFORE = re.compile(r":$|(^| )\(\w+$")
_FILES = {(400, False): "Regular", (600, False): "SemiBold", (400, True): "Italic"}


@dataclass(frozen=True)
class Style:
    """A text style: size in points, weight 400 or 600, italic or not (italic is always 400)."""

    size: float
    weight: int = 400
    italic: bool = False

    @property
    def height(self) -> float:
        """Height of a line in millimetres."""
        return self.size * MM_PER_PT * 1.25


def font_directory() -> str:
    """Return the folder of the shipped font files."""
    return str(files(__package__) / "fonts")


@cache
def _font(weight: int, italic: bool) -> hb.Font:
    data = (files(__package__) / "fonts" / f"CasecurvesSans-{_FILES[weight, italic]}.ttf").read_bytes()
    return hb.Font(hb.Face(data))


@lru_cache(maxsize=20_000)
def _advance(text: str, weight: int, italic: bool) -> float:
    """Width of a text in units of the font size, as `printable` writes it."""
    font = _font(weight, italic)
    buffer = hb.Buffer()
    buffer.add_str(printable(text))
    buffer.guess_segment_properties()
    hb.shape(font, buffer)
    return float(sum(p.x_advance for p in buffer.glyph_positions or ())) / float(font.face.upem)


def width(text: str, style: Style) -> float:
    """Return the width of a text in millimetres, as `printable` writes it."""
    return _advance(text, style.weight, style.italic) * style.size * MM_PER_PT


@lru_cache(maxsize=20_000)
def printable(text: str) -> str:
    """Return a text in which every character that the font lacks is written as ``<U+60A3>`` in angle brackets."""
    font = _font(400, False)
    one_line = " ".join(text.split("\n")).replace("\t", " ")
    return "".join(c if font.get_nominal_glyph(ord(c)) else f"⟨U+{ord(c):04X}⟩" for c in one_line)


def wrap(text: str, limit: float, style: Style) -> list[str]:
    """Break a text into lines no wider than ``limit`` millimetres; a word too long is cut, at a hyphen if it can be."""
    if not text.startswith(" ") and width(text, style) <= limit:  # nearly always
        return [text]
    lines: list[str] = []
    current = ""
    for word in _words(text, limit, style):
        candidate = f"{current} {word}" if current else word
        if width(candidate, style) <= limit:
            current = candidate
            continue
        if current:
            lines.append(current)
        current = word
        while width(current, style) > limit and len(current) > 1:
            cut = _fit(current, limit, style)
            cut = current.rfind("-", 1, cut) + 1 or cut
            lines.append(current[:cut])
            current = current[cut:]
    return [*lines, current] if current else lines or [""]


def _words(text: str, limit: float, style: Style) -> list[str]:
    """Return the words of a text, a sign that belongs to the one before kept with it where both fit on a line.

    So no line begins with a per cent sign, a dot between two things, or the number of a disagreement, and none ends
    between "evaluated:" and its number.
    """
    words: list[str] = []
    for word in text.split(" "):
        both = f"{words[-1]} {word}" if words else word
        kept = words and (_SIGN.fullmatch(word) or (_NUMBER.fullmatch(word) and _BEFORE.search(words[-1])))
        if kept and width(both, style) <= limit:
            words[-1] = both
        else:
            words.append(word)
    return words


def shortened(text: str, limit: float, style: Style) -> str:
    """Return a text cut to ``limit`` millimetres, with an ellipsis where something is missing."""
    if width(text, style) <= limit:
        return text
    return f"{text[: _fit(text, limit - width('…', style), style)].rstrip()}…"


def _fit(word: str, limit: float, style: Style) -> int:
    low, high = 1, len(word)
    while low < high:
        mid = (low + high + 1) // 2
        if width(word[:mid], style) <= limit:
            low = mid
        else:
            high = mid - 1
    return low
