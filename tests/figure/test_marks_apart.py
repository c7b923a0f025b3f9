"""On paper nothing lies on anything: words on marks, marks on marks, words on where something begins or ends.

What that means for each kind of mark is written in `inks`. Values may truly coincide: then each of them is told by its
number, and of a panel of very many values the middle of each symbol is seen.
"""

import random
import re

import pytest
from figure.build import SHIPPED, made, value
from figure.dense import CROWDED, ODD
from figure.inks import crossed, hidden, lost, struck

from casecurves.figure.compile import compile
from casecurves.figure.layout import lay_out
from casecurves.figure.layout.strip import LEVEL, PILL
from casecurves.figure.options import Options
from casecurves.figure.page import PageOptions
from casecurves.figure.plotly import to_plotly
from casecurves.figure.shapes import Outline, read_drawing
from casecurves.figure.svg import to_svg
from casecurves_dashboard.screens import PHONE_MM


def wandering(analyte: str, count: int) -> list[dict[str, object]]:
    """Return values of two years that wander up and down, every fifth of them known to some days only."""
    pick, level, found = random.Random(count), 100.0, []
    for n in range(count):
        level = max(20.0, level * (1 + pick.uniform(-0.15, 0.15)))
        day = n * 720 // count
        when = f"D{day}..D{day + 12}" if n % 5 == 0 else f"D{day}"
        found.append(
            value(f"v-{analyte.lower()}-{n}x", f"{level:.0f}", when, analyte, unit="U/L", ref_low=0, ref_high=40)
        )
    return found


DENSE = made(
    measurements=[
        row
        for analyte, count in (("ALT", 400), ("LDH", 120), ("CK", 60), ("lipase", 40))
        for row in wandering(analyte, count)
    ]
)


def faults(case, width_mm, lang, *, bare=False, **options):
    spec = compile(case, Options(lang=lang, **options))
    drawing = read_drawing(to_svg(spec, PageOptions(width_mm=width_mm), bare=bare))
    numbered = {writing.row for writing in drawing.writings()}
    found = [f"{word.text} ({word.row}) struck by {piece.row or 'a line'}" for word, piece, _ in struck(drawing)]
    # Of two values at nearly one place each has its number.
    found += [f"{under.row} under {over.row}" for under, over, _ in hidden(drawing) if under.row not in numbered]
    found += [f"{under.row} crossed by {over.row or 'a line'}" for under, over, _ in crossed(drawing)]
    # What is exact for the axis is no interval: its two ends are one.
    ends: dict[str, set[float]] = {}
    for piece, x in lost(drawing):
        ends.setdefault(piece.row, set()).add(x)
    return found + [f"an end of {row} lost" for row, xs in ends.items() if len(xs) == 1 or max(xs) - min(xs) > 0.6]


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("width_mm", [90, 190])
@pytest.mark.parametrize("case_id", SHIPPED)
def test_nothing_lies_on_anything_in_a_shipped_case(case_id, width_mm, lang):
    assert faults(SHIPPED[case_id], width_mm, lang) == []


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("case_id", SHIPPED)
def test_nothing_lies_on_anything_in_the_picture_that_a_phone_gets(case_id, lang):
    assert faults(SHIPPED[case_id], PHONE_MM, lang, bare=True) == []


@pytest.mark.parametrize("case_id", ["mn-dupilumab-1-illustrative", "mn-dupilumab-2-illustrative"])
def test_nothing_lies_on_anything_in_an_overlay(case_id):
    # Of two series at one place the upper one is seen; each has a symbol of its own.
    assert [fault for fault in faults(SHIPPED[case_id], 190, "en", view="overlay") if " under " not in fault] == []


@pytest.mark.parametrize("width_mm", [90, 190])
def test_nothing_lies_on_anything_among_forty_drugs_four_hundred_events_and_seven_hundred_values(width_mm):
    assert faults(CROWDED, width_mm, "en") == []


@pytest.mark.parametrize("name", ["four hundred events", "one day", "eighty years"])
def test_nothing_lies_on_anything_in_an_odd_case(name):
    for width_mm in (90, 190):
        assert faults(ODD[name], width_mm, "fr") == []


@pytest.mark.parametrize("width_mm", [90, 190])
def test_of_very_many_values_each_is_seen(width_mm):
    drawing = read_drawing(to_svg(compile(DENSE), PageOptions(width_mm=width_mm)))
    assert [word.text for word, *_ in struck(drawing)] == []
    boxes = lay_out(compile(DENSE), width_mm).panels
    sizes = [box.dot for box in boxes]
    assert sizes == sorted(sizes)
    assert min(sizes) >= 0.3
    assert sizes[0] < 0.5
    # On a broad page a tenth of them at most have a neighbour at nearly the same place; on a narrow one four hundred
    # values have an eighth of a millimetre each, and are seen as a course only.
    assert width_mm < 190 or len(hidden(drawing)) < 62


def test_the_symbols_of_few_values_have_their_usual_size_and_both_pictures_make_them_small_alike():
    few, many = made(measurements=wandering("ALT", 20)), made(measurements=wandering("ALT", 400))
    (usual,), (small,) = lay_out(compile(few), 190).panels, lay_out(compile(many), 190).panels
    assert usual.dot == 1
    sizes = [_sizes(to_plotly(compile(case))) for case in (few, many)]
    assert max(sizes[0]) == 10
    assert max(sizes[1]) == pytest.approx(10 * lay_out(compile(many), 1180 / 4.8).panels[0].dot, abs=0.1)
    assert small.dot < 0.5


def _sizes(figure):
    found = [trace["marker"]["size"] for trace in figure["data"] if trace.get("marker") and "size" in trace["marker"]]
    return [size for given in found for size in (given if isinstance(given, list) else [given])]


def test_the_interval_of_a_result_in_words_is_seen_under_its_pill():
    case = made(measurements=[value("seen", "positive", "D100..D130", "ANA"), value("late", "negative", "D400", "ANA")])
    assert faults(case, 90, "en") == []


@pytest.mark.parametrize("width_mm", [85, 90, 140, 190])
@pytest.mark.parametrize("case_id", ["mn-dupilumab-1", "mn-dupilumab-2", "igg4-dupilumab-1"])
def test_no_sign_stands_beyond_the_border_of_its_zone(case_id, width_mm):
    """A triangle on day zero of what was before it, or half an arrow before it, would tell of another time."""
    page = lay_out(compile(SHIPPED[case_id]), width_mm)
    seen = 0
    for cluster in page.rail.clusters:
        mark = cluster.items[0].mark
        if mark.certainty == "soon":
            zone0, zone1 = page.frame.zones[mark.place[0].zone][2:]
            assert zone0 <= cluster.sign - 0.9 and cluster.sign + 0.9 <= zone1, mark.row
            seen += 1
    for box in page.panels:
        for mark in box.marks:
            if mark.mark.shape == "trend":
                zone0, zone1 = page.frame.zones[mark.mark.place[0].zone][2:]
                assert zone0 <= mark.x - 1.7 and mark.x + 1.7 <= zone1 + 1e-6, mark.mark.row
                seen += 1
    assert seen or case_id == "igg4-dupilumab-1"


def worded(edge: str):
    """Return a case of a thousand days with a result in words on a day at their edge, and one amid them."""
    results = [value("edge", "negative", edge, "haematuria"), value("amid", "positive", "D500", "haematuria")]
    return made(measurements=[value("first", "3", "D0"), value("last", "4", "D1000"), *results])


@pytest.mark.parametrize("width_mm", [85, 190])
@pytest.mark.parametrize("day", [0, 1000])
def test_a_result_in_words_that_has_no_room_at_its_day_has_a_stem_there(day, width_mm):
    """Pushed in from the edge without one, it would tell of another day; where none is pushed there is no stem."""
    case = worded(f"D{day}")
    spec = compile(case)
    page = lay_out(spec, width_mm)
    (box,) = [box for box in page.panels if box.panel.scale == "words"]
    marks = {mark.mark.row: mark for mark in box.marks}
    true = page.frame.x("main", marks["edge"].mark.x)
    assert abs(marks["edge"].x - true) > 1.0, "this one is pushed"
    assert marks["amid"].stem is None
    drawing = read_drawing(to_svg(spec, PageOptions(width_mm=width_mm)))
    lines = [piece for piece in drawing.shapes if piece.row == "edge" and isinstance(piece, Outline)]
    upright = [run for piece in lines for run, _ in piece.runs if run[0][0] == run[-1][0]]
    stems = [(x, y0, y1) for (x, y0), (_, y1) in upright if y1 > marks["edge"].y + PILL]
    assert len(stems) == 1
    assert stems[0] == pytest.approx(marks["edge"].stem, abs=0.01)
    assert stems[0][0] == pytest.approx(true, abs=0.01)
    # It begins on the edge of the pill, round as that is, and ends above the pill of the next level.
    assert stems[0][1] <= marks["edge"].y + PILL and stems[0][2] < marks["edge"].y + LEVEL - PILL
    assert faults(case, width_mm, "en") == []


def test_on_screen_the_stem_and_the_pill_stay_with_the_day():
    """Both are held by the day, so that the pill does not wander off when the axis grows."""
    spec = compile(worded("D0"))
    figure = to_plotly(spec, width_px=85 * 4.8)
    day = next(x for trace in figure["data"] for x in trace["x"] if trace["mode"] == "markers")
    stems = [trace for trace in figure["data"] if trace["mode"] == "lines" and trace["x"] == [day, day, None]]
    assert len(stems) == 1
    pill, amid = [shape for shape in figure["layout"]["shapes"] if shape.get("layer") == "between"]
    (words,) = [note for note in figure["layout"]["annotations"] if note["text"] == "negative"]
    assert pill["xanchor"] == words["x"] == day != amid["xanchor"]
    left, right = (float(found) for found in re.match(r"M(-?[\d.]+),[\d.]+H(-?[\d.]+)C", pill["path"]).groups())
    assert words["xanchor"] == "center" and words["xshift"] > 10
    assert (left + right) / 2 == pytest.approx(words["xshift"], abs=1)
