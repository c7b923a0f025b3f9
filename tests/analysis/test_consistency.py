"""The proof-reader: each rule finds a planted fault and leaves the same case alone once it is mended."""

from importlib.resources import files

import pytest
from analysis.planted import PLANTED, rules_of, stated
from figure.build import SHIPPED, course, event, made, value

from casecurves.analysis.consistency import FAMILIES, RULES, proofread, proofread_document
from casecurves.analysis.consistency.proof import RELATIONS
from casecurves.analysis.consistency.relations import relations, slides
from casecurves.analysis.consistency.reported import REPORTED, of_relations
from casecurves.analysis.consistency.saying import known, looks_for, sentence, side
from casecurves.io import read_case
from casecurves.knowledge import all_documents
from casecurves.knowledge.relations import Diagram, all_diagrams, read_relations
from casecurves.knowledge.slides import SLIDE_TABLES
from casecurves.words import LANGS, has

KNOWLEDGE = files("casecurves.knowledge")
DOCUMENTS = {document.id: document for document in all_documents()}


def test_a_remission_is_held_against_rules_of_remission_alone_each_named():
    case = stated("remission", "6000")
    row = value("ab", "150", "dupilumab+D90", "anti-PLA2R", unit="RU/mL", assay="ELISA")
    rows = [one.model_dump() | {"value": one.value.written, "time": one.time.written} for one in case.measurements]
    case = made(
        therapies=[course("dupilumab", "dupilumab", "D0", "ongoing")], day_zero="dupilumab",
        measurements=[*rows, row], events=[event("told", "dupilumab+D90", "remission")],
    )  # fmt: skip
    found = [one for one in proofread(case).findings if one.rule == "response.stated"]
    assert {place.row for one in found for place in one.places} == {"told", "upcr-90"}
    said = [sentence(one, "en") for one in found]
    assert len(set(said)) == len(said) > 1
    assert any("nephrotic syndrome in adults (2020)" in text for text in said)


@pytest.mark.parametrize("rule", PLANTED)
def test_a_planted_fault_is_found_and_the_mended_case_is_left_alone(rule):
    faulty, certainty, words, mended = PLANTED[rule]
    found = [finding for finding in proofread(faulty).findings if finding.rule == rule]
    assert {finding.certainty for finding in found} == {certainty}
    assert any(words in sentence(finding, "en") for finding in found), [sentence(one, "en") for one in found]
    assert [other for other in rules_of(mended) if other != "transcribed" or rule == other] == []


@pytest.mark.parametrize("rule", PLANTED)
def test_each_finding_names_its_places_in_both_languages(rule):
    case = PLANTED[rule][0]
    for finding in proofread(case).findings:
        assert finding.places
        if finding.rule != "p.outside":  # which is impossible by itself
            assert len(finding.places) > 1, finding
        english, french = (sentence(finding, lang) for lang in ("en", "fr"))
        assert english and french
        assert "{" not in english + french
        sides = [side(place, case, lang) for place in finding.places for lang in LANGS]
        assert all(sides)
        assert {place.row for place in finding.places} - {""} <= {row.id for row in case.rows()} | {"patient"}


def test_a_side_that_states_a_time_says_it_in_words():
    case = SHIPPED["dm-mda5-ruxolitinib"]
    (found,) = (one for one in proofread(case).findings if one.rule == "order.other")
    told = {lang: "\n".join(side(place, case, lang) for place in found.places) for lang in LANGS}
    assert "rapidly after admission" in told["en"]
    assert "rapidement après admission" in told["fr"]
    # What the grammar of the tables writes is for the tables.
    assert not any(sign in text for text in told.values() for sign in (".end", "soon:", "before:", " & "))


@pytest.mark.parametrize(("lang", "told"), [("en", "51.2"), ("fr", "51,2")])
def test_a_side_writes_numbers_with_the_mark_of_the_language(lang, told):
    case = SHIPPED["vitiligo-ruxolitinib-trials"]
    found = [one for one in proofread(case).findings if one.rule == "percent.whole"]
    assert any(f" {told} " in side(place, case, lang) for one in found for place in one.places)


def test_another_time_that_can_be_true_is_said_to_be():
    dm = "dm-mda5-ruxolitinib"
    for case_id, number, possible in (("igg4-dupilumab-1", 1, True), (dm, 7, True), (dm, 5, False), (dm, 6, False)):
        found = proofread(SHIPPED[case_id]).findings
        told = next(one for one in found if one.rule == "transcribed" and one.known == (number,))
        assert ("can be true" in known(told, "en")) is possible, (case_id, number)
        assert ("peut être vrai" in known(told, "fr")) is possible


def test_a_contradiction_names_its_rows_in_the_language_asked_for():
    case = made(events=[event("aa", "after:bb", label_fr="premier"), event("bb", "after:aa", label_fr="second")])
    (found,) = proofread(case).findings
    assert "premier (aa)" in sentence(found, "fr")
    assert "premier" not in sentence(found, "en")


# ------------------------------------------------------------------------------- what the reading of tables finds

HEAD = 'kind = "{kind}"\ntitle = "A case"\n'
ARMS = "id,label,n\none,one,{n}\ntwo,{name},20\n"
OUTCOMES = "id,arm,label,count,of,percent,ci_low,ci_high\nres,one,better,{count},20,{percent},30,{high}\n"
COMPARISONS = "id,label,arm,versus,measure\nratio,better,one,{versus},relative_risk\n"
VALUES = (
    "id,analyte,value,unit,ref_low,ref_high,time\na-value,albumin,38,{unit},{low},50,D0\nb-value,albumin,39,g/L,,,D9\n"
)
SOUND = {"n": "20", "name": "two", "count": "10", "percent": "50", "high": "70", "versus": "two", "unit": "g/L",
         "low": "35"}  # fmt: skip
MISREAD = {
    "count.above_total": {"count": "30"},
    "percent.outside": {"percent": "120"},
    "arm.nobody": {"n": "0"},
    "interval.backwards": {"high": "20"},
    "range.low_above_high": {"low": "60"},
    "arm.same_name": {"name": "one"},
    "comparison.itself": {"versus": "one"},
    "unit.other": {"unit": "mmol/L"},
    "unit.missing": {"unit": ""},
    "unit.unknown": {"unit": "blobs"},
    "drug.twice": {},
}


def read(folder, kind: str, tables: dict[str, str]):
    folder.mkdir()
    (folder / "case.toml").write_text(HEAD.format(kind=kind), encoding="utf-8")
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return read_case(folder)[0]


def written(folder, rule: str, cells: dict[str, str]):
    if rule == "drug.twice":
        end = "D50" if not cells else "D20"
        therapies = f"id,drug,start,end\npred,prednisone,D0,{end}\npred-2,prednisone,D30,D60\n"
        return read(folder, "patient", {"therapies": therapies})
    cells = SOUND | cells
    if rule.startswith(("unit", "range")):
        return read(folder, "patient", {"measurements": VALUES.format(**cells)})
    tables = {"arms": ARMS, "outcomes": OUTCOMES, "comparisons": COMPARISONS}
    return read(folder, "trial", {name: text.format(**cells) for name, text in tables.items()})


@pytest.mark.parametrize("rule", MISREAD)
def test_what_is_found_while_a_table_is_read_is_a_finding_too(rule, tmp_path):
    case = written(tmp_path / "faulty", rule, MISREAD[rule])
    found = [finding for finding in proofread(case).findings if finding.rule == rule]
    assert len(found) == 1
    assert found[0].places[0].line is not None
    alone = ("percent.outside", "arm.nobody", "unit.other", "unit.missing", "unit.unknown")  # wrong by themselves
    assert len(found[0].places) == (1 if rule in alone else 2)
    for lang in LANGS:
        assert sentence(found[0], lang)
        assert all(side(place, case, lang) for place in found[0].places)
    assert rule not in rules_of(written(tmp_path / "sound", rule, {"high": "70"}))


def test_every_rule_has_words_a_planted_fault_and_a_family():
    assert {*PLANTED, *MISREAD, "relation.opposed", "drug.isoforms", "remark", *RELATIONS} == set(RULES)
    assert set(MISREAD) == set(REPORTED)
    assert len(RULES) == len(set(RULES)) == sum(len(rules) for rules in FAMILIES.values())
    for rule in RULES:
        assert rule in RELATIONS or has(f"consistency.rule.{rule}"), rule
        assert all(looks_for(rule, lang) for lang in LANGS)


# ------------------------------------------------------------------------------------------------------- relations

NODES = "id,kind,label,label_fr,plural,drugs\na,cell,a,a,,\nb,cell,b,b,,\n"
EDGES = (
    "id,from,to,effect,feedback,label,label_fr,basis,locator,locator_fr,note,note_fr\n"
    "e,a,b,activates,,x,x,reported,p,p,,\nf,a,b,{effect},,y,y,reported,q,q,,\n"
)


def drawn(effect: str) -> Diagram:
    nodes, edges, report = read_relations(NODES, EDGES.format(effect=effect))
    assert len(report) == 0
    texts = {"en": "t", "fr": "t"}
    return Diagram("made", "none", texts, texts, texts, nodes, edges)


def test_opposite_relations_are_found():
    (found,) = relations(drawn("inhibits"))
    assert (found.rule, [place.row for place in found.places]) == ("relation.opposed", ["e", "f"])
    assert "furthers and hinders" in sentence(found, "en")
    assert list(relations(drawn("recruits"))) == []


@pytest.mark.parametrize("code", RELATIONS)
def test_each_fault_of_a_table_of_relations_can_be_a_finding(code):
    from casecurves.model.issues import Issue

    params = {"rows": "e (2)", "choices": "a, b", "first": 2}
    (found,) = of_relations("made", [Issue("error", code, "edges.csv", 3, "to", "x", params)])
    assert found.rule == code
    assert sentence(found, "fr") != sentence(found, "en")


def test_a_faulty_table_of_relations_is_found_where_its_document_is_read(monkeypatch):
    document = DOCUMENTS["vitiligo"]
    nodes, edges, report = read_relations(NODES, EDGES.format(effect="warms"))
    texts = {"en": "x", "fr": "x"}
    made = Diagram("made", document.id, texts, texts, texts, nodes, edges, report)
    monkeypatch.setattr("casecurves.analysis.consistency.proof.all_diagrams", lambda: {"made": made})
    (found,) = proofread_document(document, []).findings
    assert (found.rule, found.case, found.certainty) == ("relation.choice", "made", "certain")


def test_what_is_drawn_has_no_opposite_relations():
    assert [
        one for diagram in all_diagrams().values() for one in relations(diagram) if one.rule != "drug.isoforms"
    ] == []


@pytest.mark.parametrize("table", SLIDE_TABLES)
def test_every_remark_on_the_slides_names_both_places(table):
    for one in slides(table):
        assert len({(place.file, place.line) for place in one.places}) == 2, one
        assert all(place.said and place.said_fr and place.locator and place.locator_fr for place in one.places)


def test_a_remark_on_what_a_slide_says_of_a_target_names_where_it_says_it():
    found = {one.places[0].said.split(",")[0]: one.places[1] for one in slides("immunotherapy-targets")}
    assert "receptors of tumour cells" in found["VEGF"].said
    assert "a receptor on the surface of T cells: CTLA-4; PD-1, PD-L1" in found["PD-L1"].said
    assert (found["PD-L1"].file, found["PD-L1"].locator) == ("immunotherapy-statements.csv", "Immunomodulators (first)")
    rows = (KNOWLEDGE / "tables" / found["PD-L1"].file).read_text(encoding="utf-8").splitlines()
    assert rows[(found["PD-L1"].line or 0) - 1].startswith("said-checkpoint,")


def test_a_remark_on_two_rows_of_the_slides_names_both():
    (found,) = slides("immune-adverse-events")
    assert [place.said for place in found.places] == [
        "lung, corticosteroids",
        "hypothyroidism, levothyroxine (Levothyrox)",
    ]
    assert [place.line for place in found.places] == [9, 10]
