"""Simple Temporal Problems: bounds on differences between time points, solved by shortest paths.

An edge ``(source, target, weight)`` says ``target - source <= weight``. Bounds are tightest along
shortest paths, and the problem has a solution exactly when no cycle is negative: Dechter, Meiri and
Pearl, Artificial Intelligence 49 (1991) 61-95, doi:10.1016/0004-3702(91)90006-6. Negative cycles are
looked for by Bellman and Ford's method with subtree disassembly, which settles long chains of reports
in near-linear time: Cherkassky and Goldberg, Mathematical Programming 85 (1999) 277-311,
doi:10.1007/s101070050058. The labels it leaves make all weights non-negative, so that every later
question is one pass of Dijkstra (Johnson, J. ACM 24 (1977) 1-13, doi:10.1145/321992.321993).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from heapq import heappop, heappush

Edge = tuple[int, int, int]

# A weight holds ticks of time above this many bits; the bits below count strict bounds, each short
# of its bound by an instant. No path is strict as often as 2**20 times in a case that fits a screen.
SHIFT = 20


def weigh(ticks: int, *, strict: bool = False) -> int:
    """Return the weight of a bound in ticks; a strict one falls short of it by an instant."""
    return (ticks << SHIFT) - strict


# Points that are visited before it pays to work out all distances from a point at once.
_FEW = 16


class Solution:
    """A sound network, ready for questions about distances.

    Parameters
    ----------
    count : int
        Number of time points.
    edges : sequence of (source, target, weight)
        The bounds.
    labels : sequence of int
        One possible place for each point, as `solve` finds it.
    """

    def __init__(self, count: int, edges: Sequence[Edge], labels: Sequence[int]) -> None:
        self._labels = labels
        self._out: list[list[tuple[int, int]]] = [[] for _ in range(count)]
        self._into: list[list[tuple[int, int]]] = [[] for _ in range(count)]
        for source, target, weight in edges:
            slack = weight + labels[source] - labels[target]
            self._out[source].append((target, slack))
            self._into[target].append((source, slack))
        self._from: dict[int, list[int | None]] = {}
        self._to: dict[int, list[int | None]] = {}

    def at_most(self, source: int, target: int, known: int | None = None) -> int | None:
        """Return the tightest upper bound of ``target - source``; ``None`` when there is none.

        ``known`` is an upper bound found otherwise: then a tighter one is looked for near the source first.
        """
        near = None if known is None or source in self._from else self._near(source, target, known)
        return self.distances_from(source)[target] if near is None else near

    def _near(self, source: int, target: int, known: int) -> int | None:
        """Return the tightest bound, no looser than one that is known; ``None`` when a few points do not tell."""
        shift = self._labels[target] - self._labels[source]
        limit = known - shift
        best = {source: 0}
        heap = [(0, source)]
        for _ in range(_FEW):
            if not heap or heap[0][0] >= limit:
                return known
            length, node = heappop(heap)
            if node == target:
                return length + shift
            for other, slack in self._out[node]:
                reached = length + slack
                if reached < best.get(other, limit):
                    best[other] = reached
                    heappush(heap, (reached, other))
        return None

    def distances_from(self, source: int) -> list[int | None]:
        """Return the tightest upper bound of each point minus ``source``."""
        if source not in self._from:
            base = self._labels[source]
            slacks = _dijkstra(self._out, source)
            self._from[source] = [
                None if slack is None else slack - base + label
                for slack, label in zip(slacks, self._labels, strict=True)
            ]
        return self._from[source]

    def distances_to(self, target: int) -> list[int | None]:
        """Return the tightest upper bound of ``target`` minus each point."""
        if target not in self._to:
            base = self._labels[target]
            slacks = _dijkstra(self._into, target)
            self._to[target] = [
                None if slack is None else slack + base - label
                for slack, label in zip(slacks, self._labels, strict=True)
            ]
        return self._to[target]


def solve(count: int, edges: Sequence[Edge]) -> Solution | tuple[int, ...]:
    """Find out whether bounds can all hold.

    Parameters
    ----------
    count : int
        Number of time points, named ``0 … count - 1``.
    edges : sequence of (source, target, weight)
        ``target - source <= weight``.

    Returns
    -------
    Solution or tuple of int
        The solved network; or the indices of edges that form a simple negative cycle, in order.
    """
    labels = [0] * count
    parent = [-1] * count
    children: dict[int, set[int]] = {}
    waiting = [True] * count
    queue = deque(range(count))
    out = _outgoing(count, edges)
    while queue:
        here = queue.popleft()
        if not waiting[here]:
            continue
        waiting[here] = False
        for there, weight, index in out[here]:
            label = labels[here] + weight
            if label >= labels[there]:
                continue
            below = _subtree(there, children)
            if here in below:
                return _cycle(index, parent, edges)
            if parent[there] >= 0:
                children[edges[parent[there]][0]].discard(there)
            for node in below:  # their labels are out of date: they wait until they are reached again
                children.pop(node, None)
                if node != there:
                    parent[node] = -1
                    waiting[node] = False
            labels[there], parent[there] = label, index
            children.setdefault(here, set()).add(there)
            if not waiting[there]:
                waiting[there] = True
                queue.append(there)
    return Solution(count, edges, labels)


def _outgoing(count: int, edges: Sequence[Edge]) -> list[list[tuple[int, int, int]]]:
    out: list[list[tuple[int, int, int]]] = [[] for _ in range(count)]
    for index, (source, target, weight) in enumerate(edges):
        out[source].append((target, weight, index))
    return out


def _subtree(root: int, children: Mapping[int, set[int]]) -> list[int]:
    found = [root]
    for node in found:
        if node in children:
            found.extend(children[node])
    return found


def _cycle(closing: int, parent: Sequence[int], edges: Sequence[Edge]) -> tuple[int, ...]:
    cycle = [closing]
    start = edges[closing][1]
    while edges[cycle[-1]][0] != start:
        cycle.append(parent[edges[cycle[-1]][0]])
    return tuple(reversed(cycle))


def _dijkstra(neighbours: Sequence[Sequence[tuple[int, int]]], start: int) -> list[int | None]:
    best: list[int | None] = [None] * len(neighbours)
    done = [False] * len(neighbours)
    best[start] = 0
    heap = [(0, start)]
    while heap:
        length, node = heappop(heap)
        if done[node]:
            continue
        done[node] = True
        for other, slack in neighbours[node]:
            reached = best[other]
            if reached is None or length + slack < reached:
                best[other] = length + slack
                heappush(heap, (length + slack, other))
    return best
