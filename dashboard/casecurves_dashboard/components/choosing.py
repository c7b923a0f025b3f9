"""What a reader chooses of a comparison: links, so that they work like any address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from casecurves.analysis.align import Anchor, anchors
from casecurves.figure.compare import Subject, analytes_of
from casecurves.figure.compile.rows import series_of
from casecurves.knowledge import analyte, drug, drug_name
from casecurves.model.case import Case
from casecurves.model.issues import visible
from casecurves.words import say
from casecurves_dashboard.compare_view import LOOKS, SORTS, ComparePage
from casecurves_dashboard.comparing import Compared
from casecurves_dashboard.components.parts import aria
from casecurves_dashboard.state import COMPARE_PATH, ViewState

# So many moments, and so many biomarkers, are offered at once.
_FIRST = 8
_MOST = 20


def choosing(state: ComparePage, every: Sequence[Case]) -> list[Component]:
    """Return how patients are drawn, in which order, and from which moment they are counted."""
    first = html.Div([_looks(state), _sorts(state), *_invented(state, every)], className="compare-first")
    return [first, _moments(state, every)]


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
    for anchor in anchors(every):
        name = f"{_anchor_name(anchor, lang)} ({anchor.count})"
        items.append((name, state.changed(align=anchor.key, picks=(), part=1), _same(anchor.key, state.align)))
    first, rest = items[: _FIRST + 1], items[_FIRST + 1 :]
    chosen = [item for item in rest if item[2]]
    head = say("compare.page.align", lang)
    shown = offered(head, [*first, *chosen])
    more = offered(say("compare.page.more", lang), [item for item in rest if not item[2]])
    folded = html.Details([html.Summary(say("compare.page.more", lang)), more], className="drawer-more")
    return html.Div([shown, *([folded] if len(rest) > len(chosen) else [])], className="compare-moments")


def _anchor_name(anchor: Anchor, lang: str) -> str:
    if anchor.kind == "event":
        return say(f"event_kind.{anchor.key}", lang)
    return visible(drug_name(anchor.key, lang))


def _same(key: str, asked: str) -> bool:
    known = drug(asked)
    return key == asked or (known is not None and known == drug(key))


def biomarkers(found: Compared) -> list[Component]:
    """Return the biomarkers of these patients: one for an overlay, any number of panels."""
    state, lang = found.state, found.state.lang
    if state.look == "swimmer":
        return []
    inside = {one["case"] for one in found.told["patients"]}
    keys = analytes_of(case for case in (one.case for one in found.subjects) if case.id in inside)
    names = _analyte_names(found.subjects, keys, lang)
    shown = tuple(key for key in state.show or () if key in names) or keys[:1]
    shown = shown[:1] if state.look == "overlay" else shown
    items = []
    for key in keys[:20]:
        if state.look == "overlay":
            wanted: tuple[str, ...] = (key,)
        else:
            wanted = tuple(k for k in shown if k != key) if key in shown else (*shown, key)
        items.append((names[key], state.changed(show=wanted or None), key in shown))
    return [offered(say("compare.page.show", lang), items)]


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


def patients(state: ComparePage, every: Sequence[Case]) -> Component:
    """Return who is compared; each link takes a patient in or out."""
    lang = state.lang
    ids = [case.id for case in every]
    chosen = [key for key in ids if not state.cases or key in state.cases]
    items = []
    for case in every:
        others = tuple(key for key in chosen if key != case.id) if case.id in chosen else (*chosen, case.id)
        wanted = tuple(key for key in ids if key in others)
        cases = () if len(wanted) == len(ids) else wanted
        name = visible(case.header.said("title", lang) or case.id)
        text = ("✓ " if case.id in chosen else "") + name
        items.append((text, state.changed(cases=cases, part=1), case.id in chosen))
    head = say("compare.page.patients", lang, n=len(chosen), all=len(ids))
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
