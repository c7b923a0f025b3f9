"""What a figure leaves out in a room that has no place for it, what is missed least first; all of it is counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from casecurves.figure.compile.arrange import as_one, supportive
from casecurves.figure.compile.rail import WEIGHT
from casecurves.figure.spec import Bar, Box, Entry, Lane, Mark, Panel, Rail, Span, Spec
from casecurves.knowledge import drug, fold
from casecurves.words import say

# So many events beside the rail are read by nobody; a room that holds all the same has names for no more.
_MOST_NAMES = 30
# Of what is new so many have theirs for as long as anything else can go.
_MOST_NEW = 16
# So many of what is left out are named, the rest counted.
_NAMED = 4
# A lane that others share has a heading: fewer than these stand as low without.
_SHARED = 3
_ZONES = ("before", "main", "after")
_COUNTS = ("names", "lanes", "curves")
T = TypeVar("T", Lane, Panel)


@dataclass(frozen=True)
class Thinning:
    """What is left out.

    Attributes
    ----------
    classes : bool
        Names of the classes of drugs under those of the drugs.
    silent : int
        So many lanes, the oldest, have no words of doses: a bar without its dose says more than no bar.
    names : int
        So many events and values have their words beside the rail, what is new before all others; of other events the
        sign alone stays.
    doses : bool
        Curves of doses, which stand at the bars as well.
    support : bool
        True gives all supportive care one lane, without doses.
    curves, lanes : int or None
        So many curves and lanes stay, what is new or wanted, and what is latest; ``None``: all.
    signs : bool
        States, and events without words.
    """

    classes: bool = False
    silent: int = 0
    names: int = _MOST_NAMES
    doses: bool = False
    support: bool = False
    curves: int | None = None
    lanes: int | None = None
    signs: bool = False


WHOLE = Thinning()
# What is given back where there is room after all, what is missed most first.
_GIVEN_BACK: tuple[tuple[str, int | None], ...] = (
    ("lanes", None),
    ("lanes", 5),
    ("lanes", 4),
    ("lanes", 3),
    ("lanes", 2),
    ("signs", False),
    ("names", 1),
    ("names", 3),
    ("curves", 2),
    ("names", 12),
    ("names", 8),
    ("names", 5),
    ("curves", None),
    ("doses", False),
    ("silent", 0),
    ("classes", False),
)


def thinnings(spec: Spec) -> Iterator[Thinning]:
    """Yield ever more thinnings of a figure: the first lose little, the last leave its axis and what is new."""
    new = frozenset(spec.news)
    ended = sum(not _ended(lane) or bool(new & _rows(lane)) for lane in spec.lanes)
    fresh = sum(bool(new & _rows(lane)) for lane in spec.lanes)
    told = len(new & {mark.row for mark in spec.rail.marks})
    drawn = _fresh_curves(spec)
    rung = WHOLE
    twelve, eight, five, three, one = ({"names": max(most, min(told, _MOST_NEW))} for most in (12, 8, 5, 3, 1))
    rungs: list[dict[str, Any]] = [{"classes": True}, twelve, eight, {"doses": True}, five]
    rungs += [{"support": True}, {"curves": max(2, drawn)}, three, {"curves": max(1, drawn)}]
    rungs += [{"silent": min(len(spec.lanes) - fresh, 1)}, one]
    rungs += [*({"lanes": n} for n in range(len(spec.lanes) - 1, ended - 1, -1)), {"signs": True}]
    rungs += [{"lanes": n} for n in range(ended - 1, max(fresh, 1) - 1, -1)]
    rungs += [{"curves": drawn}, {"names": min(told, _MOST_NEW)}, *({"curves": n} for n in range(drawn - 1, -1, -1))]
    rungs += [{"lanes": n} for n in range(fresh - 1, 0, -1)]
    rungs += [{"names": n} for n in (*range(min(told, _MOST_NEW), 0, -3), 0)]
    for each in rungs:
        rung = replace(rung, **each)
        yield rung


def given_back(spec: Spec) -> Iterator[tuple[str, int | None]]:
    """Yield what a figure gets back where there is room after all: curves of what is new before all else."""
    # One of them rather than none.
    yield from (("curves", count) for count in range(_fresh_curves(spec), 0, -1))
    yield from _GIVEN_BACK


def _at_bars(panel: Panel) -> bool:
    """Tell whether a panel draws doses, which stand at the bars of their lane as well."""
    return panel.dose and not panel.lane


def _wanted(spec: Spec) -> frozenset[str]:
    """Return the values whose curves go last: without them nobody could say what is new, or what is asked."""
    return frozenset((*spec.news, *spec.wanted))


def _fresh_curves(spec: Spec) -> int:
    drawn, wanted = (panel for panel in spec.panels if not _at_bars(panel)), _wanted(spec)
    return sum(any(mark.row in wanted for mark in panel.marks) for panel in drawn)


def milder(left: Thinning, name: str, value: int | None) -> Thinning:
    """Return a thinning that gives one of `given_back` back of what another leaves out."""
    now = getattr(left, name)
    if value is not None and name in _COUNTS:
        value = None if now is None else max(now, value)
    given: dict[str, Any] = {name: value}
    return replace(left, **given)


def tidied(spec: Spec) -> Spec:
    """Return a figure without the names of regimens that are no more than those of their drugs, side by side."""
    lanes = (replace(lane, regimen_tacit=_spelt_out(lane, spec.lanes)) for lane in spec.lanes)
    return replace(spec, lanes=tuple(lanes))


def thinned(spec: Spec, left: Thinning) -> Spec:
    """Return a figure without what a thinning names, and with words that say what that is.

    Parameters
    ----------
    spec : Spec
        The figure, with its ``news`` and what is ``wanted``.
    left : Thinning
        What is left out.

    Returns
    -------
    Spec
        What stays is as it was; ``left_out`` counts the rest, and what a figure without boxes tells in words only.
    """
    new, whole = frozenset(spec.news), spec
    told: list[str] = []
    spec, found = _lanes(spec, left, new)
    told += found
    spec, found = _curves(spec, left, _wanted(spec))
    told += found
    spec, found = _rail(spec, left, new)
    told += found
    apart = sum(entry.row not in new for box in spec.boxes for entry in box.entries)
    told += _counted("words", apart, spec.lang)
    return replace(spec, boxes=(*spec.boxes, *_in_words(whole, spec)), left_out=tuple(told))


def _in_words(whole: Spec, spec: Spec) -> Iterator[Box]:
    """Yield what is new of the curves and beside the rail, and has no place in a thinned figure, in words."""
    kept = {panel.key for panel in spec.panels}
    for panel in (panel for panel in whole.panels if panel.key not in kept and not _at_bars(panel)):
        if told := [_entry(mark) for mark in panel.marks if mark.row in spec.news]:
            yield Box(panel.label, tuple(told))
    named = {mark.row for mark in spec.rail.marks if mark.label}
    lost = [mark for mark in whole.rail.marks if mark.row in spec.news and mark.row not in named]
    lost = sorted((mark for mark in lost if mark.label), key=lambda mark: _rank(mark, frozenset(spec.news)))
    for heading, events in (("moment.events", True), ("box.once", False)):
        # More than a room holds are counted.
        if told := [_entry(mark) for mark in lost[:_NAMED] if (mark.shape == "event") is events]:
            yield Box(say(heading, spec.lang), tuple(told))


def _entry(mark: Mark) -> Entry:
    return Entry(
        mark.row, mark.label, basis=mark.basis, disputed=mark.disputed, converted=mark.converted, flags=mark.flags
    )


def _spelt_out(lane: Lane, lanes: Sequence[Lane]) -> bool:
    """Tell whether the name of a regimen is no more than those of its drugs, which stand side by side."""
    said = fold(lane.regimen)
    names = (_spellings(other.drug) for other in lanes if other.regimen == lane.regimen)
    return bool(said) and all(any(name in said for name in found) for found in names)


def _spellings(name: str) -> tuple[str, ...]:
    known = drug(name)
    return (fold(name), *(() if known is None else (fold(known.en), fold(known.fr))))


def _counted(key: str, count: int, lang: str, names: Sequence[str] = ()) -> list[str]:
    """Say how many of something are left out, if any are, and name the first of them."""
    if not count:
        return []
    listed = ", ".join(names[:_NAMED])
    if len(names) > _NAMED:
        listed = say("left_out.more", lang, names=listed, n=len(names) - _NAMED)
    return [say(f"left_out.{key}.{'one' if count == 1 else 'many'}", lang, n=count, names=listed)]


def _lanes(spec: Spec, left: Thinning, new: frozenset[str]) -> tuple[Spec, list[str]]:
    lanes, lang = list(spec.lanes), spec.lang
    gone = _beyond(lanes, left.lanes, [_age_of_lane(lane, new) for lane in lanes])
    lanes = [lane for lane in lanes if lane not in gone]
    told = _counted("drugs", len(gone), lang, [lane.drug for lane in gone])
    shared = [lane for lane in lanes if supportive(lane) and not lane.folded and not new & _rows(lane)]
    if left.support and len(shared) >= _SHARED:
        lanes = [lane for lane in lanes if lane not in shared] + [as_one(shared, lang)]
        told.append(say("left_out.support", lang))
    if left.classes and any(lane.sublabel for lane in lanes if not lane.folded):
        lanes = [lane if lane.folded else replace(lane, sublabel="") for lane in lanes]
        told.append(say("left_out.classes", lang))
    silent = _beyond(lanes, len(lanes) - left.silent, [_age_of_lane(lane, new) for lane in lanes])
    silent = [lane for lane in silent if any(bar.label or bar.remark for bar in _bars(lane))]
    lanes = [_without_words(lane) if lane in silent else lane for lane in lanes]
    told += _counted("doses", len(silent), lang, [lane.drug for lane in silent])
    return replace(spec, lanes=tuple(lanes)), told


def _without_words(lane: Lane) -> Lane:
    tracks = [
        replace(track, bars=tuple(replace(bar, label="", remark="") for bar in track.bars)) for track in lane.tracks
    ]
    return replace(lane, tracks=tuple(tracks))


def _bars(lane: Lane) -> list[Bar]:
    return [bar for track in lane.tracks for bar in track.bars]


def _curves(spec: Spec, left: Thinning, wanted: frozenset[str]) -> tuple[Spec, list[str]]:
    doses = [panel for panel in spec.panels if left.doses and _at_bars(panel)]
    rest = [panel for panel in spec.panels if panel not in doses]
    gone = [*doses, *_beyond(rest, left.curves, [_age_of_panel(panel, wanted) for panel in rest])]
    kept = tuple(panel for panel in spec.panels if panel not in gone)
    ribbons = tuple(ribbon for ribbon in spec.ribbons if any(ribbon.panel == panel.key for panel in kept))
    told = _counted("curves", len(gone), spec.lang, [panel.label for panel in gone])
    return replace(spec, panels=kept, ribbons=ribbons), told


def _rail(spec: Spec, left: Thinning, new: frozenset[str]) -> tuple[Spec, list[str]]:
    marks = sorted(spec.rail.marks, key=lambda mark: _rank(mark, new))
    named = {mark.row for mark in marks[: left.names]}
    # Some of the earlier values would seem to be all of them.
    if any(mark.shape != "event" and mark.row not in new for mark in marks[left.names :]):
        named -= {mark.row for mark in marks if mark.shape != "event" and mark.row not in new}
    kept = [mark for mark in spec.rail.marks if mark.row in named or (_has_sign(mark) and not left.signs)]
    bare = [mark if mark.row in named else replace(mark, label="", span="") for mark in kept]
    bands = tuple(band for band in spec.rail.bands if not left.signs or band.row in new or band.across)
    lost = [mark for mark in spec.rail.marks if mark not in kept]
    told = [
        *_counted("names", sum(mark.row not in named for mark in kept), spec.lang),
        *_counted("events", sum(mark.shape == "event" for mark in lost), spec.lang),
        *_counted("values", sum(mark.shape != "event" for mark in lost), spec.lang),
        *_counted("states", len(spec.rail.bands) - len(bands), spec.lang),
    ]
    return replace(spec, rail=Rail(tuple(bare), bands)), told


def _has_sign(mark: Mark) -> bool:
    """Tell whether something is left of a mark without its words: a value has none, nor what only lies somewhere."""
    return mark.shape == "event" and mark.certainty != "interval"


def _beyond(parts: Sequence[T], most: int | None, ages: Sequence[tuple[float, ...]]) -> list[T]:
    """Return what is too many, the oldest of all, in the order in which it stood."""
    if most is None or len(parts) <= most:
        return []
    # Of what is equally old the last goes first: an author begins with what matters.
    oldest = sorted(range(len(parts)), key=lambda n: (ages[n], -n))[: len(parts) - most]
    return [part for n, part in enumerate(parts) if n in oldest]


def _rank(mark: Mark, new: frozenset[str]) -> tuple[bool, int, float, float]:
    """Return what comes first where not all have a name: news, then kinds by weight, of one kind the latest."""
    kinds = [*WEIGHT, mark.symbol]
    weight = kinds.index(mark.symbol) if mark.shape == "event" else len(kinds)
    zone, at = _end(mark.place)
    return mark.row not in new, weight, -zone, -at


def _age_of_lane(lane: Lane, new: frozenset[str]) -> tuple[float, ...]:
    """Return what a lane is sorted by: supportive care first, then what has ended, what goes on, what is new."""
    ends = [_end(bar.possible) for bar in _bars(lane)]
    begun = [_begun(bar.possible) for bar in _bars(lane)]
    return (
        float(bool(new & _rows(lane))),
        float(not supportive(lane)),
        float(not _ended(lane)),
        *max(ends, default=(0.0, 0.0)),
        # Of what goes on, what began last: a step is told because of it.
        *max(begun, default=(0.0, 0.0)),
    )


def _age_of_panel(panel: Panel, wanted: frozenset[str]) -> tuple[float, ...]:
    ends = [_end(mark.place) for mark in panel.marks]
    asked = any(mark.row in wanted for mark in panel.marks)
    # Of what is equally old, numbers say more than words.
    return float(asked), *max(ends, default=(0.0, 0.0)), float(not panel.dose), float(panel.scale != "words")


def _ended(lane: Lane) -> bool:
    bars = _bars(lane)
    return bool(bars) and all(bar.end == "ended" for bar in bars)


def _rows(lane: Lane) -> frozenset[str]:
    found: list[Bar | Mark] = []
    for track in lane.tracks:
        found += [*track.bars, *track.doses, *track.ticks, *track.events]
    return frozenset(item.row for item in found)


def _end(place: Sequence[Span]) -> tuple[float, float]:
    """Return where an interval ends: its zone and its place there."""
    return (float(_ZONES.index(place[-1].zone)), place[-1].x1) if place else (0.0, 0.0)


def _begun(place: Sequence[Span]) -> tuple[float, float]:
    """Return where an interval begins."""
    return (float(_ZONES.index(place[0].zone)), place[0].x0) if place else (0.0, 0.0)
