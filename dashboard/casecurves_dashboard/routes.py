"""What is served besides pages: pictures, saved figures, fonts. Everything asked for is checked to the letter."""

from __future__ import annotations

from typing import Annotated, Literal, NoReturn
from urllib.parse import parse_qsl

from flask import Flask, Response, abort, request
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from casecurves.errors import UsageError
from casecurves.figure.export import render
from casecurves.figure.options import ThemeName
from casecurves.figure.plotly import PX_PER_MM
from casecurves.figure.svg import to_svg
from casecurves.figure.svg.glyphs import outlined
from casecurves_dashboard.choices import choices
from casecurves_dashboard.components.figure import WIDTH_PX
from casecurves_dashboard.fonts import FACES, stylesheet
from casecurves_dashboard.library import Library, Shelf
from casecurves_dashboard.state import Unknown, ViewState, from_query

Format = Literal["png", "svg", "pdf"]
TYPES: dict[Format, str] = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}
MINIATURE_MM = 110.0
PHONE_MM = 100.0
# The still picture has the proportions of the live one that takes its place.
SCREEN_MM = WIDTH_PX / PX_PER_MM


class Sheet(BaseModel):
    """The paper a figure is saved on.

    Attributes
    ----------
    width : int
        Width in millimetres, 60 to 400.
    dpi : int
        Dots per inch of a PNG, 50 to 1200.
    theme : {"light", "dark", "grey"}
        Colours.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    width: Annotated[int, BeforeValidator(int), Field(ge=60, le=400)] = 190
    dpi: Annotated[int, BeforeValidator(int), Field(ge=50, le=1200)] = 300
    theme: ThemeName = "light"


def register(server: Flask, library: Library) -> None:
    """Give the server its pictures, saved figures and fonts."""

    @server.get("/miniature/<case_id>.svg")
    def _miniature(case_id: str) -> Response:
        return miniature(library.shelf(), case_id, _query())

    @server.get("/picture/<case_id>.svg")
    def _picture(case_id: str) -> Response:
        return picture(library.shelf(), case_id, _query())

    @server.get("/export/<case_id>.<any(png, svg, pdf):fmt>")
    def _export(case_id: str, fmt: Format) -> Response:
        return export(library.shelf(), case_id, fmt, _query())

    @server.get("/fonts/<name>")
    def _font(name: str) -> Response:
        return font(name)


def miniature(shelf: Shelf, case_id: str, query: str) -> Response:
    """Return the picture of a case on its card: its own view, without words round it."""
    asked, _ = from_query(query)
    return _drawn(shelf, case_id, ViewState(lang=asked.lang, theme=asked.theme), MINIATURE_MM)


def picture(shelf: Shelf, case_id: str, query: str) -> Response:
    """Return the picture of a view, laid out for a wide screen or (``narrow=1``) a phone."""
    pairs = query.split("&")
    state, _ = from_query("&".join(pair for pair in pairs if pair != "narrow=1"))
    return _drawn(shelf, case_id, state, PHONE_MM if "narrow=1" in pairs else SCREEN_MM)


def export(shelf: Shelf, case_id: str, fmt: Format, query: str) -> Response:
    """Return a figure as a file: exactly what the address asks for, or a refusal.

    Parameters
    ----------
    shelf : Shelf
        The cases.
    case_id : str
        Which one.
    fmt : {"png", "svg", "pdf"}
        Kind of file.
    query : str
        ``width``, ``dpi`` and ``theme`` of the sheet; ``lang``, ``zero``, ``unit`` and ``show`` of the view.

    Returns
    -------
    Response
        The file; its name holds the id of the case and the sheet, nothing about the patient.
    """
    sheet, view = _split(query)
    state, unknown = from_query(view)
    state, more = _narrow(shelf, case_id, state)
    try:
        paper = Sheet.model_validate(sheet)
        if unknown or more:
            _refuse()
        spec = shelf.spec(case_id, state.options())
        data = render(spec, fmt, width_mm=paper.width, dpi=paper.dpi, theme=paper.theme)
    except (ValidationError, UsageError):
        _refuse()
    name = f"{case_id}-{paper.width}mm" + (f"-{paper.dpi}dpi" if fmt == "png" else "") + f".{fmt}"
    return Response(data, mimetype=TYPES[fmt], headers={"Content-Disposition": f'attachment; filename="{name}"'})


def font(name: str) -> Response:
    """Return a font file, or the style sheet that names them all."""
    if name == "faces.css":
        return Response(stylesheet(), mimetype="text/css")
    face = next((face for face in FACES if face.name == name), None)
    if face is None:
        abort(404)
    return Response(face.data, mimetype="font/ttf")


def _query() -> str:
    return request.query_string.decode("ascii", "replace")


def _refuse() -> NoReturn:
    abort(400)


def _split(query: str) -> tuple[dict[str, str], str]:
    """Return what an address says of the sheet, and what it says of the view; saying anything twice is refused."""
    parts = [part for part in query.split("&") if part]
    names = [part.partition("=")[0] for part in parts]
    if len(set(names)) < len(names):
        _refuse()
    pairs = list(zip(names, parts, strict=True))
    sheet = "&".join(part for name, part in pairs if name in Sheet.model_fields)
    view = "&".join(part for name, part in pairs if name not in Sheet.model_fields)
    return dict(parse_qsl(sheet, keep_blank_values=True)), view


def _narrow(shelf: Shelf, case_id: str, state: ViewState) -> tuple[ViewState, tuple[Unknown, ...]]:
    case, _ = shelf.cases.get(case_id, (None, None))
    if case is None:
        abort(404)
    return choices(case, state.lang).narrow(state)


def _drawn(shelf: Shelf, case_id: str, state: ViewState, width: float) -> Response:
    state, _ = _narrow(shelf, case_id, state)
    options = state.options()
    spec = shelf.spec(case_id, options)
    svg = shelf.kept(
        ("svg", case_id, options, state.theme, width),
        # A picture in a page cannot reach the fonts of the page, so that its letters come as outlines.
        lambda: outlined(to_svg(spec, width_mm=width, theme=state.theme, words=False)),
    )
    return Response(svg, mimetype="image/svg+xml")
