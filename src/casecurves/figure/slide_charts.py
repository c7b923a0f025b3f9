"""Percentages of a trial as a native chart of a presentation, which can be edited; what it cannot show, in words."""

from __future__ import annotations

from typing import Any

from casecurves.figure.spec import PercentBar, PercentChart, Spec
from casecurves.figure.text import Style, printable, wrap
from casecurves.words import say

# python-pptx types little of what is used here.
Slide = Any
_EMU_PER_MM = 36_000
# Height of a line of words, in points of its size; the inner edges of a box of words, in millimetres.
_LINE, _EDGES = 1.2, 8.0
_MM_PER_PT = 25.4 / 72
_FONT = "Arial"


def add_chart(
    slide: Slide, spec: Spec, chart: PercentChart, place: tuple[float, float, float, float], type_pt: float
) -> list[str]:
    """Add a chart of the exact percentages of one endpoint, on the axis of the figure, and words below it.

    Parameters
    ----------
    slide : pptx.slide.Slide
        The slide.
    spec : Spec
        The figure.
    chart : PercentChart
        One of its charts, with at least one exact percentage.
    place : tuple of float
        Left, top, width and height in millimetres of what the chart and its words may take.
    type_pt : float
        Size of all words, in points.

    Returns
    -------
    list of str
        What the chart cannot show, where not all of it has a place below.
    """
    left, top, wide, high = place
    style, told = Style(type_pt, 400), [printable(text) for text in _below(spec, chart)]
    lines = [line for text in told for line in wrap(text, wide - _EDGES, style)]
    foot = wrap(spec.disclaimer, wide - _EDGES, style)
    # A chart needs half of the room; what words have no place for is in the notes, but never what it is not for.
    most = max(1, int((high / 2 - 3.0) / (type_pt * _LINE * _MM_PER_PT)) - len(foot))
    whole = len(lines) <= most
    if not whole:
        lines = [*lines[: most - 1], say("slide.rest", spec.lang, n=len(lines) - most + 1)]
    lines += foot
    words_high = len(lines) * type_pt * _LINE * _MM_PER_PT + 3.0
    _native(slide, spec, chart, (left, top, wide, high - words_high), type_pt)
    _words(slide, lines, (left, top + high - words_high, wide, words_high), type_pt)
    return [] if whole else told


def _below(spec: Spec, chart: PercentChart) -> list[str]:
    """Return what the chart cannot show: comparisons, what has no exact height; and what its labels are."""
    bars = list(spec.charts.bars_of(chart))
    inexact = [bar.entry.text for bar in bars if bar.exactness != "exact"]
    compared = [f"{group.name}: {versus.text}" for group in chart.groups for versus in group.versus]
    between = say("list.semicolon", spec.lang)
    return [
        *([between.join(compared)] if compared else []),
        *([say("slide.no_bar", spec.lang, what=between.join(inexact))] if inexact else []),
        *([say("slide.brackets", spec.lang)] if any(bar.interval for bar in bars) else []),
    ]


def _label(bar: PercentBar) -> str:
    return printable("\n".join(text for text in (bar.value, bar.interval) if text))


def _native(slide: Slide, spec: Spec, chart: PercentChart, place: tuple[float, ...], type_pt: float) -> None:
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Pt

    pairs = [(group, bar) for group in chart.groups for bar in group.bars if bar.exactness == "exact"]
    numbers: Any = CategoryChartData()  # type: ignore[no-untyped-call]
    numbers.categories = [printable(f"{group.name} {bar.name}, {bar.size}".strip(" ,")) for group, bar in pairs]
    numbers.add_series("%", [bar.high for _, bar in pairs])
    made = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *map(_emu, place), numbers).chart
    made.has_legend = made.has_title = False
    made.font.size, made.font.name = Pt(type_pt), _FONT
    # The heights of two charts can be compared only on one axis.
    made.value_axis.minimum_scale, made.value_axis.maximum_scale = 0, chart.hi
    made.value_axis.has_major_gridlines = False
    made.value_axis.has_title = True
    made.value_axis.axis_title.text_frame.text = say("slide.per_cent", spec.lang)
    made.value_axis.axis_title.text_frame.paragraphs[0].runs[0].font.size = Pt(type_pt)
    for point, (_, bar) in enumerate(pairs):
        label = made.plots[0].series[0].points[point].data_label
        label.text_frame.text = _label(bar)


def _words(slide: Slide, lines: list[str], place: tuple[float, ...], type_pt: float) -> None:
    from pptx.util import Pt

    frame = slide.shapes.add_textbox(*map(_emu, place)).text_frame
    frame.word_wrap = True
    frame.text = "\n".join(lines)
    for paragraph in frame.paragraphs:
        paragraph.font.size, paragraph.font.name = Pt(type_pt), _FONT


def _emu(mm: float) -> int:
    from pptx.util import Emu

    return Emu(round(mm * _EMU_PER_MM))
