"""A table of the slides on immunotherapy: each row with where it stands."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from casecurves.knowledge.slides import slide_table
from casecurves.words import say
from casecurves_dashboard.components.parts import section
from casecurves_dashboard.state import KNOWLEDGE_PATH, ViewState


def page(name: str, state: ViewState) -> list[Component]:
    """Return the page of a table; a cell of which the slides say nothing says so."""
    lang = state.lang
    rows = slide_table(name, lang)
    heads = [html.Th(say(f"slides.column.{column}", lang), scope="col") for column in rows[0]]
    body = [
        html.Tr(
            [
                html.Td(text or ("" if column == "note" else say("slides.not_stated", lang)))
                for column, text in row.items()
            ]
        )
        for row in rows
    ]
    table = html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="relations slides")
    return [
        html.P(
            dcc.Link(f"← {say('knowledge_page.heading', lang)}", href=state.elsewhere(KNOWLEDGE_PATH)), className="back"
        ),
        html.H1(say(f"slides.title.{name}", lang)),
        section(say("slides.heading", lang), [html.Div(table, className="scroll")], "wide"),
    ]
