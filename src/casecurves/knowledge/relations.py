"""Relations told in a document - who acts on whom, and how - as tables of nodes and edges."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from casecurves.knowledge.drugs import drug
from casecurves.model.issues import Issue, Report
from casecurves.words import Lang, pick

NodeKind = Literal["cytokine", "receptor", "cell", "protein", "gene", "antibody", "drug", "factor", "effect"]
Effect = Literal[
    "activates", "produces", "becomes", "recruits", "binds", "includes", "accompanies", "inhibits", "blocks", "kills"
]
EdgeBasis = Literal["reported", "derived"]
NODE_KINDS: tuple[NodeKind, ...] = get_args(NodeKind)
EFFECTS: tuple[Effect, ...] = get_args(Effect)

_NODE_COLUMNS = ("id", "kind", "label", "label_fr", "plural", "drugs")
_EDGE_COLUMNS = (
    "id", "from", "to", "effect", "feedback", "label", "label_fr", "basis", "locator", "locator_fr",
    "note", "note_fr",
)  # fmt: skip
_MAY_BE_EMPTY = {"plural", "drugs", "feedback", "note", "note_fr"}
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "kind": NODE_KINDS,
    "effect": EFFECTS,
    "basis": get_args(EdgeBasis),
    "feedback": ("", "yes"),
    "plural": ("", "yes"),
}
_Texts = Mapping[str, str]
_Cells = Mapping[str, str]


@dataclass(frozen=True)
class Node:
    """Somebody or something that acts or is acted on.

    Attributes
    ----------
    id, kind : str
        Key inside its diagram; one of `NODE_KINDS`.
    label : mapping of language to str
        What it is called.
    plural : bool
        True where that is more than one, so that the verb of a relation agrees.
    drugs : tuple of str
        Keys of the drugs that it stands for; none for what is no drug.
    line : int
        Line in ``nodes.csv``, counted from 1.
    """

    id: str
    kind: NodeKind
    label: _Texts
    plural: bool
    drugs: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class Edge:
    """What one node does to another, as a document says it.

    Attributes
    ----------
    id, source, target, effect : str
        Key inside its diagram, the keys of two nodes, one of `EFFECTS`.
    feedback : bool
        True where this relation closes a loop on purpose.
    label, note : mapping of language to str
        The relation as a sentence; what is to be known of it, ``""`` for most.
    basis : {"reported", "derived"}
        Stated by the document, or inferred from what it states; then the note says how.
    locator : mapping of language to str
        Where in the document.
    line : int
        Line in ``edges.csv``, counted from 1.
    """

    id: str
    source: str
    target: str
    effect: Effect
    feedback: bool
    label: _Texts
    basis: EdgeBasis
    locator: _Texts
    note: _Texts
    line: int


@dataclass(frozen=True)
class Diagram:
    """The relations of one figure or argument of a document.

    ``note`` says what it leaves open, or ``""``; ``report`` what is wrong with its tables.
    """

    id: str
    document: str
    title: _Texts
    subtitle: _Texts
    note: _Texts
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    report: Report = field(default_factory=Report)

    def to_json(self, lang: str) -> dict[str, object]:
        """Return the diagram as plain JSON values, in one language."""
        return {
            "id": self.id,
            "document": self.document,
            "title": pick(self.title, lang),
            "subtitle": pick(self.subtitle, lang),
            "note": pick(self.note, lang),
            "nodes": [
                {"id": node.id, "kind": node.kind, "label": pick(node.label, lang), "drugs": list(node.drugs)}
                for node in self.nodes
            ],
            "edges": [_edge_to_json(edge, lang) for edge in self.edges],
        }


@dataclass(frozen=True)
class Place:
    """Where a drug stands: the key of a diagram and of a node in it."""

    diagram: str
    node: str


@cache
def all_diagrams() -> Mapping[str, Diagram]:
    """Return the diagrams that come with casecurves, by key."""
    home = files("casecurves.knowledge") / "diagrams"
    folders = sorted((item for item in home.iterdir() if item.is_dir()), key=lambda item: item.name)
    found = {}
    for folder in folders:
        head = tomllib.loads((folder / "diagram.toml").read_text(encoding="utf-8"))
        tables = [(folder / f"{name}.csv").read_text(encoding="utf-8") for name in ("nodes", "edges")]
        nodes, edges, report = read_relations(*tables)
        found[folder.name] = Diagram(
            folder.name,
            head["document"],
            head["title"],
            head["subtitle"],
            head.get("note", _SILENT),
            nodes,
            edges,
            report,
        )
    return found


def _edge_to_json(edge: Edge, lang: str) -> dict[str, object]:
    plain = {name: getattr(edge, name) for name in ("id", "source", "target", "effect", "feedback", "basis")}
    return plain | {name: pick(getattr(edge, name), lang) for name in ("label", "locator", "note")}


_SILENT: Mapping[Lang, str] = {"en": "", "fr": ""}


def places_of(name: str) -> tuple[Place, ...]:
    """Return where a drug acts, one place for each diagram it is in.

    Parameters
    ----------
    name : str
        A drug, under any name that `casecurves.knowledge.drug` knows.

    Returns
    -------
    tuple of Place
        Empty for a drug that is not known, or in no diagram.
    """
    known = drug(name)
    if known is None:
        return ()
    return tuple(
        Place(diagram.id, node.id)
        for diagram in all_diagrams().values()
        for node in diagram.nodes
        if known.id in node.drugs
    )


def read_relations(nodes: str, edges: str) -> tuple[tuple[Node, ...], tuple[Edge, ...], Report]:
    """Read a table of nodes and one of edges.

    Parameters
    ----------
    nodes, edges : str
        Two CSV texts with a line of column names.

    Returns
    -------
    nodes : tuple of Node
        Those whose row has no fault, in file order.
    edges : tuple of Edge
        Those whose row has no fault and whose two nodes exist, in file order.
    report : Report
        Everything found, at once: a column that is missing, an empty or unknown cell, a doubled key, an unknown
        node, a node on no edge, a loop that is not declared, a declared loop that is none.
    """
    found: list[Issue] = []
    node_rows = list(_rows(nodes, "nodes.csv", _NODE_COLUMNS, found))
    edge_rows = list(_rows(edges, "edges.csv", _EDGE_COLUMNS, found))
    made = tuple(_node(line, cells) for line, cells in node_rows)
    known = {node.id for node in made}
    linked = []
    for line, cells in edge_rows:
        missing = [column for column in ("from", "to") if cells[column] not in known]
        found += [Issue("error", "relation.no_node", "edges.csv", line, name, cells[name]) for name in missing]
        linked += [] if missing else [_edge(line, cells)]
    found += _alone(made, edge_rows)
    found += _loops(linked)
    return made, tuple(linked), Report.of(found)


def _rows(text: str, file: str, columns: Sequence[str], found: list[Issue]) -> Iterator[tuple[int, _Cells]]:
    """Yield the rows without fault, each with its line; what is wrong with the others is added to ``found``."""
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if len(plain) > csv.field_size_limit():
        found.append(Issue("error", "relation.too_long", file))
        return
    reader = csv.DictReader(io.StringIO(plain), restkey="", restval="")
    missing = [name for name in columns if name not in (reader.fieldnames or ())]
    if missing:
        found.append(Issue("error", "relation.no_column", file, 1, "", ", ".join(missing)))
        return
    seen: dict[str, int] = {}
    for row in reader:
        line = reader.line_num
        cells = {name: (row[name] or "").strip() for name in columns}
        wrong = list(_faults(cells, file, line))
        if cells["id"] in seen:
            params = {"first": seen[cells["id"]]}
            wrong.append(Issue("error", "relation.twice", file, line, "id", cells["id"], params))
        seen.setdefault(cells["id"], line)
        found += wrong
        if not wrong:
            yield line, cells


def _faults(cells: _Cells, file: str, line: int) -> Iterator[Issue]:
    for name, text in cells.items():
        if name in _CHOICES and text not in _CHOICES[name]:
            allowed = ", ".join(choice for choice in _CHOICES[name] if choice)
            yield Issue("error", "relation.choice", file, line, name, text, {"choices": allowed})
        elif not text and name not in _MAY_BE_EMPTY:
            yield Issue("error", "relation.empty", file, line, name)
    for name in filter(None, cells.get("drugs", "").split(";")):
        if drug(name) is None:
            yield Issue("error", "relation.no_drug", file, line, "drugs", name)


def _node(line: int, cells: _Cells) -> Node:
    kind = next(kind for kind in NODE_KINDS if kind == cells["kind"])
    known = (drug(name) for name in filter(None, cells["drugs"].split(";")))
    drugs = tuple(one.id for one in known if one)
    return Node(cells["id"], kind, _texts(cells, "label"), cells["plural"] == "yes", drugs, line)


def _edge(line: int, cells: _Cells) -> Edge:
    return Edge(
        id=cells["id"],
        source=cells["from"],
        target=cells["to"],
        effect=next(effect for effect in EFFECTS if effect == cells["effect"]),
        feedback=cells["feedback"] == "yes",
        label=_texts(cells, "label"),
        basis="derived" if cells["basis"] == "derived" else "reported",
        locator=_texts(cells, "locator"),
        note=_texts(cells, "note"),
        line=line,
    )


def _texts(cells: _Cells, name: str) -> _Texts:
    return {"en": cells[name], "fr": cells[f"{name}_fr"]}


def _alone(nodes: Sequence[Node], edges: Sequence[tuple[int, _Cells]]) -> Iterator[Issue]:
    linked = {cells[end] for _, cells in edges for end in ("from", "to")}
    for node in nodes:
        if node.id not in linked:
            yield Issue("warning", "relation.alone", "nodes.csv", node.line, "id", node.id)


def _loops(edges: Sequence[Edge]) -> Iterator[Issue]:
    # As they are laid out: what closes a loop is turned round, and none may be left then.
    onward = [replace(edge, source=edge.target, target=edge.source) if edge.feedback else edge for edge in edges]
    while loop := next((path for edge in onward if (path := _path(edge.target, edge.source, onward, edge))), None):
        rows = ", ".join(f"{edge.id} ({edge.line})" for edge in loop)
        last = max(loop, key=lambda edge: edge.line)
        yield Issue("error", "relation.loop", "edges.csv", last.line, "feedback", last.id, {"rows": rows})
        onward.remove(last)
    for edge in edges:
        if edge.feedback and not _path(edge.target, edge.source, edges, edge):
            yield Issue("error", "relation.no_loop", "edges.csv", edge.line, "feedback", edge.id)


def _path(start: str, goal: str, edges: Sequence[Edge], closing: Edge) -> list[Edge]:
    """Return a loop that ``closing`` closes: itself, then the edges from start to goal; empty when there is none."""
    paths: dict[str, list[Edge]] = {start: [closing]}
    waiting = [start]
    while waiting:
        here = waiting.pop(0)
        if here == goal:
            return paths[here]
        for edge in edges:
            if edge.source == here and edge.target not in paths:
                paths[edge.target] = [*paths[here], edge]
                waiting.append(edge.target)
    return []
