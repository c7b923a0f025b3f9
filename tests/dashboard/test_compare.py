"""The page that compares patients: everything in the address, nobody dropped, nothing of a case as markup."""

import json
import re
from urllib.parse import unquote

import pytest
from dash._utils import to_json
from figure.hostile import STRINGS

from casecurves.io import read_library, shipped_cases
from casecurves.io.files import folder_files
from casecurves.words import say
from casecurves_dashboard import comparing, ids
from casecurves_dashboard.app import create_app
from casecurves_dashboard.compare_view import ComparePage, from_compare_query
from casecurves_dashboard.library import Library
from casecurves_dashboard.places import show

SHIPPED = {key: case for key, (case, _) in read_library(shipped_cases()).items() if case is not None}


@pytest.fixture(scope="module")
def server():
    return create_app().server.test_client()


def html_of(server, query):
    return server.get(f"/compare?{query}").get_data(as_text=True)


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("view", ["swimmer", "multiples", "overlay"])
@pytest.mark.parametrize("align", ["", "dupilumab", "remission", "no such thing"])
def test_every_case_is_named_on_the_page(server, lang, view, align):
    text = html_of(server, f"lang={lang}&align={align}&view={view}")
    links_ = {unquote(each) for each in re.findall(r'href="/case/([^?"]+)', text)}
    assert links_ == set(SHIPPED)
    assert say("compare.page.heading", lang) in text


def test_a_view_is_its_address():
    for query in (
        "?lang=en",
        "?lang=fr&theme=dark&invented=assessed&show=upcr,albumin&cases=a,b&align=dupilumab&view=multiples&sort=name",
        "?lang=en&align=start%20of%20x&pick=a:b,c:d&view=overlay&page=3",
    ):
        view, unknown = from_compare_query(query, "en")
        assert unknown == ()
        assert view.to_query() == query


@pytest.mark.parametrize("query", ["view=pie", "sort=age", "page=-1", "page=%C2%B2", "nonsense=1", "unit=moons"])
def test_what_means_nothing_is_said(server, query):
    text = html_of(server, f"lang=en&align=dupilumab&{query}")
    name, value = query.split("=")
    assert say("dashboard.notice.unknown", "en", name=name, value=unquote(value)) in text


def test_a_case_that_is_not_there_is_said(server):
    text = html_of(server, "lang=en&cases=mn-dupilumab-1,gone")
    assert say("dashboard.notice.unknown", "en", name="cases", value="gone") in text


def test_only_the_cases_chosen_are_compared(server):
    text = html_of(server, "lang=en&cases=mn-dupilumab-1,mn-dupilumab-2&align=dupilumab")
    assert "2 patients, each counted from: start of dupilumab" in text
    assert set(re.findall(r'href="/case/([^?"]+)', text)) == {"mn-dupilumab-1", "mn-dupilumab-2"}


def test_nobody_with_that_moment_is_told_what_to_do(server):
    text = html_of(server, "lang=en&align=no+such+thing")
    assert say("compare.page.nobody", "en") in text
    assert "figure.svg" not in text


def test_the_still_picture_and_the_files_show_the_same_view(server):
    query = "lang=fr&invented=assessed&align=dupilumab&view=multiples"
    text = html_of(server, query).replace("&amp;", "&")
    for address in set(re.findall(r'(?:src|srcset|href)="(/(?:compare/figure|export/compare)[^"]+)"', text)):
        answer = server.get(address)
        assert answer.status_code == 200, address
        assert query in address.replace("?", "").replace("&width=90", "") or "width=90" in address
    svg = server.get(f"/compare/figure.svg?{query}").get_data(as_text=True)
    assert svg.startswith("<svg")
    assert "<text" not in svg, "its letters are outlines"
    narrow = server.get(f"/compare/figure.svg?{query}&narrow=1").get_data(as_text=True)
    assert 'width="100mm"' in narrow


@pytest.mark.parametrize("query", ["view=pie", "cases=gone", "width=9"])
def test_a_file_of_what_means_nothing_is_refused(server, query):
    answer = server.get(f"/export/compare.png?lang=en&{query}")
    assert answer.status_code == 400
    assert "<" not in answer.get_data(as_text=True)


def test_of_several_moments_the_others_can_be_picked(server):
    text = html_of(server, "lang=en&align=remission&cases=dm-mda5-ruxolitinib").replace("&amp;", "&")
    (address,) = re.findall(r'href="(/compare\?[^"]*pick=[^"]+)"', text)
    assert "pick=dm-mda5-ruxolitinib:clinical-control" in address
    answer = html_of(server, address.split("?")[1])
    assert say("compare.page.pick", "en", what="partial remission", when="X").split(" (")[0] in answer


def test_the_live_figure_is_there_once():
    made = show(Library(shipped_cases()), "/compare", "?lang=en&align=dupilumab", "en", write=lambda parts: parts)[2]
    text = json.dumps(to_json(made))
    assert text.count(f'\\"id\\": \\"{ids.COMPARISON}\\"') + text.count(f'\\"id\\":\\"{ids.COMPARISON}\\"') == 1


def test_every_page_and_every_patient_lead_there(server):
    for path in ("/", "/how-to-read", "/documents", "/case/mn-dupilumab-1"):
        assert 'href="/compare?lang=en"' in server.get(f"{path}?lang=en").get_data(as_text=True)
    text = server.get("/case/mn-dupilumab-1?lang=en").get_data(as_text=True).replace("&amp;", "&")
    assert 'href="/compare?lang=en&align=dupilumab"' in text
    assert say("compare.page.same_drug", "en", drug="dupilumab", n=2) in text
    trial = server.get("/case/vitiligo-ruxolitinib-trials?lang=en").get_data(as_text=True)
    assert "/compare?lang=en&align" not in trial


@pytest.mark.parametrize("name", STRINGS)
def test_an_address_is_never_markup(server, name):
    from urllib.parse import quote

    text = html_of(server, f"lang=en&align={quote(STRINGS[name])}")
    assert "<script>alert" not in text
    assert "<b>bold" not in text


def test_language_and_colours_go_along():
    view = ComparePage(lang="fr", theme="dark", align="dupilumab")
    assert view.at("/compare") == "/compare?lang=fr&theme=dark&align=dupilumab"


def test_a_case_of_ones_own_is_compared_for_its_browser_alone(monkeypatch):
    library = Library(shipped_cases())
    files = folder_files(SHIPPED["mn-dupilumab-1"])
    own = library.own.keep("mine", {f"my-case/{name}": content for name, content in files.items()})
    for whose, expected in (("mine", True), ("somebody else's", False)):
        monkeypatch.setattr(comparing, "browser", lambda name=whose: name)
        told = comparing.compared(library, ComparePage(align="dupilumab")).told
        assert (own.id in {one["case"] for one in told["patients"]}) == expected
