"""Patients as squares: responses that share out a population, and so many of so many; no individual is made up."""

from __future__ import annotations

from collections.abc import Sequence

from casecurves.figure.compile.trials import arm_line, arm_name, design, entry, heading, lost, outcome_line
from casecurves.figure.compile.wording import Words
from casecurves.figure.spec import Category, Part, SquareChart, Tally
from casecurves.model.case import Case
from casecurves.model.schema import Arm, Outcome

# More patients than this are told in words: a square each would fill the page.
MOST = 200


def build_squares(case: Case, words: Words) -> tuple[SquareChart, ...]:
    """Return the responses of each population, then what was counted of how many, each endpoint by itself."""
    return (*_responses(case, words), *_counts(case, words))


def _responses(case: Case, words: Words) -> tuple[SquareChart, ...]:
    populations: dict[tuple[str, str], list[Outcome]] = {}
    for row in case.outcomes:
        if row.response and row.count is not None and row.percent is None and not lost(case, row.arm):
            populations.setdefault((row.arm, words.when(row.time)), []).append(row)
    tallies = [_population(case, words, when, rows) for (_, when), rows in populations.items()]
    shown = tuple(tally for tally in tallies if max(tally.counted, tally.limit or 0) <= MOST and tally.counted)
    return (SquareChart(words.say("box.responses"), words.say("chart.squares"), shown),) if shown else ()


def _population(case: Case, words: Words, when: str, rows: Sequence[Outcome]) -> Tally:
    arm = next((one for one in case.arms if one.id == rows[0].arm), None)
    limit = case.header.patient.n if arm is None else arm.n
    parts = tuple(_part(case, words, row) for row in rows)
    counted = sum(part.count for part in parts)
    missing = 0 if limit is None else max(limit - counted, 0)
    said = words.say("chart.missing", n=missing) if missing else ""
    if limit is not None and counted > limit:
        said = words.say("chart.over", counted=counted, n=limit)
    return Tally(
        name=_named(words, arm, when),
        about=_about(case, words, arm),
        arm=None if arm is None else entry(words, arm, arm_line(words, arm)),
        parts=parts,
        limit=limit,
        missing=missing,
        missing_as="not_reported",
        words=said,
    )


def _part(case: Case, words: Words, row: Outcome) -> Part:
    category: Category = row.response or "counted"
    label = words.text(row, "label")
    line = words.say("outcome.line", label=label, count=row.count)
    return Part(entry(words, row, outcome_line(case, words, row)), category, row.count or 0, line)


def _named(words: Words, arm: Arm | None, *more: str) -> str:
    name = words.say("chart.all") if arm is None else arm_name(words, arm)
    return " · ".join(part for part in (name, *more) if part)


def _about(case: Case, words: Words, arm: Arm | None) -> str:
    """Return size, phase, and the source where it is not the first one of the case."""
    if arm is None:
        return ""
    size = words.say("chart.n_unknown") if arm.n is None else words.say("chart.n", n=arm.n)
    keys = [source.key for source in case.header.sources]
    second = bool(arm.source) and arm.source in keys[1:]
    other = words.say("chart.second_source", source=words.source(arm.source)) if second else ""
    return " · ".join(part for part in (size, design(words, arm), other) if part)


def _counts(case: Case, words: Words) -> tuple[SquareChart, ...]:
    """Return so many of so many: in a trial by endpoint, in a group all in one chart."""
    charts: dict[str, list[Tally]] = {}
    trial = case.header.kind == "trial"
    for row in case.outcomes:
        if row.response or row.percent is not None or row.of is None or not 0 < row.of <= MOST or lost(case, row.arm):
            continue
        name = heading(words, row) if trial else words.say("box.outcomes")
        charts.setdefault(name, []).append(_count(case, words, row, row.of, trial=trial))
    remark = words.say("chart.squares")
    return tuple(SquareChart(name, remark, tuple(found)) for name, found in charts.items())


def _count(case: Case, words: Words, row: Outcome, of: int, *, trial: bool) -> Tally:
    arm = next((one for one in case.arms if one.id == row.arm), None)
    reported = row.count is not None
    line = f"{row.count}/{of}" if reported else words.say("outcome.not_reported_of", of=of)
    name = (
        _named(words, arm)
        if trial
        else " · ".join(filter(None, (_named(words, arm) if arm else "", heading(words, row))))
    )
    return Tally(
        name=name,
        about=_about(case, words, arm),
        arm=None if arm is None else entry(words, arm, arm_line(words, arm)),
        parts=(Part(entry(words, row, outcome_line(case, words, row)), "counted", row.count or 0, line),),
        limit=of,
        missing=of - (row.count or 0),
        missing_as="others" if reported else "not_reported",
        words="",
    )
