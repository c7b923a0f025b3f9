"""How a figure looks to somebody who sees colours otherwise, and in print without colour.

The matrices are those for complete dichromacy (severity 1.0) of Machado, Oliveira & Fernandes, IEEE Transactions on
Visualization and Computer Graphics 2009;15:1291-1298, doi:10.1109/TVCG.2009.113; they apply to linear light.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import Literal, get_args

Vision = Literal["usual", "grey", "protanopia", "deuteranopia", "tritanopia"]
VISIONS: tuple[Vision, ...] = get_args(Vision)
# Two colours closer than this (CIE 1976, Lab) are hard to tell apart in small areas.
ALIKE = 12.0

_Row = tuple[float, float, float]
_LUMINANCE: _Row = (0.2126, 0.7152, 0.0722)
_MATRICES: dict[Vision, tuple[_Row, _Row, _Row]] = {
    "grey": (_LUMINANCE, _LUMINANCE, _LUMINANCE),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
_COLOUR = re.compile(r"(?<==\")#[0-9a-f]{6}(?=\")")
# From linear RGB to XYZ under daylight (sRGB, D65), each divided by that of white.
_TO_XYZ: tuple[_Row, _Row, _Row] = (
    (0.4124 / 0.9505, 0.3576 / 0.9505, 0.1805 / 0.9505),
    _LUMINANCE,
    (0.0193 / 1.089, 0.1192 / 1.089, 0.9505 / 1.089),
)


def seen(svg: str, vision: Vision) -> str:
    """Return a page of this package in the colours that somebody sees; as it is for ``usual``."""
    return svg if vision == "usual" else _COLOUR.sub(lambda found: as_seen(found[0], vision), svg)


@lru_cache(maxsize=1000)
def as_seen(colour: str, vision: Vision) -> str:
    """Return a colour, such as ``#aa3377``, as it is seen."""
    if vision == "usual":
        return colour
    light = _linear(colour)
    return "#" + "".join(f"{_byte(_dot(row, light)):02x}" for row in _MATRICES[vision])


def apart(first: str, second: str, vision: Vision = "usual") -> float:
    """Return how far two colours are apart as they are seen (CIE 1976, Lab)."""
    a, b = (_lab(as_seen(colour, vision)) for colour in (first, second))
    return math.dist(a, b)


def contrast(ink: str, ground: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.1, relative luminance)."""
    low, high = sorted(_dot(_LUMINANCE, _linear(colour)) for colour in (ink, ground))
    return (high + 0.05) / (low + 0.05)


def _dot(row: _Row, light: _Row) -> float:
    return sum(a * b for a, b in zip(row, light, strict=True))


def _linear(colour: str) -> _Row:
    parts = [byte / 255 for byte in bytes.fromhex(colour[1:])]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return red, green, blue


def _byte(light: float) -> int:
    held = min(max(light, 0.0), 1.0)
    return round(255 * (12.92 * held if held <= 0.0031308 else 1.055 * held ** (1 / 2.4) - 0.055))


def _lab(colour: str) -> _Row:
    light = _linear(colour)
    x, y, z = (_bent(_dot(row, light)) for row in _TO_XYZ)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _bent(share: float) -> float:
    return share ** (1 / 3) if share > (6 / 29) ** 3 else share * (29 / 6) ** 2 / 3 + 4 / 29
