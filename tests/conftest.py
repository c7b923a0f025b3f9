"""What holds for every test: one time zone, a quiet headless browser, and no way out of this machine."""

import ipaddress
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from chromium import Page, given_back, serving, taken
from hypothesis import settings

os.environ["TZ"] = "UTC"
if hasattr(time, "tzset"):
    time.tzset()

# Selenium looks for a driver on the internet unless told that there is one here.
if shutil.which("chromedriver"):
    os.environ.setdefault("SE_OFFLINE", "true")
os.environ.setdefault("SE_AVOID_STATS", "true")

settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

BROWSER_FIXTURES = {"dash_duo", "windows"}


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


@pytest.fixture(scope="session")
def shipped():
    """The address of the one server of the shipped cases."""
    from casecurves_dashboard.app import create_app

    with serving(create_app()) as address:
        yield address


@pytest.fixture
def serve(request):
    """Serve an app as long as a test takes, or the shipped cases."""
    with ExitStack() as until_the_end:
        yield lambda app=None: until_the_end.enter_context(serving(app)) if app else request.getfixturevalue("shipped")


@pytest.fixture(scope="session")
def _browsers():
    """Browsers that are open: the one of pages, and those in which several people look at once."""
    opened = {"page": [], "people": []}
    yield opened
    for driver in (*opened["page"], *opened["people"]):
        driver.quit()


@pytest.fixture
def dash_duo(_browsers, serve):
    """A browser with one empty window; instead of that of dash[testing], which starts anew for every test."""
    yield Page(taken(_browsers["page"], 0, browser="SEVERE"), serve)
    given_back(_browsers["page"])
