"""What a reader chooses of a comparison: links, so that they work like any address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from casecurves.analysis.align import Anchor, anchors
from casecurves.analysis.response import applicable
from casecurves.analysis.response.saying import named
from casecurves.figure.compare import Subject, analytes_of
from casecurves.figure.compare.curves import chosen
from casecurves.figure.compile.rows import series_of
from casecurves.knowledge import analyte, drug, drug_name
from casecurves.knowledge.conversion import units_of
from casecurves.knowledge.rules import all_rules
from casecurves.model.case import Case
from casecurves.model.issues import visible
from casecurves.words import say
from casecurves_dashboard.compare_view import LOOKS, SORTS, ComparePage
from casecurves_dashboard.comparing import Compared
from casecurves_dashboard.components.parts import aria, titled
from casecurves_dashboard.state import COMPARE_PATH, UNITS, ViewState

# So many moments, and so many biomarkers, are offered at once.
_FIRST = 6
_MOST = 20


def choosing(found: Compared, every: Sequence[Case]) -> list[Component]:
    """Return how patients are drawn, in which order, from which moment they are counted, and what else there is."""
    state = found.state
    return [
        html.Div([_looks(state), _sorts(state)], className="compare-first"),
        _moments(state, every),
        *_biomarkers(found),
        _settings(found, every),
        _patients(state, every),
    ]


def _settings(found: Compared, every: Sequence[Case]) -> Component:
    """Return what is seldom chosen, folded away; what of it is not as usual is said."""
    state, lang = found.state, found.state.lang
    inside = [_times(state), *_units(found), *_invented(state, every), *_rules(found)]
    changed = [say(f"dashboard.unit.{state.unit}", lang)] if state.unit != "auto" else []
    changed += [unit for _, unit in state.wanted]
    changed += [say("compare.invented.in_short", lang)] if state.invented == "assessed" else []
    changed += [named(all_rules()[key], lang) for key in state.rules]
    more = [html.Span(" · ".join(map(visible, changed)), className="changed")] if changed else []
    head: list[str | Component] = [say("compare.page.settings", lang), *more]
    return html.Details([html.Summary(head), html.Div(inside, className="settings")], className="more")


def offered(head: str, items: Sequence[tuple[str, ComparePage, bool]], kind: str = "order") -> Component:
    """Return a row of links, of which those that hold are marked."""
    links = [
        html.Li(dcc.Link(text, href=view.at(COMPARE_PATH)), **aria(current=str(holds).lower()))
        for text, view, holds in items
    ]
    return html.Nav([html.Span(head, className="label"), html.Ul(links, className=kind)], **aria(label=head))


def _looks(state: ComparePage) -> Component:
    items = [
        (say(f"compare.view.{look}", state.lang), state.changed(look=look, part=1), look == state.look)
        for look in LOOKS
    ]
    return offered(say("compare.page.view", state.lang), items)


def _sorts(state: ComparePage) -> Component:
    items = [(say(f"compare.by.{by}", state.lang), state.changed(by=by, part=1), by == state.by) for by in SORTS]
    return offered(say("compare.page.sort", state.lang), items)


def _times(state: ComparePage) -> Component:
    units = [
        (say(f"dashboard.unit.{unit}", state.lang), state.changed(unit=unit), unit == state.unit) for unit in UNITS
    ]
    return offered(say("dashboard.controls.unit", state.lang), units)


def _invented(state: ComparePage, every: Sequence[Case]) -> list[Component]:
    if not any(case.illustrative for case in every):
        return []
    choices = (("kept_out", "kept_out"), ("assessed", "in"))
    items = [
        (say(f"compare.invented.{key}", state.lang), state.changed(invented=value), value == state.invented)
        for value, key in choices
    ]
    return [offered(say("compare.page.invented", state.lang), items)]


def _moments(state: ComparePage, every: Sequence[Case]) -> Component:
    """Return what patients can be counted from, that which most of them have first."""
    lang = state.lang
    own = (say("compare.own_zero", lang), state.changed(align="", picks=()), not state.align)
    items = [own]
    # An invented patient who is kept out is none that a moment would compare.
    counted = [case for case in every if state.invented == "assessed" or not case.illustrative]
    for anchor in anchors(counted or every):
        name = f"{_anchor_name(anchor, lang)} ({anchor.count})"
        items.append((name, state.changed(align=anchor.key, picks=(), part=1), _same(anchor.key, state.align)))
    return _some(say("compare.page.align", lang), say("compare.page.more", lang), items)


def _some(head: str, more: str, items: Sequence[tuple[str, ComparePage, bool]]) -> Component:
    """Return a row of links, of many the first and those that hold; the others are folded away."""
    first, rest = items[: _FIRST + 1], items[_FIRST + 1 :]
    held = [item for item in rest if item[2]]
    others = [item for item in rest if not item[2]]
    folded = html.Details([html.Summary(more), offered(more, others)], className="drawer-more")
    return html.Div([offered(head, [*first, *held]), *([folded] if others else [])], className="compare-moments")


def _anchor_name(anchor: Anchor, lang: str) -> str:
    if anchor.kind == "event":
        return say(f"event_kind.{anchor.key}", lang)
    return visible(drug_name(anchor.key, lang))


def _same(key: str, asked: str) -> bool:
    known = drug(asked)
    return key == asked or (known is not None and known == drug(key))


def _biomarkers(found: Compared) -> list[Component]:
    """Return the biomarkers of these patients: one for an overlay, any number of panels."""
    state, lang = found.state, found.state.lang
    if state.look == "swimmer":
        return []
    names, shown = _analytes(found)
    items = []
    for key in tuple(names)[:_MOST]:
        if state.look == "overlay":
            wanted: tuple[str, ...] = (key,)
        else:
            wanted = tuple(k for k in shown if k != key) if key in shown else (*shown, key)
        items.append((names[key], state.changed(show=wanted or None), key in shown))
    return [_some(say("compare.page.show", lang), say("compare.page.more_shown", lang), items)]


def _analytes(found: Compared) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the names of all biomarkers of the patients compared, and the keys of those that are shown."""
    state = found.state
    names = _analyte_names(found.subjects, analytes_of(one.case for one in found.cohort.patients), state.lang)
    shown = () if state.look == "swimmer" else chosen(found.cohort.patients, state.asked())
    return names, shown


def _units(found: Compared) -> list[Component]:
    """Return the units that each biomarker shown can be read in, that at hand among them."""
    state, rows = found.state, []
    names, shown = _analytes(found)
    for key in shown:
        values = [row for one in found.cohort.patients for row in one.words.case.measurements]
        row = next((row for row in values if row.unit and series_of(row)[0] == key), None)
        known = None if row is None else analyte(row.analyte, row.assay)
        if row is None or known is None:
            continue
        others = tuple(text for text in state.units if not text.startswith(f"{key}:"))
        units = [known.spelt(code) for code in units_of(known).get(known.ucum(row.unit) or "", ())]
        items = [(visible(row.unit), state, True)]
        items += [(unit, state.changed(units=(*others, f"{key}:{unit}")), False) for unit in units]
        if units:
            rows.append(offered(say("compare.page.unit_of", state.lang, analyte=names[key]), items))
    return rows


def _rules(found: Compared) -> list[Component]:
    """Return the rules that have something to assess in these patients, each a link that takes it in or out."""
    state, lang = found.state, found.state.lang
    invented = state.invented == "assessed"
    able = {rule.id for one in found.cohort.patients for rule in applicable(one.case, illustrative=invented)}
    items = []
    for key, rule in all_rules().items():
        if key in able or key in state.rules:
            others = tuple(other for other in all_rules() if (other in state.rules) != (other == key))
            items.append((named(rule, lang), state.changed(rules=others), key in state.rules))
    head = say("dashboard.controls.rules", lang)
    return [offered(head, items)] if items else []


def _analyte_names(subjects: Sequence[Subject], keys: Sequence[str], lang: str) -> dict[str, str]:
    """Return short names, and where two are alike, the long ones."""
    rows = {series_of(row)[0]: row for one in subjects for row in one.case.measurements}
    known = {key: analyte(rows[key].analyte, rows[key].assay) for key in keys}
    short = {key: visible(rows[key].analyte) if one is None else one.short_name(lang) for key, one in known.items()}
    alike = {name for name, count in Counter(short.values()).items() if count > 1}
    return {
        key: name if one is None or name not in alike else one.name(lang)
        for (key, name), one in zip(short.items(), known.values(), strict=True)
    }


def _patients(state: ComparePage, every: Sequence[Case]) -> Component:
    """Return who is compared; each link takes a patient in or out."""
    lang = state.lang
    ids = [case.id for case in every]
    inside = [key for key in ids if not state.cases or key in state.cases]
    items = []
    for case in every:
        others = tuple(key for key in inside if key != case.id) if case.id in inside else (*inside, case.id)
        wanted = tuple(key for key in ids if key in others)
        cases = () if len(wanted) == len(ids) else wanted
        name = titled(case, lang) or visible(case.id)
        text = ("✓ " if case.id in inside else "") + name
        items.append((text, state.changed(cases=cases, part=1), case.id in inside))
    head = say("compare.page.patients", lang, n=len(inside), all=len(ids))
    everybody = dcc.Link(say("compare.page.everybody", lang), href=state.changed(cases=(), part=1).at(COMPARE_PATH))
    inner = [*([html.P(everybody)] if state.cases else []), offered(head, items, "options")]
    return html.Details([html.Summary(head), *inner], className="compare-patients")


def way_to(case: Case, every: Sequence[Case], state: ViewState) -> list[Component]:
    """Return the link from a case to its comparison with others on the drug that most of them were given, too."""
    others = [
        other for other in every if other.header.kind == "patient" and not other.illustrative and other.id != case.id
    ]
    if case.header.kind != "patient" or not others:
        return []
    # The drug of day zero before any other, then that which most of the others were given.
    zero = next((_drug(row.drug) for row in case.therapies if row.id == case.header.day_zero), "")
    given = {_drug(row.drug) for row in case.therapies}
    shared = [one for one in anchors(others) if one.kind == "drug" and one.key in given]
    shared.sort(key=lambda one: one.key != zero)
    view = ComparePage(lang=state.lang, theme=state.theme, invented="assessed" if case.illustrative else "kept_out")
    if shared:
        name = _anchor_name(shared[0], state.lang)
        text = say("compare.page.same_drug", state.lang, drug=name, n=shared[0].count)
        view = view.changed(align=shared[0].key)
    else:
        text = say("compare.page.others", state.lang)
    return [html.P(dcc.Link(text, href=view.at(COMPARE_PATH)), className="compare-way")]


def _drug(name: str) -> str:
    known = drug(name)
    return name if known is None else known.en
