"""A lesson: what the class sees, and what the presenter has in hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dash import html
from dash.development.base_component import Component

from casecurves.analysis.response import judged
from casecurves.analysis.response.saying import cited
from casecurves.analysis.reveal import MOMENT, Beat, brought, masked, reveal
from casecurves.analysis.times import describe
from casecurves.figure.compile import compile as compile_case
from casecurves.figure.compile.changes import Changes, changes
from casecurves.figure.options import Options
from casecurves.figure.spec import Spec
from casecurves.knowledge.rules import all_rules
from casecurves.model.case import Case
from casecurves.model.checks_teaching import has_place, is_beyond
from casecurves.model.issues import visible
from casecurves.model.teaching import HIDDEN, Choice, Stop
from casecurves.words import say, typeset
from casecurves_dashboard.components.parts import aria, data
from casecurves_dashboard.lesson_again import offered
from casecurves_dashboard.lesson_figure import ROOMS, Room, beside
from casecurves_dashboard.lessons import Lesson, Now

_MOVES = ("back", "next", "event", "value", "therapy", "stop")
_NAMED = 3
# Of what lies between two moments that are compared, so much is named, for the pictures need the room; but all that
# happened, and all that was begun.
_COMPARED = 12


def told(lesson: Lesson, now: Now, step: int | None = None, *, whole: bool = True) -> Case:
    """Return the case as it is told where a lesson stands, or at an earlier step."""
    number = lesson.beats[now.at].step if step is None else min(step, lesson.beats[now.at].step)
    return reveal(lesson.case, lesson.told, number, blind=now.blind, lang=lesson.lang, whole=whole)


def spec_of(lesson: Lesson, now: Now, step: int | None = None) -> Spec:
    """Return the figure of that, which knows what is new in it, and by what the question asked is judged."""
    beat, case = lesson.beats[now.at], told(lesson, now, step)
    number = beat.step if step is None else min(step, beat.step)
    spec = compile_case(case, Options.model_validate({"lang": lesson.lang, "once": "placed"}))
    return replace(spec, news=brought(lesson.told, number, blind=now.blind), wanted=_wanted(lesson, now, case))


def _wanted(lesson: Lesson, now: Now, case: Case) -> tuple[str, ...]:
    """Return the values of a case by which the question asked is answered, or in which two moments differ."""
    stop, asked = lesson.beats[now.at].stop, set[str]()
    if now.compared is not None:
        before = {row.id for row in told(lesson, now, now.compared, whole=False).measurements}
        news = [row for row in told(lesson, now, whole=False).measurements if row.id not in before]
        changed = {(row.analyte, row.assay) for row in news}
        asked = {row.id for row in case.measurements if (row.analyte, row.assay) in changed}
    if stop is not None and (rule := all_rules().get(stop.rule)):
        asked.update(judged(rule, case.measurements))
    return tuple(row.id for row in case.measurements if row.id in asked)


def shown(lesson: Lesson, now: Now, pictures: str) -> list[Component]:
    """Return what the class sees; nothing that comes later has any part in it.

    Parameters
    ----------
    lesson, now : Lesson, Now
        The lesson, and where it stands.
    pictures : str
        Address of its pictures, up to their name.
    """
    lang, beat = lesson.lang, lesson.beats[now.at]
    spec = spec_of(lesson, now)
    asked = [_question(lesson, now, beat, beat.stop)] if beat.stop is not None else []
    heading = html.H1(spec.title, className="lesson-who")
    if now.compared is not None:
        before = spec_of(lesson, now, now.compared)
        sides = (_moment(lesson, now, now.compared, "before"), _moment(lesson, now, beat.step, "after"))
        drawn = (_figure(before, f"{pictures}/before.svg", now), _figure(spec, f"{pictures}/now.svg", now))
        both = [html.Div([side, picture]) for side, picture in zip(sides, drawn, strict=True)]
        return [
            heading,
            html.Div(both, className="lesson-both"),
            *_changes(_between(lesson, now, now.compared), lang, most=_COMPARED),
        ]
    news = [] if asked else _changes(_between(lesson, now, beat.step - 1), lang)
    picture = _figure(spec, f"{pictures}/now.svg", now)
    arranged = f"lesson asked {beside(spec, lesson.theme)}" if asked else "lesson"
    return [heading, html.Div([picture, *asked, *news], className=arranged)]


def usual(lesson: Lesson, now: Now, spec: Spec) -> Room:
    """Return the room of the figure in a window that does not say which it has."""
    if now.compared is not None:
        return ROOMS["compared"]
    return ROOMS["news" if lesson.beats[now.at].stop is None else beside(spec, lesson.theme)]


def _moment(lesson: Lesson, now: Now, step: int, which: str) -> Component:
    """Return the heading of one of two moments side by side: its time, and the first of what it brought."""
    case = told(lesson, now, step, whole=False)
    ends = [row for row in case.events if row.kind in {"last_follow_up", "death"}]
    # Days that are counted from two different moments cannot stand side by side.
    zeros = {told(lesson, now, n, whole=False).header.day_zero for n in (None, now.compared)}
    times = [describe(case, row.time, lesson.lang) for row in ends if row.time is not None]
    found = _between(lesson, now, step - 1, step)
    moment = " · ".join([*(times[:1] if len(zeros) == 1 else []), *(found.new or found.ended)[:1]])
    return html.H2(say(f"teach.compare.{which}", lesson.lang, moment=moment), className="lesson-moment")


def _figure(spec: Spec, address: str, now: Now) -> html.Picture:
    version = f"{address}?v={now.version}"
    narrow = html.Source(srcSet=f"{version}&narrow=1", media="(max-width: 760px)")
    return html.Picture([narrow, html.Img(src=version, alt=_described(spec))], className="lesson-figure")


def _described(spec: Spec) -> str:
    drugs = ", ".join(dict.fromkeys(lane.drug for lane in spec.lanes)) or say("dashboard.none", spec.lang)
    curves = ", ".join(panel.label for panel in spec.panels) or say("dashboard.none", spec.lang)
    said = say("teach.alt", spec.lang, title=spec.title, drugs=drugs, curves=curves)
    # Whoever does not see the picture does not see its warning either.
    return f"{spec.banner}. {said}" if spec.banner else said


def _between(lesson: Lesson, now: Now, step: int, until: int | None = None) -> Changes:
    before = told(lesson, now, step, whole=False) if step >= 0 else None
    options = Options.model_validate({"lang": lesson.lang})
    return changes(before, told(lesson, now, until, whole=False), options, without=MOMENT, weighed=True)


def _changes(found: Changes, lang: str, most: int | None = None) -> list[Component]:
    parts: list[Component] = []
    for name, lines in (("new", found.new), ("ended", found.ended)):
        if lines:
            kept = max(most - 1, found.firsts if name == "new" else 0) if most is not None else len(lines)
            # No line stands for one alone.
            named = lines if len(lines) <= kept + 1 else lines[:kept]
            more = [say("teach.beat.more", lang, n=len(lines) - len(named)).strip()] if len(lines) > len(named) else []
            items = html.Ul([html.Li(line) for line in (*named, *more)])
            parts.append(html.Section([html.H2(say(f"teach.{name}", lang)), items], className=f"lesson-{name}"))
    return [html.Div(parts, className="lesson-news")] if parts else []


def _question(lesson: Lesson, now: Now, beat: Beat, stop: Stop) -> Component:
    lang = lesson.lang
    clear = masked(lesson.case, lesson.told, beat.step, now.blind, lang)
    kind = say(f"teach.question.{stop.kind}", lang)
    parts: list[Component] = [
        html.P(clear(kind) or say("teach.question.open", lang), className="lesson-kind"),
        html.P(_said(stop, "question", lang, clear), className="lesson-question"),
    ]
    answered = beat.shown == "answer"
    if stop.options:
        options = []
        for option in stop.options:
            right = answered and option.right
            mark = [html.Span(f"✓ {say('teach.right', lang)} ", className="lesson-right")] if right else []
            options.append(
                html.Li([*mark, html.Span(_said(option, "text", lang, clear))], className="right" if right else "")
            )
        parts.append(html.Ol(options, className="lesson-options"))
    if stop.hint and (now.hint or answered):
        hint = [html.Strong(f"{say('teach.hint.label', lang)} "), html.Span(_said(stop, "hint", lang, clear))]
        parts.append(html.P(hint, className="lesson-hint"))
    if answered:
        parts += _answer(stop, lang, clear)
        if rule := all_rules().get(stop.rule):
            parts.append(html.P(clear(cited(rule, lang)), className="lesson-rule"))
        if where := stop.said("locator", lang):
            parts.append(html.P(clear(typeset(visible(where), lang)), className="lesson-locator"))
    return html.Section(parts, className="lesson-stop")


def _answer(stop: Stop, lang: str, clear: object) -> list[Component]:
    said = {name: _said(stop, name, lang, clear) for name in ("answer", "reason")}
    if not any(said.values()) and not any(option.right for option in stop.options):
        said = {"answer": say("teach.no_answer", lang)}
    return [html.P(text, className=f"lesson-{name}") for name, text in said.items() if text]


def _said(part: Stop | Choice, name: str, lang: str, clear: object = None) -> str:
    """Return a text of a lesson in a language, in the other where it has none; hidden names are not in it."""
    text = typeset(visible(part.said(name, lang)), lang)
    if not text or not callable(clear):
        return text
    return str(clear(text)) or say("reveal.hidden", lang)


def presented(lesson: Lesson, now: Now, pictures: str, *, mine: bool) -> list[Component]:
    """Return what the presenter has in hand: the class's view, notes, what comes next, and where to jump."""
    lang, beat = lesson.lang, lesson.beats[now.at]
    last = now.at == len(lesson.beats) - 1
    place = say("teach.place", lang, at=now.at + 1, of=len(lesson.beats))
    taken = [] if mine else [_taken(lang)]
    ahead = lesson.beats[min(now.at + 1, len(lesson.beats) - 1)]
    coming = html.P(say("teach.end", lang) if last else label(lesson, ahead), className="coming")
    notes = _notes(lesson.case, beat.stop, lang)
    return [
        *offered(lesson, now),
        *taken,
        html.Div([html.Span(place, className="place"), *_buttons(now, beat, lang, idle=not mine)], className="moves"),
        html.Div(
            [
                html.Div(shown(lesson, now, pictures), className="mirror"),
                html.Div(
                    [
                        _part("teach.next", lang, [coming]),
                        _part("teach.notes.heading", lang, notes),
                        _part("teach.blind.heading", lang, [_blinds(now, lang)]),
                        _part("teach.compare.heading", lang, [_compare(lesson, now, beat)]),
                        _part("teach.jump", lang, [_jumps(lesson, now)]),
                    ],
                    className="desk",
                ),
            ],
            className="bench",
        ),
    ]


def _part(key: str, lang: str, content: Sequence[Component]) -> Component:
    return html.Section([html.H2(say(key, lang)), *content])


def _taken(lang: str) -> Component:
    button = html.Button(say("teach.take", lang), type="button", **data(take="1"))
    return html.Div([html.P(say("teach.taken", lang)), button], className="notice", role="alert")


def _buttons(now: Now, beat: Beat, lang: str, *, idle: bool) -> list[Component]:
    found: list[Component] = [_button(say(f"teach.move.{move}", lang), move, idle=idle) for move in _MOVES]
    if beat.stop is not None and beat.stop.hint and beat.shown == "question":
        found.append(_button(say("teach.hint.hide" if now.hint else "teach.hint.show", lang), "hint", idle=idle))
    return found


def _button(text: str, does: str, *, idle: bool = False, on: bool | None = None, words: str = "") -> html.Button:
    """Return a button of the presenter; ``words`` are what a short text stands for."""
    said = {} if on is None else aria(pressed="true" if on else "false")
    said |= aria(label=words) if words else {}
    return html.Button(text, type="button", disabled=idle, title=words or None, **data(does=does), **said)


def _notes(case: Case, stop: Stop | None, lang: str) -> list[Component]:
    if stop is None:
        return [html.P(say("teach.notes.none", lang), className="quiet")]
    found = [("note", stop.note or stop.note_fr), ("answer", stop.answer or stop.answer_fr)]
    found += [("reason", stop.reason or stop.reason_fr)]
    parts: list[Component] = [html.P(_said(stop, name, lang), className=name) for name, text in found if text]
    if stop.at is None or not has_place(case, stop.at):
        parts.append(html.P(say("teach.notes.no_place", lang)))
    elif is_beyond(case, stop.at):
        parts.append(html.P(say("teach.notes.beyond", lang)))
    if rule := all_rules().get(stop.rule):
        parts.append(html.P(cited(rule, lang), className="quiet"))
    return [*parts, html.P(_said(stop, "locator", lang), className="quiet")]


def _blinds(now: Now, lang: str) -> Component:
    return html.Div(
        [
            _button(say(f"teach.blind.{name}", lang), f"blind:{name}", on=bool(getattr(now.blind, name)))
            for name in HIDDEN
        ],
        className="toggles",
    )


def _compare(lesson: Lesson, now: Now, beat: Beat) -> Component:
    steps = [number for number, one in enumerate(lesson.beats) if one.step < beat.step and one.shown == "figure"]
    buttons = []
    for number in steps:
        n, words = lesson.beats[number].step, _labelled(lesson, number)
        chosen = _button(str(n + 1), f"compare:{n}", on=now.compared == n, words=words)
        buttons.append(chosen)
    off = [_button(say("teach.compare.off", lesson.lang), "compare:")] if now.compared is not None else []
    none = [] if steps else [html.P(say("teach.compare.none", lesson.lang), className="quiet")]
    return html.Div([*buttons, *off, *none], className="toggles")


def _labelled(lesson: Lesson, number: int) -> str:
    """Return what a beat brings, worked out once."""
    if number not in lesson.labels:
        lesson.labels[number] = label(lesson, lesson.beats[number])
    return lesson.labels[number]


def _jumps(lesson: Lesson, now: Now) -> Component:
    items = []
    for number, beat in enumerate(lesson.beats):
        if beat.shown != "answer":
            here = aria(current="step") if number == now.at else {}
            button = html.Button(_labelled(lesson, number), type="button", **data(does=f"beat:{number}"), **here)
            items.append(html.Li(button, className=f"jump-{beat.shown}"))
    return html.Ol(items, className="jumps")


def label(lesson: Lesson, beat: Beat) -> str:
    """Return what a beat brings, for the presenter alone."""
    lang = lesson.lang
    if beat.stop is not None:
        key = "teach.beat.answer" if beat.shown == "answer" else "teach.beat.question"
        return say(key, lang, text=_said(beat.stop, "question", lang))
    step = lesson.told[beat.step]
    if step.last:
        return say("teach.beat.last", lang, n=beat.step + 1)
    before = reveal(lesson.case, lesson.told, beat.step - 1, lang=lang, whole=False) if beat.step else None
    found = changes(
        before,
        reveal(lesson.case, lesson.told, beat.step, lang=lang, whole=False),
        Options.model_validate({"lang": lang}),
        without=MOMENT,
    )
    lines = [*found.new, *(say("teach.beat.ends", lang, what=line) for line in found.ended)]
    return say("teach.beat.step", lang, n=beat.step + 1, text=some(lines, lang))


def some(lines: Sequence[str], lang: str) -> str:
    """Return the first of many things, and how many more there are: two of them at least."""
    shown = lines if len(lines) <= _NAMED + 1 else lines[:_NAMED]
    more = say("teach.beat.more", lang, n=len(lines) - len(shown)) if len(lines) > len(shown) else ""
    return " · ".join(shown) + more
