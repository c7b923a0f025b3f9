"""What a page does when the server is gone, and on paper."""

import pytest
from dash.testing.wait import until
from dashboard.build import seen

from casecurves.words import say

CASE = "mn-dupilumab-1-illustrative"


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_server_that_is_gone_is_told_until_it_answers_again(dash_duo, lang):
    dash_duo.start_server()
    driver = dash_duo.driver
    driver.get(f"{dash_duo.server_url}/?lang={lang}")
    dash_duo.wait_for_element("main .card a")
    driver.execute_cdp_cmd("Network.enable", {})
    driver.execute_cdp_cmd("Network.setBlockedURLs", {"urls": ["*_dash-update-component*"]})
    driver.execute_script("document.querySelector('main .order li:last-child a').click()")
    dash_duo.wait_for_text_to_equal("#gone", seen(say("dashboard.gone", lang)), timeout=60)
    driver.execute_cdp_cmd("Network.setBlockedURLs", {"urls": []})
    driver.execute_script("document.querySelector('main .order li:first-child a').click()")
    until(lambda: not dash_duo.find_elements("#gone"), timeout=60)


def test_paper_gets_the_still_picture_and_no_controls(dash_duo):
    dash_duo.start_server()
    driver = dash_duo.driver
    driver.get(f"{dash_duo.server_url}/case/{CASE}?lang=fr&theme=dark")
    dash_duo.wait_for_element(".live .main-svg", timeout=60)
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert dash_duo.find_element(".still img").is_displayed()
    for hidden in (".live", ".tools", ".tabs", "header nav"):
        assert not dash_duo.find_element(hidden).is_displayed(), hidden
    look = driver.execute_script("return getComputedStyle(document.querySelector('.part')).backgroundColor")
    assert look == "rgb(255, 255, 255)", "also where the screen is dark"


@pytest.mark.parametrize(
    ("path", "kept", "hidden"),
    [
        ("/how-to-read", ".example .marks .beside", "header nav"),
        ("/documents", ".figures dd", ".fidelities"),
        ("/compare", ".relations thead", ".compare-patients"),
        (f"/case/{CASE}?tab=export", ".preview img", ".export-settings"),
        ("/teach/mn-dupilumab-1", ".teach .stops", ".teach button"),
    ],
)
def test_paper_keeps_what_is_read_and_leaves_out_what_is_pressed(dash_duo, path, kept, hidden):
    dash_duo.start_server()
    dash_duo.driver.get(f"{dash_duo.server_url}{path}{'&' if '?' in path else '?'}lang=en")
    dash_duo.wait_for_element(f"main {kept}" if "teach" not in path else kept, timeout=60)
    dash_duo.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert all(one.is_displayed() for one in dash_duo.find_elements(kept))
    assert not any(one.is_displayed() for one in dash_duo.find_elements(hidden))
    assert dash_duo.find_elements(hidden)
