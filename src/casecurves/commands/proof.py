"""The proof-reader: what in a case, or in a document, does not agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casecurves.commands.telling import FAULTY, SOUND, nothing, print_json, status, tell_report
from casecurves.errors import UsageError
from casecurves.words import say

if TYPE_CHECKING:
    from casecurves.access import Found
    from casecurves.words import Lang


def check(*, about: str, json: bool, lang: Lang) -> int:
    """Print what does not agree in a case or a document; 1 when something certainly does not."""
    from casecurves import terminal
    from casecurves.analysis.consistency import proofread, proofread_document
    from casecurves.analysis.consistency.saying import to_json
    from casecurves.io import read_library, shipped_cases
    from casecurves.knowledge import all_documents

    document = next((one for one in all_documents() if one.id == about), None)
    if document is not None:
        library = [case for case, _ in read_library(shipped_cases()).values() if case is not None]
        proof, read = proofread_document(document, library), {case.id: case for case in library}
        shown = {"id": about, "kind": "document", "title": document.title, **to_json(proof, read, lang)}
        sound = SOUND
    else:
        case, report = _found(about, lang)
        if case is None:
            return nothing("cli.error.cannot_show", about, report, lang, as_json=json)
        proof = proofread(case)
        title = case.header.said("title", lang)
        shown = {"id": case.id, "kind": "case", "title": title, **to_json(proof, {case.id: case}, lang)}
        tell_report(report, lang)
        sound = status(report)
    if json:
        print_json(shown)
    else:
        print(terminal.proof(shown, lang))
    return FAULTY if proof.contradicted else sound


def _found(about: str, lang: str) -> Found:
    from casecurves.access import find
    from casecurves.knowledge import all_documents

    try:
        return find(about, lang)
    except UsageError as error:
        documents = ", ".join(one.id for one in all_documents())
        raise UsageError(say("consistency.neither", lang, error=error, documents=documents)) from None
