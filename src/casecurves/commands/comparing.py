"""Several patients on one axis: who is compared from where, and the figure of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from casecurves.commands.drawing import checked, read_page_of
from casecurves.commands.telling import SOUND, print_json, status, tell, tell_report
from casecurves.errors import UsageError
from casecurves.words import say

if TYPE_CHECKING:
    from pathlib import Path

    from casecurves.figure.compare import CompareOptions, Subject
    from casecurves.figure.export import Format
    from casecurves.figure.page import PageOptions
    from casecurves.figure.spec import Spec
    from casecurves.model.case import Case
    from casecurves.words import Lang


def compare(
    *,
    cases: list[str],
    align: str,
    picks: list[str],
    output: str,
    shown: str,
    analytes: list[str],
    sort: str,
    rules: list[str],
    illustrative: bool,
    unit: str,
    first: str,
    last: str,
    units: list[str],
    json: bool,
    lang: Lang,
    force: bool,
    no_title: bool,
    **page: object,
) -> int:
    """Count patients from one moment each, and draw them to a file, or print who they are."""
    from casecurves import terminal
    from casecurves.access import find_all, read_units
    from casecurves.figure.compare import CompareOptions, comparison_json, subjects_of
    from casecurves.figure.export import format_of
    from casecurves.figure.window import read_window
    from casecurves.model.issues import visible

    wanted = read_page_of(page | ({"title": False} if no_title else {}), lang)
    fmt = format_of(output, lang) if output else None
    found = find_all(cases, lang)
    subjects = subjects_of(((replace(case, id=key), key) for key, (case, _) in found.items() if case is not None), lang)
    for key, (case, report) in found.items():
        if case is None:
            tell(say("terminal.unreadable", lang, case=key))
        elif cases:
            tell_report(report, lang)
    _check_rules(rules, lang)
    chosen = {"align": align, "view": shown, "sort": sort, "unit": unit, "illustrative": illustrative, "lang": lang}
    chosen["window"] = read_window(first, last, lang)
    chosen["units"] = read_units([row for one in subjects for row in one.case.measurements], units, lang)
    chosen |= {"rules": tuple(rules), "picks": _picks(picks, lang), "analytes": _keys(subjects, analytes, lang)}
    options = CompareOptions.model_validate(chosen)
    told = comparison_json(subjects, options)
    _check_anchor(subjects, options, lang)
    _check_picks(told, options, lang)
    if json:
        print_json(told)
    elif not output:
        print(terminal.comparison(told, lang))
    if fmt is not None:
        paths = _saved(subjects, options, wanted, fmt, output, force=force)
        for line in terminal.counted_twice(told, lang):
            tell(line)
        for path in paths:
            line = visible(say("terminal.written", lang, path=path))
            tell(line) if json else print(line)
    return status(*(report for _, report in found.values())) if cases else SOUND


def _saved(
    subjects: Sequence[Subject], options: CompareOptions, page: PageOptions, fmt: Format, output: str, *, force: bool
) -> tuple[Path, ...]:
    """Draw a comparison to a file, and say what is wrong with its page."""
    from casecurves.figure.compare import compile_comparison
    from casecurves.figure.export import PRINTED, save
    from casecurves.figure.window import check_window

    spec = compile_comparison(subjects, options)
    check_window(spec, options.window, options.lang)
    page, _ = checked(spec, page, fmt, options.lang)
    paths = save(spec, output, page, force=force)
    # What is made for something has been checked.
    if fmt in PRINTED and not page.preset:
        lanes = compile_comparison(subjects, options.model_copy(update={"view": "swimmer"}))
        _tell_height(spec, lanes, page, options.lang)
    return paths


def _tell_height(spec: Spec, lanes: Spec, page: PageOptions, lang: str) -> None:
    """Say of a picture that no page holds how high it is, and what makes it lower; ``lanes`` is it without curves."""
    from casecurves.figure.svg import page_size
    from casecurves.knowledge.presets import PAGE_MM

    def high(shown: Spec, **changes: object) -> float:
        return page_size(shown, page.model_copy(update=changes))[1]

    now = high(spec)
    if now <= PAGE_MM:
        return
    ways = {
        "--words apart": high(spec, words="apart"),
        "--words apart --panels low": high(spec, words="apart", panels="low"),
        "--words apart --view swimmer": high(lanes, words="apart"),
        "--words apart --width-mm 190": high(spec, words="apart", width_mm=max(page.width_mm, 190.0)),
    }
    # A way that leaves it as high as a simpler one is none.
    lower: list[str] = []
    least = now - 1.0
    for way, after in ways.items():
        if after < least:
            lower, least = [*lower, f"{way} ({after:.0f} mm)"], after
    told = {"height": f"{now:.0f}", "most": f"{PAGE_MM:.0f}", "ways": ", ".join(lower)}
    tell(say("compare.tall" if lower else "compare.tall_as_it_is", lang, **told))


def _check_rules(rules: Sequence[str], lang: str) -> None:
    from casecurves.knowledge.rules import all_rules

    for rule in rules:
        if rule not in all_rules():
            raise UsageError(say("cli.error.rule", lang, given=rule, known=", ".join(all_rules())))


def _picks(given: Sequence[str], lang: str) -> tuple[tuple[str, str], ...]:
    """Read which row counts in which patient."""
    pairs = [tuple(text.rsplit("=", 1)) for text in given]
    for text, pair in zip(given, pairs, strict=True):
        if len(pair) != 2 or not all(pair):
            raise UsageError(say("compare.error.pick", lang, given=text))
    return tuple((case, row) for case, row in pairs)


def _check_picks(told: dict[str, object], options: CompareOptions, lang: str) -> None:
    """Refuse to pick what cannot count."""
    patients = {one["case"]: one["choices"] for one in told["patients"]}  # type: ignore[attr-defined]
    for case, row in options.picks:
        if row not in patients.get(case, ()):
            known = ", ".join(patients.get(case, ())) or say("compare.none", lang)
            raise UsageError(say("compare.error.picked", lang, case=case, given=row, known=known))


def _check_anchor(subjects: Sequence[Subject], options: CompareOptions, lang: str) -> None:
    """Refuse a moment that no patient has: a slip of the pen would list everybody as lacking it."""
    from casecurves.analysis.align import align, anchors

    cases: list[Case] = [one.case for one in subjects]
    found = align(cases, options.align)
    if options.align and not found.aligned and all(one.reason in {"lacking", "no_course"} for one in found.unaligned):
        known = ", ".join(one.key for one in anchors(cases)) or say("compare.none", lang)
        raise UsageError(say("compare.error.anchor", lang, given=options.align, known=known))


def _keys(subjects: Sequence[Subject], given: Sequence[str], lang: str) -> tuple[str, ...]:
    """Return the keys of biomarkers under the names that a person gives them."""
    from casecurves.figure.compile.rows import series_of
    from casecurves.knowledge import analyte

    known = {series_of(row)[0] for one in subjects for row in one.case.measurements}
    keys = []
    for name in given:
        meant = analyte(name)
        key = meant.id if meant else name.lower()
        if key not in known:
            raise UsageError(say("compare.error.analyte", lang, given=name, known=", ".join(sorted(known))))
        keys.append(key)
    return tuple(keys)
