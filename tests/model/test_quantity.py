"""Values as people write them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casecurves.model.quantity import TRENDS, Quantity, QuantityError, parse_number, parse_quantity


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3.8", 3.8),
        ("3,8", 3.8),
        (",5", 0.5),
        ("1 500", 1500),
        ("1\u202f500,25", 1500.25),
        ("1\xa0500", 1500),
        ("-2", -2),
        ("\u22122", -2),
        ("0", 0),
        ("1e3", 1000),
        (" 7 ", 7),
        ("+7", 7),
    ],
)
def test_a_number_in_french_or_english(text, number):
    assert parse_number(text) == number


@pytest.mark.parametrize(
    "text",
    ["", "1.5 mg", "1,5,2", "1.234,5", "1,234.5", "0x10", "1_000", "5 10", "12%", "$5", "--1", "1e", "four"],
)
def test_what_is_no_number_is_refused(text):
    with pytest.raises(QuantityError) as caught:
        parse_number(text)
    assert caught.value.code == "number.unreadable"


@pytest.mark.parametrize("text", ["NaN", "nan", "inf", "-inf", "1e400", "-1e400", "NA", "#N/A", "null", "None"])
@pytest.mark.parametrize("read", [parse_number, parse_quantity])
def test_what_is_not_finite_is_refused(text, read):
    with pytest.raises(QuantityError) as caught:
        read(text)
    assert caught.value.code == "number.not_finite"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3,8", {"kind": "number", "number": 3.8}),
        ("0", {"kind": "number", "number": 0}),
        ("<2", {"kind": "censored", "number": 2, "comparator": "<"}),
        ("< 2,3", {"kind": "censored", "number": 2.3, "comparator": "<"}),
        ("≥ 3000", {"kind": "censored", "number": 3000, "comparator": ">="}),
        (">=5", {"kind": "censored", "number": 5, "comparator": ">="}),
        ("~40", {"kind": "number", "number": 40, "comparator": "~"}),
        ("≈40", {"kind": "number", "number": 40, "comparator": "~"}),
        ("1:320", {"kind": "titre", "titre": 320}),
        ("1/320", {"kind": "titre", "titre": 320}),
        ("3/5", {"kind": "grade", "grade": 3, "grade_of": 5}),
        ("1/5", {"kind": "grade", "grade": 1, "grade_of": 5}),
        ("0/4", {"kind": "grade", "grade": 0, "grade_of": 4}),
        ("30-40", {"kind": "range", "low": 30, "high": 40}),
        ("30 – 40", {"kind": "range", "low": 30, "high": 40}),
        ("3,5..4", {"kind": "range", "low": 3.5, "high": 4}),
        ("~30-40", {"kind": "range", "low": 30, "high": 40, "comparator": "~"}),
        ("≈ 30 – 40", {"kind": "range", "low": 30, "high": 40, "comparator": "~"}),
        ("-2--1", {"kind": "range", "low": -2, "high": -1}),
        ("positive", {"kind": "category", "category": "positive"}),
        ("++", {"kind": "category", "category": "++"}),
        ("falls", {"kind": "trend", "trend": "falls"}),
        ("Falls then rises", {"kind": "trend", "trend": "falls_then_rises"}),
        ("se normalise", {"kind": "trend", "trend": "normalises"}),
        ("s’élève", {"kind": "trend", "trend": "rises"}),
    ],
)
def test_a_value_stays_what_it_is(text, expected):
    assert parse_quantity(text) == Quantity(text, **expected)


@pytest.mark.parametrize("trend", TRENDS)
def test_every_direction_is_read(trend):
    assert parse_quantity(trend).trend == trend


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "cell.empty"),
        ("  ", "cell.empty"),
        ("38 g/L", "value.unreadable"),
        ("<", "value.unreadable"),
        ("<two", "value.unreadable"),
        ("<1:10", "value.unreadable"),
        ("120/80", "value.unreadable"),
        ("5/3", "value.unreadable"),
        ("40-30", "value.range_backwards"),
    ],
)
def test_a_value_that_cannot_be_read_says_why(text, code):
    with pytest.raises(QuantityError) as caught:
        parse_quantity(text)
    assert caught.value.code == code


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12))
def test_a_number_reads_the_same_with_either_decimal_mark(number):
    text = f"{number:f}"
    assert parse_number(text) == parse_number(text.replace(".", ",")) == float(text)


@given(st.text(max_size=30))
def test_any_text_is_a_value_or_a_told_error(text):
    try:
        found = parse_quantity(text)
    except QuantityError as error:
        assert error.code in ("cell.empty", "value.unreadable", "value.range_backwards", "number.not_finite")
    else:
        assert found.written == text
        said = [found.number, found.titre, found.grade, found.low, found.category, found.trend]
        assert sum(part is not None for part in said) == 1
        assert all(math.isfinite(part) for part in (found.number, found.low, found.high) if part is not None)
