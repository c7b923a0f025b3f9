"""How to read a figure, on the offline page: examples, and a sentence for each kind of mark."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from casecurves.figure.html import legend_item
from casecurves.figure.options import ThemeName
from casecurves.figure.page import PageOptions
from casecurves.figure.spec import Spec
from casecurves.figure.spec.words import LegendItem
from casecurves.figure.svg import to_svg
from casecurves.figure.theme import THEMES
from casecurves.words import Lang, say

# An example, and the kinds of mark that are explained with it.
Explained = tuple[Spec, Sequence[tuple[LegendItem, str]]]
# No case has this id: an id begins with a letter or a digit.
READING = "~how-to-read"


def link(lang: Lang) -> str:
    """Return the link to the explanation."""
    return f'<p><a href="#{_anchor(lang)}" data-to-case="{READING}">{escape(say("howto.heading", lang))}</a></p>'


def reading(parts: Sequence[Explained], lang: Lang, themes: Sequence[ThemeName]) -> str:
    """Return the explanation in one language.

    Parameters
    ----------
    parts : sequence of (Spec, sequence of (LegendItem, str))
        Examples, each with the marks that are first met in it and their sentences.
    lang : {"en", "fr"}
        Language.
    themes : sequence of {"light", "dark"}
        Themes in which each picture is there.

    Returns
    -------
    str
        HTML in which every text is escaped.
    """
    back = f'<p><a href="#top" data-to-case="">← {escape(say("site.back", lang))}</a></p>'
    heading = f"<header><h1>{escape(say('howto.heading', lang))}</h1>"
    lead = f'<p class="quiet">{escape(say("howto.lead", lang))}</p></header>'
    shown = "".join(_part(spec, marks, themes) for spec, marks in parts)
    where = f'id="{_anchor(lang)}" data-case="{READING}" data-lang="{lang}" lang="{lang}"'
    return f"<article {where}>\n{back}{heading}{lead}{shown}</article>"


def _part(spec: Spec, marks: Sequence[tuple[LegendItem, str]], themes: Sequence[ThemeName]) -> str:
    drawn = "".join(
        f'<div class="on-{theme}">{to_svg(spec, PageOptions(theme=theme, width_mm=140), bare=True)}</div>'
        for theme in themes
    )
    icons = {f"on-{theme}": THEMES[theme] for theme in themes}
    items = "".join(legend_item(item, icons, sentence) for item, sentence in marks)
    return f'<h2>{escape(spec.title)}</h2><div class="printed example">{drawn}</div><ul class="explained">{items}</ul>'


def _anchor(lang: str) -> str:
    return f"reading-{lang}"
