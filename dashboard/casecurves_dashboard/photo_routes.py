"""How pictures are added to a figure, described and removed: by forms, which work without scripts."""

from __future__ import annotations

from io import BytesIO

from flask import Flask, Request, Response, abort, redirect, request
from werkzeug.formparser import parse_form_data

from casecurves.errors import UsageError
from casecurves.figure.pictures import LARGEST_FILE
from casecurves.model.issues import visible
from casecurves.words import say
from casecurves_dashboard.library import Library
from casecurves_dashboard.photos import LONGEST_NAME, MOST_PER_FIGURE, Photos
from casecurves_dashboard.requests import query, same_site
from casecurves_dashboard.state import ViewState, from_query, path_of, spoken
from casecurves_dashboard.uploads import Full, browser, remember

# Two pictures of the largest kind, with what a form puts round them.
LARGEST_BODY = 2 * LARGEST_FILE + 100_000
_FIELDS = 100_000


def register(server: Flask, library: Library) -> None:
    """Let pictures be added, described and removed."""

    @server.post("/photos/<case_id>")
    def _add(case_id: str) -> Response:
        view = _asked(library, case_id)
        secret = browser()
        with library.photos.reading:
            files = _files(request)
            library.photos.refuse(secret, case_id, _kept(library.photos, secret, case_id, files, view.lang))
        remember(secret)
        return _back(case_id, view)

    @server.post("/photos/<case_id>/<number>")
    def _change(case_id: str, number: str) -> Response:
        view = _asked(library, case_id)
        library.photos.refuse(browser(), case_id, ())
        if request.form.get("do") == "remove":
            library.photos.remove(browser(), case_id, number)
        else:
            words = (request.form.get(name, "") for name in ("letter", "label"))
            library.photos.describe(browser(), case_id, number, *words)
        return _back(case_id, view)


def _asked(library: Library, case_id: str) -> ViewState:
    same_site()
    if library.shelf(case_id).cases.get(case_id, (None, None))[0] is None:
        abort(404)
    return from_query(query(), spoken())[0]


def _back(case_id: str, view: ViewState) -> Response:
    answer: Response = redirect(view.changed(tab="export").at(path_of(case_id)), code=303)  # type: ignore[assignment]
    return answer


def _files(sent: Request) -> list[tuple[str, bytes]]:
    """Return names and contents of the files of a form; what is sent stays in memory, as what is kept does."""
    # A form of any other kind holds no file, and would be read at once whatever its size.
    most = LARGEST_BODY if sent.mimetype == "multipart/form-data" else _FIELDS
    _, _, files = parse_form_data(
        sent.environ,
        stream_factory=lambda *_, **__: BytesIO(),
        max_form_memory_size=_FIELDS,
        max_content_length=most,
        max_form_parts=20,
        silent=False,
    )
    return [(file.filename or "", file.read()) for file in files.getlist("file") if file.filename]


def _kept(photos: Photos, secret: str, case_id: str, files: list[tuple[str, bytes]], lang: str) -> tuple[str, ...]:
    """Keep pictures, and return what is to be said about those that are not."""
    why = [] if files else [say("photo.none", lang)]
    for name, data in files:
        try:
            photos.keep(secret, case_id, data, name, lang)
        except Full as full:
            why.append(say(full.key, lang, most=MOST_PER_FIGURE, name=visible(name)[:LONGEST_NAME]))
        except UsageError as error:
            why.append(str(error))
    return tuple(why)
