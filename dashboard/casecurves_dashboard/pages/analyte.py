"""Something measured: its names, units and codes, its thresholds and rules with their sources; where it is met."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dash import html
from dash.development.base_component import Component

from casecurves.knowledge import Analyte, Threshold, all_analytes, analyte, fold
from casecurves.knowledge.besides import SIGNS, besides
from casecurves.knowledge.conversion import molar_mass, refusals_of, units_of
from casecurves.knowledge.loinc import codes
from casecurves.knowledge.rules import Criterion, RuleSet, all_rules
from casecurves.knowledge.units import in_language
from casecurves.model.case import Case
from casecurves.model.columns import Row
from casecurves.words import decimal, say, typeset
from casecurves_dashboard.components.known import ANALYTE_PATH, Cases, back, cited, facts, met_in, table
from casecurves_dashboard.components.parts import section
from casecurves_dashboard.components.words import notices
from casecurves_dashboard.state import Unknown, ViewState


def found(path: object) -> Analyte | None:
    """Return the analyte that a path names by its key; ``None`` when it names none."""
    if not isinstance(path, str) or not path.startswith(ANALYTE_PATH):
        return None
    key = path.removeprefix(ANALYTE_PATH)
    return next((known for known in all_analytes() if known.id == key), None)


def page(known: Analyte, cases: Cases, state: ViewState, unknown: Sequence[Unknown] = ()) -> list[Component]:
    """Return the page of an analyte.

    Parameters
    ----------
    known : Analyte
        What is measured.
    cases : mapping
        The cases in which it may be met.
    state : ViewState
        Language and theme.
    unknown : sequence of Unknown
        What of the address could not be read.

    Returns
    -------
    list of Component
        What stands between head and foot.
    """
    lang = state.lang
    name, other = (known.fr, known.en) if lang == "fr" else (known.en, known.fr)
    return [
        back(state),
        *notices(tuple(unknown), lang),
        html.H1(typeset(name, lang)),
        facts(
            [
                ("name_en" if lang == "fr" else "name_fr", typeset(other, lang)),
                ("also", typeset(", ".join(dict.fromkeys((known.short_name(lang), *known.also))), lang)),
                ("assays", ", ".join(known.assays)),
                ("kind_of_value", say(f"known.kind.{known.kind}", lang)),
                ("usual_scale", say(f"known.scale.{known.scale}", lang)),
                ("better_is", say(f"known.better.{known.better}", lang)),
            ],
            lang,
        ),
        *_thresholds(known, lang),
        *_rules(known, lang),
        section(say("known.units", lang), [_units(known, lang)], "wide"),
        *_codes(known, lang),
        met_in(cases, lambda case: _rows(case, known), state),
    ]


def _thresholds(known: Analyte, lang: str) -> list[Component]:
    rows = [
        (
            f"{limit.sign}\u00a0{_with_unit(limit.value, limit.unit, lang)}",
            say("list.semicolon", lang).join((_separates(limit, lang), *besides(limit, known.id, lang))),
            cited(limit.cited(lang), lang, verified=limit.verified),
        )
        for limit in known.thresholds
    ]
    if not rows:
        return [section(say("known.thresholds", lang), [html.P(say("known.no_threshold", lang), className="quiet")])]
    native = html.P(say("known.native", lang), className="quiet")
    return [section(say("known.thresholds", lang), [table(("value", "means", "source"), rows, lang), native], "wide")]


def _with_unit(value: float, unit: str, lang: str) -> str:
    return f"{decimal(f'{value:g}', lang)} {unit}".strip().replace(" ", "\u00a0")


def _separates(limit: Threshold, lang: str) -> str:
    """Say what a threshold separates, and for which condition where its name does not say it already."""
    name = typeset(limit.fr, lang) if lang == "fr" else limit.en
    condition = say(f"known.condition.{limit.condition}", lang) if limit.condition else ""
    return name if condition in ("", name) else say("known.of_condition", lang, name=name, condition=condition)


def _rules(known: Analyte, lang: str) -> list[Component]:
    joint = say("list.semicolon", lang)
    rows = [
        (rule.name(lang), joint.join(_limits(known, rule, lang)), cited(rule.cited(lang), lang, verified=rule.verified))
        for rule in all_rules().values()
        if known.id in rule.measured or any(known.id == one.analyte for one in _criteria(rule))
    ]
    return (
        [section(say("known.rules", lang), [table(("rule", "limits", "source"), rows, lang)], "wide")] if rows else []
    )


def _criteria(rule: RuleSet) -> Iterator[Criterion]:
    return (one for status in rule.statuses for one in status.criteria)


def _limits(known: Analyte, rule: RuleSet, lang: str) -> Iterator[str]:
    """Say what a rule asks of an analyte, for each of its statuses."""
    for status in rule.statuses:
        said = [text for one in status.criteria for text in _asked(known, rule, one, lang)]
        if said:
            yield say("known.asks", lang, status=status.name(lang), said=", ".join(said))


def _asked(known: Analyte, rule: RuleSet, one: Criterion, lang: str) -> Iterator[str]:
    for limit in one.limits:
        if limit.analyte == known.id:
            yield f"{SIGNS[limit.comparison]}\u00a0{_with_unit(limit.value, limit.unit, lang)}"
    # A criterion without an analyte of its own concerns the value that the rule assesses.
    own = known.id in rule.measured if one.analyte == "" else one.analyte == known.id
    if one.kind in ("fall", "drop") and own:
        words = {"sign": SIGNS[one.comparison], "amount": decimal(f"{one.amount:g}", lang)}
        yield say(f"known.{one.kind}", lang, **words)
    elif one.kind in ("normal", "judged") and own and one.id in ("measured", known.id):
        yield say(f"known.{one.kind}", lang)
    elif one.kind == "word" and own:
        yield ", ".join(one.words)


def _units(known: Analyte, lang: str) -> Component:
    written: dict[str, list[str]] = {code: [] for code in known.units}
    for text, code in known.written.items():
        written.setdefault(code, []).append(text)
    into = units_of(known)
    none = say("known.no_conversion", lang)
    rows = [(code, ", ".join(written[code]), ", ".join(into[code]) or none) for code in known.units]
    mass = molar_mass(known.id)
    said = [html.P(text, className="quiet") for text in _refused(known, lang)]
    if mass is not None:
        name, amount = say(f"substance.{mass.substance}", lang), decimal(f"{mass.g_per_mol:g}", lang)
        source = cited(mass.cited(lang), lang, verified=mass.verified)
        said += [html.P(say("known.mass", lang, substance=name, mass=amount, source=source), className="quiet")]
    return html.Div([table(("ucum", "written", "into"), rows, lang), *said])


def _refused(known: Analyte, lang: str) -> Iterator[str]:
    """Say which units do not convert into one another, each reason once."""
    units: dict[str, list[str]] = {}
    for one in refusals_of(known):
        units.setdefault(one.why(lang), []).extend(in_language(unit, lang) for unit in (one.unit, one.to))
    for why, found in units.items():
        yield typeset(say("known.refused", lang, units=", ".join(dict.fromkeys(found)), why=why), lang)


def _codes(known: Analyte, lang: str) -> list[Component]:
    unread = say("threshold.unverified", lang)
    rows = [
        (one.code, one.name, ", ".join((*one.units, *one.assays)), "" if one.verified else unread)
        for one in codes(known)
    ]
    if not rows:
        return []
    return [section("LOINC", [table(("code", "name", "holds", "checked"), rows, lang)], "wide")]


def _rows(case: Case, known: Analyte) -> list[Row]:
    met = ((row, analyte(row.analyte, row.assay)) for row in case.measurements)
    values: list[Row] = [row for row, one in met if one is not None and one.id == known.id]
    if known.kind != "score":
        return values
    # A trial counts who improves by a score, and names it in words: at least 75 % improvement (F-VASI75).
    named = re.compile(rf"\b{re.escape(fold(known.short))}[0-9]*\b")
    return values + [row for row in case.outcomes if named.search(fold(row.label))]
