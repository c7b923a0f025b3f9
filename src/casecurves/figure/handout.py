"""A lesson on paper: for each stop a page with what is known by then and the question, with or without its answer."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from casecurves.analysis.response.saying import cited
from casecurves.analysis.reveal import Blind, masked, reveal, step_of, telling
from casecurves.errors import UsageError
from casecurves.figure.compile import compile as compile_case
from casecurves.figure.export import printed
from casecurves.figure.options import Options
from casecurves.figure.page import PageOptions
from casecurves.figure.spec import Spec
from casecurves.figure.stamp import on_pdf, software
from casecurves.figure.svg import to_svg
from casecurves.figure.svg.pen import Pen
from casecurves.figure.text import Style, wrap
from casecurves.figure.theme import THEMES
from casecurves.knowledge.rules import all_rules
from casecurves.model.case import Case
from casecurves.model.issues import visible
from casecurves.model.teaching import Choice, Stop
from casecurves.words import Lang, say, typeset

# A4, in millimetres.
_WIDTH, _HEIGHT, _MARGIN = 210.0, 297.0, 15.0
_INNER = _WIDTH - 2 * _MARGIN
_HEADING, _TEXT, _QUIET = Style(12, 600), Style(10), Style(7, italic=True)
_STRONG = Style(10, 600)
# Lines to write on where the answer is left out, and their distance.
_LINES, _LINE_MM = 6, 8.0
_HEAD = re.compile(r'<svg [^>]*width="([\d.]+)mm" height="([\d.]+)mm" viewBox="([^"]*)"[^>]*>')


@dataclass(frozen=True)
class _Block:
    """Something that is not broken over two pages: how high it is, and what draws it at a height.

    ``leads``: what comes next stands on the same page, as an answer or a line to write on does below its question.
    """

    height: float
    draw: Callable[[Pen, float], None]
    leads: bool = False


def handout(case: Case, *, lang: Lang = "en", answers: bool = False) -> bytes:
    """Return the handout of a lesson.

    Parameters
    ----------
    case : Case
        A patient with a lesson (``teaching.toml``).
    lang : {"en", "fr"}
        Language.
    answers : bool
        With the answers, and the whole case at the end; otherwise with lines to write on, and no page that says more
        than the case had told by its stop.

    Returns
    -------
    bytes
        A PDF of A4 pages, with text that can be searched; it says which software made it, and nothing of the case.

    Raises
    ------
    UsageError
        When the case has no lesson.
    """
    from pypdf import PdfReader, PdfWriter  # slow to import

    joined = PdfWriter()
    for page in pages(case, lang=lang, answers=answers):
        joined.append(PdfReader(io.BytesIO(printed(page, "pdf", 300, lang, software()))))
    joined.metadata = None
    kept = io.BytesIO()
    joined.write(kept)
    # The id of the case is not in it: it may give away how the case ends.
    return on_pdf(kept.getvalue(), software())


def pages(case: Case, *, lang: Lang = "en", answers: bool = False) -> tuple[str, ...]:
    """Return the pages of a handout as SVG; as `handout`."""
    lesson = case.teaching
    if lesson is None or not lesson.stops or case.header.kind != "patient":
        raise UsageError(say("handout.no_lesson", lang))
    told = telling(case)
    stops = sorted(lesson.stops, key=lambda stop: step_of(case, told, stop))
    made: list[str] = []
    for number, stop in enumerate(stops, 1):
        step = step_of(case, told, stop)
        # An answer shows what is hidden until it is given.
        hidden = {name for later in stops[number if answers else number - 1 :] for name in later.hidden}
        blind = Blind(**dict.fromkeys(hidden, True))
        spec = compile_case(reveal(case, told, step, blind=blind, lang=lang), Options(lang=lang))
        heading = say("handout.stop", lang, n=number, of=len(stops), who=spec.title)
        clear = masked(case, told, step, blind, lang)
        made += _set([_picture(spec), *_asked(stop, lang, clear, answers=answers)], heading, spec)
    if answers:
        spec = compile_case(case, Options(lang=lang))
        made += _set([_picture(spec)], say("handout.whole", lang), spec)
    return tuple(made)


def _set(blocks: list[_Block], heading: str, spec: Spec) -> Iterator[str]:
    """Set blocks one below the other on as many pages as they need."""
    below = _HEIGHT - _MARGIN - 6
    pen, y = Pen(THEMES["light"], hover=False), _headed
    at = y(pen, heading)
    used = False
    top = at
    for number, block in enumerate(blocks):
        together = _together(blocks[number:])
        # What is higher than a whole page cannot stand on one.
        if used and at + (block.height if top + together > below else together) > below:
            yield _page(pen, spec, at)
            pen = Pen(THEMES["light"], hover=False)
            at = y(pen, heading)
        block.draw(pen, at)
        at += block.height
        used = True
    yield _page(pen, spec, at)


def _together(blocks: Sequence[_Block]) -> float:
    """Return the height of the first of some blocks, with those that stand on the same page."""
    height = 0.0
    for block in blocks:
        height += block.height
        if not block.leads:
            break
    return height


def _headed(pen: Pen, heading: str) -> float:
    at = _MARGIN
    for line in wrap(visible(heading), _INNER, _HEADING):
        at += _HEADING.height
        pen.text(_MARGIN, at, line, _HEADING)
    return at + 4


def _page(pen: Pen, spec: Spec, at: float) -> str:
    # A figure higher than a sheet makes a higher page: its type does not shrink.
    height = max(_HEIGHT, at + _MARGIN + 6)
    for number, line in enumerate(wrap(spec.disclaimer, _INNER, _QUIET)):
        pen.text(_MARGIN, height - _MARGIN + 4 + number * _QUIET.height, line, _QUIET, pen.theme.muted)
    ground = f'<rect width="{_WIDTH:g}" height="{height:g}" fill="{pen.theme.paper}"/>'
    pen.parts.insert(0, ground)
    return pen.document(_WIDTH, height, "", "")


def _picture(spec: Spec) -> _Block:
    svg = to_svg(spec, PageOptions(width_mm=_INNER, title=False), hover=False)
    head = _HEAD.match(svg)
    if head is None:
        raise ValueError("a page without a size in millimetres")
    width, height = float(head[1]), float(head[2])
    inside = svg[head.end() : svg.rindex("</svg>")]
    inside = re.sub(r"<(title|desc)>.*?</\1>", "", inside, flags=re.DOTALL)

    def draw(pen: Pen, at: float) -> None:
        place = f'x="{_MARGIN:g}" y="{at:.3f}" width="{width:g}" height="{height:g}" viewBox="{head[3]}"'
        pen.add(f"<svg {place}>{inside}</svg>")

    return _Block(height + 5, draw)


def _asked(stop: Stop, lang: Lang, clear: Callable[[str], str], *, answers: bool) -> Iterator[_Block]:
    def said(part: Stop | Choice, name: str) -> str:
        text = typeset(visible(part.said(name, lang)), lang)
        return (clear(text) or say("reveal.hidden", lang)) if text else ""

    kind = clear(say(f"teach.question.{stop.kind}", lang)) or say("teach.question.open", lang)
    yield _words(kind, _QUIET, leads=True)
    yield _words(said(stop, "question"), _STRONG, leads=True)
    for letter, option in zip("ABCDEFGHIJKL", stop.options, strict=False):
        right = answers and option.right
        mark = f"✓ {say('teach.right', lang)} " if right else ""
        more = option is not stop.options[-1]
        yield _words(f"{letter}. {mark}{said(option, 'text')}", _STRONG if right else _TEXT, leads=more)
    if stop.hint and answers:
        yield _words(f"{say('teach.hint.label', lang)} {said(stop, 'hint')}", _TEXT)
    if not answers:
        yield _Block(_LINES * _LINE_MM + 2, _ruled)
        return
    answer, reason = said(stop, "answer"), said(stop, "reason")
    unanswered = not (answer or reason or any(option.right for option in stop.options))
    yield _words(say("teach.no_answer", lang) if unanswered else answer, _STRONG, leads=True)
    yield _words(reason, _TEXT, leads=True)
    if rule := all_rules().get(stop.rule):
        yield _words(clear(cited(rule, lang)), _QUIET, leads=True)
    yield _words(said(stop, "locator"), _QUIET)


def _words(text: str, style: Style, *, leads: bool = False) -> _Block:
    lines = wrap(text, _INNER, style) if text else []

    def draw(pen: Pen, at: float) -> None:
        for number, line in enumerate(lines, 1):
            pen.text(_MARGIN, at + number * style.height, line, style)

    return _Block(len(lines) * style.height + (2 if lines else 0), draw, leads)


def _ruled(pen: Pen, at: float) -> None:
    for number in range(1, _LINES + 1):
        y = at + number * _LINE_MM
        pen.line(_MARGIN, y, _WIDTH - _MARGIN, y, pen.theme.frame)
