"""What can be chosen for a case, and what of a view the case cannot give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from casecurves.analysis.milligrams import is_glucocorticoid
from casecurves.analysis.placing import unplaced
from casecurves.analysis.response import applicable
from casecurves.analysis.response.saying import named
from casecurves.analysis.times import describe
from casecurves.analysis.units import refused
from casecurves.errors import UsageError
from casecurves.figure.compile.rows import on_rail, series_of
from casecurves.figure.window import check_window
from casecurves.knowledge import analyte_name, drug, drug_name
from casecurves.knowledge.glucocorticoids import is_group
from casecurves.model.case import Case
from casecurves.model.issues import visible
from casecurves.model.schema import Event, Measurement, Therapy
from casecurves.words import typeset
from casecurves_dashboard.shelf import Shelf
from casecurves_dashboard.state import Unknown, ViewState

Pair = tuple[str, str]


# What stands after the id of a row in that of its reference range, or of a threshold of its series.
LIMIT = re.compile(r"\.(?:range|limit-\d{1,3})$")


@dataclass(frozen=True)
class Choices:
    """What a reader may choose, as pairs of key and label.

    Attributes
    ----------
    own_id, own_zero : str
        The row that is day zero unless another is chosen, and its label.
    therapies, events : tuple of (str, str)
        Rows that can be day zero.
    analytes : tuple of (str, str)
        Biomarkers, in file order.
    support, absences : bool
        Whether any drug is supportive care; whether anything was looked for and not found.
    steroids, unnamed : bool
        Whether a glucocorticoid was given; one whose agent is not named.
    rows : frozenset of str
        Ids of all rows.
    rules : tuple of (str, str)
        Rules that have something to assess, invented values counted.
    proven : frozenset of str
        Keys of those that have without them.
    case : Case or None
        The case that all this is of.
    """

    own_id: str = ""
    own_zero: str = ""
    therapies: tuple[Pair, ...] = ()
    events: tuple[Pair, ...] = ()
    analytes: tuple[Pair, ...] = ()
    support: bool = False
    absences: bool = False
    steroids: bool = False
    unnamed: bool = False
    rows: frozenset[str] = frozenset()
    rules: tuple[Pair, ...] = ()
    proven: frozenset[str] = frozenset()
    case: Case | None = field(default=None, repr=False, compare=False)

    @property
    def any(self) -> bool:
        """True when there is something to choose."""
        return bool(self.therapies or self.events or self.analytes)

    def narrow(self, state: ViewState) -> tuple[ViewState, tuple[Unknown, ...]]:
        """Return the part of a view that the case can give, and the rest."""
        unknown: list[Unknown] = []
        zeros = {key for key, _ in (*self.therapies, *self.events)}
        if state.zero not in zeros:
            unknown += [Unknown("zero", state.zero)] if state.zero not in ("", self.own_id) else []
            state = state.changed(zero="")
        # A reference range or a threshold is named after a row.
        if state.row and LIMIT.sub("", state.row) not in self.rows:
            unknown.append(Unknown("row", state.row))
            state = state.changed(row="")
        state, strange = self._measured(state)
        unknown += strange
        known_rules = {key for key, _ in self.rules}
        unknown += [Unknown("rules", key) for key in state.rules if key not in known_rules]
        state = state.changed(rules=tuple(key for key, _ in self.rules if key in state.rules))
        if state.show is None:
            return state, tuple(unknown)
        known = tuple(key for key, _ in self.analytes)
        unknown += [Unknown("show", key) for key in state.show if key not in known]
        shown = tuple(key for key in known if key in state.show)
        # Asked for nothing that exists: an empty figure would look like a case without biomarkers.
        nothing = shown == known or (bool(state.show) and not shown)
        return state.changed(show=None if nothing else shown), tuple(unknown)

    def _measured(self, state: ViewState) -> tuple[ViewState, list[Unknown]]:
        """Return the view without the units that the case cannot be shown in, and these."""
        if not state.units:
            return state, []
        wanted = state.wanted if self.case is not None else ()
        wrong = {pair for pair, _ in refused(self.case.measurements, wanted)} if self.case is not None else set()
        kept = tuple(f"{key}:{unit}" for key, unit in wanted if (key, unit) not in wrong)
        return state.changed(units=kept), [Unknown("units", text) for text in state.units if text not in kept]


def on_axis(shelf: Shelf, case_id: str, state: ViewState) -> tuple[ViewState, tuple[Unknown, ...]]:
    """Return a narrowed view without folds that the axis of the case has not and a window beside it, and these."""
    unknown: list[Unknown] = []
    if state.open:
        folded = shelf.spec(case_id, state.changed(open=(), axis="folded", window=None).options())
        folds = {found.n for found in folded.axis.breaks}
        unknown += [Unknown("open", str(n)) for n in state.open if n not in folds]
        state = state.changed(open=tuple(n for n in state.open if n in folds))
    if state.window is not None:
        try:
            check_window(shelf.spec(case_id, state.options()), state.window, state.lang)
        except UsageError as error:
            ends = zip(("from", "to"), state.window, strict=True)
            unknown += [Unknown(name, f"{day:.10g}", str(error)) for name, day in ends]
            state = state.changed(window=None)
    return state, tuple(unknown)


def choices(case: Case, lang: str) -> Choices:
    """Return what can be chosen for a case.

    Parameters
    ----------
    case : Case
        The case.
    lang : str
        Language of the labels.

    Returns
    -------
    Choices
        Starts of therapies and events about whose time something is known; every biomarker.
    """
    own = case.header.day_zero
    rows: tuple[Therapy | Event, ...] = (*case.therapies, *case.events)
    drugs = [drug(row.drug) for row in case.therapies]
    zeros = {row.id: _zero_label(case, row, lang) for row in rows if _datable(case, row)}
    return Choices(
        own_id=own,
        own_zero=zeros.get(own, visible(own)).partition(" · ")[0],
        therapies=tuple((row.id, zeros[row.id]) for row in case.therapies if row.id in zeros and row.id != own),
        events=tuple((row.id, zeros[row.id]) for row in case.events if row.id in zeros and row.id != own),
        analytes=tuple(dict(_analytes(case, lang)).items()),
        support=any(known is not None and known.drug_class == "supportive" for known in drugs),
        rules=tuple((rule.id, named(rule, lang)) for rule in applicable(case, illustrative=True)),
        proven=frozenset(rule.id for rule in applicable(case)),
        rows=frozenset(row.id for row in case.rows()),
        case=case,
        absences=any(event.presence == "absent" for event in case.events),
        steroids=any(is_glucocorticoid(row) for row in case.therapies),
        unnamed=any(is_group(row.drug) for row in case.therapies),
    )


def _datable(case: Case, row: Therapy | Event) -> bool:
    if row.status != "used":
        return False
    return on_rail(case, row) and row.presence == "present" if isinstance(row, Event) else not unplaced(case, row.id)


def _zero_label(case: Case, row: Therapy | Event, lang: str) -> str:
    if isinstance(row, Therapy):
        name = visible(drug_name(row.drug, lang))
        when = row.start
    else:
        name = visible(row.label_fr or row.label) if lang == "fr" else visible(row.label)
        when = row.time
    # Two courses of one drug, or two flares, are told apart by when they were.
    return typeset(name if when is None else f"{name} · {describe(case, when, lang)}", lang)


def _analytes(case: Case, lang: str) -> Iterator[Pair]:
    for row in case.measurements:
        yield series_of(row)[0], _analyte_label(row, lang)


def _analyte_label(row: Measurement, lang: str) -> str:
    return visible(analyte_name(row.analyte, row.assay, lang))
