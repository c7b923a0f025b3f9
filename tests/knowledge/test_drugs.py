"""Drugs are recognised under the names that reports use."""

import re
from collections import Counter
from typing import get_args

import pytest

from casecurves.errors import KnowledgeError
from casecurves.knowledge import Drug, DrugClass, all_drugs, atc_table, drug
from casecurves.knowledge import drugs as drugs_module
from casecurves.knowledge.fold import indexed, table
from casecurves.words import LANGS, say

# Every name that one of the five documents uses for a drug, as it is printed there, with the drug that is meant.
NAMED = {
    "dupilumab": {
        "dupilumab": "dupilumab",
        "ciclosporine": "ciclosporin",
        "cyclosporine": "ciclosporin",
        "LD CsA": "ciclosporin",
        "stéroïdes": "glucocorticoid",
        "corticothérapie orale": "glucocorticoid",
        "cyclophosphamide": "cyclophosphamide",
        "tacrolimus": "tacrolimus",
        "rituximab": "rituximab",
        "MMF": "mycophenolate_mofetil",
        "mycophénolate molfetil": "mycophenolate_mofetil",
        "acide mycophénolique mofetil": "mycophenolate_mofetil",
    },
    "dermatomyositis": {
        "corticoïdes": "glucocorticoid",
        "methylprednisolone": "methylprednisolone",
        "cyclophosphamide": "cyclophosphamide",
        "immunoglobulines polyvalentes": "intravenous_immunoglobulin",
        "gamma globulin": "intravenous_immunoglobulin",
        "ruxolitinib": "ruxolitinib",
        "tofacitinib": "tofacitinib",
        "étoposide": "etoposide",
        "carboplatine": "carboplatin",
        "cisplatine": "cisplatin",
        "cisplatin": "cisplatin",
    },
    "slides": {
        "IL2": "aldesleukin",
        "Interféron alpha 2b": "interferon_alfa_2b",
        "Rituximab": "rituximab",
        "Trastuzumab": "trastuzumab",
        "Herceptin": "trastuzumab",
        "Cetuximab": "cetuximab",
        "Erbitux": "cetuximab",
        "Bevacizumab": "bevacizumab",
        "Avastin": "bevacizumab",
        "IPILIMUMAB": "ipilimumab",
        "NIVOLUMAB": "nivolumab",
        "PEMBROLIZUMAB": "pembrolizumab",
        "ATEZOLIZUMAB": "atezolizumab",
        "corticostéroides": "glucocorticoid",
        "corticothérapie": "glucocorticoid",
        "lopéramide": "loperamide",
        "lévothyrox": "levothyroxine",
    },
    "interleukin-21": {
        "interleukine-21": "denenicokin",
        "IL-21": "denenicokin",
        "IL-2": "aldesleukin",
        "IFN-α": "interferon_alfa",
        "Rituximab": "rituximab",
        "Trastuzumab": "trastuzumab",
        "Cetuximab": "cetuximab",
        "Sorafenib": "sorafenib",
        "Sunitinib": "sunitinib",
        "Doxorubicine": "doxorubicin",
    },
    "vitiligo": {
        "corticoïdes": "glucocorticoid",
        "tacrolimus": "tacrolimus",
        "photothérapie UVB": "uvb_phototherapy",
        "ruxolitinib": "ruxolitinib",
        "baricitinib": "baricitinib",
        "tofacitinib": "tofacitinib",
        "delgocitinib": "delgocitinib",
        "upadacitinib": "upadacitinib",
        "abrocitinib": "abrocitinib",
        "deucravacitinib": "deucravacitinib",
        "ritlécitinib": "ritlecitinib",
        "PF-06651600": "ritlecitinib",
        "brepocitinib": "brepocitinib",
        "PF-0670084": "brepocitinib",
        "ifidancitinib": "ifidancitinib",
        "ATI-50002": "ifidancitinib",
    },
}
NAMES = [(document, name, key) for document, names in NAMED.items() for name, key in names.items()]


@pytest.mark.parametrize(("document", "name", "key"), NAMES)
def test_every_drug_that_a_document_names_is_known(document, name, key):
    found = drug(name)
    assert found is not None, f"{document}: {name}"
    assert found.id == key


def test_the_drugs_of_the_documents_have_a_target_or_isoforms_and_a_code_or_none():
    for key in {key for _, _, key in NAMES} - {"intravenous_immunoglobulin", "uvb_phototherapy"}:
        known = drug(key)
        assert known.target["en"] or known.isoforms, key
        assert known.codes or known.uncoded or key in ("glucocorticoid", "interferon_alfa"), key
        assert bool(known.target["en"]) == bool(known.target["fr"])


def test_a_code_depends_on_the_route():
    ruxolitinib, bevacizumab, rituximab = drug("ruxolitinib"), drug("bevacizumab"), drug("rituximab")
    assert ruxolitinib.atc("oral") == "L01EJ01"
    assert ruxolitinib.atc("topical") == "D11AH09"
    assert ruxolitinib.atc("") == ""  # which of the two is not known
    assert drug("tacrolimus").atc("topical") == "D11AH01"
    assert (bevacizumab.atc("intravenous"), bevacizumab.atc("other")) == ("L01FG01", "S01LA08")
    assert (rituximab.atc(""), rituximab.atc("intravenous"), rituximab.atc("topical")) == ("L01FA01", "L01FA01", "")
    assert drug("delgocitinib").atc("oral") == ""
    assert drug("brepocitinib").uncoded and drug("brepocitinib").codes == {}
    assert (rituximab.former, ruxolitinib.former) == ("L01XC02", "L01XE18")


def test_codes_are_well_formed_and_of_drugs_that_are_known():
    keys = {known.id for known in all_drugs()}
    atc = table("atc.toml")
    assert {key for part in ("systemic", "topical", "other", "former") for key in atc[part]} | {*atc["without"]} <= keys
    for known in all_drugs():
        assert all(
            re.fullmatch(r"[A-V]\d\d[A-Z]{2}\d\d", code) for code in (*known.codes.values(), known.former) if code
        )
        assert not (known.uncoded and known.codes)
    assert (atc_table().version, atc_table().verified) == ("2026", True)
    assert atc_table().source


def test_isoforms_are_kept_as_stated_and_as_another_source_has_them():
    brepocitinib, ruxolitinib = drug("brepocitinib").isoforms, drug("ruxolitinib").isoforms
    assert (brepocitinib.stated, brepocitinib.literature) == (("JAK1",), ("TYK2", "JAK1"))
    assert brepocitinib.differ and not ruxolitinib.differ
    assert not drug("deucravacitinib").isoforms.differ  # the document names none
    assert {known.id for known in all_drugs() if known.drug_class == "jak_inhibitor"} == set(table("isoforms.toml"))
    for known in (one for one in all_drugs() if one.isoforms):
        kinases = known.isoforms
        assert set(kinases.stated) | set(kinases.literature) <= {"JAK1", "JAK2", "JAK3", "TYK2", "TEC"}
        assert all(kinases.where[lang] for lang in LANGS)
        assert bool(kinases.source) == bool(kinases.literature)
        assert "doi:" in kinases.source or not kinases.source


def test_a_doubled_synonym_is_said_with_every_drug_it_would_mean(monkeypatch):
    drugs = (
        Drug("a", "alpha", "alpha", "other", also=("Shared name", "twice")),
        Drug("b", "beta", "bêta", "other", also=("shared-name",)),
        Drug("c", "gamma", "gamma", "other", also=("TWICE",)),
    )
    with pytest.raises(KnowledgeError) as caught:
        indexed("drugs.toml", drugs_module.named(drugs))
    said = str(caught.value)
    assert said.startswith("drugs.toml: ")
    assert "shared name: a, b" in said
    assert "twice: a, c" in said
    assert "gamma" not in said
    # The look-up that everybody uses says the same, and does not pick one in silence.
    monkeypatch.setattr(drugs_module, "all_drugs", lambda: drugs)
    drugs_module._by_name.cache_clear()
    drug.cache_clear()
    try:
        with pytest.raises(KnowledgeError):
            drug("twice")
    finally:
        monkeypatch.undo()
        drugs_module._by_name.cache_clear()
        drug.cache_clear()


def test_no_name_means_two_drugs():
    times = Counter(name for known in all_drugs() for name in known.names)
    assert [name for name, count in times.items() if count > 1] == []
    assert "" not in times


def test_there_are_enough_and_each_is_complete():
    assert len(all_drugs()) >= 60
    for known in all_drugs():
        assert known.en
        assert known.fr
        assert known.drug_class in get_args(DrugClass)
        assert known.glucocorticoid == (known.drug_class == "glucocorticoid")


def test_supportive_care_names_the_group_that_makes_it_so():
    for known in all_drugs():
        grouped = re.fullmatch(r"[A-Z]\d\d[A-Z]{0,2}", known.atc_group) is not None
        assert grouped == (known.drug_class == "supportive"), known.id


@pytest.mark.parametrize("lang", LANGS)
def test_every_class_has_a_name(lang):
    names = [say(f"drug_class.{name}", lang) for name in (*get_args(DrugClass), "unknown")]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Dupilumab", "dupilumab"),
        ("cyclosporine", "ciclosporin"),
        ("CICLOSPORINE", "ciclosporin"),
        ("CsA", "ciclosporin"),
        ("LD CsA", "ciclosporin"),
        ("MMF", "mycophenolate_mofetil"),
        ("mycophénolate molfetil", "mycophenolate_mofetil"),
        ("acide mycophénolique mofetil", "mycophenolate_mofetil"),
        ("CP", "cyclophosphamide"),
        ("corticoïdes", "glucocorticoid"),
        ("stéroïdes", "glucocorticoid"),
        ("corticothérapie", "glucocorticoid"),
        ("Methylprednisolone", "methylprednisolone"),
        ("méthylprednisolone", "methylprednisolone"),
        ("immunoglobulines polyvalentes", "intravenous_immunoglobulin"),
        ("gamma-globulin", "intravenous_immunoglobulin"),
        ("étoposide", "etoposide"),
        ("E\u0301toposide", "etoposide"),
        ("IL-21", "denenicokin"),
        (" rituximab ", "rituximab"),
    ],
)
def test_spellings_of_the_documents(written, key):
    found = drug(written)
    assert found is not None
    assert found.id == key


@pytest.mark.parametrize("written", ["", "NA", "MPR", "placebo", "-"])
def test_what_is_no_known_drug_is_none(written):
    assert drug(written) is None
