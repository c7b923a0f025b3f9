"""The files of many cases at once, for a journal or a course."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from casecurves.commands.captions import kept, public
from casecurves.commands.drawing import checked, private, read_page_of
from casecurves.commands.figures import NAMES, figure_of, told_of
from casecurves.commands.progress import Progress
from casecurves.commands.reports import care_sheet
from casecurves.commands.telling import FAULTY, MISUSED, status, tell, tell_report
from casecurves.errors import UsageError
from casecurves.words import say

if TYPE_CHECKING:
    from casecurves.access import Found
    from casecurves.figure.batch import Wanted
    from casecurves.figure.export import Format
    from casecurves.figure.options import Options
    from casecurves.figure.page import PageOptions
    from casecurves.figure.spec import Spec
    from casecurves.model.case import Case
    from casecurves.words import Lang


def publish(
    *,
    cases: list[str],
    output: str,
    formats: str,
    care: bool,
    steps: bool,
    force: bool,
    no_title: bool,
    lang: Lang,
    **given: object,
) -> int:
    """Write figure, caption and alternative text of cases into a folder; what fails with one stops no other."""
    from casecurves.access import find_all
    from casecurves.figure.batch import render_all
    from casecurves.figure.export import write

    shown = {name: given.pop(name) for name in NAMES}
    page = read_page_of(given | ({"title": False} if no_title else {}), lang)
    wanted = _formats(formats, page, lang)
    folder = Path(output)
    if folder.exists() and not folder.is_dir():
        raise UsageError(say("export.exists", lang, path=folder))
    found = find_all(cases, lang)
    folder.mkdir(parents=True, exist_ok=True)
    batch = _Batch(folder, wanted, page, shown, lang, force=force, care=care, steps=steps, bar=Progress(len(found)))
    for data in render_all(batch.jobs(found)):
        name, path, last = batch.targets.popleft()
        with batch.bar.aside(), batch.alone(name):
            if isinstance(data, Exception):
                raise data
            _tell_written([write(path, data, lang, force=force)], lang)
        if last:
            batch.bar.finish()
    batch.bar.clear()
    return max(batch.summary(len(found)), status(*(report for _, report in found.values())))


@dataclass
class _Batch:
    """What is asked of every case, and what became of it.

    ``targets`` holds the case and the file of each picture that is being made, and whether it is the last of its case.
    """

    folder: Path
    formats: tuple[Format, ...]
    page: PageOptions
    shown: Mapping[str, object]
    lang: Lang
    force: bool
    care: bool
    steps: bool
    bar: Progress
    targets: deque[tuple[str, Path, bool]] = field(default_factory=deque)
    failed: dict[str, str] = field(default_factory=dict)
    code: int = 0

    def jobs(self, found: Mapping[str, Found]) -> Iterator[Wanted]:
        """Return the pictures to make, case by case; whatever else a case has is written when its turn comes."""
        from casecurves.figure.batch import Wanted

        for number, (name, (case, report)) in enumerate(found.items(), start=1):
            self.bar.begin(number, name)
            ready: tuple[Spec, PageOptions] | None = None
            with self.bar.aside(), self.alone(name):
                if case is None:
                    self._fail(name, say("terminal.unreadable", self.lang, case=name), FAULTY)
                else:
                    ready = self._prepared(name, case)
                    tell_report(report, self.lang)
            if ready is None:
                self.bar.finish()
                continue
            paths = self._paths(name)
            self.targets.extend((name, path, path == paths[-1]) for path in paths)
            yield from (Wanted(ready[0], fmt, ready[1]) for fmt in self.formats)

    @contextmanager
    def alone(self, name: str) -> Iterator[None]:
        """Keep what goes wrong with one case for the end, so that the next one begins."""
        try:
            yield
        except BrokenPipeError:  # nobody reads any longer
            raise
        except UsageError as slip:
            self._fail(name, str(slip), MISUSED)
        except Exception as error:  # noqa: BLE001 - whatever it is, it concerns this case alone
            self._fail(name, say("publish.fault", self.lang, kind=type(error).__name__, text=error), FAULTY)

    def summary(self, of: int) -> int:
        """Say at the end which cases failed and why, and return the exit code."""
        if self.failed:
            tell(say("publish.failed", self.lang, n=len(self.failed), of=of))
            for name, why in self.failed.items():
                tell(say("publish.why", self.lang, case=name, why=why))
        return self.code

    def _paths(self, name: str) -> list[Path]:
        return [self._beside(name, fmt) for fmt in self.formats]

    def _beside(self, name: str, ending: str) -> Path:
        return self.folder / f"{Path(name).name}.{ending}"

    def _prepared(self, name: str, case: Case) -> tuple[Spec, PageOptions]:
        """Write the words of a case, its timeline and its steps, and return figure and page."""
        shown = private(self.shown, self.page)
        spec = public(figure_of(case, self.lang, shown))
        page, fails = checked(spec, self.page, self.formats[0], self.lang)
        self._check_free(name)
        _tell_written(self._words(name, spec, page), self.lang)
        if self.care:
            self._write(name, "care.xlsx", care_sheet(case, _options(self.lang, shown)))
        if self.steps:
            self._write(name, "steps.pptx", _told(spec, case, page, self.lang, shown))
        if fails:
            self._fail(name, say("publish.check", self.lang), FAULTY)
        return spec, page

    def _fail(self, name: str, why: str, code: int) -> None:
        self.failed.setdefault(name, why)
        self.code = max(self.code, code)

    def _check_free(self, name: str) -> None:
        """Refuse to begin a case of which a file is there already."""
        also = [ending for ending, asked in (("care.xlsx", self.care), ("steps.pptx", self.steps)) if asked]
        for path in (*self._paths(name), *(self._beside(name, ending) for ending in also)):
            if path.exists() and not self.force:
                raise UsageError(say("export.exists", self.lang, path=path))

    def _write(self, name: str, ending: str, data: bytes) -> None:
        from casecurves.figure.export import write

        _tell_written([write(self._beside(name, ending), data, self.lang, force=self.force)], self.lang)

    def _words(self, name: str, spec: Spec, page: PageOptions) -> list[Path]:
        """Write what is said of one case beside its pictures; a caption that was edited is kept."""
        from casecurves.figure.caption import caption
        from casecurves.figure.caption.alt import alt
        from casecurves.figure.export import write

        words = self._beside(name, "caption.txt")
        text = kept(words, caption(spec, letters=page.letters), self.lang, force=False)
        return [
            write(words, text.encode(), self.lang, force=True),
            write(self._beside(name, "alt.txt"), f"{alt(spec)}\n".encode(), self.lang, force=self.force),
        ]


def _options(lang: Lang, shown: Mapping[str, object]) -> Options:
    from casecurves.figure.options import Options

    return Options.model_validate({"lang": lang} | {name: shown[name] for name in ("zero", "age", "dates")})


def _told(spec: Spec, case: Case, page: PageOptions, lang: Lang, shown: Mapping[str, object]) -> bytes:
    from casecurves.figure.export import render

    return render(spec, "pptx", page, tuple(map(public, told_of(case, lang, shown))))


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
