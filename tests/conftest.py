"""What holds for every test: one time zone, a quiet headless browser, and no way out of this machine."""

import ipaddress
import os
import shutil
import sys
import time
from collections.abc import Iterator

import pytest
from hypothesis import settings

os.environ["TZ"] = "UTC"
if hasattr(time, "tzset"):
    time.tzset()

# Selenium looks for a driver on the internet unless told that there is one here.
if shutil.which("chromedriver"):
    os.environ.setdefault("SE_OFFLINE", "true")
os.environ.setdefault("SE_AVOID_STATS", "true")
if "BROWSER_PATH" in os.environ:
    os.environ.setdefault("DASH_TEST_CHROMEPATH", os.environ["BROWSER_PATH"])

settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

BROWSER_FIXTURES = {"dash_br", "dash_duo", "dash_duo_mp", "dash_process_duo"}
BROWSER_FLAGS = (
    "--headless=new",
    "--window-size=1400,1000",
    "--no-first-run",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-device-scale-factor=1",
)


@pytest.hookimpl(optionalhook=True)
def pytest_setup_options():
    """Tell dash[testing] which browser to start."""
    from selenium.webdriver.chrome.options import Options

    options = Options()
    for flag in BROWSER_FLAGS:
        options.add_argument(flag)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.add_argument("--no-sandbox")  # Chromium refuses to start as root with it
    return options


def pytest_collection_modifyitems(items):
    """Mark what drives a browser, so that nobody has to remember to."""
    for item in items:
        if BROWSER_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.browser)


class OutsideConnectionError(RuntimeError):
    """Something in a test tried to reach another machine."""


_tried_to_reach: list[str] = []


def _is_here(host: object) -> bool:
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host is None or host in ("", "localhost"):
        return True
    try:
        address = ipaddress.ip_address(str(host))
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _refuse_outside(event: str, args: tuple) -> None:
    if event in ("socket.connect", "socket.sendto"):
        address = args[1]
        host = address[0] if isinstance(address, tuple) else None  # a path: a socket of this machine
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = args[0]
    else:
        return
    if not _is_here(host):
        _tried_to_reach.append(f"{event}: {host}")
        raise OutsideConnectionError(f"a test tried to reach {host} ({event})")


sys.addaudithook(_refuse_outside)


@pytest.fixture(autouse=True)
def tried_to_reach() -> Iterator[list[str]]:
    """Fail a test that tried to leave this machine, be it in a thread that swallowed the error."""
    _tried_to_reach.clear()
    yield _tried_to_reach
    assert _tried_to_reach == [], "nothing may leave this machine"
