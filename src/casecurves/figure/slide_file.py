"""A presentation as a file: slides of a drawing with its title and its note; no person, no date, no place."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from casecurves.figure.room import slide_sizes
from casecurves.figure.shapes import Drawing
from casecurves.figure.slide_shapes import add_photos, figure_group
from casecurves.figure.text import Style, printable, width
from casecurves.words import say

# python-pptx types little of what is used here.
Slides = Any
Slide = Any

EMU_PER_MM = 36_000
# A slide of 16:9, the strip of its title, and what is left free round the figure, in millimetres.
WIDTH, HEIGHT, TITLE, FREE = 338.667, 190.5, 15.0, 5.0
# A page has a margin of its own.
ROOM = HEIGHT - TITLE
# Sizes of type of a title that are tried, and what the edges of its box take of its width.
_TITLES, _EDGES = (20.0, 18.0, 16.0), 8.0
_TITLE_ONLY = 5  # among the layouts of the empty presentation
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
# What the file says of the program that made it.
_PROGRAM = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>casecurves</Application></Properties>"
)
_MOMENT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def presentation(lang: str, source: str) -> Slides:
    """Return an empty presentation of 16:9 that says where it comes from, ``source``, in one line."""
    from pptx import Presentation

    slides: Slides = Presentation()
    resize(slides, WIDTH, HEIGHT)
    _forget(slides, lang, source)
    return slides


def resize(slides: Slides, wide: float, high: float) -> None:
    """Give every slide a size in millimetres."""
    slides.slide_width, slides.slide_height = _emu(wide), _emu(high)


def saved(slides: Slides) -> bytes:
    """Return a presentation as the bytes of a file, the same on every day."""
    made = BytesIO()
    slides.save(made)
    return _timeless(made.getvalue())


def titled_slide(slides: Slides, title: str, strip: float) -> Slide:
    """Add a slide with its title in a strip so many millimetres high."""
    slide = slides.slides.add_slide(slides.slide_layouts[_TITLE_ONLY])
    _head(slides, slide, title, strip)
    return slide


def write_note(slide: Slide, text: str) -> None:
    """Write the note of a slide, without what no file may hold."""
    slide.notes_slide.notes_text_frame.text = "\n".join(map(printable, text.split("\n")))


def drawn_slide(
    slides: Slides, drawing: Drawing, *, top: float, title: str, name: str, told: str, lang: str, notes: str
) -> None:
    """Add a slide with a drawing of shapes that can be edited.

    Parameters
    ----------
    slides : presentation
        What it is added to.
    drawing : Drawing
        The page.
    top : float
        Height of the strip of the title in millimetres; 0 for a slide that is the page and nothing else.
    title, name, told, notes : str
        Title of the slide, name of the group of shapes, the text in its place, and the note.
    lang : str
        Language of the words.
    """
    slide = titled_slide(slides, title, top)
    left = (slides.slide_width / EMU_PER_MM - drawing.width * drawing.scale) / 2 if top else 0.0
    # What does not fit even with the smallest type is drawn smaller, rather than over the edge.
    shown = shrunk(drawing, slides.slide_height / EMU_PER_MM - top)
    group = figure_group(shown, max(left, 0.0), top, name=name, told=told, lang=lang)
    slide.shapes._spTree.append(group)
    add_photos(slide, shown, max(left, 0.0), top)
    write_note(slide, notes)


def shrunk(drawing: Drawing, room: float) -> Drawing:
    """Return a drawing no higher than a room, in millimetres."""
    high = drawing.height * drawing.scale
    return drawing if high <= room + 0.01 else replace(drawing, scale=drawing.scale * room / high)


def _emu(mm: float) -> int:
    from pptx.util import Emu

    return Emu(round(mm * EMU_PER_MM))


def _forget(slides: Slides, lang: str, source: str) -> None:
    """Leave nothing of a person or a moment in the head of the file."""
    known = slides.core_properties
    known.author = known.last_modified_by = known.keywords = known.category = known.subject = ""
    # The title of a case may name a person; on the slide its author sees it, here nobody does.
    known.title, known.comments = say("export.title", lang), source
    known.language, known.revision = lang, 1
    known.created = known.modified = known.last_printed = datetime(*_LONG_AGO)  # noqa: DTZ001 - the same everywhere
    package = slides.part.package
    for key, link in list(package._rels.items()):
        if link.reltype.endswith("/thumbnail"):
            package.drop_rel(key)
    # Nor of the machine on which the empty presentation was made.
    for key, link in list(slides.part.rels.items()):
        if link.reltype.endswith("/printerSettings"):
            slides.part.rels.pop(key)
    for link in package._rels.values():
        if link.reltype.endswith("/extended-properties"):
            link.target_part._blob = _PROGRAM


def _head(slides: Slides, slide: Slide, words: str, strip: float) -> None:
    """Write the title of a slide in its strip; a slide without one keeps it for those who listen only."""
    from pptx.util import Pt

    title = slide.shapes.title
    if not strip:
        title._element.getparent().remove(title._element)
        return
    wide = slides.slide_width / EMU_PER_MM - 2 * FREE
    title.left, title.top, title.width, title.height = (_emu(mm) for mm in (FREE, 2.0, wide, strip - 3))
    title.text_frame.text = printable(words)
    title.text_frame.word_wrap = True
    run = title.text_frame.paragraphs[0].runs[0]
    # On one line if it can be; on two, it is as small as anything on a slide.
    size = next((size for size in _TITLES if width(words, Style(size, 600)) <= wide - _EDGES), slide_sizes().floor)
    run.font.size, run.font.bold, run.font.name = Pt(size), True, "Arial"


def _timeless(data: bytes) -> bytes:
    """Return a zip with the same bytes on every day: no moment of writing in it, nor in a workbook inside it."""
    made = BytesIO()
    with ZipFile(BytesIO(data)) as given, ZipFile(made, "w") as fixed:
        for name in sorted(given.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            content = given.read(name)
            if name.endswith(".xlsx"):
                content = _timeless(content)
            elif name == "docProps/core.xml":
                content = _MOMENT.sub(b"1980-01-01T00:00:00Z", content)
            entry = ZipInfo(name, _LONG_AGO)
            entry.compress_type = ZIP_DEFLATED
            fixed.writestr(entry, content)
    return made.getvalue()
