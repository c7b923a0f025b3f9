"""The status of each patient by the rules that a reader chooses: under the lane, or under the curve it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from casecurves.analysis.response import Reading, readings
from casecurves.analysis.response.saying import about
from casecurves.figure.compare.curves import curves_of, own
from casecurves.figure.compare.options import CompareOptions
from casecurves.figure.compare.patients import Cohort, Patient
from casecurves.figure.compile.ribbons import build_ribbons
from casecurves.figure.compile.window import Window
from casecurves.figure.options import Options
from casecurves.figure.spec import LegendItem, Panel, Ribbon, Spec
from casecurves.knowledge import all_analytes
from casecurves.knowledge.rules import RuleSet, all_rules
from casecurves.words import say


def with_statuses(cohort: Cohort, spec: Spec, options: CompareOptions) -> Spec:
    """Return a figure with a ribbon for each patient and rule; none in an overlay, where it would have no owner."""
    if not options.rules or options.view == "overlay":
        return spec
    ribbons: list[Ribbon] = []
    names: dict[str, list[str]] = {}
    for one in cohort.patients:
        panels = _panels(one, spec, cohort.window, options)
        asked = Options(lang=options.lang, rules=options.rules, illustrative=options.illustrative)
        made = build_ribbons(one.case, one.words, replace(spec, panels=panels), asked)
        ribbons += [_owned(one, ribbon, options) for ribbon in made.ribbons]
        for item in made.legend:
            names.setdefault(item.kind, []).extend(item.label.split(" / "))
    items = tuple(LegendItem(kind, " / ".join(dict.fromkeys(labels))) for kind, labels in names.items())
    return replace(spec, ribbons=tuple(ribbons), legend=items)


def told_by_rules(patients: Sequence[Patient], spec: Spec, options: CompareOptions) -> list[str]:
    """Return which rules were applied; of each patient, what it comes to, or why there is no status."""
    lines: list[str] = []
    lang = options.lang
    for key in options.rules:
        said: dict[str, list[str]] = {}
        for one in patients:
            (found,) = readings(one.case, (key,), illustrative=options.illustrative)
            rest = about(one.case, found, lang)[1:] if found.assessments else ()
            without = _without(one, found, spec, options)
            said.setdefault(" · ".join((*rest, *without)), []).append(one.name)
        lines.append(f"{_rule(all_rules()[key], lang)}.")
        # Patients of whom the same is said stand together.
        named = (say("compare.named", lang, name=", ".join(names), what=what) for what, names in said.items() if what)
        lines += [f"{line}." for line in named]
    if options.rules and options.view == "overlay":
        lines.append(say("compare.strip.overlay", lang))
    return lines


def _without(one: Patient, found: Reading, spec: Spec, options: CompareOptions) -> list[str]:
    """Say why a patient has no strip for a rule; nothing where there is one, or where nobody has any."""
    rule, lang = found.rule, options.lang
    analytes = ", ".join(dict.fromkeys(one.short_name(lang) for one in all_analytes() if one.id in rule.measured))
    if not found.assessments:
        (invented,) = readings(one.case, (rule.id,), illustrative=True)
        key = "kept_out" if invented.assessments else "no_value"
        return [say(f"compare.strip.{key}", lang, analytes=analytes)]
    drawn = any(each.rule == rule.id and each.panel.split("|")[0] == one.case.id for each in spec.ribbons)
    if drawn or options.view == "overlay":
        return []
    placed = {mark.row for curve in curves_of((one,), None) for mark in curve.panel.marks if mark.place}
    hidden = any(one.row(each.row) in placed for each in found.assessments)
    return [say(f"compare.strip.{'hidden' if hidden else 'no_place'}", lang, analytes=analytes)]


def _rule(rule: RuleSet, lang: str) -> str:
    said = say("rules.name", lang, name=rule.name(lang), version=rule.version, source=rule.cited(lang))
    return said if rule.verified else f"{said} {say('rules.unverified', lang)}"


def _panels(one: Patient, spec: Spec, window: Window | None, options: CompareOptions) -> tuple[Panel, ...]:
    """Return the panels of a patient with the ids that its own rows have: those shown, or with a lane alone, all."""
    if options.view == "multiples":
        shown = [panel for panel in spec.panels if panel.key.split("|")[0] == one.case.id]
    else:
        shown = [curve.panel for curve in curves_of((one,), None, window)]
    return tuple(own(one, panel) for panel in shown)


def _owned(one: Patient, ribbon: Ribbon, options: CompareOptions) -> Ribbon:
    stages = tuple(replace(s, row=one.row(s.row), hover=(one.name, *s.hover)) for s in ribbon.stages)
    return replace(ribbon, panel=ribbon.panel if options.view == "multiples" else one.case.id, stages=stages)
