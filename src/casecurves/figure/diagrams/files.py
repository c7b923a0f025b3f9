"""A diagram as a file, by the ways of every figure; and what is wrong with its page."""

from __future__ import annotations

from dataclasses import asdict
from html import escape

from casecurves.figure.check import Finding, check_page, lowered
from casecurves.figure.diagrams.draw import diagram_svg, placed
from casecurves.figure.diagrams.spec import DiagramSpec
from casecurves.figure.diagrams.telling import diagram_alt, diagram_caption
from casecurves.figure.export import Format, as_json, grounded, printed
from casecurves.figure.html import footer, heading, listing, whole_page
from casecurves.figure.options import ThemeName
from casecurves.figure.page import SMALLEST_PT, PageOptions, read_page
from casecurves.figure.room import slide_sizes
from casecurves.figure.shapes import Drawing, read_drawing
from casecurves.figure.slide_file import FREE, ROOM, TITLE, WIDTH, drawn_slide, presentation, resize, saved, shrunk
from casecurves.figure.stamp import software
from casecurves.figure.vision import seen
from casecurves.words import say


def render_diagram(spec: DiagramSpec, fmt: Format, page: PageOptions | None = None) -> bytes:
    """Return a diagram as the bytes of a file.

    Parameters
    ----------
    spec : DiagramSpec
        What to draw.
    fmt : {"png", "tiff", "svg", "pdf", "pptx", "html", "json"}
        As for `casecurves.figure.export.render`; ``pptx`` is one slide, with its caption as the note.
    page : PageOptions, optional
        As for `diagram_svg`, and the dots per inch of a PNG or TIFF.

    Returns
    -------
    bytes
        The same for the same input. What the page leaves out is in `diagram_caption`.

    Raises
    ------
    UsageError
        When the picture has too many pixels, or the page is too narrow.
    """
    page = page or PageOptions()
    if fmt == "json":
        return as_json(asdict(spec))
    if fmt == "html":
        return _offline(spec, page.theme).encode()
    if fmt == "pptx":
        return _slide(spec, page)
    svg = diagram_svg(spec, grounded(page, fmt), hover=False)
    return printed(seen(svg, page.seen), fmt, page.dpi, spec.lang, software())


def fitted_diagram(spec: DiagramSpec, page: PageOptions) -> tuple[PageOptions, tuple[Finding, ...]]:
    """Make a page that is too high lower without losing anything, as `casecurves.figure.check.fitted`."""
    return lowered(page, lambda tried: placed(spec, tried).height * tried.enlarged, spec.lang)


def check_diagram(spec: DiagramSpec, page: PageOptions, fmt: Format = "png") -> tuple[Finding, ...]:
    """Return what is wrong with a diagram on a page, or on its slide, as `casecurves.figure.check.check`."""
    if fmt == "pptx" and page.preset in ("", "slide"):
        found = check_page(_on_slide(spec, page), read_page({"preset": "slide"}), fmt, spec.lang)
        # Whoever asked for slides and no more is told what fails.
        return found if page.preset else tuple(one for one in found if one.level == "fails")
    ways = {
        "words": page.words == "below",
        "title": page.title and page.words == "apart",
        "type": page.type_pt > (SMALLEST_PT if page.made_for is None else page.made_for.type_pt),
        "wider": page.width_mm < PageOptions().width_mm,
    }
    drawing = read_drawing(diagram_svg(spec, page, hover=False))
    return check_page(drawing, page, fmt, spec.lang, [name for name, applies in ways.items() if applies])


def _slide(spec: DiagramSpec, page: PageOptions) -> bytes:
    """Return a diagram on a slide, as large as it can be; of a page made for a journal, on one of its size."""
    slides = presentation(spec.lang, software())
    drawing, top = _on_slide(spec, page), TITLE
    if page.preset not in ("", "slide"):
        drawing, top = read_drawing(diagram_svg(spec, page)), 0.0
        resize(slides, drawing.width * drawing.scale, drawing.height * drawing.scale)
    drawn_slide(
        slides, drawing, top=top, title=spec.title, name=spec.title, told=diagram_alt(spec), lang=spec.lang,
        notes=diagram_caption(spec),
    )  # fmt: skip
    return saved(slides)


def _on_slide(spec: DiagramSpec, page: PageOptions) -> Drawing:
    sheet = PageOptions(
        width_mm=WIDTH - 2 * FREE, type_pt=slide_sizes().floor, theme=page.theme, title=False, words="apart"
    )
    return shrunk(read_drawing(diagram_svg(spec, sheet)), ROOM)


def _offline(spec: DiagramSpec, theme: ThemeName) -> str:
    """Return a page that works offline: the picture, whose lines the pointer asks, and every relation in words."""
    picture = diagram_svg(spec, PageOptions(theme=theme), bare=True)
    relations = listing(
        say("knowledge_page.relations", spec.lang), [f"{one.sign} {one.text}" for one in spec.relations]
    )
    notes = "".join(f'<p class="quiet">{escape(note)}</p>' for note in (*spec.notes, *spec.signs))
    body = (
        f'{heading(spec.title, spec.subtitle)}<main>\n<div class="frame"><div id="printed">{picture}</div></div>\n'
        f"{notes}\n{relations}</main>\n{footer(spec.source, spec.disclaimer, software())}"
    )
    return whole_page(spec.lang, spec.title, theme, body, body)
