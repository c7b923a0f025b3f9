"""Diagrams and slides: opposite relations, drugs of which another source says otherwise, and a reader's remarks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import combinations

from casecurves.analysis.consistency.finding import Finding, Place, both
from casecurves.knowledge.drugs import Isoforms, drug
from casecurves.knowledge.relations import Diagram, Edge
from casecurves.knowledge.slides import also_concerned, slide_row, slide_table
from casecurves.words import say

_FURTHERS = frozenset({"activates", "produces", "recruits", "becomes"})
# Columns that are about a row of a slide, not what it says.
_ABOUT = ("locator", "note")
_KINASES = frozenset({"JAK1", "JAK2", "JAK3", "TYK2"})
_HINDERS = frozenset({"inhibits", "blocks", "kills"})


def relations(diagram: Diagram) -> Iterator[Finding]:
    """Yield what in a diagram may not be right.

    Parameters
    ----------
    diagram : Diagram
        A diagram.

    Yields
    ------
    Finding
        Of ``relation.opposed`` (two relations of which one furthers what the other hinders; both may hold under
        conditions of their own) and ``drug.isoforms`` (a drug that inhibits other kinases by another source).
    """
    yield from _opposed(diagram)
    yield from _isoforms(diagram)


def slides(table: str) -> Iterator[Finding]:
    """Yield the remarks that a reader made on a table of the slides, each beside both places that it is about.

    Parameters
    ----------
    table : str
        One of `casecurves.knowledge.slides.SLIDE_TABLES`.

    Yields
    ------
    Finding
        Of ``remark``.
    """
    others = also_concerned(table)
    for number, (en, fr) in enumerate(zip(slide_table(table, "en"), slide_table(table, "fr"), strict=True)):
        if en["note"]:
            sides = (_of_slide(table, number), *([_of_slide(*others[number])] if number in others else []))
            yield Finding("remark", "check", table, sides, {"note": both(en["note"], fr["note"])})


def _of_slide(table: str, number: int) -> Place:
    en, fr = (slide_row(table, number, lang) for lang in ("en", "fr"))
    said, said_fr = (", ".join(cell for name, cell in row.items() if cell and name not in _ABOUT) for row in (en, fr))
    return Place("", f"{table}.csv", number + 2, "", said, said_fr, en["locator"], "", fr["locator"])


def _opposed(diagram: Diagram) -> Iterator[Finding]:
    for one, other in combinations(diagram.edges, 2):
        effects = {one.effect, other.effect}
        if (one.source, one.target) == (other.source, other.target) and effects & _FURTHERS and effects & _HINDERS:
            names = {node.id: node.label for node in diagram.nodes}
            about = {"source": names[one.source], "target": names[one.target]}
            yield Finding("relation.opposed", "check", diagram.id, (_place(one), _place(other)), about)


def _isoforms(diagram: Diagram) -> Iterator[Finding]:
    names = {node.id: node.label["en"] for node in diagram.nodes}
    for node in diagram.nodes:
        drawn = [edge for edge in diagram.edges if edge.source == node.id and names[edge.target] in _KINASES]
        stated = [names[edge.target] for edge in drawn]
        for known in filter(None, map(drug, node.drugs)):
            other = known.isoforms
            if not stated or other is None or not other.literature or set(stated) == set(other.literature):
                continue
            a, b = "/".join(stated), "/".join(other.literature)
            second = Place(node.id, "isoforms.toml", None, "literature", b, "", other.source)
            about = {"drug": both(known.en, known.fr), "a": a, "b": b, "source": partial(_cited, other)}
            yield Finding("drug.isoforms", "check", diagram.id, (*map(_place, drawn), second), about)


def _cited(isoforms: Isoforms, lang: str) -> str:
    return isoforms.source if isoforms.verified else say("consistency.unread", lang, source=isoforms.source)


def _place(edge: Edge) -> Place:
    said, said_fr = edge.label["en"], edge.label["fr"]
    where = edge.locator["en"], "", edge.locator["fr"]
    return Place(edge.id, "edges.csv", edge.line, "effect", said, said_fr, *where)
