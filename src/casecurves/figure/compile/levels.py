"""Levels of drugs in the blood: each under the lane of its drug, where the figure has one."""

from __future__ import annotations

from collections.abc import Sequence

from casecurves.analysis.placing import unplaced
from casecurves.figure.compile.rows import group, level
from casecurves.figure.compile.wording import Words
from casecurves.figure.spec import Lane, Spec
from casecurves.knowledge import drug


def homes(lanes: Sequence[Lane], words: Words) -> dict[str, Lane]:
    """Return the lane of each drug by the drug's key, for those in a folded lane that lane."""
    named = {name: lane for lane in lanes for name in (lane.drug, *(track.name for track in lane.tracks))}
    keys = {known.id: words.drug(row) for row in words.case.therapies if (known := drug(row.drug))}
    return {key: named[name] for key, name in keys.items() if name in named}


def elsewhere(words: Words, shown: Spec) -> tuple[str, ...]:
    """Say which levels stand among the measurements because their drug has no lane."""
    # Of most cases none is the level of a drug.
    levels = [row for row in words.case.measurements if level([row])]
    if not levels:
        return ()
    drawn = shown.drawn()
    under = {mark.row for panel in shown.panels if shown.is_under_lane(panel) for mark in panel.marks}
    found = [
        words.analyte(rows[0])
        for rows in group(levels).values()
        if any(row.id in drawn - under and not unplaced(words.case, row.id) for row in rows)
    ]
    return (words.say("note.level_elsewhere", what=", ".join(found)),) if found else ()
