"""What a reader may choose about a figure."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, FiniteFloat, field_validator

from casecurves.knowledge.glucocorticoids import Assumed
from casecurves.knowledge.rules import all_rules
from casecurves.words import Lang

Unit = Literal["auto", "days", "weeks", "months", "years"]
ThemeName = Literal["light", "dark", "grey"]
DoseView = Literal["stated", "prednisone"]
Order = Literal["start", "class", "name"]
Support = Literal["shown", "folded"]
View = Literal["stacked", "overlay"]
Once = Literal["boxed", "placed"]
Age = Literal["exact", "band"]
Dates = Literal["shown", "hidden"]


class Options(BaseModel):
    """Choices that change what a figure says; how it looks on a page is the layout's concern.

    Attributes
    ----------
    lang : {"en", "fr"}
        Language of every word on the figure.
    unit : {"auto", "days", "weeks", "months", "years"}
        Unit of the time axis; ``auto`` takes the one that gives a readable number of ticks.
    zero : str
        Id of the row whose start is day zero; ``""`` keeps the case's own.
    analytes : tuple of str or None
        Names of the biomarkers shown; ``None`` shows all. Those left out are listed in the notes.
    order : {"start", "class", "name"}
        Order of the lanes: by first start, by class of drug, or by name. The drugs of a regimen stay side by side.
    support : {"shown", "folded"}
        Whether each drug of supportive care has a lane, or all share one of thin bars.
    dose : {"stated", "prednisone"}
        The dose of glucocorticoids: as stated, by agent; or named agents on one scale of prednisone-equivalent.
    assume : {"", "prednisone", "prednisolone", "methylprednisolone"}
        What an agent that is not named is taken to be, printed on the figure; ``""`` gives it no equivalent.
    absent : bool
        False leaves out what was looked for and not found; the notes count and name it.
    fold : bool
        True folds long stretches of the scaled axis in which nothing changes; False draws the whole course to scale.
    opened : tuple of int
        Numbers, from 1, of the stretches that stay open although they could fold.
    view : {"stacked", "overlay"}
        Biomarkers one below the other, or over one another with an axis each, as articles print them.
    once : {"boxed", "placed"}
        Where a value measured only once stands: in a box of words, or at its time among the events, for a figure that
        is shown without its boxes.
    window : (float, float) or None
        First and last day shown, counted from day zero; ``None`` shows the whole course. Rows outside are counted in
        the notes and listed. A window in which the scaled axis has nothing is no window.
    units : tuple of (str, str)
        Analytes, by key or name, and the unit that each is shown in; any other series has the unit of most of its
        values. What cannot be converted stays as it is.
    rules : tuple of str
        Keys of the rules whose status is drawn under the curve it belongs to; none unless chosen.
    index : str
        Course from whose start rules count their baseline; ``""`` is the case's own day zero where that is a course.
        The day zero shown has no part in it.
    illustrative : bool
        Whether rules assess invented values, too.
    age : {"exact", "band"}
        The age in years, or in tens of years ("in her 60s"), as some journals ask.
    dates : {"shown", "hidden"}
        Whether a time that the case gives as a calendar date is written as such. Its place on the axis stays.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    lang: Lang = "en"
    unit: Unit = "auto"
    zero: str = ""
    analytes: tuple[str, ...] | None = None
    order: Order = "start"
    support: Support = "shown"
    absent: bool = True
    fold: bool = True
    opened: tuple[int, ...] = ()
    dose: DoseView = "stated"
    assume: Assumed = ""
    view: View = "stacked"
    once: Once = "boxed"
    window: tuple[FiniteFloat, FiniteFloat] | None = None
    units: tuple[tuple[str, str], ...] = ()
    rules: tuple[str, ...] = ()
    index: str = ""
    illustrative: bool = False
    age: Age = "exact"
    dates: Dates = "shown"

    @field_validator("rules")
    @classmethod
    def _known(cls, rules: tuple[str, ...]) -> tuple[str, ...]:
        unknown = [rule for rule in rules if rule not in all_rules()]
        if unknown:
            raise ValueError(f"no such rule: {', '.join(unknown)}")
        return rules
