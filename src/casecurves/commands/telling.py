"""How a command answers: on standard output what was asked for, on standard error what is said to a person."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from casecurves.errors import UsageError
from casecurves.words import say

if TYPE_CHECKING:
    from casecurves.knowledge.glucocorticoids import Assumed
    from casecurves.model.issues import Report
    from casecurves.words import Lang

SOUND, FAULTY, MISUSED = 0, 1, 2


def written(output: str, makers: Mapping[str, Callable[[], bytes]], lang: Lang, *, force: bool) -> int:
    """Write a file in the format that its ending says."""
    from casecurves.figure.export import write
    from casecurves.model.issues import visible

    make = makers.get(Path(output).suffix.lower())
    if make is None:
        raise UsageError(say("export.unknown_format", lang, name=Path(output).name, known=", ".join(makers)))
    path = write(output, make(), lang, force=force)
    print(visible(say("terminal.written", lang, path=path)))
    return SOUND


def nothing(key: str, case: str, report: Report, lang: str, *, as_json: bool) -> int:
    """Say that a case cannot be used at all, and why."""
    text = say(key, lang, case=case)
    if as_json:
        print_json({"error": text, "issues": [issue.to_json(lang) for issue in report]})
    tell_report(report, lang)
    tell(say("cli.error.line", lang, text=text))
    return FAULTY


def status(*reports: Report) -> int:
    """Return the exit code of what was found in the data."""
    return SOUND if all(report.sound for report in reports) else FAULTY


def print_json(value: Any) -> None:  # noqa: ANN401 - whatever JSON can hold
    """Print the answer of a command for a program."""
    # Escaped beyond ASCII: readable to a program in any encoding, and no character can drive a terminal.
    print(json.dumps(value, indent=2, allow_nan=False))


def tell_report(report: Report, lang: str) -> None:
    """Say what was found in the data, if anything was."""
    if len(report):
        tell(report.to_text(lang))


def tell(text: str) -> None:
    """Say something to a person, beside what the command answers."""
    from casecurves.model.issues import visible

    # It may repeat what was typed, and no character of that can drive a terminal.
    print(visible(text), file=sys.stderr, flush=True)


def assumed(word: str) -> Assumed:
    """Return what an unnamed agent is taken to be; ``none`` is a word of the command line."""
    return "" if word == "none" else cast("Assumed", word)
