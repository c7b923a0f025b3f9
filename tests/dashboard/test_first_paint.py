"""What a page says before any script has run is what it says afterwards, and it does not move."""

import html
import re
from html.parser import HTMLParser

import pytest
from dash import dcc
from dash import html as tags
from dash.testing.wait import until
from dashboard.build import HOSTILE, texts
from figure.build import unspanned

from casecurves.io import read_library, shipped_cases
from casecurves.words import say
from casecurves_dashboard import ids
from casecurves_dashboard.app import create_app
from casecurves_dashboard.markup import markup
from casecurves_dashboard.screens import AFTER_PX
from casecurves_dashboard.shelf import Shelf

CASE = "dm-mda5-ruxolitinib"
VIEWS = ["/?lang=fr", f"/case/{CASE}?lang=en&theme=dark", f"/case/{CASE}?lang=fr&zero=ruxolitinib&tab=tables",
         f"/case/{CASE}?lang=fr&tab=issues", "/case/nowhere?lang=fr", "/elsewhere?lang=en"]  # fmt: skip
# The proportions of the page are those of the scripts' page; a rounding of the layout is no jump.
STILL_PX = 2
# Enough for a slow hospital network to show it in one round trip or two.
LARGEST = 30_000


class Read(HTMLParser):
    """Takes the part of a served page that is shown before the scripts apart."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page.split('<div class="first">')[1].split("<div hidden>")[0])

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += f"{data}\n"


@pytest.fixture(scope="module")
def served():
    return create_app().server.test_client()


@pytest.mark.parametrize("view", VIEWS)
def test_the_served_page_says_what_the_scripts_will_say(served, view):
    from dashboard.build import body

    path, _, query = view.partition("?")
    answer = served.post("/_dash-update-component", json=body(path, f"?{query}")).json["response"]
    page = served.get(view)
    said = Read(unspanned(page.text))
    everything = said.text + "\n".join(value or "" for _, attributes in said.tags for value in attributes.values())
    parts = [answer[place]["children"] for place in (ids.MAIN, ids.FOOTER)]
    # A control says what is chosen; the choices come with it.
    words = [text for text in texts(parts) if text.strip()]
    assert len(words) > 4
    assert [word for word in words if word not in everything and word not in _controls(served, answer)] == []
    assert f'<html lang="{query[5:7]}"' in page.text
    assert ('data-mantine-color-scheme="dark"' in page.text) == ("dark" in view)


@pytest.mark.parametrize("view", ["/?lang=fr&drug=rituximab", f"/case/{CASE}?lang=en&tab=export"])
def test_what_names_an_element_names_one_of_the_page(served, view):
    tags = Read(served.get(view).text).tags
    named = [attributes["id"] for _, attributes in tags if "id" in attributes]
    assert len(named) == len(set(named))
    naming = [attributes[name] for _, attributes in tags for name in ("for", "aria-labelledby") if name in attributes]
    assert naming, "there is something to ask"
    assert set(naming) <= set(named)


def _controls(served, answer):
    from dashboard.test_pages import components

    inside = [item for item in components(answer[ids.MAIN]["children"]) if item["namespace"] != "dash_html_components"]
    return {text for item in inside if item["type"] in ("SegmentedControl", "Select") for text in texts(item)}


def test_the_picture_of_the_view_is_in_the_served_page(served):
    page = served.get(f"/case/{CASE}?lang=fr&theme=dark&zero=ruxolitinib").text
    (picture,) = [attributes["src"] for tag, attributes in Read(page).tags if tag == "img" and attributes["alt"]]
    assert picture == f"/picture/{CASE}.svg?lang=fr&theme=dark&zero=ruxolitinib"
    assert served.get(picture).status_code == 200
    assert say("dashboard.noscript", "fr") in page
    library = Read(served.get("/?lang=en").text)
    assert {attributes["href"] for tag, attributes in library.tags if tag == "a"} >= {
        f"/case/{case_id}?lang=en" for case_id in read_library(shipped_cases())
    }


@pytest.mark.parametrize("view", VIEWS[:-2])  # those of a missing page are too small to be worth packing
def test_it_is_small(served, view):
    answer = served.get(view, headers={"Accept-Encoding": "br"})
    assert answer.headers["Content-Encoding"] == "br"
    assert len(answer.data) < LARGEST


def test_hostile_text_is_inert(client):
    for path in ("/", "/case/hostile", "/case/hostile?tab=tables"):
        page = client.get(path).text
        said = Read(page)
        assert HOSTILE[0] in said.text
        assert {"script", "b", "iframe", "object"} & {tag for tag, _ in said.tags} == set()
        assert [name for _, attributes in said.tags for name in attributes if name.startswith("on")] == []
        pictures = [attributes["src"] for tag, attributes in said.tags if tag == "img"]
        assert all(re.match(r"/(picture|miniature)/|data:image/svg\+xml,", source) for source in pictures)
        assert "\u202e" not in page


@pytest.mark.parametrize(
    "path", ["/case/%22%3E%3Cscript%3Ealert(1)%3C/script%3E", "/case/sound?zero=%22%3E%3Cscript%3E"]
)
def test_a_hostile_address_is_inert(client, path):
    page = client.get(path).text
    assert "<script>alert" not in page
    assert "><script>" not in page.split('<div class="first">')[1].split("<div hidden>")[0]


def test_text_and_attributes_are_escaped_and_nothing_else_is_written():
    evil = '"><script>alert(1)</script>'
    inner = [evil, None, 3, dcc.Link(evil, href=evil), tags.Img(alt=evil, src="/x"), dcc.Store(id="kept", data=evil)]
    tree = tags.Div(inner, id="one", title=evil, hidden=True, style={"height": "3px"})
    safe = html.escape(evil)
    inside = f'{safe}3<a href="{safe}" data-page>{safe}</a><img alt="{safe}" src="/x">'
    assert markup(tree) == f'<div id="first-one" hidden title="{safe}" style="height:3px">{inside}</div>'


def test_a_fault_of_ours_does_not_keep_the_page_from_coming(client, monkeypatch, caplog):
    monkeypatch.setattr(Shelf, "spec", lambda *_: 1 / 0)
    page = client.get("/case/sound?lang=fr")
    assert page.status_code == 200
    assert say("dashboard.starting", "fr") in page.text
    assert "ZeroDivisionError at test_first_paint.py" in caplog.text


PLACES = """const of = root => ['h1', '.lead', '.tabs', '.tools', '.figure', '.cards', '.part']
  .map(name => document.querySelector(`${root} ${name}`)).map(e => e && e.getBoundingClientRect())
  .map(box => box && [box.x, box.y, box.width, box.height].map(Math.round)); return of(arguments[0])"""
# What moved, by how much of the window, and from where to where.
WATCH = """window.shifts = [];
const boxes = e => e.sources.map(s => [s.node && (s.node.className || s.node.nodeName),
  ...[s.previousRect, s.currentRect].map(r => [r.x, r.y, r.width, r.height].map(Math.round).join(' '))]);
new PerformanceObserver(list => shifts.push(...list.getEntries().map(e => [e.value, e.startTime, boxes(e)])))
  .observe({type: 'layout-shift', buffered: true});"""


@pytest.mark.parametrize("size", [(1400, 1000), (420, 900)])
@pytest.mark.parametrize("view", [f"/case/{CASE}?lang=fr", "/?lang=en"])
def test_nothing_moves_when_the_scripts_take_over(dash_duo, view, size):
    dash_duo.start_server()
    driver = dash_duo.driver
    driver.set_window_size(*size)
    driver.execute_cdp_cmd("Network.enable", {})
    driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})
    driver.execute_cdp_cmd("Network.setBlockedURLs", {"urls": ["*_dash-layout*"]})
    driver.get(dash_duo.server_url + view)
    dash_duo.wait_for_element(".first h1")
    before = driver.execute_script(PLACES, ".first")
    assert dash_duo.find_element(".first h1").is_displayed()
    driver.execute_cdp_cmd("Network.setBlockedURLs", {"urls": []})
    driver.get(dash_duo.server_url + view)
    dash_duo.wait_for_element("main h1", timeout=60)
    if "case" in view:
        dash_duo.wait_for_element(f"#{ids.GRAPH} .main-svg", timeout=60)
    after = driver.execute_script(PLACES, "main")
    assert len([box for box in before if box]) >= 3
    for first, then in zip(before, after, strict=True):
        assert (first is None) == (then is None)
        assert first is None or max(abs(a - b) for a, b in zip(first, then, strict=True)) <= STILL_PX
    shifts = driver.execute_script("return shifts")
    assert sum(value for value, *_ in shifts) < 0.01, shifts
    until(lambda: not dash_duo.find_elements(".first"), timeout=60)


# Every colour scheme that the page has from its first byte on.
SCHEMES = """window.schemes = [];
new MutationObserver(() => schemes.push(document.documentElement.dataset.mantineColorScheme))
  .observe(document, {attributes: true, childList: true, subtree: true});"""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_page_is_of_another_theme_until_the_first_answer(dash_duo, theme):
    dash_duo.start_server(create_app())
    driver = dash_duo.driver
    driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": SCHEMES})
    driver.get(f"{dash_duo.server_url}/?lang=en&theme={theme}")
    dash_duo.wait_for_element("main h1", timeout=60)
    assert set(driver.execute_script("return schemes")) == {theme}


PICTURE = """const img = document.querySelector(arguments[0] + ' .still img');
if (!img) return null;
const box = img.getBoundingClientRect(), drawn = img.naturalHeight / img.naturalWidth;
return img.complete && img.naturalWidth ? [box.left, box.right, box.width / box.height * drawn] : null"""
LIVE = """const box = document.querySelector('main .main-svg').getBoundingClientRect(); return [box.left, box.right]"""


@pytest.mark.parametrize("width", [390, 1400, 1920, 2560])
def test_the_live_figure_is_as_wide_as_the_picture_it_takes_the_place_of(dash_duo, width):
    dash_duo.start_server(create_app())
    driver, phone = dash_duo.driver, width < 760
    driver.execute_cdp_cmd("Network.enable", {})
    metrics = {"width": width, "height": 1000, "deviceScaleFactor": 1, "mobile": phone}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    driver.execute_cdp_cmd("Network.setBlockedURLs", {"urls": ["*_dash-layout*"]})
    driver.get(f"{dash_duo.server_url}/case/{CASE}?lang=fr")
    until(lambda: driver.execute_script(PICTURE, ".first"), timeout=60)
    left, right, stretched = driver.execute_script(PICTURE, ".first")
    # Its letters are as wide as they are high, nearly.
    assert stretched == pytest.approx(1, abs=0.04)
    driver.execute_cdp_cmd("Network.setBlockedURLs", {"urls": []})
    driver.get(f"{dash_duo.server_url}/case/{CASE}?lang=fr")
    if phone:
        until(lambda: driver.execute_script(PICTURE, "main"), timeout=60)
        after = driver.execute_script(PICTURE, "main")[:2]
    else:
        dash_duo.wait_for_element(f"#{ids.GRAPH} .main-svg", timeout=60)
        after = driver.execute_script(LIVE)
    assert after[0] == pytest.approx(left, abs=STILL_PX)
    assert after[1] == pytest.approx(right, abs=AFTER_PX + STILL_PX)


def test_a_wide_screen_has_a_picture_with_a_longer_axis_and_of_the_same_height(served):
    usual, wide, odd = (
        served.get(f"/picture/{CASE}.svg?lang=fr{more}").text for more in ("", "&wide=1841", "&wide=1842")
    )
    sizes = [
        [float(part) for part in re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg).groups()] for svg in (usual, wide)
    ]
    assert [size[0] for size in sizes] == pytest.approx([970 / 4.8, (1841 - AFTER_PX) / 4.8], abs=0.01)
    assert sizes[0][1] == sizes[1][1]
    assert odd == usual


def test_without_scripts_the_page_is_there(dash_duo):
    dash_duo.start_server()
    dash_duo.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    dash_duo.driver.get(f"{dash_duo.server_url}/case/{CASE}?lang=en")
    assert dash_duo.find_element(".first .still img").size["height"] > 300
    assert say("dashboard.noscript", "en") in dash_duo.find_element(".first").text
    assert dash_duo.find_element(".first .apply").value_of_css_property("display") == "block"
    dash_duo.find_element(".first .tabs li:nth-child(2) a").click()
    assert "ruxolitinib" in dash_duo.find_element(".first table").text
