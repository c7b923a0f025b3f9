"""The time grammar: what each way of writing a time means, and how it is written back."""

from datetime import date
from fractions import Fraction

import pytest

from casecurves.model.points import Anchor, At, Instant, Offset
from casecurves.model.when import (
    DAY,
    MONTH,
    WEEK,
    YEAR,
    TimeError,
    coarsen,
    looks_like_time,
    parse,
    write,
)


def days(written: str) -> tuple[Fraction | None, Fraction | None]:
    """Return lower and upper bound of a statement of one clause, in days from its base."""
    found: dict[str, Fraction] = {limit.side: Fraction(limit.ticks, DAY) for limit in parse(written).limits}
    return found.get("lower"), found.get("upper")


def upper_is_strict(written: str) -> bool:
    (upper,) = [limit for limit in parse(written).limits if limit.side == "upper"]
    return upper.strict


def ordinal(text: str) -> int:
    return date.fromisoformat(text).toordinal()


# --- what it means -------------------------------------------------------------------------------

M, Y = Fraction("30.4375"), Fraction("365.25")


def test_units_are_exact():
    assert (Fraction(WEEK, DAY), Fraction(MONTH, DAY), Fraction(YEAR, DAY)) == (7, M, Y)


@pytest.mark.parametrize(
    ("written", "lower", "upper"),
    [
        ("M5", 4.5 * float(M), 5.5 * float(M)),
        ("M4..M5", 4 * M, 5 * M),
        ("M4..", 4 * M, None),
        ("..M5", None, 5 * M),
        ("D6", 6, 7),
        ("D0", 0, 1),
        ("D-3", -3, -2),
        ("~D6", 5.5, 7.5),
        ("~M12", 11 * M, 13 * M),
        ("~Y2", Y, 3 * Y),
        ("W-6", -45.5, -38.5),
        ("Y4", 3.5 * float(Y), 4.5 * float(Y)),
        ("M0", -M / 2, M / 2),
        ("D4..D6", 4, 7),
        ("D5..D5", 5, 6),
        ("W1..D9", 7, 10),
        ("dupilumab+M1", M / 2, 3 * M / 2),
        ("dupilumab-D3", -3, -2),
        ("dupilumab-M1", -3 * M / 2, -M / 2),
        ("~dupilumab+M1", 0, 2 * M),
        ("mpr.end", 0, 0),
        ("~mpr.end", -1, 1),
        ("ciclosporin+M4..ciclosporin+M5", 4 * M, 5 * M),
        ("soon:dupilumab", 0, None),
        ("before:dupilumab", None, 0),
        ("birth..birth+Y18", 0, 18 * Y),
        ("P1Y2M10D", 436, 437),
        ("-P1Y2M10D", -437, -436),
        ("P1Y2M", Y + 3 * M / 2, Y + 5 * M / 2),
        ("2017", ordinal("2017-01-01"), ordinal("2018-01-01")),
        ("2017-03", ordinal("2017-03-01"), ordinal("2017-04-01")),
        ("2017-12", ordinal("2017-12-01"), ordinal("2018-01-01")),
        ("2020-02-29", ordinal("2020-02-29"), ordinal("2020-03-01")),
        ("~2017-03-14", ordinal("2017-03-14") - 0.5, ordinal("2017-03-15") + 0.5),
        ("~2017-03", ordinal("2017-03-01") - 15.5, ordinal("2017-04-01") + 15.5),
        ("2017-03..2017-05", ordinal("2017-03-01"), ordinal("2017-06-01")),
        ("9999-12-31", ordinal("9999-12-31"), ordinal("9999-12-31") + 1),
        ("ongoing", None, None),
        ("", None, None),
    ],
)
def test_bounds(written, lower, upper):
    assert days(written) == (lower, upper)


def test_days_and_dates_end_before_the_next_begins_and_longer_units_include_their_ends():
    strict = ["D6", "~D6", "D4..D6", "2017", "2017-03..2017-05", "after:xx & before:yy", "P1M2D"]
    included = ["M5", "~M12", "M4..M5", "..W3", "xx", "xx+Y1", "~xx"]
    assert [upper_is_strict(written) for written in strict] == [True] * len(strict)
    assert [upper_is_strict(written) for written in included] == [False] * len(included)
    (after,) = parse("after:xx").limits
    assert after.strict


def test_two_clauses_both_hold():
    order = parse("after:flare & before:dupilumab")
    assert [(str(limit.base), limit.side) for limit in order.limits] == [
        ("flare", "lower"),
        ("dupilumab", "upper"),
    ]


@pytest.mark.parametrize(
    ("written", "qualifier", "precision"),
    [
        ("M5", "exact", "month"),
        ("D6", "exact", "day"),
        ("~M12", "about", "month"),
        ("M4..M5", "between", "month"),
        ("D4..M5", "between", "month"),
        ("M4..", "not_before", "month"),
        ("..Y5", "not_after", "year"),
        ("M4.. & ..M5", "between", "month"),
        ("dupilumab+W1", "exact", "week"),
        ("mpr.end", "exact", "instant"),
        ("after:flare", "after", "none"),
        ("before:flare", "before", "none"),
        ("after:flare & before:dupilumab", "between", "none"),
        ("after:flare & ..M5", "between", "month"),
        ("after:flare & M4..", "not_before", "month"),
        ("soon:dupilumab & ~M3", "soon", "month"),
        ("~M3 & D80..", "about", "day"),
        ("M3 & after:flare", "exact", "month"),
        ("birth..birth+Y18", "between", "year"),
        ("P1Y2M10D", "exact", "day"),
        ("2017", "exact", "year"),
        ("2017-03", "exact", "month"),
        ("ongoing", "ongoing", "none"),
        ("", "unknown", "none"),
    ],
)
def test_qualifier_and_precision(written, qualifier, precision):
    statement = parse(written)
    assert (statement.qualifier, statement.precision) == (qualifier, precision)


# --- how it is written ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("J0", "D0"),
        ("J-3", "D-3"),
        ("J+6", "D6"),
        ("j6", "D6"),
        ("S2", "W2"),
        ("A4", "Y4"),
        ("a4", "Y4"),
        ("M05", "M5"),
        ("D-0", "D0"),
        ("W−6", "W-6"),
        ("P6D", "D6"),
        ("-P6W", "W-6"),
        ("p5m", "M5"),
        ("P4Y", "Y4"),
        ("P1Y2M10D", "P1Y2M10D"),
        ("-P1Y2M", "-P1Y2M"),
        ("dupilumab+J3", "dupilumab+D3"),
        ("dupilumab-P1M", "dupilumab-M1"),
        ("drug-2-M1", "drug-2-M1"),
        ("14/03/2017", "2017-03-14"),
        ("14.03.2017", "2017-03-14"),
        ("4/3/2017", "2017-03-04"),
        ("03/2017", "2017-03"),
        ("14.03.2017..20.03.2017", "2017-03-14..2017-03-20"),
        (" M4 .. M5 ", "M4..M5"),
        ("after: flare&before:dupilumab", "after:flare & before:dupilumab"),
        ("En cours", "ongoing"),
        ("ONGOING", "ongoing"),
        ("  ", ""),
    ],
)
def test_written_back(written, canonical):
    statement = parse(written)
    assert write(statement) == canonical
    assert statement.written == written.strip()
    assert parse(canonical) == statement


def test_an_anchor_may_hold_hyphens():
    (clause,) = parse("drug-2.end-M1").clauses
    assert clause == At(Offset((("M", 1),), negative=True, anchor=Anchor("drug-2", end=True)))
    (clause,) = parse("drug-m1").clauses
    assert clause == At(Instant(Anchor("drug-m1")))


@pytest.mark.parametrize(
    ("written", "ambiguous"),
    [
        ("03/04/2020", True),
        ("14/03/2020", False),
        ("04/04/2020", False),
        ("2020-04-03", False),
        ("04/2020", False),
    ],
)
def test_a_date_that_also_reads_month_first_is_marked(written, ambiguous):
    statement = parse(f"M1 & {written}..")
    assert statement.ambiguous is ambiguous
    assert write(parse("03/04/2020")) == "2020-04-03"


@pytest.mark.parametrize(
    ("written", "code", "value"),
    [
        ("soonish", None, ""),
        ("in spring", "time.unreadable", "in spring"),
        ("Dupilumab+M1", "time.unreadable", "Dupilumab+M1"),
        ("M1.5", "time.unreadable", "M1.5"),
        ("M1,5", "time.unreadable", "M1,5"),
        ("D1234567", "time.unreadable", "D1234567"),
        ("D" + "9" * 5000, "time.unreadable", "D" + "9" * 5000),
        ("D٣", "time.unreadable", "D٣"),
        ("P", "time.unreadable", "P"),
        ("P1D2Y", "time.unreadable", "P1D2Y"),
        ("PT6H", "time.unreadable", "PT6H"),
        ("5", "time.unreadable", "5"),
        ("M4...M5", "time.unreadable", ".M5"),
        ("~M4..M5", "time.unreadable", "~M4"),
        ("M4..ongoing", "time.unreadable", "ongoing"),
        ("M5 &", "time.unreadable", "M5 &"),
        ("after:", "time.unreadable", "after:"),
        ("after:m5", "time.unreadable", "after:m5"),
        ("after:2017", "time.unreadable", "after:2017"),
        ("m5+M1", "time.unreadable", "m5+M1"),
        ("ongoing+M1", "time.unreadable", "ongoing+M1"),
        ("birth.end", "time.unreadable", "birth.end"),
        ("14/03/17", "time.unreadable", "14/03/17"),
        ("..", "time.no_ends", ".."),
        ("2017-02-30", "time.no_such_day", "2017-02-30"),
        ("30/02/2017", "time.no_such_day", "30/02/2017"),
        ("2019-02-29", "time.no_such_day", "2019-02-29"),
        ("2017-13", "time.no_such_day", "2017-13"),
        ("2017-00-10", "time.no_such_day", "2017-00-10"),
        ("03/14/2017", "time.no_such_day", "03/14/2017"),
        ("M5..M4", "time.backwards", "M5..M4"),
        ("D6..D5", "time.backwards", "D6..D5"),
        ("M5..D3", "time.backwards", "M5..D3"),
        ("2018..2017-12", "time.backwards", "2018..2017-12"),
        ("xx+M5..xx+M4", "time.backwards", "xx+M5..xx+M4"),
        ("xx..xx-M1", "time.backwards", "xx..xx-M1"),
    ],
)
def test_what_cannot_be_read(written, code, value):
    if code is None:  # any word of the right form may name a row
        assert parse(written).clauses == (At(Instant(Anchor(written))),)
        return
    with pytest.raises(TimeError) as error:
        parse(written)
    assert isinstance(error.value, ValueError)
    assert (error.value.code, error.value.value) == (code, value)
    assert error.value.allowed


def test_mixed_bases_may_run_either_way():
    for written in ("M5..xx", "2018..M4", "xx+M5..yy+M4", "xx..xx.end"):
        assert parse(written).qualifier == "between"


def test_ongoing_stands_only_where_something_ends():
    assert parse("ongoing", end=True).ongoing
    with pytest.raises(TimeError) as error:
        parse("en cours", end=False)
    assert error.value.code == "time.ongoing_not_end"


def test_day_zero_is_not_nothing():
    assert parse("D0").clauses
    assert parse("D0") != parse("")
    assert parse("D0").limits


@pytest.mark.parametrize("text", ["m5", "y4", "d6", "j0", "a2", "p5m", "w-6", "p1y2m", "birth", "ongoing", "2017"])
def test_no_row_may_be_called_like_a_time(text):
    assert looks_like_time(text)


@pytest.mark.parametrize("text", ["dupilumab", "mpr", "il-4", "p53", "m5b", "t2-mri"])
def test_other_names_are_free(text):
    assert not looks_like_time(text)
    assert parse(text).clauses == (At(Instant(Anchor(text))),)


# --- said less finely ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "unit", "coarser"),
    [
        ("D40", "week", "W6"),
        ("D40", "month", "M1"),
        ("D-3", "week", "W0"),
        ("D-40", "month", "M-1"),
        ("~D40", "week", "~W6"),
        ("D400", "year", "Y1"),
        ("P1Y2M10D", "month", "M14"),
        ("drug+D40", "week", "drug+W6"),
        ("2017-03-14", "month", "2017-03"),
        ("2017-03-14", "year", "2017"),
        ("2017-03", "year", "2017"),
        ("2017-03-14", "week", "2017-03-14"),
        ("2017-03-14..2017-05-02", "month", "2017-03..2017-05"),
        ("D40", "day", "D40"),
        ("W6", "year", "W6"),
        ("D4..D6", "month", "D4..D6"),
        ("after:drug", "year", "after:drug"),
        ("", "year", ""),
    ],
)
def test_coarsening(written, unit, coarser):
    assert write(coarsen(parse(written), unit)) == coarser
    assert coarsen(parse(written), unit).written == coarser
