"""The pages of diagrams: what they show, what they link to, and what is served for them."""

from html import unescape

import pytest
from figure.build import unspanned

from casecurves.io import shipped_cases
from casecurves.io.slide_files import slide_csv, slide_sheet
from casecurves.knowledge.presets import all_presets
from casecurves.knowledge.relations import Diagram, all_diagrams, read_relations
from casecurves.knowledge.slides import SLIDE_TABLES, slide_statements, slide_table
from casecurves.words import LANGS, printed, say, typeset
from casecurves_dashboard.components.aside import aside
from casecurves_dashboard.library import Library
from casecurves_dashboard.state import ViewState


@pytest.mark.parametrize("lang", LANGS)
def test_the_index_leads_to_every_diagram(client, lang):
    page = client.get(f"/knowledge?lang={lang}")
    assert page.status_code == 200
    for diagram in all_diagrams().values():
        assert f'href="/diagram/{diagram.id}?lang={lang}"' in page.text
    assert f"<title>{say('knowledge_page.heading', lang)}" in page.text
    assert f'href="/knowledge?lang={lang}"' in client.get(f"/?lang={lang}").text


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("key", all_diagrams())
def test_a_diagram_has_its_picture_files_and_every_relation_with_its_place(client, key, lang):
    page = client.get(f"/diagram/{key}?lang={lang}")
    assert page.status_code == 200
    plain = unspanned(page.text).replace("&#x27;", "'").replace("&amp;", "&")
    for edge in all_diagrams()[key].edges:
        assert printed(edge.label, lang) in plain
        assert printed(edge.locator, lang) in plain
    assert f"/diagram/{key}.svg?lang={lang}" in plain
    assert all(f"/export/diagram/{key}.{fmt}?lang={lang}" in plain for fmt in ("png", "svg", "pdf"))


def test_the_verb_of_a_relation_agrees_with_who_acts(client):
    page = unspanned(client.get("/diagram/vitiligo-mechanism?lang=fr").text)
    assert "lymphocytes T mémoires résidents</a></th><td>produisent</td>" in page
    assert "prédisposition génétique</a></th><td>va de pair avec</td>" in page
    assert "CXCL9, CXCL10</a></th><td>bind</td>" in unspanned(client.get("/diagram/vitiligo-mechanism?lang=en").text)


def test_the_address_says_what_stands_out(client):
    plain = client.get("/diagram/jak-pathway.svg?lang=en").text
    sought = client.get("/diagram/jak-pathway.svg?lang=en&node=ruxolitinib").text
    assert plain != sought
    assert client.get("/diagram/jak-pathway?lang=en&node=ruxolitinib").text.count('class="sought"') == 2
    told = client.get("/diagram/jak-pathway?lang=fr&node=<b>nobody").text
    assert "&lt;b&gt;nobody" in told
    assert "<b>nobody" not in told


def test_pictures_fit_the_screen_and_the_theme(client):
    wide, narrow, dark = (
        client.get(f"/diagram/il21-effects.svg?lang=fr{more}").text for more in ("", "&narrow=1", "&theme=dark")
    )
    assert 'width="190mm"' in wide
    assert 'width="90mm"' in narrow
    assert len({wide, narrow, dark}) == 3
    assert "<text" not in wide


def test_files_are_of_the_page_that_was_asked_for(client):
    file = client.get("/export/diagram/th2-dupilumab.svg?lang=fr&width=90")
    assert (file.status_code, file.mimetype) == (200, "image/svg+xml")
    assert 'width="90mm"' in file.text
    assert client.get("/export/diagram/th2-dupilumab.pdf").data.startswith(b"%PDF")
    assert client.get("/export/diagram/th2-dupilumab.svg?width=1").status_code == 400
    assert client.get("/export/diagram/th2-dupilumab.svg?nonsense=1").status_code == 400


@pytest.mark.parametrize(
    "path",
    ["/diagram/nothing", "/diagram/", "/diagram/nothing.svg", "/export/diagram/nothing.png", "/knowledge/nothing"],
)
def test_what_is_not_there_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_a_drug_of_a_case_leads_to_where_it_acts():
    shelf = Library(shipped_cases()).shelf()
    links = {
        row: str(aside(shelf, "mn-dupilumab-1", ViewState(lang="fr", row=row))) for row in ("dupilumab", "ciclosporin")
    }
    assert "/diagram/th2-dupilumab?lang=fr&node=dupilumab" in links["dupilumab"]
    assert "/diagram/" not in links["ciclosporin"]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", SLIDE_TABLES)
def test_a_table_of_the_slides_says_all_its_cells_and_what_is_not_stated(client, name, lang):
    page = client.get(f"/knowledge/{name}?lang={lang}")
    assert page.status_code == 200
    plain = unspanned(page.text).replace("&#x27;", "'").replace("&lt;", "<")
    assert all(typeset(text, lang) in plain for row in slide_table(name, lang) for text in row.values())
    assert all(row["locator"] for row in slide_table(name, lang))
    besides = slide_statements(name, lang)
    assert len(besides) >= 3
    assert all(text and typeset(text, lang) in plain for one in besides for text in one.values())
    first, *others = (say(f"slides.column.{column}", lang) for column in slide_table(name, lang)[0])
    assert f'<th scope="col">{first}</th>' in plain
    assert all(f'data-title="{title}"' in plain for title in others)
    assert say("slides.not_stated", lang) in plain


@pytest.mark.parametrize("lang", LANGS)
def test_a_diagram_is_offered_as_every_figure_and_for_every_journal(client, lang):
    page = client.get(f"/diagram/jak-pathway?lang={lang}").text
    assert all(
        f"/export/diagram/jak-pathway.{fmt}?lang={lang}" in page for fmt in ("png", "tiff", "svg", "pdf", "pptx")
    )
    assert all(f"/diagram/jak-pathway?lang={lang}&amp;preset={key}" in page for key in all_presets())
    chosen = client.get(f"/diagram/jak-pathway?lang={lang}&preset=elsevier-single").text
    assert say("dashboard.export.check", lang) in chosen
    assert "preset=elsevier-single&amp;words=apart" in chosen
    apart = client.get(f"/diagram/jak-pathway?lang={lang}&preset=elsevier-single&words=apart").text
    assert "/export/diagram/jak-pathway.txt?" in apart
    told = client.get(f"/export/diagram/jak-pathway.txt?lang={lang}&preset=elsevier-single&words=apart")
    assert "(24) " in told.text
    slide = client.get(f"/export/diagram/jak-pathway.pptx?lang={lang}")
    assert slide.data.startswith(b"PK")


@pytest.mark.parametrize("lang", LANGS)
def test_a_page_too_narrow_for_a_diagram_is_said_where_its_files_would_be(client, lang):
    answer = client.get(f"/diagram/jak-pathway?lang={lang}&width=60")
    assert answer.status_code == 200
    assert typeset(say("diagram.no_room", lang, diagram="jak-pathway"), lang) in typeset(unescape(answer.text), lang)
    assert "/export/diagram/" not in answer.text


def test_a_diagram_with_faults_is_told_and_not_drawn(client, monkeypatch):
    nodes = "id,kind,label,label_fr,plural,drugs\na,cell,a,a,,\nb,cell,b,b,,\n"
    edges = "id,from,to,effect,feedback,label,label_fr,basis,locator,locator_fr,note,note_fr\n"
    rows = "".join(f"{row},activates,,x,x,reported,p,p,,\n" for row in ("e,a,b", "f,b,a"))
    texts = {"en": "made", "fr": "fait"}
    faulty = Diagram("own", "il21", texts, texts, texts, *read_relations(nodes, edges + rows))
    monkeypatch.setattr("casecurves_dashboard.diagrams.all_diagrams", lambda: {"own": faulty})
    page = client.get("/diagram/own?lang=fr")
    assert page.status_code == 200
    assert "edges.csv" in page.text
    assert "forment une boucle" in page.text
    assert "own.svg" not in page.text
    for address in ("/diagram/own.svg?lang=en", "/export/diagram/own.png?lang=en"):
        answer = client.get(address)
        assert answer.status_code == 400
        assert "edges.csv, line 3" in answer.text


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", SLIDE_TABLES)
def test_a_table_of_the_slides_is_a_file_too(client, name, lang):
    shown = client.get(f"/knowledge/{name}?lang={lang}").text
    made = {"csv": slide_csv(name, lang), "xlsx": slide_sheet(name, lang)}
    for fmt, data in made.items():
        address = f"/files/knowledge/{name}.{fmt}?lang={lang}"
        assert address in shown
        answer = client.get(address)
        assert (answer.status_code, answer.data) == (200, data)
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}-{lang}.{fmt}"'
    assert client.get(f"/files/knowledge/nope.csv?lang={lang}").status_code == 404
