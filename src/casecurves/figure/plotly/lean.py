"""What a picture would say many times, said once: the look that notes share, and shapes of one look as one path.

The picture is the same; there is less of it to send, to read and to draw.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
Room = tuple[float, float, float, float]
# Fill (``None``: a line), axis, layer, and of the stroke colour, width and dashes.
Look = tuple[str | None, str, str | None, str | None, float | None, str | None]


def lean(layout: Json, notes: Json) -> Json:
    """Return a layout of plotly with the same picture in fewer words.

    Parameters
    ----------
    layout : dict
        With ``shapes`` (lines and rectangles, places in numbers) and ``annotations``; each says for itself whatever
        it wants of what is shared, since what it does not say is taken from there. And ``font``, which notes have
        unless they say otherwise.
    notes : dict
        What notes at the left of the plot have in common beside that.

    Returns
    -------
    dict
        The layout, its ``template`` holding what notes and shapes have in common.
    """
    shapes = [group.shape() for group in joined(layout["shapes"])]
    at_left = sum(note["xref"] == "paper" for note in layout["annotations"])
    most = notes if 3 * at_left > len(layout["annotations"]) else _IN_PLOT
    note_defaults = _NOTE | most | {"font": layout["font"]}
    shared = {"annotationdefaults": beyond(note_defaults, {"font": layout["font"]}), "shapedefaults": _SAID}
    return layout | {
        "template": {"layout": shared},
        "shapes": [beyond(shape, _SHAPE) for shape in shapes],
        "annotations": [beyond(note, note_defaults) for note in layout["annotations"]],
    }


# Where plotly measures words before their font is there, those at the left begin where they should all the same.
_NOTE: Json = {"yref": "y", "showarrow": False, "borderpad": 0, "align": "left"}
_IN_PLOT: Json = {"xref": "x", "xanchor": "left", "xshift": 0.0}
# Where two rectangles of one look overlap, both are filled.
_SAID: Json = {"xref": "x", "yref": "y", "layer": "below", "fillrule": "nonzero", "line": {"width": 1}}
# And what plotly takes for granted.
_SHAPE: Json = {**_SAID, "type": "path", "line": {**_SAID["line"], "dash": "solid"}}


# What holds more of the same kind.
_NESTED = ("font", "line")


def beyond(given: Mapping[str, Any], shared: Mapping[str, Any]) -> Json:
    """Return what is not already said by what is shared."""
    found = {key: value for key, value in given.items() if key not in shared or value != shared[key]}
    for key in _NESTED:
        if key in found and key in shared:
            if inner := beyond(found[key], shared[key]):
                found[key] = inner
            else:
                del found[key]
    return found


@dataclass
class Group:
    """Shapes of one look, drawn as one path."""

    key: Look
    look: Json
    parts: list[str]
    rooms: list[Room]

    def shape(self) -> Json:
        """Return the path."""
        return {**self.look, "path": "".join(self.parts)}

    def meets(self, room: Room) -> bool:
        """Return whether a shape overlaps any of this group."""
        left, top, right, bottom = room
        for x0, y0, x1, y1 in self.rooms:  # noqa: SIM110 - a loop: half the time of a generator
            if x0 < right and left < x1 and y0 < bottom and top < y1:
                return True
        return False


def joined(shapes: Sequence[Json]) -> list[Group]:
    """Return lines and rectangles gathered by look, where that changes nothing about which is above which."""
    groups: list[Group] = []
    looks: set[Look] = set()
    for shape in shapes:
        if "path" in shape:
            groups.append(Group(_ALONE, shape, [shape["path"]], []))
            continue
        line = shape["line"]
        stroke = line.get("color"), line.get("width"), line.get("dash")
        key = (shape.get("fillcolor"), shape["xref"], shape.get("layer"), *stroke)
        room = _room(shape)
        home = None
        # Of a look that is new, no group can be found.
        for group in reversed(groups) if key in looks else ():
            if group.key == key:
                home = group
                break
            # A shape must stay above what it overlaps where one of the two is an area.
            if (key[0] is not None or group.key[0] is not None) and group.meets(room):
                break
        if home is None:
            home = Group(key, {name: value for name, value in shape.items() if name not in _PLACE}, [], [])
            groups.append(home)
            looks.add(key)
        home.parts.append(_path(shape))
        home.rooms.append(room)
    return groups


# What is a path already stands by itself.
_ALONE: Look = ("", "", None, None, None, None)
_PLACE = {"type", "x0", "x1", "y0", "y1"}
_ALL = 1e9


def _room(shape: Json) -> Room:
    """Return left, top, right and bottom; what spans the paper meets everything beside it."""
    x0, x1 = (-_ALL, _ALL) if shape["xref"] == "paper" else (shape["x0"], shape["x1"])
    y0, y1 = shape["y0"], shape["y1"]
    return (x0 if x0 < x1 else x1), (y0 if y0 < y1 else y1), (x1 if x0 < x1 else x0), (y1 if y0 < y1 else y0)


def _path(shape: Json) -> str:
    x0, x1, y0, y1 = f"{shape['x0']:.9g}", f"{shape['x1']:.9g}", f"{shape['y0']:.9g}", f"{shape['y1']:.9g}"
    if shape["type"] == "rect":
        return f"M{x0},{y0}H{x1}V{y1}H{x0}Z"
    if x0 == x1:
        return f"M{x0},{y0}V{y1}"
    return f"M{x0},{y0}H{x1}" if y0 == y1 else f"M{x0},{y0}L{x1},{y1}"
