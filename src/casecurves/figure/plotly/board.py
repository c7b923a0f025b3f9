"""Places of the layout in plotly's coordinates, and the shapes, words and traces made of them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from typing import Any, NamedTuple

from casecurves.figure.compile.ticks import UNIT_DAYS
from casecurves.figure.layout import Layout
from casecurves.figure.layout.signs import ARROW, TAIL
from casecurves.figure.theme import Theme

CLEAR = "rgba(0,0,0,0)"
# How finely places are told, in millimetres of the page.
_FINENESS = 0.02
HOVER = "%{customdata}<extra></extra>"
HOVER_SHARED = "%{customdata}<br>%{meta}<extra></extra>"
# Size of the arrow of what began before, in pixels per root of the height of its bar; half the height of a cap.
_BACK = 14.0 / 3.9**0.5
_CAP = 0.6
# How far from the right edge of the plot words are held at least, in millimetres of the page.
_INSIDE = 0.05
# What rounding takes of a place at most, and a little.
_EDGE = 0.6 * _FINENESS
_AXES = {"main": "x", "before": "x2", "after": "x3"}
# From as many marks on, it pays to say once what they share.
_MANY = 12
# A line of hover is broken beyond so many characters.
_LONGEST = 72


class Point(NamedTuple):
    """One marker: place in plotly's coordinates, look, hover (escaped) and row."""

    x: float
    y: float
    symbol: str
    fill: str
    edge: str
    hover: str
    row: str
    size: float = 10.0


@dataclass(frozen=True)
class Board:
    """What turns places of the layout into plotly's coordinates."""

    page: Layout
    theme: Theme
    scale: float
    _hovers: dict[tuple[str, ...], str] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def left(self) -> float:
        """Where the plot begins on the page: at the axis, or with charts and no axis, at the edge of the charts."""
        page = self.page
        return page.charts_x if page.charts and page.spec.timeless else page.frame.plot0

    @staticmethod
    def ref(zone: str) -> str:
        """Return plotly's name of a zone's axis."""
        return _AXES[zone]

    def axis_key(self, zone: str) -> str:
        """Return the key of a zone's axis in the layout."""
        return self.ref(zone).replace("x", "xaxis")

    def x(self, zone: str, value: float) -> float:
        """Return a coordinate of a zone on plotly's axis, in the unit shown for the scaled one."""
        if zone == "main" and not self.page.frame.folds:
            # Faster than to round to so many digits.
            return round(value * self._per_part) / self._parts
        return round(self.exact_x(zone, value), self._digits if zone == "main" else 3)

    def exact_x(self, zone: str, value: float) -> float:
        """Return a coordinate of a zone as it is."""
        if zone == "main" and self.page.frame.folds:
            return self._evenly(self.page.frame.x(zone, value))
        return value / self._unit if zone == "main" else value

    def on_axis(self, zone: str, mm: float) -> float:
        """Return a place on the page on plotly's axis of a zone."""
        if zone == "main" and self.page.frame.folds:
            return round(self._evenly(mm), self._digits)
        start, slope = self._rulers[zone]
        value = start + slope * mm
        return round(value) / self._parts if zone == "main" else round(value, 3)

    def _evenly(self, mm: float) -> float:
        """Return a place on a folded axis, which counts as the page does: right round day zero, its ticks written."""
        frame = self.page.frame
        lo, hi = frame.zones["main"][:2]
        start = min(max(0.0, lo), hi)
        days = start + (mm - frame.x("main", start)) * frame.days_per_mm
        return days / self._unit

    @cached_property
    def _unit(self) -> float:
        """Days in the unit of the scaled axis."""
        return UNIT_DAYS[self.page.spec.axis.unit]

    @cached_property
    def _digits(self) -> int:
        """Decimals of a place on the scaled axis."""
        step = _FINENESS * self.page.frame.days_per_mm / self._unit
        return max(0, math.ceil(-math.log10(step)))

    @cached_property
    def _parts(self) -> float:
        """How many places that are told apart the unit of the scaled axis has."""
        return 10.0**self._digits

    @cached_property
    def _per_part(self) -> float:
        return self._parts / self._unit

    @cached_property
    def _rulers(self) -> dict[str, tuple[float, float]]:
        """By zone, the axis at the left edge of the page and per millimetre: of the scaled one in parts told apart."""
        found = {}
        for zone, (lo, hi, x0, x1) in self.page.frame.zones.items():
            slope, scale = (hi - lo) / (x1 - x0), self._per_part if zone == "main" else 1.0
            found[zone] = ((lo - slope * x0) * scale, slope * scale)
        return found

    @cached_property
    def _edges(self) -> tuple[tuple[str, float, float], ...]:
        """The zones with their edges on the page, the scaled one first."""
        zones = self.page.frame.zones
        order = sorted(zones, key=lambda zone: zone != "main")
        return tuple((zone, zones[zone][2] - 1e-6, zones[zone][3] + 1e-6) for zone in order)

    def inside(self, mm: float) -> float:
        """Return a place that rounding does not push over the edge of the plot, beyond which plotly draws nothing."""
        return min(max(mm, self.page.frame.plot0 + _EDGE), self.page.frame.plot1 - _EDGE)

    def at(self, mm: float) -> tuple[str, float]:
        """Return zone and axis coordinate of a place on the page."""
        # On the border of two zones the scaled one has it: plotly hides words that stand on the edge of their axis.
        for zone, x0, x1 in self._edges:
            if x0 <= mm <= x1:
                return zone, self.on_axis(zone, mm)
        return "main", self.on_axis("main", mm)

    @staticmethod
    def text(value: str) -> str:
        """Escape a string from the case: plotly renders a subset of HTML."""
        return escape(value.replace("\n", " "), quote=False)

    def hover(self, lines: tuple[str, ...]) -> str:
        """Return the lines of a hover, escaped, long ones broken."""
        # The certain and the possible stretches of a bar say the same, and so does the label of an event.
        found = self._hovers.get(lines)
        if found is None:
            # Escaped in one go: a figure has more lines of hover than anything else.
            text = "\n".join(lines)
            if max(map(len, lines)) > _LONGEST or text.count("\n") >= len(lines) or "\n " in text or text[:1] == " ":
                text = "\n".join(part for line in lines for part in _broken(line.replace("\n", " ").lstrip(" ")))
            found = self._hovers[lines] = escape(text, quote=False).replace("\n", "<br>")
        return found

    def rect(
        self,
        zone: str,
        x0: float,
        x1: float,
        y0: float,
        y1: float,
        *,
        fill: str = "",
        line: str = "",
        dash: str = "solid",
        width: float = 1.0,
    ) -> dict[str, Any]:
        """Return a rectangle in the coordinates of a zone."""
        shape: dict[str, Any] = {
            "type": "rect",
            "xref": self.ref(zone),
            "yref": "y",
            "x0": self.x(zone, x0),
            "x1": self.x(zone, x1),
            "y0": round(y0, 2),
            "y1": round(y1, 2),
            "line": {"width": width, "color": line, "dash": dash} if line else {"width": 0},
        }
        return shape | ({"fillcolor": fill, "layer": "below"} if fill else {})

    def line(
        self,
        zone: str,
        x0: float,
        x1: float,
        y0: float,
        y1: float,
        colour: str,
        width: float,
        dash: str = "solid",
    ) -> dict[str, Any]:
        """Return a line in the coordinates of a zone."""
        return {
            "type": "line",
            "xref": self.ref(zone),
            "yref": "y",
            "x0": self.x(zone, x0),
            "x1": self.x(zone, x1),
            "y0": round(y0, 2),
            "y1": round(y1, 2),
            "layer": "below",
            "line": {"width": width, "color": colour, "dash": dash},
        }

    def note(
        self,
        mm: float,
        y: float,
        text: str,
        colour: str,
        *,
        size: int = 12,
        anchor_mm: float | None = None,
        more: Mapping[str, object] | None = None,
    ) -> dict[str, Any]:
        """Return words at a place of the page, which keep their distance from ``anchor_mm`` on zoom."""
        # Plotly hides words that stand on the very edge of their axis.
        last = self.page.frame.plot1
        at = mm if anchor_mm is None else anchor_mm
        zone, x = self.at(last - _INSIDE if last - _INSIDE < at <= last else at)
        shift = 0.0 if anchor_mm is None else (mm - anchor_mm) * self.scale
        return {
            "xref": self.ref(zone),
            "yref": "y",
            "x": x,
            # A tenth of a millimetre is half a pixel: words are set no finer.
            "y": round(y, 1),
            "xshift": round(shift, 1),
            "xanchor": "left",
            "showarrow": False,
            "text": text,
            "font": {"color": colour, "size": size},
            "borderpad": 0,
            **(more or {}),
        }

    def beside(self, mm: float, wide: float, y: float, text: str, colour: str, anchor_mm: float) -> dict[str, Any]:
        """Return words of a known width, held by the side that faces ``anchor_mm``, or by their middle."""
        near = 0.5
        if abs(mm + wide / 2 - anchor_mm) < near:
            return self.note(anchor_mm, y, text, colour, anchor_mm=anchor_mm, more={"xanchor": "center"})
        if mm < anchor_mm:
            return self.note(mm + wide, y, text, colour, anchor_mm=anchor_mm, more={"xanchor": "right"})
        return self.note(mm, y, text, colour, anchor_mm=anchor_mm)

    def plate(self, mm: float, wide: float) -> dict[str, str]:
        """Return the ground of words through which a line over the whole height, as that of day zero, would run."""
        through = any(mm < x < mm + wide for x in self.page.frame.bars)
        return {"bgcolor": faded(self.theme.paper, 0.85)} if through else {}

    def tail(self, mm: float, y: float, colour: str) -> dict[str, Any]:
        """Return the dotted tail of what was found at a place and began before."""
        return across(self, max(mm - TAIL, self.page.frame.plot0), mm, y, colour, 2.2, "dot")

    def found(self, mm: float, y: float, height: float, colour: str, hover: tuple[str, ...]) -> tuple[str, Point]:
        """Return the hollow arrow back of a course or state that was found at a place, with its zone."""
        zone, x = self.at(mm - 0.6 * ARROW)
        size = round(_BACK * height**0.5, 1)
        return zone, Point(x, y, "triangle-left", self.theme.paper, colour, self.hover(hover), "", size)

    def capped(self, mm0: float, mm1: float, y: float, colour: str, width: float) -> list[dict[str, Any]]:
        """Return a level line with a cap at either end: somewhere in this interval."""
        ends = [(self.at(mm), mm) for mm in (mm0, mm1)]
        caps = [
            self.line("before", 0, 0, y - _CAP, y + _CAP, colour, width) | {"xref": self.ref(zone), "x0": x, "x1": x}
            for (zone, x), _ in ends
        ]
        return [across(self, mm0, mm1, y, colour, width), *caps]

    def naming(self, lines: Sequence[str], small: Sequence[str]) -> str:
        """Return a name in bold, lines under it small and quiet; all of them are escaped here."""
        names = "<br>".join(f"<b>{self.text(line)}</b>" for line in lines)
        if not small:
            return names
        quiet = "<br>".join(self.text(line) for line in small)
        return f'{names}<br><span style="font-size:12px;color:{self.theme.muted}">{quiet}</span>'

    def gutter(self, y: float, text: str, colour: str, size: int) -> dict[str, Any]:
        """Return a label of the gutter at left, beside the plot."""
        font = {"color": colour, "size": size}
        return {
            **self.at_left,
            "yref": "y",
            "y": round(y, 2),
            "align": "right",
            "showarrow": False,
            "text": text,
            "font": font,
        }

    @cached_property
    def at_left(self) -> dict[str, Any]:
        """What all labels of the gutter have in common."""
        shift = round((self.page.frame.gutter - self.left) * self.scale, 1)
        return {"xref": "paper", "x": 0, "xshift": shift, "xanchor": "right"}


def _broken(line: str) -> list[str]:
    lines, current = [], ""
    for word in line.split(" "):
        if current and len(current) + len(word) + 1 > _LONGEST:
            lines.append(current)
            current = word
        else:
            current = f"{current} {word}" if current else word
    return [*lines, current]


def marker_traces(board: Board, points: Sequence[tuple[str, Point]]) -> list[dict[str, Any]]:
    """Return one marker trace per zone from (zone, point) pairs, and one for every look and last line of many."""
    kinds = [(zone, p.symbol, p.fill, p.edge, p.size, p.hover.rpartition("<br>")[2]) for zone, p in points]
    count = Counter(kinds)
    groups: dict[tuple[object, ...], list[Point]] = {}
    for kind, (zone, point) in zip(kinds, points, strict=True):
        groups.setdefault(kind if count[kind] >= _MANY else (zone,), []).append(point)
    return [_marker_trace(board, str(kind[0]), found) for kind, found in groups.items()]


def _marker_trace(board: Board, zone: str, points: Sequence[Point]) -> dict[str, Any]:
    edge = {"color": alike([p.edge for p in points]), "width": 1.6}
    size = alike([p.size for p in points])
    return {
        "type": "scatter",
        "mode": "markers",
        "xaxis": board.ref(zone),
        "x": [p.x for p in points],
        "y": [round(p.y, 2) for p in points],
        "marker": {
            "symbol": alike([p.symbol for p in points]),
            "color": alike([p.fill for p in points]),
            "size": size,
            # Left alone, plotly fades markers of several sizes.
            **({"opacity": 1} if isinstance(size, Sequence) else {}),
            "line": edge,
        },
        "ids": ids([p.row for p in points]),
        **hovers([p.hover for p in points]),
        "cliponaxis": False,
    }


def faded(colour: str, alpha: float) -> str:
    """Return a colour with so much of what lies under it showing through."""
    r, g, b = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({r},{g},{b},{alpha})"


def alike(looks: Sequence[str | float]) -> Sequence[str | float] | str | float:
    """Return what is the same for all points of a trace once."""
    return looks[0] if len(set(looks)) == 1 else looks


def hovers(texts: Sequence[str]) -> dict[str, Any]:
    """Return what gives every mark of a trace its hover; a last line that all share is said once."""
    heads, ends = zip(*(text.rpartition("<br>")[::2] for text in texts), strict=True)
    if len(texts) < _MANY or len(set(ends)) > 1 or not all(heads):
        return {"customdata": list(texts), "hovertemplate": HOVER}
    return {"customdata": list(heads), "meta": ends[0], "hovertemplate": HOVER_SHARED}


def ids(rows: Sequence[str]) -> list[str]:
    """Return a name for every mark of a trace: the id of its row, with a number where it is not the first of it."""
    seen: Counter[str] = Counter()
    named = []
    for row in rows:
        named.append(f"{row}#{seen[row]}" if seen[row] else row)
        seen[row] += 1
    return named


def across(
    board: Board, mm0: float, mm1: float, y: float, colour: str, width: float, dash: str = "solid"
) -> dict[str, Any]:
    """Return a level line between two places of the page; where they lie in two zones, in that of the second."""
    zone1, x1 = board.at(mm1)
    zone0, x0 = board.at(mm0)
    if zone0 != zone1:
        x0 = board.x(zone1, board.page.frame.zones[zone1][0])
    shape = board.line("before", 0, 0, y, y, colour, width, dash)
    return shape | {"xref": board.ref(zone1), "x0": x0, "x1": x1}
