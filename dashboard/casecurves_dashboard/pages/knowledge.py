"""What the field knows, as far as the documents say it: the index of diagrams."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from casecurves.knowledge.relations import all_diagrams
from casecurves.knowledge.slides import SLIDE_TABLES
from casecurves.words import pick, say
from casecurves_dashboard.components.parts import section
from casecurves_dashboard.components.words import notices
from casecurves_dashboard.state import DIAGRAM_PATH, KNOWLEDGE_PATH, Unknown, ViewState


def page(state: ViewState, unknown: tuple[Unknown, ...] = ()) -> list[Component]:
    """Return the index."""
    lang = state.lang
    diagrams = [
        html.Li(
            [
                dcc.Link(pick(one.title, lang), href=state.elsewhere(f"{DIAGRAM_PATH}{one.id}")),
                html.Span(pick(one.subtitle, lang), className="beside"),
            ]
        )
        for one in all_diagrams().values()
    ]
    return [
        *notices(unknown, lang),
        html.H1(say("knowledge_page.heading", lang)),
        html.P(say("knowledge_page.lead", lang), className="lead"),
        section(
            say("knowledge_page.tables", lang),
            [html.Ul([html.Li(_table(name, state)) for name in SLIDE_TABLES], className="index")],
            "wide",
        ),
        section(say("knowledge_page.diagrams", lang), [html.Ul(diagrams, className="index")], "wide"),
    ]


def _table(name: str, state: ViewState) -> Component:
    return dcc.Link(say(f"slides.title.{name}", state.lang), href=state.elsewhere(f"{KNOWLEDGE_PATH}/{name}"))
