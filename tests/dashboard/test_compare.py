"""The page that compares patients: everything in the address, nobody dropped, nothing of a case as markup."""

import json
import re
from html import unescape
from urllib.parse import unquote

import pytest
from dash import no_update
from dash._utils import to_json
from figure.hostile import STRINGS

from casecurves.io import read_library, shipped_cases
from casecurves.io.files import folder_files
from casecurves.words import say
from casecurves_dashboard import comparing, ids
from casecurves_dashboard.app import create_app
from casecurves_dashboard.compare_view import ComparePage, from_compare_query
from casecurves_dashboard.library import Library
from casecurves_dashboard.markup import markup
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


def test_what_all_are_counted_from_is_not_claimed_of_own_day_zeros(server):
    one, own = say("compare.page.lead", "en"), say("compare.page.lead_own", "en")
    aligned, alone = html_of(server, "lang=en&align=dupilumab"), html_of(server, "lang=en")
    assert (one in aligned, own in aligned, one in alone, own in alone) == (True, False, False, True)


def test_a_note_is_said_once_for_all_patients(server):
    text = html_of(server, "lang=en&align=dupilumab&rules=kdigo_2021_ns&invented=assessed&view=multiples")
    assert text.count("albumin, complete remission: ") == 1


def test_a_view_is_its_address():
    for query in (
        "?lang=en",
        "?lang=fr&theme=dark&invented=assessed&show=upcr,albumin&cases=a,b&align=dupilumab&view=multiples&sort=name",
        "?lang=en&align=start%20of%20x&pick=a:b,c:d&view=overlay&page=3",
        "?lang=en&from=-10&to=100.5&align=dupilumab",
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
        assert query in address.replace("?", "") or "width=90&words=apart" in address
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


def beside(query, seen=None):
    """The page and what is told beside it, as a browser that shows ``seen`` gets them, as text with its tags."""
    answer = show(Library(shipped_cases()), "/compare", query, "en", seen, write=markup)
    return answer[2], unescape(markup(answer[6])), answer[4]


VIEW = "?lang=en&align=dupilumab&invented=assessed&view=multiples&show=upcr&rules=adult_ns_2020"


def test_a_mark_of_a_patient_is_told_in_full_with_the_way_to_its_own_page():
    page, told, document = beside(f"{VIEW}&row=mn-dupilumab-1-illustrative%2Fupcr-15")
    assert "measurement · Companion 1 (nephropathy)" in told
    assert "uPCR 1900 mg/g" in told
    assert "partial remission: possible" in told
    assert 'href="/case/mn-dupilumab-1-illustrative?lang=en&zero=dupilumab&row=upcr-15"' in told
    assert 'data-to="mn-dupilumab-1-illustrative/albumin-' in told, "what else changed leads to marks of this page"
    # To choose another leaves the figure as it is.
    again, other, _ = beside(f"{VIEW}&row=mn-dupilumab-2%2Fdupilumab", document)
    assert again is no_update
    assert page is not no_update
    assert "<h2>dupilumab</h2>" in other
    assert "told-part" not in beside(VIEW)[1]


def test_a_disagreement_has_the_number_of_the_figure():
    told = beside("?lang=en&align=dupilumab&row=igg4-dupilumab-1%2Fmri-control")[1]
    assert "≠8 MRI: 12 months or 1 year." in told


def test_a_day_is_told_of_every_patient():
    told = beside(f"{VIEW}&at=60")[1]
    for name in ("Companion 1 (nephropathy)", "Companion 2 (nephropathy)", "Patient 1 (IgG4 disease)"):
        assert f"<h3>{name}</h3>" in told
    assert "4000 mg/g" in told
    assert "1900 mg/g" in told
    late = beside(f"{VIEW}&at=1200")[1]
    assert (
        "After the last follow-up: Companion 1 (nephropathy), Patient 1 (nephropathy), Patient 1 (IgG4 disease)."
        in late
    )


@pytest.mark.parametrize("row", ["mn-dupilumab-1/nothing", "nobody/dupilumab", "dupilumab", "/"])
def test_a_mark_that_no_patient_has_is_said(row):
    page, told, _ = beside(f"?lang=en&align=dupilumab&row={row}")
    assert say("dashboard.notice.unknown", "en", name="row", value=row) in unescape(str(page))
    assert "told-part" not in told


def test_a_threshold_and_a_range_can_be_chosen(server):
    text = html_of(server, VIEW[1:])
    rows = set(re.findall(r'data-row="([^"]+)"', text))
    (limit,) = [row for row in rows if row.startswith("mn-dupilumab-1-") and row.endswith(".limit-0")]
    told = beside(f"{VIEW}&row={limit}")[1]
    assert "complete remission <300" in told
    assert "PMC8162925" in told


def test_every_mark_is_in_the_list_that_the_keyboard_walks(server):
    text = html_of(server, "lang=en&align=dupilumab")
    listed = set(re.findall(r'data-row="([^"]+)"', text))
    found = comparing.compared(Library(shipped_cases()), ComparePage(align="dupilumab"))
    assert found.part.drawn() <= listed | {entry.row for box in found.part.boxes for entry in box.entries}
    assert "Patient 2 (nephropathy): dupilumab" in text


def test_units_times_and_rules_are_links_of_the_view(server):
    text = html_of(server, VIEW[1:]).replace("&amp;", "&")
    assert "units=upcr%3Amg%2Fmmol" in text
    assert "unit=weeks" in text
    assert "rules=adult_ns_2020,kdigo_2021_ns" in text
    shown = html_of(server, f"{VIEW[1:]}&units=upcr:mg/mmol")
    assert say("note.converted", "en", n=40, what="|").split("40")[0] in shown
    refused = html_of(server, f"{VIEW[1:]}&units=upcr:kPa")
    assert say("dashboard.notice.unknown", "en", name="units", value="upcr:kPa") in refused


def test_what_a_rule_counts_from_is_printed_for_each_patient(server):
    text = html_of(server, VIEW[1:])
    (line,) = [x for x in re.findall(r"<li>([^<]*)</li>", text) if x.startswith("Companion 1 (nephropathy): ")]
    assert "dupilumab" in line


@pytest.mark.parametrize("fmt", ["tiff", "pptx", "txt"])
def test_tiff_slides_and_caption_are_files_too(server, fmt):
    assert f"/export/compare.{fmt}" in html_of(server, "lang=en&align=dupilumab")
    answer = server.get(f"/export/compare.{fmt}?lang=en&align=dupilumab")
    assert answer.status_code == 200
    assert answer.data[:2] == {"tiff": b"II", "pptx": b"PK", "txt": b"3 "}[fmt]
    assert answer.headers["Content-Disposition"].endswith(f'.{fmt}"')


def test_a_case_of_ones_own_is_compared_for_its_browser_alone(monkeypatch):
    library = Library(shipped_cases())
    files = folder_files(SHIPPED["mn-dupilumab-1"])
    own = library.own.keep("mine", {f"my-case/{name}": content for name, content in files.items()})
    for whose, expected in (("mine", True), ("somebody else's", False)):
        monkeypatch.setattr(comparing, "browser", lambda name=whose: name)
        told = comparing.compared(library, ComparePage(align="dupilumab")).told
        assert (own.id in {one["case"] for one in told["patients"]}) == expected


@pytest.mark.parametrize("view", ["swimmer", "multiples", "overlay"])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_no_id_of_a_case_is_read_on_the_page(server, view, lang):
    query = f"lang={lang}&align=dupilumab&view={view}&invented=assessed&rules=kdigo_2012_mn"
    body = html_of(server, query)
    assert say("dashboard.product", lang) in body and say("compare.page.table", lang) in body
    read = re.sub(r"<(script|style)[^>]*>.*?</\1>|<[^>]*>", " ", body, flags=re.DOTALL)
    assert [key for key in SHIPPED if key in read] == []
    alt = " ".join(re.findall(r'(?:alt|aria-label|title)="([^"]*)"', body))
    assert [key for key in SHIPPED if key in alt] == []


def test_a_window_is_in_the_address_and_the_way_back_beside_it(server):
    text = html_of(server, "lang=en&align=dupilumab&from=10&to=100").replace("&amp;", "&")
    assert say("dashboard.axis.all", "en", key="0") in text
    assert "Only the window" in text
    (picture,) = set(re.findall(r'src="(/compare/figure[^"]+)"', text))
    assert "from=10&to=100" in picture
    assert server.get(picture).data != server.get(picture.replace("&from=10&to=100", "")).data
    nothing = html_of(server, "lang=en&align=dupilumab&from=90000&to=90010")
    assert "<li>from = 90000</li><li>to = 90010</li>" in nothing
    assert "Only the window" not in nothing
    nobody = html_of(server, "lang=en&align=nothing&from=10&to=100")
    assert "from = 10" not in nobody and "left aside" not in nobody


@pytest.mark.parametrize(("invented", "count"), [("kept_out", 3), ("assessed", 5)])
def test_a_moment_is_counted_among_the_patients_that_it_would_compare(server, invented, count):
    text = html_of(server, f"lang=en&align=dupilumab&invented={invented}")
    assert f">dupilumab ({count})<" in text
    assert f"<h1>{count} patients" in text
