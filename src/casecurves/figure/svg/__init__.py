"""The printed picture: a spec on a page, as one SVG text; the same bytes for the same input."""

from __future__ import annotations

from casecurves.figure.layout import Layout, WordsMode, lay_out
from casecurves.figure.layout.widen import widened
from casecurves.figure.page import PageOptions
from casecurves.figure.spec import Spec
from casecurves.figure.svg.charts import draw_charts
from casecurves.figure.svg.folds import draw_cuts
from casecurves.figure.svg.lanes import draw_lanes
from casecurves.figure.svg.panels import draw_panels
from casecurves.figure.svg.pen import Pen
from casecurves.figure.svg.rail import draw_rail, plates
from casecurves.figure.svg.ribbons import draw_ribbons
from casecurves.figure.svg.words import draw_axis, draw_ground, draw_paper, draw_words
from casecurves.figure.theme import THEMES
from casecurves.words import say


def to_svg(
    spec: Spec,
    page: PageOptions | None = None,
    *,
    bare: bool = False,
    hover: bool = True,
    description: str = "",
    stretch: float | None = None,
    spread_mm: float | None = None,
) -> str:
    """Return the figure as SVG.

    Parameters
    ----------
    spec : Spec
        What to draw.
    page : PageOptions, optional
        The page it is drawn on; its height follows from what is on it.
    bare : bool
        True leaves out every word round the picture, for one whose words stand beside it.
    hover : bool
        False leaves out what is not seen: the ids of rows, and the words that appear when the pointer rests on a mark.

    description : str
        What stands in place of the picture for somebody who does not see it; the disclaimer when it is not given.
    stretch : float, optional
        How many times higher than usual its panels are, for a room of a given height (`casecurves.figure.room`).
    spread_mm : float, optional
        Width to which its time axis is stretched, as the interactive picture does in a frame wider than the page.

    Returns
    -------
    str
        One SVG document; its size is given in millimetres.
    """
    page = page or PageOptions()
    placed = laid_out(spec, page, bare=bare, stretch=stretch)
    placed = placed if spread_mm is None else widened(placed, spread_mm)
    pen = Pen(THEMES[page.theme], hover=hover)
    pen.most_pt = page.most_pt
    if page.transparent:
        # What is left open is known once all is drawn.
        first = Pen(pen.theme, hover=False)
        first.cut_round(placed.frame.width, placed.height, plates(placed))
        _draw(first, placed)
        pen.holes = tuple(dict.fromkeys(first.left_open))
        pen.cut_round(placed.frame.width, placed.height, plates(placed))
    else:
        draw_paper(pen, placed)
    _draw(pen, placed)
    title = spec.title if hover else say("export.title", spec.lang)
    return pen.document(placed.frame.width, placed.height, title, description or spec.disclaimer, scale=page.enlarged)


def _draw(pen: Pen, placed: Layout) -> None:
    """Draw everything but the paper."""
    if not placed.spec.timeless:
        with pen.behind_words():
            draw_ground(pen, placed)
        draw_axis(pen, placed)
    draw_lanes(pen, placed)
    draw_rail(pen, placed)
    draw_panels(pen, placed)
    draw_ribbons(pen, placed)
    draw_cuts(pen, placed)
    draw_charts(pen, placed)
    draw_words(pen, placed)


def laid_out(spec: Spec, page: PageOptions, *, bare: bool = False, stretch: float | None = None) -> Layout:
    """Return where everything goes on a page: laid out for 7 pt, to be drawn as many times larger as its type is."""
    width = page.width_mm / page.enlarged
    words: WordsMode = page.words if not bare else "none" if stretch is None else "told"
    return lay_out(
        spec,
        width,
        title=page.title,
        words=words,
        letters=page.letters,
        stretch=stretch or page.stretch,
        most_pt=page.most_pt,
    )


def page_size(spec: Spec, page: PageOptions) -> tuple[float, float]:
    """Return width and height of the printed page in millimetres."""
    return page.width_mm, laid_out(spec, page).height * page.enlarged
