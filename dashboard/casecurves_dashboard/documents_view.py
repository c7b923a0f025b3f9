"""Which figures of the documents are listed, as the address says it: ``/documents?lang=fr&fidelity=exact``."""

from __future__ import annotations

from typing import Literal
from urllib.parse import quote

from casecurves.knowledge.documents import FIDELITIES, Fidelity
from casecurves_dashboard.state import Unknown, ViewState, decoded, from_query, pairs


class DocumentsView(ViewState):
    """A view of the documents.

    Attributes
    ----------
    fidelity : str
        Only figures reproduced so far; ``""`` for all.
    """

    fidelity: Fidelity | Literal[""] = ""

    def to_query(self) -> str:
        """Return the one way in which an address says this view."""
        parts = [f"fidelity={self.fidelity}"] if self.fidelity else []
        return "&".join([super().to_query(), *parts])


def from_documents_query(search: object, lang: str) -> tuple[DocumentsView, tuple[Unknown, ...]]:
    """Read a view of the documents from the query part of an address.

    Parameters
    ----------
    search : object
        As for `casecurves_dashboard.state.from_query`.
    lang : str
        Language when the address names none.

    Returns
    -------
    DocumentsView
        The view; what cannot be read is as usual.
    tuple of Unknown
        What could not be read.
    """
    chosen: Fidelity | Literal[""] = ""
    others, strange = [], []
    for name, raw in pairs(search):
        value = decoded(raw)
        found = next((each for each in FIDELITIES if each == value), None)
        if name != "fidelity":
            others.append(f"{quote(name)}={raw}")
        elif found is None:
            strange.append(Unknown(name, value))
        else:
            chosen = found
    state, unknown = from_query("&".join(others), lang)
    return DocumentsView(**{**state.model_dump(), "fidelity": chosen}), (*unknown, *strange)
