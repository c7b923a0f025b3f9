"""Pages that a browser shows at once: what has no life of its own goes as text, not as thousands of components.

Dash's renderer takes each component of a page through a wrapper of its own, in a time that grows with the square of
their number: a page of tables took many seconds. Whatever only shows something is therefore sent as the HTML that the
page has before any script runs (`markup`), and put in its place by ``plain.js``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from zlib import crc32

from dash import html
from dash.development.base_component import Component

from casecurves.words import unbroken
from casecurves_dashboard import ids
from casecurves_dashboard.markup import markup, text_alone

# Outputs of callbacks that a page holds: they must stay components.
_SPOKEN_TO = frozenset({ids.UPLOAD_SAID, ids.EXPORT_SAID})


def light(tree: Any) -> Any:  # noqa: ANN401 - components, texts, lists of them, or what tells Dash to change nothing
    """Return the same page with fewer components.

    Parameters
    ----------
    tree : object
        A component, a list of components, or anything else, which is returned as it is.

    Returns
    -------
    object
        Elements without controls in them keep their tag and attributes, and hold their content as ``data-html``.
    """
    if isinstance(tree, list | tuple):
        return [light(one) for one in tree]
    if not isinstance(tree, Component) or not _inside(tree):
        return tree
    props = {name: value for name, value in _props(tree).items() if name != "children"}
    if tree._namespace != "dash_html_components":
        return tree
    made: Callable[..., Component] = getattr(html, str(tree._type))
    if not _still(tree):
        return made(light(_props(tree)["children"]), **props)
    inside = markup(_props(tree)["children"], ids=True)
    # The key makes each content an element of its own: what was put into one must not stay for the next.
    return made(**{**props, "data-html": inside, "key": f"plain-{crc32(inside.encode())}"})


def _props(tree: Component) -> dict[str, Any]:
    props: dict[str, Any] = tree.to_plotly_json()["props"]  # type: ignore[no-untyped-call]
    return props


def _children(tree: Component) -> list[object]:
    children = _props(tree).get("children")
    return list(children) if isinstance(children, list | tuple) else [] if children is None else [children]


def _inside(tree: Component) -> bool:
    # A text that must not break within a name is told so by elements of its own.
    children = _children(tree)
    named = not text_alone(tree) and any(isinstance(child, str) and unbroken(child) != child for child in children)
    return named or any(isinstance(child, Component) for child in children)


def _still(tree: object) -> bool:
    """Tell whether nothing in a tree listens or is spoken to."""
    if isinstance(tree, list | tuple):
        return all(map(_still, tree))
    if not isinstance(tree, Component):
        return True
    plain = tree._namespace == "dash_html_components" or tree._type == "Link"
    return plain and _props(tree).get("id") not in _SPOKEN_TO and all(map(_still, _children(tree)))
