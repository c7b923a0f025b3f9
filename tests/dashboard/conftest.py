"""A small library of its own: one sound case, one with hostile text, one that cannot be read."""

import itertools

import pytest
from chromium import WIDE, given_back, taken
from dashboard.build import SOUND, body, hostile, write

from casecurves_dashboard import app as app_module
from casecurves_dashboard import written
from casecurves_dashboard.app import create_app
from casecurves_dashboard.library import Library


@pytest.fixture(autouse=True)
def _components(request, monkeypatch):
    """Pages as components, to look into; that a browser is sent the same as HTML is a test of its own (test_light)."""
    if "browser" not in request.keywords and request.node.path.name != "test_light.py":
        for module in (app_module, written):
            monkeypatch.setattr(module, "light", lambda tree: tree)


@pytest.fixture
def cases(tmp_path):
    """A folder of three cases."""
    write(tmp_path / "sound", SOUND)
    write(tmp_path / "hostile", hostile())
    write(tmp_path / "broken", {"case.toml": "title = "})
    return tmp_path


@pytest.fixture
def library(cases):
    return Library(cases)


@pytest.fixture
def app(cases):
    return create_app(cases)


@pytest.fixture
def client(app):
    return app.server.test_client()


@pytest.fixture
def ask(client):
    """Ask for the content of a page as a browser does, and return what it would show."""

    def asked(path: object = "/", search: object = "", **headers: str) -> dict:
        response = client.post("/_dash-update-component", json=body(path, search), headers=headers)
        assert response.status_code == 200, response.text
        return response.json["response"]

    return asked


@pytest.fixture
def windows(_browsers, shipped):
    """Open windows, each of a browser of its own, whose answers are kept."""
    count = itertools.count()

    def window(path="", size=WIDE):
        driver = taken(_browsers["people"], next(count), performance="ALL", browser="ALL")
        driver.set_window_size(*size)
        driver.get(path if path.startswith("http") else f"{shipped}{path}")
        return driver

    yield window
    given_back(_browsers["people"])
