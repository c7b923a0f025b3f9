"""Biomarkers over one another, as articles print them: each on an axis of its own, and what that cannot hold said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from casecurves.figure.compile.wording import Words
from casecurves.figure.spec import Mark, Panel

# More axes than this leave no room for the picture on one column of a journal.
MOST_AXES = 5


@dataclass(frozen=True)
class Overlay:
    """The panels of a figure with an overlay: which share one frame, and what the notes must say about it."""

    panels: tuple[Panel, ...]
    keys: tuple[str, ...]
    notes: tuple[str, ...]


def overlay(panels: Sequence[Panel], words: Words) -> Overlay:
    """Return the panels with the first five that have numbers made one; directions and words keep strips below."""
    numeric = [
        panel for panel in panels if not (panel.dose or panel.lane) and any(_on_scale(mark) for mark in panel.marks)
    ]
    if len(numeric) < 2:
        return Overlay(tuple(panels), (), (words.say("note.overlay.none"),))
    shared, more = numeric[:MOST_AXES], numeric[MOST_AXES:]
    strips = tuple(strip for panel in shared if (strip := _strip(panel)) is not None)
    others = tuple(panel for panel in panels if panel not in shared and not panel.dose)
    doses = tuple(panel for panel in panels if panel.dose)
    curves = tuple(_curve(panel) for panel in shared)
    notes = [words.say("note.overlay.what"), *_limits(shared, words)]
    notes += [words.say("note.overlay.words", what=_names(strips))] if strips else []
    notes += [words.say("note.overlay.more", what=_names(more), most=MOST_AXES)] if more else []
    ordered = (*doses, *curves, *strips, *others)
    return Overlay(ordered, tuple(panel.key for panel in curves), tuple(notes))


def _on_scale(mark: Mark) -> bool:
    return mark.y is not None and bool(mark.place)


def _names(panels: Sequence[Panel]) -> str:
    return ", ".join(dict.fromkeys(panel.label for panel in panels))


def _strip(panel: Panel) -> Panel | None:
    """Return what a series says without a number as a panel of words."""
    marks = tuple(mark for mark in panel.marks if not _on_scale(mark))
    if not marks:
        return None
    return Panel(f"{panel.key}|words", panel.label, "", "words", 0.0, 1.0, (), marks)


def _curve(panel: Panel) -> Panel:
    """Return a series with its numbers; a range that changes along it cannot stand on an axis."""
    marks = tuple(mark for mark in panel.marks if _on_scale(mark))
    lasting = len({(band.low, band.high) for band in panel.bands}) == 1
    return replace(panel, marks=marks, bands=panel.bands[:1] if lasting else ())


def _limits(panels: Sequence[Panel], words: Words) -> list[str]:
    """Say in words the ranges and thresholds, which an axis can only mark."""
    said = []
    for panel in panels:
        labels = dict.fromkeys([*(band.label for band in panel.bands), *(limit.label for limit in panel.thresholds)])
        labels |= dict.fromkeys(panel.remarks)
        if labels:
            said.append(words.say("note.overlay.limit", name=panel.label, what=", ".join(labels)))
    return [words.say("note.overlay.limits", what=" · ".join(said))] if said else []
