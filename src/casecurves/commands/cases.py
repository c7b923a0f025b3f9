"""What cases hold: list, show, validate; and the figures of the documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casecurves.commands.telling import SOUND, assumed, nothing, print_json, status, tell, tell_report
from casecurves.words import say

if TYPE_CHECKING:
    from casecurves.words import Lang


def list_cases(*, json: bool, lang: Lang) -> int:
    """Print the shipped cases."""
    from casecurves import terminal
    from casecurves.io import read_library, shipped_cases, summary

    found = read_library(shipped_cases())
    cases = [summary(case, lang) for case, _ in found.values() if case is not None]
    if json:
        print_json(cases)
    else:
        print(terminal.library(cases, lang))
    for case_id, (case, _) in found.items():
        if case is None:
            tell(say("terminal.unreadable", lang, case=case_id))
    return status(*(report for _, report in found.values()))


def figures(*, json: bool, lang: Lang) -> int:
    """Print every figure and table of the documents, and how far each is reproduced."""
    from casecurves import terminal
    from casecurves.io import figures_to_json
    from casecurves.knowledge import all_documents

    found = figures_to_json(lang)
    if json:
        print_json(found)
    else:
        print(terminal.figures(found, {one.id: one.title for one in all_documents()}, lang))
    return SOUND


def show(
    *,
    case: str,
    assume: str,
    units: list[str],
    rules: list[str],
    index: str,
    illustrative: bool,
    json: bool,
    lang: Lang,
) -> int:
    """Print what a case holds, how much glucocorticoid was given, the status by each rule, and kidney function."""
    from casecurves import terminal
    from casecurves.access import check_rules, find, read_units
    from casecurves.analysis.kidney_saying import to_json as kidney_json
    from casecurves.analysis.response.saying import to_json as status_json
    from casecurves.analysis.saying import to_json as exposure_json
    from casecurves.analysis.units_saying import to_json as units_json
    from casecurves.io import to_json

    found, report = find(case, lang)
    if found is None:
        return nothing("cli.error.cannot_show", case, report, lang, as_json=json)
    check_rules(found, rules, index, lang)
    wanted = read_units(found.measurements, units, lang)
    shown = to_json(found, lang) | {"exposure": exposure_json(found, assumed(assume), lang)}
    shown["statuses"] = status_json(found, lang, tuple(rules), index=index, illustrative=illustrative)
    shown["kidney_function"] = kidney_json(found, lang)
    shown["converted"] = units_json(found, lang, wanted)
    if json:
        print_json(shown)
    else:
        print(terminal.case(shown, lang))
    tell_report(report, lang)
    return status(report)


def validate(*, cases: list[str], json: bool, lang: Lang) -> int:
    """Check cases and print what to mend."""
    from casecurves import terminal
    from casecurves.access import find_all
    from casecurves.io import validation

    found = find_all(cases, lang)
    outcome = validation(found, lang)
    report = "\n".join(f"\n{case_id}\n{report.to_text(lang)}" for case_id, (_, report) in found.items() if len(report))
    text = terminal.validation(outcome, report, lang)
    if json:
        print_json(outcome)
        tell(text)
    else:
        print(text)
    return status(*(report for _, report in found.values()))
