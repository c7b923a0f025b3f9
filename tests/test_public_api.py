"""The public names are those that `casecurves.__all__` lists, no more and no fewer."""

import ast
import types
from pathlib import Path

import casecurves

INIT = Path(casecurves.__file__)


def test_the_list_is_literal_and_without_repeats():
    values = []
    for node in ast.parse(INIT.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            values += [node.value for target in targets if ast.unparse(target) == "__all__"]
    assert len(values) == 1
    listed = ast.literal_eval(values[0])
    assert listed == casecurves.__all__
    assert len(set(listed)) == len(listed)


def test_every_listed_name_is_there():
    assert [name for name in casecurves.__all__ if not hasattr(casecurves, name)] == []


def test_every_public_name_is_listed():
    bound = {
        name
        for name, value in vars(casecurves).items()
        if not name.startswith("_") and not isinstance(value, types.ModuleType) and name != "annotations"
    }
    assert bound - set(casecurves.__all__) == set()
