"""Pictures of a reader's own below a figure: for one browser, for a while, made anew, refused where they are bombs."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image
from pptx import Presentation

from casecurves.figure import pictures
from casecurves_dashboard import photos as module
from casecurves_dashboard.photos import MOST_PER_FIGURE, Photos
from casecurves_dashboard.uploads import LIFETIME_S

VIEW = "/case/sound?lang=en&tab=export"


def photo(size=(60, 40), colour="red", fmt="PNG"):
    made, picture = BytesIO(), Image.new("RGB", size, colour)
    head = picture.getexif()
    head[0x010F] = "a camera of Smith"
    picture.save(made, fmt, exif=head)
    return made.getvalue()


def bomb(wide=40_000, high=40_000):
    """A PNG of some hundred bytes that says that it is of 1600 million pixels."""

    def part(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(b"\0" * 1000)) + part(b"IEND", b"")


def send(client, *files, case="sound", query="lang=en", **headers):
    given = [(BytesIO(data), name) for name, data in files]
    return client.post(f"/photos/{case}?{query}", data={"file": given}, headers=headers)


def page(client, address=VIEW):
    return client.get(address).text.split('<div class="first">')[1].split("<div hidden>")[0]


def test_pictures_stand_in_every_file_and_in_the_caption(client):
    bare = {
        fmt: client.get(f"/export/sound.{fmt}?lang=en&width=90").data for fmt in ("png", "tiff", "svg", "pdf", "pptx")
    }
    answer = send(client, ("biopsy.png", photo()), ("mri.jpg", photo(colour="blue", fmt="JPEG")))
    assert (answer.status_code, answer.headers["Location"]) == (303, VIEW)
    number = page(client).split('action="/photos/sound/')[1].split("?")[0]
    told = client.post(f"/photos/sound/{number}?lang=en", data={"letter": "F", "label": "biopsy <b>", "do": "save"})
    assert told.status_code == 303
    for fmt, before in bare.items():
        assert client.get(f"/export/sound.{fmt}?lang=en&width=90").data != before
    svg = client.get("/export/sound.svg?lang=en&width=90").text
    assert svg.count("<image ") == 2
    assert "biopsy &lt;b&gt;" in svg
    assert b"Smith" not in client.get("/export/sound.svg?lang=en").data
    assert "F, biopsy <b>; B." in client.get("/export/sound.txt?lang=en").text
    slides = Presentation(BytesIO(client.get("/export/sound.pptx?lang=en").data)).slides
    assert sum(shape.shape_type is not None and shape.shape_type.name == "PICTURE" for shape in slides[-1].shapes) == 2
    journal = Presentation(BytesIO(client.get("/export/sound.pptx?lang=en&preset=lancet-single").data)).slides
    assert len(journal) == 1
    # Above the ground of the page, which would hide them.
    assert [shape.shape_type.name for shape in journal[0].shapes] == ["GROUP", "PICTURE", "PICTURE"]


def test_the_page_shows_them_in_its_preview_and_counts_them_in_its_size(client):
    before = page(client)
    send(client, ("x.png", photo((2000, 1500))))
    after = page(client)
    assert 'src="/export/sound.svg' in before
    assert 'src="/preview/sound.svg' in after
    preview = client.get("/preview/sound.svg?lang=en").text
    assert len(preview) < len(client.get("/export/sound.svg?lang=en").text)
    high = float(preview.split('height="')[1].split("mm")[0])
    assert f"× {high:.0f} mm" in after
    assert "x.png, 2000 × 1500 pixels" in after


def test_nobody_else_sees_them(app, client):
    other = app.server.test_client()
    send(client, ("x.png", photo()))
    address = "/export/sound.svg?lang=en"
    assert "<image " in client.get(address).text
    assert "<image " not in other.get(address).text
    assert "x.png" in page(client)
    assert "x.png" not in page(other)
    number = page(client).split('action="/photos/sound/')[1].split("?")[0]
    other.post(f"/photos/sound/{number}?lang=en", data={"do": "remove"})
    assert "<image " in client.get(address).text
    client.post(f"/photos/sound/{number}?lang=en", data={"do": "remove"})
    assert "<image " not in client.get(address).text
    assert "x.png" not in page(client)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("bomb.png", bomb(), "more than 50 million pixels"),
        ("wide.png", bomb(60_000, 1_000), "more than 50 million pixels"),
        ("page.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "is no picture that can be read"),
        ("cut.png", photo()[:-30], "is no picture that can be read"),
        ("empty.png", b"", "is no picture that can be read"),
        ("<b>.png", b"no", "“&lt;b&gt;.png”"),
    ],
)
def test_what_is_no_picture_or_a_bomb_is_refused_and_said(client, name, data, said):
    assert send(client, (name, data)).status_code == 303
    assert said in page(client)
    assert "<image " not in client.get("/export/sound.svg?lang=en").text
    # The next one that is sent begins anew.
    send(client, ("x.png", photo()))
    assert said not in page(client)


def test_a_file_that_is_too_heavy_is_refused(client, monkeypatch):
    monkeypatch.setattr(pictures, "LARGEST_FILE", 1000)
    send(client, ("x.png", photo() + b"\0" * 1000))
    assert "larger than" in page(client)


def test_a_body_that_is_too_large_is_not_read(client, monkeypatch):
    monkeypatch.setattr("casecurves_dashboard.photo_routes.LARGEST_BODY", 1000)
    assert send(client, ("x.png", b"\0" * 2000)).status_code == 413


def test_so_many_and_no_more(client):
    send(client, *((f"{n}.png", photo()) for n in range(MOST_PER_FIGURE + 1)))
    shown = page(client)
    assert f"“{MOST_PER_FIGURE}.png” was not read" in shown
    assert client.get("/export/sound.svg?lang=en").text.count("<image ") == MOST_PER_FIGURE
    assert 'type="file"' not in shown


def test_nothing_chosen_is_said(client):
    assert client.post("/photos/sound?lang=fr", data={}).status_code == 303
    assert "Aucune image" in page(client, "/case/sound?lang=fr&tab=export")


def test_another_site_cannot_send_any_and_no_case_takes_none(client):
    assert send(client, ("x.png", photo()), **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert send(client, ("x.png", photo()), case="none").status_code == 404
    assert client.get("/photos/sound").status_code in (404, 405)
    assert "<image " not in client.get("/export/sound.svg?lang=en").text


def test_they_are_forgotten_after_a_while_and_with_their_case(monkeypatch):
    clock = [0.0]
    kept = Photos(lambda: clock[0])
    kept.keep("me", "one", photo(), "x.png", "en")
    kept.keep("me", "two", photo(), "y.png", "en")
    kept.forget("two")
    assert [[one.name for one in kept.of("me", case)] for case in ("one", "two")] == [["x.png"], []]
    assert kept.of("you", "one") == ()
    clock[0] = LIFETIME_S
    assert kept.of("me", "one") == ()


def test_a_full_server_refuses(monkeypatch):
    kept = Photos()
    kept.keep("me", "one", photo(), "x.png", "en")
    monkeypatch.setattr(module, "MOST_BYTES", 2 * kept.of("me", "one")[0].size - 1)
    with pytest.raises(module.Full) as full:
        kept.keep("you", "two", photo(), "x.png", "en")
    assert full.value.key == "photo.full.server"
    monkeypatch.undo()
    monkeypatch.setattr(module, "MOST", 1)
    with pytest.raises(module.Full):
        kept.keep("you", "two", photo(), "x.png", "en")


def test_letter_and_words_are_bounded_and_one_line(client):
    send(client, ("x.png", photo()))
    number = page(client).split('action="/photos/sound/')[1].split("?")[0]
    client.post(f"/photos/sound/{number}?lang=en", data={"letter": "ABCDEF", "label": "a\n\x1bb" + "c" * 500})
    text = client.get("/export/sound.txt?lang=en").text
    assert "ABC, a " in text
    assert "ABCD" not in text
    assert "c" * 201 not in text
