"""Dates and ages that stand in words that somebody wrote, for a figure that shows neither.

An age is withheld where the words say that it is one; "4 years" alone is as well how long somebody was followed, and is
left for `casecurves.figure.check` to name.
"""

from __future__ import annotations

import re

from casecurves.words import say

# A date, or a year that stands alone.
_DAY = r"\b(?:\d{1,2}[/.-]\d{1,2}[/.-])?(?:19|20)\d{2}(?:-\d{2}){0,2}\b"
# What stands in its place has brackets of its own.
_DATE = re.compile(rf"\({_DAY}\)|{_DAY}")
_SPACE = r"[\s\u00a0\u202f]"
# One number of years, or two accounts of it: "62 or 60".
_NUMBER = rf"\d{{1,3}}(?:(?:{_SPACE}(?:or|to|and|ou|à|et){_SPACE}|[-\u2013])\d{{1,3}})*"
_YEARS = rf"(?:{_SPACE}|-)?(?:ans|years?)\b(?:{_SPACE}of{_SPACE}age\b)?"
_WHO = (
    "baby|boy|child|girl|infant|man|newborn|patient|woman|enfant|femme|fille|fillette|garçon|homme|nourrisson|patiente"
)
_BEFORE = (
    rf"\b(?:aged?|age{_SPACE}of|at{_SPACE}age|he{_SPACE}was|she{_SPACE}was|(?:{_WHO}){_SPACE}(?:of|de)|âgée?s?{_SPACE}de"
    rf"|(?:elle|il){_SPACE}avait(?:{_SPACE}alors)?|âge{_SPACE}d['\u2019e]{_SPACE}?){_SPACE}*"
    rf"|\b(?:age|âge){_SPACE}*:{_SPACE}*"
)
_AGE = re.compile(
    rf"(?P<before>{_BEFORE}){_NUMBER}(?!\d|[.,]\d|{_SPACE}?(?:%|mg|g|kg|cm|m|mm)\b)(?:{_YEARS})?"
    rf"|\b{_NUMBER}(?:{_SPACE}|-)years?(?:{_SPACE}|-)olds?\b"
    rf"|\b{_NUMBER}{_SPACE}years?{_SPACE}of{_SPACE}age\b",
    re.IGNORECASE,
)


def withheld(text: str, lang: str, *, dates: bool, ages: bool) -> str:
    """Return words without what a figure is not to show.

    Parameters
    ----------
    text : str
        As somebody wrote it.
    lang : str
        Language of what stands in the place of a date or an age.
    dates, ages : bool
        Whether these are shown.

    Returns
    -------
    str
        The words; something withheld is said to be.
    """
    if not ages:
        text = _AGE.sub(lambda found: (found["before"] or "") + say("time.age_withheld", lang), text)
    return text if dates else _DATE.sub(say("time.year_withheld", lang), text)
