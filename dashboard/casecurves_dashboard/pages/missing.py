"""What stands where no page is."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from casecurves.model.issues import visible
from casecurves.words import say
from casecurves_dashboard.state import ViewState


def page(case_id: str | None, state: ViewState) -> list[Component]:
    """Return what to do about an address that leads nowhere, or to a case that is not in the library."""
    lang = state.lang
    if case_id is None:
        heading, text = say("dashboard.missing.page.heading", lang), say("dashboard.missing.page.text", lang)
    else:
        heading = say("dashboard.missing.case.heading", lang, case=visible(case_id[:80]))
        text = say("dashboard.missing.case.text", lang)
    back = dcc.Link(say("dashboard.back", lang), href=state.elsewhere("/"))
    return [html.H1(heading), html.P(text, className="lead"), html.P(back)]
