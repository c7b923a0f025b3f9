"""A part of a comparison, for a screen: some of its patients, on the axis and the scales of all."""

from __future__ import annotations

from dataclasses import replace

from casecurves.figure.spec import Spec
from casecurves.words import say


def part_of(spec: Spec, number: int, most: int) -> Spec:
    """Return a comparison with only some of its patients.

    Parameters
    ----------
    spec : Spec
        A comparison with a lane for each patient.
    number : int
        Which part, from 1.
    most : int
        How many patients a part has at most.

    Returns
    -------
    Spec
        The same axis, scales, colours and numbers; the first note says which patients are shown, of how many.
    """
    if len(spec.lanes) <= most:
        return spec
    first = (number - 1) * most
    lanes = spec.lanes[first : first + most]
    stacks = spec.stacks[first : first + most]
    keys = {key for stack in stacks for key in (*stack.lanes, *stack.panels)}
    told = {"first": first + 1, "last": first + len(lanes), "n": len(spec.lanes)}
    return replace(
        spec,
        lanes=lanes,
        stacks=stacks,
        panels=tuple(panel for panel in spec.panels if panel.key in keys),
        ribbons=tuple(ribbon for ribbon in spec.ribbons if ribbon.panel in keys),
        chips=tuple(chip for chip in spec.chips if chip.row.split("/")[0] in keys),
        notes=(say("compare.note.part", spec.lang, **told), *spec.notes),
    )


def parts_of(spec: Spec, most: int) -> int:
    """Return how many parts a comparison has, one at least."""
    return max(1, -(-len(spec.lanes) // most))
