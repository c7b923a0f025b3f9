"""The tables of a case, to read: a link in each heading sorts, and a narrow screen gets one block for each row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from casecurves.analysis.exposure import exposure
from casecurves.analysis.kidney_saying import lines as kidney_lines
from casecurves.analysis.response import Reading, readings
from casecurves.analysis.response.saying import about, evidence, named, standing, value_name
from casecurves.analysis.saying import by_course, limits, summary
from casecurves.analysis.times import describe
from casecurves.figure.tables import Cell, Heading, Shown, sorts
from casecurves.figure.tables import tables as readable
from casecurves.model.case import Case
from casecurves.model.issues import visible
from casecurves.words import say
from casecurves_dashboard import ids
from casecurves_dashboard.components.parts import aria, data, row_link, section
from casecurves_dashboard.components.words import notices
from casecurves_dashboard.state import Unknown, ViewState, path_of

# A cell with more letters than this is a remark, which is read in longer lines.
_LONG = 80


def tables(case: Case, state: ViewState, zero: str) -> list[Component]:
    """Return a table for each table that has rows.

    Parameters
    ----------
    case : Case
        The case.
    state : ViewState
        The view; days count from its day zero.
    zero : str
        What day zero is, in words; ``""`` where nothing is counted from one.

    Returns
    -------
    list of Component
        Headed tables; before them what days are counted from, and an order that no table has.
    """
    shown = readable(case, state.lang, state.zero, state.sort, state.wanted)
    known = {"", *(sort for table in shown for sort in sorts(table))}
    unknown = [] if state.sort in known else [Unknown("sort", state.sort)]
    counted = [html.P(say("table.counted", state.lang, zero=visible(zero)), className="lead")] if zero else []
    return [*notices(unknown, state.lang), *counted, *(_table(case, table, state) for table in shown)]


def given(case: Case, state: ViewState) -> list[Component]:
    """Return how much glucocorticoid was given in all and course by course; nothing where none is reported."""
    chronology = case.chronology.rezero(state.zero) if state.zero else None
    found = exposure(case, assume=state.options().assume, chronology=chronology)
    lines = [*summary(found, state.lang), *by_course(case, found, state.lang), *limits(found, state.lang)]
    if not lines:
        return []
    said = html.Ul([html.Li(line) for line in lines], className="lines")
    return [section(say("exposure.heading", state.lang), [said])]


def kidney(case: Case, state: ViewState) -> list[Component]:
    """Return the estimates of kidney function; nothing where no creatinine was measured."""
    said = kidney_lines(case, state.lang)
    if not said:
        return []
    return [section(say("kidney.heading", state.lang), [html.Ul([html.Li(line) for line in said], className="lines")])]


def statuses(case: Case, state: ViewState) -> list[Component]:
    """Return what each rule makes of the case: what it is, and the status of each value."""
    return [_status(case, reading, state) for reading in readings(case, illustrative=state.invented == "assessed")]


def _status(case: Case, reading: Reading, state: ViewState) -> Component:
    lang, rule = state.lang, reading.rule
    rows = {row.id: row for row in case.measurements}
    titles = [say("table.status.value", lang), say("column.time", lang)]
    titles += [say("table.status.status", lang), say("table.status.evidence", lang)]
    lines = []
    for one in reading.assessments:
        row = rows[one.row]
        when = "" if row.time is None else describe(case, row.time, lang, moved=bool(state.zero))
        cells = (value_name(row, lang), when, standing(rule, one, lang), evidence(case, one, lang))
        lines.append(html.Tr([_plain(title, text) for title, text in zip(titles, cells, strict=True)]))
    head = html.Thead(html.Tr([html.Th(title, scope="col") for title in titles]))
    grid = html.Table([head, html.Tbody(lines)], id=ids.grid(f"status-{rule.id}"), className="grid")
    name = say("table.heading", lang, table=say("table.status.title", lang, rule=named(rule, lang)), n=len(lines))
    scroll = html.Div(grid, className="scroll", tabIndex=0, role="region", **aria(label=name))
    said = html.Ul([html.Li(line) for line in about(case, reading, lang)], className="lines")
    return section(name, [said, scroll])


def _plain(title: str, text: str) -> html.Td:
    named_: dict[str, Any] = {"data-title": title}
    return html.Td(text, className="" if text else "empty", **named_)


def _table(case: Case, table: Shown, state: ViewState) -> Component:
    heading = say("table.heading", state.lang, table=table.title, n=len(table.rows))
    head = html.Thead(html.Tr([_heading(case, table, heading, state) for heading in table.headings]))
    rows = [_row(table, row, cells, state) for row, cells in table.rows]
    grid = html.Table([head, html.Tbody(rows)], id=ids.grid(table.name), className="grid")
    scroll = html.Div(grid, className="scroll", tabIndex=0, role="region", **aria(label=table.title))
    columns = ", ".join(table.left_out)
    left_out = [html.P(say("table.left_out", state.lang, columns=columns), className="quiet")] if columns else []
    return section(heading, [scroll, *left_out])


def _row(table: Shown, row: str, cells: Sequence[Cell], state: ViewState) -> html.Tr:
    """Return a line, whose first words lead to all that is known of the row."""
    first, *others = zip(table.headings, cells, strict=True)
    link = row_link(first[1].text or row, row, state)
    return html.Tr([_cell(*first, link), *(_cell(*pair) for pair in others)], **data(row=row))


def _heading(case: Case, table: Shown, heading: Heading, state: ViewState) -> html.Th:
    up, down = f"{table.name}.{heading.name}", f"{table.name}.-{heading.name}"
    following, said, sign, sorted_ = {
        up: (down, "down", " ↑", "ascending"),
        down: ("", "file", " ↓", "descending"),
    }.get(state.sort, (up, "up", "", "none"))
    link = dcc.Link(
        heading.title + sign,
        href=state.changed(sort=following).at(path_of(case.id)),
        title=f"{heading.meaning}. {say(f'table.sort.{said}', state.lang)}",
    )
    return html.Th(link, scope="col", className="number" if heading.numeric else "", **aria(sort=sorted_))


def _cell(heading: Heading, cell: Cell, link: Component | None = None) -> html.Td:
    words = cell.text if link is None else link
    told: dict[str, Any] = {"lang": cell.lang} if cell.lang else {}
    # The words of a time are a list, which breaks anywhere.
    told |= {"className": "long"} if len(cell.text) > _LONG and heading.name not in ("start", "end", "time") else {}
    text = html.Span(words, **told)
    beside = [html.Span(cell.beside, className="beside")] if cell.beside else []
    kinds = {"number": heading.numeric, "written": heading.name.endswith(".written"), "empty": not cell.text}
    kind = " ".join(name for name, there in kinds.items() if there)
    named: dict[str, Any] = {"data-title": heading.title}
    return html.Td([text, *beside], className=kind, **named)
