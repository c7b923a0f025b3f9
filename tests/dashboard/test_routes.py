"""Pictures, saved figures and fonts: exact, checked, and without a word about the patient."""

import re
import struct
import zipfile
from io import BytesIO

import pytest
from dashboard.build import SOUND, write
from PIL import Image
from pypdf import PdfReader

from casecurves_dashboard.components.export import WIDTHS_MM
from casecurves_dashboard.fonts import FACES


def png_size(data):
    return struct.unpack(">II", data[16:24])


def png_dots_per_metre(data):
    at = data.index(b"pHYs") + 4
    return struct.unpack(">II", data[at : at + 8])


@pytest.mark.parametrize("width", WIDTHS_MM)
@pytest.mark.parametrize("dpi", [300, 600])
def test_a_png_has_the_size_that_was_asked_for(client, width, dpi):
    response = client.get(f"/export/sound.png?lang=en&width={width}&dpi={dpi}")
    assert (response.status_code, response.mimetype) == (200, "image/png")
    assert png_size(response.data)[0] == round(width / 25.4 * dpi)
    assert png_dots_per_metre(response.data)[0] == round(dpi / 0.0254)
    assert response.headers["Content-Disposition"] == f'attachment; filename="casecurves-figure-{width}mm-{dpi}dpi.png"'


def test_svg_and_pdf(client):
    svg = client.get("/export/sound.svg?width=90&lang=fr")
    assert svg.mimetype == "image/svg+xml"
    assert 'width="90mm"' in svg.text
    assert "Un cas sain" in svg.text
    pdf = client.get("/export/sound.pdf?width=90")
    assert (pdf.mimetype, pdf.data[:5]) == ("application/pdf", b"%PDF-")


@pytest.mark.parametrize("query", ["width=abc", "dpi=99999", "type=%3Cb%3Ex", "zero=%1b%5B31m", "x=%E2%80%AE"])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_refusal_is_one_sentence_that_says_what_was_sent(client, query, lang):
    response = client.get(f"/export/sound.png?lang={lang}&{query}")
    assert (response.status_code, response.mimetype) == (400, "text/plain")
    assert response.text.count("\n") == 1
    assert not set("\x1b\u202e") & set(response.text)
    assert any(told in response.text for told in ("abc", "99999", "<b>x", "⟨U+001B⟩", "⟨U+202E⟩"))
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_a_file_of_a_case_of_ones_own_has_a_neutral_name_and_nothing_hidden(client, cases):
    write(cases / "smith-john", SOUND)
    for fmt in ("png", "svg", "pdf", "txt"):
        response = client.get(f"/export/smith-john.{fmt}?lang=en&width=90&title=false")
        name = response.headers["Content-Disposition"].split("filename=")[1]
        assert name.startswith('"casecurves-figure-90mm')
        assert b"smith" not in response.data
    svg = client.get("/export/sound.svg?lang=en&title=false").text
    assert "A sound case" not in svg
    assert not re.search(r"data-row|<title>(?!Course of a case)", svg)
    assert "upcr-0" not in svg


def unseen(fmt, data):
    """What a saved file says beside its picture."""
    if fmt == "pdf":
        return str(dict(PdfReader(BytesIO(data)).metadata))
    if fmt in ("png", "tiff"):
        picture = Image.open(BytesIO(data))
        return str({**picture.info, **{key: picture.getexif()[key] for key in picture.getexif()}})
    if fmt == "svg":
        return " ".join(
            re.findall(r"<(?:title|metadata)>(.*?)</", data.decode()) + re.findall(r'id="(.*?)"', data.decode())
        )
    with zipfile.ZipFile(BytesIO(data)) as packed:
        return " ".join(
            [
                *packed.namelist(),
                *(packed.read(n).decode() for n in packed.namelist() if "docProps" in n and n.endswith("xml")),
            ]
        )


@pytest.mark.parametrize("fmt", ["png", "tiff", "svg", "pdf", "pptx"])
def test_what_a_file_says_beside_its_picture_is_not_about_the_patient(client, cases, fmt):
    case = {**SOUND, "case.toml": SOUND["case.toml"].replace("A sound case", "Mrs Smith of Ward 7")}
    write(cases / "smith-john", case)
    response = client.get(f"/export/smith-john.{fmt}?lang=en&width=90&dpi=100")
    assert response.status_code == 200
    told = unseen(fmt, response.data) + response.headers["Content-Disposition"]
    for name in ("Smith", "smith", "Ward", "asthma", "dupilumab", "first-drug", "A paper", str(cases)):
        assert name not in told


def test_the_caption_holds_what_the_picture_leaves_out(client):
    bare = client.get("/export/sound.svg?lang=fr&words=apart&title=false").text
    text = client.get("/export/sound.txt?lang=fr&words=apart&title=false&letters=true").text
    assert "Un cas sain" in text
    assert "Un cas sain" not in bare
    assert "A, traitements" in text
    assert "barre pleine, certainement en cours" in text


def test_the_same_address_gives_the_same_bytes(client):
    address = "/export/sound.png?lang=fr&zero=flare-1&unit=days&show=albumin&colours=grey&width=90&dpi=300"
    assert client.get(address).data == client.get(address).data
    assert client.get(address).data != client.get(address.replace("days", "weeks")).data


@pytest.mark.parametrize(
    "query",
    [
        "width=0",
        "width=1e9",
        "width=-90",
        "width=59.9",
        "width=nan",
        "type=6",
        "type=14&width=90",
        "words=none",
        "colours=pink",
        "title=perhaps",
        "in=de",
        "width=",
        "width=ninety",
        "width=\uff19\uff10mm",
        "dpi=49",
        "dpi=5000",
        "dpi=NaN",
        "theme=pink",
        "lang=de",
        "unit=fortnights",
        "zero=nope",
        "show=gold",
        "tab=figures",
        "file=/etc/passwd",
        "width=90&width=190",
        "lang=en&lang=fr",
    ],
)
def test_an_export_that_cannot_be_given_is_refused(client, query):
    response = client.get(f"/export/sound.png?{query}")
    assert (response.status_code, response.mimetype) == (400, "text/plain")
    assert 5 < len(response.text) < 200


@pytest.mark.parametrize("case_id", ["nothing", "broken", "..", "%2e%2e%2fsound", "sound%00", "<b>"])
@pytest.mark.parametrize("route", ["/export/{}.png", "/miniature/{}.svg", "/picture/{}.svg"])
def test_what_is_no_drawable_case_is_not_found(client, route, case_id):
    assert client.get(route.format(case_id)).status_code == 404


def test_other_formats_are_not_served(client):
    assert client.get("/export/sound.exe").status_code == 404
    assert client.get("/export/sound.json").status_code == 404


@pytest.mark.parametrize("route", ["/miniature/sound.svg", "/picture/sound.svg", "/picture/sound.svg?narrow=1"])
def test_pictures_are_whole_without_the_fonts_of_the_page(client, route):
    response = client.get(route)
    assert (response.status_code, response.mimetype) == (200, "image/svg+xml")
    assert "<path" in response.text
    assert "<text" not in response.text


def test_pictures_follow_the_view(client):
    addresses = [
        "/picture/sound.svg?lang=en",
        "/picture/sound.svg?lang=fr",
        "/picture/sound.svg?lang=en&theme=dark",
        "/picture/sound.svg?lang=en&zero=flare-1",
        "/picture/sound.svg?lang=en&show=albumin",
        "/picture/sound.svg?lang=en&narrow=1",
    ]
    assert len({client.get(address).text for address in addresses}) == len(addresses)


def test_a_picture_is_tolerant_of_its_address(client):
    assert (
        client.get("/picture/sound.svg?zero=nope&x=%FF%3C&lang=en").data
        == client.get("/picture/sound.svg?lang=en").data
    )


def test_a_miniature_is_the_case_and_not_the_view(client):
    assert client.get("/miniature/sound.svg?zero=flare-1&show=").data == client.get("/miniature/sound.svg").data


def test_hostile_text_is_inert_in_a_saved_svg(client):
    text = client.get("/export/hostile.svg").text
    tags = set(re.findall(r"<(\w+)", text))
    assert tags <= {"svg", "title", "desc", "metadata", "style", "g", "rect", "line", "path", "text", "tspan", "circle"}
    assert "onerror=alert" not in re.sub(r">[^<]*<", "><", text)
    assert "&lt;img src=x" in text


def test_the_fonts_of_the_figures_are_served(client):
    sheet = client.get("/fonts/faces.css")
    assert sheet.mimetype == "text/css"
    assert sheet.headers["Cache-Control"] == "no-store"
    for face in FACES:
        assert face.address in sheet.text
        response = client.get(face.address)
        assert response.data == face.data
        assert "max-age=31536000" in response.headers["Cache-Control"]
    assert client.get("/fonts/OFL.txt").status_code == 404
    assert client.get("/fonts/..%2fspec.py").status_code == 404
