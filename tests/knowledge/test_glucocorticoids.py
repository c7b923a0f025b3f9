"""A dose has an equivalent only where its agent is named, and each equivalence says where it stands."""

import pytest

from casecurves.knowledge import all_drugs
from casecurves.knowledge.glucocorticoids import equivalent, is_group, low_dose, pulse_dose


@pytest.mark.parametrize(
    ("agent", "dose", "prednisone"),
    [
        ("méthylprednisolone", 100, 125),
        ("Solu-Medrol", 1000, 1250),
        ("prednisone", 40, 40),
        ("Solupred", 20, 20),
        ("hydrocortisone", 20, 5),
        ("cortisone", 25, 5),
        ("triamcinolone", 4, 5),
        ("dexaméthasone", 6, 40),
        ("betamethasone", 0.75, 5),
        ("déflazacort", 6, 5),
    ],
)
def test_a_named_agent_is_worth_so_much_prednisone(agent, dose, prednisone):
    assert dose * equivalent(agent).factor == pytest.approx(prednisone)


@pytest.mark.parametrize("name", ["corticoïdes", "corticosteroids", "steroids", "corticothérapie", "GC"])
def test_a_group_has_no_equivalent(name):
    assert equivalent(name) is None
    assert is_group(name)


@pytest.mark.parametrize("name", ["budesonide", "rituximab", "something", ""])
def test_what_has_no_published_equivalence_has_none(name):
    assert equivalent(name) is None
    assert not is_group(name)


def test_every_equivalence_is_of_a_glucocorticoid_and_has_a_source():
    found = [equivalent(known.en) for known in all_drugs() if known.glucocorticoid]
    assert sum(one is not None for one in found) == 9
    assert all(one.source and one.mg > 0 for one in found if one)
    assert [known.en for known in all_drugs() if not known.glucocorticoid and equivalent(known.en)] == []
    assert [one.agent for one in found if one and not one.verified] == ["deflazacort"]


def test_the_limits_are_those_of_the_nomenclature():
    assert (low_dose().mg, pulse_dose().mg) == (7.5, 250)
    assert "10.1136/ard.61.8.718" in low_dose().source
    assert "10.1136/ard.61.8.718" in pulse_dose().source
