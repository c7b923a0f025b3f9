"""Which state of a case a figure was made from: a short digest of everything that its files say."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from hashlib import sha256

from pydantic import BaseModel

from casecurves.model.case import Case
from casecurves.model.quantity import Quantity
from casecurves.model.when import Statement

# Enough to tell apart the states of one case.
_DIGITS = 10


def revision(case: Case) -> str:
    """Return the digest of a case.

    Parameters
    ----------
    case : Case
        The case.

    Returns
    -------
    str
        Ten hexadecimal digits: the same for the same words in the same cells, whatever the folder is called. What
        is empty or as usual and the order of columns have no part in it.
    """
    said = [_plain(case.header), *(_plain(row) for row in case.rows())]
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()[:_DIGITS]


@cache
def _usual(kind: type[BaseModel]) -> tuple[tuple[str, object], ...]:
    """Return the cells of a kind of row, and what each holds as usual."""
    return tuple((name, field.default) for name, field in kind.model_fields.items() if name != "line")


def _plain(value: object) -> object:
    """Return a value as JSON has it; of a time or a measured value what is written."""
    if value is None or isinstance(value, str | int | float | bool):  # most cells, told first
        return value
    if isinstance(value, Statement | Quantity):
        return value.written
    if isinstance(value, BaseModel):
        cells = vars(value)
        told = ((name, cells[name], usual) for name, usual in _usual(type(value)))
        return {name: _plain(part) for name, part, usual in told if part not in (None, "", ()) and part != usual}
    if isinstance(value, Mapping):
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    return str(value)
