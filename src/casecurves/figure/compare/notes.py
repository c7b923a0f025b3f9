"""The words round a comparison: what is compared from where, who is not in it and why, what is not drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from casecurves.analysis.align import Aligned, Unaligned
from casecurves.analysis.times import name_of
from casecurves.figure.compare.lanes import told
from casecurves.figure.compare.options import CompareOptions
from casecurves.figure.compare.patients import Cohort, Patient
from casecurves.figure.compare.statuses import told_by_rules
from casecurves.figure.compile.notes import discrepancies, source_line
from casecurves.figure.spec import Box, Disagreement, Entry, NotDrawn, Span, Spec
from casecurves.model.issues import visible
from casecurves.model.schema import Event
from casecurves.words import say


def title(cohort: Cohort, options: CompareOptions) -> str:
    """Return how many patients are compared, and from which moment."""
    count = len(cohort.patients)
    key = "none" if not count else "one" if count == 1 else "many"
    own = "" if options.align else "own."
    return say(f"compare.title.{own}{key}", options.lang, n=count, zero=cohort.axis.zero_label)


def subtitle(options: CompareOptions) -> str:
    """Return what each patient is counted from, and in which order they stand."""
    return say(f"compare.sorted.{options.sort}", options.lang)


def left_out(cohort: Cohort, options: CompareOptions) -> tuple[NotDrawn, ...]:
    """Return every case that is not compared, and why."""
    lang = options.lang
    found = [
        NotDrawn(one.case.id, cohort.names[one.case.id], _reason(one, cohort, options)) for one in cohort.unaligned
    ]
    kept = say("compare.reason.illustrative", lang)
    return (*found, *(NotDrawn(case.id, cohort.names[case.id], kept) for case in cohort.kept_out))


def _reason(one: Unaligned, cohort: Cohort, options: CompareOptions) -> str:
    if one.reason == "no_course":
        return say(f"compare.reason.{one.case.header.kind}", options.lang)
    return say(f"compare.reason.{one.reason}", options.lang, what=cohort.axis.zero_label)


def boxes(hidden: Sequence[NotDrawn], options: CompareOptions) -> tuple[Box, ...]:
    """Return the cases that are not compared as a list, together by reason."""
    entries = tuple(Entry(one.row, one.text, one.reason) for one in sorted(hidden, key=lambda one: one.reason))
    return (Box(say("compare.box", options.lang, n=len(entries)), entries),) if entries else ()


def notes(cohort: Cohort, spec: Spec, options: CompareOptions, crowded: Sequence[Patient]) -> tuple[str, ...]:
    """Return which of several moments counts, where only an order is known, and what is not drawn."""
    lang = options.lang
    lines = list(_moments(cohort, options))
    orders = [one.name for one in cohort.patients if not one.aligned.scaled]
    lines += [say("compare.note.order", lang, names=", ".join(orders))] if orders else []
    if any(zone.name != "main" for zone in spec.axis.zones):
        lines.append(say("compare.note.steps", lang))
    if crowded:
        names = ", ".join(dict.fromkeys(one.name for one in crowded))
        lines.append(say("compare.note.crowded", lang, n=len(crowded), names=names))
    if options.view == "overlay":
        lines += _unmeasured(cohort, spec, crowded, lang)
    if cohort.window and cohort.patients:
        shown = cohort.patients[0].words.span((Span("main", *cohort.window),), cohort.axis.unit)
        lines.append(say("compare.note.window", lang, window=shown))
    lines += told_by_rules(cohort.patients, spec, options)
    lines.append(_rows(cohort, spec, lang))
    if options.view != "overlay":
        lines += _untold(cohort, lang)
    return tuple(lines)


def _moments(cohort: Cohort, options: CompareOptions) -> Iterator[str]:
    """Say of whom the moment occurs more than once, and which counts."""
    lang = options.lang
    several = [one for one in cohort.patients if len(one.aligned.choices) > 1]
    for key in ("first", "unordered", "picked"):
        found = [_counted(one, lang) for one in several if _how(one.aligned, options) == key]
        if found:
            yield say(f"compare.note.{key}", lang, names=say("list.semicolon", lang).join(found))


def _how(one: Aligned, options: CompareOptions) -> str:
    if (one.case.id, one.row) in options.picks:
        return "picked"
    return "first" if one.first_known else "unordered"


def _counted(one: Patient, lang: str) -> str:
    row = one.case.row(one.aligned.row)
    statement = getattr(row, "time", getattr(row, "start", None))
    what = visible(name_of(row, lang) or one.aligned.row)
    when = one.words.when(statement)
    return say("compare.counted", lang, name=one.name, what=what, when=when, n=len(one.aligned.choices))


def _unmeasured(cohort: Cohort, spec: Spec, crowded: Sequence[Patient], lang: str) -> list[str]:
    shown = {panel.key.split("|")[0] for panel in spec.panels} | {one.case.id for one in crowded}
    names = [one.name for one in cohort.patients if one.case.id not in shown]
    key = "unmeasured_here" if cohort.window else "unmeasured"
    return [say(f"compare.note.{key}", lang, names=", ".join(names))] if names else []


def _rows(cohort: Cohort, spec: Spec, lang: str) -> str:
    drawn = {row for row in spec.drawn() if "/" in row}
    total = sum(len(one.case.rows()) for one in cohort.patients)
    return say("compare.note.rows", lang, drawn=len(drawn), n=total)


def _untold(cohort: Cohort, lang: str) -> list[str]:
    """Count the events that are on no lane, by kind; what is of no kind, and what was looked for, is named."""
    absent = []
    kinds: Counter[str] = Counter()
    for one in cohort.patients:
        shown = {event.id for event in told(one)}
        others = [event for event in one.case.events if event.id not in shown]
        looked = [visible(name_of(event, lang)) for event in others if event.presence == "absent"]
        what = ", ".join(dict.fromkeys(looked))
        absent += [say("compare.named", lang, name=one.name, what=what)] if looked else []
        kinds.update(_kind(event, lang) for event in others if event.presence != "absent")
    lines = [say("compare.note.absent", lang, what=say("list.semicolon", lang).join(absent))] if absent else []
    named = [f"{kind}\u00a0({count})" for kind, count in kinds.most_common()]
    return [*lines, *([say("compare.note.events", lang, kinds=", ".join(named))] if named else [])]


def _kind(event: Event, lang: str) -> str:
    """Return of which kind an event is; of one of no kind its own name, which says what it is."""
    return visible(name_of(event, lang) if event.kind == "other" else "") or say(f"event_kind.{event.kind}", lang)


def disagreements(cohort: Cohort) -> tuple[Disagreement, ...]:
    """Return the disagreements of all patients, numbered through, each with the name of the patient."""
    return tuple(
        replace(found, label=one.words.say("compare.named", name=one.name, what=found.label), rows=())
        for one in cohort.patients
        for found in discrepancies(one.case, one.words)
    )


def source(cohort: Cohort) -> str:
    """Return the sources of all patients, each once."""
    lines = (line for one in cohort.patients for line in source_line(one.case, one.words).split(" | "))
    return " | ".join(dict.fromkeys(line for line in lines if line))
