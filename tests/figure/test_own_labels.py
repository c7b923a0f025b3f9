"""A number stands nearer to its own symbol than to another one, or nowhere and is counted."""

import math

import pytest
from figure.build import SHIPPED

from casecurves.figure import theme as t
from casecurves.figure.compile import compile
from casecurves.figure.layout import lay_out
from casecurves.figure.text import width

# By width and case, how many numbers have no place that is nearer to their own symbol than to another. A case that is
# not named has none.
BARE = {
    (90, "mn-dupilumab-1-illustrative"): 20,
    (90, "mn-dupilumab-2-illustrative"): 15,
    (190, "mn-dupilumab-1-illustrative"): 2,
    (190, "mn-dupilumab-2-illustrative"): 4,
}


def gap(letters, place):
    (x0, y0, x1, y1), (x, y) = letters, place
    return math.hypot(max(x0 - x, 0, x - x1), max(y0 - y, 0, y - y1))


def places(box, mark):
    """Return where a value is seen: its symbol, both ends of a range, or places all along its interval."""
    heights = [mark.y] + ([box.at(mark.mark.y2)] if mark.mark.y2 is not None else [])
    exact = mark.mark.certainty in {"exact", "ranked"} and mark.x is not None
    across = [mark.x] if exact else [mark.x0 + (mark.x1 - mark.x0) * n / 20 for n in range(21)]
    return [(x, y) for x in across for y in heights]


def astray(box):
    """Return the values of a panel whose number is nearer to the symbol of another one."""
    marks = [mark for mark in box.marks if mark.mark.y is not None]
    found = []
    for mark in (mark for mark in marks if mark.label is not None):
        x, top, size = mark.label.x, mark.label.top, width(mark.label.text, t.SMALL)
        letters = (x, top + 0.3, x + size, top + 2.2)
        own = min(gap(letters, place) for place in places(box, mark))
        others = [gap(letters, place) for other in marks if other is not mark for place in places(box, other)]
        if others and min(others) < own - 0.05:
            found.append(mark.mark.row)
    return found


@pytest.mark.parametrize("width_mm", [90, 190])
@pytest.mark.parametrize("case_id", SHIPPED)
def test_a_number_is_nearest_to_its_own_symbol(case_id, width_mm):
    boxes = lay_out(compile(SHIPPED[case_id]), width_mm).panels
    assert [row for box in boxes for row in astray(box)] == []
    assert sum(mark.label is None for box in boxes for mark in box.marks) <= BARE.get((width_mm, case_id), 0)
