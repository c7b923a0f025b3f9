"""A table of the slides on immunotherapy: each row with where it stands."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from casecurves.knowledge.slides import slide_statements, slide_table
from casecurves.words import say, typeset
from casecurves_dashboard.components.parts import named_table, section
from casecurves_dashboard.state import KNOWLEDGE_PATH, ViewState


def page(name: str, state: ViewState) -> list[Component]:
    """Return the page of a table; a cell of which the slides say nothing says so."""
    lang = state.lang
    rows = [{column: typeset(text, lang) for column, text in row.items()} for row in slide_table(name, lang)]
    titles = [say(f"slides.column.{column}", lang) for column in rows[0]]
    missing = say("slides.not_stated", lang)
    cells = [[text or ("" if column == "note" else missing) for column, text in row.items()] for row in rows]
    return [
        html.P(
            dcc.Link(f"← {say('knowledge_page.heading', lang)}", href=state.elsewhere(KNOWLEDGE_PATH)), className="back"
        ),
        html.H1(say(f"slides.title.{name}", lang)),
        section(say("slides.heading", lang), [named_table(titles, cells)], "wide"),
        section(say("slides.statements", lang), [_statements(name, lang)]),
    ]


def _statements(name: str, lang: str) -> Component:
    """Return what the slides say of the table as a whole, each with where it stands."""
    said = [
        html.Li([typeset(one["text"], lang), " ", html.Span(typeset(one["locator"], lang), className="beside")])
        for one in slide_statements(name, lang)
    ]
    return html.Ul(said, className="lines relations")
