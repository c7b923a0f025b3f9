"""One lane for each patient: courses in the colour of their drug, and the events of its rail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import get_args

from casecurves.analysis.placing import unplaced
from casecurves.figure.compare.patients import Patient
from casecurves.figure.compile.lanes import build_bar, follows
from casecurves.figure.compile.rail import build_band, build_mark
from casecurves.figure.compile.rows import on_rail
from casecurves.figure.compile.window import Window, lane_within
from casecurves.figure.spec import Bar, Chip, Lane, LegendItem, Mark, Track
from casecurves.knowledge import DrugClass, drug, fold
from casecurves.model.schema import Event, Therapy

# Of so many patients the name alone says who they are.
FEW = 12


def drug_codes(patients: Sequence[Patient]) -> Mapping[str, int]:
    """Return a number for each drug that any patient was given, by its name: drugs of a class follow one another."""
    order = get_args(DrugClass)
    names = {(order.index(_class(row)), fold(name), name) for name, row in _given(patients)}
    return {name: n for n, (_, _, name) in enumerate(sorted(names), start=1)}


def drug_legend(patients: Sequence[Patient], codes: Mapping[str, int]) -> tuple[LegendItem, ...]:
    """Return an entry for each class of drug with its drugs and their numbers."""
    classes: dict[str, set[str]] = {}
    for name, row in _given(patients):
        classes.setdefault(_class(row), set()).add(name)
    items = []
    for each in get_args(DrugClass):
        if each in classes:
            names = sorted(classes[each], key=codes.__getitem__)
            items.append(LegendItem(f"drug.{each}", ", ".join(f"{codes[name]}\u00a0{name}" for name in names)))
    return tuple(items)


def _given(patients: Sequence[Patient]) -> list[tuple[str, Therapy]]:
    return [(one.words.drug(row), row) for one in patients for row in one.case.therapies]


def _class(row: Therapy) -> DrugClass:
    known = drug(row.drug)
    return known.drug_class if known else "other"


def build_lane(patient: Patient, codes: Mapping[str, int], window: Window | None, *, few: bool) -> Lane:
    """Return the lane of a patient, as far as its window shows it."""
    words = patient.words
    placed = [row for row in patient.case.therapies if not unplaced(patient.case, row.id)]
    bars = [_bar(patient, row, codes) for row in placed]
    tracks: list[list[tuple[Therapy, Bar]]] = []
    for row, bar in sorted(zip(placed, bars, strict=True), key=lambda item: _order(item[1])):
        home = next((track for track in tracks if follows(words.placer, track[-1][0], row)), None)
        if home is None:
            tracks.append([(row, bar)])
        else:
            home.append((row, bar))
    events = tuple(_mark(patient, event) for event in told(patient) if event.end is None)
    states = [_state(patient, event) for event in told(patient) if event.end is not None]
    who = words.text(patient.case.header, "diagnosis") if few else ""
    made = words.say("compare.invented_case") if patient.case.illustrative else ""
    lane = Lane(
        drug=patient.name,
        sublabel=" · ".join(part for part in (made, who) if part),
        drug_class="other",
        tracks=(
            *([Track(events=events)] if events else []),
            *(Track(bars=(state,)) for state in states),
            *(Track(bars=tuple(bar for _, bar in track)) for track in tracks),
        ),
        patient=patient.case.id,
    )
    return lane if window is None else lane_within(lane, window)


def told(patient: Patient) -> list[Event]:
    """Return the events that stand on the lane of a patient: those of the rail of its own figure that took place."""
    case = patient.case
    return [event for event in case.events if event.presence == "present" and on_rail(case, event)]


def _order(bar: Bar) -> tuple[bool, bool, float, float]:
    if not bar.possible:
        return True, True, 0.0, 0.0
    first, last = bar.possible[0], bar.possible[-1]
    return first.zone == "after", first.zone == "main", first.x0, last.x1


def _bar(patient: Patient, row: Therapy, codes: Mapping[str, int]) -> Bar:
    words = patient.words
    bar = build_bar(words.placer, words, row, dated=False)
    name = words.drug(row)
    return replace(
        bar,
        row=patient.row(row.id),
        label=name,
        remark="",
        code=str(codes[name]),
        drug_class=_class(row),
        hover=(patient.name, *bar.hover),
    )


def _mark(patient: Patient, event: Event) -> Mark:
    mark = build_mark(patient.words.placer, patient.words, event, "days")
    return replace(mark, row=patient.row(event.id), span="", hover=(patient.name, *mark.hover))


def _state(patient: Patient, event: Event) -> Bar:
    """Return what lasted, in the colour of no drug."""
    bar = build_band(patient.words.placer, patient.words, event)
    return replace(bar, row=patient.row(event.id), across=False, hover=(patient.name, *bar.hover))


def build_chips(patients: Sequence[Patient]) -> tuple[Chip, ...]:
    """Return the drugs whose place in time is not known at all, with whose they are."""
    chips = []
    for one in patients:
        for row in one.case.therapies:
            if unplaced(one.case, row.id):
                name = one.words.drug(row)
                head = (one.name, f"{name} {one.words.dose(row)}".strip())
                chips.append(
                    Chip(
                        row=one.row(row.id),
                        drug=one.words.say("compare.chip", patient=one.name, drug=name),
                        drug_class=_class(row),
                        label=one.words.say("chip.place_unknown"),
                        flags=one.words.flags(row),
                        basis=row.basis,
                        hover=(*head, *one.words.hover(row, "")),
                    )
                )
    return tuple(chips)
