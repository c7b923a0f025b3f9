"""What each command takes."""

from __future__ import annotations

from casecurves.arguments.parser import Parser
from casecurves.words import say

COMMANDS = (
    "list", "figures", "show", "validate", "check", "render", "caption", "care", "publish", "diagram", "table",
    "compare", "handout", "template", "convert", "export-site", "serve", "bench",
)  # fmt: skip


def parser_of(lang: str) -> Parser:
    """Return the parser of every command."""
    parser = Parser(lang, "casecurves", say("cli.about", lang), say("cli.more", lang))
    parser.options.add_argument("--version", action="store_true", help=say("cli.help.version", lang))
    made = parser.add_subparsers(
        dest="command", title=say("cli.section.commands", lang), metavar=say("cli.word.command", lang)
    )
    drawers = (_render, _caption, _care, _publish, _diagram, _table, _compare, _handout)
    makers = (_list, _list, _show, _validate, _check, *drawers, _template, _convert, _export_site, _serve, _bench)
    for command, add in zip(COMMANDS, makers, strict=True):
        about = say(f"cli.command.{command}", lang)
        child = made.add_parser(command, help=about, lang=lang, description=about, prog=f"casecurves {command}")
        add(child)
        _option(child, "lang", "LANG", "en")
    return parser


def _list(parser: Parser) -> None:
    _flag(parser, "json")


def _show(parser: Parser) -> None:
    _case(parser)
    _option(parser, "assume", "AGENT", "none")
    _units(parser)
    _rules(parser)
    _flag(parser, "json")


def _validate(parser: Parser) -> None:
    _cases(parser)
    _flag(parser, "json")


def _check(parser: Parser) -> None:
    name = f"{say('cli.word.case', parser.lang)}|{say('cli.word.document', parser.lang)}"
    parser.words.add_argument("about", metavar=name, help=say("cli.help.about", parser.lang))
    _flag(parser, "json")


def _render(parser: Parser) -> None:
    _case(parser)
    _output(parser, "output", required=False)
    _figure(parser)
    _page(parser)
    _flag(parser, "steps")
    _repeated(parser, "picture", "FILE:LETTER:LABEL", "picture")
    _flag(parser, "check")
    _flag(parser, "force")


def _caption(parser: Parser) -> None:
    _case(parser)
    _output(parser, "output_caption", required=False)
    _flag(parser, "alt")
    _flag(parser, "letters")
    _figure(parser, age="exact", dates="shown")
    _flag(parser, "force")
    _flag(parser, "json")


def _care(parser: Parser) -> None:
    _case(parser)
    _output(parser, "output_care", required=False)
    _option(parser, "zero", "ID", "")
    _option(parser, "age", "AGE", "exact")
    _option(parser, "dates", "DATES", "shown")
    _option(parser, "width", "MM", None, flag="--width-mm")
    _option(parser, "dpi", "DPI", None)
    _option(parser, "type", "PT", None, flag="--type-pt")
    _flag(parser, "force")
    _flag(parser, "json")


def _publish(parser: Parser) -> None:
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


def _figure(parser: Parser, age: str | None = None, dates: str | None = None) -> None:
    """What a figure shows of a case."""
    _option(parser, "unit", "UNIT", "auto")
    _option(parser, "zero", "ID", "")
    _option(parser, "order", "ORDER", "start")
    _option(parser, "support", "SUPPORT", "shown")
    _option(parser, "absent", "ABSENT", "shown")
    _option(parser, "dose", "DOSE", "stated")
    _option(parser, "assume", "AGENT", "none")
    _window(parser)
    _units(parser)
    _rules(parser)
    _flag(parser, "whole")
    _option(parser, "view", "VIEW", "stacked")
    _option(parser, "age", "AGE", age)
    _option(parser, "dates", "DATES", dates)


def _window(parser: Parser) -> None:
    for flag, name in (("--from", "first"), ("--to", "last")):
        about = say(f"cli.help.{name}", parser.lang)
        parser.options.add_argument(flag, dest=name, metavar="DAY", default="", help=about)


def _page(parser: Parser) -> None:
    """The page that a figure is printed on; what is not typed is left to the preset."""
    _plain_page(parser)
    _option(parser, "panels", "HEIGHT", None)
    _flag(parser, "letters")


def _plain_page(parser: Parser) -> None:
    """The page of a figure without panels."""
    _option(parser, "preset", "PRESET", None)
    _option(parser, "width", "MM", None, flag="--width-mm")
    _option(parser, "dpi", "DPI", None)
    _option(parser, "theme", "THEME", "light")
    _option(parser, "type", "PT", None, flag="--type-pt")
    _flag(parser, "transparent")
    _flag(parser, "no-title")
    _option(parser, "words", "PLACE", None)
    _option(parser, "seen", "VISION", None)


def _diagram(parser: Parser) -> None:
    name = say("cli.word.diagram", parser.lang)
    parser.words.add_argument("diagram", metavar=name, nargs="?", default="", help=say("cli.help.diagram", parser.lang))
    _output(parser, "output", required=False)
    parser.options.add_argument("--list", dest="listed", action="store_true", help=say("cli.help.listed", parser.lang))
    _flag(parser, "json")
    _option(parser, "node", "ID", "")
    _plain_page(parser)
    _flag(parser, "check")
    _flag(parser, "force")


def _table(parser: Parser) -> None:
    name = say("cli.word.table", parser.lang)
    parser.words.add_argument("table", metavar=name, nargs="?", default="", help=say("cli.help.table", parser.lang))
    _output(parser, "output_table", required=False)
    _flag(parser, "json")
    _flag(parser, "force")


def _compare(parser: Parser) -> None:
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
    _window(parser)
    _units(parser)
    _flag(parser, "json")
    _page(parser)
    _flag(parser, "force")


def _handout(parser: Parser) -> None:
    _case(parser)
    _output(parser, "output_handout")
    _flag(parser, "answers")
    _flag(parser, "force")


def _template(parser: Parser) -> None:
    _output(parser, "output_template")
    _flag(parser, "force")


def _convert(parser: Parser) -> None:
    _case(parser)
    _output(parser, "output_convert")
    _flag(parser, "force")


def _export_site(parser: Parser) -> None:
    about = say("cli.help.site", parser.lang)
    parser.words.add_argument("file", metavar=say("cli.word.file", parser.lang), help=about)
    _cases(parser)
    _flag(parser, "force")


def _serve(parser: Parser) -> None:
    _option(parser, "host", "HOST", "127.0.0.1")
    _option(parser, "port", "PORT", "8050")
    _option(parser, "library", say("cli.word.folder", parser.lang), "", flag="--cases")


def _bench(parser: Parser) -> None:
    _flag(parser, "json")
    _flag(parser, "quick")


def _repeated(parser: Parser, name: str, value: str, into: str) -> None:
    """Add an option that may be given several times."""
    about = say(f"cli.help.{name}", parser.lang)
    parser.options.add_argument(f"--{name}", metavar=value, action="append", default=[], dest=into, help=about)


def _case(parser: Parser) -> None:
    name = say("cli.word.case", parser.lang)
    parser.words.add_argument("case", metavar=name, help=say("cli.help.case", parser.lang))


def _output(parser: Parser, about: str, *, required: bool = True) -> None:
    file, told = say("cli.word.file", parser.lang), say(f"cli.help.{about}", parser.lang)
    parser.options.add_argument("-o", "--output", metavar=file, required=required, default="", help=told)


def _cases(parser: Parser) -> None:
    name = f"{say('cli.word.case', parser.lang)}|{say('cli.word.folder', parser.lang)}"
    parser.words.add_argument("cases", metavar=name, nargs="*", help=say("cli.help.cases", parser.lang))


def _option(parser: Parser, name: str, value: str, default: str | None, *, flag: str = "") -> None:
    about = say(f"cli.help.{name}", parser.lang)
    parser.options.add_argument(flag or f"--{name}", metavar=value, default=default, help=about)


def _units(parser: Parser) -> None:
    """Units that a reader wants."""
    _repeated(parser, "analyte-unit", "ANALYTE=UNIT", "units")


def _rules(parser: Parser) -> None:
    """Which rules are applied, from which start they count, and whether to invented values, too."""
    _repeated(parser, "rule", "RULE", "rules")
    _option(parser, "index", "ID", "")
    _flag(parser, "illustrative")


def _flag(parser: Parser, name: str, about: str = "") -> None:
    parser.options.add_argument(f"--{name}", action="store_true", help=say(f"cli.help.{about or name}", parser.lang))
