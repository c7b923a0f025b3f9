"""What lies on what on a printed page, read back from what was drawn: strokes and fills, from the ground up.

Words are *struck* where a line that stands out from the ground, a symbol or the edge of a bar runs through their
letters and nothing opaque lies between. A symbol is *hidden* where too little of it is seen under what was drawn later
for other rows, and *crossed* where a line of another row runs over it. An end is *lost* where words or their pill lie
on what tells where something begins, becomes certain or ends. Pale things, on which words may stand, are no ink: the
grid, hatches of zones, reference ranges.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from casecurves.figure.shapes import Disc, Drawing, Outline, Rect, Writing
from casecurves.figure.vision import contrast

# Ink stands out from the ground by at least this much; everything paler is ground.
INK = 1.8
# Millimetres of a line within the letters that strike them; air round letters that counts as outside them.
STRUCK, AIR = 0.45, 0.12
# A symbol is no larger than this; of two at one place so much of the lower one must be seen.
SYMBOL, SEEN = 3.2, 0.4
_STEP = 0.1

Place = tuple[float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Piece:
    """A shape as what it inks: its strokes as runs of places, the area it fills, and how high in the pile it lies."""

    at: int
    row: str
    runs: tuple[tuple[Place, ...], ...]
    inked: bool
    opaque: bool
    box: Box
    shape: Rect | Outline | Disc

    def covers(self, x: float, y: float) -> bool:
        """Tell whether a place lies under its fill."""
        x0, y0, x1, y1 = self.box
        if not self.opaque or not (x0 <= x <= x1 and y0 <= y <= y1):
            return False
        if isinstance(self.shape, Disc):
            return math.hypot(x - self.shape.x, y - self.shape.y) <= self.shape.r
        return isinstance(self.shape, Rect) or any(_within(x, y, run) for run in self.runs)


def _within(x: float, y: float, run: tuple[Place, ...]) -> bool:
    inside = False
    for (x0, y0), (x1, y1) in pairwise((*run, run[0])):
        if (y0 > y) != (y1 > y) and x < x0 + (x1 - x0) * (y - y0) / (y1 - y0):
            inside = not inside
    return inside


def _runs(shape: Rect | Outline | Disc) -> tuple[tuple[Place, ...], ...]:
    if isinstance(shape, Rect):
        x, y, right, bottom = shape.x, shape.y, shape.x + shape.w, shape.y + shape.h
        return (((x, y), (right, y), (right, bottom), (x, bottom), (x, y)),)
    if isinstance(shape, Disc):
        turns = [2 * math.pi * n / 24 for n in range(25)]
        return (tuple((shape.x + shape.r * math.cos(a), shape.y + shape.r * math.sin(a)) for a in turns),)
    return tuple((*points, points[0]) if closed else points for points, closed in shape.runs)


def pieces(drawing: Drawing, ground: str) -> list[Piece]:
    """Return everything that is not text, the paper left out."""
    found = []
    for at, shape in enumerate(drawing.shapes):
        if not isinstance(shape, Rect | Outline | Disc):
            continue
        runs = tuple(run for run in _runs(shape) if run)
        xs, ys = [x for run in runs for x, _ in run], [y for run in runs for _, y in run]
        if not xs:
            continue
        fill, stroke = shape.paint.fill, shape.paint.stroke
        opaque = bool(fill) and shape.paint.opacity == 1
        inked = any(one and contrast(one, ground) >= INK for one in (stroke, fill if opaque else ""))
        box = (min(xs), min(ys), max(xs), max(ys))
        found.append(Piece(at, shape.row, runs, inked, opaque, box, shape))
    return found


def _places(run: tuple[Place, ...]) -> Iterator[tuple[float, float, float]]:
    """Yield places along a run, each with the length it stands for."""
    for (x0, y0), (x1, y1) in pairwise(run):
        long = math.hypot(x1 - x0, y1 - y0)
        count = max(1, math.ceil(long / _STEP))
        for n in range(count):
            share = (n + 0.5) / count
            yield x0 + (x1 - x0) * share, y0 + (y1 - y0) * share, long / count


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _clipped(run: tuple[Place, ...], box: Box) -> Iterator[tuple[float, float, float]]:
    x0, y0, x1, y1 = box
    for a, b in pairwise(run):
        if max(a[0], b[0]) < x0 or min(a[0], b[0]) > x1 or max(a[1], b[1]) < y0 or min(a[1], b[1]) > y1:
            continue
        yield from (place for place in _places((a, b)) if x0 < place[0] < x1 and y0 < place[1] < y1)


def struck(drawing: Drawing, ground: str = "#ffffff") -> list[tuple[Writing, Piece, float]]:
    """Return the words through which something runs, with what does, and how much of it lies within the letters."""
    all_pieces = pieces(drawing, ground)
    found = []
    for at, word in enumerate(drawing.shapes):
        if not isinstance(word, Writing) or not word.text.strip():
            continue
        x0, y0, x1, _ = word.box
        box = (x0 + AIR, y0 + AIR, x1 - AIR, word.y - AIR)
        near = [piece for piece in all_pieces if _meet(piece.box, box) or _on(piece.box, box)]
        plates = [piece for piece in near if piece.opaque and piece.at < at]
        for piece in near:
            if not piece.inked:
                continue
            over = [plate for plate in plates if plate.at > piece.at]
            inside = sum(
                long
                for run in piece.runs
                for x, y, long in _clipped(run, box)
                if piece.at > at or not any(plate.covers(x, y) for plate in over)
            )
            if inside > STRUCK:
                found.append((word, piece, inside))
    return found


def _on(a: Box, b: Box) -> bool:
    """The same for what has no width or no height."""
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]


def _grid(piece: Piece) -> Iterator[Place]:
    """Yield places all over what a symbol covers."""
    x0, y0, x1, y1 = piece.box
    for i in range(13):
        for j in range(13):
            x, y = x0 + (x1 - x0) * (i + 0.5) / 13, y0 + (y1 - y0) * (j + 0.5) / 13
            if isinstance(piece.shape, Disc):
                if math.hypot(x - piece.shape.x, y - piece.shape.y) <= piece.shape.r:
                    yield x, y
            elif any(_within(x, y, run) for run in piece.runs):
                yield x, y


def is_symbol(piece: Piece) -> bool:
    """Tell whether it is a symbol: small, closed, with an outline."""
    x0, y0, x1, y1 = piece.box
    closed = isinstance(piece.shape, Disc) or (
        isinstance(piece.shape, Outline) and all(closed for _, closed in piece.shape.runs)
    )
    return closed and bool(piece.shape.paint.stroke) and 0.3 < x1 - x0 < SYMBOL and y1 - y0 < SYMBOL


def hidden(drawing: Drawing, ground: str = "#ffffff") -> list[tuple[Piece, Piece, float]]:
    """Return the symbols of which less is seen than tells them, with what lies on them and how much is seen."""
    all_pieces = pieces(drawing, ground)
    found = []
    for piece in all_pieces:
        if not is_symbol(piece):
            continue
        above = [other for other in all_pieces if other.at > piece.at and other.opaque and _meet(other.box, piece.box)]
        above = [other for other in above if other.row != piece.row or not piece.row]
        if not above:
            continue
        places = list(_grid(piece))
        seen = sum(not any(other.covers(x, y) for other in above) for x, y in places) / max(len(places), 1)
        if seen < SEEN:
            found.append((piece, above[0], seen))
    return found


def crossed(drawing: Drawing, ground: str = "#ffffff") -> list[tuple[Piece, Piece, float]]:
    """Return the symbols through which a line of another row runs, drawn later."""
    all_pieces = pieces(drawing, ground)
    found = []
    for piece in all_pieces:
        if not is_symbol(piece):
            continue
        x0, y0, x1, y1 = piece.box
        box = (x0 + 0.25, y0 + 0.25, x1 - 0.25, y1 - 0.25)
        for other in all_pieces:
            if (
                other.at < piece.at
                or not other.inked
                or other.row == piece.row
                or is_symbol(other)
                or not _on(other.box, box)
            ):
                continue
            inside = sum(long for run in other.runs for _, _, long in _clipped(run, box))
            if inside > 0.6:
                found.append((piece, other, inside))
    return found


def _ends(piece: Piece) -> list[tuple[float, float, float]]:
    """Return the upright lines that tell where a bar or an interval begins or ends: place, top, bottom."""
    x0, y0, x1, y1 = piece.box
    if isinstance(piece.shape, Rect) and piece.shape.paint.stroke and x1 - x0 > 1.0:
        return [(x0, y0, y1), (x1, y0, y1)]
    upright = isinstance(piece.shape, Outline) and x1 - x0 < 0.01 and 0.8 < y1 - y0 < 2.0
    return [(x0, y0, y1)] if upright else []


def lost(drawing: Drawing, ground: str = "#ffffff") -> list[tuple[Piece, float]]:
    """Return what has an end of which little is seen, and where; a hollow symbol on its whisker says what it is."""
    all_pieces = pieces(drawing, ground)
    plates = [piece for piece in all_pieces if piece.opaque and isinstance(piece.shape, Rect)]
    plates = [piece for piece in plates if piece.shape.paint.fill == ground]
    found = []
    for piece in (piece for piece in all_pieces if piece.row and piece.inked):
        for x, top, bottom in _ends(piece):
            over = [plate for plate in plates if plate.at > piece.at and plate.box[0] + 0.15 < x < plate.box[2] - 0.15]
            places = [top + (bottom - top) * (n + 0.5) / 20 for n in range(20)]
            under = sum(any(plate.covers(x, y) for plate in over) for y in places)
            if under > len(places) * 0.6:
                found.append((piece, x))
    return found
