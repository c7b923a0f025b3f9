"""Where a lesson is written, and its handout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import quote

from dash import html
from dash.development.base_component import Component
from flask import Flask, Response, request

from casecurves.analysis.reveal import step_of, telling
from casecurves.errors import UsageError
from casecurves.figure.handout import handout
from casecurves.io.files import folder_files
from casecurves.model.case import Case
from casecurves.model.issues import Report, visible
from casecurves.model.teaching import FILE
from casecurves.words import LANGS, Lang, say, typeset
from casecurves_dashboard.components.parts import titled
from casecurves_dashboard.lesson_form import changed, from_form, to_text
from casecurves_dashboard.lesson_page import framed
from casecurves_dashboard.library import Library
from casecurves_dashboard.pages.lesson_editor import Draft, editor, tried
from casecurves_dashboard.requests import asked, files_of, patient, query, same_site
from casecurves_dashboard.routes import public_name
from casecurves_dashboard.state import TEACH_PATH, Unknown, ViewState, from_query, spoken
from casecurves_dashboard.uploads import browser

# What the address of a handout can say besides its language.
_ANSWERS = (("answers", "0"), ("answers", "1"))


def register(server: Flask, library: Library) -> None:
    """Give the server the page on which a lesson is written, and its handout."""

    @server.get(f"{TEACH_PATH}<case_id>/edit")
    def _edit(case_id: str) -> Response:
        case, files = patient(library, case_id), files_of(library, case_id)
        text = (files or folder_files(case)).get(FILE, b"").decode("utf-8", "replace")
        return edit(case, case_id, Draft(text, tried(case, files, text), own=bool(files)), asked())

    @server.post(f"{TEACH_PATH}<case_id>/edit")
    def _edited(case_id: str) -> Response:
        same_site()
        case, files = patient(library, case_id), files_of(library, case_id)
        draft = sent(case, files)
        if draft.does == "keep" and files:
            draft = replace(draft, kept=library.own.amend(browser(), case_id, draft.received))
        return edit(case, case_id, draft, asked())

    @server.post(f"{TEACH_PATH}<case_id>/{FILE}")
    def _download(case_id: str) -> Response:  # noqa: ARG001 - what was written is had even when the case is forgotten
        same_site()
        headers = {"Content-Disposition": f'attachment; filename="{FILE}"'}
        return Response(written()[0], mimetype="application/toml", headers=headers)

    @server.get("/handout/<case_id>.pdf")
    def _handout(case_id: str) -> Response:
        case, (state, unknown) = patient(library, case_id), from_query(query(), spoken())
        for slip in unknown:
            if (slip.name, slip.value) not in _ANSWERS:
                return _refused(slip, state.lang)
        _, report = library.shelf(case_id).cases[case_id]
        return on_paper(case, case_id, state.lang, answers="answers=1" in query(), report=report)


def _refused(slip: Unknown, lang: Lang) -> Response:
    """Refuse a handout that is asked for with what means nothing, and say with what it can be."""
    allowed = [f"lang = {one}" for one in sorted(LANGS)] + [f"{name} = {value}" for name, value in _ANSWERS]
    said = say("dashboard.refused.unknown", lang, name=visible(slip.name)[:40], value=visible(slip.value)[:40])
    listed = say("teach.handout.refused", lang, allowed=", ".join(allowed))
    return Response(f"{said} {listed}\n", status=400, mimetype="text/plain")


def written() -> tuple[str, str]:
    """Return the lesson that the request at hand brings, as a text, and which entry of it is at hand."""
    if "text" in request.form:
        return request.form["text"].replace("\r\n", "\n").strip("\n") + "\n", ""
    data, near = changed(from_form(request.form.items()), request.form.get("does", ""))
    return to_text(data), near


def sent(case: Case, files: Mapping[str, bytes]) -> Draft:
    """Return the lesson that the request at hand brings, read with its case."""
    (text, near), does = written(), request.form.get("does", "check")
    as_text = does == "text" or (does != "form" and "text" in request.form)
    return Draft(text, tried(case, files, text), does, near, own=bool(files), as_text=as_text)


def edit(case: Case, case_id: str, draft: Draft, state: ViewState) -> Response:
    """Return the page on which the lesson of a case is written."""
    path = f"{TEACH_PATH}{quote(case_id, safe='')}"
    whose = f"← {say('teach.heading', state.lang)} · {titled(case, state.lang)}"
    back = html.P(html.A(whose, href=state.elsewhere(path)), className="back")
    parts = [back, *editor(case, case_id, draft, state)]
    return framed(parts, f"{path}/edit", "teach.edit.heading", state, script="write")


def on_paper(case: Case, case_id: str, lang: Lang, *, answers: bool, report: Report) -> Response:
    """Return the handout of a lesson as a file; what it is called says nothing of a case of one's own.

    Nor does the file for students name a case: an id may name the drug that they are asked for.
    """
    faults = [issue for issue in report if issue.file == FILE and issue.level == "error"]
    if faults and (case.teaching is None or not case.teaching.stops):
        unread = say("handout.unread", lang, case=titled(case, lang))
        return Response(f"{unread}\n{Report.of(faults).to_text(lang)}\n", status=404, mimetype="text/plain")
    try:
        data_ = handout(case, lang=lang, answers=answers)
    except UsageError as error:
        return Response(f"{error}\n", status=404, mimetype="text/plain")
    name = f"{public_name(case_id)}-answers.pdf" if answers else "casecurves-questions.pdf"
    return Response(
        data_, mimetype="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def stops(case: Case, lang: str) -> Component:
    """Return the stops of a lesson, each with its step."""
    steps = telling(case)
    stops = case.teaching.stops if case.teaching else ()
    if not stops:
        return html.P(say("teach.stops.none", lang, steps=len(steps)))
    items = [
        html.Li(
            [
                html.Strong(say("teach.stops.step", lang, n=step_of(case, steps, stop) + 1)),
                html.Span(f" {typeset(visible(stop.said('question', lang)), lang)}"),
            ]
        )
        for stop in stops
    ]
    return html.Ol(items, className="stops")
