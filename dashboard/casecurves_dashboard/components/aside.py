"""What is told beside the page of a case, or of a comparison: the row that is chosen, and the day that is pinned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dash import dcc, html
from dash.development.base_component import Component

from casecurves.figure.compare.reading import Pointed, read_day, read_row
from casecurves.figure.compile.details import Beside, Details, details, named, names
from casecurves.figure.compile.limits import limit
from casecurves.figure.compile.moments import moment
from casecurves.figure.compile.reach import stretch
from casecurves.figure.compile.window import Window
from casecurves.figure.spec import Disagreement
from casecurves.knowledge import Analyte, Drug, analyte, drug
from casecurves.knowledge.conversion import units_of
from casecurves.knowledge.relations import all_diagrams, places_of
from casecurves.model.case import Case
from casecurves.model.schema import Measurement, Row, Therapy
from casecurves.words import printed, say
from casecurves_dashboard.choices import choices, on_axis
from casecurves_dashboard.comparing import Compared
from casecurves_dashboard.components.known import ANALYTE_PATH, DRUG_PATH
from casecurves_dashboard.components.parts import data, day_link, row_link
from casecurves_dashboard.components.pinned import Of, listed, part, pinned, pinned_of_all
from casecurves_dashboard.components.words import disagreements
from casecurves_dashboard.shelf import Shelf
from casecurves_dashboard.state import COMPARE_PATH, DIAGRAM_PATH, ViewState, path_of

_MANY = 15


def aside(shelf: Shelf, case_id: str | None, state: ViewState) -> list[Component]:
    """Return what is told of a view beside its page: nothing, a row, a day, or both."""
    case, _ = shelf.cases.get(case_id or "", (None, None))
    if case is None:
        return []
    state, _ = on_axis(shelf, case.id, choices(case, state.lang).narrow(state)[0])
    of = Of(case, state, path_of(case.id))
    parts = _row(of) if state.row else []
    # Of a group nothing held on a day; it has no course.
    if state.moment is not None and case.header.kind == "patient":
        parts.append(pinned(moment(case, state.moment, state.options()), of))
    return parts


def _row(of: Of) -> list[Component]:
    case, state = of.case, of.state
    is_row = case.row(state.row) is not None
    told = details(case, state.row, state.options()) if is_row else limit(case, state.row, state.options())
    if told is None:
        return []
    links = [*_other_tab(of), *_zooms(case, told, state)] if is_row else []
    return [row_told(told, of, names(case, state.options()), links)]


def aside_of_comparison(found: Compared) -> list[Component]:
    """Return what is told of a comparison beside its page: a mark of a patient, a day of all, or both."""
    state = found.state
    pointed = read_row(found.cohort, found.whole, state.row) if state.row else None
    parts = []
    if pointed is not None:
        parts.append(_mark(pointed, state))
    if state.moment is not None and found.told["patients"]:
        days = read_day(found.cohort, found.shown, state.moment, state.asked())
        parts.append(pinned_of_all(days, state, COMPARE_PATH))
    return parts


def _mark(pointed: Pointed, state: ViewState) -> Component:
    """Return a mark of a patient; the way to it on the page of the patient keeps the day zero."""
    one, told = pointed.patient, pointed.details
    of = Of(one.case, state, COMPARE_PATH, one.row(""), one.name)
    there = ViewState(lang=state.lang, theme=state.theme, zero=one.aligned.row, row=told.row)
    link = dcc.Link(say("compare.page.own_page", state.lang, name=one.name), href=there.at(path_of(one.case.id)))
    others = {row.id: named(one.words, row) for row in one.case.rows()}
    return row_told(told, of, others, [link])


def row_told(told: Details, of: Of, called: Mapping[str, str], links: Sequence[Component]) -> Component:
    """Return all that is known of a row.

    Parameters
    ----------
    told : Details
        What is known.
    of : Of
        Of which case, on which page.
    called : mapping of str to str
        What to call each row of the case.
    links : sequence of Component
        Ways that lead on from it on this page alone.

    Returns
    -------
    Component
        A range or a threshold has no time, so that it leads nowhere.
    """
    lang = of.state.lang
    facts = [part for fact in told.facts for part in (html.Dt(fact.heading), html.Dd(fact.text))]
    content: list[Component] = [html.Dl(facts)]
    if of.case.row(told.row) is not None:
        content += [_ways(of, told, links), *_disagreements(of, told.disagreements, called), *_others(told, of)]
    kind = " · ".join(part for part in (told.kind, of.name) if part)
    close = row_link(say("dashboard.aside.close", lang), "", of.state, kind="close")
    return part(told.heading, kind, close, content, data(go="row", to=of.id(told.row)))


def _ways(of: Of, told: Details, links: Sequence[Component]) -> Component:
    """Return the ways that lead on from a row: its days, where else it stands, what is known of it."""
    lang = of.state.lang
    days = told.days if of.case.header.kind == "patient" else ()
    items = [
        day_link(say("dashboard.aside.day", lang, day=str(day).replace("-", "\u2212")), day, of.state) for day in days
    ]
    return html.Ul([html.Li(link) for link in (*items, *links, *_units(of, told), *_acts(of, told))], className="ways")


def _other_tab(of: Of) -> list[Component]:
    """Return the way to the line of a row in the tables, or to its mark in the figure."""
    tab = "figure" if of.state.tab == "tables" else "tables"
    href = of.state.changed(tab=tab).at(of.path)
    return [dcc.Link(say(f"dashboard.aside.{tab}", of.state.lang), href=href)]


def _acts(of: Of, told: Details) -> list[Component]:
    """Return the ways from a drug to where it acts."""
    row = next((row for row in of.case.therapies if row.id == told.row), None)
    places = places_of(row.drug) if row is not None else ()
    there = ViewState(lang=of.state.lang, theme=of.state.theme)
    return [
        *_about(of.case.row(told.row), there),
        *(
            dcc.Link(
                say("knowledge_page.acts", there.lang, title=printed(all_diagrams()[place.diagram].title, there.lang)),
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


def _units(of: Of, told: Details) -> list[Component]:
    """Return the ways to the other units that the curve of a value can be shown in, and back to its own."""
    row, state = of.case.row(told.row), of.state
    known = analyte(row.analyte, row.assay) if isinstance(row, Measurement) and row.unit else None
    if known is None or not isinstance(row, Measurement):
        return []
    others = tuple(text for text in state.units if not text.startswith(f"{known.id}:"))
    at_hand = next((unit for key, unit in state.wanted if key == known.id), row.unit)
    units = [known.spelt(code) for code in units_of(known).get(known.ucum(at_hand) or "", ())]
    ways = [(say("dashboard.aside.in_unit", state.lang, unit=unit), (*others, f"{known.id}:{unit}")) for unit in units]
    ways += [(say("dashboard.aside.own_unit", state.lang), others)] if others != state.units else []
    return [
        dcc.Link(words, href=state.changed(units=to, tab="figure").at(of.path), className="in-unit")
        for words, to in ways
    ]


def _disagreements(of: Of, found: Sequence[Disagreement], called: Mapping[str, str]) -> list[Component]:
    if not found:
        return []
    heading = html.H3(say("dashboard.discrepancies.heading", of.state.lang))
    # The row at hand is told already.
    others = {of.id(row): name for row, name in called.items() if of.id(row) != of.state.row}
    told = [replace(item, rows=tuple(map(of.id, item.rows))) for item in found]
    return [heading, disagreements(told, others, of.state)]


def _others(told: Details, of: Of) -> list[Component]:
    lang = of.state.lang
    heading = html.H3(say("dashboard.aside.beside", lang))
    if not told.beside:
        return [heading, html.P(say("dashboard.aside.beside_none", lang), className="quiet")]
    return [
        heading,
        html.P(say("dashboard.aside.beside_lead", lang), className="quiet"),
        *(_beside(group, of) for group in told.beside),
    ]


def _beside(group: Beside, of: Of) -> Component:
    # What no order is known of is often all the rest: it is there, and not in the way. So with a long list.
    return html.Details(
        [html.Summary(f"{group.heading} ({len(group.others)})"), listed(group.others, of)],
        open=group.reason != "order_unknown" and len(group.others) <= _MANY,
        className="near",
    )
