"""The legend has what is drawn and nothing else, no two samples alike; a caption spells out its abbreviations."""

import pytest
from figure.build import SHIPPED

from casecurves.figure.caption import caption
from casecurves.figure.compile import compile
from casecurves.figure.options import Options
from casecurves.figure.svg.pen import Pen
from casecurves.figure.svg.words import draw_icon
from casecurves.figure.theme import THEMES


def kinds(case_id):
    return {item.kind for item in compile(SHIPPED[case_id]).legend}


def test_what_only_words_dispute_has_no_struck_symbol():
    assert "disputed_words" in kinds("il21-cancer-trials")
    assert "disputed" not in kinds("il21-cancer-trials")
    assert "disputed" in kinds("mn-dupilumab-1-illustrative")


def test_the_box_of_a_direction_and_grey_points_are_explained():
    assert "trend_span" in kinds("mn-dupilumab-1")
    assert "trend_span" not in kinds("dm-mda5-ruxolitinib")
    assert "illustrative_value" in kinds("mn-dupilumab-1-illustrative")
    assert "illustrative_value" not in kinds("mn-dupilumab-1")


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_no_legend_sends_a_reader_to_notes_that_may_stand_elsewhere(lang):
    for case in SHIPPED.values():
        for item in compile(case, Options(lang=lang)).legend:
            assert "notes" not in item.label


@pytest.mark.parametrize(
    ("case_id", "lang", "told"),
    [
        ("mn-dupilumab-1", "fr", ["GEM, glomérulonéphrite extra-membraneuse", "MPR, stéroïdes + cyclophosphamide"]),
        ("mn-dupilumab-1", "en", ["MPR, steroids + cyclophosphamide"]),
        ("igg4-dupilumab-1", "fr", ["IRM, imagerie par résonance magnétique"]),
        ("dm-mda5-ruxolitinib", "en", ["RR, respiratory rate"]),
        ("vitiligo-ruxolitinib-trials", "fr", ["F-VASI, indice VASI", "RR, risque relatif", "IC, intervalle"]),
        ("vitiligo-ruxolitinib-trials", "en", ["F-VASI, facial", "RR, relative risk", "CI, confidence interval"]),
    ],
)
def test_a_caption_spells_out_its_abbreviations(case_id, lang, told):
    text = caption(compile(SHIPPED[case_id], Options(lang=lang))).replace("\u00a0", " ")
    assert [said for said in told if said not in text] == []
    # One abbreviation, one meaning.
    assert ("relative risk" in text or "risque relatif" in text) == case_id.startswith("vitiligo")


def test_possibly_on_and_end_not_known_look_different():
    drawn = []
    for kind in ("possible", "unknown_end"):
        pen = Pen(THEMES["light"])
        draw_icon(pen, kind, 0.0, 0.0)
        drawn.append(pen.document(10, 10, "", ""))
    assert drawn[0] != drawn[1]
