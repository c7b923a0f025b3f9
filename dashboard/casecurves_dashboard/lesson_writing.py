"""Where a lesson is written, and its handout."""

from __future__ import annotations

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
from casecurves.model.issues import visible
from casecurves.model.teaching import FILE
from casecurves.words import Lang, say
from casecurves_dashboard.lesson_page import framed
from casecurves_dashboard.library import Library
from casecurves_dashboard.pages.lesson_editor import editor, tried
from casecurves_dashboard.requests import asked, files_of, patient, query, same_site
from casecurves_dashboard.routes import public_name
from casecurves_dashboard.state import TEACH_PATH, ViewState
from casecurves_dashboard.uploads import browser


def register(server: Flask, library: Library) -> None:
    """Give the server the page on which a lesson is written, and its handout."""

    @server.get(f"{TEACH_PATH}<case_id>/edit")
    def _edit(case_id: str) -> Response:
        case, files = patient(library, case_id), files_of(library, case_id)
        text = (files or folder_files(case)).get(FILE, b"").decode("utf-8", "replace")
        return edit(case, files, case_id, text or say("teach.edit.empty", asked().lang), asked())

    @server.post(f"{TEACH_PATH}<case_id>/edit")
    def _edited(case_id: str) -> Response:
        same_site()
        case, files, text = patient(library, case_id), files_of(library, case_id), request.form.get("text", "")
        kept = False
        if request.form.get("does") == "keep" and files:
            kept = library.own.amend(browser(), case_id, tried(case, files, _lines(text)))
        return edit(case, files, case_id, _lines(text), asked(), kept=kept)

    @server.post(f"{TEACH_PATH}<case_id>/{FILE}")
    def _download(case_id: str) -> Response:
        same_site()
        patient(library, case_id)
        headers = {"Content-Disposition": f'attachment; filename="{FILE}"'}
        return Response(_lines(request.form.get("text", "")), mimetype="application/toml", headers=headers)

    @server.get("/handout/<case_id>.pdf")
    def _handout(case_id: str) -> Response:
        return on_paper(patient(library, case_id), case_id, asked().lang, answers="answers=1" in query())


def edit(
    case: Case, files: dict[str, bytes], case_id: str, text: str, state: ViewState, *, kept: bool = False
) -> Response:
    """Return the page on which the lesson of a case is written."""
    received = tried(case, files, text)
    lesson = received.case.teaching if received.case else None
    lie = stops(replace(case, teaching=lesson), state.lang)
    back = html.P(
        html.A(f"← {say('teach.heading', state.lang)}", href=state.elsewhere(f"{TEACH_PATH}{quote(case_id, safe='')}")),
        className="back",
    )
    parts = editor(case_id, text, received, lie, state, own=bool(files), kept=kept)
    return framed([back, *parts], f"{TEACH_PATH}{quote(case_id, safe='')}/edit", "teach.edit.heading", state)


def on_paper(case: Case, case_id: str, lang: Lang, *, answers: bool) -> Response:
    """Return the handout of a lesson as a file; what it is called says nothing of a case of one's own."""
    try:
        data_ = handout(case, lang=lang, answers=answers)
    except UsageError as error:
        return Response(f"{error}\n", status=404, mimetype="text/plain")
    name = f"{public_name(case_id)}-{'answers' if answers else 'questions'}.pdf"
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
                html.Span(f" {visible(stop.said('question', lang))}"),
            ]
        )
        for stop in stops
    ]
    return html.Ol(items, className="stops")


def _lines(text: str) -> str:
    """Return a text as it is written, not as forms send it."""
    return text.replace("\r\n", "\n").strip("\n") + "\n"
