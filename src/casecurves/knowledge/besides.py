"""What a published threshold asks besides its limit, in words: the other criteria of the status that it is one of."""

from __future__ import annotations

from functools import lru_cache

from casecurves.knowledge.analytes import Threshold, all_analytes
from casecurves.knowledge.rules import Criterion, all_rules
from casecurves.words import decimal, say

SIGNS = {"<": "<", "<=": "≤", ">": ">", ">=": "≥"}


@lru_cache(maxsize=256)
def besides(limit: Threshold, analyte: str, lang: str) -> tuple[str, ...]:
    """Return what a threshold of an analyte asks besides its limit; none where the limit is all.

    Parameters
    ----------
    limit : Threshold
        The threshold.
    analyte : str
        Key of the analyte that it is one of.
    lang : str
        ``"en"`` or ``"fr"``.

    Returns
    -------
    tuple of str
        Each criterion in a few words, such as ``fall >50 % from baseline``.
    """
    return tuple(_said(one, lang) for one in _others(limit, analyte))


@lru_cache(maxsize=256)
def fall(limit: Threshold, analyte: str, lang: str) -> str:
    """Return the fall that a threshold asks, short enough for its line; ``""`` where it asks none."""
    falls = (_fall(one, lang) for one in _others(limit, analyte) if one.kind == "fall")
    return next(falls, "")


def _others(limit: Threshold, analyte: str) -> list[Criterion]:
    rule, _, status = limit.status.partition(".")
    criteria = (one.criteria for one in all_rules()[rule].statuses if one.id == status) if rule else ()
    return [one for each in criteria for one in each if all(asked.analyte != analyte for asked in one.limits)]


def _fall(one: Criterion, lang: str) -> str:
    return say("besides.fall", lang, sign=SIGNS[one.comparison], amount=decimal(f"{one.amount:g}", lang))


def _said(one: Criterion, lang: str) -> str:
    if one.kind == "fall":
        return say(f"besides.{one.origin}", lang, fall=_fall(one, lang))
    name = next(known.short_name(lang) for known in all_analytes() if known.id == one.analyte)
    return say(f"besides.{one.kind}", lang, analyte=name)
