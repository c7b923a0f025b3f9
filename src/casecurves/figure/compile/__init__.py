"""Case and options in, spec out: the recipe of a figure."""

from __future__ import annotations

from casecurves.figure.compile import notes
from casecurves.figure.compile.axis import build_axis
from casecurves.figure.compile.doses import build_dose_panels
from casecurves.figure.compile.lanes import build_lanes
from casecurves.figure.compile.overlay import Overlay, overlay
from casecurves.figure.compile.panels import build_panels, build_value_boxes
from casecurves.figure.compile.rail import build_event_boxes, build_rail
from casecurves.figure.compile.trials import build_trial_boxes
from casecurves.figure.compile.wording import Words, words_of
from casecurves.figure.options import Options
from casecurves.figure.spec import Spec
from casecurves.model.case import Case


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
    placer = words.placer
    axis = build_axis(case, placer, options)
    lanes, chips = build_lanes(case, placer, words, options)
    rail = build_rail(case, placer, words, axis.unit, absent=options.absent)
    stacked = (*build_dose_panels(case, placer, words, options), *build_panels(case, placer, words, options.analytes))
    shown = overlay(stacked, words) if options.view == "overlay" else Overlay(stacked, (), ())
    panels = shown.panels
    boxes = (
        *build_value_boxes(case, words, options.analytes),
        *build_event_boxes(case, words, absent=options.absent),
        *build_trial_boxes(case, words),
    )
    draft = Spec(
        case=case.id,
        lang=options.lang,
        title=notes.title(case, words),
        subtitle=notes.subtitle(case, words, axis),
        banner=notes.banner(case, words),
        axis=axis,
        lanes=lanes,
        chips=chips,
        rail=rail,
        panels=panels,
        boxes=boxes,
        legend=notes.legend(words, axis, lanes, chips, rail, panels, boxes, shown.keys),
        notes=shown.notes,
        discrepancies=notes.discrepancies(case, words),
        not_drawn=(),
        source=notes.source_line(case),
        disclaimer=words.say("disclaimer"),
        overlay=shown.keys,
    )
    return _with_ledger(case, words, draft)


def _with_ledger(case: Case, words: Words, draft: Spec) -> Spec:
    hidden = notes.not_drawn(case, words, draft.drawn())
    fields = {name: getattr(draft, name) for name in draft.__dataclass_fields__}
    return Spec(**{**fields, "not_drawn": hidden, "notes": (*draft.notes, *notes.notes(case, words, hidden))})
