"""Which box stands in which row, in which order: layered drawing (Sugiyama), done by grandalf.

The rows are made here, because a page is only so wide; the order within them, which keeps lines from crossing, and the
places that line boxes up are grandalf's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from grandalf.graphs import Edge as Link
from grandalf.graphs import Graph, Vertex, graph_core
from grandalf.layouts import Layer, SugiyamaLayout

GAP = 4.0
# Room that a line takes where it passes between boxes.
LANE = 3.0
_ROUNDS = 12

Pair = tuple[str, str]


@dataclass(frozen=True)
class Slot:
    """A place in a row: a box, or (``box`` is ``""``) where the line of a pair passes through."""

    box: str
    pair: Pair
    x: float
    width: float


Rows = tuple[tuple[Slot, ...], ...]


@dataclass
class _View:
    w: float
    h: float
    xy: tuple[float, float] = (0.0, 0.0)


class _Rowed(SugiyamaLayout):  # type: ignore[misc]  # grandalf publishes no types
    """Grandalf's layout with rows given instead of found."""

    def __init__(self, graph: object, ranks: Mapping[Vertex, int]) -> None:
        super().__init__(graph)
        self.xspace, self.dw, self.dh = GAP, LANE - GAP / 2, 1.0
        self._ranks = ranks

    def rank_all(self, roots: object, optimize: bool = False) -> None:  # noqa: ARG002 - grandalf's signature
        """Put each vertex into its row."""
        for rank in range(max(self._ranks.values()) + 1):
            self.layers.append(Layer([vertex for vertex, row in self._ranks.items() if row == rank]))
        for vertex, rank in self._ranks.items():
            self.grx[vertex].rank = rank
        self.dag = False


def rows_of(boxes: Sequence[str], pairs: Sequence[Pair], most: int) -> dict[str, int]:
    """Return the row of each box: below all that lead to it, at most so many in a row.

    Parameters
    ----------
    boxes : sequence of str
        All boxes.
    pairs : sequence of (str, str)
        What leads to what, without loops.
    most : int
        How many boxes fit into one row.

    Returns
    -------
    dict of str to int
        Rows, counted from 0.
    """
    before = {box: {a for a, b in pairs if b == box} for box in boxes}
    wanted = _near_what_follows(boxes, pairs, before)
    rows: dict[str, int] = {}
    row = 0
    while len(rows) < len(boxes):
        ready = [
            box
            for box in boxes
            if box not in rows and wanted[box] <= row and all(rows.get(a, row) < row for a in before[box])
        ]
        for box in sorted(ready, key=lambda box: wanted[box])[:most]:
            rows[box] = row
        row += 1
    used = {old: new for new, old in enumerate(sorted(set(rows.values())))}
    return {box: used[row] for box, row in rows.items()}


def _near_what_follows(boxes: Sequence[str], pairs: Sequence[Pair], before: Mapping[str, set[str]]) -> dict[str, int]:
    """Return the earliest row of each box; one that nothing leads to stands just above what it leads to."""
    depth: dict[str, int] = {}
    while len(depth) < len(boxes):
        ready = [box for box in boxes if box not in depth and before[box] <= depth.keys()]
        if not ready:
            raise ValueError("what leads to what has a loop")
        for box in ready:
            depth[box] = 1 + max((depth[a] for a in before[box]), default=-1)
    after = {box: [depth[b] for a, b in pairs if a == box] for box in boxes}
    return {box: min(after[box]) - 1 if after[box] and not before[box] else depth[box] for box in boxes}


def placed(widths: Mapping[str, float], pairs: Sequence[Pair], rows: Mapping[str, int]) -> Rows:
    """Return the rows with what stands and passes in them, from left to right.

    Parameters
    ----------
    widths : mapping of str to float
        Width of each box in millimetres.
    pairs : sequence of (str, str)
        What is linked, each from a lower number of row to a higher one, none twice.
    rows : mapping of str to int
        The row of each box.

    Returns
    -------
    tuple of tuple of Slot
        Rows of slots whose ``x`` is the middle, in millimetres from anywhere.
    """
    vertices = {box: Vertex(box) for box in widths}
    for box, vertex in vertices.items():
        vertex.view = _View(widths[box], 1.0)
    links = {pair: Link(vertices[pair[0]], vertices[pair[1]]) for pair in pairs}
    found: list[list[Slot]] = [[] for _ in range(max(rows.values()) + 1)]
    shift = 0.0
    linked = {box for pair in pairs for box in pair}
    for core in Graph([vertices[box] for box in vertices if box in linked], list(links.values())).C:
        # Grandalf gathers these in a set, whose order differs from run to run.
        core.sE = type(core.sE)([link for link in links.values() if link in core.sE])
        top = min(rows[vertex.data] for vertex in core.sV)  # grandalf knows no row without a box above its first
        ranks = {vertex: rows[vertex.data] - top for vertex in sorted(core.sV, key=_first(list(widths)))}
        layout = _Rowed(core, ranks)
        layout.init_all(roots=[], inverted_edges=[])
        layout.draw(_ROUNDS)
        slots = list(_slots(core, layout, links))
        left = min(slot.x - slot.width / 2 for _, slot in slots)
        for row, slot in slots:
            found[row + top].append(Slot(slot.box, slot.pair, slot.x - left + shift, slot.width))
        shift += max(slot.x + slot.width / 2 for _, slot in slots) - left + GAP
    for box in [box for box in widths if box not in linked]:  # grandalf places nothing that stands alone
        found[rows[box]].append(Slot(box, ("", ""), shift + widths[box] / 2, widths[box]))
        shift += widths[box] + GAP
    return tuple(tuple(sorted(row, key=lambda slot: slot.x)) for row in found)


def _first(boxes: Sequence[str]) -> Callable[[Vertex], int]:
    order = {box: n for n, box in enumerate(boxes)}
    return lambda vertex: order[vertex.data]


def _slots(core: graph_core, layout: _Rowed, links: Mapping[Pair, Link]) -> Iterator[tuple[int, Slot]]:
    """Yield what stands and passes in each row."""
    for vertex in core.sV:
        yield layout.grx[vertex].rank, Slot(vertex.data, ("", ""), vertex.view.xy[0], vertex.view.w)
    for pair, link in links.items():
        for rank, passed in layout.ctrls.get(link, {}).items():
            if not isinstance(passed, Vertex):
                yield rank, Slot("", pair, passed.view.xy[0], LANE - GAP / 2)


def fitted(rows: Rows, inner: float) -> Rows | None:
    """Return the rows moved and pushed together to lie between 0 and ``inner``; ``None`` when one is too long."""
    lo = min(slot.x - slot.width / 2 for row in rows for slot in row)
    hi = max(slot.x + slot.width / 2 for row in rows for slot in row)
    scale = min(1.0, inner / (hi - lo))
    shift = (inner - (hi - lo) * scale) / 2
    found = []
    for row in rows:
        if sum(slot.width for slot in row) + sum(apart(a, b) for a, b in pairwise(row)) > inner:
            return None
        found.append(_pushed(row, [(slot.x - lo) * scale + shift for slot in row], inner))
    return tuple(found)


def apart(one: Slot, other: Slot) -> float:
    """Return the least room between two slots."""
    return GAP if one.box and other.box else GAP / 2


def _pushed(row: Sequence[Slot], wanted: Sequence[float], inner: float) -> tuple[Slot, ...]:
    xs = list(wanted)
    left = 0.0
    for n, slot in enumerate(row):
        xs[n] = max(xs[n], left + slot.width / 2)
        left = xs[n] + slot.width / 2 + (apart(slot, row[n + 1]) if n + 1 < len(row) else 0.0)
    right = inner
    for n, slot in reversed(list(enumerate(row))):
        xs[n] = min(xs[n], right - slot.width / 2)
        right = xs[n] - slot.width / 2 - (apart(row[n - 1], slot) if n else 0.0)
    return tuple(Slot(slot.box, slot.pair, x, slot.width) for slot, x in zip(row, xs, strict=True))


def crossings(rows: Rows, pairs: Sequence[Pair], at: Mapping[str, int]) -> int:
    """Count how often lines cross between neighbouring rows."""
    places = [{slot.box or slot.pair: n for n, slot in enumerate(row)} for row in rows]
    count = 0
    for row, (above, below) in enumerate(pairwise(places)):
        steps = [
            (above[pair[0] if at[pair[0]] == row else pair], below[pair[1] if at[pair[1]] == row + 1 else pair])
            for pair in pairs
            if at[pair[0]] <= row < at[pair[1]]
        ]
        count += sum((a - c) * (b - d) < 0 for n, (a, b) in enumerate(steps) for c, d in steps[:n])
    return count
