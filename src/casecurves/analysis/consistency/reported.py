"""What was found while the tables were read, where it is about the numbers or the times and not about the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from casecurves.analysis.consistency.finding import Certainty, Finding, Place
from casecurves.model.issues import Issue, Report

# A code stands for itself as the id of a rule. What other rules find by themselves, with both places, is not here.
_CODES: Mapping[str, Certainty] = {
    "count.above_total": "certain",
    "percent.outside": "certain",
    "arm.nobody": "certain",
    "interval.backwards": "certain",
    "range.low_above_high": "certain",
    "arm.same_name": "certain",
    "comparison.itself": "certain",
    "unit.other": "likely",
    "unit.missing": "check",
    "unit.unknown": "check",
    "drug.twice": "check",
}
# The cell that a faulty one does not fit, and where the issue keeps what stands there.
_BESIDE: Mapping[tuple[str, str], tuple[str, str]] = {
    ("count.above_total", "of"): ("count", "count"),
    ("interval.backwards", "ci_high"): ("ci_low", "low"),
    ("range.low_above_high", "ref_high"): ("ref_low", "low"),
    ("comparison.itself", "versus"): ("arm", "value"),
}
REPORTED: tuple[str, ...] = tuple(_CODES)
RELATIONS: tuple[str, ...] = (
    "relation.alone", "relation.choice", "relation.empty", "relation.loop", "relation.no_column", "relation.no_drug",
    "relation.no_loop", "relation.no_node", "relation.too_long", "relation.twice",
)  # fmt: skip


def reported(case: str, report: Report) -> Iterator[Finding]:
    """Yield what the report of a case says of its numbers, units and courses.

    Parameters
    ----------
    case : str
        Id of the case.
    report : Report
        What was found while it was read; rows at fault are in no table, so that no other rule sees them.

    Yields
    ------
    Finding
        One for each such issue, under its code.
    """
    for issue in report:
        if issue.code in _CODES:
            yield _finding(case, issue, _CODES[issue.code])


def of_relations(diagram: str, issues: Iterable[Issue]) -> Iterator[Finding]:
    """Yield what is wrong with the tables of a diagram, each under its code."""
    for issue in issues:
        yield _finding(diagram, issue, "certain")


def _finding(case: str, issue: Issue, certainty: Certainty) -> Finding:
    place = Place("", issue.file, issue.line, issue.column, issue.value)
    return Finding(issue.code, certainty, case, (place, *_other(issue)), {"said": issue.message})


def _other(issue: Issue) -> Iterator[Place]:
    """Yield the other side: the row named twice, or the cell beside; none for what is impossible by itself."""
    line = issue.params.get("other_line")
    if isinstance(line, int):
        yield Place("", issue.file, line, issue.column, issue.value)
    column = _BESIDE.get((issue.code, issue.column))
    if column:
        name, key = column
        yield Place("", issue.file, issue.line, name, str(issue.params.get(key, "")))
