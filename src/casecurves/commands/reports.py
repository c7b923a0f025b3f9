"""The timeline and the checklist of CARE."""

from __future__ import annotations

from dataclasses import astuple
from functools import partial
from typing import TYPE_CHECKING

from casecurves.commands.drawing import read_page_of
from casecurves.commands.telling import nothing, print_json, status, tell_report, written
from casecurves.words import say

if TYPE_CHECKING:
    from casecurves.figure.export import Format
    from casecurves.figure.options import Options
    from casecurves.model.case import Case
    from casecurves.words import Lang


def care(
    *, case: str, output: str, zero: str, age: str, dates: str, force: bool, json: bool, lang: Lang, **page: object
) -> int:
    """Print which items of CARE the data cover, and the timeline of item 7; or write the timeline as a table."""
    from casecurves.access import find
    from casecurves.figure import care as made
    from casecurves.figure.export import PRINTED, printed
    from casecurves.figure.options import Options
    from casecurves.figure.stamp import software

    sheet = read_page_of(page, lang)
    found, report = find(case, lang)
    if found is None:
        return nothing("cli.error.cannot_show", case, report, lang, as_json=json)
    options = Options.model_validate({"lang": lang, "zero": zero, "age": age, "dates": dates})
    tell_report(report, lang)
    if not output:
        if json:
            print_json(made.care_json(found, options))
        else:
            print(made.care_text(found, options), end="")
        return status(report)

    def drawn(fmt: Format) -> bytes:
        return printed(made.care_svg(found, options, sheet), fmt, sheet.dpi, lang, software())

    makers = {".csv": lambda: made.care_csv(found, options), ".xlsx": lambda: care_sheet(found, options)}
    makers |= {f".{fmt}": partial(drawn, fmt) for fmt in PRINTED}
    written(output, makers, lang, force=force)
    return status(report)


def care_sheet(case: Case, options: Options) -> bytes:
    """Return the timeline of a case as a workbook."""
    from casecurves.figure.care import COLUMNS, headings, timeline
    from casecurves.io.sheet import to_sheet

    cells = [astuple(told)[: len(COLUMNS)] for told in timeline(case, options)]
    return to_sheet(say("care.head.timeline", options.lang), headings(options.lang), cells)
