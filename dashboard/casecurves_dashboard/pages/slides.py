"""A table of the slides on immunotherapy: each row with where it stands."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from casecurves.io.slide_files import sheet_of
from casecurves.knowledge.slides import slide_statements
from casecurves.words import say, typeset
from casecurves_dashboard.components.parts import named_table, section
from casecurves_dashboard.state import KNOWLEDGE_PATH, ViewState


def page(name: str, state: ViewState) -> list[Component]:
    """Return the page of a table; a cell of which the slides say nothing says so."""
    lang = state.lang
    table = sheet_of(name, lang)
    return [
        html.P(
            dcc.Link(f"← {say('knowledge_page.heading', lang)}", href=state.elsewhere(KNOWLEDGE_PATH)), className="back"
        ),
        html.H1(table.title),
        section(say("slides.heading", lang), [named_table(table.headings, table.rows), _as_files(name, lang)], "wide"),
        section(say("slides.statements", lang), [_statements(name, lang)]),
    ]


def _as_files(name: str, lang: str) -> Component:
    """Return the links to the table as a file."""
    links = [
        html.A(say(f"slides.file.{fmt}", lang), href=f"/files{KNOWLEDGE_PATH}/{name}.{fmt}?lang={lang}", download="")
        for fmt in ("csv", "xlsx")
    ]
    return html.P([say("slides.as_file", lang), " ", links[0], " · ", links[1]], className="quiet")


def _statements(name: str, lang: str) -> Component:
    """Return what the slides say of the table as a whole, each with where it stands."""
    said = [
        html.Li([typeset(one["text"], lang), " ", html.Span(typeset(one["locator"], lang), className="beside")])
        for one in slide_statements(name, lang)
    ]
    return html.Ul(said, className="lines relations")
