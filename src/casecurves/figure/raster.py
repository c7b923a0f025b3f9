"""The one step that makes dots of a page. It loads nothing else, so that a process of its own starts at once."""

from __future__ import annotations

import vl_convert

_POINTS_PER_INCH = 72


def dots(svg: str, dpi: int) -> bytes:
    """Return a page as PNG.

    Parameters
    ----------
    svg : str
        The page, its texts as outlines, its size in pixels.
    dpi : int
        Dots per inch, which the file says; one unit of the page is one of them.

    Returns
    -------
    bytes
        The file.
    """
    return vl_convert.svg_to_png(svg, scale=_POINTS_PER_INCH / dpi, ppi=dpi)
