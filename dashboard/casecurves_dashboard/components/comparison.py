"""The figure of a comparison: a still picture at once and on narrow screens, the live one as soon as it is painted."""

from __future__ import annotations

from typing import Any

from dash import dcc, html

from casecurves.figure.page import PageOptions
from casecurves.figure.plotly import CONFIG, to_plotly
from casecurves.figure.spec import Spec
from casecurves.figure.svg import laid_out
from casecurves.words import say
from casecurves_dashboard import ids
from casecurves_dashboard.components.figure import NARROW_PX, PHONE_MM, WIDTH_PX
from casecurves_dashboard.state import COMPARE_PATH, ViewState

_CONFIG: Any = CONFIG


def comparison(spec: Spec, state: ViewState) -> html.Div:
    """Return the figure of a comparison."""
    drawn = to_plotly(spec, theme=state.theme, width_px=WIDTH_PX)
    height = drawn["layout"]["height"]
    graph = dcc.Graph(id=ids.COMPARISON, figure=drawn, config=_CONFIG, responsive=True, style={"height": f"{height}px"})
    narrow = f"{PHONE_MM:g} / {laid_out(spec, PageOptions(width_mm=PHONE_MM), bare=True).height:.2f}"
    return html.Div(
        [_still(spec, state), html.Div(graph, className="many")],
        className="figure",
        style={"--height": f"{height}px", "--narrow": narrow},
    )


def _still(spec: Spec, state: ViewState) -> html.Picture:
    address = state.at(f"{COMPARE_PATH}/figure.svg")
    names = ", ".join([lane.drug for lane in spec.lanes] or dict.fromkeys(panel.label for panel in spec.panels))
    return html.Picture(
        [
            html.Source(srcSet=f"{address}&narrow=1", media=f"screen and (max-width: {NARROW_PX}px)"),
            html.Img(src=address, alt=say("compare.page.alt", spec.lang, title=spec.title, names=names)),
        ],
        className="still",
    )
