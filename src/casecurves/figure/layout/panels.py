"""Where a panel's values, words and annotations go, each label where it meets nothing else."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from casecurves.figure import theme as t
from casecurves.figure.layout.areas import Area, BandArea, crosses, meets
from casecurves.figure.layout.labels import LABEL_HEIGHT, NEARER, Label, label_of, level_inside, numbered, room_of, seen
from casecurves.figure.layout.marks import MarkBox
from casecurves.figure.layout.strip import LEVEL, StripItem, strip_items
from casecurves.figure.spec import Envelope, Mark, Panel
from casecurves.figure.text import Style, width, wrap
from casecurves.model.immutable import immutable
from casecurves.words import say

if TYPE_CHECKING:
    from casecurves.figure.layout.frame import Frame

_HEIGHT = 15.5
_LOW = 10.5
_WITH_THRESHOLDS = 19.5
# Levels of a drug, under its lane.
_LEVELS = 8.6
# Of more values than these only the first, the last, the greatest and the least carry their number.
_MANY = 30
_MANY_LOW = 6
_TAIL = 2.6
# What a symbol takes beside another, in millimetres; the smallest share of its size that is still seen as one.
_DIAMETER, _SMALLEST = 2.1, 0.34
# From the words of one tick to those of the next.
_TICK_ROOM = 2.7
# Words under its name make a panel so many times as high as it is without, and no higher.
_TALLEST = 1.25
# The name of a range stands so far from what is beside it, or reads as its number.
_CLEAR = 0.9
# What stands in a stretch of unknown dose.
UNKNOWN = "?"


@immutable(frozen=True)
class PanelBox:
    """A panel on the page: its frame, the strip at its top for what has no scale, its marks and annotations.

    ``series`` counts the panels of an overlay, which share one frame; ``None`` for a panel of its own. ``told`` are
    ranges and thresholds whose words stand at the foot of the page. ``dot`` is the size of its symbols, 1 as usual.
    """

    panel: Panel
    y: float
    height: float
    strip: float
    label: tuple[str, ...]
    sublabel: tuple[str, ...]
    bands: tuple[BandArea, ...] = ()
    marks: tuple[MarkBox, ...] = ()
    annotations: tuple[tuple[Label, Style], ...] = ()
    spilled: tuple[str, ...] = ()
    items: tuple[StripItem, ...] = ()
    series: int | None = None
    told: tuple[str, ...] = ()
    dot: float = 1.0

    def at(self, y: float) -> float:
        """Return the place of a value of the panel's scale on the page."""
        bottom, room, lo, span = self._scale
        if self.panel.scale in {"log", "titre"}:
            y = math.log10(y)
        return bottom - room * (y - lo) / span

    @cached_property
    def _scale(self) -> tuple[float, float, float, float]:
        """Lower end and height of the scale on the page; its least value and its extent, as logarithms on such."""
        top, bottom = self.y + self.strip + 1.0, self.y + self.height - 0.8
        lo, hi = self.panel.lo, self.panel.hi
        if self.panel.scale in {"log", "titre"}:
            lo, hi = math.log10(lo), math.log10(hi)
        return bottom, bottom - top, lo, hi - lo

    def top_of(self, envelope: Envelope) -> float:
        """Return the upper edge of an envelope on the page: that of the scale where nothing bounds the dose."""
        return self.y + self.strip if envelope.high is None else self.at(envelope.high)

    def other_end(self, mark: MarkBox) -> float | None:
        """Return the height of the other end of a range; ``None`` for a single value."""
        return None if mark.mark.y2 is None else self.at(mark.mark.y2)

    def ticks(self) -> Iterator[tuple[float, str]]:
        """Yield the places of the ticks of its scale, and their words; one too near to that before has none."""
        last = math.inf
        for tick in self.panel.yticks:
            y = self.at(tick.y)
            has_room = last - y >= _TICK_ROOM
            yield y, tick.label if has_room else ""
            last = y if has_room else last

    @property
    def strip_height(self) -> float:
        """Height of the strip in which directions and categories stand."""
        return self.height if self.panel.scale == "words" else self.strip


def panel_box(panel: Panel, frame: Frame, y: float, lang: str, *, under_lane: bool = False) -> PanelBox:
    """Return a panel with everything placed; annotations that find no room are spilled under its name."""
    limit = frame.gutter - frame.left
    label = tuple(wrap(panel.label, limit, t.LABEL))
    sublabel = tuple(wrap(panel.sublabel, limit, t.SMALL)) if panel.sublabel else ()
    items = strip_items(panel.marks, frame)
    strip = (max((item.last for item in items), default=-1) + 1) * LEVEL
    height = _WITH_THRESHOLDS if panel.thresholds else _LEVELS if under_lane else _HEIGHT
    height = (_LOW if panel.low else height) * frame.stretch + strip
    if panel.scale == "words":
        height = strip + 1.0
    box = PanelBox(panel, y, max(height, _words_height(label, sublabel)), strip, label, sublabel, items=items)
    box, spilled = _filled(frame, box)
    spilled = [*panel.remarks, *(item.spilled for item in items if item.spilled), *spilled]
    lines = _under_the_name([*spilled, *_bare(box, lang)], limit)
    needed = _words_height(label, (*sublabel, *lines))
    told: list[str] = []
    while frame.foot and len(told) < len(spilled) and needed > _TALLEST * box.height:
        told.insert(0, spilled[len(spilled) - len(told) - 1])
        lines = _under_the_name([*spilled[: len(spilled) - len(told)], *_bare(box, lang)], limit)
        needed = _words_height(label, (*sublabel, *lines))
    kept = spilled[: len(spilled) - len(told)]
    while needed > box.height and lines:
        # Room for the spilled words changes the scale, so everything is placed once more; some find none only then.
        box, lacking = _filled(frame, replace(box, height=needed), frozenset(spilled))
        lost = [text for text in lacking if text not in spilled]
        kept, spilled = [*kept, *lost], [*spilled, *lost]
        lines = _under_the_name([*kept, *_bare(box, lang)], limit)
        needed = _words_height(label, (*sublabel, *lines))
    return replace(box, spilled=lines, told=tuple(told)) if lines or told else box


def _filled(frame: Frame, box: PanelBox, skip: frozenset[str] = frozenset()) -> tuple[PanelBox, list[str]]:
    """Return a panel with its bands, marks and annotations, and the words of those that found no room.

    Words of ``skip`` are known to find none.
    """
    bands, joined, rules = band_areas(frame, box), curves(frame, box), _rules(frame, box)
    marks, taken = _placed(frame, box, [*joined, *rules])
    annotations, spilled = _annotations(frame, box, bands, taken, joined, rules, skip)
    dot = _dot(frame, len(marks)) if len(marks) > _MANY else 1.0
    return replace(box, bands=bands, marks=marks, annotations=annotations, dot=dot), spilled


def _dot(frame: Frame, count: int) -> float:
    """Return the size of the symbols of so many values: as large as stand side by side, but never too small to see."""
    return min(1.0, max(_SMALLEST, (frame.plot1 - frame.plot0) / count / _DIAMETER))


def _under_the_name(texts: Sequence[str], limit: float) -> tuple[str, ...]:
    return tuple(line for text in texts for line in wrap(text, limit, t.SMALL))


def _bare(box: PanelBox, lang: str) -> list[str]:
    """Say how many values carry no number because there is no room for it."""
    count = sum(not numbered(mark) for mark in box.marks)
    return [say("panel.unlabelled", lang, n=count)] if count else []


def _words_height(label: Sequence[str], sublabel: Sequence[str]) -> float:
    # A browser sets lines a little wider apart than paper; over many lines that adds up.
    looser = 0.17 * len(sublabel)
    return len(label) * t.LABEL.height + len(sublabel) * t.SMALL.height + looser + 1.0


def band_areas(frame: Frame, box: PanelBox) -> tuple[BandArea, ...]:
    """Return what each reference range covers; in an overlay it is a stretch of the axis."""
    areas = []
    for band in box.panel.bands:
        if band.span:
            x0, x1 = frame.extent(band.span)
            top = box.at(min(band.high, box.panel.hi)) if band.high is not None else box.y + box.strip
            bottom = box.at(max(band.low, box.panel.lo)) if band.low is not None else box.y + box.height
            areas.append(BandArea(x0, x1, top, max(bottom, top), band.label))
    return tuple(areas)


def _placed(frame: Frame, box: PanelBox, lines: Sequence[Area]) -> tuple[tuple[MarkBox, ...], list[Area]]:
    """Place every mark, then the labels one after the other, each clear of all marks and of the labels before it."""
    marks = [on_scale(frame, box, mark) for mark in box.panel.marks if mark.place and mark.y is not None]
    marks.sort(key=lambda m: (m.x0, m.x1))
    worded = [_on_strip(box, item) for item in box.items]
    taken = [covers(box, mark) for mark in marks] + [area for mark in worded for area in _words_area(mark)]
    taken += [(fold.x0, box.y, fold.x1, box.y + box.height) for fold in frame.folds]
    eyes = [one for n, mark in enumerate(marks) for one in seen(mark, n, box.other_end(mark))]
    for step in box.panel.steps:
        # A dose that holds is one of the values that are stated at its height.
        y = box.at(step.y)
        owner = next((n for n, mark in enumerate(marks) if mark.y == y), len(marks))
        eyes.append((*frame.extent((step.span,)), y, 0.3, owner))
    # Of so many values only the ends and extremes have a number, and the eye seeks these there.
    clearly = NEARER if len(marks) <= _MANY else 0.0
    labels: dict[int, Label] = {}
    for index in _foremost(marks, low=box.panel.low):
        mark = marks[index]
        found = label_of(frame, box, mark, taken[index], taken, lines, eyes, index, clearly)
        if found is not None:
            taken.append(room_of(found))
            labels[index] = found
    labelled = [mark.labelled(labels[index]) if index in labels else mark for index, mark in enumerate(marks)]
    return (*worded, *labelled), taken


def _foremost(marks: Sequence[MarkBox], *, low: bool) -> list[int]:
    """Return which values are labelled, in the order in which they take their room: of many, the ends and extremes.

    What bears the number of a disagreement comes first: the words below the figure speak of it.
    """
    if len(marks) <= (_MANY_LOW if low else _MANY):
        return sorted(range(len(marks)), key=lambda index: not marks[index].mark.flags)
    heights = [mark.y for mark in marks]
    # The page counts downwards: the greatest value is the highest.
    return list(dict.fromkeys((0, len(marks) - 1, heights.index(min(heights)), heights.index(max(heights)))))


def curves(frame: Frame, box: PanelBox) -> list[Area]:
    """Return the pieces of the joined lines, and the doses that hold, as their two ends."""
    held = [(*frame.extent((step.span,)), box.at(step.y)) for step in box.panel.steps]
    runs = ([(frame.x("main", x), box.at(y)) for x, y in zip(line.x, line.y, strict=True)] for line in box.panel.lines)
    return [*((*a, *b) for run in runs for a, b in pairwise(run)), *((x0, y, x1, y) for x0, x1, y in held)]


def _rules(frame: Frame, box: PanelBox) -> list[Area]:
    """Return the lines of the thresholds and the outlines of what a dose lies within, as their two ends."""
    heights = [box.at(threshold.y) for threshold in box.panel.thresholds]
    found = [(frame.plot0, y, frame.plot1, y) for y in heights]
    for envelope in box.panel.envelopes:
        (x0, x1), y0, y1 = frame.extent((envelope.span,)), box.top_of(envelope), box.at(envelope.low)
        found += [(x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)]
    return found


def on_scale(frame: Frame, box: PanelBox, mark: Mark) -> MarkBox:
    """Return a value at its place on the scale."""
    x0, x1 = frame.extent(mark.place)
    x = frame.x(mark.place[0].zone, mark.x) if mark.x is not None else None
    if mark.certainty == "soon":
        x = x1 = min(x0 + _TAIL, frame.plot1)
    elif mark.certainty == "found":
        x = x1
    return MarkBox(mark, x0, x1, x, box.at(mark.y if mark.y is not None else box.panel.lo))


def _on_strip(box: PanelBox, item: StripItem) -> MarkBox:
    """Return a mark without a scale on its level; in a panel of words the levels share its whole height."""
    levels = max(other.last for other in box.items) + 1
    room = box.strip_height / levels
    lines = item.lines()
    y = box.y + (item.level + len(lines) / 2) * room
    top = y - len(lines) * LABEL_HEIGHT / 2
    first, *more = (Label(text, x, top + n * LABEL_HEIGHT) for n, (text, x) in enumerate(lines))
    return MarkBox(item.mark, item.x0, item.x1, item.x, y, first, item.glyph, len(lines) * room, tuple(more))


def _words_area(box: MarkBox) -> list[Area]:
    x = box.x or 0.0
    words = [box.label, *box.more] if box.label else []
    return [
        (x - box.glyph, box.y - 1.9, x + box.glyph, box.y + 1.9),
        *((one.x, one.top, one.x + width(one.text, t.SMALL), one.top + LABEL_HEIGHT) for one in words),
    ]


def covers(box: PanelBox, mark: MarkBox) -> Area:
    """Return what the symbol of a value covers, a range from end to end."""
    top = (mark.y if mark.mark.y2 is None else box.at(mark.mark.y2)) - 0.9
    if mark.mark.certainty in {"exact", "ranked"} and mark.x is not None:
        return mark.x - 0.9, top, mark.x + 0.9, mark.y + 0.9
    return mark.x0, top, mark.x1, mark.y + 0.9


def _annotations(
    frame: Frame,
    box: PanelBox,
    bands: Sequence[BandArea],
    taken: list[Area],
    joined: Sequence[Area],
    rules: Sequence[Area],
    skip: frozenset[str],
) -> tuple[tuple[tuple[Label, Style], ...], list[str]]:
    """Name the ranges and thresholds where nothing else stands; return what found room, and the words that did not."""
    wanted = [(band.label, t.SMALL, band.x0, band.x1, _within(band)) for band in bands]
    for threshold in box.panel.thresholds:
        y = box.at(threshold.y)
        wanted.append((threshold.label, t.SMALL_ITALIC, frame.plot0, frame.plot1, (y - 2.7, y + 0.2)))
    wanted += _unknown(frame, box)
    placed: list[tuple[Label, Style]] = []
    spilled: list[str] = []
    lines = [*rules, *joined]
    for text, style, x0, x1, tops in wanted:
        stretch = (x0, x1)
        found = None
        if text not in skip:
            found = _free(frame, box, text, style, stretch, tops, taken, lines)
        if found is None:
            spilled.append(text)
            continue
        placed.append((found, style))
        taken.append((found.x, found.top, found.x + width(text, style), found.top + LABEL_HEIGHT))
    return tuple(placed), [text for text in dict.fromkeys(spilled) if text != UNKNOWN]


def _within(band: BandArea) -> tuple[float, ...]:
    """Return where the name of a range may stand: its middle within it, or it would name what lies above or below."""
    return (band.top + 0.2, band.bottom - 2.7) if band.bottom - band.top >= LABEL_HEIGHT / 2 + 0.2 else ()


def _unknown(frame: Frame, box: PanelBox) -> list[tuple[str, Style, float, float, tuple[float, ...]]]:
    """Return the sign of each stretch of unknown dose, and where it may stand; in a narrow one, nowhere."""
    top, bottom = box.y + box.strip, box.y + box.height - 0.8
    tops = tuple(top + 0.4 + 2.0 * i for i in range(int((bottom - top - LABEL_HEIGHT) / 2.0)))
    spans = [frame.extent((one.span,)) for one in box.panel.envelopes if one.high is None]
    return [(UNKNOWN, t.SMALL_BOLD, x0, x1, tops) for x0, x1 in spans]


def _free(
    frame: Frame,
    box: PanelBox,
    text: str,
    style: Style,
    stretch: tuple[float, float],
    tops: Sequence[float],
    taken: Sequence[Area],
    lines: Sequence[Area],
) -> Label | None:
    x0, x1 = stretch
    size = width(text, style)
    steps = range(1, int(max(x1 - x0 - size, 0.0) / 4.0))
    xs = [x1 - 0.8 - size, x0 + 0.8, *[x0 + 0.8 + 4.0 * i for i in steps]]
    xs = [x for x in xs if x >= x0 and frame.plot0 < x and x + size < frame.plot1]
    for top in tops:
        if not level_inside(box, top):
            continue
        # Of what is on the page most is higher or lower: told once for all places along a line.
        level = (x0, top, x1, top + LABEL_HEIGHT)
        near = [
            line for line in lines if (line[1] < level[3] or line[3] < level[3]) and (line[1] > top or line[3] > top)
        ]
        beside = [area for area in taken if area[1] < level[3] and area[3] > top]
        for x in xs:
            area = (x, top, x + size, level[3])
            if not meets((x - _CLEAR, top, x + size + _CLEAR, level[3]), beside) and not crosses(area, near):
                return Label(text, x, top)
    return None
