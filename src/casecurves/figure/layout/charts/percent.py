"""Bars of per cent, grouped by trial: whiskers, what is printed over each bar, and n under it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casecurves.figure import theme as t
from casecurves.figure.layout.charts.pieces import (
    ChartBox,
    Ink,
    Piece,
    Spot,
    Stroke,
    Tile,
    Written,
    hatching,
    head,
    stack,
    unbroken,
)
from casecurves.figure.layout.signs import signed
from casecurves.figure.spec import BarGroup, PercentBar, PercentChart, Versus
from casecurves.figure.text import width, wrap

_SLOT, _NARROWEST, _LEAST = 32.0, 15.0, 52.0
_BETWEEN = 3.0
_TALL = 27.0
_BAR = 8.0
_LINE = t.SMALL.height


def percent_widths(chart: PercentChart, most: float) -> tuple[float, float]:
    """Return the width that a chart wants, and the least in which it stands well, each at most ``most``."""
    bars = sum(len(group.bars) for group in chart.groups)
    wanted = _gutter(chart) + bars * _SLOT + (len(chart.groups) - 1) * _BETWEEN
    # Any narrower, and it would be broken over two axes (`_rows`).
    whole = _gutter(chart) + bars * (_NARROWEST + _BETWEEN) + 0.1
    # A heading on one line, if that makes the chart no more than half as wide again.
    title = width(chart.heading, t.SMALL_BOLD) + 0.2
    floor = max(_LEAST, title if title <= 1.5 * _LEAST else 0.0)
    return min(max(wanted, whole, floor), most), min(max(whole, floor), most)


def lay_percent(chart: PercentChart, stretch: float, wide: float) -> ChartBox:
    """Place a chart; groups that do not fit beside each other go below, on an axis of their own."""
    top, y = head(chart.heading, chart.remark, wide)
    pieces = [top]
    for groups in _rows(chart, wide):
        row = _Row(chart, groups, wide, _TALL * stretch)
        highest = min(piece_top(piece) for piece in row.pieces)
        pieces += [piece.moved(0.0, y - highest) for piece in row.pieces]
        y += row.bottom - highest + 1.5
    return ChartBox(tuple(pieces), 0.0, y)


def piece_top(piece: Piece) -> float:
    """Return the highest place of a piece."""
    tops = [text.y - text.style.height for text in piece.texts] + [tile.y for tile in piece.tiles]
    return min([*tops, *(min(stroke.y0, stroke.y1) for stroke in piece.strokes)], default=0.0)


def _gutter(chart: PercentChart) -> float:
    return max(width(tick.label, t.SMALL) for tick in chart.ticks) + 1.8


def _rows(chart: PercentChart, wide: float) -> Iterator[list[BarGroup]]:
    """Share the groups out over rows; one with too many bars is cut, and loses the words over its pairs."""
    most = max(int((wide - _gutter(chart)) / (_NARROWEST + _BETWEEN)), 1)
    row: list[BarGroup] = []
    for group in chart.groups:
        cut = [BarGroup(group.name, group.bars[i : i + most]) for i in range(0, len(group.bars), most)]
        for part in [group] if len(cut) == 1 else cut:
            if row and sum(len(one.bars) for one in row) + len(part.bars) > most:
                yield row
                row = []
            row.append(part)
    if row:
        yield row


@dataclass
class _Place:
    """The room of one bar: its middle, its width, and how high what stands on it reaches."""

    middle: float
    slot: float
    top: float = 0.0


class _Row:
    """One axis with its bars; the zero of the axis is at y = 0, heights go up."""

    def __init__(self, chart: PercentChart, groups: Sequence[BarGroup], wide: float, tall: float) -> None:
        self.hi, self.tall = chart.hi, tall
        left = _gutter(chart)
        bars = sum(len(group.bars) for group in groups)
        slot = min(_SLOT, (wide - left - (len(groups) - 1) * _BETWEEN) / bars)
        right = left + bars * slot + (len(groups) - 1) * _BETWEEN
        self.pieces = [self._axis(chart, left, right)]
        self.bottom = 0.0
        x = left
        under = max(len(named(bar, slot - 1.0)) for group in groups for bar in group.bars)
        for group in groups:
            places = [_Place(x + (index + 0.5) * slot, slot) for index in range(len(group.bars))]
            self.pieces += [self._bar(bar, place) for bar, place in zip(group.bars, places, strict=True)]
            self.pieces += [self._versus(one, places) for one in group.versus]
            wide_group = len(places) * slot
            names = wrap(group.name, wide_group - 1.0, t.SMALL_BOLD) if group.name else []
            at = 0.8 + under * _LINE + 0.6
            self.pieces.append(Piece(texts=stack(x + wide_group / 2, at, names, t.SMALL_BOLD, anchor="middle")))
            self.bottom = max(self.bottom, at + len(names) * t.SMALL_BOLD.height)
            x += wide_group + _BETWEEN

    def _at(self, per_cent: float) -> float:
        return -per_cent / self.hi * self.tall

    def _axis(self, chart: PercentChart, left: float, right: float) -> Piece:
        strokes = [
            Stroke(left, self._at(tick.y), right, self._at(tick.y), "grid" if tick.y else "ink", 0.2)
            for tick in chart.ticks
        ]
        texts = [
            Written(left - 1.2, self._at(tick.y) + 0.9, tick.label, t.SMALL, "muted", "end") for tick in chart.ticks
        ]
        return Piece(strokes=tuple(strokes), texts=tuple(texts))

    def _bar(self, bar: PercentBar, place: _Place) -> Piece:
        half = min(_BAR, place.slot * 0.5) / 2
        x, y = place.middle, self._at(bar.high)
        low = self._at(bar.low)
        tile, strokes = drawn(bar, x - half, y, 2 * half, max(low - y, 0.15))
        top = y
        if bar.ci is not None:
            ends = self._at(bar.ci[0]), self._at(bar.ci[1])
            strokes += whisker(x, ends, y, "on_bar" if tile.fill == "full" else "ink")
            top = min(top, ends[1])
        said, more = printed(bar, place.slot - 1.0)
        place.top = top - 0.8 - (len(said) + len(more)) * _LINE
        texts = (
            *stack(x, place.top, said, t.SMALL_BOLD, anchor="middle"),
            *stack(x, place.top + len(said) * _LINE, more, anchor="middle"),
            *stack(x, 0.8, named(bar, place.slot - 1.0), anchor="middle"),
        )
        return Piece(bar.entry.row, bar.entry.hover, (tile,), strokes, texts, Spot(x, (y + low) / 2))

    @staticmethod
    def _versus(versus: Versus, places: Sequence[_Place]) -> Piece:
        between = places[versus.first : versus.second + 1]
        x0, x1 = between[0].middle, between[-1].middle
        y = min(place.top for place in between) - 1.4
        room = len(between) * between[0].slot - 1.0
        lines = wrap(unbroken(versus.text, room), room, t.SMALL)
        top = y - 0.6 - len(lines) * _LINE
        for place in between:
            place.top = top
        strokes = (Stroke(x0, y, x1, y), Stroke(x0, y, x0, y + 0.9), Stroke(x1, y, x1, y + 0.9))
        return Piece(strokes=strokes, texts=stack((x0 + x1) / 2, top, lines, anchor="middle"))


def drawn(bar: PercentBar, x: float, y: float, w: float, h: float) -> tuple[Tile, tuple[Stroke, ...]]:
    """Return a bar and its hatch: full where its number is exact, paler of a control, hollow of any other."""
    fill: Ink = "none" if bar.exactness != "exact" else "mid" if bar.control else "full"
    tile = Tile(x, y, w, h, fill, dashed=bar.exactness == "about")
    return tile, hatching(x, y, w, h) if bar.exactness == "range" else ()


def printed(bar: PercentBar, room: float) -> tuple[list[str], list[str]]:
    """Return the lines of a number as it is printed, and of its interval."""
    said = wrap(signed(bar.entry, bar.value), room, t.SMALL_BOLD)
    return [*said], [*wrap(bar.interval, room, t.SMALL)] if bar.interval else []


def named(bar: PercentBar, room: float) -> list[str]:
    """Return the lines of the name of an arm, and of how many patients it has."""
    size = signed(bar.arm, bar.size) if bar.arm is not None else bar.size
    return [line for text in (bar.name, size) if text for line in wrap(text, room, t.SMALL)]


def whisker(x: float, ends: tuple[float, float], bar: float, inside: Ink) -> tuple[Stroke, ...]:
    """Return an interval; what of it lies in the bar, whose upper edge is ``bar``, in an ink that is seen there."""
    (low, high), cap = ends, 1.0
    edge = min(max(bar, high), low)
    lower: Ink = inside if low > bar else "ink"
    upper: Ink = inside if high > bar else "ink"
    return (
        Stroke(x, low, x, edge, inside, 0.35),
        Stroke(x, edge, x, high, width=0.35),
        Stroke(x - cap, low, x + cap, low, lower, 0.35),
        Stroke(x - cap, high, x + cap, high, upper, 0.35),
    )
