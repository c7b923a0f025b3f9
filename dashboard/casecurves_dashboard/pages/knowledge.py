"""What the field knows: the index of tables and diagrams of the documents, of drugs, and of what is measured."""

from __future__ import annotations

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from casecurves.knowledge import Drug, all_analytes, all_drugs
from casecurves.knowledge.relations import all_diagrams
from casecurves.knowledge.slides import SLIDE_TABLES
from casecurves.words import printed, say, typeset
from casecurves_dashboard.components.known import ANALYTE_PATH, DRUG_PATH
from casecurves_dashboard.components.parts import section
from casecurves_dashboard.components.words import notices
from casecurves_dashboard.state import DIAGRAM_PATH, KNOWLEDGE_PATH, Unknown, ViewState


def page(state: ViewState, unknown: tuple[Unknown, ...] = ()) -> list[Component]:
    """Return the index."""
    lang = state.lang
    diagrams = [
        html.Li(
            [
                dcc.Link(printed(one.title, lang), href=state.elsewhere(f"{DIAGRAM_PATH}{one.id}")),
                html.Span(printed(one.subtitle, lang), className="beside"),
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
        _drugs(state),
        _analytes(state),
    ]


def _drugs(state: ViewState) -> Component:
    """Return every drug, by class, as a link to what is known of it."""
    lang = state.lang
    classes: dict[str, list[Drug]] = {}
    for known in all_drugs():
        classes.setdefault(known.drug_class, []).append(known)
    said = html.P(say("knowledge_page.index.drugs_lead", lang), className="quiet")
    parts = []
    for name, drugs in classes.items():
        links = [(known.name(lang), f"{DRUG_PATH}{known.id}") for known in drugs]
        parts += [html.Dt(say(f"drug_class.{name}", lang)), html.Dd(_run_on(links, state))]
    return section(say("knowledge_page.index.drugs", lang), [said, html.Dl(parts)], "wide")


def _analytes(state: ViewState) -> Component:
    """Return everything measured as a link to what is known of it; first what has thresholds."""
    lang = state.lang
    ordered = sorted(all_analytes(), key=lambda known: not known.thresholds)
    said = html.P(say("knowledge_page.index.analytes_lead", lang), className="quiet")
    links = [(typeset(known.name(lang), lang), f"{ANALYTE_PATH}{known.id}") for known in ordered]
    return section(say("knowledge_page.index.analytes", lang), [said, html.P(_run_on(links, state))], "wide")


def _run_on(links: Sequence[tuple[str, str]], state: ViewState) -> list[Component]:
    """Return links one after the other, with a mark between them."""
    parts: list[Component] = []
    for name, path in links:
        parts += [html.Span("\u00a0· ")] if parts else []
        parts.append(dcc.Link(name, href=state.elsewhere(path)))
    return parts


def _table(name: str, state: ViewState) -> Component:
    return dcc.Link(say(f"slides.title.{name}", state.lang), href=state.elsewhere(f"{KNOWLEDGE_PATH}/{name}"))
