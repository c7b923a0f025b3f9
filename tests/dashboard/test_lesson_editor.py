"""A lesson is written in the browser: every fault with its line, kept with a case of one's own, saved for any other."""

import re
from html.parser import HTMLParser
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


def fields(page):
    """What the form of a page says, as a browser would send it."""
    read = Form()
    read.feed(page)
    return read.said


class Form(HTMLParser):
    def __init__(self):
        super().__init__()
        self.said, self._name, self._text = {}, "", ""

    def handle_starttag(self, tag, attrs):
        got = dict(attrs)
        if tag == "input" and (got["type"] != "checkbox" or "checked" in got):
            self.said[got["name"]] = got["value"]
        if tag in ("textarea", "select"):
            self._name, self._text = got["name"], ""
        if tag == "option" and "selected" in got:
            self.said[self._name] = got["value"]

    def handle_data(self, data):
        self._text += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.said[self._name] = self._text.removeprefix("\n")


def wrong(page):
    """What is said at which field."""
    found = re.findall(r'<div id="wrong-([^"]*)" class="wrong"[^>]*>(.*?)</div>', page)
    return {name: re.sub(r"<[^>]*>", "", text) for name, text in found if text}


def test_the_page_shows_the_lesson_as_it_is_and_where_its_stops_lie(client):
    page = client.get("/teach/mn-dupilumab-1/edit?lang=fr").text
    assert "choice-after-escape" in page and "étape 5" in page
    assert "Rien à redire" in page and wrong(page) == {}
    assert 'href="/teach/mn-dupilumab-1/edit?lang=fr"' in client.get("/teach/mn-dupilumab-1?lang=fr").text


@pytest.mark.parametrize("case_id", sorted(path.parent.name for path in shipped_cases().glob("*/teaching.toml")))
def test_a_form_sent_as_it_came_says_the_same_lesson(client, case_id):
    said = fields(client.get(f"/teach/{case_id}/edit?lang=fr").text)
    saved = client.post(f"/teach/{case_id}/teaching.toml", data=said).text
    written = (shipped_cases() / case_id / "teaching.toml").read_text(encoding="utf-8")
    assert read_teaching(saved) == read_teaching(written)


def test_a_case_without_a_lesson_begins_with_an_empty_one(client):
    page = client.get("/teach/mn-dupilumab-1-illustrative/edit").text
    assert "There is no question yet" in page and "Nothing is wrong" in page


def test_when_a_question_is_asked_is_chosen_among_steps_in_words(client):
    page = client.get("/teach/mn-dupilumab-1/edit").text
    chosen = re.search(r'<select id="stops.1.at".*?</select>', page)[0]
    assert chosen.count("<option") == 1 + 13
    assert re.findall(r"<option selected[^>]*>([^<]*)", chosen) == ["5. (by D−1) response lost (4–5 months)"]


def test_every_fault_is_told_at_its_field_and_nothing_typed_is_lost(client):
    said = {
        "stops.1.id": "a",
        "stops.1.at": "some day",
        "stops.1.kind": "single",
        "stops.1.question_fr": " Pourquoi ?\r\nVraiment ? ",
        "stops.1.options.1.text": "",
        "stops.1.options.1.right": "on",
        "stops.1.options.2.text": "b",
        "stops.1.options.2.right": "on",
        "stops.1.rule": "my-own",
        "known.1": "nobody",
    }
    page = client.post("/teach/mn-dupilumab-1/edit", data={**said, "does": "check"}).text
    assert sorted(wrong(page)) == [
        "known",
        "stops.1.at",
        "stops.1.locator",
        "stops.1.options",
        "stops.1.options.1.text",
        "stops.1.rule",
    ]
    again = fields(page)
    for name, text in said.items():
        assert again[name] == text.replace("\r\n", "\n"), name
    for name in wrong(page):  # and each is named above, with the way to it
        assert f'href="#{name}"' in page


def test_a_question_just_added_is_not_called_faulty_before_anybody_asks(client):
    page = client.post("/teach/mn-dupilumab-1-illustrative/edit", data={"does": "add:stops"}).text
    assert fields(page)["stops.1.id"] == "question-1" and wrong(page) == {}
    page = client.post("/teach/mn-dupilumab-1-illustrative/edit", data={**fields(page), "does": "check"}).text
    assert set(wrong(page)) == {"stops.1.at", "stops.1.question", "stops.1.answer"}
    page = client.post("/teach/mn-dupilumab-1-illustrative/edit?lang=fr", data={**fields(page), "does": "check"}).text
    assert set(wrong(page)) == {"stops.1.at", "stops.1.question_fr", "stops.1.answer_fr"}


def test_a_text_is_shown_as_a_form_only_where_the_form_can_say_all_of_it(client):
    page = client.post("/teach/mn-dupilumab-1/edit", data={"text": GOOD, "does": "form"}).text
    assert fields(page)["stops.1.question"] == "Why now?"
    for text in (GOOD + 'answr = "x"\n', "[[stops]\n", "stops = 3\n", GOOD.replace('"a"', "5")):
        page = client.post("/teach/mn-dupilumab-1/edit", data={"text": text, "does": "form"}).text
        assert fields(page)["text"] == text and "The form cannot show" in page
    page = client.post("/teach/mn-dupilumab-1/edit", data={"text": BAD, "does": "check"}).text
    assert fields(page)["text"] == BAD and "has no answer" in page and "nowhere" in page


@pytest.mark.parametrize("text", ["[[stops]\n", BAD, GOOD + "[[stops]]\nid = 3\n"])
def test_a_lesson_that_cannot_be_read_is_not_begun_and_not_lost(client, text):
    answer = client.post("/teach/mn-dupilumab-1", data={"text": text, "does": "try"})
    assert answer.status_code == 200 and "has not begun" in answer.text
    assert fields(answer.text)["text"] == text
    answer = client.post("/teach/mn-dupilumab-1", data={"stops.1.question": "Why?", "does": "try"})
    assert "has not begun" in answer.text and "stops.1.at" in wrong(answer.text)
    assert fields(answer.text)["stops.1.question"] == "Why?"


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


@pytest.mark.parametrize(
    "fields_",
    [
        {f"stops.{'9' * 5000}.question": "?"},
        {"does": f"up:stops.{'9' * 5000}"},
        {"does": f"add:stops.{'9' * 5000}.options"},
    ],
)
def test_a_number_that_no_form_has_is_passed_over(client, fields_):
    answer = client.post("/teach/mn-dupilumab-1/edit?lang=en", data=fields_)
    assert answer.status_code == 200 and "<form" in answer.text
