"""Controls that fold and open the time axis, and lead back from a part of it to all; some have a key.

They are links to the same view with another axis; window.js follows them without drawing the page anew, and keeps what
the address has come to say of rows and days since.
"""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from casecurves.figure.spec import Spec
from casecurves.words import say
from casecurves_dashboard.components.parts import aria, data
from casecurves_dashboard.state import ViewState

# Keys that follow these links; window.js presses them.
WHOLE_KEY, ALL_KEY = "w", "0"


def axis_links(spec: Spec, state: ViewState) -> list[Component]:
    """Return what a view can do about its axis; nothing for one without folds and without a window."""
    lang, items = state.lang, []
    if state.window is not None:
        items.append(_item(state.changed(window=None), say("dashboard.axis.all", lang, key=ALL_KEY), ALL_KEY))
    for found in spec.axis.breaks:
        opened = state.changed(open=(*state.open, found.n))
        items.append(_item(opened, say("dashboard.axis.open", lang, what=found.label), fold=str(found.n)))
    if spec.axis.breaks or state.open or state.axis == "whole":
        whole = state.axis == "whole" or not spec.axis.breaks
        other = state.changed(axis="folded" if whole else "whole", open=())
        text = say(f"dashboard.axis.{'fold' if whole else 'whole'}", lang, key=WHOLE_KEY)
        items.append(_item(other, text, WHOLE_KEY))
    if not items:
        return []
    return [html.Nav(html.Ul(items), className="axis", **aria(label=say("dashboard.axis.heading", lang)))]


def axis_of_file(spec: Spec, state: ViewState) -> list[Component]:
    """Return what a view can do about the axis of a file, and say where the file shows a part of it only."""
    said = []
    if state.window is not None:
        shown = next(zone for zone in spec.axis.zones if zone.name == "main")
        first, last = (f"{round(day)}".replace("-", "\u2212") for day in (shown.lo, shown.hi))
        said = [html.P(say("dashboard.axis.part", state.lang, first=first, last=last), role="status")]
    return [*said, *axis_links(spec, state)]


def _item(to: ViewState, text: str, key: str = "", fold: str = "") -> html.Li:
    more = {**(aria(keyshortcuts=key) if key else {}), **(data(fold=fold) if fold else {})}
    return html.Li(html.A(text, href=to.to_query(), className="button", **more))
