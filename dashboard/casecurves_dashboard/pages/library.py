"""All cases of the library, or those that were asked for."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from casecurves.knowledge.fold import fold
from casecurves.search import Entry, search
from casecurves.words import say
from casecurves_dashboard.components import finder
from casecurves_dashboard.components.card import broken, card
from casecurves_dashboard.components.words import notices
from casecurves_dashboard.shelf import Shelf
from casecurves_dashboard.shelf_view import ShelfView
from casecurves_dashboard.state import Unknown, ViewState

# A page of cards is made and looked through at once.
PER_PAGE = 24


def page(
    shelf: Shelf, view: ShelfView, unknown: tuple[Unknown, ...] = (), own: Sequence[Component] = ()
) -> list[Component]:
    """Return the page of a library; a case that cannot be read does not hide the others.

    Parameters
    ----------
    shelf : Shelf
        The cases.
    view : ShelfView
        What is asked of them.
    unknown : tuple of Unknown
        What of the address could not be read.
    own : sequence of Component
        Where a reader brings a case along.

    Returns
    -------
    list of Component
        What stands between head and foot.
    """
    lang = view.lang
    if not shelf.cases:
        return [*notices(unknown, lang), *_empty(lang), *own]
    entries = shelf.entries()
    query, nowhere = view.query.within(entries)
    told = (*unknown, *(Unknown(facet, key) for facet, key in nowhere))
    found = search(entries, query, lang)
    unread = _unreadable(shelf, view) if not any(query.chosen.values()) else []
    ids = [*found.ids, *unread]
    count = -(-len(ids) // PER_PAGE)
    view = view.changed(query=query, number=min(view.number, max(count, 1)))
    shown = ids[(view.number - 1) * PER_PAGE : view.number * PER_PAGE]
    by_id = {entry.id: entry for entry in entries}
    return [
        *notices(told, lang),
        html.Div([html.Div(_head(view)), *own], className="entry"),
        html.Div(
            [
                finder.filters(view, found),
                html.Div(
                    [
                        *finder.asked(view, entries),
                        html.Div([_count(view, len(ids), len(shelf.cases)), finder.order(view)], className="told"),
                        *([] if ids else finder.nothing(view, found, entries)),
                        html.Ul(_cards(shelf, view, shown, by_id), className="cards"),
                        *finder.pages(view, count),
                    ],
                    className="results",
                ),
            ],
            className="shelf",
        ),
    ]


def _head(view: ShelfView) -> list[Component]:
    return [
        html.H1(say("dashboard.library.heading", view.lang)),
        html.P(say("dashboard.library.lead", view.lang), className="lead"),
        finder.search_form(view),
    ]


def _count(view: ShelfView, shown: int, every: int) -> Component:
    return html.P(say("library.count", view.lang, n=shown, all=every), role="status")


def _unreadable(shelf: Shelf, view: ShelfView) -> list[str]:
    words = fold(view.query.text).split()
    return [
        case_id
        for case_id, (case, _) in shelf.cases.items()
        if case is None and all(word in fold(case_id) for word in words)
    ]


def _cards(shelf: Shelf, view: ShelfView, shown: Sequence[str], entries: dict[str, Entry]) -> list[Component]:
    options = ViewState(lang=view.lang).options()
    cards = []
    for case_id in shown:
        case, report = shelf.cases[case_id]
        if case is None:
            cards.append(broken(case_id, report, view))
        else:
            cards.append(card(case, shelf.spec(case_id, options), entries[case_id], view))
    return cards


def _empty(lang: str) -> list[Component]:
    steps = [html.Li(say(f"dashboard.empty.{step}", lang)) for step in ("folder", "tables", "reload")]
    return [
        html.H1(say("dashboard.empty.heading", lang)),
        html.P(say("dashboard.empty.lead", lang), className="lead"),
        html.Ol(steps),
        html.P(say("dashboard.empty.help", lang)),
    ]
