"""The printed picture: a spec on a page, as one SVG text; the same bytes for the same input."""

from __future__ import annotations

from casecurves.figure.layout import lay_out
from casecurves.figure.options import ThemeName
from casecurves.figure.spec import Spec
from casecurves.figure.svg.lanes import draw_lanes
from casecurves.figure.svg.panels import draw_panels
from casecurves.figure.svg.pen import Pen
from casecurves.figure.svg.rail import draw_rail
from casecurves.figure.svg.words import draw_axis, draw_ground, draw_paper, draw_words
from casecurves.figure.theme import THEMES


def to_svg(spec: Spec, *, width_mm: float = 190.0, theme: ThemeName = "light", words: bool = True) -> str:
    """Return the figure as SVG.

    Parameters
    ----------
    spec : Spec
        What to draw.
    width_mm : float
        Width of the page in millimetres; its height follows.
    theme : {"light", "dark", "grey"}
        Colours.
    words : bool
        False leaves out title, boxes, legend and notes.

    Returns
    -------
    str
        One SVG document; its size is given in millimetres.
    """
    page = lay_out(spec, width_mm, words=words)
    pen = Pen(THEMES[theme])
    draw_paper(pen, page)
    if not spec.empty:
        draw_ground(pen, page)
        draw_axis(pen, page)
    draw_lanes(pen, page)
    draw_rail(pen, page)
    draw_panels(pen, page)
    draw_words(pen, page)
    return pen.document(page.frame.width, page.height, spec.title, spec.disclaimer)
