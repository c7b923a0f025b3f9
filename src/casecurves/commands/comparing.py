"""Several patients on one axis: who is compared from where, and the figure of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from casecurves.commands.telling import SOUND, print_json, status, tell, tell_report
from casecurves.errors import UsageError
from casecurves.words import say

if TYPE_CHECKING:
    from casecurves.figure.compare import CompareOptions, Subject
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
    units: list[str],
    json: bool,
    lang: Lang,
    force: bool,
    **page: object,
) -> int:
    """Count patients from one moment each, and draw them to a file, or print who they are."""
    from casecurves import terminal
    from casecurves.access import find_all, read_units
    from casecurves.figure.compare import CompareOptions, Subject, comparison_json, compile_comparison
    from casecurves.figure.export import save
    from casecurves.figure.page import read_page
    from casecurves.model.issues import visible

    wanted = read_page(page, lang)
    found = find_all(cases, lang)
    subjects = [Subject(replace(case, id=key), key) for key, (case, _) in found.items() if case is not None]
    for key, (case, report) in found.items():
        if case is None:
            tell(say("terminal.unreadable", lang, case=key))
        elif cases:
            tell_report(report, lang)
    _check_rules(rules, lang)
    chosen = {"align": align, "view": shown, "sort": sort, "unit": unit, "illustrative": illustrative, "lang": lang}
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
    if output:
        paths = save(compile_comparison(subjects, options), output, wanted, force=force)
        for line in terminal.counted_twice(told, lang):
            tell(line)
        for path in paths:
            line = visible(say("terminal.written", lang, path=path))
            tell(line) if json else print(line)
    return status(*(report for _, report in found.values())) if cases else SOUND


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
