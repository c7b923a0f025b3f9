"""What a dose by body size comes to, in words."""

from __future__ import annotations

import re

from casecurves.analysis.body import Amount, amount, by_size
from casecurves.figure.compile.wording import Words
from casecurves.model.schema import DatedDose, Therapy

_BY_SIZE = re.compile(r"/\s*(?:kg|m2|m²)", re.IGNORECASE)


def comes_to(words: Words, row: Therapy | DatedDose) -> str:
    """Return what a dose per kilogram or per square metre comes to, and by which measurements.

    ``""`` for any other dose; where what it takes is not stated, that it is not known.
    """
    size = by_size(row.dose_unit) if row.dose is not None and "/" in row.dose_unit else None
    if size is None:
        return ""
    found = amount(words.case, words.placer.chronology, row)
    if found is None:
        return words.say(f"size.unknown.{size}")
    dose = words.with_unit(between(words, found.low, found.high), _BY_SIZE.sub("", row.dose_unit, count=1))
    body = words.with_unit(between(words, *found.sizes), "kg" if size == "kg" else "m²")
    return words.say(f"size.comes_to.{size}", dose=dose, body=body, rests_on=_rests_on(words, found))


def between(words: Words, low: float, high: float) -> str:
    """Write two limits, or the one number that both are."""
    return words.number(low) if low == high else f"{words.number(low)}–{words.number(high)}"


def _rests_on(words: Words, found: Amount) -> str:
    parts = (f"{words.analyte(row)} {words.valued(row)}, {words.when(row.time)}".rstrip(", ") for row in found.rows)
    return words.say("list.semicolon").join(parts)
