"""The time grammar: what holds of every statement."""

import math
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from casecurves.model.points import Anchor, At, Date, Instant, Offset, Order, Range
from casecurves.model.when import DAY, Statement, TimeError, coarsen, looks_like_time, parse, write

anchors = st.builds(
    Anchor,
    st.one_of(
        st.sampled_from(["dupilumab", "drug-2", "mpr_1"]),
        st.from_regex(r"[a-z][a-z0-9_-]{0,8}[a-z0-9]", fullmatch=True),
    ),
    st.booleans(),
).filter(lambda anchor: not looks_like_time(anchor.id)) | st.just(Anchor("birth"))

origins = st.none() | anchors
counts = st.integers(0, 5000)


@st.composite
def offsets(draw):
    letters = draw(st.lists(st.sampled_from("YMWD"), unique=True, min_size=1, max_size=3))
    parts = tuple((letter, draw(counts)) for letter in "YMWD" if letter in letters)
    negative = draw(st.booleans()) and any(count for _, count in parts)
    return Offset(parts, negative, draw(origins))


@st.composite
def dates(draw):
    day = draw(st.dates())
    assume(day.year >= 1000)
    fine = draw(st.integers(0, 2))
    return Date(day.year, day.month if fine else None, day.day if fine == 2 else None)


points = st.one_of(dates(), offsets(), st.builds(Instant, anchors))


@st.composite
def ranges(draw):
    start, end = draw(st.none() | points), draw(st.none() | points)
    assume(start is not None or end is not None)
    found = Range(start, end)
    try:
        parse(str(found))
    except TimeError as error:
        assert error.code == "time.backwards"
        assume(False)
    return found


clauses = st.one_of(
    st.builds(At, points, st.booleans()),
    ranges(),
    st.builds(Order, st.sampled_from(["after", "before", "soon"]), anchors),
)
statements = st.one_of(st.builds(Statement, st.lists(clauses, max_size=3).map(tuple)), st.just(Statement(ongoing=True)))


@given(statements)
def test_parse_and_write_are_inverse(statement):
    text = write(statement)
    again = parse(text)
    assert again == statement
    assert again.written == write(again) == text


@given(st.text(alphabet="DWMYJSAPdmwyp0123456789+-.~:&/ abefnort"))
def test_whatever_is_read_is_written_back_or_refused_with_a_code(text):
    try:
        statement = parse(text)
    except TimeError as error:
        assert error.code.startswith("time.")
        return
    assert parse(write(statement)) == statement


def whole_days(statement: Statement) -> list[tuple[object, str, int]]:
    return [
        (
            limit.base,
            limit.side,
            math.floor(Fraction(limit.ticks, DAY)) if limit.side == "lower" else math.ceil(Fraction(limit.ticks, DAY)),
        )
        for limit in statement.limits
    ]


@given(statements, st.sampled_from(["day", "week", "month", "year"]))
def test_the_coarser_statement_contains_the_finer(statement, unit):
    coarser = coarsen(statement, unit)
    assert parse(write(coarser)) == coarser
    assert coarser.qualifier == statement.qualifier
    pairs = zip(whole_days(statement), whole_days(coarser), strict=True)
    for (base, side, fine), (same_base, same_side, coarse) in pairs:
        assert (base, side) == (same_base, same_side)
        assert coarse <= fine if side == "lower" else coarse >= fine


@given(st.integers(-20000, 20000), st.sampled_from([("week", "W"), ("month", "M"), ("year", "Y")]))
def test_a_day_becomes_the_unit_it_lies_in(day, unit):
    name, letter = unit
    text = write(coarsen(parse(f"D{day}"), name))
    assert text.startswith(letter)
    low, high = (Fraction(limit.ticks, DAY) for limit in parse(text).limits)
    assert low <= day + Fraction(1, 2) <= high
