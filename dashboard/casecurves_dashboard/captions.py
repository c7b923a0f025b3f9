"""A caption that a reader edits: sent back as a file, brought up to date without losing what they wrote; never kept."""

from __future__ import annotations

from dataclasses import replace

from flask import Flask, Response, abort, request

from casecurves.access import is_shipped
from casecurves.errors import UsageError
from casecurves.figure.caption import caption
from casecurves.figure.caption.edits import caption_file, merge, read_edited
from casecurves.words import say
from casecurves_dashboard.library import Library
from casecurves_dashboard.requests import query
from casecurves_dashboard.routes import asked

# No caption is longer.
LONGEST = 200_000


def register(server: Flask, library: Library) -> None:
    """Let an edited caption be brought up to date."""

    @server.post("/caption/<case_id>.txt")
    def _up_to_date(case_id: str) -> Response:
        return edited(library, case_id, request.form.get("text", ""), query())


def edited(library: Library, case_id: str, text: str, query: str) -> Response:
    """Return a caption as somebody edited it, brought up to date with the figure, as a file.

    Parameters
    ----------
    library : Library
        The cases.
    case_id : str
        Whose caption.
    text : str
        The text, with the line of digests at its foot.
    query : str
        The view, as for a saved figure.

    Returns
    -------
    Response
        The file; or 400 and a sentence, where the text has no such line.
    """
    shelf = library.shelf(case_id)
    if len(text) > LONGEST:
        abort(413)
    try:
        spec, page = asked(shelf, case_id, query)
    except UsageError as error:
        return Response(f"{error}\n", status=400, mimetype="text/plain")
    found = read_edited(text)
    if found is None:
        return Response(f"{say('dashboard.export.caption.no_foot', spec.lang)}\n", status=400, mimetype="text/plain")
    pictures = [(one.letter, one.label) for one in library.added(case_id).drawn(spec, page, small=True)]
    shown = spec if is_shipped(case_id) else replace(spec, case="")
    fresh = caption(shown, letters=page.letters, pictures=pictures)
    merged = merge(found[1], found[0], fresh, spec.lang)
    headers = {"Content-Disposition": 'attachment; filename="caption.txt"'}
    return Response(caption_file(fresh, merged.text), mimetype="text/plain", headers=headers)
