"""A figure as slides that can be edited: each bar, line and word is a shape of its own; the caption is the note.

A figure that fits a slide stands on one; else its therapies and events stand on one and its biomarkers on others, all
over the same axis; of several patients as many stand on each as fit. Type is as large as fits, and never under 7 pt.
Percentages of trials are native charts besides.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from casecurves.figure.caption import caption
from casecurves.figure.caption.alt import alt
from casecurves.figure.page import PageOptions
from casecurves.figure.shapes import Drawing, read_drawing
from casecurves.figure.slide_shapes import add_photos, figure_group
from casecurves.figure.spec import Charts, PercentChart, Rail, Spec
from casecurves.figure.stamp import stamp
from casecurves.figure.svg import page_size, to_svg
from casecurves.figure.svg.pen import Pen
from casecurves.figure.text import printable
from casecurves.figure.theme import THEMES
from casecurves.words import say

# python-pptx types little of what is used here.
Slides = Any
Slide = Any
# Takes a page and returns it with something below.
Below = Callable[[str], str]

_EMU_PER_MM = 36_000
# A slide of 16:9, the strip of its title, and what is left free round the figure, in millimetres.
_WIDTH, _HEIGHT, _TITLE, _FREE = 338.667, 190.5, 17.0, 5.0
# Sizes of the smallest type that are tried, largest first; a whole figure is not made smaller than `_WHOLE`.
_SIZES = (16.0, 14.0, 12.0, 11.0, 10.0, 9.0, 8.0, 7.0)
_WHOLE = 9.0
_TITLE_ONLY = 5  # among the layouts of the empty presentation
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_MOMENT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


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
        The figure as far as it is told at each step: one slide each, all with the type that suits the last.
    below : callable, optional
        Adds pictures of an author's own below a page: below the figure where the page is made for a journal, else on a
        slide of their own, the last.

    Returns
    -------
    bytes
        A presentation, the same for the same input: no author, no date, no place.
    """
    from pptx import Presentation

    page = page or PageOptions()
    slides: Slides = Presentation()
    _forget(slides, spec)
    if steps:
        slides.slide_width, slides.slide_height = _emu(_WIDTH), _emu(_HEIGHT)
        sheet = _fitting(steps[-1], page) or _smallest(page)
        for step in steps:
            _figure_slide(slides, step, step, sheet, top=_TITLE)
    elif page.preset in ("", "slide"):
        slides.slide_width, slides.slide_height = _emu(_WIDTH), _emu(_HEIGHT)
        for part, sheet in _parts(spec, page):
            _figure_slide(slides, spec, part, sheet, top=_TITLE)
    else:
        _journal_slide(slides, spec, page, below)
    if below and (steps or page.preset in ("", "slide")):
        _pictures_slide(slides, spec, page, below)
    for chart in () if steps else spec.charts.percents:
        _chart_slide(slides, spec, chart)
    made = BytesIO()
    slides.save(made)
    return _timeless(made.getvalue())


def _emu(mm: float) -> int:
    from pptx.util import Emu

    return Emu(round(mm * _EMU_PER_MM))


def _forget(slides: Slides, spec: Spec) -> None:
    """Leave nothing of a person or a moment in the head of the file."""
    known = slides.core_properties
    known.author = known.last_modified_by = known.keywords = known.category = known.subject = ""
    # The title of a case may name a person; on the slide its author sees it, here nobody does.
    known.title, known.comments = say("export.title", spec.lang), stamp(spec)
    known.language, known.revision = spec.lang, 1
    known.created = known.modified = known.last_printed = datetime(*_LONG_AGO)  # noqa: DTZ001 - the same everywhere
    package = slides.part.package
    for key, link in list(package._rels.items()):
        if link.reltype.endswith("/thumbnail"):
            package.drop_rel(key)


def _parts(spec: Spec, page: PageOptions) -> Iterator[tuple[Spec, PageOptions]]:
    """Return what stands on each slide, and its page: the largest type that fits."""
    whole = _fitting(spec, page, _WHOLE)
    if whole is not None:
        yield spec, whole
        return
    if spec.stacks:
        yield from _patients(spec, page)
        return
    upper = replace(spec, panels=(), overlay=(), ribbons=(), charts=Charts())
    if not upper.timeless:
        yield from _upper(upper, page)
    panels = list(spec.panels)
    if spec.overlay:
        panels = [panel for panel in panels if panel.key in spec.overlay]
        yield _only(spec, panels), _fitting(_only(spec, panels), page) or _smallest(page)
        panels = [panel for panel in spec.panels if panel.key not in spec.overlay]
    while panels:
        count = next((n for n in range(len(panels), 1, -1) if _fitting(_only(spec, panels[:n]), page, _WHOLE)), 1)
        part = _only(spec, panels[:count])
        yield part, _fitting(part, page) or _smallest(page)
        panels = panels[count:]
    if spec.charts:
        part = replace(spec, lanes=(), chips=(), rail=Rail(), panels=(), overlay=(), ribbons=())
        yield part, _fitting(part, page) or _smallest(page)


def _upper(spec: Spec, page: PageOptions) -> Iterator[tuple[Spec, PageOptions]]:
    """Return therapies and events on one slide; where they are too many, as many lanes as fit on each, events last."""
    sheet = _fitting(spec, page)
    lanes = list(spec.lanes)
    while sheet is None and lanes:
        bare = replace(spec, chips=(), rail=Rail())
        counts = range(len(lanes), 1, -1)
        count = next((n for n in counts if _fitting(replace(bare, lanes=tuple(lanes[:n])), page)), 1)
        part = replace(bare, lanes=tuple(lanes[:count]))
        yield part, _fitting(part, page) or _smallest(page)
        lanes = lanes[count:]
    rest = spec if sheet is not None else replace(spec, lanes=())
    if not rest.timeless or rest.chips:
        yield rest, sheet or _fitting(rest, page) or _smallest(page)


def _patients(spec: Spec, page: PageOptions) -> Iterator[tuple[Spec, PageOptions]]:
    """Return as many patients as fit on each slide, all with the same type: they are to be compared."""
    sheet, left = _sheet(page, _WHOLE), list(spec.stacks)

    def too_many(count: int) -> bool:
        return not _fits(spec.with_stacks(left[:count]), sheet)

    while left:
        count = max(1, bisect_left(range(1, len(left) + 1), x=True, key=too_many))
        yield spec.with_stacks(left[:count]), sheet
        left = left[count:]


def _only(spec: Spec, panels: Sequence[Any]) -> Spec:
    """Return a figure with these panels alone, over its axis."""
    keys = {panel.key for panel in panels}
    return replace(
        spec,
        lanes=(),
        chips=(),
        rail=Rail(),
        charts=Charts(),
        panels=tuple(panels),
        overlay=tuple(key for key in spec.overlay if key in keys),
        ribbons=tuple(ribbon for ribbon in spec.ribbons if ribbon.panel in keys),
    )


def _sheet(page: PageOptions, size: float) -> PageOptions:
    return PageOptions(
        width_mm=_WIDTH - 2 * _FREE, type_pt=size, theme=page.theme, title=False, words="apart", letters=page.letters
    )


def _smallest(page: PageOptions) -> PageOptions:
    return _sheet(page, _SIZES[-1])


def _fitting(spec: Spec, page: PageOptions, least: float = _SIZES[-1]) -> PageOptions | None:
    """Return the page of the largest type with which a figure fits under the title of a slide."""
    tried = (_sheet(page, size) for size in _SIZES if size >= least)
    return next((sheet for sheet in tried if _fits(spec, sheet)), None)


def _fits(spec: Spec, sheet: PageOptions) -> bool:
    return page_size(spec, sheet)[1] <= _HEIGHT - _TITLE - _FREE


def _journal_slide(slides: Slides, spec: Spec, page: PageOptions, below: Below | None) -> None:
    svg = to_svg(spec, page)
    drawing = read_drawing(below(svg) if below else svg)
    slides.slide_width, slides.slide_height = (_emu(mm * drawing.scale) for mm in (drawing.width, drawing.height))
    _drawn_slide(slides, spec, spec, page, drawing, top=0.0)


def _pictures_slide(slides: Slides, spec: Spec, page: PageOptions, below: Below) -> None:
    """Put an author's own pictures on a slide, with the type of a slide."""
    sheet = _sheet(page, _SIZES[2])
    wide = sheet.width_mm / sheet.enlarged
    empty = Pen(THEMES[page.theme], hover=False).document(wide, 0.0, "", "", scale=sheet.enlarged)
    _drawn_slide(slides, spec, spec, page, read_drawing(below(empty)), top=_TITLE)


def _figure_slide(slides: Slides, whole: Spec, part: Spec, page: PageOptions, *, top: float) -> None:
    _drawn_slide(slides, whole, part, page, read_drawing(to_svg(part, page)), top=top)


def _drawn_slide(slides: Slides, whole: Spec, part: Spec, page: PageOptions, drawing: Drawing, *, top: float) -> None:
    slide = slides.slides.add_slide(slides.slide_layouts[_TITLE_ONLY])
    _head(slides, slide, whole.title, top)
    left = (slides.slide_width / _EMU_PER_MM - drawing.width * drawing.scale) / 2 if top else 0.0
    # What does not fit even with the smallest type is drawn smaller, rather than over the edge.
    room = slides.slide_height / _EMU_PER_MM - top
    shown = _shrunk(drawing, room)
    group = figure_group(shown, max(left, 0.0), top, name=part.title, told=alt(part))
    slide.shapes._spTree.append(group)
    add_photos(slide, shown, max(left, 0.0), top)
    slide.notes_slide.notes_text_frame.text = _plain(caption(whole, letters=page.letters))


def _plain(text: str) -> str:
    """Return lines without what no file may hold."""
    return "\n".join(map(printable, text.split("\n")))


def _shrunk(drawing: Drawing, room: float) -> Drawing:
    high = drawing.height * drawing.scale
    return drawing if high <= room + 0.01 else replace(drawing, scale=drawing.scale * room / high)


def _head(slides: Slides, slide: Slide, words: str, strip: float) -> None:
    """Write the title of a slide in its strip; a slide without one keeps it for those who listen only."""
    from pptx.util import Pt

    title = slide.shapes.title
    if not strip:
        title._element.getparent().remove(title._element)
        return
    wide = slides.slide_width / _EMU_PER_MM - 2 * _FREE
    title.left, title.top, title.width, title.height = (_emu(mm) for mm in (_FREE, 2.0, wide, strip - 3))
    title.text_frame.text = printable(words)
    title.text_frame.word_wrap = True
    run = title.text_frame.paragraphs[0].runs[0]
    run.font.size, run.font.bold, run.font.name = Pt(20 if len(words) < 80 and wide > 200 else 12), True, "Arial"


def _chart_slide(slides: Slides, spec: Spec, chart: PercentChart) -> None:
    """Draw percentages as a chart that can be edited: a series of arms, the numbers as printed in their labels."""
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Pt

    exact = [bar for bar in spec.charts.bars_of(chart) if bar.exactness == "exact"]
    if not exact:
        return
    slide = slides.slides.add_slide(slides.slide_layouts[_TITLE_ONLY])
    _head(slides, slide, chart.heading, _TITLE)
    pairs = [(group, bar) for group in chart.groups for bar in group.bars if bar in exact]
    names = [printable(f"{group.name} {bar.name}".strip()) for group, bar in pairs]
    numbers: Any = CategoryChartData()  # type: ignore[no-untyped-call]
    numbers.categories = names
    numbers.add_series("%", [bar.high for bar in exact])
    wide, high = slides.slide_width / _EMU_PER_MM, slides.slide_height / _EMU_PER_MM
    place = tuple(_emu(mm) for mm in (_FREE, _TITLE + 2, wide - 2 * _FREE, high - _TITLE - 3 * _FREE))
    made = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *place, numbers).chart
    made.has_legend = made.has_title = False
    made.font.size, made.font.name = Pt(14), "Arial"
    plot = made.plots[0]
    plot.has_data_labels = True
    plot.data_labels.number_format, plot.data_labels.number_format_is_linked = "General", False
    made.value_axis.minimum_scale = 0
    made.value_axis.has_major_gridlines = False
    # What is approximate or a range has no height, and is told in the note.
    said = [bar.entry.text for bar in spec.charts.bars_of(chart)]
    slide.notes_slide.notes_text_frame.text = _plain("\n".join([*said, spec.source, stamp(spec)]))


def _timeless(data: bytes) -> bytes:
    """Return a zip with the same bytes on every day: no moment of writing in it, nor in a workbook inside it."""
    made = BytesIO()
    with ZipFile(BytesIO(data)) as given, ZipFile(made, "w") as fixed:
        for name in sorted(given.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            content = given.read(name)
            if name.endswith(".xlsx"):
                content = _timeless(content)
            elif name == "docProps/core.xml":
                content = _MOMENT.sub(b"1980-01-01T00:00:00Z", content)
            entry = ZipInfo(name, _LONG_AGO)
            entry.compress_type = ZIP_DEFLATED
            fixed.writestr(entry, content)
    return made.getvalue()
