"""How to read: every kind of mark that a figure can have is shown and explained, once, in both languages."""

from collections import Counter

import pytest
from figure.build import SHIPPED
from figure.inks import struck
from hypothesis import HealthCheck, given, settings
from strategies import cases

from casecurves.figure.compile import compile
from casecurves.figure.layout import lay_out
from casecurves.figure.page import PageOptions
from casecurves.figure.shapes import read_drawing
from casecurves.figure.svg import to_svg
from casecurves.figure.symbols import BESIDE, SIGN
from casecurves.howto import parts
from casecurves.words import catalogue, say

KINDS = {mark.kind for part in parts("en") for mark in part.marks}


def test_every_kind_that_the_catalogue_names_is_explained():
    named = {key.removeprefix("legend.") for key in catalogue() if key.startswith("legend.")}
    assert named - KINDS == set()
    events = {key.removeprefix("event_kind.") for key in catalogue() if key.startswith("event_kind.")}
    # What happened and is of no kind is told in words.
    assert events - {kind.removeprefix("event.") for kind in KINDS} == {"other"}


@pytest.mark.parametrize("case_id", SHIPPED)
def test_every_kind_of_a_shipped_case_is_explained(case_id):
    assert {item.kind for item in compile(SHIPPED[case_id]).legend} <= KINDS


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(cases())
def test_every_kind_of_any_case_is_explained(case):
    assert {item.kind for item in compile(case).legend} <= KINDS


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_each_is_explained_once_where_it_is_drawn(lang):
    explained = [mark.kind for part in parts(lang) for mark in part.marks]
    assert len(explained) == len(set(explained))
    for part in parts(lang):
        assert part.spec.banner == say("howto.banner", lang)
        assert part.marks
        assert {mark.kind for mark in part.marks} <= {item.kind for item in part.spec.legend}
        assert part.spec.not_drawn == ()
        assert all(mark.sentence != mark.label and mark.sentence.endswith(".") for mark in part.marks)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_each_has_a_sentence_of_its_own_but_the_kinds_of_events(lang):
    told = Counter(mark.sentence for part in parts(lang) for mark in part.marks if not mark.kind.startswith("event."))
    assert [sentence for sentence, count in told.items() if count > 1] == []


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("part", parts("en"), ids=lambda part: part.name)
def test_no_words_of_an_example_are_struck(part, lang):
    spec = next(other.spec for other in parts(lang) if other.name == part.name)
    drawing = read_drawing(to_svg(spec, PageOptions(width_mm=150)))
    assert [(word.text, piece.row) for word, piece, _ in struck(drawing)] == []


def test_the_number_of_a_limit_stands_over_its_sign_in_an_overlay():
    spec = next(part.spec for part in parts("en") if part.name == "overlay")
    ((box, mark),) = [
        (box, mark) for box in lay_out(spec, 150).panels for mark in box.marks if mark.mark.shape == "above"
    ]
    assert box.series is not None
    assert mark.label.top + 2.15 < mark.y - BESIDE - SIGN


def test_every_sentence_is_used():
    kinds = {key.removeprefix("howto.mark.") for key in catalogue() if key.startswith("howto.mark.")}
    assert kinds - KINDS == {"event", "status.known"}
