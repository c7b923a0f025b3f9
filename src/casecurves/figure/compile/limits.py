"""Reference ranges and thresholds in words: what they are, who states them, and whether the source was read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casecurves.figure.compile import compile as compile_case
from casecurves.figure.compile.details import Details, Fact
from casecurves.figure.compile.wording import Words, words_of
from casecurves.figure.options import Options
from casecurves.figure.spec import Band, Panel, Threshold
from casecurves.model.case import Case
from casecurves.model.schema import Measurement
from casecurves.words import typeset


def limit(case: Case, limit_id: str, options: Options | None = None) -> Details | None:
    """Return all that is known of a reference range or a threshold of a figure.

    Parameters
    ----------
    case : Case
        The case.
    limit_id : str
        Its id on the figure.
    options : Options, optional
        As the figure was made.

    Returns
    -------
    Details or None
        Plain words, not escaped; ``None`` when that figure has no such range or threshold.
    """
    options = options or Options()
    return found_in(words_of(case, options), compile_case(case, options).panels, limit_id)


def found_in(words: Words, panels: Sequence[Panel], limit_id: str) -> Details | None:
    """Return all that is known of a reference range or a threshold of some panels, as `limit`."""
    for panel in panels:
        for band in (band for band in panel.bands if band.id == limit_id):
            return _details(words, "band", panel, band, _range(words, panel, band))
        for line in (line for line in panel.thresholds if line.id == limit_id):
            return _details(words, "threshold", panel, line, _threshold(words, panel, line))
    return None


def _details(
    words: Words, kind: str, panel: Panel, found: Band | Threshold, told: Iterator[tuple[str, str]]
) -> Details:
    facts = (Fact(words.say(f"fact.{key}"), typeset(text, words.lang)) for key, text in told if text)
    heading = words.say("limit.heading", name=panel.label, label=found.label)
    return Details(found.id, heading, words.say(f"legend.{kind}"), tuple(facts), (), (), ())


def _threshold(words: Words, panel: Panel, found: Threshold) -> Iterator[tuple[str, str]]:
    yield "limit_of", panel.label
    yield "limit", words.with_unit(words.number(found.y), found.unit)
    yield "limit_means", found.label
    yield "limit_besides", found.besides
    yield "source", found.source
    yield "limit_read", words.say(f"limit.{'verified' if found.verified else 'unverified'}")


def _range(words: Words, panel: Panel, found: Band) -> Iterator[tuple[str, str]]:
    row = words.case.row(found.id.removesuffix(".range"))
    if not isinstance(row, Measurement):
        return
    alike = [
        other
        for other in words.case.measurements
        if any(mark.row == other.id for mark in panel.marks)
        and (other.ref_low, other.ref_high) == (found.low, found.high)
    ]
    yield "limit_of", panel.label
    yield "range", words.with_unit(words.limits(row), row.unit)
    yield "limit_means", words.say("limit.range")
    yield "limit_rows", words.say("limit.rows", n=len(alike))
    yield "assay", words.text(row, "assay")
    yield "basis", words.say(f"basis.{row.basis}")
    yield "source", words.source(row.source)
    yield "locator", words.text(row, "locator")
