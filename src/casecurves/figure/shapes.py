"""A page of this package read back as shapes: what is checked before it leaves, and what a slide is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from defusedxml.ElementTree import fromstring

from casecurves.figure.text import MM_PER_PT, Style, width

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_SVG = "{http://www.w3.org/2000/svg}"
_STEP = re.compile(r"([MLCHVhvAZ])([^MLCHVhvAZ]*)")
_NUMBER = re.compile(r"-?[\d.]+")
_MOVED = re.compile(r"translate\((-?[\d.]+) (-?[\d.]+)\) scale\(([\d.]+)\)")
_TURNED = re.compile(r"translate\((-?[\d.]+) (-?[\d.]+)\) rotate\(-90\)")
# A curve is read as so many straight lines.
_STEPS = 16
_SHARE_BEFORE = {"start": 0.0, "middle": 0.5, "end": 1.0}
# Share of the size of type that letters and figures fill above and below the line they stand on.
ABOVE, BELOW = 0.70, 0.12

Place = tuple[float, float]


@dataclass(frozen=True)
class Paint:
    """How a shape is filled and outlined: colours, ``""`` for none; the line in millimetres, its dashes likewise."""

    fill: str = ""
    stroke: str = ""
    width: float = 0.0
    dash: tuple[float, ...] = ()
    opacity: float = 1.0


@dataclass(frozen=True)
class Rect:
    """A rectangle; ``radius`` rounds its corners."""

    x: float
    y: float
    w: float
    h: float
    radius: float
    paint: Paint
    row: str = ""


@dataclass(frozen=True)
class Outline:
    """Runs of straight lines, each closed or not."""

    runs: tuple[tuple[tuple[Place, ...], bool], ...]
    paint: Paint
    row: str = ""


@dataclass(frozen=True)
class Disc:
    """A circle."""

    x: float
    y: float
    r: float
    paint: Paint
    row: str = ""


@dataclass(frozen=True)
class Writing:
    """A line of text: its left end, the line it stands on, its width; ``size`` in millimetres."""

    x: float
    y: float
    w: float
    text: str
    size: float
    weight: int
    italic: bool
    fill: str
    anchor: str = "start"
    row: str = ""

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of the letters."""
        return self.x, self.y - ABOVE * self.size, self.x + self.w, self.y + BELOW * self.size


@dataclass(frozen=True)
class Photo:
    """A picture in the page, as a ``data:`` address, and what it is called."""

    x: float
    y: float
    w: float
    h: float
    data: str
    told: str = ""
    row: str = ""


Shape = Rect | Outline | Disc | Writing | Photo


@dataclass(frozen=True)
class Drawing:
    """A page: its size in millimetres, how many times larger its units are drawn, its shapes from the ground up.

    ``told`` is what the pointer would find about each row.
    """

    width: float
    height: float
    scale: float
    shapes: tuple[Shape, ...]
    told: dict[str, str]

    def writings(self) -> Iterator[Writing]:
        """Return every line of text."""
        return (shape for shape in self.shapes if isinstance(shape, Writing))


def read_drawing(svg: str) -> Drawing:
    """Read a page.

    Parameters
    ----------
    svg : str
        What `casecurves.figure.svg.to_svg` returns.

    Returns
    -------
    Drawing
        Its shapes, in units of the page.

    Raises
    ------
    ValueError
        When it holds something that this package does not draw.
    """
    root = fromstring(svg)
    _, _, wide, high = map(float, root.attrib["viewBox"].split())
    told: dict[str, str] = {}
    shapes = tuple(_shapes(root, "", told))
    return Drawing(wide, high, float(root.attrib["width"].removesuffix("mm")) / wide, shapes, told)


def _shapes(parent: Element, row: str, told: dict[str, str]) -> Iterator[Shape]:
    for element in parent:
        tag, given = element.tag.removeprefix(_SVG), element.attrib
        if tag == "g":
            own = given.get("data-row", row)
            title = element.find(f"{_SVG}title")
            if own and title is not None and title.text:
                told.setdefault(own, title.text)
            turned = _TURNED.fullmatch(given.get("transform", ""))
            inside = _shapes(element, own, told)
            yield from (_turn(shape, *map(float, turned.groups())) for shape in inside) if turned else inside
        elif tag in _READERS:
            shape = _READERS[tag](given, element.text or "")
            yield replace(shape, row=row) if row else shape
        elif tag not in {"title", "desc", "clipPath", "metadata", "style"}:
            raise ValueError(f"an element that no page has: {tag}")


def _turn(shape: Shape, dx: float, dy: float) -> Shape:
    """Return what is drawn in a group that is turned to the left by a quarter; only lines and circles are."""
    if isinstance(shape, Disc):
        return replace(shape, x=dx + shape.y, y=dy - shape.x)
    if isinstance(shape, Outline):
        runs = tuple((tuple((dx + y, dy - x) for x, y in points), closed) for points, closed in shape.runs)
        return replace(shape, runs=runs)
    raise ValueError(f"a turned shape that no page has: {type(shape).__name__}")


def _paint(given: dict[str, str], scale: float = 1.0) -> Paint:
    fill, stroke = (given.get(name, "none").replace("none", "") for name in ("fill", "stroke"))
    dash = tuple(float(part) * scale for part in given.get("stroke-dasharray", "").split())
    wide = float(given.get("stroke-width", "0")) * scale if stroke else 0.0
    return Paint(fill, stroke, wide, dash, float(given.get("fill-opacity", "1")))


def _rect(given: dict[str, str], _: str) -> Shape:
    x, y, w, h, radius = (float(given.get(name, "0")) for name in ("x", "y", "width", "height", "rx"))
    return Rect(x, y, w, h, radius, _paint(given))


def _line(given: dict[str, str], _: str) -> Shape:
    x0, y0, x1, y1 = (float(given[name]) for name in ("x1", "y1", "x2", "y2"))
    return Outline(((((x0, y0), (x1, y1)), False),), _paint(given))


def _path(given: dict[str, str], _: str) -> Shape:
    moved = _MOVED.fullmatch(given.get("transform", ""))
    dx, dy, scale = (float(part) for part in moved.groups()) if moved else (0.0, 0.0, 1.0)
    paint = _paint(given, scale)
    if "A" in given["d"]:  # two halves of a circle, from its left end
        x0, y0, radius, *_rest = (float(number) for number in _NUMBER.findall(given["d"]))
        return Disc(dx + (x0 + radius) * scale, dy + y0 * scale, radius * scale, paint)
    runs = tuple(
        (tuple((dx + x * scale, dy + y * scale) for x, y in points), closed) for points, closed in _runs(given["d"])
    )
    return Outline(runs, paint)


def _runs(d: str) -> Iterator[tuple[list[Place], bool]]:
    """Return the runs of lines of a path, each with whether it is closed."""
    points: list[Place] = []
    for letter, given in _STEP.findall(d):
        numbers = [float(number) for number in _NUMBER.findall(given)]
        if letter == "M":
            if points:
                yield points, False
            points = []
        if letter == "Z":
            yield points, True
            points = []
        elif letter in "ML":
            points += zip(numbers[::2], numbers[1::2], strict=True)
        elif letter == "C":
            points += _curve(points[-1], *zip(numbers[::2], numbers[1::2], strict=True))
        else:
            x, y = points[-1]
            along = letter in "Hh"
            base = (x if along else y) if letter.islower() else 0.0
            points.append((base + numbers[0], y) if along else (x, base + numbers[0]))
    if points:
        yield points, False


def _curve(start: Place, near: Place, far: Place, end: Place) -> Iterator[Place]:
    for n in range(1, _STEPS + 1):
        s = n / _STEPS
        shares = ((1 - s) ** 3, 3 * s * (1 - s) ** 2, 3 * s**2 * (1 - s), s**3)
        corners = (start, near, far, end)
        yield tuple(sum(k * point[at] for k, point in zip(shares, corners, strict=True)) for at in (0, 1))  # type: ignore[misc]


def _text(given: dict[str, str], text: str) -> Shape:
    size, weight = float(given["font-size"]), int(given.get("font-weight", "400"))
    italic, anchor = given.get("font-style") == "italic", given.get("text-anchor", "start")
    wide = width(text, Style(size / MM_PER_PT, weight, italic))
    x = float(given["x"]) - wide * _SHARE_BEFORE[anchor]
    return Writing(x, float(given["y"]), wide, text, size, weight, italic, given["fill"], anchor)


def _image(given: dict[str, str], _: str) -> Shape:
    x, y, w, h = (float(given[name]) for name in ("x", "y", "width", "height"))
    return Photo(x, y, w, h, given["href"], given.get("aria-label", ""))


_READERS = {"rect": _rect, "line": _line, "path": _path, "text": _text, "image": _image}
