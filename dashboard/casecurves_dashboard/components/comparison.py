"""The figure of a comparison: like that of a case, with the marks of all patients."""

from __future__ import annotations

from dash import dcc, html

from casecurves.figure.spec import Spec
from casecurves.words import say
from casecurves_dashboard import ids
from casecurves_dashboard.components.figure import explored, painted, still
from casecurves_dashboard.state import COMPARE_PATH, ViewState


def comparison(spec: Spec, state: ViewState) -> html.Div:
    """Return the figure of a comparison."""
    names = ", ".join([lane.drug for lane in spec.lanes] or dict.fromkeys(panel.label for panel in spec.panels))
    words = say("compare.page.alt", spec.lang, title=spec.title, names=names)
    picture = still(state.drawn().at(f"{COMPARE_PATH}/figure.svg"), words)
    shown = painted(spec, state)
    return explored(spec, dcc.Graph(id=ids.COMPARISON, **shown), shown, picture)
