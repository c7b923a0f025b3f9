"""Which state of a case a figure was made from: a short digest of everything that its files say."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from hashlib import sha256

import orjson
from pydantic import BaseModel

from casecurves.model.quantity import Quantity
from casecurves.model.when import Statement

# Enough to tell apart the states of one case.
_DIGITS = 10
_BITS = 63
# A time and a measured value say what is written, not how they were read.
_WRITTEN = (Statement, Quantity)
_HOW = orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATACLASS


def digest(header: BaseModel, rows: Iterable[BaseModel]) -> str:
    """Return the digest of a case.

    Parameters
    ----------
    header : BaseModel
        What its ``case.toml`` says.
    rows : iterable of BaseModel
        The rows of its tables.

    Returns
    -------
    str
        Ten hexadecimal digits: the same for the same words in the same cells, whatever the folder is called. What
        is empty or as usual and the order of columns have no part in it.
    """
    said = orjson.dumps([header, *rows], _plain, _HOW)
    return sha256(said).hexdigest()[:_DIGITS]


@cache
def _usual(kind: type[BaseModel]) -> tuple[tuple[str, object], ...]:
    """Return the cells of a kind of row, and what each holds as usual; sorted once, as the digest has them."""
    return tuple((name, kind.model_fields[name].default) for name in sorted(kind.model_fields) if name != "line")


def _row(row: BaseModel) -> dict[str, object]:
    """Return the cells of a row that say anything beyond what is usual."""
    cells = vars(row)
    found: dict[str, object] = {}
    for name, usual in _usual(type(row)):
        part = cells[name]
        # Most cells are as usual, or words: told by what they are, before their value is looked at.
        if part is usual or not (part or part == 0) or part == usual:
            continue
        # Beyond 64 bits JSON has no whole number that everybody reads.
        found[name] = str(part) if type(part) is int and part.bit_length() > _BITS else part
    return found


def _plain(value: object) -> object:
    """Return as JSON what it has no form for: of a time or a measured value what is written."""
    if isinstance(value, _WRITTEN):
        return value.written
    return _row(value) if isinstance(value, BaseModel) else str(value)
