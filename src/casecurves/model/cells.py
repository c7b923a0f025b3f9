"""How one cell of a table is read: text in, typed value out, or a coded error.

The readers are used as pydantic validators, so that all faults of a row are found in one pass.
An error's ``type`` is the code of the finding (see ``issue.*`` in the catalogue).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Any

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from casecurves.model import quantity as q
from casecurves.model import when as w
from casecurves.model.written import meant

ID = re.compile(r"[a-z][a-z0-9_-]*[a-z0-9]")


def fault(code: str, **params: object) -> PydanticCustomError:
    """Return an error that pydantic collects; ``code`` is the code of the finding."""
    return PydanticCustomError(code, "{code}", {"code": code, **params})


def read_text(value: object) -> str:
    """Read a text cell; white space around it is dropped."""
    if isinstance(value, dict | list):
        raise fault("key.wrong_type")
    return "" if value is None else str(value).strip()


def read_name(value: object) -> str:
    """Read a text cell that must not be empty."""
    text = read_text(value)
    if not text:
        raise fault("cell.empty")
    return text


def read_id(value: object) -> str:
    """Read the id of a row."""
    text = read_name(value)
    if not ID.fullmatch(text):
        raise fault("id.form")
    if w.looks_like_time(text):
        raise fault("id.like_a_time")
    return text


def read_number(value: object) -> float | None:
    """Read a number; an empty cell is ``None``."""
    text = read_text(value)
    if not text:
        return None
    try:
        return q.parse_number(text)
    except q.QuantityError as error:
        raise fault(error.code) from None


def read_dose(value: object) -> float | None:
    """Read a dose: a number that is not negative."""
    number = read_number(value)
    if number is not None and number < 0:
        raise fault("number.negative")
    return number


def read_count(value: object) -> int | None:
    """Read a whole number that is not negative."""
    number = read_dose(value)
    if number is None:
        return None
    if number != int(number):
        raise fault("number.not_whole")
    return int(number)


def read_value(value: object) -> q.Quantity:
    """Read a measured value as written."""
    try:
        return q.parse_quantity(read_text(value))
    except q.QuantityError as error:
        raise fault(error.code) from None


def read_maybe_value(value: object) -> q.Quantity | None:
    """Read a value as written; an empty cell is ``None``."""
    return read_value(value) if read_text(value) else None


def read_time(value: object) -> w.Statement | None:
    """Read a time; an empty cell is ``None``: not known."""
    return _statement(value, end=False)


def read_end(value: object) -> w.Statement | None:
    """Read an end, which may also be ``ongoing``; an empty cell is ``None``: not known."""
    return _statement(value, end=True)


def _statement(value: object, *, end: bool) -> w.Statement | None:
    text = read_text(value)
    if not text:
        return None
    try:
        return w.parse(text, end=end)
    except w.TimeError as error:
        raise fault(error.code, part=error.value, examples=error.allowed) from None


def read_interval(value: object) -> str:
    """Read the interval between administrations, such as ``M1`` or ``D15``; kept as its canonical text."""
    text = read_text(value)
    if not text:
        return ""
    if not re.fullmatch(r"[DWMYJSA]\d+|P\d+[DWMY]", text):
        raise fault("interval.unreadable")
    return w.write(w.parse(text))


def choice(words: tuple[str, ...], empty: str | None = "") -> Callable[[Any], str]:
    """Return a reader for a closed vocabulary; ``empty`` is what an empty cell means, ``None`` forbids it."""

    def read(value: object) -> str:
        text = read_text(value).lower().replace(" ", "_")
        if not text and empty is not None:
            return empty
        if not text:
            raise fault("cell.empty")
        text = text if text in words else str(meant(text))
        if text not in words:
            raise fault("choice.unknown", choices=", ".join(filter(None, words)))
        return text

    return read


Text = Annotated[str, BeforeValidator(read_text)]
Name = Annotated[str, BeforeValidator(read_name)]
Id = Annotated[str, BeforeValidator(read_id)]
Number = Annotated[float | None, BeforeValidator(read_number)]
Dose = Annotated[float | None, BeforeValidator(read_dose)]
Count = Annotated[int | None, BeforeValidator(read_count)]
Interval = Annotated[str, BeforeValidator(read_interval)]
Value = Annotated[q.Quantity, BeforeValidator(read_value)]
MaybeValue = Annotated[q.Quantity | None, BeforeValidator(read_maybe_value)]
Time = Annotated[w.Statement | None, BeforeValidator(read_time)]
End = Annotated[w.Statement | None, BeforeValidator(read_end)]
