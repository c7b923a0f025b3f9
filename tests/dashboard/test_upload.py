"""A case of one's own: whose it is, how long it is kept, what is refused, and that nothing goes to disk."""

import builtins
import io
import tempfile
from base64 import b64encode

import openpyxl
import pytest
from dashboard.build import body, texts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from workbooks import filled, put, saved

from casecurves.io import receive
from casecurves.io.archive import LARGEST_UPLOAD
from casecurves.words import say
from casecurves_dashboard import ids, uploads
from casecurves_dashboard.app import create_app
from casecurves_dashboard.security import LARGEST_BODY
from casecurves_dashboard.uploads import COOKIE, LIFETIME_S, MOST_PER_BROWSER, Full, Uploads

CALLBACKS = "/_dash-update-component"
BOOK = saved(filled())


def faulty():
    book = filled()
    put(book["measurements"], "time", 2, "in May")
    put(book["therapies"], "dose", 2, "much")
    return saved(book)


def sent(contents, names, search="?lang=en"):
    """The body that our own page sends when files are dropped."""
    outputs = [(ids.LOCATION, "pathname"), (ids.LOCATION, "search"), (ids.UPLOAD_SAID, "children")]
    inputs = [(ids.UPLOAD, "contents", contents)]
    state = [(ids.UPLOAD, "filename", names), (ids.LOCATION, "search", search)]
    return inputs, state, outputs


def drop(client, *files, search="?lang=en"):
    contents = [f"data:application/octet-stream;base64,{b64encode(data).decode()}" for _, data in files]
    return post(client, contents, [name for name, _ in files], search)


def post(client, contents, names, search="?lang=en"):
    inputs, state, _ = sent(contents, names, search)
    known = client.get("/_dash-dependencies").json
    callback = next(each for each in known if each["inputs"][0]["id"] == ids.UPLOAD)
    joined = callback["output"]
    named = [part.rsplit(".", 1) for part in joined.strip(".").split("...")]
    return client.post(
        CALLBACKS,
        json={
            "output": joined,
            "outputs": [{"id": each, "property": prop} for each, prop in named],
            "inputs": [{"id": each, "property": prop, "value": value} for each, prop, value in inputs],
            "state": [{"id": each, "property": prop, "value": value} for each, prop, value in state],
            "changedPropIds": [f"{ids.UPLOAD}.contents"],
        },
    )


def went(response):
    """Where the page goes after a file was dropped."""
    assert response.status_code == 200, response.text
    return response.json["response"][ids.LOCATION]["pathname"]


def shown(client, path, search="?lang=en"):
    answer = client.post(CALLBACKS, json=body(path, search)).json["response"]
    return texts(answer[ids.MAIN]["children"])


# --------------------------------------------------------------------------------------------------- pages


def test_a_dropped_workbook_is_a_page_with_all_that_a_shipped_case_has(client):
    path = went(drop(client, ("mine.xlsx", BOOK)))
    page = "\n".join(shown(client, path))
    assert "A course" in page
    assert "mine.xlsx" in page
    assert client.get(path).status_code == 200
    case_id = path.rsplit("/", 1)[1]
    for address in (f"/picture/{case_id}.svg?lang=en", f"/export/{case_id}.png?lang=en&dpi=100"):
        assert client.get(address).status_code == 200, address
    for tab in ("tables", "issues"):
        assert shown(client, path, f"?lang=en&tab={tab}")
    assert "A course" in "\n".join(shown(client, "/"))


def test_findings_stand_by_sheet_and_cell_all_at_once(client):
    path = went(drop(client, ("mine.xlsx", faulty())))
    page = "\n".join(shown(client, path, "?lang=en&tab=issues"))
    assert "measurements!J2" in page
    assert "therapies!C2" in page


def test_a_file_that_is_no_case_says_why_in_the_language_of_the_page(client):
    path = went(drop(client, ("photo.xlsx", b"\x89PNG"), search="?lang=fr"))
    page = "\n".join(shown(client, path, "?lang=fr"))
    assert "ni un classeur ni un zip" in page
    assert "photo.xlsx" in page
    assert client.get(f"/files/{path.rsplit('/', 1)[1]}.zip").status_code == 404


def test_two_workbooks_at_once_are_told_apart_in_words(client):
    path = went(drop(client, ("a.xlsx", BOOK), ("a.xlsx", BOOK)))
    assert "2 files were dropped at once" in "\n".join(shown(client, path))
    assert "a.xlsx, 1-a.xlsx" in shown(client, path), "the page is called after them"


def test_the_case_goes_home_as_a_folder_and_as_a_workbook(client):
    path = went(drop(client, ("Mine (2).xlsx", faulty())))
    case_id = path.rsplit("/", 1)[1]
    for fmt in ("zip", "xlsx"):
        response = client.get(f"/files/{case_id}.{fmt}")
        assert f'filename="mine-2.{fmt}"' in response.headers["Content-Disposition"]
        assert response.headers["Cache-Control"] == "no-store"
        again = receive({f"mine.{fmt}": response.data})
        assert {"time.unreadable", "number.unreadable"} <= {issue.code for issue in again.report}
        assert len(again.case.rows()) == 4
    assert client.get("/files/sound.zip").status_code == 200
    assert client.get("/files/none.zip").status_code == 404


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_template_is_there(client, lang):
    response = client.get(f"/template.xlsx?lang={lang}")
    assert f"casecurves-{lang}.xlsx" in response.headers["Content-Disposition"]
    assert "case" in openpyxl.load_workbook(io.BytesIO(response.data)).sheetnames


def test_an_empty_library_takes_a_case_too(tmp_path):
    client = create_app(tmp_path).server.test_client()
    assert "A case of your own" in shown(client, "/")
    assert client.get(went(drop(client, ("a.xlsx", BOOK)))).status_code == 200


# ------------------------------------------------------------------------------------------- whose, how long


def test_another_browser_sees_nothing_of_it(app):
    mine, other = app.server.test_client(), app.server.test_client()
    path = went(drop(mine, ("mine.xlsx", BOOK)))
    case_id = path.rsplit("/", 1)[1]
    drop(other, ("theirs.xlsx", faulty()))
    assert mine.get(path).status_code == 200
    for address in (path, f"/files/{case_id}.zip", f"/picture/{case_id}.svg", f"/export/{case_id}.png"):
        assert other.get(address).status_code == 404, address
    assert not [text for text in shown(other, path) if "A course" in text]
    assert "mine.xlsx" not in "\n".join(shown(other, "/"))
    other.post(f"/files/{case_id}/remove")
    assert mine.get(path).status_code == 200
    assert mine.post(f"/files/{case_id}/remove?lang=fr").headers["Location"] == "/?lang=fr"
    assert mine.get(path).status_code == 404


def test_the_cookie_is_for_this_site_and_no_script(client):
    response = drop(client, ("a.xlsx", BOOK))
    (cookie,) = response.headers.getlist("Set-Cookie")
    assert cookie.startswith(f"{COOKIE}=")
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Max-Age" not in cookie
    assert len(client.get_cookie(COOKIE).value) >= 40
    first = client.get_cookie(COOKIE).value
    drop(client, ("a.xlsx", BOOK))
    assert client.get_cookie(COOKIE).value == first


def test_a_page_without_a_case_of_ones_own_sets_no_cookie(client):
    assert "Set-Cookie" not in client.get("/").headers


def test_it_is_forgotten_in_time():
    now = [1000.0]
    kept = Uploads(lambda: now[0])
    own = kept.keep("me", {"a.xlsx": BOOK})
    now[0] += LIFETIME_S - 1
    assert kept.find("me", own.id) is own
    now[0] += 1
    assert kept.find("me", own.id) is None
    assert kept.of("me") == ()


def test_what_is_full_refuses_and_forgets_nothing(monkeypatch):
    kept = Uploads()
    first = [kept.keep("me", {"a.xlsx": b""}) for _ in range(MOST_PER_BROWSER)]
    with pytest.raises(Full, match="browser"):
        kept.keep("me", {"a.xlsx": BOOK})
    monkeypatch.setattr(uploads, "MOST", MOST_PER_BROWSER + 1)
    kept.keep("you", {"a.xlsx": BOOK})
    with pytest.raises(Full, match="server"):
        kept.keep("they", {"a.xlsx": BOOK})
    assert kept.of("me") == tuple(first)
    kept.remove("me", first[0].id)
    assert len(kept.of("me")) == MOST_PER_BROWSER - 1
    monkeypatch.setattr(uploads, "MOST_ROWS", 6)
    with pytest.raises(Full, match="server"):
        kept.keep("they", {"a.xlsx": BOOK})


def test_a_full_server_says_so_on_the_page(client):
    for _ in range(MOST_PER_BROWSER):
        drop(client, ("a.xlsx", b""))
    answer = drop(client, ("a.xlsx", BOOK)).json["response"]
    assert ids.LOCATION not in answer
    assert "Remove one of them first" in str(answer[ids.UPLOAD_SAID])


def test_a_refusal_takes_the_place_of_what_was_said_while_it_was_read(dash_duo, cases, tmp_path, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_PER_BROWSER", 0)
    file = tmp_path / "mine.xlsx"
    file.write_bytes(BOOK)
    dash_duo.start_server(create_app(cases))
    dash_duo.driver.get(f"{dash_duo.server_url}/?lang=en")
    dash_duo.wait_for_element(".drop input[type=file]", timeout=60)
    for _ in range(2):  # a second one is told as the first
        dash_duo.find_element(".drop input[type=file]").send_keys(str(file))
        dash_duo.wait_for_text_to_equal(
            f"#{ids.UPLOAD_SAID}", say("upload.full.browser", "en", most=MOST_PER_BROWSER), timeout=60
        )
    assert dash_duo.get_logs() == []


def test_a_control_of_a_case_that_is_gone_says_so(client):
    path = went(drop(client, ("mine.xlsx", BOOK)))
    client.post(f"/files/{path.rsplit('/', 1)[1]}/remove?lang=fr", headers={"Sec-Fetch-Site": "same-origin"})
    known = client.get("/_dash-dependencies").json
    callback = next(each for each in known if each["inputs"][0]["id"] == ids.ZERO)
    places = [("pathname", path), ("search", "?lang=fr")]
    sent = {
        "output": callback["output"],
        "outputs": {"id": ids.LOCATION, "property": "search"},
        "inputs": [{**each, "value": "months" if each["id"] == ids.UNIT else None} for each in callback["inputs"]],
        "state": [{"id": ids.LOCATION, "property": name, "value": value} for name, value in places],
        "changedPropIds": [f"{ids.UNIT}.value"],
    }
    answer = client.post(CALLBACKS, json=sent).json
    assert say("dashboard.case_gone", "fr") in texts(answer["sideUpdate"][ids.PROBLEM]["children"])


def test_nothing_goes_to_disk(client, monkeypatch):
    written = []
    really = builtins.open

    def watched(file, mode="r", *more, **named):
        if set(mode) & set("wxa+"):
            written.append(file)
        return really(file, mode, *more, **named)

    monkeypatch.setattr(builtins, "open", watched)
    monkeypatch.setattr(tempfile, "mkstemp", lambda *a, **b: written.append("temporary"))
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda *a, **b: written.append("temporary"))
    path = went(drop(client, ("mine.xlsx", BOOK)))
    client.get(path)
    for fmt in ("zip", "xlsx"):
        client.get(f"/files/{path.rsplit('/', 1)[1]}.{fmt}")
    assert written == []


# ------------------------------------------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("contents", "names"),
    [
        ("data:;base64,AAAA", "a.xlsx"),
        ([], []),
        (["data:;base64,AAAA"], []),
        (["data:;base64,AAAA"], [7]),
        (["data:;base64,AAAA"], ["x" * 2000]),
        ([{"type": "Iframe"}], ["a.xlsx"]),
        (["file:///etc/passwd"], ["a.xlsx"]),
        (["data:;base64,not base 64!"], ["a.xlsx"]),
    ],
)
def test_what_our_page_would_not_send_is_refused(client, contents, names):
    response = post(client, contents, names)
    assert response.status_code == 400 or "problem" in response.text
    assert client.get_cookie(COOKIE) is None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.recursive(st.none() | st.integers() | st.text(max_size=20), lambda inner: st.lists(inner, max_size=3)))
def test_any_content_is_answered(client, data):
    assert post(client, data, data).status_code in (200, 204, 400)


def test_a_name_is_only_a_name(client):
    path = went(drop(client, ("../../<b>etc</b>/passwd.xlsx", BOOK)))
    assert "../../<b>etc</b>/passwd.xlsx" in "\n".join(shown(client, path))
    answer = client.get(f"/files/{path.rsplit('/', 1)[1]}.zip")
    assert 'filename="passwd.zip"' in answer.headers["Content-Disposition"]


def test_only_a_file_may_be_large(client):
    large = body("/", "?" + "x" * (LARGEST_BODY + 1))
    assert client.post(CALLBACKS, json=large).status_code == 413
    path = went(drop(client, ("a.xlsx", b"PK\x03\x04" + bytes(LARGEST_UPLOAD - 10))))
    assert "damaged" in "\n".join(shown(client, path))
    assert drop(client, ("a.xlsx", bytes(LARGEST_UPLOAD + 200_000))).status_code == 413
