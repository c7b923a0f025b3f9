"""An SVG page read back: every text with the room it takes, measured apart from the code that placed it."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass

from casecurves.figure.text import MM_PER_PT, Style, width

NS = "{http://www.w3.org/2000/svg}"
# Share of the type size above and below the baseline that letters and figures fill.
ABOVE, BELOW = 0.70, 0.12
SHIFT = {"start": 0.0, "middle": 0.5, "end": 1.0}


@dataclass(frozen=True)
class Word:
    """One line of text on the page, in millimetres."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    row: str

    def meets(self, other: "Word", slack: float = 0.05) -> bool:
        across = min(self.x1, other.x1) - max(self.x0, other.x0)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > slack and down > slack


@dataclass(frozen=True)
class Page:
    """A page: its size, its words, its rows."""

    width: float
    height: float
    words: tuple[Word, ...]
    rows: frozenset[str]
    root: ET.Element

    def collisions(self) -> list[tuple[str, str]]:
        found = []
        ordered = sorted(self.words, key=lambda word: word.top)
        for index, word in enumerate(ordered):
            for other in ordered[index + 1 :]:
                if other.top > word.bottom:
                    break
                if word.meets(other):
                    found.append((word.text, other.text))
        return found

    def outside(self) -> list[str]:
        slack = 0.05
        return [
            word.text
            for word in self.words
            if word.x0 < -slack
            or word.x1 > self.width + slack
            or word.top < -slack
            or word.bottom > self.height + slack
        ]


def read(svg: str) -> Page:
    """Read a page; raises when it is not well-formed."""
    root = ET.fromstring(svg)
    _, _, page_width, page_height = map(float, root.attrib["viewBox"].split())
    found = list(_walk(root, ""))
    words = tuple(_word(element, row) for element, row in found if element.tag == f"{NS}text")
    rows = frozenset(row for _, row in found if row)
    return Page(page_width, page_height, words, rows, root)


def _walk(element: ET.Element, row: str) -> Iterator[tuple[ET.Element, str]]:
    row = element.attrib.get("data-row", row)
    yield element, row
    for child in element:
        yield from _walk(child, row)


def _word(element: ET.Element, row: str) -> Word:
    given = element.attrib
    assert "transform" not in given, "a turned text cannot be measured here"
    size = float(given["font-size"])
    style = Style(size / MM_PER_PT, int(given.get("font-weight", "400")), given.get("font-style") == "italic")
    text = element.text or ""
    wide = width(text, style)
    x0 = float(given["x"]) - wide * SHIFT[given.get("text-anchor", "start")]
    y = float(given["y"])
    return Word(text, x0, x0 + wide, y - ABOVE * size, y + BELOW * size, size, row)


def places(d: str) -> list[tuple[float, float]]:
    """Return the absolute points of a path made of M and L alone."""
    return [(float(x), float(y)) for x, y in re.findall(r"[ML](-?[\d.]+),(-?[\d.]+)", d)]
