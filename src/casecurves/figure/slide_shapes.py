"""The shapes of a page as shapes of a slide: DrawingML (ECMA-376), written as text and read once."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator, Sequence
from html import escape
from io import BytesIO
from itertools import count, groupby
from typing import Any

from casecurves.figure.shapes import Disc, Drawing, Outline, Paint, Photo, Place, Rect, Shape, Writing
from casecurves.figure.text import MM_PER_PT, printable

_EMU_PER_MM = 36_000
_NAMES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
# Every machine has it, and journals ask for it; it is narrower than the font of the page.
_FONT = "Arial"
# Share of the size of type above the line that letters stand on, in that font.
_ASCENT, _LINE = 0.905, 1.15
# A program knows how a language is spelt in a country.
_SPELT = {"en": "en-GB", "fr": "fr-FR"}


class _Maker:
    """Makes the elements of one drawing, with ids of their own, at a place of the slide."""

    def __init__(self, drawing: Drawing, left: float, top: float, lang: str = "") -> None:
        self.lang = _SPELT.get(lang, lang)
        self.scale, self.left, self.top = drawing.scale, left, top
        self.ids = count(100)

    def x(self, mm: float) -> int:
        return round((self.left + mm * self.scale) * _EMU_PER_MM)

    def y(self, mm: float) -> int:
        return round((self.top + mm * self.scale) * _EMU_PER_MM)

    def size(self, mm: float) -> int:
        return round(mm * self.scale * _EMU_PER_MM)

    def element(self, shape: Shape) -> str:
        if isinstance(shape, Rect):
            return self._rect(shape)
        if isinstance(shape, Disc):
            place = self._place(shape.x - shape.r, shape.y - shape.r, 2 * shape.r, 2 * shape.r)
            return self._shape("disc", place + '<a:prstGeom prst="ellipse"><a:avLst/></a:prstGeom>', shape.paint)
        return self._writing(shape) if isinstance(shape, Writing) else self._outline(shape)  # type: ignore[arg-type]

    def _place(self, x: float, y: float, w: float, h: float) -> str:
        return (
            f'<a:xfrm><a:off x="{self.x(x)}" y="{self.y(y)}"/>'
            f'<a:ext cx="{max(self.size(w), 0)}" cy="{max(self.size(h), 0)}"/></a:xfrm>'
        )

    def _rect(self, shape: Rect) -> str:
        place = self._place(shape.x, shape.y, shape.w, shape.h)
        kind, guides = "rect", ""
        if shape.radius:
            share = min(shape.radius / max(min(shape.w, shape.h), 0.01), 0.5)
            kind, guides = "roundRect", f'<a:gd name="adj" fmla="val {round(share * 100_000)}"/>'
        form = f'<a:prstGeom prst="{kind}"><a:avLst>{guides}</a:avLst></a:prstGeom>'
        return self._shape("rectangle", place + form, shape.paint)

    def _outline(self, shape: Outline) -> str:
        points = [point for run, _ in shape.runs for point in run]
        x0, y0 = (min(point[at] for point in points) for at in (0, 1))
        x1, y1 = (max(point[at] for point in points) for at in (0, 1))
        w, h = self.size(x1 - x0), self.size(y1 - y0)
        runs = "".join(self._run(run, closed, x0, y0) for run, closed in shape.runs)
        fill = "" if any(closed for _, closed in shape.runs) else ' fill="none"'
        form = (
            "<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
            f'<a:rect l="0" t="0" r="r" b="b"/><a:pathLst><a:path w="{w}" h="{h}"{fill}>{runs}</a:path></a:pathLst>'
            "</a:custGeom>"
        )
        return self._shape("line", self._place(x0, y0, x1 - x0, y1 - y0) + form, shape.paint)

    def _run(self, points: Sequence[Place], closed: bool, x0: float, y0: float) -> str:
        steps = [
            f'<a:{"moveTo" if not n else "lnTo"}><a:pt x="{self.size(x - x0)}" y="{self.size(y - y0)}"/>'
            f"</a:{'moveTo' if not n else 'lnTo'}>"
            for n, (x, y) in enumerate(points)
        ]
        return "".join(steps) + ("<a:close/>" if closed else "")

    def _shape(self, name: str, form: str, paint: Paint) -> str:
        return (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{next(self.ids)}" name="{name}"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr>'
            f"<p:spPr>{form}{_fill(paint)}{self._line(paint)}</p:spPr></p:sp>"
        )

    def _line(self, paint: Paint) -> str:
        if not paint.stroke:
            return "<a:ln><a:noFill/></a:ln>"
        dashes = list(zip(paint.dash[::2], paint.dash[1::2], strict=False))
        stops = "".join(f'<a:ds d="{_share(on, paint.width)}" sp="{_share(off, paint.width)}"/>' for on, off in dashes)
        dash = f"<a:custDash>{stops}</a:custDash>" if stops else ""
        return f'<a:ln w="{self.size(paint.width)}">{_solid(paint.stroke)}{dash}<a:round/></a:ln>'

    def _writing(self, shape: Writing) -> str:
        # Room on the side to which the words run: another font may need more.
        size, room = shape.size, shape.w * 1.12 + shape.size
        x = {"start": shape.x, "middle": shape.x + shape.w / 2 - room / 2, "end": shape.x + shape.w - room}
        place = self._place(x[shape.anchor], shape.y - _ASCENT * size, room, _LINE * size)
        align = {"start": "l", "middle": "ctr", "end": "r"}[shape.anchor]
        points = round(size / MM_PER_PT * self.scale * 100)
        style = f'sz="{points}" b="{int(shape.weight > 400)}" i="{int(shape.italic)}"'
        return (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{next(self.ids)}" name="text"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
            f'<p:spPr>{place}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr>'
            '<p:txBody><a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:noAutofit/></a:bodyPr>'
            f'<a:p><a:pPr algn="{align}"/><a:r><a:rPr lang="{self.lang}" {style} dirty="0">{_solid(shape.fill)}'
            f'<a:latin typeface="{_FONT}"/><a:cs typeface="{_FONT}"/></a:rPr>'
            f"<a:t>{escape(printable(shape.text), quote=False)}</a:t></a:r></a:p></p:txBody></p:sp>"
        )

    def group(self, name: str, told: str, inside: str, box: str) -> str:
        return (
            f'<p:grpSp><p:nvGrpSpPr><p:cNvPr id="{next(self.ids)}" name="{escape(name)}" descr="{escape(told)}"/>'
            f"<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr>{box}</p:grpSpPr>{inside}</p:grpSp>"
        )


def figure_group(drawing: Drawing, left: float, top: float, *, name: str, told: str, lang: str) -> Any:  # noqa: ANN401 - of python-pptx and lxml, which have no types
    """Return a page as one group of shapes, those of a row of the case in a group of their own.

    Parameters
    ----------
    drawing : Drawing
        The page.
    left, top : float
        Where it stands on the slide, in millimetres.
    name, told : str
        What the group is called, and the text in its place.
    lang : str
        Its language, by which a program checks its spelling.

    Returns
    -------
    element
        To be appended to the shapes of a slide.
    """
    from pptx.oxml import parse_xml

    maker = _Maker(drawing, left, top, lang)
    box = _same_box(maker.x(0), maker.y(0), maker.size(drawing.width), maker.size(drawing.height))
    inside = "".join(_by_row(maker, drawing, box))
    whole = maker.group(name, told, inside, box)
    return parse_xml(whole.replace("<p:grpSp>", f"<p:grpSp {_NAMES}>", 1))


def add_photos(slide: Any, drawing: Drawing, left: float, top: float) -> None:  # noqa: ANN401 - of python-pptx
    """Put the pictures of a page on a slide, above the group of its shapes, whose ground would hide them."""
    maker = _Maker(drawing, left, top)
    for photo in (shape for shape in drawing.shapes if isinstance(shape, Photo)):
        data = b64decode(photo.data.partition(",")[2])
        place = maker.x(photo.x), maker.y(photo.y), maker.size(photo.w), maker.size(photo.h)
        added = slide.shapes.add_picture(BytesIO(data), *place)
        added._element.nvPicPr.cNvPr.set("descr", photo.told)


def _by_row(maker: _Maker, drawing: Drawing, box: str) -> Iterator[str]:
    drawn = (shape for shape in drawing.shapes if not isinstance(shape, Photo))
    for row, shapes in groupby(drawn, key=lambda shape: shape.row):
        elements = [maker.element(shape) for shape in shapes]
        head, _, rest = drawing.told.get(row, "").partition("\n")
        yield maker.group(printable(head), printable(rest), "".join(elements), box) if head else "".join(elements)


def _same_box(x: int, y: int, w: int, h: int) -> str:
    """Return the frame of a group whose shapes keep the places of the slide."""
    return (
        f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{w}" cy="{h}"/>'
        f'<a:chOff x="{x}" y="{y}"/><a:chExt cx="{w}" cy="{h}"/></a:xfrm>'
    )


def _fill(paint: Paint) -> str:
    return _solid(paint.fill, paint.opacity) if paint.fill else "<a:noFill/>"


def _solid(colour: str, opacity: float = 1.0) -> str:
    alpha = f'<a:alpha val="{round(opacity * 100_000)}"/>' if opacity < 1 else ""
    return f'<a:solidFill><a:srgbClr val="{colour[1:].upper()}">{alpha}</a:srgbClr></a:solidFill>'


def _share(length: float, of: float) -> int:
    return round(length / of * 100_000)
