"""A teacher's hour in real browsers: one window presents, others follow, and none of them ever has what comes later."""

import json
import time

import pytest
from dash.testing.wait import until
from dashboard.browsers import press, said
from dashboard.everybody import hindrances
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from casecurves import load
from casecurves.analysis.reveal import telling
from casecurves.knowledge.fold import fold
from casecurves_dashboard.lessons import GONE_S

CASE = "dm-mda5-ruxolitinib"
# What gives the end away, and the step at which it may first be read.
GIVEN_AWAY = {
    "ruxolitinib": "ruxolitinib",
    "cyclophosphamide": "cyclophosphamide",
    "carcinoma": "lung-carcinoma",
    "small cell": "lung-carcinoma",
    "organ failure": "organ-failure",
    "etoposide": "etoposide",
    "embolism": "no-embolism",
    "jalles": "",
    "revue de medecine": "",
    "mda5 ruxolitinib": "",
    "pharmacovigilance": "pharmacovigilance",
}


def received(driver):
    """All that has reached a browser since it was last asked: addresses, bodies, and what stands on the page."""
    found = [driver.page_source, driver.current_url, driver.title]
    for entry in driver.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.responseReceived":
            answer = message["params"]
            found.append(answer["response"]["url"])
            try:
                body = driver.execute_cdp_cmd("Network.getResponseBody", {"requestId": answer["requestId"]})
            except Exception:  # noqa: BLE001 - an empty answer has no body
                continue
            found.append(body["body"])
    return fold(" ".join(found))


def begin(window, case=CASE, lang="en"):
    """Begin a lesson; return the presenter's window and the address of the class."""
    teacher = window(f"/case/{case}?lang={lang}")
    until(lambda: teacher.find_elements(By.CSS_SELECTOR, ".teach-link a"), timeout=60)
    teacher.execute_script("document.querySelector('.teach-link a').click()")
    until(lambda: teacher.find_elements(By.CSS_SELECTOR, "button.primary"), timeout=60)
    teacher.find_element(By.CSS_SELECTOR, "button.primary").click()
    until(lambda: teacher.find_elements(By.CSS_SELECTOR, ".lesson-where a"), timeout=60)
    return teacher, teacher.find_element(By.CSS_SELECTOR, ".lesson-where a").get_attribute("href")


def place(driver):
    return int(said(driver, "document.querySelector('.place').textContent").split()[0])


def version(driver):
    return int(said(driver, "document.querySelector('[data-lesson]').dataset.version"))


def lost(driver):
    return not said(driver, "document.querySelector('[data-status]').hidden")


def in_step(teacher, *others):
    until(lambda: len({version(driver) for driver in (teacher, *others)}) == 1, timeout=60)


def test_a_lesson_is_told_from_first_to_last_and_the_class_never_has_more(windows):
    teacher, address = begin(windows)
    student = windows(address, (1920, 1080))
    case = load(CASE)
    told = telling(case)
    beats = int(said(teacher, "document.querySelector('.place').textContent").split()[-1])
    comes = {word: next((s.number for s in told if row in s.points), len(told) - 1) for word, row in GIVEN_AWAY.items()}
    asked = set()
    for at in range(1, beats + 1):
        until(lambda: place(teacher) == at, timeout=60)  # noqa: B023 - asked at once
        in_step(teacher, student)
        until(
            lambda: said(student, "[...document.images].every(i => i.complete && i.naturalWidth)"),
            timeout=60,
        )
        asked.add(said(student, "document.querySelector('.lesson-question')?.textContent || ''"))
        here = said(teacher, "document.querySelector('.jumps [aria-current]')?.textContent || ''")
        text = received(student)
        step = int(here.split(".")[0]) - 1 if here[:1].isdigit() else None
        if step is not None:
            for word, first in comes.items():
                assert step >= first or word not in text or _asked_about(word, case), (word, step)
        press(teacher, Keys.PAGE_DOWN)
    assert len(asked - {""}) == len(case.teaching.stops)
    assert "small-cell" in student.page_source
    assert [entry for entry in student.get_log("browser") if entry["level"] == "SEVERE"] == []
    teacher.find_element(By.CSS_SELECTOR, "form button").click()
    until(lambda: "no lesson" in said(student, "document.body.textContent"), timeout=60)
    student.get(address)
    assert "There is no lesson" in student.page_source


def _asked_about(word, case):
    """Whether the teacher's own questions and answers name it, which are shown when the teacher shows them."""
    return any(word in fold(f"{stop.question} {stop.answer} {stop.reason}") for stop in case.teaching.stops)


FITS = """
const image = document.querySelector('.lesson-figure img'), root = document.documentElement;
return image.complete && image.naturalWidth > 0 && root.scrollHeight <= window.innerHeight
  && image.getBoundingClientRect().bottom <= window.innerHeight;
"""


def test_the_class_sees_all_of_every_step_without_scrolling(windows):
    teacher, address = begin(windows)
    projector = windows(address, size=(1920, 1080))
    steps = int(said(teacher, "document.querySelector('.place').textContent").split()[-1])
    for at in range(1, steps + 1):
        in_step(teacher, projector)
        until(lambda: projector.execute_script(FITS), timeout=60, msg=f"step {at} does not fit")
        press(teacher, Keys.ARROW_RIGHT)
        until(lambda at=at: place(teacher) == min(at + 1, steps), timeout=60)


def test_a_fast_clicker_loses_nothing_and_a_held_key_does_not_run_away(windows):
    teacher, address = begin(windows, "mn-dupilumab-1")
    student = windows(address)
    press(teacher, *[Keys.ARROW_RIGHT] * 6)
    until(lambda: place(teacher) == 7, timeout=60)
    press(teacher, Keys.ARROW_LEFT, Keys.PAGE_UP)
    until(lambda: place(teacher) == 5, timeout=60)
    in_step(teacher, student)
    press(teacher, "s")
    until(lambda: student.find_elements(By.CSS_SELECTOR, ".lesson-question"), timeout=60)
    # The presenter reads the question without scrolling.
    ends = "document.querySelector('.mirror .lesson-question').getBoundingClientRect().bottom <= window.innerHeight"
    assert said(teacher, ends)
    press(teacher, Keys.HOME)
    until(lambda: place(teacher) == 1, timeout=60)


# Each moment at which a class sees words: their version, and whether their picture is there.
WATCHED = """
window.seen = [];
setInterval(function () {
  const image = document.querySelector('.lesson-figure img');
  window.seen.push([Number(document.querySelector('[data-lesson]').dataset.version),
    Number(new URL(image.src).searchParams.get('v')), image.complete && image.naturalWidth > 0]);
}, 10);
"""
# Quicker than any hand: twelve forward, twelve back, eight forward.
HURRY = """
[["ArrowRight", 12], ["ArrowLeft", 12], ["ArrowRight", 8]].forEach(function ([key, often]) {
  for (let n = 0; n < often; n++) document.body.dispatchEvent(new KeyboardEvent("keydown", {key: key, bubbles: true}));
});
"""


def test_words_never_stand_without_their_picture_and_no_press_of_a_hurry_is_dropped(windows):
    teacher, address = begin(windows, "mn-dupilumab-1")
    student = windows(address)
    until(lambda: said(student, "document.querySelector('.lesson-figure img').naturalWidth > 0"), timeout=60)
    student.execute_script(WATCHED)
    teacher.execute_script(HURRY)
    until(lambda: version(teacher) == 33, timeout=120)
    in_step(teacher, student)
    assert place(teacher) == 9
    seen = said(student, "window.seen")
    assert {words for words, _, _ in seen} >= {1, 33}
    assert [moment for moment in seen if moment[0] != moment[1] or not moment[2]] == []


def test_who_joins_late_or_comes_back_sees_what_the_others_see(windows):
    teacher, address = begin(windows, "mn-dupilumab-1")
    student = windows(address)
    press(teacher, Keys.SPACE, Keys.SPACE, Keys.SPACE)
    until(lambda: place(teacher) == 4, timeout=60)
    late = windows(address)
    in_step(teacher, student, late)
    seen = [said(driver, "document.querySelector('[data-view]').textContent") for driver in (student, late)]
    assert seen[0] == seen[1] != ""
    student.execute_cdp_cmd("Network.enable", {})
    offline = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
    student.execute_cdp_cmd("Network.emulateNetworkConditions", offline)
    until(lambda: lost(student), timeout=60)
    press(teacher, Keys.SPACE)
    student.execute_cdp_cmd("Network.emulateNetworkConditions", {**offline, "offline": False, "downloadThroughput": -1})
    in_step(teacher, student)
    until(lambda: not lost(student), timeout=60)


def test_a_second_presenter_is_told_and_takes_over(windows):
    teacher, _ = begin(windows, "mn-dupilumab-1")
    until(lambda: not teacher.find_elements(By.CSS_SELECTOR, "[data-take]"), timeout=60)
    time.sleep(1)  # the first has asked, and presents
    other = windows(teacher.current_url)
    until(lambda: other.find_elements(By.CSS_SELECTOR, "[data-take]"), timeout=60)
    press(other, Keys.ARROW_RIGHT)
    other.execute_script("document.querySelector('[data-take]').click()")
    until(lambda: not other.find_elements(By.CSS_SELECTOR, "[data-take]"), timeout=60)
    until(lambda: teacher.find_elements(By.CSS_SELECTOR, "[data-take]"), timeout=60)
    assert place(other) == 1
    press(other, Keys.ARROW_RIGHT)
    until(lambda: place(other) == 2 and place(teacher) == 2, timeout=60)


def test_a_presenter_who_loads_the_page_again_presents_at_once(windows):
    teacher, _ = begin(windows, "mn-dupilumab-1")
    press(teacher, Keys.ARROW_RIGHT)
    until(lambda: place(teacher) == 2, timeout=60)
    teacher.refresh()
    time.sleep(2)  # it has asked by now, while the window before it is not yet thought gone
    assert GONE_S > 10 and not teacher.find_elements(By.CSS_SELECTOR, "[data-take]")
    press(teacher, Keys.ARROW_RIGHT)
    until(lambda: place(teacher) == 3, timeout=60)


def test_names_are_hidden_and_two_moments_stand_side_by_side(windows):
    teacher, address = begin(windows, "mn-dupilumab-1", "fr")
    student = windows(address, (1920, 1080))
    teacher.execute_script("document.querySelector('[data-does=\"blind:drugs\"]').click()")
    until(lambda: version(teacher) == 2, timeout=60)
    press(teacher, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
    until(lambda: place(teacher) == 3, timeout=60)
    in_step(teacher, student)
    assert "médicament A" in teacher.page_source
    assert "ciclosporine" not in received(student)
    teacher.execute_script("document.querySelector('[data-does=\"compare:0\"]').click()")
    until(lambda: len(student.find_elements(By.CSS_SELECTOR, ".lesson-both img")) == 2, timeout=60)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_its_pages_can_be_used_by_everybody(windows, theme):
    teacher = windows(f"/teach/mn-dupilumab-1?lang=en&theme={theme}")
    pages = [teacher]
    found = [*hindrances(teacher), *hindrances(windows(f"/teach/mn-dupilumab-1/edit?lang=en&theme={theme}"))]
    teacher.find_element(By.CSS_SELECTOR, "button.primary").click()
    until(lambda: teacher.find_elements(By.CSS_SELECTOR, ".lesson-where a"), timeout=60)
    pages.append(windows(teacher.find_element(By.CSS_SELECTOR, ".lesson-where a").get_attribute("href")))
    press(teacher, "s")
    in_step(*pages)
    found += [fault for driver in pages for fault in hindrances(driver)]
    assert found == []
