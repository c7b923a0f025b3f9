"""Symbols as paths in a box of -1 to 1, so that both renderers and the legend draw the same shapes."""

from __future__ import annotations

import math
from collections.abc import Sequence

Shape = tuple[str, bool]


def _poly(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.3f},{y:.3f}" for x, y in points) + "Z"


def _regular(n: int, turn: float, radius: float = 1.0) -> str:
    return _poly(
        [
            (radius * math.sin(turn + 2 * math.pi * i / n), -radius * math.cos(turn + 2 * math.pi * i / n))
            for i in range(n)
        ]
    )


def _star(n: int, inner: float) -> str:
    points = []
    for i in range(2 * n):
        r = 1.0 if i % 2 == 0 else inner
        points.append((r * math.sin(math.pi * i / n), -r * math.cos(math.pi * i / n)))
    return _poly(points)


_CIRCLE = "M-0.85,0A0.85,0.85 0 1 0 0.85,0A0.85,0.85 0 1 0 -0.85,0Z"
_CROSS = _poly(
    [
        (-0.28, -1),
        (0.28, -1),
        (0.28, -0.5),
        (0.75, -0.5),
        (0.75, 0),
        (0.28, 0),
        (0.28, 1),
        (-0.28, 1),
        (-0.28, 0),
        (-0.75, 0),
        (-0.75, -0.5),
        (-0.28, -0.5),
    ]
)
_TIMES = _poly(
    [
        (-0.95, -0.6),
        (-0.6, -0.95),
        (0, -0.35),
        (0.6, -0.95),
        (0.95, -0.6),
        (0.35, 0),
        (0.95, 0.6),
        (0.6, 0.95),
        (0, 0.35),
        (-0.6, 0.95),
        (-0.95, 0.6),
        (-0.35, 0),
    ]
)
_PLUS = _poly(
    [
        (-0.3, -0.95),
        (0.3, -0.95),
        (0.3, -0.3),
        (0.95, -0.3),
        (0.95, 0.3),
        (0.3, 0.3),
        (0.3, 0.95),
        (-0.3, 0.95),
        (-0.3, 0.3),
        (-0.95, 0.3),
        (-0.95, -0.3),
        (-0.3, -0.3),
    ]
)

# An arrow that ends at an upright bar: followed until then, and nothing like the cross of a death.
_UNTIL = _poly(
    [(-1.2, -0.75), (-0.05, -0.06), (-0.05, -1), (0.35, -1), (0.35, 1), (-0.05, 1), (-0.05, 0.06), (-1.2, 0.75)]
)

# One shape per event kind; the name of the plotly marker of the same shape stands beside it.
EVENTS: dict[str, tuple[str, str]] = {
    "symptom": (_poly([(-1, 0), (0.75, -0.85), (0.75, 0.85)]), "triangle-left"),
    "diagnosis": (_CIRCLE, "circle"),
    "biopsy": (_poly([(0, -1.05), (0.8, 0), (0, 1.05), (-0.8, 0)]), "diamond"),
    "imaging": (_poly([(-0.8, -0.8), (0.8, -0.8), (0.8, 0.8), (-0.8, 0.8)]), "square"),
    "procedure": (_regular(6, 0.0), "hexagon2"),
    "admission": (_poly([(-0.85, -0.7), (0.25, -0.7), (1, 0), (0.25, 0.7), (-0.85, 0.7)]), "triangle-right"),
    "flare": (_poly([(0, -1), (0.95, 0.75), (-0.95, 0.75)]), "triangle-up"),
    # No triangle: at the size of print a pointed one is that of a flare.
    "relapse": (_star(4, 0.4), "star-diamond"),
    "remission": (_star(5, 0.45), "star"),
    "complication": (_poly([(0, 1), (0.95, -0.75), (-0.95, -0.75)]), "triangle-down"),
    "infection": (_star(8, 0.6), "hexagram"),
    "adverse_event": (_TIMES, "x"),
    "decision": (_regular(5, 0.0), "pentagon"),
    "pregnancy": (_regular(8, math.pi / 8), "octagon"),
    "dialysis": (_poly([(-0.95, -0.8), (0.95, -0.8), (-0.95, 0.8), (0.95, 0.8)]), "hourglass"),
    "transplant": (_PLUS, "cross"),
    # Plotly's arrow-bar-right, by its number: that is shorter.
    "last_follow_up": (_UNTIL, "52"),
    "death": (_CROSS, "cross-thin"),
    "other": (_regular(12, 0.0, 0.6), "circle"),
}
# The statuses of a ribbon: path, plotly's marker of the same shape.
STATUSES: dict[str, tuple[str, str]] = {
    "square": EVENTS["imaging"],
    "diamond": (_poly([(0, -1.1), (0.95, 0), (0, 1.1), (-0.95, 0)]), "diamond"),
    "pentagon": EVENTS["decision"],
    "triangle": EVENTS["flare"],
    "hexagon": EVENTS["procedure"],
}
DOT = _CIRCLE
# Where the shipped font has the symbols of events: private characters, which no text of a case keeps.
_FIRST_SIGN = 0xE100
# The series of an overlay: path, plotly's marker of the same shape, and the character nearest to it.
SERIES: tuple[tuple[str, str, str], ...] = (
    (_CIRCLE, "circle", "●"),
    (_poly([(0, -1.1), (0.95, 0), (0, 1.1), (-0.95, 0)]), "diamond", "◆"),
    (_poly([(-0.8, -0.8), (0.8, -0.8), (0.8, 0.8), (-0.8, 0.8)]), "square", "■"),
    (_star(5, 0.5), "star", "★"),
    (_PLUS, "cross", "✚"),
)
# How far below or above its symbol the sign of a censored value stands, in millimetres.
BESIDE = 2.1
# Half the size of that sign.
SIGN = 0.7
# Their lines: millimetres on paper, plotly's name on the screen.
DASHES: tuple[tuple[str, str], ...] = (
    ("", "solid"),
    ("2.6 0.8", "longdash"),
    ("0.5 0.7", "dot"),
    ("2.2 0.6 0.5 0.6", "dashdot"),
    ("1.2 0.6", "dash"),
)
BELOW = _poly([(0, 0.95), (0.9, -0.65), (-0.9, -0.65)])
ABOVE = _poly([(0, -0.95), (0.9, 0.65), (-0.9, 0.65)])
DOSE = _poly([(0, 0.9), (0.8, -0.7), (-0.8, -0.7)])

# Directions without a number, as strokes in the box -1..1 (x to the right, y down).
TRENDS: dict[str, tuple[tuple[float, float], ...]] = {
    "rises": ((-0.8, 0.8), (0.8, -0.8)),
    "falls": ((-0.8, -0.8), (0.8, 0.8)),
    "falls_then_rises": ((-0.95, -0.7), (0.0, 0.7), (0.95, -0.7)),
    "rises_then_falls": ((-0.95, 0.7), (0.0, -0.7), (0.95, 0.7)),
    "normalises": ((-0.9, 0.7), (-0.1, -0.5), (0.9, -0.5)),
    "becomes_negative": ((-0.9, -0.7), (-0.1, 0.7), (0.9, 0.7)),
    "appears": ((-0.9, 0.7), (-0.1, 0.7), (-0.1, -0.5), (0.9, -0.5)),
    "unchanged": ((-0.9, 0.0), (0.9, 0.0)),
}


def arrow_head(a: tuple[float, float], b: tuple[float, float], size: float = 0.42) -> str:
    """Return the two strokes of an arrow head at the end of the segment from ``a`` to ``b``."""
    angle = math.atan2(b[1] - a[1], b[0] - a[0])
    ends = [(b[0] - size * math.cos(angle + d), b[1] - size * math.sin(angle + d)) for d in (0.5, -0.5)]
    return f"M{ends[0][0]:.3f},{ends[0][1]:.3f}L{b[0]:.3f},{b[1]:.3f}L{ends[1][0]:.3f},{ends[1][1]:.3f}"


def series(index: int) -> tuple[str, str, str]:
    """Return the symbol of a series; with its colour it is unlike that of any other of 25."""
    return SERIES[(index + index // len(SERIES)) % len(SERIES)]


def dashes(index: int) -> tuple[str, str]:
    """Return the dashes of the line of a series, on paper and on the screen."""
    return DASHES[(index + index // len(DASHES)) % len(DASHES)]


def sign(kind: str, *, hollow: bool) -> str:
    """Return the character that is the symbol of a kind of event in the shipped font."""
    return chr(_FIRST_SIGN + 2 * list(EVENTS).index(kind) + hollow)


def trend_path(trend: str) -> str:
    """Return the strokes of a direction, arrow head included."""
    points = TRENDS[trend]
    line = "M" + "L".join(f"{x:.3f},{y:.3f}" for x, y in points)
    return line + arrow_head(points[-2], points[-1])
