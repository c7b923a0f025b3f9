"""What only a browser can tell: painted, reachable by keyboard, quiet, and nothing from outside."""

import struct
from urllib.parse import parse_qs, urlparse

import pytest
from dash.testing.wait import until
from dashboard.build import seen
from dashboard.everybody import hindrances
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from workbooks import filled, put, saved

from casecurves.words import say
from casecurves_dashboard import ids

CASE = "mn-dupilumab-1-illustrative"
AXIS = f"(document.querySelector('#{ids.GRAPH} .xtitle') || {{textContent: ''}}).textContent"
WIDE, PHONE = (1400, 1000), (420, 900)


@pytest.fixture
def opened(dash_duo):
    """Open the dashboard of the shipped cases at an address."""
    dash_duo.start_server()

    def to(path, size=WIDE):
        dash_duo.driver.set_window_size(*size)
        dash_duo.driver.get(f"{dash_duo.server_url}{path}")
        dash_duo.wait_for_element("main h1", timeout=60)
        return dash_duo

    yield to
    assert dash_duo.get_logs() == [], "a page is quiet"


def view(page):
    """The view that the address bar holds."""
    return {name: value[0] for name, value in parse_qs(urlparse(page.driver.current_url).query).items()}


def said(page, script):
    return page.driver.execute_script(f"return {script}")


def pick(page, downs):
    """Choose a day zero with the keyboard alone."""
    control = page.find_element(f"#{ids.ZERO}")
    control.send_keys(Keys.ENTER)
    page.wait_for_element("[role=option]")
    control.send_keys(Keys.ARROW_DOWN * downs, Keys.ENTER)


def test_from_the_library_to_another_day_zero(opened):
    page = opened("/?lang=en")
    assert len(page.find_elements(".card")) == len(page.find_elements(".card .miniature")) >= 6
    page.wait_for_text_to_equal("main h1", say("dashboard.library.heading", "en"))
    assert said(page, "[...document.querySelectorAll('.miniature img')].every(i => i.complete && i.naturalWidth)")
    page.find_element(f"a[href^='/case/{CASE}?']").click()
    page.wait_for_element(f"#{ids.GRAPH} .main-svg", timeout=60)
    title = page.find_element("main h1").text
    assert page.driver.title.startswith(title)
    assert said(page, "document.activeElement.tagName") == "MAIN"
    assert len(page.find_elements(f"#{ids.GRAPH} .scatterlayer .point")) > 20
    assert "ramipril" not in said(page, AXIS)
    pick(page, 2)
    page.wait_for_contains_text("main .lead", "ramipril")
    assert view(page) == {"lang": "en", "zero": "ramipril"}
    until(lambda: "ramipril" in said(page, AXIS), timeout=60)
    page.driver.back()
    page.wait_for_contains_text("main .lead", "dupilumab")
    assert view(page) == {"lang": "en"}


def test_unit_and_biomarkers_keep_the_keyboard_where_it_was(opened):
    page = opened(f"/case/{CASE}?lang=en")
    page.wait_for_element(f"#{ids.GRAPH} .main-svg", timeout=60)
    panels = len(page.find_elements(f"#{ids.GRAPH} .annotation"))
    assert not said(page, "document.querySelector('.more').open")
    page.driver.execute_script("document.querySelector('.more > summary').focus()")
    page.driver.switch_to.active_element.send_keys(Keys.ENTER)
    page.driver.execute_script("document.querySelector('.chips input[value=albumin]').focus()")
    page.driver.switch_to.active_element.send_keys(Keys.SPACE)
    page.wait_for_element(".chips input[value=albumin]:not(:checked)")
    until(lambda: 0 < len(page.find_elements(f"#{ids.GRAPH} .annotation")) < panels, timeout=60)
    assert "albumin" not in view(page)["show"].split(",")
    page.wait_for_element(".chips input[value=albumin]:focus")
    assert said(page, "document.querySelector('.more .changed').textContent") == "Biomarkers shown: 11 of 12"
    page.driver.execute_script(f"document.querySelector('#{ids.UNIT} input[value=years]').click()")
    page.wait_for_element(f"#{ids.UNIT} input[value=years]:checked")
    until(lambda: view(page).get("unit") == "years", timeout=60)
    assert said(page, "document.querySelector('.more').open"), "what was unfolded stays so"


def test_language_and_theme(opened):
    page = opened(f"/case/{CASE}?lang=en")
    page.find_element(".languages li:last-child a").click()
    page.wait_for_contains_text(".banner", seen(say("banner.illustrative", "fr")))
    assert said(page, "document.documentElement.lang") == "fr"
    page.find_element("header nav > a[href*='theme=dark']").click()
    page.wait_for_element("html[data-mantine-color-scheme=dark]")
    until(lambda: view(page) == {"lang": "fr", "theme": "dark"}, timeout=60)
    page.find_element(".product").click()
    page.wait_for_text_to_equal("main h1", say("dashboard.library.heading", "fr"))
    assert view(page) == {"lang": "fr", "theme": "dark"}
    assert said(page, "document.title") == say("dashboard.product", "fr")


def test_the_buttons_of_the_figure_speak_french(opened):
    page = opened(f"/case/{CASE}?lang=fr")
    page.wait_for_element(f"#{ids.GRAPH} .modebar-btn", timeout=60)
    titles = {button.get_attribute("data-title") for button in page.find_elements(".modebar-btn")}
    assert titles == {say(f"modebar.{key}", "fr") for key in ("zoom", "pan", "in", "out", "reset")}


def test_nothing_is_shared_stored_or_fetched_from_outside(opened):
    page = opened(f"/case/{CASE}?lang=en")
    page.wait_for_element(f"#{ids.GRAPH} .modebar-btn", timeout=60)
    assert page.find_elements("[data-title^='Share'], [data-title*='Plotly']") == []
    addresses = said(page, "performance.getEntriesByType('resource').map(entry => entry.name)")
    assert any("plotly" in address for address in addresses)
    assert [url for url in addresses if not url.startswith((page.server_url, "data:", "blob:"))] == []
    assert said(page, "[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


def test_screen_and_paper_have_one_type(opened):
    page = opened(f"/case/{CASE}?lang=en")
    page.wait_for_element(f"#{ids.GRAPH} .main-svg", timeout=60)
    loaded = said(
        page, "[...document.fonts].filter(f => f.status == 'loaded').map(f => f.family.replace(/[\"']/g, ''))"
    )
    assert set(loaded) == {"Casecurves Sans"}
    for selector in ("main h1", f"#{ids.ZERO}", ".chips label", f"#{ids.GRAPH} .xtitle"):
        family = said(page, f"getComputedStyle(document.querySelector('{selector}')).fontFamily")
        assert "Casecurves Sans" in family, selector


def test_the_link_gives_the_png_of_the_view(opened):
    page = opened(f"/case/{CASE}?lang=fr&unit=weeks")
    page.find_element(".tabs a[href*='tab=export']").click()
    page.wait_for_element(".export .file")
    link = page.find_element(".export .file").get_attribute("href")
    assert {name: value[0] for name, value in parse_qs(urlparse(link).query).items()} == {
        "lang": "fr",
        "unit": "weeks",
    }
    fetched = """const done = arguments[1];
        fetch(arguments[0]).then(r => r.arrayBuffer()).then(b => done([...new Uint8Array(b.slice(0, 24))]))"""
    start = bytes(page.driver.execute_async_script(fetched, link))
    assert start[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">I", start[16:20])[0] == round(190 / 25.4 * 300)


def test_the_live_figure_takes_the_place_of_the_still_one(opened):
    page = opened(f"/case/{CASE}?lang=en")
    page.wait_for_element(f"#{ids.GRAPH} .main-svg", timeout=60)
    heights = said(
        page, f"[document.querySelector('.figure').offsetHeight, document.querySelector('#{ids.GRAPH}').offsetHeight]"
    )
    assert abs(heights[0] - heights[1]) <= 2  # the border
    assert said(page, "getComputedStyle(document.querySelector('.still')).display") == "none"


def test_a_phone_gets_a_picture_made_for_it(opened):
    page = opened(f"/case/{CASE}?lang=en", PHONE)
    picture = "document.querySelector('.still img')"
    page.wait_for_element(".still img")
    assert said(page, f"{picture}.currentSrc").endswith("&narrow=1")
    assert said(page, "getComputedStyle(document.querySelector('.live')).display") == "none"
    assert said(page, "document.documentElement.scrollWidth <= window.innerWidth")
    assert not page.find_element(f"#{ids.UNIT}").is_displayed()
    page.find_element(".drawer summary").click()
    assert page.find_element(f"#{ids.UNIT}").is_displayed()
    for fold in (".more", ".marks"):
        page.find_element(f"{fold} > summary").click()
        assert said(page, "document.documentElement.scrollWidth <= window.innerWidth"), fold
    widths = "[...document.querySelectorAll('.marks li:not([hidden]) a')].map(a => a.offsetWidth)"
    assert min(said(page, widths)) > 60, "a mark is told in a line, not in a column of words"


def test_a_table_is_sorted_by_keyboard_and_back_undoes_it(opened):
    page = opened("/case/dm-mda5-ruxolitinib?lang=fr&tab=tables")
    first = "document.querySelector('#table-measurements tbody td').textContent"
    before = said(page, first)
    page.driver.execute_script("document.querySelector('#table-measurements th a').focus()")
    for order in ("ascending", "descending"):
        page.driver.switch_to.active_element.send_keys(Keys.ENTER)
        page.wait_for_element(f"#table-measurements th:first-child[aria-sort={order}] a:focus", timeout=60)
        if order == "ascending":
            assert said(page, first) != before
    assert view(page)["sort"] == "measurements.-analyte"
    page.driver.back()
    page.wait_for_element("#table-measurements th:first-child[aria-sort=ascending]", timeout=60)
    page.driver.back()
    until(lambda: said(page, first) == before, timeout=60)


def test_a_phone_gets_a_table_that_fits(opened):
    page = opened("/case/dm-mda5-ruxolitinib?lang=fr&tab=tables", PHONE)
    assert said(page, "document.documentElement.scrollWidth <= window.innerWidth")
    assert said(page, "[...document.querySelectorAll('.scroll')].every(box => box.scrollWidth <= box.clientWidth)")


def test_the_first_key_leads_past_the_head(opened):
    page = opened("/?lang=en")
    page.driver.find_element(By.TAG_NAME, "body").send_keys(Keys.TAB)
    assert said(page, "document.activeElement.className") == "skip"
    assert said(page, "getComputedStyle(document.activeElement).outlineStyle") != "none"


def test_a_workbook_dropped_is_a_figure_and_its_faults_stand_by_cell(opened, tmp_path):
    book = filled()
    put(book["measurements"], "time", 3, "in May")
    (tmp_path / "mine.xlsx").write_bytes(saved(book))
    page = opened("/?lang=en")
    until(lambda: page.find_elements(".drop input[aria-label]"), timeout=60)
    assert hindrances(page.driver) == []
    page.driver.find_element(By.CSS_SELECTOR, ".drop input").send_keys(str(tmp_path / "mine.xlsx"))
    page.wait_for_element(f"#{ids.GRAPH} .main-svg", timeout=60)
    assert "/case/own-" in page.driver.current_url
    assert page.driver.title.startswith("A course")
    assert hindrances(page.driver) == []
    page.find_element("a[href*='tab=issues']").click()
    page.wait_for_contains_text(".issues", "measurements!J3")
    page.find_element(".kept button").click()
    page.wait_for_text_to_equal("main h1", say("dashboard.library.heading", "en"))
    assert page.find_elements(".owned") == []
