"""What a reader chooses on the page of a case; a choice changes the address, and the address the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, ctx, dcc, html, no_update, set_props
from dash.development.base_component import Component

from casecurves.knowledge.rules import all_rules
from casecurves.model.case import Case
from casecurves.words import say
from casecurves_dashboard import ids
from casecurves_dashboard.choices import Choices, Pair, choices, on_axis
from casecurves_dashboard.components.parts import aria, asks
from casecurves_dashboard.library import Library
from casecurves_dashboard.state import CHOICES, OWN_ZERO, ViewState, case_of, from_query, spoken

# The control of each part of the view; those of _PICKED are one of a few words.
_CONTROLS = {
    "zero": ids.ZERO,
    "unit": ids.UNIT,
    "order": ids.ORDER,
    "support": ids.SUPPORT,
    "absent": ids.ABSENT,
    "dose": ids.DOSE,
    "assume": ids.ASSUME,
    "view": ids.VIEW,
    "invented": ids.INVENTED,
    "rules": ids.RULES,
    "show": ids.SHOW,
}
_PICKED = ("unit", "view", "order", "support", "absent", "dose", "assume", "invented")
# Those that stand above the figure; the others are folded away, and what they are set to is said there.
_FIRST = ("unit", "view")


def controls(offered: Choices, state: ViewState) -> Component:
    """Return the controls of a view; on a narrow screen all of them are folded away."""
    # Unit and biomarkers change nothing in a table, but a callback wants all of its inputs on the page.
    hidden = state.tab not in {"figure", "export"}
    first = [_picked(name, offered, state) for name in _FIRST]
    rest = [_picked(name, offered, state) for name in _PICKED if name not in _FIRST]
    folded = html.Details(
        [
            html.Summary(_summary(offered, state)),
            html.Div([_show(offered, state), *rest, _rules(offered, state)], className="controls"),
        ],
        className="more",
    )
    return html.Details(
        [
            html.Summary(say("dashboard.controls.heading", state.lang)),
            html.Div(
                [_zero(offered, state), html.Div([*first, folded], className="drawn", hidden=hidden), _apply(state)],
                className="controls first-row",
            ),
        ],
        className="drawer",
        hidden=not offered.any,
    )


# The names by which an address says what the controls set.
ASKED = tuple(_CONTROLS)


def chosen(values: Mapping[str, object], state: ViewState, every: Sequence[str]) -> ViewState:
    """Return a view with what has been chosen.

    Parameters
    ----------
    values : mapping of str to object
        Values of the controls by the part of the view they set, as a browser sent them: they may be anything.
    state : ViewState
        The view at hand.
    every : sequence of str
        Keys of all biomarkers of the case: choosing all is choosing none in particular.

    Returns
    -------
    ViewState
        The view; what is not a choice changes nothing.
    """
    fields: dict[str, object] = {}
    zero, show = values.get("zero"), values.get("show")
    if isinstance(zero, str):
        fields["zero"] = "" if zero == OWN_ZERO else zero
        if fields["zero"] != state.zero:
            fields["moment"] = None  # it was counted from the other day zero
    fields |= {name: values[name] for name in _PICKED if values.get(name) in CHOICES[name]}
    rules = values.get("rules")
    if isinstance(rules, list):
        fields["rules"] = tuple(key for key in all_rules() if key in rules)
    if isinstance(show, list):
        shown = tuple(key for key in every if key in show)
        fields["show"] = None if shown == tuple(every) else shown
    return state.changed(**fields)


def moved(case: Case, before: ViewState, after: ViewState) -> ViewState:
    """Return a view whose window is the same stretch of the course although its days count from another day zero."""
    if before.zero == after.zero:
        return after
    zeros = [view.zero or case.header.day_zero for view in (before, after)]
    if before.window is None or not all(zeros):
        return after.changed(window=None, open=())
    ends = [case.chronology.exact_bounds(zero) for zero in zeros]
    if any(lo is None or hi is None for lo, hi in ends):
        return after.changed(window=None, open=())
    days = [(lo + hi) / 2 for lo, hi in ends if lo is not None and hi is not None]
    shift = days[1] - days[0]
    return after.changed(window=(before.window[0] - shift, before.window[1] - shift), open=())


def register(app: Dash, library: Library) -> None:
    """Let the controls change the address."""

    @app.callback(
        Output(ids.LOCATION, "search"),
        inputs={
            "values": {name: Input(control, "value") for name, control in _CONTROLS.items()},
            "path": State(ids.LOCATION, "pathname"),
            "search": State(ids.LOCATION, "search"),
        },
        prevent_initial_call=True,
    )
    def _choose(values: Mapping[str, object], path: object, search: object) -> object:
        if len(ctx.triggered_prop_ids) == len(_CONTROLS):
            # Nobody turns all of them at once: a page has come to be, by now perhaps that of an address left behind.
            return no_update
        shelf = library.shelf(case_of(path))
        case, _ = shelf.cases.get(case_of(path) or "", (None, None))
        if case is None:
            return _gone(from_query(search, spoken())[0].lang)
        offered = choices(case, "en")
        state, _ = from_query(search, spoken())
        state, _ = on_axis(shelf, case.id, offered.narrow(state)[0])
        after = chosen(values, state, [key for key, _ in offered.analytes])
        after = moved(case, state, after)
        return no_update if after == state else after.to_query()


def _gone(lang: str) -> object:
    """Say that a case went while its page was open; the page stays, to be read."""
    set_props(ids.PROBLEM, {"children": html.P(say("dashboard.case_gone", lang), className="notice problem")})
    return no_update


def _labelled(control: str, key: str, lang: str, inner: Component, *, hidden: bool = False) -> html.Div:
    name = html.Span(say(key, lang), id=ids.label(control), className="label")
    named = aria(labelledby=ids.label(control))
    return html.Div([name, inner], role="group", className="control", hidden=hidden, **named)


def _zero(offered: Choices, state: ViewState) -> Component:
    lang = state.lang
    own = say("dashboard.controls.own_zero", lang, zero=offered.own_zero or say("dashboard.none", lang))
    groups = [
        {"group": say("dashboard.controls.case", lang), "items": _items([(OWN_ZERO, own)])},
        {"group": say("dashboard.controls.therapies", lang), "items": _items(offered.therapies)},
        {"group": say("dashboard.controls.events", lang), "items": _items(offered.events)},
    ]
    select: Component = dmc.Select(
        id=ids.ZERO,
        label=say("dashboard.controls.zero", lang),
        data=[group for group in groups if group["items"]],
        value=state.zero or OWN_ZERO,
        allowDeselect=False,
        openOnFocus=False,
        searchable=True,
        nothingFoundMessage=say("dashboard.none", lang),
        className="control zero",
        size="xs",
        comboboxProps={"withinPortal": True},
        **asks("zero", ids.SETTINGS),
    )
    return select


def _items(pairs: Sequence[Pair]) -> list[dict[str, str]]:
    return [{"value": key, "label": label} for key, label in pairs]


def _idle(name: str, offered: Choices) -> bool:
    """Tell whether there is nothing in a case on which a control would act."""
    return {
        "support": not offered.support,
        "absent": not offered.absences,
        "view": len(offered.analytes) < 2,
        "dose": not offered.steroids,
        "assume": not offered.unnamed,
        "invented": {key for key, _ in offered.rules} == offered.proven,
    }.get(name, False)


def _picked(name: str, offered: Choices, state: ViewState) -> Component:
    options = [{"value": value, "label": say(f"dashboard.{name}.{value}", state.lang)} for value in CHOICES[name]]
    inner = dmc.SegmentedControl(
        id=_CONTROLS[name], data=options, value=getattr(state, name), size="xs", **asks(name, ids.SETTINGS)
    )
    key, hidden = f"dashboard.controls.{name}", _idle(name, offered)
    return _labelled(_CONTROLS[name], key, state.lang, inner, hidden=hidden)


def _summary(offered: Choices, state: ViewState) -> list[str | Component]:
    """Return what the folded controls are about, what of it is not as usual, and the way back to that."""
    changed = list(_changed(offered, state))
    more = [html.Span(" · ".join(changed), className="changed")] if changed else []
    return [say("dashboard.controls.more", state.lang), *more]


def _changed(offered: Choices, state: ViewState) -> Iterator[str]:
    lang, usual = state.lang, ViewState(lang=state.lang)

    def told(name: str, value: str) -> str:
        return say("dashboard.controls.set", lang, what=say(f"dashboard.controls.{name}", lang), value=value)

    if state.show is not None:
        yield told("show", say("dashboard.controls.of", lang, n=len(state.show), all=len(offered.analytes)))
    for name in _PICKED:
        value = getattr(state, name)
        if name not in _FIRST and value != getattr(usual, name) and not _idle(name, offered):
            yield told(name, say(f"dashboard.{name}.{value}", lang))
    if state.rules:
        yield told("rules", say("dashboard.controls.of", lang, n=len(state.rules), all=len(offered.rules)))


def _apply(state: ViewState) -> Component:
    """Return the button of who has no scripts; the others need none."""
    return html.Button(say("dashboard.controls.apply", state.lang), type="submit", form=ids.SETTINGS, className="apply")


def _rules(offered: Choices, state: ViewState) -> Component:
    """Return the rules that apply; one that only invented values could feed waits until these are let in."""
    chips = [
        dmc.Chip(label, value=key, size="xs", radius="sm", variant="light", disabled=_waits(key, offered, state))
        for key, label in offered.rules
    ]
    group = dmc.ChipGroup(chips, id=ids.RULES, multiple=True, value=list(state.rules), **asks("rules", ids.SETTINGS))
    inner = html.Div(group, className="chips")
    return _labelled(ids.RULES, "dashboard.controls.rules", state.lang, inner, hidden=not offered.rules)


def _waits(key: str, offered: Choices, state: ViewState) -> bool:
    return state.invented == "kept_out" and key not in offered.proven and key not in state.rules


def _show(offered: Choices, state: ViewState) -> Component:
    keys = [key for key, _ in offered.analytes]
    chips = [dmc.Chip(label, value=key, size="xs", radius="sm", variant="light") for key, label in offered.analytes]
    value = keys if state.show is None else list(state.show)
    group = dmc.ChipGroup(chips, id=ids.SHOW, multiple=True, value=value, **asks("show", ids.SETTINGS))
    lang = state.lang
    at_once = [
        html.Li(dcc.Link(say(f"dashboard.controls.{name}", lang), href=state.changed(show=which).to_query()))
        for name, which in (("all", None), ("none", ()))
    ]
    inner = html.Div([html.Div(group, className="chips"), html.Ul(at_once, className="presets")])
    return _labelled(ids.SHOW, "dashboard.controls.show", state.lang, inner, hidden=not keys)
