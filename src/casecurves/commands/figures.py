"""What a command line says about a figure, as options."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from casecurves.commands.telling import assumed
from casecurves.errors import UsageError
from casecurves.words import say

if TYPE_CHECKING:
    from casecurves.figure.options import Options
    from casecurves.figure.spec import Spec
    from casecurves.model.case import Case
    from casecurves.words import Lang

# The words of a command line that are options of a figure as they are.
_PLAIN = ("unit", "zero", "order", "support", "dose", "view", "index", "illustrative", "age", "dates")
_OTHERS = ("absent", "assume", "whole", "rules", "units", "first", "last")
NAMES = (*_PLAIN, *_OTHERS)


def figure_of(case: Case, lang: Lang, given: Mapping[str, object]) -> Spec:
    """Draw a case as a command line asks.

    Parameters
    ----------
    case : Case
        The case.
    lang : {"en", "fr"}
        Language of the figure and of what is said about a slip.
    given : mapping of str to object
        Everything of `NAMES`, as typed.

    Returns
    -------
    Spec
        The figure.

    Raises
    ------
    UsageError
        When the case has no such row or rule, or the window shows nothing of it.
    """
    from casecurves.access import check_rules, read_units
    from casecurves.figure.compile import compile as compile_case
    from casecurves.figure.window import check_window, read_window

    window = read_window(str(given["first"]), str(given["last"]), lang)
    _check_zero(case, str(given["zero"]), lang)
    check_rules(case, _words(given["rules"]), str(given["index"]), lang)
    options = _options(lang, given, window)
    units = read_units(case.measurements, _words(given["units"]), lang)
    spec = compile_case(case, options.model_copy(update={"units": units}))
    check_window(spec, window, lang)
    return spec


def told_of(case: Case, lang: Lang, given: Mapping[str, object]) -> tuple[Spec, ...]:
    """Draw a case as it is known at each step of its lesson, or of its own order where it has none.

    One figure for each; as `figure_of` where its options still apply.
    """
    from dataclasses import replace

    from casecurves.analysis.response import judged
    from casecurves.analysis.reveal import brought, reveal, step_of, telling
    from casecurves.figure.compile import compile as compile_case
    from casecurves.knowledge.rules import all_rules

    told = telling(case)
    options = _options(lang, {**given, "zero": "", "index": "", "rules": []}, None)
    options = options.model_copy(update={"once": "placed"})
    stops = case.teaching.stops if case.teaching else ()
    rules = [(step_of(case, told, stop), rule) for stop in stops if (rule := all_rules().get(stop.rule))]

    def figure(number: int) -> Spec:
        shown = reveal(case, told, number, lang=lang)
        asked = [row for at, rule in rules if at == number for row in judged(rule, shown.measurements)]
        return replace(compile_case(shown, options), news=brought(told, number), wanted=tuple(asked))

    return tuple(figure(step.number) for step in told)


def _options(lang: Lang, given: Mapping[str, object], window: tuple[float, float] | None) -> Options:
    from casecurves.figure.options import Options

    shown = {name: given[name] for name in _PLAIN}
    shown |= {"lang": lang, "absent": given["absent"] == "shown", "fold": not given["whole"], "window": window}
    shown |= {"assume": assumed(str(given["assume"])), "rules": tuple(_words(given["rules"]))}
    return Options.model_validate(shown)


def _words(given: object) -> list[str]:
    return [str(word) for word in given] if isinstance(given, list) else []


def _check_zero(case: Case, zero: str, lang: str) -> None:
    known = [row.id for row in (*case.therapies, *case.events)]
    if zero and zero not in known:
        raise UsageError(say("cli.error.zero", lang, given=zero, known=", ".join(known)))
