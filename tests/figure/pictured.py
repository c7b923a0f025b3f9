"""What a reader gets from an exported picture: its words and shapes by where they stand, and nothing else of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from figure.build import SHIPPED
from figure.page import NS, Page, Word, read

from casecurves.figure.compile import compile
from casecurves.figure.options import Options
from casecurves.figure.page import PageOptions
from casecurves.figure.svg import to_svg

# The names of lanes and panels end at one place, in a size that nothing beside them has; a lane begins this far above.
HEADING_MM, SAME_MM, ABOVE_MM = 2.8, 0.2, 2.6
LINE_MM = 4.0
NOWHERE = ("place in time unknown", "place dans le temps inconnue")
NUMBER = re.compile(r"[<>]?\d+(?:[.,]\d+)?")


@dataclass(frozen=True)
class Picture:
    """An exported page, looked at."""

    page: Page

    def all(self) -> str:
        """All words, column by column, as one reads them."""
        ordered = sorted(self.page.words, key=lambda word: (round(word.x0), word.top))
        return " ".join(word.text for word in ordered)

    def lane(self, name: str) -> tuple[float, float]:
        """From where to where a lane or panel goes down the page."""
        named = self._named()
        at = next(i for i, word in enumerate(named) if word.text.startswith(name))
        following = [word.top for word in named[at + 1 :] if word.top > named[at].top]
        return named[at].top - ABOVE_MM, (following[0] if following else self._foot()) - ABOVE_MM

    def words(self, name: str) -> list[Word]:
        """The words of a lane or panel, those of its name included, from left to right."""
        top, bottom = self.lane(name)
        found = [word for word in self.page.words if top <= word.top < bottom]
        return sorted(found, key=lambda word: (word.x0, word.top))

    def text(self, name: str) -> str:
        return " ".join(word.text for word in self.words(name))

    def under(self, heading: str) -> str:
        """The words below a heading, in its column."""
        (head,) = (word for word in self.page.words if word.text == heading)
        others = sorted(
            (word for word in self.page.words if abs(word.x0 - head.x0) < SAME_MM and word.top > head.top),
            key=lambda word: word.top,
        )
        lines, last = [], head
        for word in others:
            if word.top - last.top > 2 * head.size or word.size != others[0].size:
                break
            lines.append(word.text)
            last = word
        return " ".join(lines)

    def tick(self, label: str) -> float:
        """Where a label of the time axis stands."""
        (found,) = (word for word in self.page.words if word.text == label and word.top >= self._foot())
        return (found.x0 + found.x1) / 2

    def solid(self, name: str) -> list[tuple[float, float]]:
        """The stretches in which a lane is full: what is proven."""
        top, bottom = self.lane(name)
        found = []
        for each in self.page.root.iter(f"{NS}rect"):
            of = each.attrib
            inside = top <= float(of["y"]) and float(of["y"]) + float(of["height"]) <= bottom
            plain = of.get("fill", "").startswith("#") and "stroke-dasharray" not in of
            if inside and plain and float(of["height"]) > 3 and of["fill"] != "#ffffff":
                found.append((float(of["x"]), float(of["x"]) + float(of["width"])))
        return sorted(found)

    def numbers(self, name: str) -> list[tuple[float, float]]:
        """The values written in a panel, each with where it stands across the page."""
        named = self._named()
        left = next(word.x1 for word in named) + 8  # beyond the scale
        return [
            (word.x0, float(word.text.lstrip("<>").replace(",", ".")))
            for word in self.words(name)
            if word.x0 > left and NUMBER.fullmatch(word.text)
        ]

    def _named(self) -> list[Word]:
        events = next(word for word in self.page.words if word.text in ("events", "événements"))
        beside = [word for word in self.page.words if abs(word.x1 - events.x1) < SAME_MM]
        names = sorted((w for w in beside if w.size >= HEADING_MM or w.text in NOWHERE), key=lambda word: word.top)
        # The second line of a long name is no name.
        return [w for n, w in enumerate(names) if n == 0 or w.top - names[n - 1].top > LINE_MM]

    def _foot(self) -> float:
        """Where the last lane or panel ends: above the labels of the axis."""
        last = self._named()[-1]
        return max(word.top for word in self.page.words if word.text == "0" and word.top > last.top)


@cache
def pictured(case_id: str, lang: str) -> Picture:
    """Return the picture of a shipped case at the width of a page, in a language."""
    return Picture(read(to_svg(compile(SHIPPED[case_id], Options(lang=lang)), PageOptions(width_mm=190))))


def ordered(values: list[float]) -> bool:
    """Tell whether each value is beyond the one before."""
    return all(a < b for a, b in pairwise(values))
