"""What is a table: the timeline and the checklist of CARE, what the slides say of drugs and of adverse events."""

from __future__ import annotations

from dataclasses import astuple
from functools import partial
from typing import TYPE_CHECKING

from casecurves.commands.drawing import read_page_of
from casecurves.commands.telling import SOUND, nothing, print_json, status, tell_report, written
from casecurves.errors import UsageError
from casecurves.words import say

if TYPE_CHECKING:
    from collections.abc import Callable

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
        return printed(made.care_svg(found, options, sheet), fmt, sheet.dpi, lang, _source(found, lang))

    makers = {".csv": lambda: made.care_csv(found, options), ".xlsx": lambda: care_sheet(found, options)}
    makers |= {f".{fmt}": partial(drawn, fmt) for fmt in PRINTED}
    written(output, makers, lang, force=force)
    return status(report)


def care_sheet(case: Case, options: Options) -> bytes:
    """Return the timeline of a case as a workbook."""
    from casecurves.figure.care import COLUMNS, headings, timeline
    from casecurves.io.sheet import to_sheet

    cells = [astuple(told)[: len(COLUMNS)] for told in timeline(case, options)]
    name = say("care.head.timeline", options.lang)
    return to_sheet(name, headings(options.lang), cells, _source(case, options.lang))


def _source(case: Case, lang: str) -> str:
    """Return what a timeline was made from and by; the folder of a case of one's own may be a person's name."""
    from casecurves.access import is_shipped
    from casecurves.figure.stamp import made_of

    return made_of(case.id if is_shipped(case.id) else "", case.revision, lang)


def table(*, table: str, output: str, json: bool, force: bool, lang: Lang) -> int:
    """Write a table of the slides to a file, print it, or print which there are."""
    from casecurves.figure.export import as_json
    from casecurves.io import slide_files as made
    from casecurves.knowledge.slides import SLIDE_TABLES

    if output and not table:
        raise UsageError(say("cli.error.missing", lang, given=say("cli.word.table", lang), command="casecurves table"))
    if table and table not in SLIDE_TABLES:
        raise UsageError(say("cli.error.table", lang, given=table, known=", ".join(SLIDE_TABLES)))
    if output:
        makers: dict[str, Callable[[], bytes]] = {
            ".csv": partial(made.slide_csv, table, lang),
            ".xlsx": partial(made.slide_sheet, table, lang),
            ".json": lambda: as_json(made.slide_json(table, lang)),
        }
        return written(output, makers, lang, force=force)
    titles = [{"id": name, "title": made.sheet_of(name, lang).title} for name in SLIDE_TABLES]
    if json:
        print_json(made.slide_json(table, lang) if table else titles)
    elif table:
        print(made.slide_text(table, lang))
    else:
        print("\n".join(f"{one['id']}\n    {one['title']}" for one in titles))
    return SOUND
