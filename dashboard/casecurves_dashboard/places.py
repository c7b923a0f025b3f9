"""Which page stands at an address: what it is called, how its address is read, and what it shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from dash import no_update

from casecurves.model.case import Case
from casecurves.words import printed, say, typeset
from casecurves_dashboard import diagrams
from casecurves_dashboard.compare_view import ComparePage, from_compare_query
from casecurves_dashboard.comparing import compared, everybody
from casecurves_dashboard.components import frame, upload
from casecurves_dashboard.components.aside import aside, aside_of_comparison
from casecurves_dashboard.components.choosing import way_to
from casecurves_dashboard.components.parts import titled
from casecurves_dashboard.components.tour import tour
from casecurves_dashboard.documents_view import DocumentsView, from_documents_query
from casecurves_dashboard.library import Library
from casecurves_dashboard.pages import analyte as analyte_page
from casecurves_dashboard.pages import case as case_page
from casecurves_dashboard.pages import compare as compare_page
from casecurves_dashboard.pages import diagram as diagram_page
from casecurves_dashboard.pages import documents as documents_page
from casecurves_dashboard.pages import drug as drug_page
from casecurves_dashboard.pages import howto as howto_page
from casecurves_dashboard.pages import knowledge as knowledge_page
from casecurves_dashboard.pages import library as library_page
from casecurves_dashboard.pages import missing as missing_page
from casecurves_dashboard.pages import slides as slides_page
from casecurves_dashboard.photos import Added
from casecurves_dashboard.shelf import Shelf
from casecurves_dashboard.shelf_view import ShelfView, from_shelf_query
from casecurves_dashboard.state import (
    COMPARE_PATH,
    DOCUMENTS_PATH,
    HOWTO_PATH,
    KNOWLEDGE_PATH,
    Unknown,
    ViewState,
    case_of,
    from_query,
)
from casecurves_dashboard.uploads import Own, browser
from casecurves_dashboard.written import Contents, Parts, as_json

View = TypeVar("View", bound=ViewState)


@dataclass(frozen=True)
class Place:
    """A page that is not the page of a case.

    Attributes
    ----------
    heading : callable
        Language to what the page is called; ``""`` for the first page, which is called after the product.
    make : callable
        Address, as a browser sent it, and language to the view and, made when it is wanted, the page.
    beside : callable, optional
        What is told beside the page of a view; the page itself is the same whatever is told.
    """

    heading: Callable[[str], str]
    make: Callable[[object, str], tuple[ViewState, Callable[[], Parts]]]
    beside: Callable[[ViewState], Parts] | None = None


def place(library: Library, path: object) -> Place | None:
    """Return the page at a path, or None where there is none but, perhaps, that of a case."""
    fixed = _fixed(library).get(path or "/") if isinstance(path, str | None) else None
    if fixed is not None:
        return fixed
    table = diagrams.table_of(path)
    if table is not None:
        return Place(partial(say, f"slides.title.{table}"), _read(from_query, lambda s, _: slides_page.page(table, s)))
    diagram = diagrams.found(path)
    if diagram is not None:
        return Place(partial(printed, diagram.title), _read(from_query, partial(diagram_page.page, diagram)))
    return _known(library, path)


def _known(library: Library, path: object) -> Place | None:
    """Return the page of a drug or of something measured."""
    drug, analyte = drug_page.found(path), analyte_page.found(path)
    if drug is not None:
        return Place(drug.name, _read(from_query, partial(drug_page.page, drug, library.shelf(None).cases)))
    if analyte is not None:
        return Place(
            lambda lang: typeset(analyte.name(lang), lang),
            _read(from_query, partial(analyte_page.page, analyte, library.shelf(None).cases)),
        )
    return None


def _fixed(library: Library) -> dict[str, Place]:
    def cases(state: ShelfView, unknown: tuple[Unknown, ...]) -> Parts:
        zone = upload.zone(library.own.of(browser()), state)
        return library_page.page(library.shelf(None), state, unknown, (zone,))

    def documents(state: DocumentsView, unknown: tuple[Unknown, ...]) -> Parts:
        cases = {case_id: case for case_id, (case, _) in library.shelf(None).cases.items() if case is not None}
        return documents_page.page(state, unknown, partial(exists, library), cases)

    def comparison(state: ComparePage, unknown: tuple[Unknown, ...]) -> Parts:
        every = [one.case for one in everybody(library, state.lang).values()]
        return compare_page.page(compared(library, state, unknown), every)

    def told(state: ViewState) -> Parts:
        asks = isinstance(state, ComparePage) and (state.row or state.moment is not None)
        return aside_of_comparison(compared(library, state)) if isinstance(state, ComparePage) and asks else []

    return {
        "/": Place(lambda _: "", _read(from_shelf_query, cases)),
        HOWTO_PATH: Place(partial(say, "howto.heading"), _read(from_query, howto_page.page)),
        KNOWLEDGE_PATH: Place(partial(say, "knowledge_page.heading"), _read(from_query, knowledge_page.page)),
        COMPARE_PATH: Place(partial(say, "compare.page.heading"), _read(from_compare_query, comparison), told),
        DOCUMENTS_PATH: Place(partial(say, "documents.heading"), _read(from_documents_query, documents)),
    }


def _read(
    read: Callable[[object, str], tuple[View, tuple[Unknown, ...]]],
    page: Callable[[View, tuple[Unknown, ...]], Parts],
) -> Callable[[object, str], tuple[ViewState, Callable[[], Parts]]]:
    """Join the reader of an address and the page of what it reads."""

    def make(search: object, lang: str) -> tuple[ViewState, Callable[[], Parts]]:
        state, unknown = read(search, lang)
        return state, partial(page, state, unknown)

    return make


def exists(library: Library, path: str) -> bool:
    """Tell whether there is a page at a path."""
    return place(library, path) is not None or case_of(path) in library.shelf(case_of(path)).cases


def title(library: Library, path: object, state: ViewState) -> str:
    """Return the title of the page at a path."""
    case_id = case_of(path)
    case, _ = library.shelf(case_id).cases.get(case_id or "", (None, None))
    if case is not None:
        heading = titled(case, state.lang)
    else:
        found = place(library, path)
        heading = "" if found is None else found.heading(state.lang)
    product = say("dashboard.product", state.lang)
    return f"{heading} – {product}" if heading else product


def show(
    library: Library,
    path: object,
    search: object,
    lang: str,
    seen: object = None,
    *,
    write: Callable[[Parts], object] = as_json,
) -> Contents:
    """Return what the page of an address shows.

    Parameters
    ----------
    library : Library
        The cases.
    path, search : object
        The address, as a browser sent it.
    lang : str
        Language when the address names none.
    seen : object
        What the browser says that it shows: where only the row that is told or the day that is pinned differs, the page
        is left as it is, and with it the zoom of its figure.
    write : callable
        Turns the page into what is sent. Of a case that comes from the folder that is kept, so that the second who
        looks at a view does not wait for its making.

    Returns
    -------
    tuple
        Colour scheme, head, page, foot, what the document is called, no problem, and what is told beside the page.
    """
    case_id = case_of(path)
    shelf, own = library.shelf(case_id), library.owned(case_id)
    at = path if isinstance(path, str) and path.startswith("/") else "/"
    found = place(library, path)
    state: ViewState
    page: Callable[[], object]
    if found is not None:
        state, make = found.make(search, lang)
        page = partial(_written, write, make)
    else:
        state, unknown = from_query(search, lang)
        around = [case for case, _ in library.shelf(None).cases.values() if case is not None]
        photos = library.added(case_id)
        page = partial(_case, shelf, case_id, state, unknown, own, around, photos, write)
    view = f"{at}{state.drawn().to_query()}&{shelf.edition}"
    same = (found is None or found.beside is not None) and isinstance(seen, dict) and seen.get("view") == view
    document = {
        "title": title(library, path, state),
        "lang": state.lang,
        "theme": state.theme,
        "path": at,
        "view": view,
    }
    told = found.beside(state) if found is not None and found.beside is not None else aside(shelf, case_id, state)
    beside = [*tour(library.shelf(None), at, state), *told]
    shown = no_update if same else page()
    return state.theme, frame.header(at, state), shown, frame.footer(state), document, None, beside


def _written(write: Callable[[Parts], object], make: Callable[[], Parts]) -> object:
    return write(make())


def _case(
    shelf: Shelf,
    case_id: str | None,
    state: ViewState,
    unknown: tuple[Unknown, ...],
    own: Own | None,
    around: Sequence[Case],
    photos: Added,
    write: Callable[[Parts], object],
) -> object:
    """Return the page of a case, written; one of somebody's own says when it goes, and is made anew each time.

    So is one to which somebody added pictures: nobody else may see them.
    """
    if case_id not in shelf.cases or case_id is None:
        return write(missing_page.page(case_id, state))

    def made() -> Parts:
        case, _ = shelf.cases[case_id]
        ways = [] if case is None else way_to(case, around, state)
        return case_page.page(shelf, case_id, state, unknown, ways, photos)

    if own is not None:
        first, *rest = made()
        return write([first, upload.bar(own, state), *rest])
    # What nobody knows how to read is said on the page, but there is no end of it.
    if unknown or photos:
        return write(made())
    return shelf.kept(("page", write, case_id, state.to_query()), lambda: write(made()))
