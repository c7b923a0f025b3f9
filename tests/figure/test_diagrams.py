"""Diagrams of relations: what is drawn is what the table says, and nothing covers anything."""

import os
import re
import subprocess
import sys
from itertools import combinations, pairwise

import pytest
from figure.page import read
from hypothesis import given, settings
from hypothesis import strategies as st

from casecurves.errors import UsageError
from casecurves.figure.diagrams import compile_diagram, diagram_svg, render_diagram
from casecurves.figure.diagrams.layout import bend, lay_out
from casecurves.figure.page import PageOptions
from casecurves.figure.text import MM_PER_PT
from casecurves.knowledge.relations import EFFECTS, NODE_KINDS, Diagram, Edge, Node, all_diagrams
from casecurves.words import LANGS, say, typeset

PAGES = [(key, lang, width) for key in all_diagrams() for lang in LANGS for width in (90.0, 140.0, 190.0)]


def overlapping(a, b, slack=0.05):
    return (
        min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0]) > slack
        and min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1]) > slack
    )


def check_places(page):
    """Nothing covers a box, no line runs through one, no two numbers meet, and all lies on the page."""
    rooms = {placed.box.id: (placed.x, placed.y, placed.w, placed.h) for placed in page.boxes}
    assert not any(overlapping(a, b) for a, b in combinations(rooms.values(), 2))
    for x, y, w, h in rooms.values():
        assert x >= 0
        assert y >= 0
        assert x + w <= page.width
        assert y + h <= page.height
    for line in page.lines:
        ends = (line.relation.source, line.relation.target)
        for number, (start, end) in enumerate(pairwise(line.points)):
            for share in range(21):
                spot = (
                    bend(start, end, share / 20)
                    if number % 2
                    else (end[0], start[1] + (end[1] - start[1]) * share / 20)
                )
                assert 0 <= spot[0] <= page.width
                for key, room in rooms.items():
                    if key not in ends:
                        assert not overlapping((*spot, 0.02, 0.02), room, 0.01), (line.relation.id, key)
        for (x, y), key in ((line.points[0], ends[0]), (line.points[-1], ends[1])):
            left, top, w, h = rooms[key]
            assert left <= x <= left + w
            assert y in (pytest.approx(top), pytest.approx(top + h))


@pytest.mark.parametrize(("key", "lang", "width"), PAGES)
def test_nothing_covers_anything(key, lang, width):
    page = lay_out(compile_diagram(all_diagrams()[key], lang), width)
    check_places(page)
    numbers = [
        (line.number[0] - line.number_width / 2, line.number[1] - 1.4, line.number_width, 2.8) for line in page.lines
    ]
    assert not any(overlapping(a, b) for a, b in combinations(numbers, 2))
    for placed in page.boxes:
        room = (placed.x, placed.y, placed.w, placed.h)
        assert not any(overlapping(number, room) for number in numbers), placed.box.id


@pytest.mark.parametrize(("key", "lang", "width"), PAGES)
def test_no_type_is_too_small_and_no_words_meet(key, lang, width):
    page = read(diagram_svg(compile_diagram(all_diagrams()[key], lang), PageOptions(width_mm=width)))
    assert min(word.size for word in page.words) >= 7 * MM_PER_PT - 1e-3
    assert page.collisions() == []
    assert page.outside() == []


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("key", all_diagrams())
def test_each_row_of_the_tables_is_drawn_once_and_told(key, lang):
    diagram = all_diagrams()[key]
    spec = compile_diagram(diagram, lang)
    page = lay_out(spec, 190)
    assert [line.relation.id for line in page.lines] == [edge.id for edge in diagram.edges]
    assert {placed.box.id for placed in page.boxes} == {node.id for node in diagram.nodes}
    told = " ".join(word.text for word in page.words)
    for edge in diagram.edges:
        assert all(part in told for part in typeset(edge.label[lang], lang).split(" ")), edge.id
    assert spec.disclaimer in told
    for line in page.lines:
        ends = [line.points[0][1], line.points[-1][1]]
        assert (ends[0] < ends[1]) != line.relation.feedback


@pytest.mark.parametrize("key", all_diagrams())
def test_the_legend_has_exactly_the_kinds_that_are_drawn(key):
    diagram = all_diagrams()[key]
    keys = {sample.key for sample in lay_out(compile_diagram(diagram), 190).legend}
    wanted = {f"kind.{node.kind}" for node in diagram.nodes} | {f"effect.{edge.effect}" for edge in diagram.edges}
    assert keys == wanted | ({"feedback"} if any(edge.feedback for edge in diagram.edges) else set())


def test_every_kind_has_its_words_and_its_look():
    texts = {"en": "x", "fr": "x"}
    kinds = tuple(Node(f"n{number}", kind, texts, False, (), 1) for number, kind in enumerate(NODE_KINDS))
    edges = tuple(
        Edge(f"e{number}", f"n{number % 4}", f"n{4 + number % 5}", effect, False, texts, "reported", texts, texts, 1)
        for number, effect in enumerate(EFFECTS)
    )
    diagram = Diagram("own", "vitiligo", texts, texts, {"en": "", "fr": ""}, kinds, edges)
    page = lay_out(compile_diagram(diagram, "fr"), 190)
    check_places(page)
    assert {say(f"node_kind.{kind}", "fr") for kind in NODE_KINDS} <= {
        line for item in page.legend for line in item.lines
    }
    for theme in ("light", "dark", "grey"):
        drawn = diagram_svg(compile_diagram(diagram), PageOptions(theme=theme))
        assert drawn.count("<text") > len(kinds)


def test_what_is_looked_for_stands_out_under_any_name_of_a_drug():
    diagram = all_diagrams()["jak-pathway"]
    plain = compile_diagram(diagram)
    assert not any(box.chosen for box in plain.boxes)
    for name in ("ruxolitinib", "jak12-inhibitors"):
        spec = compile_diagram(diagram, "en", name)
        assert [box.id for box in spec.boxes if box.chosen] == ["jak12-inhibitors"]
        assert {one.id for one in spec.relations if one.chosen} == {"rux-jak1", "rux-jak2"}
        assert diagram_svg(spec) != diagram_svg(plain)
        assert "chosen" in {sample.key for sample in lay_out(spec, 190).legend}
    assert compile_diagram(diagram, "en", "nobody") == plain


def test_a_file_is_the_same_every_time_and_holds_no_hidden_words():
    spec = compile_diagram(all_diagrams()["th2-dupilumab"], "fr")
    page = PageOptions(width_mm=90, dpi=100)
    assert render_diagram(spec, "png", page) == render_diagram(spec, "png", page)
    assert render_diagram(spec, "pdf", page).startswith(b"%PDF")
    svg = render_diagram(spec, "svg", page).decode()
    assert "data-row" not in svg
    assert 'width="90mm"' in svg


DRAWN = """
import hashlib
kept = [object() for _ in range({number} * 997)]  # other places in memory
from casecurves.figure.diagrams import compile_diagram, diagram_svg
from casecurves.knowledge.relations import all_diagrams
pages = "".join(diagram_svg(compile_diagram(one, "fr")) for one in all_diagrams().values())
print(hashlib.sha256(pages.encode()).hexdigest())
"""


def test_a_page_is_the_same_in_every_process():
    # What depends on addresses in memory shows in some processes only.
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    made = [
        subprocess.run(
            [sys.executable, "-c", DRAWN.format(number=number)],
            env={**env, "PYTHONHASHSEED": str(number)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for number in range(5)
    ]
    assert len(set(made)) == 1


def test_words_of_a_table_are_no_markup():
    nasty = {"en": '<script>alert("x")</script>', "fr": "<b>&amp;</b>"}
    nodes = tuple(Node(key, "cell", nasty, False, (), 1) for key in ("a", "b"))
    edge = Edge("e", "a", "b", "binds", False, nasty, "reported", nasty, nasty, 1)
    svg = diagram_svg(compile_diagram(Diagram("own", "il21", nasty, nasty, nasty, nodes, (edge,))))
    assert "<script" not in svg
    assert re.search(r"&lt;", svg)


def test_a_page_too_narrow_is_refused_in_words():
    texts = {"en": "x", "fr": "x"}
    nodes = tuple(Node(f"n{number}", "cell", texts, False, (), 1) for number in range(40))
    edges = tuple(
        Edge(f"e{number}", "n0", f"n{number}", "binds", False, texts, "reported", texts, texts, 1)
        for number in range(1, 40)
    )
    spec = compile_diagram(Diagram("star", "il21", texts, texts, texts, nodes, edges), "fr")
    with pytest.raises(UsageError, match=r"star.* ne tient pas"):
        diagram_svg(spec, PageOptions(width_mm=60))


@st.composite
def graphs(draw):
    """Any graph without loops; now and then a part of it, or a node, stands apart."""
    count = draw(st.integers(2, 9))
    apart = draw(st.sets(st.integers(1, count - 1), max_size=2))
    links = {(draw(st.integers(0, b - 1)), b) for b in range(1, count) if b not in apart}
    links |= draw(st.sets(st.tuples(st.integers(0, count - 2), st.integers(1, count - 1)), max_size=6))
    words = st.text(alphabet="abc déf", min_size=1, max_size=30)
    nodes = []
    for number in range(count):
        label = draw(words)
        nodes.append(Node(f"n{number}", draw(st.sampled_from(NODE_KINDS)), {"en": label, "fr": label}, False, (), 1))
    texts = {"en": "x", "fr": "x"}
    edges = [
        Edge(f"e{a}-{b}", f"n{a}", f"n{b}", draw(st.sampled_from(EFFECTS)), False, texts, "reported", texts, texts, 1)
        for a, b in sorted(links)
        if a < b
    ]
    return Diagram("own", "vitiligo", texts, texts, {"en": "", "fr": ""}, tuple(nodes), tuple(edges))


@given(graphs())
@settings(deadline=None, max_examples=30)
def test_any_graph_has_its_places(diagram):
    check_places(lay_out(compile_diagram(diagram), 190))
