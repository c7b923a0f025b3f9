"""What can be typed after ``casecurves``: commands, options, and what is said about a slip."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from itertools import pairwise

from casecurves.arguments.options import COMMANDS, parser_of
from casecurves.errors import UsageError
from casecurves.words import LANGS, say

__all__ = ["COMMANDS", "language", "parse"]

_UNITS = ("auto", "days", "weeks", "months", "years")
# Options of one word each, with their words.
_CLOSED = {
    "lang": LANGS,
    "unit": _UNITS,
    "order": ("start", "class", "name"),
    "support": ("shown", "folded"),
    "absent": ("shown", "hidden"),
    "dose": ("stated", "prednisone"),
    "assume": ("none", "prednisone", "prednisolone", "methylprednisolone"),
    "view": ("stacked", "overlay"),
    "shown": ("swimmer", "multiples", "overlay"),
    "sort": ("duration", "response", "name"),
    "age": ("exact", "band"),
    "dates": ("shown", "hidden"),
}
# What is typed for an option that is called otherwise here.
_TYPED = {"shown": "view"}


def language(argv: Sequence[str]) -> str:
    """Return the language that a command line asks for; English when it asks for none that there is."""
    for word, following in pairwise([*argv, ""]):
        wanted = following if word == "--lang" else word.removeprefix("--lang=")
        if wanted != word and wanted in LANGS:
            return wanted
    return "en"


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Read a command line.

    Parameters
    ----------
    argv : sequence of str
        The words after the program's name.

    Returns
    -------
    argparse.Namespace
        ``command`` and the options of that command, all checked.

    Raises
    ------
    UsageError
        When a word is not understood, with one sentence in the language asked for.
    """
    lang = language(argv)
    parser = parser_of(lang)
    if argv and argv[0] not in COMMANDS and not argv[0].startswith("-"):
        raise UsageError(say("cli.error.unknown_command", lang, given=argv[0], known=_near(argv[0])))
    if argv and argv[0].startswith("-") and argv[0] not in ("-h", "--help", "--version"):
        raise UsageError(say("cli.error.command_first", lang, given=argv[0]))
    if argv and argv[0] in COMMANDS:
        parser.asked = f"casecurves {argv[0]}"
    given = parser.parse_args(list(argv))
    if given.command is None and not given.version:
        raise UsageError(say("cli.error.no_command", lang))
    for option, known in _CLOSED.items():
        value = getattr(given, option, known[0])
        if value is not None and value not in known:
            choices = ", ".join(known)
            typed = f"--{_TYPED.get(option, option)}"
            raise UsageError(say("cli.error.choice", lang, option=typed, given=value, known=choices))
    for option, read, key in _NUMBERS:
        if hasattr(given, option):
            setattr(given, option, _number(option, getattr(given, option), read, key, lang))
    if not 0 <= getattr(given, "port", 0) <= 65535:
        raise UsageError(say("cli.error.port", lang, port=given.port))
    return given


_NUMBERS: tuple[tuple[str, Callable[[str], float], str], ...] = (("port", int, "cli.error.whole_number"),)


def _number(option: str, text: str, read: Callable[[str], float], key: str, lang: str) -> float:
    try:
        return read(text)
    except ValueError:
        raise UsageError(say(key, lang, option="--" + option.replace("_", "-"), given=text)) from None


def _near(word: str) -> str:
    return ", ".join(get_close_matches(word, COMMANDS, n=2) or COMMANDS)
