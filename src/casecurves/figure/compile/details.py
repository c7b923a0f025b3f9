"""Everything that is known of one row, in words, and what else may have changed with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casecurves.analysis.neighbours import Edge, Neighbour, Reason, neighbours
from casecurves.analysis.times import absence, in_days, name_of, since_birth
from casecurves.analysis.units import Converted, times_upper
from casecurves.analysis.units_saying import factor, shown
from casecurves.figure.compile import compile as compile_case
from casecurves.figure.compile.notes import discrepancies
from casecurves.figure.compile.sizes import comes_to
from casecurves.figure.compile.trials import arm_name, build_trial_boxes
from casecurves.figure.compile.wording import Words, words_of
from casecurves.figure.options import Options
from casecurves.figure.spec import Disagreement, Ribbon
from casecurves.model.case import Case, Source
from casecurves.model.issues import visible
from casecurves.model.schema import Arm, Comparison, DatedDose, Event, Measurement, Outcome, Row, Therapy, table_of
from casecurves.model.when import Statement
from casecurves.words import typeset

# Most telling first.
_REASONS: tuple[Reason, ...] = ("same_day", "overlap", "order_unknown")


@dataclass(frozen=True)
class Fact:
    """One thing that is known of a row: what it is, and the words."""

    heading: str
    text: str


@dataclass(frozen=True)
class Other:
    """Another row that a row leads to: its id, what to call it, and how far from the row it may lie."""

    row: str
    text: str
    distance: str = ""


@dataclass(frozen=True)
class Beside:
    """Rows that cannot be separated in time from a moment of a row, for one reason."""

    heading: str
    reason: Reason
    others: tuple[Other, ...]


@dataclass(frozen=True)
class Details:
    """A row in words.

    Attributes
    ----------
    row, heading, kind : str
        Its id; what to call it; what sort of row it is.
    facts : tuple of Fact
        What is known of it, in the order in which a reader asks; what is not stated is left out.
    disagreements : tuple of Disagreement
        The discrepancies that concern it, in full.
    beside : tuple of Beside
        What else may have changed, for each moment of the row and each reason; empty when all else is before or after.
    days : tuple of int
        The first and the last whole day on which it can have happened or begun, where both are known: once if the same.
    """

    row: str
    heading: str
    kind: str
    facts: tuple[Fact, ...]
    disagreements: tuple[Disagreement, ...]
    beside: tuple[Beside, ...]
    days: tuple[int, ...]


def details(case: Case, row_id: str, options: Options | None = None) -> Details:
    """Return all that is known of a row.

    Parameters
    ----------
    case : Case
        The case.
    row_id : str
        The row.
    options : Options, optional
        Language, and the day zero from which days are counted.

    Returns
    -------
    Details
        Plain words, not escaped.

    Raises
    ------
    KeyError
        When the case has no such row.
    """
    options = options or Options()
    return told(words_of(case, options), row_id, compile_case(case, options).ribbons if options.rules else ())


def told(words: Words, row_id: str, ribbons: Sequence[Ribbon]) -> Details:
    """Return all that is known of a row, as `details`; ``ribbons`` are those of its figure."""
    row = words.case.row(row_id)
    if row is None:
        raise KeyError(row_id)
    return Details(
        row=row_id,
        heading=named(words, row),
        kind=words.say(f"row.{table_of(row)}"),
        facts=(*_facts(words, row), *_statuses(words, row_id, ribbons)),
        disagreements=tuple(item for item in discrepancies(words.case, words) if row_id in item.rows),
        beside=tuple(_beside(words, row)),
        days=_days(words, row),
    )


def names(case: Case, options: Options | None = None) -> dict[str, str]:
    """Return what to call every row, by id: plain words, not escaped, in the language of ``options``."""
    words = words_of(case, options or Options())
    return {row.id: _in_its_arm(words, row) for row in case.rows()}


def _in_its_arm(words: Words, row: Row) -> str:
    """Return what to call a row among others: the arms of a trial have results of the same name."""
    if isinstance(row, Arm):
        return arm_name(words, row)
    arm = words.case.row(row.arm) if isinstance(row, Outcome | Comparison) else None
    name = named(words, row)
    return words.say("list.told", name=arm_name(words, arm), text=name) if isinstance(arm, Arm) else name


def lines(case: Case, options: Options | None = None) -> dict[str, str]:
    """Return every row in one line, by id: what it is, when, and in which days that lies.

    Parameters
    ----------
    case : Case
        The case.
    options : Options, optional
        Language, and the day zero from which days are counted.

    Returns
    -------
    dict of str to str
        Plain words, not escaped.
    """
    return lined(words_of(case, options or Options()))


def lined(words: Words) -> dict[str, str]:
    """Return every row in one line, by id, as `lines`."""
    case, boxes = words.case, build_trial_boxes(words.case, words)
    told = (
        (entry.row, words.say("list.told", name=box.heading, text=entry.text)) for box in boxes for entry in box.entries
    )
    results = dict(told)
    return {row.id: results.get(row.id) or ", ".join([named(words, row), *moments(words, row)]) for row in case.rows()}


def standings(case: Case, options: Options | None = None) -> dict[str, str]:
    """Return, by id, what stands behind the line of every row for who hears a figure: what is normal, who states it.

    What the picture says by a shade, a colour or a sign; plain words, as `lines`.
    """
    words = words_of(case, options or Options())
    return {row.id: ", ".join(_standing(words, row)) for row in case.rows()}


def _standing(words: Words, row: Row) -> Iterator[str]:
    if isinstance(row, Measurement) and (limits := words.limits(row)):
        yield words.say("band.reference", limits=limits)
    yield words.say(f"basis.{row.basis}")
    if row.status == "disputed":
        yield words.say("hover.disputed")
    for n in words.flags(row):
        yield words.disagreement(n)


def moments(words: Words, row: Row) -> Iterator[str]:
    """Return when a row was: start and end of a course or state, else its time in words and in days."""
    if isinstance(row, Therapy) or (isinstance(row, Event) and row.end is not None):
        yield words.say("line.start", days=words.bounds(row.id))
        ongoing = row.end is not None and row.end.ongoing
        yield words.say("time.ongoing") if ongoing else words.say("line.end", days=words.bounds(f"{row.id}.end"))
    elif isinstance(row, DatedDose | Measurement | Event):
        when, days = words.when(row.time) or words.say("hover.not_known"), words.bounds(row.id)
        yield when if when == days or (row.time is not None and _enough(words, row.time)) else f"{when} ({days})"


def _enough(words: Words, statement: Statement) -> bool:
    """Tell whether days would only say once more, and as if it were another thing, what the words say.

    "By D0" is by day 1 at the latest, and what was so before the age of 18 some thousand days after day zero at most.
    """
    return since_birth(statement) or (in_days(statement) and not words.moved)


def named(words: Words, row: Row) -> str:
    """Return what to call a row: a drug with its dose, a biomarker with its value, an event by its label."""
    if isinstance(row, Therapy):
        return f"{words.drug(row)} {words.dose(row)}".strip()
    if isinstance(row, DatedDose):
        return words.dosed(row)
    if isinstance(row, Measurement):
        return f"{_analyte(words, row)} {words.valued(row)}".strip()
    label = words.event(row) if isinstance(row, Event) else words.text(row, "label")
    if isinstance(row, Event) and row.presence == "absent":
        return absence(label, words.lang)
    return label


def _analyte(words: Words, row: Measurement) -> str:
    """Return the name of what was measured, with how or where it was where the case has it more than one way."""
    same = {other.assay for other in words.case.measurements if other.analyte == row.analyte}
    assay = words.text(row, "assay") if len(same) > 1 else ""
    return f"{words.analyte(row)} ({assay})" if assay else words.analyte(row)


def _statuses(words: Words, row_id: str, ribbons: Sequence[Ribbon]) -> Iterator[Fact]:
    """Yield what the rules chosen make of a value, and what it rests on; of a stated status, that it is stated."""
    for ribbon in ribbons:
        for stage in ribbon.stages:
            if stage.row == row_id:
                said = stage.hover[:1] if stage.kind == "stated" else stage.hover[1:3]
                remarks = [line for line in stage.hover[4:] if stage.differs]
                yield Fact(ribbon.label, typeset(". ".join((*said, *remarks)), words.lang))


def _facts(words: Words, row: Row) -> Iterator[Fact]:
    for key, text in (*_what(words, row), *_when(words, row), *_who(words, row)):
        if text:
            yield Fact(words.say(f"fact.{key}"), typeset(text, words.lang))


def _what(words: Words, row: Row) -> Iterator[tuple[str, str]]:
    """Yield what a row says, by its table."""
    if isinstance(row, Measurement):
        how = (shown(row, words.lang), factor(row, words.lang)) if isinstance(row, Converted) else ()
        # What is told is the row as its table has it, whatever the figure makes of it.
        row = row.original if isinstance(row, Converted) else row
        # A direction is a word of our tables, which no source wrote.
        value = words.quantity(row.value) if row.value.trend else row.value.written
        yield "written", visible(f"{value} {row.unit}".strip())
        yield "shown_as", ", ".join(how)
        yield "read_as", words.say(f"quantity.{row.value.kind}")
        yield "range", words.limits(row)
        times = times_upper(row)
        yield "times_upper", "" if times is None else f"× {words.number(float(f'{times:.3g}'))}"
        yield "error", "" if row.reading_error is None else f"± {words.number(row.reading_error)}"
        yield "assay", words.text(row, "assay")
    elif isinstance(row, Therapy):
        yield "amount", comes_to(words, row)
        yield "route", words.say(f"route.{row.route}") if row.route else ""
        yield "count", "" if row.doses is None else str(row.doses)
        yield "course", words.say(f"course.{row.course}") if row.course else ""
        yield "regimen", words.regimen(row)
        for name in ("reason_started", "reason_stopped", "response"):
            yield name, words.text(row, name)
    elif isinstance(row, DatedDose):
        yield "amount", comes_to(words, row)
        yield "holds", words.say(f"holds.{row.holds or 'at'}")
    elif isinstance(row, Event):
        yield "event", words.say(f"event_kind.{row.kind}")
        yield "presence", words.say("presence.absent") if row.presence == "absent" else ""
        yield "grade", words.text(row, "grade")
        related = visible(name_of(words.case.row(row.related_therapy), words.lang) or row.related_therapy)
        yield "related", words.withheld(related)
    else:
        boxes = build_trial_boxes(words.case, words)
        yield "result", next((entry.text for box in boxes for entry in box.entries if entry.row == row.id), "")


def _when(words: Words, row: Row) -> Iterator[tuple[str, str]]:
    """Yield the times of a row: as written, in words, and what the chronology makes of them."""
    if isinstance(row, Therapy) or (isinstance(row, Event) and row.end is not None):
        start = row.start if isinstance(row, Therapy) else row.time
        yield from _time(words, "start", row.id, start)
        yield from _time(words, "end", f"{row.id}.end", row.end)
    elif isinstance(row, DatedDose | Measurement | Event) or (isinstance(row, Outcome) and row.time is not None):
        yield from _time(words, "time", row.id, row.time)


def _time(words: Words, key: str, point: str, statement: Statement | None) -> Iterator[tuple[str, str]]:
    # In words alone: how the file writes it stands in the tables.
    yield key, words.when(statement) or words.say("hover.not_known")
    yield f"{key}_days", ", ".join(part for part in (words.bounds(point), _dates(words, point)) if part)


def _dates(words: Words, point: str) -> str:
    if words.placer.calendar is not None:
        return ""
    first, last = words.placer.chronology.dates(point)
    if first is None or last is None or not words.dates:
        return ""
    return first.isoformat() if first == last else words.say("fact.dates", first=first, last=last)


def _who(words: Words, row: Row) -> Iterator[tuple[str, str]]:
    """Yield who states a row, and where."""
    yield "basis", words.say(f"basis.{row.basis}")
    source = next((item for item in words.case.header.sources if item.key == row.source), None)
    yield "source", words.source(row.source) if source is None else _source(words, source)
    yield "locator", words.text(row, "locator")
    yield "status", words.say("hover.disputed") if row.status == "disputed" else words.say("fact.used")
    yield "note", words.text(row, "note")


def _source(words: Words, source: Source) -> str:
    """Name a source as the tables do, with its title in full."""
    cited, title = words.source(source.key), visible(source.said("title", words.lang))
    if source.authors:
        return words.say("list.told", name=cited, text=title) if title else cited
    return ", ".join(str(part) for part in (title or cited, source.year) if part)


def _beside(words: Words, row: Row) -> Iterator[Beside]:
    found = neighbours(words.case, row.id)
    moments = tuple(dict.fromkeys(near.of for near in found))
    for of in moments:
        for reason in _REASONS:
            near = [each for each in found if (each.of, each.reason) == (of, reason)]
            if near:
                heading = words.say(f"beside.{reason}")
                # Which of its moments is said only where a row has two.
                said = heading if of == "at" else words.say(f"beside.of_{of}", reason=heading)
                near.sort(key=_width)
                yield Beside(said, reason, tuple(_other(words, each) for each in near))


def _width(near: Neighbour) -> int:
    """Return how far apart two rows may lie at most: what is closest is read first."""
    return 0 if near.least is None or near.most is None else max(near.most, -near.least)


def _other(words: Words, near: Neighbour) -> Other:
    row = words.case.row(near.row)
    name = visible(near.row) if row is None else named(words, row)
    return Other(near.row, edged(words, row, name, near.edge), _distance(words, near))


def edged(words: Words, row: Row | None, name: str, edge: Edge) -> str:
    """Return which moment of a row is meant: a start, a stop, or the row itself."""
    if edge == "at":
        return name
    if edge == "end" and getattr(row, "end", None) is None:
        return words.say("beside.end_not_stated", what=name)
    return words.say(f"beside.{edge}", what=name)


def _distance(words: Words, near: Neighbour) -> str:
    if near.reason != "overlap" or near.least is None or near.most is None:
        return ""
    before, after = (f"{'+' if days > 0 else ''}{words.number(days)}" for days in (near.least, near.most))
    return words.say("beside.distance", before=before, after=after)


def _days(words: Words, row: Row) -> tuple[int, ...]:
    if isinstance(row, Arm | Comparison) or (isinstance(row, Outcome) and row.time is None):
        return ()
    found = words.placer.chronology.bounds(row.id)
    if found.earliest is None or found.latest is None:
        return ()
    return tuple(dict.fromkeys((found.earliest, max(found.earliest, found.latest - 1))))
