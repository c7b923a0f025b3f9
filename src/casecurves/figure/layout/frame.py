"""The horizontal geometry of a page: the zones of the axis, and days of the scaled one as millimetres."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from casecurves.figure.spec import Axis, Span
from casecurves.model.immutable import immutable

_STEP_WIDTH = 15.0
# A fold is so wide, or this share of a narrow plot; however many there are, they take no more than the last share.
_FOLD = 6.0
_FOLD_SHARE = 0.07
# From the lower end of the left slash of a sign to that of the right one.
SLASHES = 1.3


@immutable(frozen=True)
class Fold:
    """A folded stretch on the page: its days, its left and right edge."""

    n: int
    days: tuple[float, float]
    x0: float
    x1: float
    label: str

    @property
    def middle(self) -> float:
        """Where its signs stand."""
        return (self.x0 + self.x1) / 2

    def within(self, x0: float, x1: float) -> bool:
        """Tell whether something from ``x0`` to ``x1`` runs through it."""
        return x0 <= self.x0 + 1e-6 and self.x1 - 1e-6 <= x1


@immutable(frozen=True)
class Frame:
    """The horizontal geometry: the gutter of labels at left (from ``left`` on), the axis and its folds.

    ``foot``: words that would make a panel much higher may stand at the foot of the page. ``stretch``: how many times
    higher than usual panels are, and the air round bars. ``bars`` are where lines run over the whole height.
    """

    width: float
    left: float
    gutter: float
    plot0: float
    plot1: float
    zones: dict[str, tuple[float, float, float, float]]
    folds: tuple[Fold, ...] = ()
    foot: bool = False
    stretch: float = 1.0
    bars: tuple[float, ...] = ()

    def x(self, zone: str, value: float) -> float:
        """Return the place of a coordinate of a zone on the page."""
        lo, hi, x0, x1 = self.zones[zone]
        if zone == "main" and self.folds:
            pieces = self._pieces
            (lo, x0), (hi, x1) = next((piece for piece in pieces if value <= piece[1][0]), pieces[-1])
        return x0 + (x1 - x0) * (value - lo) / (hi - lo)

    @cached_property
    def _pieces(self) -> tuple[tuple[tuple[float, float], tuple[float, float]], ...]:
        """The scaled zone cut at the ends of its folds: day and place of the two ends of each piece."""
        lo, hi, x0, x1 = self.zones["main"]
        ends = [(day, x) for fold in self.folds for day, x in zip(fold.days, (fold.x0, fold.x1), strict=True)]
        return tuple(pairwise([(lo, x0), *ends, (hi, x1)]))

    def extent(self, spans: Sequence[Span]) -> tuple[float, float]:
        """Return the left and right end of contiguous spans on the page."""
        return self.x(spans[0].zone, spans[0].x0), self.x(spans[-1].zone, spans[-1].x1)

    @cached_property
    def days_per_mm(self) -> float:
        """The scale of the scaled zone, wherever it is not folded."""
        lo, hi, x0, x1 = self.zones["main"]
        folded = sum(fold.days[1] - fold.days[0] for fold in self.folds)
        return (hi - lo - folded) / (x1 - x0 - sum(fold.x1 - fold.x0 for fold in self.folds))

    def room(self, x0: float, x1: float, size: float) -> float | None:
        """Return the left edge of the first stretch from ``x0`` to ``x1`` without a fold that is wide enough."""
        edges = [x0]
        for fold in self.folds:
            if x0 < fold.x1 and fold.x0 < x1:
                edges += [max(fold.x0, x0), min(fold.x1, x1)]
        edges.append(x1)
        return next((a for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a >= size), None)

    def off_folds(self, x: float, half: float) -> float:
        """Return the place nearest to ``x`` at which a sign of that half width touches no fold."""
        for fold in self.folds:
            if fold.x0 - half < x < fold.x1 + half:
                return fold.x0 - half if x <= fold.middle and fold.x0 - half > self.plot0 + half else fold.x1 + half
        return x


def zones_of(axis: Axis, plot0: float, plot1: float) -> dict[str, tuple[float, float, float, float]]:
    """Return for each zone its coordinates and its edges on the page."""
    total = plot1 - plot0
    order = [zone for zone in axis.zones if zone.name != "main"]
    steps = {zone.name: zone.hi - zone.lo for zone in order}
    wanted = sum(steps.values()) * _STEP_WIDTH
    main = next(zone for zone in axis.zones if zone.name == "main")
    # A scaled part of a few days beside many steps needs little room.
    most = 0.75 if main.hi - main.lo < 3 else 0.45 if len(order) == 1 else 0.55
    share = min(wanted, total * most) if order else 0.0
    zones: dict[str, tuple[float, float, float, float]] = {}
    x = plot0
    for zone in axis.zones:
        size = total - share if zone.name == "main" else share * steps[zone.name] / sum(steps.values())
        zones[zone.name] = (zone.lo, zone.hi, x, x + size)
        x += size
    return zones


def folds_of(axis: Axis, zone: tuple[float, float, float, float]) -> tuple[Fold, ...]:
    """Return the folds of the scaled zone, each of one width; what lies between them is to one scale."""
    lo, hi, x0, x1 = zone
    size = min(_FOLD, (x1 - x0) * _FOLD_SHARE)
    shown = hi - lo - sum(found.x1 - found.x0 for found in axis.breaks)
    scale = (x1 - x0 - size * len(axis.breaks)) / shown
    folds: list[Fold] = []
    day, x = lo, x0
    for found in axis.breaks:
        left = x + (found.x0 - day) * scale
        folds.append(Fold(found.n, (found.x0, found.x1), left, left + size, found.label))
        day, x = found.x1, left + size
    return tuple(folds)
