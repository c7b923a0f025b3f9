"""Every address of the app, with a case that is hostile wherever a person may write: nothing of it is more than text.

The addresses are those that the app itself knows: a new one with a part that is not known here fails.
"""

import json
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from dashboard.build import HOSTILE, SOUND, body, hostile, write

from casecurves_dashboard import ids
from casecurves_dashboard.app import create_app
from casecurves_dashboard.security import LARGEST_UPLOAD_BODY

TAGS, LINK, _, BIDI = map(json.dumps, HOSTILE)
LESSON = f"""
[[stops]]
id = "a"
at = "first-drug"
kind = "single"
question = {TAGS}
hint = {LINK}
answer = {TAGS}
reason = {BIDI}
locator = {TAGS}
note = {LINK}
[[stops.options]]
text = {TAGS}
right = true
[[stops.options]]
text = {LINK}
"""
# A folder may be called anything that has no slash.
NAMED = '"><img src=x onerror=alert(1)>'
QUERY = "lang=en&x=%22%3E%3Cscript%3Ealert(1)%3C/script%3E"
# Addresses of pages that the app finds by itself, besides those of cases.
PAGES = [
    "",
    "knowledge",
    "knowledge/drug/prednisone",
    "knowledge/analyte/albumin",
    "knowledge/classes",
    "documents",
    "compare",
    "how-to-read",
    "diagram/jak-pathway",
    "nowhere",
    quote(NAMED),
]
# What stands for each part of an address; a route with a part that is not here fails, so that it is thought of.
PARTS = {
    "case_id": ["hostile", quote(NAMED, safe=""), "..%2f..%2fpyproject.toml", "none"],
    "name": ["jak-pathway", "immune-adverse-events", "bars", "faces.css", "..%2fapp.py", quote(NAMED, safe="")],
    "number": ["none", quote(NAMED, safe="")],
    "path": [*PAGES, "case/hostile", "case/hostile?tab=tables", "case/hostile?tab=issues", f"case/{quote(NAMED)}"],
}
FRAMEWORK = ("/static/", "/assets/", "/_")
# Where a page of ours may lead or fetch from.
OURS = re.compile(r"[/?#](?!/)|data:image/svg\+xml,|data:,$|http://localhost/class/")
TOO_LARGE = LARGEST_UPLOAD_BODY + 1


class Tags(HTMLParser):
    """What a browser would make of a page: its elements, and nothing of its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


@pytest.fixture
def app(cases):
    write(cases / "hostile", {**hostile(), "teaching.toml": LESSON})
    write(cases / NAMED, SOUND)
    return create_app(cases)


def begun(client, case_id="hostile"):
    """A lesson with the hostile case: what stands for the secrets in its addresses."""
    key = client.post(f"/teach/{case_id}").location.rpartition("/")[2]
    token = re.search(r'href="/class/([^"]+)"', client.get(f"/present/{key}").text)[1]
    return {"key": [key, "none", quote(NAMED, safe="")], "token": [token, "none", quote(NAMED, safe="")]}


def addresses(rule, parts):
    """Every address of a rule with each of what may stand for its parts."""
    found = [""]
    for converter, args, name, literal in re.findall(r"<(?:(\w+)(?:\(([^)]*)\))?:)?(\w+)>|([^<]+)", rule):
        values = [literal] if literal else args.split(", ") if converter == "any" else parts[name]
        found = [f"{before}{value}" for before in found for value in values]
    return found


def ours(app, method):
    rules = [rule for rule in app.server.url_map.iter_rules() if not rule.rule.startswith(FRAMEWORK)]
    return [rule.rule for rule in rules if method in rule.methods]


def check_page(text, *, whole):
    """Nothing runs or is fetched but what is ours; ``whole`` pages have no script in the page at all."""
    for tag, attributes in Tags(text).found:
        assert tag not in {"iframe", "object", "embed", "base", "svg"} | ({"b", "script"} if not whole else {"b"})
        assert [name for name in attributes if name.startswith("on")] == []
        for name in ("src", "href", "action", "formaction", "srcset"):
            assert OURS.match(attributes.get(name) or "/")
        if tag == "script" and whole:
            assert re.match(r"/assets/\w+\.js$", attributes["src"])
    # What somebody typed comes back as it was typed, where it is typed.
    assert not set("\u202e\x1b") & set(re.sub(r"(?s)<textarea.*?</textarea>", "", text))


def check_picture(data):
    for element in ET.fromstring(data).iter():
        assert element.tag.rpartition("}")[2] not in {"script", "image", "a", "foreignObject", "animate", "set"}
        for name, value in element.attrib.items():
            assert not name.rpartition("}")[2].startswith("on")
            assert not re.search(r"(?i)javascript:|url\((?!#)", value)


def check(response):
    """An answer that no hostile text has got out of."""
    assert response.status_code < 500
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "'unsafe" not in response.headers["Content-Security-Policy"].partition("script-src")[2].partition(";")[0]
    kind = response.mimetype
    if kind == "text/html":
        # A page of the app has the scripts of the app after what is shown before they run.
        mine = '<div class="first">' in response.text
        first = response.text.partition('<div class="first">')[2].partition("<div hidden>")[0]
        check_page(first if mine else response.text, whole=not mine)
        assert "<script>alert" not in response.text and "<img src=x" not in response.text
    elif kind == "image/svg+xml":
        check_picture(response.data)
    elif kind == "application/json" and "html" in response.json:
        check_page(response.json["html"], whole=False)
    disposition = response.headers.get("Content-Disposition", "")
    assert not disposition or re.fullmatch(r'attachment; filename="[\w.-]+"', disposition)


def test_every_address_that_is_read(app, client):
    parts = {**PARTS, **begun(client)}
    bare = [at for rule in ours(app, "GET") for at in addresses(rule, parts)]
    asked = {*bare, *(f"{at}{'&' if '?' in at else '?'}{QUERY}" for at in bare)}
    answers = {at: client.get(at) for at in sorted(asked)}
    for answer in answers.values():
        check(answer)
    assert sum(answer.status_code == 200 for answer in answers.values()) > 60


def test_every_page_as_the_scripts_are_sent_it(client):
    for at in PARTS["path"]:
        path, _, query = at.partition("?")
        shown = client.post("/_dash-update-component", json=body(f"/{path}", f"?lang=en&{query}"))
        assert shown.status_code == 200
        assert "dangerously" not in shown.text.lower()
        assert shown.json["response"][ids.MAIN]["children"]


SENT = {
    "text": {"data": {"text": f"</textarea>{HOSTILE[0]}\r\n\u202e", "does": "keep"}},
    "a lesson": {"data": {"text": LESSON, "does": "check"}},
    "nothing": {},
    "numbers": {"json": {"who": 5, "seen": "x", "does": []}},
    "a press": {"json": {"who": "abc", "seen": 1, "does": HOSTILE[0][:30]}},
    "no json": {"data": b"\xff{", "content_type": "application/json"},
}


@pytest.mark.parametrize("sent", SENT.values(), ids=SENT)
def test_every_address_that_is_sent_to(app, client, sent, caplog):
    parts = {**PARTS, **begun(client)}
    for rule in ours(app, "POST"):
        for at in addresses(rule, parts):
            check(client.post(at, **sent))
    assert caplog.text == ""


def test_every_address_is_for_this_machine_alone_and_takes_no_more_than_it_needs(app, client):
    parts = {**PARTS, **begun(client)}
    evil = {"Host": "evil.example"}
    for method in ("GET", "POST"):
        for rule in ours(app, method):
            answers = [client.open(at, method=method, headers=evil) for at in addresses(rule, parts)]
            assert {answer.status_code for answer in answers} <= {400}, rule
    for rule in ours(app, "POST"):
        at = addresses(rule, parts)[0]
        sent = client.post(at, data=b"text=" + b"x" * TOO_LARGE, content_type="application/x-www-form-urlencoded")
        reads_nothing = at.endswith(("/remove", "/end"))
        assert sent.status_code == 413 or (reads_nothing and sent.status_code in (200, 303)), at


def test_a_page_of_another_site_begins_changes_and_ends_nothing(app, client):
    parts = {**PARTS, **begun(client)}
    away = {"Sec-Fetch-Site": "cross-site"}
    for rule in ours(app, "POST"):
        at = addresses(rule, parts)[0]
        answer = client.post(at, headers=away, data={"text": "", "does": "keep"})
        assert answer.status_code in (400, 403, 415), at
    assert client.get(f"/present/{parts['key'][0]}").status_code == 200
