"""The words beside a figure: notices, boxes, legend, notes, disagreements, what is not drawn, sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dash import dcc, html
from dash.development.base_component import Component

from casecurves.figure.html import by_reason
from casecurves.figure.spec import Box, Chip, Disagreement, Entry, LegendItem, Spec
from casecurves.model.issues import visible
from casecurves.words import say
from casecurves_dashboard.components.icons import sample
from casecurves_dashboard.components.parts import row_link, section
from casecurves_dashboard.state import HOWTO_PATH, Unknown, ViewState


def notices(unknown: Iterable[Unknown], lang: str) -> list[Component]:
    """Return what of the address was not understood, so that nobody thinks it was followed."""
    slips = list(unknown)
    given = dict.fromkeys((visible(item.name[:80]), visible(item.value[:80])) for item in slips)
    if len(given) == 1:
        said = [say("dashboard.notice.unknown", lang, name=name, value=value) for name, value in given]
        lead: list[Component] = []
    else:
        said = [f"{name} = {value}" for name, value in given]
        lead = [html.P(say("dashboard.notice.several", lang))]
    # The list keeps its own role: as a status it would be none to a screen reader.
    why = [html.P(sentence) for sentence in dict.fromkeys(item.sentence for item in slips) if sentence]
    content = [*lead, html.Ul(list(map(html.Li, said))), *why]
    return [html.Div(content, className="notice", role="status")] if said else []


def banner(spec: Spec) -> list[Component]:
    """Return the warning across an illustrative case."""
    return [html.P(spec.banner, className="banner")] if spec.banner else []


def legend(spec: Spec, state: ViewState) -> Component:
    """Return an entry for each kind of mark of the figure."""
    more = dcc.Link(say("howto.heading", spec.lang), href=state.elsewhere(HOWTO_PATH))
    return section(say("dashboard.legend", spec.lang), [legend_list(spec.legend, state), html.P(more)], "wide")


def legend_list(items: Iterable[LegendItem], state: ViewState) -> html.Ul:
    """Return some entries of a legend."""
    entries = [html.Li([sample(item.kind, state.theme), html.Span(item.label)]) for item in items]
    return html.Ul(entries, className="legend")


def boxes(spec: Spec, state: ViewState) -> list[Component]:
    """Return what is said in words because one statement makes no curve."""
    # The figure shows these; where there is no figure, nothing else does.
    parts: list[Component] = [_chips(spec.chips, state)] if spec.chips and spec.empty else []
    return [*parts, *(_box(box, state) for box in spec.boxes)]


def notes(spec: Spec) -> list[Component]:
    """Return the notes of the figure."""
    return [section(say("dashboard.notes", spec.lang), [_list(spec.notes)])] if spec.notes else []


def discrepancies(spec: Spec, names: Mapping[str, str], state: ViewState) -> list[Component]:
    """Return where two statements disagree: what is used, what else is said, where each stands, and of which rows."""
    if not spec.discrepancies:
        return []
    heading = say("dashboard.discrepancies.heading", spec.lang)
    return [section(heading, [disagreements(spec.discrepancies, names, state)], "wide")]


def disagreements(found: Sequence[Disagreement], names: Mapping[str, str], state: ViewState) -> html.Ul:
    """Return disagreements as a list; ``names`` are those of the rows that can be told in full."""
    entries = []
    for item in found:
        said: list[Component] = [html.Strong(f"≠{item.n} {item.label}. "), html.Span(item.text)]
        for row in item.rows:
            # A discrepancy may concern the patient, who is no row.
            said += [html.Span(" · ", className="moment"), row_link(names[row], row, state)] if row in names else []
        entries.append(html.Li(said))
    return html.Ul(entries, className="lines bare")


def not_drawn(spec: Spec, state: ViewState) -> list[Component]:
    """Return the rows that are not on the figure, and why: each reason once, with how many rows it is that of."""
    entries = []
    for reason, items in by_reason(spec).items():
        said: list[Component] = [html.Span(say("not_drawn.because", spec.lang, reason=reason, n=len(items)))]
        alike: dict[str, list[str]] = {}
        for item in items:
            alike.setdefault(item.text, []).append(item.row)
        for number, (text, rows) in enumerate(alike.items()):
            said += [html.Span(say("list.semicolon", spec.lang) if number else " "), row_link(text, rows[0], state)]
            # Of rows of one name, the others are numbers that lead to them.
            for count, row in enumerate(rows[1:], start=2):
                said += [html.Span("\u00a0" if count == 2 else ", "), row_link(str(count), row, state)]
        entries.append(html.Li(said))
    if not entries:
        return []
    return [section(say("dashboard.not_drawn", spec.lang), [html.Ul(entries, className="lines")])]


def source(spec: Spec) -> list[Component]:
    """Return the sources of the case."""
    lines = [line for line in spec.source.split(" | ") if line]
    return [section(say("dashboard.source", spec.lang), [_list(lines)])] if lines else []


def _list(lines: Iterable[str]) -> html.Ul:
    return html.Ul([html.Li(str(line)) for line in lines], className="lines")


def _box(box: Box, state: ViewState) -> Component:
    entries = [_entry(entry, state) for entry in box.entries]
    return section(box.heading, [html.Ul(entries, className="lines")], "box")


def _entry(entry: Entry, state: ViewState) -> html.Li:
    lang = state.lang
    remarks = [entry.moment, "" if entry.basis == "reported" else say(f"basis.{entry.basis}", lang)]
    remarks += [say("dashboard.disputed", lang)] if entry.disputed else []
    said = [html.Span(f" · {remark}", className="moment") for remark in remarks if remark]
    return html.Li([row_link(entry.text, entry.row, state), *said, *_flags(entry.flags)], title="\n".join(entry.hover))


def _chips(chips: Sequence[Chip], state: ViewState) -> Component:
    entries = [
        html.Li(
            [row_link(chip.drug, chip.row, state), *_flags(chip.flags)],
            title="\n".join(chip.hover),
        )
        for chip in chips
    ]
    return section(chips[0].label.capitalize(), [html.Ul(entries, className="lines")], "box")


def _flags(flags: Iterable[int]) -> list[Component]:
    return [html.Sup(f"≠{number}", className="flag") for number in flags]
