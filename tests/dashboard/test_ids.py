"""Every id that is spoken to exists, and each stands once."""

import ast
import json
from pathlib import Path

from dash._utils import to_json

import casecurves_dashboard
from casecurves.figure.page import PageOptions
from casecurves_dashboard import ids
from casecurves_dashboard.app import create_app

PACKAGE = Path(casecurves_dashboard.__file__).parent
NAMES = {value for name, value in vars(ids).items() if name.isupper()}


def identified(component, found=None):
    """Every id in a tree of components, repeats included."""
    found = [] if found is None else found
    if isinstance(component, list):
        for item in component:
            identified(item, found)
    elif isinstance(component, dict):
        shown = component.get("props", {})
        found += [shown["id"]] if "id" in shown else []
        identified(shown.get("children"), found)
    return found


def test_every_id_of_a_callback_is_declared_and_in_the_layout(app, client):
    spoken = set()
    for callback in client.get("/_dash-dependencies").json:
        spoken |= {entry["id"] for part in ("inputs", "state") for entry in callback[part]}
        # A callback that only runs in the browser has no output, and a number for a name.
        names = callback["output"].strip(".").split("...")
        spoken |= {name.split(".")[0] for name in names if "." in name}
    assert {ids.LOCATION, ids.MAIN, ids.ZERO, ids.DOCUMENT} <= spoken
    made = {ids.page_option(name) for name in ("lang", "age", "dates", *PageOptions.model_fields)}
    assert made <= spoken
    assert spoken <= NAMES | made
    assert spoken <= set(identified(json.loads(to_json(app.validation_layout))))


def test_every_declared_id_is_used_and_differs():
    text = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py") if path.name != "ids.py")
    constants = [name for name in vars(ids) if name.isupper()]
    assert [name for name in constants if f"ids.{name}" not in text] == []
    assert len(NAMES) == len(constants)


def test_no_id_is_written_outside_the_list():
    found = [
        f"{path.name}:{node.value.lineno}"
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.keyword)
        and node.arg == "id"
        and not ast.unparse(node.value).startswith(("ids.", "_CONTROLS["))
    ]
    assert found == []


def test_ids_stand_once_on_each_page(ask):
    for path, search in (
        ("/", ""),
        ("/case/sound", ""),
        ("/case/sound", "?tab=tables"),
        ("/case/sound", "?tab=export"),
        ("/case/broken", ""),
    ):
        answer = ask(path, search)
        found = identified([*answer[ids.HEADER]["children"], *answer[ids.MAIN]["children"]])
        assert len(found) == len(set(map(str, found)))


def test_exceptions_of_callbacks_are_not_hushed():
    assert create_app().config.suppress_callback_exceptions is False
