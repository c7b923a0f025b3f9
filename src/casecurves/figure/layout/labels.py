"""Where the label of a value goes: beside its symbol, on nothing else."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from casecurves.figure import symbols
from casecurves.figure import theme as t
from casecurves.figure.layout.areas import Area, crosses, meets
from casecurves.figure.layout.signs import signed
from casecurves.figure.text import width

if TYPE_CHECKING:
    from casecurves.figure.layout.frame import Frame
    from casecurves.figure.layout.marks import MarkBox
    from casecurves.figure.layout.panels import PanelBox

# Height of the figures of a label.
LABEL_HEIGHT = 2.5
_APART = 0.9
# Words that are no nearer than this to what else stands there are seen to belong to their own symbol.
_OWN = 0.3
# How far the figures of a label stay within its height; radius of a symbol, half of a line.
_CUT, _DISC, _STROKE = 0.3, 0.9, 0.2
# No place of a label begins or ends further from its symbol than its own length and this.
_REACH = 2.0
# A number is so much nearer to its own symbol than to any other, or the eye takes it for that of the other.
NEARER = 0.5
# So near to such a line, a symbol stands on it.
_ON = 0.45
# What is so far beyond all places where a label is tried is never nearer to it than its own symbol, and not asked.
_FAR = 3.0
# A label so near to another's point, right over, under or beside it, is read as that one's.
_FACING = 2.6
# How much more an overlay's sign of a limit takes, over or under its symbol.
_SIGN = symbols.BESIDE + symbols.SIGN - 0.9
# The first places are over, under and beside a symbol, where the eye expects a number; at a corner it must be so many
# times clearer whose it is.
_USUAL, _CORNER = 4, 2.0
# Nearer than this to the axis and to the level of one of its ticks, a number is read with the tick's.
_BY_AXIS, _BY_TICK = 2.5, 1.2
# Where a label that has no room over, under or beside its symbol is tried: how far beside its middle, how much lower.
_CORNERS = ((0.4, -3.6), (0.4, 1.3), (1.4, -2.6), (1.4, 0.2))


# Where the eye finds a value: left and right end, height, how far what is drawn reaches beyond; which value it is.
Seen = tuple[float, float, float, float, int]


class Label(NamedTuple):
    """Words on the page: left edge, top edge."""

    text: str
    x: float
    top: float


def numbered(mark: MarkBox) -> bool:
    """Tell whether a value is written beside its symbol; signs alone, as those of a disagreement, are no number."""
    return mark.label is not None and (not mark.mark.label or mark.label.text != signed(mark.mark, ""))


def room_of(label: Label) -> Area:
    """Return what a label takes from others: nearer than this, two numbers on a line would be read as one."""
    end = label.x + width(label.text, t.SMALL)
    return label.x - _APART, label.top, end + _APART, label.top + LABEL_HEIGHT


def seen(mark: MarkBox, owner: int, low: float | None = None) -> list[Seen]:
    """Return where the eye finds a value: its symbol, all along its interval, both ends of its range."""
    exact = mark.mark.certainty in {"exact", "ranked"} and mark.x is not None
    x0, x1, about = (mark.x, mark.x, _DISC) if exact and mark.x is not None else (mark.x0, mark.x1, _STROKE)
    found = [(x0, x1, mark.y, about, owner)]
    if low is not None and low != mark.y:
        # The other end of a range has a short cap, in its middle.
        middle = (x0 + x1) / 2
        found.append((middle, middle, low, about, owner))
    return found


def _gap(area: Area, at: Seen) -> float:
    """Return how far the figures of a label are from what is seen."""
    # Asked hundreds of times for a figure: compared rather than put through ``max``.
    left, top, right, bottom = area
    x0, x1, y, about, _ = at
    top, bottom = top + _CUT, bottom - _CUT
    aside = left - x1 if left > x1 else x0 - right if x0 > right else 0.0
    over = top - y if top > y else y - bottom if y > bottom else 0.0
    return math.hypot(aside, over) - about


def _touch(one: Seen, other: Seen) -> bool:
    aside = max(one[0] - other[1], other[0] - one[1], 0.0)
    return math.hypot(aside, one[2] - other[2]) <= one[3] + other[3]


def _strays(area: Area, near: Sequence[Seen], owner: int, clearly: float) -> bool:
    """Tell whether the figures of a label are not nearer to their own value than to another by so many millimetres.

    Of two symbols that touch, as of two values of one day, no number is clearly nearer to either.
    """
    own = [one for one in near if one[4] == owner]
    nearest = min(_gap(area, one) for one in own)
    others = [(one, _gap(area, one)) for one in near if one[4] != owner]
    for one, gap in others:
        over = gap - nearest
        if over < 0 or (over < clearly and not any(_touch(one, mine) for mine in own)):
            return True
    if clearly:
        for one, gap in others:
            if gap < _FACING and _in_line(area, one, own):
                return True
    return False


def _in_line(area: Area, one: Seen, own: Sequence[Seen]) -> bool:
    """Tell whether a label near another's value stands right over, under or beside it, and at a corner of its own.

    The eye goes straight up, down and along a row before it goes askew.
    """
    if one[0] == one[1] and any(_touch(one, mine) for mine in own):
        return False
    return any(face(area, one) and not any(face(area, mine) for mine in own) for face in (_in_column, _in_row))


def _in_row(area: Area, one: Seen) -> bool:
    return area[1] + _CUT < one[2] < area[3] - _CUT


def _in_column(area: Area, one: Seen) -> bool:
    # A line that a value may lie anywhere along points to no place of it.
    return one[0] == one[1] and area[0] < one[0] < area[2]


def _cut_off(x: float, right: float, mark: MarkBox, bars: Sequence[float]) -> bool:
    """Tell whether a line over the whole height, as that of day zero, stands between a label and its symbol.

    Or runs through the label, unless the symbol stands on it as well.
    """
    x0, x1 = (mark.x0, mark.x1) if mark.x is None else (mark.x, mark.x)
    for bar in bars:  # noqa: SIM110 - as in ``meets``
        if x1 + _ON < bar < right or x < bar < x0 - _ON:
            return True
    return False


def label_of(
    frame: Frame,
    box: PanelBox,
    mark: MarkBox,
    own: Area,
    taken: Sequence[Area],
    lines: Sequence[Area],
    eyes: Sequence[Seen],
    owner: int,
    clearly: float = NEARER,
) -> Label | None:
    """Return the label of a value, or the numbers of its disagreements alone: words below the figure speak of these.

    ``own`` is what its symbol covers; ``eyes`` are where all values are seen, ``owner`` is which of them it is, and
    ``clearly`` is how much nearer to it than to any other its number must be.
    ``None`` where there is no such place nearer to the value than to another, and the axis must do.
    """
    near = (own, taken, lines, eyes, owner)
    found = _at_a_place(signed(mark.mark, mark.mark.label), frame, box, mark, *near, clearly)
    if found is None and mark.mark.flags:
        return _at_a_place(signed(mark.mark, ""), replace(frame, bars=()), box, mark, *near, 0.0)
    return found


def _at_a_place(
    text: str,
    frame: Frame,
    box: PanelBox,
    mark: MarkBox,
    own: Area,
    taken: Sequence[Area],
    lines: Sequence[Area],
    eyes: Sequence[Seen],
    owner: int,
    clearly: float,
) -> Label | None:
    """Return words at the first place well clear of everything, else at the first where they meet nothing."""
    size = width(text, t.SMALL)
    # Most of what is taken is far from every place that is tried.
    start, end = own[0] - size - _REACH, own[2] + size + _REACH
    taken = [area for area in taken if area[0] < end and area[2] > start and area is not own]
    lines = [line for line in lines if line[0] < end and line[2] > start]
    near = [one for one in eyes if one[0] < end + _FAR and one[1] > start - _FAR]
    second = None
    for place, (x, top) in enumerate(_options(box, mark, size)):
        right, bottom = x + size, top + LABEL_HEIGHT
        if not (frame.plot0 < x and right < frame.plot1 and level_inside(box, top)):
            continue
        area = (x, top, right, bottom)
        clear = not meets((x - _OWN, top - _OWN, right + _OWN, bottom + _OWN), taken)
        if (not clear and (second is not None or meets(area, taken))) or crosses(area, lines):
            continue
        nearer = clearly if place < _USUAL else _CORNER * clearly
        if (len(near) > 1 and _strays(area, near, owner, nearer)) or _cut_off(x, right, mark, frame.bars):
            continue
        if x - frame.plot0 < _BY_AXIS and _like_a_tick(box, mark, top):
            continue
        if clear:
            return Label(text, x, top)
        second = Label(text, x, top)
    return second


def _like_a_tick(box: PanelBox, mark: MarkBox, top: float) -> bool:
    """Tell whether a titre beside the axis, written as its ticks are, stands at a tick that says another."""
    middle = top + LABEL_HEIGHT / 2
    return box.panel.scale == "titre" and any(
        words and abs(y - middle) < _BY_TICK < abs(y - mark.y) for y, words in box.ticks()
    )


def _options(box: PanelBox, mark: MarkBox, size: float) -> Iterator[tuple[float, float]]:
    """Yield the places of a label, the best first; nearly every label has one of the first four."""
    # Of a range, the label stands above its upper end, or below its lower one.
    y, low = box.at(mark.mark.y2) if mark.mark.y2 is not None else mark.y, mark.y
    over, under = y - 3.6, low + 1.3
    if box.series is not None:
        over -= _SIGN if mark.mark.shape == "above" else 0.0
        under += _SIGN if mark.mark.shape == "below" else 0.0
    if mark.mark.certainty in {"exact", "ranked"} and mark.x is not None:
        x = mark.x
        yield x - size / 2, over
        yield x - size / 2, under
        yield x + 1.6, y - 1.2
        yield x - 1.6 - size, y - 1.2
        for beside, dy in _CORNERS:
            level = (low if dy > 0 else y) + dy
            yield x + beside, level
            yield x - beside - size, level
        return
    x = (mark.x0 + mark.x1) / 2
    yield mark.x1 + 1.3, y - 1.2
    yield x - size / 2, over
    yield mark.x0 - 1.0 - size, y - 1.2
    yield x - size / 2, under
    for _, dy in _CORNERS:
        level = (low if dy > 0 else y) + dy
        yield mark.x1 + 1.0, level
        yield mark.x0 - 1.0 - size, level


def level_inside(box: PanelBox, top: float) -> bool:
    """Tell whether a line of words lies within the panel from top to bottom, and not half in the strip."""
    bottom = top + LABEL_HEIGHT
    words = box.panel.scale == "words" or bottom <= box.y + box.strip
    return top > (box.y if words else box.y + box.strip - 0.3) and bottom < box.y + box.height + 0.2
