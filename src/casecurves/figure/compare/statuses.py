"""The status of each patient by the rules that a reader chooses: under the lane, or under the curve it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from casecurves.analysis.response import readings
from casecurves.analysis.response.saying import about
from casecurves.figure.compare.curves import curves_of, own
from casecurves.figure.compare.options import CompareOptions
from casecurves.figure.compare.patients import Patient
from casecurves.figure.compile.ribbons import build_ribbons
from casecurves.figure.options import Options
from casecurves.figure.spec import LegendItem, Panel, Ribbon, Spec
from casecurves.knowledge.rules import RuleSet, all_rules
from casecurves.words import say


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


def told_by_rules(patients: Sequence[Patient], options: CompareOptions) -> list[str]:
    """Return which rules were applied and, of each patient, from where a baseline counts and what it comes to."""
    lines: list[str] = []
    for key in options.rules:
        said: dict[str, list[str]] = {}
        for one in patients:
            (found,) = readings(one.case, (key,), illustrative=options.illustrative)
            if found.assessments:
                _, *rest = about(one.case, found, options.lang)
                said.setdefault(" · ".join(rest), []).append(one.name)
        rule = all_rules()[key]
        lines.append(f"{_rule(rule, options.lang)}.")
        # Patients of whom the same is said stand together.
        named = (say("compare.named", options.lang, name=", ".join(names), what=what) for what, names in said.items())
        lines += [f"{line}." for line in named]
    return lines


def _rule(rule: RuleSet, lang: str) -> str:
    said = say("rules.name", lang, name=rule.name(lang), version=rule.version, source=rule.cited(lang))
    return said if rule.verified else f"{said} {say('rules.unverified', lang)}"


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
