"""What a reader may arrange: the order of the lanes, and what was looked for and not found."""

import pytest
from figure.build import SHIPPED, course, event, made

from casecurves.figure.compile import compile
from casecurves.figure.options import Options

DRUGS = made(
    therapies=[
        course("ritux", "rituximab", "D10", "D20"),
        course("eto", "étoposide", "D0", "D5"),
        course("aza", "azathioprine", "D10", "D30"),
        course("pred", "prednisone", "D30", "D40"),
        course("ram", "ramipril", "D2", "D3"),
    ],
    events=[event("last", "D90", "last_follow_up")],
)


def names(case, **options):
    return [lane.drug for lane in compile(case, Options(**options)).lanes]


def test_lanes_stand_in_the_order_of_their_start_and_ties_in_that_of_the_table():
    assert names(DRUGS) == ["etoposide", "ramipril", "rituximab", "azathioprine", "prednisone"]


def test_lanes_by_name_do_not_count_accents_or_capitals():
    assert names(DRUGS, order="name", lang="fr")[:2] == ["azathioprine", "étoposide"]
    case = made(therapies=[course("aa", "Zeta", "D0"), course("bb", "éclair", "D1"), course("cc", "eau", "D2")])
    assert names(case, order="name") == ["eau", "éclair", "Zeta"]


def test_lanes_by_class_keep_a_class_together_in_the_same_order_for_every_patient():
    lanes = compile(DRUGS, Options(order="class")).lanes
    classes = [lane.drug_class for lane in lanes]
    assert classes == ["glucocorticoid", "antimetabolite", "anti_cd20", "chemotherapy", "supportive"]


@pytest.mark.parametrize("order", ["start", "class", "name"])
@pytest.mark.parametrize("case_id", SHIPPED)
def test_an_order_changes_no_row_and_keeps_regimens_together(case_id, order):
    usual, spec = compile(SHIPPED[case_id]), compile(SHIPPED[case_id], Options(order=order))
    assert sorted(map(str, usual.lanes)) == sorted(map(str, spec.lanes))
    regimens = [lane.regimen for lane in spec.lanes if lane.regimen]
    for name in set(regimens):
        places = [index for index, lane in enumerate(spec.lanes) if lane.regimen == name]
        assert places == list(range(places[0], places[0] + len(places)))


ABSENT = made(
    therapies=[course("aa", "dupilumab", "D0", "ongoing")],
    events=[
        event("embolism", "D9", "complication", presence="absent"),
        event("relapse", "D10", "relapse", end="D40", presence="absent"),
        event("flare", "D20"),
        event("last", "D90", "last_follow_up"),
    ],
)


def test_what_was_looked_for_and_not_found_is_shown():
    spec = compile(ABSENT)
    assert {"embolism", "relapse"} <= spec.drawn()
    assert spec.not_drawn == ()


@pytest.mark.parametrize(("lang", "told"), [("en", "no embolism; no relapse"), ("fr", "absence : embolism")])
def test_hidden_it_is_counted_and_named_in_the_notes(lang, told):
    spec = compile(ABSENT, Options(absent=False, lang=lang))
    assert {"embolism", "relapse"}.isdisjoint(spec.drawn())
    assert [item.row for item in spec.not_drawn] == ["embolism", "relapse"]
    (note,) = [note for note in spec.notes if told in note]
    assert "2" in note
    assert "absence" not in {item.kind for item in spec.legend}
    assert "flare" in spec.drawn()
