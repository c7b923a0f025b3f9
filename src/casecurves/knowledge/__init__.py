"""What the field knows, as tables with sources: drugs, analytes, units."""

from casecurves.knowledge.analytes import Analyte, Threshold, all_analytes, analyte, ucum
from casecurves.knowledge.checks import check
from casecurves.knowledge.documents import Document, DocumentFigure, all_documents
from casecurves.knowledge.drugs import Drug, DrugClass, all_drugs, drug
from casecurves.knowledge.fold import fold

__all__ = [
    "Analyte",
    "Document",
    "DocumentFigure",
    "Drug",
    "DrugClass",
    "Threshold",
    "all_analytes",
    "all_documents",
    "all_drugs",
    "analyte",
    "check",
    "drug",
    "fold",
    "ucum",
]
