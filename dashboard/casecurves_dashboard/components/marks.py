"""The marks of a figure in the order of time: what the keyboard walks through, and what a phone has for a hover.

Each entry says where its mark stands on the live figure; explore.js reads nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from casecurves.figure.compile.reach import Beyond
from casecurves.figure.plotly import places
from casecurves.figure.plotly.targets import Target
from casecurves.figure.spec import Spec
from casecurves.words import say
from casecurves_dashboard.components.parts import data, row_link
from casecurves_dashboard.screens import WIDTH_PX
from casecurves_dashboard.state import ViewState

# What a key does, in the order of the list.
KEYS = ("across", "lanes", "ends", "open", "pin", "close", "help")


def marks(
    spec: Spec,
    told: Mapping[str, str],
    state: ViewState,
    beyond: Sequence[Beyond] = (),
    heard: Mapping[str, str] | None = None,
) -> Component:
    """Return the marks of a figure as a list that is folded away.

    Parameters
    ----------
    spec : Spec
        The figure.
    told : mapping of str to str
        Each row in one line.
    state : ViewState
        The view.
    beyond : sequence of Beyond
        Rows that the window of the view leaves out, in the order of time.
    heard : mapping of str to str, optional
        What is said besides of a row that the keyboard comes to: the list has it in the table of the case.

    Returns
    -------
    Component
        An entry for each mark; of a row that is drawn twice, the second is for the keyboard alone.
    """
    sure = _certainties(spec)
    found = places(spec, width_px=WIDTH_PX).marks
    seen: set[str] = set()
    entries = []
    for place in found:
        named = place.words or told.get(place.row, place.row)
        words = ", ".join(part for part in (named, sure.get(place.row, "")) if part)
        more = "" if heard is None or place.words else heard.get(place.row, "")
        entries.append(_entry(place, words, more, state, again=place.row in seen))
        seen.add(place.row)
    # What is left out stands before and after what is shown, so that to walk on is to go on in time.
    sides: tuple[list[html.Li], list[html.Li]] = ([], [])
    for each in beyond:
        more = "" if heard is None else heard.get(each.row, "")
        sides[each.late].append(_beyond(each, told.get(each.row, each.row), more, state))
    heading = "dashboard.marks.untimed" if spec.timeless else "dashboard.marks.heading"
    return html.Details(
        [
            html.Summary(say(heading, spec.lang, n=len(seen) + len(beyond))),
            html.Ol([*sides[False], *entries, *sides[True]], className="lines"),
        ],
        className="marks",
    )


def _entry(place: Target, words: str, more: str, state: ViewState, *, again: bool) -> html.Li:
    area = data(area="") if place.area else data(ground="") if place.words else {}
    area |= data(more=more) if more else {}
    where = data(row=place.row, lane=place.lane, axis=place.axis, x0=place.x0, x1=place.x1, y0=place.y0, y1=place.y1)
    return html.Li(row_link(words, place.row, state), hidden=again, **area, **where)


def _beyond(left_out: Beyond, words: str, more: str, state: ViewState) -> html.Li:
    row, window = left_out.row, left_out.window
    shown = "" if window is None else f"{window[0]:.10g} {window[1]:.10g}"
    href = state.changed(row=row, window=window).to_query()
    link = html.A(words, href=href, className="row", **data(go="row", to=row))
    return html.Li(link, className="beyond", **data(row=row, window=shown), **(data(more=more) if more else {}))


def _certainties(spec: Spec) -> dict[str, str]:
    """Return how well the time of each mark is known, and what is known of the end of each bar."""
    sure = {mark.row: say(f"legend.{mark.certainty}", spec.lang) for mark in spec.marks()}
    for bar in spec.bars():
        end = "unknown_end" if bar.end == "unknown" else bar.end
        sure[bar.row] = say(f"legend.{end}", spec.lang) if bar.end == "unknown" else ""
    return sure


def hint(spec: Spec) -> Component:
    """Return the line below the figure: which mark is at hand, and the way to the list of keys."""
    lang = spec.lang
    terms = [
        part
        for key in KEYS
        for part in (html.Dt(say(f"dashboard.keys.{key}.keys", lang)), html.Dd(say(f"dashboard.keys.{key}.does", lang)))
    ]
    return html.Div(
        [
            html.P(
                say("dashboard.keys.hint", lang),
                className="said",
                role="status",
                **data(moved=say("dashboard.keys.moved", lang)),
            ),
            html.Button("?", className="help", title=say("dashboard.keys.heading", lang), type="button"),
            html.Div(
                [html.H2(say("dashboard.keys.heading", lang)), html.Dl(terms)],
                className="keys",
                hidden=True,
            ),
        ],
        className="hint",
    )
