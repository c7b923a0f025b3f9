"""The controls of a case: few above the figure, the others say what they are set to, and all work without scripts."""

from html.parser import HTMLParser
from urllib.parse import urlencode

import pytest
from dashboard.build import texts
from dashboard.test_pages import page

from casecurves.io import read_library, shipped_cases
from casecurves.words import say
from casecurves_dashboard import ids
from casecurves_dashboard.app import create_app
from casecurves_dashboard.choices import choices
from casecurves_dashboard.state import ViewState, from_query

CASE = "mn-dupilumab-1-illustrative"


class Form(HTMLParser):
    """What a browser without scripts would send for the controls of a served page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self._select = ""
        self._own = False
        self.feed(text.split('<div class="first">')[1].split("<div hidden>")[0])

    def handle_starttag(self, tag, attrs):
        of = dict(attrs)
        self._own = self._own or (tag == "form" and of.get("id") == ids.SETTINGS)
        if tag == "select" and of.get("form") == ids.SETTINGS:
            self._select = of["name"]
        elif tag == "option" and self._select and "selected" in of:
            self.fields.append((self._select, of["value"]))
        elif (
            tag == "input"
            and (self._own or of.get("form") == ids.SETTINGS)
            and (of["type"] == "hidden" or "checked" in of)
        ):
            self.fields.append((of["name"], of["value"]))

    def handle_endtag(self, tag):
        if tag == "form":
            self._own = False
        elif tag == "select":
            self._select = ""

    def sent(self, without=(), **instead):
        """The query of the form, without boxes and with other values."""
        kept = [(name, instead.pop(name, value)) for name, value in self.fields if (name, value) not in without]
        assert instead == {}
        return f"?{urlencode(kept)}"


@pytest.fixture(scope="module")
def served():
    return create_app().server.test_client()


@pytest.fixture(scope="module")
def offered():
    case, _ = read_library(shipped_cases())[CASE]
    return choices(case, "en")


def form(served, state):
    return Form(served.get(state.at(f"/case/{CASE}")).text)


def read(offered, query):
    state, unknown = from_query(query)
    state, more = offered.narrow(state)
    assert (unknown, more) == ((), ())
    return state


VIEWS = [
    ViewState(),
    ViewState(lang="fr", theme="dark", unit="weeks", order="class", dose="prednisone", tab="export"),
    ViewState(zero="ramipril", show=("upcr", "albumin"), view="overlay", window=(-30.0, 90.5), row="ramipril"),
    ViewState(
        show=(), invented="assessed", rules=("adult_ns_2020", "kdigo_2012_mn"), axis="whole", tab="tables", moment=4
    ),
]


@pytest.mark.parametrize("state", VIEWS)
def test_without_scripts_the_controls_ask_for_the_view_they_show(served, offered, state):
    assert read(offered, form(served, state).sent()) == state


def test_without_scripts_each_control_changes_what_it_is_about(served, offered):
    plain = form(served, ViewState())
    assert read(offered, plain.sent(zero="ramipril", unit="years")) == ViewState(zero="ramipril", unit="years")
    boxes = [("show", key) for key, _ in offered.analytes]
    assert all(box in plain.fields for box in boxes)
    assert read(offered, plain.sent(without=boxes)).show == ()
    assert read(offered, plain.sent(without=boxes[2:])).show == (boxes[0][1], boxes[1][1])


def test_a_page_without_controls_has_no_such_form(served):
    assert Form(served.get("/?lang=en").text).fields == []
    assert ids.SETTINGS not in served.get("/?lang=en").text.split('<div class="first">')[1].split("<div hidden>")[0]


def test_what_is_folded_away_says_what_it_is_set_to(served):
    from dashboard.build import body

    def summary(query):
        answer = served.post("/_dash-update-component", json=body(f"/case/{CASE}", query)).json["response"]
        shown = texts(page(answer))
        at = shown.index(say("dashboard.controls.more", "en"))
        return shown[at + 1]

    assert summary("?lang=en") == say("dashboard.controls.show", "en"), "nothing is changed: the first control follows"
    changed = summary("?lang=en&show=upcr&order=class&unit=weeks")
    assert changed == "Biomarkers shown: 1 of 12 · Order of the lanes: Class"
