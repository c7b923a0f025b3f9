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
from casecurves_dashboard.components.parts import named_table, section
from casecurves_dashboard.state import ViewState


def care(case: Case, state: ViewState) -> list[Component]:
    """Return the checklist, one line for each item, and the rows of the figure in the order of time."""
    lang, options = state.lang, state.options()
    called = names(case, options)
    items = []
    for found in checklist(case):
        name = html.Strong(f"{found.item} {title(found, lang)}")
        items.append(html.Li([name, " – ", said(found, called, lang)], className=found.cover))
    rows = [astuple(told)[: len(COLUMNS)] for told in timeline(case, options)]
    return [
        section(say("care.head.checklist", lang), [html.Ul(items, className="care")]),
        section(say("care.head.timeline", lang), [named_table(headings(lang), rows, COLUMNS.index("what"))]),
    ]
