"""Several patients on one axis: cases and options in, the spec of one figure out, drawn like any other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from casecurves.figure.compare import notes
from casecurves.figure.compare.curves import Frames, analytes_of, chosen, multiples, overlaid
from casecurves.figure.compare.fitting import fitted
from casecurves.figure.compare.lanes import FEW, build_chips, build_lane, drug_codes, drug_legend
from casecurves.figure.compare.naming import subjects_of
from casecurves.figure.compare.options import CompareOptions, CompareView
from casecurves.figure.compare.parting import part_of, parts_of
from casecurves.figure.compare.patients import Cohort, Subject, gather
from casecurves.figure.compare.statuses import with_statuses
from casecurves.figure.compare.telling import cohort_json, comparison_json
from casecurves.figure.compile.notes import legend
from casecurves.figure.spec import LegendItem, Rail, Spec, Stack
from casecurves.words import say

__all__ = [
    "Cohort",
    "CompareOptions",
    "CompareView",
    "Subject",
    "analytes_of",
    "cohort_json",
    "comparison_json",
    "compile_cohort",
    "compile_comparison",
    "gather",
    "part_of",
    "parts_of",
    "subjects_of",
]


def compile_comparison(subjects: Sequence[Subject], options: CompareOptions | None = None) -> Spec:
    """Turn cases into the spec of one figure that compares them.

    Parameters
    ----------
    subjects : sequence of Subject
        The cases, each id once, with what each is called.
    options : CompareOptions, optional
        From which moment, in which view and order.

    Returns
    -------
    Spec
        Rows are named ``case/row``. Every case that has no place on the axis is in ``not_drawn`` with the reason.
    """
    options = options or CompareOptions()
    return compile_cohort(gather(subjects, options), options)


def compile_cohort(cohort: Cohort, options: CompareOptions) -> Spec:
    """Turn patients on one axis into the spec of their figure, as `compile_comparison`."""
    draft = _draft(cohort, options)
    frames = _frames(cohort, options)
    boxes = (*frames.boxes, *draft.boxes)
    drawn = replace(draft, panels=frames.panels, stacks=frames.stacks, boxes=boxes)
    if options.view != "overlay":
        drawn = _with_lanes(cohort, drawn)
    elif cohort.window is None:
        drawn = fitted(drawn, options.unit)
    drawn = with_statuses(cohort, drawn, options)
    if not cohort.patients:
        return drawn
    # Of the words, any patient's say the same.
    tied = tuple(key for stack in drawn.stacks if stack.shared for key in stack.panels)
    marks = legend(cohort.patients[0].words, replace(drawn, overlay=tied))
    return replace(
        drawn,
        legend=(*_drugs(cohort, options), *marks, *drawn.legend),
        notes=(*notes.notes(cohort, drawn, options, frames.left_out), *frames.notes),
    )


def _draft(cohort: Cohort, options: CompareOptions) -> Spec:
    hidden = notes.left_out(cohort, options)
    invented = any(one.case.illustrative for one in cohort.patients)
    return Spec(
        case="compare",
        lang=options.lang,
        title=notes.title(cohort, options),
        subtitle=notes.subtitle(options) if cohort.patients else "",
        banner=say("banner.illustrative", options.lang) if invented else "",
        axis=cohort.axis,
        lanes=(),
        chips=(),
        rail=Rail(),
        panels=(),
        boxes=notes.boxes(hidden, options),
        legend=(),
        notes=(),
        discrepancies=notes.disagreements(cohort),
        not_drawn=hidden,
        source=notes.source(cohort),
        disclaimer=say("disclaimer", options.lang),
    )


def _frames(cohort: Cohort, options: CompareOptions) -> Frames:
    patients = cohort.patients
    analytes = chosen(patients, options)
    if options.view == "overlay" and analytes:
        return overlaid(patients, analytes[0], cohort.window)
    if options.view == "multiples" and analytes:
        return multiples(patients, analytes, cohort.window)
    return Frames((), tuple(Stack(lanes=(one.case.id,)) for one in patients))


def _with_lanes(cohort: Cohort, draft: Spec) -> Spec:
    codes = drug_codes(cohort.patients)
    few = len(cohort.patients) <= FEW
    lanes = tuple(build_lane(one, codes, cohort.window, few=few) for one in cohort.patients)
    return replace(draft, lanes=lanes, chips=build_chips(cohort.patients))


def _drugs(cohort: Cohort, options: CompareOptions) -> tuple[LegendItem, ...]:
    return () if options.view == "overlay" else drug_legend(cohort.patients, drug_codes(cohort.patients))
