"""The live figure under fingers: a tap chooses a mark, however the finger trembles; and nothing moves for who minds."""

import pytest
from dash.testing.wait import until
from dashboard.test_browser import opened, said, view
from dashboard.test_explore import CASE, drawn, middle, told

__all__ = ["opened"]
# A telephone held across, and a tablet: both show the live figure.
ACROSS, TABLET = (844, 390), (1024, 768)
MOVES = """[...document.querySelectorAll('*')].filter((one) => {
    const style = getComputedStyle(one);
    return style.animationName !== 'none' || style.scrollBehavior === 'smooth'
        || style.transitionDuration.split(',').some((time) => parseFloat(time) > 0);
}).map((one) => one.outerHTML.slice(0, 80))"""


@pytest.fixture
def touched(opened):
    """Open a page on a screen for fingers, as a browser on such a device does."""
    drivers = []

    def to(path, size):
        page = opened(path, size)
        drivers.append(page.driver)
        page.driver.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 5})
        page.driver.get(f"{page.server_url}{path}")
        drawn(page)
        until(lambda: said(page, "matchMedia('(pointer: coarse)').matches"), timeout=60)
        return page

    yield to
    for driver in drivers:
        driver.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": False})


def touch(page, *places):
    """Put a finger down at the first place, draw it over the others, and take it off."""
    for kind, (x, y) in (("touchStart", places[0]), *(("touchMove", place) for place in places[1:])):
        point = {"x": round(x), "y": round(y)}
        page.driver.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
    page.driver.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def seen(page, row):
    """Bring a mark to where a finger reaches it, and return where that is."""
    page.driver.execute_script(f"window.scrollBy(0, {middle(page, row)[1]} - window.innerHeight / 2)")
    return middle(page, row)


@pytest.mark.parametrize("size", [ACROSS, TABLET])
@pytest.mark.parametrize("trembles", [0, 3])
def test_a_tap_on_a_mark_tells_it(touched, size, trembles):
    page = touched(CASE, size)
    x, y = seen(page, "ruxolitinib")
    touch(page, (x, y), *[(x + trembles, y + trembles)] * bool(trembles))
    until(lambda: view(page).get("row") == "ruxolitinib", timeout=60)
    told(page, "ruxolitinib")


def test_a_tap_beside_a_mark_means_the_mark(touched):
    page = touched(CASE, TABLET)
    x, y = seen(page, "ifn-control")
    touch(page, (x + 16, y))  # a mouse would have to be nearer
    until(lambda: view(page).get("row") == "ifn-control", timeout=60)


def test_a_stroke_over_a_mark_chooses_none(touched):
    page = touched(CASE, TABLET)
    x, y = seen(page, "ruxolitinib")
    touch(page, (x, y), (x - 40, y), (x - 80, y))
    until(lambda: "from" in view(page), timeout=60)  # it chose a stretch of time
    assert "row" not in view(page)


@pytest.mark.parametrize("path", ["/?lang=en", CASE, f"{CASE}&row=ruxolitinib", "/teach/dm-mda5-ruxolitinib"])
def test_nothing_moves_for_who_asked_for_less_of_it(opened, path):
    page = opened(path)
    media = {"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]}
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    try:
        page.driver.get(f"{page.server_url}{path}")
        page.wait_for_element("main h1", timeout=60)
        if path.startswith("/case"):
            drawn(page)
        assert said(page, MOVES) == []
    finally:
        page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
