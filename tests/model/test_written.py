"""Closed words are read as a French clinician writes them, and never as something else."""

from typing import get_args

import pytest
from badinput import swap, write

from casecurves.io import read_case
from casecurves.model.case import Sex
from casecurves.model.cells import choice
from casecurves.model.columns import EventKind, Route, Status
from casecurves.model.written import _WRITTEN, meant
from casecurves.words import say

CLOSED = {word for words in (EventKind, Route, Status, Sex) for word in get_args(words)}


@pytest.mark.parametrize(
    ("written", "word"),
    [("Poussée", "flare"), ("poussee", "flare"),
     ("IV", "intravenous"), ("i v", "i v"), ("sous-cutanée", "subcutaneous"),
     ("Dernières nouvelles", "last_follow_up"), ("effet indésirable", "adverse_event"), ("Femme", "female"),
     ("flair", "flair"), ("", ""), (3, 3)],
)  # fmt: skip
def test_a_word_is_meant(written, word):
    assert meant(written) == word


@pytest.mark.parametrize("kind", get_args(EventKind))
def test_every_kind_of_event_can_be_written_as_it_is_shown_in_french(kind):
    assert choice(get_args(EventKind), None)(say(f"event_kind.{kind}", "fr")) == kind


@pytest.mark.parametrize("route", [route for route in get_args(Route) if route])
def test_every_route_can_be_written_as_it_is_shown_in_french(route):
    assert choice(get_args(Route))(say(f"route.{route}", "fr")) == route


def test_no_form_means_two_words_and_none_hides_another():
    forms = [form for forms in _WRITTEN.values() for form in forms]
    assert len(forms) == len(set(forms))
    assert CLOSED.isdisjoint(forms)


def test_a_case_in_french_words_is_the_same_case(tmp_path):
    french = {
        "case.toml": swap('sex = "female"', 'sex = "femme"'),
        "events.csv": lambda text: text.replace(",flare,", ",poussée,").replace(
            "last_follow_up", "dernières nouvelles"
        ),
    }
    plain, _ = read_case(write(tmp_path / "en" / "same"))
    case, report = read_case(write(tmp_path / "fr" / "same", french))
    assert report.sound
    assert case.header.patient.sex == plain.header.patient.sex == "female"
    assert [row.kind for row in case.events] == [row.kind for row in plain.events]
