"""Where bars, doses and chips go: every label beside its bar, none over another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from casecurves.figure import theme as t
from casecurves.figure.layout.areas import Area
from casecurves.figure.layout.signs import signed, signs
from casecurves.figure.layout.swim import EVENT_HEIGHT, EventBox, event_boxes, height_of
from casecurves.figure.spec import Bar, Chip, Lane, Mark, Track
from casecurves.figure.text import shortened, width, wrap
from casecurves.model.immutable import immutable

if TYPE_CHECKING:
    from casecurves.figure.layout.frame import Frame

BAR_HEIGHT = 3.9
# A bar of a folded lane: thinner than the type of its name, so that it is not read as a lane.
THIN_HEIGHT = 1.5
# A bar of a patient among others: as high as its label.
LOW_HEIGHT = 2.9
_BETWEEN = 0.45
# What is left free over and under a bar.
_AIR = 0.9
DOSE_HEIGHT = 3.1
# How far over its bar the lowest row of doses stands: clear of the cap of an end.
DOSE_RISE = 1.85
_PAD = 0.8
_TAIL = 2.6
_CHIP_PAD = 1.6
Where = Literal["inside", "possible", "right", "left", "gutter"]


@immutable(frozen=True)
class BarBox:
    """A bar on the page: outer edges, certain edges, where its label stands, by where it has begun at the latest."""

    bar: Bar
    x0: float
    x1: float
    c0: float | None
    c1: float | None
    label: str
    remark: str
    where: Where
    label_x: float
    begun: float

    @property
    def anchor(self) -> float:
        """The place that its words keep their distance from when the axis grows."""
        # Words behind what is filled stay behind it.
        behind = self.begun if self.bar.hatched and self.label_x > self.begun else self.x0
        filled = self.c1 if self.c1 is not None else behind
        return {"right": self.x1, "left": self.x0, "possible": filled}.get(self.where, self.c0 or self.x0)


@immutable(frozen=True)
class DoseBox:
    """A dated dose above its bar: ``level`` 0 is next to the bar."""

    mark: Mark
    label: str
    x0: float
    x1: float
    x: float | None
    level: int
    label_x: float
    label_end: float

    @property
    def anchor(self) -> float:
        """The place that its words keep their distance from when the axis grows."""
        return self.x1 if self.label_x >= self.x1 else self.x0


@immutable(frozen=True)
class TrackBox:
    """One row of bars on the page; in a folded lane, with the lines of its name."""

    bar_y: float
    height: float
    bars: tuple[BarBox, ...]
    doses: tuple[DoseBox, ...]
    ticks: tuple[tuple[Mark, float], ...]
    names: tuple[str, ...] = ()
    events: tuple[EventBox, ...] = ()

    @property
    def middle(self) -> float:
        """Where its bars have their middle."""
        return self.bar_y + self.height / 2

    def event_y(self, box: EventBox) -> float:
        """Return where the middle of an event is."""
        return self.bar_y - height_of(self.events) + (box.level + 0.5) * EVENT_HEIGHT


@immutable(frozen=True)
class LaneBox:
    """A lane on the page."""

    lane: Lane
    y: float
    height: float
    tracks: tuple[TrackBox, ...]
    label: tuple[str, ...]
    sublabel: tuple[str, ...]


def brackets(lanes: Sequence[LaneBox], frame: Frame) -> Iterator[Area]:
    """Yield where the brackets round the lanes of drugs that were given together have their ends."""
    for name in dict.fromkeys(box.lane.regimen for box in lanes if box.lane.regimen):
        first, *others = [box for box in lanes if box.lane.regimen == name]
        if others:
            x = frame.gutter + 1.0
            yield x, first.y + 0.8, x + 0.8, others[-1].y + others[-1].height - 0.8


@immutable(frozen=True)
class ChipBox:
    """A drug without a place, on the page."""

    chip: Chip
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]


def lane_box(lane: Lane, frame: Frame, y: float) -> LaneBox:
    """Return a lane, as high as its labels and doses need."""
    if lane.patient:
        return _patient(lane, frame, y)
    if lane.folded:
        return _folded(lane, frame, y)
    limit = frame.gutter - frame.left
    tracks = []
    spilled: list[str] = []
    air = _AIR * frame.stretch
    at = y + air
    for track in lane.tracks:
        box = _track(track, frame, at)
        tracks.append(box)
        spilled += [
            " · ".join(p for p in (b.label, b.remark) if p) for b in box.bars if b.where == "gutter" and b.label
        ]
        spilled += [full for d in box.doses if (full := signed(d.mark, d.mark.label)) != d.label]
        at = box.bar_y + BAR_HEIGHT + air
    label = tuple(wrap(lane.drug, limit, t.LABEL))
    sub = " · ".join(part for part in (lane.sublabel, "" if lane.regimen_tacit else lane.regimen) if part)
    sublabel = tuple(line for text in (sub, *spilled) if text for line in wrap(text, limit, t.SMALL))
    # A browser sets lines a little wider apart than paper.
    words = len(label) * t.LABEL.height + len(sublabel) * (t.SMALL.height + 0.17) + 1.2
    return LaneBox(lane, y, max(at - y, words), tuple(tracks), label, sublabel)


def _patient(lane: Lane, frame: Frame, y: float) -> LaneBox:
    """Return the lane of a patient: rows of events over low bars; what has no room beside its bar is under the name."""
    limit = frame.gutter - frame.left
    lo, hi = frame.zones["main"][:2]
    zero = frame.x("main", 0.0) if lo <= 0 <= hi else None
    tracks: list[TrackBox] = []
    spilled: list[str] = []
    at = y + 0.8
    for track in lane.tracks:
        box = _track(track, frame, at, LOW_HEIGHT, zero)
        tracks.append(box)
        spilled += [signed(bar.bar, bar.bar.label) for bar in box.bars if bar.where == "gutter" and bar.label]
        at = box.bar_y + (LOW_HEIGHT if track.bars else 0.0) + _BETWEEN
    label = tuple(_named(lane.drug, limit))
    # What has no room is no part of the diagnosis over it: each on a line of its own.
    plus = [f"+ {name}" if width(f"+ {name}", t.SMALL) <= limit else name for name in dict.fromkeys(spilled)]
    small = (lane.sublabel, *plus)
    sublabel = tuple(line for text in small if text for line in wrap(text, limit, t.SMALL))
    # A browser sets lines a little wider apart than paper.
    words = len(label) * (t.LABEL.height + 0.2) + len(sublabel) * (t.SMALL.height + 0.35) + 1.0
    return LaneBox(lane, y, max(at - y + 0.5, words), tuple(tracks), label, sublabel)


def _named(name: str, limit: float) -> list[str]:
    """Break the name of a patient into lines; an id, which has no spaces, behind its hyphens."""
    if " " in name:
        return wrap(name, limit, t.LABEL)
    return [line.replace("- ", "-") for line in wrap(name.replace("-", "- "), limit, t.LABEL)]


def _folded(lane: Lane, frame: Frame, y: float) -> LaneBox:
    """Return a lane of thin bars under its heading, each beside the name of its drug."""
    limit = frame.gutter - frame.left
    label, sublabel = tuple(wrap(lane.drug, limit, t.LABEL)), tuple(wrap(lane.sublabel, limit, t.SMALL))
    at = y + 1.4 + len(label) * t.LABEL.height + len(sublabel) * t.SMALL.height
    tracks = []
    for track in lane.tracks:
        box = _track(track, frame, at + (t.SMALL.height - THIN_HEIGHT) / 2, THIN_HEIGHT)
        beside = [track.name + "".join(dict.fromkeys(signs(bar) for bar in track.bars))]
        beside += [full for d in box.doses if (full := signed(d.mark, d.mark.label)) != d.label]
        names = tuple(line for text in beside for line in wrap(text, limit, t.SMALL))
        # Whatever is said of a thin bar stands beside its name.
        bare = tuple(replace(bar, label="", remark="", where="inside") for bar in box.bars)
        tracks.append(replace(box, bars=bare, names=names))
        at = box.middle + (len(names) - 0.5) * t.SMALL.height
    return LaneBox(lane, y, at - y + 1.2, tuple(tracks), label, sublabel)


def _track(track: Track, frame: Frame, y: float, height: float = BAR_HEIGHT, zero: float | None = None) -> TrackBox:
    doses = _doses(track.doses, frame)
    levels = max((box.level for box in doses), default=-1) + 1
    events = event_boxes(track.events, frame)
    bar_y = y + levels * DOSE_HEIGHT + height_of(events)
    extents = [frame.extent(bar.possible) if bar.possible else (frame.plot0, frame.plot0) for bar in track.bars]
    bars: list[BarBox] = []
    left = frame.plot0
    for index, bar in enumerate(track.bars):
        right = extents[index + 1][0] if index + 1 < len(extents) else frame.plot1
        bars.append(_bar(bar, frame, extents[index], (left, right), zero))
        left = max(extents[index][1], _label_end(bars[-1]))
    ticks = tuple((mark, frame.x(mark.place[0].zone, mark.x)) for mark in track.ticks if mark.x is not None)
    return TrackBox(bar_y, height, tuple(bars), doses, ticks, events=events)


def _label_end(box: BarBox) -> float:
    return box.label_x + _label_width(box.label, box.remark) if box.where == "right" else box.x1


def _label_width(label: str, remark: str) -> float:
    return width(label, t.SMALL_BOLD) + (width(remark, t.SMALL_ITALIC) + 1.2 if remark else 0.0) + 2 * _PAD


def _bar(bar: Bar, frame: Frame, outer: tuple[float, float], room: tuple[float, float], zero: float | None) -> BarBox:
    x0, x1 = outer
    c0, c1 = frame.extent(bar.certain) if bar.certain else (None, None)
    begun = frame.extent(bar.begins)[1] if bar.begins else x1
    words = signed(bar, bar.label)
    # Words of what was found somewhere keep clear of the sign of that; those with room behind a hatch, of the hatch.
    behind = bar.hatched and frame.room(begun + 3.0, x1 - 3.0, _label_width(words, bar.remark)) is not None
    free = begun if (bar.found or behind) and c0 is None else x0
    shorter = [(_number(bar), "")] if bar.code else []
    for label, remark in ((words, bar.remark), (words, ""), *shorter):
        where, label_x = _place(frame, label, remark, (free, x1), (c0, c1), room, zero)
        if where != "gutter":
            break
    else:
        label, remark = _number(bar) if bar.code else words, bar.remark
    if bar.remark and not remark and where != "gutter":
        # The remark does not fit beside its label, so both stand under the drug's name.
        where, label, remark = "gutter", words, bar.remark
    return BarBox(bar, x0, x1, c0, c1, label, remark, where, label_x, begun)


def _number(bar: Bar) -> str:
    """Return the number of a drug with the signs of its row in brackets: "7 ≠4" would be read as arithmetic."""
    said = signs(bar).strip()
    return f"{bar.code} ({said})" if said else bar.code


def _place(
    frame: Frame,
    label: str,
    remark: str,
    outer: tuple[float, float],
    certain: tuple[float | None, float | None],
    between: tuple[float, float],
    zero: float | None,
) -> tuple[Where, float]:
    left, right = between
    if not label and not remark:
        return "inside", outer[0]
    size = _label_width(label, remark)
    c0, c1 = certain
    room = frame.room(c0, c1, size) if c0 is not None and c1 is not None else None
    if room is not None:
        return "inside", room + _PAD
    before = outer[0] - size - 2.0 >= left
    # A name does not cross the line of day zero where it can stand on the other side of its bar.
    across = zero is not None and outer[1] <= zero < outer[1] + size + 3.0
    if outer[1] + size + 3.0 <= right and not (across and before):
        return "right", outer[1] + 2.4
    begin = c1 if c1 is not None else outer[0] + 3.0
    room = frame.room(begin, outer[1] - 3.0, size)
    if room is not None:
        return "possible", room + _PAD
    if before:
        return "left", outer[0] - size - 0.6
    return "gutter", outer[0]


def _doses(marks: Sequence[Mark], frame: Frame) -> tuple[DoseBox, ...]:
    boxes: list[DoseBox] = []
    ends: list[float] = []
    items = [(frame.extent(mark.place), mark) for mark in marks if mark.place]
    for (x0, end), mark in sorted(items, key=lambda item: item[0]):
        x1 = min(x0 + _TAIL, frame.plot1) if mark.certainty == "soon" else end
        x = frame.x(mark.place[0].zone, mark.x) if mark.x is not None else None
        label = shortened(signed(mark, mark.label), frame.plot1 - frame.plot0, t.SMALL_BOLD)
        size = width(label, t.SMALL_BOLD)
        x = x1 if mark.certainty == "soon" else x
        anchor = max(x if x is not None else x1, x1) + 1.6
        label_x = anchor if anchor + size <= frame.plot1 else max(min(x0 - 1.6, frame.plot1) - size, frame.plot0)
        first, last = min(x0, label_x) - 0.5, max(x1, label_x + size)
        level = next((i for i, used in enumerate(ends) if used + 1.2 <= first), len(ends))
        if level == len(ends):
            ends.append(last)
        else:
            ends[level] = last
        boxes.append(DoseBox(mark, label, x0, x1, x, level, label_x, label_x + size))
    top = len(ends)
    return tuple(replace(b, level=top - 1 - b.level) for b in boxes)


def chip_boxes(chips: Sequence[Chip], frame: Frame, top: float) -> tuple[ChipBox, ...]:
    """Return the chips, flowing from left to right; one wider than the plot is broken into lines."""
    boxes: list[ChipBox] = []
    x, y, row = frame.plot0, top + 0.5, 0.0
    for chip in chips:
        lines = tuple(wrap(chip.drug + signs(chip), frame.plot1 - frame.plot0 - 2 * _CHIP_PAD, t.SMALL_BOLD))
        size = max(width(line, t.SMALL_BOLD) for line in lines) + 2 * _CHIP_PAD
        if x > frame.plot0 and x + size > frame.plot1:
            x, y, row = frame.plot0, y + row, 0.0
        height = 4.0 + (len(lines) - 1) * t.SMALL_BOLD.height
        boxes.append(ChipBox(chip, x, y, size, height, lines))
        x, row = x + size + 1.6, max(row, height + 1.0)
    return tuple(boxes)
