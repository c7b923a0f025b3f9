"""Files of a figure: exact size, the same bytes every time, nothing looked up and nothing given away."""

import os
import re
import struct
import subprocess
import sys
import zlib
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image, ImageChops
from pypdf import PdfReader

from casecurves.errors import UsageError
from casecurves.figure import export
from casecurves.figure.compile import compile as compile_case
from casecurves.figure.export import FORMATS, render, save
from casecurves.figure.options import Options
from casecurves.figure.page import PageOptions, read_page
from casecurves.figure.stamp import stamp
from casecurves.figure.svg import to_svg
from casecurves.figure.svg.glyphs import font_faces, outlined
from casecurves.io import read_library, shipped_cases

LIBRARY = {case_id: case for case_id, (case, _) in read_library(shipped_cases()).items()}
SMALL, RICH = "igg4-dupilumab-1", "mn-dupilumab-1-illustrative"
ADDRESS = re.compile(rb"[a-z]+://[^\s\"'<]+")


def spec(case: str = SMALL, lang: str = "en"):
    return compile_case(LIBRARY[case], Options(lang=lang))


def chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    at = 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += 12 + length


def rows_of_pixels(png: bytes) -> list[bytes]:
    """Decode an 8-bit RGBA PNG."""
    width, height, depth, colour = struct.unpack(">IIBB", dict(chunks(png))[b"IHDR"][:10])
    assert (depth, colour) == (8, 6)
    raw = zlib.decompress(b"".join(data for kind, data in chunks(png) if kind == b"IDAT"))
    stride, rows = width * 4, [bytes(width * 4)]
    for y in range(height):
        kind, *line = raw[y * (stride + 1) : (y + 1) * (stride + 1)]
        above, done = rows[-1], bytearray(stride)
        for x, value in enumerate(line):
            left = done[x - 4] if x >= 4 else 0
            corner = above[x - 4] if x >= 4 else 0
            done[x] = value + predicted(kind, left, above[x], corner) & 255
        rows.append(bytes(done))
    return rows[1:]


def predicted(kind: int, left: int, up: int, corner: int) -> int:
    if kind < 4:
        return (0, left, up, (left + up) // 2)[kind]
    guess = left + up - corner
    return min((left, up, corner), key=lambda near: abs(guess - near))


# ---------------------------------------------------------------------------------------- PNG


@pytest.mark.parametrize("dpi", [300, 500, 600, 1000])
@pytest.mark.parametrize("width_mm", [84, 90, 140, 180, 190])
def test_a_png_has_the_exact_size_and_says_its_dpi(width_mm, dpi):
    figure = spec()
    found = dict(chunks(render(figure, "png", PageOptions(width_mm=width_mm, dpi=dpi))))
    height_mm = float(re.search(r'height="([\d.]+)mm"', to_svg(figure, PageOptions(width_mm=width_mm)))[1])
    size = struct.unpack(">II", found[b"IHDR"][:8])
    assert size == (round(width_mm / 25.4 * dpi), round(height_mm / 25.4 * dpi))
    assert struct.unpack(">IIB", found[b"pHYs"]) == (round(dpi / 0.0254), round(dpi / 0.0254), 1)


def test_a_png_says_where_it_comes_from_and_no_more():
    found = list(chunks(render(spec(), "png", PageOptions(dpi=72))))
    assert {kind for kind, _ in found} == {b"IHDR", b"iTXt", b"pHYs", b"IDAT", b"IEND"}
    text = f"Software\0\0\0\0\0{stamp(spec())}"
    assert [data.decode() for kind, data in found if kind == b"iTXt"] == [text]
    assert zlib.crc32(f"iTXt{text}".encode()).to_bytes(4, "big") in render(spec(), "png", PageOptions(dpi=72))


def test_a_png_says_it_in_letters_of_every_language():
    french = spec(lang="fr")
    assert "’" in stamp(french)
    with Image.open(BytesIO(render(french, "png", PageOptions(dpi=72)))) as picture:
        assert picture.info["Software"] == stamp(french)


@pytest.mark.parametrize(("theme", "paper"), [("light", 255), ("grey", 255), ("dark", 0x14)])
def test_a_png_is_opaque_to_its_edges(theme, paper):
    rows = rows_of_pixels(render(spec(), "png", PageOptions(width_mm=120, dpi=61, theme=theme)))
    assert {alpha for row in rows for alpha in row[3::4]} == {255}
    assert {row[at] for row in rows for at in (0, -4)} == {paper}
    assert {rows[at][::4] for at in (0, -1)} == {bytes([paper]) * (len(rows[0]) // 4)}


@pytest.mark.parametrize("case", sorted(LIBRARY))
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_no_text_is_left_to_the_rasteriser(case, lang):
    svg = to_svg(spec(case, lang))
    drawn = outlined(svg)
    assert svg.count("<text ") > 8
    assert "<text" not in drawn
    assert len(re.findall(r'd="M[^"]+z"/></g>', drawn)) == svg.count("<text ")


def test_a_transparent_png_has_no_ground():
    rows = rows_of_pixels(render(spec(), "png", PageOptions(width_mm=120, dpi=61, transparent=True)))
    assert {row[3] for row in rows} == {0}
    assert any(alpha == 255 for row in rows for alpha in row[3::4])


def test_a_printed_file_holds_nothing_unseen():
    figure = spec(RICH)
    svg = render(figure, "svg").decode()
    assert "data-row" not in svg
    assert re.findall("<title>(.*?)</title>", svg) == ["Course of a case: therapies, events and biomarkers over time"]
    assert "data-row" in to_svg(figure)


def test_outlines_stand_where_the_text_stood():
    import vl_convert

    export._register_fonts()
    figure = spec()
    written = export._sized(to_svg(figure, PageOptions(width_mm=60)), 180, 400)
    a, b = (rows_of_pixels(vl_convert.svg_to_png(svg)) for svg in (written, outlined(written)))
    apart = sum(abs(x - y) for r, s in zip(a, b, strict=True) for x, y in zip(r[::4], s[::4], strict=True))
    ink = sum(255 - x for row in a for x in row[::4])
    assert ink > 100_000
    assert apart < 0.2 * ink
    moved = rows_of_pixels(vl_convert.svg_to_png(outlined(written).replace("matrix(", "translate(1 0) matrix(")))
    further = sum(abs(x - y) for r, s in zip(a, moved, strict=True) for x, y in zip(r[::4], s[::4], strict=True))
    assert apart < further / 2


# ---------------------------------------------------------------------------------------- all formats

DIGESTS = """
import hashlib, sys
from casecurves import PageOptions, compile, load, render
from casecurves.figure.export import FORMATS
spec = compile(load(sys.argv[1]))
for fmt in FORMATS:
    print(fmt, hashlib.sha256(render(spec, fmt, PageOptions(width_mm=90, dpi=150))).hexdigest())
"""


@pytest.mark.parametrize("case", [SMALL, RICH])
def test_the_same_bytes_in_every_process(case):
    found = set()
    for seed in ("1", "2"):
        surroundings = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", DIGESTS, case], env=surroundings, capture_output=True, text=True, check=True
        )
        found.add(done.stdout)
    assert len(found) == 1
    assert len(found.pop().splitlines()) == len(FORMATS)


def test_a_page_without_its_title_does_not_say_of_whom_it_is_in_its_description_either():
    for title, told in ((True, True), (False, False)):
        svg = render(spec("dm-mda5-ruxolitinib"), "svg", PageOptions(title=title, words="apart")).decode()
        assert ("62" in re.findall("<desc>(.*?)</desc>", svg, re.DOTALL)[0].split("Events")[0]) == told


@pytest.mark.parametrize("fmt", ["svg", "pdf"])
def test_nothing_is_fetched_from_anywhere(fmt):
    addresses = set(ADDRESS.findall(render(spec(RICH), fmt)))
    sources = set(ADDRESS.findall(spec(RICH).source.encode()))
    assert addresses - sources - {b"http://www.w3.org/2000/svg"} == set()


def test_a_pdf_has_the_size_of_the_paper_and_real_text():
    pdf = render(spec(), "pdf", PageOptions(width_mm=90))
    box = [float(number) for number in re.search(rb"/MediaBox ?\[([^\]]*)\]", pdf)[1].split()]
    assert box[:2] == [0, 0]
    assert box[2] == pytest.approx(90 / 25.4 * 72, abs=0.01)
    assert pdf.count(b"/FontFile2") >= 2
    assert not re.search(rb"/(Title|Author|Subject|Keywords|CreationDate|ModDate|Creator)\b", pdf)
    assert dict(PdfReader(BytesIO(pdf)).metadata) == {"/Producer": stamp(spec())}


def test_an_svg_brings_its_fonts():
    svg = render(spec(lang="fr"), "svg").decode()
    assert svg.count("@font-face") == 3
    assert len(re.findall(r"url\(data:font/ttf;base64,[A-Za-z0-9+/=]{1000,}\)", svg)) == 3
    assert set(re.findall(r"url\((\w+:)", svg)) == {"data:"}


def test_the_fonts_are_cut_down_to_what_is_written():
    assert len(font_faces("abc")) < len(font_faces("abcdefghijklmnopqrstuvwxyz")) / 2


WRONG = [
    ({"width_mm": "59.9"}, "60"), ({"width_mm": "400.1"}, "400"), ({"width_mm": "nan"}, "nan"),
    ({"width_mm": "inf"}, "inf"), ({"width_mm": "-90"}, "-90"), ({"width_mm": "abc"}, "abc"), ({"width_mm": ""}, "60"),
    ({"dpi": "49"}, "49"), ({"dpi": "99999"}, "1200"), ({"dpi": "300.5"}, "300.5"), ({"type_pt": "6"}, "7"),
    ({"type_pt": "17"}, "16"), ({"theme": "pink"}, "light, dark, grey"), ({"words": "none"}, "below, apart"),
    ({"letters": "maybe"}, "maybe"), ({"colour": "red"}, "colour"), ({"width_mm": "80", "type_pt": "14"}, "120"),
    ({"preset": "plos", "type_pt": "7"}, "8 pt"), ({"seen": "x-rays"}, "tritanopia"),
    ({"width_mm": "<b>\u202e\x1b"}, "<b>⟨U+202E⟩"), ({"dpi": "9" * 5000}, "9" * 40),
]  # fmt: skip


@pytest.mark.parametrize(("given", "told"), WRONG, ids=[str(given)[:40] for given, _ in WRONG])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_page_that_cannot_be_is_refused_in_one_sentence(given, told, lang):
    with pytest.raises(UsageError) as refused:
        read_page(given, lang)
    assert told in str(refused.value).replace("\u00a0", " ")
    assert len(str(refused.value)) < 200
    assert "\n" not in str(refused.value)


def test_a_page_is_read_from_text_as_from_values():
    typed = {"width_mm": "85.5", "dpi": "600", "type_pt": "8", "letters": "true", "transparent": "1", "title": "false"}
    assert read_page(typed) == PageOptions(
        width_mm=85.5, dpi=600, type_pt=8, letters=True, transparent=True, title=False
    )
    assert read_page({}) == PageOptions()


def test_too_many_pixels_and_unknown_formats_are_refused():
    with pytest.raises(UsageError, match="too large"):
        render(spec(RICH), "png", PageOptions(width_mm=400, dpi=1200))
    with pytest.raises(UsageError, match="gif"):
        render(spec(RICH), "gif")


def test_what_is_at_the_bounds_is_not():
    assert render(spec(), "png", PageOptions(width_mm=400, dpi=50))
    assert render(spec(), "png", PageOptions(width_mm=60, dpi=1200))


def test_saving_says_what_is_wrong_in_the_language_of_the_figure(tmp_path):
    save(spec(), tmp_path / "x.json")
    with pytest.raises(UsageError, match="existe déjà"):
        save(spec(lang="fr"), tmp_path / "x.json")


# ---------------------------------------------------------------------------------------- TIFF


@pytest.mark.parametrize("transparent", [False, True])
def test_a_tiff_is_what_a_journal_takes(transparent):
    figure, page = spec(), PageOptions(width_mm=90, dpi=300, transparent=transparent)
    data = render(figure, "tiff", page)
    with Image.open(BytesIO(data)) as picture:
        assert (picture.format, picture.mode, picture.info["compression"]) == ("TIFF", "RGB", "tiff_lzw")
        assert picture.info["dpi"] == (300, 300)
        assert picture.size[0] == round(90 / 25.4 * 300)
        assert picture.getpixel((0, 0)) == (255, 255, 255)
        assert set(picture.tag_v2) & {270, 271, 272, 305, 306, 315, 316, 33432} == {305}  # no dates, machines, names
        assert picture.tag_v2[305] == stamp(figure)
        drawn = picture.copy()
    with Image.open(BytesIO(render(figure, "png", PageOptions(width_mm=90, dpi=300)))) as png:
        assert ImageChops.difference(png.convert("RGB"), drawn).getbbox() is None
    assert render(figure, "tiff", page) == data


def test_a_tiff_says_in_french_where_it_comes_from():
    figure = replace(spec(), lang="fr")
    with Image.open(BytesIO(render(figure, "tiff", PageOptions(dpi=72)))) as picture:
        said = picture.tag_v2[305].encode("latin-1").decode()
    assert said == stamp(figure)
    assert "é" in said and "?" not in said


def test_a_tiff_has_both_endings(tmp_path):
    for name in ("a.tif", "a.TIFF"):
        (written,) = save(spec(), tmp_path / name, PageOptions(dpi=60))
        assert written.read_bytes()[:4] in (b"II*\0", b"MM\0*")
