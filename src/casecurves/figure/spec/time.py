"""Where something stands on the axis, and the axis itself."""

from __future__ import annotations

from typing import Literal

from casecurves.model.immutable import immutable

ZoneName = Literal["before", "main", "after"]


@immutable(frozen=True)
class Span:
    """A stretch of one zone; ``open0``/``open1`` say that it goes on beyond what is drawn."""

    zone: ZoneName
    x0: float
    x1: float
    open0: bool = False
    open1: bool = False


@immutable(frozen=True)
class AxisTick:
    """A labelled place on the axis; ``major`` ones carry a grid line."""

    x: float
    label: str
    major: bool = True


@immutable(frozen=True)
class Zone:
    """A part of the axis: scaled in days (``main``) or steps in the known order."""

    name: ZoneName
    lo: float
    hi: float
    ticks: tuple[AxisTick, ...]
    label: str


@immutable(frozen=True)
class Break:
    """A stretch of the scaled zone, in days, that is folded to a fixed small width because nothing changes in it.

    ``n`` counts the stretches of the case that can fold, opened ones included, from 1; ``label`` says how long it is.
    """

    n: int
    x0: float
    x1: float
    label: str


@immutable(frozen=True)
class Axis:
    """The one time axis of a figure; ``breaks`` are the stretches of ``main`` that are not to scale.

    ``calendar``: its ticks are dates, and day zero is nothing but where the count begins. ``told``: what ends is not
    the follow-up but what is told so far, which says nothing of the patient.
    """

    zones: tuple[Zone, ...]
    unit: str
    label: str
    zero_label: str
    last_follow_up: float | None = None
    death: bool = False
    breaks: tuple[Break, ...] = ()
    calendar: bool = False
    told: bool = False
