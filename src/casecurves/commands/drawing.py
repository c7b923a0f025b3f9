"""What is drawn to a file: a case, a diagram."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from casecurves.commands.telling import SOUND, assumed, nothing, print_json, status, tell_report, written
from casecurves.errors import UsageError
from casecurves.words import say

if TYPE_CHECKING:
    from casecurves.figure.options import DoseView, Order, Support, Unit, View
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
        return nothing("cli.error.cannot_draw", case, report, lang, as_json=False)
    _check_zero(found, zero, lang)
    check_rules(found, rules, index, lang)
    shown: dict[str, object] = {"order": order, "support": support, "absent": absent == "shown", "fold": not whole}
    shown |= {"dose": dose, "assume": assumed(assume), "view": view, "window": window}
    shown |= {"rules": tuple(rules), "index": index, "illustrative": illustrative}
    options = Options.model_validate({"lang": lang, "unit": unit, "zero": zero, **shown})
    spec = compile_case(found, options)
    check_window(spec, window, lang)
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


def _check_zero(case: Case, zero: str, lang: str) -> None:
    known = [row.id for row in (*case.therapies, *case.events)]
    if zero and zero not in known:
        raise UsageError(say("cli.error.zero", lang, given=zero, known=", ".join(known)))
