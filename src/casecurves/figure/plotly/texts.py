"""Notes that need no frame and no hover of their own, as a trace of texts for each zone and side.

A browser draws a text of a trace many times faster than an annotation. What an annotation does by a shift in pixels, a
text does by the side of its place on which it stands and by spaces that do not break.
"""

from __future__ import annotations

from typing import Any

from casecurves.figure import theme as t
from casecurves.figure.plotly.board import Board, alike
from casecurves.figure.text import width

Json = dict[str, Any]

_SPACE = "\u00a0"
_MOST_SPACES = 4
# Pixels: what the layout of the figure says for all text.
_SIZE = 12
_SIDES = {"left": "middle right", "center": "middle center", "right": "middle left"}
_PLAIN = {"xref", "yref", "x", "y", "xshift", "xanchor", "showarrow", "text", "font", "borderpad"}
# Plotly centres the line of a text higher than an annotation by this many pixels.
_RISE = 1.4


def as_texts(board: Board, notes: list[Json]) -> tuple[list[Json], list[Json]]:
    """Return the traces of what can stand as text, and the notes that remain."""
    alike_ones: dict[tuple[str, str], list[tuple[Json, str]]] = {}
    remaining = []
    for note in notes:
        words = _words(board, note)
        if words:
            alike_ones.setdefault((note["xref"], note["xanchor"]), []).append((note, words))
        else:
            remaining.append(note)
    return [_trace(board, *look, found) for look, found in alike_ones.items()], remaining


def _words(board: Board, note: Json) -> str:
    """Return the words of a note with the spaces that part them from their place, ``""`` when it must stay a note."""
    if not note.keys() <= _PLAIN or note["xref"] == "paper" or note["font"]["size"] != _SIZE or "<br>" in note["text"]:
        return ""
    anchor, shift = note["xanchor"], note["xshift"]
    if anchor == "center":
        return "" if shift else str(note["text"])
    # Rather a pixel further than a pixel nearer: what stands there is a symbol.
    spaces = round((shift if anchor == "left" else -shift) / (width(_SPACE, t.SMALL) * board.scale) + 0.3)
    if not 0 <= spaces <= _MOST_SPACES:
        return ""
    space = _SPACE * spaces
    return f"{space}{note['text']}" if anchor == "left" else f"{note['text']}{space}"


def _trace(board: Board, axis: str, anchor: str, found: list[tuple[Json, str]]) -> Json:
    notes = [note for note, _ in found]
    colours = alike([note["font"]["color"] for note in notes])
    return {
        "type": "scatter",
        "mode": "text",
        "xaxis": axis,
        "x": [note["x"] for note in notes],
        "y": [round(note["y"] + _RISE / board.scale, 1) for note in notes],
        "text": [words for _, words in found],
        "textposition": _SIDES[anchor],
        **({} if colours == board.theme.ink else {"textfont": {"color": colours}}),
        "cliponaxis": False,
        "hoverinfo": "skip",
    }
