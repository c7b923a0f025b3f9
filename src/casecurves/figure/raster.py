"""The one step that makes dots of a page. It loads nothing else, so that a process of its own starts at once."""

from __future__ import annotations

import ctypes
import sys

import vl_convert

_POINTS_PER_INCH = 72
# Of glibc's malloc.h: give back to the system what lies free above so many bytes; hold so many blocks outside the heap.
_TRIM_THRESHOLD, _MMAP_MAX = -1, -4
_ALL_OF_A_PAGE = 1 << 30
# The first thing on a page that has a ground.
_GROUND = '</desc><rect x="0" y="0" '


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
    return _made(svg, dpi) if _GROUND in svg else _clear(svg, dpi)


def keep_memory() -> None:
    """Let this process keep the memory of one page for the next.

    The dots of a page are larger than any block that glibc keeps, so that the system hands out, and clears, some ten
    thousand pieces of memory anew for each page. For a process that makes pages and then ends; no harm elsewhere.
    """
    if sys.platform == "linux" and (mallopt := getattr(ctypes.CDLL(None), "mallopt", None)):
        mallopt(_MMAP_MAX, 0)
        mallopt(_TRIM_THRESHOLD, _ALL_OF_A_PAGE)


def _made(svg: str, dpi: int) -> bytes:
    return vl_convert.svg_to_png(svg, scale=_POINTS_PER_INCH / dpi, ppi=dpi)


def _clear(svg: str, dpi: int) -> bytes:
    """Return a page without a ground: how much of one shows through follows from the page on white and on black.

    The rasteriser itself makes no colour lighter than its pixel is opaque, so that pale lines would have dark edges.
    """
    from io import BytesIO

    from PIL import Image, ImageChops

    grounds = (f'</desc><rect width="100%" height="100%" fill="{colour}"/>' for colour in ("#fff", "#000"))
    white, black = (
        Image.open(BytesIO(_made(svg.replace("</desc>", ground, 1), dpi))).convert("RGB") for ground in grounds
    )
    opacity = ImageChops.invert(ImageChops.difference(white, black).getchannel("G"))
    file = BytesIO()
    Image.merge("RGBa", (*black.split(), opacity)).convert("RGBA").save(file, "PNG", dpi=(dpi, dpi))
    return file.getvalue()
