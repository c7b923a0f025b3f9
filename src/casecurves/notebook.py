"""Cases as a notebook has them: the case of the model, which can also draw itself.

A case of the model knows nothing of figures, since imports go one way; so what a person is given is made here, above
both.
"""

from __future__ import annotations

from dataclasses import fields
from functools import wraps
from pathlib import Path

from casecurves import io
from casecurves.access import find
from casecurves.errors import DataError
from casecurves.figure.compile import compile as compile_case
from casecurves.figure.display import Figure
from casecurves.figure.options import Options, Order, Support, ThemeName, Unit
from casecurves.model import case as model
from casecurves.model.issues import Report
from casecurves.words import Lang


class Case(model.Case):
    """A patient, a group or a trial, which can be drawn; what it holds is described in `casecurves.model.case.Case`."""

    def figure(
        self,
        *,
        lang: Lang = "en",
        unit: Unit = "auto",
        zero: str = "",
        theme: ThemeName = "light",
        order: Order = "start",
        support: Support = "shown",
        absent: bool = True,
    ) -> Figure:
        """Draw the case.

        Parameters
        ----------
        lang : {"en", "fr"}
            Language of every word on the figure.
        unit : {"auto", "days", "weeks", "months", "years"}
            Unit of the time axis.
        zero : str
            Id of the row whose start is day zero; ``""`` keeps the case's own.
        theme : {"light", "dark", "grey"}
            Colours.
        order : {"start", "class", "name"}
            Order of the lanes.
        support : {"shown", "folded"}
            Whether each drug of supportive care has a lane, or all share one of thin bars.
        absent : bool
            False leaves out what was looked for and not found; the notes name it.

        Returns
        -------
        Figure
            Shows itself in a notebook; ``figure.save("figure.png")`` writes it.
        """
        options = Options(lang=lang, unit=unit, zero=zero, order=order, support=support, absent=absent)
        return Figure(compile_case(self, options), theme)


def load(name: Path | str, *, lang: Lang = "en") -> Case:
    """Open a case.

    Parameters
    ----------
    name : Path or str
        Id of a shipped case; the folder of a case: a path that holds a separator or a ``case.toml``; or the file of
        a workbook (``.xlsx``) or of a zipped folder.
    lang : {"en", "fr"}
        Language of messages.

    Returns
    -------
    Case
        The case without the rows that have a fault; ``case.report`` says what was found.

    Raises
    ------
    UsageError
        When there is no such case or folder.
    DataError
        When nothing of the case can be shown; the message is its report.
    """
    case, report = find(str(name), lang)
    if case is None:
        raise DataError(report.to_text(lang))
    return _drawable(case)


@wraps(io.read_case)
def read_case(path: Path | str) -> tuple[Case | None, Report]:
    """As `casecurves.io.read_case`, which describes it; the case can be drawn."""
    case, report = io.read_case(path)
    return None if case is None else _drawable(case), report


@wraps(io.read_library)
def read_library(folder: Path | str) -> dict[str, tuple[Case | None, Report]]:
    """As `casecurves.io.read_library`, which describes it; the cases can be drawn."""
    found = io.read_library(folder)
    return {case_id: (None if case is None else _drawable(case), report) for case_id, (case, report) in found.items()}


def _drawable(case: model.Case) -> Case:
    return Case(**{each.name: getattr(case, each.name) for each in fields(case)})
