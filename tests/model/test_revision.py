"""The digest of a case: what its files say, and nothing else."""

import re
from dataclasses import replace

import pytest
from figure.build import SHIPPED

from casecurves.io import read_case, shipped_cases

CASE = SHIPPED["dm-mda5-ruxolitinib"]


def test_every_shipped_case_has_its_own():
    found = {case.revision for case in SHIPPED.values()}
    assert len(found) == len(SHIPPED)
    assert all(re.fullmatch(r"[0-9a-f]{10}", each) for each in found)


def test_it_is_the_same_whatever_the_folder_is_called():
    again, _ = read_case(shipped_cases() / CASE.id)
    assert again.revision == replace(CASE, id="smith-john", path=None).revision == CASE.revision


@pytest.mark.parametrize("part", ["therapies", "doses", "measurements", "events"])
def test_a_changed_cell_changes_it(part):
    first, *others = getattr(CASE, part)
    changed = first.model_copy(update={"note": first.note + "!"})
    assert replace(CASE, **{part: (changed, *others)}).revision != CASE.revision
    assert replace(CASE, **{part: tuple(others)}).revision != CASE.revision


def test_a_changed_head_changes_it():
    patient = CASE.header.patient.model_copy(update={"age": 63})
    assert replace(CASE, header=CASE.header.model_copy(update={"patient": patient})).revision != CASE.revision


def test_a_number_beyond_64_bits_is_digested_too():
    course = CASE.therapies[0]
    huge, huger = (replace(CASE, therapies=(course.model_copy(update={"doses": 10**n}),)) for n in (30, 31))
    assert huge.revision != huger.revision
