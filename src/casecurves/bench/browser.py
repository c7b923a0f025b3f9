"""What only a browser can tell: from the JSON of a figure to its picture, and from an address to the first picture.

A browser of Chromium's kind is driven by selenium; where either is missing, the rows say so.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from os import environ
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep
from typing import Any

from casecurves.bench import peers

# 10 Mbit/s each way, 40 ms there and back.
_LINE = {"offline": False, "latency": 40, "downloadThroughput": 1_250_000, "uploadThroughput": 1_250_000}
_ARGUMENTS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
_FREE = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
_PATIENCE = 120.0
# Draws each figure in turn and waits until the browser has painted it; what is drawn first warms up.
_PAINT = """
const [texts, rounds, done] = arguments;
const frames = () => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)));
(async () => {
  const place = document.getElementById("place"), times = {};
  for (let round = -1; round < rounds; round++) {
    for (const name of Object.keys(texts)) {
      Plotly.purge(place);
      await frames();
      const start = performance.now();
      const figure = JSON.parse(texts[name]);
      await Plotly.newPlot(place, figure.data, figure.layout);
      await frames();
      if (round >= 0) (times[name] ||= []).push((performance.now() - start) / 1000);
    }
  }
  done(times);
})();
"""
# The first moment at which a picture of the case is seen: the still one whole, or marks of a live one.
_WATCH = """
const look = () => {
  const still = document.querySelector(".still img");
  const seen = (still && still.complete && still.naturalWidth && still.getClientRects().length)
    || document.querySelector(".js-plotly-plot .barlayer path, .js-plotly-plot .scatterlayer path");
  if (seen) requestAnimationFrame(() => { window.firstPicture = performance.now() / 1000; });
  else requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""


def missing() -> str:
    """Return what is missing to drive a browser, ``""`` when nothing is."""
    return peers.lacks("selenium") or peers.browser_lacks()


@contextmanager
def opened() -> Iterator[Any]:
    """Open a browser without a window."""
    webdriver = import_module("selenium.webdriver")
    options = webdriver.ChromeOptions()
    options.binary_location = peers.browser()
    for argument in _ARGUMENTS:
        options.add_argument(argument)
    environ.setdefault("SE_OFFLINE", "true")
    driver = webdriver.Chrome(options=options)
    driver.set_script_timeout(_PATIENCE)
    try:
        yield driver
    finally:
        driver.quit()


def painted(driver: Any, figures: dict[str, str], rounds: int) -> dict[str, list[float]]:  # noqa: ANN401 - selenium's
    """Return the seconds of each round from the JSON of each figure to its picture, all drawn in turns on one page."""
    script = import_module("plotly.offline").get_plotlyjs()
    with TemporaryDirectory(prefix="casecurves-bench-") as folder:
        page = Path(folder) / "page.html"
        place = '<div id="place" style="width:1180px"></div>'
        page.write_text(
            f'<!doctype html><meta charset="utf-8">{place}<script>{script}</script>',
            encoding="utf-8",
        )
        driver.get(page.as_uri())
        times = driver.execute_async_script(_PAINT, figures, rounds)
    return {name: list(found) for name, found in times.items()}


def first_picture(driver: Any, address: str) -> float:  # noqa: ANN401 - selenium's
    """Return the seconds until a picture is seen, by a browser that has nothing of the page, over 10 Mbit/s."""
    driver.execute_cdp_cmd("Network.enable", {})
    driver.execute_cdp_cmd("Network.clearBrowserCache", {})
    driver.execute_cdp_cmd("Network.emulateNetworkConditions", _LINE)
    watch = driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": _WATCH})
    try:
        driver.get(address)
        return float(_waited(driver, "return window.firstPicture"))
    finally:
        driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", watch)
        driver.execute_cdp_cmd("Network.emulateNetworkConditions", _FREE)
        driver.get("about:blank")


def clicked(driver: Any, address: str, click: str, shown: str) -> float:  # noqa: ANN401 - selenium's
    """Return the seconds from a click on one patient to the painted figure of that patient.

    Parameters
    ----------
    driver : selenium.webdriver.Chrome
        An open browser.
    address : str
        Page on which the click happens.
    click, shown : str
        Selector of what is clicked; script that is true once the picture is there.
    """
    driver.get(address)
    _waited(driver, f"return document.querySelector({json.dumps(click)}) !== null")
    driver.execute_script(
        "const start = performance.now(); window.waited = null;"
        f"const look = () => {{ if ({shown}) requestAnimationFrame(() => requestAnimationFrame(() => {{"
        " window.waited = (performance.now() - start) / 1000; })); else requestAnimationFrame(look); };"
        f"document.querySelector({json.dumps(click)}).click(); requestAnimationFrame(look);"
    )
    return float(_waited(driver, "return window.waited"))


def _waited(driver: Any, script: str) -> Any:  # noqa: ANN401 - selenium's
    end = monotonic() + _PATIENCE
    while monotonic() < end:
        found = driver.execute_script(script)
        if found:
            return found
        sleep(0.02)
    raise TimeoutError(script)
