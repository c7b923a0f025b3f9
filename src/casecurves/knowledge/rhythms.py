"""How often a drug is given, as people write it: `rhythms.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from casecurves.knowledge.fold import table, unaccented
from casecurves.words import say

Period = Literal["hour", "day", "week", "month"]
_HOURS_A_DAY = 24
# A space beside a stroke or an x says nothing.
_IDLE = re.compile(r"\s*/\s*|(?<=\d)\s+(?=x\b)|(?<=\dx)\s+(?=/)|(?<=\bx)\s+(?=\d)")


@dataclass(frozen=True)
class Rhythm:
    """So many times in so many hours, days, weeks or months: ``Rhythm(1, 2, "week")`` is once in two weeks."""

    times: int
    every: int
    period: Period

    @property
    def times_a_day(self) -> float | None:
        """How often each day; ``None`` where it is not the same on every day."""
        if self.period == "day" and self.every == 1:
            return float(self.times)
        # Every 5 hours is not as often on one day as on the next.
        if self.period == "hour" and self.times * _HOURS_A_DAY % self.every == 0:
            return self.times * _HOURS_A_DAY / self.every
        return None

    @property
    def days(self) -> tuple[float, float]:
        """The fewest and the most days in which it is given its number of times."""
        fewest, most = {"hour": (1 / 24, 1 / 24), "day": (1, 1), "week": (7, 7), "month": (28, 31)}[self.period]
        return fewest * self.every, most * self.every

    def said(self, lang: str) -> str:
        """Return it in words."""
        if self.every > 1:
            return say(f"rhythm.every.{self.period}", lang, n=self.every)
        few = {1: "once", 2: "twice"}.get(self.times, "times")
        return say(f"rhythm.{few}.{self.period}", lang, n=self.times)


@lru_cache(maxsize=1024)
def rhythm(text: str) -> Rhythm | None:
    """Return what a rhythm as written means.

    Parameters
    ----------
    text : str
        Such as ``2x/j``, ``q2w`` or ``toutes les 12 heures``.

    Returns
    -------
    Rhythm or None
        ``None`` where the table has no such way of writing.
    """
    plain = " ".join(unaccented(text.casefold()).replace("×", "x").split())
    return _written().get(_IDLE.sub(lambda found: found[0].strip(), plain))


@cache
def _written() -> Mapping[str, Rhythm]:
    """Return every way of writing a rhythm that there is."""
    found = table("rhythms.toml")
    every = {word: Rhythm(*meant) for word, meant in found["whole"].items()}
    return dict(_spelt("forms")) | dict(_spelt("intervals")) | every


def _spelt(which: Literal["forms", "intervals"]) -> Iterator[tuple[str, Rhythm]]:
    found = table("rhythms.toml")
    counts = [(int(n), word) for n, words in found["counts"].items() for word in words]
    for form in found[which]:
        name = next(name for name in ("period", "letter", "adverb") if f"{{{name}}}" in form)
        for period, words in found[f"{name}s"].items():
            for word in words:
                for n, count in counts if "{count}" in form else ((1, ""),):
                    meant = Rhythm(n, 1, period) if which == "forms" else Rhythm(1, n, period)
                    yield form.format(count=count, **{name: word}), meant
