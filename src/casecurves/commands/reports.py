"""What an author sends: the timeline and checklist of CARE, and the files of many cases at once."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import astuple
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from casecurves.commands.captions import kept, public
from casecurves.commands.drawing import checked, private, read_page_of
from casecurves.commands.figures import NAMES, figure_of
from casecurves.commands.telling import FAULTY, nothing, print_json, status, tell, tell_report, written
from casecurves.errors import UsageError
from casecurves.words import say

if TYPE_CHECKING:
    from casecurves.figure.batch import Wanted
    from casecurves.figure.export import Format
    from casecurves.figure.page import PageOptions
    from casecurves.figure.spec import Spec
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
    from casecurves.io.sheet import to_sheet

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

    cells = [astuple(told)[: len(made.COLUMNS)] for told in made.timeline(found, options)]
    makers = {
        ".csv": lambda: made.care_csv(found, options),
        ".xlsx": lambda: to_sheet(say("care.head.timeline", lang), made.headings(lang), cells),
    }
    makers |= {f".{fmt}": partial(drawn, fmt) for fmt in PRINTED}
    written(output, makers, lang, force=force)
    return status(report)


def publish(
    *, cases: list[str], output: str, formats: str, force: bool, no_title: bool, lang: Lang, **given: object
) -> int:
    """Write figure, caption and alternative text of cases into a folder."""
    from casecurves.access import find_all
    from casecurves.figure.batch import Wanted, render_all
    from casecurves.figure.export import write

    shown = {name: given.pop(name) for name in NAMES}
    page = read_page_of(given | ({"title": False} if no_title else {}), lang)
    wanted = _formats(formats, page, lang)
    folder = Path(output)
    if folder.exists() and not folder.is_dir():
        raise UsageError(say("export.exists", lang, path=folder))
    found = find_all(cases, lang)
    folder.mkdir(parents=True, exist_ok=True)
    failing: list[str] = []
    targets: deque[Path] = deque()

    def jobs() -> Iterator[Wanted]:
        for number, (name, (case, report)) in enumerate(found.items(), start=1):
            tell(say("publish.progress", lang, n=number, of=len(found), case=name))
            if case is None:
                tell(say("terminal.unreadable", lang, case=name))
                failing.append(name)
                continue
            spec = public(figure_of(case, lang, private(shown, page)))
            sheet, fails = checked(spec, page, wanted[0], lang)
            failing.extend([name] if fails else [])
            paths = [folder / f"{Path(name).name}.{fmt}" for fmt in wanted]
            _check_free(paths, lang, force=force)
            _tell_written(_words(folder / Path(name).name, spec, sheet, lang, force=force), lang)
            tell_report(report, lang)
            targets.extend(paths)
            yield from (Wanted(spec, fmt, sheet) for fmt in wanted)

    for data in render_all(jobs()):
        _tell_written([write(targets.popleft(), data, lang, force=force)], lang)
    return FAULTY if failing or status(*(report for _, report in found.values())) else 0


def _check_free(paths: list[Path], lang: str, *, force: bool) -> None:
    """Refuse to begin a case of which a file is there already."""
    for path in paths:
        if path.exists() and not force:
            raise UsageError(say("export.exists", lang, path=path))


def _tell_written(paths: list[Path], lang: str) -> None:
    from casecurves.model.issues import visible

    for path in paths:
        print(visible(say("terminal.written", lang, path=path)))


def _formats(given: str, page: PageOptions, lang: str) -> tuple[Format, ...]:
    """Return the kinds of file asked for, else those that the preset wants, else PNG and PDF."""
    from casecurves.figure.export import FORMATS

    preset = page.made_for
    usual = ("png", "pdf") if preset is None else preset.formats
    asked = tuple(word.strip().lower() for word in given.split(",")) if given else usual
    unknown = [word for word in asked if word not in FORMATS]
    if unknown:
        raise UsageError(say("export.unknown_format", lang, name=", ".join(unknown), known=", ".join(FORMATS)))
    return tuple(fmt for fmt in FORMATS if fmt in asked)


def _words(stem: Path, spec: Spec, page: PageOptions, lang: str, *, force: bool) -> list[Path]:
    """Write what is said of one case beside its pictures; a caption that was edited is kept."""
    from casecurves.figure.caption import caption
    from casecurves.figure.caption.alt import alt
    from casecurves.figure.export import write

    words = stem.with_name(f"{stem.name}.caption.txt")
    text = kept(words, caption(spec, letters=page.letters), lang, force=False)
    alternative = stem.with_name(f"{stem.name}.alt.txt")
    return [
        write(words, text.encode(), lang, force=True),
        write(alternative, f"{alt(spec)}\n".encode(), lang, force=force),
    ]
