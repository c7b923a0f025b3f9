"""What is told beside a page: the row that is chosen, and the day that is pinned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from casecurves.figure.compile.details import Beside, Details, Other, details, names
from casecurves.figure.compile.limits import limit
from casecurves.figure.compile.moments import Held, Moment, Values, moment
from casecurves.figure.compile.reach import stretch
from casecurves.figure.compile.window import Window
from casecurves.figure.spec import Disagreement
from casecurves.knowledge import Analyte, Drug, analyte, drug
from casecurves.knowledge.conversion import units_of
from casecurves.knowledge.relations import all_diagrams, places_of
from casecurves.model.case import Case
from casecurves.model.schema import Measurement, Row, Therapy
from casecurves.words import pick, say
from casecurves_dashboard.choices import choices
from casecurves_dashboard.components.known import ANALYTE_PATH, DRUG_PATH
from casecurves_dashboard.components.parts import data, day_link, row_link
from casecurves_dashboard.components.words import disagreements
from casecurves_dashboard.shelf import Shelf
from casecurves_dashboard.state import DIAGRAM_PATH, ViewState, path_of

_MANY = 15


def aside(shelf: Shelf, case_id: str | None, state: ViewState) -> list[Component]:
    """Return what is told of a view beside its page: nothing, a row, a day, or both."""
    case, _ = shelf.cases.get(case_id or "", (None, None))
    if case is None:
        return []
    state, _ = choices(case, state.lang).narrow(state)
    parts = _row(case, state) if state.row else []
    # Of a group nothing held on a day; it has no course.
    if state.moment is not None and case.header.kind == "patient":
        parts.append(_moment(moment(case, state.moment, state.options()), state))
    return parts


def _row(case: Case, state: ViewState) -> list[Component]:
    is_row = case.row(state.row) is not None
    told = details(case, state.row, state.options()) if is_row else limit(case, state.row, state.options())
    if told is None:
        return []
    facts = [part for fact in told.facts for part in (html.Dt(fact.heading), html.Dd(fact.text))]
    # A range or a threshold has no time, so that it leads nowhere.
    ways = [
        *_ways(case, told, state),
        *_disagreements(case, told.disagreements, state),
        *_others(told, state),
    ]
    close = row_link(say("dashboard.aside.close", state.lang), "", state, kind="close")
    content = [html.Dl(facts), *(ways if is_row else [])]
    return [_part(told.heading, told.kind, close, content, data(go="row", to=told.row))]


def _part(
    heading: str, kind: str, close: Component, content: Sequence[Component], what: Mapping[str, Any]
) -> Component:
    """Return one thing told; ``what`` says to explore.js which of the things in the address it is."""
    head = html.Div([html.P(kind, className="quiet"), html.H2(heading), close], className="top")
    return html.Section([head, *content], className="told-part", **what)


def _ways(case: Case, told: Details, state: ViewState) -> list[Component]:
    """Return the ways that lead on from a row: its days, and its line in the tables or its mark in the figure."""
    lang = state.lang
    days = told.days if case.header.kind == "patient" else ()
    links: list[Component] = [
        day_link(say("dashboard.aside.day", lang, day=str(day).replace("-", "\u2212")), day, state) for day in days
    ]
    tab = "figure" if state.tab == "tables" else "tables"
    words = say(f"dashboard.aside.{tab}", lang)
    links.append(dcc.Link(words, href=state.changed(tab=tab).at(path_of(case.id))))
    links += _zooms(case, told, state)
    links += _units(case.row(told.row), case, state)
    return [html.Ul([html.Li(link) for link in (*links, *_acts(case, told, state))], className="ways")]


def _acts(case: Case, told: Details, state: ViewState) -> list[Component]:
    """Return the ways from a drug to where it acts."""
    row = next((row for row in case.therapies if row.id == told.row), None)
    places = places_of(row.drug) if row is not None else ()
    there = ViewState(lang=state.lang, theme=state.theme)
    return [
        *_about(case.row(told.row), there),
        *(
            dcc.Link(
                say("knowledge_page.acts", state.lang, title=pick(all_diagrams()[place.diagram].title, state.lang)),
                href=there.changed(node=place.node).at(f"{DIAGRAM_PATH}{place.diagram}"),
            )
            for place in places
        ),
    ]


def _about(row: Row | None, there: ViewState) -> list[Component]:
    """Return the way to what is known of a drug or of something measured."""
    known: Drug | Analyte | None
    if isinstance(row, Therapy):
        known, path = drug(row.drug), DRUG_PATH
    elif isinstance(row, Measurement):
        known, path = analyte(row.analyte, row.assay), ANALYTE_PATH
    else:
        return []
    if known is None:
        return []
    words = say("knowledge_page.index.about", there.lang, name=known.name(there.lang))
    return [dcc.Link(words, href=there.at(f"{path}{known.id}"))]


def _zooms(case: Case, told: Details, state: ViewState) -> list[Component]:
    """Return the way to the stretch of the axis that a row takes, and the way back to all of it."""
    found = stretch(case, told.row, state.options()) if case.header.kind == "patient" else None
    ways: list[tuple[str, Window | None]] = []
    if found is not None and found != state.window:
        ways.append(("zoom", found))
    if state.window is not None:
        ways.append(("whole", None))
    return [
        dcc.Link(
            say(f"dashboard.aside.{name}", state.lang),
            href=state.changed(window=window, tab="figure").at(path_of(case.id)),
            className=name,
        )
        for name, window in ways
    ]


def _units(row: Row | None, case: Case, state: ViewState) -> list[Component]:
    """Return the ways to the other units that the curve of a value can be shown in, and back to its own."""
    known = analyte(row.analyte, row.assay) if isinstance(row, Measurement) and row.unit else None
    if known is None or not isinstance(row, Measurement):
        return []
    others = tuple(text for text in state.units if not text.startswith(f"{known.id}:"))
    at_hand = next((unit for key, unit in state.wanted if key == known.id), row.unit)
    units = [known.spelt(code) for code in units_of(known).get(known.ucum(at_hand) or "", ())]
    ways = [(say("dashboard.aside.in_unit", state.lang, unit=unit), (*others, f"{known.id}:{unit}")) for unit in units]
    ways += [(say("dashboard.aside.own_unit", state.lang), others)] if others != state.units else []
    return [
        dcc.Link(words, href=state.changed(units=to, tab="figure").at(path_of(case.id)), className="in-unit")
        for words, to in ways
    ]


def _disagreements(case: Case, found: Sequence[Disagreement], state: ViewState) -> list[Component]:
    if not found:
        return []
    heading = html.H3(say("dashboard.discrepancies.heading", state.lang))
    # The row at hand is told already.
    others = {row: name for row, name in names(case, state.options()).items() if row != state.row}
    return [heading, disagreements(found, others, state)]


def _others(told: Details, state: ViewState) -> list[Component]:
    lang = state.lang
    heading = html.H3(say("dashboard.aside.beside", lang))
    if not told.beside:
        return [heading, html.P(say("dashboard.aside.beside_none", lang), className="quiet")]
    return [
        heading,
        html.P(say("dashboard.aside.beside_lead", lang), className="quiet"),
        *(_beside(group, state) for group in told.beside),
    ]


def _beside(group: Beside, state: ViewState) -> Component:
    # What no order is known of is often all the rest: it is there, and not in the way. So with a long list.
    return html.Details(
        [html.Summary(f"{group.heading} ({len(group.others)})"), _list(group.others, state)],
        open=group.reason != "order_unknown" and len(group.others) <= _MANY,
        className="near",
    )


def _list(others: Sequence[Other], state: ViewState) -> Component:
    return html.Ul([html.Li(_other(other, state)) for other in others], className="lines")


def _other(other: Other, state: ViewState) -> list[Component]:
    said: list[Component] = [html.Span(f" · {other.distance}", className="moment")] if other.distance else []
    return [row_link(other.text, other.row, state), *said]


def _moment(told: Moment, state: ViewState) -> Component:
    lang = state.lang
    parts: list[Component] = []
    for heading, held in (("lanes", told.lanes), ("states", told.states)):
        if held:
            parts += [html.H3(say(f"moment.{heading}", lang)), html.Ul([_held(each, state) for each in held])]
    if told.events:
        parts += [html.H3(say("moment.events", lang)), _list(told.events, state)]
    if told.panels:
        parts += [
            html.H3(say("moment.panels", lang)),
            html.Dl([part for each in told.panels for part in _around(each, state)]),
        ]
    close = day_link(say("dashboard.aside.unpin", lang), None, state, kind="close")
    return _part(told.heading, say("dashboard.aside.pinned", lang), close, parts, data(go="at", to=state.moment))


def _held(held: Held, state: ViewState) -> html.Li:
    doses = say("list.semicolon", state.lang).join(held.doses)
    said = f"{held.text}, {doses}" if doses else held.text
    return html.Li(
        [row_link(held.label, held.row, state), html.Span(f" · {said}", className="moment")],
        className=f"hold {held.hold}",
    )


def _around(values: Values, state: ViewState) -> list[Component]:
    told = [
        html.Dd([say(f"moment.{name}", state.lang, what=""), *_joined(found, state)])
        for name, found in (("last", values.before), ("then", values.then), ("next", values.after))
        if found
    ]
    return [html.Dt(values.label), *told]


def _joined(found: Sequence[Other], state: ViewState) -> list[Component]:
    parts: list[Component] = []
    for other in found:
        parts += [html.Span("; ")] if parts else []
        parts += _other(other, state)
    return parts
