"""The HTML page that carries the app: its language, title and colours are right before any script runs."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import orjson
from dash import Dash, html
from dash.development.base_component import Component
from flask import request
from plotly.io.json import to_json_plotly

from casecurves.model.issues import visible
from casecurves.words import say
from casecurves_dashboard.diagrams import found, table_of
from casecurves_dashboard.fonts import FACES
from casecurves_dashboard.library import Library
from casecurves_dashboard.light import light
from casecurves_dashboard.markup import markup
from casecurves_dashboard.security import note
from casecurves_dashboard.state import (
    DOCUMENTS_PATH,
    HOWTO_PATH,
    KNOWLEDGE_PATH,
    ViewState,
    case_of,
    from_query,
    spoken,
)

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
<body data-gone-en="{gone_en}" data-gone-fr="{gone_fr}">
<div id="react-entry-point"></div>
<div class="first">{first}</div>
<div hidden>{config}{scripts}{renderer}</div>
</body>
</html>
"""

# Colour scheme, head, page (written, or: as it is), foot, what the document is called, no problem, and what is told
# beside it.
Parts = list[Component]
Contents = tuple[str, Parts, object, Parts, dict[str, str], None, Parts]


def as_json(page: Parts) -> orjson.Fragment:
    """Return a page as Dash would send it, with few components, so that it need not be written again."""
    return orjson.Fragment(to_json_plotly(light(page), engine="orjson"))


class Page(Dash):
    """A Dash app whose page says from the first byte which case it is about, and in which language."""

    library: Library
    contents: Callable[[str, str, str], Contents]

    def interpolate_index(self, *_: Any, **parts: Any) -> str:  # noqa: ANN401 - Dash's own signature
        """Return the page of the address that is asked for."""
        query = request.query_string.decode("ascii", "replace")
        state, _ = from_query(query, spoken())
        return _PAGE.format(
            lang=state.lang,
            theme=state.theme,
            title=escape(title(self.library, request.path, state)),
            fonts="".join(f'<link rel="preload" as="font" crossorigin href="{face.address}">' for face in FACES[:2]),
            gone_en=escape(say("dashboard.gone", "en")),
            gone_fr=escape(say("dashboard.gone", "fr")),
            first=self._first(request.path, query, state),
            **{name: parts[name] for name in ("css", "config", "scripts", "renderer")},
        )

    def _first(self, path: str, query: str, state: ViewState) -> str:
        """Return what the page shows before any script has run; the scripts put the same in its place."""
        hint = f'<noscript><p class="notice">{escape(say("dashboard.noscript", state.lang))}</p></noscript>'
        try:
            # Without the link past the head.
            _, (_, *head), page, foot, *_, beside = self.contents(path, query, state.lang)
        except Exception as error:  # noqa: BLE001 - the scripts ask once more, and what they are told is shown
            note(error)
            head, page, foot = [], markup(html.P(say("dashboard.starting", state.lang), className="starting")), []
            beside = []
        # Roles rather than elements: the live page, which has the elements, stands beside this for a moment.
        return (
            f'<div class="head" role="banner">{markup(head)}</div>'
            f'<div class="stage"><div class="page" role="main">{hint}{page}</div>'
            f'<div class="aside" role="complementary">{markup(beside)}</div></div>'
            f'<div class="foot" role="contentinfo">{markup(foot)}</div>'
        )


def exists(library: Library, path: str) -> bool:
    """Tell whether there is a page at a path."""
    if table_of(path) is not None:
        return True
    return (
        path in ("/", HOWTO_PATH, KNOWLEDGE_PATH, DOCUMENTS_PATH)
        or found(path) is not None
        or case_of(path) in library.shelf(case_of(path)).cases
    )


def title(library: Library, path: object, state: ViewState) -> str:
    """Return the title of the page at a path."""
    case_id = case_of(path)
    case, _ = library.shelf(case_id).cases.get(case_id or "", (None, None))
    if case is not None:
        heading = case.header.title_fr if state.lang == "fr" else ""
        return f"{visible(heading or case.header.title)} – {say('dashboard.product', state.lang)}"
    table = table_of(path)
    if table is not None:
        return f"{say(f'slides.title.{table}', state.lang)} – {say('dashboard.product', state.lang)}"
    diagram = found(path)
    if diagram is not None:
        return f"{diagram.title[state.lang]} – {say('dashboard.product', state.lang)}"
    if path == KNOWLEDGE_PATH:
        return f"{say('knowledge_page.heading', state.lang)} – {say('dashboard.product', state.lang)}"
    if path == HOWTO_PATH:
        return f"{say('howto.heading', state.lang)} – {say('dashboard.product', state.lang)}"
    if path == DOCUMENTS_PATH:
        return f"{say('documents.heading', state.lang)} – {say('dashboard.product', state.lang)}"
    return say("dashboard.product", state.lang)
