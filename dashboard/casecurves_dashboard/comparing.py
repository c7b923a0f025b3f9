"""Comparisons of the cases at hand: made once for each view, as pictures and as files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from flask import Flask, Response, abort

from casecurves.analysis.units import refused
from casecurves.errors import UsageError
from casecurves.figure.caption import caption
from casecurves.figure.compare import (
    Cohort,
    Subject,
    cohort_json,
    compile_cohort,
    gather,
    part_of,
    parts_of,
    subjects_of,
)
from casecurves.figure.export import DOTTED, render
from casecurves.figure.spec import Spec
from casecurves.figure.window import check_window
from casecurves.knowledge.rules import all_rules
from casecurves.model.issues import visible
from casecurves.words import say
from casecurves_dashboard.choices import LIMIT
from casecurves_dashboard.compare_view import ComparePage, from_compare_query
from casecurves_dashboard.library import Library
from casecurves_dashboard.requests import query, screened
from casecurves_dashboard.routes import TYPES
from casecurves_dashboard.screens import on_screen, screen_of
from casecurves_dashboard.state import COMPARE_PATH, Unknown
from casecurves_dashboard.uploads import browser

Printed = Literal["png", "tiff", "svg", "pdf", "pptx", "txt"]
PICTURE = f"{COMPARE_PATH}/figure.svg"
LONGEST_QUERY = 8000
# So many patients with curves, and so many lanes, are drawn and scrolled through at once.
MOST = {"multiples": 20, "swimmer": 40, "overlay": 10_000}


@dataclass(frozen=True)
class Compared:
    """A comparison as a screen shows it: all patients, the part at hand, who has a place on the axis and who has not.

    ``state`` is the view as far as these cases can give it, ``strange`` the rest.
    """

    state: ComparePage
    strange: tuple[Unknown, ...]
    subjects: tuple[Subject, ...]
    whole: Spec
    part: Spec
    parts: int
    told: dict[str, Any]
    cohort: Cohort

    @property
    def shown(self) -> tuple[str, ...]:
        """Ids of the patients that the part at hand shows."""
        if self.state.look != "overlay":
            return tuple(lane.patient for lane in self.part.lanes)
        return tuple(one.case.id for one in self.cohort.patients)


def register(server: Flask, library: Library) -> None:
    """Give the server the pictures of comparisons."""

    @server.get(PICTURE)
    def _comparison_picture() -> Response:
        asked, _ = screened(_short())
        found = compared(library, *from_compare_query(asked, "en"))
        return Response(on_screen(found.part, found.state.theme, screen_of(_short())), mimetype="image/svg+xml")

    @server.get(f"/export{COMPARE_PATH}.<any(png, tiff, svg, pdf, pptx, txt):fmt>")
    def _comparison_file(fmt: Printed) -> Response:
        return export(library, fmt, _short())


def everybody(library: Library, lang: str) -> dict[str, Subject]:
    """Return all cases that can be drawn, those of the browser at hand last, with what each is called."""
    found = {key: (case, key) for key, (case, _) in library.shelf(None).cases.items() if case is not None}
    for own in library.own.of(browser()):
        if own.received.case is not None:
            found[own.id] = (own.received.case, own.received.name)
    return dict(zip(found, subjects_of(found.values(), lang), strict=True))


def compared(library: Library, state: ComparePage, unknown: tuple[Unknown, ...] = ()) -> Compared:
    """Return the comparison of a view."""
    known = everybody(library, state.lang)
    state, strange = _narrowed(state, known)
    ids = tuple(key for key in known if not state.cases or key in state.cases)
    subjects = tuple(known[key] for key in ids)
    options = state.asked()
    shelf = library.shelf(None)

    def make() -> tuple[Cohort, Spec, dict[str, Any]]:
        cohort = gather(subjects, options)
        return cohort, compile_cohort(cohort, options), cohort_json(cohort, options)

    shipped = set(ids) <= set(shelf.cases)
    cohort, whole, told = shelf.kept(("compare", ids, options), make) if shipped else make()
    parts = parts_of(whole, MOST[state.look])
    state = state.changed(part=min(state.part, parts))
    part = part_of(whole, state.part, MOST[state.look])
    state, more = _told(*_shown(state, cohort, whole), cohort)
    return Compared(state, (*unknown, *strange, *more), subjects, whole, part, parts, told, cohort)


def _shown(state: ComparePage, cohort: Cohort, whole: Spec) -> tuple[ComparePage, tuple[Unknown, ...]]:
    """Return a view without a window that shows nothing, and that window; where nobody is compared, none is wrong."""
    if state.window is None or cohort.window is not None or not cohort.patients:
        return state, ()
    ends, why = zip(("from", "to"), state.window, strict=True), ""
    try:
        check_window(whole, state.window, state.lang)
    except UsageError as error:
        why = str(error)
    return state.changed(window=None), tuple(Unknown(name, f"{day:.10g}", why) for name, day in ends)


def _told(state: ComparePage, strange: tuple[Unknown, ...], cohort: Cohort) -> tuple[ComparePage, tuple[Unknown, ...]]:
    """Return a view without a mark that no patient has, and what else is strange with that mark."""
    case_id, _, row = state.row.rpartition("/")
    cases = (one.case for one in cohort.patients if one.case.id == case_id)
    if not state.row or any(case.row(LIMIT.sub("", row)) is not None for case in cases):
        return state, strange
    return state.changed(row=""), (*strange, Unknown("row", state.row))


def _narrowed(state: ComparePage, known: dict[str, Subject]) -> tuple[ComparePage, tuple[Unknown, ...]]:
    """Return the part of a view that these cases can give, and the rest."""
    strange = [Unknown("cases", key) for key in state.cases if key not in known]
    strange += [Unknown("rules", key) for key in state.rules if key not in all_rules()]
    cases = tuple(key for key in state.cases if key in known)
    values = [row for key in cases or known for row in known[key].case.measurements]
    wrong = {pair for pair, _ in refused(values, state.wanted)} if state.units else set()
    kept = tuple(f"{key}:{unit}" for key, unit in state.wanted if (key, unit) not in wrong)
    strange += [Unknown("units", text) for text in state.units if text not in kept]
    rules = tuple(key for key in state.rules if key in all_rules())
    return state.changed(cases=cases, rules=rules, units=kept), tuple(strange)


def export(library: Library, fmt: Printed, query: str) -> Response:
    """Return a comparison as a file, all patients on the page that the address says, or a sentence and 400."""
    found = compared(library, *from_compare_query(query, "en"))
    state = found.state
    try:
        for slip in found.strange:
            what = {"name": visible(slip.name)[:40], "value": visible(slip.value)[:40]}
            said = [say("dashboard.notice.unknown", state.lang, **what), slip.sentence]
            raise UsageError(" ".join(filter(None, said)))
        letters = state.sheet.letters
        data = caption(found.whole, letters=letters) if fmt == "txt" else render(found.whole, fmt, state.sheet)
    except UsageError as error:
        return Response(f"{error}\n", status=400, mimetype="text/plain")
    dots = f"-{state.sheet.dpi}dpi" if fmt in DOTTED else ""
    name = f"comparison-{state.lang}-{state.sheet.width_mm:g}mm{dots}.{fmt}"
    return Response(data, mimetype=TYPES[fmt], headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _short() -> str:
    """Return the query of the address; one that names patients without end is refused."""
    asked = query()
    if len(asked) > LONGEST_QUERY:
        abort(414)
    return asked
