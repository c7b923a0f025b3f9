"""The chronology: tightest bounds, contradictions, and what is shown of rows that do not count."""

from datetime import date

import pytest
from model.rows import bounds, row

from casecurves.model.chronology import Bounds, Frame, resolve
from casecurves.model.when import parse
from casecurves.words import LANGS

# --- what each rule means -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("D6", (6, 7)),
        ("D0", (0, 1)),
        ("D-3", (-3, -2)),
        ("W-6", (-46, -38)),
        ("M5", (136, 168)),
        ("~M12", (334, 396)),
        ("M4..M5", (121, 153)),
        ("D4..D6", (4, 7)),
        ("M4..", (121, None)),
        ("..M5", (None, 153)),
        ("P1Y2M10D", (436, 437)),
        ("other+M1", (25, 57)),
        ("other.end", (10, 11)),
        ("other-D3", (7, 9)),
        ("after:other", (10, None)),
        ("soon:other", (10, None)),
        ("before:other", (None, 11)),
        ("after:other & before:visit-20", (10, 21)),
        ("2017-03", (None, None)),
    ],
)
def test_bounds_of_each_way_to_say_when(written, expected):
    rows = [row("zero-day", "D0"), row("other", "D10"), row("visit-20", "D20"), row("it", written)]
    assert bounds(resolve(rows, Frame("zero-day")), "it") == expected


def test_after_each_other_contradicts_but_sharing_a_day_does_not():
    assert resolve([row("aa", "D3"), row("bb", "D3 & after:aa")], Frame()).contradictions == ()
    circle = resolve([row("aa", "after:bb"), row("bb", "after:aa")], Frame())
    assert [set(c.rows) for c in circle.contradictions] == [{"aa", "bb"}]
    assert circle.set_aside == ("bb",)
    assert resolve([row("aa", "bb"), row("bb", "aa")], Frame()).contradictions == ()


def test_every_independent_contradiction_is_reported():
    rows = [
        row("aa", "after:bb"),
        row("bb", "after:aa"),
        row("cc", "D10", "D3"),
        row("dd", "D5 & D7"),
        row("ok", "D1"),
    ]
    chronology = resolve(rows, Frame())
    assert {frozenset(c.rows) for c in chronology.contradictions} == {
        frozenset({"aa", "bb"}),
        frozenset({"cc"}),
        frozenset({"dd"}),
    }
    assert bounds(chronology, "ok") == (1, 2)


def test_a_contradiction_says_file_line_and_words_in_both_languages():
    rows = [row("aa", "D10"), row("bb", "aa+D5"), row("cc", "after:bb & ..D4")]
    (contradiction,) = resolve(rows, Frame()).contradictions
    for lang in LANGS:
        text = "\n".join(contradiction.sentences(lang))
        assert "events.csv" in text
        assert "after:bb & ..D4" in text
        assert "{" not in text
    assert len(set(contradiction.sentences("en"))) == len(contradiction.sentences("en"))


@pytest.mark.parametrize("lang", LANGS)
def test_every_link_can_be_said(lang):
    kinds = {
        "chain.start_before_end": ([row("aa", "D10", "D3")], Frame()),
        "chain.dose_in_course": (
            [row("drug", "D10", has_end=True), row("dose", "D3", parent="drug")],
            Frame(),
        ),
        "chain.followed": ([row("drug", "D1", "ongoing"), row("visit", "after:drug.end")], Frame()),
        "chain.closes": (
            [row("drug", "D1", "ongoing"), row("fu", "after:drug.end", kind="last_follow_up")],
            Frame(),
        ),
        "chain.day_zero": ([row("first", "2016"), row("other")], Frame("first", parse("2017-03"))),
        "chain.age": (
            [row("first"), row("surgery", "birth+Y60 & before:first")],
            Frame("first", None, 50, "first"),
        ),
    }
    for why, (rows, frame) in kinds.items():
        links = [link for c in resolve(rows, frame).contradictions for link in c.constraints]
        (said, *_) = [link.sentence(lang) for link in links if link.why == why]
        assert said
        assert "{" not in said


def test_a_course_at_fault_as_a_whole_names_no_row():
    chronology = resolve([row("first")], Frame("first", parse("2018.. & ..2016")))
    (contradiction,) = chronology.contradictions
    assert contradiction.rows == ()
    assert chronology.set_aside == ()
    assert bounds(chronology, "first") == (0, 0)


# --- what goes without saying ---------------------------------------------------------------------


def test_an_end_is_not_before_its_start():
    chronology = resolve([row("drug", "M2", "..M4"), row("other", "..M3", has_end=True)], Frame())
    assert bounds(chronology, "drug.end") == (45, 122)
    assert bounds(chronology, "other.end") == (None, None)
    assert chronology.at_or_before("other", "other.end")


def test_the_end_of_what_has_none_is_its_start():
    chronology = resolve([row("biopsy", "D5"), row("drug", "biopsy.end")], Frame())
    assert bounds(chronology, "drug") == (5, 6)
    assert bounds(chronology, "biopsy.end") == (5, 6)


def test_doses_lie_within_their_course():
    rows = [row("drug", "D10", "D20"), row("dose", parent="drug"), row("late", "D40", parent="drug")]
    chronology = resolve(rows, Frame())
    assert bounds(chronology, "dose") == (10, 21)
    assert [set(c.rows) for c in chronology.contradictions] == [{"drug", "late"}]


def test_death_closes_the_course_and_the_follow_up():
    rows = [
        row("death", "M6", kind="death"),
        row("visit", "M1.."),
        row("autopsy", "death+D2", post_mortem=True),
    ]
    chronology = resolve(rows, Frame())
    assert chronology.contradictions == ()
    assert bounds(chronology, "last_follow_up") == bounds(chronology, "death") == (167, 198)
    assert bounds(chronology, "visit") == (30, 198)
    assert bounds(chronology, "autopsy") == (169, 201)
    unmarked = resolve([*rows[:2], row("autopsy", "after:death")], Frame())
    assert [set(c.rows) for c in unmarked.contradictions] == [{"death", "autopsy"}]


def test_death_and_last_follow_up_are_one_moment():
    chronology = resolve([row("death", "M6", kind="death"), row("fu", "..D170", kind="last_follow_up")], Frame())
    assert bounds(chronology, "death") == (167, 171)


def test_ongoing_ends_at_the_last_follow_up():
    rows = [row("drug", "D1", "ongoing"), row("visit", "Y1")]
    chronology = resolve(rows, Frame())
    assert bounds(chronology, "drug.end") == (182, None)
    closed = resolve([*rows, row("fu", "Y2", kind="last_follow_up")], Frame())
    assert bounds(closed, "drug.end") == bounds(closed, "fu") == bounds(closed, "last_follow_up") == (547, 914)


def test_a_row_may_be_called_last_follow_up():
    chronology = resolve([row("last_follow_up", "Y2", kind="last_follow_up"), row("xx", "last_follow_up-M1")], Frame())
    assert bounds(chronology, "last_follow_up") == (547, 914)
    assert chronology.missing_anchors == ()
    assert resolve([row("xx", "after:last_follow_up")], Frame()).missing_anchors == (("xx", "time", "last_follow_up"),)


# --- day zero, dates, age -------------------------------------------------------------------------


def test_day_zero_is_the_start_of_its_day():
    rows = [
        row("first", "D0"),
        row("later", "2017-03-14"),
        row("earlier", "2017-02-27"),
        row("spring", "2017-04"),
    ]
    chronology = resolve(rows, Frame("first", parse("2017-03-01")))
    assert chronology.exact_bounds("later") == (13, 14)
    assert bounds(chronology, "first") == (0, 0)
    assert bounds(chronology, "earlier") == (-2, -1)
    assert bounds(chronology, "spring") == (31, 61)
    assert chronology.dates("first") == (date(2017, 3, 1), date(2017, 3, 1))
    assert chronology.dates("later") == (date(2017, 3, 14), date(2017, 3, 14))


def test_day_zero_known_to_the_month():
    chronology = resolve([row("first"), row("later", "2017-05-01"), row("w2", "W2")], Frame("first", parse("2017-03")))
    assert bounds(chronology, "later") == (31, 62)
    assert chronology.dates("first") == (date(2017, 3, 1), date(2017, 3, 31))


def test_the_date_may_stand_in_the_row_of_day_zero():
    chronology = resolve([row("first", "2017-03-01"), row("later", "2017-03-14")], Frame("first"))
    assert bounds(chronology, "later") == (13, 14)
    assert bounds(chronology, "first") == (0, 0)


def test_without_a_date_for_day_zero_dates_only_order_themselves():
    rows = [row("first", "D0"), row("aa", "2017-03"), row("bb", "2018"), row("cc", "2018-06-02")]
    chronology = resolve(rows, Frame("first"))
    assert bounds(chronology, "aa") == bounds(chronology, "cc") == (None, None)
    assert chronology.strictly_before("aa", "bb")
    assert not chronology.at_or_before("bb", "cc")
    assert chronology.distance("aa", "cc") == (427, 459)
    assert chronology.dates("bb") == (date(2018, 1, 1), date(2018, 12, 31))
    assert chronology.dates("first") == (None, None)


def test_zero_is_free_when_no_row_is_day_zero():
    chronology = resolve([row("aa", "M1"), row("bb", "D-4")], Frame("no-such-row"))
    assert bounds(chronology, "aa") == (15, 46)
    assert bounds(chronology, "bb") == (-4, -3)


def test_age_places_birth():
    chronology = resolve([row("first"), row("asthma", "birth..birth+Y18")], Frame("first", None, 50, "first"))
    assert bounds(chronology, "birth") == (-18628, -18262)
    assert bounds(chronology, "asthma") == (-18628, -11688)
    assert bounds(resolve([row("first")], Frame("first", None, 50, None)), "birth") == (None, None)
    newborn = resolve([row("first")], Frame("first", None, 0, "first"))
    assert bounds(newborn, "birth") == (-366, 0)


def test_dates_beyond_the_calendar_are_not_known():
    chronology = resolve([row("first"), row("far", "Y9000")], Frame("first", parse("2017-03-01")))
    assert chronology.dates("far") == (None, None)


# --- rezeroing ------------------------------------------------------------------------------------


def test_rezeroing_keeps_what_subtracting_would_lose():
    rows = [row("first", "D0"), row("drug", "M5"), row("fall", "drug+D10")]
    chronology = resolve(rows, Frame("first")).rezero("drug")
    assert bounds(chronology, "fall") == (10, 11)
    assert bounds(chronology, "drug") == (0, 0)
    assert bounds(chronology, "first") == (-168, -136)
    assert bounds(chronology.rezero("first"), "drug") == (136, 168)


# --- rows that do not count -----------------------------------------------------------------------


def test_a_disputed_row_is_placed_and_constrains_nothing():
    rows = [row("drug", "D10", "D20"), row("said", "before:drug & D5..", used=False), row("more", "D30")]
    chronology = resolve(rows, Frame())
    assert bounds(chronology, "said") == (5, 11)
    assert chronology.contradictions == ()
    assert bounds(chronology, "drug") == (10, 11)
    wrong = resolve([*rows[:2], row("third", "D2 & said")], Frame())
    assert wrong.contradictions == ()
    assert bounds(wrong, "said") == (5, 11)  # by its own words, which the rest contradicts
    assert bounds(wrong.rezero("said"), "said") == (0, 0)


def test_a_disputed_row_hangs_on_another():
    rows = [row("old", "D50", used=False), row("next", "old+D3", "next+W1", used=False)]
    chronology = resolve(rows, Frame())
    assert bounds(chronology, "next") == (53, 55)
    assert bounds(chronology, "next.end") == (56, 66)
    assert bounds(chronology.rezero("old"), "next") == (3, 4)


def test_a_disputed_death_closes_nothing():
    chronology = resolve([row("death", "D5", kind="death", used=False), row("visit", "D9")], Frame())
    assert chronology.contradictions == ()
    assert bounds(chronology, "death") == (5, 6)
    assert bounds(chronology, "last_follow_up") == (9, None)


def test_a_disputed_row_that_contradicts_itself_says_nothing():
    chronology = resolve([row("aa", "D5 & D9", used=False), row("bb", "after:bb", "ongoing", used=False)], Frame())
    assert bounds(chronology, "aa") == (None, None)
    assert bounds(chronology, "bb.end") == (None, None)


def test_a_row_set_aside_keeps_its_own_words():
    chronology = resolve([row("aa", "D10"), row("bb", "D5 & after:aa")], Frame())
    assert chronology.set_aside == ("bb",)
    assert chronology.bounds("aa") == Bounds(10, 11)


# --- names ----------------------------------------------------------------------------------------


def test_missing_anchors_are_listed_and_bound_nothing():
    rows = [
        row("aa", "nobody+M1..nobody+M2 & D5", "after:ghost.end", time_column="start"),
        row("dose", parent="gone"),
        row("bb", "after:nothing", used=False),
    ]
    chronology = resolve(rows, Frame("missing", None, 4, "missing"))
    assert chronology.missing_anchors == (
        ("aa", "start", "nobody"),
        ("aa", "end", "ghost.end"),
        ("dose", "therapy", "gone"),
        ("bb", "time", "nothing"),
    )
    assert bounds(chronology, "aa") == (5, 6)


def test_an_unknown_point_is_an_error():
    with pytest.raises(KeyError):
        resolve([row("aa", "D1")], Frame()).bounds("bb")


def test_of_two_rows_with_one_id_the_first_counts():
    chronology = resolve([row("aa", "D1"), row("aa", "D9")], Frame())
    assert chronology.contradictions == ()
    assert bounds(chronology, "aa") == (1, 2)


def test_an_empty_case_has_a_chronology():
    assert resolve([], Frame()).bounds("last_follow_up") == Bounds(None, None)


# --- size -----------------------------------------------------------------------------------------


def test_two_thousand_rows_in_a_chain_resolve():
    rows = [row("row-0", "D0")]
    rows += [row(f"row-{i}", f"row-{i - 1}.end", f"row-{i}+W1", has_end=True) for i in range(1, 2000)]
    chronology = resolve(rows[::-1], Frame("row-0"))
    found = bounds(chronology, "row-1999.end")
    assert found == (1999 * 7 // 2, -(-1999 * 21 // 2))


def test_a_contradiction_through_two_thousand_rows_is_found():
    rows = [row("row-0", "D0"), *(row(f"row-{i}", f"after:row-{i - 1}") for i in range(1, 2000))]
    rows.append(row("last", "before:row-0 & after:row-1999"))
    (contradiction,) = resolve(rows, Frame("row-0")).contradictions
    assert len(contradiction.rows) == 2000  # day zero itself states nothing that matters


def test_a_course_lasts_as_long_as_its_administrations():
    zero = Frame(day_zero="aa")
    six = resolve([row("aa", "D0", has_end=True, doses=6, every="M1")], zero)
    assert bounds(six, "aa.end") == (136, None)  # five months less half of one
    fortnight = resolve([row("aa", "D0", "D14", doses=2, every="D15")], zero)
    assert fortnight.contradictions == ()
    assert resolve([row("aa", "D0", "D13", doses=2, every="D15")], zero).contradictions
    assert bounds(resolve([row("aa", "D0", has_end=True, doses=6)], zero), "aa.end") == (0, None)


def test_a_dose_that_holds_throughout_its_time_is_covered_by_its_course():
    course = row("drug", "..D30", end="D10..", has_end=True)
    held = row("dose", "D5..D20", parent="drug", over=True)
    found = resolve([course, held], Frame())
    assert bounds(found, "drug") == (None, 6)
    assert bounds(found, "drug.end") == (20, None)
    moment = resolve([course, row("dose", "D5..D20", parent="drug")], Frame())
    assert bounds(moment, "drug.end") == (10, None), "a dose at one moment of the stretch says less"
    short = resolve([row("drug", "D0", end="D10"), held], Frame())
    assert len(short.contradictions) == 1
    assert any("throughout" in said for said in short.contradictions[0].sentences("en"))
