"""Browsers that tests share: each test gets a window in which nothing is left of the test before."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from dash.testing.browser import Browser
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from urllib3.exceptions import HTTPError
from werkzeug.serving import make_server

WIDE = (1400, 1000)
FLAGS = (
    "--headless=new",
    "--window-size=1400,1000",
    "--no-first-run",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",  # a container has little of it
    "--disable-sync",
    "--force-device-scale-factor=1",
)


@contextmanager
def serving(app) -> Iterator[str]:
    """Serve an app and yield its address."""
    server = make_server("127.0.0.1", 0, app.server, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def started(**logs: str) -> webdriver.Chrome:
    """Start a browser that keeps these logs."""
    options = Options()
    for flag in FLAGS:
        options.add_argument(flag)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.add_argument("--no-sandbox")  # Chromium refuses to start as root with it
    options.binary_location = os.environ.get("BROWSER_PATH", "")
    options.set_capability("goog:loggingPrefs", logs)
    return webdriver.Chrome(options=options, service=Service())


def taken(opened: list[webdriver.Chrome], number: int, **logs: str) -> webdriver.Chrome:
    """Return one of several browsers; start it where there are not so many."""
    if number == len(opened):
        opened.append(started(**logs))
    return opened[number]


def given_back(opened: list[webdriver.Chrome]) -> None:
    """Leave no page open, which would go on asking its server during other tests; and no browser that has died."""
    for driver in [*opened]:
        try:
            renew(driver)
        except (WebDriverException, HTTPError):
            opened.remove(driver)
            driver.service.stop()


def renew(driver: webdriver.Chrome) -> None:
    """Replace all windows by one that is as a browser just started has it."""
    before = driver.window_handles
    driver.switch_to.new_window("tab")
    fresh = driver.current_window_handle
    for handle in before:
        driver.switch_to.window(handle)
        driver.execute_cdp_cmd("Storage.clearDataForOrigin", {"origin": _origin(driver), "storageTypes": "all"})
        driver.close()
    driver.switch_to.window(fresh)
    driver.execute_cdp_cmd("Page.bringToFront", {})  # it has the focus
    driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
    driver.set_window_size(*WIDE)
    for kind in driver.log_types:
        driver.get_log(kind)


def _origin(driver):
    return driver.execute_script("return location.origin")


class Page(Browser):
    """What dash[testing] can do with a browser, done with one that is there already, and any number of servers."""

    def __init__(self, driver: webdriver.Chrome, serve) -> None:
        self._shared, self._serve = driver, serve
        super().__init__("chrome", wait_timeout=60)  # a machine with other work takes its time

    def _try_get_webdriver(self):
        return self._shared

    def start_server(self, app=None) -> None:
        """Serve an app for this test; without one, the shipped cases, from the server that all tests share."""
        self._url = self._serve(app)
