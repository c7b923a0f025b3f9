"""The addresses of a lesson: where it is begun, where it is presented, where the class follows."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any, NoReturn
from urllib.parse import quote

from dash import html
from dash.development.base_component import Component
from flask import Flask, Response, abort, redirect, request

from casecurves.model.case import Case
from casecurves.words import say
from casecurves_dashboard import lesson_writing
from casecurves_dashboard.components.parts import data, titled
from casecurves_dashboard.lesson_again import read_again
from casecurves_dashboard.lesson_figure import drawn, narrow, read_room
from casecurves_dashboard.lesson_page import document, framed, told
from casecurves_dashboard.lesson_writing import stops
from casecurves_dashboard.lessons import Full, Lesson, Lessons, Over, class_of
from casecurves_dashboard.library import Library
from casecurves_dashboard.markup import markup
from casecurves_dashboard.pages.lesson import presented, shown, spec_of, usual
from casecurves_dashboard.requests import asked, files_of, patient, same_site
from casecurves_dashboard.security import LARGEST_BODY
from casecurves_dashboard.state import PRESENT_PATH, TEACH_PATH, ViewState, path_of, spoken

CLASS_PATH = "/class/"
# What `Lesson` makes for a presenter to know.
_KEY = re.compile(r"[\w-]{32}", re.ASCII)
# Pages with an address of their own, not of the app.
PATHS = (TEACH_PATH, PRESENT_PATH, CLASS_PATH)


def register(server: Flask, library: Library) -> None:
    """Give the server the pages of lessons."""
    _register_beginning(server, library, library.lessons)
    lesson_writing.register(server, library)
    _register_presenter(server, library.lessons)
    _register_again(server, library, library.lessons)
    _register_class(server, library.lessons)


def _register_beginning(server: Flask, library: Library, lessons: Lessons) -> None:
    @server.get(f"{TEACH_PATH}<case_id>")
    def _begin(case_id: str) -> Response:
        return begin(patient(library, case_id), case_id, asked())

    @server.post(f"{TEACH_PATH}<case_id>")
    def _start(case_id: str) -> Response:
        same_site()
        case, state = patient(library, case_id), asked()
        if request.form:
            # A lesson that is only being tried: kept with nothing but this hour.
            draft = lesson_writing.sent(case, files_of(library, case_id))
            if draft.received.case is None or not draft.findings.sound:
                return lesson_writing.edit(case, case_id, replace(draft, does="try"), state)
            case = replace(case, teaching=draft.received.case.teaching)
        try:
            lesson = lessons.start(case, state.lang, state.theme, draft=bool(request.form))
        except Full:
            return told("teach.full", state, 503)
        return redirect(f"{PRESENT_PATH}{lesson.key}", code=303)  # type: ignore[return-value]


def _register_presenter(server: Flask, lessons: Lessons) -> None:
    @server.get(f"{PRESENT_PATH}<key>")
    def _present(key: str) -> Response:
        lesson = lessons.of_presenter(key)
        return _over() if lesson is None else present(lesson)

    @server.get(f"{PRESENT_PATH}<key>/now")
    def _presenting(key: str) -> Response:
        lesson = lessons.of_presenter(key) or _gone(lessons, class_of(key))
        mine = lessons.holds(lesson, _window(request.args.get("who")))
        if request.args.get("mine") == str(mine).lower() and request.args.get("seen") == str(lesson.now.version):
            return Response(status=204)
        return _state(lesson, mine=mine)

    @server.post(f"{PRESENT_PATH}<key>/act")
    def _act(key: str) -> Response:
        lesson = lessons.of_presenter(key) or _gone(lessons, class_of(key))
        if (request.content_length or 0) > LARGEST_BODY // 100:
            abort(413)
        who, seen, does = _pressed(request.get_json())
        if does == "leave":
            lessons.leave(lesson, who)
            return Response(status=204)
        if does == "take":
            lessons.holds(lesson, who, take=True)
        else:
            lessons.act(lesson, who, seen, does)
        return _state(lesson, mine=lessons.holds(lesson, who))

    @server.post(f"{PRESENT_PATH}<key>/end")
    def _end(key: str) -> Response:
        same_site()
        if _KEY.fullmatch(key):
            lessons.end(key)
        return _over(200)


def _register_again(server: Flask, library: Library, lessons: Lessons) -> None:
    @server.post(f"{PRESENT_PATH}<key>/again")
    def _again(key: str) -> Response:
        same_site()
        given, state = read_again(request.form), asked()
        if given is None or not _KEY.fullmatch(key):
            abort(400)
        case = patient(library, given.case_id)
        try:
            lessons.resume(key, case, state.lang, state.theme, given.started, given.there)
        except Full:
            return told("teach.full", state, 503)
        except Over:
            return _over()
        return redirect(f"{PRESENT_PATH}{key}", code=303)  # type: ignore[return-value]


def _register_class(server: Flask, lessons: Lessons) -> None:
    @server.get(f"{CLASS_PATH}<token>")
    def _follow(token: str) -> Response:
        lesson = lessons.of_class(token)
        return _over() if lesson is None else follow(lesson)

    @server.get(f"{CLASS_PATH}<token>/now")
    def _following(token: str) -> Response:
        lesson = lessons.of_class(token) or _gone(lessons, token)
        if request.args.get("seen") == str(lesson.now.version):
            return Response(status=204)
        return _state(lesson)

    @server.get(f"{CLASS_PATH}<token>/<any(now, before):which>.svg")
    def _told_so_far(token: str, which: str) -> Response:
        lesson = lessons.of_class(token) or _gone(lessons, token)
        room = None if "narrow" in request.args else (request.args.get("w"), request.args.get("h"))
        return picture(lesson, before=which == "before", room=room, of=request.args.get("v"))


def begin(case: Case, case_id: str, state: ViewState) -> Response:
    """Return the page on which a lesson with a case is begun."""
    lang, title = state.lang, titled(case, state.lang)
    path = f"{TEACH_PATH}{quote(case_id, safe='')}"
    start = html.Form(
        [html.Button(say("teach.start", lang), type="submit", className="primary")],
        action=state.elsewhere(path),
        method="post",
    )
    parts: list[Component] = [
        html.P(html.A(f"← {title}", href=state.elsewhere(path_of(case_id))), className="back"),
        html.H1(say("teach.heading", lang)),
        html.P(say("teach.lead", lang), className="lead"),
        start,
        html.Ul([html.Li(say(f"teach.how.{step}", lang)) for step in ("window", "keys", "class", "end")]),
        html.H2(say("teach.stops.heading", lang)),
        stops(case, lang),
        html.P(html.A(say("teach.edit.link", lang), href=state.elsewhere(f"{path}/edit"))),
        *_papers(case, case_id, state),
    ]
    return framed(parts, path, "teach.heading", state)


def _papers(case: Case, case_id: str, state: ViewState) -> list[Component]:
    if case.teaching is None or not case.teaching.stops:
        return []
    path = f"/handout/{quote(case_id, safe='')}.pdf?lang={state.lang}"
    links = [
        html.Li(html.A(say("teach.handout.questions", state.lang), href=path)),
        html.Li(html.A(say("teach.handout.answers", state.lang), href=f"{path}&answers=1")),
    ]
    return [html.Ul(links)]


def present(lesson: Lesson) -> Response:
    """Return the page of the presenter."""
    lang = lesson.lang
    follow_at = f"{request.host_url.rstrip('/')}{CLASS_PATH}{lesson.token}"
    link = html.A(follow_at, href=f"{CLASS_PATH}{lesson.token}", target="_blank", rel="noopener")
    head = [
        html.Div([html.Strong(say("teach.class.heading", lang)), link], className="lesson-where"),
        html.Span("00:00:00", className="clock", **data(clock=int(lesson.started))),
        html.Form(
            [html.Button(say("teach.finish", lang), type="submit")],
            action=f"{PRESENT_PATH}{lesson.key}/end",
            method="post",
        ),
    ]
    view = presented(lesson, lesson.now, f"{CLASS_PATH}{lesson.token}", mine=True)
    root = html.Main(
        [
            html.Div(head, className="lesson-bar"),
            html.P("", className="notice lost", hidden=True, role="status", **data(status="")),
            html.P("", className="spoken", role="status", **data(said="")),
            html.Div(view, **data(view="")),
            html.P(say("teach.keys", lang), className="quiet lesson-keys"),
        ],
        className="presenter",
        **_lesson(lesson, f"{PRESENT_PATH}{lesson.key}", presenter=""),
    )
    return document(markup(root), say("teach.presenter", lang), lang, lesson.theme, "presenting")


def follow(lesson: Lesson) -> Response:
    """Return the page of the class."""
    lang = lesson.lang
    root = html.Main(
        [
            html.P("", className="notice lost", hidden=True, role="status", **data(status="")),
            html.P("", className="spoken", role="status", **data(said="")),
            html.Div(shown(lesson, lesson.now, f"{CLASS_PATH}{lesson.token}"), **data(view="")),
            html.Div(
                [
                    html.Span(say("disclaimer", lang)),
                    html.Button(say("teach.full_screen", lang), type="button", **data(full="")),
                ],
                className="lesson-under",
            ),
        ],
        className="lesson-class",
        **_lesson(lesson, f"{CLASS_PATH}{lesson.token}"),
    )
    return document(markup(root), say("teach.class.title", lang), lang, lesson.theme, "following")


def picture(
    lesson: Lesson,
    *,
    before: bool,
    room: tuple[str | None, str | None] | None = (None, None),
    of: str | None = None,
) -> Response:
    """Return the figure of what is told, or of the moment it is compared with, for a room; ``None``: a telephone.

    ``of``: the version whose words are to stand beside it. Where the lesson has moved on, or back, it is refused: words
    of one step never stand beside the picture of another.
    """
    now = lesson.now
    if of is not None and of != str(now.version):
        abort(409)
    step = now.compared if before else None
    if before and step is None:
        abort(404)
    telephone, size = room is None, None if room is None else read_room(*room)

    def made() -> str:
        spec = spec_of(lesson, now, step)
        return narrow(spec, lesson.theme) if telephone else drawn(spec, size or usual(lesson, now, spec), lesson.theme)

    return Response(lesson.kept((now.version, before, telephone, size), made), mimetype="image/svg+xml")


def _state(lesson: Lesson, *, mine: bool | None = None) -> Response:
    """Return what a window shows now, as JSON; that of the presenter with what is in hand."""
    now, pictures = lesson.now, f"{CLASS_PATH}{lesson.token}"
    if mine is None:
        text = lesson.kept((now.version, "class"), lambda: markup(shown(lesson, now, pictures)))
        return _json({"version": now.version, "html": text})
    return _json({"version": now.version, "mine": mine, "html": markup(presented(lesson, now, pictures, mine=mine))})


def _json(content: dict[str, object]) -> Response:
    return Response(json.dumps(content), mimetype="application/json")


def _lesson(lesson: Lesson, path: str, **more: str) -> dict[str, Any]:
    lang = lesson.lang
    return data(
        lesson=f"{path}/now",
        act=f"{path}/act",
        version=lesson.now.version,
        over=say("teach.over.text", lang),
        lost=say("teach.lost", lang),
        waits=say("teach.waits", lang),
        paused=say("teach.paused", lang),
        **more,
    )


def _window(given: object) -> str:
    return given if isinstance(given, str) and len(given) <= 64 and given.isalnum() else ""


def _pressed(body: object) -> tuple[str, int, str]:
    """Return who pressed what, and what was on the screen."""
    if not isinstance(body, dict) or set(body) != {"who", "seen", "does"}:
        abort(400)
    who, seen, does = _window(body["who"]), body["seen"], body["does"]
    if not who or not isinstance(seen, int) or not isinstance(does, str) or len(does) > 40:
        abort(400)
    return who, seen, does


def _gone(lessons: Lessons, token: str) -> NoReturn:
    """Say that a lesson was ended, of which no window keeps anything; or that none is known, which may come back."""
    abort(410 if lessons.ended(token) else 404)


def _over(status: int = 404) -> Response:
    """Say that there is no such lesson, or no longer."""
    return told("teach.over.text", ViewState(lang=spoken()), status)  # type: ignore[arg-type]
