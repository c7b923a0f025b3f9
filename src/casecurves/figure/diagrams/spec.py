"""What a diagram says: relations in words and numbers, before anything has a place."""

from __future__ import annotations

from dataclasses import dataclass

from casecurves.errors import UsageError
from casecurves.knowledge import all_documents, drug
from casecurves.knowledge.relations import EFFECTS, NODE_KINDS, Diagram, Edge, Effect, Node, NodeKind
from casecurves.words import Lang, printed, say, typeset


@dataclass(frozen=True)
class Box:
    """A node: what it is called, its kind, the class of its drugs (``""`` for none), whether it is looked for."""

    id: str
    kind: NodeKind
    label: str
    drug_class: str
    chosen: bool


@dataclass(frozen=True)
class Relation:
    """An edge: its number on the picture, between which boxes, and its sentence.

    ``feedback`` is true where it closes a loop, ``derived`` where it is inferred, ``chosen`` where it touches what is
    looked for.
    """

    n: int
    id: str
    source: str
    target: str
    effect: Effect
    feedback: bool
    derived: bool
    chosen: bool
    text: str

    @property
    def sign(self) -> str:
        """What stands on the line, and before the sentence."""
        return f"{self.n}*" if self.derived else str(self.n)


@dataclass(frozen=True)
class DiagramSpec:
    """A diagram in one language.

    Attributes
    ----------
    id, lang, title, subtitle : str
        Key, language, and the words above.
    boxes, relations : tuple
        What is drawn.
    kinds, effects : tuple of str
        The kinds of node and of relation that are drawn, for the legend.
    notes, signs : tuple of str
        What is to be known of it; what a sign says of a relation that is not simply reported.
    source, disclaimer : str
        The words below.
    """

    id: str
    lang: Lang
    title: str
    subtitle: str
    boxes: tuple[Box, ...]
    relations: tuple[Relation, ...]
    kinds: tuple[NodeKind, ...]
    effects: tuple[Effect, ...]
    notes: tuple[str, ...]
    signs: tuple[str, ...]
    source: str
    disclaimer: str


def compile_diagram(diagram: Diagram, lang: Lang = "en", chosen: str = "") -> DiagramSpec:
    """Say a diagram in one language.

    Parameters
    ----------
    diagram : Diagram
        The relations.
    lang : {"en", "fr"}
        Language of every word.
    chosen : str
        Key of a node, or a drug under any name, that is looked for and made to stand out; any other changes nothing.

    Returns
    -------
    DiagramSpec
        What to draw.

    Raises
    ------
    UsageError
        When its tables have errors, each said with its file and line: some of it could not be drawn.
    """
    if not diagram.report.sound:
        raise UsageError(diagram.report.to_text(lang))
    known = drug(chosen) if chosen else None
    marked = {node.id for node in diagram.nodes if node.id == chosen or (known is not None and known.id in node.drugs)}
    kinds, effects = {node.kind for node in diagram.nodes}, {edge.effect for edge in diagram.edges}
    titles = {document.id: document.title for document in all_documents()}
    return DiagramSpec(
        id=diagram.id,
        lang=lang,
        title=printed(diagram.title, lang),
        subtitle=printed(diagram.subtitle, lang),
        boxes=tuple(_box(node, lang, node.id in marked) for node in diagram.nodes),
        relations=tuple(_relation(n, edge, lang, marked) for n, edge in enumerate(diagram.edges, 1)),
        kinds=tuple(kind for kind in NODE_KINDS if kind in kinds),
        effects=tuple(effect for effect in EFFECTS if effect in effects),
        notes=tuple(filter(None, (printed(diagram.note, lang), say("diagram.numbers", lang)))),
        signs=(say("diagram.derived", lang),) if any(edge.basis == "derived" for edge in diagram.edges) else (),
        source=say("diagram.source", lang, title=typeset(titles[diagram.document], lang)),
        disclaimer=say("disclaimer", lang),
    )


def _box(node: Node, lang: str, chosen: bool) -> Box:
    known = drug(node.drugs[0]) if node.kind == "drug" and node.drugs else None
    return Box(node.id, node.kind, printed(node.label, lang), known.drug_class if known else "", chosen)


def _relation(n: int, edge: Edge, lang: str, marked: set[str]) -> Relation:
    text = say("diagram.relation", lang, text=printed(edge.label, lang), locator=printed(edge.locator, lang))
    return Relation(
        n=n,
        id=edge.id,
        source=edge.source,
        target=edge.target,
        effect=edge.effect,
        feedback=edge.feedback,
        derived=edge.basis == "derived",
        chosen=not marked.isdisjoint((edge.source, edge.target)),
        text=text,
    )
