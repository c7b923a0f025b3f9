"""Several patients on one axis: from where they are counted, how they are drawn, who is in it, and who is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from casecurves.analysis.times import absence, name_of
from casecurves.figure.compare.lanes import FEW
from casecurves.figure.compare.reading import read_rows
from casecurves.figure.spec import Spec
from casecurves.model.case import Case
from casecurves.model.issues import visible
from casecurves.words import say
from casecurves_dashboard.compare_view import ComparePage
from casecurves_dashboard.comparing import Compared
from casecurves_dashboard.components import words
from casecurves_dashboard.components.axis import axis_links
from casecurves_dashboard.components.choosing import choosing, offered
from casecurves_dashboard.components.comparison import comparison
from casecurves_dashboard.components.marks import hint, marks
from casecurves_dashboard.components.parts import named_table, section
from casecurves_dashboard.state import COMPARE_PATH, ViewState, path_of

_RESPONSES = ("remission", "relapse")
_FILES = (("png", 190), ("png", 90), ("tiff", 190), ("svg", 190), ("pdf", 190))
# A page so narrow is a column of a journal.
_NARROW_MM = 120
_COLUMNS = ("patient", "from", "follow_up", "response")


def page(found: Compared, every: Sequence[Case]) -> list[Component]:
    """Return the page of a comparison.

    Parameters
    ----------
    found : Compared
        The comparison.
    every : sequence of Case
        All cases there are, in it or not.

    Returns
    -------
    list of Component
        What stands between head and foot.
    """
    state, spec = found.state, found.part
    lang = state.lang
    return [
        *words.notices(found.strange, lang),
        html.H1(spec.title),
        html.P(say("compare.page.lead" if state.align else "compare.page.lead_own", lang), className="lead"),
        *words.banner(spec),
        html.Details(
            [
                html.Summary(say("dashboard.controls.heading", lang)),
                *choosing(found, every),
            ],
            className="drawer compare-chosen",
        ),
        *_nobody(found),
        *_parts(found),
        *(_drawn(found) if found.told["patients"] else []),
        *_table(found),
        *_boxes(spec),
        *_left_out(found),
        *([words.legend(spec, state)] if spec.legend else []),
        *words.notes(spec),
        *words.discrepancies(spec, {}, state),
        *words.source(spec),
    ]


def _drawn(found: Compared) -> list[Component]:
    spec, state = found.part, found.state
    shown = [one for one in found.cohort.patients if one.case.id in found.shown]
    # Of many, the end of the figure is far below its beginning.
    drugs = [item for item in spec.legend if item.kind.startswith("drug.")] if len(shown) > FEW else []
    above = [words.legend_list(drugs, state)] if drugs else []
    return [
        *above,
        *axis_links(spec, state),
        comparison(spec, state),
        hint(spec),
        marks(spec, read_rows(shown), state),
        _files(state),
    ]


def _nobody(found: Compared) -> list[Component]:
    if found.told["patients"]:
        return []
    return [html.P(say("compare.page.nobody", found.state.lang), className="notice", role="status")]


def _parts(found: Compared) -> list[Component]:
    """Return the way through more patients than are shown at once."""
    state, lang = found.state, found.state.lang
    if found.parts < 2:
        return []
    items = [(str(n), state.changed(part=n), n == state.part) for n in range(1, found.parts + 1)]
    return [html.P(found.part.notes[0], role="status"), offered(say("compare.page.parts", lang), items)]


def _files(state: ComparePage) -> Component:
    links = []
    for fmt, width in _FILES:
        # On a narrow page the words under a picture make it higher than any page.
        key, words_ = ("file_apart", "apart") if width < _NARROW_MM else ("file", state.sheet.words)
        view = state.changed(sheet=state.sheet.model_copy(update={"width_mm": width, "words": words_}))
        text = say(f"compare.page.{key}", state.lang, kind=fmt.upper(), width=width)
        links.append(html.A(text, href=view.at(f"/export{COMPARE_PATH}.{fmt}"), download=""))
    for fmt in ("pptx", "txt"):
        href = state.at(f"/export{COMPARE_PATH}.{fmt}")
        links.append(html.A(say(f"compare.page.{fmt}", state.lang), href=href, download=""))
    return html.Ul([html.Li(link) for link in links], className="ways")


def _table(found: Compared) -> list[Component]:
    """Return each patient in words: counted from what, followed for how long, with which responses."""
    if not found.told["patients"]:
        return []
    lang = found.state.lang
    cases = {one.case.id: one.case for one in found.subjects}
    rows = [
        (
            _case_link(one["name"], one["case"], found.state, one["row"]),
            html.Div(_counted(cases[one["case"]], one, found.state)),
            _days(one["follow_up"], lang),
            html.Div(_responses(cases[one["case"]], one, lang)),
        )
        for one in found.told["patients"]
    ]
    titles = [say(f"compare.column.{name}", lang) for name in _COLUMNS]
    return [section(say("compare.page.table", lang), [named_table(titles, rows)], "wide")]


def _case_link(name: str, case_id: str, state: ComparePage, zero: str = "") -> Component:
    view = ViewState(lang=state.lang, theme=state.theme, zero=zero)
    link: Component = dcc.Link(visible(name), href=view.at(path_of(case_id)))
    return link


def _counted(case: Case, one: Mapping[str, Any], state: ComparePage) -> list[Component]:
    """Say from which row a patient is counted; of several, the others are links that pick them."""
    lang = state.lang
    said: list[Component] = []
    for row in one["choices"]:
        name = visible(name_of(case.row(row), lang) or row)
        when = _days(one["days"][row], lang)
        if row == one["row"]:
            said.append(html.Span(name))
            continue
        picks = (*(pair for pair in state.picks if pair[0] != case.id), (case.id, row))
        text = say("compare.page.pick", lang, what=name, when=when)
        said += [html.Br(), dcc.Link(text, href=state.changed(picks=picks).at(COMPARE_PATH))]
    unsure = [] if one["first_known"] else [say("compare.page.unordered", lang)]
    unsure += [] if one["scaled"] else [say("compare.unscaled", lang)]
    unsure += [say("compare.invented_case", lang)] if one["illustrative"] else []
    return [*said, *(part for text in unsure for part in (html.Br(), html.Span(text, className="moment")))]


def _responses(case: Case, one: Mapping[str, Any], lang: str) -> list[Component]:
    found = [event for event in case.events if event.kind in _RESPONSES and event.status == "used"]
    said: list[Component] = []
    for event in found:
        name = visible(name_of(event, lang))
        days = _days(one["days"][event.id], lang)
        absent = event.presence == "absent"
        text = absence(name, lang) if absent else say("compare.named", lang, name=name, what=days)
        said += [html.Br()] if said else []
        said.append(html.Span(text))
    return said or [html.Span(say("compare.page.no_response", lang), className="moment")]


def _days(found: Mapping[str, int | None], lang: str) -> str:
    lo, hi = found["earliest"], found["latest"]
    if lo is None and hi is None:
        return say("hover.days.unbounded", lang)
    # A line that ends after the hyphen of a negative day would take its sign away.
    days = {name: str(day).replace("-", "\u2212") for name, day in (("lo", lo), ("hi", hi)) if day is not None}
    if lo is None or hi is None:
        return say(f"hover.days.{'until' if lo is None else 'from'}", lang, **days)
    return say("hover.days.one" if hi == lo else "hover.days.between", lang, **days)


def _boxes(spec: Spec) -> list[Component]:
    """Return what is said in words instead of drawn; who is not compared has a list of its own."""
    apart = {one.row for one in spec.not_drawn}
    shown = [box for box in spec.boxes if not all(entry.row in apart for entry in box.entries)]
    return [
        section(box.heading, [html.Ul([html.Li(f"{entry.text} · {entry.moment}") for entry in box.entries])], "wide")
        for box in shown
    ]


def _left_out(found: Compared) -> list[Component]:
    hidden, lang = found.told["not_compared"], found.state.lang
    if not hidden:
        return []
    items = [
        html.Li(
            [_case_link(one["name"], one["case"], found.state), html.Span(f" · {one['reason']}", className="moment")]
        )
        for one in hidden
    ]
    return [section(say("compare.box", lang, n=len(items)), [html.Ul(items, className="lines")], "wide")]
