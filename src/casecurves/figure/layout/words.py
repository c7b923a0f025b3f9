"""Where the words round the picture go: title above; boxes, legend, notes and sources below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import inf
from typing import Literal

from casecurves.figure import theme as t
from casecurves.figure.layout.signs import signed
from casecurves.figure.spec import Box, LegendItem, Spec
from casecurves.figure.spec.words import PROVENANCE
from casecurves.figure.text import Style, width, wrap
from casecurves.model.immutable import immutable
from casecurves.words import say

WordsMode = Literal["below", "apart", "told", "none"]
# Two labels of an axis are so far apart.
_APART = 1.0
LEGEND_ICON = 6.6
_NARROW_ICON = 3.6
_NARROW = {
    "dose",
    "tick",
    "exact",
    "ranked",
    "below",
    "above",
    "range",
    "digitised",
    "illustrative_value",
    "disputed",
    "disputed_words",
    "flag",
    "derived",
    "converted",
    "regimen",
    "trend",
    "axis_band",
    "axis_threshold",
    "follow_up",
    "after",
    "death",
}
LEGEND_LINE = 3.3
_LEGEND_GAP = 2.6
# Boxes stand side by side where each column is at least so wide, and so far apart.
_COLUMN = 55.0
_BETWEEN = 5.0
# From a heading to the words behind it, where at least so much room is left.
_AFTER = 1.6
_LEAST = 18.0
# A box of more entries runs through all columns.
_LONG = 40


@immutable(frozen=True)
class TextLine:
    """One line of text on the page, baseline at ``y``."""

    x: float
    y: float
    text: str
    style: Style
    role: str


@immutable(frozen=True)
class LegendBox:
    """One legend entry on the page; ``y`` is the baseline of its first line."""

    item: LegendItem
    x: float
    y: float
    lines: tuple[str, ...]


@immutable(frozen=True)
class Words:
    """Every line of words, the height they take above and below the picture, and the banner's height."""

    top: float
    below_height: float
    banner: float
    above: tuple[TextLine, ...]
    below: tuple[TextLine, ...]
    legend: tuple[LegendBox, ...]
    rules: tuple[float, ...]

    def placed_below(self, y: float) -> Words:
        """Return the same words with the lower part moved to start at ``y``."""
        return replace(
            self,
            below=tuple(replace(line, y=line.y + y) for line in self.below),
            legend=tuple(replace(item, y=item.y + y) for item in self.legend),
            rules=tuple(rule + y for rule in self.rules),
        )


# Samples that lie between two ends.
_WIDE = ("status.between", "status.spread")


def icon_width(kind: str) -> float:
    """Return the room that the sample of a kind of mark takes before its words."""
    return (
        _NARROW_ICON
        if (kind.startswith(("event.", "status.")) and kind not in _WIDE) or kind in _NARROW
        else LEGEND_ICON
    )


def words_box(
    spec: Spec,
    page_width: float,
    margin: float,
    *,
    title: bool,
    words: WordsMode,
    told: Sequence[tuple[str, Sequence[str]]] = (),
    most_pt: float = inf,
) -> Words:
    """Return the words of a page; the lower part counts from zero until `placed_below` moves it.

    ``told`` are the words of ranges and thresholds that found no room beside their panels, by the name of the panel.
    No line of a title is larger than ``most_pt``.
    """
    inner = page_width - 2 * margin
    warned = replace(t.BANNER, size=min(t.BANNER.size, most_pt))
    warning = wrap(spec.banner, inner, warned) if spec.banner else []
    banner = len(warning) * t.BANNER.height + 2.0 if warning else 0.0
    y = margin + banner
    above = [_centred(line, page_width, n, warned) for n, line in enumerate(warning)]
    if title and words not in {"none", "told"}:
        for text, usual, role in ((spec.title, t.TITLE, "title"), (spec.subtitle, t.SUBTITLE, "subtitle")):
            style = replace(usual, size=min(usual.size, most_pt))
            for line in wrap(text, inner, style):
                y += style.height
                above.append(TextLine(margin, y - style.height * 0.22, line, style, role))
        y += 1.6
    if words == "none":
        return Words(y, 0.0, banner, tuple(above), (), (), ())
    if words == "told":
        notes, bottom = _notes([_left_out(spec), _limits(spec, told)], margin, inner, 0.0)
        return Words(y, bottom, banner, tuple(above), notes, (), ())
    if words == "apart":
        # What is not simply reported says so in the picture, wherever its caption goes.
        kept = [item for item in spec.legend if item.kind in PROVENANCE]
        legend, bottom = _legend(kept, margin, inner, 0.0)
        said = [_new_in_words(spec), _left_out(spec), _limits(spec, told), ("disclaimer", spec.disclaimer)]
        notes, bottom = _notes(said, margin, inner, bottom)
        return Words(y, bottom, banner, tuple(above), notes, legend, ())
    below, bottom, rules = _boxes(spec, page_width, margin)
    legend, bottom = _legend(spec.legend, margin, inner, bottom + 1.2)
    notes, bottom = _notes([_left_out(spec), _limits(spec, told), *_foot(spec)], margin, inner, bottom + 0.6)
    return Words(y, bottom, banner, tuple(above), (*below, *notes), legend, rules)


def _centred(text: str, page_width: float, number: int, style: Style) -> TextLine:
    """Return a line of the banner."""
    x = (page_width - width(text, style)) / 2
    return TextLine(x, (number + 1) * t.BANNER.height + 1.0, text, style, "banner")


def _boxes(spec: Spec, page_width: float, margin: float) -> tuple[tuple[TextLine, ...], float, tuple[float, ...]]:
    """Set the boxes in as many columns as make the page lower."""
    if not spec.boxes:
        return (), 0.0, ()
    inner = page_width - 2 * margin
    counts = [count for count in (1, 2, 3) if count == 1 or inner >= count * _COLUMN]
    tried = [_columns(spec, count, (inner - _BETWEEN * (count - 1)) / count, margin) for count in counts]
    lines, bottom = min(tried, key=lambda found: found[1])
    return lines, bottom, (0.0,)


def _columns(spec: Spec, count: int, column: float, margin: float) -> tuple[tuple[TextLine, ...], float]:
    """Set the boxes in columns, each next one under the shortest column; a long list runs on through all of them."""
    lines, bottom = _side_by_side([box for box in spec.boxes if len(box.entries) <= _LONG], spec, count, column, margin)
    for box in (box for box in spec.boxes if len(box.entries) > _LONG):
        for line in wrap(box.heading, column, t.SMALL_BOLD):
            bottom += t.SMALL_BOLD.height
            lines.append(TextLine(margin, bottom - 0.7, line, t.SMALL_BOLD, "heading"))
        texts = _entries(box, column, spec.lang)
        rows = -(-len(texts) // count)
        for n, text in enumerate(texts):
            x, y = margin + n // rows * (column + _BETWEEN), bottom + (n % rows + 1) * t.SMALL.height
            lines.append(TextLine(x, y - 0.7, text, t.SMALL, "entry"))
        bottom += rows * t.SMALL.height + 1.4
    return tuple(lines), bottom


def _side_by_side(
    boxes: Sequence[Box], spec: Spec, count: int, column: float, margin: float
) -> tuple[list[TextLine], float]:
    """Set the boxes in columns, each next one under the shortest column."""
    bottoms = [0.6] * count
    lines: list[TextLine] = []
    for box in boxes:
        index = bottoms.index(min(bottoms))
        x, y = margin + index * (column + _BETWEEN), bottoms[index]
        found = _run_in(box, column, spec.lang, x, y) if count == 1 else _headed(box, column, spec.lang, x, y)
        lines += found
        bottoms[index] = found[-1].y + 0.7 + (1.0 if count == 1 else 1.4)
    return lines, max(bottoms)


def _headed(box: Box, column: float, lang: str, x: float, y: float) -> list[TextLine]:
    """Set a box under its heading, each moment on lines of its own."""
    lines = [(line, t.SMALL_BOLD, "heading") for line in wrap(box.heading, column, t.SMALL_BOLD)]
    lines += [(text, t.SMALL, "entry") for text in _entries(box, column, lang)]
    return [
        TextLine(x, y + (n + 1) * t.SMALL.height - 0.7, text, style, role)
        for n, (text, style, role) in enumerate(lines)
    ]


def _run_in(box: Box, column: float, lang: str, x: float, y: float) -> list[TextLine]:
    """Set a box as one paragraph behind its heading: on a narrow page a line for each moment is mostly empty."""
    heading = [TextLine(x, 0.0, line, t.SMALL_BOLD, "heading") for line in wrap(box.heading, column, t.SMALL_BOLD)]
    after = width(heading[-1].text, t.SMALL_BOLD) + _AFTER
    said = " · ".join(_moments(box, lang))
    first = wrap(said, column - after, t.SMALL)[0]
    if width(first, t.SMALL) > column - after or column - after < _LEAST:
        first, after = "", 0.0
    rest = wrap(said[len(first) :].lstrip(" "), column, t.SMALL) if said[len(first) :].strip() else []
    found = [replace(line, y=y + (n + 1) * t.SMALL.height - 0.7) for n, line in enumerate(heading)]
    last = found[-1].y
    found += [TextLine(x + after, last, first, t.SMALL, "entry")] if first else []
    return [
        *found,
        *(TextLine(x, last + (n + 1) * t.SMALL.height, text, t.SMALL, "entry") for n, text in enumerate(rest)),
    ]


def _entries(box: Box, column: float, lang: str) -> list[str]:
    """Wrap what is told of each moment at the column."""
    return [line for text in _moments(box, lang) for line in wrap(text, column, t.SMALL)]


def _moments(box: Box, lang: str) -> list[str]:
    """Run the entries of one moment on, separated by semicolons, behind that moment."""
    by_moment: dict[str, list[str]] = {}
    for entry in box.entries:
        by_moment.setdefault(entry.moment, []).append(signed(entry, entry.text))
    between = say("list.semicolon", lang)
    told = ((moment, between.join(texts)) for moment, texts in by_moment.items())
    return [say("box.moment", lang, moment=moment, texts=texts) if moment else texts for moment, texts in told]


def _legend(items: Sequence[LegendItem], x0: float, inner: float, y: float) -> tuple[tuple[LegendBox, ...], float]:
    boxes: list[LegendBox] = []
    # Where each line ends: an item goes to the first line that has room for it.
    ends: list[float] = []
    for item in items:
        lines = tuple(wrap(item.label, inner - icon_width(item.kind), t.SMALL))
        size = icon_width(item.kind) + max(width(text, t.SMALL) for text in lines) + _LEGEND_GAP
        fits = (n for n, end in enumerate(ends) if end + size - _LEGEND_GAP <= inner and len(lines) == 1)
        line = next(fits, len(ends))
        ends[line:] = [(ends[line] if line < len(ends) else 0.0) + size, *ends[line + 1 :]]
        ends += [inner] * (len(lines) - 1)
        boxes.append(LegendBox(item, x0 + ends[line] - size, y + (line + 0.8) * LEGEND_LINE, lines))
    return tuple(boxes), y + len(ends) * LEGEND_LINE


def _new_in_words(spec: Spec) -> tuple[str, str]:
    """Return what is new and has no place in the picture, in one line of text."""
    lines = []
    for box in spec.boxes:
        # Only its heading says of what was looked for that it was not found.
        found = [signed(entry, entry.text) for entry in box.entries if entry.row in spec.news]
        text = say("list.semicolon", spec.lang).join(found)
        lines += [say("page.caption.line", spec.lang, head=box.heading, text=text)] if found else []
    return "news", say("left_out.news", spec.lang, what=" ".join(lines)) if lines else ""


def _left_out(spec: Spec) -> tuple[str, str]:
    """Return what a figure made for a small room leaves out, in one line of text."""
    said = say("list.semicolon", spec.lang).join(spec.left_out)
    return "left_out", say("left_out.line", spec.lang, what=said) if said else ""


def _limits(spec: Spec, told: Sequence[tuple[str, Sequence[str]]]) -> tuple[str, str]:
    """Return the limits that found no room beside their panels, in one line of text."""
    said = (
        say("page.caption.line", spec.lang, head=name, text=say("list.semicolon", spec.lang).join(texts))
        for name, texts in told
    )
    return "note", " ".join(said)


def _foot(spec: Spec) -> list[tuple[str, str]]:
    return [
        ("note", " ".join(spec.notes)),
        ("discrepancy", "  ".join(f"≠{d.n}\u00a0{d.label}." for d in spec.discrepancies)),
        ("source", spec.source),
        ("disclaimer", spec.disclaimer),
    ]


def _notes(parts: Sequence[tuple[str, str]], x: float, inner: float, y: float) -> tuple[tuple[TextLine, ...], float]:
    lines: list[TextLine] = []
    for role, text in parts:
        if not text:
            continue
        y += 0.7
        style = t.SMALL_ITALIC if role == "disclaimer" else t.SMALL
        for line in wrap(text, inner, style):
            y += style.height
            lines.append(TextLine(x, y - 0.7, line, style, role))
    return tuple(lines), y


def thinned(labels: Sequence[tuple[float, str]], *, to_last: bool = False) -> Sequence[tuple[float, str]]:
    """Return every label of an axis, or every second, third…, so that none meets the next; zero or the last stays."""
    kept = len(labels) - 1 if to_last else next((i for i, (_, label) in enumerate(labels) if label == "0"), 0)
    every = 1
    while any(
        a + width(la, t.SMALL) / 2 + _APART > b - width(lb, t.SMALL) / 2
        for (a, la), (b, lb) in pairwise(labels[kept % every :: every])
    ):
        every += 1
    return labels[kept % every :: every]
