"""The figure before a class: made for the room that a window leaves it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from casecurves.figure.page import PageOptions
from casecurves.figure.room import CLASS, SCREEN_MM, Fitted, in_room
from casecurves.figure.spec import Spec
from casecurves.figure.svg import to_svg
from casecurves.figure.svg.glyphs import outlined
from casecurves.figure.thin import WHOLE
from casecurves_dashboard.screens import PHONE_MM
from casecurves_dashboard.state import ScreenTheme

Room = tuple[float, float]
Beside = Literal["news", "below", "beside", "compared"]
# What a window of 16:9 leaves, on a screen as wide as `SCREEN_MM`, until it says what it has: with news below, with a
# question below or beside, with another picture beside.
ROOMS: Mapping[Beside, Room] = {
    "news": (232.0, 96.0),
    "below": (232.0, 62.0),
    "beside": (128.0, 112.0),
    "compared": (114.0, 84.0),
}
# Rooms are told apart no finer, so that the windows of a class share their pictures.
_GRID: Room = (8.0, 4.0)
_LEAST: Room = (88.0, 40.0)
_MOST: Room = (400.0, SCREEN_MM[1])


def read_room(width: str | None, height: str | None) -> Room | None:
    """Return the room that a window says it has, in millimetres of a screen that is 135 high; ``None``: it does not."""
    if not (
        width and height and all(text.isascii() and text.isdecimal() and len(text) < 5 for text in (width, height))
    ):
        return None
    given = zip((float(width), float(height)), _GRID, _LEAST, _MOST, strict=True)
    across, down = (max(least, min(most, said // grid * grid)) for said, grid, least, most in given)
    return across, down


def beside(spec: Spec, theme: ScreenTheme) -> Beside:
    """Tell where a question stands: below a figure that is low enough, so that this has the whole width."""
    fitted = fit(spec, ROOMS["below"], theme)
    return "below" if fitted.fits and fitted.left == WHOLE else "beside"


def fit(spec: Spec, room: Room, theme: ScreenTheme) -> Fitted:
    """Return the figure as it stands in a room."""
    return in_room(spec, PageOptions(width_mm=room[0], theme=theme), room[1], CLASS, bare=True)


def drawn(spec: Spec, room: Room, theme: ScreenTheme) -> str:
    """Return the picture for a room."""
    return outlined(fit(spec, room, theme).svg(hover=False))


def narrow(spec: Spec, theme: ScreenTheme) -> str:
    """Return the picture for a telephone, which is scrolled."""
    page = PageOptions(width_mm=PHONE_MM, theme=theme)
    return outlined(to_svg(spec, page, bare=True, hover=False))
