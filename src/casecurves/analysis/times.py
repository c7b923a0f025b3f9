"""A time in words: what a statement says, for a reader who does not know the grammar."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from casecurves.knowledge import analyte, drug, fold
from casecurves.model.case import Case
from casecurves.model.chronology import Chronology
from casecurves.model.columns import Row
from casecurves.model.issues import visible
from casecurves.model.points import Anchor, At, Clause, Date, Instant, Offset, Order, Point, Range
from casecurves.model.schema import Arm, Event, Measurement, Therapy
from casecurves.model.when import Statement
from casecurves.words import say, typeset

_BIRTH = Instant(Anchor("birth"))
_VOWELS = frozenset("aeiouyhœæ")
# Words of this field before whose h nothing is left out.
_ASPIRATED = re.compile(r"(?:halos?|hanches?|handicap\w*|haut\w*|hernie\w*|hoquet)\b")


def describe(case: Case, statement: Statement, lang: str, *, moved: bool = False, dates: bool = True) -> str:
    """Say a time in words.

    Parameters
    ----------
    case : Case
        Whose rows the anchors name.
    statement : Statement
        What the table says.
    lang : str
        Language.
    moved : bool
        The figure counts from another day zero than the table, so that plain distances must name theirs.
    dates : bool
        False says that a date is not shown instead of writing it.

    Returns
    -------
    str
        Such as ``"M5"``, ``"between M4 and M5"`` or ``"after chest CT, before skin flare"``.
    """
    if statement.ongoing:
        return say("time.ongoing", lang)
    zero = Anchor(case.header.day_zero) if moved and case.header.day_zero else None
    shown = statement.clauses if dates else [clause for clause in statement.clauses if not _is_dated(clause)]
    said = [_clause(case, _counted_from(clause, zero), lang) for clause in shown]
    if len(shown) < len(statement.clauses):
        said.append(say("time.withheld", lang))
    return ", ".join(said)


def apart(every: str, lang: str) -> str:
    """Say how far apart the administrations of a course were; ``""`` where that is not stated."""
    unit, n = every[:1], every[1:]
    if not every:
        return ""
    return say(f"bar.every.{unit}.one", lang) if n == "1" else say(f"bar.every.{unit}.many", lang, n=n)


def possible_days(chronology: Chronology, point: str) -> tuple[int | None, int | None]:
    """Return the first and last whole day on which a point can fall; ``None``: no bound, or none but the birth.

    What may have been there since birth is not made clearer by the day of birth, some ten thousand days before.
    """
    first, last = chronology.days(point)
    birth = chronology.days("birth")[0]
    return (None if first is not None and birth is not None and first <= birth else first), last


def dated(statement: Statement) -> bool:
    """Tell whether a statement names a calendar date."""
    return any(map(_is_dated, statement.clauses))


def in_days(statement: Statement) -> bool:
    """Tell whether a statement counts whole days from day zero and says nothing else."""
    return not statement.ongoing and bool(statement.clauses) and all(map(_counts_days, statement.clauses))


def since_birth(statement: Statement) -> bool:
    """Tell whether a statement says of something that it was in the life before, and nothing else."""
    return len(statement.clauses) == 1 and getattr(statement.clauses[0], "start", None) == _BIRTH


def _counts_days(clause: Clause) -> bool:
    points = [getattr(clause, name, None) for name in ("point", "start", "end")]
    given = [point for point in points if point is not None]
    plain = all(isinstance(point, Offset) and point.anchor is None and point.finest == "D" for point in given)
    return bool(given) and plain and not getattr(clause, "about", False)


def _is_dated(clause: Clause) -> bool:
    points = (
        (clause.point,) if isinstance(clause, At) else () if isinstance(clause, Order) else (clause.start, clause.end)
    )
    return any(isinstance(point, Date) for point in points)


def _counted_from(clause: Clause, zero: Anchor | None) -> Clause:
    """Return a clause whose plain distances name the day zero of the table; unchanged where that is day zero here."""
    if zero is None or isinstance(clause, Order):
        return clause
    if isinstance(clause, At):
        return replace(clause, point=_from(clause.point, zero))
    start = None if clause.start is None else _from(clause.start, zero)
    end = None if clause.end is None else _from(clause.end, zero)
    return replace(clause, start=start, end=end)


def _from(point: Point, zero: Anchor) -> Point:
    return replace(point, anchor=zero) if isinstance(point, Offset) and point.anchor is None else point


def _clause(case: Case, clause: object, lang: str) -> str:
    if isinstance(clause, Order):
        return say(f"time.{clause.relation}", lang, what=_anchor(case, clause.anchor, lang))
    if isinstance(clause, Range):
        start = _point(case, clause.start, lang) if clause.start is not None else ""
        end = _point(case, clause.end, lang) if clause.end is not None else ""
        if clause.start == _BIRTH and end:
            # Nobody says "between birth and admission" of a patient's history.
            years = _years(clause.end)
            return say("time.under", lang, n=years) if years else say("time.before", lang, what=end)
        span = _span(case, clause.start, clause.end, lang)
        if span or (start and end):
            return span or say("time.between", lang, start=start, end=end)
        return _bound(case, "from" if start else "until", clause.start or clause.end, lang)
    if isinstance(clause, At):
        years = _years(clause.point)
        text = say("time.at_age", lang, n=years) if years else _point(case, clause.point, lang)
        counted = isinstance(clause.point, Offset) and clause.point.anchor is not None
        return say("time.about_counted" if counted else "time.about", lang, what=text) if clause.about else text
    return ""


def _bound(case: Case, which: Literal["from", "until"], point: Point | None, lang: str) -> str:
    """Say what something was at the earliest or at the latest; where a course begins or ends needs an article."""
    if isinstance(point, Instant) and isinstance(row := case.row(point.anchor.id), Therapy):
        return say(f"time.{which}_{'end' if point.anchor.end else 'start'}", lang, what=visible(name_of(row, lang)))
    return say(f"time.{which}", lang, what=_point(case, point, lang))


def _years(point: object) -> int:
    """Return the age in years that a point is; 0 where it is none."""
    if not isinstance(point, Offset) or point.anchor != _BIRTH.anchor or point.negative or len(point.parts) != 1:
        return 0
    ((letter, count),) = point.parts
    return count if letter == "Y" else 0


def _point(case: Case, point: object, lang: str) -> str:
    if _years(point):
        return say("time.age", lang, n=_years(point))
    if isinstance(point, Offset):
        if point.anchor is not None:
            return _apart(case, point, lang)
        minus = "\u2212" if point.negative else ""
        if len(point.parts) == 1:
            ((letter, count),) = point.parts
            return f"{say(f'letter.{letter}', lang)}{minus}{count}"
        return minus + "".join(f"{say(f'letter.{letter}', lang)}{count}" for letter, count in point.parts)
    if isinstance(point, Instant):
        return _moment(case, point.anchor, lang)
    return str(point) if isinstance(point, Date) else ""


def _apart(case: Case, point: Offset, lang: str) -> str:
    """Say how long before or after another row something was."""
    anchor = point.anchor
    if anchor is None:
        return ""
    if point.parts == (("D", 0),):
        what = _moment(case, anchor, lang)
        return say("time.day_of_vowel" if elides(what) else "time.day_of", lang, what=what)
    length = " ".join(_length(letter, count, lang) for letter, count in point.parts)
    return say(
        f"time.length.{'before' if point.negative else 'after'}", lang, n=length, what=_moment(case, anchor, lang)
    )


def _span(case: Case, start: Point | None, end: Point | None, lang: str) -> str:
    """Say between two lengths of one unit before or after one row; ``""`` where it is anything else."""
    if not isinstance(start, Offset) or not isinstance(end, Offset) or start.anchor is None or _years(end):
        return ""
    if (start.anchor, start.negative) != (end.anchor, end.negative) or {len(start.parts), len(end.parts)} != {1}:
        return ""
    (first,), (last,) = (end.parts, start.parts) if start.negative else (start.parts, end.parts)
    if first[0] != last[0]:
        return ""
    length = say("time.length.to", lang, least=first[1], most=_length(*last, lang))
    return say(
        f"time.length.{'before' if start.negative else 'after'}", lang, n=length, what=_moment(case, start.anchor, lang)
    )


def _length(letter: str, count: int, lang: str) -> str:
    return say(f"time.length.{letter}.{'one' if count == 1 else 'many'}", lang, n=count)


def _moment(case: Case, anchor: Anchor, lang: str) -> str:
    """Return what a moment is called: a course begins, an event is."""
    name = _anchor(case, anchor, lang)
    course = not anchor.end and isinstance(case.row(anchor.id), Therapy)
    return say("axis.start_of", lang, drug=name) if course else name


def elides(name: str) -> bool:
    """Tell whether French writes ``d’`` before a name: a vowel, or an h that is mute."""
    folded = fold(name)
    return folded[:1] in _VOWELS and not _ASPIRATED.match(folded)


def absence(name: str, lang: str) -> str:
    """Say that something was looked for and not there."""
    return say("band.absent_vowel" if elides(name) else "band.absent", lang, label=name)


def name_of(row: Row | None, lang: str) -> str:
    """Return the name of a row as the figure has it; ``""`` where it has none."""
    if isinstance(row, Therapy):
        known = drug(row.drug)
        return (known.fr if lang == "fr" else known.en) if known else row.drug
    if isinstance(row, Event):
        return typeset((row.label_fr if lang == "fr" else "") or row.label, lang)
    if isinstance(row, Measurement):
        measured = analyte(row.analyte, row.assay)
        return row.analyte if measured is None else measured.short_name(lang)
    if isinstance(row, Arm):
        # Arms of one name belong to several trials.
        named = ((row.trial, row.trial_fr), (row.label, row.label_fr))
        return typeset(", ".join(filter(None, ((fr if lang == "fr" else "") or en for en, fr in named))), lang)
    return ""


def _anchor(case: Case, anchor: Anchor, lang: str) -> str:
    if anchor.id == "birth":
        return say("time.birth", lang)
    name = visible(name_of(case.row(anchor.id), lang) or anchor.id)
    if not anchor.end:
        return name
    if isinstance(case.row(anchor.id), Therapy):
        return say("time.end_of_course", lang, what=name)
    return say("time.end_of_vowel" if elides(name) else "time.end_of", lang, what=name)
