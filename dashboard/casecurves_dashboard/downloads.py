"""The template, and cases as files: what a person takes home."""

from __future__ import annotations

from functools import cache
from typing import Literal

from flask import Flask, Response, abort, redirect

from casecurves.errors import UsageError
from casecurves.io.files import folder_files, slug, zipped
from casecurves.io.template import template, to_workbook
from casecurves_dashboard.library import Library
from casecurves_dashboard.requests import asked, same_site
from casecurves_dashboard.state import ViewState
from casecurves_dashboard.uploads import browser

Packed = Literal["zip", "xlsx"]
TYPES: dict[Packed, str] = {
    "zip": "application/zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def register(server: Flask, library: Library) -> None:
    """Give the server the template, the files of a case, and the way to have one's own forgotten."""

    @server.get("/template.xlsx")
    def _template() -> Response:
        lang = asked().lang
        return _file(_empty(lang), "xlsx", f"casecurves-{lang}")

    @server.get("/files/<case_id>.<any(zip, xlsx):fmt>")
    def _files(case_id: str, fmt: Packed) -> Response:
        return packed(library, case_id, fmt, asked().lang)

    @server.post("/files/<case_id>/remove")
    def _remove(case_id: str) -> Response:
        same_site()
        # A case that is gone already, or another browser's, is none of ours to talk about.
        if library.own.find(browser(), case_id) is not None:
            library.own.remove(browser(), case_id)
            library.lessons.forget(case_id)
            library.photos.forget(case_id)
        view = asked()
        there = ViewState(lang=view.lang, theme=view.theme).at("/")
        return redirect(there, code=303)  # type: ignore[return-value]


def packed(library: Library, case_id: str, fmt: Packed, lang: str) -> Response:
    """Return a case as a zip of its folder or as a workbook; of one's own, every row, also those with a fault."""
    own = library.owned(case_id)
    case, _ = library.shelf(case_id).cases.get(case_id, (None, None))
    files = dict(own.received.files) if own else {} if case is None else folder_files(case)
    if not files:
        abort(404)
    name = slug(own.received.name) if own else slug(case_id)
    try:
        data = zipped(files, name) if fmt == "zip" else to_workbook(files, lang)
    except UsageError as error:
        return Response(f"{error}\n", status=400, mimetype="text/plain")
    return _file(data, fmt, name)


@cache
def _empty(lang: str) -> bytes:
    return template(lang)


def _file(data: bytes, fmt: Packed, name: str) -> Response:
    return Response(data, mimetype=TYPES[fmt], headers={"Content-Disposition": f'attachment; filename="{name}.{fmt}"'})
