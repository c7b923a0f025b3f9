"""The smallest parts of a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from casecurves.model.case import Case
from casecurves.model.issues import visible
from casecurves.words import typeset
from casecurves_dashboard.state import ViewState


def titled(case: Case, lang: str) -> str:
    """Return the title of a case, as a page says it."""
    return typeset(visible(case.header.said("title", lang)), lang)


def section(heading: str, content: Sequence[Component], kind: str = "") -> html.Section:
    """Return a headed part of a page."""
    return html.Section([html.H2(heading), *content], className=f"part {kind}".strip())


def named_table(titles: Sequence[str], rows: Sequence[Sequence[str | Component]], names: int = 0) -> html.Div:
    """Return a table one of whose columns names its rows.

    Parameters
    ----------
    titles : sequence of str
        Heading of each column.
    rows : sequence of sequence
        Texts or components; ``""`` where there is nothing. A column with nothing in any row is left out.
    names : int
        Which column names the rows; there is something in each of its cells.

    Returns
    -------
    Component
        The table, each cell with its heading for a screen on which the headings do not fit.
    """
    kept = [place for place in range(len(titles)) if not rows or any(row[place] for row in rows)]
    head = html.Tr([html.Th(titles[place], scope="col") for place in kept])

    def cell(place: int, content: str | Component) -> Component:
        if place == names:
            return html.Th(content, scope="row", **data(title=titles[place]))
        return html.Td(content or "–", className="" if content else "empty", **data(title=titles[place]))

    body = [html.Tr([cell(place, row[place]) for place in kept]) for row in rows]
    return html.Div(html.Table([html.Thead(head), html.Tbody(body)], className="relations named"), className="scroll")


def aria(**named: str) -> dict[str, Any]:
    """Return attributes that tell a screen reader what something is: ``aria(label="x")`` is ``aria-label``."""
    return {f"aria-{name}": value for name, value in named.items()}


def data(**named: object) -> dict[str, Any]:
    """Return attributes that our scripts read: ``data(row="x")`` is ``data-row``."""
    return {f"data-{name}": value for name, value in named.items()}


def asks(name: str, form: str) -> dict[str, Any]:
    """Return what makes a control part of the form of who has no scripts: what it sets there, and which form."""
    return data(asks=name, form=form)


def row_link(text: str, row: str, state: ViewState, kind: str = "row") -> html.A:
    """Return a link that tells a row in full beside the page; ``""`` tells none any more.

    It is a plain link to the same view with another row. Where scripts run, explore.js changes that part of the address
    alone, so that what else the address has come to say since is kept.
    """
    return html.A(text, href=state.changed(row=row).to_query(), className=kind, **data(go="row", to=row))


def day_link(text: str, day: int | None, state: ViewState, kind: str = "row") -> html.A:
    """Return a link that pins a day, or ``None`` for no day, like `row_link`."""
    to = "" if day is None else str(day)
    return html.A(text, href=state.changed(moment=day).to_query(), className=kind, **data(go="at", to=to))
