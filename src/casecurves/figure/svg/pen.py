"""A pen that writes SVG: millimetres in, strings out, nothing from outside unescaped."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from html import escape
from itertools import pairwise

from casecurves.figure.layout.signs import ARROW, TAIL
from casecurves.figure.svg.holes import Hole, Place, hole_of, oblong, outside
from casecurves.figure.text import FAMILY, MM_PER_PT, Style, printable, width
from casecurves.figure.theme import Theme

# What is left free round words that stand on a line.
_BESIDE = 0.3
# What is left of a line between two lines of words is drawn from this length on.
_STUB = 1.2


def n(value: float) -> str:
    """Write a number with at most three decimals and no needless zeros."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


class Pen:
    """Collects the elements of one SVG page; without ``hover`` it holds nothing that is not seen."""

    def __init__(self, theme: Theme, *, hover: bool = True) -> None:
        self.theme = theme
        self.hover = hover
        self.parts: list[str] = []
        # Without a ground no plate lies under words: what would run through them is cut out round them. So with what is
        # hollow: `found` is what was left open, `holes` what lines are cut out of.
        self.cut_out = False
        self.left_open: list[Hole] = []
        self.holes: tuple[Hole, ...] = ()
        # The largest type that is written, in points as the styles count them.
        self.most_pt = math.inf
        self._words: list[Hole] = []
        self._under: list[tuple[int, Place, Place, str]] = []

    def cut_round(self, width: float, height: float, words: Sequence[tuple[float, float, float, float]]) -> None:
        """Leave the ground of the page open, and cut what is drawn `behind_words` out round these areas."""
        self.cut_out = True
        holes = "".join(f"M{n(x0)},{n(y0)}H{n(x1)}V{n(y1)}H{n(x0)}Z" for x0, y0, x1, y1 in words)
        page = f"M0,0H{n(width)}V{n(height)}H0Z"
        self.add(f'<clipPath id="round-words"><path clip-rule="evenodd" d="{page}{holes}"/></clipPath>')

    @property
    def hollow(self) -> str:
        """The fill of a hollow symbol: paper, or without a ground nothing."""
        return "none" if self.cut_out else self.theme.paper

    def plate(self, x: float, y: float, w: float, h: float) -> None:
        """Cover what is under words; without a ground nothing is."""
        if self.cut_out:
            self.left_open.append(oblong(x, y, w, h))
        else:
            self.rect(x, y, w, h, self.theme.paper)

    def pill(self, x: float, y: float, w: float, h: float, stroke: str, *, width: float, dash: str = "") -> None:
        """Draw a pill for words, which covers what is under it."""
        if self.cut_out:
            self.left_open.append(oblong(x, y, w, h))
        self.rect(x, y, w, h, self.hollow, stroke, width=width, dash=dash, radius=min(h / 2, 2.0))

    @contextmanager
    def behind_words(self) -> Iterator[None]:
        """Draw what words may stand on."""
        if not self.cut_out:
            yield
            return
        self.add('<g clip-path="url(#round-words)">')
        yield
        self.add("</g>")

    def add(self, element: str) -> None:
        """Append a ready element."""
        self.parts.append(element)

    @contextmanager
    def group(self, row: str = "", kind: str = "", title: Sequence[str] = ()) -> Iterator[None]:
        """Group what one row draws, with its hover text as a title."""
        if not self.hover:
            yield
            return
        attributes = (f' data-row="{escape(row)}"' if row else "") + (f' data-kind="{escape(kind)}"' if kind else "")
        self.add(f"<g{attributes}>")
        if title:
            self.add(f"<title>{escape(chr(10).join(title), quote=False)}</title>")
        yield
        self.add("</g>")

    def rect(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        fill: str = "none",
        stroke: str = "",
        *,
        width: float = 0.2,
        dash: str = "",
        radius: float = 0.0,
        opacity: float = 1.0,
    ) -> None:
        """Draw a rectangle."""
        extra = self._stroke(stroke, width, dash)
        extra += f' rx="{n(radius)}"' if radius else ""
        extra += f' fill-opacity="{n(opacity)}"' if opacity < 1 else ""
        self.add(f'<rect x="{n(x)}" y="{n(y)}" width="{n(max(w, 0))}" height="{n(h)}" fill="{fill}"{extra}/>')

    def line(
        self, x0: float, y0: float, x1: float, y1: float, stroke: str, *, width: float = 0.2, dash: str = ""
    ) -> None:
        """Draw a line."""
        self.add(_lines((x0, y0), (x1, y1), self.holes, self._stroke(stroke, width, dash)))

    def line_under_words(
        self, x0: float, y0: float, x1: float, y1: float, stroke: str, *, width: float, dash: str = ""
    ) -> None:
        """Draw a line that stops wherever words stand on it, those too that are still to be written."""
        self._under.append((len(self.parts), (x0, y0), (x1, y1), self._stroke(stroke, width, dash)))
        self.add("")

    def curve(
        self, points: Sequence[tuple[float, float]], stroke: str, *, width: float, dash: str = "", join: bool = False
    ) -> None:
        """Draw straight strokes from place to place; what is hollow stays open."""
        runs: list[list[tuple[float, float]]] = [[points[0]]]
        for start, end in pairwise(points):
            for a, b in outside(start, end, self.holes) if self.holes else [(start, end)]:
                if runs[-1][-1] != a:
                    runs.append([a])
                runs[-1].append(b)
        d = "".join("M" + "L".join(f"{n(x)},{n(y)}" for x, y in run) for run in runs if len(run) > 1)
        if d:
            self.path(d, stroke=stroke, width=width, dash=dash, join=join)

    def path(
        self,
        d: str,
        fill: str = "none",
        stroke: str = "",
        *,
        width: float = 0.2,
        dash: str = "",
        join: bool = False,
    ) -> None:
        """Draw a path given in millimetres."""
        extra = ' stroke-linejoin="round" stroke-linecap="round"' if join else ""
        self.add(f'<path d="{d}" fill="{fill}"{self._stroke(stroke, width, dash)}{extra}/>')

    def symbol(self, d: str, x: float, y: float, r: float, fill: str, stroke: str, *, width: float = 0.25) -> None:
        """Draw a symbol of the box -1..1 at a place, with radius ``r``."""
        if self.cut_out and fill == "none" and d.endswith("Z"):
            self.left_open.append(hole_of(d, x, y, r))
        self.add(
            f'<path transform="translate({n(x)} {n(y)}) scale({n(r)})" d="{d}" fill="{fill}" stroke="{stroke}" '
            f'stroke-width="{n(width / r)}" stroke-linejoin="round" stroke-linecap="round"/>'
        )

    def text(self, x: float, y: float, content: str, style: Style, fill: str = "", anchor: str = "start") -> None:
        """Write one line of text with its baseline at ``y``."""
        if not content:
            return
        style = replace(style, size=min(style.size, self.most_pt))
        self._words.append(_word(x, y, content, style, anchor))
        extra = f' font-weight="{style.weight}"' if style.weight != 400 else ""
        extra += ' font-style="italic"' if style.italic else ""
        extra += f' text-anchor="{anchor}"' if anchor != "start" else ""
        shown = escape(printable(content), quote=False)
        size, ink = n(style.size * MM_PER_PT), fill or self.theme.ink
        self.add(f'<text x="{n(x)}" y="{n(y)}" font-size="{size}" fill="{ink}"{extra}>{shown}</text>')

    def tail(self, x: float, y: float, least: float, colour: str) -> None:
        """Draw the dotted tail of what was found at ``x`` and began before, from ``least`` on."""
        self.line(max(x - TAIL, least), y, x, y, colour, width=0.5, dash="0.6 0.5")

    def found(self, x: float, y: float, h: float, least: float, colour: str) -> None:
        """Draw the sign of a course or state of that height found at ``x``: a hollow arrow back, and the tail."""
        middle = y + h / 2
        self.tail(x - ARROW, middle, least, colour)
        d = f"M{n(x)},{n(y - 0.5)}L{n(x - ARROW)},{n(middle)}L{n(x)},{n(y + h + 0.5)}Z"
        self.path(d, self.hollow, stroke=colour, width=0.3)

    def hatch(
        self, x: float, y: float, w: float, h: float, stroke: str, *, gap: float = 1.4, width: float = 0.22
    ) -> None:
        """Hatch a rectangle with lines at 45 degrees, clipped by arithmetic: rasterisers draw patterns slowly."""
        segments = []
        start = -h
        while start < w:
            x0, x1 = max(start, 0.0), min(start + h, w)
            if x1 > x0:
                ends = (x + x0, y + h - (x0 - start)), (x + x1, y + h - (x1 - start))
                for (a, b), (c, d) in outside(*ends, self.holes):
                    segments.append(f"M{n(a)},{n(b)}L{n(c)},{n(d)}")
            start += gap
        if segments:
            self.path("".join(segments), stroke=stroke, width=width)

    def document(self, width: float, height: float, title: str, description: str, *, scale: float = 1.0) -> str:
        """Return the page as one SVG document of ``width`` by ``height`` millimetres, drawn ``scale`` times larger."""
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{n(width * scale)}mm" height="{n(height * scale)}mm" '
            f'viewBox="0 0 {n(width)} {n(height)}" '
            f'font-family="{FAMILY}, sans-serif" role="img"><title>{escape(title, quote=False)}</title>'
            f"<desc>{escape(description, quote=False)}</desc>"
        )
        for at, start, end, look in self._under:
            self.parts[at] = _lines(start, end, (*self.holes, *self._words), look, _STUB)
        return head + "".join(self.parts) + "</svg>"

    @staticmethod
    def _stroke(stroke: str, width: float, dash: str) -> str:
        if not stroke:
            return ""
        return f' stroke="{stroke}" stroke-width="{n(width)}"' + (f' stroke-dasharray="{dash}"' if dash else "")


def _lines(start: Place, end: Place, holes: Sequence[Hole], look: str, least: float = 0.0) -> str:
    pieces = outside(start, end, holes) if holes else [(start, end)]
    pieces = [piece for piece in pieces if math.dist(*piece) >= least]
    return "".join(f'<line x1="{n(a)}" y1="{n(b)}" x2="{n(c)}" y2="{n(d)}"{look}/>' for (a, b), (c, d) in pieces)


def _word(x: float, y: float, content: str, style: Style, anchor: str) -> Hole:
    """Return the room of a line of text, from a little above its letters to a little below."""
    wide, high = width(content, style), style.size * MM_PER_PT
    left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
    return oblong(left - _BESIDE, y - 0.78 * high - _BESIDE, wide + 2 * _BESIDE, 0.98 * high + 2 * _BESIDE)
