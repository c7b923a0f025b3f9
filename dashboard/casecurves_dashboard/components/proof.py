"""What the proof-reader finds: each finding with both its sides, how sure it is, and by which rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dash import html
from dash.development.base_component import Component

from casecurves.analysis.consistency import CERTAINTIES, Finding, Place, Proof
from casecurves.analysis.consistency.saying import SIGNS, family, filed, known, looks_for, sentence, side, sure, unheld
from casecurves.model.case import Case
from casecurves.words import say, typeset
from casecurves_dashboard.components.parts import row_link, section
from casecurves_dashboard.state import ViewState


def proof(case: Case, read: Proof, state: ViewState) -> Component:
    """Return what the rules find in a case; what a reader transcribed stands below, in full."""
    lang = state.lang
    by_rule = [one for one in read.findings if one.rule != "transcribed"]

    def link(_: Finding, place: Place) -> Component | str:
        text = typeset(side(place, case, lang), lang)
        return row_link(text, place.row, state) if case.row(place.row) else text

    said = [html.P(typeset(say("consistency.lead", lang), lang), className="quiet")]
    said += [html.P(say("consistency.none", lang))] if not by_rule else []
    unread = say("consistency.invented", lang, n=read.invented) if read.invented else ""
    without = unheld(read, {case.id: case}, lang, files=False)
    left = [typeset(text, lang) for text in (unread, without) if text]
    shown = [findings(by_rule, link, lang), meanings(by_rule, lang)] if by_rule else []
    return section(
        say("consistency.heading", lang), [*said, *shown, *(html.P(text, className="quiet") for text in left)]
    )


def findings(
    found: Sequence[Finding],
    shown: Callable[[Finding, Place], Component | str],
    lang: str,
    beside: Callable[[Finding], Sequence[Component]] = lambda _: (),
) -> Component:
    """Return a list of findings.

    Parameters
    ----------
    found : sequence of Finding
        What was found.
    shown : callable
        Makes one side of a finding, perhaps as a link.
    lang : str
        Language.
    beside : callable
        Makes what else stands with a finding.

    Returns
    -------
    Component
        A list, in the order given.
    """
    return html.Ul([html.Li(_finding(one, shown, lang, beside(one))) for one in found], className="findings")


def badge(one: Finding, lang: str) -> Component:
    """Return how sure a finding is."""
    return html.Span(f"{SIGNS[one.certainty]} {sure(one, lang)}", className=f"level {one.certainty}")


def _finding(
    one: Finding, shown: Callable[[Finding, Place], Component | str], lang: str, beside: Sequence[Component]
) -> list[Component]:
    # A reader of the case needs no names of files and rules; who writes it finds them here, small and last.
    lines = [html.Li([shown(one, place), *_small(filed(place, lang), lang)]) for place in one.places]
    sides = html.Ul(lines, className="lines")
    by_rule = one.rule != "transcribed"
    rule = say("consistency.by", lang, family=family(one.rule, lang), what=looks_for(one.rule, lang)) if by_rule else ""
    about = f"{rule} {known(one, lang)}".strip()
    return [
        html.P([badge(one, lang), " ", typeset(sentence(one, lang), lang)]),
        sides,
        html.P([typeset(about, lang), *beside, *_small(one.rule if by_rule else "", lang)], className="quiet"),
    ]


def _small(text: str, lang: str) -> list[Component]:
    return [html.Span(f" {typeset(text, lang)}", className="filed")] if text else []


def meanings(found: Sequence[Finding], lang: str) -> Component:
    """Return what the words for how sure a finding is mean, for those that occur."""
    there = [name for name in CERTAINTIES if any(one.certainty == name for one in found)]
    said = say("list.semicolon", lang).join(
        say(
            "consistency.means",
            lang,
            sign=SIGNS[name],
            word=say(f"consistency.certainty.{name}", lang),
            meaning=say(f"consistency.meaning.{name}", lang),
        )
        for name in there
    )
    return html.P(typeset(said, lang), className="quiet")
