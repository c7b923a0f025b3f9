"""Kidney function in words and as JSON, the same in a terminal, in a table and for a program."""

from __future__ import annotations

import math
from typing import Any

from casecurves.analysis.kidney import Estimate, kidney_function
from casecurves.analysis.response.saying import value_name
from casecurves.analysis.saying import number
from casecurves.knowledge.egfr import EQUATIONS, Equation
from casecurves.model.case import Case
from casecurves.words import say


def to_json(case: Case, lang: str) -> list[dict[str, Any]]:
    """Return the kidney function of a case by each equation as plain JSON values.

    Parameters
    ----------
    case : Case
        The case.
    lang : str
        Language of the sentences.

    Returns
    -------
    list of dict
        For each equation ``equation``, ``name``, ``source``, ``verified`` and ``values``: for each ``value`` of
        creatinine ``low`` and ``high`` in mL/min/1.73 m², or ``None`` and the ``reason``, and a ``sentence``. Empty
        where no creatinine was measured.
    """
    found = {equation: kidney_function(case, equation) for equation in EQUATIONS}
    return [
        {
            "equation": equation,
            "name": EQUATIONS[equation].name,
            "source": EQUATIONS[equation].source,
            "verified": EQUATIONS[equation].verified,
            "values": [_estimate_json(one, lang) for one in estimates],
        }
        for equation, estimates in found.items()
        if estimates
    ]


def _estimate_json(one: Estimate, lang: str) -> dict[str, Any]:
    return {
        "value": one.row,
        "low": one.low,
        "high": one.high,
        "reason": one.reason or None,
        "sentence": _said(one, lang),
    }


def lines(case: Case, lang: str) -> tuple[str, ...]:
    """Say the kidney function at each value of creatinine, by each equation.

    Parameters
    ----------
    case : Case
        The case.
    lang : str
        ``"en"`` or ``"fr"``.

    Returns
    -------
    tuple of str
        One line for each value, limits rounded outwards to whole numbers; empty where no creatinine was measured.
    """
    found = {equation: {one.row: one for one in kidney_function(case, equation)} for equation in EQUATIONS}
    said = []
    for row in case.measurements:
        estimates = {equation: ones[row.id] for equation, ones in found.items() if row.id in ones}
        if estimates:
            text = _together(estimates, lang)
            said.append(say("kidney.line", lang, value=value_name(row, lang), said=text))
    return tuple(said)


def _together(estimates: dict[Equation, Estimate], lang: str) -> str:
    """Say the estimates of one value, or once why there is none."""
    if len({one.reason for one in estimates.values()}) == 1 and all(one.reason for one in estimates.values()):
        return _said(next(iter(estimates.values())), lang)
    return " · ".join(
        say("kidney.by", lang, equation=_equation(equation, lang), amount=_said(one, lang))
        for equation, one in estimates.items()
    )


def _equation(equation: Equation, lang: str) -> str:
    known = EQUATIONS[equation]
    return known.name if known.verified else say("kidney.unverified", lang, equation=known.name)


def _said(one: Estimate, lang: str) -> str:
    if one.low is None or one.high is None:
        return say(f"kidney.why.{one.reason}", lang)
    low, high = number(math.floor(one.low), lang), number(math.ceil(one.high), lang)
    return say("kidney.rate", lang, amount=low if low == high else f"{low}–{high}")
