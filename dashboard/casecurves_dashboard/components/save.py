"""Links that save the figure; plain links, so that a browser does with them what it does with any file."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from casecurves.words import say
from casecurves_dashboard.state import ViewState

WIDTHS_MM = (90, 140, 190)
DPI = (300, 600)


def save(case_id: str, state: ViewState) -> Component:
    """Return the links for a view: one row for each width, for paper; below, other colours."""
    lang = state.lang
    head = html.Thead(html.Tr([html.Th(say("dashboard.save.width.heading", lang), scope="col"), *_heads(lang)]))
    rows = [_row(case_id, state, width) for width in WIDTHS_MM]
    others = [
        html.Li(_link(case_id, state, "png", WIDTHS_MM[-1], DPI[0], say(f"dashboard.save.{theme}", lang), theme))
        for theme in ("grey", "dark")
    ]
    return html.Details(
        [
            html.Summary(say("dashboard.save.heading", lang)),
            html.Div(
                [
                    html.Table([head, html.Tbody(rows)]),
                    html.Ul(others, className="lines"),
                    html.P(say("dashboard.save.what", lang), className="quiet"),
                ],
                className="saving",
            ),
        ],
        className="save",
    )


def _heads(lang: str) -> list[Component]:
    names = [*(say("dashboard.save.png", lang, dpi=dpi) for dpi in DPI), "SVG", "PDF"]
    return [html.Th(name, scope="col") for name in names]


def _row(case_id: str, state: ViewState, width: int) -> html.Tr:
    name = say(f"dashboard.save.width.{width}", state.lang)
    links = [_link(case_id, state, "png", width, dpi, "PNG", "light") for dpi in DPI]
    links += [_link(case_id, state, fmt, width, None, fmt.upper(), "light") for fmt in ("svg", "pdf")]
    return html.Tr([html.Th(name, scope="row"), *(html.Td(link) for link in links)])


def _link(case_id: str, state: ViewState, fmt: str, width: int, dpi: int | None, text: str, theme: str) -> html.A:
    view = ViewState(lang=state.lang, zero=state.zero, unit=state.unit, show=state.show).to_query()
    dots = "" if dpi is None else f"&dpi={dpi}"
    colours = "" if theme == "light" else f"&theme={theme}"
    # No name here: the server gives the file one.
    return html.A(text, href=f"/export/{case_id}.{fmt}{view}&width={width}{dots}{colours}", download="")
