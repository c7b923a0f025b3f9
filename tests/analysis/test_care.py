"""The CARE checklist: what the data say, and no more."""

from dataclasses import replace

import pytest
from figure.build import SHIPPED

from casecurves.analysis.care import ITEMS, checklist
from casecurves.words import has

DM = SHIPPED["dm-mda5-ruxolitinib"]


def covers(case):
    return {found.item: found for found in checklist(case)}


@pytest.mark.parametrize("case_id", sorted(SHIPPED))
def test_every_item_is_told_once_and_names_rows_that_exist(case_id):
    case = SHIPPED[case_id]
    found = checklist(case)
    assert [item.item for item in found] == list(ITEMS)
    ids = {row.id for row in case.rows()}
    assert all(set(item.rows) | set(item.lacking) <= ids for item in found)
    assert all(has(f"care.item.{item}") for item in ITEMS)


def test_what_only_an_author_can_write_is_outside_whatever_the_data():
    outside = {"1", "2", "3", "4", "8b", "8d", "10c", "11", "12", "13"}
    for case in SHIPPED.values():
        assert {item.item for item in checklist(case) if item.cover == "outside"} == outside


def test_a_patient_with_a_full_course():
    found = covers(DM)
    assert found["5a"].cover == "covered"
    # Rows tell of no family, and not what else was considered.
    assert (found["5c"].cover, found["8c"].cover) == ("partly", "partly")
    assert found["9b"].cover == "partly"
    assert "ruxolitinib" in found["9b"].rows
    assert "etoposide" in found["9b"].lacking
    assert "ruxolitinib" in found["9c"].rows
    assert "death" in found["10a"].rows
    assert "pulmonary-embolism" in found["10d"].rows
    assert "ifn-control" in found["10b"].rows
    assert "ck" not in found["10b"].rows


def test_what_comes_soon_after_the_start_of_a_drug_follows_it():
    found = covers(SHIPPED["mn-dupilumab-1"])["10b"]
    assert found.cover == "covered"
    assert {SHIPPED["mn-dupilumab-1"].row(row).time.written for row in found.rows} >= {"soon:dupilumab"}


def test_what_is_not_there_is_missing():
    bare = replace(DM, therapies=(), doses=(), measurements=(), events=())
    found = covers(bare)
    assert {item for item, each in found.items() if each.cover == "covered"} == {"5a"}
    nobody = bare.header.patient.model_copy(update={"age": None, "history": ""})
    found = covers(replace(bare, header=bare.header.model_copy(update={"patient": nobody})))
    assert (found["5a"].cover, found["5c"].cover) == ("partly", "missing")


def test_a_reason_that_is_taken_away_is_missed():
    rows = tuple(row.model_copy(update={"reason_started": ""}) for row in DM.therapies)
    assert covers(replace(DM, therapies=rows))["9c"].cover == "missing"
