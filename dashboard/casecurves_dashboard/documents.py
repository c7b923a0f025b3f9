"""The HTML page that carries the app: its language, title and colours are right before any script runs."""

from __future__ import annotations

from html import escape
from typing import Any

from dash import Dash
from flask import request

from casecurves.model.issues import visible
from casecurves.words import say
from casecurves_dashboard.fonts import FACES
from casecurves_dashboard.library import Library
from casecurves_dashboard.state import ViewState, case_of, from_query, spoken

_PAGE = """<!DOCTYPE html>
<html lang="{lang}" data-mantine-color-scheme="{theme}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="{theme}">
<meta name="robots" content="noindex">
<title>{title}</title>
<link rel="icon" href="data:,">
{fonts}{css}
</head>
<body data-ag-theme-mode="{theme}">
<noscript><p class="noscript">{noscript}</p>{picture}<p class="noscript">{disclaimer}</p></noscript>
<div id="react-entry-point"><p class="starting">{starting}</p></div>
<div hidden>{config}{scripts}{renderer}</div>
</body>
</html>
"""


class Page(Dash):
    """A Dash app whose page says from the first byte which case it is about, and in which language."""

    library: Library

    def interpolate_index(self, *_: Any, **parts: Any) -> str:  # noqa: ANN401 - Dash's own signature
        """Return the page of the address that is asked for."""
        state, _ = from_query(request.query_string.decode("ascii", "replace"), spoken())
        case_id = case_of(request.path)
        return _PAGE.format(
            lang=state.lang,
            theme=state.theme,
            title=escape(title(self.library, request.path, state)),
            fonts="".join(f'<link rel="preload" as="font" crossorigin href="{face.address}">' for face in FACES[:2]),
            noscript=escape(say("dashboard.noscript", state.lang)),
            picture=_picture(self.library, case_id, state),
            disclaimer=escape(say("disclaimer", state.lang)),
            starting=escape(say("dashboard.starting", state.lang)),
            **{name: parts[name] for name in ("css", "config", "scripts", "renderer")},
        )


def exists(library: Library, path: str) -> bool:
    """Tell whether there is a page at a path."""
    return path == "/" or case_of(path) in library.shelf().cases


def title(library: Library, path: object, state: ViewState) -> str:
    """Return the title of the page at a path."""
    case_id = case_of(path)
    case, _ = library.shelf().cases.get(case_id or "", (None, None))
    if case is not None:
        heading = case.header.title_fr if state.lang == "fr" else ""
        return f"{visible(heading or case.header.title)} – {say('dashboard.product', state.lang)}"
    return say("dashboard.product", state.lang)


def _picture(library: Library, case_id: str | None, state: ViewState) -> str:
    case, _ = library.shelf().cases.get(case_id or "", (None, None))
    if case is None:
        return ""
    address = escape(state.at(f"/picture/{case.id}.svg"))
    return f'<img class="noscript" src="{address}" alt="{escape(title(library, request.path, state))}">'
