"""What was found in the data of a case, most serious first, and where its sources disagree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from casecurves.analysis.consistency import Finding, Proof
from casecurves.analysis.consistency.saying import known
from casecurves.figure.compile.details import names
from casecurves.model.case import Case, Discrepancy
from casecurves.model.issues import Issue, Report, visible
from casecurves.words import say, typeset
from casecurves_dashboard.components.parts import data, row_link, section
from casecurves_dashboard.components.proof import badge, meanings
from casecurves_dashboard.state import ViewState


def issues(report: Report, lang: str) -> Component:
    """Return the findings, each with where it is, what is allowed and what to do."""
    heading = say("dashboard.issues.heading", lang)
    if not len(report):
        return section(heading, [html.P(say("dashboard.issues.none", lang))])
    head = html.Thead(html.Tr([html.Th(title, scope="col") for title in _titles(lang)]))
    body = html.Tbody([_issue(issue, lang) for issue in report])
    return section(heading, [html.Div(html.Table([head, body], className="issues"), className="scroll", tabIndex=0)])


def disagreements(case: Case, read: Proof, state: ViewState) -> Component:
    """Return the discrepancies in full: both statements, where each stands, why one is used, which rule finds it, too.

    Parameters
    ----------
    case : Case
        The case.
    read : Proof
        What the proof-reader found in it; there is one transcribed finding for each discrepancy.
    state : ViewState
        The view.

    Returns
    -------
    Component
        A part of the page.
    """
    lang = state.lang
    heading = say("dashboard.discrepancies.heading", lang)
    found = case.header.discrepancies
    if not found:
        return section(heading, [html.P(say("dashboard.discrepancies.none", lang))])
    told = [one for one in read.findings if one.rule == "transcribed"]
    by_number = {one.known[0]: one for one in told}
    called = names(case, state.options())
    parts = [_disagreement(called, at, item, state, by_number[at]) for at, item in enumerate(found, start=1)]
    return section(heading, [*parts, meanings(told, lang)])


def _issue(issue: Issue, lang: str) -> html.Tr:
    level = html.Span(say(f"issue.level.{issue.level}", lang), className=f"level {issue.level}")
    todo = [text for text in (issue.allowed(lang), issue.remedy(lang)) if text]
    where, message = (typeset(visible(text), lang) for text in (issue.where(lang), issue.message(lang)))
    remedy = [html.P(typeset(visible(text), lang)) for text in todo]
    told: list[str | Component | Sequence[Component]] = [level, where, message, remedy]
    # Where the headings do not fit, each cell has its own.
    return html.Tr([html.Td(cell, **data(title=title)) for title, cell in zip(_titles(lang), told, strict=True)])


def _titles(lang: str) -> list[str]:
    return [say(f"dashboard.issues.{name}", lang) for name in ("level", "where", "message", "remedy")]


def _disagreement(
    called: Mapping[str, str], number: int, item: Discrepancy, state: ViewState, told: Finding
) -> html.Article:
    lang = state.lang
    pairs = [
        ("dashboard.discrepancies.used", _with_place(item, "used", lang)),
        ("dashboard.discrepancies.other", _with_place(item, "other", lang)),
        ("dashboard.discrepancies.why", _text(item, "why", lang)),
    ]
    terms = [part for key, text in pairs if text for part in (html.Dt(say(key, lang)), html.Dd(text))]
    # A discrepancy may concern the patient, who is no row.
    rows = [row_link(called[row], row, state) if row in called else html.Span(visible(row)) for row in item.rows]
    terms += (
        [html.Dt(say("dashboard.discrepancies.rows", lang)), html.Dd(html.Ul(list(map(html.Li, rows))))] if rows else []
    )
    doubt = [html.P(say("dashboard.discrepancies.doubtful", lang), className="quiet")] if item.doubtful else []
    rules = f" {typeset(known(told, lang), lang)}" if told.found_by or told.params.get("tried") else ""
    sure = html.P([badge(told, lang), rules], className="quiet")
    return html.Article([html.H3(f"≠{number} {_text(item, 'label', lang)}"), sure, *doubt, html.Dl(terms)])


def _with_place(item: Discrepancy, name: str, lang: str) -> str:
    text, where = _text(item, name, lang), _text(item, f"{name}_where", lang)
    return f"{text} ({where})" if where else text


def _text(item: Discrepancy, name: str, lang: str) -> str:
    return typeset(visible(item.said(name, lang)), lang)
