"""The page of the documents: every figure with how far it is reproduced, and links that lead somewhere."""

import re

import pytest
from dashboard.build import texts
from dashboard.test_pages import links, page

from casecurves.knowledge.documents import FIDELITIES, all_documents
from casecurves.words import say, typeset
from casecurves_dashboard import ids
from casecurves_dashboard.app import create_app
from casecurves_dashboard.documents_view import from_documents_query

EVERY = [figure for document in all_documents() for figure in document.figures]


@pytest.fixture(scope="module")
def shipped():
    return create_app().server.test_client()


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_figure_is_listed_in_words(ask, lang):
    shown = texts(page(ask("/documents", f"?lang={lang}")))
    for figure in EVERY:
        told = [typeset(text[lang], lang) for text in (figure.label, figure.shows, figure.gives)]
        told.append(say(f"fidelity.{figure.fidelity}", lang))
        assert [text for text in told if text and text not in shown] == [], figure.id
    assert all(typeset(document.title, "fr") in shown for document in all_documents())


@pytest.mark.parametrize("fidelity", FIDELITIES)
def test_the_address_filters(ask, fidelity):
    shown = texts(page(ask("/documents", f"?lang=en&fidelity={fidelity}")))
    wanted = [figure for figure in EVERY if figure.fidelity == fidelity]
    assert say("documents.count", "en", n=len(wanted), all=len(EVERY)) in shown
    reasons = {figure.shows["en"] for figure in EVERY if figure.shows["en"] in shown}
    assert reasons == {figure.shows["en"] for figure in wanted}
    assert f"/documents?lang=fr&fidelity={fidelity}" in links(ask("/documents", f"?lang=en&fidelity={fidelity}"))


def test_a_filter_that_does_not_exist_is_said():
    view, unknown = from_documents_query("?lang=fr&fidelity=%3Cb%3E", "en")
    assert (view.fidelity, [item.value for item in unknown]) == ("", ["<b>"])
    for query in ("?lang=en", "?lang=fr&theme=dark&fidelity=exact"):
        assert from_documents_query(query, "en")[0].to_query() == query


def test_no_link_leads_nowhere(shipped):
    served = shipped.get("/documents?lang=en")
    assert served.status_code == 200
    addresses = {found.split("?")[0] for found in re.findall(r'href="(/[^"]*)"', served.text)}
    cases = {address for address in addresses if address.startswith("/case/")}
    assert cases == {figure.view for figure in EVERY if figure.view.startswith("/case/")}
    assert {address: shipped.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)


def test_a_case_that_is_not_on_this_shelf_is_no_link(ask):
    found = links(ask("/documents", "?lang=en"))
    assert not [address for address in found if address.startswith("/case/")]
    assert say("documents.nowhere", "en") in texts(page(ask("/documents", "?lang=en")))


def test_every_page_leads_there(ask):
    for path in ("/", "/case/sound", "/case/nowhere", "/how-to-read", "/documents"):
        assert "/documents?lang=fr" in links(ask(path, "?lang=fr")), path
    assert ask("/documents", "?lang=fr")[ids.DOCUMENT]["data"]["title"].startswith(say("documents.heading", "fr"))
