"""The fields of the form in which a lesson is written; each has a label, and a place for what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from casecurves.knowledge.rules import all_rules
from casecurves.model.issues import Issue, visible
from casecurves.model.teaching import HIDDEN, QUESTIONS
from casecurves.words import has, say, typeset
from casecurves_dashboard import ids
from casecurves_dashboard.components.parts import aria, data
from casecurves_dashboard.lesson_form import Data, is_blank, room

_LETTERS = "ABCDEFGHIJKL"
# Rows of a text, as many as most need.
_HEIGHTS = {"question": 3, "answer": 3, "reason": 4}


@dataclass(frozen=True)
class Sheet:
    """What the form is filled in with.

    Attributes
    ----------
    data : dict
        The lesson as it is written.
    lang : str
        Language of the page.
    faults : mapping of str to tuple of Issue
        What was found, by the field that it is about.
    moments : mapping of int to tuple of (str, str)
        For each step of the telling, from 0, what a stop there writes as its time, and what the step brings, in words.
    steps : tuple of (int or None)
        For each stop, the step at which it lies.
    rows : mapping of str to mapping of str to str
        For each list of rows, what can stand in it: rows of the case, and ends, and what to call them.
    near : str
        The entry that is at hand, where the reader goes on.
    """

    data: Data
    lang: str
    faults: Mapping[str, tuple[Issue, ...]]
    moments: Mapping[int, tuple[str, str]]
    steps: tuple[int | None, ...]
    rows: Mapping[str, Mapping[str, str]]
    near: str = ""

    def say(self, key: str, **params: object) -> str:
        """Return a text of the form."""
        return say(f"teach.edit.{key}", self.lang, **params)


def fault(issue: Issue, lang: str) -> str:
    """Say what is wrong with a field to somebody who sees the field, not a file."""
    key = f"teach.fault.{issue.code}"
    if has(key):
        return say(key, lang, value=visible(issue.value))
    return visible(" ".join(f"{text.rstrip('.')}." for text in (issue.message(lang), issue.remedy(lang)) if text))


def stop_fields(sheet: Sheet, number: int, stop: Data) -> Component:
    """Return the fields of one question, folded away unless it is at hand or something is wrong with it."""
    path = f"stops.{number}"
    own = {key: found for key, found in sheet.faults.items() if f"{key}.".startswith(f"{path}.")}
    near = f"{sheet.near}.".startswith(f"{path}.")
    named = sheet.say("stop.numbered", n=number)
    fold = html.Details(
        [_summary(sheet, number, stop, own), html.Div(_fields(sheet, path, stop), className="stop-fields")],
        open=near or is_blank(stop) or any(issue.level == "error" for found in own.values() for issue in found),
        **data(stop=_text(stop, "id")),
    )
    count = len(sheet.data.get("stops", ()))
    return html.Li([fold, moves(sheet, path, named, number, count)], className="stop")


def _summary(sheet: Sheet, number: int, stop: Data, own: Mapping[str, tuple[Issue, ...]]) -> Component:
    step = sheet.steps[number - 1]
    where = sheet.say("stop.nowhere") if step is None else sheet.say("stop.step", n=step + 1)
    texts = [_text(stop, name) for name in ("question_fr", "question")[:: 1 if sheet.lang == "fr" else -1]]
    asked = typeset(visible(next((text for text in texts if text.strip()), "")), sheet.lang)
    said: list[Component] = [
        html.Strong(sheet.say("stop.numbered", n=number)),
        html.Span(f" · {where} · ", className="quiet"),
        html.Span(asked or sheet.say("stop.blank"), className="stop-asked" if asked else "quiet"),
    ]
    for level, key in (("error", "faults"), ("warning", "advised")):
        n = sum(issue.level == level for found in own.values() for issue in found)
        said += [html.Span(sheet.say(key, n=n), className=f"badge {level}")] if n else []
    return html.Summary(said, id=ids.field(f"stops.{number}"), **data(note=f"stops.{number}"))


def _fields(sheet: Sheet, path: str, stop: Data) -> list[Component]:
    names = [
        html.Div([_name(sheet, path, stop), _moment(sheet, path, stop), _kind(sheet, path, stop)], className="two"),
        _pair(sheet, path, stop, "question"),
        _options(sheet, path, stop),
        _pair(sheet, path, stop, "answer"),
        _pair(sheet, path, stop, "reason"),
        _pair(sheet, path, stop, "locator"),
        _rule(sheet, path, stop),
        _pair(sheet, path, stop, "hint"),
        _pair(sheet, path, stop, "note"),
        _hidden(sheet, path, stop),
    ]
    return [*names, wrong(sheet, path)]


def _name(sheet: Sheet, path: str, stop: Data) -> Component:
    """Return the name of a stop, which nobody needs to see unless it has a fault."""
    name = f"{path}.id"
    if name in sheet.faults:
        return _one(sheet, path, stop, "id")
    kept: Component = dcc.Input(type="hidden", name=name, value=_text(stop, "id"))
    return kept


def _moment(sheet: Sheet, path: str, stop: Data) -> Component:
    written, step = _text(stop, "at"), sheet.steps[int(path.rpartition(".")[2]) - 1]
    offered = {(written if n == step else at): text for n, (at, text) in sheet.moments.items() if at or n == step}
    return _select(sheet, f"{path}.at", "at", written, {"": sheet.say("at.choose"), **offered}, near=path)


def _kind(sheet: Sheet, path: str, stop: Data) -> Component:
    kinds: dict[str, str] = {kind: sheet.say(f"kind.{kind}") for kind in QUESTIONS}
    return _select(sheet, f"{path}.kind", "kind", _text(stop, "kind") or "open", kinds, kind="kind")


def _rule(sheet: Sheet, path: str, stop: Data) -> Component:
    rules = {"": sheet.say("rule.none"), **{key: rule.name(sheet.lang) for key, rule in all_rules().items()}}
    return _select(sheet, f"{path}.rule", "rule", _text(stop, "rule"), rules, kind="for-remission")


def _select(
    sheet: Sheet, name: str, field: str, chosen: str, offered: Mapping[str, str], *, kind: str = "", near: str = ""
) -> Component:
    here = bool(near) and sheet.near == near
    chooser = html.Select(
        _offered(sheet, chosen, offered), id=ids.field(name), name=name, autoFocus=here, **_told(sheet, name)
    )
    label = html.Label(sheet.say(f"field.{field}"), htmlFor=name)
    return html.Div([label, chooser, wrong(sheet, name)], className=f"field {kind}".strip())


def _offered(sheet: Sheet, chosen: str, offered: Mapping[str, str]) -> list[Component]:
    """Return what can be chosen, and first what is written where that is nothing of it."""
    known = offered if chosen in offered else {chosen: sheet.say("at.other", text=visible(chosen)), **offered}
    return [html.Option(text, value=value, selected=value == chosen) for value, text in known.items()]


def _pair(sheet: Sheet, path: str, entry: Data, name: str, letter: str = "") -> Component:
    """Return a text in both languages, that of the page first; one that is empty where the other is not says so."""
    both = ("fr", "en") if sheet.lang == "fr" else ("en", "fr")
    called = sheet.say(f"field.{name}", letter=letter) if letter else sheet.say(f"field.{name}")
    sides = []
    for lang in both:
        label = sheet.say("in_language", what=called, language=sheet.say(f"language.{lang}"))
        key = name if lang == "en" else f"{name}_{lang}"
        missing = html.P(sheet.say(f"missing.{lang}"), className="missing")
        sides.append(html.Div(_area(sheet, path, entry, key, label, lang, missing), className=f"field in-{lang}"))
    return html.Div(sides, className="pair")


def _one(sheet: Sheet, path: str, entry: Data, name: str) -> Component:
    return html.Div(_area(sheet, path, entry, name, sheet.say(f"field.{name}")), className="field")


def _area(
    sheet: Sheet,
    path: str,
    entry: Data,
    key: str,
    label: str,
    lang: str | None = None,
    missing: Component | None = None,
) -> list[Component]:
    name = f"{path}.{key}"
    # A browser drops the first line end of a text area. What is empty is told by its placeholder.
    area = html.Textarea(
        f"\n{_text(entry, key)}",
        id=ids.field(name),
        name=name,
        lang=lang,
        placeholder=" ",
        rows=_HEIGHTS.get(key.removesuffix("_fr"), 1),
        **_told(sheet, name),
    )
    return [html.Label(label, htmlFor=name), area, *([missing] if missing else []), wrong(sheet, name)]


def _options(sheet: Sheet, path: str, stop: Data) -> Component:
    options, name = stop.get("options", []), f"{path}.options"
    items = [_option(sheet, f"{name}.{n}", option, n, len(options)) for n, option in enumerate(options, 1)]
    none = [] if items else [html.P(sheet.say("options.none"), className="quiet")]
    adding = button(sheet, "options.add", f"add:{name}", disabled=len(options) >= room(name))
    parts = [html.Legend(sheet.say("field.options")), *none, html.Ol(items, className="choices"), adding]
    return html.Fieldset([*parts, wrong(sheet, name)], id=ids.field(name), tabIndex=-1)


def _option(sheet: Sheet, path: str, option: Data, number: int, count: int) -> Component:
    letter = _LETTERS[(number - 1) % len(_LETTERS)]
    called = sheet.say("field.option", letter=letter)
    text = sheet.say("field.right")
    said = sheet.say("place.whole", what=called, text=text)
    right = tick(f"{path}.right", text, on=bool(option.get("right")), said=said)
    return html.Li(
        [
            html.Div([html.Strong(called), right, moves(sheet, path, called, number, count)], className="choice-head"),
            _pair(sheet, path, option, "text", letter),
        ],
        id=ids.field(path),
    )


def _hidden(sheet: Sheet, path: str, stop: Data) -> Component:
    ticks = [
        tick(f"{path}.hidden.{name}", say(f"teach.blind.{name}", sheet.lang), on=name in stop.get("hidden", ()))
        for name in HIDDEN
    ]
    legend = html.Legend(sheet.say("field.hidden"))
    return html.Fieldset([legend, html.Div(ticks, className="toggles"), wrong(sheet, f"{path}.hidden")])


def row_fields(sheet: Sheet, name: str) -> Component:
    """Return the fields of a list of rows of the case: what is known from the start, or in which order it is told."""
    chosen, called = sheet.data.get(name, []), sheet.say(f"field.{name}")
    items = [_row(sheet, name, row, n, len(chosen)) for n, row in enumerate(chosen, 1)]
    adding = button(sheet, f"{name}.add", f"add:{name}", disabled=len(chosen) >= room(name))
    lead = html.P(sheet.say(f"{name}.lead"), className="quiet")
    fold = f"{sheet.near}.".startswith(f"{name}.") or name in sheet.faults
    count = f" · {len(chosen)}" if chosen else ""
    return html.Details(
        [
            html.Summary([html.Strong(called), count], id=ids.field(name)),
            html.Div([lead, html.Ol(items), adding, wrong(sheet, name)], className="stop-fields rows"),
        ],
        open=fold,
        **data(stop=name),
    )


def _row(sheet: Sheet, name: str, chosen: str, number: int, count: int) -> Component:
    path = f"{name}.{number}"
    label = sheet.say("rows.entry", what=sheet.say(f"field.{name}"), n=number)
    known = {"": sheet.say("rows.choose"), **sheet.rows[name]}
    chooser = html.Select(
        _offered(sheet, chosen, known), id=ids.field(path), name=path, autoFocus=sheet.near == path, **aria(label=label)
    )
    return html.Li([chooser, moves(sheet, path, label, number, count)])


def moves(sheet: Sheet, path: str, named: str, number: int, count: int) -> Component:
    """Return the buttons that move an entry of a list, and take it out."""
    idle = {"up": number == 1, "down": number == count, "drop": False}
    signs = {"up": "↑", "down": "↓", "drop": "×"}
    buttons = [
        html.Button(
            signs[verb],
            type="submit",
            name="does",
            value=f"{verb}:{path}",
            disabled=idle[verb],
            title=sheet.say(verb),
            **aria(label=sheet.say(f"move.{verb}", what=named)),
        )
        for verb in signs
    ]
    return html.Div(buttons, className="entry-moves")


def button(sheet: Sheet, key: str, does: str, *, kind: str = "", disabled: bool = False) -> Component:
    """Return a button of the form."""
    return html.Button(sheet.say(key), type="submit", name="does", value=does, className=kind, disabled=disabled)


def tick(name: str, text: str, *, on: bool, said: str = "") -> Component:
    """Return a box to tick; ``said`` tells it with what it belongs to, for who does not see that."""
    named = aria(label=said) if said else {}
    box: Component = dmc.Checkbox(label=text, checked=on, **data(asks=name), **named)
    return box


def _told(sheet: Sheet, name: str) -> dict[str, Any]:
    wrong_ = any(issue.level == "error" for issue in sheet.faults.get(name, ()))
    return aria(describedby=ids.wrong(name), **({"invalid": "true"} if wrong_ else {}))


def wrong(sheet: Sheet, name: str) -> Component:
    """Return the place at which is said what is wrong with a field."""
    found: Sequence[Issue] = sheet.faults.get(name, ())
    items: Iterable[Component] = (html.P(fault(issue, sheet.lang), className=issue.level) for issue in found)
    return html.Div(list(items), id=ids.wrong(name), className="wrong", **data(note=ids.wrong(name)))


def _text(entry: Data, name: str) -> str:
    found = entry.get(name, "")
    return found if isinstance(found, str) else ""
