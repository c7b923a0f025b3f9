"""What of the CARE checklist the data of a case cover, and the timeline that it asks for."""

from __future__ import annotations

from dataclasses import astuple

from dash import html
from dash.development.base_component import Component

from casecurves.analysis.care import checklist
from casecurves.figure.care import COLUMNS, headings, said, timeline, title
from casecurves.figure.compile.details import names
from casecurves.model.case import Case
from casecurves.words import say
from casecurves_dashboard.components.parts import aria
from casecurves_dashboard.state import ViewState


def care(case: Case, state: ViewState) -> list[Component]:
    """Return the checklist, one line for each item, and the rows of the figure in the order of time."""
    lang, options = state.lang, state.options()
    called = names(case, options)
    items = []
    for found in checklist(case):
        name = html.Strong(f"{found.item} {title(found, lang)}")
        items.append(html.Li([name, " – ", said(found, called, lang)], className=found.cover))
    head = html.Thead(html.Tr([html.Th(heading, scope="col") for heading in headings(lang)]))
    rows = [html.Tr([html.Td(cell) for cell in astuple(told)[: len(COLUMNS)]]) for told in timeline(case, options)]
    table = html.Table([head, html.Tbody(rows)], className="grid")
    heading = say("care.head.timeline", lang)
    return [
        html.H2(say("care.head.checklist", lang)),
        html.Ul(items, className="care"),
        html.H2(heading),
        html.Div(table, className="scroll", tabIndex="0", role="region", **aria(label=heading)),
    ]
