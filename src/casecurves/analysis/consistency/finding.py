"""What the proof-reader finds: by which rule, where it stands, how sure it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from casecurves.model.case import Case
from casecurves.model.schema import Row, table_of

# ``certain``: follows from what is printed, whatever is meant; ``likely``: an error, unless something is meant that is
# not said; ``check``: worth checking, and may well be right.
Certainty = Literal["certain", "likely", "check"]
CERTAINTIES: tuple[Certainty, ...] = get_args(Certainty)
# Stands between the two times of a course, as written.
TO = " → "


@dataclass(frozen=True)
class Place:
    """One side of a finding.

    Attributes
    ----------
    row : str
        Id of the row; ``"patient"`` for the case itself, ``""`` where no row could be read.
    file : str
        File of the case, or of a diagram.
    line : int or None
        Line in that file, counted from 1; ``None`` where not known.
    column : str
        Column concerned.
    said, said_fr : str
        What stands there, as written; the French text only where the two differ.
    locator, locator_fr : str
        Where in the source; the French text only where the two differ.
    source : str
        Key of the source.
    """

    row: str
    file: str
    line: int | None
    column: str
    said: str
    said_fr: str = ""
    locator: str = ""
    source: str = ""
    locator_fr: str = ""


@dataclass(frozen=True)
class Finding:
    """Two statements that do not agree, or one that cannot be right.

    Attributes
    ----------
    rule : str
        Id of the rule, such as ``"sum.above_n"``; ``"transcribed"`` for a disagreement that a reader found.
    certainty : {"certain", "likely", "check"}
        How sure it is that something is wrong.
    case : str
        Id of the case; ``""`` for a diagram.
    places : tuple of Place
        Every statement concerned, at least one; both sides where there are two.
    params : mapping
        What the sentences need: numbers, text, or a callable that says something in a language.
    known : tuple of int
        Numbers of the transcribed disagreements about the same rows.
    found_by : tuple of str
        For a transcribed disagreement: the rules that find it, too.
    """

    rule: str
    certainty: Certainty
    case: str
    places: tuple[Place, ...]
    params: Mapping[str, object] = field(default_factory=dict)
    known: tuple[int, ...] = ()
    found_by: tuple[str, ...] = ()

    @property
    def rows(self) -> frozenset[str]:
        """Ids of the rows concerned."""
        return frozenset(place.row for place in self.places if place.row)


def both(en: str, fr: str) -> Mapping[str, str]:
    """Return a text in both languages, the other one where one is missing."""
    return {"en": en or fr, "fr": fr or en}


def at(row: Row, column: str, said: object = None) -> Place:
    """Return a cell as one side of a finding; ``said`` where it is to read otherwise than the cell."""
    value = getattr(row, column, "") if said is None else said
    written = getattr(value, "written", None)
    shown = written if written is not None else f"{value:.10g}" if isinstance(value, float) else str(value or "")
    file, line = f"{table_of(row)}.csv", row.line or None
    return Place(row.id, file, line, column, shown, "", row.locator, row.source, row.locator_fr)


def at_head(case: Case, column: str, said: object) -> Place:
    """Return a key of the case's head as one side of a finding; where it stands is known of the patient alone."""
    who = case.header.patient
    where, where_fr = (who.locator, who.locator_fr) if column.startswith("patient.") else ("", "")
    # The head names no source of its own: that of its only one, else none.
    source = case.header.sources[0].key if where and len(case.header.sources) == 1 else ""
    return Place("patient", "case.toml", None, column, str(said), "", where, source, where_fr)


def found(rule: str, certainty: Certainty, case: Case, places: Iterable[Place], /, **params: object) -> Finding:
    """Return a finding about a case."""
    return Finding(rule, certainty, case.id, tuple(places), params)
