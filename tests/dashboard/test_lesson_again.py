"""A server that goes away in the middle of a lesson: no press is lost, none counts twice, and the lesson goes on."""

import re
import socket
from contextlib import contextmanager
from dataclasses import replace
from threading import Thread

import pytest
from dash.testing.wait import until
from dashboard.browsers import press, said
from dashboard.classroom import PATIENTS, Clock, begun, lesson_of, pressed
from dashboard.classroom import press as act
from dashboard.test_lesson_browser import begin, in_step, lost, place
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from werkzeug.serving import make_server

from casecurves.analysis.reveal import Blind
from casecurves_dashboard.app import create_app
from casecurves_dashboard.lesson_again import offered
from casecurves_dashboard.lessons import MOST, Full, Lessons, Now, Over, class_of

CASE = "mn-dupilumab-1"
KEY = "k" * 32


def resumed(kept, key=KEY, **there):
    return kept.resume(key, PATIENTS[CASE], "en", "light", 900, Now(**there))


def test_it_goes_on_where_it_stood_under_both_addresses():
    clock = Clock()
    kept, lesson = lesson_of(clock=clock)
    act(kept, lesson, "next", "next", "blind:drugs")
    fresh = Lessons(clock)
    again = resumed(fresh, lesson.key, at=2, blind=Blind(drugs=True), version=9)
    assert again.token == lesson.token and fresh.of_class(lesson.token) is again
    assert (again.now.at, again.now.blind, again.now.version, again.started) == (2, Blind(drugs=True), 9, 900)
    assert act(fresh, again, "next") == [True]


def test_what_the_class_knows_moves_nothing():
    server = create_app().server.test_client()
    _, following = begun(server, CASE)
    token = following.rsplit("/", 1)[-1]
    sent = {"who": "w", "seen": 1, "does": "next"}
    assert server.post(f"/present/{token}/act", json=sent).status_code == 404


def test_the_second_window_that_begins_again_joins_the_first():
    kept = Lessons(Clock())
    first = resumed(kept, at=3)
    assert resumed(kept, at=1) is first and first.now.at == 3


def test_a_place_that_is_not_there_any_more_is_the_first():
    assert resumed(Lessons(Clock()), at=999).now.at == 0, "the last would show the class how it ended"


def test_what_is_ended_after_a_restart_is_over_for_the_class_too():
    fresh = Lessons(Clock())
    fresh.end(KEY)
    assert fresh.ended(class_of(KEY))
    with pytest.raises(Over):
        resumed(fresh)


def test_a_secret_with_any_letter_is_simply_not_known():
    kept, _ = lesson_of()
    assert kept.of_presenter("clé") is None


def test_what_was_ended_is_over_and_there_is_only_so_much_room():
    kept, lesson = lesson_of()
    kept.end(lesson.key)
    assert kept.ended(lesson.token)
    with pytest.raises(Over):
        resumed(kept, lesson.key)
    for _ in range(MOST):
        kept.start(PATIENTS[CASE], "en", "light")
    with pytest.raises(Full):
        resumed(kept)


def offer(server, key):
    """What the presenter's window would send to begin again."""
    page = server.get(key).get_data(as_text=True)
    form = re.search(r'<form[^>]*action="([^"]+)"[^>]*data-again="".*?</form>', page, re.DOTALL)
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form[0])
    return form[1].replace("&amp;", "&"), dict(fields)


def test_a_presenter_has_all_that_a_server_started_anew_needs():
    before, after = (create_app().server.test_client() for _ in range(2))
    key, following = begun(before, CASE, lang="fr", theme="dark")
    pressed(before, key, "next", 1)
    pressed(before, key, "blind:drugs", 2)
    action, fields = offer(before, key)
    assert after.get(f"{following}/now?seen=3").status_code == 404
    assert after.post(action, data=fields).location == key
    told = after.get(f"{following}/now?seen=3")  # the class still shows the third
    assert told.status_code == 200 and "ciclosporine" not in told.json["html"]
    page = after.get(key).get_data(as_text=True)
    assert 'lang="fr"' in page and "2 sur" in page and 'data-mantine-color-scheme="dark"' in page
    assert "mn-dupilumab-1" not in after.get(following).get_data(as_text=True)


def test_only_what_a_page_of_ours_sends_begins_again():
    server = create_app().server.test_client()
    good = {"case": CASE, "started": "900", "at": "1", "version": "3", "blind": "drugs"}
    for wrong in ({"at": "-1"}, {"at": "²"}, {"version": "9" * 13}, {"started": ""}, {"blind": "all"}):
        assert server.post(f"/present/{KEY}/again", data=good | wrong).status_code == 400, wrong
    assert server.post("/present/short/again", data=good).status_code == 400
    assert server.post(f"/present/{KEY}/again", data=good | {"case": "vitiligo-ruxolitinib-trials"}).status_code == 404
    other = {"Sec-Fetch-Site": "cross-site"}
    assert server.post(f"/present/{KEY}/again", data=good, headers=other).status_code == 403
    assert server.post(f"/present/{KEY}/again", data=good).status_code == 303


def test_a_lesson_that_is_only_tried_is_not_offered_again():
    server = create_app().server.test_client()
    text = '[[stops]]\nid = "a"\nat = "dupilumab"\nquestion = "Why?"\nanswer = "Because."\nlocator = "x"\n'
    answer = server.post(f"/teach/{CASE}", data={"text": text, "does": "try"})
    assert answer.status_code == 303
    assert "data-again" not in server.get(answer.location).get_data(as_text=True)


# In real browsers, with a server that can be taken away.


class Host:
    """An address at which a server can be there or not."""

    def __init__(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    @contextmanager
    def serving(self, app):
        server = make_server("127.0.0.1", self.port, app.server, threaded=True)
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


def pictured(driver):
    return said(driver, "[...document.images].every(i => i.complete && i.naturalWidth > 0) && document.images.length")


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_press_in_the_dark_counts_once_and_a_server_started_anew_goes_on_where_it_was(windows, lang):
    host, app = Host(), create_app()
    with host.serving(app):
        teacher, address = begin(lambda path: windows(host.url + path), CASE, lang)
        student = windows(address)
        press(teacher, Keys.SPACE, Keys.SPACE)
        until(lambda: place(teacher) == 3, timeout=60)
        in_step(teacher, student)
        until(lambda: pictured(student), timeout=60)
    seen = said(student, "document.querySelector('[data-view]').textContent")
    until(lambda: lost(teacher) and lost(student), timeout=60)
    press(teacher, Keys.SPACE, Keys.SPACE, Keys.SPACE)  # nothing happens, so it is pressed again
    waits = said(teacher, "document.querySelector('[data-lesson]').dataset.waits")
    until(lambda: said(teacher, "document.querySelector('[data-status]').textContent") == waits, timeout=60)
    student.set_window_size(1000, 700)
    assert said(student, "document.querySelector('[data-view]').textContent") == seen and pictured(student)
    with host.serving(app):
        until(lambda: place(teacher) == 4 and not lost(teacher) and not lost(student), timeout=60)
        in_step(teacher, student)
        seen = said(student, "document.querySelector('[data-view]').textContent")
    with host.serving(create_app()):
        until(lambda: teacher.find_element(By.CSS_SELECTOR, "[data-again]").is_displayed(), timeout=60)
        paused = said(student, "document.querySelector('[data-lesson]').dataset.paused")
        until(lambda: said(student, "document.querySelector('[data-status]').textContent") == paused, timeout=60)
        assert said(student, "document.querySelector('[data-view]').textContent") == seen and pictured(student)
        teacher.find_element(By.CSS_SELECTOR, "[data-again] button").click()
        until(lambda: teacher.find_elements(By.CSS_SELECTOR, ".place") and place(teacher) == 4, timeout=60)
        until(lambda: not lost(student), timeout=60)
        press(teacher, Keys.SPACE)
        until(lambda: place(teacher) == 5, timeout=60)
        in_step(teacher, student)
        assert said(student, "document.querySelector('[data-view]').textContent") != seen and pictured(student)


def test_no_way_back_to_a_case_that_is_forgotten_with_its_lesson():
    _, lesson = lesson_of()
    assert offered(lesson, lesson.now)
    lesson.case = replace(lesson.case, id="own-0123456789abcdef")
    assert offered(lesson, lesson.now) == []
