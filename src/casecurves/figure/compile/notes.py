"""Everything around the picture: title, banner, legend, notes, discrepancies, what is not drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from casecurves.analysis.times import absence, name_of
from casecurves.figure.compile.charts import CHART_KINDS, chart_kinds
from casecurves.figure.compile.units import told
from casecurves.figure.compile.wording import Words
from casecurves.figure.options import Age
from casecurves.figure.spec import (
    Axis,
    Bar,
    Chip,
    Disagreement,
    Entry,
    Lane,
    LegendItem,
    Mark,
    NotDrawn,
    Panel,
    Rail,
    Spec,
)
from casecurves.figure.spec.words import PROVENANCE
from casecurves.model.case import Case, Discrepancy
from casecurves.model.issues import visible
from casecurves.model.schema import TABLES, DatedDose, Event, Measurement, Row, Therapy
from casecurves.words import typeset

# Ages below and above which a band is no ten years; ages over 89 can identify a person.
_CHILD, _ADULT, _OLD = 10, 20, 90
# The order in which the legend lists what the figure uses.
_BARS = (
    "certain",
    "soon_bar",
    "found_bar",
    "possible",
    "hatched",
    "absence",
    "across",
    "ended",
    "ongoing",
    "unknown_end",
    "regimen",
    "chip",
    "tick",
    "dose",
)
_VALUES = (
    "exact",
    "about",
    "interval",
    "open",
    "soon",
    "found",
    "ranked",
    "below",
    "above",
    "range",
    "category",
    "trend",
    "trend_span",
    "pulse",
)
_SCALES = ("line", "line_dashed", "band", "axis_band", "threshold", "axis_threshold", "step", "envelope", "unbounded")
# What a reader must know that it was not simply reported.
_TOLD = ("derived", "digitised", "illustrative")
_ROWS = (*PROVENANCE, "order", "break", "after", "follow_up", "death")


def title(case: Case, words: Words) -> str:
    """Return the title in the figure's language."""
    return words.text(case.header, "title")


def subtitle(case: Case, words: Words, axis: Axis, age: Age) -> str:
    """Return who, and what day zero is."""
    parts = [words.text(case.header, "diagnosis"), _person(case, words, age)]
    if axis.zero_label:
        parts.append(words.say("subtitle.day_zero", what=axis.zero_label))
    return " · ".join(part for part in parts if part)


def _person(case: Case, words: Words, age: Age) -> str:
    """Return sex and age, the age in tens of years where that is wanted; ``""`` where neither is known."""
    who = case.header.patient
    flags = "".join(f" ≠{n}" for n in words.flags_of("patient"))
    if who.n is not None:
        return words.say("patient.trial" if case.header.kind == "trial" else "patient.group", n=who.n) + flags
    if who.sex not in {"female", "male"}:
        return ""
    if who.age is None:
        return words.say(f"patient.{who.sex}.no_age") + flags
    if age == "exact":
        return words.say(f"patient.{who.sex}.age", age=who.age) + flags
    if not _ADULT <= who.age < _OLD:
        band = "child" if who.age < _CHILD else "teens" if who.age < _ADULT else "old"
        return words.say(f"patient.{who.sex}.{band}") + flags
    return words.say(f"patient.{who.sex}.band", decade=words.say(f"patient.decade.{who.age // 10 * 10}")) + flags


def banner(case: Case, words: Words) -> str:
    """Return the warning across an illustrative figure, ``""`` for any other."""
    return words.say("banner.illustrative") if case.illustrative else ""


def source_line(case: Case, words: Words) -> str:
    """Return the sources in one line."""
    lines = []
    for source in case.header.sources:
        title = typeset(source.said("title", words.lang), words.lang)
        head = ", ".join(part for part in (source.authors, title) if part)
        year = "" if source.year is None or str(source.year) in source.journal else str(source.year)
        tail = " ".join(part for part in (source.journal, year) if part)
        doi = f"doi:{source.doi}" if source.doi else source.url
        if head == title and not (tail or doi or case.illustrative):
            # A title alone reads like a sentence of the figure; what is invented says so.
            head = words.say("source.title", title=title)
        lines.append(". ".join(visible(part) for part in (head, tail, doi, source.licence) if part))
    return " | ".join(lines)


def discrepancies(case: Case, words: Words) -> tuple[Disagreement, ...]:
    """Return each disagreement: its short name, and what is used, what else is said, where each stands, and why."""
    found = []
    for n, d in enumerate(case.header.discrepancies, start=words.before + 1):
        used, other = (_with_place(words, d, name) for name in ("used", "other"))
        text = words.say("discrepancy.line", used=used, other=other, why=words.text(d, "why"))
        found.append(Disagreement(n, words.text(d, "label"), text.strip(), d.rows, d.doubtful))
    return tuple(found)


def _with_place(words: Words, item: Discrepancy, name: str) -> str:
    text, where = words.text(item, name), words.text(item, f"{name}_where")
    return f"{text} ({where})" if where else text


def not_drawn(
    case: Case, words: Words, drawn: frozenset[str], outside: frozenset[str] = frozenset()
) -> tuple[NotDrawn, ...]:
    """Return every row that is not on the figure, with the reason; ``outside`` are those that its window left out."""
    return tuple(_left_out(row, words, outside) for row in case.rows() if row.id not in drawn)


def _left_out(row: Row, words: Words, outside: frozenset[str]) -> NotDrawn:
    name = _called(row, words)
    if row.id in outside:
        return NotDrawn(row.id, name, words.say("not_drawn.outside"))
    if _is_absent(row):
        return NotDrawn(row.id, absence(name, words.lang), words.say("not_drawn.absent"))
    return NotDrawn(row.id, name, words.say("not_drawn.hidden"))


def _called(row: Row, words: Words) -> str:
    if isinstance(row, Therapy):
        return words.drug(row)
    if isinstance(row, DatedDose):
        return words.dosed(row)
    return words.analyte(row) if isinstance(row, Measurement) else visible(words.text(row, "label") or row.id)


def _is_absent(row: Row | None) -> bool:
    return isinstance(row, Event) and row.presence == "absent"


def notes(
    case: Case, words: Words, hidden: tuple[NotDrawn, ...], outside: frozenset[str] = frozenset(), window: str = ""
) -> tuple[str, ...]:
    """Return the counts that a reader must know: what is not simply reported, what is not drawn."""
    rows = case.rows()
    lines = [words.say("note.rows", n=len(rows)) if rows else words.say("note.no_rows")]
    stated: Counter[str] = Counter(row.basis for row in rows)
    lines += [words.say(f"note.{basis}", n=stated[basis]) for basis in _TOLD if stated[basis]]
    lines += told(words, words.case.measurements)
    disputed = sum(row.status == "disputed" for row in rows)
    if disputed:
        lines.append(words.say("note.disputed", n=disputed))
    if case.header.discrepancies:
        lines.append(words.say("note.discrepancies", n=len(case.header.discrepancies)))
    lines += _faults(case, words)
    lines += [words.say("note.outside", n=len(outside), window=window)] if window else []
    left_out = [item for item in hidden if item.row not in outside]
    absent = [item.text for item in left_out if _is_absent(case.row(item.row))]
    others = [item.text for item in left_out if not _is_absent(case.row(item.row))]
    for key, found in (("note.absent", absent), ("note.not_drawn", others)):
        lines += [words.say(key, n=len(found), what=words.say("list.semicolon").join(_counted(found)))] if found else []
    lines += [] if hidden or not rows else [words.say("note.all_drawn")]
    if words.text(case.header, "note"):
        lines.append(words.text(case.header, "note"))
    return tuple(lines)


def _counted(names: list[str]) -> Iterator[str]:
    """Yield each name once, with how often it occurs where that is more than once."""
    for name, count in Counter(names).items():
        yield name if count == 1 else f"{name}\u00a0({count})"


def _faults(case: Case, words: Words) -> list[str]:
    """Return what the reader of a figure must know of rows that could not be read, or contradict others."""
    errors = (issue for issue in case.report if issue.level == "error" and issue.line is not None)
    faulty = {(issue.file, issue.line) for issue in errors if issue.file.removesuffix(".csv") in TABLES}
    # Some errors are between rows that could be read, and are there.
    faulty -= {(f"{name}.csv", row.line) for name in TABLES for row in getattr(case, name)} if faulty else set()
    aside = [row for row in case.rows() if row.id in case.chronology.set_aside]
    lines = [words.say("note.errors", n=len(faulty))] if faulty else []
    # Kept as printed, and drawn so: whoever sees the figure alone must not take it for a slip of the figure.
    odd = (issue for issue in case.report if issue.code == "interval.excludes")
    lines += [f"{issue.message(words.lang)}." for issue in odd]
    names = words.say("list.semicolon").join(name_of(row, words.lang) or row.id for row in aside)
    return [*lines, words.say("note.set_aside", what=words.withheld(visible(names)))] if aside else lines


def legend(words: Words, spec: Spec) -> tuple[LegendItem, ...]:
    """Return an entry for every kind of mark that the figure uses, and for no other."""
    keys = {
        kind: f"event_kind.{kind[6:]}" if kind.startswith("event.") else f"legend.{kind}" for kind in kinds_used(spec)
    }
    if spec.axis.told:
        keys["event.last_follow_up"] = "reached"
        keys.pop("follow_up", "")
    if "band" in keys and any(_with_gaps(panel) for panel in spec.panels):
        keys["band"] = "band.stated"
    return tuple(LegendItem(kind, words.say(key)) for kind, key in keys.items())


def _with_gaps(panel: Panel) -> bool:
    """Tell whether the reference range of a panel is interrupted, where a value states none."""
    return any(one.span[-1].x1 < other.span[0].x0 for one, other in pairwise(panel.bands))


def kinds_used(spec: Spec) -> list[str]:
    """Return the kinds of mark that a figure uses, in the order of a legend."""
    axis = spec.axis
    used = _bar_kinds(spec) | _mark_kinds(spec.lanes, spec.rail, spec.panels) | _panel_kinds(spec.panels, spec.overlay)
    used |= _row_kinds(spec) | chart_kinds(spec.charts)
    used |= {"order"} if len(axis.zones) > 1 else set()
    used |= {"break"} if axis.breaks else set()
    used |= {"death" if axis.death else "follow_up"} if axis.last_follow_up is not None else set()
    ordered = [kind for kind in (*_BARS, *_VALUES, *_SCALES, *CHART_KINDS) if kind in used]
    ordered += sorted(kind for kind in used if kind.startswith("event."))
    return ordered + [kind for kind in _ROWS if kind in used]


def _bar_kinds(spec: Spec) -> set[str]:
    bars = [bar for lane in spec.lanes for track in lane.tracks for bar in track.bars]
    used: set[str] = {"chip"} if spec.chips else set()
    for bar in (*bars, *spec.rail.bands):
        used |= {"hatched" if bar in bars else "absence"} if bar.hatched else set()
        used |= {"across"} if bar.across else set()
        used |= {"certain"} if any(span.x1 > span.x0 for span in bar.certain) and not bar.hatched else set()
        used |= {"possible"} if bar.possible != bar.certain else set()
        used |= {"soon_bar"} if bar.soon and bar.certain else set()
        used |= {"found_bar"} if bar.found and bar.possible else set()
        if bar.certain or bar in bars:
            used |= {"unknown_end" if bar.end == "unknown" else bar.end} - {"cut"}
    regimens = [lane.regimen for lane in spec.lanes if lane.regimen]
    return used | ({"regimen"} if len(regimens) > len(set(regimens)) else set())


def _mark_kinds(lanes: tuple[Lane, ...], rail: Rail, panels: tuple[Panel, ...]) -> set[str]:
    tracks = [track for lane in lanes for track in lane.tracks]
    kinds: set[str] = {mark.shape for track in tracks for mark in (*track.doses, *track.ticks)}
    kinds |= {mark.certainty for track in tracks for mark in track.doses if mark.certainty != "exact"}
    own = [mark for track in tracks for mark in track.events]
    for mark in (*own, *rail.marks, *(mark for panel in panels for mark in panel.marks)):
        kinds |= _kinds_of(mark)
        kinds |= {"open"} if _is_open(mark) else set()
    return kinds


def _is_open(mark: Mark) -> bool:
    """Tell whether the interval of a mark is drawn with an arrow at an end, since it may lie beyond."""
    if not (mark.place and (mark.place[0].open0 or mark.place[-1].open1)):
        return False
    if mark.shape in {"category", "pulse"}:
        return mark.certainty not in {"exact", "ranked"}
    on_scale = {"about"} if mark.shape not in {"event", "trend"} else set()
    return mark.shape != "trend" and mark.certainty in {"interval"} | on_scale


def _kinds_of(mark: Mark) -> set[str]:
    """Return what the symbol of an event or value needs explained: what it is, and how well its time is known."""
    if mark.shape == "trend":
        # What followed rapidly lies in no interval.
        return {"trend"} if mark.certainty == "soon" else {"trend", "trend_span"}
    if mark.shape in {"category", "pulse"}:
        # A pill has neither hollow form nor tail: its time, where inexact, is the interval it stands on.
        return {mark.shape} | ({"interval"} if mark.certainty not in {"exact", "ranked"} else set())
    if mark.shape == "dot":
        return {mark.certainty}
    if mark.shape == "event":
        return {f"event.{mark.symbol}", mark.certainty} | ({"after"} if mark.from_here else set())
    return {mark.shape} | ({mark.certainty} if mark.certainty != "exact" else set())


def _panel_kinds(panels: tuple[Panel, ...], overlay: tuple[str, ...]) -> set[str]:
    used: set[str] = set()
    for panel in panels:
        parts = {
            # The dashes of an overlay tell its series.
            "line": [line for line in panel.lines if line.basis == "reported" or panel.key in overlay],
            "line_dashed": [line for line in panel.lines if line.basis != "reported" and panel.key not in overlay],
            "axis_band" if panel.key in overlay else "band": panel.bands,
            "axis_threshold" if panel.key in overlay else "threshold": panel.thresholds,
            "step": panel.steps,
            "envelope": [one for one in panel.envelopes if one.high is not None],
            "unbounded": [one for one in panel.envelopes if one.high is None],
        }
        used |= {kind for kind, found in parts.items() if found}
    return used


def _row_kinds(spec: Spec) -> set[str]:
    entries = [*(entry for box in spec.boxes for entry in box.entries), *spec.charts.entries()]
    valued: tuple[Mark | Entry, ...] = (*spec.marks(), *entries)
    items: tuple[Mark | Entry | Bar | Chip, ...] = (*valued, *spec.bars(), *spec.chips)
    basis = {item.basis for item in items}
    flagged = any(item.flags for item in items)
    # Only the symbol of a value on a scale is struck through; of all else the words alone say that it is disputed.
    values = [mark for panel in spec.panels for mark in panel.marks if mark.y is not None]
    struck = [mark for mark in values if mark.disputed and (mark.x is not None or mark.y2 is not None)]
    disputed = any(item.disputed for item in items if not isinstance(item, Chip) and item not in struck)
    # What is not known to the day is hollow, whatever its basis.
    grey = any(mark.basis == "illustrative" and mark.shape == "dot" and mark.certainty == "exact" for mark in values)
    converted = any(item.converted for item in valued)
    signs = {"flag": flagged, "disputed": bool(struck), "disputed_words": disputed, "converted": converted}
    signs |= {"illustrative_value": grey}
    return (basis - {"reported"}) | {kind for kind, used in signs.items() if used}
