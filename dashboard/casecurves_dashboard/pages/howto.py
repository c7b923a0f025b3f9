"""How to read a figure: examples, and a sentence for each kind of mark."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from casecurves.howto import Explained, Part, parts
from casecurves.words import say
from casecurves_dashboard.components.figure import NARROW_PX
from casecurves_dashboard.components.icons import sample
from casecurves_dashboard.components.parts import section
from casecurves_dashboard.components.words import notices
from casecurves_dashboard.state import HOWTO_PATH, Unknown, ViewState


def page(state: ViewState, unknown: tuple[Unknown, ...] = ()) -> list[Component]:
    """Return the page that explains the marks."""
    lang = state.lang
    return [
        *notices(unknown, lang),
        html.H1(say("howto.heading", lang)),
        html.P(say("howto.lead", lang), className="lead"),
        *(_part(part, state) for part in parts(lang)),
    ]


def _part(part: Part, state: ViewState) -> Component:
    address = state.elsewhere(f"{HOWTO_PATH}/{part.name}.svg")
    picture = html.Picture(
        [
            html.Source(srcSet=f"{address}&narrow=1", media=f"(max-width: {NARROW_PX}px)"),
            html.Img(src=address, alt=say("howto.alt", state.lang, title=part.spec.title)),
        ]
    )
    events = [mark for mark in part.marks if mark.kind.startswith("event.")]
    marks = [html.Li(_mark(mark, state)) for mark in part.marks if mark not in events]
    said = html.Div([html.Ul(marks, className="marks"), *_events(events, state)])
    return section(part.spec.title, [html.Div([picture, said], className="example")])


def _events(marks: Sequence[Explained], state: ViewState) -> list[Component]:
    """Return the kinds of event under the one sentence that holds for all."""
    if not marks:
        return []
    items = [html.Li([sample(mark.kind, state.theme), html.Span(mark.label)]) for mark in marks]
    sentence = html.P(marks[0].sentence, className="beside")
    return [sentence, html.Ul(items, className="legend")]


def _mark(mark: Explained, state: ViewState) -> list[Component]:
    return [
        sample(mark.kind, state.theme),
        html.Span([html.Strong(mark.label), html.Span(mark.sentence, className="beside")]),
    ]
