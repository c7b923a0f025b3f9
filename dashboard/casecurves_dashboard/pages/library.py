"""All cases of the library."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from casecurves.words import say
from casecurves_dashboard.components.card import broken, card
from casecurves_dashboard.library import Shelf
from casecurves_dashboard.state import ViewState


def page(shelf: Shelf, state: ViewState) -> list[Component]:
    """Return the page of a library; a case that cannot be read does not hide the others."""
    lang = state.lang
    if not shelf.cases:
        return _empty(lang)
    options = ViewState(lang=lang).options()
    cards = [
        broken(case_id, report, state) if case is None else card(case, shelf.spec(case_id, options), state)
        for case_id, (case, report) in shelf.cases.items()
    ]
    return [
        html.H1(say("dashboard.library.heading", lang)),
        html.P(say("dashboard.library.lead", lang), className="lead"),
        html.Ul(cards, className="cards"),
    ]


def _empty(lang: str) -> list[Component]:
    steps = [html.Li(say(f"dashboard.empty.{step}", lang)) for step in ("folder", "tables", "reload")]
    return [
        html.H1(say("dashboard.empty.heading", lang)),
        html.P(say("dashboard.empty.lead", lang), className="lead"),
        html.Ol(steps),
        html.P(say("dashboard.empty.help", lang)),
    ]
