"""The command line: which command was given, and what becomes of what it raises.

Nothing but the words is loaded until a command needs it. With ``--json``, standard output holds JSON in every case and
everything said to a person goes to standard error.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import TextIO, cast

from casecurves import arguments
from casecurves.commands.telling import MISUSED, SOUND, print_json, tell
from casecurves.errors import CasecurvesError
from casecurves.words import say

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
    return _command(given.command)(**chosen)


def _command(name: str) -> Callable[..., int]:
    module, function = _COMMANDS[name].split(":")
    return cast("Callable[..., int]", getattr(import_module(f"casecurves.commands.{module}"), function))


def _misused(text: str, words: list[str]) -> int:
    if "--json" in words:
        print_json({"error": text})
    tell(say("cli.error.line", arguments.language(words), text=text))
    return MISUSED


def version() -> int:
    """Print the version."""
    from importlib.metadata import version as installed

    print(f"casecurves {installed('casecurves')}")
    return SOUND


# Each command with the module that holds it, loaded when the command is given.
_COMMANDS: Mapping[str, str] = {
    "list": "cases:list_cases",
    "figures": "cases:figures",
    "show": "cases:show",
    "validate": "cases:validate",
    "check": "proof:check",
    "render": "drawing:render",
    "caption": "captions:caption",
    "care": "reports:care",
    "publish": "publishing:publish",
    "diagram": "drawing:diagram",
    "table": "reports:table",
    "compare": "comparing:compare",
    "handout": "teaching:handout",
    "template": "files:template",
    "convert": "files:convert",
    "export-site": "files:export_site",
    "serve": "running:serve",
    "bench": "running:bench",
}


def _say_everything(stream: TextIO) -> None:
    """Let a stream write what its encoding lacks as an escape, rather than stop in the middle."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")
