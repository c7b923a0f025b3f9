"""A figure as a file: PNG, PDF, SVG, one offline page, or the spec itself.

No browser, no font of the machine, no file and no address is looked up: the SVG that goes into the rasteriser holds
shapes and nothing else. All but a PDF are the same bytes for the same input; a PDF is the same picture, with text that
can be searched, and the order of its parts may differ. PNG and PDF hold no metadata about a patient.
"""

from __future__ import annotations

import json
import os
import re
from functools import cache
from pathlib import Path
from typing import Literal, get_args

import vl_convert

from casecurves.errors import UsageError
from casecurves.figure.html import to_html
from casecurves.figure.options import ThemeName
from casecurves.figure.spec import Spec
from casecurves.figure.svg import to_svg
from casecurves.figure.svg.glyphs import font_faces, outlined
from casecurves.figure.text import font_directory
from casecurves.words import say

Format = Literal["png", "svg", "pdf", "html", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)
WIDTH_MM = (20.0, 400.0)
DPI = (50, 1200)
# A rasteriser holds four bytes for each.
MOST_PIXELS = 120_000_000

_MM_PER_INCH = 25.4
_POINTS_PER_INCH = 72
_SIZE = re.compile(r'width="([\d.]+)mm" height="([\d.]+)mm"')


def render(spec: Spec, fmt: Format, *, width_mm: float = 190.0, dpi: int = 300, theme: ThemeName = "light") -> bytes:
    """Return a figure as the bytes of a file.

    Parameters
    ----------
    spec : Spec
        The figure.
    fmt : {"png", "svg", "pdf", "html", "json"}
        ``html`` is one self-contained page that works offline; ``json`` is the spec.
    width_mm : float
        Width in millimetres, 20 to 400, of PNG, SVG and PDF; the height follows.
    dpi : int
        Dots per inch of a PNG, 50 to 1200; its size is the width in inches times this, rounded, and it says so.
    theme : {"light", "dark", "grey"}
        Colours.

    Returns
    -------
    bytes
        The same for the same input, in every process, but for a PDF.

    Raises
    ------
    UsageError
        When a width, a resolution or the number of pixels is out of bounds, or a format does not exist.
    """
    _check(spec, fmt, width_mm, dpi)
    if fmt == "json":
        text = json.dumps(spec.to_json(), ensure_ascii=False, indent=1, allow_nan=False)
        return f"{text}\n".encode()
    if fmt == "html":
        return to_html(spec, theme).encode()
    svg = to_svg(spec, width_mm=width_mm, theme=theme)
    if fmt == "svg":
        return _with_fonts(svg).encode()
    return _pdf(svg) if fmt == "pdf" else _png(spec, svg, dpi)


def save(
    spec: Spec,
    path: Path | str,
    *,
    width_mm: float = 190.0,
    dpi: int = 300,
    theme: ThemeName = "light",
    force: bool = False,
) -> Path:
    """Write a figure to a file, whole or not at all.

    Parameters
    ----------
    spec : Spec
        The figure.
    path : Path or str
        The file; its ending says the format: .png, .svg, .pdf, .html or .json.
    width_mm : float
        Width in millimetres, 20 to 400, of PNG, SVG and PDF.
    dpi : int
        Dots per inch of a PNG, 50 to 1200.
    theme : {"light", "dark", "grey"}
        Colours.
    force : bool
        True replaces a file that is already there.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    UsageError
        When the ending is unknown, the folder does not exist, the file exists or cannot be written, or as `render`.
    """
    target = Path(path)
    fmt = _format(target, spec.lang)
    _check_target(target, spec.lang, force=force)
    data = render(spec, fmt, width_mm=width_mm, dpi=dpi, theme=theme)
    try:
        _write(target, data)
    except OSError as error:
        raise UsageError(say("export.cannot_write", spec.lang, path=target, reason=error.strerror or error)) from error
    return target


def _format(target: Path, lang: str) -> Format:
    ending = target.suffix.lower().removeprefix(".")
    for fmt in FORMATS:
        if fmt == ending:
            return fmt
    raise UsageError(say("export.unknown_format", lang, name=target.name, known=_known()))


def _known() -> str:
    return ", ".join(f".{fmt}" for fmt in FORMATS)


def _check(spec: Spec, fmt: str, width_mm: float, dpi: int) -> None:
    if fmt not in FORMATS:
        raise UsageError(say("export.unknown_format", spec.lang, name=fmt, known=_known()))
    # Written so that a width that is no number fails too.
    if not WIDTH_MM[0] <= width_mm <= WIDTH_MM[1]:
        raise UsageError(
            say(
                "export.width",
                spec.lang,
                width=f"{width_mm:g}",
                low=f"{WIDTH_MM[0]:g}",
                high=f"{WIDTH_MM[1]:g}",
            )
        )
    if not DPI[0] <= dpi <= DPI[1]:
        raise UsageError(say("export.dpi", spec.lang, dpi=dpi, low=DPI[0], high=DPI[1]))


def _check_target(target: Path, lang: str, *, force: bool) -> None:
    if not target.parent.is_dir():
        raise UsageError(say("export.no_folder", lang, path=target.parent))
    if target.is_dir():
        raise UsageError(say("export.is_folder", lang, path=target))
    if os.path.lexists(target) and not force:
        raise UsageError(say("export.exists", lang, path=target))


def _write(target: Path, data: bytes) -> None:
    """Write beside the target and move into place, so that nobody ever sees half a file."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _size_mm(svg: str) -> tuple[float, float]:
    found = _SIZE.search(svg)
    if found is None:
        raise ValueError("a page without a size in millimetres")
    return float(found[1]), float(found[2])


def _sized(svg: str, width: float, height: float) -> str:
    # The rasteriser knows no millimetres; given the size in its own unit it does not round.
    return _SIZE.sub(f'width="{width:g}" height="{height:g}" preserveAspectRatio="none"', svg, count=1)


def _png(spec: Spec, svg: str, dpi: int) -> bytes:
    width, height = (round(length / _MM_PER_INCH * dpi) for length in _size_mm(svg))
    if width * height > MOST_PIXELS:
        most = MOST_PIXELS // 1_000_000
        raise UsageError(say("export.too_large", spec.lang, width=width, height=height, most=most))
    # One unit of the page becomes one pixel, and the file says how many of them make an inch.
    return vl_convert.svg_to_png(_sized(outlined(svg), width, height), scale=_POINTS_PER_INCH / dpi, ppi=dpi)


def _pdf(svg: str) -> bytes:
    _register_fonts()  # text stays text: it can be searched and copied
    width, height = (length / _MM_PER_INCH * _POINTS_PER_INCH for length in _size_mm(svg))
    return vl_convert.svg_to_pdf(_sized(svg, round(width, 3), round(height, 3)))


@cache
def _register_fonts() -> None:
    vl_convert.register_font_directory(font_directory())


def _with_fonts(svg: str) -> str:
    head, rest = svg.split(">", 1)
    return f"{head}><style>{font_faces(rest)}</style>{rest}"
