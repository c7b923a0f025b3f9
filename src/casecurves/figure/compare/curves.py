"""The biomarkers of a comparison: the same scale for what is measured alike, and never two units in one frame."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from casecurves.figure.compare.options import CompareOptions
from casecurves.figure.compare.patients import Patient
from casecurves.figure.compile import thresholds, units
from casecurves.figure.compile.panels import build_panels, placed_series
from casecurves.figure.compile.rows import series_of
from casecurves.figure.compile.scales import ticks
from casecurves.figure.compile.window import Window, panel_within
from casecurves.figure.spec import Box, Entry, Mark, Panel, Scale, Stack, Threshold
from casecurves.knowledge.conditions import all_conditions
from casecurves.model.case import Case
from casecurves.model.schema import Measurement
from casecurves.words import typeset

# More curves than this are not told apart by symbol and colour.
MOST_CURVES = 25
# More patients than this are counted and not named, where it does not matter who they are.
MOST_NAMED = 6
# More directions than this are told in words.
MOST_STRIPS = 8


@dataclass(frozen=True)
class Curve:
    """A series of a patient; ``series`` is the analyte, the assay and the unit as written."""

    patient: Patient
    series: str
    panel: Panel


@dataclass(frozen=True)
class Frames:
    """Panels and in which order they stand.

    ``left_out`` are patients whose curves had no room in their frame; ``boxes`` say what would need too many strips,
    ``notes`` what must be read beside the curves.
    """

    panels: tuple[Panel, ...]
    stacks: tuple[Stack, ...]
    left_out: tuple[Patient, ...] = ()
    boxes: tuple[Box, ...] = ()
    notes: tuple[str, ...] = ()


def analytes_of(cases: Iterable[Case]) -> tuple[str, ...]:
    """Return the keys of all biomarkers: those that most patients have numbers of first."""
    numbered: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for case in cases:
        rows = case.measurements
        every.update({series_of(row)[0] for row in rows})
        numbered.update({series_of(row)[0] for row in rows if row.value.kind not in {"trend", "category"}})
    return tuple(sorted(every, key=lambda key: (-numbered[key], -every[key], key)))


def chosen(patients: Sequence[Patient], options: CompareOptions) -> tuple[str, ...]:
    """Return the biomarkers that are shown: those asked for that any patient has, else what most of them have."""
    known = analytes_of(one.case for one in patients)
    if options.view == "multiples":
        # A direction of three patients says more, under their lanes, than a number of one.
        shared = Counter(key for one in patients for key in {series_of(row)[0] for row in one.case.measurements})
        known = tuple(sorted(known, key=lambda key: -shared[key]))
    wanted = tuple(dict.fromkeys(key for key in options.analytes if key in known)) or known[:1]
    return wanted[:1] if options.view == "overlay" else wanted


def curves_of(
    patients: Sequence[Patient], analytes: tuple[str, ...] | None, window: Window | None = None
) -> list[Curve]:
    """Return every series of these biomarkers with something in the window, all of one series on one scale."""
    found = [
        Curve(one, panel.key, _owned(one, panel))
        for one in patients
        for panel in build_panels(
            one.words.case, one.words.placer, one.words, placed_series(one.words.case, analytes), {}, single=True
        )
    ]
    scales = {series: _scale_of(curves) for series, curves in _by_series(found).items()}
    scaled = [replace(curve, panel=_scaled(curve, *scales[curve.series])) for curve in found]
    if window is None:
        return scaled
    cut = (replace(curve, panel=panel_within(curve.panel, window)) for curve in scaled)
    return [curve for curve in cut if curve.panel.marks or curve.panel.lines]


def multiples(patients: Sequence[Patient], analytes: tuple[str, ...], window: Window | None) -> Frames:
    """Return one panel for each patient and series, under the lane of the patient."""
    curves = curves_of(patients, analytes, window)
    # The same order for everyone, so that what is alike is found at the same place.
    order = list(_by_series(sorted(curves, key=lambda curve: analytes.index(curve.series.split("|")[0]))))
    stacks, panels = [], []
    for one in patients:
        own = sorted((c for c in curves if c.patient is one), key=lambda curve: order.index(curve.series))
        panels += [replace(curve.panel, low=True) for curve in own]
        stacks.append(Stack(lanes=(one.case.id,), panels=tuple(curve.panel.key for curve in own)))
    return Frames(tuple(panels), tuple(stacks), notes=told(curves))


def overlaid(patients: Sequence[Patient], analyte: str, window: Window | None) -> Frames:
    """Return a frame for each way of measuring; directions and words in strips below, each with its patient."""
    curves = curves_of(patients, (analyte,), window)
    stacks: list[Stack] = []
    panels: list[Panel] = []
    left_out: list[Patient] = []
    numbered = {s: [c for c in group if _numbers(c)] for s, group in _by_series(curves).items()}
    for group in sorted((group for group in numbered.values() if group), key=len, reverse=True):
        limits = _common(group)
        # All of a frame have the axis of the first, and with it what is marked there.
        shown = [_curve(curve, limits if n == 0 else ()) for n, curve in enumerate(group[:MOST_CURVES])]
        left_out += [curve.patient for curve in group[MOST_CURVES:]]
        panels += shown
        stacks.append(Stack(panels=tuple(panel.key for panel in shown), shared=True))
    strips = [strip for curve in curves if (strip := _strip(curve)) is not None]
    if len(strips) > MOST_STRIPS:
        return Frames(tuple(panels), tuple(stacks), tuple(left_out), _in_words(curves), told(curves))
    panels += strips
    stacks += [Stack(panels=(strip.key,)) for strip in strips]
    return Frames(tuple(panels), tuple(stacks), tuple(left_out), notes=told(curves))


def _in_words(curves: Sequence[Curve]) -> tuple[Box, ...]:
    """Return what is said without a number in words, where strips would be too many."""
    entries = []
    for curve in curves:
        for mark in curve.panel.marks:
            if mark.y is None and mark.place:
                row = curve.patient.case.row(mark.row.removeprefix(curve.patient.row("")))
                when = curve.patient.words.when(getattr(row, "time", None))
                entries.append(_entry(curve, mark, when))
    return (Box(curves[0].patient.words.say("compare.directions"), tuple(entries)),)


def _entry(curve: Curve, mark: Mark, when: str) -> Entry:
    said = curve.patient.words.say("compare.direction", patient=curve.patient.name, said=mark.label)
    return Entry(mark.row, said, when, basis=mark.basis, disputed=mark.disputed, flags=mark.flags, hover=mark.hover)


def told(curves: Sequence[Curve]) -> tuple[str, ...]:
    """Return what must be read beside curves: conversions, and the thresholds that are drawn and those that are not."""
    if not curves:
        return ()
    words = curves[0].patient.words
    rows = [row for curve in curves for mark in curve.panel.marks if (row := _value(curve, mark)) is not None]
    lines = [*units.told(words, rows), *thresholds.sources(words, [curve.panel for curve in curves])]
    apart: dict[tuple[str, str], list[str]] = {}
    for one in {curve.patient.case.id: curve.patient for curve in curves}.values():
        shown = [own(one, curve.panel) for curve in curves if curve.patient is one]
        for condition, names in thresholds.withheld(one.words, shown).items():
            apart.setdefault((condition, ", ".join(names)), []).append(one.name)
    for (key, analytes), patients in apart.items():
        what = {"analytes": analytes, "condition": all_conditions()[key].name(words.lang)}
        who = ", ".join(patients) if len(patients) <= MOST_NAMED else words.say("compare.patients", n=len(patients))
        lines.append(words.say("threshold.withheld_of", names=who, **what))
    return tuple(typeset(line, words.lang) for line in lines)


def _value(curve: Curve, mark: Mark) -> Measurement | None:
    row = curve.patient.words.case.row(mark.row.removeprefix(curve.patient.row("")))
    return row if isinstance(row, Measurement) else None


def _by_series(curves: Iterable[Curve]) -> Mapping[str, list[Curve]]:
    found: dict[str, list[Curve]] = {}
    for curve in curves:
        found.setdefault(curve.series, []).append(curve)
    return found


def own(one: Patient, panel: Panel) -> Panel:
    """Return a panel whose rows are called as in their case."""
    start = one.row("")
    return replace(
        panel,
        marks=tuple(replace(mark, row=mark.row.removeprefix(start)) for mark in panel.marks),
        bands=tuple(replace(band, id=band.id.removeprefix(start)) for band in panel.bands),
        thresholds=tuple(replace(limit, id=limit.id.removeprefix(start)) for limit in panel.thresholds),
    )


def _owned(one: Patient, panel: Panel) -> Panel:
    return replace(
        panel,
        key=f"{one.case.id}|{panel.key}",
        marks=tuple(replace(m, row=one.row(m.row), hover=(one.name, *m.hover)) for m in panel.marks),
        bands=tuple(replace(band, id=one.row(band.id)) for band in panel.bands),
        thresholds=tuple(replace(limit, id=one.row(limit.id)) for limit in panel.thresholds),
    )


def _scale_of(curves: Sequence[Curve]) -> tuple[Scale, float, float]:
    """Return the scale that holds all series measured alike; a value of zero or less keeps all of them linear."""
    panels = [curve.panel for curve in curves if curve.panel.scale != "words"] or [curve.panel for curve in curves]
    lo, hi = min(panel.lo for panel in panels), max(panel.hi for panel in panels)
    kinds = {panel.scale for panel in panels}
    return panels[0].scale if len(kinds) == 1 else "linear", lo, hi


def _scaled(curve: Curve, scale: Scale, lo: float, hi: float) -> Panel:
    if curve.panel.scale == "words":
        return curve.panel
    return replace(curve.panel, scale=scale, lo=lo, hi=hi, yticks=ticks(scale, lo, hi, curve.patient.words))


def _on_scale(mark: Mark) -> bool:
    return mark.y is not None and bool(mark.place)


def _numbers(curve: Curve) -> bool:
    return any(_on_scale(mark) for mark in curve.panel.marks)


def _common(group: Sequence[Curve]) -> tuple[Threshold, ...]:
    """Return the thresholds of a frame: those that hold of every patient in it."""
    first, *others = [curve.panel.thresholds for curve in group]
    said = [{(limit.y, limit.label) for limit in limits} for limits in others]
    return tuple(limit for limit in first if all((limit.y, limit.label) in limits for limits in said))


def _curve(curve: Curve, limits: tuple[Threshold, ...]) -> Panel:
    """Return a series with its numbers, named at its end and nowhere else; its frame says what its marks mean."""
    panel = curve.panel
    marks = [replace(mark, label="") for mark in panel.marks if _on_scale(mark)]
    last = max(range(len(marks)), key=lambda n: (marks[n].place[-1].zone == "after", marks[n].place[-1].x1))
    marks[last] = replace(marks[last], label=curve.patient.name)
    what = ", ".join(part for part in (panel.label, panel.sublabel, *(limit.label for limit in limits)) if part)
    label = curve.patient.name
    return replace(panel, label=label, sublabel=what, marks=tuple(marks), bands=(), thresholds=limits)


def _strip(curve: Curve) -> Panel | None:
    panel = curve.panel
    marks = tuple(mark for mark in panel.marks if mark.y is None and mark.place)
    if not marks:
        return None
    return Panel(f"{panel.key}|words", curve.patient.name, panel.label, "words", 0.0, 1.0, (), marks)
