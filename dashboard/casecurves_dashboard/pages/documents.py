"""Every figure and table of the documents, and how far each is reproduced."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from dash import dcc, html
from dash.development.base_component import Component

from casecurves.analysis.consistency import Finding, proofread_document
from casecurves.analysis.consistency.saying import side
from casecurves.knowledge.documents import FIDELITIES, Document, DocumentFigure, Fidelity, all_documents
from casecurves.model.case import Case
from casecurves.words import printed, say, typeset
from casecurves_dashboard.components.parts import aria, titled
from casecurves_dashboard.components.proof import findings, meanings
from casecurves_dashboard.components.words import notices
from casecurves_dashboard.documents_view import DocumentsView
from casecurves_dashboard.state import DOCUMENTS_PATH, Unknown, ViewState, path_of

# Told by shape and by word, not by colour.
_SIGNS: dict[Fidelity, str] = {"exact": "●", "direction": "↗", "events": "◆", "diagram": "⇄", "missing": "○"}


def page(
    view: DocumentsView, unknown: Sequence[Unknown], exists: Callable[[str], bool], cases: Mapping[str, Case]
) -> list[Component]:
    """Return the page of the documents.

    Parameters
    ----------
    view : DocumentsView
        What is asked of them.
    unknown : sequence of Unknown
        What of the address could not be read.
    exists : callable
        Tells whether this dashboard has a page at a path: no link leads nowhere.
    cases : mapping of str to Case
        The cases of this dashboard, by id: what was transcribed from a document is proof-read.

    Returns
    -------
    list of Component
        What stands between head and foot.
    """
    lang = view.lang
    every = [figure for document in all_documents() for figure in document.figures]
    shown = [figure for figure in every if view.fidelity in ("", figure.fidelity)]
    return [
        *notices(unknown, lang),
        html.H1(say("documents.heading", lang)),
        html.P(say("documents.lead", lang), className="lead"),
        _filters(view, every),
        html.P(say("documents.count", lang, n=len(shown), all=len(every)), role="status", className="figures-count"),
        *(_document(document, shown, view, exists, cases) for document in all_documents()),
    ]


def _filters(view: DocumentsView, every: Sequence[DocumentFigure]) -> Component:
    chosen: tuple[Fidelity | str, ...] = ("", *FIDELITIES)
    links = []
    for fidelity in chosen:
        count = sum(fidelity in ("", figure.fidelity) for figure in every)
        words: list[Component] = [html.Span(f"{_named(fidelity, view.lang)} ({count})")]
        sign = _sign(fidelity)
        link = dcc.Link([*sign, *words], href=view.changed(fidelity=fidelity).at(DOCUMENTS_PATH))
        links.append(html.Li(link, **aria(current="true" if fidelity == view.fidelity else "false")))
    return html.Nav(html.Ul(links, className="fidelities"), **aria(label=say("documents.filter", view.lang)))


def _named(fidelity: str, lang: str) -> str:
    return say(f"fidelity.{fidelity}" if fidelity else "documents.all", lang)


def _sign(fidelity: str) -> list[Component]:
    return [
        html.Span(sign, className="sign", **aria(hidden="true")) for name, sign in _SIGNS.items() if name == fidelity
    ]


def _document(
    document: Document,
    shown: Sequence[DocumentFigure],
    view: DocumentsView,
    exists: Callable[[str], bool],
    cases: Mapping[str, Case],
) -> Component:
    figures = [figure for figure in shown if figure.document == document.id]
    items = [html.Li(_figure(figure, view, exists)) for figure in figures]
    # The documents are French, and so are their titles.
    heading = html.H2(typeset(document.title, "fr"), lang="fr")
    parts = [heading, html.Ul(items, className="figures"), _proof(document, view, exists, cases)]
    return html.Section(parts, className="part", hidden=not figures)


def _proof(
    document: Document, view: DocumentsView, exists: Callable[[str], bool], cases: Mapping[str, Case]
) -> Component:
    """Return what the proof-reader finds in a document, folded; the surest first."""
    lang = view.lang
    found = proofread_document(document, cases.values()).findings
    if not found:
        return html.P(say("consistency.none", lang), className="quiet")

    def beside(one: Finding) -> list[Component]:
        case = cases.get(one.case)
        if case is None:
            at = next(path for path in (f"/diagram/{one.case}", f"/knowledge/{one.case}") if exists(path))
            return [html.Span([" ", dcc.Link(one.case, href=view.elsewhere(at))])]
        title = titled(case, lang)
        there = ViewState(lang=view.lang, theme=view.theme, tab="issues").at(path_of(case.id))
        return [html.Span([" ", dcc.Link(typeset(say("consistency.of_case", lang, case=title), lang), href=there)])]

    content = [findings(found, lambda one, place: typeset(side(place, cases.get(one.case), lang), lang), lang, beside)]
    content.append(meanings(found, lang))
    head = typeset(say("consistency.link", lang, n=len(found)), lang)
    return html.Details([html.Summary(head), *content], className="proof")


def _figure(figure: DocumentFigure, view: DocumentsView, exists: Callable[[str], bool]) -> list[Component]:
    lang = view.lang
    rows = ("shows", "gives", "reason", *(["needs"] if figure.needs else []))
    told = [(say(f"documents.{name}", lang), printed(getattr(figure, name), lang)) for name in rows]
    facts = [part for name, text in told if text for part in (html.Dt(name), html.Dd(text))]
    badge = html.P([*_sign(figure.fidelity), html.Span(say(f"fidelity.{figure.fidelity}", lang))], className="fidelity")
    return [
        html.Div([html.H3(printed(figure.label, lang)), badge]),
        html.Div([html.Dl(facts), *_way(figure, view, exists)]),
    ]


def _way(figure: DocumentFigure, view: DocumentsView, exists: Callable[[str], bool]) -> list[Component]:
    """Return the link to the reproduction, or what stands for it where there is one but not here."""
    if not figure.view:
        return []
    # Of a figure that is not reproduced, there may be something on a page that shows others.
    key = "documents.related" if figure.fidelity == "missing" else "documents.open"
    words = say(key, view.lang, figure=printed(figure.label, view.lang))
    link = dcc.Link(words, href=view.elsewhere(figure.view))
    nowhere = html.Span(say("documents.nowhere", view.lang), className="moment")
    return [html.P(link if exists(figure.view) else nowhere, className="way")]
