"""A case told only up to a moment, as those who treated the patient knew it.

`steps` puts what a case says in the order in which it comes to be known; `reveal` makes of the case and a step another
case, of which nothing that comes later is a part: the ordinary figure can be drawn of it.
"""

from __future__ import annotations

from casecurves.analysis.reveal.beats import Beat, Move, anchor, beats, moved, planned, step_at, step_of
from casecurves.analysis.reveal.cut import NEUTRAL_ID, brought, reveal
from casecurves.analysis.reveal.masks import SEEN, Blind, masked
from casecurves.analysis.reveal.restate import MOMENT
from casecurves.analysis.reveal.steps import Change, Step, following, steps, telling

__all__ = [
    "MOMENT",
    "NEUTRAL_ID",
    "SEEN",
    "Beat",
    "Blind",
    "Change",
    "Move",
    "Step",
    "anchor",
    "beats",
    "brought",
    "following",
    "masked",
    "moved",
    "planned",
    "reveal",
    "step_at",
    "step_of",
    "steps",
    "telling",
]
