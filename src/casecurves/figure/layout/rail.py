"""Where events go: marks on the rail, states above it, labels below it that never collide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from casecurves.figure import theme as t
from casecurves.figure.layout.signs import signed
from casecurves.figure.spec import Bar, Mark, Rail
from casecurves.figure.text import width, wrap

if TYPE_CHECKING:
    from casecurves.figure.layout.frame import Frame

BAND_HEIGHT = 3.8
ICON = 3.0
_LINE = 3.15
_SUBROW = 1.7
_BLOCK = 62.0
# A block stands this far from its leader, and looks this many half lines down for a place free of leaders.
_OFF = 0.5
_REACH = 200
# Symbols closer than this stand one over the other, each so much higher.
_BROAD = 2.5
LIFT = 2.6
# How far right of its anchor the symbol of what came soon after stands.
SOON = 2.6
# Words of a state get at least this much room beside it, or none there.
_LEAST = 24.0


@dataclass(frozen=True)
class Item:
    """One event in a label block: icon and words at an offset from the block's corner."""

    mark: Mark
    dx: float
    dy: float
    text: str
    icon: bool


@dataclass(frozen=True)
class Cluster:
    """Events that stand at one place, ``lift`` steps over the rail, with the block of their labels."""

    x0: float
    x1: float
    x: float | None
    subrow: int
    items: tuple[Item, ...]
    block_x: float
    block_y: float
    block_w: float
    block_h: float
    leader: float
    lift: int = 0


@dataclass(frozen=True)
class BandBox:
    """A state above the rail."""

    bar: Bar
    x0: float
    x1: float
    c0: float | None
    c1: float | None
    y: float
    label_x: float
    lines: tuple[str, ...]


@dataclass(frozen=True)
class RailBox:
    """The rail on the page."""

    y: float
    height: float
    line_y: float
    bands: tuple[BandBox, ...]
    clusters: tuple[Cluster, ...]


def rail_box(rail: Rail, frame: Frame, y: float, states: Sequence[BandBox] = ()) -> RailBox:
    """Return the rail with everything on it and the states placed elsewhere; its height is what the labels need."""
    own, at = state_boxes([bar for bar in rail.bands if not bar.across], frame, y + 0.8)
    bands = (*states, *own)
    clusters = _clusters(rail.marks, frame)
    line_y = at + 2.2 + max((cluster.lift for cluster in clusters), default=0) * LIFT
    if not rail.marks:
        return RailBox(y, max(at - y, 1.0) if own else 0.0, line_y, bands, ())
    subrows = max((c.subrow for c in clusters), default=-1) + 1
    placed = _blocks(clusters, line_y + 2.0 + subrows * _SUBROW)
    bottom = max((c.block_y + c.block_h for c in placed), default=line_y + 2.0)
    return RailBox(y, bottom - y, line_y, bands, tuple(placed))


def state_boxes(bars: Sequence[Bar], frame: Frame, y: float) -> tuple[tuple[BandBox, ...], float]:
    """Return the states from ``y`` on, in rows in which none meets another, and where they end."""
    boxes: list[BandBox] = []
    rows: list[float] = []
    items = sorted(((frame.extent(bar.possible), bar) for bar in bars if bar.possible), key=lambda item: item[0])
    for (x0, x1), bar in items:
        c0, c1 = frame.extent(bar.certain) if bar.certain else (None, None)
        lines, label_x = _band_words(signed(bar, bar.label), frame, (x0, x1))
        size = max(width(line, t.SMALL) for line in lines) + 1.6
        first, last = min(x0, label_x), max(x1, label_x + size)
        row = 0
        while any(end + 1.0 > first for end in rows[row : row + len(lines)]):
            row += 1
        rows += [frame.plot0 - 1.0] * (row + len(lines) - len(rows))
        rows[row : row + len(lines)] = [last] * len(lines)
        boxes.append(BandBox(bar, x0, x1, c0, c1, y + row * BAND_HEIGHT, label_x, lines))
    return tuple(boxes), y + len(rows) * BAND_HEIGHT


def _band_words(text: str, frame: Frame, band: tuple[float, float]) -> tuple[tuple[str, ...], float]:
    """Return the words of a state and where they begin: inside it, else beside it, in lines where there is need."""
    x0, x1 = band
    size = width(text, t.SMALL) + 1.6
    room = frame.room(x0, x1, size)
    if room is not None:
        return (text,), room + 0.8
    right, left = frame.plot1 - x1 - 2.0, x0 - frame.left - 1.0
    if right >= size or (right >= left and right >= _LEAST):
        return tuple(wrap(text, right - 1.6, t.SMALL)), x1 + 2.0
    if left >= min(size, _LEAST):
        lines = tuple(wrap(text, left - 1.6, t.SMALL))
        return lines, x0 - max(width(line, t.SMALL) for line in lines) - 1.0
    return tuple(wrap(text, frame.plot1 - frame.plot0 - 1.6, t.SMALL)), frame.plot0 + 0.8


def _clusters(marks: Sequence[Mark], frame: Frame) -> list[Cluster]:
    groups: dict[tuple[str, float, float], list[Mark]] = {}
    for mark in marks:
        if mark.place:
            x0, x1 = frame.extent(mark.place)
            groups.setdefault((mark.certainty, round(x0 * 2) / 2, round(x1 * 2) / 2), []).append(mark)
    clusters: list[Cluster] = []
    ends: list[float] = []
    for (how, _, _), group in sorted(groups.items(), key=lambda item: (item[0][1], item[0][2])):
        x0, x1 = frame.extent(group[0].place)
        x = frame.x(group[0].place[-1 if how == "found" else 0].zone, group[0].x) if group[0].x is not None else None
        subrow = -1
        if how == "interval":
            subrow = next((i for i, end in enumerate(ends) if end + 0.8 <= x0), len(ends))
            ends[subrow:] = [x1, *ends[subrow + 1 :]]
        leader = x if x is not None else x0 + 0.01
        items, w, h = _flow(group, min(_BLOCK, (frame.plot1 - frame.plot0) * 0.5, leader - _OFF - frame.left))
        clusters.append(Cluster(x0, x1, x, subrow, items, 0.0, 0.0, w, h, leader))
    return _lifted(clusters)


def _lifted(clusters: Sequence[Cluster]) -> list[Cluster]:
    """Return the clusters with each symbol so high over the rail that it meets none before it."""
    ends: list[float] = []
    lifted = []
    for cluster in sorted(clusters, key=_symbol_x):
        lift = 0
        if cluster.x is not None:
            lift = next((i for i, end in enumerate(ends) if end + _BROAD <= _symbol_x(cluster)), len(ends))
            ends[lift:] = [_symbol_x(cluster), *ends[lift + 1 :]]
        lifted.append(replace(cluster, lift=lift))
    return lifted


def _symbol_x(cluster: Cluster) -> float:
    return cluster.leader + (SOON if cluster.items[0].mark.certainty == "soon" else 0.0)


def _flow(marks: Sequence[Mark], limit: float) -> tuple[tuple[Item, ...], float, float]:
    """Set the labels of a cluster as running text, each word group behind its icon; lines end at the right."""
    lines: list[list[Item]] = [[]]
    ends = [0.0]
    if marks[0].span:
        # What only lies somewhere in an interval says so in words: its leader stands at the start of it.
        lines[0].append(Item(marks[0], 0.0, 0.0, f"{marks[0].span}:", icon=False))
        ends[0] = width(lines[0][0].text, t.SMALL)
    for mark in marks:
        for number, chunk in enumerate(_chunks(mark, limit)):
            icon = number == 0
            size = width(chunk, t.SMALL) + (ICON if icon else 0.0)
            gap = (1.8 if icon else 1.0) if lines[-1] else 0.0
            if lines[-1] and ends[-1] + gap + size > limit:
                lines, ends, gap = [*lines, []], [*ends, 0.0], 0.0
            lines[-1].append(Item(mark, ends[-1] + gap, 0.0, chunk, icon))
            ends[-1] += gap + size
    widest = max(ends)
    items = [
        replace(item, dx=item.dx + widest - end, dy=(number + 0.78) * _LINE)
        for number, (line, end) in enumerate(zip(lines, ends, strict=True))
        for item in line
    ]
    return tuple(items), widest, len(lines) * _LINE


def _chunks(mark: Mark, limit: float) -> list[str]:
    """Keep a label whole; only one wider than the block is broken at a space."""
    return wrap(signed(mark, mark.label), limit - ICON, t.SMALL)


def _blocks(clusters: Sequence[Cluster], top: float) -> list[Cluster]:
    """Place each block left of its leader, as high as it can stand without meeting another block or a leader.

    Earlier ones come first: of blocks one under the other the upper is the earlier, and no leader crosses words.
    """
    placed: list[Cluster] = []
    for cluster in sorted(clusters, key=lambda c: (round(c.leader, 1), c.x1, c.x0)):
        x = cluster.leader - _OFF - cluster.block_w
        heights = (top + level * _LINE * 0.5 for level in range(_REACH))
        y = next((y for y in heights if _free(x, y, cluster, placed)), None)
        placed.append(replace(cluster, block_x=x, block_y=_first_gap(x, top, cluster, placed) if y is None else y))
    return placed


def _first_gap(x: float, top: float, cluster: Cluster, placed: Sequence[Cluster]) -> float:
    """Return the highest place at which a block at ``x`` meets no other block."""
    y = top
    for start, end in sorted((o.block_y, o.block_y + o.block_h) for o in placed if _abreast(x, cluster, o)):
        if start >= y + cluster.block_h:
            break
        y = max(y, end)
    return y


def _abreast(x: float, cluster: Cluster, other: Cluster) -> bool:
    return x < other.block_x + other.block_w + 1.0 and other.block_x < x + cluster.block_w + 1.0


def _clear(x: float, y: float, cluster: Cluster, placed: Sequence[Cluster]) -> bool:
    """Tell whether a block at (x, y) meets no other block."""
    return not any(
        _abreast(x, cluster, other) and y < other.block_y + other.block_h and other.block_y < y + cluster.block_h
        for other in placed
    )


def _free(x: float, y: float, cluster: Cluster, placed: Sequence[Cluster]) -> bool:
    """Tell whether a block at (x, y) and its leader keep clear of all blocks and leaders already placed."""
    if not _clear(x, y, cluster, placed):
        return False
    for other in placed:
        crosses_leader = x - 0.3 < other.leader < x + cluster.block_w + 0.3 and y < other.block_y
        beyond = other.block_x + other.block_w
        leader_crosses = other.block_x - 0.3 < cluster.leader < beyond + 0.3 and other.block_y < y
        if crosses_leader or leader_crosses:
            return False
    return True
