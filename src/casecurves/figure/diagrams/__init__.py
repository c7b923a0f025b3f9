"""Diagrams of relations: who acts on whom, drawn like every other figure."""

from __future__ import annotations

from casecurves.figure.diagrams.draw import draw_diagram
from casecurves.figure.diagrams.layout import lay_out
from casecurves.figure.diagrams.spec import DiagramSpec, compile_diagram
from casecurves.figure.export import Format, printed
from casecurves.figure.page import PageOptions
from casecurves.figure.stamp import software
from casecurves.figure.svg.pen import Pen
from casecurves.figure.theme import THEMES

__all__ = ["DiagramSpec", "compile_diagram", "diagram_svg", "render_diagram"]


def diagram_svg(spec: DiagramSpec, page: PageOptions | None = None, *, bare: bool = False, hover: bool = True) -> str:
    """Return a diagram as SVG.

    Parameters
    ----------
    spec : DiagramSpec
        What to draw.
    page : PageOptions, optional
        The page; of its options, width, type, colours and ground count.
    bare : bool
        True leaves out the words round the picture but for the legend, for one whose words stand beside it.
    hover : bool
        False leaves out the words that appear when the pointer rests on a line.

    Returns
    -------
    str
        One SVG document, the same for the same input; its size is given in millimetres.
    """
    page = page or PageOptions()
    placed = lay_out(spec, page.width_mm / page.enlarged, bare=bare)
    pen = Pen(THEMES[page.theme], hover=hover)
    if not page.transparent:
        pen.rect(0, 0, placed.width, placed.height, pen.theme.paper)
    draw_diagram(pen, placed)
    return pen.document(placed.width, placed.height, spec.title, spec.disclaimer, scale=page.enlarged)


def render_diagram(spec: DiagramSpec, fmt: Format, page: PageOptions | None = None) -> bytes:
    """Return a diagram as the bytes of a file.

    Parameters
    ----------
    spec : DiagramSpec
        What to draw.
    fmt : {"png", "svg", "pdf"}
        What file.
    page : PageOptions, optional
        As for `diagram_svg`, and the dots per inch of a PNG.

    Returns
    -------
    bytes
        The same for the same input, but for a PDF.

    Raises
    ------
    UsageError
        When the picture has too many pixels.
    """
    page = page or PageOptions()
    return printed(diagram_svg(spec, page, hover=False), fmt, page.dpi, spec.lang, software())
