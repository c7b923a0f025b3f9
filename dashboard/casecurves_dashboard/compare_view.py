"""Which patients are compared, as the address says it: ``/compare?lang=fr&cases=a,b&align=dupilumab&view=overlay``."""

from __future__ import annotations

from typing import get_args
from urllib.parse import quote

from casecurves.analysis.ranking import Sort
from casecurves.figure.compare import CompareOptions, CompareView
from casecurves.model.issues import visible
from casecurves_dashboard.state import Unknown, ViewState, decoded, from_query, pairs

LOOKS: tuple[CompareView, ...] = get_args(CompareView)
SORTS: tuple[Sort, ...] = get_args(Sort)
# No drug and no event has a name as long as this.
LONGEST_ANCHOR = 200


class ComparePage(ViewState):
    """A view of several patients.

    Attributes
    ----------
    cases : tuple of str
        Ids of the cases; none for all.
    align : str
        The moment from which each is counted; ``""`` is the day zero of each.
    picks : tuple of (str, str)
        Case and row, where a patient has several such moments.
    look : {"swimmer", "multiples", "overlay"}
        ``view`` in the address.
    by : {"duration", "response", "name"}
        Order of the patients; ``sort`` in the address.
    part : int
        Which part of many patients, from 1.
    """

    cases: tuple[str, ...] = ()
    align: str = ""
    picks: tuple[tuple[str, str], ...] = ()
    look: CompareView = "swimmer"
    by: Sort = "duration"
    part: int = 1

    def to_query(self) -> str:
        """Return the one way in which an address says this view."""
        usual = ComparePage()
        parts = [f"cases={','.join(quote(case, safe='') for case in self.cases)}"] if self.cases else []
        parts += [f"align={quote(self.align, safe='')}"] if self.align else []
        picks = ",".join(f"{quote(case, safe='')}:{quote(row, safe='')}" for case, row in self.picks)
        parts += [f"pick={picks}"] if picks else []
        parts += [f"view={self.look}"] if self.look != usual.look else []
        parts += [f"sort={self.by}"] if self.by != usual.by else []
        parts += [f"page={self.part}"] if self.part > 1 else []
        return "&".join([super().to_query(), *parts])

    def asked(self) -> CompareOptions:
        """Return what the figure must know of the view."""
        return CompareOptions(
            lang=self.lang,
            unit=self.unit,
            align=self.align,
            picks=self.picks,
            view=self.look,
            analytes=self.show or (),
            sort=self.by,
            units=self.wanted,
            illustrative=self.invented == "assessed",
            window=self.window,
            rules=self.rules,
        )


def from_compare_query(search: object, lang: str) -> tuple[ComparePage, tuple[Unknown, ...]]:
    """Read a comparison from the query part of an address.

    Parameters
    ----------
    search : object
        As for `casecurves_dashboard.state.from_query`.
    lang : str
        Language when the address names none.

    Returns
    -------
    ComparePage
        The view; what cannot be read is as usual.
    tuple of Unknown
        What could not be read.
    """
    fields: dict[str, object] = {}
    others: list[str] = []
    strange: list[Unknown] = []
    for name, raw in pairs(search):
        value = decoded(raw)
        if name == "cases":
            fields["cases"] = tuple(dict.fromkeys(decoded(key) for key in raw.split(",") if key))
        elif name == "align":
            fields["align"] = visible(value.strip()[:LONGEST_ANCHOR])
        elif name == "pick":
            pairs_ = [tuple(map(decoded, each.split(":", 1))) for each in raw.split(",") if each.count(":") == 1]
            fields["picks"] = tuple(pair for pair in pairs_ if all(pair))
        elif name == "view" and value in LOOKS:
            fields["look"] = value
        elif name == "sort" and value in SORTS:
            fields["by"] = value
        elif name == "page" and value.isascii() and value.isdecimal() and 0 < int(value) < 1_000:
            fields["part"] = int(value)
        elif name in ("view", "sort", "page"):
            strange.append(Unknown(name, value))
        else:
            others.append(f"{quote(name)}={raw}")
    state, unknown = from_query("&".join(others), lang)
    return ComparePage(**{**dict(state), **fields}), (*unknown, *strange)
