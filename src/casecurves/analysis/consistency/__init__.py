"""The proof-reader: statements of a case or a document that do not agree, and why, and how sure that is."""

from casecurves.analysis.consistency.finding import CERTAINTIES, Certainty, Finding, Place
from casecurves.analysis.consistency.proof import FAMILIES, RULES, Proof, comes_from, proofread, proofread_document

__all__ = [
    "CERTAINTIES",
    "FAMILIES",
    "RULES",
    "Certainty",
    "Finding",
    "Place",
    "Proof",
    "comes_from",
    "proofread",
    "proofread_document",
]
