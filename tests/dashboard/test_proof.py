"""What the proof-reader finds, on the page of a case and on that of the documents."""

import pytest
from dashboard.build import HOSTILE, SOUND, texts, write
from dashboard.test_documents import shipped  # noqa: F401 - a fixture
from dashboard.test_pages import components, page
from figure.build import unspanned

from casecurves.analysis.consistency import proofread
from casecurves.analysis.consistency.saying import known, sentence, side
from casecurves.io import read_library, shipped_cases
from casecurves.words import say, typeset
from casecurves_dashboard import ids
from casecurves_dashboard.app import create_app

CASES = {case_id: case for case_id, (case, _) in read_library(shipped_cases()).items()}
TRIAL = "il21-cancer-trials"


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("case_id", [TRIAL, "vitiligo-ruxolitinib-trials", "mn-dupilumab-1"])
def test_a_case_shows_every_finding_with_both_sides_and_the_rule(shipped, case_id, lang):  # noqa: F811
    shown = unspanned(shipped.get(f"/case/{case_id}?lang={lang}&tab=issues").text)
    shown = shown.replace("&#x27;", "'").replace("&quot;", '"').replace("&lt;", "<").replace("&gt;", ">")
    case = CASES[case_id]
    found = proofread(case).findings
    assert len(found) > 2
    for one in found:
        if one.rule == "transcribed":
            assert not one.found_by or typeset(known(one, lang), lang) in shown
            continue
        told = [sentence(one, lang), one.rule, *(side(place, case, lang) for place in one.places)]
        assert [text for text in told if typeset(text, lang) not in shown] == []
    assert f"({len(found)})" in shown


def test_a_side_leads_to_its_row(shipped):  # noqa: F811
    shown = shipped.get(f"/case/{TRIAL}?lang=en&tab=issues").text
    rows = {
        place.row for one in proofread(CASES[TRIAL]).findings for place in one.places if CASES[TRIAL].row(place.row)
    }
    assert rows
    assert [row for row in rows if f"row={row}" not in shown] == []


def test_a_disagreement_names_its_rows_as_the_figure_does(shipped):  # noqa: F811
    shown = unspanned(shipped.get("/case/vitiligo-ruxolitinib-trials?lang=en&tab=issues").text)
    assert "TRuE-V2, vehicle: at least 50 % improvement (F-VASI50)</a>" in shown
    assert [row for row in ("v2-veh-50", "v1-vehicle") if f">{row}</a>" in shown] == []


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_each_document_says_what_is_found_in_it(shipped, lang):  # noqa: F811
    shown = shipped.get(f"/documents?lang={lang}").text
    for n in (11, 16, 3, 9, 10):
        assert typeset(say("consistency.link", lang, n=n), lang).replace("'", "&#x27;") in shown
    assert f"/case/{TRIAL}?lang={lang}&amp;tab=issues" in shown
    assert f"/knowledge/immunotherapy-targets?lang={lang}" in shown
    assert f"/diagram/jak-pathway?lang={lang}" in shown


def test_on_a_shelf_of_somebody_elses_no_case_is_read(ask):
    shown = texts(page(ask("/documents", "?lang=en")))
    shown = " ".join(shown)
    assert "24 + 14" not in shown
    assert "Brepocitinib inhibits JAK1 by the document" in shown


def test_a_finding_shows_what_is_written_as_text(tmp_path):
    tags, link, _, turned = HOSTILE
    quoted = [text.replace('"', '""') for text in (tags, link, turned)]
    tables = {
        "case.toml": 'kind = "trial"\ntitle = "A trial"\n',
        "arms.csv": f'id,label,trial,n\none,"{quoted[0]}",T,5\n',
        "outcomes.csv": f'id,arm,label,response,count,locator\naa,one,"{quoted[1]}",stable,9,"{quoted[2]}"\n',
    }
    write(tmp_path / "trial", tables)
    write(tmp_path / "sound", SOUND)
    client = create_app(tmp_path).server.test_client()
    shown = client.get("/case/trial?lang=en&tab=issues").text
    assert "9, more than the 5 patients" in shown
    assert "<img" not in shown
    assert "\u202e" not in shown
    assert say("consistency.none", "en") in client.get("/case/sound?lang=en&tab=issues").text


def test_the_tab_counts_them(ask, cases):
    answer = ask("/case/sound", "?lang=en")
    case, report = read_library(cases)["sound"]
    tab = f"{say('dashboard.tab.issues', 'en')} ({len(report) + len(proofread(case).findings)})"
    names = [item["props"].get("children") for item in components(page(answer)) if item["type"] == "Link"]
    assert tab in names
    assert ids.MAIN in answer
