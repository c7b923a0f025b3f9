"""Labels as texts of a trace: the same words at the same places, and what needs a frame or a hover stays a note."""

import pytest
from figure.build import SHIPPED, course, event, made, value

from casecurves.figure import theme as t
from casecurves.figure.compile import compile
from casecurves.figure.layout import lay_out
from casecurves.figure.plotly import PX_PER_MM, to_plotly
from casecurves.figure.plotly.board import Board
from casecurves.figure.plotly.texts import as_texts
from casecurves.figure.text import width
from casecurves.figure.theme import THEMES

SPACE = width("\u00a0", t.SMALL) * PX_PER_MM


@pytest.fixture
def board():
    case = made(events=[event("last", "D100", "last_follow_up")], therapies=[course("aa", "prednisone", "D0", "D40")])
    return Board(lay_out(compile(case), 1180.0 / PX_PER_MM, words=False), THEMES["light"], PX_PER_MM)


def texts(board, *notes):
    traces, remaining = as_texts(board, list(notes))
    return [tuple(zip(trace["text"], trace["x"], strict=True)) for trace in traces], remaining


def test_plain_words_become_a_text(board):
    traces, remaining = texts(board, board.note(80.0, 20.0, "words", "#111", anchor_mm=79.0))
    assert [text.strip() for text, _ in traces[0]] == ["words"]
    assert remaining == []


def test_a_gap_becomes_spaces_on_the_side_of_the_place(board):
    notes = [board.beside(80.0, 5.0, 20.0, "a", "#111", 79.0), board.beside(70, 5, 20, "b", "#1", 76)]
    traces, _ = as_texts(board, notes)
    assert [trace["textposition"] for trace in traces] == ["middle right", "middle left"]
    [right], [left] = (trace["text"] for trace in traces)
    for text, gap in ((right, 1.0), (left, 1.0)):
        assert text.count("\u00a0") * SPACE == pytest.approx(gap * PX_PER_MM, abs=SPACE)
    assert right.endswith("a")
    assert left.startswith("b")


def test_words_around_a_place_are_centred_on_it(board):
    [trace], _ = as_texts(board, [board.beside(70.0, 6.0, 20.0, "1:320", "#111", 73.0)])
    assert trace["textposition"] == "middle center"
    assert trace["text"] == ["1:320"]
    assert trace["x"] == [board.at(73.0)[1]]


@pytest.mark.parametrize(
    "more", [{"hovertext": "more"}, {"bordercolor": "#111"}, {"font": {"size": 17, "color": "#111"}}]
)
def test_what_a_text_cannot_do_stays_a_note(board, more):
    note = board.note(80.0, 20.0, "words", "#111", anchor_mm=79.0, more=more)
    assert texts(board, note) == ([], [note])


def test_words_far_from_their_place_and_lines_stay_notes(board):
    far = board.note(120.0, 20.0, "words", "#111", anchor_mm=79.0)
    lines = board.note(80.0, 20.0, "one<br>two", "#111", anchor_mm=79.0)
    assert texts(board, far, lines) == ([], [far, lines])


@pytest.mark.parametrize("case_id", SHIPPED)
def test_every_label_of_a_value_is_in_the_picture(case_id):
    spec = compile(SHIPPED[case_id])
    figure = to_plotly(spec)
    drawn = [text.strip() for trace in figure["data"] for text in trace.get("text", [])]
    drawn += [note["text"] for note in figure["layout"]["annotations"]]
    page = lay_out(spec, 1180.0 / PX_PER_MM, words=False)
    labels = [mark.label.text for box in page.panels for mark in box.marks if mark.label is not None]
    for label in labels:
        assert drawn.count(Board.text(label)) >= labels.count(label), label


def test_a_label_follows_its_mark():
    case = made(
        measurements=[value("v-1", "31", "D10"), value("v-2", "45", "D60"), value("v-3", "5", "D90")],
        events=[event("last", "D100", "last_follow_up")],
    )
    figure = to_plotly(compile(case))
    marks = {x for t in figure["data"] if t.get("mode") == "markers" for x in t["x"]}
    traces = [t for t in figure["data"] if t.get("mode") == "text"]
    places = {text.strip(): x for t in traces for text, x in zip(t["text"], t["x"], strict=True)}
    assert {places["31"], places["45"], places["5"]} <= marks
    assert not any(trace["cliponaxis"] for trace in traces), "a label near the edge is not cut"
