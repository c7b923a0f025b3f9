"""What is said of groups and trials: arms, counts and per cents as printed, and how arms compare; no individual."""

from __future__ import annotations

from casecurves.figure.compile.wording import Words
from casecurves.figure.spec import Box, Entry
from casecurves.model.case import Case
from casecurves.model.issues import visible
from casecurves.model.quantity import most_decimals
from casecurves.model.schema import Arm, Comparison, Outcome
from casecurves.words import limits_of, probability


def build_trial_boxes(case: Case, words: Words, charted: frozenset[str] = frozenset()) -> tuple[Box, ...]:
    """Return what of arms, outcomes and comparisons no chart shows, each endpoint by itself."""
    return (
        *_arms(case, words, charted),
        *_outcomes(case, words, charted),
        *_comparisons(case, words, charted),
    )


def _arms(case: Case, words: Words, charted: frozenset[str]) -> tuple[Box, ...]:
    entries = [entry(words, row, arm_line(words, row)) for row in case.arms if row.id not in charted]
    return (Box(words.say("box.arms"), tuple(entries)),) if entries else ()


def arm_line(words: Words, row: Arm) -> str:
    """Write an arm: what it is called, how many patients it has, the phase and whether it has ended."""
    size = words.say("outcome.not_reported") if row.n is None else str(row.n)
    more = design(words, row)
    line = words.say("outcome.line", label=arm_name(words, row), count=size)
    return f"{line} ({more})" if more else line


def design(words: Words, row: Arm) -> str:
    """Write the phase of a trial and whether it has ended, as far as they are stated."""
    about = [words.say("trial.phase", phase=words.text(row, "phase")) if row.phase else ""]
    about.append(words.say(f"trial.{row.progress}") if row.progress else "")
    return ", ".join(part for part in about if part)


def arm_name(words: Words, row: Arm) -> str:
    """Name an arm by its trial and its own label."""
    return ", ".join(part for part in (words.text(row, "trial"), words.text(row, "label")) if part)


def _outcomes(case: Case, words: Words, charted: frozenset[str]) -> tuple[Box, ...]:
    """Return a box for each endpoint and moment; responses that share out an arm are one endpoint."""
    rows = [row for row in case.outcomes if row.id not in charted]
    if case.header.kind != "trial":
        entries = [entry(words, row, outcome_line(case, words, row)) for row in rows]
        return (Box(words.say("box.outcomes"), tuple(entries)),) if entries else ()
    groups: dict[str, list[Entry]] = {}
    for row in rows:
        endpoint = words.say("box.responses") if row.response else heading(words, row)
        groups.setdefault(endpoint, []).append(entry(words, row, outcome_line(case, words, row)))
    return tuple(Box(endpoint, tuple(found)) for endpoint, found in groups.items())


def heading(words: Words, row: Outcome | Comparison) -> str:
    """Name an endpoint with its moment: what has the same name is one endpoint."""
    when = words.when(row.time)
    label = words.text(row, "label")
    return f"{label} · {when}" if when else label


def lost(case: Case, *arms: str) -> bool:
    """Tell whether one of some arms that are named has an error, so that no chart can say whom it counts."""
    return bool({arm for arm in arms if arm} - {arm.id for arm in case.arms})


def outcome_line(case: Case, words: Words, row: Outcome) -> str:
    """Write a result as a sentence; the endpoint itself only where no heading names it."""
    arm = next((one for one in case.arms if one.id == row.arm), None)
    named = case.header.kind != "trial" or bool(row.response) or arm is None
    parts = [arm_name(words, arm) if arm is not None else "", words.text(row, "label") if named else ""]
    label = ", ".join(part for part in parts if part)
    line = words.say("outcome.line", label=label, count=_result(words, row))
    return words.say("outcome.lost_arm", line=line, arm=visible(row.arm)) if lost(case, row.arm) else line


def _result(words: Words, row: Outcome) -> str:
    """Write a result as printed: so many per cent with the interval, so many of so many."""
    parts = []
    if row.percent is not None:
        parts.append(words.say("outcome.percent", value=words.quantity(row.percent)))
        parts.append(interval(words, row))
    if row.count is not None or row.percent is None:
        parts.append(count(words, row))
    return " ".join(part for part in parts if part)


def interval(words: Words, row: Outcome | Comparison) -> str:
    """Write a confidence interval as printed, ``""`` where none is given."""
    if row.ci_low is None or row.ci_high is None:
        return ""
    low, high = (alike(words, value, row) for value in (row.ci_low, row.ci_high))
    limits = limits_of(low, high, words.lang)
    if row.ci_level is None:
        return words.say("outcome.interval", limits=limits)
    return words.say("outcome.interval_level", level=words.number(row.ci_level), limits=limits)


def alike(words: Words, value: float | None, row: Outcome | Comparison) -> str:
    """Write a number with as many decimals as the others of its row: 3.0 beside 1.9 and 4.8."""
    estimate = row.estimate if isinstance(row, Comparison) else row.percent.number if row.percent else None
    return "" if value is None else words.decimals(value, most_decimals(estimate, row.ci_low, row.ci_high))


def count(words: Words, row: Outcome) -> str:
    """Write so many of so many, as far as they are reported."""
    if row.count is None:
        return words.say("outcome.not_reported") if row.of is None else words.say("outcome.not_reported_of", of=row.of)
    return str(row.count) if row.of is None else f"{row.count}/{row.of}"


def _comparisons(case: Case, words: Words, charted: frozenset[str]) -> tuple[Box, ...]:
    groups: dict[str, list[Entry]] = {}
    for row in case.comparisons:
        if row.id not in charted:
            endpoint = words.say("box.comparison", endpoint=heading(words, row))
            groups.setdefault(endpoint, []).append(entry(words, row, comparison_line(case, words, row)))
    return tuple(Box(endpoint, tuple(found)) for endpoint, found in groups.items())


def comparison_line(case: Case, words: Words, row: Comparison) -> str:
    """Write a comparison as a sentence: which arms, by what measure, with what result."""
    names = {arm.id: arm_name(words, arm) for arm in case.arms}
    return words.say(
        "outcome.comparison",
        arm=names.get(row.arm, row.arm),
        versus=names.get(row.versus, row.versus),
        measure=words.say(f"measure.{row.measure}"),
        result=compared(words, row),
    )


def compared(words: Words, row: Comparison) -> str:
    """Write the result of a comparison as printed: estimate, interval, p."""
    estimate = alike(words, row.estimate, row) or words.say("outcome.not_reported")
    parts = [estimate, interval(words, row), probability(visible(row.p), words.lang) if row.p else ""]
    return " ".join(part for part in parts if part)


def entry(words: Words, row: Arm | Outcome | Comparison, text: str) -> Entry:
    """Return a row as an item in words."""
    return Entry(
        row=row.id,
        text=text,
        basis=row.basis,
        disputed=row.status == "disputed",
        flags=words.flags(row),
        hover=words.hover(row, words.text(row, "label")),
    )
