"""The tables of a case: every column as the file has it, and the days that its times resolve to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import dash_ag_grid as dag
from dash.development.base_component import Component

from casecurves.model.case import Case
from casecurves.model.chronology import Chronology
from casecurves.model.columns import Column
from casecurves.model.quantity import Quantity
from casecurves.model.schema import TABLES, Event, Outcome, Row, Table, columns
from casecurves.model.when import Statement
from casecurves.words import say
from casecurves_dashboard import ids
from casecurves_dashboard.components.parts import section
from casecurves_dashboard.state import ViewState

Cell = str | float | int | None
# Longer cells are cut at this width and shown whole when pointed at.
_WIDEST = 420
# Without it, a grid of hundreds of rows pushes the others off the page.
_MOST_SHOWN = 14
_ROW_PX, _HEAD_PX = 34, 40
_DECIMAL_COMMA = {"function": "params.value == null ? '' : String(params.value).replace('.', ',')"}


def tables(case: Case, state: ViewState, zero: str) -> list[Component]:
    """Return a grid for each table that has rows.

    Parameters
    ----------
    case : Case
        The case.
    state : ViewState
        The view; days count from its day zero.
    zero : str
        What day zero is, in words.

    Returns
    -------
    list of Component
        Headed grids.
    """
    chronology = case.chronology.rezero(state.zero) if state.zero else case.chronology
    shown = [(name, getattr(case, name)) for name in TABLES if getattr(case, name)]
    return [_table(name, rows, chronology, state.lang, zero) for name, rows in shown]


def _table(name: Table, rows: tuple[Row, ...], chronology: Chronology, lang: str, zero: str) -> Component:
    heading = say("dashboard.table.heading", lang, table=say(f"dashboard.table.{name}", lang), n=len(rows))
    grid = dag.AgGrid(
        id=ids.grid(name),
        columnDefs=[definition for column in columns(name) for definition in definitions(column, lang, zero)],
        rowData=[record(name, row, chronology) for row in rows],
        defaultColDef={"sortable": True, "resizable": True, "maxWidth": _WIDEST},
        columnSize="autoSize",
        dashGridOptions={
            "theme": {"function": _LOOK},
            "suppressFieldDotNotation": True,
            "enableCellTextSelection": True,
            "ensureDomOrder": True,
            "tooltipShowDelay": 300,
            "rowHeight": _ROW_PX,
            "headerHeight": _HEAD_PX,
            "suppressColumnVirtualisation": True,
        },
        style={"height": f"{_HEAD_PX + _ROW_PX * min(len(rows), _MOST_SHOWN) + 20}px"},
        className="grid",
    )
    return section(heading, [grid])


_LOOK = (
    "themeQuartz.withPart(agGrid.colorSchemeVariable).withParams({fontFamily: 'Casecurves Sans', fontSize: 14, "
    "headerFontWeight: 600, wrapperBorderRadius: 4, backgroundColor: 'var(--paper)', foregroundColor: 'var(--ink)', "
    "headerBackgroundColor: 'var(--ground)', borderColor: 'var(--line)', accentColor: 'var(--accent)'})"
)


def definitions(column: Column, lang: str, zero: str) -> Iterator[dict[str, Any]]:
    """Return the grid columns of a column of the data: itself and, for a time, its first and last possible day."""
    name = column.header_fr if lang == "fr" else column.name
    numeric = column.type in ("number", "count")
    yield {
        "field": column.name,
        "headerName": name,
        "headerTooltip": column.meaning(lang),
        "tooltipField": column.name,
        "pinned": "left" if column.name == "id" else None,
        "type": "rightAligned" if numeric else None,
        **({"valueFormatter": _DECIMAL_COMMA} if numeric and lang == "fr" else {}),
    }
    if column.type in ("time", "end"):
        for side in ("earliest", "latest"):
            yield {
                "field": f"{column.name}.{side}",
                "headerName": say(f"dashboard.table.{side}", lang, column=name),
                "headerTooltip": say("dashboard.table.days", lang, zero=zero),
                "type": "rightAligned",
            }


def record(name: Table, row: Row, chronology: Chronology) -> dict[str, Cell]:
    """Return a row as the grid takes it: text and numbers only."""
    cells: dict[str, Cell] = {}
    for column in columns(name):
        cells[column.name] = _cell(getattr(row, column.name))
        if column.type in ("time", "end"):
            cells |= _days(row, column, chronology)
    return cells


def _days(row: Row, column: Column, chronology: Chronology) -> dict[str, Cell]:
    earliest = latest = None
    if getattr(row, column.name) is not None or not _pointless(row, column):
        bounds = chronology.bounds(f"{row.id}.end" if column.type == "end" else row.id)
        earliest, latest = bounds.earliest, bounds.latest
    return {f"{column.name}.earliest": earliest, f"{column.name}.latest": latest}


def _pointless(row: Row, column: Column) -> bool:
    """Tell whether an empty cell means that there is no such moment, rather than that it is not known."""
    return isinstance(row, Outcome) or (isinstance(row, Event) and column.type == "end")


def _cell(value: object) -> Cell:
    if value is None:
        return None
    if isinstance(value, Statement | Quantity):
        return value.written
    if isinstance(value, int | float):
        return value
    return str(value)
