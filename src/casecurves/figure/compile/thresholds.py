"""Published thresholds: which are drawn beside a curve, where each stands, and which hold in another condition only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casecurves.figure.compile.wording import Words
from casecurves.figure.spec import Panel, Threshold
from casecurves.knowledge import analyte
from casecurves.knowledge.analytes import Threshold as Published
from casecurves.knowledge.besides import besides, fall
from casecurves.knowledge.conditions import all_conditions
from casecurves.model.schema import Measurement


def build_thresholds(words: Words, rows: Sequence[Measurement]) -> tuple[Threshold, ...]:
    """Return the thresholds of a series: those in its unit that were published for what the patient has."""
    found: list[Threshold] = []
    # A remission of the nephrotic syndrome is no statement about the proteinuria of another disease.
    unit = words.unit(_unit(rows))
    for name, limit in (each for each in _published(rows) if each[1].concerns(words.diagnoses)):
        called = limit.fr if words.lang == "fr" else limit.en
        short, more = fall(limit, name, words.lang), ", ".join(besides(limit, name, words.lang))
        label = f"{called} {limit.sign}{words.number(limit.value)}{f', {short}' if short else ''}"
        if not limit.verified:
            label = f"{label} {words.say('threshold.unverified')}"
        key = f"{rows[0].id}.limit-{len(found)}"
        more = more and words.say("list.told", name=called, text=more)
        found.append(Threshold(key, limit.value, label, limit.cited(words.lang), limit.verified, unit, more))
    return tuple(found)


def _published(rows: Sequence[Measurement]) -> tuple[tuple[str, Published], ...]:
    """Return the thresholds in the unit of a series, each with the key of the analyte."""
    known = analyte(rows[0].analyte, rows[0].assay)
    return tuple((known.id, limit) for limit in known.thresholds_in(_unit(rows))) if known else ()


def _unit(rows: Sequence[Measurement]) -> str:
    return next((row.unit for row in rows if row.unit), "")


def withheld(words: Words, panels: Sequence[Panel]) -> dict[str, tuple[str, ...]]:
    """Return the names of what has no threshold since none was published for what the patient has, by condition."""
    found: dict[str, dict[str, None]] = {}
    for panel in (panel for panel in panels if not panel.dose and panel.scale in {"linear", "log"}):
        rows = [row for mark in panel.marks if isinstance(row := words.case.row(mark.row), Measurement)]
        for _, limit in _published(rows) if rows else ():
            if not limit.concerns(words.diagnoses):
                found.setdefault(limit.condition, {})[words.analyte(rows[0])] = None
    return {key: tuple(names) for key, names in found.items()}


def told(words: Words, panels: Sequence[Panel]) -> Iterator[str]:
    """Yield what the notes say: where the thresholds drawn are published, and why others are not drawn."""
    yield from sources(words, panels)
    for key, names in withheld(words, panels).items():
        what = {"analytes": ", ".join(names), "condition": all_conditions()[key].name(words.lang)}
        yield words.say("threshold.withheld", **what)


def sources(words: Words, panels: Sequence[Panel]) -> Iterator[str]:
    """Yield where the thresholds drawn are published, which of these sources were not read, and what else is asked."""
    said = dict.fromkeys(text for panel in panels for text in _sources(words, panel))
    if said:
        yield words.say("note.thresholds", what=words.say("list.semicolon").join(said))
    limits = ((panel.label, limit.besides) for panel in panels for limit in panel.thresholds if limit.besides)
    # Of several patients, each has a panel of the same name.
    asked = dict.fromkeys(f"{label}, {besides}" for label, besides in limits)
    if asked:
        yield words.say("note.besides", what=words.say("list.semicolon").join(asked))


def _sources(words: Words, panel: Panel) -> list[str]:
    found: dict[tuple[str, str], list[str]] = {}
    for limit in panel.thresholds:
        source = limit.source if limit.verified else f"{limit.source} {words.say('threshold.unverified')}"
        found.setdefault((limit.unit, source), []).append(words.number(limit.y))
    return [
        words.say("threshold.of", analyte=panel.label, values=f"{' / '.join(values)} {unit}".strip(), source=source)
        for (unit, source), values in found.items()
    ]
