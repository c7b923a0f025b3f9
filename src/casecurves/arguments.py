"""What can be typed after ``casecurves``: commands, options, and what is said about a slip."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from itertools import pairwise
from typing import Any, NoReturn

from casecurves.errors import UsageError
from casecurves.words import LANGS, say

COMMANDS = (
    "list", "figures", "show", "validate", "check", "render", "caption", "care", "publish", "diagram", "compare",
    "handout", "template", "convert", "export-site", "serve", "bench",
)  # fmt: skip
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

# What argparse says, and the entry of the catalogue that says it in both languages.
_SLIPS = (
    (re.compile(r"unrecognized arguments: (?P<given>.*)", re.DOTALL), "cli.error.unknown_option"),
    (re.compile(r"the following arguments are required: (?P<given>.*)"), "cli.error.missing"),
    (re.compile(r"argument (?P<given>.*): expected (one|at least one) argument"), "cli.error.no_value"),
    (re.compile(r"argument .*: invalid choice: '(?P<given>.*)' \(choose", re.DOTALL), "cli.error.unknown_option"),
    (re.compile(r"argument (?P<given>.*): ignored explicit argument"), "cli.error.takes_no_value"),
)


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
    parser = _parser(lang)
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


class _Parser(argparse.ArgumentParser):
    """An argument parser that speaks the catalogue's languages and raises instead of exiting."""

    def __init__(self, lang: str, prog: str, description: str, epilog: str | None = None, **more: Any) -> None:  # noqa: ANN401 - what a newer argparse passes on
        def formatter(prog: str) -> argparse.HelpFormatter:
            return _Formatter(prog, lang)

        super().__init__(
            prog, description=description, epilog=epilog, add_help=False, allow_abbrev=False,
            formatter_class=formatter, **more,
        )  # fmt: skip
        self.lang = lang
        # The command whose help to point to; what a command leaves over is found out one level up.
        self.asked = prog
        self.words = self.add_argument_group(say("cli.section.arguments", lang))
        self.options = self.add_argument_group(say("cli.section.options", lang))
        self.options.add_argument("-h", "--help", action="help", help=say("cli.help.help", lang))

    def error(self, message: str) -> NoReturn:
        """Say what was not understood."""
        for pattern, key in _SLIPS:
            found = pattern.match(message)
            if found:
                raise UsageError(say(key, self.lang, command=self.asked, given=found["given"]))
        raise UsageError(say("cli.error.unknown_option", self.lang, command=self.asked, given=message))


class _Formatter(argparse.HelpFormatter):
    def __init__(self, prog: str, lang: str) -> None:
        super().__init__(prog, max_help_position=28, width=100)
        self._usage = say("cli.section.usage", lang)

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, self._usage if prefix is None else prefix)


def _parser(lang: str) -> _Parser:
    parser = _Parser(lang, "casecurves", say("cli.about", lang), say("cli.more", lang))
    parser.options.add_argument("--version", action="store_true", help=say("cli.help.version", lang))
    made = parser.add_subparsers(
        dest="command", title=say("cli.section.commands", lang), metavar=say("cli.word.command", lang)
    )
    drawers = (_render, _caption, _care, _publish, _diagram, _compare, _handout)
    makers = (_list, _list, _show, _validate, _check, *drawers, _template, _convert, _export_site, _serve, _bench)
    for command, add in zip(COMMANDS, makers, strict=True):
        about = say(f"cli.command.{command}", lang)
        child = made.add_parser(command, help=about, lang=lang, description=about, prog=f"casecurves {command}")
        add(child)
        _option(child, "lang", "LANG", "en")
    return parser


def _list(parser: _Parser) -> None:
    _flag(parser, "json")


def _show(parser: _Parser) -> None:
    _case(parser)
    _option(parser, "assume", "AGENT", "none")
    _units(parser)
    _rules(parser)
    _flag(parser, "json")


def _validate(parser: _Parser) -> None:
    _cases(parser)
    _flag(parser, "json")


def _check(parser: _Parser) -> None:
    name = f"{say('cli.word.case', parser.lang)}|{say('cli.word.document', parser.lang)}"
    parser.words.add_argument("about", metavar=name, help=say("cli.help.about", parser.lang))
    _flag(parser, "json")


def _render(parser: _Parser) -> None:
    _case(parser)
    _output(parser, "output")
    _figure(parser)
    _page(parser)
    _flag(parser, "steps")
    _repeated(parser, "picture", "FILE:LETTER:LABEL", "picture")
    _flag(parser, "check")
    _flag(parser, "force")


def _caption(parser: _Parser) -> None:
    _case(parser)
    about = say("cli.help.output_caption", parser.lang)
    parser.options.add_argument("-o", "--output", metavar=say("cli.word.file", parser.lang), default="", help=about)
    _flag(parser, "alt")
    _flag(parser, "letters")
    _figure(parser, age="exact", dates="shown")
    _flag(parser, "force")
    _flag(parser, "json")


def _care(parser: _Parser) -> None:
    _case(parser)
    about = say("cli.help.output_care", parser.lang)
    parser.options.add_argument("-o", "--output", metavar=say("cli.word.file", parser.lang), default="", help=about)
    _option(parser, "zero", "ID", "")
    _option(parser, "age", "AGE", "exact")
    _option(parser, "dates", "DATES", "shown")
    _option(parser, "width", "MM", None, flag="--width-mm")
    _option(parser, "dpi", "DPI", None)
    _option(parser, "type", "PT", None, flag="--type-pt")
    _flag(parser, "force")
    _flag(parser, "json")


def _publish(parser: _Parser) -> None:
    _cases(parser)
    folder = say("cli.word.folder", parser.lang)
    about = say("cli.help.output_publish", parser.lang)
    parser.options.add_argument("-o", "--output", metavar=folder, required=True, help=about)
    _option(parser, "formats", "png,pdf", "")
    _figure(parser)
    _page(parser)
    _flag(parser, "care")
    _flag(parser, "steps", "publish_steps")
    _flag(parser, "force")


def _figure(parser: _Parser, age: str | None = None, dates: str | None = None) -> None:
    """What a figure shows of a case."""
    _option(parser, "unit", "UNIT", "auto")
    _option(parser, "zero", "ID", "")
    _option(parser, "order", "ORDER", "start")
    _option(parser, "support", "SUPPORT", "shown")
    _option(parser, "absent", "ABSENT", "shown")
    _option(parser, "dose", "DOSE", "stated")
    _option(parser, "assume", "AGENT", "none")
    for flag, name in (("--from", "first"), ("--to", "last")):
        about = say(f"cli.help.{name}", parser.lang)
        parser.options.add_argument(flag, dest=name, metavar="DAY", default="", help=about)
    _units(parser)
    _rules(parser)
    _flag(parser, "whole")
    _option(parser, "view", "VIEW", "stacked")
    _option(parser, "age", "AGE", age)
    _option(parser, "dates", "DATES", dates)


def _page(parser: _Parser) -> None:
    """The page that a figure is printed on; what is not typed is left to the preset."""
    _option(parser, "preset", "PRESET", None)
    _option(parser, "width", "MM", None, flag="--width-mm")
    _option(parser, "dpi", "DPI", None)
    _option(parser, "theme", "THEME", "light")
    _option(parser, "type", "PT", None, flag="--type-pt")
    _flag(parser, "transparent")
    _flag(parser, "no-title")
    _option(parser, "words", "PLACE", None)
    _flag(parser, "letters")
    _option(parser, "seen", "VISION", None)


def _diagram(parser: _Parser) -> None:
    name = say("cli.word.diagram", parser.lang)
    parser.words.add_argument("diagram", metavar=name, nargs="?", default="", help=say("cli.help.diagram", parser.lang))
    file = say("cli.word.file", parser.lang)
    about = say("cli.help.output_diagram", parser.lang)
    parser.options.add_argument("-o", "--output", metavar=file, default="", help=about)
    parser.options.add_argument("--list", dest="listed", action="store_true", help=say("cli.help.listed", parser.lang))
    _flag(parser, "json")
    _option(parser, "node", "ID", "")
    _option(parser, "width", "MM", "190", flag="--width-mm")
    _option(parser, "dpi", "DPI", "300")
    _option(parser, "theme", "THEME", "light")
    _option(parser, "type", "PT", "7", flag="--type-pt")
    _flag(parser, "transparent")
    _flag(parser, "force")


def _compare(parser: _Parser) -> None:
    _cases(parser)
    lang = parser.lang
    _option(parser, "align", "WHAT", "")
    _repeated(parser, "pick", "CASE=ID", "picks")
    about = say("cli.help.output_compare", lang)
    parser.options.add_argument("-o", "--output", metavar=say("cli.word.file", lang), default="", help=about)
    about = say("cli.help.compare_view", lang)
    parser.options.add_argument("--view", dest="shown", metavar="VIEW", default="swimmer", help=about)
    _repeated(parser, "analyte", "NAME", "analytes")
    _option(parser, "sort", "SORT", "duration")
    _repeated(parser, "rule", "RULE", "rules")
    _flag(parser, "illustrative")
    _option(parser, "unit", "UNIT", "auto")
    _units(parser)
    _flag(parser, "json")
    _option(parser, "width", "MM", "190", flag="--width-mm")
    _option(parser, "dpi", "DPI", "300")
    _option(parser, "theme", "THEME", "light")
    _option(parser, "type", "PT", "7", flag="--type-pt")
    _flag(parser, "transparent")
    _flag(parser, "force")


def _repeated(parser: _Parser, name: str, value: str, into: str) -> None:
    """Add an option that may be given several times."""
    about = say(f"cli.help.{name}", parser.lang)
    parser.options.add_argument(f"--{name}", metavar=value, action="append", default=[], dest=into, help=about)


def _handout(parser: _Parser) -> None:
    _case(parser)
    _output(parser, "output_handout")
    _flag(parser, "answers")
    _flag(parser, "force")


def _template(parser: _Parser) -> None:
    _output(parser, "output_template")
    _flag(parser, "force")


def _convert(parser: _Parser) -> None:
    _case(parser)
    _output(parser, "output_convert")
    _flag(parser, "force")


def _export_site(parser: _Parser) -> None:
    about = say("cli.help.site", parser.lang)
    parser.words.add_argument("file", metavar=say("cli.word.file", parser.lang), help=about)
    _cases(parser)
    _flag(parser, "force")


def _serve(parser: _Parser) -> None:
    _option(parser, "host", "HOST", "127.0.0.1")
    _option(parser, "port", "PORT", "8050")
    _option(parser, "library", say("cli.word.folder", parser.lang), "", flag="--cases")


def _bench(parser: _Parser) -> None:
    _flag(parser, "json")
    _flag(parser, "quick")


def _case(parser: _Parser) -> None:
    name = say("cli.word.case", parser.lang)
    parser.words.add_argument("case", metavar=name, help=say("cli.help.case", parser.lang))


def _output(parser: _Parser, about: str) -> None:
    file = say("cli.word.file", parser.lang)
    parser.options.add_argument(
        "-o", "--output", metavar=file, required=True, help=say(f"cli.help.{about}", parser.lang)
    )


def _cases(parser: _Parser) -> None:
    name = f"{say('cli.word.case', parser.lang)}|{say('cli.word.folder', parser.lang)}"
    parser.words.add_argument("cases", metavar=name, nargs="*", help=say("cli.help.cases", parser.lang))


def _option(parser: _Parser, name: str, value: str, default: str | None, *, flag: str = "") -> None:
    about = say(f"cli.help.{name}", parser.lang)
    parser.options.add_argument(flag or f"--{name}", metavar=value, default=default, help=about)


def _units(parser: _Parser) -> None:
    """Units that a reader wants."""
    _repeated(parser, "analyte-unit", "ANALYTE=UNIT", "units")


def _rules(parser: _Parser) -> None:
    """Which rules are applied, from which start they count, and whether to invented values, too."""
    _repeated(parser, "rule", "RULE", "rules")
    _option(parser, "index", "ID", "")
    _flag(parser, "illustrative")


def _flag(parser: _Parser, name: str, about: str = "") -> None:
    parser.options.add_argument(f"--{name}", action="store_true", help=say(f"cli.help.{about or name}", parser.lang))
