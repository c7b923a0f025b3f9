"""All rules over a case, or over a document: its cases and its diagrams."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from casecurves.analysis.consistency.doses import doses
from casecurves.analysis.consistency.finding import CERTAINTIES, Finding
from casecurves.analysis.consistency.intervals import intervals
from casecurves.analysis.consistency.measures import measures
from casecurves.analysis.consistency.order import order
from casecurves.analysis.consistency.relations import relations, slides
from casecurves.analysis.consistency.reported import RELATIONS, of_relations, reported
from casecurves.analysis.consistency.response import responses
from casecurves.analysis.consistency.shares import shares
from casecurves.analysis.consistency.statements import known, statements, transcribed
from casecurves.analysis.response import without_assay
from casecurves.knowledge.documents import Document
from casecurves.knowledge.relations import all_diagrams
from casecurves.knowledge.slides import SLIDE_TABLES, SLIDES
from casecurves.model.case import Case

_RULES: tuple[Callable[[Case], Iterator[Finding]], ...] = (
    shares,
    intervals,
    doses,
    measures,
    order,
    statements,
    responses,
)
# Every rule, by what it is about; a test holds that each has words, a planted fault and a sound case.
FAMILIES = {
    "arithmetic": (
        "count.above_total", "total.above_n", "sum.above_n", "sum.pooled", "sum.below_n", "arms.total",
        "percent.outside", "percent.count", "percent.whole", "percent.sum", "arm.nobody", "dose.per_kg", "dose.weight",
    ),
    "intervals": (
        "interval.backwards", "interval.excludes", "interval.beyond", "interval.width", "interval.middle",
        "ratio.negative", "ratio.zero", "ratio.percent", "ratio.p", "p.outside",
    ),
    "units": ("unit.value", "unit.range", "range.low_above_high", "unit.other", "unit.missing", "unit.unknown"),
    "chronology": ("order.contradiction", "order.other", "event.absent", "drug.twice"),
    "statements": (
        "legend.only", "source.counts", "value.twice", "dose.twice", "arm.same_name", "comparison.itself",
        "transcribed", "remark",
    ),
    "response": ("response.stated",),
    "relations": ("relation.opposed", "drug.isoforms", *RELATIONS),
}  # fmt: skip
RULES: tuple[str, ...] = tuple(rule for rules in FAMILIES.values() for rule in rules)


@dataclass(frozen=True)
class Proof:
    """What the proof-reader found.

    Attributes
    ----------
    findings : tuple of Finding
        The surest first, and each in the order of the rules.
    invented : int
        Rows that were not read because they are illustrative.
    without_assay : tuple of (str, str)
        Case and value, for each that is held against no rule since the rule asks for another assay than is stated.
    """

    findings: tuple[Finding, ...]
    invented: int
    without_assay: tuple[tuple[str, str], ...] = ()

    @property
    def contradicted(self) -> bool:
        """True when a finding is certain."""
        return any(finding.certainty == "certain" for finding in self.findings)


def proofread(case: Case) -> Proof:
    """Hold the statements of a case against each other.

    Parameters
    ----------
    case : Case
        A case with its report. Disputed rows are read like others, since a source prints them; illustrative ones are
        not, since nobody stated them.

    Returns
    -------
    Proof
        What the rules find, then what a reader found and transcribed.
    """
    by_rule = [replace(one, known=one.known or known(case, one)) for rule in _RULES for one in rule(case)]
    by_rule += reported(case.id, case.report)
    invented = sum(row.basis == "illustrative" for row in case.rows())
    unheld = tuple((case.id, row) for row in without_assay(case))
    return Proof(_sorted([*by_rule, *transcribed(case, by_rule)]), invented, unheld)


def proofread_document(document: Document, cases: Iterable[Case]) -> Proof:
    """Hold the statements of a document against each other: those of its cases, diagrams and slides.

    Parameters
    ----------
    document : Document
        The document.
    cases : iterable of Case
        Any cases; those that come from the document are read.

    Returns
    -------
    Proof
        As for a case.
    """
    proofs = [proofread(case) for case in cases if comes_from(case, document)]
    diagrams = [diagram for diagram in all_diagrams().values() if diagram.document == document.id]
    drawn = [one for diagram in diagrams for one in relations(diagram)]
    drawn += [one for diagram in diagrams for one in of_relations(diagram.id, diagram.report)]
    drawn += [one for table in SLIDE_TABLES if document.id == SLIDES for one in slides(table)]
    every = [finding for proof in proofs for finding in proof.findings]
    unheld = tuple(one for proof in proofs for one in proof.without_assay)
    return Proof(_sorted([*every, *drawn]), sum(proof.invented for proof in proofs), unheld)


def comes_from(case: Case, document: Document) -> bool:
    """Tell whether a case was transcribed from a document; a companion, which is invented, was not."""
    return bool(document.source) and any(source.key == document.source for source in case.header.sources)


def _sorted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    # A reader's findings after those of the rules, each in the order of the report.
    def place(one: Finding) -> tuple[bool, int]:
        return one.rule in ("transcribed", "remark"), CERTAINTIES.index(one.certainty)

    return tuple(sorted(findings, key=place))
