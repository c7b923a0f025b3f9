"""What is said of groups and trials: arms, counts and per cents as printed, and how arms compare; no individual."""

from __future__ import annotations

from casecurves.figure.compile.wording import Words
from casecurves.figure.spec import Box, Entry
from casecurves.model.case import Case
from casecurves.model.schema import Arm, Comparison, Outcome


def build_trial_boxes(case: Case, words: Words) -> tuple[Box, ...]:
    """Return the arms, the outcomes and the comparisons of a group or a trial, each endpoint by itself."""
    return (*_arms(case, words), *_outcomes(case, words), *_comparisons(case, words))


def _arms(case: Case, words: Words) -> tuple[Box, ...]:
    entries = [_entry(words, row, _arm_line(words, row)) for row in case.arms]
    return (Box(words.say("box.arms"), tuple(entries)),) if entries else ()


def _arm_line(words: Words, row: Arm) -> str:
    size = words.say("outcome.not_reported") if row.n is None else str(row.n)
    about = [words.say("trial.phase", phase=words.text(row, "phase")) if row.phase else ""]
    about.append(words.say(f"trial.{row.progress}") if row.progress else "")
    more = ", ".join(part for part in about if part)
    line = words.say("outcome.line", label=_arm_name(words, row), count=size)
    return f"{line} ({more})" if more else line


def _arm_name(words: Words, row: Arm) -> str:
    return ", ".join(part for part in (words.text(row, "trial"), words.text(row, "label")) if part)


def _outcomes(case: Case, words: Words) -> tuple[Box, ...]:
    """Return a box for each endpoint and moment; responses that share out an arm are one endpoint."""
    if case.header.kind != "trial":
        return _group(case, words)
    groups: dict[str, list[Entry]] = {}
    for row in case.outcomes:
        heading = words.say("box.responses") if row.response else _heading(words, row)
        groups.setdefault(heading, []).append(_entry(words, row, _outcome_line(case, words, row)))
    return tuple(Box(heading, tuple(entries)) for heading, entries in groups.items())


def _group(case: Case, words: Words) -> tuple[Box, ...]:
    entries = [_entry(words, row, _outcome_line(case, words, row)) for row in case.outcomes]
    return (Box(words.say("box.outcomes"), tuple(entries)),) if entries else ()


def _heading(words: Words, row: Outcome | Comparison) -> str:
    when = words.when(row.time)
    label = words.text(row, "label")
    return f"{label} · {when}" if when else label


def _outcome_line(case: Case, words: Words, row: Outcome) -> str:
    arm = next((one for one in case.arms if one.id == row.arm), None)
    named = case.header.kind != "trial" or bool(row.response) or arm is None
    parts = [_arm_name(words, arm) if arm is not None else "", words.text(row, "label") if named else ""]
    label = ", ".join(part for part in parts if part)
    return words.say("outcome.line", label=label, count=_result(words, row))


def _result(words: Words, row: Outcome) -> str:
    """Write a result as printed: so many per cent with the interval, so many of so many."""
    parts = []
    if row.percent is not None:
        parts.append(words.say("outcome.percent", value=words.quantity(row.percent)))
        parts.append(_interval(words, row))
    if row.count is not None or row.percent is None:
        parts.append(_count(words, row))
    return " ".join(part for part in parts if part)


def _interval(words: Words, row: Outcome | Comparison) -> str:
    if row.ci_low is None or row.ci_high is None:
        return ""
    low, high = (_alike(words, value, row) for value in (row.ci_low, row.ci_high))
    limits = {"low": low, "high": high}
    if row.ci_level is None:
        return words.say("outcome.interval", **limits)
    return words.say("outcome.interval_level", level=words.number(row.ci_level), **limits)


def _alike(words: Words, value: float | None, row: Outcome | Comparison) -> str:
    """Write a number with as many decimals as the others of its row: 3.0 beside 1.9 and 4.8."""
    estimate = row.estimate if isinstance(row, Comparison) else row.percent.number if row.percent else None
    found = [f"{number:.10g}".partition(".")[2] for number in (estimate, row.ci_low, row.ci_high) if number is not None]
    return "" if value is None else words.decimals(value, max(map(len, found), default=0))


def _count(words: Words, row: Outcome) -> str:
    """Write so many of so many, as far as they are reported."""
    if row.count is None:
        return words.say("outcome.not_reported") if row.of is None else words.say("outcome.not_reported_of", of=row.of)
    return str(row.count) if row.of is None else f"{row.count}/{row.of}"


def _comparisons(case: Case, words: Words) -> tuple[Box, ...]:
    groups: dict[str, list[Entry]] = {}
    names = {arm.id: _arm_name(words, arm) for arm in case.arms}
    for row in case.comparisons:
        estimate = _alike(words, row.estimate, row) or words.say("outcome.not_reported")
        parts = [estimate, _interval(words, row), words.say("outcome.p", p=words.text(row, "p")) if row.p else ""]
        line = words.say(
            "outcome.comparison",
            arm=names.get(row.arm, row.arm),
            versus=names.get(row.versus, row.versus),
            measure=words.say(f"measure.{row.measure}"),
            result=" ".join(part for part in parts if part),
        )
        heading = words.say("box.comparison", endpoint=_heading(words, row))
        groups.setdefault(heading, []).append(_entry(words, row, line))
    return tuple(Box(heading, tuple(entries)) for heading, entries in groups.items())


def _entry(words: Words, row: Arm | Outcome | Comparison, text: str) -> Entry:
    return Entry(
        row=row.id,
        text=text,
        basis=row.basis,
        disputed=row.status == "disputed",
        flags=words.flags(row),
        hover=words.hover(row, words.text(row, "label")),
    )
