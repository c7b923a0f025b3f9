"""A threshold that is not all of what it is called says what else is asked: on its line, in the notes, beside it."""

from dataclasses import replace

import pytest
from figure.build import SHIPPED

from casecurves.figure.caption import caption
from casecurves.figure.compile import compile
from casecurves.figure.compile.limits import limit
from casecurves.figure.options import Options
from casecurves.knowledge import all_analytes
from casecurves.knowledge.besides import SIGNS, besides, fall
from casecurves.knowledge.rules import all_rules

CASE = SHIPPED["mn-dupilumab-1-illustrative"]
PARTIAL = {
    "en": ("partial remission ≤3500, fall >50 %", "uPCR, partial remission: fall >50 % from baseline"),
    "fr": (
        "rémission partielle ≤3500, baisse >50 %",
        "RPCU, rémission partielle : baisse >50 % par rapport à la valeur initiale",
    ),
}
NAMED = [(known.id, limit) for known in all_analytes() for limit in known.thresholds if limit.status]


def plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_partial_remission_names_the_fall_that_it_asks(lang):
    options = Options(lang=lang)
    spec = compile(CASE, options)
    line, note = PARTIAL[lang]
    found = next(limit for panel in spec.panels for limit in panel.thresholds if plain(limit.label) == line)
    assert note in plain(" ".join(spec.notes))
    assert note in plain(caption(spec))
    told = [plain(fact.text) for fact in limit(CASE, found.id, options).facts]
    assert any(note.split(", ", 1)[1] in text for text in told)


def test_what_is_asked_besides_is_that_of_the_rule():
    assert {name for name, _ in NAMED} == {"upcr", "proteinuria", "proteinuria_24h", "albumin"}
    for name, one in NAMED:
        rule, status = one.status.split(".")
        (declared,) = (each for each in all_rules()[rule].statuses if each.id == status)
        assert (one.en, one.fr) == (declared.en, declared.fr)
        limits = [each for criterion in declared.criteria for each in criterion.limits if each.analyte == name]
        assert (one.sign, one.value) in {(SIGNS[each.comparison], each.value) for each in limits}
        assert len(besides(one, name, "en")) == len(declared.criteria) - 1
        assert bool(fall(one, name, "en")) == (status == "partial")


def test_a_limit_that_is_all_asks_nothing_else():
    one = replace(NAMED[0][1], status="")
    assert besides(one, "upcr", "en") == () == besides(one, "upcr", "fr")
    assert fall(one, "upcr", "en") == ""
