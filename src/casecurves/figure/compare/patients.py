"""The patients of a comparison on one axis: who has a place there, counted from where, and who has none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from casecurves.analysis.align import Aligned, Alignment, Unaligned, align
from casecurves.analysis.ranking import ranked
from casecurves.analysis.units import one_unit, shared_units
from casecurves.figure.compare.options import CompareOptions
from casecurves.figure.compile.axis import Placer, place_points, window_of, zero_label
from casecurves.figure.compile.ticks import ticks, unit_for
from casecurves.figure.compile.wording import Words
from casecurves.figure.spec import Axis, AxisTick, Span, Zone, ZoneName
from casecurves.knowledge import fold
from casecurves.model.case import Case
from casecurves.model.issues import visible
from casecurves.words import has, say


@dataclass(frozen=True)
class Subject:
    """A case to be compared, and what it is called."""

    case: Case
    name: str


@dataclass(frozen=True)
class SharedPlacer(Placer):
    """The places of one patient on an axis that others share.

    Its own scaled part may be shorter than the axis: ``own_lo`` and ``own_hi`` are its ends. Where the rest of the axis
    lies, nothing of this patient is known to the day, and so nothing there is certain.
    """

    own_lo: float = 0.0
    own_hi: float = 0.0

    def certain(self, start: str, end: str) -> tuple[Span, ...]:
        """Return where something was on for certain; a stretch between its own days and its own steps is not."""
        spans = super().certain(start, end)
        zones = {span.zone for span in spans}
        if "main" in zones and "before" in zones and self.own_lo > self.lo:
            spans = tuple(replace(s, x0=max(s.x0, self.own_lo)) for s in spans if s.zone != "before")
        if "main" in zones and "after" in zones and self.own_hi < self.hi:
            spans = tuple(replace(s, x1=min(s.x1, self.own_hi)) for s in spans if s.zone != "after")
        return tuple(span for span in spans if span.x1 > span.x0)


@dataclass(frozen=True)
class Patient:
    """A patient with a place on the axis, and what says things about it: its values in the units of all."""

    name: str
    aligned: Aligned
    words: Words

    @property
    def case(self) -> Case:
        """The case, as written."""
        return self.aligned.case

    def row(self, row_id: str) -> str:
        """Return the id of a row among those of all patients."""
        return f"{self.case.id}/{row_id}"


@dataclass(frozen=True)
class Cohort:
    """Patients on one axis, in their order; and every case that has no place on it.

    ``kept_out`` are invented cases, which are compared only when that is asked for; ``window`` is the part of the axis
    that is shown, ``None`` for all of it.
    """

    patients: tuple[Patient, ...]
    unaligned: tuple[Unaligned, ...]
    kept_out: tuple[Case, ...]
    names: Mapping[str, str]
    axis: Axis
    window: tuple[float, float] | None = None


def gather(subjects: Sequence[Subject], options: CompareOptions) -> Cohort:
    """Return the patients of a comparison on one axis; every case is in one of its three lists."""
    names = {subject.case.id: visible(subject.name) for subject in subjects}
    kept_out = [s.case for s in subjects if s.case.illustrative and not options.illustrative]
    cases = [subject.case for subject in subjects if subject.case not in kept_out]
    found = align(cases, options.align, dict(options.picks))
    order = ranked(found.aligned, options.sort, names, rules=options.rules, illustrative=options.illustrative)
    placers = _shared([place_points(one.case, one.chronology) for one in order])
    units = shared_units([one.case for one in order], options.units)
    patients: list[Patient] = []
    before = 0
    for one, placer in zip(order, placers, strict=True):
        moved = one.row != one.case.header.day_zero
        words = Words(one_unit(one.case, units), placer, options.lang, moved, before)
        patients.append(Patient(names[one.case.id], one, words))
        before += len(one.case.header.discrepancies)
    window = window_of(placers[0], options.window) if placers else None
    axis = _axis(placers, found, window, options)
    return Cohort(tuple(patients), found.unaligned, tuple(kept_out), names, axis, window)


def _shared(placers: Sequence[Placer]) -> tuple[SharedPlacer, ...]:
    """Return the places of each patient on an axis that holds the days, and the steps, of all."""
    if not placers:
        return ()
    lo, hi = min(p.lo for p in placers), max(p.hi for p in placers)
    steps, after = max(p.steps for p in placers), max(p.after_steps for p in placers)
    return tuple(
        SharedPlacer(
            chronology=p.chronology,
            lo=lo,
            hi=hi,
            # The last step of each is the one next to the scaled part.
            ranks={key: (a + steps - p.steps, b + steps - p.steps) for key, (a, b) in p.ranks.items()},
            after_ranks=p.after_ranks,
            steps=steps,
            after_steps=after,
            own_lo=p.lo,
            own_hi=p.hi,
        )
        for p in placers
    )


def _axis(
    placers: Sequence[SharedPlacer], found: Alignment, window: tuple[float, float] | None, options: CompareOptions
) -> Axis:
    lang = options.lang
    lo, hi = window or ((placers[0].lo, placers[0].hi) if placers else (0.0, 1.0))
    unit = unit_for(hi - lo) if options.unit == "auto" else options.unit
    zones = [Zone("main", lo, hi, ticks(lo, hi, (), unit, lang), say("axis.scaled", lang))]
    if placers and placers[0].steps and not window:
        zones.insert(0, _steps("before", placers[0].steps, lang))
    if placers and placers[0].after_steps and not window:
        zones.append(_steps("after", placers[0].after_steps, lang))
    zero = zero_name(found.aligned, options)
    return Axis(tuple(zones), unit, axis_label(zero, unit, lang), zero)


def axis_label(zero: str, unit: str, lang: str) -> str:
    """Say what an axis counts, and from which moment."""
    if zero == say("compare.own_zero", lang):
        return say(f"compare.axis.{unit}", lang)
    return say(f"axis.from_zero.{unit}", lang, zero=zero)


def _steps(name: ZoneName, steps: int, lang: str) -> Zone:
    found = tuple(AxisTick(float(i), "") for i in range(steps))
    return Zone(name, -0.5, steps - 0.5, found, say("compare.zone", lang))


def zero_name(aligned: Sequence[Aligned], options: CompareOptions) -> str:
    """Say what day zero is: what was asked for, in the words of the figure."""
    if not options.align:
        return say("compare.own_zero", options.lang)
    kind = f"event_kind.{fold(options.align).replace(' ', '_')}"
    if has(kind):
        return say(kind, options.lang)
    said = {zero_label(one.case, one.row, options.lang) for one in aligned}
    return said.pop() if len(said) == 1 else visible(options.align)
