"""A drug: its names, what it acts on, its codes by route, each with its source; where it is met."""

from __future__ import annotations

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from casecurves.knowledge import Drug, atc_table, drug
from casecurves.knowledge.drugs import Isoforms
from casecurves.knowledge.glucocorticoids import Equivalent, equivalent
from casecurves.knowledge.relations import all_diagrams, places_of
from casecurves.model.case import Case
from casecurves.model.schema import Therapy
from casecurves.words import decimal, printed, say
from casecurves_dashboard.components.known import DRUG_PATH, Cases, back, cited, facts, met_in, table
from casecurves_dashboard.components.parts import section
from casecurves_dashboard.components.words import notices
from casecurves_dashboard.state import DIAGRAM_PATH, Unknown, ViewState


def found(path: object) -> Drug | None:
    """Return the drug that a path names by its key; ``None`` when it names none."""
    if not isinstance(path, str) or not path.startswith(DRUG_PATH):
        return None
    key = path.removeprefix(DRUG_PATH)
    known = drug(key)
    return known if known is not None and known.id == key else None


def page(known: Drug, cases: Cases, state: ViewState, unknown: Sequence[Unknown] = ()) -> list[Component]:
    """Return the page of a drug.

    Parameters
    ----------
    known : Drug
        The drug.
    cases : mapping
        The cases in which it may be met.
    state : ViewState
        Language and theme.
    unknown : sequence of Unknown
        What of the address could not be read.

    Returns
    -------
    list of Component
        What stands between head and foot.
    """
    lang = state.lang
    return [
        back(state),
        *notices(tuple(unknown), lang),
        html.H1(known.name(lang)),
        html.P(say(f"drug_class.{known.drug_class}", lang), className="lead"),
        facts(_facts(known, lang), lang),
        *_isoforms(known.isoforms, lang),
        *_diagrams(known, state),
        met_in(cases, lambda case: _rows(case, known), state),
    ]


def _facts(known: Drug, lang: str) -> list[tuple[str, str | Component]]:
    return [
        ("name_en" if lang == "fr" else "name_fr", known.en if lang == "fr" else known.fr),
        ("also", ", ".join(known.also)),
        ("target", _target(known, lang)),
        ("atc", _codes(known, lang)),
        ("former", known.former),
        ("group", _group(known, lang)),
        ("equivalent", _worth(equivalent(known.id), lang)),
    ]


def _codes(known: Drug, lang: str) -> str:
    listed = atc_table()
    source = cited(listed.cited(lang), lang, verified=listed.verified)
    if known.uncoded:
        return say("known.uncoded", lang, source=source)
    codes = ", ".join(say(f"known.way.{way}", lang, code=code) for way, code in known.codes.items())
    return say("known.codes", lang, codes=codes, source=source) if codes else ""


def _target(known: Drug, lang: str) -> str:
    target = printed(known.target, lang)
    return say("known.general", lang, text=target) if target else ""


def _group(known: Drug, lang: str) -> str:
    source = cited(printed(atc_table().groups, lang), lang, verified=known.group_read)
    return say("known.codes", lang, codes=known.atc_group, source=source) if known.atc_group else ""


def _worth(found: Equivalent | None, lang: str) -> str:
    if found is None:
        return ""
    source = cited(found.cited(lang), lang, verified=found.verified)
    return say("known.worth", lang, mg=decimal(f"{found.mg:g}", lang), source=source)


def _isoforms(kinases: Isoforms | None, lang: str) -> list[Component]:
    if kinases is None:
        return []
    none = say("known.not_named", lang)
    rows = [
        (say("known.by_document", lang), ", ".join(kinases.stated) or none, printed(kinases.where, lang)),
        (
            say("known.by_other", lang),
            ", ".join(kinases.literature) or say("known.no_source", lang),
            cited(kinases.source, lang, verified=kinases.verified) if kinases.source else "",
        ),
    ]
    said = [html.P(say("known.differ", lang), className="notice")] if kinases.differ else []
    shown = table(("by", "kinases", "where"), rows, lang)
    return [section(say("known.isoforms", lang), [*said, shown], "wide")]


def _diagrams(known: Drug, state: ViewState) -> list[Component]:
    items = [
        dcc.Link(
            printed(all_diagrams()[place.diagram].title, state.lang),
            href=state.changed(node=place.node).at(f"{DIAGRAM_PATH}{place.diagram}"),
        )
        for place in places_of(known.id)
    ]
    if not items:
        return []
    listed = html.Ul([html.Li(one) for one in items], className="index")
    return [section(say("known.acts", state.lang), [listed], "wide")]


def _rows(case: Case, known: Drug) -> list[Therapy]:
    return [row for row in case.therapies if (met := drug(row.drug)) is not None and met.id == known.id]
