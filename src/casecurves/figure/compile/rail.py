"""The event rail, and the boxes that say in words what makes no curve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from casecurves.analysis.placing import unplaced
from casecurves.analysis.times import absence
from casecurves.figure.compile.axis import Placer
from casecurves.figure.compile.lanes import certainty_of, stand
from casecurves.figure.compile.rows import is_across, is_found_on, is_history, is_soon, on_rail
from casecurves.figure.compile.sizes import comes_to
from casecurves.figure.compile.wording import Words
from casecurves.figure.spec import Bar, Box, Entry, Mark, Rail, Spec
from casecurves.model.case import Case
from casecurves.model.schema import DatedDose, Event
from casecurves.model.when import end_state

# So many events are told beside the rail; of more, those of these kinds first.
_IN_WORDS = 30
WEIGHT = (
    "death",
    "last_follow_up",
    "transplant",
    "pregnancy",
    "dialysis",
    "relapse",
    "flare",
    "remission",
    "diagnosis",
    "decision",
    "biopsy",
    "admission",
)


def build_rail(case: Case, placer: Placer, words: Words, unit: str, *, absent: bool) -> Rail:
    """Return the marks and bands of all events that stand on the rail."""
    shown = [event for event in _asked_for(case, absent=absent) if on_rail(case, event)]
    marks = [build_mark(placer, words, event, unit) for event in shown if event.end is None]
    # Where a telling stops is no fact, so that no source reports it.
    marks = [replace(mark, hover=(mark.label,)) if mark.row == case.until else mark for mark in marks]
    bands = [build_band(placer, words, event) for event in shown if event.end is not None]
    return Rail(marks=tuple(marks), bands=tuple(bands))


def _numbered(marks: Sequence[Mark]) -> list[Mark]:
    """Return the events: beyond what a rail has room for in words, the lighter ones by number, in the order of time."""
    weight = {kind: n for n, kind in enumerate(WEIGHT)}
    light = sorted(marks, key=lambda mark: weight.get(mark.symbol, len(weight)))[_IN_WORDS:]
    light.sort(key=lambda mark: mark.in_time)
    numbers = {mark.row: n for n, mark in enumerate(light, start=1)}
    return [
        replace(mark, number=numbers[mark.row], label=str(numbers[mark.row]), span="") if mark.row in numbers else mark
        for mark in marks
    ]


def _asked_for(case: Case, *, absent: bool) -> list[Event]:
    return [event for event in case.events if absent or event.presence == "present"]


def build_mark(placer: Placer, words: Words, event: Event, unit: str) -> Mark:
    """Return an event with its words."""
    how = certainty_of(placer, event)
    place = placer.interval(event.id)
    label = words.event(event)
    return Mark(
        row=event.id,
        shape="event",
        certainty=how,
        place=place,
        x=stand(placer, event, place, how),
        label=label,
        symbol=event.kind,
        span=words.say("list.lead", text=said) if how == "interval" and (said := words.span(place, unit)) else "",
        basis=event.basis,
        disputed=event.status == "disputed",
        flags=words.flags(event),
        hover=words.hover(event, label, (words.say(f"event_kind.{event.kind}"),)),
    )


def build_band(placer: Placer, words: Words, event: Event) -> Bar:
    """Return a state with an end."""
    start, end = event.id, f"{event.id}.end"
    label = words.text(event, "label")
    return Bar(
        row=event.id,
        certain=placer.certain(start, end),
        possible=placer.between(placer.lower(start), placer.upper(end)),
        soon=is_soon(event),
        end=end_state(event.end),
        begins=placer.begins(start, end),
        found=is_found_on(event),
        hatched=event.presence == "absent",
        across=is_across(event),
        label=absence(label, words.lang) if event.presence == "absent" else label,
        basis=event.basis,
        disputed=event.status == "disputed",
        flags=words.flags(event),
        hover=words.hover(
            event, label, (words.say(f"event_kind.{event.kind}"), words.say(f"presence.{event.presence}"))
        ),
    )


def build_event_boxes(case: Case, words: Words, *, absent: bool) -> tuple[Box, ...]:
    """Return the boxes of history, findings, absences and what has no date, doses of undated courses among it."""
    rest = [event for event in _asked_for(case, absent=absent) if not on_rail(case, event)]
    homes: dict[str, list[Event]] = {
        "box.history": [],
        "box.findings": [],
        "box.absent": [],
        "box.undated": [],
    }
    for event in rest:
        homes[_home(case, event)].append(event)
    entries = {key: [_entry(words, event) for event in events] for key, events in homes.items()}
    adrift = {row.id for row in case.therapies if unplaced(case, row.id)}
    entries["box.undated"] += [_dose_entry(words, dose) for dose in case.doses if dose.therapy in adrift]
    return tuple(Box(words.say(key), tuple(found)) for key, found in entries.items() if found)


def numbered(case: Case, words: Words, spec: Spec) -> Spec:
    """Return the figure with the events that the rail has no room for in words by number, and listed in a box."""
    marks = _numbered(spec.rail.marks)
    found = sorted((mark.number, mark.row) for mark in marks if mark.number is not None)
    if not found:
        return spec
    events = {event.id: event for event in case.events}
    entries = tuple(_numbered_entry(words, number, events[row]) for number, row in found)
    box = Box(words.say("box.numbered", n=len(entries)), entries)
    return replace(spec, rail=replace(spec.rail, marks=tuple(marks)), boxes=(box, *spec.boxes))


def _numbered_entry(words: Words, number: int, event: Event) -> Entry:
    entry = _entry(words, event)
    return replace(entry, text=words.say("box.number", number=number, text=entry.text, moment=entry.moment), moment="")


def _dose_entry(words: Words, dose: DatedDose) -> Entry:
    return Entry(
        row=dose.id,
        text=words.dosed(dose),
        moment=words.when(dose.time),
        basis=dose.basis,
        disputed=dose.status == "disputed",
        flags=words.flags(dose),
        hover=words.hover(dose, words.dose(dose), (comes_to(words, dose),)),
    )


def _home(case: Case, event: Event) -> str:
    if event.presence == "absent":
        return "box.absent"
    if is_history(event):
        return "box.history"
    return "box.undated" if unplaced(case, event.id) else "box.findings"


def _entry(words: Words, event: Event) -> Entry:
    return Entry(
        row=event.id,
        text=words.event(event),
        moment="" if is_history(event) else words.when(event.time),
        basis=event.basis,
        disputed=event.status == "disputed",
        flags=words.flags(event),
        hover=words.hover(
            event,
            words.text(event, "label"),
            (words.say(f"event_kind.{event.kind}"), words.say(f"presence.{event.presence}")),
        ),
    )
