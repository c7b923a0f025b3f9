"""The day that is pinned: what held on it in one patient, or in each of several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dash import html
from dash.development.base_component import Component

from casecurves.figure.compare.reading import PatientDay
from casecurves.figure.compile.details import Other
from casecurves.figure.compile.moments import Held, Moment, Values
from casecurves.model.case import Case
from casecurves.words import say
from casecurves_dashboard.components.parts import data, day_link, row_link
from casecurves_dashboard.state import ViewState

# Of more patients than this, those of whom nothing held are named together.
_IN_FULL = 6


@dataclass(frozen=True)
class Of:
    """Of which case something is told, and on which page.

    ``path`` is that of the page; ``start`` stands before the ids of rows there, and ``name`` is what the patient is
    called, where there are several.
    """

    case: Case
    state: ViewState
    path: str
    start: str = ""
    name: str = ""

    def id(self, row: str) -> str:
        """Return the id of a row on the page."""
        return f"{self.start}{row}"

    def link(self, text: str, row: str) -> html.A:
        """Return a link that tells a row."""
        return row_link(text, self.id(row), self.state)


def part(heading: str, kind: str, close: Component, content: Sequence[Component], what: Mapping[str, Any]) -> Component:
    """Return one thing told; ``what`` says to explore.js which of the things in the address it is."""
    head = html.Div([html.P(kind, className="quiet"), html.H2(heading), close], className="top")
    return html.Section([head, *content], className="told-part", **what)


def listed(others: Sequence[Other], of: Of) -> Component:
    """Return other rows as a list of links."""
    return html.Ul([html.Li(_other(other, of)) for other in others], className="lines")


def _other(other: Other, of: Of) -> list[Component]:
    said: list[Component] = [html.Span(f" · {other.distance}", className="moment")] if other.distance else []
    return [of.link(other.text, other.row), *said]


def pinned(told: Moment, of: Of) -> Component:
    """Return what held on the day that is pinned."""
    return _pinned(told.heading, _moment(told, of), of.state)


def _pinned(heading: str, content: Sequence[Component], state: ViewState) -> Component:
    close = day_link(say("dashboard.aside.unpin", state.lang), None, state, kind="close")
    return part(heading, say("dashboard.aside.pinned", state.lang), close, content, data(go="at", to=state.moment))


def _moment(told: Moment, of: Of) -> list[Component]:
    lang = of.state.lang
    parts: list[Component] = []
    for heading, held in (("lanes", told.lanes), ("states", told.states)):
        if held:
            parts += [html.H3(say(f"moment.{heading}", lang)), html.Ul([_held(each, of) for each in held])]
    if told.events:
        parts += [html.H3(say("moment.events", lang)), listed(told.events, of)]
    if told.panels:
        parts += [html.H3(say("moment.panels", lang)), _panels(told, of)]
    return parts


def _panels(told: Moment, of: Of) -> Component:
    return html.Dl([part for each in told.panels for part in _around(each, of)])


def _held(held: Held, of: Of) -> html.Li:
    doses = say("list.semicolon", of.state.lang).join(held.doses)
    said = f"{held.text}, {doses}" if doses else held.text
    return html.Li(
        [of.link(held.label, held.row), html.Span(f" · {said}", className="moment")],
        className=f"hold {held.hold}",
    )


def _around(values: Values, of: Of) -> list[Component]:
    told = [
        html.Dd([say(f"moment.{name}", of.state.lang, what=""), *_joined(found, of)])
        for name, found in (("last", values.before), ("then", values.then), ("next", values.after))
        if found
    ]
    return [html.Dt(values.label), *told]


def _joined(found: Sequence[Other], of: Of) -> list[Component]:
    parts: list[Component] = []
    for other in found:
        parts += [html.Span(say("list.semicolon", of.state.lang))] if parts else []
        parts += _other(other, of)
    return parts


def pinned_of_all(days: Sequence[PatientDay], state: ViewState, path: str) -> Component:
    """Return what held on the day that is pinned in each patient: what was on or may have been, and the values."""
    lang = state.lang
    over = [one.patient.name for one in days if one.followed == "after"]
    there = [one for one in days if one.followed != "after"]
    idle = [one for one in there if not _anything(one)] if len(there) > _IN_FULL else []
    parts = [item for one in there if one not in idle for item in _patient(one, state, path)]
    for key, names in (("idle", [one.patient.name for one in idle]), ("over", over)):
        if names:
            text = say(f"compare.page.day.{key}", lang, names=", ".join(names))
            parts.append(html.P(text, className="quiet"))
    return _pinned(days[0].moment.heading, parts, state)


def _anything(one: PatientDay) -> bool:
    told = one.moment
    return bool(_on(one) or told.states or told.events or told.panels)


def _on(one: PatientDay) -> list[Held]:
    return [held for held in one.moment.lanes if held.hold in {"on", "possible"}]


def _patient(one: PatientDay, state: ViewState, path: str) -> list[Component]:
    of = Of(one.patient.case, state, path, one.patient.row(""), one.patient.name)
    told = one.moment
    parts: list[Component] = [html.H3(one.patient.name)]
    if one.followed == "possible":
        parts.append(html.P(say("compare.page.day.perhaps", state.lang), className="quiet"))
    held = [_held(each, of) for each in (*_on(one), *told.states)]
    held += [html.Li(_other(each, of)) for each in told.events]
    if held or not told.panels:
        none = [html.Li(say("compare.page.day.none", state.lang), className="hold before")]
        parts.append(html.Ul(held or none))
    return [*parts, *([_panels(told, of)] if told.panels else [])]
