"""A figure as a file: PNG, TIFF, PDF, SVG, slides, one offline page, or the spec itself.

No browser, no font of the machine, no file and no address is looked up: the SVG that goes into the rasteriser holds
shapes and nothing else. The same input gives the same bytes. A printed file holds what is seen, and one line that says
from which revision of which case it was made, and by what: no person, no date, no ids of rows, no words that only a
pointer would find.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import Literal, get_args

import vl_convert

from casecurves.errors import UsageError
from casecurves.figure.caption import caption
from casecurves.figure.caption.alt import alt
from casecurves.figure.caption.edits import caption_file
from casecurves.figure.html import to_html
from casecurves.figure.page import PageOptions
from casecurves.figure.pictures import Picture, with_pictures
from casecurves.figure.raster import dots
from casecurves.figure.slides import to_pptx
from casecurves.figure.spec import Spec
from casecurves.figure.stamp import on_pdf, on_png, on_svg, stamp
from casecurves.figure.svg import to_svg
from casecurves.figure.svg.glyphs import font_faces, outlined
from casecurves.figure.text import font_directory
from casecurves.figure.theme import THEMES
from casecurves.figure.vision import seen
from casecurves.words import say

Format = Literal["png", "tiff", "svg", "pdf", "pptx", "html", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)
PRINTED: tuple[Format, ...] = ("png", "tiff", "svg", "pdf")
# Where an author's own pictures can stand.
PICTURED: tuple[Format, ...] = (*PRINTED, "pptx")
# Made of dots.
DOTTED: tuple[Format, ...] = ("png", "tiff")
# A rasteriser holds four bytes for each; a TIFF is held twice.
MOST_PIXELS = 120_000_000
_MOST_IN_TIFF = 89_000_000

MM_PER_INCH = 25.4
_POINTS_PER_INCH = 72
_SIZE = re.compile(r'width="([\d.]+)mm" height="([\d.]+)mm"')


def render(
    spec: Spec,
    fmt: Format,
    page: PageOptions | None = None,
    steps: Sequence[Spec] = (),
    pictures: Sequence[Picture] = (),
    below: str = "",
) -> bytes:
    """Return a figure as the bytes of a file.

    Parameters
    ----------
    spec : Spec
        The figure.
    fmt : {"png", "tiff", "svg", "pdf", "pptx", "html", "json"}
        ``tiff`` is RGB, packed by LZW, without transparency, whatever the page says; ``pptx`` are
        slides whose shapes can be edited; ``html`` is one self-contained page that works offline; ``json`` is the spec.
    page : PageOptions, optional
        The page of a printed file; ``html`` takes its colours only. The size of a PNG or TIFF is that of the page in
        inches times its dots per inch, rounded, and it says so.
    steps : sequence of Spec
        For slides: the figure as far as it is told at each step, one slide each.
    pictures : sequence of Picture
        For a printed file: pictures that stand below the figure.
    below : str
        For an ``html`` page: more of it, as `casecurves.figure.findings.findings` makes it.

    Returns
    -------
    bytes
        The same for the same input, in every process. What the page leaves out is in `caption`.

    Raises
    ------
    UsageError
        When the picture has too many pixels, or a format does not exist.
    """
    page = page or PageOptions()
    if fmt not in FORMATS:
        raise UsageError(say("export.unknown_format", spec.lang, name=fmt, known=_known()))
    if fmt == "json":
        return as_json(spec.to_json())
    if fmt == "html":
        return to_html(spec, page.theme, below).encode()
    if fmt == "pptx":
        return to_pptx(spec, page, steps, partial(_below, page=page, pictures=pictures) if pictures else None)
    if fmt in DOTTED:
        return finished(dots(drawn(spec, fmt, page, pictures), page.dpi), spec, fmt, page)
    return printed(_page(spec, page, pictures), fmt, page.dpi, spec.lang, stamp(spec))


def as_json(value: object) -> bytes:
    """Return the bytes of a file that holds a value as JSON."""
    return f"{json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False)}\n".encode()


def drawn(spec: Spec, fmt: Format, page: PageOptions, pictures: Sequence[Picture] = ()) -> str:
    """Return the page of a PNG or TIFF, ready to be made dots of (`casecurves.figure.raster.dots`)."""
    return _outlines(_page(spec, grounded(page, fmt), pictures), page.dpi, spec.lang, fmt)


def grounded(page: PageOptions, fmt: Format) -> PageOptions:
    """Return a page with a ground where a kind of file has to have one."""
    # Journals refuse a TIFF without.
    return page.model_copy(update={"transparent": False}) if fmt == "tiff" and page.transparent else page


def finished(png: bytes, spec: Spec, fmt: Format, page: PageOptions) -> bytes:
    """Return the file made of the dots of a page: a PNG or TIFF that says where it comes from."""
    return _stamped(png, fmt, page.dpi, stamp(spec))


def _page(spec: Spec, page: PageOptions, pictures: Sequence[Picture] = ()) -> str:
    svg = seen(to_svg(spec, page, hover=False, description=f"{alt(spec, who=page.title)} {spec.disclaimer}"), page.seen)
    return _below(svg, page, pictures)


def _below(svg: str, page: PageOptions, pictures: Sequence[Picture]) -> str:
    return with_pictures(svg, pictures, THEMES[page.theme], ground=not page.transparent)


def printed(svg: str, fmt: Format, dpi: int, lang: str, source: str) -> bytes:
    """Return a page as the bytes of a printed file.

    Parameters
    ----------
    svg : str
        A page of this package, with a size in millimetres.
    fmt : {"png", "tiff", "svg", "pdf"}
        What to make of it.
    dpi : int
        Dots per inch of a PNG or TIFF.
    lang : str
        Language of what is said when it cannot be made.
    source : str
        Where it comes from, one line for the place that the format has for it.

    Returns
    -------
    bytes
        The file.

    Raises
    ------
    UsageError
        When the picture has too many pixels.
    """
    if fmt == "svg":
        return _with_fonts(on_svg(svg, source)).encode()
    if fmt == "pdf":
        return on_pdf(_pdf(svg), source)
    return _stamped(dots(_outlines(svg, dpi, lang, fmt), dpi), fmt, dpi, source)


def save(
    spec: Spec,
    path: Path | str,
    page: PageOptions | None = None,
    *,
    force: bool = False,
    words: str = "",
    steps: Sequence[Spec] = (),
    pictures: Sequence[Picture] = (),
    below: str = "",
) -> tuple[Path, ...]:
    """Write a figure to a file, whole or not at all; what the page leaves out, to a caption beside it.

    Parameters
    ----------
    spec : Spec
        The figure.
    path : Path or str
        The file; its ending says the format: .png, .tiff (or .tif), .svg, .pdf, .pptx, .html or .json.
    page : PageOptions, optional
        The page of a printed file; ``html`` takes its colours only.
    force : bool
        True replaces a file that is already there.
    words : str
        The text of the caption file, where it is to be another than that of the figure; it replaces what is there.
    steps, pictures, below : sequence of Spec, sequence of Picture, str
        As `render`.

    Returns
    -------
    tuple of Path
        The file, and its caption (``figure.png`` has ``figure.caption.txt``) where the page leaves words out.

    Raises
    ------
    UsageError
        When the ending is unknown, the folder does not exist, the file exists or cannot be written, or as `render`.
    """
    page = page or PageOptions()
    target = Path(path)
    fmt = format_of(target, spec.lang)
    check_target(target, spec.lang, force=force)
    data = render(spec, fmt, page, steps, pictures, below)
    told = words or (caption_file(caption(spec, letters=page.letters)) if needs_caption(page, fmt) else "")
    return put(target, data, told, spec.lang, force=force, anew=bool(words))


def needs_caption(page: PageOptions, fmt: Format) -> bool:
    """Tell whether a file lacks words that stand in its caption."""
    return page.leaves_out and fmt in PRINTED


def put(target: Path, data: bytes, told: str, lang: str, *, force: bool, anew: bool = False) -> tuple[Path, ...]:
    """Write a file, and beside it its caption where there is one; ``anew`` replaces the caption that is there."""
    files = {target: data}
    if told:
        beside = caption_beside(target)
        check_target(beside, lang, force=force or anew)
        files[beside] = told.encode()
    return tuple(write(name, content, lang, force=force or anew) for name, content in files.items())


def caption_beside(path: Path | str) -> Path:
    """Return the file of the caption of a figure: ``figure.caption.txt`` for ``figure.png``."""
    return Path(path).with_name(f"{Path(path).stem}.caption.txt")


def write(path: Path | str, data: bytes, lang: str, *, force: bool) -> Path:
    """Write a file, whole or not at all; as `save`, with messages in a language."""
    target = Path(path)
    check_target(target, lang, force=force)
    try:
        _write(target, data)
    except OSError as error:
        raise UsageError(say("export.cannot_write", lang, path=target, reason=error.strerror or error)) from error
    return target


def format_of(target: Path | str, lang: str) -> Format:
    """Return the format that the ending of a file says; raises `UsageError` with those there are for any other."""
    target = Path(target)
    ending = {"tif": "tiff"}.get(target.suffix.lower()[1:], target.suffix.lower()[1:])
    for fmt in FORMATS:
        if fmt == ending:
            return fmt
    raise UsageError(say("export.unknown_format", lang, name=target.name, known=_known()))


def _known() -> str:
    return ", ".join(f".{fmt}" for fmt in FORMATS)


def check_target(target: Path, lang: str, *, force: bool) -> None:
    """Raise `UsageError` where a file cannot be written: before it is made."""
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


def pixels(size_mm: tuple[float, float], dpi: int) -> tuple[int, int]:
    """Return width and height in pixels of a page given in millimetres."""
    width, height = (round(length / MM_PER_INCH * dpi) for length in size_mm)
    return width, height


def most_pixels(fmt: Format) -> int:
    """Return how many pixels a file of a format may have."""
    return _MOST_IN_TIFF if fmt == "tiff" else MOST_PIXELS


def _stamped(png: bytes, fmt: Format, dpi: int, source: str) -> bytes:
    return _tiff(png, dpi, source) if fmt == "tiff" else on_png(png, source)


def _outlines(svg: str, dpi: int, lang: str, fmt: Format) -> str:
    width, height = pixels(_size_mm(svg), dpi)
    if width * height > most_pixels(fmt):
        most = most_pixels(fmt) // 1_000_000
        raise UsageError(say("export.too_large", lang, width=width, height=height, most=most))
    # One unit of the page becomes one pixel.
    return _sized(outlined(svg), width, height)


def _tiff(png: bytes, dpi: int, source: str) -> bytes:
    from PIL import Image  # slow to import

    made = BytesIO()
    with Image.open(BytesIO(png)) as picture:
        alpha = picture.getchannel("A")
        flat = picture.convert("RGB")
        if alpha.getextrema() != (255, 255):
            paper = Image.new("RGB", picture.size, "white")
            paper.paste(flat, mask=alpha)
            flat = paper
        flat.save(made, "TIFF", compression="tiff_lzw", dpi=(dpi, dpi), software=source.encode())
    return made.getvalue()


def _pdf(svg: str) -> bytes:
    _register_fonts()  # text stays text: it can be searched and copied
    width, height = (length / MM_PER_INCH * _POINTS_PER_INCH for length in _size_mm(svg))
    return vl_convert.svg_to_pdf(_sized(svg, round(width, 3), round(height, 3)))


@cache
def _register_fonts() -> None:
    vl_convert.register_font_directory(font_directory())


def _with_fonts(svg: str) -> str:
    head, rest = svg.split(">", 1)
    return f"{head}><style>{font_faces(rest)}</style>{rest}"
