"""A number stands clearly nearer to its own symbol than to another one, or nowhere and is counted."""

import math

import pytest
from figure.build import SHIPPED, made, value

from casecurves.figure import theme as t
from casecurves.figure.compile import compile
from casecurves.figure.layout import lay_out
from casecurves.figure.layout.labels import LABEL_HEIGHT
from casecurves.figure.options import Options
from casecurves.figure.text import width
from casecurves.words import say

# By width and case, how many numbers have no place that is clearly nearer to their own symbol than to another. A case
# that is not named has none.
BARE = {
    (90, "mn-dupilumab-1-illustrative"): 31,
    (90, "mn-dupilumab-2-illustrative"): 25,
    (190, "mn-dupilumab-1-illustrative"): 5,
    (190, "mn-dupilumab-2-illustrative"): 9,
}


@pytest.mark.parametrize("width_mm", [112.0, 154.0, 190.0])
def test_no_titre_is_read_with_the_tick_of_another(width_mm):
    page = lay_out(compile(SHIPPED["mn-dupilumab-2-illustrative"]), width_mm)
    box = next(box for box in page.panels if box.panel.scale == "titre")
    ticks = [(y, words) for y, words in box.ticks() if words]
    assert len(ticks) > 1
    for mark in box.marks:
        if mark.label is not None and mark.label.x - page.frame.plot0 < 2.5:
            middle = mark.label.top + LABEL_HEIGHT / 2
            assert [words for y, words in ticks if abs(y - middle) < 1.2 and words not in mark.label.text] == []


def test_a_value_whose_signs_alone_have_room_is_counted():
    page = lay_out(compile(SHIPPED["mn-dupilumab-1-illustrative"]), 85.0)
    box = next(box for box in page.panels if any(mark.mark.label == ">1500" for mark in box.marks))
    mark = next(mark for mark in box.marks if mark.mark.label == ">1500")
    assert mark.label.text == "(?) ≠1"
    without = [one for one in box.marks if one.label is None]
    assert say("panel.unlabelled", "en", n=len(without) + 1) in " ".join(box.spilled)


def gap(letters, place):
    (x0, y0, x1, y1), (x, y) = letters, place
    return math.hypot(max(x0 - x, 0, x - x1), max(y0 - y, 0, y - y1))


def places(box, mark):
    """Return where a value is seen: its symbol, both ends of a range, or places all along its interval."""
    heights = [mark.y] + ([box.at(mark.mark.y2)] if mark.mark.y2 is not None else [])
    exact = mark.mark.certainty in {"exact", "ranked"} and mark.x is not None
    across = [mark.x] if exact else [mark.x0 + (mark.x1 - mark.x0) * n / 20 for n in range(21)]
    return [(x, y) for x in across for y in heights]


def radius(mark):
    return 0.9 if mark.mark.certainty in {"exact", "ranked"} and mark.x is not None else 0.2


def apart(one, other):
    """Tell whether two symbols, each with its panel, do not touch."""
    gaps = [math.dist(a, b) for a in places(*one) for b in places(*other)]
    return min(gaps) > radius(one[1]) + radius(other[1]) + 0.1


def astray(*boxes):
    """Return the values of panels in one frame whose number is hardly nearer to their own symbol than to another."""
    marks = [(box, mark) for box in boxes for mark in box.marks if mark.mark.y is not None]
    found = []
    for box, mark in ((box, mark) for box, mark in marks if mark.label is not None):
        x, top, size = mark.label.x, mark.label.top, width(mark.label.text, t.SMALL)
        letters = (x, top + 0.3, x + size, top + 2.2)
        own = min(gap(letters, place) for place in places(box, mark)) - radius(mark)
        for beside, other in marks:
            theirs = min(gap(letters, place) for place in places(beside, other)) - radius(other)
            if other is not mark and theirs < own + (0.35 if apart((box, mark), (beside, other)) else -0.05):
                found.append(mark.mark.row)
    return found


@pytest.mark.parametrize("width_mm", [84, 90, 140, 190])
@pytest.mark.parametrize("case_id", SHIPPED)
def test_a_number_is_nearest_to_its_own_symbol(case_id, width_mm):
    boxes = lay_out(compile(SHIPPED[case_id]), width_mm).panels
    assert [row for box in boxes for row in astray(box)] == []
    if width_mm in {90, 190}:
        assert sum(mark.label is None for box in boxes for mark in box.marks) <= BARE.get((width_mm, case_id), 0)


# How many of the numbers of an overlay have a place, by its width.
LAID_OVER = {90: (15, 18), 190: (39, 38)}


@pytest.mark.parametrize("width_mm", LAID_OVER)
@pytest.mark.parametrize("patient", [1, 2])
def test_in_an_overlay_too_a_number_is_nearest_to_its_own_symbol(patient, width_mm):
    case = SHIPPED[f"mn-dupilumab-{patient}-illustrative"]
    boxes = [box for box in lay_out(compile(case, Options(view="overlay")), width_mm).panels if box.series is not None]
    assert astray(*boxes) == []
    assert sum(mark.label is not None for box in boxes for mark in box.marks) >= LAID_OVER[width_mm][patient - 1]


def test_values_are_no_crowd_because_each_is_a_range():
    rows = [value(f"v-{n}x", f"{20 + 3 * (n % 3)}-{24 + 3 * (n % 3)}", f"D{n * 3}") for n in range(20)]
    boxes = lay_out(compile(made(measurements=rows)), 140).panels
    assert [row for box in boxes for row in astray(box)] == []


@pytest.mark.parametrize("width_mm", [84, 90, 140, 190])
@pytest.mark.parametrize("case_id", SHIPPED)
def test_no_line_over_the_whole_height_stands_between_a_number_and_its_symbol(case_id, width_mm):
    page = lay_out(compile(SHIPPED[case_id]), width_mm)
    days = [0.0] * (not page.spec.axis.calendar) + [page.spec.axis.last_follow_up] * (
        page.spec.axis.last_follow_up is not None
    )
    lo, hi, _, _ = page.frame.zones["main"]
    bars = [page.frame.x("main", day) for day in days if lo <= day <= hi]
    for box in page.panels:
        for mark in (mark for mark in box.marks if mark.label is not None and mark.mark.y is not None):
            if mark.label.text.startswith(("≠", "(?)")):
                continue  # the number of a disagreement alone, where there is no other room for it
            x0, x1 = (mark.x0, mark.x1) if mark.x is None else (mark.x, mark.x)
            right = mark.label.x + width(mark.label.text, t.SMALL)
            # Nor through the number, unless its symbol stands on the line as well.
            assert not [bar for bar in bars if x1 + 0.5 < bar < right or mark.label.x < bar < x0 - 0.5], mark.mark


def in_line(one, letters):
    """Tell whether a point is right over, under or beside letters."""
    x0, y0, x1, y1 = letters
    return x0 < one.x < x1 or y0 < one.y < y1


def spread(box):
    """Return the values of a panel that lie somewhere in an interval."""
    return [mark for mark in box.marks if mark.mark.y is not None and mark.mark.certainty == "interval"]


@pytest.mark.parametrize("width_mm", [90, 140, 190])
@pytest.mark.parametrize("patient", [1, 2])
def test_no_number_at_a_corner_of_its_symbol_faces_another_point(patient, width_mm):
    faults, looked = [], 0
    for box in lay_out(compile(SHIPPED[f"mn-dupilumab-{patient}-illustrative"]), width_mm).panels:
        marks = [mark for mark in box.marks if mark.mark.y is not None and mark.mark.certainty == "exact"]
        if len(box.marks) > 30:
            continue
        for mark in (mark for mark in marks if mark.label is not None):
            x, top = mark.label.x, mark.label.top
            letters = (x, top + 0.3, x + width(mark.label.text, t.SMALL), top + 2.2)
            if in_line(mark, letters):
                continue
            looked += 1
            near = [one for one in marks if gap(letters, (one.x, one.y)) < 3.4 and apart((box, one), (box, mark))]
            faults += [(mark.mark.row, one.mark.row) for one in near if one is not mark and in_line(one, letters)]
            level = [one for one in spread(box) if letters[1] < one.y < letters[3] and one is not mark]
            faults += [
                (mark.mark.row, one.mark.row)
                for one in level
                if min(gap(letters, (end, one.y)) for end in (one.x0, one.x1)) < 2.6
            ]
    assert faults == []
    assert looked or width_mm != 90


def test_a_value_that_sources_disagree_about_keeps_its_number_where_its_words_have_no_room():
    case = SHIPPED["mn-dupilumab-1-illustrative"]
    for width_mm in (75, 84, 90, 140, 190):
        marks = [mark for box in lay_out(compile(case), width_mm).panels for mark in box.marks if mark.mark.flags]
        assert marks
        assert all(mark.label is not None and "≠" in mark.label.text for mark in marks), width_mm


@pytest.mark.parametrize("width_mm", [84, 90, 140, 190])
@pytest.mark.parametrize("case_id", SHIPPED)
def test_the_name_of_a_range_stands_within_it(case_id, width_mm):
    for box in lay_out(compile(SHIPPED[case_id]), width_mm).panels:
        for label, _ in box.annotations:
            bands = [band for band in box.bands if band.label == label.text]
            middle = label.top + 1.25
            assert not bands or any(band.top <= middle <= band.bottom for band in bands), label
