"""Status ribbons: each value's status by the rules a reader chose, under the curve of that value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from casecurves.analysis.response import Assessment, Reading, differences, readings, stated
from casecurves.analysis.response.saying import (
    about,
    evidence,
    named,
    sentence,
    standing,
    status_name,
    status_of,
    value_name,
)
from casecurves.figure.compile.wording import Words
from casecurves.figure.options import Options
from casecurves.figure.spec import Axis, LegendItem, Mark, Panel, Ribbon, Span, Spec, Stage, StageKind, StatusShape
from casecurves.knowledge.rules import RuleSet
from casecurves.model.case import Case
from casecurves.model.schema import Event

# Statuses that one rule tells apart have shapes of their own.
SHAPES: dict[str, StatusShape] = {
    "complete": "square",
    "negative": "square",
    "immunological": "square",
    "below": "square",
    "f_vasi90": "square",
    "partial": "diamond",
    "borderline": "diamond",
    "f_vasi75": "diamond",
    "response": "diamond",
    "stable": "pentagon",
    "progression": "triangle",
    "f_vasi50": "pentagon",
    "relapse": "triangle",
    "nephrotic": "triangle",
    "otherwise": "hexagon",
}
_KINDS: dict[str, StageKind] = {
    "to_judge": "judged",
    "either": "possible",
    "possible": "possible",
    "not_assessable": "unknown",
}
_STATED = ("remission", "relapse")


@dataclass(frozen=True)
class Ribbons:
    """The ribbons of a figure, what the legend says of them, and what the notes do."""

    ribbons: tuple[Ribbon, ...] = ()
    legend: tuple[LegendItem, ...] = ()
    notes: tuple[str, ...] = ()


def build_ribbons(case: Case, words: Words, shown: Spec, options: Options) -> Ribbons:
    """Return a ribbon for each rule chosen and each panel shown with a value that it assesses.

    The day zero that the figure counts from has no part in a status.
    """
    if not options.rules:
        return Ribbons()
    found = readings(case, options.rules, index=options.index, illustrative=options.illustrative)
    boxed = {entry.row for box in shown.boxes for entry in box.entries}
    ribbons: list[Ribbon] = []
    notes: list[str] = []
    names: dict[str, list[str]] = {}
    for reading in found:
        made = [_ribbon(case, words, shown, panel, reading) for panel in shown.panels if not panel.dose]
        made = [ribbon for ribbon in made if ribbon.stages]
        ribbons += made
        drawn = {stage.row for ribbon in made for stage in ribbon.stages}
        said = (*about(case, reading, words.lang), *_boxed(case, words, reading, boxed))
        notes.append(f"{' · '.join(said)}.")
        for one in reading.assessments:
            if one.row in drawn and one.status:
                names.setdefault(SHAPES[one.status], []).append(status_of(reading.rule, one).name(words.lang))
    return Ribbons(tuple(ribbons), _legend(words, ribbons, names), tuple(notes))


def _ribbon(case: Case, words: Words, shown: Spec, panel: Panel, reading: Reading) -> Ribbon:
    marks = {mark.row: mark for mark in panel.marks if mark.place}
    other = {one.assessment.row for one in differences(case, reading.rule, reading.assessments)}
    assessed = [one for one in reading.assessments if one.row in marks]
    stages = [_stage(case, words, reading, one, marks[one.row], differs=one.row in other) for one in assessed]
    between = tuple(_between(shown.axis, stages))
    if stages:
        stages += [_stated(case, words, mark) for mark in shown.rail.marks if _is_stated(case, reading.rule, mark)]
    label = named(reading.rule, words.lang)
    label += f" {words.say('ribbon.invented')}" if reading.invented else ""
    said = words.say("ribbon.between"), words.say("ribbon.stated")
    return Ribbon(panel.key, reading.rule.id, label, tuple(stages), between, *said)


def _stage(case: Case, words: Words, reading: Reading, one: Assessment, mark: Mark, *, differs: bool) -> Stage:
    name = standing(reading.rule, one, words.lang)
    row = next(row for row in case.measurements if row.id == one.row)
    value = " · ".join(part for part in (value_name(row, words.lang), words.when(row.time)) if part)
    lines = (named(reading.rule, words.lang), name, evidence(case, one, words.lang), value)
    kind: StageKind = _KINDS.get(one.standing, "known")
    return Stage(
        row=one.row,
        kind=kind,
        shape=SHAPES.get(one.status, ""),
        place=mark.place,
        x=mark.x,
        label=status_name(reading.rule, one, words.lang) if one.status else "",
        differs=differs,
        hover=(*lines, *([words.say("ribbon.differs")] if differs else [])),
    )


def _is_stated(case: Case, rule: RuleSet, mark: Mark) -> bool:
    """Tell whether an event on the rail is a remission or relapse that the source states, in words of the rule."""
    event = case.row(mark.row)
    if not isinstance(event, Event) or event.kind not in _STATED or event.presence != "present":
        return False
    return bool(mark.place) and not mark.disputed and stated(rule, event) is not None


def _stated(case: Case, words: Words, mark: Mark) -> Stage:
    label = words.text(case.row(mark.row), "label") or words.say(f"event_kind.{mark.symbol}")
    hover = (words.say("ribbon.stated_what", label=label), *mark.hover[1:])
    return Stage(mark.row, "stated", mark.symbol, mark.place, mark.x, label, hover=hover)


def _between(axis: Axis, stages: Sequence[Stage]) -> Iterable[Span]:
    """Yield the stretches from one assessment to the next, folds left out."""
    ends = sorted((stage.place[0].zone, stage.place[0].x0, stage.place[-1].x1) for stage in stages)
    for (zone, _, start), (other, end, _) in pairwise(ends):
        if zone != other or start >= end:
            continue
        x = start
        for fold in axis.breaks if zone == "main" else ():
            if x < fold.x1 and fold.x0 < end:
                if x < fold.x0:
                    yield Span(zone, x, fold.x0)
                x = fold.x1
        if x < end:
            yield Span(zone, x, end)


def _boxed(case: Case, words: Words, reading: Reading, boxed: set[str]) -> list[str]:
    """Say the status of values that have no curve."""
    rows = {row.id: row for row in case.measurements}
    return [
        words.say(
            "list.told",
            name=value_name(rows[one.row], words.lang),
            text=sentence(case, reading.rule, one, words.lang),
        )
        for one in reading.assessments
        if one.row in boxed
    ]


def _legend(words: Words, ribbons: Sequence[Ribbon], names: dict[str, list[str]]) -> tuple[LegendItem, ...]:
    stages = [stage for ribbon in ribbons for stage in ribbon.stages]
    items = [
        LegendItem(f"status.{shape}", " / ".join(dict.fromkeys(names[shape])))
        for shape in dict.fromkeys(SHAPES.values())
        if shape in names
    ]
    used = {
        "judged": any(stage.kind == "judged" for stage in stages),
        "possible": any(stage.kind == "possible" for stage in stages),
        "unknown": any(stage.kind == "unknown" for stage in stages),
        "spread": any(stage.x is None for stage in stages),
        "between": any(ribbon.between for ribbon in ribbons),
        "stated": any(stage.kind == "stated" for stage in stages),
        "differs": any(stage.differs for stage in stages),
    }
    return (*items, *(LegendItem(f"status.{key}", words.say(f"legend.status.{key}")) for key in used if used[key]))
