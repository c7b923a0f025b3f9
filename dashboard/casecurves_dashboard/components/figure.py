"""The figure of a case: a still picture at once and on narrow screens, the live one as soon as it is painted."""

from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash, Input, dcc, html

from casecurves.figure.page import PageOptions
from casecurves.figure.plotly import PX_PER_MM, config, places, to_plotly
from casecurves.figure.spec import Spec
from casecurves.figure.svg import laid_out
from casecurves.words import say
from casecurves_dashboard import ids
from casecurves_dashboard.components.parts import aria, data
from casecurves_dashboard.screens import NARROW, PHONE_MM, WIDTH_PX, media
from casecurves_dashboard.state import ViewState

# Below this width a picture laid out anew says more than one that must be dragged about; style.css knows it too.
NARROW_PX = 760


def figure(spec: Spec, state: ViewState) -> html.Div:
    """Return the figure of a view."""
    picture = still(state.drawn().at(f"/picture/{spec.case}.svg"), described(spec))
    shown = painted(spec, state)
    return explored(spec, dcc.Graph(id=ids.GRAPH, **shown), shown, picture)


def painted(spec: Spec, state: ViewState) -> dict[str, Any]:
    """Return what the graph of a live picture takes."""
    drawn = to_plotly(spec, theme=state.theme, width_px=WIDTH_PX)
    height = f"{drawn['layout']['height']}px"
    return {"figure": drawn, "config": config(spec.lang), "responsive": True, "style": {"height": height}}


def explored(spec: Spec, graph: dcc.Graph, shown: dict[str, Any], picture: html.Picture) -> html.Div:
    """Return a still picture and, over it as soon as it is painted, the live one, whose marks can be chosen."""
    # Laid over the picture, so that to point at a mark or to pin a day draws nothing anew and keeps the zoom.
    placed, live_top = places(spec, width_px=WIDTH_PX), shown["figure"]["layout"]["margin"]["t"]
    over = [html.Div(className=f"over {name}", hidden=True) for name in ("pin", "chosen", "cursor")]
    live = html.Div(
        [graph, *over],
        className="live",
        tabIndex=0,
        role="application",
        **aria(
            label=say("dashboard.figure.explore", spec.lang), roledescription=say("dashboard.figure.role", spec.lang)
        ),
        **data(days=" ".join(f"{day:.6g}:{x:.6g}" for day, x in placed.days), mm=PX_PER_MM),
    )
    # The still picture stands where the live one will: what they share is at the same height.
    stood = {"--drawn": f"{placed.height * PX_PER_MM:.1f}px", "--drop": f"{live_top - placed.top * PX_PER_MM:.1f}px"}
    return html.Div(
        [picture, live],
        className="figure",
        style={"--height": shown["style"]["height"], "--narrow": _narrow(spec), **stood},
    )


def _narrow(spec: Spec) -> str:
    """Return the proportions of the picture of a narrow screen, whose room is kept until it is there."""
    return f"{PHONE_MM:g} / {laid_out(spec, PageOptions(width_mm=PHONE_MM), bare=True).height:.2f}"


def still(address: str, words: str) -> html.Picture:
    """Return the still picture, made anew for narrow and wide screens; ``words`` are for who does not see it."""
    wide = [
        html.Source(srcSet=f"{address}&wide={px}", media=f"screen and (min-width: {window}px)")
        for px, window in media()
    ]
    return html.Picture(
        [
            html.Source(srcSet=f"{address}&{NARROW}", media=f"screen and (max-width: {NARROW_PX}px)"),
            *wide,
            html.Img(src=address, alt=words),
        ],
        className="still",
    )


def described(spec: Spec) -> str:
    """Return in words what the picture shows, for those who do not see it."""
    lang = spec.lang
    drugs = ", ".join(dict.fromkeys(lane.drug for lane in spec.lanes)) or say("dashboard.none", lang)
    shown = [*(panel.label for panel in spec.panels), *spec.charts.headings()]
    curves = ", ".join(dict.fromkeys(shown)) or say("dashboard.none", lang)
    return say("dashboard.figure.alt", lang, title=spec.title, drugs=drugs, curves=curves)


def register(app: Dash) -> None:
    """Let a zoom of the live figure change the address."""
    for graph in (ids.GRAPH, ids.COMPARISON):
        app.clientside_callback(  # type: ignore[no-untyped-call]
            ClientsideFunction("casecurves_window", "zoomed"), Input(graph, "relayoutData"), prevent_initial_call=True
        )


def placeholder() -> html.Div:
    """Return graphs without a figure, for Dash to check callbacks against."""
    return html.Div([dcc.Graph(id=ids.GRAPH), dcc.Graph(id=ids.COMPARISON)])
