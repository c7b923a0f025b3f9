"""What is wrong with a figure before it is saved, and the link that mends what can be mended."""

from __future__ import annotations

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from casecurves.figure.check import Finding, check, fitted
from casecurves.figure.export import PRINTED, Format
from casecurves.figure.page import PageOptions
from casecurves.figure.pictures import Picture
from casecurves.figure.spec import Spec
from casecurves.words import say
from casecurves_dashboard.state import ViewState, path_of


def checks(spec: Spec, case_id: str, state: ViewState, pictures: Sequence[Picture] = ()) -> list[Component]:
    """Return what is found, what matters most first; no more than a sentence where nothing is.

    Parameters
    ----------
    spec : Spec
        The figure, in the language of the export.
    case_id : str
        Whose.
    state : ViewState
        The view, with the page.
    pictures : sequence of Picture
        The reader's own, which stand below.

    Returns
    -------
    list of Component
        A list under a heading; the source of the preset where one is chosen.
    """
    found = check(spec, state.sheet, wanted(state.sheet), pictures)
    return told(found, fitted(spec, state.sheet, pictures), spec.lang, state, path_of(case_id))


def told(
    found: Sequence[Finding], mending: tuple[PageOptions, Sequence[Finding]], spoken: str, state: ViewState, path: str
) -> list[Component]:
    """Return what is found of a page, said in the language of its figure, and the link to one that is mended."""
    lang = state.lang
    items = [html.Li(_said(finding, lang), className=finding.level, lang=spoken) for finding in found]
    listed = html.Ul(items) if items else html.P(say("check.sound", lang))
    parts = [html.H3(say("dashboard.export.check", lang)), listed, *_mend(mending, spoken, state, path)]
    preset = state.sheet.made_for
    parts += [html.P(preset.cited(lang), className="source")] if preset is not None else []
    return [html.Div(parts, className="checks", role="status")]


def wanted(page: PageOptions) -> Format:
    """Return the kind of file that a preset wants most of those that are made here."""
    wanted = () if page.made_for is None else page.made_for.formats
    return next((fmt for fmt in PRINTED if fmt in wanted), "png")


def _said(finding: Finding, lang: str) -> list[Component | str]:
    head, _, _ = say(f"check.{finding.level}", lang, text="\0").partition("\0")
    return [html.Strong(head), finding.text]


def _mend(mending: tuple[PageOptions, Sequence[Finding]], spoken: str, state: ViewState, path: str) -> list[Component]:
    page, mended = mending
    if page == state.sheet:
        return []
    link = dcc.Link(say("dashboard.export.mend", state.lang), href=state.changed(sheet=page).at(path))
    return [html.P([link, " – ", say("list.semicolon", spoken).join(one.text for one in mended)])]
