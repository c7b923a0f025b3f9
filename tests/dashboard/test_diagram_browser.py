"""A diagram in its page: its room is there before its picture, and the picture is that of the screen."""

import pytest
from dash.testing.wait import until
from dashboard.browsers import said

from casecurves.figure.diagrams import compile_diagram
from casecurves.knowledge.relations import all_diagrams
from casecurves_dashboard.app import create_app
from casecurves_dashboard.diagrams import proportions

LIVE = "document.querySelector('#main .diagram img')"
ADDRESS = f"{LIVE}.complete && {LIVE}.naturalWidth ? {LIVE}.currentSrc : ''"


def ratio(key, name):
    width, height = map(float, proportions(compile_diagram(all_diagrams()[key], "fr", ""))[name].split("/"))
    return width / height


@pytest.mark.parametrize(("size", "name"), [((1366, 900), "--wide"), ((600, 900), "--narrow")])
def test_a_diagram_has_its_room_before_it_is_there_and_then_the_drawing_of_the_screen(dash_duo, size, name):
    dash_duo.start_server(create_app())
    driver = dash_duo.driver
    driver.set_window_size(*size)
    driver.execute_cdp_cmd("Network.enable", {})
    for key in ("jak-pathway", "th2-dupilumab"):
        box = f"{LIVE} && {LIVE}.offsetWidth / {LIVE}.offsetHeight"
        # As on a slow line: the page is there, its picture is not.
        driver.execute_cdp_cmd("Network.setBlockedURLs", {"urls": ["*/diagram/*.svg*"]})
        driver.get(f"{dash_duo.server_url}/diagram/{key}?lang=fr")
        until(lambda box=box: said(driver, box), timeout=60)
        assert said(driver, box) == pytest.approx(ratio(key, name), rel=0.02)
        driver.execute_cdp_cmd("Network.setBlockedURLs", {"urls": []})
        driver.get(f"{dash_duo.server_url}/diagram/{key}?lang=fr&theme=dark")
        until(lambda: said(driver, f"{LIVE} && ({ADDRESS})"), timeout=60)
        assert ("narrow" in said(driver, ADDRESS)) == (name == "--narrow")
        natural = said(driver, f"{LIVE}.naturalWidth / {LIVE}.naturalHeight")
        assert natural == pytest.approx(ratio(key, name), rel=0.02)
