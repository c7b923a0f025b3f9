"""A case of one's own: where to drop it, and what is said while it is kept."""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from dash import Dash, Input, Output, State, dcc, html, no_update
from dash.development.base_component import Component
from werkzeug.exceptions import BadRequest

from casecurves.io.archive import LARGEST_UPLOAD, LIMITS
from casecurves.io.workbook import MOST_ROWS
from casecurves.model.issues import visible
from casecurves.words import say
from casecurves_dashboard import ids
from casecurves_dashboard.components.parts import aria, titled
from casecurves_dashboard.state import ViewState, from_query, path_of, spoken
from casecurves_dashboard.uploads import LIFETIME_S, MOST_PER_BROWSER, Full, Own, Uploads, browser, remember

LONGEST_NAME = 1000


def zone(owned: Sequence[Own], state: ViewState) -> Component:
    """Return the part of the library where a case is dropped, with those that this browser has dropped already."""
    lang = state.lang
    limits = {"rows": MOST_ROWS, "hours": LIFETIME_S // 3600, "most": MOST_PER_BROWSER, **LIMITS}
    drop = dcc.Upload(
        html.Span([say("upload.drop", lang), " ", html.Span(say("upload.choose", lang), className="choose")]),
        id=ids.UPLOAD,
        multiple=True,
        className="drop-inner",
        className_active="drop-inner active",
        style_active={},
    )
    words: dict[str, Any] = {
        "data-label": say("upload.label", lang),
        "data-reading": say("upload.reading", lang),
        "data-large": say("upload.large", lang, **LIMITS),
        "data-most": str(LARGEST_UPLOAD),
    }
    template = html.A(say("upload.template", lang), href=state.elsewhere("/template.xlsx"), download="")
    return html.Section(
        [
            html.H2(say("upload.heading", lang)),
            html.P([say("upload.lead", lang), " ", template], className="quiet"),
            html.Div(drop, className="drop", **words),
            html.Div(id=ids.UPLOAD_SAID, className="upload-said", role="status"),
            html.Details(
                [html.Summary(say("upload.private", lang)), html.P(say("upload.limits", lang, **limits))],
                className="quiet",
            ),
            *([html.Ul([_entry(own, state) for own in owned], className="owned")] if owned else []),
        ],
        className="part own",
    )


def bar(own: Own, state: ViewState) -> Component:
    """Return what the page of such a case says first: how long it is kept, and how to keep it oneself."""
    lang = state.lang
    links = [
        html.A(say(f"upload.save.{fmt}", lang), href=f"/files/{own.id}.{fmt}?lang={lang}", download="")
        for fmt in (("zip", "xlsx") if own.received.files else ())
    ]
    kept = say("upload.kept", lang, name=visible(own.received.name), until=until(own))
    return html.Div([html.P(kept), *links, _remove(own, state)], className="notice kept", role="status")


def until(own: Own) -> str:
    """Return when a case is forgotten, by the clock of the server and with its distance from universal time."""
    moment = datetime.fromtimestamp(own.until).astimezone()
    return f"{moment:%H:%M} ({moment.tzinfo})"


def _entry(own: Own, state: ViewState) -> html.Li:
    case = own.received.case
    title = visible(own.received.name) if case is None else titled(case, state.lang)
    link = dcc.Link(title, href=state.elsewhere(path_of(own.id)))
    about = say("upload.until", state.lang, until=until(own))
    return html.Li([link, html.Span(about, className="quiet"), _remove(own, state)])


def _remove(own: Own, state: ViewState) -> html.Form:
    # A form, not a callback: it works without scripts, and the cookie goes along with requests of our own pages only.
    button = html.Button(say("upload.remove", state.lang), type="submit", className="button")
    return html.Form(button, action=f"/files/{own.id}/remove{state.elsewhere('')}", method="POST")


def register(app: Dash, uploads: Uploads) -> None:
    """Let what is dropped be read, kept and shown."""

    @app.callback(
        Output(ids.LOCATION, "pathname"),
        Output(ids.LOCATION, "search", allow_duplicate=True),
        Output(ids.UPLOAD_SAID, "children"),
        Input(ids.UPLOAD, "contents"),
        State(ids.UPLOAD, "filename"),
        State(ids.LOCATION, "search"),
        prevent_initial_call=True,
    )
    def _receive(contents: object, names: object, search: object) -> tuple[object, object, object]:
        if contents is None:  # the zone has just been put into the page
            return no_update, no_update, no_update
        state, _ = from_query(search, spoken())
        secret = browser()
        try:
            own = uploads.keep(secret, decoded(contents, names))
        except Full as full:
            text = say(full.key, state.lang, most=MOST_PER_BROWSER)
            return no_update, no_update, html.P(text, **aria(live="assertive"), className="notice")
        remember(secret)
        return path_of(own.id), state.elsewhere(""), ""


def decoded(contents: object, names: object) -> dict[str, bytes]:
    """Return the files that a browser sent, by name.

    Parameters
    ----------
    contents : object
        A list of data addresses in base 64.
    names : object
        A list of as many names.

    Returns
    -------
    dict of str to bytes
        Two of one name are told apart by a number.

    Raises
    ------
    BadRequest
        When it is anything that our page would not send.
    """
    if not isinstance(contents, list) or not isinstance(names, list) or not 0 < len(contents) == len(names):
        raise BadRequest
    if not all(isinstance(name, str) and len(name) <= LONGEST_NAME for name in names):
        raise BadRequest
    files: dict[str, bytes] = {}
    for number, (content, name) in enumerate(zip(contents, names, strict=True)):
        if not isinstance(content, str) or not content.startswith("data:"):
            raise BadRequest
        try:
            data = b64decode(content.partition(",")[2], validate=True)
        except binascii.Error:
            raise BadRequest from None
        files[name if name not in files else f"{number}-{name}"] = data
    return files
