"""Every kind of page, in both languages, both themes and all widths: nothing hinders anybody, nothing sticks out."""

import pytest
from dash.testing.wait import until
from dashboard.everybody import hindrances

from casecurves.io import shipped_cases
from casecurves.knowledge.relations import all_diagrams
from casecurves.knowledge.slides import SLIDE_TABLES
from casecurves_dashboard import ids
from casecurves_dashboard.state import TABS

PATIENT, TRIAL = "dm-mda5-ruxolitinib", "il21-cancer-trials"
INVENTED = "mn-dupilumab-1-illustrative"
SHOWN = (PATIENT, TRIAL, INVENTED)
CASES = [folder.name for folder in sorted(shipped_cases().iterdir()) if folder.is_dir()]
# One of each kind, with all that can stand on it.
PAGES = [
    "/",
    "/?q=nothing+has+this",
    "/?drug=rituximab&tour=1",
    *(f"/case/{case}" for case in SHOWN),
    *(f"/case/{case}?tab={tab}" for case in SHOWN for tab in TABS if tab != "figure"),
    f"/case/{PATIENT}?row=ruxolitinib&at=30",
    f"/case/{PATIENT}?dose=prednisone&assume=prednisone&from=0&to=90",
    f"/case/{PATIENT}?zero=nothing&unit=parsecs",
    f"/case/{PATIENT}?tour=4",
    f"/case/{INVENTED}?view=overlay&invented=assessed&rules=kdigo_2021_ns",
    "/documents",
    "/documents?fidelity=exact",
    "/knowledge",
    "/knowledge/drug/ruxolitinib",
    "/knowledge/analyte/upcr",
    "/knowledge/analyte/anti_pla2r",
    *(f"/knowledge/{table}" for table in SLIDE_TABLES),
    "/diagram/jak-pathway?node=jak1",
    "/how-to-read",
    "/compare",
    "/compare?align=dupilumab&view=overlay",
    "/compare?align=dupilumab&view=multiples",
    "/teach/mn-dupilumab-1",
    "/case/none",
    "/nowhere",
]
# More of the same: what sticks out depends on their words.
MORE = [
    *(f"/case/{case}" for case in CASES if case not in SHOWN),
    *(f"/diagram/{diagram}" for diagram in all_diagrams()),
]
WIDTHS = (2560, 1440, 1024, 768, 390, 320, 200)
# A page is there when nothing of it is still to come; a figure that is not shown never comes.
THERE = f"""const live = [...document.querySelectorAll('.live, .many')].filter(one => one.offsetParent);
return document.readyState === 'complete' && Boolean(document.querySelector('#{ids.MAIN} h1, body > main h1'))
  && live.every(one => one.querySelector('.main-svg'));"""


def narrowed(driver, width):
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def visit(page, path, query):
    page.start_server()
    narrowed(page.driver, 1440)
    page.driver.get(f"{page.server_url}{path}{'&' if '?' in path else '?'}{query}")
    until(lambda: page.driver.execute_script(THERE), timeout=60)


def sticking_out(driver):
    """What each width has no room for."""
    for width in WIDTHS:
        narrowed(driver, width)
        there, room = driver.execute_script(
            "const page = document.documentElement; return [page.scrollWidth, page.clientWidth]"
        )
        if there > room:
            yield f"{there} pixels in a window of {width}"


@pytest.mark.parametrize("query", ["lang=en&theme=light", "lang=fr&theme=dark"])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_hinders_anybody_and_nothing_sticks_out(dash_duo, path, query):
    visit(dash_duo, path, query)
    assert [*hindrances(dash_duo.driver), *sticking_out(dash_duo.driver)] == []


@pytest.mark.parametrize("path", MORE)
def test_nothing_sticks_out_where_words_are_longer(dash_duo, path):
    visit(dash_duo, path, "lang=fr&theme=dark")
    assert list(sticking_out(dash_duo.driver)) == []


def test_a_figure_takes_the_width_that_there_is(dash_duo):
    dash_duo.start_server()
    narrowed(dash_duo.driver, 2560)
    dash_duo.driver.get(f"{dash_duo.server_url}/case/{PATIENT}?lang=en")
    dash_duo.wait_for_element(f"#{ids.GRAPH} .main-svg", timeout=60)
    width = "return document.querySelector('{}').getBoundingClientRect().width"
    assert dash_duo.driver.execute_script(width.format(".live .main-svg")) > 2300
    # The head stands over the page, and words are not read in lines so long.
    edge = "return document.querySelector('{}').getBoundingClientRect().left"
    ends = {round(dash_duo.driver.execute_script(edge.format(part))) for part in (".head .product", "main h1")}
    assert len(ends) == 1
    assert dash_duo.driver.execute_script(width.format("main .lead")) < 1200
