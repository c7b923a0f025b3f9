"""Case and options in, spec out: the recipe of a figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from casecurves.figure.compile import notes, thresholds
from casecurves.figure.compile.axis import build_axis, window_of
from casecurves.figure.compile.charts import build_charts
from casecurves.figure.compile.doses import build_dose_panels
from casecurves.figure.compile.lanes import build_lanes
from casecurves.figure.compile.levels import elsewhere, homes
from casecurves.figure.compile.overlay import overlay
from casecurves.figure.compile.panels import build_panels, build_single_marks, build_value_boxes, placed_series
from casecurves.figure.compile.rail import build_event_boxes, build_rail, numbered
from casecurves.figure.compile.ribbons import build_ribbons
from casecurves.figure.compile.rows import Series
from casecurves.figure.compile.trials import build_trial_boxes
from casecurves.figure.compile.window import within
from casecurves.figure.compile.wording import Words, words_of
from casecurves.figure.options import Options
from casecurves.figure.spec import Box, Rail, Span, Spec
from casecurves.model.case import Case
from casecurves.model.schema import Measurement
from casecurves.words import typeset

# The values of a figure that have a place in time.
Measured = Mapping[Series, list[Measurement]]


def compile(case: Case, options: Options | None = None) -> Spec:
    """Turn a case into the spec of its figure.

    Parameters
    ----------
    case : Case
        The case; its rows are drawn, written in a box, or listed in ``not_drawn`` with the reason.
    options : Options, optional
        Language, unit of time, day zero, and what is shown in which order.

    Returns
    -------
    Spec
        Numbers and words; JSON by ``spec.to_json()``.
    """
    options = options or Options()
    words = words_of(case, options)
    whole = _whole(words, options)
    window = window_of(words.placer, options.window)
    # A status rests on the values as written.
    shown = _with_ribbons(case, words, _shown(words, whole, window, options), options)
    in_words = "" if window is None else words.span((Span("main", *window),), whole.axis.unit)
    return _with_ledger(words.case, words, whole, shown, in_words)


def _whole(words: Words, options: Options) -> Spec:
    """Return all that a figure has room for, without a legend and notes."""
    case, placer = words.case, words.placer
    axis = build_axis(case, placer, options)
    lanes, chips = build_lanes(case, placer, words, options)
    measured = placed_series(case, options.analytes)
    biomarkers = build_panels(case, placer, words, measured, homes(lanes, words))
    charts = build_charts(case, words)
    return Spec(
        case=case.id,
        lang=options.lang,
        title=notes.title(case, words),
        subtitle=notes.subtitle(case, words, axis, options.age),
        banner=notes.banner(case, words),
        axis=axis,
        lanes=lanes,
        chips=chips,
        rail=_rail(words, axis.unit, measured, options),
        panels=(*build_dose_panels(case, placer, words, options), *biomarkers),
        boxes=_boxes(words, measured, frozenset(entry.row for entry in charts.entries()), options),
        legend=(),
        notes=(),
        discrepancies=notes.discrepancies(case, words),
        not_drawn=(),
        source=notes.source_line(case, words),
        revision=case.revision,
        disclaimer=words.say("disclaimer"),
        charts=charts,
    )


def _rail(words: Words, unit: str, measured: Measured, options: Options) -> Rail:
    rail = build_rail(words.case, words.placer, words, unit, absent=options.absent)
    if options.once != "placed":
        return rail
    return replace(rail, marks=(*rail.marks, *build_single_marks(words.case, words.placer, words, unit, measured)))


def _boxes(words: Words, measured: Measured, charted: frozenset[str], options: Options) -> tuple[Box, ...]:
    return (
        *build_value_boxes(words.case, words, measured, options),
        *build_event_boxes(words.case, words, absent=options.absent),
        *build_trial_boxes(words.case, words, charted),
    )


def _shown(words: Words, whole: Spec, window: tuple[float, float] | None, options: Options) -> Spec:
    """Return what the reader chose to see of a figure, as it is to be seen."""
    cut = within(whole, window) if window else whole
    # What is outside the window needs no number, and no number helps where there is no list.
    cut = numbered(words.case, words, cut) if options.once == "boxed" else cut
    return _overlaid(cut, words) if options.view == "overlay" else cut


def _overlaid(spec: Spec, words: Words) -> Spec:
    found = overlay(spec.panels, words)
    return replace(spec, panels=found.panels, overlay=found.keys, notes=found.notes)


def _with_ribbons(case: Case, words: Words, shown: Spec, options: Options) -> Spec:
    read = build_ribbons(case, words, shown, options)
    return replace(shown, ribbons=read.ribbons, legend=read.legend, notes=(*shown.notes, *read.notes))


def _with_ledger(case: Case, words: Words, whole: Spec, shown: Spec, window: str) -> Spec:
    """Return what is shown with its legend, and the account of every row that is not."""
    drawn = shown.drawn()
    outside = whole.drawn() - drawn
    hidden = notes.not_drawn(case, words, drawn, outside)
    told = (*shown.notes, *elsewhere(words, shown), *notes.notes(case, words, hidden, outside, window))
    told = (*told, *thresholds.told(words, shown.panels))
    return replace(
        shown,
        legend=(*notes.legend(words, shown), *shown.legend),
        not_drawn=hidden,
        notes=tuple(typeset(note, words.lang) for note in told),
    )
