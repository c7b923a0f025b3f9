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
_REACH = 40


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
    """Events that stand at one place, with the block of their labels."""

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


def rail_box(rail: Rail, frame: Frame, y: float) -> RailBox:
    """Return the rail with everything on it; its height is what the labels need."""
    bands, at = _bands(rail.bands, frame, y + 0.8)
    line_y = at + 2.2
    if not rail.marks:
        return RailBox(y, max(at - y, 1.0) if bands else 0.0, line_y, bands, ())
    clusters = _clusters(rail.marks, frame)
    subrows = max((c.subrow for c in clusters), default=-1) + 1
    placed = _blocks(clusters, frame, line_y + 2.0 + subrows * _SUBROW)
    bottom = max((c.block_y + c.block_h for c in placed), default=line_y + 2.0)
    return RailBox(y, bottom - y, line_y, bands, tuple(placed))


def _bands(bars: Sequence[Bar], frame: Frame, y: float) -> tuple[tuple[BandBox, ...], float]:
    boxes: list[BandBox] = []
    rows: list[float] = []
    items = sorted(((frame.extent(bar.possible), bar) for bar in bars if bar.possible), key=lambda item: item[0])
    for (x0, x1), bar in items:
        c0, c1 = frame.extent(bar.certain) if bar.certain else (None, None)
        lines = tuple(wrap(signed(bar, bar.label), frame.plot1 - frame.plot0 - 1.6, t.SMALL))
        size = max(width(line, t.SMALL) for line in lines) + 1.6
        label_x = _band_label(frame, x0, x1, size)
        first, last = min(x0, label_x), max(x1, label_x + size)
        row = 0
        while any(end + 1.0 > first for end in rows[row : row + len(lines)]):
            row += 1
        rows += [frame.plot0 - 1.0] * (row + len(lines) - len(rows))
        rows[row : row + len(lines)] = [last] * len(lines)
        boxes.append(BandBox(bar, x0, x1, c0, c1, y + row * BAND_HEIGHT, label_x, lines))
    return tuple(boxes), y + len(rows) * BAND_HEIGHT


def _band_label(frame: Frame, x0: float, x1: float, size: float) -> float:
    """Return where the words of a state begin: inside it, else beside it, else as far right as they go."""
    room = frame.room(x0, x1, size)
    if room is not None:
        return room + 0.8
    if x1 + 1.0 + size <= frame.plot1:
        return x1 + 1.0
    return x0 - size if x0 - size >= frame.plot0 else max(frame.plot1 - size, frame.plot0)


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
        items, w, h = _flow(group, min(_BLOCK, (frame.plot1 - frame.plot0) * 0.5))
        clusters.append(Cluster(x0, x1, x, subrow, items, 0.0, 0.0, w, h, x if x is not None else x0 + 0.01))
    return clusters


def _flow(marks: Sequence[Mark], limit: float) -> tuple[tuple[Item, ...], float, float]:
    """Set the labels of a cluster as running text, each word group behind its icon."""
    items: list[Item] = []
    x, line, widest = 0.0, 0, 0.0
    if marks[0].span:
        # What only lies somewhere in an interval says so in words: its leader stands at the start of it.
        items.append(Item(marks[0], 0.0, 0.78 * _LINE, f"{marks[0].span}:", icon=False))
        x = width(items[0].text, t.SMALL) + 1.0
    for mark in marks:
        icon = True
        for word_index, chunk in enumerate(_chunks(mark, limit)):
            size = width(chunk, t.SMALL) + (ICON if word_index == 0 else 0.0)
            if x and x + size > limit:
                x, line = 0.0, line + 1
            items.append(Item(mark, x, (line + 0.78) * _LINE, chunk, icon))
            icon = False
            x += size + (1.0 if word_index == 0 else 0.0)
            widest = max(widest, x)
        x += 1.2
    return tuple(items), widest, (line + 1) * _LINE


def _chunks(mark: Mark, limit: float) -> list[str]:
    """Keep a label whole; only one wider than the block is broken at a space."""
    return wrap(signed(mark, mark.label), limit - ICON, t.SMALL)


def _blocks(clusters: Sequence[Cluster], frame: Frame, top: float) -> list[Cluster]:
    """Place each block as high as it can stand without meeting another block or a leader, right to left.

    Where leaders leave no such place within reach, a leader may pass behind a block (which is drawn on paper colour).
    """
    placed: list[Cluster] = []
    for cluster in sorted(clusters, key=lambda c: -c.leader):
        options = _block_options(cluster, frame)
        spots = [(x, top + level * _LINE * 0.5) for x in options for level in range(_REACH)]
        strict = (spot for spot in spots if _free(spot[0], spot[1], cluster, placed))
        x, y = next(strict, None) or (options[0], _first_gap(options[0], top, cluster, placed))
        placed.append(replace(cluster, block_x=x, block_y=y))
    return placed


def _block_options(cluster: Cluster, frame: Frame) -> list[float]:
    right = cluster.leader + _OFF
    left = cluster.leader - _OFF - cluster.block_w
    # On one side of its leader only, so that a reader need not guess which leader a label belongs to.
    if right + cluster.block_w <= frame.plot1 + 1.5:
        return [right]
    options = [left] if left >= frame.plot0 - 2.0 else []
    return options or [max(frame.plot1 - cluster.block_w, frame.plot0 - 2.0)]


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
