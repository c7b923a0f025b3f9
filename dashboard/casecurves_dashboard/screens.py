"""The still picture of a page for the screen at hand: laid out anew for a phone, its time axis longer on a wide one."""

from __future__ import annotations

from casecurves.figure.options import ThemeName
from casecurves.figure.page import PageOptions
from casecurves.figure.plotly import PX_PER_MM
from casecurves.figure.spec import Spec
from casecurves.figure.svg import to_svg
from casecurves.figure.svg.glyphs import outlined

NARROW = "narrow=1"
# The narrowest frame in which the live picture is shown: a wider one gives the labels more room, and style.css
# lets none be narrower.
WIDTH_PX = 970.0
PHONE_MM = 100.0
# Wider frames that have a picture of their own: between two of them it is stretched, and no letter by more than 3 %.
WIDE_PX = tuple(round(WIDTH_PX * 1.06**n) for n in range(1, 17))
# The live picture ends so much before the frame.
AFTER_PX = 8
_ASKED = {f"wide={px}": px for px in WIDE_PX}


def screen_of(query: str) -> str:
    """Return the part of an address that names a screen, ``""`` for the usual one."""
    return next((part for part in query.split("&") if part == NARROW or part in _ASKED), "")


def on_screen(spec: Spec, theme: ThemeName, screen: str) -> str:
    """Return the picture of a figure for the screen that part of an address names."""
    page = PageOptions(width_mm=PHONE_MM if screen == NARROW else WIDTH_PX / PX_PER_MM, theme=theme)
    spread = (_ASKED[screen] - AFTER_PX) / PX_PER_MM if screen in _ASKED else None
    # A picture in a page cannot reach the fonts of the page, so that its letters come as outlines.
    svg = outlined(to_svg(spec, page, bare=True, spread_mm=spread))
    # As wide as the live picture, whatever that is; of the same height.
    return svg.replace("<svg ", '<svg preserveAspectRatio="none" ', 1)


def media() -> list[tuple[int, int]]:
    """Return for each wider frame, the widest first, from which width of the window on its picture is the nearest."""
    # The page keeps 24 px free on either side of the frame, whose edges take one each.
    widths = (WIDTH_PX, *WIDE_PX)
    return [(px, round((px * before) ** 0.5) + 50) for before, px in zip(widths, WIDE_PX, strict=False)][::-1]
