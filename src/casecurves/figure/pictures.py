"""An author's own pictures as panels under a figure: a biopsy, an MRI; made anew, so that nothing hidden stays."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING

from casecurves.errors import UsageError
from casecurves.figure import theme as t
from casecurves.figure.layout import MARGIN, letter
from casecurves.figure.page import PageOptions
from casecurves.figure.svg.pen import Pen, n
from casecurves.figure.text import printable, shortened, width, wrap
from casecurves.figure.theme import THEMES, Theme
from casecurves.model.issues import visible
from casecurves.words import say

if TYPE_CHECKING:
    from PIL.Image import Image

# What a file may weigh and hold, and the longest side that is kept: 180 mm at 600 dots per inch.
LARGEST_FILE = 30_000_000
MOST_PIXELS = 50_000_000
_LONGEST = 4252
KINDS = ("PNG", "JPEG", "TIFF", "WEBP", "BMP")
# So many stand side by side, none higher than this, in millimetres.
_ABREAST, _HIGHEST, _BETWEEN = 3, 70.0, 4.0
_SEAM = 0.3
_HEAD = re.compile(r'width="([\d.]+)mm" height="([\d.]+)mm" viewBox="0 0 ([\d.]+) ([\d.]+)"')


@dataclass(frozen=True)
class Picture:
    """A picture: the address that holds it, its size in dots, its letter and what it shows."""

    data: str
    size: tuple[int, int]
    letter: str = ""
    label: str = ""


def read_picture(data: bytes, name: str, lang: str, mark: str = "", label: str = "") -> Picture:
    """Read a picture and make it anew: upright, without anything that came with it.

    Parameters
    ----------
    data : bytes
        A PNG, JPEG, TIFF, WebP or BMP of one picture.
    name : str
        What the file is called, for what is said about it.
    lang : str
        Language of what is said.
    mark, label : str
        Its letter, and what it shows.

    Returns
    -------
    Picture
        The picture as PNG, in RGB, no longer than 4252 dots.

    Raises
    ------
    UsageError
        When it is too large, of another kind, or broken.
    """
    from PIL import Image, ImageOps  # slow to import

    shown = visible(name)[:80]
    if len(data) > LARGEST_FILE:
        raise UsageError(say("picture.heavy", lang, name=shown, most=LARGEST_FILE // 1_000_000))
    try:
        with Image.open(BytesIO(data), formats=KINDS) as given:
            if given.width * given.height > MOST_PIXELS:
                raise UsageError(say("picture.large", lang, name=shown, most=MOST_PIXELS // 1_000_000))
            upright = ImageOps.exif_transpose(given).convert("RGBA")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise UsageError(say("picture.large", lang, name=shown, most=MOST_PIXELS // 1_000_000)) from None
    except (OSError, ValueError, SyntaxError):
        raise UsageError(say("picture.broken", lang, name=shown, known=", ".join(KINDS))) from None
    flat = Image.new("RGB", upright.size, "white")
    flat.paste(upright, mask=upright.getchannel("A"))
    flat.thumbnail((_LONGEST, _LONGEST))
    return Picture(_address(flat), flat.size, visible(mark), visible(label))


def smaller(picture: Picture, longest: int) -> Picture:
    """Return a picture for a screen: its longest side no longer than so many dots."""
    from PIL import Image

    if max(picture.size) <= longest:
        return picture
    with Image.open(BytesIO(b64decode(picture.data.partition(",")[2]))) as given:
        shown = given.copy()
    shown.thumbnail((longest, longest))
    return replace(picture, data=_address(shown), size=shown.size)


def _address(picture: Image) -> str:
    made = BytesIO()
    picture.save(made, "PNG")
    return f"data:image/png;base64,{b64encode(made.getvalue()).decode('ascii')}"


def lettered(pictures: Sequence[Picture], before: int) -> tuple[Picture, ...]:
    """Return pictures with a letter each: their own, else the one that follows ``before`` parts of the figure."""
    return tuple(replace(one, letter=one.letter or letter(before + at)) for at, one in enumerate(pictures))


def height_mm(pictures: Sequence[Picture], page: PageOptions) -> float:
    """Return how much higher pictures make a page."""
    if not pictures:
        return 0.0
    return _rows(Pen(THEMES[page.theme], hover=False), pictures, page.width_mm / page.enlarged, 0.0) * page.enlarged


def with_pictures(svg: str, pictures: Sequence[Picture], theme: Theme, *, ground: bool = True) -> str:
    """Return a page with pictures below: up to three abreast, each with its letter and label above it.

    Parameters
    ----------
    svg : str
        A page of this package.
    pictures : sequence of Picture
        What to add; none leaves the page as it is.
    theme : Theme
        Colours.
    ground : bool
        False leaves the ground open.

    Returns
    -------
    str
        The page, so much higher.
    """
    head = _HEAD.search(svg)
    if not pictures or head is None:
        return svg
    mm_wide, mm_high, wide, high = map(float, head.groups())
    pen = Pen(theme, hover=False)
    bottom = _rows(pen, pictures, wide, high)
    scale = mm_wide / wide
    size = (
        f'width="{n(mm_wide)}mm" height="{n(mm_high + (bottom - high) * scale)}mm" viewBox="0 0 {n(wide)} {n(bottom)}"'
    )
    # It reaches over the edge of the page above, where else a hair line would show.
    top, deep = high - _SEAM, bottom - high + _SEAM
    paper = f'<rect x="0" y="{n(top)}" width="{n(wide)}" height="{n(deep)}" fill="{theme.paper}"/>'
    added = (paper if ground else "") + "".join(pen.parts)
    return svg.replace(head[0], size, 1).removesuffix("</svg>") + added + "</svg>"


def _rows(pen: Pen, pictures: Sequence[Picture], wide: float, top: float) -> float:
    """Draw pictures in rows below ``top``, and return where the page ends."""
    room = (wide - 2 * MARGIN - (_ABREAST - 1) * _BETWEEN) / _ABREAST
    y = top
    for at in range(0, len(pictures), _ABREAST):
        y = _row(pen, pictures[at : at + _ABREAST], room, y)
    return y + MARGIN


def _row(pen: Pen, pictures: Sequence[Picture], room: float, top: float) -> float:
    """Draw pictures side by side below ``top``, and return where the next ones begin."""
    labels = [
        wrap(one.label, room - width(one.letter, t.LABEL) - 1.5, t.SMALL) if one.label else [] for one in pictures
    ]
    y = top + max(1, *(len(lines) for lines in labels)) * t.SMALL.height + 1.6
    bottom = y
    for at, (one, lines) in enumerate(zip(pictures, labels, strict=True)):
        x = MARGIN + at * (room + _BETWEEN)
        mark = shortened(one.letter, room / 2, t.LABEL)
        pen.text(x, top + t.LABEL.height, mark, t.LABEL)
        for number, line in enumerate(lines, start=1):
            pen.text(x + width(mark, t.LABEL) + 1.5, top + number * t.SMALL.height + 0.3, line, t.SMALL)
        share = min(room / one.size[0], _HIGHEST / one.size[1])
        w, h = one.size[0] * share, one.size[1] * share
        pen.add(f'<image x="{n(x)}" y="{n(y)}" width="{n(w)}" height="{n(h)}" {_told(one)}href="{one.data}"/>')
        bottom = max(bottom, y + h)
    return bottom + 2.0


def _told(picture: Picture) -> str:
    """Return letter and label of a picture for who does not see it."""
    said = f"{picture.letter} {picture.label}".strip()
    return f'aria-label="{escape(printable(said))}" ' if said else ""
