"""A case of any size, made by a seeded rule, for measuring how the chronology grows.

Every row has a true day from which its statement is written, as precisely or as vaguely as reports do; so the
statements cannot contradict each other.
"""

from __future__ import annotations

from random import Random

from casecurves.model.chronology import Frame, Row
from casecurves.model.when import parse

FRAME = Frame(day_zero="row-0")
_MONTH = 30.4375
_COURSE = 1500


def generate(size: int, seed: int = 1) -> tuple[Row, ...]:
    """Make the rows of a case.

    Parameters
    ----------
    size : int
        How many rows: one in four is a course with an end, the others are visits, doses and events.
    seed : int
        Another seed gives another case of the same kind.

    Returns
    -------
    tuple of Row
        Rows as `casecurves.model.chronology.resolve` takes them, with `FRAME`.
    """
    random = Random(seed)  # noqa: S311 - nothing secret, and the same every time
    days = [0, *(random.randrange(-_COURSE // 5, _COURSE) for _ in range(size - 1))]
    return tuple(_row(random, number, days) for number in range(size))


def _row(random: Random, number: int, days: list[int]) -> Row:
    if number == 0:
        return Row("row-0", "events.csv", 2, "day zero", parse("D0"))
    time = _written(random, days[number], number, days)
    has_end = number % 4 == 0
    end = parse(f"row-{number}+D{random.randrange(7, 200)}..") if has_end and random.random() < 0.5 else None
    return Row(f"row-{number}", "events.csv", number + 2, f"row {number}", parse(time), end, has_end)


def _written(random: Random, day: int, number: int, days: list[int]) -> str:
    """Write a true day in one of the ways that reports use."""
    other = random.randrange(number)
    apart = day - days[other]
    form = random.randrange(6)
    if form == 0:
        return f"M{round(day / _MONTH)}"
    if form == 1:
        return f"D{day - random.randrange(1, 30)}..D{day + random.randrange(1, 30)}"
    if form == 2 and apart > 0:
        return f"after:row-{other}"
    if form == 3 and apart < 0:
        return f"before:row-{other}"
    if form == 4 and apart > 0:
        return f"row-{other}..row-{other}+D{apart + random.randrange(1, 60)}"
    return f"D{day}"
