"""The grammar of time statements: text to clauses.

Notes
-----
::

    time   := "ongoing" | "" | clause (" & " clause)*
    clause := ["~"] point | [point] ".." [point] | "after:" anchor | "before:" anchor | "soon:" anchor
    point  := date | offset | anchor | anchor ("+" | "-") offset
    anchor := id | id ".end" | "birth"
    offset := D6, W-6, M5, Y4 or ISO 8601 P6D, -P6W, P1Y2M10D; J, S, M, A accepted on input
    date   := 2017 | 2017-03 | 2017-03-14; 14/03/2017, 14.03.2017 and 03/2017 accepted on input
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import cast

from casecurves.model.points import (
    BIRTH,
    LETTERS,
    Anchor,
    At,
    Clause,
    Date,
    Instant,
    Letter,
    Offset,
    Order,
    Point,
    Range,
    Relation,
)

_ID = r"[a-z][a-z0-9_-]*[a-z0-9]"
# Six digits hold any day of a life; more are a slip, and no date arithmetic could follow them.
_COUNT = r"[0-9]{1,6}"
_ISO = rf"P(?:{_COUNT}Y)?(?:{_COUNT}M)?(?:{_COUNT}W)?(?:{_COUNT}D)?"
_SHORT = re.compile(rf"([DWMYJSA])([+-]?)({_COUNT})", re.IGNORECASE)
_LONG = re.compile(rf"([+-]?)({_ISO})", re.IGNORECASE)
_ANCHOR = re.compile(rf"({_ID})(\.end)?")
_ANCHORED = re.compile(rf"({_ID}(?:\.end)?)([+-])(?:([DWMYJSA])({_COUNT})|({_ISO}))")
_ORDER = re.compile(r"(after|before|soon):\s*(.*)", re.DOTALL)
_ISO_DATE = re.compile(r"([1-9][0-9]{3})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_LOCAL_DATE = re.compile(r"(?:([0-9]{1,2})([/.]))?([0-9]{1,2})(?(2)\2|/)([1-9][0-9]{3})")

_FRENCH: dict[str, Letter] = {"J": "D", "S": "W", "A": "Y"}
ONGOING = frozenset({"ongoing", "en cours"})


class TimeError(ValueError):
    """A time that cannot be read.

    Attributes
    ----------
    code : str
        ``time.unreadable``, ``time.no_such_day``, ``time.backwards``, ``time.no_ends`` (``..`` alone)
        or ``time.ongoing_not_end``.
    value : str
        The part at fault, as written.
    allowed : str
        Examples of what may stand there.
    """

    def __init__(self, code: str, value: str, allowed: str = "") -> None:
        super().__init__(f"{code}: {value!r}")
        self.code = code
        self.value = value
        self.allowed = allowed


def read_clauses(text: str) -> tuple[Clause, ...]:
    """Read the clauses of a statement that is neither empty nor ``ongoing``.

    Parameters
    ----------
    text : str
        Stripped text.

    Returns
    -------
    tuple of clauses
        In the order written.

    Raises
    ------
    TimeError
        With a code and the part at fault.
    """
    parts = [part.strip() for part in text.replace("−", "-").split("&")]
    if not all(parts):
        raise _unreadable(text)
    return tuple(_clause(part) for part in parts)


def readable(text: str) -> str:
    """Return those clauses of a text that can be read, so that what they name can be checked.

    Parameters
    ----------
    text : str
        A statement of which some clause is at fault.

    Returns
    -------
    str
        A statement; ``""`` when no clause can be read.
    """
    return " & ".join(part for part in text.split("&") if _is_clause(part.strip()))


def _is_clause(text: str) -> bool:
    try:
        read_clauses(text)
    except TimeError:
        return False
    return True


def looks_like_time(text: str) -> bool:
    """Tell whether text could be read as a time without naming a row, so that no row may be called so."""
    if text.casefold() in ONGOING or text == BIRTH:
        return True
    return _offset(text) is not None or _ISO_DATE.fullmatch(text) is not None


def _unreadable(text: str) -> TimeError:
    return TimeError("time.unreadable", text, "D6, W-6, M5, Y4, 2017-03-14, M4..M5, ~M12, drug-id+M1, after:row-id")


def _clause(text: str) -> Clause:
    if order := _ORDER.fullmatch(text):
        anchor = _anchor(order[2])
        if anchor is None:
            raise _unreadable(text)
        return Order(cast(Relation, order[1]), anchor)
    if ".." in text:
        return _range(text)
    return At(_point(text.removeprefix("~").strip()), about=text.startswith("~"))


def _range(text: str) -> Range:
    first, _, last = (part.strip() for part in text.partition(".."))
    if not first and not last:
        raise TimeError("time.no_ends", text, "M4..M5, M4.., ..M5")
    clause = Range(_point(first) if first else None, _point(last) if last else None)
    if clause.start is None or clause.end is None or clause.start.base != clause.end.base:
        return clause
    low, high = clause.limits()
    if (low.ticks, high.strict) > (high.ticks, False):
        raise TimeError("time.backwards", text, f"{clause.end}..{clause.start}")
    return clause


def _point(text: str) -> Point:
    point = _date(text) or _offset(text)
    if point is not None:
        return point
    if anchor := _anchor(text):
        return Instant(anchor)
    if anchored := _ANCHORED.fullmatch(text):
        anchor = _anchor(anchored[1])
        parts = _parts(anchored[5]) if anchored[5] else ((_letter(anchored[3]), int(anchored[4])),)
        if anchor and parts:
            return _signed(parts, anchored[2], anchor)
    raise _unreadable(text)


def _anchor(text: str) -> Anchor | None:
    found = _ANCHOR.fullmatch(text)
    if found is None or (text != BIRTH and looks_like_time(found[1])):
        return None
    return Anchor(found[1], end=found[2] is not None)


def _offset(text: str) -> Offset | None:
    if short := _SHORT.fullmatch(text):
        return _signed(((_letter(short[1]), int(short[3])),), short[2])
    if (long := _LONG.fullmatch(text)) and (parts := _parts(long[2])):
        return _signed(parts, long[1])
    return None


def _signed(parts: tuple[tuple[Letter, int], ...], sign: str, anchor: Anchor | None = None) -> Offset:
    # Minus nothing is nothing: one way to write it.
    return Offset(parts, sign == "-" and any(count for _, count in parts), anchor)


def _letter(text: str) -> Letter:
    letter = text.upper()
    return _FRENCH.get(letter) or cast(Letter, letter)


def _parts(text: str) -> tuple[tuple[Letter, int], ...]:
    found = {letter.upper(): int(count) for count, letter in re.findall(r"([0-9]+)([A-Z])", text.upper())}
    return tuple((letter, found[letter]) for letter in LETTERS if letter in found)


def _date(text: str) -> Date | None:
    if iso := _ISO_DATE.fullmatch(text):
        return _checked(text, int(iso[1]), *(int(part) if part else None for part in iso.group(2, 3)))
    local = _LOCAL_DATE.fullmatch(text)
    if local is None:
        return None
    day, month, year = int(local[1]) if local[1] else None, int(local[3]), int(local[4])
    swaps = day is not None and day <= 12 and month <= 12 and day != month
    return replace(_checked(text, year, month, day), ambiguous=swaps)


def _checked(text: str, year: int, month: int | None = None, day: int | None = None) -> Date:
    try:
        date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        raise TimeError("time.no_such_day", text, "2017-03-14") from None
    return Date(year, month, day)
