"""The tab of exports without scripts: two plain forms, whose answers are the addresses that the live page makes."""

from html.parser import HTMLParser
from urllib.parse import urlencode

import pytest

from casecurves_dashboard import ids
from casecurves_dashboard.components import export
from casecurves_dashboard.state import from_query


class Forms(HTMLParser):
    """What a browser without scripts would send with each form of a page."""

    def __init__(self):
        super().__init__()
        self.sent, self._form, self._select = {}, "", None

    def handle_starttag(self, tag, attrs):
        of = dict(attrs)
        if tag == "form":
            self._form = of.get("id", "")
        form = of.get("form") or self._form
        if tag == "select":
            self._select = (form, of.get("name"))
        elif tag == "option" and self._select and "selected" in of:
            self._add(*self._select, of.get("value", ""))
        elif tag == "input" and of.get("name") and (of.get("type") not in ("radio", "checkbox") or "checked" in of):
            self._add(form, of["name"], of.get("value") or "")

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = ""
        elif tag == "select":
            self._select = None

    def _add(self, form, name, value):
        self.sent.setdefault(form, []).append((name, value))


def forms(client, query):
    text = client.get(f"/case/sound?{query}").text.split('<div class="first">')[1].split("<div hidden>")[0]
    read = Forms()
    read.feed(text)
    return read.sent


def changed(pairs, **values):
    """What is sent when a reader sets these."""
    left = [(name, value) for name, value in pairs if name not in values or value == "false"]
    return urlencode([*left, *values.items()])


@pytest.mark.parametrize(
    "query",
    [
        "lang=en&tab=export",
        "lang=fr&tab=export&theme=dark&zero=flare-1&show=albumin",
        "lang=en&tab=export&preset=plos&title=false&letters=true&colours=grey&words=apart&in=fr&age=band&seen=grey",
        "lang=en&tab=export&width=90&dpi=600&type=8.5&transparent=true&dates=hidden",
    ],
)
def test_sent_as_it_is_a_form_says_the_view_at_hand(client, query):
    for form in (ids.SETTINGS, ids.PRESET_SETTINGS):
        state, unknown = from_query(urlencode(forms(client, query)[form]))
        wanted = from_query(query)[0]
        assert unknown == ()
        if form == ids.SETTINGS:
            # All biomarkers ticked is what the page of the case takes for none in particular.
            assert state.changed(show=wanted.show if set(state.show) == {"albumin", "upcr"} else state.show) == wanted
        else:
            assert state.sheet.preset == wanted.sheet.preset


@pytest.mark.parametrize(
    ("name", "value", "address"),
    [
        ("width", "120", "width=120"),
        ("dpi", "450", "dpi=450"),
        ("type", "9.5", "type=9.5"),
        ("colours", "grey", "colours=grey"),
        ("words", "apart", "words=apart"),
        ("seen", "protanopia", "seen=protanopia"),
        ("letters", "true", "letters=true"),
        ("transparent", "true", "transparent=true"),
        ("in", "fr", "in=fr"),
        ("age", "band", "age=band"),
        ("dates", "hidden", "dates=hidden"),
    ],
)
def test_each_setting_can_be_set_without_scripts(client, name, value, address):
    sent = forms(client, "lang=en&tab=export")[ids.SETTINGS]
    assert name in dict(sent) or name in ("letters", "transparent")
    state, unknown = from_query(changed(sent, **{name: value}))
    assert unknown == ()
    assert address in state.to_query()
    assert state.tab == "export"
    saved = client.get(f"/case/sound{state.to_query()}").text
    assert 'href="/export/sound.png?' in saved


def test_another_preset_brings_its_own_width_and_type(client):
    sent = forms(client, "lang=en&tab=export&width=90&type=7.5&title=false")[ids.PRESET_SETTINGS]
    state, unknown = from_query(changed(sent, preset="plos"))
    assert unknown == ()
    assert (state.sheet.preset, state.sheet.width_mm, state.sheet.type_pt) == ("plos", 190.5, 8)
    assert not state.sheet.title
    back, unknown = from_query(changed(sent, preset=""))
    assert (unknown, back.sheet.preset) == ((), "")


def test_the_other_tabs_have_no_such_form(client):
    assert ids.PRESET_SETTINGS not in forms(client, "lang=en")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"width_mm": 65, "type_pt": 9}, "type of 9 pt needs a page at least 77 mm wide"),
        ({"width_mm": 12}, "width in mm: “12” is not a number from 60 to 400"),
        ({"preset": "plos", "width_mm": 190.5, "dpi": 300, "type_pt": 7}, "smaller than the 8 pt"),
    ],
)
def test_a_page_that_cannot_be_is_refused_with_the_reason(given, said):
    state = from_query("lang=en&tab=export" + ("&preset=plos" if "preset" in given else ""))[0]
    after, refused = export.chosen(given, state)
    assert after == state
    assert said in refused
    assert export.chosen({"width_mm": 120}, from_query("lang=en&tab=export")[0])[1] == ""
