"""A figure as slides that can be edited: each bar, line and word is a shape of its own; the caption is the note.

A figure that fits a slide stands on one; else its therapies, its events and its biomarkers stand on as many as they
need, all over the same axis; of several patients, and of the charts of a trial, as many stand on each as fit. Type is
as large as fits, never under the floor of a slide (`casecurves.knowledge`). A step of a telling stands on one slide;
what that has no room for is left out and counted on it, but at the last step, which tells all. A slide with the
meaning of the marks follows, and percentages of trials are native charts besides.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import accumulate, pairwise
from typing import Any, TypeVar

from casecurves.figure.caption import caption
from casecurves.figure.caption.alt import alt
from casecurves.figure.compile.notes import kinds_used
from casecurves.figure.page import PageOptions
from casecurves.figure.room import Fitted, in_room, slide_sizes
from casecurves.figure.shapes import Drawing, read_drawing
from casecurves.figure.slide_charts import add_chart
from casecurves.figure.slide_file import (
    EMU_PER_MM,
    FREE,
    ROOM,
    TITLE,
    WIDTH,
    Slides,
    drawn_slide,
    presentation,
    resize,
    saved,
    titled_slide,
    write_note,
)  # fmt: skip
from casecurves.figure.spec import Bar, Charts, Chip, Lane, Mark, PercentChart, Rail, Spec, SquareChart
from casecurves.figure.stamp import stamp
from casecurves.figure.svg import page_size, to_svg
from casecurves.figure.svg.pen import Pen
from casecurves.figure.theme import THEMES
from casecurves.figure.thin import WHOLE
from casecurves.words import say

# Takes a page and returns it with something below.
Below = Callable[[str], str]
T = TypeVar("T")
# A figure without anything that has a place in time.
_NOTHING: dict[str, Any] = {"lanes": (), "chips": (), "rail": Rail(), "panels": (), "overlay": (), "ribbons": ()}


def to_pptx(
    spec: Spec, page: PageOptions | None = None, steps: Sequence[Spec] = (), below: Below | None = None
) -> bytes:
    """Return a figure as slides.

    Parameters
    ----------
    spec : Spec
        The figure.
    page : PageOptions, optional
        Its colours and letters; a page made for a journal gives one slide of its width, as high as the figure.
    steps : sequence of Spec
        The figure as far as it is told at each step: one slide each.
    below : callable, optional
        Adds pictures of an author's own below a page: below the figure where the page is made for a journal, else on a
        slide of their own, the last.

    Returns
    -------
    bytes
        A presentation, the same for the same input: no author, no date, no place.
    """
    page = page or PageOptions()
    slides = presentation(spec.lang, stamp(spec))
    if steps:
        for step in steps[:-1]:
            _figure_slide(slides, step, in_room(step, _sheet(page), ROOM, slide_sizes()))
        _whole_slides(slides, steps[-1], page)
    elif page.preset in ("", "slide"):
        _whole_slides(slides, spec, page)
    else:
        _journal_slide(slides, spec, page, below)
    if below and (steps or page.preset in ("", "slide")):
        _pictures_slide(slides, spec, page, below)
    for chart in () if steps else spec.charts.percents:
        _chart_slide(slides, spec, chart, page)
    return saved(slides)


def _whole_slides(slides: Slides, spec: Spec, page: PageOptions) -> None:
    """Put a figure on as many slides as it needs, which are counted in their titles, and its marks on the last."""
    parts = [replace(part, spec=_explained(part.spec)) for part in _parts(spec, page)]
    for number, part in enumerate(parts, 1):
        _figure_slide(slides, spec, part, f" ({number}/{len(parts)})" if len(parts) > 1 else "")
    # The marks of what stands on the slides, alone.
    told: dict[str, Any] = {
        "stacks": (),
        "charts": Charts(),
        "boxes": (),
        "notes": (),
        "discrepancies": (),
        "source": "",
    }
    kinds = {item.kind for part in parts for item in part.spec.legend}
    legend = tuple(item for item in spec.legend if item.kind in kinds)
    key = replace(spec, **(_NOTHING | told), title=say("slide.key", spec.lang), legend=legend)
    fitted = in_room(key, _sheet(page).model_copy(update={"words": "below"}), ROOM, slide_sizes(), whole=True)
    _drawn_slide(slides, spec, key, fitted.page, read_drawing(fitted.svg()), top=TITLE, title=key.title)


def _explained(spec: Spec) -> Spec:
    """Return a part of a figure with the keys of the marks on it, without its boxes, which do not stand there.

    Of drugs and of statuses it has the keys of the whole figure, where it has any lane or any status.
    """
    used = kinds_used(replace(spec, boxes=()))
    # Keys of drugs by number, and of statuses, are no kinds of mark.
    others = tuple(word for word, there in (("drug.", spec.lanes), ("status.", spec.ribbons)) if there)
    legend = tuple(item for item in spec.legend if item.kind in used or (others and item.kind.startswith(others)))
    return replace(spec, legend=legend)


def _parts(spec: Spec, page: PageOptions) -> Iterator[Fitted]:
    """Return what stands on each slide."""
    whole = _fitting(spec, page)
    if whole.fits:
        yield whole
        return
    if spec.stacks:
        yield from _patients(spec, page)
        return
    upper = replace(spec, panels=(), overlay=(), ribbons=(), charts=Charts())
    if not upper.timeless:
        yield from _upper(upper, page)
    panels = list(spec.panels)
    if spec.overlay:
        yield _fitting(_only(spec, [panel for panel in panels if panel.key in spec.overlay]), page)
        panels = [panel for panel in spec.panels if panel.key not in spec.overlay]
    yield from _several(panels, lambda some: _only(spec, some), page)
    yield from _several(_pieces(spec.charts), lambda some: replace(spec, **_NOTHING, charts=_joined(some)), page)


def _pieces(charts: Charts) -> list[Charts]:
    """Return the least that charts are shared out by: endpoints, populations, comparisons, tables."""
    return [
        *(Charts(percents=(chart,)) for chart in charts.percents),
        *(Charts(squares=(replace(chart, tallies=(one,)),)) for chart in charts.squares for one in chart.tallies),
        *(Charts(forests=(chart,)) for chart in charts.forests),
        *(Charts(tables=(chart,)) for chart in charts.tables),
    ]


def _joined(some: Sequence[Charts]) -> Charts:
    """Return the charts of several pieces, populations of one chart together again."""
    squares: dict[str, SquareChart] = {}
    for chart in (chart for piece in some for chart in piece.squares):
        before = squares.get(chart.heading)
        squares[chart.heading] = replace(chart, tallies=(*(before.tallies if before else ()), *chart.tallies))
    return Charts(
        percents=tuple(chart for piece in some for chart in piece.percents),
        squares=tuple(squares.values()),
        forests=tuple(chart for piece in some for chart in piece.forests),
        tables=tuple(chart for piece in some for chart in piece.tables),
    )


def _upper(spec: Spec, page: PageOptions) -> Iterator[Fitted]:
    """Return therapies and events on one slide; where they are too many, on as many as they need, events last."""
    both = _fitting(spec, page)
    if both.fits:
        yield both
        return
    bare = replace(spec, lanes=(), chips=(), rail=Rail())
    yield from _several((*spec.lanes, *spec.chips), partial(_with_drugs, bare), page)
    marks = sorted(spec.rail.marks, key=lambda mark: mark.in_time)
    yield from _several((*spec.rail.bands, *marks), partial(_with_events, bare), page)


def _with_drugs(spec: Spec, some: Sequence[Lane | Chip]) -> Spec:
    lanes = tuple(one for one in some if isinstance(one, Lane))
    return replace(spec, lanes=lanes, chips=tuple(one for one in some if isinstance(one, Chip)))


def _with_events(spec: Spec, some: Sequence[Bar | Mark]) -> Spec:
    marks = tuple(one for one in some if isinstance(one, Mark))
    return replace(spec, rail=Rail(marks, tuple(one for one in some if isinstance(one, Bar))))


def _several(parts: Sequence[T], made: Callable[[Sequence[T]], Spec], page: PageOptions) -> Iterator[Fitted]:
    """Return the fewest slides that hold all parts in their order, each about as many."""
    rest, counts = list(parts), []
    while rest:
        some = range(2, len(rest) + 1)
        counts.append(1 + bisect_left(some, True, key=lambda n: not _fitting(made(rest[:n]), page).fits))
        rest = rest[counts[-1] :]
    even = [len(parts) * n // len(counts) for n in range(len(counts) + 1)] if counts else [0]
    slides = [_fitting(made(parts[a:b]), page) for a, b in pairwise(even)]
    if not all(slide.fits for slide in slides):
        ends = [0, *accumulate(counts)]
        slides = [_fitting(made(parts[a:b]), page) for a, b in pairwise(ends)]
    yield from slides


def _patients(spec: Spec, page: PageOptions) -> Iterator[Fitted]:
    """Return as many patients as fit on each slide, all with the same type: they are to be compared."""
    sheet, left = _sheet(page).model_copy(update={"type_pt": slide_sizes().floor}), list(spec.stacks)

    def too_many(count: int) -> bool:
        return page_size(spec.with_stacks(left[:count]), sheet)[1] > ROOM

    while left:
        count = max(1, bisect_left(range(1, len(left) + 1), x=True, key=too_many))
        yield Fitted(spec.with_stacks(left[:count]), WHOLE, sheet, 1.0, bare=False)
        left = left[count:]


def _only(spec: Spec, panels: Sequence[Any]) -> Spec:
    """Return a figure with these panels alone, over its axis."""
    keys = {panel.key for panel in panels}
    only = {
        "charts": Charts(),
        "panels": tuple(panels),
        "overlay": tuple(key for key in spec.overlay if key in keys),
        "ribbons": tuple(ribbon for ribbon in spec.ribbons if ribbon.panel in keys),
    }
    return replace(spec, **(_NOTHING | only))


def _sheet(page: PageOptions) -> PageOptions:
    return PageOptions(width_mm=WIDTH - 2 * FREE, theme=page.theme, title=False, words="apart", letters=page.letters)


def _fitting(spec: Spec, page: PageOptions) -> Fitted:
    """Return a figure under the title of a slide, in the largest type that fits; its ``fits`` says whether one does."""
    return in_room(spec, _sheet(page), ROOM, slide_sizes(), whole=True)


def _journal_slide(slides: Slides, spec: Spec, page: PageOptions, below: Below | None) -> None:
    svg = to_svg(spec, page)
    drawing = read_drawing(below(svg) if below else svg)
    resize(slides, drawing.width * drawing.scale, drawing.height * drawing.scale)
    _drawn_slide(slides, spec, spec, page, drawing, top=0.0)


def _pictures_slide(slides: Slides, spec: Spec, page: PageOptions, below: Below) -> None:
    """Put an author's own pictures on a slide, with the type of a slide."""
    sheet = _sheet(page).model_copy(update={"type_pt": slide_sizes().floor})
    wide = sheet.width_mm / sheet.enlarged
    empty = Pen(THEMES[page.theme], hover=False).document(wide, 0.0, "", "", scale=sheet.enlarged)
    _drawn_slide(slides, spec, spec, page, read_drawing(below(empty)), top=TITLE)


def _figure_slide(slides: Slides, whole: Spec, part: Fitted, number: str = "") -> None:
    title = whole.title + number
    _drawn_slide(slides, whole, part.spec, part.page, read_drawing(part.svg()), top=TITLE, title=title)


def _drawn_slide(
    slides: Slides,
    whole: Spec,
    part: Spec,
    page: PageOptions,
    drawing: Drawing,
    *,
    top: float,
    title: str = "",
) -> None:
    drawn_slide(
        slides, drawing, top=top, title=title or whole.title, name=part.title, told=alt(part), lang=whole.lang,
        notes=_noted(whole, part, page),
    )  # fmt: skip


def _noted(whole: Spec, part: Spec, page: PageOptions) -> str:
    """Return the caption of a whole figure, and what the part of it on a slide does not show."""
    if not part.left_out:
        return caption(whole, letters=page.letters)
    claim = say("note.all_drawn", whole.lang)
    told = replace(whole, notes=tuple(line for line in whole.notes if line != claim))
    left = say("left_out.line", whole.lang, what=say("list.semicolon", whole.lang).join(part.left_out))
    return f"{caption(told, letters=page.letters)}\n{left}"


def _chart_slide(slides: Slides, spec: Spec, chart: PercentChart, page: PageOptions) -> None:
    """Draw percentages as a chart that can be edited; what has no exact height is told in words below it."""
    if all(bar.exactness != "exact" for bar in spec.charts.bars_of(chart)):
        return
    slide = titled_slide(slides, chart.heading, TITLE)
    wide, high = slides.slide_width / EMU_PER_MM, slides.slide_height / EMU_PER_MM
    # On a slide of the width of a column, type is that of the column.
    type_pt = slide_sizes().floor if page.preset in ("", "slide") else page.type_pt
    rest = add_chart(slide, spec, chart, (FREE, TITLE, wide - 2 * FREE, high - TITLE - FREE), type_pt)
    notes = "\n\n".join([caption(spec, letters=page.letters), *rest])
    write_note(slide, notes)
