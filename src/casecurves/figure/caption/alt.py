"""What a figure shows, in a few sentences, for somebody who does not see it: the text in place of the picture."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from casecurves.figure.spec import Mark, Panel, Spec
from casecurves.words import say

# So many of a kind are named, the rest counted: whoever listens cannot skip.
_MOST = 8
_SIGNS = re.compile(r" (≠\d+|\*|\(\?\))")


def alt(spec: Spec, *, who: bool = True) -> str:
    """Return the text in place of a figure.

    Parameters
    ----------
    spec : Spec
        The figure.
    who : bool
        False does not tell what patient it is: a page without its title does not print that either.

    Returns
    -------
    str
        Who, which drugs, which events in their order, each biomarker with its values, how it ends; one line of plain
        text without the signs of the picture.
    """
    return _SIGNS.sub("", " ".join(text for text in _told(spec, who=who) if text))


def _told(spec: Spec, *, who: bool) -> Iterator[str]:
    lang = spec.lang
    yield spec.banner and f"{spec.banner}."
    yield f"{say('export.title', lang)}. {spec.subtitle}." if who else f"{say('export.title', lang)}."
    drugs = [*(lane.drug for lane in spec.lanes), *(chip.drug for chip in spec.chips)]
    yield _listed("drugs", drugs, lang)
    events = sorted(spec.rail.marks, key=_place)
    yield _in_order("alt.events", [mark.label for mark in events if mark.label], lang)
    yield _listed("states", [band.label for band in spec.rail.bands], lang)
    for panel in spec.panels:
        yield _values(panel, lang)
    yield _listed("charts", spec.charts.headings(), lang)
    yield _listed("boxes", [box.heading for box in spec.boxes], lang)
    if spec.axis.last_follow_up is not None:
        yield say("alt.told" if spec.axis.told else "alt.death" if spec.axis.death else "alt.follow_up", lang)


def _place(mark: Mark) -> tuple[int, float]:
    """Return where a mark stands from left to right; what has no place comes last."""
    if not mark.place:
        return 3, 0.0
    # What began before it was found, or at a time that has no beginning, is told where it ends.
    late = mark.certainty == "found" or mark.place[0].open0
    span = mark.place[-1] if late else mark.place[0]
    return ("before", "main", "after").index(span.zone), span.x1 if late else span.x0


def _listed(name: str, items: Sequence[str], lang: str) -> str:
    if not items:
        return ""
    named, more = ", ".join(items[:_MOST]), len(items) - _MOST
    which = say("check.and_more", lang, named=named, n=more) if more > 0 else named
    return say(f"alt.{name}", lang, n=len(items), which=which)


def _values(panel: Panel, lang: str) -> str:
    labels = [mark.label for mark in sorted(panel.marks, key=_place) if mark.label]
    name = f"{panel.label} ({panel.sublabel})" if panel.sublabel else panel.label
    return _in_order("alt.values", labels, lang, name=name)


def _in_order(key: str, labels: Sequence[str], lang: str, **words: str) -> str:
    """Tell what follows on another; the first and the last where they are many, for a course is its end, too."""
    if not labels:
        return ""
    shown = labels if len(labels) <= _MOST else [*labels[: _MOST // 2], "…", *labels[-_MOST // 2 :]]
    return say(key, lang, n=len(labels), which=", ".join(shown), **words)
