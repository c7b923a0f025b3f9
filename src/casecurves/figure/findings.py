"""What the proof-reader finds in a case, as the part of a page that works offline."""

from __future__ import annotations

from html import escape

from casecurves.analysis.consistency import Finding, proofread
from casecurves.analysis.consistency.saying import SIGNS, sentence, side, sure
from casecurves.model.case import Case
from casecurves.words import say


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
    parts = [f"<h2>{escape(say('consistency.heading', lang))}</h2>"]
    if found:
        parts.append(f"<ul>{''.join(_item(one, case, lang) for one in found)}</ul>")
    else:
        parts.append(f"<p>{escape(say('consistency.none', lang))}</p>")
    if read.invented:
        parts.append(f'<p class="quiet">{escape(say("consistency.invented", lang, n=read.invented))}</p>')
    return f'<section class="findings">{"".join(parts)}</section>\n'


def _item(one: Finding, case: Case, lang: str) -> str:
    sides = "".join(f"<li>{escape(side(place, case, lang))}</li>" for place in one.places)
    said = f"{SIGNS[one.certainty]} {sure(one, lang)} – {sentence(one, lang)}"
    return f'<li>{escape(said)}<ul class="quiet">{sides}</ul></li>'
