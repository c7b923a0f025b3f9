"""The pictures of diagrams, in their page and as files, and the tables of the slides as files."""

from __future__ import annotations

from functools import lru_cache

from flask import Flask, Response, abort

from casecurves.errors import UsageError
from casecurves.figure.diagrams import DiagramSpec, compile_diagram, diagram_caption, diagram_svg, render_diagram
from casecurves.figure.diagrams.layout import lay_out
from casecurves.figure.options import ThemeName
from casecurves.figure.page import PageOptions
from casecurves.figure.svg.glyphs import outlined
from casecurves.io.slide_files import slide_csv, slide_sheet
from casecurves.knowledge.relations import Diagram, all_diagrams
from casecurves.knowledge.slides import SLIDE_TABLES
from casecurves.model.issues import visible
from casecurves.words import say
from casecurves_dashboard.downloads import TYPES as PACKED
from casecurves_dashboard.requests import asked, query, screened
from casecurves_dashboard.routes import TYPES, Format
from casecurves_dashboard.state import DIAGRAM_PATH, KNOWLEDGE_PATH, ViewState, from_query

WIDE_MM, PHONE_MM = 190.0, 90.0
_TABLES = {"csv": "text/csv", "xlsx": PACKED["xlsx"]}


def register(server: Flask) -> None:
    """Give the server the pictures of diagrams and the tables of the slides."""

    @server.get(f"{DIAGRAM_PATH}<name>.svg")
    def _diagram(name: str) -> Response:
        said, narrow = screened(query())
        state, _ = from_query(said)
        try:
            svg = _picture(_spec(name, state), PHONE_MM if narrow else WIDE_MM, state.theme)
        except UsageError as error:
            return Response(f"{error}\n", status=400, mimetype="text/plain")
        return Response(svg, mimetype="image/svg+xml")

    @server.get(f"/export{DIAGRAM_PATH}<name>.<any(png, tiff, svg, pdf, pptx, txt):fmt>")
    def _diagram_file(name: str, fmt: Format) -> Response:
        return export(name, fmt, query())

    @server.get(f"/files{KNOWLEDGE_PATH}/<name>.<any(csv, xlsx):fmt>")
    def _table_file(name: str, fmt: str) -> Response:
        if name not in SLIDE_TABLES:
            abort(404)
        lang = asked().lang
        data = slide_csv(name, lang) if fmt == "csv" else slide_sheet(name, lang)
        file = f'attachment; filename="{name}-{lang}.{fmt}"'
        return Response(data, mimetype=_TABLES[fmt], headers={"Content-Disposition": file})


# Whoever opens a page asks at once, and again when the window changes: a picture is there before it is missed.
@lru_cache(maxsize=16)
def _picture(spec: DiagramSpec, width_mm: float, theme: ThemeName) -> str:
    # A picture in a page cannot reach the fonts of the page, so that its letters come as outlines.
    return outlined(diagram_svg(spec, PageOptions(width_mm=width_mm, theme=theme), bare=True))


def proportions(spec: DiagramSpec) -> dict[str, str]:
    """Return the proportions of the picture on a wide and on a narrow screen, whose room is kept until it is there."""
    widths = {"--wide": WIDE_MM, "--narrow": PHONE_MM}
    return {name: f"{width:g} / {lay_out(spec, width, bare=True).height:.2f}" for name, width in widths.items()}


def found(path: object) -> Diagram | None:
    """Return the diagram that a path names; ``None`` when it names none."""
    if not isinstance(path, str) or not path.startswith(DIAGRAM_PATH):
        return None
    return all_diagrams().get(path.removeprefix(DIAGRAM_PATH))


def table_of(path: object) -> str | None:
    """Return the table of the slides that a path names; ``None`` when it names none."""
    return next((name for name in SLIDE_TABLES if path == f"{KNOWLEDGE_PATH}/{name}"), None)


def export(name: str, fmt: Format, query: str) -> Response:
    """Return a diagram, or its caption, as a file, on the page that the address says, or a sentence and 400."""
    state, unknown = from_query(query)
    try:
        for slip in unknown:
            what = {"name": visible(slip.name)[:40], "value": visible(slip.value)[:40]}
            raise UsageError(say("dashboard.notice.unknown", state.lang, **what))
        spec = _spec(name, state)
        data = diagram_caption(spec) if fmt == "txt" else render_diagram(spec, fmt, state.sheet)
    except UsageError as error:
        return Response(f"{error}\n", status=400, mimetype="text/plain")
    file = f'attachment; filename="{name}-{state.lang}-{state.sheet.width_mm:g}mm.{fmt}"'
    return Response(data, mimetype=TYPES[fmt], headers={"Content-Disposition": file})


def _spec(name: str, state: ViewState) -> DiagramSpec:
    known = all_diagrams().get(name)
    if known is None:
        abort(404)
    return compile_diagram(known, state.lang, state.node)
