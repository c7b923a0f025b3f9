"""What is served besides pages: pictures, saved figures, fonts. Everything asked for is checked to the letter."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Literal, NoReturn
from urllib.parse import parse_qsl

from flask import Flask, Response, abort

from casecurves.access import is_shipped
from casecurves.errors import UsageError
from casecurves.figure.caption import caption
from casecurves.figure.export import DOTTED, render
from casecurves.figure.page import PageOptions
from casecurves.figure.spec import Spec
from casecurves.figure.svg import to_svg
from casecurves.figure.svg.glyphs import outlined
from casecurves.howto import parts
from casecurves.model.issues import visible
from casecurves.words import say
from casecurves_dashboard import sheet
from casecurves_dashboard.choices import choices, on_axis
from casecurves_dashboard.fonts import FACES, stylesheet
from casecurves_dashboard.library import Library
from casecurves_dashboard.photos import Added
from casecurves_dashboard.requests import query, screened
from casecurves_dashboard.screens import PHONE_MM, on_screen, screen_of
from casecurves_dashboard.shelf import Shelf
from casecurves_dashboard.state import HOWTO_PATH, Unknown, ViewState, from_query

Format = Literal["png", "tiff", "svg", "pdf", "pptx", "txt"]
TYPES: dict[Format, str] = {
    "png": "image/png",
    "tiff": "image/tiff",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "txt": "text/plain",
}
MINIATURE_MM = 110.0
EXAMPLE_MM = 170.0


def register(server: Flask, library: Library) -> None:
    """Give the server its pictures, saved figures and fonts."""

    @server.get("/miniature/<case_id>.svg")
    def _miniature(case_id: str) -> Response:
        return miniature(library.shelf(case_id), case_id, query())

    @server.get("/picture/<case_id>.svg")
    def _picture(case_id: str) -> Response:
        return picture(library.shelf(case_id), case_id, query())

    @server.get("/export/<case_id>.<any(png, tiff, svg, pdf, pptx, txt):fmt>")
    def _export(case_id: str, fmt: Format) -> Response:
        return export(library.shelf(case_id), case_id, fmt, query(), library.added(case_id))

    @server.get("/preview/<case_id>.svg")
    def _preview(case_id: str) -> Response:
        return preview(library.shelf(case_id), case_id, query(), library.added(case_id))

    @server.get(f"{HOWTO_PATH}/<name>.svg")
    def _example(name: str) -> Response:
        return example(library.shelf(), name, query())

    @server.get("/fonts/<name>")
    def _font(name: str) -> Response:
        return font(name)


def miniature(shelf: Shelf, case_id: str, query: str) -> Response:
    """Return the picture of a case on its card: its own view, without words round it."""
    asked, _ = from_query(query)
    return _drawn(shelf, case_id, ViewState(lang=asked.lang, theme=asked.theme), MINIATURE_MM)


def picture(shelf: Shelf, case_id: str, query: str) -> Response:
    """Return the picture of a view for the screen that the address names."""
    state, _ = _narrow(shelf, case_id, from_query(screened(query)[0])[0])
    spec, screen = shelf.spec(case_id, state.options()), screen_of(query)
    svg = shelf.kept(
        ("svg", case_id, state.options(), state.theme, screen), lambda: on_screen(spec, state.theme, screen)
    )
    return Response(svg, mimetype="image/svg+xml")


def export(shelf: Shelf, case_id: str, fmt: Format, query: str, own: Added = Added()) -> Response:  # noqa: B008
    """Return a figure as a file: exactly what the address asks for, or a refusal.

    Parameters
    ----------
    shelf : Shelf
        The cases.
    case_id : str
        Which one.
    fmt : {"png", "tiff", "svg", "pdf", "pptx", "txt"}
        Kind of file; ``txt`` is the caption.
    query : str
        The page (`sheet.NAMES`) and the view.
    own : Added
        Pictures that the reader added.

    Returns
    -------
    Response
        The file, or 400 and a sentence. The name of the file holds the page and, of a case that comes with
        casecurves, its id; a case of one's own may be named after a patient.
    """
    try:
        spec, page = asked(shelf, case_id, query)
        spec = spec if is_shipped(case_id) else replace(spec, case="")
        shots = own.drawn(spec, page)
        said = [(one.letter, one.label) for one in shots]
        told = partial(caption, spec, letters=page.letters, pictures=said)
        data = told() if fmt == "txt" else render(spec, fmt, page, (), shots)
    except UsageError as error:
        return Response(f"{error}\n", status=400, mimetype="text/plain")
    dots = f"-{page.dpi}dpi" if fmt in DOTTED else ""
    name = f"{public_name(case_id)}-{page.width_mm:g}mm{dots}.{fmt}"
    return Response(data, mimetype=TYPES[fmt], headers={"Content-Disposition": f'attachment; filename="{name}"'})


def preview(shelf: Shelf, case_id: str, query: str, own: Added) -> Response:
    """Return a figure with the reader's own pictures, small ones, to look at before it is saved."""
    try:
        spec, page = asked(shelf, case_id, query)
    except UsageError as error:
        return Response(f"{error}\n", status=400, mimetype="text/plain")
    svg = render(spec, "svg", page, (), own.drawn(spec, page, small=True))
    return Response(svg, mimetype="image/svg+xml")


def public_name(case_id: str) -> str:
    """Return the id of a case that comes with casecurves, and nothing in particular for any other."""
    return case_id if is_shipped(case_id) else "casecurves-figure"


def asked(shelf: Shelf, case_id: str, query: str) -> tuple[Spec, PageOptions]:
    """Return the figure and the page that an address asks for; raises `UsageError` where it asks for what is not."""
    given, view = _split(query)
    state, unknown = from_query(view)
    state, more = _narrow(shelf, case_id, state)
    for slip in (*unknown, *more):
        name, value = visible(slip.name)[:40], visible(slip.value)[:40]
        said = [say("dashboard.refused.unknown", state.lang, name=name, value=value), slip.sentence]
        raise UsageError(" ".join(filter(None, said)))
    return shelf.spec(case_id, state.options()), sheet.read(given, state.lang)


def example(shelf: Shelf, name: str, query: str) -> Response:
    """Return the picture of an example that explains the marks."""
    asked, narrow = screened(query)
    state, _ = from_query(asked)
    part = next((part for part in parts(state.lang) if part.name == name), None)
    if part is None:
        abort(404)
    page = PageOptions(width_mm=PHONE_MM if narrow else EXAMPLE_MM, theme=state.theme)
    svg = shelf.kept(("example", name, state.lang, page), lambda: outlined(to_svg(part.spec, page, bare=True)))
    return Response(svg, mimetype="image/svg+xml")


def font(name: str) -> Response:
    """Return a font file, or the style sheet that names them all."""
    if name == "faces.css":
        return Response(stylesheet(), mimetype="text/css")
    face = next((face for face in FACES if face.name == name), None)
    if face is None:
        abort(404)
    return Response(face.data, mimetype="font/ttf")


def _refuse() -> NoReturn:
    abort(400)


def _split(query: str) -> tuple[dict[str, str], str]:
    """Return what an address says of the page, and what it says of the view; saying anything twice is refused."""
    parts = [part for part in query.split("&") if part]
    names = [part.partition("=")[0] for part in parts]
    if len(set(names)) < len(names):
        _refuse()
    pairs = list(zip(names, parts, strict=True))
    page = "&".join(part for name, part in pairs if name in sheet.NAMES)
    view = "&".join(part for name, part in pairs if name not in sheet.NAMES)
    return dict(parse_qsl(page, keep_blank_values=True)), view


def _narrow(shelf: Shelf, case_id: str, state: ViewState) -> tuple[ViewState, tuple[Unknown, ...]]:
    case, _ = shelf.cases.get(case_id, (None, None))
    if case is None:
        abort(404)
    state, unknown = choices(case, state.lang).narrow(state)
    state, more = on_axis(shelf, case_id, state)
    return state, (*unknown, *more)


def _drawn(shelf: Shelf, case_id: str, state: ViewState, width: float) -> Response:
    state, _ = _narrow(shelf, case_id, state)
    options = state.options()
    spec = shelf.spec(case_id, options)
    svg = shelf.kept(
        ("svg", case_id, options, state.theme, width),
        # A picture in a page cannot reach the fonts of the page, so that its letters come as outlines.
        lambda: outlined(to_svg(spec, PageOptions(width_mm=width, theme=state.theme), bare=True)),
    )
    return Response(svg, mimetype="image/svg+xml")
