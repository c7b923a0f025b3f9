"""The axis of a view: folds that open, a zoom that is an address, and the way back."""

import re

import pytest
from dash.testing.wait import until
from dashboard.build import SOUND, texts, write
from dashboard.test_pages import links, page
from selenium.webdriver import ActionChains

from casecurves.io import read_library
from casecurves.words import say
from casecurves_dashboard import ids
from casecurves_dashboard.app import create_app
from casecurves_dashboard.components.controls import moved
from casecurves_dashboard.state import ViewState, from_query

LATE = {
    **SOUND,
    "measurements.csv": "id,analyte,value,unit,time,source\n"
    + "".join(f"alb-{i}x,albumin,{20 + i},g/L,D{25 * i},paper\n" for i in range(8))
    + "alb-end,albumin,41,g/L,D2600,paper\n",
    "events.csv": "id,kind,label,label_fr,time,source\n"
    "flare-1,flare,flare,poussée,D60,paper\nclosing,last_follow_up,last visit,dernière visite,D2650,paper\n",
}


@pytest.fixture
def late(cases):
    write(cases / "late", LATE)
    return cases


def of_axis(answer):
    """The addresses, without their path, of what a page can do about its axis."""
    return [link.partition("?")[2] for link in links(answer) if link.startswith(("/case/late?", "?"))]


def test_a_fold_opens_by_a_link_and_the_whole_course_is_another(late, ask):
    assert len(links(ask("/case/late", "?lang=en"))) > 3
    assert "lang=en&open=1" in of_axis(ask("/case/late", "?lang=en"))
    assert "lang=en&axis=whole" in of_axis(ask("/case/late", "?lang=en"))
    whole = ask("/case/late", "?lang=fr&axis=whole")
    assert say("dashboard.axis.fold", "fr", key="w") in texts(page(whole))
    assert say("dashboard.axis.fold", "fr", key="w") in texts(page(ask("/case/late", "?lang=fr&open=1")))
    for answer in (ask("/case/sound", "?lang=en"), ask("/case/late", "?lang=en&tab=tables")):
        assert say("dashboard.axis.whole", "en", key="w") not in texts(page(answer))


def test_a_window_is_kept_and_counts_what_it_leaves_out(late, ask, client):
    answer = ask("/case/late", "?lang=en&from=10&to=100")
    shown = texts(page(answer))
    assert say("dashboard.axis.all", "en", key="0") in shown
    assert any(text.startswith("Rows outside the window") for text in shown)
    kept = [link for link in of_axis(answer) if "from=10&to=100" in link]
    assert len(kept) >= 4, "the tabs keep it, and only the way back does not"
    assert client.get("/picture/late.svg?lang=en&from=10&to=100").data != client.get("/picture/late.svg?lang=en").data
    assert client.get("/export/late.svg?lang=en&from=10&to=100").status_code == 200
    assert client.get("/export/late.svg?lang=en&from=10&to=x").status_code == 400


def test_a_window_stays_where_it_is_when_day_zero_moves(late):
    case, _ = read_library(late)["late"]
    before = ViewState(window=(50.0, 90.0), open=(1,))
    after = moved(case, before, before.changed(zero="flare-1"))
    assert after.window == pytest.approx((-10.5, 29.5))
    assert after.open == ()
    assert moved(case, after, after.changed(zero="")).window == pytest.approx((50.0, 90.0))
    assert moved(case, before, before.changed(unit="days")).window == before.window


@pytest.fixture
def opened(dash_duo, late):
    dash_duo.start_server(create_app(late))
    dash_duo.driver.set_window_size(1400, 1000)
    dash_duo.driver.get(f"{dash_duo.server_url}/case/late?lang=en")
    dash_duo.wait_for_element(f"#{ids.GRAPH} .nsewdrag", timeout=60)
    yield dash_duo
    assert dash_duo.get_logs() == []


def at(browser):
    return browser.driver.execute_script("return location.search")


def span(browser):
    """The days of the scaled axis that are given with their places: its ends, and those of its folds."""
    said = browser.driver.execute_script(
        "const live = document.querySelector('.live'); return live && live.dataset.days"
    )
    return [float(pair.partition(":")[0]) for pair in (said or "").split()]


def press(browser, control):
    browser.driver.execute_script(f"document.querySelector('{control}').click()")


def zoom(browser, first, last):
    plot = browser.find_element(f"#{ids.GRAPH} .nsewdrag")
    wide = plot.size["width"]
    drag = ActionChains(browser.driver).move_to_element_with_offset(plot, round((first - 0.5) * wide), 40)
    drag.click_and_hold().move_by_offset(round((last - first) * wide / 2), 0)
    drag.move_by_offset(round((last - first) * wide / 2), 0).release().perform()


def test_each_change_of_the_view_is_one_step_back(opened):
    start = opened.driver.execute_script("return history.length")
    whole = span(opened)
    zoom(opened, 0.1, 0.5)
    until(lambda: "from=" in at(opened), timeout=60)
    zoomed = at(opened)
    window = from_query(zoomed)[0].window
    until(lambda: span(opened) == pytest.approx(list(window), abs=0.01), timeout=60)
    press(opened, f"#{ids.UNIT} input[value=days]")
    until(lambda: "unit=days" in at(opened), timeout=60)
    assert from_query(at(opened))[0].window == window, "a choice keeps the zoom"
    # The page of the new unit stands: what is pressed in the old one is gone with it.
    until(lambda: "days from" in opened.driver.execute_script("return document.body.textContent"), timeout=60)
    opened.wait_for_element(f"#{ids.GRAPH} .nsewdrag", timeout=60)
    press(opened, ".chips input")
    until(lambda: "show=" in at(opened), timeout=60)
    assert opened.driver.execute_script("return history.length") == start + 3
    # Faster than pages come to be: none of those left behind may bring its address back.
    for _ in range(3):
        opened.driver.back()
    until(lambda: at(opened) == "?lang=en", timeout=60)
    until(lambda: span(opened) == pytest.approx(whole), timeout=60)


def test_keys_fold_and_reset_and_a_click_opens(opened):
    body = opened.find_element("body")
    body.send_keys("w")
    until(lambda: "axis=whole" in at(opened), timeout=60)
    until(lambda: len(span(opened)) == 2, timeout=60)
    opened.find_element("body").send_keys("w")
    until(lambda: at(opened) == "?lang=en", timeout=60)
    until(lambda: len(span(opened)) == 4, timeout=60)
    opened.wait_for_element(f"#{ids.GRAPH} .nsewdrag", timeout=60)
    opened.driver.execute_script(f"document.querySelector('#{ids.ZERO}').focus()")
    opened.driver.switch_to.active_element.send_keys("w0")
    assert at(opened) == "?lang=en", "not while somebody types"
    opened.driver.get(f"{opened.server_url}/case/late?lang=en&from=10&to=100")
    opened.wait_for_element(f"#{ids.GRAPH} .nsewdrag", timeout=60)
    opened.find_element("body").send_keys("0")
    until(lambda: at(opened) == "?lang=en", timeout=60)
    until(lambda: len(span(opened)) == 4, timeout=60)
    label = next(note for note in opened.find_elements(f"#{ids.GRAPH} .annotation") if "folded" in note.text)
    label.click()
    until(lambda: "open=1" in at(opened), timeout=60)


@pytest.mark.parametrize("asked", ["from=90000&to=99999", "from=-800&to=-700", "from=20&to=20.2", "open=99"])
def test_a_window_or_a_fold_that_the_axis_has_not_is_said_and_makes_no_file(late, ask, client, asked):
    answer = ask("/case/late", f"?lang=en&{asked}")
    shown = " ".join(texts(page(answer)))
    assert say("dashboard.notice.several", "en") in shown or "left aside: open = 99" in shown
    assert say("dashboard.axis.all", "en", key="0") not in shown, "there is no part to leave"
    tabs = [link for link in of_axis(answer) if "tab=" in link]
    assert tabs
    assert not [link for link in tabs if "from=" in link or "99" in link]
    refused = client.get(f"/export/late.svg?lang=en&{asked}")
    assert (refused.status_code, "No file is made" in refused.text) == (400, True)
    assert client.get(f"/picture/late.svg?lang=en&{asked}").data == client.get("/picture/late.svg?lang=en").data


@pytest.mark.parametrize(
    ("asked", "lang", "words"),
    [
        ("from=90000&to=99999", "en", r"the scaled axis goes from day \S+ to day \d+: give days between"),
        ("from=90000&to=99999", "fr", r"l’axe à l’échelle va du jour \S+ au jour \d+\s: donnez des jours"),
        ("from=10", "en", "from=… and to=…, in days counted from day zero"),
        ("from=20&to=3", "fr", "le premier avant le second"),
        ("from=x&to=9", "en", "such as -30 or 120.5"),
    ],
)
def test_of_a_window_that_shows_nothing_the_page_says_what_to_do(late, ask, client, asked, lang, words):
    notice = [text for text in texts(page(ask("/case/late", f"?lang={lang}&{asked}"))) if re.search(words, text)]
    assert len(notice) == 1, "once, though both ends are wrong"
    assert notice[0][0].isupper() and notice[0].endswith(".")
    assert re.search(words, client.get(f"/export/late.svg?lang={lang}&{asked}").text)


def test_where_a_file_shows_a_part_the_page_says_which_and_leads_to_the_whole(late, ask):
    answer = ask("/case/late", "?lang=fr&tab=export&in=en&from=10&to=2400")
    shown = texts(page(answer))
    assert say("dashboard.axis.part", "fr", first="10", last="2400") in shown
    assert say("dashboard.axis.all", "fr", key="0") in shown
    assert "lang=fr&tab=export&in=en" in of_axis(answer)
    assert not [text for text in shown if "years" in text and text.endswith("déplier")], "in the language of the page"
    whole = texts(page(ask("/case/late", "?lang=fr&tab=export")))
    assert not [text for text in whole if text.startswith("Les fichiers ne montrent")]
