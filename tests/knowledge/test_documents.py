"""The catalogue of the documents' figures: complete by their own numbering, and never more than it can show."""

import json

import pytest
from figure.build import SHIPPED

from casecurves.io import figures_to_json, to_json
from casecurves.knowledge import all_documents
from casecurves.knowledge.documents import FIDELITIES

FIGURES = [figure for document in all_documents() for figure in document.figures]


def test_every_numbered_figure_and_table_is_listed():
    numbered = {
        "dupilumab": ["Figure 1", "Figure 2", "Figure 3 (A, B)"],
        "dermatomyositis": ["Figure 1 (a–d)"],
        "il21": ["Table I", "Figure 1"],
        "vitiligo": ["Figure 1", "Figure 2", "Figure 3", "Figure 4"],
    }
    # What is not numbered, and is set apart all the same.
    besides = {"vitiligo": ["Box “Key points”"]}
    for document in all_documents():
        labels = [figure.label["en"] for figure in document.figures]
        if document.id in numbered:
            assert sorted(labels) == sorted([*numbered[document.id], *besides.get(document.id, [])])
    assert {document.id for document in all_documents()} == {*numbered, "immunotherapy"}
    slides = next(document for document in all_documents() if document.id == "immunotherapy")
    assert all(figure.kind == "slide" for figure in slides.figures)
    # Typed from the deck: each heading in its order, and one slide without.
    headings = [
        "Comprendre l'immunothérapie", "Différentes approches", "Différentes approches", "Les immunomodulateurs",
        "Les immunomodulateurs", "sans texte", "Indications thérapeutiques", "Indications thérapeutiques",
        "Effets secondaires des inhibiteurs", "Autres effets secondaires", "Prise en charge", "Prise en charge",
    ]  # fmt: skip
    labels = [figure.label["fr"] for figure in slides.figures]
    assert [heading in label for heading, label in zip(headings, labels, strict=True)] == [True] * len(headings)


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.id)
def test_each_is_told_in_both_languages_and_says_how_far_it_goes(figure):
    for texts in (figure.label, figure.shows, figure.gives, figure.reason):
        assert all(texts[lang] for lang in ("en", "fr"))
    assert figure.fidelity in FIDELITIES
    if figure.fidelity != "missing":
        assert figure.view
    if figure.view.startswith("/case/"):
        assert figure.view.removeprefix("/case/") in SHIPPED


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.id)
def test_what_is_not_reproduced_says_what_would_be_needed_and_nothing_else_does(figure):
    lacking = figure.fidelity in {"missing", "events", "direction"}
    assert figure.needs.keys() == ({"en", "fr"} if lacking else set())
    assert all(figure.needs.values())
    # The one place where it is said.
    assert "needed" not in figure.reason["en"]
    for lang in figure.needs:
        told = next(one for one in figures_to_json(lang) if one["id"] == figure.id)
        assert told["needs"] == figure.needs[lang]


def test_ids_are_unique_and_the_json_has_the_fields_that_programs_read():
    found = figures_to_json("fr")
    assert len({one["id"] for one in found}) == len(found) == len(FIGURES)
    assert all(
        {"id", "document", "label", "kind", "fidelity", "reason", "needs", "view"} <= one.keys() for one in found
    )
    assert json.loads(json.dumps(found)) == found


def test_a_figure_of_directions_shows_no_number_and_an_exact_one_all_of_them():
    for figure in FIGURES:
        case = SHIPPED.get(figure.view.removeprefix("/case/"))
        if case is None:
            continue
        kinds = {row.value.kind for row in case.measurements}
        if figure.fidelity == "direction":
            assert kinds <= {"trend", "category"}
        if figure.fidelity == "exact":
            shown = json.dumps(to_json(case))
            assert all(str(row.n) in shown for row in case.arms if row.n)
