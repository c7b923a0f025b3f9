"""A figure in a room of a given size, such as the wall before a class or a slide: type that is read from afar.

As large as fits. Where not all of it fits in type of the usual size, panels become lower, then what is missed least is
left out and counted (`casecurves.figure.thin`), then type goes down to its floor, then more is left out; never less
than the floor. Where there is room, panels become higher.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from casecurves.figure.page import PageOptions
from casecurves.figure.spec import Spec
from casecurves.figure.svg import laid_out, to_svg
from casecurves.figure.thin import WHOLE, Thinning, given_back, milder, thinned, thinnings, tidied
from casecurves.knowledge.presets import all_presets

# The screen before a class as a page: as wide as ten metres away from it a figure of this scale can be read, and 16:9.
SCREEN_MM = (240.0, 135.0)
# Smallest type before a class, in points of that page: 24 pixels of a projector's 1080. On a screen two metres high its
# capitals are 32 mm, at ten metres 11 minutes of arc: twice the 5 of the smallest letter that normal sight makes out.
CLASS_FLOOR_PT = 8.5
# Panels become no lower, and no higher, than so many times as usual.
_LOWEST, _HIGHEST = 0.65, 2.2
# A height that is tried until it is known this closely.
_TRIES = 6
# This much is left out before type becomes smaller than usual: nothing that is not beside it, or was told before.
_LIGHT = Thinning(classes=True, names=8)


@dataclass(frozen=True)
class Sizes:
    """Sizes of the smallest type in points: those that are tried, largest first, and the floor.

    ``usual`` is the size at which it is tried to keep all before type becomes smaller.
    """

    tried: tuple[float, ...]
    usual: float
    floor: float


class _Way(NamedTuple):
    """A way to fit: the size of type, the least height of panels, what is left out."""

    size: float
    lowest: float
    left: Thinning


CLASS = Sizes((16.0, 15.0, 14.0, 13.0, 12.0, 11.0, 10.0, 9.5, 9.0), 10.0, CLASS_FLOOR_PT)


def slide_sizes() -> Sizes:
    """Return the sizes of type on a slide: no smaller than its preset asks for."""
    least = all_presets()["slide"].type_pt
    return Sizes((16.0, 15.0, least), least, least)


@dataclass(frozen=True)
class Fitted:
    """A figure made for a room: what is left of it, its page, how many times higher than usual its panels are.

    ``left`` is what is left out. ``bare``: no words stand round it but those that count that. ``fits``: its height is
    within the room.
    """

    spec: Spec
    left: Thinning
    page: PageOptions
    stretch: float
    bare: bool
    fits: bool = True

    def svg(self, *, hover: bool = True) -> str:
        """Return the picture."""
        return to_svg(self.spec, self.page, bare=self.bare, hover=hover, stretch=self.stretch)


def in_room(
    spec: Spec, page: PageOptions, height_mm: float, sizes: Sizes, *, bare: bool = False, whole: bool = False
) -> Fitted:
    """Return a figure as it stands in a room as wide as a page and of a given height.

    Parameters
    ----------
    spec : Spec
        The figure, with its ``news`` and what is ``wanted``.
    page : PageOptions
        The page; the size of its type is chosen here.
    height_mm : float
        Height of the room.
    sizes : Sizes
        Sizes of type that are tried.
    bare : bool
        True for a figure whose words stand beside it.
    whole : bool
        True leaves nothing out.

    Returns
    -------
    Fitted
        The figure with type of at least the floor; when even the least of it is higher than the room, that.
    """
    spec = tidied(spec)

    def made(way: _Way) -> Fitted:
        tried = page.model_copy(update={"type_pt": way.size})
        left = spec if whole else thinned(spec, way.left)
        fitted = Fitted(left, way.left, tried, way.lowest, bare)
        return replace(fitted, fits=_height(fitted) <= height_mm)

    ways = [way for way in _ways(spec, sizes) if not whole or way.left == WHOLE]
    # Each way is lower than those before it, nearly always.
    found = bisect_left(ways, True, key=lambda way: made(way).fits) if not made(ways[0]).fits else 0
    way = ways[min(found, len(ways) - 1)]
    fitted = made(way)
    if not fitted.fits:
        return fitted
    fitted = fitted if whole else _given_back(spec, fitted, height_mm)
    return _filled(_enlarged(fitted, sizes, height_mm), height_mm)


def _ways(spec: Spec, sizes: Sizes) -> Iterator[_Way]:
    """Yield sizes of type, least heights of panels, and what is left out, in the order in which they are tried."""
    for size in sizes.tried:
        if size >= sizes.usual:
            yield _Way(size, 1.0, WHOLE)
    yield _Way(sizes.usual, _LOWEST, WHOLE)
    rungs = list(thinnings(spec))
    light = [left for left in rungs if left.names >= _LIGHT.names and not left.doses]
    for size in dict.fromkeys((sizes.usual, sizes.floor)):
        if size != sizes.usual:
            yield _Way(size, _LOWEST, WHOLE)
        for left in light:
            yield _Way(size, _LOWEST, left)
    for left in rungs[len(light) :]:
        yield _Way(sizes.floor, _LOWEST, left)


def _given_back(spec: Spec, fitted: Fitted, height_mm: float) -> Fitted:
    """Return a figure with what still finds room after all: a step that left much out may have left out too much."""
    for name, value in given_back(spec):
        left = milder(fitted.left, name, value)
        tried = fitted if left == fitted.left else replace(fitted, spec=thinned(spec, left), left=left)
        if tried is not fitted and _height(tried) <= height_mm:
            fitted = tried
    return fitted


def _enlarged(fitted: Fitted, sizes: Sizes, height_mm: float) -> Fitted:
    """Return a figure in the largest type that it fits in."""
    larger = [size for size in sizes.tried if size > fitted.page.type_pt]
    pages = (fitted.page.model_copy(update={"type_pt": size}) for size in larger)
    tried = (replace(fitted, page=page) for page in pages)
    return next((one for one in tried if _height(one) <= height_mm), fitted)


def _height(fitted: Fitted) -> float:
    placed = laid_out(fitted.spec, fitted.page, bare=fitted.bare, stretch=fitted.stretch)
    return placed.height * fitted.page.enlarged


def _filled(fitted: Fitted, height_mm: float) -> Fitted:
    """Return a figure with its panels as high as the room lets them be."""
    low, high = fitted.stretch, _HIGHEST
    for _ in range(_TRIES):
        middle = (low + high) / 2
        low, high = (middle, high) if _height(replace(fitted, stretch=middle)) <= height_mm else (low, middle)
    return replace(fitted, stretch=low)
