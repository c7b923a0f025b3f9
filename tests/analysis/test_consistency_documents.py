"""The proof-reader: what is found in each document and case, no more and no less."""

import json

import pytest
from analysis.planted import result, rules_of, trial
from figure.build import SHIPPED

from casecurves.analysis.consistency import CERTAINTIES, proofread, proofread_document
from casecurves.analysis.consistency.saying import to_json
from casecurves.knowledge import all_documents
from casecurves.words import LANGS

DOCUMENTS = {document.id: document for document in all_documents()}

# Rule, how sure, case, rows, numbers of the transcribed disagreements about the same. Written from the documents.
BY_RULE = {
    "dupilumab": [
        ("legend.only", "check", "mn-dupilumab-1", {"mycophenolate"}, (2,)),
        ("legend.only", "check", "mn-dupilumab-2", {"ciclosporin"}, (1,)),
    ],
    "dermatomyositis": [
        (
            "order.other", "certain", "dm-mda5-ruxolitinib",
            {"clinical-control", "immunoglobulins", "readmission"}, (5,),
        ),
    ],
    # The slides hold no number to reckon with; what is odd in them is a reader's remark.
    "immunotherapy": [
        ("remark", "check", "immunotherapy-targets", set(), ()),
        ("remark", "check", "immunotherapy-targets", set(), ()),
        ("remark", "check", "immune-adverse-events", set(), ()),
    ],
    "il21": [
        ("sum.above_n", "certain", "il21-cancer-trials", {"a2-sd", "a2-pd", "alone-2-renal"}, (2,)),
        ("source.counts", "certain", "il21-cancer-trials", {"a2-sd", "rp-sd"}, ()),
        (
            "sum.pooled", "likely", "il21-cancer-trials",
            {"a2-cr", "a2-pr", "a2-sd", "a2-pd", "alone-2-melanoma", "alone-2-renal"}, (1, 2),
        ),
        ("sum.below_n", "check", "il21-cancer-trials", {"rx-cr", "rx-pr", "rx-sd", "rituximab-lymphoma"}, (3,)),
    ],
    "vitiligo": [
        (
            "arms.total", "check", "vitiligo-ruxolitinib-trials",
            {"v1-ruxolitinib", "v1-vehicle", "v2-ruxolitinib", "v2-vehicle", "patient"}, (1,),
        ),
        ("percent.whole", "check", "vitiligo-ruxolitinib-trials", {"v1-rux-50", "v1-ruxolitinib"}, ()),
        ("percent.whole", "check", "vitiligo-ruxolitinib-trials", {"v1-veh-50", "v1-vehicle"}, ()),
        ("percent.whole", "check", "vitiligo-ruxolitinib-trials", {"v2-veh-50", "v2-vehicle"}, ()),
        ("drug.isoforms", "check", "jak-pathway", {"brepo-jak1", "jak1-inhibitors"}, ()),
        ("drug.isoforms", "check", "jak-pathway", {"jak3-inhibitors", "ritle-jak3"}, ()),
    ],
}  # fmt: skip
TRANSCRIBED = {
    "dupilumab": {
        ("igg4-dupilumab-1", 1, "MRI: 12 months or 1 year", "check", ()),
        ("igg4-dupilumab-1", 2, "Disease named MAG in the legend", "check", ()),
        ("mn-dupilumab-1", 1, "Dupilumab 2 × a week as printed", "likely", ()),
        ("mn-dupilumab-1", 2, "Mycophenolate: in the legend only", "check", ("legend.only",)),
        ("mn-dupilumab-1", 3, "Ciclosporin: “LD” in the legend", "check", ()),
        ("mn-dupilumab-1", 4, "“MPR”: name of the regimen", "check", ()),
        ("mn-dupilumab-2", 1, "Ciclosporin: in the legend only", "check", ("legend.only",)),
        ("mn-dupilumab-2", 2, "Two drugs missing from the legend", "check", ()),
        ("mn-dupilumab-2", 3, "Mycophenolate: acid or mofetil", "check", ()),
    },
    "dermatomyositis": {
        ("dm-mda5-ruxolitinib", 1, "Age: 62 or 60 years", "certain", ()),
        ("dm-mda5-ruxolitinib", 2, "Reason for admission: two accounts", "check", ()),
        ("dm-mda5-ruxolitinib", 3, "Glucocorticoid: agent named once", "check", ()),
        ("dm-mda5-ruxolitinib", 4, "Ruxolitinib: added or chosen at first", "check", ()),
        ("dm-mda5-ruxolitinib", 5, "Nine months of what", "likely", ("order.other",)),
        ("dm-mda5-ruxolitinib", 6, "First CT: ground glass or normal", "check", ()),
        ("dm-mda5-ruxolitinib", 7, "Cancer: at, or within, 12 months", "check", ()),
        ("dm-mda5-ruxolitinib", 8, "First-line result: how it is told", "check", ()),
        ("dm-mda5-ruxolitinib", 9, "State at 9 months: two words", "check", ()),
        ("dm-mda5-ruxolitinib", 10, "Score of 6 “interferons”", "likely", ()),
        ("dm-mda5-ruxolitinib", 11, "Antibody spelled three ways", "check", ()),
        ("dm-mda5-ruxolitinib", 12, "CK: U/L, range in IU/L", "check", ()),
        ("dm-mda5-ruxolitinib", 13, "Paraneoplastic: stated or asked", "check", ()),
        ("dm-mda5-ruxolitinib", 14, "Death: organ failure or cancer", "check", ()),
        ("dm-mda5-ruxolitinib", 15, "Source on ruxolitinib and cisplatin: another cancer", "likely", ()),
    },
    "immunotherapy": set(),
    "il21": {
        ("il21-cancer-trials", 1, "Four partial responses: melanoma or kidney", "likely", ("sum.pooled",)),
        (
            "il21-cancer-trials", 2, "24 stable and 14 progressing of 19 patients", "likely",
            ("sum.pooled", "sum.above_n"),
        ),
        ("il21-cancer-trials", 3, "Lymphoma: 13 of 15 accounted for", "check", ("sum.below_n",)),
        ("il21-cancer-trials", 4, "First trial: phase I or I/II", "check", ()),
        ("il21-cancer-trials", 5, "Lymphoma: which, and whether in relapse", "check", ()),
    },
    "vitiligo": {
        ("vitiligo-ruxolitinib-trials", 1, "Patients: 674 or 661", "check", ("arms.total",)),
        ("vitiligo-ruxolitinib-trials", 2, "Figure 4: what was counted is worded in two ways", "likely", ()),
        ("vitiligo-ruxolitinib-trials", 3, "Assessed at 6 months or at 24 weeks", "check", ()),
        ("vitiligo-ruxolitinib-trials", 4, "Figure 4 is cited for what it does not show", "likely", ()),
    },
}  # fmt: skip


@pytest.mark.parametrize("document", DOCUMENTS)
def test_what_is_found_in_each_document_no_more_and_no_less(document):
    proof = proofread_document(DOCUMENTS[document], SHIPPED.values())
    by_rule = [one for one in proof.findings if one.rule != "transcribed"]
    assert sorted((one.rule, one.certainty, one.case, sorted(one.rows), one.known) for one in by_rule) == sorted(
        (rule, certainty, case, sorted(rows), known) for rule, certainty, case, rows, known in BY_RULE[document]
    )
    by_reader = [one for one in proof.findings if one.rule == "transcribed"]
    assert {
        (one.case, one.known[0], one.params["label"]["en"], one.certainty, one.found_by) for one in by_reader
    } == TRANSCRIBED[document]
    assert len(by_reader) == len(TRANSCRIBED[document])


def test_the_surest_come_first_and_a_readers_last():
    proof = proofread_document(DOCUMENTS["il21"], SHIPPED.values())
    order = [(one.rule == "transcribed", CERTAINTIES.index(one.certainty)) for one in proof.findings]
    assert order == sorted(order)
    assert proof.contradicted
    assert not proofread_document(DOCUMENTS["vitiligo"], SHIPPED.values()).contradicted


def test_what_is_invented_is_not_proof_read():
    for case in SHIPPED.values():
        if case.illustrative:
            proof = proofread(case)
            assert {one.rule for one in proof.findings} <= {"transcribed"}
            assert proof.invented == len(case.rows())
    rows = [result("res", count=7, of=20, percent="53", basis="illustrative")]
    assert rules_of(trial(rows)) == []


def test_all_of_it_is_json():
    for lang in LANGS:
        shown = to_json(proofread(SHIPPED["il21-cancer-trials"]), SHIPPED, lang)
        assert json.loads(json.dumps(shown)) == shown
        assert (shown["certain"], shown["likely"]) == (2, 3)
        first = shown["findings"][0]
        assert (first["rule"], first["family"], first["transcribed"]) == ("sum.above_n", "arithmetic", [2])
        assert [place["locator"] for place in first["places"]] == [{"en": "Table I", "fr": "Tableau I"}[lang]] * 3


@pytest.mark.parametrize("document", all_documents(), ids=lambda document: document.id)
def test_every_finding_on_a_document_names_two_places_and_where_each_is(document):
    for one in proofread_document(document, SHIPPED.values()).findings:
        assert len({(place.file, place.line, place.said, place.locator) for place in one.places}) > 1, one
        for place in one.places:
            assert place.locator or place.source, (one.rule, place)
            assert place.locator or place.file == "isoforms.toml", (one.rule, place)
