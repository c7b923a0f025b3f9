"""The course of a published patient, from tidy tables to one honest figure.

In a notebook::

    import casecurves

    case = casecurves.load("dm-mda5-ruxolitinib")
    case.figure(lang="fr")

Read a case (`load`, `read_case`, `read_library`), say what its figure holds (`compile` with `Options` gives a `Spec`),
draw it (`Case.figure` for a notebook, `to_svg`, `to_plotly`, `render` for bytes, `save` for a file) on a page of
`PageOptions`, and print its words apart (`caption`). Find what in it does not agree (`proofread`). What a person can
act on is raised as a `CasecurvesError`.
"""

from __future__ import annotations

import typing

__all__ = [
    "Case",
    "CasecurvesError",
    "DataError",
    "Figure",
    "Options",
    "PageOptions",
    "Spec",
    "UsageError",
    "caption",
    "compile",
    "load",
    "proofread",
    "read_case",
    "read_library",
    "render",
    "save",
    "to_plotly",
    "to_svg",
]

if typing.TYPE_CHECKING:
    from casecurves.analysis.consistency import proofread
    from casecurves.errors import CasecurvesError, DataError, UsageError
    from casecurves.figure.caption import caption
    from casecurves.figure.compile import compile
    from casecurves.figure.display import Figure
    from casecurves.figure.export import render, save
    from casecurves.figure.options import Options
    from casecurves.figure.page import PageOptions
    from casecurves.figure.plotly import to_plotly
    from casecurves.figure.spec import Spec
    from casecurves.figure.svg import to_svg
    from casecurves.notebook import Case, load, read_case, read_library

# Loaded when first asked for, so that a command that needs none of it starts at once.
_HOMES = {
    "analysis.consistency": ("proofread",),
    "errors": ("CasecurvesError", "DataError", "UsageError"),
    "figure.caption": ("caption",),
    "figure.compile": ("compile",),
    "figure.display": ("Figure",),
    "figure.export": ("render", "save"),
    "figure.options": ("Options",),
    "figure.page": ("PageOptions",),
    "figure.plotly": ("to_plotly",),
    "figure.spec": ("Spec",),
    "figure.svg": ("to_svg",),
    "notebook": ("Case", "load", "read_case", "read_library"),
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    for home, names in _HOMES.items():
        if name in names:
            value = getattr(import_module(f"casecurves.{home}"), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module 'casecurves' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
