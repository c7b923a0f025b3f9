"""The library page: what is asked stands in the address, and many cases are no trouble."""

import re
from urllib.parse import quote

import pytest
from dashboard.build import SOUND, body, texts, write
from dashboard.test_pages import components, find, links, page
from hypothesis import given
from hypothesis import strategies as st

from casecurves.search import FACETS, SORTS, Query
from casecurves.words import say
from casecurves_dashboard import ids
from casecurves_dashboard.app import create_app
from casecurves_dashboard.pages.library import PER_PAGE
from casecurves_dashboard.shelf_view import LONGEST_TEXT, ShelfView, from_shelf_query

KEYS = st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=8), unique=True, min_size=1, max_size=3)
TEXT = st.text(st.characters(categories=["L", "N", "P"]), max_size=20)


@given(TEXT, st.dictionaries(st.sampled_from(FACETS), KEYS.map(tuple)), st.sampled_from(SORTS), st.integers(1, 40))
def test_an_address_gives_back_its_view(text, chosen, sort, number):
    view = ShelfView(lang="fr", theme="dark", query=Query(text, chosen, sort), number=number)
    assert from_shelf_query(view.to_query(), "en") == (view, ())


@given(st.text())
def test_no_address_is_too_strange(text):
    view, _ = from_shelf_query(text, "en")
    assert from_shelf_query(view.to_query(), "en")[0] == view


def test_what_is_too_long_is_cut_and_what_is_not_understood_told():
    view, unknown = from_shelf_query(f"?q={'a' * 999}&sort=colour&page=-1&page=%E0%A5%A7&x=1", "en")
    assert len(view.query.text) == LONGEST_TEXT
    assert [item.name for item in unknown] == ["sort", "page", "page", "x"]


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    folder = tmp_path_factory.mktemp("many")
    for number in range(200):
        toml = SOUND["case.toml"].replace("A sound case", f"Course {number:03}").replace("Un cas", f"Cas {number:03}")
        files = {**SOUND, "case.toml": toml}
        if number % 2:
            files["therapies.csv"] = files["therapies.csv"].replace("prednisone", "rituximab")
        write(folder / f"course-{number:03}", files)
    return asking(folder)


def asking(folder):
    client = create_app(folder).server.test_client()

    def ask(search, path="/"):
        response = client.post("/_dash-update-component", json=body(path, search))
        assert response.status_code == 200
        return response.json["response"]

    return ask


def titles(answer):
    return [text for text in texts(page(answer)) if re.match(r"(Course|Cas) \d|A sound|hostile|broken", text)]


@pytest.mark.parametrize("count", [0, 1])
def test_none_and_one(tmp_path, count):
    for _ in range(count):
        write(tmp_path / "sound", SOUND)
    answer = asking(tmp_path)("?lang=en")
    assert titles(answer) == ["A sound case"] * count
    assert (say("dashboard.empty.heading", "en") in texts(page(answer))) == (count == 0)
    assert (find(page(answer), ids.SEARCH) is None) == (count == 0)


def test_two_hundred_cases_come_in_pages(many):
    first = many("?lang=fr")
    assert say("library.count", "fr", n=200, all=200) in texts(page(first))
    assert titles(first) == [f"Cas {number:03} sain" for number in range(PER_PAGE)]
    last = many(f"?lang=fr&page={200 // PER_PAGE + 1}")
    assert titles(last)[-1] == "Cas 199 sain"
    assert titles(many("?lang=fr&page=999")) == titles(last)
    assert len({title for number in range(1, 10) for title in titles(many(f"?lang=fr&page={number}"))}) == 200


def test_a_filter_is_a_link_that_finds_what_it_says(many):
    answer = many("?lang=en&sort=values")
    option = next(
        item for item in components(page(answer)) if texts(item) == ["rituximab", "100"] and item["type"] == "Link"
    )
    assert option["props"]["href"] == "/?lang=en&drug=rituximab&sort=values"
    narrowed = many("?lang=en&drug=rituximab&sort=values&page=2")
    assert say("library.count", "en", n=100, all=200) in texts(page(narrowed))
    assert titles(narrowed)[0] == "Course 049"
    assert "✓ rituximab" in texts(page(narrowed))
    # The chosen ones, each with the link that takes it away.
    assert "/?lang=en&sort=values" in links(narrowed)


def test_words_filters_and_order_live_in_the_address(many):
    answer = many(f"?lang=fr&theme=dark&q={quote('cas 01')}&drug=prednisone")
    assert titles(answer)[:2] == ["Cas 010 sain", "Cas 012 sain"]
    assert find(page(answer), ids.SEARCH)["value"] == "cas 01"
    kept = [link for link in links(answer) if link.startswith("/?")]
    assert kept
    assert all("lang=" in link for link in kept)
    other = next(link for link in kept if "lang=en" in link)
    assert "q=cas%2001" in other
    assert "drug=prednisone" in other


def test_nothing_found_says_how_to_find_more(many):
    answer = many("?lang=en&q=nothing&drug=rituximab")
    shown = texts(page(answer))
    assert say("library.none.heading", "en") in shown
    assert say("library.none.without", "en", what="“nothing”", n=100) in shown
    assert "/?lang=en&drug=rituximab" in links(answer)
    assert titles(answer) == []


def test_a_key_that_no_case_has_is_told(many):
    shown = texts(page(many("?lang=en&drug=gold,rituximab")))
    assert say("dashboard.notice.unknown", "en", name="drug", value="gold") in shown
    assert say("library.count", "en", n=100, all=200) in shown


def test_a_case_that_cannot_be_read_is_found_by_its_name_and_hides_no_other(ask):
    assert "broken" in titles(ask("/", "?lang=en"))
    assert titles(ask("/", "?lang=en&q=brok")) == ["broken"]
    assert titles(ask("/", "?lang=en&drug=prednisone&q=brok")) == []


def test_search_filter_and_back_by_keyboard(dash_duo):
    from dash.testing.wait import until
    from selenium.webdriver.common.keys import Keys

    dash_duo.start_server()
    driver = dash_duo.driver
    driver.get(f"{dash_duo.server_url}/?lang=fr")
    dash_duo.wait_for_element("main .card")
    status = "return document.querySelector('main p[role=status]').textContent"
    every = driver.execute_script(status)
    field = dash_duo.find_element(f"#{ids.SEARCH}")
    field.send_keys("poussee", Keys.ENTER)
    until(lambda: driver.execute_script(status) != every, timeout=60)
    found = driver.execute_script(status)
    assert "q=poussee" in driver.current_url
    driver.execute_script("document.querySelector('main .options a').focus()")
    driver.switch_to.active_element.send_keys(Keys.ENTER)
    until(lambda: driver.execute_script(status) != found, timeout=60)
    assert "disease=" in driver.current_url
    driver.back()
    until(lambda: driver.execute_script(status) == found, timeout=60)
    driver.back()
    until(lambda: driver.execute_script(status) == every, timeout=60)
    assert driver.execute_script("return performance.getEntriesByType('navigation').length") == 1
    assert dash_duo.get_logs() == []
