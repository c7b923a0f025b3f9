"""A case on the shelf: its picture, what it is about, and how sound it is."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from casecurves.figure.spec import Spec
from casecurves.io.show import summary
from casecurves.model.case import Case
from casecurves.model.issues import Issue, Report, visible
from casecurves.model.points import DAY, MONTH
from casecurves.search import Entry
from casecurves.words import say, typeset
from casecurves_dashboard.components.parts import titled
from casecurves_dashboard.state import ViewState, path_of


def card(case: Case, spec: Spec, entry: Entry, state: ViewState) -> Component:
    """Return the card of a case that can be drawn."""
    lang = state.lang
    told = summary(case, lang)
    title = titled(case, lang)
    text: list[Component] = [
        html.H2(dcc.Link(title, href=state.elsewhere(path_of(case.id)))),
        html.P(typeset(visible(str(told["diagnosis"] or "")), lang), className="diagnosis"),
        html.P(visible(", ".join(map(str, told["drugs"]))), className="drugs"),
        *([html.P(_facts(entry, lang), className="facts")] if case.header.kind == "patient" else []),
        html.P([*_kinds(case, lang), *_counts(case.report, lang)], className="badges"),
    ]
    return html.Li([_miniature(spec, title, state), html.Div(text, className="about")], className="card")


def _facts(entry: Entry, lang: str) -> str:
    return say("library.facts", lang, values=entry.values, followed=_followed(entry.followed, lang))


def _followed(days: int | None, lang: str) -> str:
    if days is None or days <= 0:
        return say("library.followed.unknown", lang)
    months = days * DAY // MONTH
    return say("library.followed.months", lang, n=months) if months >= 2 else say("library.followed.days", lang, n=days)


def _miniature(spec: Spec, title: str, state: ViewState) -> Component:
    """Return the picture of a case; where nothing has a place in time, what is told of it instead."""
    if spec.empty:
        entries = [html.Li(entry.text) for box in spec.boxes for entry in box.entries]
        return html.Div(html.Ul(entries[:7], className="lines"), className="miniature told")
    address = state.elsewhere(f"/miniature/{spec.case}.svg")
    picture = html.Img(src=address, alt=say("dashboard.card.alt", state.lang, title=title))
    return html.Div(picture, className="miniature")


def broken(case_id: str, report: Report, state: ViewState) -> Component:
    """Return the card of a case that cannot be drawn: its name, and what to mend."""
    lang = state.lang
    shown = [html.Li(_fault(issue, lang)) for issue in report.issues[:4]]
    text: list[Component] = [
        html.H2(dcc.Link(visible(case_id), href=state.elsewhere(path_of(case_id)))),
        html.P(say("dashboard.card.broken", lang)),
        html.Ul(shown, className="lines"),
        html.P(_counts(report, lang), className="badges"),
    ]
    return html.Li(html.Div(text, className="about"), className="card broken")


def _fault(issue: Issue, lang: str) -> str:
    level, where, message = say(f"issue.level.{issue.level}", lang), issue.where(lang), issue.message(lang)
    return typeset(visible(say("report.line.placed", lang, level=level, where=where, message=message)), lang)


def _kinds(case: Case, lang: str) -> list[Component]:
    badges: list[Component] = [html.Span(say(f"kind.{case.header.kind}", lang), className="badge")]
    if case.illustrative:
        badges.append(html.Span(say("dashboard.illustrative", lang), className="badge warning"))
    return badges


def _counts(report: Report, lang: str) -> list[Component]:
    badges: list[Component] = []
    for level in ("error", "warning"):
        count = report.count(level)
        if count:
            text = say(f"dashboard.count.{level}", lang, n=count)
            badges.append(html.Span(text, className=f"badge {level}"))
    return badges
