"""An exposure in words, the same on a figure, in a terminal and in a table."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

from casecurves.analysis.courses import Piece
from casecurves.analysis.exposure import MONTH_DAYS, CourseExposure, Exposure, Extent, exposure
from casecurves.knowledge import drug_name
from casecurves.knowledge.glucocorticoids import Assumed, low_dose, pulse_dose
from casecurves.model.case import Case
from casecurves.model.issues import visible
from casecurves.words import decimal, say

# Shorter than so many months, a time is told in days.
_IN_MONTHS = 2


def summary(found: Exposure, lang: str) -> tuple[str, ...]:
    """Say how much glucocorticoid was given in all, or why that cannot be said.

    Parameters
    ----------
    found : Exposure
        What was given.
    lang : str
        ``"en"`` or ``"fr"``.

    Returns
    -------
    tuple of str
        One sentence each: the cumulative dose with daily doses and pulses apart, for how long the daily dose was above
        7.5 mg, why there is no upper limit, what was assumed. Empty when no glucocorticoid is reported.
    """
    if not found.courses:
        return ()
    assumed = [say("exposure.assumed", lang, agent=drug_name(found.assumed, lang))]
    ends = [*(assumed if any(one.assumed for one in found.courses) else []), *_unverified(found, lang)]
    why = ", ".join(say(f"exposure.why.{reason}", lang) for reason in found.reasons)
    if not found.computable:
        return say("exposure.none", lang, why=why), *ends
    lines = [say("exposure.total", lang, amount=grams(found.total, lang)), *_apart(found, lang)]
    if found.months_above_low.high != 0:
        above = _lasting(found.months_above_low, lang)
        lines.append(say("exposure.above", lang, mg=number(low_dose().mg, lang), amount=above))
    if found.total.high is None:
        lines.append(say("exposure.open", lang, why=why))
    return *lines, *ends


def to_json(case: Case, assume: Assumed, lang: str) -> dict[str, Any]:
    """Return the exposure of a case as plain JSON values, with its summary in words.

    Parameters
    ----------
    case : Case
        The case.
    assume : {"", "prednisone", "prednisolone", "methylprednisolone"}
        What agents that are not named are taken to be.
    lang : str
        Language of the summary.

    Returns
    -------
    dict
        As `Exposure.to_json`, and three lists of sentences: ``summary``, ``by_course`` and ``limits``.
    """
    found = exposure(case, assume=assume)
    told = {"summary": summary(found, lang), "by_course": by_course(case, found, lang), "limits": limits(found, lang)}
    return {**found.to_json(), **{name: list(lines) for name, lines in told.items()}}


def grams(extent: Extent, lang: str) -> str:
    """Write a cumulative dose, its limits rounded outwards."""
    return amount(extent, "grams", lang, places=2)


def amount(extent: Extent, unit: str, lang: str, *, places: int = 0) -> str:
    """Write a quantity with its limits, rounded outwards; ``unit`` names an entry of the catalogue."""
    low, high = _down(extent.low, places), None if extent.high is None else -_down(-extent.high, places)
    if high is None:
        known = say(f"exposure.{unit}", lang, n=number(low, lang))
        return say("exposure.at_least", lang, amount=known) if low > 0 else say("exposure.not_known", lang)
    if low == high:
        return say(f"exposure.{unit}", lang, n=number(low, lang))
    if low <= 0:
        return say("exposure.at_most", lang, amount=say(f"exposure.{unit}", lang, n=number(high, lang)))
    between = say("exposure.between", lang, low=number(low, lang), high=number(high, lang))
    return say(f"exposure.{unit}", lang, n=between)


def _lasting(months: Extent, lang: str) -> str:
    """Write how long in months; in days where a tenth of a month would be a coarse word for it."""
    low, high = months.low * MONTH_DAYS, None if months.high is None else months.high * MONTH_DAYS
    longest = months.low if months.high is None else months.high
    if longest >= _IN_MONTHS or (high is None and low == 0):
        return amount(months, "months", lang, places=1)
    one = "one_day" if round(longest * MONTH_DAYS, 6) <= 1 else "whole_days"
    return amount(Extent(low, high), one, lang)


def number(value: float, lang: str) -> str:
    """Write a number with the decimal mark of the language."""
    return decimal(f"{value:.10g}".replace("-", "\u2212"), lang)


def by_course(case: Case, found: Exposure, lang: str) -> tuple[str, ...]:
    """Say what each course adds: what it is counted as, how much, on which days, and why no more can be said.

    Parameters
    ----------
    case : Case
        The case.
    found : Exposure
        Its exposure.
    lang : str
        ``"en"`` or ``"fr"``.

    Returns
    -------
    tuple of str
        One line for each course, in file order; days are whole days from day zero.
    """
    names = {row.id: drug_name(row.drug, lang) for row in case.therapies}
    drugs, told = Counter(names[one.therapy] for one in found.courses), Counter[str]()
    lines = []
    for one in found.courses:
        said = [_counted_as(one, lang), *_given(one, lang), *(_piece(piece, lang) for piece in one.pieces)]
        said += [say(f"exposure.why.{reason}", lang) for reason in one.reasons]
        text = " · ".join(part for part in said if part)
        drug = names[one.therapy]
        told[drug] += 1
        key = "exposure.course" if drugs[drug] == 1 else "exposure.one_of"
        lines.append(say(key, lang, drug=visible(drug), n=told[drug], of=drugs[drug], said=text))
    return tuple(lines)


def limits(found: Exposure, lang: str) -> tuple[str, ...]:
    """Say where the limits of a low dose and of a pulse are published, where doses are told by them."""
    used = [("low", low_dose())] if found.computable and found.months_above_low.high != 0 else []
    used += [("pulse", pulse_dose())] if any(one.pulse for one in found.courses) else []
    said = {
        name: limit.cited(lang) + ("" if limit.verified else f" {say('threshold.unverified', lang)}")
        for name, limit in used
    }
    return tuple(
        say(f"exposure.limit.{name}", lang, mg=number(limit.mg, lang), source=said[name]) for name, limit in used
    )


def _counted_as(one: CourseExposure, lang: str) -> str:
    """Say what a course is converted as, where that is not plain."""
    if one.agent is None:
        return ""
    agent = drug_name(one.agent.agent, lang)
    agent = say("exposure.assumed_mark", lang, agent=agent) if one.assumed else agent
    return say("exposure.counted_as", lang, agent=agent)


def _given(one: CourseExposure, lang: str) -> list[str]:
    if one.grams.low == 0 and one.grams.high is None:
        return []
    if one.pulse:
        count = amount(one.count, "times", lang)
        return [say("exposure.pulses", lang, count=count, amount=grams(one.grams, lang))]
    return [grams(one.grams, lang)]


def _piece(piece: Piece, lang: str) -> str:
    first = number(piece.start, lang) if math.isfinite(piece.start) else "…"
    last = number(piece.end - 1, lang) if math.isfinite(piece.end) else "…"
    days = first if first == last else f"{first}–{last}"
    dose = Extent(piece.low, piece.high if math.isfinite(piece.high) else None)
    return say("exposure.days", lang, n=days, amount=amount(dose, "milligrams", lang, places=2))


def _apart(found: Exposure, lang: str) -> list[str]:
    """Say daily doses and pulses apart, where there are pulses."""
    if not any(one.pulse for one in found.courses):
        return []
    count = amount(found.count, "times", lang)
    pulses = say("exposure.pulses", lang, count=count, amount=grams(found.pulses, lang))
    if all(one.pulse for one in found.courses):
        return [pulses]
    return [say("exposure.daily", lang, amount=grams(found.daily, lang)), pulses]


def _unverified(found: Exposure, lang: str) -> list[str]:
    agents = [one.agent.agent for one in found.courses if one.agent is not None and not one.agent.verified]
    names = ", ".join(drug_name(agent, lang) for agent in dict.fromkeys(agents))
    return [say("exposure.unverified", lang, agents=names)] if names else []


def _down(value: float, places: int) -> float:
    # What binary fractions leave over must not move a limit.
    scale = 10.0**places
    return math.floor(round(value * scale, 6)) / scale + 0.0
