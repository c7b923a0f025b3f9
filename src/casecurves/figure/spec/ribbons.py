"""A status ribbon: what a rule makes of the values of a panel, under it."""

from __future__ import annotations

from typing import Literal

from casecurves.figure.spec.time import Span
from casecurves.model.immutable import immutable

# The shape of a status; the legend says which status it stands for.
StatusShape = Literal["square", "diamond", "pentagon", "triangle", "hexagon"]
# Known; known as far as it can be computed; not excluded; not to be told; stated by the source.
StageKind = Literal["known", "judged", "possible", "unknown", "stated"]


@immutable(frozen=True)
class Stage:
    """What a rule makes of one value, or what the source states beside it.

    Attributes
    ----------
    row : str
        Id of the value, or of the event that states a status.
    kind : {"known", "judged", "possible", "unknown", "stated"}
        How well it is known; ``stated`` is the source's own word.
    shape : str
        Shape of the status, ``""`` where it cannot be told; of what is stated, the kind of the event.
    place : tuple of Span
        Where the value lies on the axis.
    x : float or None
        Where its symbol stands, in the zone of the first span; ``None`` where it lies somewhere in its interval.
    label : str
        The status in words.
    differs : bool
        The source states another status at the same time.
    hover : tuple of str
        Lines of plain text, not escaped.
    """

    row: str
    kind: StageKind
    shape: str
    place: tuple[Span, ...]
    x: float | None
    label: str
    differs: bool = False
    hover: tuple[str, ...] = ()


@immutable(frozen=True)
class Ribbon:
    """What a rule makes of the values of one panel.

    ``between`` are the stretches from one assessment to the next, of which nothing is known.
    """

    panel: str
    rule: str
    label: str
    stages: tuple[Stage, ...]
    between: tuple[Span, ...]
    between_label: str
    stated_label: str
