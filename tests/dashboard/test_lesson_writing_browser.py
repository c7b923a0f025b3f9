"""A teacher writes a lesson in a real browser, with the keyboard alone; nothing typed is lost, whatever happens."""

import pytest
from dash.testing.wait import until
from dashboard.browsers import press, said
from dashboard.everybody import hindrances
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select

CASE = "mn-dupilumab-1-illustrative"
HELD = "document.activeElement.name || document.activeElement.id || document.activeElement.tagName"
ANSWERED = "document.querySelector('form.writing') && document.readyState === 'complete'"


def writing(windows, case=CASE, lang="en", theme="light", size=(1400, 1000)):
    driver = windows(f"/teach/{case}/edit?lang={lang}&theme={theme}", size)
    until(lambda: said(driver, "!document.querySelector('[data-undo]').hidden"), timeout=60)
    return driver


def field(driver, name):
    return driver.find_element(By.ID, name)


def value(driver, name):
    return said(driver, f"document.getElementById({name!r})?.value")


def does(driver, what):
    """Press a button of the form with the keyboard."""
    button = f"document.querySelector(\"button[name=does][value='{what}']\")"
    said(driver, f"{button}.focus()")
    driver.switch_to.active_element.send_keys(Keys.ENTER)


def write(driver, name, text):
    said(driver, f"document.getElementById({name!r}).focus()")
    driver.switch_to.active_element.send_keys(text)


def wrong(driver, name):
    return said(driver, f"document.getElementById({f'wrong-{name}'!r})?.textContent")


def questions(driver):
    script = "[...document.querySelectorAll('.stop-fields textarea[id$=\".question\"]')].map(one => one.value)"
    return said(driver, script)


def test_a_question_is_written_with_the_keyboard_and_met_in_the_lesson(windows):
    teacher = writing(windows)
    does(teacher, "add:stops")
    until(lambda: said(teacher, HELD) == "stops.1.at", timeout=60)
    moment = teacher.switch_to.active_element
    moment.send_keys("3")  # the step whose words begin so
    assert Select(moment).first_selected_option.text.startswith("3")
    moment.send_keys(Keys.TAB)
    teacher.switch_to.active_element.send_keys("choice: o")
    teacher.switch_to.active_element.send_keys(Keys.TAB)
    assert said(teacher, HELD) == "stops.1.question"
    teacher.switch_to.active_element.send_keys("Which drug, and why?")
    for number, text in enumerate(("An ACE inhibitor", "A diuretic"), 1):
        does(teacher, "add:stops.1.options")
        until(lambda n=number: value(teacher, f"stops.1.options.{n}.text") == "", timeout=60)
        write(teacher, f"stops.1.options.{number}.text", text)
    said(teacher, "document.querySelector('[name=\"stops.1.options.1.right\"]').focus()")
    teacher.switch_to.active_element.send_keys(Keys.SPACE)
    write(teacher, "stops.1.reason_fr", "Elle baisse la protéinurie.")
    write(teacher, "stops.1.locator", "Text")
    does(teacher, "try")
    until(lambda: teacher.find_elements(By.CSS_SELECTOR, ".lesson-where a"), timeout=60)
    student = windows(teacher.find_element(By.CSS_SELECTOR, ".lesson-where a").get_attribute("href"))
    press(teacher, "s")
    question = "document.querySelector('.lesson-question')?.textContent"
    until(lambda: said(student, question) == "Which drug, and why?", timeout=60)
    press(teacher, Keys.ARROW_RIGHT)
    until(
        lambda: "An ACE inhibitor" in said(student, "document.querySelector('.right')?.textContent || ''"), timeout=60
    )
    assert "Elle baisse" in student.page_source
    teacher.back()  # and what was written is there again
    until(lambda: value(teacher, "stops.1.question") == "Which drug, and why?", timeout=60)
    assert "is back" in teacher.page_source


def test_a_fault_is_told_at_its_field_and_goes_when_it_is_mended(windows):
    teacher = writing(windows)
    does(teacher, "add:stops")
    until(lambda: said(teacher, HELD) == "stops.1.at", timeout=60)
    write(teacher, "stops.1.question", "Why?")
    does(teacher, "try")
    until(lambda: "has not begun" in teacher.page_source, timeout=60)
    until(lambda: said(teacher, "document.activeElement.className") == "found", timeout=60)
    assert "Choose the moment" in wrong(teacher, "stops.1.at") and "Write the answer" in wrong(
        teacher, "stops.1.answer"
    )
    assert field(teacher, "stops.1.at").get_attribute("aria-invalid") == "true"
    assert field(teacher, "stops.1.at").get_attribute("aria-describedby") == "wrong-stops.1.at"
    assert value(teacher, "stops.1.question") == "Why?"
    teacher.find_element(By.CSS_SELECTOR, ".found a[href='#stops.1.answer']").send_keys(Keys.ENTER)
    assert said(teacher, HELD) == "stops.1.answer"
    teacher.switch_to.active_element.send_keys("Because." + Keys.TAB + "Parce")
    until(lambda: wrong(teacher, "stops.1.answer") == "", timeout=60)
    # Whoever types on is not disturbed by what is said of another field.
    assert said(teacher, HELD) == "stops.1.answer_fr"
    teacher.switch_to.active_element.send_keys(" que.")
    assert value(teacher, "stops.1.answer_fr") == "Parce que."
    assert field(teacher, "stops.1.answer").get_attribute("aria-invalid") is None


def test_questions_are_moved_taken_out_and_brought_back(windows):
    teacher = writing(windows, "mn-dupilumab-1")
    first, second, *rest = questions(teacher)
    does(teacher, "down:stops.1")
    until(lambda: questions(teacher) == [second, first, *rest], timeout=60)
    does(teacher, "drop:stops.1")
    until(lambda: questions(teacher) == [first, *rest], timeout=60)
    write(teacher, "stops.1.note", "Typed after.")
    undo = "document.querySelector('[data-undo]')"
    for expected in ([first, *rest], [second, first, *rest], [first, second, *rest]):
        said(teacher, f"{undo}.focus()")
        teacher.switch_to.active_element.send_keys(Keys.ENTER)
        until(lambda expected=expected: questions(teacher) == expected, timeout=60)
        until(lambda: "Typed after." not in value(teacher, "stops.1.note"), timeout=60)
    assert said(teacher, f"{undo}.disabled")
    for _ in range(3):
        said(teacher, "document.querySelector('[data-redo]').click()")
        until(lambda: said(teacher, ANSWERED), timeout=60)
    until(lambda: "Typed after." in value(teacher, "stops.1.note"), timeout=60)


def test_what_is_typed_outlives_a_reload_another_language_and_a_lost_server(windows):
    teacher = writing(windows, "mn-dupilumab-1")
    said(teacher, "document.querySelectorAll('.stop details').forEach(one => { one.open = true; })")
    write(teacher, "stops.2.hint", " Typed here.")
    teacher.refresh()
    until(lambda: "Typed here." in (value(teacher, "stops.2.hint") or ""), timeout=60)
    assert "is back" in teacher.page_source
    teacher.find_element(By.LINK_TEXT, "FR").click()
    until(lambda: "est de retour" in teacher.page_source, timeout=60)
    assert "Typed here." in value(teacher, "stops.2.hint")
    offline = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
    teacher.execute_cdp_cmd("Network.enable", {})
    teacher.execute_cdp_cmd("Network.emulateNetworkConditions", offline)
    does(teacher, "add:stops")
    until(lambda: "ne répond pas" in said(teacher, "document.querySelector('[data-status]').textContent"), timeout=60)
    assert "Typed here." in value(teacher, "stops.2.hint")
    teacher.execute_cdp_cmd("Network.emulateNetworkConditions", {**offline, "offline": False, "downloadThroughput": -1})
    teacher.find_element(By.CSS_SELECTOR, "[data-anew]").click()
    until(lambda: said(teacher, ANSWERED) and "est de retour" not in teacher.page_source, timeout=60)
    assert "Typed here." not in value(teacher, "stops.2.hint")


def test_what_is_missing_in_one_language_is_said(windows):
    teacher = writing(windows, "mn-dupilumab-1")
    said(teacher, "document.querySelector('.stop details').open = true")
    missing = "[...document.querySelectorAll('.stop:first-child .missing')].filter(one => one.offsetParent).length"
    assert said(teacher, missing) == 0
    write(teacher, "stops.1.hint_fr", Keys.CONTROL + "a" + Keys.NULL + Keys.DELETE)
    assert said(teacher, missing) == 1


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1400, 1000), (500, 900)])
def test_the_form_can_be_used_by_everybody(windows, theme, size):
    teacher = writing(windows, "dm-mda5-ruxolitinib", "fr", theme, size)
    does(teacher, "add:stops")
    until(lambda: value(teacher, "stops.7.question") == "", timeout=60)
    does(teacher, "check")
    until(lambda: wrong(teacher, "stops.7.question_fr"), timeout=60)
    said(teacher, "document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert hindrances(teacher) == []
    assert said(teacher, "document.documentElement.scrollWidth <= window.innerWidth")
    does(teacher, "text")
    until(lambda: teacher.find_elements(By.ID, "text"), timeout=60)
    assert hindrances(teacher) == []
