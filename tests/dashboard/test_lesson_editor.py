"""A lesson is written in the browser: every fault with its line, kept with a case of one's own, saved for any other."""

from urllib.parse import quote

import pytest

from casecurves.io import shipped_cases
from casecurves.io.lesson import read_teaching
from casecurves_dashboard.app import create_app
from casecurves_dashboard.uploads import COOKIE

GOOD = '[[stops]]\nid = "a"\nat = "dupilumab"\nquestion = "Why now?"\nanswer = "The atopy."\nlocator = "Text"\n'
BAD = GOOD.replace('answer = "The atopy."\n', "").replace("dupilumab", "nowhere")


@pytest.fixture
def app():
    return create_app()


@pytest.fixture
def client(app):
    return app.server.test_client()


@pytest.fixture
def own(app, client):
    """A case of this browser's own; its address."""
    client.set_cookie(COOKIE, "mine")
    folder = shipped_cases() / "mn-dupilumab-1"
    files = {path.name: path.read_bytes() for path in folder.glob("*.*") if path.name != "teaching.toml"}
    kept = app.library.own.keep("mine", files)
    assert kept.received.case is not None
    return kept.id


def test_the_page_shows_the_lesson_as_it_is_and_where_its_stops_lie(client):
    page = client.get("/teach/mn-dupilumab-1/edit?lang=fr").text
    assert "choice-after-escape" in page and "Étape 5" in page
    assert "Rien à redire" in page
    assert 'href="/teach/mn-dupilumab-1/edit?lang=fr"' in client.get("/teach/mn-dupilumab-1?lang=fr").text


def test_a_case_without_a_lesson_begins_with_an_empty_one(client):
    page = client.get("/teach/mn-dupilumab-1-illustrative/edit").text
    assert "known = []" in page and "Nothing is wrong" in page


def test_every_fault_is_told_with_its_line_and_nothing_typed_is_lost(client):
    page = client.post("/teach/mn-dupilumab-1/edit", data={"text": BAD, "does": "check"}).text
    assert "teaching.toml" in page and "has no answer" in page and "nowhere" in page
    assert "Why now?" in page


def test_what_is_typed_is_text(client):
    page = client.post("/teach/mn-dupilumab-1/edit", data={"text": "</textarea><script>alert(1)</script>"}).text
    assert "<script>alert" not in page and page.count("<script") == 1


def test_a_lesson_is_kept_with_a_case_of_ones_own_and_goes_with_its_files(app, client, own):
    page = client.post(f"/teach/{own}/edit", data={"text": GOOD, "does": "keep"}).text
    assert "Kept with the case" in page
    found = app.library.own.find("mine", own)
    assert [stop.id for stop in found.received.case.teaching.stops] == ["a"]
    assert found.received.files["teaching.toml"].decode() == GOOD
    assert "Why now?" in client.get(f"/teach/{own}").text
    assert b"teaching.toml" in client.get(f"/files/{own}.zip").data


def test_a_shipped_case_is_not_changed_and_its_lesson_can_be_saved(client):
    before = folder_files_of("mn-dupilumab-1")
    client.post("/teach/mn-dupilumab-1/edit", data={"text": GOOD, "does": "keep"})
    assert folder_files_of("mn-dupilumab-1") == before
    saved = client.post("/teach/mn-dupilumab-1/teaching.toml", data={"text": GOOD.replace("\n", "\r\n")})
    assert saved.headers["Content-Disposition"] == 'attachment; filename="teaching.toml"'
    lesson, issues = read_teaching(saved.text)
    assert issues == [] and lesson.stops[0].question == "Why now?"


def folder_files_of(case_id):
    return {path.name: path.read_bytes() for path in (shipped_cases() / case_id).iterdir()}


def test_a_lesson_can_be_tried_before_it_is_kept(client):
    begun = client.post("/teach/mn-dupilumab-1", data={"text": GOOD})
    assert "Why now?" in client.get(begun.location).text
    assert "Why now?" not in client.get("/teach/mn-dupilumab-1").text


def test_another_browser_neither_sees_nor_changes_it(app, client, own):
    other = app.server.test_client()
    for path in (f"/teach/{own}", f"/teach/{own}/edit"):
        assert other.get(path).status_code == 404
    assert other.post(f"/teach/{own}/edit", data={"text": GOOD, "does": "keep"}).status_code == 404
    assert app.library.own.find("mine", own).received.case.teaching is None
    begun = client.post(f"/teach/{quote(own)}")
    following = client.get(begun.location).text.partition('href="/class/')[2].partition('"')[0]
    assert other.get(f"/class/{following}").status_code == 200  # the class may see what is told of it


def test_whoever_takes_a_case_back_ends_its_lessons(app, client, own):
    begun = client.post(f"/teach/{own}").location
    app.server.test_client().post(f"/files/{own}/remove")  # of another browser: nothing happens
    assert client.get(begun).status_code == 200
    client.post(f"/files/{own}/remove")
    assert client.get(begun).status_code == 404


def test_another_site_writes_nothing(client, own):
    for path in (f"/teach/{own}/edit", f"/teach/{own}/teaching.toml"):
        answer = client.post(path, data={"text": GOOD}, headers={"Sec-Fetch-Site": "cross-site"})
        assert answer.status_code == 403


def test_a_lesson_too_long_to_be_one_is_refused(client):
    assert client.post("/teach/mn-dupilumab-1/edit", data={"text": "#" * 3_000_000}).status_code == 413
