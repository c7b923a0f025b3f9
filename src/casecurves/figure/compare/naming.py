"""What the patients of a comparison are called: in few words, each another; never by the id of the case alone."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count

from casecurves.figure.compare.patients import Subject
from casecurves.model.case import Case
from casecurves.model.issues import visible
from casecurves.words import typeset


def subjects_of(cases: Iterable[tuple[Case, str]], lang: str) -> tuple[Subject, ...]:
    """Return cases with what each is called.

    Parameters
    ----------
    cases : iterable of (Case, str)
        Each case, and what it is called where it has neither a short name nor a title.
    lang : str
        Language of the names.

    Returns
    -------
    tuple of Subject
        In the same order. Of two with the same name, the second has a number behind it.
    """
    found: dict[str, Subject] = {}
    for case, otherwise in cases:
        header = case.header
        said = visible(header.said("short", lang) or header.said("title", lang)).strip()
        name = typeset(said, lang) or visible(otherwise)
        free = name if name not in found else next(f"{name} ({n})" for n in count(2) if f"{name} ({n})" not in found)
        found[free] = Subject(case, free)
    return tuple(found.values())
