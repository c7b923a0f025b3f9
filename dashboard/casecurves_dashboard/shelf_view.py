"""What is asked of the library, as the address says it: ``/?lang=fr&q=rechute&drug=rituximab,mmf&sort=values``."""

from __future__ import annotations

from urllib.parse import quote

from casecurves.model.issues import visible
from casecurves.search import FACETS, SORTS, Facet, Query
from casecurves_dashboard.state import Unknown, ViewState, decoded, from_query, pairs

# No case has a title as long as this.
LONGEST_TEXT = 200


class ShelfView(ViewState):
    """A view of the library.

    Attributes
    ----------
    query : Query
        Words, filters and order.
    number : int
        Which page of the cases found, from 1.
    """

    query: Query = Query()
    number: int = 1

    def to_query(self) -> str:
        """Return the one way in which an address says this view."""
        query = self.query
        parts = [f"q={quote(query.text, safe='')}"] if query.text else []
        for facet in FACETS:
            keys = query.chosen.get(facet, ())
            parts += [f"{facet}={','.join(quote(key, safe='') for key in keys)}"] if keys else []
        parts += [f"sort={query.sort}"] if query.sort != Query().sort else []
        parts += [f"page={self.number}"] if self.number > 1 else []
        return "&".join([super().to_query(), *parts])

    def asking(self, query: Query) -> str:
        """Return the address of another query, from its first page."""
        return self.changed(query=query, number=1).at("/")


def from_shelf_query(search: object, lang: str) -> tuple[ShelfView, tuple[Unknown, ...]]:
    """Read a view of the library from the query part of an address.

    Parameters
    ----------
    search : object
        As for `casecurves_dashboard.state.from_query`.
    lang : str
        Language when the address names none.

    Returns
    -------
    ShelfView
        The view; what cannot be read is as usual.
    tuple of Unknown
        What could not be read.
    """
    words, sort, number = "", Query().sort, 1
    chosen: dict[Facet, tuple[str, ...]] = {}
    others: list[str] = []
    strange: list[Unknown] = []
    for name, raw in pairs(search):
        value = decoded(raw)
        facet = next((each for each in FACETS if each == name), None)
        order = next((each for each in SORTS if name == "sort" and each == value), None)
        if facet is not None:
            chosen[facet] = tuple(dict.fromkeys(decoded(key) for key in raw.split(",") if key))
        elif name == "q":
            words = visible(value.strip()[:LONGEST_TEXT])
        elif name == "sort":
            sort = order or sort
        elif name == "page" and value.isascii() and value.isdecimal() and 0 < int(value) < 10_000:
            number = int(value)
        else:
            others.append(f"{quote(name)}={raw}")
        if name == "sort" and order is None:
            strange.append(Unknown(name, value))
    state, unknown = from_query("&".join(others), lang)
    query = Query(words, chosen, sort)
    told = {name: getattr(state, name) for name in ("lang", "theme", "tour")}
    return ShelfView(**told, query=query, number=number), (*strange, *unknown)
