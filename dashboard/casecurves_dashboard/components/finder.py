"""Search, filters and order of the library: links and one form, so that they work like any address."""

from __future__ import annotations

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from casecurves.model.issues import visible
from casecurves.search import FACETS, SORTS, Entry, Facet, Found, Option, Query
from casecurves.words import say, typeset
from casecurves_dashboard import ids
from casecurves_dashboard.components.parts import aria
from casecurves_dashboard.shelf_view import LONGEST_TEXT, ShelfView
from casecurves_dashboard.state import decoded, pairs


def search_form(view: ShelfView) -> Component:
    """Return the field for words; what is chosen besides goes along."""
    lang = view.lang
    # The form repeats what the address holds, but for its own words and the page.
    asked = view.changed(query=Query("", view.query.chosen, view.query.sort), number=1).to_query()
    fields = [(name, decoded(value)) for name, value in pairs(asked)]
    field = dcc.Input(id=ids.SEARCH, name="q", type="search", value=view.query.text, maxLength=LONGEST_TEXT)
    return html.Form(
        [
            html.Label(say("library.search.label", lang), htmlFor=ids.SEARCH),
            html.Div([field, html.Button(say("library.search.button", lang), type="submit")], className="asked"),
            *(dcc.Input(name=name, type="hidden", value=value) for name, value in fields),
        ],
        action="/",
        method="get",
        role="search",
        className="search",
    )


def filters(view: ShelfView, found: Found) -> Component:
    """Return what can be chosen under each facet, with how many cases that would find."""
    lang = view.lang
    parts = [_facet(view, facet, found.options[facet]) for facet in FACETS if found.options[facet]]
    return html.Details(
        [html.Summary(say("library.filters", lang)), html.Div(parts, className="facets")],
        className="filters drawer",
        hidden=not parts,
    )


def _facet(view: ShelfView, facet: Facet, options: Sequence[Option]) -> Component:
    links = [html.Li(_option(view, facet, each), **aria(current=str(each.chosen).lower())) for each in options]
    return html.Section([html.H2(say(f"library.facet.{facet}", view.lang)), html.Ul(links, className="options")])


def _option(view: ShelfView, facet: Facet, option: Option) -> Component:
    name = ("✓ " if option.chosen else "") + typeset(visible(option.label), view.lang)
    parts = [html.Span(name), html.Span(str(option.count), className="count")]
    link: Component = dcc.Link(parts, href=view.asking(view.query.toggled(facet, option.key)))
    return link


def order(view: ShelfView) -> Component:
    """Return the orders the cases can stand in."""
    links = [
        html.Li(
            dcc.Link(say(f"library.sort.{sort}", view.lang), href=view.asking(_sorted(view.query, sort))),
            **aria(current="true" if sort == view.query.sort else "false"),
        )
        for sort in SORTS
    ]
    return html.Nav(
        [html.Span(say("library.sort.heading", view.lang), className="label"), html.Ul(links, className="order")],
        **aria(label=say("library.sort.heading", view.lang)),
    )


def _sorted(query: Query, sort: str) -> Query:
    return Query(query.text, query.chosen, next(each for each in SORTS if each == sort))


def asked(view: ShelfView, entries: Sequence[Entry]) -> list[Component]:
    """Return what is asked for, each part with the link that takes it away; nothing when nothing is asked."""
    lang, query = view.lang, view.query
    if query.all:
        return []
    parts = [html.Li(_removal(view, without, name)) for without, name in parts_of(query, entries, lang)]
    clear = html.Li(dcc.Link(say("library.clear", lang), href=view.asking(Query(sort=query.sort))))
    return [html.Ul([*parts, clear], className="chosen", **aria(label=say("library.asked", lang)))]


def parts_of(query: Query, entries: Sequence[Entry], lang: str) -> list[tuple[Query, str]]:
    """Return each part of a query by name, with the query that lacks it."""
    text = [(Query("", query.chosen, query.sort), say("library.words", lang, text=query.text))] if query.text else []
    names = {
        (facet, key): pair[1 if lang == "fr" else 0]
        for entry in entries
        for facet in FACETS
        for key, pair in entry.facets[facet].items()
    }
    return text + [
        (query.toggled(facet, key), visible(names.get((facet, key), key)))
        for facet, keys in query.chosen.items()
        for key in keys
    ]


def _removal(view: ShelfView, without: Query, name: str) -> Component:
    link: Component = dcc.Link(
        [name, html.Span(" ×", **aria(hidden="true"))],
        href=view.asking(without),
        title=say("library.remove", view.lang, what=name),
    )
    return link


def nothing(view: ShelfView, found: Found, entries: Sequence[Entry]) -> list[Component]:
    """Return what stands where no case is found: how to find more."""
    lang = view.lang
    names = parts_of(view.query, entries, lang)
    links = [
        html.Li(
            dcc.Link(
                say("library.none.without", lang, what=next(name for each, name in names if each == query), n=count),
                href=view.asking(query),
            )
        )
        for query, count in found.wider
    ]
    return [
        html.H2(say("library.none.heading", lang)),
        html.P(say("library.none.text" if links else "library.none.nothing", lang)),
        html.Ul(links, className="lines"),
        html.P(dcc.Link(say("library.clear", lang), href=view.asking(Query(sort=view.query.sort)))),
    ]


def pages(view: ShelfView, count: int) -> list[Component]:
    """Return links to the pages of the cases found; none where one page holds them all."""
    if count < 2:
        return []
    links = [
        html.Li(
            dcc.Link(
                str(number), href=view.changed(number=number).at("/"), title=say("library.page", view.lang, n=number)
            ),
            **aria(current="page" if number == view.number else "false"),
        )
        for number in range(1, count + 1)
    ]
    return [
        html.Nav(html.Ul(links, className="order"), className="pages", **aria(label=say("library.pages", view.lang)))
    ]
