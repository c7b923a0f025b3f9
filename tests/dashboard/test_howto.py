"""The page that explains the marks."""

import pytest
from dashboard.build import texts
from dashboard.test_pages import links, page

from casecurves.howto import PARTS, parts
from casecurves.words import say
from casecurves_dashboard import ids


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_mark_has_its_sentence_and_every_example_its_picture(ask, client, lang):
    shown = texts(page(ask("/how-to-read", f"?lang={lang}&theme=dark")))
    for part in parts(lang):
        assert [mark.sentence for mark in part.marks if mark.sentence not in shown] == []
    served = client.get(f"/how-to-read?lang={lang}&theme=dark")
    assert served.status_code == 200
    assert f"<title>{say('howto.heading', lang)}" in served.text
    for name in PARTS:
        address = f"/how-to-read/{name}.svg?lang={lang}&theme=dark"
        assert address.replace("&", "&amp;") in served.text
        wide, narrow = client.get(address), client.get(f"{address}&narrow=1")
        assert wide.mimetype == narrow.mimetype == "image/svg+xml"
        assert wide.data != narrow.data
    assert client.get("/how-to-read/none.svg").status_code == 404
    assert client.get("/how-to-read/..%2f.svg").status_code == 404


def test_every_page_leads_there(ask):
    for path in ("/", "/case/sound", "/case/nowhere", "/how-to-read"):
        assert "/how-to-read?lang=fr" in links(ask(path, "?lang=fr")), path
    assert say("howto.heading", "fr") in texts(page(ask("/case/sound", "?lang=fr")))
    assert ask("/how-to-read", "?lang=fr")[ids.DOCUMENT]["data"]["title"].startswith(say("howto.heading", "fr"))
