"""The charts of a group or a trial: what is printed, with its doubts; nothing is computed but what is missing."""

from __future__ import annotations

from collections.abc import Sequence

from casecurves.figure.compile.scales import limits, ticks
from casecurves.figure.compile.tallies import build_squares
from casecurves.figure.compile.trials import (
    alike,
    arm_line,
    arm_name,
    compared,
    comparison_line,
    design,
    entry,
    heading,
    interval,
    lost,
    outcome_line,
)
from casecurves.figure.compile.wording import Words
from casecurves.figure.spec import (
    BarGroup,
    Charts,
    Estimate,
    Exactness,
    ForestChart,
    PercentBar,
    PercentChart,
    TrialRow,
    TrialTable,
    Versus,
    YTick,
)
from casecurves.model.case import Case
from casecurves.model.issues import visible
from casecurves.model.schema import Arm, Comparison, Outcome
from casecurves.words import limits_of

# The axis of per cent ends where that of the article does when all fits, and at 100 otherwise.
_SHORT, _WHOLE = 75.0, 100.0
# Ratios further from one another than this are told in words: no axis would show them.
_FURTHEST = 1000.0

# The order in which the legend lists what charts draw.
CHART_KINDS = (
    "percent",
    "percent_control",
    "percent_about",
    "percent_range",
    "square_complete",
    "square_partial",
    "square_stable",
    "square_progression",
    "square_not_evaluated",
    "square_counted",
    "square_others",
    "square_not_reported",
    "limit",
    "estimate",
    "whisker",
    "same",
)


def chart_kinds(charts: Charts) -> set[str]:
    """Return the kinds of mark that charts use."""
    bars = [bar for chart in charts.percents for bar in charts.bars_of(chart)]
    estimates = [one for chart in charts.forests for one in chart.estimates]
    tallies = [tally for chart in charts.squares for tally in chart.tallies]
    used = {"percent_control" if bar.control else "percent" for bar in bars if bar.exactness == "exact"}
    used |= {f"percent_{bar.exactness}" for bar in bars if bar.exactness != "exact"}
    used |= {"whisker"} if any([*(bar.ci for bar in bars), *(one.ci for one in estimates)]) else set()
    used |= {"estimate", "same"} if estimates else set()
    used |= {f"square_{part.category}" for tally in tallies for part in tally.parts if part.count}
    used |= {f"square_{tally.missing_as}" for tally in tallies if tally.missing}
    return used | ({"limit"} if any(t.limit is not None and t.counted > t.limit for t in tallies) else set())


def build_charts(case: Case, words: Words) -> Charts:
    """Return the charts of a case; what they cannot show honestly is left to the boxes."""
    if case.header.kind == "patient":
        return Charts()
    return Charts(
        percents=_percents(case, words),
        squares=build_squares(case, words),
        forests=_forests(case, words),
        tables=_tables(case, words),
    )


def _percents(case: Case, words: Words) -> tuple[PercentChart, ...]:
    rows = [row for row in case.outcomes if row.percent is not None and not lost(case, row.arm)]
    ends = [end for row in rows for end in (*_ends(row), *(_ci(row) or ()))]
    hi = _SHORT if max(ends, default=0.0) <= _SHORT else _WHOLE
    marks = tuple(YTick(at, words.number(at)) for at in (i * (15.0 if hi == _SHORT else 20.0) for i in range(6)))
    endpoints: dict[str, list[Outcome]] = {}
    for row in rows:
        endpoints.setdefault(heading(words, row), []).append(row)
    return tuple(
        PercentChart(name, _remark(words, found, hi), hi, marks, _groups(case, words, name, found))
        for name, found in endpoints.items()
    )


def _remark(words: Words, rows: Sequence[Outcome], hi: float) -> str:
    said = words.say("chart.percent.axis", hi=words.number(hi))
    if any(_limits(words, row) and not _ci(row) for row in rows):
        said += f" {words.say('chart.percent.beyond')}"
    levels = {row.ci_level for row in rows if _ci(row)}
    level = next(iter(levels)) if len(levels) == 1 else None
    return said if level is None else f"{said} {words.say('chart.percent.level', level=words.number(level))}"


def _groups(case: Case, words: Words, endpoint: str, rows: Sequence[Outcome]) -> tuple[BarGroup, ...]:
    arms = {arm.id: arm for arm in case.arms}
    trials: dict[str, list[Outcome]] = {}
    for row in rows:
        arm = arms.get(row.arm)
        trials.setdefault("" if arm is None else _trial(words, arm), []).append(row)
    alone = len({row.ci_level for row in rows if _ci(row)}) <= 1
    controls = {row.versus for row in case.comparisons}
    return tuple(
        BarGroup(
            name,
            tuple(_bar(case, words, row, alone=alone, control=row.arm in controls) for row in found),
            _versus(case, words, endpoint, [row.arm for row in found]),
        )
        for name, found in trials.items()
    )


def _trial(words: Words, arm: Arm) -> str:
    about = design(words, arm)
    name = words.text(arm, "trial")
    return f"{name} ({about})" if name and about else name or about


def _bar(case: Case, words: Words, row: Outcome, *, alone: bool, control: bool) -> PercentBar:
    arm = next((one for one in case.arms if one.id == row.arm), None)
    low, high = _ends(row)
    printed = words.say("outcome.percent", value=words.quantity(row.percent)) if row.percent else ""
    counted = "" if row.count is None else f" ({row.count}/{row.of})" if row.of is not None else f" ({row.count})"
    return PercentBar(
        entry=entry(words, row, outcome_line(case, words, row)),
        arm=None if arm is None else entry(words, arm, arm_line(words, arm)),
        name=words.text(row if arm is None else arm, "label"),
        size=_size(words, arm),
        value=printed + counted,
        interval=_limits(words, row) if alone else interval(words, row),
        low=low,
        high=high,
        exactness=_exactness(row),
        ci=_ci(row),
        control=control,
    )


def _size(words: Words, arm: Arm | None) -> str:
    if arm is None:
        return ""
    return words.say("chart.n_unknown") if arm.n is None else words.say("chart.n", n=arm.n)


def _limits(words: Words, row: Outcome) -> str:
    if row.ci_low is None or row.ci_high is None:
        return ""
    return f"[{limits_of(alike(words, row.ci_low, row), alike(words, row.ci_high, row), words.lang)}]"


def _ends(row: Outcome) -> tuple[float, float]:
    value = row.percent
    if value is None:
        return 0.0, 0.0
    if value.kind == "range" and value.low is not None and value.high is not None:
        return value.low, value.high
    return 0.0, value.number or 0.0


def _exactness(row: Outcome) -> Exactness:
    if row.percent is not None and row.percent.kind == "range":
        return "range"
    return "about" if row.percent is not None and row.percent.comparator else "exact"


def _ci(row: Outcome) -> tuple[float, float] | None:
    """Return the limits of a whisker; those that no share can have are printed only."""
    if row.ci_low is None or row.ci_high is None or not 0 <= row.ci_low <= row.ci_high <= _WHOLE:
        return None
    return row.ci_low, row.ci_high


def _versus(case: Case, words: Words, endpoint: str, arms: Sequence[str]) -> tuple[Versus, ...]:
    """Return the comparisons that concern two bars of a group."""
    found = []
    for row in case.comparisons:
        both = arms.count(row.arm) == 1 and arms.count(row.versus) == 1 and row.arm != row.versus
        if both and heading(words, row) == endpoint:
            first, second = sorted((arms.index(row.arm), arms.index(row.versus)))
            text = f"{words.say(f'measure_short.{row.measure}')} {compared(words, row)}"
            found.append(Versus(first, second, text))
    return tuple(found)


def _forests(case: Case, words: Words) -> tuple[ForestChart, ...]:
    groups: dict[tuple[str, str], list[Comparison]] = {}
    for row in case.comparisons:
        if (
            row.estimate is not None
            and not lost(case, row.arm, row.versus)
            and all(_fits(row.measure, number) for number in _numbers(row))
        ):
            groups.setdefault((heading(words, row), row.measure), []).append(row)
    return tuple(_forest(case, words, endpoint, rows) for (endpoint, _), rows in groups.items())


def _numbers(row: Comparison) -> list[float]:
    return [number for number in (row.estimate, row.ci_low, row.ci_high) if number is not None]


def _fits(measure: str, number: float) -> bool:
    if measure == "risk_difference":
        return abs(number) <= _FURTHEST
    return 1 / _FURTHEST <= number <= _FURTHEST


def _forest(case: Case, words: Words, endpoint: str, rows: Sequence[Comparison]) -> ForestChart:
    measure = words.say(f"measure.{rows[0].measure}")
    log = rows[0].measure != "risk_difference"
    line = 1.0 if log else 0.0
    lo, hi = limits("log" if log else "linear", [line, *(number for row in rows for number in _numbers(row))])
    return ForestChart(
        heading=words.say("chart.forest.heading", measure=measure[:1].upper() + measure[1:], endpoint=endpoint),
        remark=words.say("chart.forest.log" if log else "chart.forest.linear", line=words.number(line)),
        log=log,
        lo=lo,
        hi=hi,
        ticks=ticks("log" if log else "linear", lo, hi, words),
        line=line,
        estimates=tuple(_estimate(case, words, row) for row in rows),
    )


def _estimate(case: Case, words: Words, row: Comparison) -> Estimate:
    names = {arm.id: arm for arm in case.arms}
    arm, versus = names.get(row.arm), names.get(row.versus)
    first = row.arm if arm is None else arm_name(words, arm)
    shared = arm is not None and versus is not None and words.text(arm, "trial") == words.text(versus, "trial")
    second = row.versus if versus is None else words.text(versus, "label") if shared else arm_name(words, versus)
    low, high = row.ci_low, row.ci_high
    return Estimate(
        entry=entry(words, row, comparison_line(case, words, row)),
        name=words.say("chart.versus", arm=visible(first), versus=visible(second)),
        words=compared(words, row),
        value=row.estimate or 0.0,
        ci=None if low is None or high is None else (low, high),
    )


def _tables(case: Case, words: Words) -> tuple[TrialTable, ...]:
    """Return the trials under way: nothing of them is known but their design."""
    told = {row.arm for row in case.outcomes} | {arm for row in case.comparisons for arm in (row.arm, row.versus)}
    arms = [arm for arm in case.arms if arm.progress == "ongoing" and arm.id not in told]
    if not arms:
        return ()
    columns = [words.say(f"chart.column.{name}") for name in ("trial", "phase", "population", "progress")]
    rows = tuple(TrialRow(entry(words, arm, arm_line(words, arm)), _cells(words, arm)) for arm in arms)
    return (TrialTable(words.say("chart.ongoing"), tuple(columns), rows),)


def _cells(words: Words, arm: Arm) -> tuple[str, ...]:
    size = f", {words.say('chart.n', n=arm.n)}" if arm.n is not None else ""
    named = (words.text(arm, "trial"), words.text(arm, "phase"), words.text(arm, "label"))
    return (*named, words.say(f"trial.{arm.progress}") + size)
