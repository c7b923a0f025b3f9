"""Who may ask, what may be asked, and what every answer carries."""

import copy
import logging
import subprocess
import sys

import pytest
from dashboard.build import body
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casecurves_dashboard.app import create_app
from casecurves_dashboard.security import LARGEST_BODY

CALLBACKS = "/_dash-update-component"
EVERYWHERE = [
    "/",
    "/case/sound",
    "/case/none",
    "/miniature/sound.svg",
    "/export/none.png",
    "/_dash-layout",
    "/fonts/faces.css",
]


def policy(response):
    parts = (part.partition(" ") for part in response.headers["Content-Security-Policy"].split("; "))
    return {name: value for name, _, value in parts}


@pytest.mark.parametrize("path", EVERYWHERE)
def test_every_answer_is_closed(client, path):
    response = client.get(path)
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Cache-Control"] == "no-store"
    assert "Server-Timing" not in response.headers
    rules = policy(response)
    assert rules["default-src"] == rules["frame-ancestors"] == rules["object-src"] == rules["base-uri"] == "'none'"
    assert "unsafe" not in rules["script-src"]
    outside = [value for value in rules.values() if "http" in value or "*" in value]
    assert outside == []


def test_the_script_of_the_page_is_the_one_that_is_allowed(client):
    from base64 import b64encode
    from hashlib import sha256
    from re import findall

    page = client.get("/")
    inline = [text for kind, text in findall(r"<script([^>]*)>([^<]+)</script>", page.text) if "json" not in kind]
    assert len(inline) == 1
    digest = b64encode(sha256(inline[0].encode()).digest()).decode()
    assert f"'sha256-{digest}'" in policy(page)["script-src"]


def test_the_page_asks_for_nothing_from_outside(client):
    from re import findall

    addresses = findall(r'(?:src|href)="([^"]*)"', client.get("/case/sound").text)
    assert addresses
    assert [
        address for address in addresses if not address.startswith(("/", "?", "data:")) or address.startswith("//")
    ] == []


def test_only_files_with_a_version_may_be_kept(client):
    page = client.get("/").text
    script = page.split('src="/_dash-component-suites')[1].split('"')[0]
    assert "max-age=31536000" in client.get("/_dash-component-suites" + script).headers["Cache-Control"]
    sheet = page.split('href="/assets/style.css')[1].split('"')[0]
    assert "max-age=31536000" in client.get("/assets/style.css" + sheet).headers["Cache-Control"]
    assert client.get("/assets/style.css").headers["Cache-Control"] == "no-store"


def test_a_script_without_a_version_is_sent_once_and_asked_about(client):
    address, accepts = "/_dash-component-suites/plotly/package_data/plotly.min.js", {"Accept-Encoding": "br"}
    first = client.get(address, headers=accepts)
    assert (first.headers["Content-Encoding"], first.headers["Cache-Control"]) == ("br", "no-cache")
    again = client.get(address, headers={**accepts, "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.0.0.1:8050", "localhost:8051"])
def test_this_machine_may_ask(client, host):
    assert client.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "0.0.0.0",
        "10.0.0.1",
        "a b",
        "evil.example:8050",
    ],
)
@pytest.mark.parametrize("path", ["/", "/export/sound.png", "/_dash-layout"])
def test_other_names_may_not_be_asked(client, host, path):
    response = client.get(path, headers={"Host": host})
    assert response.status_code == 400
    assert "Content-Security-Policy" in response.headers


def test_names_can_be_given(cases):
    client = create_app(cases, hosts=("figures.hospital.example",)).server.test_client()
    assert client.get("/", headers={"Host": "figures.hospital.example"}).status_code == 200
    assert client.get("/", headers={"Host": "localhost"}).status_code == 400


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/case/sound", 200),
        ("/case/broken", 200),
        ("/case/none", 404),
        ("/elsewhere", 404),
        ("/case/", 404),
        ("/_dash-component-suites/none/x.js", 404),
        ("/_dash-component-suites/dash/none.js", 404),
        ("/assets/../app.py", 404),
        ("/assets/none.css", 404),
        ("/_mcp", 404),
        ("/console", 404),
        (CALLBACKS, 404),
    ],
)
def test_what_is_not_there_is_not_found(client, path, status):
    assert client.get(path).status_code == status


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_refused(client, method):
    assert client.open(CALLBACKS, method=method).status_code == 405
    assert client.open("/export/sound.png", method=method).status_code == 405


def changed(**fields):
    return {**body(), **fields}


def without(name):
    return {key: value for key, value in body().items() if key != name}


def renamed():
    found = copy.deepcopy(body())
    found["inputs"][0]["id"] = "somebody-else"
    return found


CRAFTED = [
    [],
    "text",
    5,
    {},
    {"output": 5},
    {"output": "nothing.children"},
    without("output"),
    without("outputs"),
    without("inputs"),
    renamed(),
    changed(inputs=[]),
    changed(inputs=None),
    changed(inputs="location"),
    changed(inputs=[None, None]),
    changed(inputs=[*body()["inputs"], body()["inputs"][0]]),
    changed(inputs=[[body()["inputs"][0]], body()["inputs"][1]]),
    changed(outputs=[]),
    changed(outputs=body()["outputs"][:2]),
    changed(outputs=body()["outputs"][0]),
    changed(outputs={"id": {"a": 1}, "property": []}),
    changed(changedPropIds=5),
    changed(changedPropIds=[5]),
    changed(changedPropIds=["x"]),
    changed(state=[{"id": "location", "property": "hash"}]),
    changed(parsedChangedPropsIds="x"),
    changed(extra=1),
]


@pytest.mark.parametrize("crafted", CRAFTED, ids=range(len(CRAFTED)))
def test_a_body_that_no_page_of_ours_sends_is_refused(client, crafted, caplog):
    response = client.post(CALLBACKS, json=crafted)
    assert (response.status_code, response.text) == (400, "400 Bad Request\n")
    assert caplog.records == []


def test_text_that_is_no_json_is_refused(client):
    assert client.post(CALLBACKS, data="null", content_type="application/json").status_code == 400
    assert client.post(CALLBACKS, data="{", content_type="application/json").status_code == 400
    assert client.post(CALLBACKS, data="", content_type="application/json").status_code == 400
    assert client.post(CALLBACKS, data="{}", content_type="text/plain").status_code == 415
    assert (
        client.post(CALLBACKS, data='{"output":' + "9" * 5000 + "}", content_type="application/json").status_code == 400
    )


def test_a_body_that_is_too_large_is_refused(client):
    assert client.post(CALLBACKS, json=changed(output="x" * (LARGEST_BODY + 1))).status_code == 413


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=json_values, search=json_values)
def test_any_value_in_our_own_body_gives_a_page(client, path, search):
    assert client.post(CALLBACKS, json=body(path, search)).status_code == 200


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(crafted=json_values, name=st.sampled_from(sorted(body())))
def test_any_value_in_place_of_a_part_is_answered(client, crafted, name):
    assert client.post(CALLBACKS, json=changed(**{name: crafted})).status_code in (200, 400)


def choice(client, **values):
    """Ask as the controls of the page of a case do."""
    from casecurves_dashboard import ids

    given = {
        "zero": "flare-1",
        "unit": "auto",
        "show": ["albumin"],
        "order": "start",
        "support": "shown",
        "absent": "shown",
        "dose": "stated",
        "assume": "none",
        "view": "stacked",
        "rules": [],
        "invented": "kept_out",
        "path": "/case/sound",
        "search": "?lang=en",
    } | values
    controls = {
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
    inputs = [(control, "value", name) for name, control in controls.items()]
    state = [(ids.LOCATION, "pathname", "path"), (ids.LOCATION, "search", "search")]
    return client.post(
        CALLBACKS,
        json={
            "output": f"{ids.LOCATION}.search",
            "outputs": {"id": ids.LOCATION, "property": "search"},
            "inputs": [{"id": id_, "property": name, "value": given[key]} for id_, name, key in inputs],
            "state": [{"id": id_, "property": name, "value": given[key]} for id_, name, key in state],
            "changedPropIds": [f"{ids.ZERO}.value"],
        },
    )


def test_a_choice_becomes_an_address(client):
    from casecurves_dashboard import ids

    answer = choice(client).json["response"][ids.LOCATION]
    assert answer == {"search": "?lang=en&zero=flare-1&show=albumin"}


def test_a_choice_that_changes_nothing_is_no_news(client):
    for answer in (choice(client, zero="-", show=["albumin", "upcr"]), choice(client, path="/case/none")):
        assert answer.json["response"] == {}


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.fixed_dictionaries(
        dict.fromkeys(
            (
                "zero",
                "unit",
                "show",
                "order",
                "support",
                "absent",
                "dose",
                "assume",
                "view",
                "rules",
                "invented",
                "path",
                "search",
            ),
            json_values,
        )
    )
)
def test_any_choice_is_answered(client, values):
    assert choice(client, **values).status_code == 200


LONG = "x" * 10_000
ADDRESSES = [
    "/case/sound?row=%3Cscript%3Ealert(1)%3C/script%3E&at=%3Cb%3E&from=%22&to=%27",
    "/case/sound?from=1e308&to=inf&open=999999999999&axis=%00",
    "/case/sound?from=5&to=1&at=99999&zero=..%2F..%2Fetc%2Fpasswd",
    "/case/sound?row=%E2%80%AE&%E2%80%AE=%1b%5B31m&%FF=%FE",
    "/case/sound?=&&&==&row&at&from",
    f"/case/sound?{LONG}",
    f"/case/sound?row={LONG}&show={LONG}",
    "/case/sound?" + "&".join(f"p{i}=%3Cb%3E" for i in range(1000)),
    f"/case/{LONG}",
    "/case/%3Cimg%20src=x%20onerror=alert(1)%3E",
    "/?find=%3Cscript%3E&sort=%00&q=" + LONG,
]


@pytest.mark.parametrize("address", ADDRESSES, ids=range(len(ADDRESSES)))
def test_any_address_is_answered_by_a_page_that_runs_nothing_of_it(client, address, caplog):
    path, _, query = address.partition("?")
    response = client.get(address)
    assert response.status_code == (404 if "sound" not in path and path != "/" else 200)
    for text in ("<script>alert", "<img src=x onerror", "<b>", "Traceback", "\u202e", "\x1b"):
        assert text not in response.text
    assert len(response.text) < 400_000
    # Werkzeug hands a path to the page decoded, a browser its own way: both are answered.
    assert client.post(CALLBACKS, json=body(path, f"?{query}")).status_code == 200
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


@pytest.mark.parametrize("kind", ["text/html", "multipart/form-data", "application/x-www-form-urlencoded", "", "a"])
def test_a_body_of_another_kind_is_refused_in_one_line(client, kind):
    response = client.post(CALLBACKS, data=b"\x00\xff{}", content_type=kind)
    assert (response.status_code, response.mimetype) == (415, "text/plain")
    assert response.text.count("\n") == 1


@pytest.mark.parametrize(
    "data", [b"\xff\xfe", b"[" * 50_000, b'{"a":' * 5_000, b"NaN", b'{"output":NaN}', b'"\\ud800"']
)
def test_json_that_breaks_readers_is_refused(client, data, caplog):
    response = client.post(CALLBACKS, data=data, content_type="application/json")
    assert (response.status_code, response.text) == (400, "400 Bad Request\n")
    assert caplog.records == []


def test_two_readers_share_nothing(app):
    one, two = app.server.test_client(), app.server.test_client()
    first = one.post(CALLBACKS, json=body("/case/sound", "?lang=en")).json
    two.post(CALLBACKS, json=body("/case/sound", "?lang=fr&theme=dark&zero=flare-1&show="))
    assert one.post(CALLBACKS, json=body("/case/sound", "?lang=en")).json == first
    assert "Set-Cookie" not in one.get("/").headers


def test_nothing_of_a_case_is_written_to_the_log(client, caplog):
    caplog.set_level(logging.DEBUG, logger="casecurves.dashboard")
    client.post(CALLBACKS, json=body("/case/sound", "?lang=en"))
    client.get("/export/sound.png?width=90")
    assert "sound" not in caplog.text


def test_a_fault_of_ours_is_a_number_and_a_place(client, caplog, monkeypatch):
    def fail(*_, **__):
        raise ValueError("Mrs Secret")

    monkeypatch.setattr("casecurves_dashboard.routes.render", fail)
    response = client.get("/export/sound.png?width=90")
    assert (response.status_code, response.text) == (500, "500 Internal Server Error\n")
    assert "ValueError at test_security.py" in caplog.text
    assert "Secret" not in caplog.text


def test_no_variable_of_a_shell_opens_a_door(cases):
    code = """
import sys
from pathlib import Path
from casecurves_dashboard.app import create_app
client = create_app(Path(sys.argv[1])).server.test_client()
print(client.get("/_mcp").status_code, client.get("/").status_code, '"ui":true' in client.get("/").text)
"""
    import os

    doors = {
        "DASH_DEBUG": "1",
        "DASH_MCP_ENABLED": "true",
        "DASH_URL_BASE_PATHNAME": "/x/",
        "DASH_SUPPRESS_CALLBACK_EXCEPTIONS": "1",
    }
    paths = os.pathsep.join(path for path in sys.path if path)
    done = subprocess.run(
        [sys.executable, "-c", code, str(cases)],
        env={**os.environ, **doors, "HOST": "0.0.0.0", "PORT": "1", "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split() == ["404", "200", "False"], done.stderr


def test_the_document_says_what_it_is_before_any_script(client):
    page = client.get("/case/sound?lang=fr&theme=dark").text
    assert '<html lang="fr" data-mantine-color-scheme="dark">' in page
    assert "<title>Un cas sain – casecurves</title>" in page
    assert "/picture/sound.svg?lang=fr&amp;theme=dark" in page
    assert client.get("/", headers={"Accept-Language": "fr"}).text.count('<html lang="fr"') == 1
    assert "<title>&lt;b&gt;bold" in client.get("/case/hostile").text
