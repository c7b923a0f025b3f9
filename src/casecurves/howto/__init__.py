"""How to read a figure: small invented cases that show every kind of mark, each with one sentence.

The cases are folders beside this file, read, compiled and drawn as any other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from casecurves.figure.compile import compile as compile_case
from casecurves.figure.options import Options
from casecurves.figure.spec import Spec
from casecurves.figure.spec.words import LegendItem
from casecurves.io import read_case
from casecurves.words import Lang, has, say

PARTS = (
    *("lanes", "doses", "prednisone", "events", "values", "overlay", "status", "order", "break", "basis"),
    "results",
)


@dataclass(frozen=True)
class Explained:
    """A kind of mark, as the legend names it, and what it says."""

    kind: str
    label: str
    sentence: str


@dataclass(frozen=True)
class Part:
    """An example, and the kinds of mark that are first met in it."""

    name: str
    spec: Spec
    marks: tuple[Explained, ...]


@cache
def parts(lang: Lang) -> tuple[Part, ...]:
    """Return the examples, in the order in which they are best read.

    Parameters
    ----------
    lang : {"en", "fr"}
        Language.

    Returns
    -------
    tuple of Part
        Every kind of mark that a figure can have is in one of them, and is explained once.
    """
    met: set[str] = set()
    made = []
    for name in PARTS:
        spec = _spec(name, lang)
        fresh = [item for item in spec.legend if item.kind not in met]
        met |= {item.kind for item in fresh}
        made.append(
            Part(name, spec, tuple(Explained(item.kind, item.label, _sentence(item.kind, lang)) for item in fresh))
        )
    return tuple(made)


def explained(lang: Lang) -> list[tuple[Spec, list[tuple[LegendItem, str]]]]:
    """Return the examples as the offline page takes them."""
    return [
        (part.spec, [(LegendItem(mark.kind, mark.label), mark.sentence) for mark in part.marks]) for part in parts(lang)
    ]


def _spec(name: str, lang: Lang) -> Spec:
    case, report = read_case(Path(__file__).parent / name)
    if case is None:
        raise ValueError(report.to_text(lang))
    # The rows say "reported" so that the marks look so; the banner says what they are.
    return replace(
        compile_case(case, _options(name, lang)),
        banner=say("howto.banner", lang),
        notes=(),
        source="",
    )


def _options(name: str, lang: Lang) -> Options:
    if name == "prednisone":
        return Options(lang=lang, dose="prednisone")
    if name == "status":
        return Options(lang=lang, rules=("adult_ns_2020",))
    return Options(lang=lang, view="overlay" if name == "overlay" else "stacked")


def _sentence(kind: str, lang: str) -> str:
    key = f"howto.mark.{kind}"
    # Events, and the statuses of the rules, have each one sentence for all of them.
    shared = "howto.mark.status.known" if kind.startswith("status.") else "howto.mark.event"
    return say(key if has(key) else shared, lang)
