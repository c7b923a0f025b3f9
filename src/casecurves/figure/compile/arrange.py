"""In which order lanes stand, and which of them are folded into one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

from casecurves.figure.compile.wording import Words
from casecurves.figure.options import Options, Order
from casecurves.figure.spec import Lane
from casecurves.knowledge import DrugClass, fold
from casecurves.words import say


def arranged(lanes: Sequence[Lane], words: Words, options: Options) -> tuple[Lane, ...]:
    """Return lanes, given in the order of their start, as a reader wants them.

    Parameters
    ----------
    lanes : sequence of Lane
        One lane for each drug.
    words : Words
        The language.
    options : Options
        Order of the lanes, and whether supportive care is folded.

    Returns
    -------
    tuple of Lane
        The same courses. The drugs of a regimen stand side by side, at the place of the first of them, and are never
        folded; folded supportive care comes last.
    """
    folded = [lane for lane in lanes if options.support == "folded" and supportive(lane)]
    others = _group_regimens(_sorted([lane for lane in lanes if lane not in folded], options.order))
    return (*others, as_one(_sorted(folded, options.order), words.lang)) if folded else others


def supportive(lane: Lane) -> bool:
    """Tell whether a lane is one of supportive care that can share a lane with others."""
    return lane.drug_class == "supportive" and not lane.regimen


def _sorted(lanes: Sequence[Lane], order: Order) -> tuple[Lane, ...]:
    """Return lanes in an order; ties stay in that of their start."""
    if order == "class":
        classes = get_args(DrugClass)
        return tuple(sorted(lanes, key=lambda lane: classes.index(lane.drug_class)))
    # An accent or a capital only decides between names that are the same without.
    return tuple(sorted(lanes, key=lambda lane: (fold(lane.drug), lane.drug)) if order == "name" else lanes)


def _group_regimens(lanes: Sequence[Lane]) -> tuple[Lane, ...]:
    done: list[Lane] = []
    for lane in lanes:
        if lane in done:
            continue
        done.append(lane)
        done.extend(other for other in lanes if lane.regimen and other.regimen == lane.regimen and other not in done)
    return tuple(done)


def as_one(lanes: Sequence[Lane], lang: str) -> Lane:
    """Return one lane with the courses of several drugs, each on tracks of its own under its name, without labels."""
    count = say("lane.support.one", lang) if len(lanes) == 1 else say("lane.support.many", lang, n=len(lanes))
    tracks = [
        replace(track, name=lane.drug, bars=tuple(replace(bar, label="", remark="") for bar in track.bars))
        for lane in lanes
        for track in lane.tracks
    ]
    return Lane(say("lane.support.name", lang), count, "supportive", tuple(tracks), folded=True)
