"""Where things stand in time: the scaled zone, the order-only zones, and the place of every point in them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from casecurves.figure.compile.rows import on_axis
from casecurves.figure.compile.times import name_of
from casecurves.figure.options import Unit
from casecurves.figure.spec import Axis, AxisTick, Span, Zone, ZoneName
from casecurves.model.case import Case
from casecurves.model.chronology import Chronology
from casecurves.model.issues import visible
from casecurves.model.schema import Event, Therapy
from casecurves.words import say

UNIT_DAYS: dict[str, float] = {"days": 1.0, "weeks": 7.0, "months": 30.4375, "years": 365.25}
_LETTER = {
    "en": {"days": "D", "weeks": "W", "months": "M", "years": "Y"},
    "fr": {"days": "J", "weeks": "S", "months": "M", "years": "A"},
}
_STEPS = {
    "days": (1, 2, 5, 7, 14, 28),
    "weeks": (1, 2, 4, 8, 13, 26),
    "months": (1, 2, 3, 6, 12, 24),
    "years": (1, 2, 5, 10, 20),
}
# A point bounded on both sides but this many times farther out than the course itself is told in words, not to scale.
_FAR = 4.0
_PAD = 0.03


@dataclass(frozen=True)
class Point:
    """A point of the chronology with its bounds in days; ``None`` where unbounded."""

    key: str
    lo: float | None
    hi: float | None


@dataclass(frozen=True)
class Placer:
    """Turns points of the chronology into places on the axis."""

    chronology: Chronology
    lo: float
    hi: float
    ranks: dict[str, tuple[int, int]]
    after_ranks: dict[str, tuple[int, int]]
    steps: int
    after_steps: int

    @property
    def span(self) -> float:
        """Length of the scaled zone in days."""
        return self.hi - self.lo

    def bounds(self, key: str) -> tuple[float | None, float | None]:
        """Return the bounds of a point in days."""
        return self.chronology.exact_bounds(key)

    def interval(self, key: str) -> tuple[Span, ...]:
        """Return the possible interval of a point as spans of the zones it crosses."""
        return self.between(self.lower(key), self.upper(key))

    def lower(self, key: str) -> tuple[ZoneName, float, bool]:
        """Return the earliest place of a point: zone, coordinate, and whether it lies beyond what is drawn."""
        if key in self.after_ranks:
            return "after", float(self.after_ranks[key][0]), False
        lo, _ = self.bounds(key)
        if key in self.ranks:
            return "before", float(self.ranks[key][0]), False
        if lo is None and self.steps:
            ranks = [rank for other, (rank, _) in self.ranks.items() if self.chronology.at_or_before(other, key)]
            return ("before", float(max(ranks)), False) if ranks else ("before", -0.5, True)
        after = [rank for other, (rank, _) in self.after_ranks.items() if self.chronology.at_or_before(other, key)]
        if after:
            return "after", float(max(after)), False
        if lo is None or lo < self.lo:
            return "main", self.lo, True
        return "main", min(lo, self.hi), False

    def upper(self, key: str) -> tuple[ZoneName, float, bool]:
        """Return the latest place of a point, like `lower`."""
        if key in self.after_ranks:
            return "after", float(self.after_ranks[key][1]), False
        _, hi = self.bounds(key)
        if key in self.ranks:
            return "before", float(self.ranks[key][1]), False
        if hi is None and self.after_steps:
            ranks = [rank for other, (_, rank) in self.after_ranks.items() if self.chronology.at_or_before(key, other)]
            return ("after", float(min(ranks)), False) if ranks else ("after", self.after_steps - 0.5, True)
        if hi is None or hi > self.hi:
            return "main", self.hi, True
        return "main", max(hi, self.lo), False

    def between(self, a: tuple[ZoneName, float, bool], b: tuple[ZoneName, float, bool]) -> tuple[Span, ...]:
        """Return the stretch between two places as one span per zone; empty when the second lies before the first."""
        order: tuple[ZoneName, ...] = ("before", "main", "after")
        first, last = order.index(a[0]), order.index(b[0])
        if (last, b[1]) < (first, a[1]):
            return ()
        spans = []
        for index in range(first, last + 1):
            zone = order[index]
            lo, hi = self.extent(zone)
            x0 = a[1] if index == first else lo
            x1 = b[1] if index == last else hi
            if lo == hi and first != last:
                continue
            spans.append(Span(zone, x0, x1, a[2] and index == first, b[2] and index == last))
        return tuple(spans)

    def certain(self, start: str, end: str) -> tuple[Span, ...]:
        """Return where something was on for certain, as far as it is drawn: latest start to earliest end."""
        a, b = self.upper(start), self.lower(end)
        spans = () if a[2] or b[2] else self.between(a, b)
        return tuple(span for span in spans if span.x1 > span.x0)

    def begins(self, start: str, end: str) -> tuple[Span, ...]:
        """Return where something must have begun: its possible start, and no later than its possible end."""
        order: tuple[ZoneName, ...] = ("before", "main", "after")
        latest = min(self.upper(start), self.upper(end), key=lambda place: (order.index(place[0]), place[1]))
        return self.between(self.lower(start), latest)

    def extent(self, zone: ZoneName) -> tuple[float, float]:
        """Return the first and last coordinate of a zone; equal where the axis has no such zone."""
        if zone == "main":
            return self.lo, self.hi
        steps = self.steps if zone == "before" else self.after_steps
        return (-0.5, steps - 0.5) if steps else (0.0, 0.0)


def place_points(case: Case, chronology: Chronology) -> Placer:
    """Decide the zones of the axis and where every point of a case stands.

    Parameters
    ----------
    case : Case
        The case.
    chronology : Chronology
        Its times, from the day zero that is wanted.

    Returns
    -------
    Placer
        The scaled zone holds every point with two finite bounds (and those with one that reaches into it); what is
        only known to lie before or after all that is ranked in the known order.
    """
    points = [p for p in _points(case, chronology) if not _is_zero(p)] + [Point("", 0.0, 0.0)]
    core = [p for p in points if p.lo is not None and p.hi is not None]
    core = _without_far(core)
    lo = min(p.lo for p in core if p.lo is not None)
    hi = max(p.hi for p in core if p.hi is not None)
    before = [p for p in points if p.hi is not None and p.hi <= lo and p not in core]
    after = [p for p in points if p.hi is None and p.lo is not None and p.lo >= hi and p.key and p not in core]
    open_right = any(p.hi is None and p.lo is not None and p not in after for p in points)
    pad = max((hi - lo) * _PAD, 0.5)
    ranks, steps = _rank(chronology, [p.key for p in before])
    after_ranks, after_steps = _rank(chronology, [p.key for p in after])
    return Placer(
        chronology=chronology,
        lo=lo - (0.0 if before and lo == 0 else pad),
        hi=hi + pad * (2.5 if open_right else 1.0),
        ranks=ranks,
        after_ranks=after_ranks,
        steps=steps,
        after_steps=after_steps,
    )


def _is_zero(point: Point) -> bool:
    return point.lo == 0 and point.hi == 0


def _points(case: Case, chronology: Chronology) -> list[Point]:
    points = [Point(key, *chronology.exact_bounds(key)) for key in (*on_axis(case), "last_follow_up")]
    # The last follow-up bounds the axis where its day is known; an open one is no mark of its own.
    return [point for point in points if point.key != "last_follow_up" or point.hi is not None]


def _without_far(points: list[Point]) -> list[Point]:
    """Leave out points bounded on both sides that lie absurdly far before the rest, such as a childhood."""
    while True:
        near = [p for p in points if p.lo is not None and p.hi is not None and p.hi >= -1.0]
        spans = [p for p in points if p.lo is not None]
        course = max(p.hi or 0.0 for p in points) - min((p.lo or 0.0 for p in near), default=0.0)
        limit = -_FAR * max(course, 60.0)
        kept = [p for p in spans if p.lo is not None and p.lo >= limit]
        if not kept or len(kept) == len(points):
            return kept or points
        points = kept


def _rank(chronology: Chronology, keys: list[str]) -> tuple[dict[str, tuple[int, int]], int]:
    """Rank points by the known order: for each the first and the last of the equal steps at which it can stand."""
    keys = list(dict.fromkeys(keys))
    if not keys:
        return {}, 0
    leader = {key: next(k for k in keys if _same(chronology, k, key)) for key in keys}
    heads = [key for key in keys if leader[key] == key]
    earlier = {b: [a for a in heads if a != b and chronology.at_or_before(a, b)] for b in heads}
    depth: dict[str, int] = {}
    height: dict[str, int] = {}
    later = {a: [b for b in heads if a in earlier[b]] for a in heads}
    for key in heads:
        _longest(key, earlier, depth)
        _longest(key, later, height)
    steps = max(depth[key] + height[key] for key in heads) + 1
    ranks = {key: (depth[key], steps - 1 - height[key]) for key in heads}
    return {key: ranks[leader[key]] for key in keys}, steps


def _same(chronology: Chronology, a: str, b: str) -> bool:
    return a == b or (chronology.at_or_before(a, b) and chronology.at_or_before(b, a))


def _longest(key: str, edges: dict[str, list[str]], known: dict[str, int]) -> int:
    """Length of the longest chain that leads to a point; the order is acyclic once equal points are one."""
    if key not in known:
        known[key] = max((_longest(other, edges, known) + 1 for other in edges[key]), default=0)
    return known[key]


def build_axis(case: Case, placer: Placer, unit: Unit, zero: str, lang: str) -> Axis:
    """Return the axis with its ticks and words."""
    name = _unit(placer.span) if unit == "auto" else unit
    zero_label = _zero_label(case, zero, lang)
    zones = []
    if placer.steps:
        zones.append(_order_zone("before", placer.steps, lang))
    zones.append(Zone("main", placer.lo, placer.hi, tuple(_ticks(placer, name, lang)), say("axis.scaled", lang)))
    if placer.after_steps:
        zones.append(_order_zone("after", placer.after_steps, lang))
    follow_up = placer.chronology.exact_bounds("last_follow_up")
    died = any(_ends_life(event) for event in case.events)
    return Axis(
        zones=tuple(zones),
        unit=name,
        label=say(f"axis.from_zero.{name}", lang, zero=zero_label or say("axis.day_zero", lang)),
        zero_label=zero_label,
        last_follow_up=follow_up[1],
        death=died,
    )


def _ends_life(event: Event) -> bool:
    return event.kind == "death" and event.presence == "present" and event.status == "used"


def in_words(placer: Placer, place: tuple[Span, ...], unit: Unit, lang: str) -> str:
    """Say an interval on the scaled axis in a few signs, such as ``M0–M5``; ``""`` where it reaches another zone."""
    if not place or {span.zone for span in place} != {"main"}:
        return ""
    name = _unit(placer.span) if unit == "auto" else unit
    ends = [_LETTER[lang][name] + _short(x / UNIT_DAYS[name], lang) for x in (place[0].x0, place[-1].x1)]
    if place[0].open0:
        return say("axis.span.until", lang, end=ends[1])
    return say("axis.span.from", lang, start=ends[0]) if place[-1].open1 else f"{ends[0]}–{ends[1]}"


def _short(value: float, lang: str) -> str:
    """Write a number with at most one decimal, and the decimal mark of the language."""
    text = f"{round(value, 1) + 0:g}".replace("-", "\u2212")
    return text.replace(".", ",") if lang == "fr" else text


def _order_zone(name: ZoneName, steps: int, lang: str) -> Zone:
    ticks = tuple(AxisTick(float(i), say("axis.step", lang, n=i + 1), major=True) for i in range(steps))
    return Zone(name, -0.5, steps - 0.5, ticks, say(f"axis.order.{name}", lang))


def _unit(span: float) -> str:
    if span <= 45:
        return "days"
    if span <= 150:
        return "weeks"
    return "months" if span <= 365.25 * 5 else "years"


def _ticks(placer: Placer, unit: str, lang: str) -> Iterable[AxisTick]:
    size = UNIT_DAYS[unit]
    count = placer.span / size
    step = next(
        (s for s in _STEPS[unit] if count / s <= 16),
        _STEPS[unit][-1] * max(1, math.ceil(count / _STEPS[unit][-1] / 16)),
    )
    first = math.ceil(placer.lo / size / step)
    last = math.floor(placer.hi / size / step)
    for i in range(first, last + 1):
        n = i * step
        yield AxisTick(n * size, "0" if n == 0 else f"{_LETTER[lang][unit]}{n}".replace("-", "\u2212"))


def _zero_label(case: Case, zero: str, lang: str) -> str:
    row = case.row(zero)
    if row is None:
        return ""
    name = visible(name_of(row, lang) or zero)
    return say("axis.start_of", lang, drug=name) if isinstance(row, Therapy) else name
