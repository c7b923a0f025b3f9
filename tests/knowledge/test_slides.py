"""The tables of the slides: each line of the deck that says something is in a row or a sentence, with its slide."""

import pytest

from casecurves.knowledge import all_documents
from casecurves.knowledge.slides import SLIDE_TABLES, slide_statements, slide_table
from casecurves.words import LANGS

# Typed from the deck, slide by slide: what each says, in words that a row or a sentence of that slide must hold.
SAID = {
    "Différentes approches (première)": [
        "réponse immunitaire globale", "nombre", "activité", "IL-2", "rein", "interféron alfa-2b", "leucémies",
        "myélome", "mélanome",
    ],
    "Différentes approches (seconde)": [
        "protéines", "cellules cancéreuses", "autour", "freine", "croissance", "récepteurs", "inhibent", "20 ans",
        "CD20", "rituximab", "1997", "lymphomes", "indolents", "agressifs", "LLC", "HER2", "trastuzumab", "Herceptin",
        "15 à 20 %", "sein", "EGFR", "cétuximab", "Erbitux", "ORL", "colorectal", "VEGF", "bévacizumab", "Avastin",
        "ovaire", "CBNPC", "glioblastome",
    ],
    "Les immunomodulateurs": [
        "inhibition du système immunitaire", "tumeur", "points de contrôle", "lymphocytes T", "CTLA-4", "PD-1", "PD-L1",
        "début des années 2010", "ipilimumab", "mélanome métastatique", "2014", "nivolumab", "pembrolizumab",
        "cancers du poumon", "atézolizumab", "triple négatif",
    ],
    "Indications thérapeutiques (seconde)": [
        "monothérapie", "bithérapie", "thérapies ciblées", "chimiothérapie", "radiothérapie", "Prudence", "augmentent",
    ],
    "Effets secondaires des inhibiteurs de points de contrôle": [
        "perfusion", "rougeur", "frissons", "hypotension", "effets immuns", "tous les organes",
    ],
    "Autres effets secondaires": ["rein", "sang", "cœur", "système nerveux", "< 1 %", "rarissime"],
    "Prise en charge": [
        "organe", "gravité", "hydratation", "topiques", "oraux", "lopéramide", "corticothérapie", "poumon",
        "hypothyroïdie", "lévothyroxine", "Lévothyrox", "réunion de concertation",
    ],
}  # fmt: skip


def told(lang):
    """Return each row and sentence with the slide that it names."""
    rows = [(row["locator"], " ".join(row.values())) for name in SLIDE_TABLES for row in slide_table(name, lang)]
    said = [(one["locator"], one["text"]) for name in SLIDE_TABLES for one in slide_statements(name, lang)]
    return [*rows, *said]


@pytest.mark.parametrize("slide", SAID)
def test_all_that_a_slide_says_stands_in_its_tables_under_its_own_name(slide):
    words = " ".join(text for locator, text in told("fr") if locator.startswith(slide)).casefold()
    assert [part for part in SAID[slide] if part.casefold() not in words] == []


@pytest.mark.parametrize("lang", LANGS)
def test_every_row_and_sentence_names_a_slide_that_is_in_the_catalogue(lang):
    document = next(one for one in all_documents() if one.id == "immunotherapy")
    labels = " ".join(figure.label[lang] for figure in document.figures)
    assert [where for where, _ in told(lang) if where.split(" (")[0] not in labels] == []
