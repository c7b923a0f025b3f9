"""The caption is edited in the page and comes back as a file; the CARE page tells the rows of the figure."""

import re
from html import unescape

import pytest

from casecurves.figure.caption.edits import caption_file, digests, read_edited

VIEW = "lang=en&unit=days"


def shown(client, query):
    page = client.get(f"/case/sound?tab=export&{query}").text
    return unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)[1])


def test_what_was_written_comes_back_and_the_rest_follows_the_view(client):
    text = shown(client, VIEW).replace("Time axis", "My axis")
    answer = client.post("/caption/sound.txt?lang=en&unit=weeks", data={"text": text})
    assert (answer.status_code, answer.mimetype) == (200, "text/plain")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="caption.txt"'
    assert "My axis" in answer.text
    again = client.post(f"/caption/sound.txt?{VIEW}", data={"text": text})
    assert read_edited(again.text)[0].split() == read_edited(text)[0].split()


def test_a_text_without_its_foot_and_a_view_that_is_none_are_refused(client):
    assert client.post(f"/caption/sound.txt?{VIEW}", data={"text": "mine"}).status_code == 400
    assert client.post(f"/caption/sound.txt?{VIEW}").status_code == 400
    assert client.post("/caption/nobody.txt?lang=en", data={"text": "mine"}).status_code == 404
    bad = caption_file("a.", "b.")
    assert client.post("/caption/sound.txt?width=1", data={"text": bad}).status_code == 400
    assert client.post(f"/caption/sound.txt?{VIEW}", data={"text": "x" * 300_000}).status_code == 413
    assert digests("a.") == read_edited(bad)[1]


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_care_page_has_every_item_and_every_row(client, lang):
    page = client.get(f"/case/sound?tab=care&lang={lang}").text
    assert {"en": "Informed consent", "fr": "Consentement éclairé"}[lang] in page
    assert {"en": "missing from the data", "fr": "absent des données"}[lang] in page
    table = re.search(r"<table[^>]*>(.*?)</table>", page, re.DOTALL)[1]
    assert table.count("<tr>") > 4
