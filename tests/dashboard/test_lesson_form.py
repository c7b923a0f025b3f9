"""What a form says of a lesson: the same as the file, whatever is sent, and lists that are changed entry by entry."""

from hypothesis import given
from hypothesis import strategies as st

from casecurves.io.keys import load
from casecurves.model.teaching import FILE, MOST_CHOICES, MOST_STOPS
from casecurves_dashboard.lesson_form import changed, from_form, holds, to_text

STOPS = {"stops": [{"id": "a"}, {"id": "b", "options": [{"text": "x"}, {"text": "y"}]}, {"id": "c"}]}
NAMES = st.from_regex(
    r"(stops|known|sequence|x)(\.(\d{1,3}|options|text|right|id|question|hidden|drugs|))*", fullmatch=True
)


def ids(data):
    return [stop["id"] for stop in data["stops"]]


@given(st.lists(st.tuples(NAMES, st.text(max_size=20)), max_size=12))
def test_whatever_is_sent_becomes_a_text_that_can_be_read_and_shown_again(fields):
    data = from_form(fields)
    again, issues = load(to_text(data), FILE)
    assert issues == [] and holds(again)


def test_entries_come_in_the_order_of_their_numbers_whatever_these_are():
    fields = [("stops.10.id", "c"), ("stops.9.id", "b"), ("stops.x.id", "?"), ("stops.1.id", "a"), ("other.1", "?")]
    assert from_form(fields) == {"stops": [{"id": "a"}, {"id": "b"}, {"id": "c"}]}


def test_what_is_hidden_and_right_is_what_is_ticked():
    fields = [("stops.1.options.1.right", "on"), ("stops.1.hidden.outcome", "on"), ("stops.1.hidden.all", "on")]
    assert from_form(fields) == {"stops": [{"options": [{"right": True}], "hidden": ["outcome"]}]}


def test_entries_are_added_taken_out_and_moved():
    assert ids(changed(STOPS, "up:stops.3")[0]) == ["a", "c", "b"]
    assert changed(STOPS, "down:stops.1")[1] == "stops.2"
    assert ids(changed(STOPS, "drop:stops.3")[0]) == ["a", "b"]
    assert changed(STOPS, "drop:stops.3")[1] == "stops.2"
    data, near = changed(STOPS, "add:stops.2.options")
    assert data["stops"][1]["options"] == [{"text": "x"}, {"text": "y"}, {}] and near == "stops.2.options.3"
    data, near = changed(STOPS, "drop:stops.2.options.1")
    assert data["stops"][1]["options"] == [{"text": "y"}]
    assert changed(changed({}, "add:known")[0], "drop:known.1") == ({"known": []}, "known")
    assert ids(STOPS) == ["a", "b", "c"]  # what was given is left alone


def test_a_new_question_has_a_name_that_none_has():
    data = {"stops": [{"id": "question-1"}, {"id": "question-3"}]}
    for _ in range(3):
        data, _ = changed(data, "add:stops")
    assert len(set(ids(data))) == 5


def test_what_means_nothing_changes_nothing():
    does = "|up:stops.1|down:stops.3|drop:stops.9|drop:stops.0|drop:stops.²|add:stops.9.options|add:stops.1.id|add:|up:"
    for each in f"{does}|x:stops.2|drop:stops.1.options.1|drop:known.1".split("|"):
        assert changed(STOPS, each)[0] == STOPS, each


def test_a_list_has_as_many_entries_as_may_be_read():
    data = {"stops": [{"id": str(n), "options": [{}] * MOST_CHOICES} for n in range(MOST_STOPS)]}
    assert changed(data, "add:stops")[0] == data and changed(data, "add:stops.1.options")[0] == data
