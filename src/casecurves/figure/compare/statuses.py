"""The status of each patient by the rules that a reader chooses: under the lane, or under the curve it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from casecurves.figure.compare.curves import curves_of, own
from casecurves.figure.compare.options import CompareOptions
from casecurves.figure.compare.patients import Patient
from casecurves.figure.compile.ribbons import build_ribbons
from casecurves.figure.options import Options
from casecurves.figure.spec import LegendItem, Panel, Ribbon, Spec


def with_statuses(patients: Sequence[Patient], spec: Spec, options: CompareOptions) -> Spec:
    """Return a figure with a ribbon for each patient and rule; none in an overlay, where it would have no owner."""
    if not options.rules or options.view == "overlay":
        return spec
    ribbons: list[Ribbon] = []
    names: dict[str, list[str]] = {}
    for one in patients:
        panels = _panels(one, spec, options)
        asked = Options(lang=options.lang, rules=options.rules, illustrative=options.illustrative)
        made = build_ribbons(one.case, one.words, replace(spec, panels=panels), asked)
        ribbons += [_owned(one, ribbon, options) for ribbon in made.ribbons]
        for item in made.legend:
            names.setdefault(item.kind, []).extend(item.label.split(" / "))
    items = tuple(LegendItem(kind, " / ".join(dict.fromkeys(labels))) for kind, labels in names.items())
    return replace(spec, ribbons=tuple(ribbons), legend=items)


def _panels(one: Patient, spec: Spec, options: CompareOptions) -> tuple[Panel, ...]:
    """Return the panels of a patient with the ids that its own rows have: those shown, or with a lane alone, all."""
    if options.view == "multiples":
        shown = [panel for panel in spec.panels if panel.key.split("|")[0] == one.case.id]
    else:
        shown = [curve.panel for curve in curves_of((one,), None)]
    return tuple(own(one, panel) for panel in shown)


def _owned(one: Patient, ribbon: Ribbon, options: CompareOptions) -> Ribbon:
    stages = tuple(replace(s, row=one.row(s.row), hover=(one.name, *s.hover)) for s in ribbon.stages)
    return replace(ribbon, panel=ribbon.panel if options.view == "multiples" else one.case.id, stages=stages)
