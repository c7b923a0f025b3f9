"""The timeline that item 7 of the CARE checklist asks for, as a table of the rows of the figure; and the checklist."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from io import StringIO
from typing import Any

from casecurves.analysis.care import BEYOND, CareItem, checklist
from casecurves.figure import theme as t
from casecurves.figure.compile.details import moments, named, names
from casecurves.figure.compile.wording import Words, words_of
from casecurves.figure.options import Options
from casecurves.figure.page import PageOptions
from casecurves.figure.svg.pen import Pen
from casecurves.figure.text import Style, wrap
from casecurves.figure.theme import THEMES
from casecurves.model.case import Case
from casecurves.model.schema import Event, Row, Therapy, table_of
from casecurves.words import say

COLUMNS = ("when", "what", "kind", "why", "basis", "where")
# Shares of the width of a page that the columns take.
_SHARES = (0.22, 0.22, 0.12, 0.18, 0.1, 0.16)
_MARGIN, _BETWEEN = 4.0, 2.0
# A spreadsheet would take a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@")


@dataclass(frozen=True)
class Told:
    """A row of the timeline: when, what, of which kind, why and with what result, who says so, and where."""

    when: str
    what: str
    kind: str
    why: str
    basis: str
    where: str
    row: str = ""


def timeline(case: Case, options: Options | None = None) -> tuple[Told, ...]:
    """Return the rows of a case in the order of time, as far as it is known.

    Parameters
    ----------
    case : Case
        The case.
    options : Options, optional
        Language, day zero, and whether dates are written.

    Returns
    -------
    tuple of Told
        Every row that the figure of the case draws, writes or lists, once; what has no place in time comes last.
    """
    words = words_of(case, options or Options())
    placed = {place.id for place in case.places()}
    ordered = sorted(case.rows(), key=lambda row: _order(words, row, row.id in placed))
    return tuple(_told(words, row) for row in ordered)


def _order(words: Words, row: Row, placed: bool) -> tuple[int, float, float]:
    if not placed:
        return 3, 0.0, 0.0
    lower, upper = words.placer.lower(row.id), words.placer.upper(row.id)
    return ("before", "main", "after").index(lower[0]), lower[1], upper[1]


def _told(words: Words, row: Row) -> Told:
    kind = words.say(f"event_kind.{row.kind}" if isinstance(row, Event) else f"row.{table_of(row)}")
    basis = words.say(f"basis.{row.basis}") + (f", {words.say('hover.disputed')}" if row.status == "disputed" else "")
    where = ", ".join(part for part in (words.source(row.source), words.text(row, "locator")) if part)
    flags = "".join(f" ≠{n}" for n in words.flags(row))
    when = words.say("caption.between").join(moments(words, row))
    return Told(when, named(words, row) + flags, kind, _why(words, row), basis, where, row.id)


def _why(words: Words, row: Row) -> str:
    if not isinstance(row, Therapy):
        return ""
    told = [(name, words.text(row, name)) for name in ("reason_started", "reason_stopped", "response")]
    return words.say("caption.between").join(words.say(f"care.why.{name}", text=text) for name, text in told if text)


def care_json(case: Case, options: Options | None = None) -> dict[str, Any]:
    """Return timeline and checklist as plain JSON values."""
    lang = (options or Options()).lang
    rows = [dict(zip((*COLUMNS, "id"), astuple(told), strict=True)) for told in timeline(case, options)]
    items = [
        {"item": found.item, "title": title(found, lang), "cover": found.cover, "rows": list(found.rows),
         "lacking": list(found.lacking)}
        for found in checklist(case)
    ]  # fmt: skip
    return {"case": case.id, "timeline": rows, "checklist": items}


def title(found: CareItem, lang: str) -> str:
    """Return what an item asks for, in a few words of our own."""
    return say(f"care.item.{found.item}", lang)


def said(found: CareItem, called: dict[str, str], lang: str) -> str:
    """Return how far the data cover an item, and which rows leave something out."""
    if found.cover == "covered" and not found.rows:
        return say("care.cover.covered_bare", lang)
    cover = say(f"care.cover.{found.cover}", lang, n=len(found.rows))
    if found.cover != "partly":
        return cover
    if found.item in BEYOND:
        return cover + say(f"care.beyond.{found.item}", lang)
    what = ", ".join(called[row] for row in found.lacking)
    return cover + (say("care.lacking", lang, what=what) if what else "")


def care_text(case: Case, options: Options | None = None) -> str:
    """Return checklist and timeline as text for a terminal."""
    options = options or Options()
    called = names(case, options)
    items = [
        f"{found.item:>4}  "
        + say(
            "terminal.headed", options.lang, heading=title(found, options.lang), text=said(found, called, options.lang)
        )
        for found in checklist(case)
    ]
    rows = [" | ".join(part for part in astuple(told)[:4] if part) for told in timeline(case, options)]
    heads = [say(f"care.head.{name}", options.lang) for name in ("checklist", "timeline")]
    return "\n".join([heads[0], *items, "", heads[1], *rows]) + "\n"


def headings(lang: str) -> tuple[str, ...]:
    """Return the headings of the timeline."""
    return tuple(say(f"care.column.{name}", lang) for name in COLUMNS)


def care_csv(case: Case, options: Options | None = None) -> bytes:
    """Return the timeline as comma-separated text in UTF-8; no cell can be taken for a formula."""
    options = options or Options()
    made = StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(headings(options.lang))
    for told in timeline(case, options):
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in astuple(told)[: len(COLUMNS)]])
    return made.getvalue().encode("utf-8-sig")


def care_svg(case: Case, options: Options | None = None, page: PageOptions | None = None) -> str:
    """Return the timeline as a page, drawn as a table."""
    options, page = options or Options(), page or PageOptions()
    wide = page.width_mm / page.enlarged
    pen = Pen(THEMES[page.theme], hover=False)
    columns = [share * (wide - 2 * _MARGIN) for share in _SHARES]
    head = say("care.heading", options.lang, title=words_of(case, options).text(case.header, "title"))
    lines = list(_lines(head, case, options, columns))
    foot = wrap(say("disclaimer", options.lang), wide - 2 * _MARGIN, t.SMALL_ITALIC)
    high = sum(max(map(len, cells)) * style.height + 1.0 for cells, style in lines) + 2 * _MARGIN
    high += len(foot) * t.SMALL.height
    pen.rect(0, 0, wide, high, pen.theme.paper)
    y = _MARGIN
    for cells, style in lines:
        x = _MARGIN
        for cell, column in zip(cells, columns if len(cells) > 1 else [wide], strict=True):
            for number, line in enumerate(cell, start=1):
                pen.text(x, y + number * style.height - 0.7, line, style)
            x += column
        y += max(map(len, cells)) * style.height + 0.5
        pen.line(_MARGIN, y, wide - _MARGIN, y, pen.theme.frame, width=0.2)
        y += 0.5
    for number, line in enumerate(foot, start=1):
        pen.text(_MARGIN, y + number * t.SMALL.height - 0.5, line, t.SMALL_ITALIC, pen.theme.muted)
    return pen.document(wide, high, head, say("disclaimer", options.lang), scale=page.enlarged)


def _lines(
    head: str, case: Case, options: Options, columns: Sequence[float]
) -> Iterator[tuple[list[list[str]], Style]]:
    """Return title, headings and rows as wrapped cells, each with its style."""
    yield [wrap(head, sum(columns), t.LABEL)], t.LABEL
    rooms = [column - _BETWEEN for column in columns]
    yield (
        [wrap(text, room, t.SMALL_BOLD) for text, room in zip(headings(options.lang), rooms, strict=True)],
        t.SMALL_BOLD,
    )
    for told in timeline(case, options):
        cells = astuple(told)[: len(COLUMNS)]
        yield [wrap(text, room, t.SMALL) for text, room in zip(cells, rooms, strict=True)], t.SMALL
