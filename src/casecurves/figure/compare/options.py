"""What a reader may choose about a comparison of patients."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, FiniteFloat, field_validator

from casecurves.analysis.ranking import Sort
from casecurves.figure.options import Options, Unit
from casecurves.words import Lang

CompareView = Literal["swimmer", "multiples", "overlay"]


class CompareOptions(BaseModel):
    """Choices that change what a comparison says.

    Attributes
    ----------
    lang : {"en", "fr"}
        Language of every word on the figure.
    unit : {"auto", "days", "weeks", "months", "years"}
        Unit of the time axis.
    align : str
        The moment that is day zero in every patient, as `casecurves.analysis.align.align` takes it; ``""`` is the day
        zero of each case.
    picks : tuple of (str, str)
        Which row counts, as pairs of case and row, where the moment occurs more than once.
    view : {"swimmer", "multiples", "overlay"}
        One lane for each patient; or the lane with the biomarkers under it; or one biomarker of all in one frame.
    analytes : tuple of str
        Keys of the biomarkers shown, of which an overlay takes the first; none: that which most patients have.
    units : tuple of (str, str)
        Analytes and the unit that each is shown in; any other has the unit of most values of all patients.
    sort : {"duration", "response", "name"}
        In which order patients stand.
    illustrative : bool
        Whether invented patients are compared, too.
    window : (float, float) or None
        First and last day shown, counted from day zero; ``None`` shows all.
    rules : tuple of str
        Keys of the rules whose statuses are drawn and count as response.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    lang: Lang = "en"
    unit: Unit = "auto"
    align: str = ""
    picks: tuple[tuple[str, str], ...] = ()
    view: CompareView = "swimmer"
    analytes: tuple[str, ...] = ()
    units: tuple[tuple[str, str], ...] = ()
    sort: Sort = "duration"
    illustrative: bool = False
    window: tuple[FiniteFloat, FiniteFloat] | None = None
    rules: tuple[str, ...] = ()

    @field_validator("rules")
    @classmethod
    def _known(cls, rules: tuple[str, ...]) -> tuple[str, ...]:
        return Options(rules=rules).rules
