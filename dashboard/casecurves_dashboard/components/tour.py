"""A tour of five steps. The step is in the address, so that it can be sent, undone, and taken without scripts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dash import dcc, html
from dash.development.base_component import Component

from casecurves.model.case import Case
from casecurves.search import Query
from casecurves.words import say
from casecurves_dashboard.components.parts import aria
from casecurves_dashboard.shelf import Shelf
from casecurves_dashboard.shelf_view import ShelfView
from casecurves_dashboard.state import ViewState, path_of


@dataclass(frozen=True)
class Step:
    """A step: its key in the catalogue, and the address at which it is told."""

    key: str
    at: Callable[[ViewState, Case], str]


def _cases(view: ViewState, _: Case) -> str:
    return view.at("/")


def _figure(view: ViewState, case: Case) -> str:
    return view.at(path_of(case.id))


def _mark(view: ViewState, case: Case) -> str:
    return view.changed(row=case.therapies[0].id if case.therapies else "").at(path_of(case.id))


def _export(view: ViewState, case: Case) -> str:
    return view.changed(tab="export").at(path_of(case.id))


STEPS = (
    Step("cases", _cases),
    Step("own", _cases),
    Step("figure", _figure),
    Step("mark", _mark),
    Step("export", _export),
)


def tour(shelf: Shelf, path: str, state: ViewState) -> list[Component]:
    """Return the step that a view is at; on the first page, when it is at none, the invitation.

    A library in which no course can be drawn has no tour, and who looks for a case is not invited to another.
    """
    case = _example(shelf)
    if case is None:
        return []
    if 1 <= state.tour <= len(STEPS):
        return [_told(case, path, state)]
    seeks = isinstance(state, ShelfView) and state.query != Query()
    return [_invitation(case, state)] if path == "/" and not seeks else []


def start(state: ViewState) -> Component:
    """Return the link by which the tour is found again."""
    return dcc.Link(say("tour.link", state.lang), href=ViewState(lang=state.lang, theme=state.theme, tour=1).at("/"))


def _example(shelf: Shelf) -> Case | None:
    """Return the case that the tour shows: the first patient's with a course of a drug."""
    for case, _ in shelf.cases.values():
        if case is not None and case.header.kind == "patient" and case.therapies:
            return case
    return None


def _link(case: Case, number: int, state: ViewState, word: str) -> Component:
    view = ViewState(lang=state.lang, theme=state.theme, tour=number)
    return dcc.Link(say(f"tour.{word}", state.lang), href=STEPS[number - 1].at(view, case), className=word)


def _told(case: Case, path: str, state: ViewState) -> Component:
    lang, number = state.lang, state.tour
    end = dcc.Link(say("tour.end", lang), href=state.changed(tour=0).at(path), className="close")
    ways = [_link(case, number - 1, state, "back")] if number > 1 else []
    ways += [_link(case, number + 1, state, "next")] if number < len(STEPS) else []
    key = STEPS[number - 1].key
    head = [
        html.P(say("tour.step", lang, n=number, count=len(STEPS)), className="quiet"),
        html.H2(say(f"tour.title.{key}", lang)),
        end,
    ]
    return html.Section(
        [html.Div(head, className="top"), html.P(say(f"tour.text.{key}", lang)), html.P(ways, className="ways")],
        className=f"told-part tour tour-{key}",
        **aria(live="polite"),
    )


def _invitation(case: Case, state: ViewState) -> Component:
    """Return what only a first visit sees: tour.js knows whether this is one, and keeps nothing else."""
    lang = state.lang
    skip = html.Button(say("tour.skip", lang), type="button")
    begin = _link(case, 1, state, "start")
    return html.Section(
        [html.P(say("tour.invite", lang)), html.P([begin, skip], className="ways")], className="told-part tour invite"
    )
