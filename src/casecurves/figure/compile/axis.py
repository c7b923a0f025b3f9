"""Where things stand in time: the scaled zone, the order-only zones, and the place of every point in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from casecurves.analysis.times import name_of
from casecurves.figure.compile.dates import Calendar, in_words
from casecurves.figure.compile.folds import quiet_stretches
from casecurves.figure.compile.rows import on_axis
from casecurves.figure.compile.ticks import length, stretches, ticks, unit_for
from casecurves.figure.compile.withheld import withheld
from casecurves.figure.options import Options
from casecurves.figure.spec import Axis, AxisTick, Break, Span, Zone, ZoneName
from casecurves.model.case import Case
from casecurves.model.chronology import Chronology
from casecurves.model.issues import visible
from casecurves.model.schema import Event, Therapy
from casecurves.words import say

# A point bounded on both sides but this many times farther out than the course itself is told in words, not to scale.
_FAR = 4.0
_PAD = 0.03
# A window of fewer days shows nothing.
_SHORTEST = 0.5


class Point(NamedTuple):
    """A point of the chronology with its bounds in days; ``None`` where unbounded."""

    key: str
    lo: float | None
    hi: float | None


# A place on the axis: zone, coordinate, and whether it lies beyond what is drawn.
Spot = tuple[ZoneName, float, bool]


@dataclass(frozen=True)
class Placer:
    """Turns points of the chronology into places on the axis.

    ``quiet`` are the stretches that can fold, whether or not they do: how exact a time must be to stand as a point is
    judged on the rest of the axis, so that folding changes nothing but the axis. With a ``calendar``, days are dates.
    """

    chronology: Chronology
    lo: float
    hi: float
    ranks: dict[str, tuple[int, int]]
    after_ranks: dict[str, tuple[int, int]]
    steps: int
    after_steps: int
    quiet: tuple[tuple[float, float], ...] = ()
    calendar: Calendar | None = None
    # Every part of a figure asks for the same places.
    _lowest: dict[str, Spot] = field(default_factory=dict, init=False, repr=False, compare=False)
    _highest: dict[str, Spot] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def span(self) -> float:
        """Length of the scaled zone in days, without the stretches that can fold."""
        return self.hi - self.lo - sum(x1 - x0 for x0, x1 in self.quiet)

    def settled(self, day: float) -> float:
        """Return a day that no source states, moved out of the stretch that can fold if it lies in one."""
        return next((x0 for x0, x1 in self.quiet if x0 < day < x1), day)

    def bounds(self, key: str) -> tuple[float | None, float | None]:
        """Return the bounds of a point in days."""
        return self.chronology.exact_bounds(key)

    def interval(self, key: str) -> tuple[Span, ...]:
        """Return the possible interval of a point as spans of the zones it crosses."""
        return self.between(self.lower(key), self.upper(key))

    def lower(self, key: str) -> Spot:
        """Return the earliest place of a point: zone, coordinate, and whether it lies beyond what is drawn."""
        found = self._lowest.get(key)
        if found is None:
            found = self._lowest[key] = self._lower(key)
        return found

    def upper(self, key: str) -> Spot:
        """Return the latest place of a point, like `lower`."""
        found = self._highest.get(key)
        if found is None:
            found = self._highest[key] = self._upper(key)
        return found

    def _lower(self, key: str) -> Spot:
        if key in self.after_ranks:
            return "after", float(self.after_ranks[key][0]), False
        lo, _ = self.bounds(key)
        if key in self.ranks:
            return "before", float(self.ranks[key][0]), False
        if lo is None and self.steps:
            ranks = [rank for other, (rank, _) in self.ranks.items() if self.chronology.at_or_before(other, key)]
            return ("before", float(max(ranks)), False) if ranks else ("before", -0.5, True)
        if self.after_ranks:
            after = [rank for other, (rank, _) in self.after_ranks.items() if self.chronology.at_or_before(other, key)]
            if after:
                return "after", float(max(after)), False
        if lo is None or lo < self.lo:
            return "main", self.lo, True
        return "main", min(lo, self.hi), False

    def _upper(self, key: str) -> Spot:
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

    def between(self, a: Spot, b: Spot) -> tuple[Span, ...]:
        """Return the stretch between two places as one span per zone; empty when the second lies before the first."""
        if a[0] == b[0]:  # nearly always
            return () if b[1] < a[1] else (Span(a[0], a[1], b[1], a[2], b[2]),)
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


def place_points(case: Case, chronology: Chronology, *, once: bool = False) -> Placer:
    """Decide the zones of the axis and where every point of a case stands.

    Parameters
    ----------
    case : Case
        The case.
    chronology : Chronology
        Its times, from the day zero that is wanted.
    once : bool
        True gives what was measured only once a place, too.

    Returns
    -------
    Placer
        The scaled zone holds every point with two finite bounds (and those with one that reaches into it); what is
        only known to lie before or after all that is ranked in the known order.
    """
    points = [p for p in _points(case, chronology, once=once) if not _is_zero(p)] + [Point("", 0.0, 0.0)]
    core = [p for p in points if p.lo is not None and p.hi is not None]
    quiet = quiet_stretches(_stretches(core))
    if _flattened(core, quiet):
        core = _without_far(core)
        quiet = quiet_stretches(_stretches(core))
    lo = min(p.lo for p in core if p.lo is not None)
    hi = max(p.hi for p in core if p.hi is not None)
    before = [p for p in points if p.hi is not None and p.hi <= lo and p not in core]
    after = [p for p in points if p.hi is None and p.lo is not None and p.lo >= hi and p.key and p not in core]
    open_right = any(p.hi is None and p.lo is not None and p not in after for p in points)
    pad = max((hi - lo - sum(x1 - x0 for x0, x1 in quiet)) * _PAD, 0.5)
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
        quiet=quiet,
    )


def _stretches(points: list[Point]) -> list[tuple[float, float]]:
    return [(p.lo, p.hi) for p in points if p.lo is not None and p.hi is not None]


def _is_zero(point: Point) -> bool:
    return point.lo == 0 and point.hi == 0


def _points(case: Case, chronology: Chronology, *, once: bool) -> list[Point]:
    points = [Point(key, *chronology.exact_bounds(key)) for key in (*on_axis(case, once=once), "last_follow_up")]
    # The last follow-up bounds the axis where its day is known; an open one is no mark of its own.
    return [point for point in points if point.key != "last_follow_up" or point.hi is not None]


def _flattened(points: list[Point], quiet: tuple[tuple[float, float], ...]) -> bool:
    """Tell whether what lies before the course would take most of the axis, its quiet stretches folded."""
    days = [day for stretch in _stretches(points) for day in stretch]
    start, end = min(days), max(days)
    first = min((p.lo for p in points if p.lo is not None and p.hi is not None and p.hi >= -1.0), default=0.0)
    before, course = (
        b - a - sum(x1 - x0 for x0, x1 in quiet if a <= x0 and x1 <= b) for a, b in ((start, first), (first, end))
    )
    return before > (1.0 if quiet else _FAR) * max(course, 60.0)


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


def window_of(placer: Placer, asked: tuple[float, float] | None) -> tuple[float, float] | None:
    """Return the part of the scaled axis that is asked for; ``None`` for all of it, as where nothing would be left."""
    if asked is None:
        return None
    lo, hi = max(asked[0], placer.lo), min(asked[1], placer.hi)
    return (lo, hi) if hi - lo >= _SHORTEST else None


def build_axis(case: Case, placer: Placer, options: Options) -> Axis:
    """Return the axis with its breaks, ticks and words."""
    lang = options.lang
    window = window_of(placer, options.window)
    lo, hi = window or (placer.lo, placer.hi)
    breaks = tuple(
        Break(n, x0, x1, say("axis.folded", lang, length=length(x1 - x0, lang)))
        for n, (x0, x1) in enumerate(placer.quiet, start=1)
        if options.fold and n not in options.opened and lo < x0 and x1 < hi
    )
    shown = hi - lo - sum(found.x1 - found.x0 for found in breaks)
    name = unit_for(shown) if options.unit == "auto" else options.unit
    calendar = placer.calendar if options.unit == "auto" else None
    if placer.calendar is None:
        zero = zero_label(case, options.zero or case.header.day_zero, lang)
        zero = withheld(zero, lang, dates=options.dates == "shown", ages=options.age == "exact")
    else:
        zero = "" if calendar else in_words(placer.calendar.since, lang)
    marked = calendar.ticks(stretches(lo, hi, breaks)) if calendar else ticks(lo, hi, breaks, name, lang)
    zones = [Zone("main", lo, hi, marked, say("axis.scaled", lang))]
    if placer.steps and not window:
        zones.insert(0, _order_zone("before", placer.steps, lang))
    if placer.after_steps and not window:
        zones.append(_order_zone("after", placer.after_steps, lang))
    end = placer.chronology.exact_bounds("last_follow_up")[1]
    return Axis(
        zones=tuple(zones),
        unit=name,
        label=_label(name, zero, lang, calendar=bool(calendar)),
        zero_label=zero,
        last_follow_up=end if end is None or not window or lo <= end <= hi else None,
        death=any(_ends_life(event) for event in case.events),
        breaks=breaks,
        calendar=bool(calendar),
        told=bool(case.until),
    )


def _label(unit: str, zero: str, lang: str, *, calendar: bool) -> str:
    if calendar:
        return say("axis.date.label", lang)
    return say(f"axis.from_zero.{unit}", lang, zero=zero) if zero else say(f"axis.unnamed.{unit}", lang)


def _ends_life(event: Event) -> bool:
    return event.kind == "death" and event.presence == "present" and event.status == "used"


def _order_zone(name: ZoneName, steps: int, lang: str) -> Zone:
    ticks = tuple(AxisTick(float(i), say("axis.step", lang, n=i + 1), major=True) for i in range(steps))
    return Zone(name, -0.5, steps - 0.5, ticks, say(f"axis.order.{name}", lang))


def zero_label(case: Case, zero: str, lang: str) -> str:
    """Return what day zero is called; ``""`` where no row is."""
    row = case.row(zero)
    if row is None:
        return ""
    name = visible(name_of(row, lang) or zero)
    return say("axis.start_of", lang, drug=name) if isinstance(row, Therapy) else name
