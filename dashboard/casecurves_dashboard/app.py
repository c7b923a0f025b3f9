"""The app and its server; the only place where a Dash object is made."""

from __future__ import annotations

import logging
import os
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import waitress  # type: ignore[import-untyped]
from dash import ClientsideFunction, Dash, Input, Output, State, html, set_props
from flask import Flask, Response, request

from casecurves.errors import UsageError
from casecurves.io import shipped_cases
from casecurves.words import say
from casecurves_dashboard import (
    captions,
    comparing,
    diagrams,
    downloads,
    ids,
    lesson_routes,
    photo_routes,
    routes,
    security,
)
from casecurves_dashboard.choices import Choices
from casecurves_dashboard.components import controls, export, figure, frame, upload
from casecurves_dashboard.documents import Page
from casecurves_dashboard.library import Library
from casecurves_dashboard.light import light
from casecurves_dashboard.markup import markup
from casecurves_dashboard.places import exists, show
from casecurves_dashboard.state import ViewState, spoken

THREADS = 8
# The server itself takes no body that nothing here would read. What somebody sends, and what a slow reader has not
# fetched yet, waits in memory whatever its size: a case or a picture of somebody's own is never in a file.
_IN_MEMORY = {
    "max_request_body_size": photo_routes.LARGEST_BODY,
    "inbuf_overflow": sys.maxsize,
    "outbuf_overflow": sys.maxsize,
}


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
            # Of the pages of a lesson, which are no pages of the app.
            assets_ignore=r"^(teach|write)\.(js|css)$",
            title=say("dashboard.product"),
            update_title="",
            compress=True,
            enable_mcp=False,
            add_log_handler=False,
            on_error=_apologise,
            hooks={"layout_post": frame.IN_THE_THEME_SERVED},
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
    captions.register(app.server, library)
    photo_routes.register(app.server, library)
    diagrams.register(app.server)
    comparing.register(app.server, library)
    lesson_routes.register(app.server, library)
    _register_missing(app.server, library)
    security.secure(app, hosts)
    return app


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
        ours = request.path.startswith(lesson_routes.PATHS)
        if not ours and response.mimetype == "text/html" and response.status_code == 200:
            response.status_code = 200 if exists(library, request.path) else 404
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
        server = waitress.create_server(app.server, host=host, port=port, threads=THREADS, ident=None, **_IN_MEMORY)
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
