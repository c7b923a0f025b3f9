"""The pages of drugs and of what is measured: what is known, by whom, and where it is met."""

from html import unescape

import pytest
from figure.build import unspanned

from casecurves.io import shipped_cases
from casecurves.knowledge import all_analytes, all_drugs, analyte, atc_table, drug
from casecurves.knowledge.conversion import refusals_of
from casecurves.knowledge.loinc import codes
from casecurves.knowledge.rules import all_rules
from casecurves.words import LANGS, printed, say
from casecurves_dashboard.components.aside import aside
from casecurves_dashboard.library import Library
from casecurves_dashboard.pages import analyte as analyte_page
from casecurves_dashboard.pages import drug as drug_page
from casecurves_dashboard.state import ViewState


def read(client, path):
    page = client.get(path)
    assert page.status_code == 200, path
    return unescape(unspanned(page.text))


@pytest.mark.parametrize("lang", LANGS)
def test_the_index_leads_to_every_drug_and_analyte(client, lang):
    page = read(client, f"/knowledge?lang={lang}")
    paths = [f"/knowledge/drug/{known.id}" for known in all_drugs()]
    paths += [f"/knowledge/analyte/{known.id}" for known in all_analytes()]
    assert [path for path in paths if f'href="{path}?lang={lang}"' not in page] == []


@pytest.mark.parametrize("lang", LANGS)
def test_every_page_of_a_drug_can_be_made(client, lang):
    for known in all_drugs():
        page = read(client, f"/knowledge/drug/{known.id}?lang={lang}")
        assert f"<title>{known.name(lang)} " in page
        assert say(f"drug_class.{known.drug_class}", lang) in page
        assert all(name in page for name in (known.en, known.fr, *known.also, *known.codes.values()))


@pytest.mark.parametrize("lang", LANGS)
def test_a_drug_says_both_what_the_documents_and_another_source_have(client, lang):
    page = read(client, f"/knowledge/drug/brepocitinib?lang={lang}")
    kinases = drug("brepocitinib").isoforms
    assert ">JAK1</td>" in page and ">TYK2, JAK1</td>" in page
    assert kinases.source in page and kinases.where[lang] in page
    assert say("known.differ", lang) in page
    assert say("known.uncoded", lang, source=atc_table().cited(lang)) in page
    assert f'/diagram/jak-pathway?lang={lang}&node=jak1-inhibitors"' in page
    same = read(client, f"/knowledge/drug/ruxolitinib?lang={lang}")
    assert say("known.differ", lang) not in same
    assert say("threshold.unverified", lang) not in same  # its second source was read
    assert say("threshold.unverified", lang) in read(client, f"/knowledge/drug/deflazacort?lang={lang}")
    assert "L01EJ01" in same and "D11AH09" in same and "L01XE18" in same


def test_equations_are_written_as_they_are_known(client):
    page = read(client, "/knowledge/analyte/egfr?lang=fr")
    assert "CKD-EPI 2021" in page and "ckd epi" not in page
    assert "1,73m²" in page and "1.73m²" not in page


@pytest.mark.parametrize("lang", LANGS)
def test_a_page_leads_to_the_cases_it_is_met_in(lang):
    cases = Library(shipped_cases()).shelf().cases
    state = ViewState(lang=lang)
    made = str(drug_page.page(drug("ruxolitinib"), cases, state))
    assert f"/case/dm-mda5-ruxolitinib?lang={lang}&row=ruxolitinib" in made
    trials = str(analyte_page.page(next(one for one in all_analytes() if one.id == "f_vasi"), cases, state))
    assert f"/case/vitiligo-ruxolitinib-trials?lang={lang}&row=v1-rux-50" in trials
    assert "igg4" not in trials
    assert f"/case/dm-mda5-ruxolitinib?lang={lang}&row=ck" in str(analyte_page.page(analyte("CK"), cases, state))
    assert say("known.nowhere", lang) in str(drug_page.page(drug("budesonide"), cases, state))


def test_a_glucocorticoid_says_what_it_is_worth_and_by_whom(client):
    page = read(client, "/knowledge/drug/deflazacort?lang=fr")
    plain = page.replace("\u00a0", " ")
    assert "6 mg comptent pour 5 mg de prednisone" in plain
    assert "doi:10.1186/s40360-016-0111-8" in plain and "(non vérifié)" in plain
    assert "are taken as equal" not in read(client, "/knowledge/drug/glucocorticoid?lang=en")


@pytest.mark.parametrize("lang", LANGS)
def test_every_page_of_an_analyte_gives_each_threshold_and_rule_its_source(client, lang):
    for known in all_analytes():
        page = read(client, f"/knowledge/analyte/{known.id}?lang={lang}")
        for limit in known.thresholds:
            assert limit.cited(lang) in page and (limit.fr if lang == "fr" else limit.en) in page
        assert all(one.code in page for one in codes(known))
        for rule in all_rules().values():
            if known.id in rule.measured:
                assert rule.cited(lang) in page, (known.id, rule.id)
    albumin = read(client, f"/knowledge/analyte/albumin?lang={lang}")
    assert f"KDIGO 2021, Kidney Int 2021;100(4S) {say('threshold.unverified', lang)}" in albumin
    assert "61151-7" in albumin and "bcg" in albumin.lower()


def test_an_analyte_says_which_units_convert_and_by_what(client):
    page = read(client, "/knowledge/analyte/upcr?lang=fr").replace("\u00a0", " ")
    assert "créatinine, 113,12 g/mol" in page
    assert "mg/mmol{creat}" in page
    assert "≤ 3500 mg/g" in page and "baisse > 50 %" in page
    refused = read(client, "/knowledge/analyte/hba1c?lang=en")
    assert f">{say('known.no_conversion', 'en')}</td>" in refused


def test_a_column_with_nothing_in_it_is_left_out(client):
    page = read(client, "/knowledge/analyte/anti_pla2r?lang=en")
    assert say("known.column.ucum", "en") in page
    assert f">{say('known.column.written', 'en')}<" not in page
    assert "–</td>" not in page


def test_what_is_measured_or_given_leads_to_its_page():
    shelf = Library(shipped_cases()).shelf()
    told = {
        row: str(aside(shelf, "dm-mda5-ruxolitinib", ViewState(lang="fr", row=row)))
        for row in ("ruxolitinib", "ck", "death")
    }
    assert "/knowledge/drug/ruxolitinib?lang=fr" in told["ruxolitinib"]
    assert "/knowledge/analyte/ck?lang=fr" in told["ck"]
    assert "/knowledge/" not in told["death"]


@pytest.mark.parametrize(
    "path",
    [
        *("/knowledge/drug/", "/knowledge/drug/nothing", "/knowledge/drug/CsA", "/knowledge/drug"),
        *("/knowledge/analyte/", "/knowledge/analyte/uPCR", "/knowledge/analyte/nothing", "/knowledge/analyte"),
        "/knowledge/drug/<b>x",
    ],
)
def test_what_is_not_there_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_every_name_and_key_is_its_own():
    assert all(drug(known.id) is known for known in all_drugs())
    assert analyte("upcr").id == "upcr"


def test_a_value_leads_to_its_curve_in_other_units_and_back():
    shelf = Library(shipped_cases()).shelf()
    state = ViewState(lang="fr", row="po2")
    told = str(aside(shelf, "dm-mda5-ruxolitinib", state))
    assert say("dashboard.aside.in_unit", "fr", unit="kPa") in told and "units=po2%3AkPa" in told
    assert say("dashboard.aside.own_unit", "fr") not in told
    there = str(aside(shelf, "dm-mda5-ruxolitinib", state.changed(units=("po2:kPa", "ck:µkat/L"))))
    assert say("dashboard.aside.in_unit", "fr", unit="mmHg") in there
    assert say("dashboard.aside.own_unit", "fr") in there and "units=ck%3A%C2%B5kat%2FL" in there
    assert "7,7 kPa ‡" in there, "as fine as 58 mmHg"
    assert "units=" not in str(aside(shelf, "dm-mda5-ruxolitinib", ViewState(row="ifn-first")))


def test_words_of_a_rule_are_shown_as_they_are_written(client):
    page = read(client, "/knowledge/analyte/recist?lang=fr")
    assert "CR, RC, complete response, réponse complète" in page


@pytest.mark.parametrize("lang", LANGS)
def test_a_condition_is_said_once(client, lang):
    nephrotic = say("known.condition.nephrotic", lang)
    pages = [read(client, f"/knowledge/analyte/{known.id}?lang={lang}") for known in all_analytes()]
    assert any(f"({nephrotic})" in page for page in pages)
    assert not any(f"{nephrotic} ({nephrotic})" in page for page in pages)


@pytest.mark.parametrize("lang", LANGS)
def test_groups_and_targets_have_their_source(client, lang):
    unread = say("threshold.unverified", lang)
    for name, read_it in (("ramipril", True), ("amlodipine", False)):
        page = read(client, f"/knowledge/drug/{name}?lang={lang}").replace("\u00a0", " ")
        assert (f"(atcddd.fhi.no) {unread}" not in page) == read_it
        assert "(atcddd.fhi.no)" in page
    target = say("known.general", lang, text=printed(drug("dupilumab").target, lang))
    assert target in read(client, f"/knowledge/drug/dupilumab?lang={lang}")


@pytest.mark.parametrize("lang", LANGS)
def test_why_units_do_not_convert_is_said(client, lang):
    for name in ("proteinuria", "urea", "anti_mda5", "upcr"):
        page = read(client, f"/knowledge/analyte/{name}?lang={lang}")
        refused = refusals_of(analyte(name))
        assert bool(refused) == (name != "upcr")
        for why in {one.why(lang) for one in refused}:
            assert page.count(f"({why})") == 1
    assert len(refusals_of(analyte("proteinuria"))) == 1


def test_every_cell_of_a_table_has_its_heading_on_a_narrow_screen(client):
    page = client.get("/knowledge/analyte/albumin?lang=fr").text
    assert 'scope="row" data-title="UCUM"' in page
