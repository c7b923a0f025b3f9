"""What is wrong with a figure for the page it is made for, told before it is sent; and what can be mended without loss.

A finding that ``fails`` would have the figure sent back, or hide something; one to ``look`` at is for the author to
judge; one that is ``mended`` was put right; a ``note`` is to be known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from casecurves.figure.export import DOTTED, MM_PER_INCH, Format, most_pixels, pixels
from casecurves.figure.page import SMALLEST_PT, PageOptions
from casecurves.figure.pictures import Picture, height_mm, with_pictures
from casecurves.figure.shapes import Disc, Drawing, Outline, Photo, Rect, Writing, read_drawing
from casecurves.figure.spec import Spec
from casecurves.figure.svg import page_size, to_svg
from casecurves.figure.text import MM_PER_PT
from casecurves.figure.theme import THEMES
from casecurves.figure.vision import ALIKE, VISIONS, apart, contrast
from casecurves.knowledge.presets import PAGE_MM, Preset
from casecurves.words import decimal, pick, say

Level = Literal["fails", "look", "mended", "note"]
_LEVELS: tuple[Level, ...] = ("fails", "mended", "look", "note")
# Rounding, in millimetres and in points.
_SLACK_MM, _SLACK_PT = 0.05, 0.02
# Text of less contrast to its ground is hard to read (WCAG 2.1, success criterion 1.4.3).
_LEAST_CONTRAST = 4.5
_AGE = re.compile(r"\b\d{2,3}[\s\u00a0\u202f-]?(?:ans|years?|year-old)\b")
# What photographs are usually asked to have, in dots per inch; the larger numbers of journals are for lines.
PHOTO_DPI = 300
# How a page is made lower without losing anything.
_WAYS: Mapping[str, Mapping[str, object]] = {
    "words_moved": {"words": "apart"},
    "title_moved": {"title": False},
    "panels_lowered": {"panels": "low"},
}
# So many of a kind are named, the rest counted.
_NAMED = 3


@dataclass(frozen=True)
class Finding:
    """One thing that was found: a key, how much it matters, and a sentence in the language of the figure."""

    key: str
    level: Level
    text: str


def fitted(spec: Spec, page: PageOptions, pictures: Sequence[Picture] = ()) -> tuple[PageOptions, tuple[Finding, ...]]:
    """Make a page that is too high lower without losing anything: words and title go to the caption, panels get lower.

    Parameters
    ----------
    spec : Spec
        The figure.
    page : PageOptions
        The page; one that is made for nothing in particular is left as it is.
    pictures : sequence of Picture
        Pictures of the author's own that stand below.

    Returns
    -------
    PageOptions
        The page as given where it fits, else with its words in the caption; with low panels, else without its title,
        where it fits by that, else with both, as far as they make it lower.
    tuple of Finding
        What was mended; what is left, `check` says of the page.
    """
    below = height_mm(pictures, page)
    return lowered(page, lambda tried: page_size(spec, tried)[1] + below, spec.lang)


def lowered(
    page: PageOptions, height: Callable[[PageOptions], float], lang: str
) -> tuple[PageOptions, tuple[Finding, ...]]:
    """Make a page lower, as `fitted`, given how high each page would be."""
    preset = page.made_for
    if preset is None or (high := height(page)) <= preset.height_mm:
        return page, ()
    page, high, mended = _done(page, high, height, lang, "words_moved")
    if high <= preset.height_mm:
        return page, mended
    # Where one of the two is enough, the other is not given up.
    for keys in (("panels_lowered",), ("title_moved",), ("title_moved", "panels_lowered")):
        best, after, more = _done(page, high, height, lang, *keys)
        if after <= preset.height_mm:
            break
    return best, (*mended, *more)


def _done(
    page: PageOptions, high: float, height: Callable[[PageOptions], float], lang: str, *keys: str
) -> tuple[PageOptions, float, tuple[Finding, ...]]:
    """Return a page on which was done what of this makes it lower, how high it is, and what was done."""
    mended = []
    for key in keys:
        tried = page.model_copy(update=_WAYS[key])
        after = height(tried)
        if after < high:
            mended.append(_lowered(key, high, after, lang))
            page, high = tried, after
    return page, high, tuple(mended)


def _lowered(key: str, before: float, after: float, lang: str) -> Finding:
    return _finding(key, "mended", lang, before=f"{before:.0f}", after=f"{after:.0f}")


def check(spec: Spec, page: PageOptions, fmt: Format = "png", pictures: Sequence[Picture] = ()) -> tuple[Finding, ...]:
    """Return what is wrong with a figure on a page.

    Parameters
    ----------
    spec : Spec
        The figure.
    page : PageOptions
        The page; without a preset it is held to what any page asks for.
    fmt : Format
        The kind of file that is to be made.
    pictures : sequence of Picture
        Pictures of the author's own that stand below.

    Returns
    -------
    tuple of Finding
        What fails first; nothing where all is well.
    """
    drawing = read_drawing(with_pictures(to_svg(spec, page, hover=False), pictures, THEMES[page.theme]))
    found = [
        *_coarse(drawing, page, pictures, spec.lang),
        *_axes(spec),
        *_colours(spec, page),
        *_ages(spec, page.made_for),
    ]
    found += [_finding("illustrative", "look", spec.lang)] if spec.banner else []
    return check_page(drawing, page, fmt, spec.lang, lower(spec, page), found)


def check_page(
    drawing: Drawing,
    page: PageOptions,
    fmt: Format,
    lang: str,
    ways: Sequence[str] = (),
    besides: Sequence[Finding] = (),
) -> tuple[Finding, ...]:
    """Return what is wrong with a page, whatever it shows, and what was found besides, in the order of `check`.

    ``ways`` are the names of what would make it lower (``check.advice``).
    """
    found = [
        *_type(drawing, page, lang),
        *_size(drawing, page, lang, ways),
        *_lines(drawing, page, lang),
        *_places(drawing, lang),
        *_file(page, drawing, fmt, lang),
        *besides,
        *_grounds(drawing, page, lang),
        *_of_preset(page.made_for, lang),
    ]
    return tuple(sorted(found, key=lambda finding: _LEVELS.index(finding.level)))


def _finding(name: str, level: Level, lang: str, **params: object) -> Finding:
    return Finding(name, level, say(f"check.{name}", lang, **params))


def _pt(value: float, lang: str, digits: int = 2) -> str:
    return decimal(f"{value:.{digits}f}".rstrip("0").rstrip("."), lang)


def _type(drawing: Drawing, page: PageOptions, lang: str) -> Iterator[Finding]:
    preset = page.made_for
    sizes = [writing.size / MM_PER_PT * drawing.scale for writing in drawing.writings()]
    least = SMALLEST_PT if preset is None else preset.type_pt
    if min(sizes, default=least) < least - _SLACK_PT:
        yield _finding("type_small", "fails", lang, size=_pt(min(sizes), lang, 1), least=_pt(least, lang))
    if preset is None or preset.most_type_pt is None:
        return
    large = [size for size in sizes if size > preset.most_type_pt + _SLACK_PT]
    if large:
        most = _pt(preset.most_type_pt, lang)
        yield _finding("type_large", "look", lang, n=len(large), size=_pt(max(large), lang, 1), most=most)


def _size(drawing: Drawing, page: PageOptions, lang: str, ways: Sequence[str]) -> Iterator[Finding]:
    preset = page.made_for
    high, most = drawing.height * drawing.scale, PAGE_MM if preset is None else preset.height_mm
    if high > most + _SLACK_MM:
        level: Level = "look" if preset is None or not preset.states_height else "fails"
        whose = "tall" if level == "fails" else "tall_page"
        between = say("caption.between", lang)
        advice = between.join(say(f"check.advice.{name}", lang) for name in ways)
        end = say("check.lower", lang, ways=advice) if advice else ""
        yield _finding(whose, level, lang, height=f"{high:.0f}", most=_pt(most, lang), advice=end)
    if preset is not None and abs(page.width_mm - preset.width_mm) > _SLACK_MM:
        given = {"width": _pt(page.width_mm, lang), "wanted": _pt(preset.width_mm, lang)}
        yield _finding("width", "look", lang, **given)


def lower(spec: Spec, page: PageOptions) -> tuple[str, ...]:
    """Return the names of the ways that would make a page lower, as far as they apply (``check.advice``)."""
    preset = page.made_for
    floor = SMALLEST_PT if preset is None else preset.type_pt
    lanes = [lane for lane in spec.lanes if lane.drug_class == "supportive" and not lane.folded]
    # Bars of per cent that lie in a narrow column become no lower.
    low = page.model_copy(update={"panels": "low"})
    which = {
        "words": page.words == "below",
        "title": page.title and page.words == "apart",
        "panels": page.panels == "usual" and page_size(spec, low)[1] < page_size(spec, page)[1],
        "type": page.type_pt > floor,
        "wider": preset is None and page.width_mm < 190,
        "support": len(lanes) > 1,
        "fewer": sum(not panel.dose for panel in spec.panels) > 1,
        "overlay": not spec.overlay and sum(not panel.dose for panel in spec.panels) > 1,
        "window": bool(spec.lanes) and len(spec.axis.zones) == 1,
        "slides": preset is not None and preset.id == "slide",
    }
    return tuple(name for name, applies in which.items() if applies)


def _lines(drawing: Drawing, page: PageOptions, lang: str) -> Iterator[Finding]:
    preset = page.made_for
    if preset is None or preset.lines_pt is None:
        return
    low, high = preset.lines_pt
    drawn = [shape for shape in drawing.shapes if isinstance(shape, Rect | Outline | Disc) and shape.paint.stroke]
    weights = sorted(shape.paint.width / MM_PER_PT * drawing.scale for shape in drawn)
    if weights and (weights[0] < low - _SLACK_PT or weights[-1] > high + _SLACK_PT):
        given = {"thin": weights[0], "thick": weights[-1], "low": low, "high": high}
        yield _finding("lines", "look", lang, **{name: _pt(weight, lang) for name, weight in given.items()})


def _quoted(writing: Writing, lang: str) -> str:
    return say("list.quoted", lang, text=writing.text)


def _places(drawing: Drawing, lang: str) -> Iterator[Finding]:
    writings = sorted(drawing.writings(), key=lambda writing: writing.box[1])
    met = [f"{_quoted(a, lang)} / {_quoted(b, lang)}" for a, b in _pairs(writings) if _meet(a.box, b.box)]
    if met:
        yield _finding("overlap", "fails", lang, n=len(met), which=_few(met, lang))
    cut = [_quoted(writing, lang) for writing in writings if not _inside(writing.box, drawing)]
    if cut:
        yield _finding("outside", "fails", lang, n=len(cut), which=_few(cut, lang))
    lacking = [_quoted(writing, lang) for writing in writings if "⟨U+" in writing.text]
    if lacking:
        yield _finding("letters_lacking", "look", lang, n=len(lacking), which=_few(lacking, lang))


def _pairs(writings: Sequence[Writing]) -> Iterator[tuple[Writing, Writing]]:
    """Return the pairs of lines that share a height, for lines in the order of their tops."""
    for at, writing in enumerate(writings):
        for other in writings[at + 1 :]:
            if other.box[1] > writing.box[3]:
                break
            yield writing, other


def _meet(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    across, down = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    return across > _SLACK_MM and down > _SLACK_MM


def _inside(box: tuple[float, float, float, float], drawing: Drawing) -> bool:
    x0, y0, x1, y1 = box
    across = x0 >= -_SLACK_MM and x1 <= drawing.width + _SLACK_MM
    return across and y0 >= -_SLACK_MM and y1 <= drawing.height + _SLACK_MM


def _few(items: Sequence[str], lang: str, named_ones: int = _NAMED) -> str:
    more = len(items) - named_ones
    named = ", ".join(items[:named_ones])
    return say("check.and_more", lang, named=named, n=more) if more > 0 else named


def _file(page: PageOptions, drawing: Drawing, fmt: Format, lang: str) -> Iterator[Finding]:
    preset = page.made_for
    if fmt in DOTTED:
        wide, high = pixels((drawing.width * drawing.scale, drawing.height * drawing.scale), page.dpi)
        most = most_pixels(fmt)
        if wide * high > most:
            yield Finding(
                "pixels", "fails", say("export.too_large", lang, width=wide, height=high, most=most // 1_000_000)
            )
        if preset is not None and page.dpi < preset.dpi:
            yield _finding("dpi", "fails", lang, dpi=page.dpi, least=preset.dpi)
    if page.transparent:
        yield _finding("ground", "mended", lang) if fmt == "tiff" else _finding("transparent", "look", lang)
    if preset is not None and fmt not in preset.formats:
        yield _finding("format", "look", lang, fmt=fmt.upper(), wanted=", ".join(preset.formats).upper())


def _coarse(drawing: Drawing, page: PageOptions, pictures: Sequence[Picture], lang: str) -> Iterator[Finding]:
    """Name pictures that have few dots for the size at which they stand."""
    least = PHOTO_DPI if page.made_for is None else min(PHOTO_DPI, page.made_for.dpi)
    widths = [shape.w * drawing.scale for shape in drawing.shapes if isinstance(shape, Photo)]
    dense = [one.size[0] / wide * MM_PER_INCH for one, wide in zip(pictures, widths, strict=True)]
    few = [f"{one.letter or one.label} ({dots:.0f})" for one, dots in zip(pictures, dense, strict=True) if dots < least]
    if few:
        yield _finding("picture_dots", "look", lang, n=len(few), which=_few(few, lang), least=least)


def _axes(spec: Spec) -> Iterator[Finding]:
    scaled = [panel for panel in spec.panels if panel.scale in ("linear", "log")]
    bare = [panel.label or panel.key for panel in scaled if not panel.sublabel]
    if bare:
        yield _finding("axis_unit", "look", spec.lang, n=len(bare), which=_few(bare, spec.lang))
    if not spec.timeless and not spec.axis.label:
        yield _finding("axis_bare", "fails", spec.lang)


def _colours(spec: Spec, page: PageOptions) -> Iterator[Finding]:
    """Name classes of drugs whose colours are hard to tell apart for some; each lane has its name beside it."""
    theme = THEMES[page.theme]
    lanes = {lane.drug_class: lane.drug for lane in reversed(spec.lanes)}
    told = []
    for vision in VISIONS if page.theme != "grey" else ():
        pairs = combinations(sorted(lanes), 2)
        close = [f"{lanes[a]} / {lanes[b]}" for a, b in pairs if apart(theme.drug(a), theme.drug(b), vision) < ALIKE]
        if close:
            which = _few(close, spec.lang, 1)
            told.append(say("check.alike", spec.lang, eyes=say(f"vision.{vision}", spec.lang), which=which))
    if told:
        yield _finding("colour", "note", spec.lang, which=say("caption.between", spec.lang).join(told))


def _grounds(drawing: Drawing, page: PageOptions, lang: str) -> Iterator[Finding]:
    """Name text that stands out too little from what lies under it."""
    ground = THEMES[page.theme].paper
    areas: list[tuple[Rect, str]] = []
    faint = []
    for shape in drawing.shapes:
        if isinstance(shape, Rect) and shape.paint.fill.startswith("#") and shape.paint.opacity == 1:
            areas.append((shape, shape.paint.fill))
        if isinstance(shape, Writing):
            x, y = shape.x + shape.w / 2, shape.y - shape.size / 3
            under = (fill for a, fill in reversed(areas) if a.x <= x <= a.x + a.w and a.y <= y <= a.y + a.h)
            if contrast(shape.fill, next(under, ground)) < _LEAST_CONTRAST:
                faint.append(_quoted(shape, lang))
    if faint:
        yield _finding("faint", "look", lang, n=len(faint), which=_few(faint, lang))


def _ages(spec: Spec, preset: Preset | None) -> Iterator[Finding]:
    """Name numbers of years that may be ages, where bands are asked for: no rule can tell them from other years."""
    if preset is None or preset.age == "exact":
        return
    words = (spec.title, *spec.notes, *(found.label for found in spec.discrepancies))
    found = [match[0] for text in words for match in _AGE.finditer(text)]
    if found:
        yield _finding("age", "look", spec.lang, n=len(found), which=_few(found, spec.lang))


def _of_preset(preset: Preset | None, lang: str) -> Iterator[Finding]:
    if preset is None:
        return
    if preset.unverified:
        names = ", ".join(say(f"check.field.{name}", lang) for name in preset.unverified)
        yield _finding("unverified", "note", lang, preset=preset.name(lang), names=names)
    if preset.note:
        yield Finding("preset_note", "note", pick(preset.note, lang))
