"""The figure explored in a browser: by keyboard, by pointer, and on a phone."""

import pytest
from dash.testing.wait import until
from dashboard.everybody import hindrances
from dashboard.test_browser import PHONE, WIDE, opened, said, view
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from casecurves.words import say
from casecurves_dashboard import ids
from casecurves_dashboard.screens import WIDTH_PX

__all__ = ["opened"]
SERIES = "mn-dupilumab-1-illustrative"
CASE = "/case/dm-mda5-ruxolitinib?lang=en"
FULL = f"document.querySelector('#{ids.GRAPH} .js-plotly-plot')._fullLayout"


def drawn(page):
    page.wait_for_element(f"#{ids.GRAPH} .main-svg", timeout=60)
    until(lambda: said(page, f"!!document.querySelector('#{ids.GRAPH} [data-explored]')"), timeout=60)
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
    # What curves are held against comes after all that happened.
    assert page.find_element(".said").text.startswith("IFN score: normal <2.3")
    press(page, Keys.ARROW_LEFT)
    assert page.find_element(".said").text.startswith("death")
    assert said(page, "document.querySelector('.over.cursor').hidden") is False
    press(page, Keys.ARROW_UP, Keys.ENTER)
    page.wait_for_element(f"#{ids.ASIDE}:focus .told-part")
    assert page.find_element(f"#{ids.ASIDE} h2").text in page.find_element(".said").text
    assert view(page)["row"]
    press(page, Keys.ESCAPE)
    page.wait_for_element(".live:focus")
    until(lambda: "row" not in view(page), timeout=60)
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
    until(lambda: view(page)["row"] != "ruxolitinib", timeout=60)
    click(page, middle(page, "ruxolitinib"), Keys.SHIFT)
    until(lambda: "at" in view(page), timeout=60)
    day = view(page)["at"]
    page.wait_for_element(f"#{ids.ASIDE} [data-go=at] h3")
    assert day in said(page, f"document.querySelector('#{ids.ASIDE} [data-go=at] h2').textContent")
    assert said(page, "document.querySelector('.over.pin').hidden") is False
    # A screen reader is told which day was pinned.
    heading = page.find_element(f"#{ids.ASIDE} [data-go=at] h2").text
    until(lambda: page.find_element(".said").get_attribute("textContent") == heading, timeout=60)


def test_nothing_happens_while_a_reader_types(opened):
    page = opened(CASE)
    drawn(page)
    page.find_element(f"#{ids.ZERO}").send_keys("p?")
    assert "at" not in view(page)
    assert not page.find_element(".keys").is_displayed()


def test_a_row_leads_to_its_line_in_the_tables_and_a_line_to_its_row(opened):
    page = opened(f"{CASE}&tab=tables&row=rux-decision")
    told(page, "collegial decision")
    page.wait_for_element("tr.chosen[data-row=rux-decision]", timeout=60)
    page.find_element("tr[data-row=ruxolitinib] td:nth-child(2)").click()
    told(page, "ruxolitinib")
    page.wait_for_element("tr.chosen[data-row=ruxolitinib]")
    page.find_element(f"#{ids.ASIDE} .close").click()
    until(lambda: "row" not in view(page), timeout=60)
    page.wait_for_no_elements(".told-part")


def test_a_phone_reaches_every_mark_by_a_list(opened):
    page = opened(CASE, PHONE)
    page.find_element(".marks > summary").click()
    page.find_element(".marks li[data-row=ruxolitinib] a").click()
    told(page, "ruxolitinib")
    assert page.find_element(f"#{ids.ASIDE} .close").is_displayed()
    assert said(page, "document.documentElement.scrollWidth <= window.innerWidth")


def ring(page, kind="chosen"):
    """Where a ring is on the picture, as left, top, right and bottom; nothing when it is hidden."""
    return said(
        page,
        f"""(() => {{
            const over = document.querySelector('.over.{kind}').style;
            const [x, y, w, h] = [over.left, over.top, over.width, over.height].map(parseFloat);
            return document.querySelector('.over.{kind}').hidden ? null : [x, y, x + w, y + h];
        }})()""",
    )


def test_a_tab_leads_to_the_row_that_is_told_now(opened):
    page = opened(CASE)
    live = drawn(page)
    page.driver.execute_script("arguments[0].scrollIntoView()", live)
    click(page, middle(page, "ruxolitinib"))
    told(page, "ruxolitinib")
    page.find_element(".tabs a[href*='tab=tables']").click()
    page.wait_for_element("tr.chosen[data-row=ruxolitinib]", timeout=60)
    assert view(page) == {"lang": "en", "tab": "tables", "row": "ruxolitinib"}
    page.find_element(f"#{ids.ASIDE} .close").click()
    until(lambda: "row" not in view(page), timeout=60)
    link = page.find_element(".tabs a")
    page.driver.execute_script("arguments[0].focus()", link)
    assert "row=" not in link.get_attribute("href")


def test_the_window_follows_the_keyboard_and_a_row_can_fill_it(opened):
    page = opened(f"{CASE}&from=150&to=250")
    page.driver.execute_script("arguments[0].focus()", drawn(page))
    press(page, Keys.END)
    line = "(document.querySelector('.said') || {textContent: ''}).textContent"
    until(lambda: say("dashboard.keys.moved", "en") in said(page, line), timeout=60)
    assert float(view(page)["from"]) > 250
    assert said(page, line).startswith("organ failure")
    page.wait_for_element(".live:focus")
    until(lambda: ring(page, "cursor"), timeout=60)
    press(page, Keys.ENTER)
    told(page, "organ failure")
    until(lambda: ring(page), timeout=60)
    page.driver.get(f"{page.server_url}{CASE}&row=ruxolitinib")
    drawn(page)
    told(page, "ruxolitinib")
    page.find_element(f"#{ids.ASIDE} .zoom").click()
    until(lambda: "from" in view(page), timeout=60)
    page.wait_for_element(f"#{ids.ASIDE} .whole")
    page.find_element(f"#{ids.ASIDE} .whole").click()
    until(lambda: "from" not in view(page), timeout=60)
    assert view(page)["row"] == "ruxolitinib"


@pytest.mark.parametrize("size", [(1440, 1000), (1100, 900), (800, 1000)])
def test_the_figure_is_never_narrower_than_its_words_need(opened, size):
    page = opened(f"{CASE}&row=ruxolitinib", size)
    drawn(page)
    told(page, "ruxolitinib")
    assert said(page, "document.querySelector('.live').offsetWidth") >= WIDTH_PX
    assert said(page, "document.documentElement.scrollWidth <= window.innerWidth")
    left, top, right, bottom = ring(page)
    assert bottom - top < 60 < right - left


@pytest.mark.parametrize("kind", ["stacked", "overlay"])
def test_the_ring_is_round_the_point_of_its_value(opened, kind):
    page = opened(f"/case/{SERIES}?lang=en&view={kind}&row=upcr-02&at=0")
    drawn(page)
    until(lambda: ring(page), timeout=60)
    left, top, right, bottom = ring(page)
    at = said(
        page,
        f"""(() => {{
            const full = {FULL}, plot = document.querySelector('#{ids.GRAPH} .js-plotly-plot');
            const trace = plot.data.find(t => (t.ids || []).some(id => id.split('#')[0] === 'upcr-02'));
            const i = trace.ids.findIndex(id => id.split('#')[0] === 'upcr-02');
            const x = full['xaxis' + trace.xaxis.slice(1)], y = full.yaxis;
            return [x._offset + x.l2p(trace.x[i]), y._offset + y.l2p(trace.y[i])];
        }})()""",
    )
    assert left < at[0] < right and top < at[1] < bottom
    assert (right - left, bottom - top) < (60, 60)
    assert ring(page, "pin")


def test_two_readers_with_two_cases_do_not_meet(opened):
    page = opened(CASE)
    drawn(page)
    first = page.driver.current_window_handle
    page.driver.switch_to.new_window("window")
    second = page.driver.current_window_handle
    page.driver.get(f"{page.server_url}/case/{SERIES}?lang=fr&theme=dark")
    page.wait_for_contains_text("main h1", "illustratif")
    page.driver.switch_to.window(first)
    page.find_element(".languages li:last-child a").click()
    page.wait_for_contains_text("main h1", "anti-MDA5 sous")
    page.driver.switch_to.window(second)
    page.find_element(".languages li:first-child a").click()
    page.wait_for_contains_text("main h1", "Illustrative")
    assert view(page) == {"lang": "en", "theme": "dark"}
    page.driver.switch_to.window(first)
    assert view(page) == {"lang": "fr"}
    assert "anti-MDA5 sous" in page.find_element("main h1").text
    assert said(page, "document.documentElement.dataset.mantineColorScheme") == "light"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_what_is_told_can_be_used_by_everybody(opened, theme, size):
    page = opened(f"{CASE}&theme={theme}&row=ruxolitinib&at=200", size)
    told(page, "ruxolitinib")
    assert say("moment.heading", "en", day="200") in page.find_element(f"#{ids.ASIDE}").text
    assert hindrances(page.driver) == []


def test_for_fingers_links_are_larger_and_stay_in_the_line_of_their_text(opened):
    page = opened(CASE, PHONE)
    page.driver.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 5})
    page.driver.get(f"{page.server_url}{CASE}")
    page.wait_for_element("main .box .lines a.row", timeout=60)
    until(lambda: said(page, "matchMedia('(pointer: coarse)').matches"), timeout=60)
    apart, lowest = said(
        page,
        """(() => {
            const lines = (part) => {
                const text = document.createRange();
                text.selectNodeContents(part);
                return [...text.getClientRects()];
            };
            const items = [...document.querySelectorAll('main .box .lines li:has(.moment)')];
            const apart = items.map((item) => Math.abs(
                lines(item.querySelector('a.row')).at(-1).bottom - lines(item.querySelector('.moment'))[0].bottom));
            return [Math.max(...apart), Math.min(...items.map((item) =>
                item.querySelector('a.row').getBoundingClientRect().height))];
        })()""",
    )
    assert apart < 2
    assert lowest > 30


def test_the_last_row_of_a_hostile_address_is_told_and_marked_and_keys_work(opened):
    page = opened(f"{CASE}&row=%E0%A4%A&row=rux-decision&at=%FF")
    live = drawn(page)
    told(page, "collegial decision")
    marked = "[...document.querySelectorAll('.marks [aria-current]')].map(a => a.dataset.to)"
    until(lambda: set(said(page, marked)) == {"rux-decision"}, timeout=60)
    page.driver.execute_script("arguments[0].focus()", live)
    press(page, Keys.HOME, Keys.ENTER)
    until(lambda: view(page)["row"] not in ("rux-decision", "\ufffd"), timeout=60)
    assert page.find_element(".said").text


def test_what_moved_last_says_which_day_is_pinned(opened):
    page = opened(CASE)
    live = drawn(page)
    page.driver.execute_script("arguments[0].scrollIntoView(); arguments[0].focus()", live)
    ActionChains(page.driver).move_to_element(live).perform()
    press(page, Keys.HOME, Keys.ARROW_RIGHT, "p")
    until(lambda: "at" in view(page), timeout=60)
    row = said(page, "[...document.querySelectorAll('.marks li')].filter(e => !('area' in e.dataset))[1].dataset.row")
    walked = int(view(page)["at"])
    day = said(page, f"Number(document.querySelector('.marks li[data-row={row}]').dataset.x0)")
    assert walked == int(day + 0.05)
    press(page, Keys.ESCAPE)
    ActionChains(page.driver).move_to_element_with_offset(live, 40, 0).perform()
    press(page, "p")
    until(lambda: view(page).get("at") not in (None, str(walked)), timeout=60)
