"""Drugs are recognised under the names that reports use."""

import re
from collections import Counter
from typing import get_args

import pytest

from casecurves.knowledge import DrugClass, all_drugs, drug
from casecurves.words import LANGS, say


def test_no_name_means_two_drugs():
    times = Counter(name for known in all_drugs() for name in known.names)
    assert [name for name, count in times.items() if count > 1] == []
    assert "" not in times


def test_there_are_enough_and_each_is_complete():
    assert len(all_drugs()) >= 60
    for known in all_drugs():
        assert known.en
        assert known.fr
        assert known.drug_class in get_args(DrugClass)
        assert known.glucocorticoid == (known.drug_class == "glucocorticoid")


def test_supportive_care_names_the_group_that_makes_it_so():
    for known in all_drugs():
        assert bool(re.fullmatch(r"[A-Z]\d\d[A-Z]{0,2}", known.atc)) == (known.drug_class == "supportive"), known.id


@pytest.mark.parametrize("lang", LANGS)
def test_every_class_has_a_name(lang):
    names = [say(f"drug_class.{name}", lang) for name in (*get_args(DrugClass), "unknown")]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Dupilumab", "dupilumab"),
        ("cyclosporine", "ciclosporin"),
        ("CICLOSPORINE", "ciclosporin"),
        ("CsA", "ciclosporin"),
        ("LD CsA", "ciclosporin"),
        ("MMF", "mycophenolate_mofetil"),
        ("mycophénolate molfetil", "mycophenolate_mofetil"),
        ("acide mycophénolique mofetil", "mycophenolate_mofetil"),
        ("CP", "cyclophosphamide"),
        ("corticoïdes", "glucocorticoid"),
        ("stéroïdes", "glucocorticoid"),
        ("corticothérapie", "glucocorticoid"),
        ("Methylprednisolone", "methylprednisolone"),
        ("méthylprednisolone", "methylprednisolone"),
        ("immunoglobulines polyvalentes", "intravenous_immunoglobulin"),
        ("gamma-globulin", "intravenous_immunoglobulin"),
        ("étoposide", "etoposide"),
        ("E\u0301toposide", "etoposide"),
        ("IL-21", "denenicokin"),
        (" rituximab ", "rituximab"),
    ],
)
def test_spellings_of_the_documents(written, key):
    found = drug(written)
    assert found is not None
    assert found.id == key


@pytest.mark.parametrize("written", ["", "NA", "MPR", "placebo", "-"])
def test_what_is_no_known_drug_is_none(written):
    assert drug(written) is None
