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
    part = spec.with_stacks(spec.stacks[first : first + most])
    told = {"first": first + 1, "last": first + len(part.lanes), "n": len(spec.lanes)}
    return replace(part, notes=(say("compare.note.part", spec.lang, **told), *spec.notes))


def parts_of(spec: Spec, most: int) -> int:
    """Return how many parts a comparison has, one at least."""
    return max(1, -(-len(spec.lanes) // most))
