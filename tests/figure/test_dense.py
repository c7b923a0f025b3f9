"""However much or little a case holds: nothing meets anything, nothing is dropped in silence, the page ends."""

import time

import pytest
from figure.build import SHIPPED, made
from figure.dense import CROWDED, ODD, many_events, many_values
from figure.page import read

from casecurves.figure.compile import compile
from casecurves.figure.layout import lay_out
from casecurves.figure.options import Options
from casecurves.figure.page import PageOptions
from casecurves.figure.plotly import to_plotly
from casecurves.figure.svg import to_svg
from casecurves.figure.text import MM_PER_PT

FOUR_HUNDRED = ODD["four hundred events"]


def check(case, width_mm, lang, **options):
    page = read(to_svg(compile(case, Options(lang=lang)), PageOptions(width_mm=width_mm, **options)))
    assert page.collisions() == []
    assert page.outside() == []
    assert all(word.size >= 7 * MM_PER_PT - 1e-3 for word in page.words)
    return page


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("width_mm", [60, 90, 140, 190])
def test_a_crowded_page_keeps_every_word_apart(width_mm, lang):
    check(CROWDED, width_mm, lang)


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("width_mm", [60, 90, 190])
def test_an_odd_case_makes_a_page(name, width_mm):
    for lang in ("en", "fr"):
        check(ODD[name], width_mm, lang)


@pytest.mark.parametrize("case_id", SHIPPED)
def test_a_shipped_case_fits_the_narrowest_page(case_id):
    for lang in ("en", "fr"):
        check(SHIPPED[case_id], 60, lang)


def test_a_crowded_page_is_laid_out_in_seconds():
    started = time.process_time()
    lay_out(compile(CROWDED), 190.0)
    assert time.process_time() - started < 10


def test_events_beyond_what_a_rail_tells_are_numbered_and_listed_in_the_order_of_time():
    spec = compile(FOUR_HUNDRED)
    numbered = sorted((mark.number, mark) for mark in spec.rail.marks if mark.number is not None)
    assert len(spec.rail.marks) - len(numbered) == 30
    assert [number for number, _ in numbered] == list(range(1, 371))
    starts = [mark.place[0].x0 for _, mark in numbered]
    assert starts == sorted(starts)
    (box,) = [box for box in spec.boxes if "370" in box.heading]
    assert [entry.row for entry in box.entries] == [mark.row for _, mark in numbered]
    labels = {event.id: event.label for event in FOUR_HUNDRED.events}
    assert all(entry.text.startswith(f"{n}. {labels[entry.row]} (") for n, entry in enumerate(box.entries, start=1))
    assert {mark.row for mark in spec.rail.marks} == set(labels)


def test_what_weighs_most_is_told_beside_the_rail():
    spec = compile(
        made(events=[*many_events(100, 300), {"id": "end", "kind": "death", "label": "death", "time": "D301"}])
    )
    told = {mark.symbol for mark in spec.rail.marks if mark.number is None}
    assert {"death", "relapse", "flare"} <= told
    assert "imaging" not in told


@pytest.mark.parametrize("width_mm", [60, 90, 190])
def test_every_number_stands_on_its_page_and_the_rail_is_not_metres_long(width_mm):
    spec = compile(FOUR_HUNDRED)
    rail = lay_out(spec, width_mm).rail
    page = read(to_svg(spec, PageOptions(width_mm=width_mm)))
    beside = {word.row: word.text for word in page.words if word.row}
    assert all(beside[mark.row] == str(mark.number) for mark in spec.rail.marks if mark.number is not None)
    assert rail.height < 800
    shapes = [
        (c.block_x, c.block_y, c.block_x + c.block_w, c.block_y + c.block_h)
        for c in rail.clusters
        if c.alone and c.block_h
    ]
    symbols = [(c.x, rail.line_y - c.lift * 2.6) for c in rail.clusters if c.x is not None]
    assert not any(x0 < x < x1 and y0 < y < y1 for x0, y0, x1, y1 in shapes for x, y in symbols)


def test_a_window_numbers_only_what_it_shows():
    spec = compile(FOUR_HUNDRED, Options(window=(0, 200)))
    numbered = {mark.row for mark in spec.rail.marks if mark.number is not None}
    assert numbered
    assert {entry.row for box in spec.boxes for entry in box.entries} == numbered
    assert len(spec.rail.marks) - len(numbered) == 30


def test_thirty_events_have_their_words():
    assert all(mark.number is None for mark in compile(made(events=many_events(30, 300))).rail.marks)


def test_of_many_values_the_ends_and_the_extremes_are_labelled_and_the_others_counted():
    case = made(measurements=many_values(1, 60))
    (box,) = lay_out(compile(case), 190.0).panels
    ordered = sorted(box.marks, key=lambda mark: mark.x0)
    values = [mark.mark.y for mark in ordered]
    labelled = {mark.mark.y for mark in ordered if mark.label is not None}
    extremes = {max(values), min(values)}
    # An end that has room for its number nowhere but on the curve has none, which is counted.
    assert extremes <= labelled <= {values[0], values[-1], *extremes}
    words = " ".join(word.text for word in check(case, 190, "en").words)
    assert f"{60 - len(labelled)} without label" in words
    assert len(compile(case).panels[0].marks) == 60, "every value is drawn"


@pytest.mark.parametrize("width_mm", [90, 190])
@pytest.mark.parametrize("case_id", SHIPPED)
def test_a_value_without_a_label_is_counted(case_id, width_mm):
    for box in lay_out(compile(SHIPPED[case_id]), width_mm).panels:
        # Where a number has no room, the signs of a disagreement may still stand there alone.
        bare = sum(mark.label is None or mark.label.text[:1] in "(≠" for mark in box.marks)
        assert (f"{bare} without label" in " ".join(box.spilled)) == bool(bare)


@pytest.mark.parametrize("name", ["crowded", *ODD])
def test_the_interactive_picture_is_made_of_the_same_page(name):
    spec = compile({"crowded": CROWDED, **ODD}[name])
    figure = to_plotly(spec)
    shown = {note["text"] for note in figure["layout"].get("annotations", ())}
    assert {str(mark.number) for mark in spec.rail.marks if mark.number is not None} <= shown
