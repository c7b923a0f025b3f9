"""Type that looks the same everywhere: text as outlines for the rasteriser, the font itself inside an SVG or a page.

A rasteriser that shapes text looks for fonts on the machine it runs on; one that is given outlines cannot, needs half
the time, and makes the same bytes on every machine.
"""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache, lru_cache
from html import unescape
from pathlib import Path

import uharfbuzz as hb

from casecurves.figure.text import FAMILY, font_directory

_FILES = {(400, False): "Regular", (600, False): "SemiBold", (400, True): "Italic"}
_TEXT = re.compile(r"<text ([^>]*)>([^<]*)</text>")
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_SHARE_BEFORE = {"start": 0.0, "middle": 0.5, "end": 1.0}

# A closed contour in whole font units, of which type of 7 pt has some thousand in a millimetre: where it starts, and
# its strokes relative to that.
_Contour = tuple[int, int, str]


def outlined(svg: str) -> str:
    """Return an SVG of this package with every text as the outlines of its letters.

    Parameters
    ----------
    svg : str
        What `casecurves.figure.svg.to_svg` returns.

    Returns
    -------
    str
        The same picture without ``<text>`` elements.
    """
    return _TEXT.sub(_outline, svg)


def font_faces(text: str) -> str:
    """Return CSS that carries the shipped fonts, cut down to the characters of a text.

    Parameters
    ----------
    text : str
        Everything that is to be set in them; markup does no harm.

    Returns
    -------
    str
        One ``@font-face`` rule for each style, with the font as a ``data:`` address.
    """
    characters = "".join(sorted(set(unescape(text))))
    return "".join(_face(weight, italic, characters) for weight, italic in _FILES)


@lru_cache(maxsize=32)
def _face(weight: int, italic: bool, characters: str) -> str:
    wanted = hb.SubsetInput()
    wanted.unicode_set.update(ord(character) for character in characters)
    blob = hb.subset(_font(weight, italic).face, wanted).blob
    style = "italic" if italic else "normal"
    return (
        f"@font-face{{font-family:'{FAMILY}';font-weight:{weight};font-style:{style};"
        f"src:url(data:font/ttf;base64,{b64encode(blob.data).decode('ascii')})}}"
    )


@cache
def _font(weight: int, italic: bool) -> hb.Font:
    name = f"CasecurvesSans-{_FILES[weight, italic]}.ttf"
    return hb.Font(hb.Face((Path(font_directory()) / name).read_bytes()))


def _outline(found: re.Match[str]) -> str:
    given = dict(_ATTRIBUTE.findall(found[1]))
    italic = given.get("font-style") == "italic"
    strokes, advance, per_em = _run(unescape(found[2]), int(given.get("font-weight", "400")), italic)
    scale = float(given["font-size"]) / per_em
    x = float(given["x"]) - advance * scale * _SHARE_BEFORE[given.get("text-anchor", "start")]
    matrix = f"{scale:.6f} 0 0 {-scale:.6f} {x:.3f} {given['y']}"
    outer = f' transform="{given["transform"]}"' if "transform" in given else ""
    return f'<g{outer}><path transform="matrix({matrix})" fill="{given["fill"]}" d="{strokes}"/></g>'


@lru_cache(maxsize=20_000)
def _run(text: str, weight: int, italic: bool) -> tuple[str, float, int]:
    """Return the strokes of a line of text, its width, and the units per em that both count in."""
    font = _font(weight, italic)
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(font, buffer)
    x = 0
    parts = []
    for info, place in zip(buffer.glyph_infos, buffer.glyph_positions or (), strict=True):
        for x0, y0, strokes in _glyph(info.codepoint, weight, italic):
            parts.append(f"M{x + place.x_offset + x0} {place.y_offset + y0}{strokes}")
        x += place.x_advance
    return "".join(parts), x, font.face.upem


class _Contours:
    """Collects the contours of a glyph as the font draws them."""

    def __init__(self) -> None:
        self.done: list[_Contour] = []
        self._start = (0, 0)
        self._at = (0, 0)
        self._strokes: list[str] = []

    def move(self, x: float, y: float, _: object) -> None:
        """Begin a contour."""
        self._start = self._at = (round(x), round(y))
        self._strokes = []

    def line(self, x: float, y: float, _: object) -> None:
        """Draw a straight line."""
        self._add("l", (x, y))

    def quadratic(self, cx: float, cy: float, x: float, y: float, _: object) -> None:
        """Draw a curve with one control point."""
        self._add("q", (cx, cy), (x, y))

    def cubic(self, ax: float, ay: float, bx: float, by: float, x: float, y: float, _: object) -> None:
        """Draw a curve with two control points."""
        self._add("c", (ax, ay), (bx, by), (x, y))

    def close(self, _: object) -> None:
        """End a contour."""
        self.done.append((*self._start, "".join(self._strokes) + "z"))

    def _add(self, letter: str, *points: tuple[float, float]) -> None:
        (x0, y0), placed = self._at, [(round(x), round(y)) for x, y in points]
        words = [f"{x - x0} {y - y0}" for x, y in placed]
        # The rasteriser reads every digit: a stem is one number, not two.
        if letter == "l" and 0 in (placed[0][0] - x0, placed[0][1] - y0):
            letter, words = ("v", [f"{placed[0][1] - y0}"]) if placed[0][0] == x0 else ("h", [f"{placed[0][0] - x0}"])
        self._strokes.append(letter + " ".join(words))
        self._at = placed[-1]


@cache
def _glyph(number: int, weight: int, italic: bool) -> tuple[_Contour, ...]:
    contours = _Contours()
    draw = hb.DrawFuncs()
    draw.set_move_to_func(contours.move)
    draw.set_line_to_func(contours.line)
    draw.set_quadratic_to_func(contours.quadratic)
    draw.set_cubic_to_func(contours.cubic)
    draw.set_close_path_func(contours.close)
    _font(weight, italic).draw_glyph(number, draw, None)
    return tuple(contours.done)
