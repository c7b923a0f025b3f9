"""A page goes to the browser as few components, and says the same as it did as many."""

import re

import pytest
from dash import dcc, html
from dash.development.base_component import Component

from casecurves_dashboard import ids
from casecurves_dashboard.app import create_app
from casecurves_dashboard.light import light
from casecurves_dashboard.markup import markup
from casecurves_dashboard.places import show

APP = create_app()
PATHS = [
    ("/", "?lang=fr"),
    ("/how-to-read", "?lang=en"),
    ("/case/nobody", "?lang=en"),
    *(("/case/dm-mda5-ruxolitinib", f"?lang=fr&tab={tab}") for tab in ("figure", "tables", "issues", "export")),
]


def components(tree: object) -> list[Component]:
    if isinstance(tree, list | tuple):
        return [found for one in tree for found in components(one)]
    if not isinstance(tree, Component):
        return []
    return [tree, *components(tree.to_plotly_json()["props"].get("children"))]


def unfolded(tree: object) -> str:
    """The HTML that a browser makes of a light page."""
    text = markup(tree, ids=True)
    inner = re.compile(r' data-html="([^"]*)"([^>]*)>')
    unescape = {"&quot;": '"', "&#x27;": "'", "&lt;": "<", "&gt;": ">", "&amp;": "&"}

    def put(found: re.Match[str]) -> str:
        return f"{found[2]}>" + re.sub("|".join(unescape), lambda one: unescape[one[0]], found[1])

    return inner.sub(put, text)


@pytest.mark.parametrize(("path", "search"), PATHS)
def test_a_page_says_the_same_with_fewer_components(path, search):
    with APP.server.test_request_context("/"):
        page = show(APP.library, path, search, "en", write=list)[2]
    assert unfolded(light(page)) == markup(page, ids=True)
    assert len(components(light(page))) < 130


def test_controls_and_what_is_spoken_to_stay_components():
    tree = html.Div(
        [
            html.Div([html.B("only words"), html.I("shown")], className="still"),
            html.Div([html.P("told", id=ids.UPLOAD_SAID), html.P("more")]),
            html.Div([html.P("a name"), dcc.Input(id=ids.SEARCH)]),
        ]
    )
    kept = {found.id for found in components(light(tree)) if getattr(found, "id", None)}
    assert kept == {ids.UPLOAD_SAID, ids.SEARCH}
    still = next(found for found in components(light(tree)) if getattr(found, "className", "") == "still")
    assert still.to_plotly_json()["props"]["data-html"] == "<b>only words</b><i>shown</i>"


def test_text_stays_text():
    hostile = '<img src=x onerror="alert(1)">'
    made = light(html.Div([html.B(hostile), html.I(title=hostile)]))
    inside = made.to_plotly_json()["props"]["data-html"]
    assert "<img" not in inside
    assert inside.count("&lt;img") == 2


def test_another_content_is_another_element():
    one, two = (light(html.Div([html.B(word)])) for word in ("a", "b"))
    assert one.key != two.key
