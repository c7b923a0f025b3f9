"""A case as one object."""

import dataclasses

import pytest

from casecurves.model.case import Case, Header
from casecurves.model.schema import Event, Therapy
from casecurves.model.when import parse


def event(row_id: str, kind: str = "other", time: str = "", **more: str) -> Event:
    return Event.model_validate({"id": row_id, "kind": kind, "label": row_id, "time": time, "line": 2, **more})


def case(*events: Event, therapies: tuple[Therapy, ...] = ()) -> Case:
    return Case("a-case", Header.model_validate({"title": "x", "day_zero": "start"}), therapies, events=events)


def test_a_case_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        case().id = "other"


def test_a_death_that_did_not_happen_closes_nothing():
    found = case(
        event("start", time="D0"),
        event("no-death", "death", "D5", presence="absent"),
        event("after", time="D9"),
    )
    assert found.chronology.contradictions == ()
    dead = case(event("start", time="D0"), event("dead", "death", "D5"), event("after", time="D9"))
    assert len(dead.chronology.contradictions) == 1


def test_a_contradiction_names_the_column_as_the_file_does():
    therapy = Therapy.model_validate({"id": "drug-a", "drug": "x", "start": "after:late", "line": 7})
    found = case(event("start", time="D0"), event("late", time="after:drug-a"), therapies=(therapy,))
    sentences = found.chronology.contradictions[0].sentences()
    assert any("therapies.csv line 7: x (drug-a) — start is “after:late”" in sentence for sentence in sentences)


def test_an_age_bounds_birth():
    header = Header.model_validate({"title": "x", "day_zero": "start", "patient": {"age": 40, "age_at": "start"}})
    found = Case("a-case", header, events=(event("start", time="D0"),)).chronology.bounds("birth")
    assert found.earliest is not None
    assert -41 * 366 < found.earliest < -40 * 365


def test_the_date_of_day_zero_is_read():
    header = Header.model_validate({"title": "x", "day_zero_date": "2017-03"})
    assert header.day_zero_date == parse("2017-03")
