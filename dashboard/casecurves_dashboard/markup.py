"""A tree of components as plain HTML: what a page says before any script has run, and where none ever does.

It is made from the very components that the scripts will show, so that the two cannot say different things.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

from dash import html
from dash.development.base_component import Component

from casecurves.words import unbroken

_VOID = frozenset({"br", "hr", "img", "input", "source", "wbr"})
_NAMES = {"className": "class", "htmlFor": "for"}
# Attributes that give an element an id, or name others by theirs.
_IDS = ("id", "htmlFor", "aria-labelledby", "aria-describedby", "aria-controls")
# What a browser would fetch or run from here is left to the live component.
_LEFT_OUT = frozenset({"children", "style", "key", "n_clicks", "n_clicks_timestamp", "disable_n_clicks"})
Props = Mapping[str, Any]


def markup(tree: object, *, ids: bool = False) -> str:
    """Return components as HTML.

    Parameters
    ----------
    tree : object
        A component, a text or number, a list of them, or ``None``.
    ids : bool
        Whether elements keep their ids: not where the live page stands beside them. There they have others, by which
        they name each other as before.

    Returns
    -------
    str
        HTML in which every text and attribute is escaped. A control is a plain one of its size, which belongs to the
        form that it names (``data-form``) and says there what it sets (``data-asks``).
    """
    if tree is None or isinstance(tree, bool):
        return ""
    if isinstance(tree, list | tuple):
        return "".join(markup(one, ids=ids) for one in tree)
    if not isinstance(tree, Component):
        return unbroken(escape(str(tree)))
    props: Props = tree.to_plotly_json()["props"]  # type: ignore[no-untyped-call]
    kind = str(tree._type)
    if not ids:
        props = _apart(props)
    if tree._namespace == "dash_html_components":
        inside = props.get("children")
        return _element(kind.lower(), props, escape(str(inside)) if text_alone(tree) else markup(inside, ids=ids))
    draw = _DRAWN.get(kind)
    return draw(props) if draw else markup(props.get("children"), ids=ids)


def _apart(props: Props) -> Props:
    """Return attributes whose ids are those of no live component; one made of several parts is of no use here."""
    return {
        name: " ".join(f"first-{one}" for one in value.split()) if name in _IDS else value
        for name, value in props.items()
        if name not in _IDS or isinstance(value, str)
    }


def text_alone(tree: Component) -> bool:
    """Tell whether an element holds text in which no element can stand."""
    return str(tree._type) in ("Option", "Textarea", "Title") and isinstance(getattr(tree, "children", None), str)


def plain_input(**props: object) -> Component:
    """Return a field that no script listens to, of a form that is sent: Dash has none for a file."""
    written: dict[str, Any] = {"data-html": _element("input", props, "")}
    return html.Span(**written)


def _element(tag: str, props: Props, inside: str) -> str:
    # What is written already: see `plain_input`.
    inside = props.get("data-html") or inside
    start = f"<{tag}{''.join(_attributes(props))}>"
    return start if tag in _VOID else f"{start}{inside}</{tag}>"


def _attributes(props: Props) -> Iterable[str]:
    # Dash keeps data-* and aria-* in no order; a page is the same text every time.
    for name, value in sorted(props.items(), key=lambda item: ("-" in item[0], item[0] if "-" in item[0] else "")):
        if name in _LEFT_OUT or name == "data-html" or value is None or value is False:
            continue
        written = _NAMES.get(name, name.lower())
        yield f" {written}" if value is True else f' {written}="{escape(str(value))}"'
    if props.get("style"):
        rules = ";".join(f"{name}:{value}" for name, value in props["style"].items())
        yield f' style="{escape(rules)}"'


def _link(props: Props) -> str:
    attributes = {**{name: props.get(name) for name in ("href", "className", "title")}, "data-page": True}
    return _element("a", attributes, markup(props.get("children")))


def _nothing(props: Props) -> str:  # noqa: ARG001 - all of these take the same
    return ""


def _room(props: Props) -> str:
    return _element("div", {"style": props.get("style")}, "")


def _select(props: Props) -> str:
    groups = (
        _element("optgroup", {"label": one["group"]}, _options(one["items"], props))
        if "items" in one
        else _options([one], props)
        for one in props.get("data", ())
    )
    label = escape(str(props.get("label", "")))
    choices = "".join(groups)
    if props.get("clearable"):
        choices = _options([{"value": "", "label": str(props.get("placeholder", ""))}], props) + choices
    field = _element("select", {"className": "field", **_asking(props), "aria-label": label}, choices)
    inside = f"{_element('span', {'className': 'label'}, label)}{field}"
    return _element("div", {"className": props.get("className", "control")}, inside)


def _options(items: Iterable[Mapping[str, str]], props: Props) -> str:
    chosen = props.get("value")
    return "".join(
        _element("option", {"value": item["value"], "selected": item["value"] == chosen}, escape(item["label"]))
        for item in items
    )


def _segments(props: Props) -> str:
    parts = (
        _ticked("radio", item["value"], escape(item["label"]), props, on=item["value"] == props.get("value"))
        for item in props.get("data", ())
    )
    return f'<span class="field segments">{"".join(parts)}</span>'


def _chips(props: Props) -> str:
    chips = [one for one in props.get("children") or () if isinstance(one, Component)]
    known = [one.to_plotly_json()["props"] for one in chips]  # type: ignore[no-untyped-call]
    ticked = (
        _ticked("checkbox", str(chip["value"]), markup(chip.get("children")), props, on=chip["value"] in props["value"])
        for chip in known
    )
    # Without this, to tick none would be to say nothing, and nothing said shows all.
    none = _element("input", {"type": "hidden", **_asking(props), "value": ""}, "")
    return none + "".join(ticked)


def _ticked(kind: str, value: str, label: str, props: Props, *, on: bool) -> str:
    box = _element("input", {"type": kind, **_asking(props), "value": value, "checked": on}, "")
    return _element("label", {"className": "on" if on else None}, f"{box}{label}")


def _checkbox(props: Props) -> str:
    given = {name: value for name, value in props.items() if name.startswith("aria-")}
    box = {"type": "checkbox", **_asking(props), "value": "on", "checked": bool(props.get("checked")), **given}
    return _element("label", {}, f"{_element('input', box, '')}{escape(str(props.get('label', '')))}")


def _asking(props: Props) -> Props:
    """Return the attributes of a control of the form of who has no scripts."""
    return {"name": props.get("data-asks"), "form": props.get("data-form")}


def _input(props: Props) -> str:
    return _element("input", {name: props.get(name) for name in ("id", "type", "name", "value", "maxLength")}, "")


def _number(props: Props) -> str:
    label = escape(str(props.get("label", "")))
    kept = {"type": "number", **{name: f"{props[name]:g}" for name in ("value", "min", "max", "step")}}
    field = _element("input", {"className": "field", **_asking(props), **kept, "aria-label": label}, "")
    said = _element("span", {"className": "quiet"}, escape(str(props.get("description", ""))))
    return _element("div", {"className": "control"}, f"{_element('span', {'className': 'label'}, label)} {said}{field}")


def _switch(props: Props) -> str:
    # A box that is not ticked sends nothing: what it then means is sent before it.
    off = _element("input", {"type": "hidden", **_asking(props), "value": "false"}, "")
    box = _ticked("checkbox", "true", escape(str(props["label"])), props, on=props["checked"])
    return f'<span class="switch">{off}{box}</span>'


def _drop(props: Props) -> str:
    return _element("div", {"className": props.get("className")}, markup(props.get("children")))


_DRAWN: Mapping[str, Callable[[Props], str]] = {
    "Link": _link,
    "Graph": _room,
    "Store": _nothing,
    "Select": _select,
    "SegmentedControl": _segments,
    "ChipGroup": _chips,
    "Checkbox": _checkbox,
    "Input": _input,
    "NumberInput": _number,
    "Switch": _switch,
    "Upload": _drop,
}
