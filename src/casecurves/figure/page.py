"""What a reader may choose about the page that a figure is printed on; read from text in one place."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from math import inf
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from casecurves.errors import UsageError
from casecurves.figure.options import ThemeName
from casecurves.figure.vision import Vision
from casecurves.knowledge.presets import Preset, all_presets
from casecurves.model.issues import visible
from casecurves.words import decimal, say

WordsPlace = Literal["below", "apart"]
PanelsHigh = Literal["usual", "low"]
# Low panels are so much lower: a value can still be read off its axis.
_LOW = 0.75
# The smallest type that journals take, in points; the styles of the theme are drawn for it.
SMALLEST_PT = 7.0
# Narrower than this, in millimetres at 7 pt, words and picture no longer share a page.
_NARROWEST = 60.0
_FROM_PRESET = ("width_mm", "dpi", "type_pt")


class PageOptions(BaseModel):
    """Choices about the page that a figure is printed on: PNG, SVG and PDF.

    Attributes
    ----------
    width_mm : float
        Width in millimetres, 60 to 400; the height follows.
    dpi : int
        Dots per inch of a PNG, 50 to 1200.
    type_pt : float
        Size of the smallest type in points, 7 to 16. Larger type lays the figure out anew.
    theme : {"light", "dark", "grey"}
        Colours.
    transparent : bool
        True leaves out the ground.
    title : bool
        False leaves out title and subtitle, which a journal prints apart.
    words : {"below", "apart"}
        ``apart`` leaves boxes, legend and notes to the caption (`casecurves.caption`); what says that a row is not
        simply reported, and the disclaimer, stay in the picture.
    panels : {"usual", "low"}
        ``low`` makes panels and charts a quarter lower than usual.
    letters : bool
        True letters the parts of the figure A, B, C from top to bottom.
    preset : str
        Key of what the page is made for (`casecurves.knowledge.presets`); ``""`` is nothing in particular. `read_page`
        takes from it what is not given.
    seen : {"usual", "grey", "protanopia", "deuteranopia", "tritanopia"}
        Draws the page as somebody sees it, to look at (`casecurves.figure.vision`).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    width_mm: Annotated[float, Field(ge=60, le=400, allow_inf_nan=False)] = 190.0
    dpi: Annotated[int, Field(ge=50, le=1200)] = 300
    type_pt: Annotated[float, Field(ge=SMALLEST_PT, le=16, allow_inf_nan=False)] = SMALLEST_PT
    theme: ThemeName = "light"
    transparent: bool = False
    title: bool = True
    words: WordsPlace = "below"
    panels: PanelsHigh = "usual"
    letters: bool = False
    preset: str = ""
    seen: Vision = "usual"

    @property
    def enlarged(self) -> float:
        """How many times larger than usual everything is drawn."""
        return self.type_pt / SMALLEST_PT

    @property
    def stretch(self) -> float:
        """How many times higher than usual panels are."""
        return _LOW if self.panels == "low" else 1.0

    @property
    def most_pt(self) -> float:
        """Size in points that no type may exceed, before everything is drawn larger."""
        preset = self.made_for
        return inf if preset is None or preset.most_type_pt is None else preset.most_type_pt / self.enlarged

    @property
    def leaves_out(self) -> bool:
        """True when words that belong to the figure are not on the page, so that it needs its caption."""
        return not self.title or self.words == "apart"

    @property
    def made_for(self) -> Preset | None:
        """What the page is made for."""
        return all_presets().get(self.preset)


def read_page(given: Mapping[str, object], lang: str = "en") -> PageOptions:
    """Read page options from what a person typed.

    Parameters
    ----------
    given : mapping of str to object
        Names of `PageOptions` and their values, as text or not; what is not given is as usual.
    lang : str
        Language of what is said about a slip.

    Returns
    -------
    PageOptions
        The options.

    Raises
    ------
    UsageError
        When a value means nothing or is out of bounds; one sentence says which, and what is possible.
    """
    preset = read_preset(str(given.get("preset") or ""), lang)
    taken = {} if preset is None else {name: getattr(preset, name) for name in _FROM_PRESET}
    try:
        page = PageOptions.model_validate({**taken, **given})
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0])
        raise UsageError(_refusal(name, given[name], lang)) from None
    needed = _NARROWEST * page.enlarged
    if page.width_mm < needed:
        raise UsageError(say("page.error.narrow", lang, type=decimal(f"{page.type_pt:g}", lang), least=f"{needed:.0f}"))
    if preset is not None and page.type_pt < preset.type_pt:
        least, type_ = (decimal(f"{points:g}", lang) for points in (preset.type_pt, page.type_pt))
        raise UsageError(say("page.error.floor", lang, type=type_, least=least, preset=preset.name(lang)))
    return page


def read_preset(given: str, lang: str) -> Preset | None:
    """Return the preset of a name, ``None`` for ``""``; raises `UsageError` with those there are for any other."""
    known = all_presets()
    if given and given not in known:
        near = get_close_matches(given, known, n=1)
        listed = ", ".join([*near, *(key for key in known if key not in near)])
        raise UsageError(say("page.error.preset", lang, given=visible(given)[:40], known=listed))
    return known.get(given)


def _refusal(name: str, value: object, lang: str) -> str:
    shown = visible(str(value))[:40]
    if name not in PageOptions.model_fields:
        return say("page.error.unknown", lang, given=visible(name)[:40])
    field, what = PageOptions.model_fields[name], say(f"page.{name}", lang)
    if field.annotation in (float, int):
        low, high = bounds(name)
        kind = "whole_number" if field.annotation is int else "number"
        ends = {"low": decimal(f"{low:g}", lang), "high": decimal(f"{high:g}", lang)}
        return say(f"page.error.{kind}", lang, what=what, given=shown, **ends)
    known = ", ".join(get_args(field.annotation)) or "true, false"
    return say("page.error.choice", lang, what=what, given=shown, known=known)


def bounds(name: str) -> tuple[float, float]:
    """Return the least and the greatest value of a number among the page options."""
    limits = {type(limit).__name__: limit for limit in PageOptions.model_fields[name].metadata}
    return limits["Ge"].ge, limits["Le"].le
