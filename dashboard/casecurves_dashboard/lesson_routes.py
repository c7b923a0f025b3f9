"""The addresses of a lesson: where it is begun, where it is presented, where the class follows."""

from __future__ import annotations

import json
from html import escape
from typing import Any, NoReturn
from urllib.parse import quote

from dash import html
from dash.development.base_component import Component
from flask import Flask, Response, abort, redirect, request

from casecurves.analysis.reveal import step_of, telling
from casecurves.errors import UsageError
from casecurves.figure.handout import handout
from casecurves.figure.page import PageOptions
from casecurves.figure.spec import Spec
from casecurves.figure.svg import laid_out, to_svg
from casecurves.figure.svg.glyphs import outlined
from casecurves.model.case import Case
from casecurves.model.issues import visible
from casecurves.words import LANGS, Lang, say
from casecurves_dashboard.components.figure import PHONE_MM
from casecurves_dashboard.components.frame import footer, header
from casecurves_dashboard.components.parts import data
from casecurves_dashboard.fonts import FACES
from casecurves_dashboard.lessons import Full, Lesson, Lessons
from casecurves_dashboard.library import Library
from casecurves_dashboard.markup import markup
from casecurves_dashboard.pages.lesson import presented, shown, spec_of
from casecurves_dashboard.routes import public_name
from casecurves_dashboard.security import LARGEST_BODY
from casecurves_dashboard.state import TEACH_PATH, ViewState, from_query, path_of, spoken

PRESENT_PATH = "/present/"
CLASS_PATH = "/class/"
# Pages with an address of their own, not of the app.
PATHS = (TEACH_PATH, PRESENT_PATH, CLASS_PATH)
# Width, and height at most, on a screen of 16:9 that is 240 mm wide: with the news below, a question beside, or another
# picture beside; the type is as large as lets the whole picture be seen.
_SCREEN_MM = {"news": (240.0, 84.0), "asked": (132.0, 112.0), "compared": (120.0, 90.0)}
_SIZES_PT = (14.0, 12.0, 11.0, 10.0, 9.0, 8.0, 7.0)

_PAGE = """<!DOCTYPE html>
<html lang="{lang}" data-mantine-color-scheme="{theme}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="{theme}">
<meta name="robots" content="noindex">
<title>{title}</title>
<link rel="icon" href="data:,">
{fonts}<link rel="stylesheet" href="/assets/style.css"><link rel="stylesheet" href="/assets/teach.css">
</head>
<body class="{kind}">
{body}
<script src="/assets/teach.js" defer></script>
</body>
</html>
"""


def register(server: Flask, library: Library, lessons: Lessons) -> None:
    """Give the server the pages of lessons."""
    _register_beginning(server, library, lessons)
    _register_presenter(server, lessons)
    _register_class(server, lessons)


def _register_beginning(server: Flask, library: Library, lessons: Lessons) -> None:
    @server.get(f"{TEACH_PATH}<case_id>")
    def _begin(case_id: str) -> Response:
        return begin(_patient(library, case_id), case_id, _asked())

    @server.post(f"{TEACH_PATH}<case_id>")
    def _start(case_id: str) -> Response:
        _same_site()
        case, state = _patient(library, case_id), _asked()
        try:
            lesson = lessons.start(case, state.lang, state.theme)
        except Full:
            return _told("teach.full", state, 503)
        return redirect(f"{PRESENT_PATH}{lesson.key}", code=303)  # type: ignore[return-value]

    @server.get("/handout/<case_id>.pdf")
    def _handout(case_id: str) -> Response:
        return on_paper(_patient(library, case_id), case_id, _asked().lang, answers="answers=1" in _query())


def _register_presenter(server: Flask, lessons: Lessons) -> None:
    @server.get(f"{PRESENT_PATH}<key>")
    def _present(key: str) -> Response:
        lesson = lessons.of_presenter(key)
        return _over() if lesson is None else present(lesson)

    @server.get(f"{PRESENT_PATH}<key>/now")
    def _presenting(key: str) -> Response:
        lesson = lessons.of_presenter(key) or _gone()
        mine = lessons.holds(lesson, _window(request.args.get("who")))
        if request.args.get("mine") == str(mine).lower() and request.args.get("seen") == str(lesson.now.version):
            return Response(status=204)
        return _state(lesson, mine=mine)

    @server.post(f"{PRESENT_PATH}<key>/act")
    def _act(key: str) -> Response:
        lesson = lessons.of_presenter(key) or _gone()
        if (request.content_length or 0) > LARGEST_BODY // 100:
            abort(413)
        who, seen, does = _pressed(request.get_json())
        if does == "take":
            lessons.holds(lesson, who, take=True)
        else:
            lessons.act(lesson, who, seen, does)
        return _state(lesson, mine=lessons.holds(lesson, who))

    @server.post(f"{PRESENT_PATH}<key>/end")
    def _end(key: str) -> Response:
        _same_site()
        lessons.end(key)
        return _over(200)


def _register_class(server: Flask, lessons: Lessons) -> None:
    @server.get(f"{CLASS_PATH}<token>")
    def _follow(token: str) -> Response:
        lesson = lessons.of_class(token)
        return _over() if lesson is None else follow(lesson)

    @server.get(f"{CLASS_PATH}<token>/now")
    def _following(token: str) -> Response:
        lesson = lessons.of_class(token) or _gone()
        if request.args.get("seen") == str(lesson.now.version):
            return Response(status=204)
        return _state(lesson)

    @server.get(f"{CLASS_PATH}<token>/<any(now, before):which>.svg")
    def _told_so_far(token: str, which: str) -> Response:
        lesson = lessons.of_class(token) or _gone()
        return picture(lesson, before=which == "before", narrow="narrow" in request.args)


def begin(case: Case, case_id: str, state: ViewState) -> Response:
    """Return the page on which a lesson with a case is begun."""
    lang, title = state.lang, visible((case.header.title_fr if state.lang == "fr" else "") or case.header.title)
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
        _stops(case, lang),
        *_papers(case, case_id, state),
    ]
    body = (
        f'<header class="head">{markup(header(path, state)[1:])}</header>'
        f'<main class="page teach">{markup(parts)}</main><footer class="foot">{markup(footer(state))}</footer>'
    )
    return _page(body, say("teach.heading", lang), state.lang, state.theme)


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


def _stops(case: Case, lang: str) -> Component:
    steps = telling(case)
    stops = case.teaching.stops if case.teaching else ()
    if not stops:
        return html.P(say("teach.stops.none", lang, steps=len(steps)))
    items = [
        html.Li(
            [
                html.Strong(say("teach.stops.step", lang, n=step_of(case, steps, stop) + 1)),
                html.Span(f" {visible((stop.question_fr if lang == 'fr' else '') or stop.question)}"),
            ]
        )
        for stop in stops
    ]
    return html.Ol(items, className="stops")


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
            html.Div(view, **data(view="")),
            html.P(say("teach.keys", lang), className="quiet lesson-keys"),
        ],
        className="presenter",
        **_lesson(lesson, f"{PRESENT_PATH}{lesson.key}", presenter=""),
    )
    return _page(markup(root), say("teach.presenter", lang), lang, lesson.theme, "presenting")


def follow(lesson: Lesson) -> Response:
    """Return the page of the class."""
    lang = lesson.lang
    root = html.Main(
        [
            html.P("", className="notice lost", hidden=True, role="status", **data(status="")),
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
    return _page(markup(root), say("teach.class.title", lang), lang, lesson.theme, "following")


def picture(lesson: Lesson, *, before: bool, narrow: bool) -> Response:
    """Return the figure of what is told, or of the moment it is compared with."""
    now = lesson.now
    step = now.compared if before else None
    if before and step is None:
        abort(404)
    beside = "compared" if now.compared is not None else "asked" if lesson.beats[now.at].stop else "news"
    width, height = (PHONE_MM, 0.0) if narrow else _SCREEN_MM[beside]
    svg = lesson.kept((now.version, before, narrow), lambda: _drawn(spec_of(lesson, now, step), width, height, lesson))
    return Response(svg, mimetype="image/svg+xml")


def _drawn(spec: Spec, width: float, height: float, lesson: Lesson) -> str:
    """Return a picture in the largest type that lets all of it be seen at once."""
    pages = [PageOptions(width_mm=width, type_pt=size, theme=lesson.theme) for size in _SIZES_PT]
    # Its words need some room, however large they are.
    wide = [page for page in pages if page.width_mm / page.enlarged >= PHONE_MM] or pages[-1:]
    page = next((page for page in wide if laid_out(spec, page, bare=True).height * page.enlarged <= height), wide[-1])
    return outlined(to_svg(spec, page, bare=True, hover=False))


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
        **more,
    )


def _patient(library: Library, case_id: str) -> Case:
    case, _ = library.shelf(case_id).cases.get(case_id, (None, None))
    if case is None or case.header.kind != "patient":
        abort(404)
    return case


def _asked() -> ViewState:
    return from_query(_query(), spoken())[0]


def _query() -> str:
    return request.query_string.decode("ascii", "replace")


def _same_site() -> None:
    """Refuse what the page of another site sends."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        abort(403)


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


def _gone() -> NoReturn:
    abort(404)


def _over(status: int = 404) -> Response:
    """Say that there is no such lesson, or no longer."""
    return _told("teach.over.text", ViewState(lang=spoken()), status)  # type: ignore[arg-type]


def _told(key: str, state: ViewState, status: int) -> Response:
    text = "".join(f'<p lang="{lang}">{escape(say(key, lang))}</p>' for lang in sorted(LANGS, key=state.lang.__ne__))
    home = markup(html.P(html.A(say("dashboard.product", state.lang), href=state.elsewhere("/"))))
    page = _page(
        f'<main class="page lesson-over">{text}{home}</main>', say("teach.over.title", state.lang), state.lang, "light"
    )
    page.status_code = status
    return page


def _page(body: str, title: str, lang: str, theme: str, kind: str = "beginning") -> Response:
    fonts = "".join(f'<link rel="preload" as="font" crossorigin href="{face.address}">' for face in FACES[:2])
    page = _PAGE.format(lang=lang, theme=theme, title=escape(title), fonts=fonts, body=body, kind=kind)
    return Response(page, mimetype="text/html")
