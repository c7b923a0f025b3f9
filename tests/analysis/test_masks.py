"""What a teacher hides besides the future: names of drugs, the diagnosis, how it ended."""

import re

import pytest
from figure.build import course, dose, event, made, value
from reveals import written

from casecurves import load
from casecurves.analysis.reveal import Blind, masked, reveal, steps, telling
from casecurves.figure.compile import compile as compile_case
from casecurves.figure.options import Options
from casecurves.knowledge.fold import fold


def test_drugs_can_be_told_without_their_names_and_colours():
    case = load("mn-dupilumab-1")
    told = steps(case)
    for lang, name in (("en", "drug A"), ("fr", "médicament A")):
        cut = reveal(case, told, len(told) - 1, blind=Blind(drugs=True), lang=lang)
        assert cut.therapies[0].drug == name
        text = fold(written(cut, lang))
        for hidden in ("dupilumab", "ciclosporin", "ciclosporine", "cyclophosphamide", "mycophenolate", " mpr "):
            assert hidden not in text
        assert {lane.drug_class for lane in compile_case(cut).lanes} == {"other"}


@pytest.mark.parametrize("case_id", ["mn-dupilumab-1-illustrative", "mn-dupilumab-2-illustrative"])
@pytest.mark.parametrize(("lang", "level"), [("en", "drug [AB] level"), ("fr", "taux de médicament [AB]")])
def test_the_level_of_a_drug_does_not_name_it(case_id, lang, level):
    case = load(case_id)
    told = steps(case)
    cut = reveal(case, told, len(told) - 1, blind=Blind(drugs=True), lang=lang)
    assert any(re.fullmatch(level, row.analyte) for row in cut.measurements)
    written = str(compile_case(cut, Options(lang=lang)).to_json()).lower()
    for name in ("ciclosporin", "tacrolimus"):
        assert name not in written


def test_names_of_drugs_are_hidden_in_words_as_well():
    case = load("mn-dupilumab-1-illustrative")
    told = steps(case)
    cut = reveal(case, told, len(told) - 2, blind=Blind(drugs=True))
    labels = [row.label for row in cut.events]
    assert any(re.fullmatch("drug [A-F] decided", label) for label in labels)
    assert not any("dupilumab" in label for label in labels)


def test_the_outcome_can_be_hidden_to_the_end():
    case = load("mn-dupilumab-1")
    told = steps(case)
    text = fold(written(reveal(case, told, len(told) - 1, blind=Blind(outcome=True))))
    assert "complete remission" not in text and "response lost" not in text
    assert "atopy flare" not in text.replace("flare of atopy", "")


def test_the_diagnosis_can_be_hidden_to_the_end():
    case = load("dm-mda5-ruxolitinib")
    told = steps(case)
    for number in (8, len(told) - 1):
        text = fold(written(reveal(case, told, number, blind=Blind(diagnosis=True))))
        assert "dermatomyositis" not in text and "mda5" not in text
        assert "skin flare" in text


@pytest.mark.parametrize(
    ("case_id", "blind", "lang", "said", "left"),
    [
        (
            "dm-mda5-ruxolitinib",
            Blind(outcome=True),
            "en",
            "Which organ will kill first? Was it a relapse? What would you add?",
            "Which organ will kill first? [hidden for now] What would you add?",
        ),
        ("igg4-dupilumab-1", Blind(outcome=True), "en", "At 12 months the fibrosis is gone on MRI.", ""),
        ("igg4-dupilumab-1", Blind(outcome=True), "fr", "La fibrose a disparu à l'IRM.", ""),
        (
            "igg4-dupilumab-1",
            Blind(outcome=True),
            "en",
            "The fibrosis was seen on MRI.",
            "The fibrosis was seen on MRI.",
        ),
        ("mn-dupilumab-2", Blind(diagnosis=True), "fr", "Il oriente vers une GEM primitive.", ""),
        ("mn-dupilumab-2", Blind(diagnosis=True), "fr", "Les anticorps baissent.", "Les anticorps baissent."),
        ("dm-mda5-ruxolitinib", Blind(drugs=True), "en", "Ruxolitinib is a JAK inhibitor.", "Drug D is a drug D."),
        ("dm-mda5-ruxolitinib", Blind(drugs=True), "fr", "Sous anti-JAK.", "Sous médicament D."),
        ("mn-dupilumab-1", Blind(drugs=True), "fr", "Réponse à la ciclosporine.", "Réponse au médicament A."),
        (
            "mn-dupilumab-1",
            Blind(drugs=True),
            "fr",
            "La ciclosporine était arrêtée, une baisse notée.",
            "Le médicament A était arrêté, une baisse notée.",
        ),
        (
            "mn-dupilumab-1",
            Blind(drugs=True),
            "fr",
            "Une corticothérapie orale envisagée.",
            "Un médicament B envisagé.",
        ),
        ("dm-mda5-ruxolitinib", Blind(drugs=True), "en", "an alkylating agent", "a drug C"),
        (
            "mn-dupilumab-1",
            Blind(outcome=True),
            "en",
            "Proteinuria escaped after 5 months. What next?",
            "[hidden for now] What next?",
        ),
        ("mn-dupilumab-1", Blind(outcome=True), "en", "Loss of response calls for a treatment.", ""),
        ("mn-dupilumab-1", Blind(outcome=True), "fr", "Une perte de réponse.", ""),
        (
            "mn-dupilumab-1",
            Blind(outcome=True),
            "en",
            "The initial response was good.",
            "The initial response was good.",
        ),
        ("dm-mda5-ruxolitinib", Blind(outcome=True), "en", "She did not escape.", ""),
        ("mn-dupilumab-1", Blind(drugs=True), "en", "Steroids are given.", "Drugs B are given."),
        (
            "mn-dupilumab-1",
            Blind(drugs=True),
            "fr",
            "Des stéroïdes associés au cyclophosphamide ont été donnés.",
            "Des médicaments B associés au médicament C ont été donnés.",
        ),
        ("mn-dupilumab-1", Blind(drugs=True), "fr", "À l’arrêt des corticoïdes.", "À l’arrêt des médicaments B."),
        (
            "mn-dupilumab-1",
            Blind(drugs=True),
            "fr",
            "La ciclosporine, ou une ciclosporine.",
            "Le médicament A, ou un médicament A.",
        ),
        (
            "mn-dupilumab-1",
            Blind(drugs=True),
            "fr",
            "L’inhibiteur de la calcineurine, effet d'inhibiteur de la calcineurine, de la ciclosporine.",
            "Le médicament A, effet de médicament A, du médicament A.",
        ),
        (
            "dm-mda5-ruxolitinib",
            Blind(drugs=True),
            "fr",
            "Les inhibiteurs de JAK et les agents alkylants.",
            "Les médicaments D et les médicaments C.",
        ),
        ("mn-dupilumab-2", Blind(drugs=True), "en", "Anti-CD20 antibodies.", "Drugs B."),
        ("mn-dupilumab-2", Blind(drugs=True), "fr", "Attendue avec un alkylant.", "Attendue avec un médicament C."),
        ("dm-mda5-ruxolitinib", Blind(drugs=True), "fr", "Avec corticodépendance.", "Avec dépendance au médicament A."),
        ("dm-mda5-ruxolitinib", Blind(drugs=True), "fr", "Cortico-dépendante.", "Dépendant du médicament A."),
        ("dm-mda5-ruxolitinib", Blind(drugs=True), "en", "It is steroid-resistant.", "It is resistant to drug A."),
        (
            "mn-dupilumab-2",
            Blind(drugs=True),
            "fr",
            "Échec des anticorps anti-CD20, puis d’un anti-CD20.",
            "Échec du médicament B, puis d’un médicament B.",
        ),
        ("mn-dupilumab-1", Blind(outcome=True), "fr", "La réponse est perdue.", ""),
        ("mn-dupilumab-1", Blind(outcome=True), "en", "Proteinuria recurs.", ""),
    ],
)
def test_of_a_text_only_the_sentences_are_hidden_that_give_something_away(case_id, blind, lang, said, left):
    case = load(case_id)
    told = telling(case)
    assert masked(case, told, len(told) - 1, blind, lang)(said) == left


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("La réponse au ruxolitinib a été jugée bonne.", "La réponse au médicament A a été jugée bonne."),
        ("La réponse à la ciclosporine a été jugée bonne.", "La réponse au médicament B a été jugée bonne."),
        ("La réponse sous la ciclosporine est notée.", "La réponse sous le médicament B est notée."),
        ("Dose de ruxolitinib augmentée.", "Dose de médicament A augmentée."),
        ("La dose de la ciclosporine augmentée, puis stable.", "La dose du médicament B augmentée, puis stable."),
        ("Ruxolitinib durée 3 mois.", "Médicament A durée 3 mois."),
        ("Le ruxolitinib, puis la ciclosporine a été arrêtée.", "Le médicament A, puis le médicament B a été arrêté."),
        ("Ciclosporine A arrêtée.", "Médicament B arrêté."),
        ("Ciclosporine arrêtée.", "Médicament B arrêté."),
        ("La baisse est nette et l’azathioprine est arrêtée.", "La baisse est nette et le médicament C est arrêté."),
    ],
)
def test_only_what_agreed_with_the_hidden_name_agrees_with_what_stands_for_it(said, left):
    drugs = ("ruxolitinib", "ciclosporin", "azathioprine")
    case = made(therapies=[course(drug, drug, f"D{n}") for n, drug in enumerate(drugs)])
    told = telling(case)
    assert masked(case, told, len(told) - 1, Blind(drugs=True), "fr")(said) == left


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_no_column_of_a_row_names_a_hidden_drug(lang):
    case = made(
        therapies=[
            course("ifx", "infliximab", "D0", "D90", dose=5, dose_unit="mg infliximab/kg", frequency="once infliximab")
        ],
        doses=[dose("more", "ifx", 10, "D30") | {"dose_unit": "mg infliximab/kg"}],
        measurements=[
            value("level", "5", "D10", "infliximab trough", assay="infliximab ELISA", assay_fr="ELISA infliximab"),
            value("word", "on infliximab", "D20", "CRP", unit="mg infliximab"),
        ],
        events=[event("rash", "D10", grade="1 (infliximab)", grade_fr="1 (infliximab)")],
    )
    told = telling(case)
    cut = reveal(case, told, len(told) - 1, blind=Blind(drugs=True), lang=lang)
    assert "infliximab" not in written(cut, lang).lower()
    name = "drug A" if lang == "en" else "médicament A"
    assert [row.assay for row in cut.measurements] == [f"{name} ELISA", ""]
    assert cut.measurements[1].value.category == f"on {name}"


def test_a_value_in_words_says_no_outcome_that_is_hidden():
    case = made(
        measurements=[value("pet", "relapse", "D10", "PET"), value("other", "positive", "D10", "ANA")],
        events=[event("back", "D10", "relapse", label="relapse")],
    )
    told = telling(case)
    cut = reveal(case, told, len(told) - 1, blind=Blind(outcome=True))
    assert [row.value.written for row in cut.measurements] == ["hidden for now", "positive"]
