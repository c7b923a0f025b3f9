"""A parser of a command line that speaks the catalogue's languages."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from typing import Any, NoReturn

from casecurves.errors import UsageError
from casecurves.words import say

# What argparse says, and the entry of the catalogue that says it in both languages.
_SLIPS = (
    (re.compile(r"unrecognized arguments: (?P<given>.*)", re.DOTALL), "cli.error.unknown_option"),
    (re.compile(r"the following arguments are required: (?P<given>.*)"), "cli.error.missing"),
    (re.compile(r"argument (?P<given>.*): expected (one|at least one) argument"), "cli.error.no_value"),
    (re.compile(r"argument .*: invalid choice: '(?P<given>.*)' \(choose", re.DOTALL), "cli.error.unknown_option"),
    (re.compile(r"argument (?P<given>.*): ignored explicit argument"), "cli.error.takes_no_value"),
)


class Parser(argparse.ArgumentParser):
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
