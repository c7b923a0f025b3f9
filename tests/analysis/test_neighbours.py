"""What else changed: everything that the case does not prove to be before or after."""

import pytest
from figure.build import course, dose, event, made, value
from hypothesis import HealthCheck, given, settings
from model.oracle import Course, Generator, Judge
from model.test_chronology_judged import as_frame, as_rows
from strategies import cases

from casecurves.analysis.neighbours import moments, neighbours, point
from casecurves.model.chronology import resolve


def beside(case, row_id):
    return {(found.of, found.row, found.edge): found.reason for found in neighbours(case, row_id)}


def test_a_known_order_separates_however_wide_both_intervals_are():
    case = made(
        events=[
            event("zero", "D0"),
            event("flare-a", "M1..M12"),
            event("flare-b", "M1..M12 & after:flare-a"),
            event("flare-c", "M1..M12"),
        ],
        day_zero="zero",
    )
    assert beside(case, "flare-a") == {("at", "flare-c", "at"): "overlap"}


def test_a_day_a_stretch_and_an_order_are_three_reasons():
    case = made(
        therapies=[course("drug-a", "prednisone", "D30", "ongoing"), course("drug-b", "rituximab", "after:zero", "")],
        doses=[dose("dose-a", "drug-a", 20, "D30")],
        measurements=[value("albumin-m1", "30", "M1"), value("albumin-m9", "30", "M9")],
        events=[event("zero", "D0"), event("flare-a", "D30"), event("calm", "D30", presence="absent")],
        day_zero="zero",
    )
    assert beside(case, "flare-a") == {
        ("at", "drug-a", "start"): "same_day",
        ("at", "drug-b", "start"): "order_unknown",
        ("at", "drug-b", "end"): "order_unknown",
        ("at", "dose-a", "at"): "same_day",
        ("at", "albumin-m1", "at"): "overlap",
    }


def test_a_disputed_row_is_taken_at_its_word():
    case = made(
        therapies=[course("drug-a", "prednisone", "D30", "D90", status="disputed")],
        events=[event("zero", "D0"), event("flare-a", "D30"), event("flare-b", "D60")],
        day_zero="zero",
    )
    assert beside(case, "flare-a") == {("at", "drug-a", "start"): "same_day"}
    assert beside(case, "drug-a") == {("start", "flare-a", "at"): "same_day"}


def test_two_disputed_rows_are_both_taken_at_their_word():
    case = made(
        events=[
            event("zero", "D0"),
            event("flare-a", "D30", status="disputed"),
            event("flare-b", "D30", status="disputed"),
            event("flare-c", "D31", status="disputed"),
        ],
        day_zero="zero",
    )
    assert beside(case, "flare-a") == {("at", "flare-b", "at"): "same_day"}


def test_a_group_has_no_course_and_an_unknown_row_is_an_error():
    case = made(therapies=[course("drug-a", "prednisone")], kind="group")
    assert neighbours(case, "drug-a") == ()
    with pytest.raises(KeyError):
        neighbours(case, "none")


def generated():
    generator = Generator(seed=5, slips=0.02)
    for _ in range(600):
        drawn = generator.course()
        disputed = [said for said in drawn.rows if not said.used]
        # Day zero is where it is, whoever disputes the row that it is.
        if len(disputed) <= 1 and drawn.day_zero not in [said.id for said in disputed]:
            yield drawn, disputed


def judged(drawn: Course, disputed) -> tuple[Judge, list[str]]:
    judge = Judge(drawn, claimed=disputed[0] if disputed else None)
    return judge, [name for said in drawn.rows for name in (said.id, f"{said.id}.end")]


def test_what_is_apart_agrees_with_the_judge():
    apart = together = 0
    for drawn, disputed in generated():
        judge, points = judged(drawn, disputed)
        chronology = resolve(as_rows(drawn), as_frame(drawn))
        if not judge.sound or chronology.contradictions:
            continue
        for a in points:
            for b in points:
                # A disputed row bounds no others: two that count are judged without it.
                if disputed and disputed[0].id not in (a.removesuffix(".end"), b.removesuffix(".end")):
                    continue
                expected = judge.strictly_before(a, b) or judge.strictly_before(b, a)
                assert chronology.apart(a, b) == expected, (a, b, drawn)
                assert chronology.gap(a, b) == (judge.earliest(b, a), judge.latest(b, a))
                apart, together = apart + expected, together + (not expected)
    assert min(apart, together) > 2000


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cases())
def test_to_be_beside_is_mutual_and_complete(case):
    changes = [row for row in case.rows() if getattr(row, "presence", "present") == "present"]
    found = {row.id: neighbours(case, row.id) for row in changes}
    pairs = {(near.of, row, near.edge, near.row) for row, nearby in found.items() for near in nearby}
    assert {(edge, other, of, row) for of, row, edge, other in pairs} == pairs
    every = [moment for row in changes for moment in moments(row)]
    for one, of in every:
        for other, edge in every:
            if one != other:
                a, b = point(one, of), point(other, edge)
                assert ((of, one, edge, other) in pairs) != case.chronology.apart(a, b)
    for row, nearby in found.items():
        for near in nearby:
            assert near.row != row
            assert near.least is None or near.least <= 0
            assert near.most is None or near.most >= 0
