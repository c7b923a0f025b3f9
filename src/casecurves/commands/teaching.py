"""Teaching with a case, on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casecurves.commands.telling import nothing, status, tell_report, written

if TYPE_CHECKING:
    from casecurves.words import Lang


def handout(*, case: str, output: str, answers: bool, force: bool, lang: Lang) -> int:
    """Write the lesson of a case as a PDF."""
    from casecurves.access import find
    from casecurves.figure.handout import handout as made
    from casecurves.model.teaching import FILE

    found, report = find(case, lang)
    if found is None:
        return nothing("cli.error.cannot_draw", case, report, lang, as_json=False)
    lost = found.teaching is None or not found.teaching.stops
    if lost and any(issue.file == FILE and issue.level == "error" for issue in report):
        return nothing("handout.unread", case, report, lang, as_json=False)
    written(output, {".pdf": lambda: made(found, lang=lang, answers=answers)}, lang, force=force)
    tell_report(report, lang)
    return status(report)
