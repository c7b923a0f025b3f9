"""The interactive rail: events, states, leaders and labels."""

from __future__ import annotations

from typing import Any

from casecurves.figure import symbols
from casecurves.figure import theme as t
from casecurves.figure.layout.blocks import ICON, LIFT, row_y
from casecurves.figure.layout.rail import BAND_HEIGHT, STATE, Cluster
from casecurves.figure.layout.signs import ARROW
from casecurves.figure.plotly.board import CLEAR, Board, Point, across, faded
from casecurves.figure.spec import Mark
from casecurves.figure.text import width
from casecurves.words import say


def rail_shapes(board: Board) -> list[dict[str, Any]]:
    """Return the rail, the outlines of states, leaders, and the intervals of events."""
    rail, theme = board.page.rail, board.theme
    shapes: list[dict[str, Any]] = []
    for band in rail.bands:
        y0, y1 = band.y, band.y + STATE
        shapes += [board.rect(s.zone, s.x0, s.x1, y0, y1, line=theme.muted, dash="dot") for s in band.bar.possible]
        shapes += [board.rect(s.zone, s.x0, s.x1, y0, y1, line=theme.muted) for s in band.bar.certain]
        shapes += [board.tail(band.begun - ARROW, band.y + STATE / 2, theme.muted)] if band.bar.found else []
        if band.bar.end == "ended" and band.bar.possible:
            last = band.bar.possible[-1]
            cap = board.line(last.zone, last.x1, last.x1, y0 - 0.4, y1 + 0.4, theme.muted, 2.4)
            shapes.append(cap | {"layer": "above"})
    if rail.clusters:
        for zone in board.page.spec.axis.zones:
            shapes.append(board.line(zone.name, zone.lo, zone.hi, rail.line_y, rail.line_y, theme.frame, 1.6))
    return [*shapes, *(shape for cluster in rail.clusters for shape in _cluster_shapes(board, cluster))]


def rail_points(board: Board) -> list[tuple[str, Point]]:
    """Return every event at its place on the rail, or at the start of its interval below it, with its zone.

    Of several at one place the symbols stand one over the other, as on paper; each of them tells all of them.
    """
    points: list[tuple[str, Point]] = []
    for cluster in board.page.rail.clusters:
        told = "<br><br>".join(board.hover(mark.hover) for mark in cluster.marks)
        taken: set[int] = set()
        for mark, step in zip(cluster.marks, cluster.steps, strict=True):
            zone, point = _event_point(board, cluster, mark)
            point = point if cluster.x is None else point._replace(y=point.y - step * LIFT)
            if step in taken or (step and cluster.x is None):
                point = point._replace(fill=CLEAR, edge=CLEAR)
            taken.add(step)
            points.append((zone, point._replace(hover=told)))
    bands = [band for band in board.page.rail.bands if band.bar.found]
    found = [board.found(band.begun, band.y + STATE / 2, STATE, board.theme.muted, band.bar.hover) for band in bands]
    return [*points, *found, *_ongoing(board), *_onward(board)]


def _onward(board: Board) -> list[tuple[str, Point]]:
    """Return the arrows of intervals that may reach on beyond what is drawn."""
    points = []
    for cluster in board.page.rail.clusters:
        mark = cluster.marks[0]
        if mark.certainty == "interval" and mark.place[-1].open1:
            zone, x = board.at(board.inside(cluster.x1))
            y, ink = row_y(board.page.rail.line_y, cluster.subrow), _ink(board, disputed=cluster.disputed)
            points.append((zone, Point(x, y, "triangle-right", ink, ink, board.hover(mark.hover), "", 7.0)))
    return points


def _ongoing(board: Board) -> list[tuple[str, Point]]:
    """Return the arrows of states that go on; the band itself is another trace."""
    colour = board.theme.muted
    points = []
    for band in board.page.rail.bands:
        if band.bar.end == "ongoing":
            zone, x = board.at(min(band.x1, board.page.frame.plot1))
            hover = board.hover(band.bar.hover)
            points.append((zone, Point(x, band.y + STATE / 2, "triangle-right", colour, colour, hover, "", 11.0)))
    return points


def _ink(board: Board, *, disputed: bool) -> str:
    return board.theme.tint if disputed else board.theme.ink


def _event_point(board: Board, cluster: Cluster, mark: Mark) -> tuple[str, Point]:
    line_y, hover = board.page.rail.line_y, board.hover(mark.hover)
    if cluster.x is None:
        ink = _ink(board, disputed=cluster.disputed)
        zone, x = board.at(board.inside(cluster.x0))
        y = row_y(line_y, cluster.subrow)
        # What may reach back beyond what is drawn begins with an arrow.
        symbol, size = ("triangle-left", 7.0) if mark.place[0].open0 else ("line-ns", 8.0)
        return zone, Point(x, y, symbol, ink, ink, hover, mark.row, size)
    ink = _ink(board, disputed=mark.disputed)
    zone, x = board.at(cluster.sign)
    fill = ink if mark.certainty == "exact" else board.theme.paper
    return zone, Point(x, line_y - cluster.lift * LIFT, symbols.EVENTS[mark.symbol][1], fill, ink, hover, mark.row)


def rail_annotations(board: Board) -> list[dict[str, Any]]:
    """Return the labels of states and events."""
    rail, theme = board.page.rail, board.theme
    notes: list[dict[str, Any]] = []
    if rail.clusters:
        heading = f"<b>{board.text(say('rail.events', board.page.spec.lang))}</b>"
        notes.append(board.gutter(rail.line_y, heading, theme.ink, 13))
    for band in rail.bands:
        anchor = max(band.anchor, board.page.frame.plot0)
        for number, line in enumerate(band.lines):
            y = band.y + STATE / 2 + number * BAND_HEIGHT
            # The words keep clear of the hatch of their state, which goes on beside them.
            wide = width(line, t.SMALL)
            plate = {"bgcolor": faded(theme.paper, 0.8)} if band.bar.hatched else board.plate(band.label_x, wide)
            notes.append(board.note(band.label_x, y, board.text(line), theme.ink, anchor_mm=anchor, more=plate))
        if band.unsure:
            y, wide = band.y + STATE / 2, width("?", t.SMALL_BOLD)
            notes.append(board.beside(band.x1 - 0.7 - wide, wide, y, "<b>?</b>", theme.muted, band.x1))
    return [*notes, *(note for cluster in rail.clusters for note in _block(board, cluster))]


def _cluster_shapes(board: Board, cluster: Cluster) -> list[dict[str, Any]]:
    line_y = board.page.rail.line_y
    symbol_y = line_y - cluster.lift * LIFT
    zone, x = board.at(cluster.leader)
    leader = board.line("before", 0, 0, symbol_y, cluster.block_y + cluster.block_h - 0.5, board.theme.muted, 0.7)
    shapes = [] if cluster.alone else [leader | {"xref": board.ref(zone), "x0": x, "x1": x}]
    how, ink = cluster.marks[0].certainty, _ink(board, disputed=cluster.disputed)
    if how == "interval":
        y, place = row_y(line_y, cluster.subrow), cluster.marks[0].place
        shapes += [board.line(span.zone, span.x0, span.x1, y, y, ink, 1.6) for span in place]
        if not place[-1].open1:
            zone, x = board.at(cluster.x1)
            cap = board.line("before", 0, 0, y - 0.7, y + 0.7, ink, 1.6)
            shapes.append(cap | {"xref": board.ref(zone), "x0": x, "x1": x})
    elif how == "about":
        shapes += board.capped(cluster.x0, cluster.x1, symbol_y, ink, 2.2)
    elif how == "found" and cluster.x is not None:
        shapes.append(board.tail(cluster.x, symbol_y, ink))
    elif how == "soon" and cluster.x is not None:
        shapes.append(across(board, cluster.x, cluster.sign, symbol_y, ink, 1.6))
    return shapes


def _block(board: Board, cluster: Cluster) -> list[dict[str, Any]]:
    notes = []
    for item in cluster.items:
        mm = cluster.block_x + item.dx
        y = cluster.block_y + item.dy - 0.9
        icon = symbols.sign(item.mark.symbol, hollow=item.mark.certainty != "exact") if item.icon else ""
        colour = board.theme.muted if item.mark.disputed else board.theme.ink
        # The first words of an event tell what its mark tells; the rest need not say it again.
        tells = item.icon or cluster.alone
        told = {"hovertext": board.hover(item.mark.hover), "name": item.mark.row} if tells else {}
        wide = width(item.text, t.SMALL) + (ICON if item.icon else 0.0)
        told |= board.plate(mm, wide)
        if (end := cluster.end_of(item)) is not None:
            mm, told = end, {**told, "xanchor": "right"}
        notes.append(board.note(mm, y, icon + board.text(item.text), colour, anchor_mm=cluster.leader, more=told))
    return notes
