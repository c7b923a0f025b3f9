"""A diagram whose tables have faults is refused in words, by whoever draws it; a node that stands alone is drawn."""

import pytest

from casecurves.cli import main
from casecurves.errors import UsageError
from casecurves.figure.diagrams import compile_diagram, diagram_svg
from casecurves.figure.diagrams.layout import lay_out
from casecurves.figure.diagrams.place import rows_of
from casecurves.knowledge.relations import Diagram, read_relations

NODES = "id,kind,label,label_fr,plural,drugs\n"
EDGES = "id,from,to,effect,feedback,label,label_fr,basis,locator,locator_fr,note,note_fr\n"
TEXTS = {"en": "made", "fr": "fait"}
FAULTY = [
    ("e a b|f b a", "edges.csv, line 3"),  # a loop that is not declared
    ("e a b|f a nobody", "edges.csv, line 3"),
    ("e a b yes|f b a yes", "edges.csv, line 3"),  # declared twice, so that turning both round leaves it
    ("e a b|f a a yes", "edges.csv, line 3"),
]


def diagram(edges, nodes="a b"):
    rows = [[*row.split(), ""] for row in edges.split("|")]
    listed = NODES + "".join(f"{key},cell,{key},{key},,\n" for key in nodes.split())
    linked = EDGES + "".join(f"{r[0]},{r[1]},{r[2]},activates,{r[3]},x,x,reported,p,p,,\n" for r in rows)
    made_nodes, made_edges, report = read_relations(listed, linked)
    return Diagram("own", "il21", TEXTS, TEXTS, {"en": "", "fr": ""}, made_nodes, made_edges, report)


@pytest.mark.parametrize(("edges", "where"), FAULTY)
def test_a_faulty_diagram_is_refused_with_its_file_and_line(edges, where, monkeypatch, tmp_path, capsys):
    faulty = diagram(edges)
    with pytest.raises(UsageError, match=where):
        compile_diagram(faulty)
    monkeypatch.setattr("casecurves.knowledge.relations.all_diagrams", lambda: {"own": faulty})
    file = tmp_path / "own.svg"
    assert main(["diagram", "own", "-o", str(file)]) == 1
    assert where in capsys.readouterr().err
    assert not file.exists()


def test_a_loop_that_nobody_reported_ends_in_an_error():
    with pytest.raises(ValueError, match="loop"):
        rows_of(("a", "b"), [("a", "b"), ("b", "a")], 2)


def test_a_node_that_stands_alone_is_drawn_apart_and_said(monkeypatch, tmp_path, capsys):
    alone = diagram("e a b", "a b alone")
    page = lay_out(compile_diagram(alone), 190)
    boxes = {box.box.id: box for box in page.boxes}
    assert boxes.keys() == {"a", "b", "alone"}
    assert boxes["alone"].x >= max(boxes[key].x + boxes[key].w for key in "ab")
    monkeypatch.setattr("casecurves.knowledge.relations.all_diagrams", lambda: {"own": alone})
    assert main(["diagram", "own", "-o", str(tmp_path / "own.svg")]) == 0
    assert "nodes.csv, line 4" in capsys.readouterr().err


def test_boxes_without_any_line_are_drawn():
    assert "two" in diagram_svg(compile_diagram(diagram_of_boxes()))


def diagram_of_boxes():
    nodes, edges, report = read_relations(NODES + "one,cell,one,un,,\ntwo,cell,two,deux,,\n", EDGES)
    return Diagram("own", "il21", TEXTS, TEXTS, TEXTS, nodes, edges, report)
