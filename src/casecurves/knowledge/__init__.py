"""What the field knows, as tables with sources: drugs, analytes, units."""

from casecurves.knowledge.analytes import Analyte, Threshold, all_analytes, analyte, analyte_name, ucum
from casecurves.knowledge.checks import check
from casecurves.knowledge.documents import Document, DocumentFigure, all_documents
from casecurves.knowledge.drugs import Drug, DrugClass, Isoforms, all_drugs, atc_table, drug, drug_name
from casecurves.knowledge.fold import fold

__all__ = [
    "Analyte",
    "Document",
    "DocumentFigure",
    "Drug",
    "DrugClass",
    "Isoforms",
    "Threshold",
    "all_analytes",
    "all_documents",
    "all_drugs",
    "analyte",
    "analyte_name",
    "atc_table",
    "check",
    "drug",
    "drug_name",
    "fold",
    "ucum",
]
