"""What a file says of where it comes from: software, case, revision; never a person, a place or a date."""

from __future__ import annotations

import struct
import zlib
from functools import cache
from html import escape
from importlib.metadata import version
from io import BytesIO

from casecurves.figure.spec import Spec
from casecurves.words import say

_PNG_HEAD = 8 + 25  # the signature and the first part, which says the size


@cache
def software() -> str:
    """Return the name and version of this program."""
    return f"casecurves {version('casecurves')}"


def stamp(spec: Spec) -> str:
    """Return what a figure was made from and by: the case, its revision, the program.

    Parameters
    ----------
    spec : Spec
        The figure. Without the id of its case, which may be a person's name, the revision says which it is.

    Returns
    -------
    str
        One line, in the language of the figure.
    """
    return made_of(spec.case, spec.revision, spec.lang)


def made_of(case: str, revision: str, lang: str) -> str:
    """Return what a file was made from and by: ids and revision of a case as in a figure, ``""`` where it has none."""
    if not revision:  # several cases in one figure
        return say("export.stamp_several", lang, software=software())
    if not case:
        return say("export.stamp_nameless", lang, software=software(), revision=revision)
    return say("export.stamp", lang, software=software(), case=case, revision=revision)


def on_svg(svg: str, text: str) -> str:
    """Return a page that says where it comes from."""
    head, description, rest = svg.partition("</desc>")
    return f"{head}{description}<metadata>{escape(text, quote=False)}</metadata>{rest}"


def on_png(png: bytes, text: str) -> bytes:
    """Return a picture that says where it comes from, after its size and before its dots."""
    # The part of a PNG that holds every letter: not packed, of no language said.
    said = b"Software\0\0\0\0\0" + text.encode()
    part = b"iTXt" + said
    chunk = struct.pack(">I", len(said)) + part + struct.pack(">I", zlib.crc32(part))
    return png[:_PNG_HEAD] + chunk + png[_PNG_HEAD:]


def on_pdf(pdf: bytes, text: str) -> bytes:
    """Return a PDF that says where it comes from, its parts in one order: the rasteriser leaves that to chance."""
    from pypdf import PdfReader, PdfWriter  # slow to import

    made, written = PdfWriter(), BytesIO()
    seen: set[int] = set()
    for page in PdfReader(BytesIO(pdf)).pages:
        _in_order(page, seen)
        made.add_page(page)
    made.add_metadata({"/Producer": text})
    made.write(written)
    return written.getvalue()


def _in_order(value: object, seen: set[int]) -> None:
    """Sort the entries of everything that a page of a PDF leads to."""
    from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

    found = value.get_object() if isinstance(value, IndirectObject) else value
    if id(found) in seen or not isinstance(found, DictionaryObject | ArrayObject):
        return
    seen.add(id(found))
    if isinstance(found, DictionaryObject):
        entries = sorted((str(name), name, entry) for name, entry in found.items())
        dict.clear(found)
        dict.update(found, {name: entry for _, name, entry in entries})
        for text, _, entry in entries:
            if text != "/Parent":
                _in_order(entry, seen)
    else:
        for entry in found:
            _in_order(entry, seen)
