"""The HTML page that carries the app: its language, title and colours are right before any script runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from dash import Dash, dcc, html
from dash.development.base_component import Component
from flask import request

from casecurves.model.issues import visible
from casecurves.words import LANGS, say
from casecurves_dashboard import ids, requests
from casecurves_dashboard.components import controls, export
from casecurves_dashboard.fonts import FACES
from casecurves_dashboard.library import Library
from casecurves_dashboard.markup import markup
from casecurves_dashboard.places import title
from casecurves_dashboard.security import note
from casecurves_dashboard.state import ViewState, decoded, from_query, pairs, spoken
from casecurves_dashboard.written import Contents

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
<body {gone}>
<div id="react-entry-point"></div>
<div class="first">{first}</div>
<div hidden>{config}{scripts}{renderer}</div>
</body>
</html>
"""


class Page(Dash):
    """A Dash app whose page says from the first byte which case it is about, and in which language."""

    library: Library
    contents: Callable[[str, str, str], Contents]

    def interpolate_index(self, *_: Any, **parts: Any) -> str:  # noqa: ANN401 - Dash's own signature
        """Return the page of the address that is asked for."""
        query = requests.query()
        state, _ = from_query(query, spoken())
        return _PAGE.format(
            lang=state.lang,
            theme=state.theme,
            title=escape(title(self.library, request.path, state)),
            fonts="".join(f'<link rel="preload" as="font" crossorigin href="{face.address}">' for face in FACES[:2]),
            gone=" ".join(f'data-gone-{lang}="{escape(say("dashboard.gone", lang))}"' for lang in LANGS),
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
            f'<div class="stage"><div class="page" role="main">{hint}{page}</div>{_settings(state, page)}'
            f'<div class="aside" role="complementary">{markup(beside)}</div></div>'
            f'<div class="foot" role="contentinfo">{markup(foot)}</div>'
        )


def _settings(state: ViewState, page: object) -> str:
    """Return the forms to which the controls of a case belong where no script runs; the rest of the view goes along."""
    text, made = str(page), []
    exports = f'form="{ids.PRESET_SETTINGS}"' in text
    if f'form="{ids.SETTINGS}"' in text:
        sets = (*controls.ASKED, *export.ASKED) if exports else controls.ASKED
        made.append(html.Form(_kept(state, sets), id=ids.SETTINGS, method="get"))
    if exports:
        made.append(html.Form(_kept(state, export.VOID), id=ids.PRESET_SETTINGS, method="get"))
    return markup(made, ids=True)


def _kept(state: ViewState, sets: Sequence[str]) -> list[Component]:
    """Return what a view says besides what a form sets, as fields that nobody sees."""
    kept = [(name, decoded(value)) for name, value in pairs(state.to_query()) if name not in sets]
    # What cannot be shown names nothing here.
    return [dcc.Input(type="hidden", name=name, value=value) for name, value in kept if value == visible(value)]
