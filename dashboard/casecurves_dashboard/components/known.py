"""What the pages of drugs and analytes share: facts with their sources, and the cases they are met in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from dash import dcc, html
from dash.development.base_component import Component

from casecurves.model.case import Case
from casecurves.model.issues import Report
from casecurves.model.schema import Row
from casecurves.words import say
from casecurves_dashboard.components.parts import named_table, section, titled
from casecurves_dashboard.state import KNOWLEDGE_PATH, ViewState, path_of

Cases = Mapping[str, tuple[Case | None, Report]]
DRUG_PATH = f"{KNOWLEDGE_PATH}/drug/"
ANALYTE_PATH = f"{KNOWLEDGE_PATH}/analyte/"


def back(state: ViewState) -> Component:
    """Return the way back to the index."""
    words = f"← {say('knowledge_page.heading', state.lang)}"
    return html.P(dcc.Link(words, href=state.elsewhere(KNOWLEDGE_PATH)), className="back")


def facts(told: Iterable[tuple[str, str | Component]], lang: str) -> html.Dl:
    """Return what is known as pairs of a heading of the catalogue and words; what is not known is left out."""
    return html.Dl([part for key, what in told if what for part in (html.Dt(say(f"known.{key}", lang)), html.Dd(what))])


def cited(source: str, lang: str, *, verified: bool) -> str:
    """Return a source, with a remark where it was not read."""
    return source if verified else f"{source} {say('threshold.unverified', lang)}"


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], lang: str) -> Component:
    """Return a table whose columns are entries of the catalogue; the first cell of a row names it."""
    return named_table([say(f"known.column.{name}", lang) for name in heads], rows)


def met_in(cases: Cases, rows: Callable[[Case], Sequence[Row]], state: ViewState) -> Component:
    """Return the cases with such rows, each with the way to the first of them; that there is none, where there is."""
    items = [
        html.Li(_link(case, found, state)) for case, _ in cases.values() if case is not None and (found := rows(case))
    ]
    none = html.P(say("known.nowhere", state.lang), className="quiet")
    content = [html.Ul(items, className="index")] if items else [none]
    return section(say("known.used", state.lang), content, "wide")


def _link(case: Case, found: Sequence[Row], state: ViewState) -> list[Component]:
    title = titled(case, state.lang)
    there = state.changed(row=found[0].id, node="").at(path_of(case.id))
    return [dcc.Link(title, href=there), html.Span(say("known.rows", state.lang, n=len(found)), className="beside")]
