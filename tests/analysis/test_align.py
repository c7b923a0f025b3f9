"""Several patients counted from one moment each: nobody is lost, and every day is read anew from the network."""

from dataclasses import replace

import pytest
from figure.build import SHIPPED, course, event, made, value
from figure.cohort import cohort
from hypothesis import HealthCheck, given, settings
from strategies import cases

from casecurves.analysis.align import align, anchors
from casecurves.analysis.ranking import ranked
from casecurves.model.chronology import resolve

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


def named(case, name):
    return replace(case, id=name)


def test_the_patients_on_dupilumab_are_counted_from_it_and_all_others_are_told_why():
    found = align(SHIPPED.values(), "dupilumab")
    assert {one.case.id: one.row for one in found.aligned} == dict.fromkeys(
        (
            "igg4-dupilumab-1", "mn-dupilumab-1", "mn-dupilumab-1-illustrative", "mn-dupilumab-2",
            "mn-dupilumab-2-illustrative",
        ),
        "dupilumab",
    )  # fmt: skip
    reasons = {one.case.id: one.reason for one in found.unaligned}
    assert reasons.pop("dm-mda5-ruxolitinib") == "lacking"
    assert set(reasons.values()) == {"no_course"}
    assert {SHIPPED[case_id].header.kind for case_id in reasons} == {"group", "trial"}


@pytest.mark.parametrize("anchor", ["dupilumab", "Dupixent", "remission", "complete remission", "rémission complète"])
def test_a_moment_is_found_by_drug_kind_or_label(anchor):
    rows = {one.case.id: one.row for one in align([SHIPPED["mn-dupilumab-2"]], anchor).aligned}
    expected = "dupilumab" if anchor.startswith("Dupi") or anchor == "dupilumab" else "complete-remission"
    assert rows == {"mn-dupilumab-2": expected}


def test_what_was_looked_for_and_not_found_is_no_moment():
    (left,) = align([SHIPPED["mn-dupilumab-2"]], "relapse").unaligned
    assert (left.reason, left.rows) == ("absent", ("relapse",))


def test_a_drug_without_a_place_is_no_moment():
    (left,) = align([SHIPPED["mn-dupilumab-2"]], "ciclosporin").unaligned
    assert (left.reason, left.rows) == ("no_place", ("ciclosporin",))


def test_a_disputed_statement_is_no_moment():
    case = made(therapies=[course("mmf", "MMF", "D0", "D9", status="disputed")])
    assert [one.reason for one in align([case], "mycophenolate mofetil").unaligned] == ["disputed"]


def test_a_case_without_a_day_zero_says_so():
    assert [one.reason for one in align([made()]).unaligned] == ["no_day_zero"]


def twice(**more):
    again = course("ritux-2", "rituximab", "D200", "D210")
    return made(therapies=[again, course("ritux-1", "rituximab", "D20", "D30")], **more)


def test_of_several_the_first_counts_unless_another_is_picked():
    (one,) = align([twice()], "rituximab").aligned
    assert (one.row, one.choices, one.first_known) == ("ritux-1", ("ritux-1", "ritux-2"), True)
    (other,) = align([twice()], "rituximab", {"made": "ritux-2"}).aligned
    assert (other.row, other.choices) == ("ritux-2", ("ritux-1", "ritux-2"))
    (strange,) = align([twice()], "rituximab", {"made": "no-such-row"}).aligned
    assert strange.row == "ritux-1"


def test_where_no_order_is_known_that_is_said():
    vague = made(
        therapies=[course("aa", "rituximab", "after:zz", ""), course("bb", "rituximab", "after:zz", "")],
        events=[event("zz", "D0", "diagnosis")],
        day_zero="zz",
    )
    (one,) = align([vague], "rituximab").aligned
    assert (one.row, one.first_known, one.scaled) == ("aa", False, False)


def test_a_day_is_read_from_the_network_and_not_subtracted():
    # A value a month after the course, whose own day is known to the year.
    case = made(
        therapies=[course("ritux", "rituximab", "Y1", "")],
        events=[event("zz", "D0", "diagnosis")],
        measurements=[value("v-1x", "3", "ritux+D30")],
        day_zero="zz",
    )
    (one,) = align([case], "rituximab").aligned
    assert one.chronology.exact_bounds("v-1x") == (30.0, 31.0)
    lo, hi = (case.chronology.exact_bounds(row) for row in ("ritux", "v-1x"))
    assert hi[1] - lo[0] > 300, "what a difference of the two bounds would give"


@settings(max_examples=30, suppress_health_check=SLOW)
@given(cases())
def test_every_day_is_the_distance_that_the_network_proves(case):
    moments = [row.id for row in (*case.therapies, *case.events)]
    found = [one for row in moments for one in align([case], row).aligned if one.row == row]
    for one in found:
        solved = resolve(case.places(), case.frame)
        for other in moments:
            days = one.chronology.bounds(other)
            assert (days.earliest, days.latest) == solved.gap(one.row, other)


@pytest.mark.parametrize("anchor", ["", "dupilumab", "remission", "flare", "no such thing"])
def test_nobody_is_lost(anchor):
    given_ = [*SHIPPED.values(), *(subject.case for subject in cohort(40))]
    found = align(given_, anchor)
    ids = [one.case.id for one in (*found.aligned, *found.unaligned)]
    assert sorted(ids) == sorted(case.id for case in given_)
    assert all(one.row in one.choices for one in found.aligned)


def test_what_can_be_asked_for_is_counted_by_patients():
    found = {(one.kind, one.key): one.count for one in anchors(list(SHIPPED.values()))}
    assert found["drug", "dupilumab"] == 5
    assert ("event", "last_follow_up") in found
    assert all(count == len(align(SHIPPED.values(), key).aligned) for (kind, key), count in found.items())


def aligned(*made_cases):
    return align([named(case, name) for name, case in made_cases], "rituximab").aligned


def seen(name, last, *events):
    rows = [event("end-x", last, "last_follow_up")] if last else []
    return name, made(therapies=[course("ritux", "rituximab", "D0", "")], events=[*rows, *events], day_zero="ritux")


def order(found, by):
    names = {one.case.id: one.case.id for one in found}
    return [one.case.id for one in ranked(found, by, names)]


def test_the_longest_follow_up_comes_first_by_what_is_proven():
    found = aligned(seen("short", "D100"), seen("vague", "D10..D900"), seen("long", "D300"), seen("open", ""))
    assert order(found, "duration") == ["long", "short", "vague", "open"]


def test_the_best_response_comes_first_and_of_two_the_sooner():
    found = aligned(
        seen("relapsed", "D500", event("rr", "D100", "relapse")),
        seen("slow", "D500", event("rem", "D300", "remission")),
        seen("none", "D500"),
        seen("fast", "D500", event("rem", "D30", "remission")),
        seen("before", "D500", event("rem", "D-30", "remission")),
    )
    assert order(found, "response") == ["fast", "slow", "before", "none", "relapsed"]
    assert order(found, "name") == ["before", "fast", "none", "relapsed", "slow"]
