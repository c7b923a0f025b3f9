"""One case: figure and words, tables, or what was found in its data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from urllib.parse import quote

from dash import dcc, html
from dash.development.base_component import Component

from casecurves.analysis.consistency import Proof, proofread
from casecurves.figure.compile.details import lines, names, standings
from casecurves.figure.compile.reach import outside
from casecurves.figure.spec import Spec
from casecurves.model.case import Case
from casecurves.model.issues import Report, visible
from casecurves.words import say
from casecurves_dashboard.choices import Choices, choices, on_axis
from casecurves_dashboard.components import words
from casecurves_dashboard.components.axis import axis_links, axis_of_file
from casecurves_dashboard.components.care import care
from casecurves_dashboard.components.controls import controls
from casecurves_dashboard.components.export import export
from casecurves_dashboard.components.figure import figure
from casecurves_dashboard.components.issues import disagreements, issues
from casecurves_dashboard.components.marks import hint, marks
from casecurves_dashboard.components.parts import aria
from casecurves_dashboard.components.proof import proof
from casecurves_dashboard.components.tables import given, kidney, statuses, tables
from casecurves_dashboard.photos import Added
from casecurves_dashboard.shelf import Shelf
from casecurves_dashboard.state import TABS, TEACH_PATH, Tab, Unknown, ViewState, path_of


def page(
    shelf: Shelf,
    case_id: str,
    state: ViewState,
    unknown: tuple[Unknown, ...] = (),
    ways: Sequence[Component] = (),
    added: Added = Added(),  # noqa: B008 - nothing can be put into it
) -> list[Component]:
    """Return the page of a case.

    Parameters
    ----------
    shelf : Shelf
        The cases, this one among them.
    case_id : str
        Which one.
    state : ViewState
        The view asked for.
    unknown : tuple of Unknown
        What of the address could not be read.
    ways : sequence of Component
        Links to other pages about this case.
    added : Added
        The reader's own pictures.

    Returns
    -------
    list of Component
        What stands between head and foot.
    """
    case, report = shelf.cases[case_id]
    if case is None:
        return _unreadable(shelf.name or case_id, report, state)
    offered = choices(case, state.lang)
    state, more = offered.narrow(state)
    state, beside = on_axis(shelf, case_id, state)
    exporting = {"lang": state.export_lang} if state.tab == "export" and state.export_lang else {}
    spec = shelf.spec(case_id, state.changed(**exporting).options())
    read = shelf.kept(("proof", case_id), lambda: proofread(case))
    tabs: dict[Tab, Callable[[Case, Spec, ViewState], list[Component]]]
    tabs = {"figure": partial(_figure, shelf), "tables": _tables, "issues": partial(_issues, read)}
    tabs |= {"care": _care, "export": partial(_export, shelf, added)}
    return [
        _back(state),
        *words.notices((*unknown, *more, *beside), state.lang),
        html.H1(spec.title),
        html.P(spec.subtitle, className="lead"),
        *ways,
        *_teach(case, state),
        *words.banner(spec),
        _tabs(case, len(report) + len(read.findings), state),
        *_unsound(case, report, state),
        *_tools(offered, state),
        *tabs[state.tab](case, spec, state),
    ]


def _teach(case: Case, state: ViewState) -> list[Component]:
    """Return the way to a lesson with the course of a patient: pages of their own, so a plain link."""
    if case.header.kind != "patient":
        return []
    path = f"{TEACH_PATH}{quote(case.id, safe='')}"
    return [html.P(html.A(say("teach.link", state.lang), href=state.elsewhere(path)), className="teach-link")]


def _back(state: ViewState) -> Component:
    return html.P(
        dcc.Link(f"← {say('dashboard.library.heading', state.lang)}", href=state.elsewhere("/")), className="back"
    )


def _tabs(case: Case, found: int, state: ViewState) -> Component:
    counts = {"issues": found}
    tabs = []
    for tab in TABS:
        name = say(f"dashboard.tab.{tab}", state.lang) + (f" ({counts[tab]})" if counts.get(tab) else "")
        link = dcc.Link(name, href=state.changed(tab=tab).at(path_of(case.id)))
        tabs.append(html.Li(link, **aria(current="page" if tab == state.tab else "false")))
    return html.Nav(html.Ul(tabs, className="tabs"), **aria(label=say("dashboard.views", state.lang)))


def _unsound(case: Case, report: Report, state: ViewState) -> list[Component]:
    errors = report.count("error")
    if not errors or state.tab == "issues":
        return []
    link = dcc.Link(say("dashboard.unsound.link", state.lang), href=state.changed(tab="issues").at(path_of(case.id)))
    return [html.P([say("dashboard.unsound.text", state.lang, n=errors), " ", link], className="notice", role="status")]


def _tools(offered: Choices, state: ViewState) -> list[Component]:
    if state.tab == "issues":
        return []
    return [html.Div(controls(offered, state), className="tools")]


def _figure(shelf: Shelf, case: Case, spec: Spec, state: ViewState) -> list[Component]:
    beside = [*words.boxes(spec, state), *words.not_drawn(spec, state), *words.notes(spec)]
    return [
        *axis_links(spec, state),
        *([] if spec.empty else _drawn(shelf, case, spec, state)),
        html.Div(beside, className="boxes"),
        *words.discrepancies(spec, names(case, state.options()), state),
        *words.source(spec),
    ]


def _drawn(shelf: Shelf, case: Case, spec: Spec, state: ViewState) -> list[Component]:
    options = state.options()
    whole = shelf.spec(case.id, state.changed(window=None).options()) if state.window else spec
    beyond = outside(case, whole, spec, options)
    walked = marks(spec, lines(case, options), state, beyond, standings(case, options))
    return [figure(spec, state), hint(spec), walked, words.legend(spec, state)]


def _tables(case: Case, spec: Spec, state: ViewState) -> list[Component]:
    read = [*given(case, state), *kidney(case, state)]
    return [*read, *tables(case, state, spec.axis.zero_label), *statuses(case, state)]


def _issues(
    read: Proof,
    case: Case,
    spec: Spec,  # noqa: ARG001 - all tabs take the same
    state: ViewState,
) -> list[Component]:
    return [proof(case, read, state), disagreements(case, read, state), issues(case.report, state.lang)]


def _care(case: Case, spec: Spec, state: ViewState) -> list[Component]:  # noqa: ARG001 - all tabs take the same
    return care(case, state)


def _export(shelf: Shelf, added: Added, case: Case, spec: Spec, state: ViewState) -> list[Component]:
    # What is saved may be in another language than what is said about it.
    axis = axis_of_file(shelf.spec(case.id, state.options()), state)
    return [*axis, *export(case.id, spec, state, added)]


def _unreadable(case_id: str, report: Report, state: ViewState) -> list[Component]:
    return [
        _back(state),
        html.H1(visible(case_id)),
        html.P(say("dashboard.card.broken", state.lang), className="lead"),
        issues(report, state.lang),
    ]
