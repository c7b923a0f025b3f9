"""What stands round every page: head, foot, and where the page goes."""

from __future__ import annotations

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from casecurves.words import LANGS, say
from casecurves_dashboard import ids
from casecurves_dashboard.components.parts import aria
from casecurves_dashboard.components.tour import start
from casecurves_dashboard.state import COMPARE_PATH, DOCUMENTS_PATH, HOWTO_PATH, KNOWLEDGE_PATH, ViewState

_ACCENT = [
    "#eef6fa", "#d6e8f1", "#aed1e4", "#83b8d5", "#5fa2c8",
    "#3f8db8", "#2b7aa6", "#1d6690", "#135478", "#0b4463",
]  # fmt: skip
_SLATE = [
    "#e8ecf2", "#c9d1db", "#a9b3c1", "#8d98a7", "#465061",
    "#333c49", "#1b212a", "#14181f", "#0e1116", "#0a0d11",
]  # fmt: skip
THEME = {
    "primaryColor": "clinic",
    "colors": {"clinic": _ACCENT, "dark": _SLATE},
    "primaryShade": {"light": 7, "dark": 3},
    "autoContrast": True,
    "fontFamily": "'Casecurves Sans', sans-serif",
    "fontFamilyMonospace": "'Casecurves Sans', sans-serif",
    "headings": {"fontFamily": "'Casecurves Sans', sans-serif", "fontWeight": "600"},
    "defaultRadius": "sm",
}
# The frame is one for all addresses; the page that asks for it was served in its theme, and stays so till it is filled.
IN_THE_THEME_SERVED = "frame => { frame.props.forceColorScheme = document.documentElement.dataset.mantineColorScheme; }"


def frame() -> Component:
    """Return what never changes; what the address decides is filled in."""
    provider: Component = dmc.MantineProvider(
        [
            dcc.Location(id=ids.LOCATION, refresh=False),
            dcc.Store(id=ids.DOCUMENT, storage_type="memory"),
            html.Header(id=ids.HEADER, className="head"),
            html.Div(id=ids.PROBLEM, role="alert"),
            html.Div(
                [
                    html.Main(id=ids.MAIN, className="page", tabIndex=-1),
                    html.Aside(id=ids.ASIDE, className="aside", tabIndex=-1),
                ],
                className="stage",
            ),
            html.Footer(id=ids.FOOTER, className="foot"),
        ],
        id=ids.PROVIDER,
        theme=THEME,
        forceColorScheme="light",
    )
    return provider


def header(path: str, state: ViewState) -> list[Component]:
    """Return the head of a page: the product, the language, the theme."""
    lang = state.lang
    other = "light" if state.theme == "dark" else "dark"
    languages = [
        html.Li(
            dcc.Link(code.upper(), href=state.changed(lang=code).at(path), title=say("language.name", code)),
            lang=code,
            **aria(current="true" if code == lang else "false"),
        )
        for code in LANGS
    ]
    theme = dcc.Link(say(f"dashboard.theme.{other}", lang), href=state.changed(theme=other).at(path), className="quiet")
    figures = dcc.Link(say("documents.link", lang), href=state.elsewhere(DOCUMENTS_PATH), className="quiet")
    reading = dcc.Link(say("howto.link", lang), href=state.elsewhere(HOWTO_PATH), className="quiet")
    compare = dcc.Link(say("compare.page.link", lang), href=state.elsewhere(COMPARE_PATH), className="quiet")
    known = dcc.Link(say("knowledge_page.link", lang), href=state.elsewhere(KNOWLEDGE_PATH), className="quiet")
    return [
        html.A(say("dashboard.skip", lang), href=f"#{ids.MAIN}", className="skip"),
        dcc.Link(
            [html.Span(className="logo"), say("dashboard.product", lang)],
            href=state.elsewhere("/"),
            className="product",
            title=say("dashboard.library.heading", lang),
        ),
        html.Nav(
            [compare, figures, known, reading, theme, html.Ul(languages, className="languages")],
            **aria(label=say("dashboard.settings", lang)),
        ),
    ]


def footer(state: ViewState) -> list[Component]:
    """Return the foot of a page: the way to the tour, and what this is not, in the language of the page first."""
    others = [code for code in LANGS if code != state.lang]
    said = [html.P(say("disclaimer", code), lang=code) for code in (state.lang, *others)]
    return [html.P(start(state)), *said]
