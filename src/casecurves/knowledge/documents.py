"""The documents the shipped cases come from: every figure and table, and how far each is reproduced here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal, get_args

from casecurves.knowledge.fold import table

Fidelity = Literal["exact", "direction", "events", "diagram", "missing"]
FIDELITIES: tuple[Fidelity, ...] = get_args(Fidelity)
FigureKind = Literal["curve", "imaging", "photograph", "slide", "table", "diagram", "trial"]
_Texts = Mapping[str, str]


@dataclass(frozen=True)
class DocumentFigure:
    """A figure or table of a document.

    Attributes
    ----------
    id, document : str
        Keys of the figure and of its document.
    label, shows, gives, reason : mapping of language to str
        What it is called there, what it shows, what the text gives of it, and why the reproduction goes so far.
    kind : str
        What sort of figure it is.
    fidelity : {"exact", "direction", "events", "diagram", "missing"}
        All numbers; order and direction only; dated findings; relations named in the text; or nothing.
    view : str
        Where its reproduction is, as an address inside the dashboard; ``""`` when there is none.
    needs : mapping of language to str
        What would be needed to reproduce it as it is printed; empty where all that is printed is reproduced, or every
        relation that is named.
    """

    id: str
    document: str
    label: _Texts
    kind: FigureKind
    shows: _Texts
    gives: _Texts
    fidelity: Fidelity
    reason: _Texts
    view: str
    needs: _Texts = field(default_factory=dict)


@dataclass(frozen=True)
class Document:
    """A document.

    Attributes
    ----------
    id, title : str
        Its key, and its title as it has it.
    source : str
        Key of the source by which the cases transcribed from it name it; ``""`` where there is none.
    figures : tuple of DocumentFigure
        In its own order.
    """

    id: str
    title: str
    source: str
    figures: tuple[DocumentFigure, ...]


@cache
def all_documents() -> tuple[Document, ...]:
    """Return the documents, in the order in which their cases were transcribed."""
    return tuple(_document(key, entry) for key, entry in table("documents.toml").items())


def _document(key: str, entry: Mapping[str, Any]) -> Document:
    figures = tuple(DocumentFigure(document=key, **figure) for figure in entry["figures"])
    return Document(key, entry["title"], entry.get("source", ""), figures)
