"""The command line: each command is one function that calls the library and prints what it returns.

Nothing but the words is loaded until a command needs it. With ``--json``, standard output holds JSON in every case and
everything said to a person goes to standard error.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, cast

from casecurves import arguments
from casecurves.errors import CasecurvesError, UsageError
from casecurves.words import say

if TYPE_CHECKING:
    from casecurves.figure.options import DoseView, Order, Support, Unit, View
    from casecurves.knowledge.glucocorticoids import Assumed
    from casecurves.model.case import Case
    from casecurves.model.issues import Report
    from casecurves.words import Lang

SOUND, FAULTY, MISUSED = 0, 1, 2
# What a shell shows for a program that was interrupted, or whose reader went away.
_INTERRUPTED, _UNHEARD = 130, 141


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    argv : sequence of str, optional
        The words after the program's name; those of this process when not given.

    Returns
    -------
    int
        0 sound or warnings only, 1 errors in the data, 2 unknown command, option or case.
    """
    words = sys.argv[1:] if argv is None else list(argv)
    for stream in (sys.stdout, sys.stderr):
        _say_everything(stream)
    try:
        status = _run(words)
        sys.stdout.flush()
    except CasecurvesError as error:
        return _misused(str(error), words)
    except BrokenPipeError:
        # Python flushes standard output once more when it ends, into a pipe that nobody reads.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _UNHEARD
    except KeyboardInterrupt:
        return _INTERRUPTED
    except OSError as error:
        place = error.filename or ""
        reason = error.strerror or error
        return _misused(say("cli.error.system", arguments.language(words), reason=reason, path=place), words)
    return status


def _run(words: list[str]) -> int:
    try:
        given = arguments.parse(words)
    except SystemExit as asked:  # --help has been printed
        return int(asked.code or SOUND)
    if given.command is None:
        return version()
    chosen = {name: value for name, value in vars(given).items() if name not in ("command", "version")}
    return _COMMANDS[given.command](**chosen)


def _misused(text: str, words: list[str]) -> int:
    if "--json" in words:
        _print_json({"error": text})
    _tell(say("cli.error.line", arguments.language(words), text=text))
    return MISUSED


def version() -> int:
    """Print the version."""
    from importlib.metadata import version as installed

    print(f"casecurves {installed('casecurves')}")
    return SOUND


def list_cases(*, json: bool, lang: Lang) -> int:
    """Print the shipped cases."""
    from casecurves import terminal
    from casecurves.io import read_library, shipped_cases, summary

    found = read_library(shipped_cases())
    cases = [summary(case, lang) for case, _ in found.values() if case is not None]
    if json:
        _print_json(cases)
    else:
        print(terminal.library(cases, lang))
    for case_id, (case, _) in found.items():
        if case is None:
            _tell(say("terminal.unreadable", lang, case=case_id))
    return _status(*(report for _, report in found.values()))


def figures(*, json: bool, lang: Lang) -> int:
    """Print every figure and table of the documents, and how far each is reproduced."""
    from casecurves import terminal
    from casecurves.io import figures_to_json
    from casecurves.knowledge import all_documents

    found = figures_to_json(lang)
    if json:
        _print_json(found)
    else:
        print(terminal.figures(found, {one.id: one.title for one in all_documents()}, lang))
    return SOUND


def show(*, case: str, assume: str, rules: list[str], index: str, illustrative: bool, json: bool, lang: Lang) -> int:
    """Print what a case holds, how much glucocorticoid was given, the status by each rule, and kidney function."""
    from casecurves import terminal
    from casecurves.access import check_rules, find
    from casecurves.analysis.kidney_saying import to_json as kidney_json
    from casecurves.analysis.response.saying import to_json as status_json
    from casecurves.analysis.saying import to_json as exposure_json
    from casecurves.io import to_json

    found, report = find(case, lang)
    if found is None:
        return _nothing("cli.error.cannot_show", case, report, lang, as_json=json)
    check_rules(found, rules, index, lang)
    shown = to_json(found, lang) | {"exposure": exposure_json(found, _assumed(assume), lang)}
    shown["statuses"] = status_json(found, lang, tuple(rules), index=index, illustrative=illustrative)
    shown["kidney_function"] = kidney_json(found, lang)
    if json:
        _print_json(shown)
    else:
        print(terminal.case(shown, lang))
    _tell_report(report, lang)
    return _status(report)


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
        _print_json(outcome)
        _tell(text)
    else:
        print(text)
    return _status(*(report for _, report in found.values()))


def render(
    *,
    case: str,
    output: str,
    lang: Lang,
    unit: Unit,
    zero: str,
    order: Order,
    support: Support,
    absent: str,
    dose: DoseView,
    assume: str,
    first: str,
    last: str,
    rules: list[str],
    index: str,
    illustrative: bool,
    whole: bool,
    view: View,
    force: bool,
    no_title: bool,
    **page: object,
) -> int:
    """Draw a case to a file; one with errors without the rows at fault."""
    from casecurves.access import check_rules, find
    from casecurves.figure.compile import compile as compile_case
    from casecurves.figure.export import save
    from casecurves.figure.options import Options
    from casecurves.figure.page import read_page
    from casecurves.figure.window import check_window, read_window
    from casecurves.model.issues import visible

    window = read_window(first, last, lang)
    wanted = read_page({**page, "title": not no_title}, lang)
    found, report = find(case, lang)
    if found is None:
        return _nothing("cli.error.cannot_draw", case, report, lang, as_json=False)
    _check_zero(found, zero, lang)
    check_rules(found, rules, index, lang)
    shown: dict[str, object] = {"order": order, "support": support, "absent": absent == "shown", "fold": not whole}
    shown |= {"dose": dose, "assume": _assumed(assume), "view": view, "window": window}
    shown |= {"rules": tuple(rules), "index": index, "illustrative": illustrative}
    options = Options.model_validate({"lang": lang, "unit": unit, "zero": zero, **shown})
    spec = compile_case(found, options)
    check_window(spec, window, lang)
    paths = save(spec, output, wanted, force=force)
    _tell_report(report, lang)
    for path in paths:
        print(visible(say("terminal.written", lang, path=path)))
    return _status(report)


def diagram(
    *, diagram: str, listed: bool, output: str, node: str, force: bool, json: bool, lang: Lang, **page: object
) -> int:
    """Draw a diagram of relations to a file, or print which there are."""
    from casecurves import terminal
    from casecurves.figure.diagrams import compile_diagram, render_diagram
    from casecurves.figure.export import PRINTED
    from casecurves.figure.page import read_page
    from casecurves.knowledge.relations import all_diagrams

    known = all_diagrams()
    if listed:
        found = [one.to_json(lang) for one in known.values()]
        if json:
            _print_json(found)
        else:
            print(terminal.diagrams(found))
        return SOUND
    if diagram not in known:
        raise UsageError(say("cli.error.diagram", lang, given=diagram, known=", ".join(known)))
    if not output:
        raise UsageError(say("cli.error.missing", lang, command="casecurves diagram", given="-o/--output"))
    wanted = read_page(page, lang)
    spec = compile_diagram(known[diagram], lang, node)
    if node and not any(box.chosen for box in spec.boxes):
        nodes = ", ".join(box.id for box in spec.boxes)
        raise UsageError(say("cli.error.node", lang, given=node, known=nodes))
    makers = {f".{fmt}": partial(render_diagram, spec, fmt, wanted) for fmt in PRINTED}
    return _written(output, makers, lang, force=force)


def template(*, output: str, force: bool, lang: Lang) -> int:
    """Write an empty workbook."""
    from casecurves.io.template import template as empty

    return _written(output, {".xlsx": lambda: empty(lang)}, lang, force=force)


def convert(*, case: str, output: str, force: bool, lang: Lang) -> int:
    """Write a case as a workbook, or as a zip of its folder; with its faulty rows."""
    from casecurves.access import files
    from casecurves.io.files import slug, zipped
    from casecurves.io.template import to_workbook

    found, report = files(case, lang)
    if not found:
        return _nothing("cli.error.cannot_show", case, report, lang, as_json=False)
    makers = {".xlsx": lambda: to_workbook(found, lang), ".zip": lambda: zipped(found, slug(output))}
    return _written(output, makers, lang, force=force)


def export_site(*, file: str, cases: list[str], force: bool, lang: Lang) -> int:
    """Write cases as one page for machines that have a browser and nothing else."""
    from casecurves.access import find_all
    from casecurves.figure.export import write
    from casecurves.figure.site import to_site
    from casecurves.model.issues import visible

    found = find_all(cases, lang)
    readable = [case for case, _ in found.values() if case is not None]
    for case_id, (case, _) in found.items():
        if case is None:
            _tell(say("terminal.unreadable", lang, case=case_id))
    if not readable:
        raise UsageError(say("cli.error.no_site", lang))
    path = Path(file)
    if path.suffix.lower() != ".html":
        raise UsageError(say("export.unknown_format", lang, name=path.name, known=".html"))
    page = to_site(readable).encode()
    write(path, page, lang, force=force)
    size = f"{len(page) / 1e6:.1f}".replace(".", "," if lang == "fr" else ".")
    print(visible(say("terminal.site", lang, path=path, n=len(readable), size=size)))
    return _status(*(report for _, report in found.values()))


def serve(*, host: str, port: int, cases: str, lang: Lang) -> int:
    """Serve the dashboard until it is interrupted."""
    try:
        from casecurves_dashboard.app import serve as start
    except ModuleNotFoundError as error:
        raise UsageError(say("cli.error.no_dashboard", lang, module=error.name)) from error
    if cases and not Path(cases).is_dir():
        raise UsageError(say("access.no_folder", lang, given=cases))
    start(host=host, port=port, cases=Path(cases) if cases else None)
    return SOUND


def bench(*, json: bool, quick: bool, lang: Lang) -> int:
    """Measure on this machine and print what was found."""
    from casecurves.bench import measure, report

    outcome = measure(quick=quick, lang=lang, tell=_tell)
    if json:
        _print_json(outcome)
    else:
        print(report(outcome, lang))
    return SOUND


_COMMANDS: Mapping[str, Callable[..., int]] = {
    "list": list_cases,
    "figures": figures,
    "show": show,
    "validate": validate,
    "render": render,
    "diagram": diagram,
    "template": template,
    "convert": convert,
    "export-site": export_site,
    "serve": serve,
    "bench": bench,
}


def _written(output: str, makers: Mapping[str, Callable[[], bytes]], lang: Lang, *, force: bool) -> int:
    """Write a file in the format that its ending says."""
    from casecurves.figure.export import write
    from casecurves.model.issues import visible

    make = makers.get(Path(output).suffix.lower())
    if make is None:
        raise UsageError(say("export.unknown_format", lang, name=Path(output).name, known=", ".join(makers)))
    path = write(output, make(), lang, force=force)
    print(visible(say("terminal.written", lang, path=path)))
    return SOUND


def _assumed(word: str) -> Assumed:
    """Return what an unnamed agent is taken to be; ``none`` is a word of the command line."""
    return "" if word == "none" else cast("Assumed", word)


def _check_zero(case: Case, zero: str, lang: str) -> None:
    known = [row.id for row in (*case.therapies, *case.events)]
    if zero and zero not in known:
        raise UsageError(say("cli.error.zero", lang, given=zero, known=", ".join(known)))


def _nothing(key: str, case: str, report: Report, lang: str, *, as_json: bool) -> int:
    """Say that a case cannot be used at all, and why."""
    text = say(key, lang, case=case)
    if as_json:
        _print_json({"error": text, "issues": [issue.to_json(lang) for issue in report]})
    _tell_report(report, lang)
    _tell(say("cli.error.line", lang, text=text))
    return FAULTY


def _status(*reports: Report) -> int:
    return SOUND if all(report.sound for report in reports) else FAULTY


def _print_json(value: Any) -> None:  # noqa: ANN401 - whatever JSON can hold
    # Escaped beyond ASCII: readable to a program in any encoding, and no character can drive a terminal.
    print(json.dumps(value, indent=2, allow_nan=False))


def _tell_report(report: Report, lang: str) -> None:
    if len(report):
        _tell(report.to_text(lang))


def _tell(text: str) -> None:
    from casecurves.model.issues import visible

    # It may repeat what was typed, and no character of that can drive a terminal.
    print(visible(text), file=sys.stderr, flush=True)


def _say_everything(stream: TextIO) -> None:
    """Let a stream write what its encoding lacks as an escape, rather than stop in the middle."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")
