"""What a figure says of units: what was converted and how, what stays apart, which thresholds are in another unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casecurves.analysis.units import Converted, apart
from casecurves.analysis.units_saying import factor
from casecurves.figure.compile.wording import Words
from casecurves.knowledge import analyte, ucum
from casecurves.model.schema import Measurement


def remarks(words: Words, rows: Sequence[Measurement]) -> tuple[str, ...]:
    """Return what must be read beside a curve: how many values were converted, and thresholds of another unit."""
    return (*_count(words, rows), *_elsewhere(words, rows))


def _count(words: Words, rows: Sequence[Measurement]) -> Iterator[str]:
    found = [row for row in rows if isinstance(row, Converted)]
    if found:
        known = analyte(rows[0].analyte, rows[0].assay)
        written = {ucum(row.original.unit, known): row.original.unit for row in reversed(found)}
        units = ", ".join(words.unit(unit) for unit in reversed(written.values()))
        yield words.say("conversion.count", n=len(found), all=len(rows), units=units)


def _elsewhere(words: Words, rows: Sequence[Measurement]) -> Iterator[str]:
    """Say that thresholds are published in other units only: a threshold is never converted."""
    known = analyte(rows[0].analyte, rows[0].assay)
    unit = next((row.unit for row in rows if row.unit), "")
    if known is None or not unit or not known.thresholds or known.thresholds_in(unit):
        return
    units = ", ".join(dict.fromkeys(words.unit(limit.unit) for limit in known.thresholds))
    yield words.say("threshold.elsewhere", units=units, unit=words.unit(unit))


def told(words: Words, rows: Sequence[Measurement]) -> list[str]:
    """Return the notes on units: every conversion with its factor, and what cannot be brought to one unit."""
    found = [row for row in rows if isinstance(row, Converted)]
    once = {(words.analyte(row), row.unit, row.factor): row for row in reversed(found)}
    ways = [_way(words, row) for row in reversed(once.values())]
    lines = [words.say("note.converted", n=len(found), what=words.say("list.semicolon").join(ways))] if found else []
    return [*lines, *_apart(words, rows), *_assays(words, rows)]


def _way(words: Words, row: Converted) -> str:
    units = {"unit": words.unit(row.original.unit), "to": words.unit(row.unit)}
    return words.say("conversion.way", analyte=words.analyte(row), factor=factor(row, words.lang), **units)


def _apart(words: Words, rows: Sequence[Measurement]) -> Iterator[str]:
    for pair in apart(rows):
        units = {"unit": words.unit(pair.other.unit), "other": words.unit(pair.row.unit)}
        why = pair.refusal.why(words.lang)
        yield words.say("note.apart", analyte=words.analyte(pair.row), why=why, **units)


def _assays(words: Words, rows: Sequence[Measurement]) -> Iterator[str]:
    """Say where one analyte was measured in two ways: each has a curve of its own."""
    found: dict[str, dict[str, None]] = {}
    for row in rows:
        # A direction joins whichever curve there is, and a grade is told by where it was found.
        if row.value.kind in {"number", "censored", "range", "titre"}:
            found.setdefault(row.analyte.casefold(), {})[words.text(row, "assay")] = None
    for row in {row.analyte.casefold(): row for row in reversed(rows)}.values():
        assays = list(found.get(row.analyte.casefold(), ()))
        if len(assays) > 1:
            named = ", ".join(name or words.say("assay.none") for name in assays)
            yield words.say("note.assays", analyte=words.analyte(row), n=len(assays), assays=named)
