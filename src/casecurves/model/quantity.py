"""A value as people write it: number, censored, titre, grade, range, category or trend."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Literal, get_args

QuantityKind = Literal["number", "censored", "titre", "grade", "range", "category", "trend"]
Comparator = Literal["<", "<=", ">", ">=", "~"]
Trend = Literal[
    "rises",
    "falls",
    "falls_then_rises",
    "rises_then_falls",
    "normalises",
    "becomes_negative",
    "appears",
    "unchanged",
]
TRENDS: tuple[Trend, ...] = get_args(Trend)

# Words accepted on input for a trend, besides the vocabulary itself.
_TREND_WORDS: dict[str, Trend] = {
    "augmente": "rises",
    "monte": "rises",
    "s'élève": "rises",
    "diminue": "falls",
    "baisse": "falls",
    "baisse puis remonte": "falls_then_rises",
    "diminue puis augmente": "falls_then_rises",
    "augmente puis diminue": "rises_then_falls",
    "se normalise": "normalises",
    "se négative": "becomes_negative",
    "se négativise": "becomes_negative",
    "apparaît": "appears",
    "inchangé": "unchanged",
    "stable": "unchanged",
}
_NOT_A_VALUE = {"nan", "na", "n/a", "#n/a", "inf", "-inf", "infinity", "null", "none", "nd", "?"}

_SPACES = " \xa0\u2009\u202f"
_DIGITS = rf"\d+(?:[{_SPACES}]\d{{3}})*"
_NUMBER = rf"[+-]?(?:{_DIGITS}(?:[.,]\d+)?|[.,]\d+)(?:[eE][+-]?\d+)?"
_CENSORED = re.compile(rf"(<=|>=|≤|≥|<|>|~|≈)\s*({_NUMBER})")
_RANGE = re.compile(rf"([~≈]?)\s*({_NUMBER})\s*(?:-|–|\.\.)\s*({_NUMBER})")
_TITRE = re.compile(r"1\s*[:/]\s*(\d+)")
_CROSSES = re.compile(r"\+{1,4}")
_GRADE = re.compile(r"(\d+)\s*/\s*(\d+)")
_COMPARATORS: dict[str, Comparator] = {"≤": "<=", "≥": ">=", "≈": "~"}


class QuantityError(ValueError):
    """A value that cannot be read; ``code`` names the finding."""

    def __init__(self, code: str, value: str) -> None:
        super().__init__(f"{code}: {value!r}")
        self.code = code
        self.value = value


@dataclass(frozen=True)
class Quantity:
    """A value as written, and what it says.

    Attributes
    ----------
    written : str
        The value as the table has it.
    kind : {"number", "censored", "titre", "grade", "range", "category", "trend"}
        What sort of statement it is.
    number : float or None
        The number of a ``number``; the limit of a ``censored`` value.
    comparator : {"<", "<=", ">", ">=", "~"} or None
        Side of a censored value; ``"~"`` marks a number or a range stated as approximate.
    titre : int or None
        N of ``1:N``.
    grade, grade_of : int or None
        ``3`` and ``5`` of ``3/5``.
    low, high : float or None
        Ends of a ``range``.
    category : str or None
        The word of a ``category``.
    trend : str or None
        A direction without a number.
    """

    written: str
    kind: QuantityKind
    number: float | None = None
    comparator: Comparator | None = None
    titre: int | None = None
    grade: int | None = None
    grade_of: int | None = None
    low: float | None = None
    high: float | None = None
    category: str | None = None
    trend: Trend | None = None


def parse_number(text: str) -> float:
    """Read one number with a French or English decimal mark.

    Parameters
    ----------
    text : str
        Such as ``"3.8"``, ``"3,8"`` or ``"1 500"``. A comma is always a decimal mark.

    Returns
    -------
    float
        A finite number.

    Raises
    ------
    QuantityError
        ``number.unreadable`` or ``number.not_finite``.
    """
    plain = text.strip().replace("\u2212", "-")
    if plain.lower() in _NOT_A_VALUE:
        raise QuantityError("number.not_finite", text)
    if not re.fullmatch(_NUMBER, plain):
        raise QuantityError("number.unreadable", text)
    value = float(re.sub(rf"[{_SPACES}]", "", plain).replace(",", "."))
    if not math.isfinite(value):
        raise QuantityError("number.not_finite", text)
    return value


def parse_quantity(text: str) -> Quantity:
    """Read a value as written.

    Parameters
    ----------
    text : str
        A number (``3,8``), censored value (``<2``), titre (``1:320``), grade (``3/5``), range (``30-40``, ``~30-40``),
        trend (``falls``) or any other word, which is a category (``positive``).

    Returns
    -------
    Quantity
        What the value says.

    Raises
    ------
    QuantityError
        ``cell.empty``, ``value.unreadable`` (starts like a number but is none), ``value.titre_zero``,
        ``value.range_backwards`` or ``number.not_finite``.
    """
    plain = text.strip().replace("\u2212", "-")
    if not plain:
        raise QuantityError("cell.empty", text)
    if plain.lower() in _NOT_A_VALUE:
        raise QuantityError("number.not_finite", text)
    if re.fullmatch(_NUMBER, plain):
        return Quantity(text, "number", number=parse_number(plain))
    return _compound(text, plain) or _word(text, plain)


def _compound(text: str, plain: str) -> Quantity | None:
    if found := _CENSORED.fullmatch(plain):
        sign, number = found[1], parse_number(found[2])
        comparator = _COMPARATORS.get(sign) or next(c for c in get_args(Comparator) if c == sign)
        return Quantity(text, "number" if comparator == "~" else "censored", number=number, comparator=comparator)
    if (found := _TITRE.fullmatch(plain)) and (":" in plain or int(found[1]) >= 10):
        # A dilution: nothing can be diluted to 1 part in 0.
        if int(found[1]) == 0:
            raise QuantityError("value.titre_zero", text)
        return Quantity(text, "titre", titre=int(found[1]))
    if (found := _GRADE.fullmatch(plain)) and int(found[1]) <= int(found[2]):
        return Quantity(text, "grade", grade=int(found[1]), grade_of=int(found[2]))
    if found := _RANGE.fullmatch(plain):
        low, high = parse_number(found[2]), parse_number(found[3])
        if low > high:
            raise QuantityError("value.range_backwards", text)
        return Quantity(text, "range", low=low, high=high, comparator="~" if found[1] else None)
    return None


def _word(text: str, plain: str) -> Quantity:
    lowered = plain.lower().replace("’", "'")
    trend = next((t for t in TRENDS if t == lowered.replace(" ", "_")), None) or _TREND_WORDS.get(lowered)
    if trend is not None:
        return Quantity(text, "trend", trend=trend)
    if re.match(r"[\d<>≤≥~≈+.,-]", plain) and not _CROSSES.fullmatch(plain):
        raise QuantityError("value.unreadable", text)
    return Quantity(text, "category", category=plain)


def most_decimals(*numbers: float | None) -> int:
    """Return with how many decimals numbers that stand together are printed: 3.0 beside 1.9 and 4.8."""
    return max((len(f"{number:.10g}".partition(".")[2]) for number in numbers if number is not None), default=0)
