"""What is left open on a page without a ground: hollow symbols and pills, out of which lines are cut by arithmetic.

On paper a hollow symbol is filled with the paper, which hides the line that runs through it. Without a ground a fill
would show as a white patch on whatever the picture is laid on, so that the line stops at the symbol instead.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

Place = tuple[float, float]
_POINT = re.compile(r"[ML](-?[\d.]+),(-?[\d.]+)")
# Radius of the one symbol that is no polygon, and how many corners stand for it.
_ROUND, _CORNERS = 0.85, 24


@dataclass(frozen=True)
class Hole:
    """An area with straight edges, its corners in order, in millimetres."""

    corners: tuple[Place, ...]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom."""
        xs, ys = zip(*self.corners, strict=True)
        return min(xs), min(ys), max(xs), max(ys)

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a place lies inside."""
        inside = False
        for (x0, y0), (x1, y1) in self.edges():
            if (y0 > y) != (y1 > y) and x < x0 + (x1 - x0) * (y - y0) / (y1 - y0):
                inside = not inside
        return inside

    def edges(self) -> Iterable[tuple[Place, Place]]:
        """Return its edges, the last of which leads back to the first corner."""
        return pairwise((*self.corners, self.corners[0]))


def hole_of(d: str, x: float, y: float, r: float) -> Hole:
    """Return what a symbol of the box -1..1 covers at a place, with radius ``r``."""
    if "A" in d:
        turns = (2 * math.pi * i / _CORNERS for i in range(_CORNERS))
        return Hole(tuple((x + r * _ROUND * math.cos(turn), y + r * _ROUND * math.sin(turn)) for turn in turns))
    return Hole(tuple((x + r * float(dx), y + r * float(dy)) for dx, dy in _POINT.findall(d)))


def oblong(x: float, y: float, w: float, h: float) -> Hole:
    """Return a rectangle."""
    return Hole(((x, y), (x + w, y), (x + w, y + h), (x, y + h)))


def outside(start: Place, end: Place, holes: Sequence[Hole]) -> list[tuple[Place, Place]]:
    """Return the pieces of a straight line that lie in no hole, from its start to its end."""
    pieces = [(start, end)]
    left, right = sorted((start[0], end[0]))
    top, bottom = sorted((start[1], end[1]))
    for hole in holes:
        x0, y0, x1, y1 = hole.box
        if left <= x1 and x0 <= right and top <= y1 and y0 <= bottom:
            pieces = [part for piece in pieces for part in _without(*piece, hole)]
    return pieces


def _without(start: Place, end: Place, hole: Hole) -> list[tuple[Place, Place]]:
    shares = sorted({0.0, *(share for a, b in hole.edges() if (share := _met(start, end, a, b)) is not None), 1.0})
    at = [(start[0] + (end[0] - start[0]) * s, start[1] + (end[1] - start[1]) * s) for s in shares]
    kept = [(a, b) for a, b in pairwise(at) if not hole.holds((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)]
    if len(kept) == len(at) - 1:
        return [(start, end)]
    return kept


def _met(start: Place, end: Place, a: Place, b: Place) -> float | None:
    """Return how far along a line it crosses an edge, from 0 to 1; ``None`` where it does not."""
    dx, dy, ex, ey = end[0] - start[0], end[1] - start[1], b[0] - a[0], b[1] - a[1]
    across = dx * ey - dy * ex
    if across == 0:
        return None
    share = ((a[0] - start[0]) * ey - (a[1] - start[1]) * ex) / across
    along = ((a[0] - start[0]) * dy - (a[1] - start[1]) * dx) / across
    return share if 0 < share < 1 and 0 <= along <= 1 else None
