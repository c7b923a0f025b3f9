"""Where a lesson is written: a form, or the same as text; what is wrong stands at the field that it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote

from dash import html
from dash.development.base_component import Component

from casecurves.analysis.reveal import Step, anchor, step_at, telling
from casecurves.figure.compile.details import names
from casecurves.figure.options import Options
from casecurves.io import Received, receive
from casecurves.io.files import folder_files
from casecurves.io.keys import load
from casecurves.model.case import Case
from casecurves.model.issues import Issue, Report, visible
from casecurves.model.schema import Event, Therapy
from casecurves.model.teaching import FILE
from casecurves.model.when import TimeError, parse
from casecurves.words import say, typeset
from casecurves_dashboard import ids
from casecurves_dashboard.components.issues import issues
from casecurves_dashboard.components.parts import aria, data
from casecurves_dashboard.lesson_form import ROWS, Data, holds, is_blank, room
from casecurves_dashboard.pages.lesson import some
from casecurves_dashboard.pages.lesson_fields import Sheet, button, fault, row_fields, stop_fields, wrong
from casecurves_dashboard.state import TEACH_PATH, ViewState

_ROWS = 30
# Findings about a text that may stand in either language.
_OF_BOTH = ("stop.no_question", "stop.no_answer", "stop.no_locator")


@dataclass(frozen=True)
class Draft:
    """A lesson that is being written.

    Attributes
    ----------
    text : str
        What is written, as teaching.toml would say it.
    received : Received
        The case with it, and everything found.
    does : str
        What was asked for: ``check``, ``keep``, ``try``, ``text``, ``form``, ``again`` (a draft that is back),
        ``look``, or a change of the form.
    near : str
        The entry of the form that is at hand.
    own, kept, as_text : bool
        Whether it can be kept with a case of one's own, whether it has just been, and whether it is shown as text.
    """

    text: str
    received: Received
    does: str = ""
    near: str = ""
    own: bool = False
    kept: bool = False
    as_text: bool = False

    @property
    def findings(self) -> Report:
        """What was found about the lesson."""
        # Nothing written is a lesson without questions, and no fault.
        return Report.of(issue for issue in self.received.report if issue.file == FILE and issue.code != "file.empty")

    @property
    def data(self) -> Data | None:
        """What the form shows; ``None`` where it cannot show all that the text says."""
        found, _ = load(self.text, FILE)
        return found if found is not None and holds(found) else None


def tried(case: Case, files: Mapping[str, bytes], text: str) -> Received:
    """Read a case with another lesson.

    Parameters
    ----------
    case : Case
        The case; of one that comes from a folder its files are taken.
    files : mapping of str to bytes
        The files of a case of one's own; empty for any other.
    text : str
        The text of ``teaching.toml``.

    Returns
    -------
    Received
        The case, and everything found.
    """
    return receive({**(files or folder_files(case)), FILE: text.encode()}, case.id)


def editor(case: Case, case_id: str, draft: Draft, state: ViewState) -> list[Component]:
    """Return the parts of the page on which the lesson of a case is written."""
    lang, written = state.lang, draft.data
    as_text = draft.as_text or written is None
    body = _as_text(draft, state) if as_text or written is None else _as_form(case, written, draft, lang)
    form = html.Form(
        [*body, _other_view(lang, as_text=as_text), _tools(case_id, draft, state)],
        action=state.elsewhere(f"{_path(case_id)}/edit"),
        method="post",
        className="writing",
        **data(
            writes=_path(case_id),
            does=draft.does,
            kept="1" if draft.kept else "",
            lost=say("teach.edit.unanswered", lang),
            refused=say("teach.edit.refused", lang),
            gone=say("teach.edit.gone", lang),
        ),
    )
    lead = [say("teach.edit.lead.own" if draft.own else "teach.edit.lead.shipped", lang), " "]
    return [
        html.H1(say("teach.edit.heading", lang)),
        html.P([*lead, say("teach.edit.draft", lang)], className="lead"),
        *_news(draft, case_id, state),
        html.P("", className="notice", hidden=True, role="alert", **data(status="")),
        form,
    ]


def _path(case_id: str) -> str:
    return f"{TEACH_PATH}{quote(case_id, safe='')}"


def _news(draft: Draft, case_id: str, state: ViewState) -> list[Component]:
    """Return what has just happened, in one sentence."""
    if draft.does == "again":
        anew = html.A(
            say("teach.edit.anew", state.lang), href=state.elsewhere(f"{_path(case_id)}/edit"), **data(anew="1")
        )
        return [html.P([say("teach.edit.restored", state.lang), " ", anew], className="notice", role="status")]
    key = {"keep": _after_keeping(draft), "try": "not_begun"}.get(draft.does)
    return [html.P(say(f"teach.edit.{key}", state.lang), className="notice", role="status")] if key else []


def _after_keeping(draft: Draft) -> str:
    if not draft.kept:
        return "not_kept"
    return "kept" if draft.findings.sound else "kept_with_faults"


def _other_view(lang: str, *, as_text: bool) -> Component:
    """Return the button that shows the same lesson in the other way."""
    to = "form" if as_text else "text"
    return html.P(html.Button(say(f"teach.edit.as_{to}", lang), type="submit", name="does", value=to))


def _tools(case_id: str, draft: Draft, state: ViewState) -> Component:
    lang, path = state.lang, _path(case_id)
    buttons = [html.Button(say("teach.edit.check", lang), type="submit", name="does", value="check")]
    if draft.own:
        buttons.append(
            html.Button(say("teach.edit.keep", lang), type="submit", name="does", value="keep", className="primary")
        )
    buttons += [
        html.Button(say("teach.edit.download", lang), type="submit", formAction=f"{path}/{FILE}", **data(plain="1")),
        html.Button(
            say("teach.edit.try", lang), type="submit", name="does", value="try", formAction=state.elsewhere(path)
        ),
        *(
            html.Button(say(f"teach.edit.{way}", lang), type="button", hidden=True, **data(**{way: ""}))
            for way in ("undo", "redo")
        ),
    ]
    return html.Div(buttons, className="tools-bar", role="group", **aria(label=say("teach.edit.tools", lang)))


def _as_text(draft: Draft, state: ViewState) -> list[Component]:
    lang, found = state.lang, draft.findings
    told = [html.P(say("teach.edit.text.lead", lang))]
    if draft.data is None:
        told.append(html.P(say("teach.edit.text.only", lang), className="notice", role="status"))
    area = html.Textarea(
        f"\n{draft.text}", name="text", id=ids.field("text"), rows=_ROWS, className="lesson-text", spellCheck="false"
    )
    wrong_ = [issues(found, lang)] if len(found) else [html.P(say("teach.edit.sound", lang), role="status")]
    return [*told, *wrong_, html.Label(say("teach.edit.text.heading", lang), htmlFor=ids.field("text")), area]


def _as_form(case: Case, written: Data, draft: Draft, lang: str) -> list[Component]:
    sheet = _sheet(case, written, draft, lang)
    stops = [stop_fields(sheet, number, stop) for number, stop in enumerate(written.get("stops", ()), 1)]
    order = html.P(sheet.say("stops.order" if stops else "stops.none"), className="quiet")
    return [
        _summary(sheet),
        html.H2(sheet.say("stops.heading"), id=ids.field("stops")),
        order,
        wrong(sheet, "stops"),
        html.Ol(stops, className="stops-written"),
        button(sheet, "stops.add", "add:stops", disabled=len(stops) >= room("stops")),
        *(row_fields(sheet, name) for name in ROWS),
    ]


def _summary(sheet: Sheet) -> Component:
    """Return all that was found, each leading to its field."""
    found = [(name, issue) for name, issues_ in sheet.faults.items() for issue in issues_]
    if not found:
        said: list[Component] = [html.P(sheet.say("sound"))]
    else:
        n = len(found)
        heading = html.P(sheet.say("found.one") if n == 1 else sheet.say("found.many", n=n))
        said = [heading, html.Ul([html.Li(_leading(sheet, name, issue)) for name, issue in found])]
    return html.Div(said, className="found", role="status", tabIndex=-1, **data(note="found"))


def _leading(sheet: Sheet, name: str, issue: Issue) -> Component:
    parts = (name or "stops").split(".")
    what = next(part for part in reversed(parts) if not part.isdecimal())
    letter = chr(ord("A") + int(parts[3]) - 1) if len(parts) > 3 and parts[3].isdecimal() else ""
    key = f"field.{what.removesuffix('_fr')}"
    called, text = sheet.say(key, letter=letter) if letter else sheet.say(key), fault(issue, sheet.lang)
    if parts[0] == "stops" and len(parts) > 1:
        return html.A(sheet.say("place.stop", n=parts[1], what=called.lower(), text=text), href=f"#{name}")
    return html.A(sheet.say("place.whole", what=called, text=text), href=f"#{name}")


def _sheet(case: Case, written: Data, draft: Draft, lang: str) -> Sheet:
    lesson = draft.received.case.teaching if draft.received.case else None
    told_case = replace(case, teaching=lesson)
    told = telling(told_case)
    called = {
        row: typeset(visible(name), lang) for row, name in names(case, Options.model_validate({"lang": lang})).items()
    }
    ends = {
        f"{row.id}.end": say("teach.edit.rows.end", lang, what=called[row.id])
        for row in (*case.therapies, *case.events)
        if isinstance(row, Therapy) or (isinstance(row, Event) and row.end is not None)
    }
    points = {**called, **ends}
    stops = written.get("stops", [])
    return Sheet(
        data=written,
        lang=lang,
        faults=_faults(draft, stops, lang),
        moments={step.number: (anchor(told_case, told, step.number), _brings(step, points, lang)) for step in told},
        steps=tuple(_step(told_case, told, stop) for stop in stops),
        rows={"known": called, "sequence": points},
        near=draft.near,
    )


def _brings(step: Step, points: Mapping[str, str], lang: str) -> str:
    """Say what a step brings, for a list to choose from."""
    if step.last:
        return say("teach.beat.last", lang, n=step.number + 1)
    text = some([points[point] for point in step.points if point in points], lang)
    if step.day is None:
        return say("teach.edit.at.step", lang, n=step.number + 1, text=text)
    return say("teach.edit.at.day", lang, n=step.number + 1, day=str(step.day).replace("-", "\u2212"), text=text)


def _step(case: Case, told: tuple[Step, ...], stop: Data) -> int | None:
    """Return the step at which a stop lies as it is written; ``None`` where that cannot be read."""
    try:
        at = parse(str(stop.get("at", "")).strip())
    except TimeError:
        return None
    return step_at(case, told, at) if at.limits else None


def _faults(draft: Draft, stops: list[Data], lang: str) -> dict[str, tuple[Issue, ...]]:
    """Return what was found, by field; of a question in which nothing is written yet only when that is asked for."""
    asked = draft.does in {"", "check", "keep", "try", "again"}
    blank = () if asked else tuple(f"stops.{n}." for n, stop in enumerate(stops, 1) if is_blank(stop))
    found: dict[str, tuple[Issue, ...]] = {}
    for issue in sorted(draft.findings, key=lambda issue: _in_page(issue.column)):
        if not f"{issue.column}.".startswith(blank or ("\0",)):
            # What is written in no language is missed where the reader would write it.
            name = f"{issue.column}_fr" if lang == "fr" and issue.code in _OF_BOTH else issue.column
            found[name] = (*found.get(name, ()), issue)
    return found


def _in_page(column: str) -> tuple[str, ...]:
    order = ("stops", *ROWS, "id", "at", "kind", "question", "options", "answer", "reason", "locator", "rule")
    places = {name: f"{n:09}" for n, name in enumerate(order)}
    return tuple(f"{int(part):09}" if part.isdecimal() else places.get(part, part) for part in column.split("."))
