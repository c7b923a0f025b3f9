"""The folded stretches of the interactive picture, with a sign where something runs through."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from casecurves.figure.plotly.board import Board

# On an axis of so many days or fewer, the page has a tick for each.
_FEW_DAYS = 12.0


def fold_shapes(board: Board) -> list[dict[str, Any]]:
    """Return the folded stretches, and over what runs through one a gap."""
    page, theme = board.page, board.theme
    top, bottom = page.plot_top, page.axis_y
    shapes: list[dict[str, Any]] = []
    for fold in page.frame.folds:
        shapes.append(board.rect("main", *fold.days, top, bottom, fill=theme.zone))
        shapes += [board.line("main", day, day, top, bottom, theme.muted, 0.7, "dot") for day in fold.days]
    for cut in page.cuts:
        gap = cut.height / 2 + 0.15
        shape = board.rect("main", *cut.fold.days, cut.y - gap, cut.y + gap, fill=theme.zone)
        shapes.append(shape | {"layer": "above"})
    return shapes


def unfolded(board: Board, places: list[tuple[float, float]]) -> Iterator[tuple[float | None, float | None]]:
    """Yield the places of a line on the page, with a gap where it runs through a fold, and one at its end."""
    for (x0, y0), (x1, y1) in pairwise(places):
        yield x0, y0
        for fold in board.page.frame.folds:
            if fold.within(x0, x1):
                slope = (y1 - y0) / (x1 - x0)
                yield fold.x0, y0 + slope * (fold.x0 - x0)
                yield None, None
                yield fold.x1, y0 + slope * (fold.x1 - x0)
    yield places[-1]
    yield None, None


def fold_signs(board: Board) -> list[dict[str, Any]]:
    """Return two slashes on everything that runs through a fold, the axis included."""
    page = board.page
    places = [(cut.fold.middle, cut.y, cut.height) for cut in page.cuts]
    # Plotly hides words on the very edge of an axis.
    places += [(fold.middle, page.axis_y - 0.05, 1.6) for fold in page.frame.folds]
    centred = {"xanchor": "center", "yanchor": "middle"}
    return [
        board.note(mm, y, "<b>//</b>", board.theme.ink, size=round(11 + 2.4 * height), anchor_mm=mm, more=centred)
        for mm, y, height in places
    ]


def written_ticks(board: Board) -> dict[str, Any]:
    """Return the written ticks of an axis that folds, has dates, or is so short that plotly would cut days up."""
    axis = board.page.spec.axis
    zone = next(zone for zone in axis.zones if zone.name == "main")
    if not (axis.breaks or axis.calendar) and (axis.unit != "days" or zone.hi - zone.lo > _FEW_DAYS):
        return {}
    return {
        "tickmode": "array",
        "tickvals": [board.x("main", tick.x) for tick in zone.ticks],
        "ticktext": [tick.label for tick in zone.ticks],
    }
