"""Where a lesson is written: its text, what is wrong with it, and where each stop lies."""

from __future__ import annotations

from urllib.parse import quote

from dash import html
from dash.development.base_component import Component

from casecurves.io import Received, receive
from casecurves.io.files import folder_files
from casecurves.model.case import Case
from casecurves.model.issues import Report
from casecurves.model.teaching import FILE
from casecurves.words import say
from casecurves_dashboard.components.issues import issues
from casecurves_dashboard.components.parts import aria, data
from casecurves_dashboard.state import TEACH_PATH, ViewState

# An empty lesson shows how one is written.
_ROWS = 24


def tried(case: Case, files: dict[str, bytes], text: str) -> Received:
    """Read a case with another lesson.

    Parameters
    ----------
    case : Case
        The case; of one that comes from a folder its files are taken.
    files : dict of str to bytes
        The files of a case of one's own; empty for any other.
    text : str
        The text of ``teaching.toml``.

    Returns
    -------
    Received
        The case, and everything found.
    """
    parts = files or folder_files(case)
    return receive({**parts, FILE: text.encode()}, case.id)


def findings(received: Received) -> Report:
    """Return what was found about the lesson."""
    return Report.of(issue for issue in received.report if issue.file == FILE)


def editor(
    case_id: str, text: str, received: Received, stops: Component, state: ViewState, *, own: bool, kept: bool
) -> list[Component]:
    """Return the parts of the page on which a lesson is written.

    Parameters
    ----------
    case_id : str
        Of which case.
    text : str
        The lesson as it stands.
    received : Received
        What was made of it.
    stops : Component
        Where its stops lie.
    state : ViewState
        Language and theme.
    own, kept : bool
        Whether it is stored with a case of one's own, and whether it has just been.
    """
    lang, path = state.lang, f"{TEACH_PATH}{quote(case_id, safe='')}"
    found = findings(received)
    buttons = [html.Button(say("teach.edit.check", lang), type="submit", name="does", value="check")]
    if own:
        buttons.append(
            html.Button(say("teach.edit.keep", lang), type="submit", name="does", value="keep", className="primary")
        )
    buttons += [
        html.Button(say("teach.edit.download", lang), type="submit", formAction=f"{path}/{FILE}"),
        html.Button(say("teach.edit.try", lang), type="submit", formAction=state.elsewhere(path)),
        html.Button(say("teach.edit.add", lang), type="button", **data(add=say("teach.edit.template", lang))),
    ]
    area = html.Textarea(f"\n{text}", name="text", rows=_ROWS, className="lesson-text", **aria(label=FILE))
    form = html.Form(
        [area, html.Div(buttons, className="toggles")], action=state.elsewhere(f"{path}/edit"), method="post"
    )
    said = [html.P(say("teach.edit.kept", lang), className="notice", role="status")] if kept else []
    wrong = [issues(found, lang)] if len(found) else [html.P(say("teach.edit.sound", lang), role="status")]
    return [
        html.H1(say("teach.edit.heading", lang)),
        html.P(say("teach.edit.lead.own" if own else "teach.edit.lead.shipped", lang), className="lead"),
        *said,
        form,
        html.H2(say("teach.edit.found", lang)),
        *wrong,
        html.H2(say("teach.stops.heading", lang)),
        stops,
    ]
