"""Bars of per cent that lie: on a page as narrow as one column of a journal they take a quarter less height."""

from __future__ import annotations

from dataclasses import replace

from casecurves.figure import theme as t
from casecurves.figure.layout.charts.percent import drawn, named, printed, whisker
from casecurves.figure.layout.charts.pieces import ChartBox, Ink, Piece, Spot, Stroke, Written, head, stack
from casecurves.figure.spec import BarGroup, PercentBar, PercentChart, Versus
from casecurves.figure.text import width, wrap

# Where the page leaves less than this, bars lie.
COLUMN = 100.0
_LEFT, _RIGHT = 0.36, 0.27
_BAR = 4.0
_LINE = t.SMALL.height
_APART, _BETWEEN = 1.0, 1.2
_BRACKET = 1.4


def lay_across(chart: PercentChart, wide: float) -> ChartBox:
    """Place a chart: names at left, bars on one axis, what is printed at right, comparisons under their bars."""
    top, y = head(chart.heading, chart.remark, wide)
    rows = _Rows(chart, wide, y)
    for group in chart.groups:
        rows.add(group)
    return ChartBox((top, rows.axis(), *rows.pieces), 0.0, rows.y + _LINE)


class _Rows:
    """The bars of a chart, one under the other; ``y`` is where the next goes."""

    def __init__(self, chart: PercentChart, wide: float, y: float) -> None:
        self.chart, self.wide, self.y = chart, wide, y
        # Brackets stand side by side between the axis and what is printed.
        self.aside = _BRACKET * (1 + max((len(group.versus) for group in chart.groups), default=0))
        self.x0, self.x1 = wide * _LEFT, wide * (1 - _RIGHT) - self.aside
        self.pieces: list[Piece] = []
        self.spans: list[tuple[float, float]] = []

    def axis(self) -> Piece:
        """Return the axis; its lines cross the bars alone, no words."""
        strokes, texts, last = [], [], float("-inf")
        for tick in self.chart.ticks:
            x, half = self.x0 + self._long(tick.y), width(tick.label, t.SMALL) / 2
            ink: Ink = "grid" if tick.y else "ink"
            strokes += [Stroke(x, top, x, bottom, ink, 0.2) for top, bottom in self.spans]
            if x - half > last:
                texts.append(Written(x, self.y + _LINE - _BETWEEN, tick.label, t.SMALL, "muted", "middle"))
                last = x + half + 1.0
        return Piece(strokes=tuple(strokes), texts=tuple(texts))

    def add(self, group: BarGroup) -> None:
        """Place the bars of one trial."""
        names = wrap(group.name, self.wide, t.SMALL_BOLD) if group.name else []
        self.pieces.append(Piece(texts=stack(0.0, self.y, names, t.SMALL_BOLD)))
        self.y += len(names) * t.SMALL_BOLD.height + 0.4
        middles: list[float] = []
        for index, bar in enumerate(group.bars):
            middles.append(self._bar(bar))
            for place, versus in enumerate(group.versus):
                if max(versus.first, versus.second) == index:
                    self._versus(versus, place, middles)
        self.y += _BETWEEN

    def _long(self, per_cent: float) -> float:
        return per_cent / self.chart.hi * (self.x1 - self.x0)

    def _bar(self, bar: PercentBar) -> float:
        """Place a bar; return the height of its middle."""
        names, right = named(bar, self.x0 - 2.0), self.x1 + self.aside
        said, more = printed(bar, self.wide - right)
        tall = max(len(names), len(said) + len(more)) * _LINE
        middle = self.y + tall / 2
        low, high = self._long(bar.low), self._long(bar.high)
        tile, strokes = drawn(bar, self.x0 + low, middle - _BAR / 2, max(high - low, 0.15), _BAR)
        if bar.ci is not None:
            ends = -self._long(bar.ci[0]), -self._long(bar.ci[1])
            upright = whisker(middle, ends, -high, "on_bar" if tile.fill == "full" else "ink")
            strokes += tuple(_lain(stroke, self.x0) for stroke in upright)
        above = middle - (len(said) + len(more)) * _LINE / 2
        texts = (
            *stack(0.0, middle - len(names) * _LINE / 2, names),
            *stack(right, above, said, t.SMALL_BOLD),
            *stack(right, above + len(said) * _LINE, more),
        )
        spot = Spot(self.x0 + (low + high) / 2, middle)
        self.pieces.append(Piece(bar.entry.row, bar.entry.hover, (tile,), strokes, texts, spot))
        self.spans.append((self.y - _APART / 2, self.y + tall + _APART / 2))
        self.y += tall + _APART
        return middle

    def _versus(self, versus: Versus, place: int, middles: list[float]) -> None:
        """Join two bars and write under them how they compare."""
        x = self.x1 + _BRACKET * (place + 0.6)
        a, b = sorted((middles[versus.first], middles[versus.second]))
        lines = wrap(versus.text, x - 1.0, t.SMALL)
        end = self.y + _LINE / 2
        joints = tuple(Stroke(x - 0.9, y, x, y) for y in (a, b, end))
        texts = stack(x - 1.5, self.y, lines, anchor="end")
        self.pieces.append(Piece(strokes=(Stroke(x, a, x, end), *joints), texts=texts))
        self.y += len(lines) * _LINE + _APART


def _lain(stroke: Stroke, x0: float) -> Stroke:
    """Return a stroke of an upright bar on one that lies and begins at ``x0``."""
    return replace(stroke, x0=x0 - stroke.y0, x1=x0 - stroke.y1, y0=stroke.x0, y1=stroke.x1)
