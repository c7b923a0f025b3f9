"""What charts are made of, in millimetres: both pictures draw these and nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from casecurves.figure import theme as t
from casecurves.figure.text import Style, width, wrap
from casecurves.model.immutable import immutable

# What a colour is for; the theme says which one it is.
Ink = Literal["ink", "on_bar", "muted", "grid", "frame", "full", "mid", "pale", "warm", "none"]
Anchor = Literal["start", "middle", "end"]


@immutable(frozen=True)
class Tile:
    """A rectangle."""

    x: float
    y: float
    w: float
    h: float
    fill: Ink
    edge: Ink = "ink"
    dashed: bool = False


@immutable(frozen=True)
class Stroke:
    """A straight line."""

    x0: float
    y0: float
    x1: float
    y1: float
    ink: Ink = "ink"
    width: float = 0.25
    dashed: bool = False


@immutable(frozen=True)
class Written:
    """One line of text, baseline at ``y``."""

    x: float
    y: float
    text: str
    style: Style = t.SMALL
    ink: Ink = "ink"
    anchor: Anchor = "start"


@immutable(frozen=True)
class Spot:
    """Where a pointer finds a row."""

    x: float
    y: float


@immutable(frozen=True)
class Piece:
    """What one row draws, or with no row what stands round it."""

    row: str = ""
    hover: tuple[str, ...] = ()
    tiles: tuple[Tile, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    texts: tuple[Written, ...] = ()
    spot: Spot | None = None

    def moved(self, dx: float, dy: float) -> Piece:
        """Return the same elsewhere."""
        spot = self.spot
        return replace(
            self,
            tiles=tuple(replace(one, x=one.x + dx, y=one.y + dy) for one in self.tiles),
            strokes=tuple(
                replace(one, x0=one.x0 + dx, x1=one.x1 + dx, y0=one.y0 + dy, y1=one.y1 + dy) for one in self.strokes
            ),
            texts=tuple(replace(one, x=one.x + dx, y=one.y + dy) for one in self.texts),
            spot=None if spot is None else Spot(spot.x + dx, spot.y + dy),
        )


@immutable(frozen=True)
class ChartBox:
    """A chart on the page."""

    pieces: tuple[Piece, ...]
    y: float
    height: float
    x: float = 0.0

    def moved(self, dx: float, dy: float) -> ChartBox:
        """Return the same elsewhere."""
        return ChartBox(tuple(piece.moved(dx, dy) for piece in self.pieces), self.y + dy, self.height, self.x + dx)


def stack(
    x: float, y: float, lines: Sequence[str], style: Style = t.SMALL, ink: Ink = "ink", anchor: Anchor = "start"
) -> tuple[Written, ...]:
    """Return lines one under the other, the first beginning at ``y``."""
    return tuple(
        Written(x, y + (number + 1) * style.height - 0.7, line, style, ink, anchor) for number, line in enumerate(lines)
    )


def unbroken(text: str, limit: float) -> str:
    """Return a text whose p, and whose intervals in brackets no wider than a line, no end of a line breaks."""

    def whole(found: re.Match[str]) -> str:
        return found[0].replace(" ", "\u00a0") if width(found[0], t.SMALL) <= limit else found[0]

    return re.sub(r"\[[^]]*\]|\bp [<>=≤≥] \S+", whole, text)


def head(heading: str, remark: str, wide: float) -> tuple[Piece, float]:
    """Return name and remark of a chart, and where they end."""
    names = wrap(heading, wide, t.SMALL_BOLD)
    remarks = wrap(remark, wide, t.SMALL) if remark else []
    middle = len(names) * t.SMALL_BOLD.height
    texts = (*stack(0.0, 0.0, names, t.SMALL_BOLD), *stack(0.0, middle, remarks, t.SMALL, "muted"))
    return Piece(texts=texts), middle + len(remarks) * t.SMALL.height + 1.6


def hatching(x: float, y: float, w: float, h: float, gap: float = 1.4) -> tuple[Stroke, ...]:
    """Return lines at 45 degrees within a rectangle."""
    strokes = []
    start = -h + gap
    while start < w and h > 0:
        x0, x1 = max(start, 0.0), min(start + h, w)
        if x1 > x0:
            strokes.append(Stroke(x + x0, y + h - (x0 - start), x + x1, y + h - (x1 - start), width=0.2))
        start += gap
    return tuple(strokes)
