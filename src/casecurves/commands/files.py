"""Cases as files for other programs: a workbook, a zip, one page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from casecurves.commands.telling import nothing, status, tell, written
from casecurves.errors import UsageError
from casecurves.words import LANGS, decimal, say

if TYPE_CHECKING:
    from casecurves.words import Lang


def template(*, output: str, force: bool, lang: Lang) -> int:
    """Write an empty workbook."""
    from casecurves.io.template import template as empty

    return written(output, {".xlsx": lambda: empty(lang)}, lang, force=force)


def convert(*, case: str, output: str, force: bool, lang: Lang) -> int:
    """Write a case as a workbook, or as a zip of its folder; with its faulty rows."""
    from casecurves.access import files
    from casecurves.io.files import slug, zipped
    from casecurves.io.template import to_workbook

    found, report = files(case, lang)
    if not found:
        return nothing("cli.error.cannot_show", case, report, lang, as_json=False)
    makers = {".xlsx": lambda: to_workbook(found, lang), ".zip": lambda: zipped(found, slug(output))}
    return written(output, makers, lang, force=force)


def export_site(*, file: str, cases: list[str], force: bool, lang: Lang) -> int:
    """Write cases as one page for machines that have a browser and nothing else."""
    from casecurves.access import find_all
    from casecurves.figure.export import write
    from casecurves.figure.site import to_site
    from casecurves.howto import explained
    from casecurves.model.issues import visible

    found = find_all(cases, lang)
    readable = [case for case, _ in found.values() if case is not None]
    for case_id, (case, _) in found.items():
        if case is None:
            tell(say("terminal.unreadable", lang, case=case_id))
    if not readable:
        raise UsageError(say("cli.error.no_site", lang))
    path = Path(file)
    if path.suffix.lower() != ".html":
        raise UsageError(say("export.unknown_format", lang, name=path.name, known=".html"))
    page = to_site(readable, {lang: explained(lang) for lang in LANGS}).encode()
    write(path, page, lang, force=force)
    size = decimal(f"{len(page) / 1e6:.1f}", lang)
    print(visible(say("terminal.site", lang, path=path, n=len(readable), size=size)))
    return status(*(report for _, report in found.values()))
