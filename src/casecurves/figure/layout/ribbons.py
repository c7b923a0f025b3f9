"""Where a status ribbon goes: symbols on as many levels as keep them apart, words below, what is stated last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from casecurves.figure import theme as t
from casecurves.figure.spec import Ribbon, Stage
from casecurves.figure.text import width, wrap
from casecurves.model.immutable import immutable

if TYPE_CHECKING:
    from casecurves.figure.layout.frame import Frame

# Half the width of a symbol, and of the sign of what is stated; heights of a level, of words, of the hatch between.
GLYPH = 1.6
STATED = 1.1
_HALF = {"unknown": 0.9, "stated": STATED}
# Words find room on so many lines, or are left to the legend.
_LINES = 2
LEVEL = 4.2
WORDS = 3.2
HATCH = 1.4
# What stands beside a symbol where the source says otherwise.
DIFFERS = "≠"
_APART = 0.5
_EDGE = 0.5
_TEXT_DROP = 2.5


@immutable(frozen=True)
class StageBox:
    """An assessment on the page: its interval, where its symbol stands, and its words with their left edge.

    ``xs`` has one place where the time is exact; else the symbol stands at both ends of the interval, or alone where it
    is as wide as that: no place between is any likelier.
    ``sign_x`` is the left edge of the sign that the source says otherwise; ``None`` where it does not.
    """

    stage: Stage
    x0: float
    x1: float
    xs: tuple[float, ...]
    y: float
    text: str = ""
    text_x: float = 0.0
    text_y: float = 0.0
    sign_x: float | None = None


@immutable(frozen=True)
class RibbonBox:
    """A ribbon on the page: its frame, its name at left, its assessments, and the hatched stretches between them."""

    ribbon: Ribbon
    y: float
    height: float
    hatch_y: float
    label: tuple[str, ...]
    stages: tuple[StageBox, ...]
    between: tuple[tuple[float, float], ...]


def ribbon_box(ribbon: Ribbon, frame: Frame, y: float) -> RibbonBox:
    """Return a ribbon with everything placed."""
    label = tuple(wrap(ribbon.label, frame.gutter - frame.left, t.SMALL))
    top = y + _EDGE
    found = [stage for stage in ribbon.stages if stage.kind != "stated"]
    stages, levels = _placed(frame, found, top)
    bottom = top + levels * LEVEL
    stages, lines = _worded(frame, stages, bottom)
    bottom += lines * WORDS
    stated, more = _placed(frame, [stage for stage in ribbon.stages if stage.kind == "stated"], bottom)
    stated = _named(frame, stated, ribbon.stated_label)
    bottom += more * LEVEL
    height = max(bottom - y + _EDGE, len(label) * t.SMALL.height + 1.0)
    between = tuple((frame.x(s.zone, s.x0), frame.x(s.zone, s.x1)) for s in ribbon.between)
    return RibbonBox(ribbon, y, height, top + LEVEL / 2, label, (*stages, *stated), between)


def half_of(kind: str) -> float:
    """Return half the width of the symbol of an assessment."""
    return _HALF.get(kind, GLYPH)


def _placed(frame: Frame, stages: Sequence[Stage], top: float) -> tuple[list[StageBox], int]:
    """Put each symbol on the first level on which it meets no other; return them, and how many levels there are."""
    sign = width(DIFFERS, t.SMALL_BOLD)
    ends: list[float] = []
    placed = []
    for stage in sorted(stages, key=lambda stage: frame.extent(stage.place)):
        half = half_of(stage.kind)
        x0, x1 = frame.extent(stage.place)
        more = sign + 0.4 if stage.differs else 0.0
        lowest, highest = frame.plot0 + half + 0.2, frame.plot1 - half - more - 0.2
        xs = tuple(frame.off_folds(min(max(x, lowest), highest), half) for x in _places(frame, stage, x0, x1))
        first, last = min(x0, xs[0] - half), max(x1, xs[-1] + half)
        level = next((i for i, end in enumerate(ends) if end + _APART <= first), len(ends))
        ends[level:] = [last + more, *ends[level + 1 :]]
        sign_x = xs[-1] + half + 0.4 if stage.differs else None
        placed.append(StageBox(stage, x0, x1, xs, top + (level + 0.5) * LEVEL, sign_x=sign_x))
    return placed, len(ends)


def _places(frame: Frame, stage: Stage, x0: float, x1: float) -> tuple[float, ...]:
    if stage.x is not None:
        return (frame.x(stage.place[0].zone, stage.x),)
    return (x0, x1) if x1 - x0 > 2 * half_of(stage.kind) + _APART else ((x0 + x1) / 2,)


def _worded(frame: Frame, boxes: Sequence[StageBox], top: float) -> tuple[list[StageBox], int]:
    """Write the status where it changes and there is room; return how many lines that takes. The legend has all."""
    found: list[StageBox] = []
    last, ends = ("", ""), [frame.plot0] * _LINES
    for box in boxes:
        same = (box.stage.label, box.stage.kind)
        size = width(box.stage.label, t.SMALL)
        x = min(max(box.xs[0] - GLYPH, frame.plot0 + 0.4), frame.plot1 - size - 0.4)
        line = next((n for n, end in enumerate(ends) if x >= end + 1.0), None)
        if box.stage.label and same != last and line is not None and _clear(frame, x, size):
            ends[line] = x + size
            text_y = top + line * WORDS + _TEXT_DROP
            found.append(replace(box, text=box.stage.label, text_x=x, text_y=text_y))
        else:
            found.append(box)
        last = same if box.stage.label else last
    return found, sum(end > frame.plot0 for end in ends)


def _named(frame: Frame, boxes: Sequence[StageBox], word: str) -> list[StageBox]:
    """Write beside what is stated that it is, clear of its interval and of all else there, where there is room."""
    size, gap = width(word, t.SMALL), 0.6
    taken = [(box.y, *_reach(box)) for box in boxes]
    named = []
    for box in boxes:
        first, last = _reach(box)
        for x in (last + gap, first - gap - size):
            inside = frame.plot0 + 0.4 < x and x + size < frame.plot1 - 0.4
            near = [(start, end) for y, start, end in taken if y == box.y]
            if inside and _clear(frame, x, size) and all(end <= x or x + size <= start for start, end in near):
                taken.append((box.y, x - gap, x + size + gap))
                named.append(replace(box, text=word, text_x=x, text_y=box.y + 0.9))
                break
        else:
            named.append(box)
    return named


def _reach(box: StageBox) -> tuple[float, float]:
    half = half_of(box.stage.kind)
    return min(box.x0, box.xs[0] - half), max(box.x1, box.xs[-1] + half)


def _clear(frame: Frame, x: float, size: float) -> bool:
    return not any(x < fold.x1 and fold.x0 < x + size for fold in frame.folds)
