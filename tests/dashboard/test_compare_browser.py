"""The page of comparisons in a browser: painted, quiet, by keyboard, on a phone."""

import pytest
from dash.testing.wait import until
from dashboard.everybody import hindrances
from dashboard.test_browser import PHONE, opened, said, view  # noqa: F401 - a fixture
from dashboard.test_explore import click, press
from selenium.webdriver import ActionChains
from selenium.webdriver.common.keys import Keys

from casecurves_dashboard import ids

START = "/compare?lang=en&align=dupilumab"


def test_from_lanes_to_curves_by_keyboard(opened):  # noqa: F811
    page = opened(START)
    page.wait_for_element(f"#{ids.COMPARISON} .main-svg", timeout=60)
    assert len(page.find_elements(f"#{ids.COMPARISON} .barlayer .point")) > 8
    page.find_element("main a[href*='view=multiples']").send_keys(Keys.ENTER)
    until(lambda: view(page) == {"lang": "en", "align": "dupilumab", "view": "multiples"}, timeout=60)
    page.wait_for_element(f"#{ids.COMPARISON} .main-svg", timeout=60)
    page.driver.back()
    until(lambda: "view" not in view(page), timeout=60)


def test_a_mark_by_keyboard_and_a_day_by_pointer(opened):  # noqa: F811
    page = opened(START)
    page.wait_for_element(f"#{ids.COMPARISON} .main-svg", timeout=60)
    until(lambda: said(page, f"!!document.querySelector('#{ids.COMPARISON} [data-explored]')"), timeout=60)
    live = page.find_element(".live")
    page.driver.execute_script("arguments[0].focus()", live)
    press(page, Keys.END, Keys.ENTER)
    until(lambda: "row" in view(page), timeout=60)
    page.wait_for_element(".aside .told-part h2", timeout=60)
    assert view(page)["row"].split("/")[0] == "mn-dupilumab-1"
    assert "Patient 1 (nephropathy)" in said(page, "document.querySelector('.aside .top .quiet').textContent")
    assert said(page, "document.querySelector('.over.chosen').hidden") is False
    frame = live.rect
    click(page, (frame["x"] + frame["width"] * 0.8, frame["y"] + 80 - said(page, "scrollY")), Keys.SHIFT)
    until(lambda: "at" in view(page), timeout=60)
    until(lambda: len(page.find_elements(".aside .told-part")) == 2, timeout=60)
    press(page, Keys.ESCAPE, Keys.ESCAPE)
    until(lambda: not {"row", "at"} & set(view(page)), timeout=60)
    until(lambda: page.find_elements(".aside .told-part") == [], timeout=60)


def test_a_zoom_is_in_the_address_and_a_key_leads_back(opened):  # noqa: F811
    page = opened(START)
    plot = page.wait_for_element(f"#{ids.COMPARISON} .nsewdrag", timeout=60)
    drag = ActionChains(page.driver).move_to_element_with_offset(plot, 0, 30).click_and_hold()
    drag.move_by_offset(60, 0).move_by_offset(60, 0).release().perform()
    until(lambda: {"from", "to"} <= set(view(page)), timeout=60)
    until(lambda: "Only the window" in said(page, "document.body.textContent"), timeout=60)
    page.find_element("body").send_keys("0")
    until(lambda: view(page) == {"lang": "en", "align": "dupilumab"}, timeout=60)
    until(lambda: "Only the window" not in said(page, "document.body.textContent"), timeout=60)


@pytest.mark.parametrize(
    "query",
    ["", "&theme=dark&view=overlay&invented=assessed", "&at=60&row=mn-dupilumab-1%2Fdupilumab", "&align=nothing"],
)
def test_nothing_hinders_anybody(opened, query):  # noqa: F811
    page = opened(START + query)
    assert hindrances(page.driver) == []


def test_a_phone_gets_the_still_picture_and_nothing_sticks_out(opened):  # noqa: F811
    page = opened(f"{START}&view=multiples", PHONE)
    page.wait_for_element(".still img")
    until(lambda: said(page, "document.querySelector('.still img').naturalWidth") > 0, timeout=60)
    assert said(page, "document.documentElement.scrollWidth <= window.innerWidth")
    assert said(page, "getComputedStyle(document.querySelector('.live')).display") == "none"
