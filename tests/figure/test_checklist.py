"""What a nephrologist asks of a course, answered from the exported picture alone: its words and where they stand.

Questions and answers were written from the published texts, not from the cases.
"""

import pytest
from figure.pictured import ordered, pictured

DM, MN1, MN2, IGG4 = "dm-mda5-ruxolitinib", "mn-dupilumab-1", "mn-dupilumab-2", "igg4-dupilumab-1"
COMPANIONS = ("mn-dupilumab-1-illustrative", "mn-dupilumab-2-illustrative")
EVENTS = ("events", "événements")

# Case, question, the lane or panel where one looks, what is to be read there; in English and in French.
ASKED = [
    (MN1, "first drug, and is its end known", ("ciclosporin", "ciclosporine"), ("?", "?")),
    (MN1, "with what were steroids given", ("glucocorticoid", "corticoïde"), ("MPR", "MPR")),
    (MN1, "what else is of that regimen", ("cyclophosphamide",) * 2, ("MPR", "MPR")),
    (MN1, "dose of dupilumab", ("dupilumab",) * 2, ("300 mg", "300 mg")),
    (MN1, "is that schedule the usual one", ("dupilumab",) * 2, ("schedule doubtful", "rythme douteux")),
    (MN1, "which drug has no place", ("place in", "place dans"), ("mycophenolate", "mycophénolate")),
    (MN1, "how long did the first response last", EVENTS, ("(4–5 months)", "échappement (4")),
    (MN1, "what led to dupilumab", EVENTS, ("flare of atopy", "exacerbation de l'atopie")),
    (MN1, "what was reached", EVENTS, ("complete remission", "rémission complète")),
    (MN1, "antibody after steroids and cyclophosphamide", ("anti-PLA2R",) * 2, ("falls, then rises", "diminue puis")),
    (MN1, "antibody on dupilumab", ("anti-PLA2R",) * 2, ("falls, rapidly", "diminue, rapidement")),
    (MN1, "proteinuria on dupilumab", ("uPCR", "RPCU"), ("falls, rapidly", "diminue, rapidement")),
    (MN1, "albumin on dupilumab", ("albumin", "albumine"), ("rises, rapidly", "augmente, rapidement")),
    (MN1, "is any value of albumin stated", ("albumin", "albumine"), ("no value stated", "aucune valeur")),
    (MN2, "is the end of tacrolimus known", ("tacrolimus",) * 2, ("?", "?")),
    (MN2, "how do we know when rituximab was given", ("rituximab",) * 2, ("*", "*")),
    (MN2, "year of the nephrotic syndrome", EVENTS, ("nephrotic syndrome (2017)", "syndrome néphrotique (2017)")),
    (MN2, "why cyclophosphamide was stopped", EVENTS, ("neutropenia", "neutropénie")),
    (MN2, "atopy before dupilumab", EVENTS, ("atopy worsens", "aggravation de l'atopie")),
    (MN2, "what was reached", EVENTS, ("complete remission", "rémission complète")),
    (MN2, "antibody on dupilumab", ("anti-PLA2R",) * 2, ("falls", "diminue")),
    (MN2, "proteinuria on dupilumab", ("uPCR", "RPCU"), ("falls", "diminue")),
    (MN2, "albumin on dupilumab", ("albumin", "albumine"), ("becomes normal", "se normalise")),
    (IGG4, "on what the diagnosis rests", EVENTS, ("prostate biopsy", "biopsie prostatique")),
    (IGG4, "what was considered instead", EVENTS, ("oral steroids considered", "corticothérapie envisagée")),
    (IGG4, "why dupilumab", EVENTS, ("(50 % of body surface)", "dermatose atopique (50 % de la surface")),
    (IGG4, "the fibrosis at the control", EVENTS, ("fibrosis gone on MRI", "fibrose disparue à l'IRM")),
    (
        DM,
        "first dose of glucocorticoid",
        ("glucocorticoid", "corticoïde"),
        ("100 mg/d (2 mg/kg)", "100 mg/j (2 mg/kg)"),
    ),
    (DM, "dose at the flare", ("glucocorticoid", "corticoïde"), ("30 mg/d", "30 mg/j")),
    (DM, "dose at nine months", ("glucocorticoid", "corticoïde"), ("4 mg/d", "4 mg/j")),
    (DM, "immunoglobulins, how often", ("intravenous", "immunoglobulines"), ("every month", "chaque mois")),
    (DM, "how many pulses", ("cyclophosphamide",) * 2, ("6 × 700 mg/m²", "6 × 700 mg/m²")),
    (DM, "are their days known", ("cyclophosphamide",) * 2, ("days not given", "jours non précisés")),
    (DM, "dose of ruxolitinib", ("ruxolitinib",) * 2, ("15 mg twice daily", "15 mg matin et soir")),
    (DM, "interferon score at first", ("IFN score", "score IFN"), ("19", "19")),
    (DM, "interferon score at nine months", ("IFN score", "score IFN"), ("0.9", "0,9")),
    (DM, "normal interferon score", ("IFN score", "score IFN"), ("normal <2.3", "normale <2,3")),
    (DM, "antibody, by a number or not", ("anti-MDA5",) * 2, ("positive", "positif")),
    (DM, "is the end of etoposide known", ("etoposide", "étoposide"), ("?", "?")),
    (DM, "what the flare was", EVENTS, ("skin flare", "poussée cutanée")),
    (DM, "what the tumour was", EVENTS, ("small-cell lung cancer", "cancer à petites cellules")),
    (DM, "how it ended", EVENTS, ("death", "décès")),
]
# Case, question, what is to be read anywhere on the page.
READABLE = [
    (MN1, "who", ("man, 53", "homme, 53 ans")),
    (MN1, "atopy", ("asthma; atopic dermatitis; allergic rhinitis; food allergy", "asthme")),
    (MN1, "the schedule as printed", ("Dupilumab 2 × a week as printed", "Dupilumab 2 × par semaine, imprimé")),
    (MN1, "a drug of the legend alone", ("Mycophenolate: in the legend only", "Mycophénolate : légende seule")),
    (MN1, "first response", ("initial response", "réponse initiale")),
    (MN1, "atopy on dupilumab", ("rapidly after dupilumab: atopy improves", "amélioration de l'atopie")),
    (MN1, "was it tolerated", ("no intolerance to dupilumab", "absence d'intolérance au dupilumab")),
    (MN2, "who", ("woman, 21", "femme, 21 ans")),
    (MN2, "other diseases", ("coeliac disease; Hashimoto's", "maladie cœliaque")),
    (MN2, "did it come back", ("no relapse", "absence de rechute")),
    (MN2, "anything beside dupilumab", ("no other treatment", "absence d'autre traitement")),
    (MN2, "atopy at four years", ("atopy fully controlled", "atopie parfaitement maîtrisée")),
    (IGG4, "who", ("man, 67", "homme, 67 ans")),
    (IGG4, "serum IgG4", ("before dupilumab: IgG4 elevated", "avant dupilumab : IgG4 élevé")),
    (IGG4, "anything beside dupilumab", ("no other treatment", "absence d'autre traitement")),
    (IGG4, "symptoms at a year", ("M12: symptoms", "M12 : symptômes")),
    (DM, "who", ("woman, 62", "femme, 62 ans")),
    (DM, "muscle enzyme", ("CK 3000 U/L [29–168]", "CK 3000 U/L [29–168]")),
    (DM, "haemoglobin", ("Hb 129 g/L [121–150]", "129 g/L [121–150]")),
    (DM, "smoking", ("40 pack-years", "40 paquets-années")),
    (DM, "unit of the dose of steroids", ("mg/d, as stated", "mg/j, telle qu'indiquée")),
    (DM, "asbestos", ("asbestos exposure", "exposition à l'amiante")),
]
# Case, names that stand one under the other, as the drugs were begun.
IN_ORDER = [
    (MN1, ["ciclosporin", "glucocorticoid", "cyclophosphamide", "dupilumab", "place in time unknown", "events"]),
    (MN2, ["tacrolimus", "rituximab", "cyclophosphamide", "mycophenolate mofetil", "dupilumab", "events"]),
    (DM, ["glucocorticoid", "intravenous", "cyclophosphamide", "ruxolitinib", "etoposide", "events"]),
    (DM, ["glucocorticoid dose", "anti-MDA5", "IFN score"]),
]
# Case, drug, a moment, whether it is proven that the drug was on.
PROVEN = [
    (MN1, "dupilumab", "M12", True),
    (MN1, "ciclosporin", "M12", False),
    (MN1, "glucocorticoid", "M4", False),
    (MN2, "dupilumab", "M36", True),
    (MN2, "mycophenolate", "M6", False),
    (IGG4, "dupilumab", "M6", True),
    (DM, "ruxolitinib", "M8", True),
    (DM, "ruxolitinib", "M2", False),
    (DM, "etoposide", "M10", False),
]


def typed(text):
    """Return a text as the questions are typed: with the spaces and apostrophes of a keyboard."""
    return text.replace("\u00a0", " ").replace("’", "'")


@pytest.mark.parametrize("lang", [0, 1], ids=["en", "fr"])
@pytest.mark.parametrize(("case_id", "question", "where", "answer"), ASKED, ids=lambda part: str(part)[:40])
def test_the_picture_answers(case_id, question, where, answer, lang):
    assert answer[lang] in typed(pictured(case_id, ("en", "fr")[lang]).text(where[lang])), question


@pytest.mark.parametrize("lang", [0, 1], ids=["en", "fr"])
@pytest.mark.parametrize(("case_id", "question", "answer"), READABLE, ids=lambda part: str(part)[:40])
def test_the_page_tells(case_id, question, answer, lang):
    assert answer[lang] in typed(pictured(case_id, ("en", "fr")[lang]).all()), question


@pytest.mark.parametrize(("case_id", "names"), IN_ORDER)
def test_names_stand_in_order(case_id, names):
    assert ordered([pictured(case_id, "en").lane(name)[0] for name in names])


def test_what_came_before_dupilumab_stands_left_of_it_in_the_order_told():
    first, second = pictured(MN1, "en"), pictured(MN2, "en")
    before = [first.solid(name)[0][0] for name in ("ciclosporin", "glucocorticoid", "dupilumab")]
    assert ordered(before)
    assert first.solid("glucocorticoid") == first.solid("cyclophosphamide"), "given together"
    drugs = ("tacrolimus", "rituximab", "cyclophosphamide", "mycophenolate", "dupilumab")
    assert ordered([second.solid(name)[0][0] for name in drugs])


@pytest.mark.parametrize(("case_id", "drug", "when", "proven"), PROVEN)
def test_full_is_what_is_proven(case_id, drug, when, proven):
    picture = pictured(case_id, "en")
    at = picture.tick(when)
    assert any(start < at < end for start, end in picture.solid(drug)) == proven


def test_directions_stand_where_they_were_seen():
    for case_id in (MN1, MN2):
        picture = pictured(case_id, "en")
        zero = picture.tick("0")
        for name in ("anti-PLA2R", "uPCR"):
            placed = {word.text.split(",")[0]: word.x0 for word in picture.words(name) if word.text.startswith("falls")}
            assert placed["falls"] > zero
            assert ("falls, then rises" in picture.text(name)) == (case_id == MN1)
    transient = next(word for word in pictured(MN1, "en").words("uPCR") if word.text == "falls, then rises")
    assert transient.x1 < pictured(MN1, "en").tick("0")


@pytest.mark.parametrize(("lang", "told"), [("en", "ILLUSTRATIVE"), ("fr", "ILLUSTRATION")])
@pytest.mark.parametrize("case_id", COMPANIONS)
def test_a_companion_says_that_it_is_none_and_goes_the_way_the_text_tells(case_id, lang, told):
    picture = pictured(case_id, lang)
    assert told in picture.all()
    zero = picture.tick("0")
    for name, falls in ((("uPCR", "RPCU"), True), (("anti-PLA2R",) * 2, True), (("albumin", "albumine"), False)):
        values = picture.numbers(name[lang == "fr"])
        before = [value for x, value in values if x < zero]
        assert 0 < len(before) < len(values) - 3
        assert (values[-1][1] < before[-1]) == falls
