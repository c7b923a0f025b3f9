"""The proof-reader: each rule finds a planted fault and leaves the same case alone once it is mended."""

import json

import pytest
from figure.build import SHIPPED, course, dose, event, made, value

from casecurves.analysis.consistency import CERTAINTIES, FAMILIES, RULES, proofread, proofread_document
from casecurves.analysis.consistency.numbers import Span, places, rounded
from casecurves.analysis.consistency.proof import RELATIONS
from casecurves.analysis.consistency.relations import relations
from casecurves.analysis.consistency.reported import REPORTED, of_relations
from casecurves.analysis.consistency.saying import known, looks_for, sentence, side, to_json
from casecurves.io import read_case
from casecurves.knowledge import all_analytes, all_documents
from casecurves.knowledge.fold import table
from casecurves.knowledge.plausible import limits
from casecurves.knowledge.relations import Diagram, all_diagrams, read_relations
from casecurves.words import LANGS, has

DOCUMENTS = {document.id: document for document in all_documents()}


def arm(row_id: str, n: int | None = 20, **more: object) -> dict[str, object]:
    return {"id": row_id, "label": row_id, "trial": "T", "n": n, **more}


def result(row_id: str, arm_id: str = "one", **more: object) -> dict[str, object]:
    return {"id": row_id, "arm": arm_id, "label": "better", **more}


def answers(arm_id: str, **counts: int) -> list[dict[str, object]]:
    return [
        result(f"{arm_id}-{name}", arm_id, label=name, response=name, count=n, source={"one": "a", "two": "b"}[arm_id])
        for name, n in counts.items()
    ]


def versus(estimate: float, low: float, high: float, **more: object) -> dict[str, object]:
    row = {"id": "ratio", "label": "better", "arm": "one", "versus": "two", "measure": "relative_risk"}
    return {**row, "estimate": estimate, "ci_low": low, "ci_high": high, "ci_level": 95, **more}


def trial(outcomes=(), comparisons=(), arms=None, **header):
    arms = [arm("one"), arm("two")] if arms is None else arms
    return made(kind="trial", arms=arms, outcomes=outcomes, comparisons=comparisons, **header)


def group(*outcomes: dict[str, object]):
    return made(kind="group", patient={"n": 4}, outcomes=[{**row, "arm": ""} for row in outcomes])


def legend(first: str, second: str):
    rows = [course("a-drug", "dupilumab", locator=first), course("b-drug", "rituximab", locator=second)]
    return made(therapies=rows)


def sources(n: int):
    arms = [arm("one", source="a", phase="I"), arm("two", label="one", source="b", phase="I", trial="T, as published")]
    return trial([*answers("one", complete=3), *answers("two", complete=n)], arms=arms)


def weighed(kg: str, mg: float, frequency: str = "(2 mg/kg)"):
    weight = [value("weight", kg, "D0", "weight", unit="kg")] if kg else []
    doses = [dose("full", "pred", mg, "D0", frequency=frequency)]
    return made(therapies=[course("pred", "prednisone", "D0", "D9")], doses=doses, measurements=weight,
                patient={"age": 40}, day_zero="pred")  # fmt: skip


def disputing(time: str, other: str):
    """A flare that another statement dates; something else is known to come before it."""
    told = {"rows": ["flare-1"], "column": "time", "label": "When", "used": time, "other": other, "other_time": other}
    return made(events=[event("first", "D20"), event("flare-1", f"{time} & after:first")],
                discrepancies=[{**told, "other_time": f"{other} & after:first"}])  # fmt: skip


def measured(written: str, unit: str, analyte: str = "haemoglobin", **more: object):
    return made(measurements=[value("a-value", written, "D0", analyte, unit=unit, **more)])


def stated(kind: str, upcr: str):
    values = [value(f"upcr-{n}", v, f"dupilumab{n:+}".replace("+", "+D").replace("-", "-D"), "uPCR", unit="mg/g")
              for n, v in ((-10, "5000"), (90, upcr))]  # fmt: skip
    about = [value("alb", "40", "dupilumab+D90", "albumin", unit="g/L", ref_low=35, ref_high=50),
             value("creat", "80", "dupilumab+D90", "creatinine", unit="µmol/L", ref_low=45, ref_high=90)]  # fmt: skip
    events = [event("told", "dupilumab+D90", kind)]
    therapies = [course("dupilumab", "dupilumab", "D0", "ongoing")]
    return made(therapies=therapies, measurements=[*values, *about], events=events, day_zero="dupilumab")


# For each rule: a case with the fault, how sure it is, what the sentence must hold, and the same case mended.
PLANTED = {
    "total.above_n": (
        group(result("res", count=3, of=5)), "certain", "5 patients are counted where there are 4",
        group(result("res", count=3, of=4)),
    ),
    "sum.above_n": (
        trial(answers("one", complete=8, stable=13)), "certain", "8 + 13 = 21, more than the 20",
        trial(answers("one", complete=8, stable=12)),
    ),
    "sum.pooled": (
        trial([*answers("one", partial=4), *answers("two", stable=24, progression=12)]), "likely",
        "4 + 24 + 12 = 40 = 20 + 20",
        trial([*answers("one", partial=4, stable=16), *answers("two", stable=10, progression=10)]),
    ),
    "sum.below_n": (
        trial(answers("one", complete=2, stable=15)), "check", "2 + 15 = 17 of 20 patients",
        trial(answers("one", complete=2, stable=18)),
    ),
    "arms.total": (
        trial(patient={"n": 41}), "check", "20 + 20 = 40, where 41 patients", trial(patient={"n": 40}),
    ),
    "percent.count": (
        trial([result("res", count=7, of=20, percent="53")]), "certain", "7 of 20 are 35 %, not 53 %",
        trial([result("res", count=7, of=20, percent="35")]),
    ),
    "percent.whole": (
        trial([result("res", percent="51.2")]), "check", "No whole number of 20 patients gives 51.2 %",
        trial([result("res", percent="55.0")]),
    ),
    "percent.sum": (
        trial([result("res", response="complete", percent="60"), result("res-2", response="partial", percent="45")]),
        "certain", "60 + 45 = 105 %",
        trial([result("res", response="complete", percent="60"), result("res-2", response="partial", percent="40")]),
    ),
    "dose.per_kg": (
        weighed("70", 100), "likely", "2 mg/kg at 70 kg is 140 mg, not 100 mg, which would be right at 50 kg",
        weighed("52", 100),
    ),
    "dose.weight": (
        weighed("", 1000), "likely", "1000 mg at 2 mg/kg implies a weight of 500 kg", weighed("", 100),
    ),
    "interval.excludes": (
        trial([result("res", percent="55.0", ci_low=60, ci_high=80)]), "certain", "55.0 is not between 60 and 80",
        trial([result("res", percent="55.0", ci_low=34.2, ci_high=74.2)]),
    ),
    "interval.beyond": (
        trial([result("res", percent="5.0", ci_low=-4.6, ci_high=14.6)]), "likely", "from -4.6 to 14.6",
        trial([result("res", percent="5.0", ci_low=0.9, ci_high=23.6)]),
    ),
    "interval.width": (
        trial([result("res", percent="55.0", ci_low=54.0, ci_high=56.0)]), "check",
        "From 54 to 56 is ± 1 points; 20 patients give about ± 20",
        trial([result("res", percent="55.0", ci_low=34.2, ci_high=74.2)]),
    ),
    "interval.middle": (
        trial(comparisons=[versus(4.6, 1.9, 4.8)]), "check", "the interval from 1.9 to 4.8 is 3.02, not 4.6",
        trial(comparisons=[versus(3.0, 1.9, 4.8)]),
    ),
    "ratio.percent": (
        trial([result("res-a", percent="50.0"), result("res-b", "two", percent="25.0")], [versus(3.0, 1.9, 4.8)]),
        "likely", "50 % and 25 % give 2, not 3",
        trial([result("res-a", percent="50.0"), result("res-b", "two", percent="25.0")], [versus(2.0, 1.2, 3.3)]),
    ),
    "ratio.p": (
        trial(comparisons=[versus(1.3, 0.9, 1.9, p="<0.001")]), "likely", "An interval from 0.9 to 1.9 gives p",
        trial(comparisons=[versus(1.3, 0.9, 1.9, p="0.17")]),
    ),
    "p.outside": (
        trial(comparisons=[versus(3.0, 1.9, 4.8, p="1.7")]), "certain", "P cannot be 1.7",
        trial(comparisons=[versus(3.0, 1.9, 4.8, p="<0.001")]),
    ),
    "unit.value": (
        measured("12.9", "g/L"), "likely",
        "12.9 g/L lies beyond the wide limits set here (15 to 250); it would fit in g/dL",
        measured("12.9", "g/dL"),
    ),
    "unit.range": (
        measured("129", "g/L", ref_low=12, ref_high=15.5 - 1), "likely", "A limit of normal of 14.5 g/L",
        measured("129", "g/L", ref_low=120, ref_high=150),
    ),
    "order.contradiction": (
        made(events=[event("aa", "after:bb"), event("bb", "after:aa")]), "certain", "cannot all be true",
        made(events=[event("aa", "D1"), event("bb", "after:aa")]),
    ),
    "order.other": (
        disputing("D40", "D5"), "certain", "at day 20 at the earliest and at day 6 at the latest",
        disputing("D40", "D25"),
    ),
    "event.absent": (
        made(events=[event("gone", "D0", "relapse", label="relapse", presence="absent", end="D90"),
                     event("there", "D30", "relapse", label="relapse")]), "certain", "absent over a time",
        made(events=[event("gone", "D0", "relapse", label="relapse", presence="absent", end="D90"),
                     event("there", "D120", "relapse", label="relapse")]),
    ),
    "legend.only": (
        legend("Text, page 2", "Legend of Figure 1"), "check", "Rituximab is named in a legend alone",
        legend("Text, page 2", "Text, page 3; Legend of Figure 1"),
    ),
    "source.counts": (sources(4), "certain", "3 by a, 4 by b", sources(3)),
    "value.twice": (
        made(measurements=[value("aa", "31", "D3"), value("bb", "13", "D3")]), "check", "31 and 13",
        made(measurements=[value("aa", "31", "M3"), value("bb", "13", "M3"), value("cc", "31", "D3")]),
    ),
    "dose.twice": (
        made(therapies=[course("pred", "prednisone", "D0", "D9")],
             doses=[dose("aa", "pred", 40, "D3"), dose("bb", "pred", 30, "D3")]), "check", "40 and 30 mg/d",
        made(therapies=[course("pred", "prednisone", "D0", "D9")],
             doses=[dose("aa", "pred", 40, "D3"), dose("bb", "pred", 30, "D5")]),
    ),
    "response.stated": (
        stated("remission", "6000"), "likely", "remission", stated("remission", "200"),
    ),
    "transcribed": (
        made(discrepancies=[{"rows": ["patient"], "label": "Age", "used": "62 years", "other": "60 years"}]), "certain",
        "Age.",
        made(),
    ),
}  # fmt: skip


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


def rules_of(case) -> list[str]:
    return [finding.rule for finding in proofread(case).findings]


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

NODES = "id,kind,label,label_fr,drugs\na,cell,a,a,\nb,cell,b,b,\n"
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


# -------------------------------------------------------------------------------------------------- the documents

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


# ------------------------------------------------------------------------------------------------ printed numbers


def test_a_printed_number_can_have_been_what_rounds_to_it():
    assert [places(text) for text in ("51.2", "8", "0,05", "~30")] == [1, 0, 2, 0]
    assert rounded(51.2, 1).meets(Span(51.249, 51.249))
    assert not rounded(51.2, 1).meets(Span(51.26, 51.26))
    assert rounded(3.0, 1).gap(Span(3.15, 3.2)) == pytest.approx(0.1, abs=1e-6)


@pytest.mark.parametrize(
    ("percent", "n", "found"),
    [("51.4", 222, False), ("51.2", 221, True), ("8", 109, False), ("33", 3, False), ("34", 3, True), ("~34", 3, False),
     ("0", 7, False), ("100", 7, False), ("30-40", 7, False), ("<5", 7, False)],
)  # fmt: skip
def test_only_a_per_cent_that_nobody_can_have_is_doubted(percent, n, found):
    case = trial([result("res", percent=percent)], arms=[arm("one", n)])
    assert ("percent.whole" in rules_of(case)) is found


@pytest.mark.parametrize(
    ("analyte_", "written", "unit", "certainty"),
    [("uPCR", "0", "mg/g", None), ("uPCR", "0.5", "mg/g", "likely"), ("uPCR", "<0.3", "g/g", None),
     ("haemoglobin", "0", "g/L", "check"), ("SpO2", "102", "%", "check"), ("CRP", "12", "", None),
     ("temperature", "98.6", "°C", "check"), ("anti-PLA2R", "1000000", "RU/mL", None),
     ("platelets", "253", "/mm3", "likely"), ("creatinine", "1.2", "µmol/L", "likely"), ("pH", "7.4", "", None)],
)  # fmt: skip
def test_a_value_is_doubted_where_nobody_has_it(analyte_, written, unit, certainty):
    found = [one for one in proofread(measured(written, unit, analyte_)).findings if one.rule == "unit.value"]
    assert [one.certainty for one in found] == ([] if certainty is None else [certainty])


def test_the_limits_of_doubt_hold_the_thresholds_and_units_of_their_analytes():
    for entry in all_analytes():
        for limit in entry.thresholds:
            between = limits(entry.id, entry.ucum(limit.unit) or "")
            assert between is None or between[0] <= limit.value <= between[1], entry.id
    for key in table("plausible.toml"):
        entry = next(one for one in all_analytes() if one.id == key)
        units = [unit for unit in table("plausible.toml")[key] if unit not in ("zero", "")]
        assert [unit for unit in units if unit not in entry.units] == [], key


@pytest.mark.parametrize(
    ("p", "certainty"),
    [("<0.001", None), ("= 0.00001", None), ("0,04", "check"), ("0.20", "likely"), (">0.05", "likely"), ("NS", None),
     ("", None), ("p<0.05", None)],
)  # fmt: skip
def test_p_against_an_interval_that_is_clear(p, certainty):
    """3.0 [1.9-4.8] is p = 3e-6."""
    found = [one.certainty for one in proofread(trial(comparisons=[versus(3.0, 1.9, 4.8, p=p)])).findings]
    assert found == ([] if certainty is None else [certainty])


@pytest.mark.parametrize(
    ("measure", "estimate", "low", "high", "found"),
    [("odds_ratio", 3.0, 1.2, 7.5, False), ("odds_ratio", 2.0, 1.0, 4.0, True), ("risk_difference", 25.0, 5, 45, False),
     ("risk_difference", 0.25, 0.05, 0.45, False), ("risk_difference", 40.0, 20, 60, True),
     ("hazard_ratio", 9.0, 4.0, 20.25, False)],
)  # fmt: skip
def test_a_ratio_is_held_against_the_shares_by_its_own_measure(measure, estimate, low, high, found):
    rows = [result("res-a", percent="50.0"), result("res-b", "two", percent="25.0")]
    case = trial(rows, [versus(estimate, low, high, measure=measure)])
    assert (rules_of(case) == ["ratio.percent"]) is found
    assert found or rules_of(case) == []
