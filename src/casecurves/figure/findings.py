"""What the proof-reader finds in a case, as the part of a page that works offline."""

from __future__ import annotations

from html import escape

from casecurves.analysis.consistency import Finding, Place, proofread
from casecurves.analysis.consistency.saying import SIGNS, filed, sentence, side, sure
from casecurves.model.case import Case
from casecurves.words import say, typeset, unbroken


def findings(case: Case, lang: str) -> str:
    """Return what the rules find in a case; what a reader transcribed is among the disagreements of the figure.

    Parameters
    ----------
    case : Case
        The case.
    lang : str
        Language of every word.

    Returns
    -------
    str
        HTML, escaped: a heading and a list, or that nothing was found.
    """
    read = proofread(case)
    found = [one for one in read.findings if one.rule != "transcribed"]
    parts = [f"<h2>{_text(say('consistency.heading', lang), lang)}</h2>"]
    if found:
        parts.append(f"<ul>{''.join(_item(one, case, lang) for one in found)}</ul>")
    else:
        parts.append(f"<p>{_text(say('consistency.none', lang), lang)}</p>")
    if read.invented:
        parts.append(f'<p class="quiet">{_text(say("consistency.invented", lang, n=read.invented), lang)}</p>')
    return f'<section class="findings">{"".join(parts)}</section>\n'


def _item(one: Finding, case: Case, lang: str) -> str:
    sides = "".join(_side(place, case, lang) for place in one.places)
    said = f"{SIGNS[one.certainty]} {sure(one, lang)} – {sentence(one, lang)}"
    return f'<li>{_text(said, lang)}<ul class="quiet">{sides}</ul></li>'


def _side(place: Place, case: Case, lang: str) -> str:
    where = filed(place, lang)
    small = f" <small>{_text(where, lang)}</small>" if where else ""
    return f"<li>{_text(side(place, case, lang), lang)}{small}</li>"


def _text(text: str, lang: str) -> str:
    return unbroken(escape(typeset(text, lang)))
