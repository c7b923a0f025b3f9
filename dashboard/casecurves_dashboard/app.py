"""The app and its server; the only place where a Dash object is made."""

from __future__ import annotations

import logging
import os
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import waitress  # type: ignore[import-untyped]
from dash import ClientsideFunction, Dash, Input, Output, State, html, no_update, set_props
from flask import Flask, Response, request

from casecurves.errors import UsageError
from casecurves.io import shipped_cases
from casecurves.words import say
from casecurves_dashboard import diagrams, downloads, ids, routes, security
from casecurves_dashboard.choices import Choices
from casecurves_dashboard.components import controls, export, figure, frame, upload
from casecurves_dashboard.components.aside import aside
from casecurves_dashboard.documents import Contents, Page, Parts, as_json, exists, title
from casecurves_dashboard.documents_view import from_documents_query
from casecurves_dashboard.library import Library
from casecurves_dashboard.light import light
from casecurves_dashboard.markup import markup
from casecurves_dashboard.pages import case as case_page
from casecurves_dashboard.pages import diagram as diagram_page
from casecurves_dashboard.pages import documents as documents_page
from casecurves_dashboard.pages import howto as howto_page
from casecurves_dashboard.pages import knowledge as knowledge_page
from casecurves_dashboard.pages import library as library_page
from casecurves_dashboard.pages import missing as missing_page
from casecurves_dashboard.pages import slides as slides_page
from casecurves_dashboard.shelf import Shelf
from casecurves_dashboard.shelf_view import from_shelf_query
from casecurves_dashboard.state import (
    DOCUMENTS_PATH,
    HOWTO_PATH,
    KNOWLEDGE_PATH,
    Unknown,
    ViewState,
    case_of,
    from_query,
    spoken,
)
from casecurves_dashboard.uploads import Own, browser

THREADS = 8


def create_app(cases: Path | None = None, hosts: Sequence[str] = security.LOOPBACK) -> Dash:
    """Return the dashboard of a folder of cases.

    Parameters
    ----------
    cases : Path, optional
        The folder; the cases that come with casecurves when it is not given. A case is read again when its files
        change.
    hosts : sequence of str
        Names under which the server may be asked; requests for any other are refused.

    Returns
    -------
    Dash
        The app; ``app.server`` is its WSGI application.
    """
    library = Library(cases or shipped_cases())
    with _no_dash_environment():
        app = Page(
            "casecurves_dashboard",
            assets_folder=str(Path(__file__).parent / "assets"),
            title=say("dashboard.product"),
            update_title="",
            compress=True,
            enable_mcp=False,
            add_log_handler=False,
            on_error=_apologise,
        )
    app.library = library
    app.contents = partial(show, library, write=markup)
    app.layout = frame.frame()
    app.validation_layout = html.Div(  # type: ignore[assignment]
        [
            frame.frame(),
            controls.controls(Choices(), ViewState()),
            figure.placeholder(),
            export.placeholder(),
            upload.zone((), ViewState()),
        ]
    )
    _register(app, library)
    controls.register(app, library)
    export.register(app)
    upload.register(app, library.own)
    figure.register(app)
    routes.register(app.server, library)
    downloads.register(app.server, library)
    diagrams.register(app.server)
    _register_missing(app.server, library)
    security.secure(app, hosts)
    return app


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
    place = path if isinstance(path, str) and path.startswith("/") else "/"
    state: ViewState
    state, unknown = from_query(search, lang)
    view = f"{place}{state.drawn().to_query()}&{shelf.edition}"
    page: object
    if path in ("/", "", None):
        state, unknown = from_shelf_query(search, lang)
        page = write(library_page.page(shelf, state, unknown, (upload.zone(library.own.of(browser()), state),)))
    elif path == HOWTO_PATH:
        page = write(howto_page.page(state, unknown))
    elif path == KNOWLEDGE_PATH:
        page = write(knowledge_page.page(state, unknown))
    elif (table := diagrams.table_of(path)) is not None:
        page = write(slides_page.page(table, state))
    elif (diagram := diagrams.found(path)) is not None:
        page = write(diagram_page.page(diagram, state, unknown))
    elif path == DOCUMENTS_PATH:
        state, unknown = from_documents_query(search, lang)
        page = write(documents_page.page(state, unknown, partial(exists, library)))
    elif isinstance(seen, dict) and seen.get("view") == view:
        page = no_update
    elif case_id in shelf.cases:
        page = _case(shelf, str(case_id), state, unknown, own, write)
    else:
        page = write(missing_page.page(case_id, state))
    document = {
        "title": title(library, path, state),
        "lang": state.lang,
        "theme": state.theme,
        "path": place,
        "view": view,
    }
    beside = aside(shelf, case_id, state)
    return state.theme, frame.header(place, state), page, frame.footer(state), document, None, beside


def _case(
    shelf: Shelf,
    case_id: str,
    state: ViewState,
    unknown: tuple[Unknown, ...],
    own: Own | None,
    write: Callable[[Parts], object],
) -> object:
    """Return the page of a case, written; one of somebody's own says when it goes, and is made anew each time."""
    if own is not None:
        first, *rest = case_page.page(shelf, case_id, state, unknown)
        return write([first, upload.bar(own, state), *rest])
    # What nobody knows how to read is said on the page, but there is no end of it.
    if unknown:
        return write(case_page.page(shelf, case_id, state, unknown))
    return shelf.kept(
        ("page", write, case_id, state.to_query()), lambda: write(case_page.page(shelf, case_id, state, unknown))
    )


def _register(app: Dash, library: Library) -> None:
    @app.callback(
        Output(ids.PROVIDER, "forceColorScheme"),
        Output(ids.HEADER, "children"),
        Output(ids.MAIN, "children"),
        Output(ids.FOOTER, "children"),
        Output(ids.DOCUMENT, "data"),
        Output(ids.PROBLEM, "children"),
        Output(ids.ASIDE, "children"),
        Input(ids.LOCATION, "pathname"),
        Input(ids.LOCATION, "search"),
        State(ids.DOCUMENT, "data"),
    )
    def _show(path: object, search: object, seen: object) -> tuple[object, ...]:
        return tuple(map(light, show(library, path, search, spoken(), seen)))

    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("casecurves", "describe"), Input(ids.DOCUMENT, "data")
    )


def _register_missing(server: Flask, library: Library) -> None:
    @server.after_request
    def _missing(response: Response) -> Response:
        # Dash answers every address with its page; the page then says that there is nothing here.
        if response.mimetype == "text/html" and response.status_code == 200 and not exists(library, request.path):
            response.status_code = 404
        return response


def _apologise(error: Exception) -> None:
    """Say that something failed here, without saying what: the words of an error may hold a patient's data."""
    security.note(error)
    text = f"{say('dashboard.problem', 'en')} {say('dashboard.problem', 'fr')}"
    set_props(ids.PROBLEM, {"children": html.P(text, className="notice problem")})


@contextmanager
def _no_dash_environment() -> Iterator[None]:
    """Let no variable left over in somebody's shell open a debugger or an endpoint, or move the addresses."""
    kept = {name: os.environ.pop(name) for name in list(os.environ) if name.upper().startswith("DASH_")}
    try:
        yield
    finally:
        os.environ.update(kept)


def serve(host: str = "127.0.0.1", port: int = 8050, cases: Path | None = None) -> None:
    """Serve the dashboard until it is interrupted.

    Parameters
    ----------
    host : str
        Address to listen at; beyond this machine only when asked to, with a warning.
    port : int
        Port; 0 takes a free one.
    cases : Path, optional
        Folder of the cases; those that come with casecurves when it is not given.

    Raises
    ------
    UsageError
        When there is no such folder, or the port cannot be had.
    """
    if cases is not None and not Path(cases).is_dir():
        raise UsageError(say("usage.no_folder", "en", path=cases))
    names = (*security.LOOPBACK, *(() if security.is_loopback(host) else _names(host)))
    app = create_app(None if cases is None else Path(cases), names)
    # A browser that opens more connections than there are threads is nothing a clinician can act on.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    try:
        server = waitress.create_server(app.server, host=host, port=port, threads=THREADS, ident=None)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(say("dashboard.serve.no_port", "en", host=host, port=port, reason=reason)) from None
    listening = getattr(server, "effective_listen", None)  # a name may stand for several addresses
    _announce(host, int(listening[0][1] if listening else server.effective_port), names)
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        server.close()


def _names(host: str) -> tuple[str, ...]:
    everywhere = host in ("", "0.0.0.0", "::")  # noqa: S104 - recognised, not bound here
    return (socket.gethostname(),) if everywhere else (host, socket.gethostname())


def _announce(host: str, port: int, names: Sequence[str]) -> None:
    shown = host if host in names else "localhost" if security.is_loopback(host) else names[-1]
    lines = [say("dashboard.serve.address", "en", address=f"http://{shown}:{port}/")]
    if not security.is_loopback(host):
        lines.append(say("dashboard.serve.open", "en", names=", ".join(names)))
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
