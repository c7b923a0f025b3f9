"""The figure explored in a browser: by keyboard, by pointer, and on a phone."""

import pytest
from axe_core_python.selenium import Axe
from dash.testing.wait import until
from dashboard.test_browser import PHONE, WIDE, opened, said, view
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from casecurves.words import say
from casecurves_dashboard import ids

__all__ = ["opened"]
CASE = "/case/dm-mda5-ruxolitinib?lang=en"
FULL = f"document.querySelector('#{ids.GRAPH} .js-plotly-plot')._fullLayout"


def drawn(page):
    page.wait_for_element(f"#{ids.GRAPH} .main-svg", timeout=15)
    until(lambda: said(page, f"!!document.querySelector('#{ids.GRAPH} [data-explored]')"), timeout=15)
    return page.find_element(".live")


def press(page, *keys):
    for key in keys:
        page.driver.switch_to.active_element.send_keys(key)


def click(page, place, key=None):
    """Click at a place of the window, with a key held."""
    chain = ActionChains(page.driver)
    chain.w3c_actions.pointer_action.move_to_location(*map(round, place))
    (chain.key_down(key).click().key_up(key) if key else chain.click()).perform()


def middle(page, row):
    """Where the middle of a mark is in the window; the figure narrows when something is told beside it."""
    return said(
        page,
        f"""(() => {{
            const of = document.querySelector('.marks li[data-row={row}]').dataset, full = {FULL};
            const frame = document.querySelector('#{ids.GRAPH} .js-plotly-plot').getBoundingClientRect();
            const x = full.xaxis._offset + full.xaxis.l2p((Number(of.x0) + Number(of.x1)) / 2);
            const y = full.yaxis._offset + full.yaxis.l2p((Number(of.y0) + Number(of.y1)) / 2);
            return [frame.left + x, frame.top + y];
        }})()""",
    )


def told(page, heading):
    page.wait_for_contains_text(f"#{ids.ASIDE} h2", heading)


def test_by_keyboard_from_mark_to_mark_and_back(opened):
    page = opened(CASE)
    page.driver.execute_script("arguments[0].focus()", drawn(page))
    press(page, Keys.END)
    last = page.find_element(".said").text
    assert last.startswith("death")
    press(page, Keys.ARROW_LEFT)
    assert page.find_element(".said").text != last
    assert said(page, "document.querySelector('.over.cursor').hidden") is False
    press(page, Keys.ARROW_UP, Keys.ENTER)
    page.wait_for_element(f"#{ids.ASIDE}:focus .told-part")
    assert page.find_element(f"#{ids.ASIDE} h2").text in page.find_element(".said").text
    assert view(page)["row"]
    press(page, Keys.ESCAPE)
    page.wait_for_element(".live:focus")
    until(lambda: "row" not in view(page), timeout=10)
    press(page, "?")
    assert page.find_element(".keys").is_displayed()
    press(page, Keys.ESCAPE)
    assert not page.find_element(".keys").is_displayed()


def test_by_pointer_without_losing_the_zoom(opened):
    page = opened(CASE)
    live = drawn(page)
    plot = f"document.querySelector('#{ids.GRAPH} .js-plotly-plot')"
    page.driver.execute_script(f"return window.Plotly.relayout({plot}, {{'xaxis.range': [2, 9]}})")
    page.driver.execute_script("arguments[0].scrollIntoView()", live)
    click(page, middle(page, "ruxolitinib"))
    told(page, "ruxolitinib")
    assert view(page)["row"] == "ruxolitinib"
    assert said(page, f"{FULL}.xaxis.range.map(Math.round)") == [2, 9]
    assert said(page, "document.querySelector('.over.chosen').hidden") is False
    page.find_element(".near a").click()
    page.wait_for_element(f"#{ids.ASIDE}:focus")
    until(lambda: view(page)["row"] != "ruxolitinib", timeout=10)
    click(page, middle(page, "ruxolitinib"), Keys.SHIFT)
    until(lambda: "at" in view(page), timeout=10)
    day = view(page)["at"]
    page.wait_for_element(f"#{ids.ASIDE} [data-go=at] h3")
    assert day in said(page, f"document.querySelector('#{ids.ASIDE} [data-go=at] h2').textContent")
    assert said(page, "document.querySelector('.over.pin').hidden") is False


def test_nothing_happens_while_a_reader_types(opened):
    page = opened(CASE)
    drawn(page)
    page.find_element(f"#{ids.ZERO}").send_keys("p?")
    assert "at" not in view(page)
    assert not page.find_element(".keys").is_displayed()


def test_a_row_leads_to_its_line_in_the_tables_and_a_line_to_its_row(opened):
    page = opened(f"{CASE}&tab=tables&row=rux-decision")
    told(page, "collegial decision")
    page.wait_for_element("tr.chosen[data-row=rux-decision]", timeout=15)
    page.find_element("tr[data-row=ruxolitinib] td:nth-child(2)").click()
    told(page, "ruxolitinib")
    page.wait_for_element("tr.chosen[data-row=ruxolitinib]")
    page.find_element(f"#{ids.ASIDE} .close").click()
    until(lambda: "row" not in view(page), timeout=10)
    page.wait_for_no_elements(".told-part")


def test_a_phone_reaches_every_mark_by_a_list(opened):
    page = opened(CASE, PHONE)
    page.find_element(".marks > summary").click()
    page.find_element(".marks li[data-row=ruxolitinib] a").click()
    told(page, "ruxolitinib")
    assert page.find_element(f"#{ids.ASIDE} .close").is_displayed()
    assert said(page, "document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_what_is_told_can_be_used_by_everybody(opened, theme, size):
    page = opened(f"{CASE}&theme={theme}&row=ruxolitinib&at=200", size)
    told(page, "ruxolitinib")
    assert say("moment.heading", "en", day="200") in page.find_element(f"#{ids.ASIDE}").text
    found = Axe().run(page.driver, options={"runOnly": ["wcag2a", "wcag2aa"]})
    assert {f"{item['id']}: {node['html'][:160]}" for item in found["violations"] for node in item["nodes"]} == set()
