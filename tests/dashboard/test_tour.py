"""The tour of five steps: offered once, skipped or taken, found again, and nothing kept but that it was offered."""

import pytest
from dashboard.build import texts
from dashboard.test_pages import components
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from casecurves.words import say
from casecurves_dashboard import ids
from casecurves_dashboard.app import create_app
from casecurves_dashboard.components.tour import STEPS
from casecurves_dashboard.library import Library
from casecurves_dashboard.places import tour
from casecurves_dashboard.state import ViewState, from_query


def beside(answer):
    return answer[ids.ASIDE]["children"]


def links(parts):
    return [one["props"]["href"] for one in components(parts) if "href" in one["props"]]


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_each_step_is_told_and_leads_to_the_next(ask, lang):
    address = f"/?lang={lang}&tour=1"
    for number, step in enumerate(STEPS, 1):
        path, _, query = address.partition("?")
        answer = ask(path, f"?{query}")
        told = texts(beside(answer))
        assert say("tour.step", lang, n=number, count=5) in told
        assert say(f"tour.title.{step.key}", lang) in told
        assert say(f"tour.text.{step.key}", lang) in told
        ways = [link for link in links(beside(answer)) if f"tour={number + 1}" in link]
        assert bool(ways) == (number < 5)
        address = ways[0] if ways else ""
    assert "tab=export" in query


def test_the_row_of_the_fourth_step_is_told_beside_it(ask):
    answer = ask("/case/sound", "?lang=en&tour=3")
    (address,) = [link for link in links(beside(answer)) if "tour=4" in link]
    path, _, query = address.partition("?")
    assert "row=" in query
    shown = beside(ask(path, f"?{query}"))
    assert len(shown) == 2


def test_only_the_first_page_invites_and_every_foot_leads_there(ask):
    for path in ("/", "/case/sound", "/how-to-read", "/case/nowhere"):
        answer = ask(path, "?lang=fr")
        assert (say("tour.invite", "fr") in texts(beside(answer))) == (path == "/")
        assert "/?lang=fr&tour=1" in links(answer[ids.FOOTER]["children"])


def test_who_looks_for_a_case_is_not_invited(ask):
    for search, invited in (("?lang=en", True), ("?lang=en&q=nothing+like+it", False)):
        assert (say("tour.invite", "en") in texts(beside(ask("/", search)))) == invited


def test_a_library_without_a_course_has_no_tour(tmp_path):
    assert tour(Library(tmp_path).shelf(None), "/", ViewState(tour=1)) == []


@pytest.mark.parametrize("word", ["0", "6", "-1", "1.5", "x", ""])
def test_a_step_that_there_is_not_is_said(word):
    state, unknown = from_query(f"?tour={word}")
    assert state.tour == 0
    assert [one.name for one in unknown] == ["tour"]


def test_a_step_keeps_the_figure_as_it_is():
    assert ViewState(tour=3).drawn() == ViewState()
    assert from_query(ViewState(tour=3).to_query())[0].tour == 3


def test_it_is_offered_once_taken_by_keyboard_and_ended(dash_duo, cases):
    dash_duo.start_server(create_app(cases))
    dash_duo.driver.get(f"{dash_duo.server_url}/?lang=en")
    dash_duo.wait_for_element("#aside .tour.invite .start")
    assert dash_duo.find_element("#aside .tour.invite").is_displayed()
    dash_duo.find_element("#aside .tour .start").click()
    dash_duo.wait_for_text_to_equal("#aside .tour .quiet", say("tour.step", "en", n=1, count=5))
    for number in range(2, 6):
        dash_duo.find_element("#aside .tour .next").send_keys("\n")
        dash_duo.wait_for_text_to_equal("#aside .tour .quiet", say("tour.step", "en", n=number, count=5))
    assert "tab=export" in dash_duo.driver.current_url
    dash_duo.driver.switch_to.active_element.send_keys("\ue00c")
    dash_duo.wait_for_no_elements("#aside .tour")
    assert "tour" not in dash_duo.driver.current_url
    dash_duo.driver.get(f"{dash_duo.server_url}/?lang=en")
    dash_duo.wait_for_element("#aside .tour.invite")
    assert not dash_duo.find_element("#aside .tour.invite").is_displayed()
    kept = "return [Object.entries(localStorage), document.cookie]"
    assert dash_duo.driver.execute_script(kept) == [[["casecurves-tour", "seen"]], ""]
    assert dash_duo.get_logs() == []


def invited(page):
    page.wait_for_element("#aside .tour.invite")
    return page.find_element("#aside .tour.invite").is_displayed()


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_it_is_skipped_by_keyboard_and_found_again(dash_duo, cases, lang):
    dash_duo.start_server(create_app(cases))
    address = f"{dash_duo.server_url}/?lang={lang}"
    dash_duo.driver.get(address)
    assert invited(dash_duo)
    skip = dash_duo.find_element("#aside .tour.invite button")
    assert skip.text == {"en": "Not now", "fr": "Plus tard"}[lang]
    here = dash_duo.driver.switch_to
    for _ in range(40):
        ActionChains(dash_duo.driver).send_keys(Keys.TAB).perform()
        if here.active_element == skip:
            break
    here.active_element.send_keys(Keys.SPACE)
    assert not invited(dash_duo) and dash_duo.driver.current_url == address
    dash_duo.driver.get(address)
    assert not invited(dash_duo)
    again = next(
        one for one in dash_duo.find_elements("footer a") if one.get_attribute("href").endswith(f"lang={lang}&tour=1")
    )
    again.send_keys(Keys.ENTER)
    dash_duo.wait_for_text_to_equal("#aside .tour .quiet", say("tour.step", lang, n=1, count=5))
    dash_duo.find_element("#aside .tour .next").send_keys(Keys.ENTER)
    dash_duo.wait_for_text_to_equal("#aside .tour .quiet", say("tour.step", lang, n=2, count=5))
    dash_duo.find_element("#aside .tour .back").send_keys(Keys.ENTER)
    dash_duo.wait_for_text_to_equal("#aside .tour .quiet", say("tour.step", lang, n=1, count=5))
    assert dash_duo.get_logs() == []
