"""Pictures of an author's own: made anew, bounded, and drawn below the figure."""

import re
from base64 import b64decode
from io import BytesIO

import pytest
from figure.build import SHIPPED
from figure.page import read
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from casecurves.errors import UsageError
from casecurves.figure import pictures
from casecurves.figure.caption import caption
from casecurves.figure.compile import compile
from casecurves.figure.export import render
from casecurves.figure.page import PageOptions
from casecurves.figure.pictures import lettered, read_picture

SPEC = compile(SHIPPED["igg4-dupilumab-1"])


def photo(size=(60, 40), fmt="JPEG", colour="red", exif=False):
    made, picture = BytesIO(), Image.new("RGB", size, colour)
    head = picture.getexif()
    head[0x010F], head[0x0112] = "a camera of Smith", 6
    picture.save(made, fmt, **({"exif": head} if exif else {}))
    return made.getvalue()


def test_nothing_that_came_with_a_picture_stays_and_it_stands_upright():
    given = photo(exif=True)
    assert b"Smith" in given
    found = read_picture(given, "x.jpg", "en", "C", "biopsy")
    data = b64decode(found.data.partition(",")[2])
    assert b"Smith" not in data
    with Image.open(BytesIO(data)) as made:
        assert (made.format, made.mode, made.size, dict(made.getexif())) == ("PNG", "RGB", (40, 60), {})


def test_a_picture_stands_below_the_figure_with_letter_and_label():
    shots = lettered(
        [read_picture(photo(), "x", "en", label="MRI <b> before"), read_picture(photo(), "y", "en", "Z")], 2
    )
    assert [one.letter for one in shots] == ["C", "Z"]
    plain, svg = (render(SPEC, "svg", PageOptions(width_mm=90), (), found).decode() for found in ((), shots))
    page, before = read(svg), read(plain)
    assert page.height > before.height + 10
    assert page.collisions() == page.outside() == []
    assert {"C", "Z", "MRI <b> before"} <= {word.text for word in page.words}
    assert len(re.findall(r'<image [^>]*href="data:image/png;base64,', svg)) == 2
    png = render(SPEC, "png", PageOptions(width_mm=90, dpi=100), (), shots)
    with Image.open(BytesIO(png)) as drawn:
        reds = sum(count for count, (r, g, b, _) in drawn.getcolors(1_000_000) if r > 250 and g < 5 and b < 5)
        assert reds > 1000
    assert render(SPEC, "pdf", PageOptions(width_mm=90), (), shots)[:5] == b"%PDF-"
    slides = Presentation(BytesIO(render(SPEC, "pptx", PageOptions(), (), shots))).slides
    shown = [shape for slide in slides for shape in slide.shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE]
    assert [shape._element.nvPicPr.cNvPr.get("descr") for shape in shown] == ["C MRI <b> before", "Z"]
    assert "C, MRI <b> before; Z." in caption(SPEC, pictures=[(one.letter, one.label) for one in shots])


@pytest.mark.parametrize("data", [b"", b"no picture", photo()[:200], b"<svg/>", b"%PDF-1.7"])
def test_what_is_no_picture_is_refused(data):
    with pytest.raises(UsageError, match="no picture"):
        read_picture(data, "x\x1b.png", "en")


def test_what_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_PIXELS", 1000)
    with pytest.raises(UsageError, match="pixels"):
        read_picture(photo(), "x", "en")
    monkeypatch.setattr(pictures, "LARGEST_FILE", 10)
    with pytest.raises(UsageError, match="MB"):
        read_picture(photo(), "x", "en")
