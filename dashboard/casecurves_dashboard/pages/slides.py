"""A table of the slides on immunotherapy: each row with where it stands."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from casecurves.knowledge.slides import slide_statements, slide_table
from casecurves.words import say
from casecurves_dashboard.components.parts import data, section
from casecurves_dashboard.state import KNOWLEDGE_PATH, ViewState


def page(name: str, state: ViewState) -> list[Component]:
    """Return the page of a table; a cell of which the slides say nothing says so."""
    lang = state.lang
    rows = slide_table(name, lang)
    titles = {column: say(f"slides.column.{column}", lang) for column in rows[0]}
    heads = [html.Th(title, scope="col") for title in titles.values()]
    body = [html.Tr([_cell(column, titles[column], text, lang) for column, text in row.items()]) for row in rows]
    table = html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="relations slides")
    return [
        html.P(
            dcc.Link(f"← {say('knowledge_page.heading', lang)}", href=state.elsewhere(KNOWLEDGE_PATH)), className="back"
        ),
        html.H1(say(f"slides.title.{name}", lang)),
        section(say("slides.heading", lang), [html.Div(table, className="scroll")], "wide"),
        section(say("slides.statements", lang), [_statements(name, lang)]),
    ]


def _statements(name: str, lang: str) -> Component:
    """Return what the slides say of the table as a whole, each with where it stands."""
    said = [
        html.Li([one["text"], " ", html.Span(one["locator"], className="beside")])
        for one in slide_statements(name, lang)
    ]
    return html.Ul(said, className="lines relations")


def _cell(column: str, title: str, text: str, lang: str) -> html.Td:
    """Return a cell, named by its column for a screen on which the headings do not fit."""
    named = data(title=title) if text or column != "note" else {}
    return html.Td(text or ("" if column == "note" else say("slides.not_stated", lang)), **named)
