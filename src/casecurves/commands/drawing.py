"""What is drawn to a file: a case, a diagram."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from casecurves.commands.telling import FAULTY, SOUND, assumed, nothing, print_json, status, tell, tell_report, written
from casecurves.errors import UsageError
from casecurves.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casecurves.figure.export import Format
    from casecurves.figure.options import DoseView, Order, Support, Unit, View
    from casecurves.figure.page import PageOptions
    from casecurves.figure.spec import Spec
    from casecurves.model.case import Case
    from casecurves.words import Lang


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
    units: list[str],
    rules: list[str],
    index: str,
    illustrative: bool,
    whole: bool,
    view: View,
    check: bool,
    force: bool,
    no_title: bool,
    **page: object,
) -> int:
    """Draw a case to a file; one with errors without the rows at fault; or only say what is wrong with the figure."""
    from casecurves.access import check_rules, find, read_units
    from casecurves.figure.compile import compile as compile_case
    from casecurves.figure.export import format_of, save
    from casecurves.figure.options import Options
    from casecurves.figure.window import check_window, read_window
    from casecurves.model.issues import visible

    window = read_window(first, last, lang)
    wanted = _page(page | ({"title": False} if no_title else {}), lang)
    fmt = format_of(output, lang)
    found, report = find(case, lang)
    if found is None:
        return nothing("cli.error.cannot_draw", case, report, lang, as_json=False)
    _check_zero(found, zero, lang)
    check_rules(found, rules, index, lang)
    shown: dict[str, object] = {"order": order, "support": support, "absent": absent == "shown", "fold": not whole}
    shown |= {"dose": dose, "assume": assumed(assume), "view": view, "window": window}
    shown |= {"rules": tuple(rules), "index": index, "illustrative": illustrative}
    shown["units"] = read_units(found, units, lang)
    options = Options.model_validate({"lang": lang, "unit": unit, "zero": zero, **shown})
    spec = compile_case(found, options)
    check_window(spec, window, lang)
    wanted, failing = _checked(spec, wanted, fmt, lang, always=check)
    if check:
        return FAULTY if failing else status(report)
    paths = save(spec, output, wanted, force=force)
    tell_report(report, lang)
    for path in paths:
        print(visible(say("terminal.written", lang, path=path)))
    return status(report)


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
            print_json(found)
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
    return written(output, makers, lang, force=force)


def _page(given: Mapping[str, object], lang: str) -> PageOptions:
    """Read the page from what was typed; what was not is as the preset has it, else as usual."""
    from casecurves.figure.page import read_page

    return read_page({name: value for name, value in given.items() if value is not None}, lang)


def _checked(
    spec: Spec, page: PageOptions, fmt: Format, lang: Lang, *, always: bool = False
) -> tuple[PageOptions, bool]:
    """Mend a page that is made for something, say what is wrong with it, and return it and whether it fails."""
    from casecurves.figure.check import check, fitted
    from casecurves.figure.export import PRINTED

    if fmt not in PRINTED or not (page.preset or always):
        return page, False
    page, mended = fitted(spec, page)
    found = (*mended, *check(spec, page, fmt))
    for finding in found:
        tell(say(f"check.{finding.level}", lang, text=finding.text))
    if not found:
        tell(say("check.sound", lang))
    return page, any(finding.level == "fails" for finding in found)


def _check_zero(case: Case, zero: str, lang: str) -> None:
    known = [row.id for row in (*case.therapies, *case.events)]
    if zero and zero not in known:
        raise UsageError(say("cli.error.zero", lang, given=zero, known=", ".join(known)))
