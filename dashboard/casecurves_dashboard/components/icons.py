"""Small pictures as ``data:`` addresses: nothing is fetched, and the legend shows the very marks of the figure."""

from __future__ import annotations

from functools import cache
from urllib.parse import quote

from dash import html

from casecurves.figure.options import ThemeName
from casecurves.figure.svg.pen import Pen
from casecurves.figure.svg.words import draw_icon
from casecurves.figure.theme import THEMES

WIDTH_MM = 6.0
HEIGHT_MM = 4.4
_LEFT_MM = 0.3


@cache
def mark(kind: str, theme: ThemeName) -> str:
    """Return the address of the sample of one kind of mark.

    Parameters
    ----------
    kind : str
        Kind of a legend entry of a spec.
    theme : {"light", "dark", "grey"}
        Colours.

    Returns
    -------
    str
        A ``data:`` address of an SVG of 6 by 4.4 mm.
    """
    pen = Pen(THEMES[theme])
    draw_icon(pen, kind, _LEFT_MM, HEIGHT_MM / 2)
    return address(pen.document(WIDTH_MM, HEIGHT_MM, "", ""))


def address(svg: str) -> str:
    """Return an SVG as a ``data:`` address."""
    return f"data:image/svg+xml,{quote(svg)}"


def sample(kind: str, theme: ThemeName) -> html.Img:
    """Return the sample of one kind of mark for a legend, whose text stands beside it."""
    return html.Img(src=mark(kind, theme), alt="", className="sample")
